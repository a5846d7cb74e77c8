//! Does a scenario's outcome come out as the scenario says it does?

use std::collections::BTreeMap;
use std::sync::Arc;

use super::outcome::{Entry, entries};
use crate::chronicle::FactKind;
use crate::engine::Simulation;
use crate::model::{Replicate, Response, Side, StateId};
use crate::scenario::{Claim, Expectation, Preset, Scenario};

/// The result of one expectation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checked {
    /// In how many replicates the claim held.
    pub held: u32,
    /// Of how many.
    pub replicates: u32,
    /// Whether the share lies where the scenario says.
    pub as_expected: bool,
}

/// The presets under which a scenario asserts something, its own first, each with the most replicates asked for.
fn runs(scenario: &Scenario) -> BTreeMap<Option<Preset>, u32> {
    let mut most = BTreeMap::new();
    for e in &scenario.expect {
        let replicates: &mut u32 = most.entry(e.preset).or_default();
        *replicates = e.replicates.max(*replicates);
    }
    most
}

/// How many histories must be played to check a scenario's expectations.
pub fn histories_to_check(scenario: &Scenario) -> u64 {
    runs(scenario).values().map(|n| u64::from(*n)).sum()
}

/// Plays the histories that a scenario's expectations ask for, each once for all that is asserted of it; `progress` is
/// told after each.
pub fn check_expectations(scenario: &Arc<Scenario>, seed: u64, mut progress: impl FnMut()) -> Vec<Checked> {
    let mut held = vec![0; scenario.expect.len()];
    for (preset, replicates) in runs(scenario) {
        let played = match preset {
            Some(preset) => Arc::new(scenario.under(preset)),
            None => Arc::clone(scenario),
        };
        let mut simulation = Simulation::new(played, seed, Replicate(0));
        for replicate in 0..replicates {
            simulation.restart(seed, Replicate(replicate));
            simulation.run(None, &[]);
            for (e, held) in scenario.expect.iter().zip(&mut held) {
                if e.preset == preset && replicate < e.replicates {
                    *held += u32::from(holds(e.claim, &simulation));
                }
            }
            progress();
        }
    }
    let checked = |(e, held): (&Expectation, u32)| {
        let share = f64::from(held) / f64::from(e.replicates);
        let (low, high) = e.share;
        Checked { held, replicates: e.replicates, as_expected: low <= share && share <= high }
    };
    scenario.expect.iter().zip(held).map(checked).collect()
}

/// All that a state does about conflicts in a run.
fn responses(simulation: &Simulation, who: StateId) -> impl Iterator<Item = Response> {
    simulation.chronicle().facts().iter().filter_map(move |f| match f.kind {
        FactKind::Performed { state, response, .. } if state == who => Some(response),
        FactKind::Consulting { state, .. } if state == who => Some(Response::Consult),
        FactKind::Entered { state, .. } if state == who => Some(Response::Intervene),
        _ => None,
    })
}

/// A claim in a sentence without its end ("Russia fights on the side that was attacked").
pub fn claim_in_words(scenario: &Scenario, claim: Claim) -> String {
    let name = |s: StateId| scenario.state(s).name.as_str();
    let capital = |s: StateId| {
        let mut chars = name(s).chars();
        chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
    };
    match claim {
        Claim::Belligerent(state, side, by) => {
            let side = match side {
                None => "",
                Some(Side::Initiator) => " on the side that began",
                Some(Side::Target) => " on the side that was attacked",
            };
            let by = match by.0 {
                t if t >= scenario.turns => String::new(),
                _ => format!(" by the end of {}", scenario.calendar.label(by)),
            };
            format!("{} fights{side}{by}", capital(state))
        }
        Claim::Opposed(a, b) => format!("{} and {} fight on opposite sides", capital(a), name(b)),
        Claim::Belligerents(n) => format!("some war has {n} belligerents or more"),
        Claim::Verdict(state, verdict) => format!("{} is judged so: {}", capital(state), verdict.noun()),
        Claim::Owed(by, to, treaty) => {
            let under = treaty.map_or(String::new(), |t| format!(" under {}", scenario.treaty(t).short));
            format!("{} owes {} something{under}", capital(by), name(to))
        }
        Claim::Responds(state, least) => format!("{} does this or more: {}", capital(state), least.verb()),
    }
}

/// Whether a claim holds of a finished run.
fn holds(claim: Claim, simulation: &Simulation) -> bool {
    let all: Vec<Entry> = entries(simulation);
    match claim {
        Claim::Belligerent(state, side, by) => {
            all.iter().any(|e| e.state == state && e.turn <= by && side.is_none_or(|s| s == e.side))
        }
        Claim::Opposed(a, b) => all
            .iter()
            .filter(|e| e.state == a)
            .any(|x| all.iter().any(|y| y.state == b && y.conflict == x.conflict && y.side != x.side)),
        Claim::Belligerents(n) => {
            all.iter().any(|x| all.iter().filter(|y| y.conflict == x.conflict).count() >= n as usize)
        }
        Claim::Owed(by, to, treaty) => {
            let scenario = simulation.scenario();
            simulation.chronicle().facts().iter().any(|f| match f.kind {
                FactKind::Tested { commitment, owed: true, .. } => {
                    let c = scenario.commitment(commitment);
                    let under = scenario.clause_of(commitment).treaty;
                    (c.obligor, c.beneficiary) == (by, to) && treaty.is_none_or(|t| t == under)
                }
                _ => false,
            })
        }
        Claim::Responds(state, least) => responses(simulation, state).any(|r| r >= least),
        Claim::Verdict(who, what) => simulation.chronicle().facts().iter().rev().any(
            |f| matches!(f.kind, FactKind::Judged { state, verdict, .. } if state == who && verdict == what),
        ),
    }
}
