//! What one history came to.

use std::collections::BTreeMap;

use crate::engine::{METRICS, MetricInfo, Metrics, Simulation};
use crate::model::{Level, Replicate, Side, StateId, Turn, Verdict};
use crate::world::{Course, War};

/// What one history came to, as far as ensembles count it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    /// Which of the histories of its seed.
    pub replicate: Replicate,
    /// The fingerprint of its chronicle.
    pub digest: u64,
    /// The first entry of each state that fought: when, and on which side; turn 0 for those who did from the start.
    pub entered: BTreeMap<StateId, (Turn, Side)>,
    /// The gravest verdict on each state that was judged.
    pub verdicts: BTreeMap<StateId, Verdict>,
    /// Every armed conflict, in the order in which they began.
    pub wars: Vec<War>,
    /// What was measured, by turn.
    pub metrics: Vec<Metrics>,
}

/// Which of several verdicts on a state counts: a breach before help beyond what was owed, before compliance.
fn gravity(verdict: Verdict) -> u32 {
    match verdict {
        Verdict::NotTriggered => 0,
        Verdict::Compliant => 1,
        Verdict::BeyondObligation => 2,
        Verdict::Breach => 3,
    }
}

impl History {
    /// What a finished run came to.
    pub fn of(simulation: &Simulation) -> Self {
        let courses = simulation.courses();
        let mut entered: BTreeMap<StateId, (Turn, Side)> = BTreeMap::new();
        let mut verdicts: BTreeMap<StateId, Verdict> = BTreeMap::new();
        for course in courses {
            for b in &course.belligerents {
                let first = entered.entry(b.state).or_insert((b.since, b.side));
                if b.since < first.0 {
                    *first = (b.since, b.side);
                }
            }
            for (state, verdict) in &course.verdicts {
                let known = verdicts.entry(*state).or_insert(*verdict);
                if gravity(*verdict) > gravity(*known) {
                    *known = *verdict;
                }
            }
        }
        let armed = courses.iter().filter(|c| c.level >= Level::UseOfForce && !c.belligerents.is_empty());
        Self {
            replicate: simulation.replicate(),
            digest: simulation.chronicle().fingerprint(),
            entered,
            verdicts,
            wars: armed.map(Course::extent).collect(),
            metrics: simulation.metrics().to_vec(),
        }
    }

    /// How many states joined a war of their own will.
    pub fn joiners(&self) -> u32 {
        self.wars.iter().map(|w| w.joiners).sum()
    }

    /// The most belligerents of a war; 0 if there was none.
    pub fn largest(&self) -> u32 {
        self.wars.iter().map(|w| w.belligerents).max().unwrap_or(0)
    }

    /// The longest chain of entries.
    pub fn depth(&self) -> u32 {
        self.wars.iter().map(|w| w.depth).max().unwrap_or(0)
    }
}

/// A number of a history, as it is compared and averaged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its name in tables.
    pub name: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What one of its steps stands for.
    pub step: f64,
    /// How many steps it is.
    pub steps: i64,
}

/// The step in which a metric is summed: whole numbers as they are, real ones to a thousand millionth, so that sums are
/// exact and the same in any order.
pub fn exact_step(info: &MetricInfo) -> f64 {
    if info.resolution < 1.0 { 1e-9 } else { 1.0 }
}

impl History {
    /// The numbers of a history: what its wars came to, and every metric at the end.
    pub fn numbers(&self) -> Vec<Number> {
        let count = |name, title, steps| Number { name, title, step: 1.0, steps };
        let mut all = vec![
            count("wars", "Armed conflicts", self.wars.len() as i64),
            count("largest_war", "States in the largest war", self.largest().into()),
            count("joiners", "States that joined", self.joiners().into()),
            count("cascade_depth", "Longest chain of entries", self.depth().into()),
        ];
        for info in METRICS {
            let value = self.metrics.last().map_or(0.0, info.value);
            let step = exact_step(info);
            let steps = (value / step).round() as i64;
            all.push(Number { name: info.name, title: info.title, step, steps });
        }
        all
    }
}
