//! What an ensemble of histories comes to: chances with their intervals, and spreads over histories.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::history::exact_step;
use super::statistics::{Share, Spread};
use super::tally::{Counts, Measured, Tally};
use crate::engine::{METRICS, MetricInfo};
use crate::model::{Turn, Verdict};
use crate::scenario::Scenario;

/// What was played: all that is needed to play it again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// The scenario's name or path, as the command line takes it.
    pub scenario: String,
    /// Its title.
    pub title: String,
    /// A number that stands for its content, changes included, in hexadecimal digits.
    pub content: String,
    /// The preset of rules that was in force.
    pub preset: String,
    /// What was set otherwise than the scenario says, as `path=value`.
    pub changes: Vec<String>,
    /// The seed.
    pub seed: u64,
    /// Which part of a whole this is, as `1/4`, if it is not the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<String>,
    /// How many turns each of them had.
    pub turns: u32,
    /// The version of the program.
    pub program: String,
}

/// The summary of an ensemble.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// What was played.
    #[serde(flatten)]
    pub run: Run,
    /// The number of the first history.
    pub first: u64,
    /// How many histories were played.
    pub replicates: u64,
    /// How many were asked for, all shards together.
    #[serde(default)]
    pub asked: u64,
    /// The precision that was asked for, if one was: fewer histories may then have been enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until_precision: Option<f64>,
    /// The widest half of an interval among the chances of entry.
    #[serde(default)]
    pub precision: f64,
    /// The chance of every state to enter a war, by side; the side of those that never do is `Neither`.
    pub entries: Vec<EntryChance>,
    /// The chance of every verdict on every state that was ever judged so; the gravest of a history counts.
    pub verdicts: Vec<VerdictChance>,
    /// How many wars there were, over histories.
    pub wars: Vec<Bar>,
    /// How many states fought in a war, over wars.
    pub war_sizes: Vec<Bar>,
    /// How many states fought in the largest war, over histories.
    pub largest: Vec<Bar>,
    /// How long the longest chain of entries was, each bringing on the next, over histories.
    pub cascade_depths: Vec<Bar>,
    /// How many states joined a war after the start, over histories.
    pub joiners: Vec<Bar>,
    /// What was measured at the end of every turn.
    pub metrics: Vec<Fan>,
}

/// A state's chance of entering a war on one side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct EntryChance {
    /// The state's id.
    pub state: String,
    /// Its name in sentences, such as "the United States".
    pub name: String,
    /// The side: `Initiator`, `Target`, `Either` for both together where a state entered on both, or `Neither` for one that
    /// never entered.
    pub side: String,
    /// Whether it fights from the start, which no chance decides.
    pub from_start: bool,
    /// In how many histories it entered.
    pub share: Share,
    /// The turn of its entry, among the histories in which it entered.
    pub turns: Option<Spread>,
}

impl EntryChance {
    /// On which side, in words ("with the side that began").
    pub fn with_whom(&self) -> &'static str {
        match self.side.as_str() {
            "Initiator" => "with the side that began",
            "Target" => "with the side attacked",
            _ => "on either side",
        }
    }
}

/// The chance of one verdict on one state's conduct.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VerdictChance {
    /// The state's id.
    pub state: String,
    /// Its name in sentences.
    pub name: String,
    /// The verdict: `Compliant`, `BeyondObligation`, `Breach` or `NotTriggered`.
    pub verdict: String,
    /// In how many histories it was so judged.
    pub share: Share,
}

/// One bar of a histogram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// The whole number that was counted.
    pub value: u64,
    /// In how many cases it came to that.
    pub share: Share,
}

/// One metric over the turns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fan {
    /// Its name in exports.
    pub name: String,
    /// What it is called in views.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// The first day of every turn, `YYYY-MM-DD`.
    pub dates: Vec<String>,
    /// Its spread over histories at the end of every turn, from turn 0.
    pub turns: Vec<Spread>,
}

/// The names and days that a summary speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cast {
    /// The names of all states, by id.
    states: BTreeMap<String, String>,
    /// The first day of every turn, from turn 0.
    dates: Vec<String>,
}

impl Cast {
    /// Those of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        let dates = (0..=scenario.turns).map(|turn| scenario.calendar.date(Turn(turn)).to_string());
        Self {
            states: scenario.states.iter().map(|s| (s.id.clone(), s.name.clone())).collect(),
            dates: dates.collect(),
        }
    }

    /// Those of a summary that was made before: it names every state.
    pub fn of_summary(summary: &Summary) -> Self {
        Self {
            states: summary.entries.iter().map(|e| (e.state.clone(), e.name.clone())).collect(),
            dates: summary.metrics.first().map_or(Vec::new(), |fan| fan.dates.clone()),
        }
    }

    fn name(&self, state: &str) -> String {
        self.states.get(state).map_or_else(|| state.to_owned(), String::clone)
    }
}

impl Summary {
    /// What the counts of an ensemble come to.
    pub fn of(cast: &Cast, run: Run, first: u64, tally: &Tally) -> Self {
        let mut summary = Self {
            run,
            first,
            asked: tally.histories,
            until_precision: None,
            precision: 0.0,
            replicates: tally.histories,
            entries: entries(cast, tally),
            verdicts: verdicts(cast, tally),
            wars: bars(&tally.wars),
            war_sizes: bars(&tally.war_sizes),
            largest: bars(&tally.largest),
            cascade_depths: bars(&tally.depths),
            joiners: bars(&tally.joiners),
            metrics: fans(cast, tally),
        };
        summary.precision = summary.precision();
        summary
    }

    /// The widest half of an interval among the chances of entry: what is still to be learned by playing on.
    pub fn precision(&self) -> f64 {
        let open = self.entries.iter().filter(|e| !e.from_start);
        open.map(|e| e.share.half_width()).fold(0.0, f64::max)
    }
}

/// The chances of entry, the greatest first.
fn entries(cast: &Cast, tally: &Tally) -> Vec<EntryChance> {
    let mut all = Vec::new();
    for (state, sides) in &tally.entered {
        let chance = |side: String, turns: &Counts| {
            let later = turns.range(1..).map(|(turn, n)| (f64::from(*turn), *n));
            EntryChance {
                state: state.clone(),
                name: cast.name(state),
                side,
                from_start: turns.contains_key(&0),
                share: Share::new(turns.values().sum(), tally.histories),
                turns: Spread::of(later),
            }
        };
        if sides.len() > 1 {
            let mut either = Counts::new();
            for (turn, n) in sides.values().flatten() {
                *either.entry(*turn).or_default() += n;
            }
            all.push(chance("Either".into(), &either));
        }
        all.extend(sides.iter().map(|(side, turns)| chance(format!("{side:?}"), turns)));
    }
    let never = cast.states.iter().filter(|(id, _)| !tally.entered.contains_key(*id));
    all.extend(never.map(|(id, name)| EntryChance {
        state: id.clone(),
        name: name.clone(),
        side: "Neither".into(),
        from_start: false,
        share: Share::new(0, tally.histories),
        turns: None,
    }));
    all.sort_by(|a, b| b.from_start.cmp(&a.from_start).then(b.share.count.cmp(&a.share.count)));
    all
}

fn verdicts(cast: &Cast, tally: &Tally) -> Vec<VerdictChance> {
    let of = |state: &str, verdicts: &BTreeMap<Verdict, u64>| -> Vec<VerdictChance> {
        let chance = |(verdict, count): (&Verdict, &u64)| VerdictChance {
            state: state.to_owned(),
            name: cast.name(state),
            verdict: format!("{verdict:?}"),
            share: Share::new(*count, tally.histories),
        };
        verdicts.iter().map(chance).collect()
    };
    tally.verdicts.iter().flat_map(|(state, verdicts)| of(state, verdicts)).collect()
}

fn bars(counts: &Counts) -> Vec<Bar> {
    let all = counts.values().sum();
    counts.iter().map(|(value, n)| Bar { value: u64::from(*value), share: Share::new(*n, all) }).collect()
}

fn fans(cast: &Cast, tally: &Tally) -> Vec<Fan> {
    let fan = |info: &MetricInfo| {
        let turns = tally.metrics.get(info.name)?;
        let spread = |measured: &Measured| {
            // Divided rather than multiplied, so that a thousandth reads as one.
            let steps = 1.0 / info.resolution;
            let counted = measured.counts.iter().map(|(n, count)| (f64::from(*n) / steps, *count));
            let mean = measured.sum.0 as f64 / (1.0 / exact_step(info)) / tally.histories as f64;
            Spread { mean, ..Spread::of(counted).unwrap_or_default() }
        };
        Some(Fan {
            name: info.name.into(),
            title: info.title.into(),
            unit: info.unit.into(),
            dates: cast.dates.clone(),
            turns: turns.iter().map(spread).collect(),
        })
    };
    METRICS.iter().filter_map(fan).collect()
}
