//! Single changes that may matter for an outcome: another wording of an article that was in question, an event or a
//! pledge that does not come, another law on going to war, another weight of a rule.

use std::collections::BTreeSet;

use crate::chronicle::FactKind;
use crate::engine::Simulation;
use crate::model::ClauseId;
use crate::scenario::{Change, PARAMETERS, Places, Scenario};

/// What kind of thing a change is about, from what is nearest to a treaty lawyer's hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub enum Kind {
    /// The wording of an article.
    Wording,
    /// How binding an article is read to be.
    Strength,
    /// A decision: an event, a pledge, a whole treaty that is not there.
    Decision,
    /// Who may take a state to war, and how ready it is to.
    State,
    /// A weight of the rules.
    Parameter,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Wording, Self::Strength, Self::Decision, Self::State, Self::Parameter];

    /// What it is about, in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Wording => "another wording of an article",
            Self::Strength => "an article read as more or less binding",
            Self::Decision => "an event, pledge or treaty that is not there",
            Self::State => "another law on war, or more or less resolve",
            Self::Parameter => "another weight of the rules",
        }
    }
}

/// A change to try.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The change.
    pub change: Change,
    /// What it is about.
    pub kind: Kind,
    /// For a number: what it is now, and how far it may go in this direction.
    pub number: Option<(f64, f64)>,
}

impl Candidate {
    fn new(kind: Kind, path: impl Into<String>, value: impl Into<String>) -> Self {
        Self { change: Change { path: path.into(), value: value.into() }, kind, number: None }
    }

    fn number(kind: Kind, path: String, now: f64, end: f64, written: impl Fn(f64) -> String) -> Self {
        Self { number: Some((now, end)), ..Self::new(kind, path, written(end)) }
    }

    /// The same change, but a number that goes only so far, from 0 (nowhere) to 1 (all the way).
    pub fn part_way(&self, share: f64) -> Self {
        let Some((now, end)) = self.number else { return self.clone() };
        let value = now + (end - now) * share;
        // Three digits are as much as anybody can say.
        let digits = (2 - libm::log10(value.abs().max(1e-3)).floor() as i32).clamp(0, 6) as usize;
        let value = format!("{value:.digits$}");
        let value = match self.kind {
            Kind::Strength => format!("Exact({value})"),
            _ => value,
        };
        Self { change: Change { value, ..self.change.clone() }, ..self.clone() }
    }

    /// How large the change is: one for a word, an event or a pledge; for a number the way it goes, where a quarter of
    /// the scale from 0 to 1, or a doubling of a weight, counts as one.
    pub fn size(&self, share: f64) -> f64 {
        match (self.kind, self.number) {
            (Kind::Parameter, Some((now, end))) => {
                let (from, to) = (now.abs().max(1e-3), (now + (end - now) * share).abs().max(1e-3));
                libm::log2(to / from).abs()
            }
            (_, Some((now, end))) => (end - now).abs() * share * 4.0,
            (_, None) => 1.0,
        }
    }
}

/// The articles that were in question in a run, owed or not.
pub fn in_question(simulation: &Simulation, into: &mut BTreeSet<ClauseId>) {
    for fact in simulation.chronicle().facts() {
        if let FactKind::Tested { commitment, .. } = fact.kind {
            into.insert(simulation.scenario().commitment(commitment).clause);
        }
    }
}

/// All single changes that are worth a try, where these articles were in question.
pub fn candidates(scenario: &Scenario, text: &str, clauses: &BTreeSet<ClauseId>) -> Vec<Candidate> {
    let places = Places::of(text);
    let mut all = Vec::new();
    let mut treaties = BTreeSet::new();
    for id in clauses {
        let clause = scenario.clause(*id);
        let treaty = &scenario.treaty(clause.treaty).id;
        treaties.insert(treaty.clone());
        wordings(text, &places, &format!("treaties/{treaty}/clauses/{}", clause.article), &mut all);
    }
    all.extend(treaties.iter().map(|id| Candidate::new(Kind::Decision, format!("treaties/{id}"), "absent")));
    for part in ["injects", "pledges"] {
        let entries = places.fields(part);
        all.extend(entries.map(|id| Candidate::new(Kind::Decision, format!("{part}/{id}"), "absent")));
    }
    for state in &scenario.states {
        states(state, &mut all);
    }
    for parameter in PARAMETERS {
        let now = scenario.rules.value(parameter.name);
        let (low, high) = parameter.range;
        let path = || format!("rules/{}", parameter.name);
        let written = |x: f64| x.to_string();
        // A quarter and four times as much, or as far as the range goes.
        let (down, up) = ((now / 4.0).max(low), (now.max(0.05) * 4.0).min(high));
        if down < now {
            all.push(Candidate::number(Kind::Parameter, path(), now, down, written));
        }
        if up > now {
            all.push(Candidate::number(Kind::Parameter, path(), now, up, written));
        }
    }
    all
}

/// Other wordings of an article.
fn wordings(text: &str, places: &Places, path: &str, all: &mut Vec<Candidate>) {
    let now = |field: &str| {
        let at = format!("{path}/{field}");
        places.holds(&at).then(|| text[places.value(&at)].to_owned())
    };
    let words: [(&str, &str, &[&str]); 4] = [
        ("automaticity", "Deliberate", &["Automatic", "Prompt", "AfterConsultation", "Deliberate"]),
        ("chain", "DirectVictim", &["None", "DirectVictim", "Transitive"]),
        ("response", "", &["Consult", "MaterielOnly", "AsDeemedNecessary", "Force"]),
        ("trigger/level", "UseOfForce", &["Threat", "UseOfForce", "War"]),
    ];
    for (field, usual, values) in words {
        let now = now(field).unwrap_or_else(|| usual.to_owned());
        let others = values.iter().filter(|v| **v != now);
        all.extend(others.map(|v| Candidate::new(Kind::Wording, format!("{path}/{field}"), *v)));
    }
    for field in ["constitutional", "un_charter", "trigger/unprovoked", "trigger/on_request"] {
        let turned = if now(field).as_deref() == Some("true") { "false" } else { "true" };
        all.push(Candidate::new(Kind::Wording, format!("{path}/{field}"), turned));
    }
    let strength = now("strength").unwrap_or_else(|| "Exact(1.0)".into());
    let numbers: Vec<f64> = strength
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|part| part.parse().ok())
        .collect();
    // The likely one of three.
    let likely = numbers.get(numbers.len() / 2).copied().unwrap_or(1.0);
    for end in [0.0, 1.0] {
        if (end - likely).abs() > 1e-9 {
            let written = |x: f64| format!("Exact({x:?})");
            all.push(Candidate::number(Kind::Strength, format!("{path}/strength"), likely, end, written));
        }
    }
}

/// Another law on going to war, and more or less readiness.
fn states(state: &crate::scenario::State, all: &mut Vec<Candidate>) {
    use crate::model::WarPowers;
    let path = |field: &str| format!("states/{}/{field}", state.id);
    if state.war_powers != WarPowers::Executive {
        all.push(Candidate::new(Kind::State, path("war_powers"), "Executive"));
    }
    if !matches!(state.war_powers, WarPowers::Legislature { .. }) {
        let law = "Legislature(threshold: 0.5, turns: 1)";
        all.push(Candidate::new(Kind::State, path("war_powers"), law));
    }
    for end in [0.0, 1.0] {
        if (end - state.resolve).abs() > 1e-9 {
            let written = |x: f64| format!("{x:?}");
            all.push(Candidate::number(Kind::State, path("resolve"), state.resolve, end, written));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_goes_part_of_the_way_is_a_smaller_change() {
        let path = "rules/obligation".to_owned();
        let all = Candidate::number(Kind::Parameter, path, 2.0, 8.0, |x| x.to_string());
        assert_eq!(all.size(1.0), 2.0);
        assert_eq!(all.part_way(1.0 / 3.0).change.value, "4.00");
        assert_eq!(all.size(1.0 / 3.0), 1.0);
        let word = Candidate::new(Kind::Wording, "treaties/t/clauses/1/chain", "None");
        assert_eq!((word.size(1.0), word.part_way(0.5)), (1.0, word.clone()));
    }
}
