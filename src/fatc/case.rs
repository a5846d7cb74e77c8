//! What a case says: a small world, what happens in it, and what must come of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::chronicle::{ConditionKind, Fulfilment};
use crate::model::{Domestic, Response, Side, TurnLength, Verdict, WarPowers};
use crate::scenario::RulesFile;
use crate::scenario::file::{
    CapitalFile, ConflictFile, InjectFile, NamedConditionFile, PledgeFile, RegionFile, RelationFile,
    ScenarioFile, StateFile, TreatyFile,
};

/// A file of cases: one section of the suite.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionFile {
    /// Its number, from 1.
    pub section: u32,
    /// What its cases are about.
    pub title: String,
    /// What they have in common, in a paragraph.
    pub about: String,
    /// The cases, by number ("3.02").
    pub cases: BTreeMap<String, CaseFile>,
}

/// One case.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// What it shows, in a sentence.
    pub title: String,
    /// Why it must come out so.
    pub reasoning: String,
    /// Works and documents that it rests on.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Whether it is drawn from a real dispute over a treaty's text.
    #[serde(default)]
    pub real: bool,
    /// The first day; 2000-01-01 unless given.
    #[serde(default)]
    pub start: Option<String>,
    /// The length of a turn; a month unless given.
    #[serde(default)]
    pub turn: Option<TurnLength>,
    /// How many turns are played; 3 unless given.
    #[serde(default)]
    pub turns: Option<u32>,
    /// Rules that differ from those of the suite: the text alone, and wars that do not end by chance.
    #[serde(default)]
    pub rules: RulesFile,
    /// The states, by id.
    pub states: BTreeMap<String, CaseState>,
    /// How they stand to each other.
    #[serde(default)]
    pub relations: Vec<RelationFile>,
    /// Their treaties.
    #[serde(default)]
    pub treaties: BTreeMap<String, TreatyFile>,
    /// What they promised outside treaties.
    #[serde(default)]
    pub pledges: BTreeMap<String, PledgeFile>,
    /// Wars under way.
    #[serde(default)]
    pub conflicts: BTreeMap<String, ConflictFile>,
    /// What happens.
    #[serde(default)]
    pub injects: BTreeMap<String, InjectFile>,
    /// What must come of it.
    pub expect: Vec<Expected>,
}

/// A state of a case; what is not given is the same for all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CaseState {
    /// Its name; its id unless given.
    pub name: Option<String>,
    /// Its region; "here" unless given.
    pub region: Option<String>,
    /// Share of world capability; 0.1 unless given.
    pub capability: Option<f64>,
    /// Has nuclear weapons.
    pub nuclear: bool,
    /// Democracy; 0.5 unless given.
    pub democracy: Option<f64>,
    /// Readiness to run risks; 0.5 unless given.
    pub resolve: Option<f64>,
    /// How well it sees what others hide; 0.5 unless given.
    pub intelligence: Option<f64>,
    /// Who may take it to war; the executive unless given.
    pub war_powers: WarPowers,
    /// The provision on war powers.
    pub war_powers_text: String,
    /// The named case in which a state bound to self-defence may fight.
    pub may_fight_if: Option<NamedConditionFile>,
}

/// What must come of a case. States and treaties are named by id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Expected {
    /// A commitment falls due.
    Owed {
        /// Who owes.
        by: String,
        /// To whom.
        to: String,
        /// Under which treaty, and article if given ("pact/4"); any unless given.
        #[serde(default)]
        under: Option<String>,
        /// In which turn; in any unless given.
        #[serde(default)]
        turn: Option<u32>,
    },
    /// A commitment is tested and does not fall due at any time, and these are the conditions that are not met.
    NotOwed {
        /// Who would owe.
        by: String,
        /// To whom.
        to: String,
        /// Under which treaty, and article if given.
        #[serde(default)]
        under: Option<String>,
        /// The conditions that are not met in the last test.
        because: Vec<ConditionKind>,
    },
    /// The question of a commitment does not even arise.
    NotTested {
        /// Who would owe.
        by: String,
        /// To whom.
        to: String,
    },
    /// These and no others fight, or have fought, on the two sides of a conflict.
    Sides {
        /// With the state that used force first.
        initiator: Vec<String>,
        /// With the state that it was used against.
        target: Vec<String>,
    },
    /// The state enters a war in this turn.
    Enters {
        /// Who.
        state: String,
        /// On which side.
        side: Side,
        /// When.
        turn: u32,
    },
    /// The state fights nowhere.
    StaysOut(String),
    /// The most that a state does short of war, and that it does not fight.
    Does(String, Response),
    /// How the state's conduct is judged in the end.
    Judged(String, Verdict),
    /// The state's conduct is not judged: nothing of its own was in question.
    NotJudged(String),
    /// A promise not to fight is broken.
    Breaks {
        /// Whose.
        by: String,
        /// Towards whom.
        to: String,
        /// Under which treaty, and article if given.
        #[serde(default)]
        under: Option<String>,
    },
    /// No promise of the state is broken.
    BreaksNothing(String),
    /// A treaty is invoked.
    Invoked {
        /// Which.
        treaty: String,
        /// By whom.
        by: String,
        /// Whether one who is bound declares the case met, rather than that the victim calls.
        #[serde(default)]
        by_obligor: bool,
        /// Whether it had acted before.
        #[serde(default)]
        after_performance: bool,
    },
    /// Another state reads a clause otherwise than its obligor does.
    ReadOtherwise {
        /// Who.
        observer: String,
        /// Whose commitment.
        by: String,
        /// To whom.
        to: String,
        /// Whether it holds that the commitment is owed.
        owed: bool,
    },
    /// How far something owed is fulfilled in the end.
    Fulfilled {
        /// By whom.
        by: String,
        /// Towards whom.
        to: String,
        /// Under which treaty, and article if given.
        #[serde(default)]
        under: Option<String>,
        /// How far.
        how: Fulfilment,
    },
    /// Something owed lapses.
    Lapses {
        /// Whose commitment.
        by: String,
        /// To whom.
        to: String,
    },
    /// A state that is bound to both sides follows the scenario's rule to this end.
    BoundToBoth {
        /// Who.
        state: String,
        /// The side that prevails; none if it stays out or keeps its promise not to fight.
        side: Option<Side>,
    },
    /// The domestic process ends so.
    Domestic {
        /// Where.
        state: String,
        /// How.
        result: Domestic,
        /// Whether a treaty without reservation for constitutional processes is crossed by it.
        #[serde(default)]
        crosses: bool,
    },
    /// A treaty is in force at the end of a turn.
    InForce(String, u32),
    /// A treaty is not in force at the end of a turn.
    NotInForce(String, u32),
    /// An observer holds a state to have begun.
    Blames(String, String),
    /// The state leaves the war, in this turn.
    Leaves(String, u32),
    /// The state still fights at the end.
    FightsOn(String),
    /// All conflicts are over at the end.
    Peace,
    /// Nothing of this kind is in the chronicle (a name such as "BoundToBoth").
    Never(String),
    /// The explanation of a state's conduct holds this text.
    Says(String, String),
    /// The explanation of a state's conduct does not hold this text.
    SaysNot(String, String),
}

impl CaseFile {
    /// The case as a scenario.
    pub fn scenario(&self, number: &str) -> ScenarioFile {
        let region = |s: &CaseState| s.region.clone().unwrap_or_else(|| "here".into());
        let regions = self.states.values().map(|s| (region(s), RegionFile { name: region(s) }));
        let states = self.states.iter().zip(0..).map(|((id, s), i)| {
            let name = s.name.clone().unwrap_or_else(|| id.clone());
            let state = StateFile {
                capital: CapitalFile { name: name.clone(), lat: f64::from(i % 60), lon: 0.0 },
                name,
                region: region(s),
                capability: s.capability.unwrap_or(0.1),
                nuclear: s.nuclear,
                democracy: s.democracy.unwrap_or(0.5),
                resolve: s.resolve.unwrap_or(0.5),
                intelligence: s.intelligence.unwrap_or(0.5),
                munitions: None,
                control: Default::default(),
                war_powers: s.war_powers,
                war_powers_text: s.war_powers_text.clone(),
                may_fight_if: s.may_fight_if.clone(),
                territory: Some(Vec::new()),
                sources: Vec::new(),
            };
            (id.clone(), state)
        });
        ScenarioFile {
            format: 1,
            title: format!("FATC {number}: {}", self.title),
            start: Some(self.start.clone().unwrap_or_else(|| "2000-01-01".into())),
            turn: Some(self.turn.unwrap_or(TurnLength::Months(1))),
            turns: Some(self.turns.unwrap_or(3)),
            rules: self.rules.clone().over(suite_rules()),
            regions: regions.collect(),
            states: states.collect(),
            relations: self.relations.clone(),
            treaties: self.treaties.clone(),
            pledges: self.pledges.clone(),
            conflicts: self.conflicts.clone(),
            injects: self.injects.clone(),
            ..ScenarioFile::default()
        }
    }
}

/// The text alone, and wars that do not end by chance.
fn suite_rules() -> RulesFile {
    RulesFile {
        preset: Some(crate::scenario::Preset::Strict),
        termination_base: Some(0.0),
        termination_ratio: Some(0.0),
        termination_weariness: Some(0.0),
        clash_subsides: Some(0.0),
        ..RulesFile::default()
    }
}
