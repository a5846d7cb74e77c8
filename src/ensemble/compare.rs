//! Two scenarios on the same chance: what is different, history by history.
//!
//! A draw has the same address in both, so that two histories part only where the scenarios do (common random numbers:
//! Kahn and Marshall 1953). Differences are of pairs of histories, and their intervals those of paired data.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::history::History;
use super::statistics::{Both, Difference, Pairs};
use crate::model::{Side, Verdict};
use crate::scenario::Scenario;

/// What can be otherwise in a history that is so or is not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Question {
    /// A state, by id, enters a war on a side.
    Enters(String, Side),
    /// The gravest verdict on a state, by id.
    Judged(String, Verdict),
}

/// Everything that is so in a history.
fn answers(scenario: &Scenario, history: &History) -> BTreeSet<Question> {
    let entered =
        history.entered.iter().map(|(s, (_, side))| Question::Enters(scenario.state(*s).id.clone(), *side));
    let judged = history.verdicts.iter().map(|(s, v)| Question::Judged(scenario.state(*s).id.clone(), *v));
    entered.chain(judged).collect()
}

/// Counts over pairs of histories.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    pairs: u64,
    /// What was ever so in either: in both, in the first alone, in the second alone.
    answers: BTreeMap<Question, (u64, u64, u64)>,
    numbers: BTreeMap<&'static str, (&'static str, f64, Pairs)>,
    /// The histories that do not come to the same, the first of them by number.
    parted: u64,
    first_parted: Vec<u32>,
    /// The histories in which anything at all is otherwise.
    otherwise: u64,
}

/// How many of the histories that part are named.
const NAMED: usize = 20;

/// A difference between two scenarios.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// What is compared, for programs.
    pub name: String,
    /// What is compared, for people.
    pub title: String,
    /// Whether it is a share of histories, rather than a mean over them.
    pub is_share: bool,
    /// The difference.
    #[serde(flatten)]
    pub difference: Difference,
}

impl Compared {
    /// Whether the interval leaves out that there is no difference.
    pub fn is_clear(&self) -> bool {
        self.difference.low > 0.0 || self.difference.high < 0.0
    }
}

impl Comparison {
    /// Counts a further pair; both histories have the same number.
    pub fn add(&mut self, (a, first): (&Scenario, &History), (b, second): (&Scenario, &History)) {
        self.pairs += 1;
        let (ours, theirs) = (answers(a, first), answers(b, second));
        for question in ours.union(&theirs) {
            let counts = self.answers.entry(question.clone()).or_default();
            match (ours.contains(question), theirs.contains(question)) {
                (true, true) => counts.0 += 1,
                (true, false) => counts.1 += 1,
                _ => counts.2 += 1,
            }
        }
        self.otherwise += u64::from(first.digest != second.digest);
        let mut same = ours == theirs;
        for (x, y) in first.numbers().iter().zip(second.numbers()) {
            same &= x.steps == y.steps;
            let pairs = self.numbers.entry(x.name).or_insert((x.title, x.step, Pairs::default()));
            pairs.2.add(x.steps, y.steps);
        }
        let entries = |scenario: &Scenario, history: &History| -> Vec<(String, u32)> {
            history.entered.iter().map(|(s, (turn, _))| (scenario.state(*s).id.clone(), turn.0)).collect()
        };
        if !same || entries(a, first) != entries(b, second) {
            self.parted += 1;
            if self.first_parted.len() < NAMED {
                self.first_parted.push(first.replicate.0);
            }
        }
    }

    /// How many pairs there were.
    pub fn pairs(&self) -> u64 {
        self.pairs
    }

    /// In how many pairs the chronicles are not the same, whatever they come to.
    pub fn otherwise(&self) -> u64 {
        self.otherwise
    }

    /// How many pairs did not come to the same, and which were the first of them.
    pub fn parted(&self) -> (u64, &[u32]) {
        (self.parted, &self.first_parted)
    }

    /// In how many histories of each run a question is answered with yes.
    pub fn both(&self, question: &Question) -> Both {
        let (both, only_first, only_second) = self.answers.get(question).copied().unwrap_or_default();
        Both { both, only_first, only_second, neither: self.pairs - both - only_first - only_second }
    }

    /// Every difference, shares first, each list from the greatest difference to the least. `name` gives a state's name.
    pub fn differences(&self, name: impl Fn(&str) -> String) -> Vec<Compared> {
        let title = |question: &Question| match question {
            Question::Enters(state, Side::Initiator) => {
                format!("{} fights with the side that began", name(state))
            }
            Question::Enters(state, Side::Target) => format!("{} fights with the side attacked", name(state)),
            Question::Judged(state, verdict) => format!("{}: {}", name(state), verdict.noun()),
        };
        let key = |question: &Question| match question {
            Question::Enters(state, side) => format!("{state}/enters/{side:?}"),
            Question::Judged(state, verdict) => format!("{state}/verdict/{verdict:?}"),
        };
        let shares = self.answers.keys().map(|question| Compared {
            name: key(question),
            title: title(question),
            is_share: true,
            difference: self.both(question).difference(),
        });
        let mut shares: Vec<Compared> = shares.collect();
        shares.sort_by(|a, b| b.difference.difference.abs().total_cmp(&a.difference.difference.abs()));
        let means = self.numbers.iter().map(|(name, (title, step, pairs))| Compared {
            name: (*name).to_owned(),
            title: (*title).to_owned(),
            is_share: false,
            difference: pairs.difference(*step),
        });
        shares.extend(means);
        shares
    }
}
