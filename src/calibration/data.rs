//! The tables that weights are fitted to, as they are read from a folder that the user names.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

/// The files of the folder: name, and what is in it.
pub const FILES: [(&str, &str); 6] = [
    ("wars.csv", "one row per war"),
    ("participants.csv", "one row per war and belligerent"),
    ("commitments.csv", "one row per pledge in force to one of the first two belligerents"),
    ("joiners.csv", "one row per war and third state"),
    ("cascade_waves.csv", "one row per war, entry into it, and third state"),
    ("honour_cases_BF2018.csv", "one row per alliance and war: was the case met, was it honoured"),
];

/// A war.
#[derive(Clone, Debug, Deserialize)]
pub struct War {
    /// Its number.
    pub warnum: u32,
    /// Its first day.
    pub start: String,
    /// Who began.
    pub initiator: u32,
    /// Whom.
    pub target: u32,
}

impl War {
    /// The year in which it began.
    pub fn year(&self) -> u32 {
        self.start.get(..4).and_then(|y| y.parse().ok()).unwrap_or(0)
    }
}

/// A belligerent.
#[derive(Clone, Debug, Deserialize)]
pub struct Participant {
    /// The war.
    pub warnum: u32,
    /// The state.
    pub ccode: u32,
    /// `I` or `T`.
    pub side: String,
    /// How it came in.
    pub role: String,
    /// When, in days from the first.
    pub days_to_join: Option<f64>,
}

/// A pledge to one of the first two belligerents.
#[derive(Clone, Debug, Deserialize)]
pub struct CommitmentRow {
    /// The war.
    pub warnum: u32,
    /// Whether it was made to the `initiator` or to the `target`.
    pub principal_role: String,
    /// Who made it.
    pub ally: u32,
    /// The alliance.
    pub atopid: u32,
    /// Two parties only.
    pub bilateral: u8,
    /// Secret in part or in whole.
    pub secrecy: Option<u8>,
    /// A promise to defend.
    pub defense: u8,
    /// A promise to attack with.
    pub offense: u8,
    /// Not owed to one who began.
    pub def_cond_nonprovocation: Option<f64>,
    /// Whether the promise to defend reaches this war.
    pub def_reaches_war: String,
    /// Whether the promise to attack with does.
    pub off_reaches_war: String,
}

/// A state that might have joined a war.
#[derive(Clone, Debug, Deserialize)]
pub struct Joiner {
    /// The war.
    pub warnum: u32,
    /// The state.
    pub ccode: u32,
    /// Military allies that it shares with the target.
    pub shared_mil_allies_target: Option<f64>,
    /// Military allies that it shares with the initiator.
    pub shared_mil_allies_initiator: Option<f64>,
    /// Contiguity to the target: 1 by land, 2 to 5 over ever more water, 0 none.
    pub contig_target: Option<u8>,
    /// The same to the initiator.
    pub contig_initiator: Option<u8>,
    /// Between the capitals.
    pub capdist_target_km: Option<f64>,
    /// Between the capitals.
    pub capdist_initiator_km: Option<f64>,
    /// A rival of the target.
    pub rivalry_target: Option<u8>,
    /// A rival of the initiator.
    pub rivalry_initiator: Option<u8>,
    /// Used force against the target, or it against them, in the five years before.
    pub mid_use_of_force_5y_target: Option<u8>,
    /// The same with the initiator.
    pub mid_use_of_force_5y_initiator: Option<u8>,
    /// Fighting another war.
    pub at_war_elsewhere: Option<u8>,
    /// A member of the state system at the start.
    pub in_system_at_start: u8,
}

/// A state that might have joined a war, after one of the entries into it.
#[derive(Clone, Debug, Deserialize)]
pub struct WaveRow {
    /// The war.
    pub warnum: u32,
    /// The number of the entry; 0 is the start.
    pub wave: u32,
    /// When, in days from the first.
    pub days: f64,
    /// The state.
    pub ccode: u32,
    /// What it has pledged to anyone on the target's side.
    #[serde(rename = "defense_T")]
    pub defense_t: u8,
    /// As above.
    #[serde(rename = "offense_T")]
    pub offense_t: u8,
    /// As above.
    #[serde(rename = "neutral_T")]
    pub neutral_t: u8,
    /// As above.
    #[serde(rename = "nonagg_T")]
    pub nonagg_t: u8,
    /// As above.
    #[serde(rename = "consul_T")]
    pub consul_t: u8,
    /// A promise to defend the newest on that side.
    #[serde(rename = "defense_T_new")]
    pub defense_t_new: u8,
    /// A common land border with anyone on the target's side.
    #[serde(rename = "land_contig_T")]
    pub land_contig_t: u8,
    /// A rival on the target's side.
    #[serde(rename = "rival_in_T")]
    pub rival_in_t: u8,
    /// Capability of the target's side.
    #[serde(rename = "cinc_T")]
    pub cinc_t: Option<f64>,
    /// What it has pledged to anyone on the initiator's side.
    #[serde(rename = "defense_I")]
    pub defense_i: u8,
    /// As above.
    #[serde(rename = "offense_I")]
    pub offense_i: u8,
    /// As above.
    #[serde(rename = "neutral_I")]
    pub neutral_i: u8,
    /// As above.
    #[serde(rename = "nonagg_I")]
    pub nonagg_i: u8,
    /// As above.
    #[serde(rename = "consul_I")]
    pub consul_i: u8,
    /// A promise to defend the newest on that side.
    #[serde(rename = "defense_I_new")]
    pub defense_i_new: u8,
    /// A common land border with anyone on the initiator's side.
    #[serde(rename = "land_contig_I")]
    pub land_contig_i: u8,
    /// A rival on the initiator's side.
    #[serde(rename = "rival_in_I")]
    pub rival_in_i: u8,
    /// Capability of the initiator's side.
    #[serde(rename = "cinc_I")]
    pub cinc_i: Option<f64>,
    /// Its own capability.
    pub cinc: Option<f64>,
    /// Its own democracy.
    pub v2x_polyarchy: Option<f64>,
    /// The side that it joins in the end: `T`, `I` or `N` for neither.
    pub joins_side: String,
    /// How.
    pub join_role: String,
}

/// An alliance in a war.
#[derive(Clone, Debug, Deserialize)]
pub struct Honour {
    /// The war, by its COW number; not every war has one.
    pub cowwarid: Option<f64>,
    /// More than two parties.
    pub multilateral: Option<f64>,
    /// `1816-1944` or `1945-2003`.
    pub period: String,
    /// A defence pact.
    pub defense: Option<f64>,
    /// Whether its case was met.
    pub relevant: Option<f64>,
    /// Whether it was honoured.
    pub honoured: Option<f64>,
}

/// All tables.
#[derive(Clone, Debug)]
pub struct Tables {
    /// `wars.csv`, by number.
    pub wars: BTreeMap<u32, War>,
    /// `participants.csv`.
    pub participants: Vec<Participant>,
    /// `commitments.csv`.
    pub commitments: Vec<CommitmentRow>,
    /// `joiners.csv`, by war and state.
    pub joiners: BTreeMap<(u32, u32), Joiner>,
    /// `cascade_waves.csv`.
    pub waves: Vec<WaveRow>,
    /// `honour_cases_BF2018.csv`.
    pub honour: Vec<Honour>,
}

impl Tables {
    /// Reads the tables from the text of the files, or says for each that cannot be used what is wrong with it.
    pub fn read(text_of: impl Fn(&str) -> Result<String, String>) -> Result<Self, Vec<String>> {
        let mut wrong = Vec::new();
        let [wars, participants, commitments, joiners, waves, honour] = FILES.map(|(name, _)| name);
        let wars: Vec<War> = table(wars, &text_of, &mut wrong);
        let participants = table(participants, &text_of, &mut wrong);
        let commitments = table(commitments, &text_of, &mut wrong);
        let joiners: Vec<Joiner> = table(joiners, &text_of, &mut wrong);
        let waves: Vec<WaveRow> = table(waves, &text_of, &mut wrong);
        let honour = table(honour, &text_of, &mut wrong);
        let wars: BTreeMap<u32, War> = wars.into_iter().map(|w| (w.warnum, w)).collect();
        if let Some(row) = waves.iter().find(|r| !wars.contains_key(&r.warnum))
            && wrong.is_empty()
        {
            wrong.push(format!(
                "cascade_waves.csv speaks of war {}, which wars.csv does not have",
                row.warnum
            ));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let joiners = joiners.into_iter().map(|j| ((j.warnum, j.ccode), j)).collect();
        Ok(Self { wars, participants, commitments, joiners, waves, honour })
    }
}

/// The rows of one file.
fn table<T: DeserializeOwned>(
    name: &str,
    text_of: &impl Fn(&str) -> Result<String, String>,
    wrong: &mut Vec<String>,
) -> Vec<T> {
    let text = match text_of(name) {
        Ok(text) => text,
        Err(why) => {
            wrong.push(format!("{name}: {why}"));
            return Vec::new();
        }
    };
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    match reader.deserialize().collect::<Result<Vec<T>, _>>() {
        Ok(rows) if rows.is_empty() => {
            wrong.push(format!("{name}: has no rows"));
            rows
        }
        Ok(rows) => rows,
        Err(why) => {
            wrong.push(format!("{name}: {why}"));
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_that_cannot_be_used_is_named_with_the_reason() {
        let wrong = Tables::read(|name| match name {
            "wars.csv" => Ok("warnum,start,initiator\n1,1823-04-07,220\n".to_owned()),
            "participants.csv" => Ok("warnum,ccode,side,role,days_to_join\n1,x,T,joiner,\n".to_owned()),
            _ => Err("is missing".to_owned()),
        });
        let wrong = wrong.expect_err("nothing here is whole");
        assert_eq!(wrong.len(), FILES.len());
        assert!(wrong[0].contains("wars.csv") && wrong[0].contains("target"), "{}", wrong[0]);
        assert!(wrong[1].contains("line: 2"), "{}", wrong[1]);
        assert!(wrong[2].contains("commitments.csv: is missing"), "{}", wrong[2]);
    }
}
