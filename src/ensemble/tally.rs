//! Counts over histories. All of them are whole numbers: tallies of parts add up to the tally of the whole, in any order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::history::{History, exact_step};
use crate::engine::METRICS;
use crate::model::{Side, Turn, Verdict};
use crate::scenario::Scenario;

/// How often each value occurred.
pub type Counts = BTreeMap<u32, u64>;

/// Counts over the histories of one scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// How many histories.
    pub histories: u64,
    /// By state and side: the turns of first entries, counted; turn 0 for those who fought from the start.
    pub entered: BTreeMap<String, BTreeMap<Side, Counts>>,
    /// By state: how often each verdict was the gravest on it.
    pub verdicts: BTreeMap<String, BTreeMap<Verdict, u64>>,
    /// Numbers of belligerents, over wars.
    pub war_sizes: Counts,
    /// Numbers of wars, over histories.
    pub wars: Counts,
    /// Belligerents of the largest war, over histories.
    pub largest: Counts,
    /// Lengths of the longest chain of entries, over histories.
    pub depths: Counts,
    /// Numbers of states that joined, over histories.
    pub joiners: Counts,
    /// By metric and turn: what was measured.
    pub metrics: BTreeMap<String, Vec<Measured>>,
}

/// What was measured of one metric at the end of one turn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// Values in steps of the metric's resolution, counted.
    pub counts: Counts,
    /// Their exact sum, in the steps in which a metric is summed.
    pub sum: Sum,
}

/// A whole number that no ensemble outgrows; in files it stands as text, since JSON's numbers are smaller.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Sum(pub i128);

impl From<Sum> for String {
    fn from(sum: Sum) -> Self {
        sum.0.to_string()
    }
}

impl TryFrom<String> for Sum {
    type Error = std::num::ParseIntError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

fn count(counts: &mut Counts, value: u32) {
    *counts.entry(value).or_default() += 1;
}

fn merge(into: &mut Counts, from: &Counts) {
    for (value, n) in from {
        *into.entry(*value).or_default() += n;
    }
}

impl Tally {
    /// Counts a further history.
    pub fn add(&mut self, scenario: &Scenario, history: &History) {
        self.histories += 1;
        for (state, (turn, side)) in &history.entered {
            let id = &scenario.state(*state).id;
            count(self.entered.entry(id.clone()).or_default().entry(*side).or_default(), turn.0);
        }
        for (state, verdict) in &history.verdicts {
            *self
                .verdicts
                .entry(scenario.state(*state).id.clone())
                .or_default()
                .entry(*verdict)
                .or_default() += 1;
        }
        for war in &history.wars {
            count(&mut self.war_sizes, war.belligerents);
        }
        count(&mut self.wars, history.wars.len() as u32);
        count(&mut self.largest, history.largest());
        count(&mut self.depths, history.depth());
        count(&mut self.joiners, history.joiners());
        for info in METRICS {
            let turns = self.metrics.entry(info.name.to_owned()).or_default();
            turns.resize_with(turns.len().max(history.metrics.len()), Measured::default);
            let step = exact_step(info);
            for (turn, m) in turns.iter_mut().zip(&history.metrics) {
                let value = (info.value)(m);
                count(&mut turn.counts, (value / info.resolution).round() as u32);
                turn.sum.0 += (value / step).round() as i128;
            }
        }
    }

    /// Adds the counts of other histories.
    pub fn merge(&mut self, other: &Self) {
        self.histories += other.histories;
        for (state, sides) in &other.entered {
            for (side, turns) in sides {
                merge(self.entered.entry(state.clone()).or_default().entry(*side).or_default(), turns);
            }
        }
        for (state, verdicts) in &other.verdicts {
            for (verdict, n) in verdicts {
                *self.verdicts.entry(state.clone()).or_default().entry(*verdict).or_default() += n;
            }
        }
        let pairs = [
            (&mut self.war_sizes, &other.war_sizes),
            (&mut self.wars, &other.wars),
            (&mut self.largest, &other.largest),
            (&mut self.depths, &other.depths),
            (&mut self.joiners, &other.joiners),
        ];
        for (into, from) in pairs {
            merge(into, from);
        }
        for (name, turns) in &other.metrics {
            let into = self.metrics.entry(name.clone()).or_default();
            into.resize_with(into.len().max(turns.len()), Measured::default);
            for (into, from) in into.iter_mut().zip(turns) {
                merge(&mut into.counts, &from.counts);
                into.sum.0 += from.sum.0;
            }
        }
    }

    /// In how many histories a state entered on a side after the start, and in how many it fought there from the start.
    pub fn entries(&self, state: &str, side: Side) -> (u64, u64) {
        let turns = self.entered.get(state).and_then(|sides| sides.get(&side));
        let Some(turns) = turns else { return (0, 0) };
        let from_start = turns.get(&Turn(0).0).copied().unwrap_or(0);
        (turns.values().sum::<u64>() - from_start, from_start)
    }
}
