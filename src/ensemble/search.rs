//! Looking for the smallest change that makes an outcome likely.
//!
//! Every single change that may matter is tried on a few histories, those that help most on many, always on the same
//! chance as the scenario itself; a number that helps is then brought back towards what it was, as far as it still helps
//! enough. That an outcome is the likelier the farther a number goes is assumed in this last step alone.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::candidates::{Candidate, Kind, candidates, in_question};
use super::goal::Goal;
use super::history::History;
use super::play::in_parallel;
use super::statistics::{Both, Share};
use crate::engine::Simulation;
use crate::model::Replicate;
use crate::scenario::{self, Scenario};

/// On how many histories every change is tried.
const SCREENED: u32 = 64;

/// How many changes of each kind are tried on all.
const REFINED: usize = 5;

/// How often a number is brought back towards what it was.
const STEPS: u32 = 6;

/// What to look for.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// The scenario as it is.
    pub scenario: &'a Arc<Scenario>,
    /// Its whole text.
    pub text: &'a str,
    /// The seed of all chance.
    pub seed: u64,
    /// The outcome.
    pub goal: Goal,
    /// The least share of histories in which it counts as likely.
    pub likely: f64,
    /// On how many histories.
    pub replicates: u32,
    /// On how many threads.
    pub threads: usize,
}

/// A change that helps.
#[derive(Clone, Debug)]
pub struct Found {
    /// The change, for a number as small as it can be.
    pub candidate: Candidate,
    /// How large it is.
    pub size: f64,
    /// The outcome without and with it, on the same histories.
    pub both: Both,
    /// Whether it makes the outcome likely.
    pub reaches: bool,
    /// The outcome with it on another seed, where nothing was chosen by it: the best of many looks better than it is.
    pub again: Share,
}

/// What a search came to.
#[derive(Clone, Debug)]
pub struct Findings {
    /// The outcome in the scenario as it is.
    pub before: Share,
    /// How many changes were tried.
    pub tried: usize,
    /// The changes that help, by kind; within a kind those that make the outcome likely, the smallest first, then the
    /// others, the best first.
    pub found: Vec<Found>,
}

impl Findings {
    /// The smallest change that makes the outcome likely. A weight of the rules is nobody's to change, so it comes
    /// after all that a state could decide.
    pub fn smallest(&self) -> Option<&Found> {
        let reaching = self.found.iter().filter(|f| f.reaches);
        reaching.min_by(|a, b| {
            let of_the_rules = |f: &Found| f.candidate.kind == Kind::Parameter;
            of_the_rules(a).cmp(&of_the_rules(b)).then(a.size.total_cmp(&b.size))
        })
    }
}

impl Search<'_> {
    /// Looks. `progress` is told how many pieces of work are done, of how many; nothing comes back if `cancel` is set
    /// before the end.
    pub fn run(&self, cancel: &AtomicBool, progress: &(dyn Fn(usize, usize) + Sync)) -> Option<Findings> {
        let mut clauses = BTreeSet::new();
        let before = self.outcomes(self.scenario, self.replicates, |replicate, simulation| {
            if replicate < SCREENED {
                in_question(simulation, &mut clauses);
            }
        });
        let held = before.iter().filter(|held| **held).count() as u64;
        let share = Share::new(held, before.len() as u64);
        if share.estimate >= self.likely {
            // There is nothing to look for.
            return Some(Findings { before: share, tried: 0, found: Vec::new() });
        }
        let all = candidates(self.scenario, self.text, &clauses);
        let helpful = self.screen(&all, &before, cancel, progress);
        let pieces = all.len() + helpful.len();
        let refine = |i: usize| {
            let found = self.refine(helpful[i], &before);
            progress(all.len() + i + 1, pieces);
            found
        };
        let refined = in_parallel(helpful.len(), self.threads, cancel, refine);
        let mut found: Vec<Found> = refined.into_iter().filter_map(|(_, found)| found).collect();
        found.sort_by(|a, b| {
            let gain = |f: &Found| f.both.only_second as i64 - f.both.only_first as i64;
            let smaller = if a.reaches { a.size.total_cmp(&b.size) } else { std::cmp::Ordering::Equal };
            let by_kind = a.candidate.kind.cmp(&b.candidate.kind);
            by_kind.then(b.reaches.cmp(&a.reaches)).then(smaller).then(gain(b).cmp(&gain(a)))
        });
        let done = !cancel.load(std::sync::atomic::Ordering::Relaxed);
        done.then_some(Findings { before: share, tried: all.len(), found })
    }

    /// In which of the first histories the outcome holds.
    fn outcomes(
        &self,
        scenario: &Arc<Scenario>,
        replicates: u32,
        mut look: impl FnMut(u32, &Simulation),
    ) -> Vec<bool> {
        let mut simulation = Simulation::new(Arc::clone(scenario), self.seed, Replicate(0));
        let outcome = |replicate| {
            simulation.restart(self.seed, Replicate(replicate));
            simulation.run(None, &[]);
            look(replicate, &simulation);
            self.goal.holds(&History::of(&simulation))
        };
        (0..replicates).map(outcome).collect()
    }

    /// The scenario with a change, if it is one with it.
    fn changed(&self, candidate: &Candidate) -> Option<Arc<Scenario>> {
        let text = candidate.change.make(self.text).ok()?;
        scenario::parse_whole(&self.scenario.name, &text).0.map(Arc::new)
    }

    /// The changes that help most in the first histories.
    fn screen<'c>(
        &self,
        all: &'c [Candidate],
        before: &[bool],
        cancel: &AtomicBool,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Vec<&'c Candidate> {
        let few = self.replicates.min(SCREENED);
        let held = |outcomes: &[bool]| outcomes.iter().filter(|held| **held).count();
        let without = held(&before[..few as usize]);
        let gain = |i: usize| {
            let changed = self.changed(&all[i]);
            progress(i + 1, all.len() + REFINED * Kind::ALL.len());
            let with = changed.map_or(0, |scenario| held(&self.outcomes(&scenario, few, |_, _| {})));
            with.saturating_sub(without)
        };
        let mut gains = in_parallel(all.len(), self.threads, cancel, gain);
        gains.retain(|(_, gain)| *gain > 0);
        // In the order of the candidates where two help as much.
        gains.sort_by_key(|(i, gain)| (std::cmp::Reverse(*gain), *i));
        let of = |kind| gains.iter().map(|(i, _)| &all[*i]).filter(move |c| c.kind == kind).take(REFINED);
        Kind::ALL.into_iter().flat_map(of).collect()
    }

    /// A change on all histories, brought back as far as it still makes the outcome likely.
    fn refine(&self, candidate: &Candidate, before: &[bool]) -> Option<Found> {
        let tried = |share: f64| {
            let candidate = candidate.part_way(share);
            let outcomes = self.outcomes(&self.changed(&candidate)?, self.replicates, |_, _| {});
            let mut both = Both::default();
            before.iter().zip(outcomes).for_each(|(a, b)| both.add(*a, b));
            let reaches = both.difference().second >= self.likely;
            Some(Found { size: candidate.size(share), candidate, both, reaches, again: Share::default() })
        };
        let mut best = tried(1.0)?;
        if best.reaches && candidate.number.is_some() {
            let (mut low, mut high) = (0.0, 1.0);
            for _ in 0..STEPS {
                let middle = f64::midpoint(low, high);
                match tried(middle) {
                    Some(found) if found.reaches => (high, best) = (middle, found),
                    _ => low = middle,
                }
            }
        }
        let fresh = Self { seed: self.seed.wrapping_add(1), ..*self };
        let again = fresh.outcomes(&self.changed(&best.candidate)?, self.replicates, |_, _| {});
        best.again = Share::new(again.iter().filter(|held| **held).count() as u64, again.len() as u64);
        Some(best)
    }
}
