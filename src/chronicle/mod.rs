//! What happened, and why: the only output of the rules.

mod explain;
mod fact;
mod fingerprint;
mod prose;
mod statecraft;
mod statecraft_prose;
mod telling;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use bevy_ecs::resource::Resource;
use serde::Serialize;

pub use explain::{Explanation, Line, decisive, explain, tree};
pub use fact::{
    Attack, Causes, Check, Checks, ConditionKind, Considered, Fact, FactKind, Fulfilment, How, Lapse,
    Outcome, Phase, Stakes, Term, Terms, Trace,
};
pub use prose::{Prose, capitalized, join_words, percent};
pub use statecraft::{Forecast, Munitions, Shipment, Statecraft, Vote};
pub use telling::{Told, belongs_in_telling};

use crate::model::{ConflictId, Level, PledgeId, Turn};

/// The place of a fact in the chronicle, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct FactId(pub u32);

impl FactId {
    /// The place as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// All facts of a run, in the order in which they came to be.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Chronicle {
    facts: Vec<Fact>,
    /// The facts with which conflicts came to be and changed their sides, by conflict; the last counts.
    openings: BTreeMap<ConflictId, Vec<FactId>>,
    /// Conflicts in which force was used.
    violent: BTreeSet<ConflictId>,
    /// The facts in which pledges were made, by their numbers.
    pledges: BTreeMap<PledgeId, FactId>,
    fingerprint: u64,
}

impl Chronicle {
    /// Adds a fact; its causes must be facts that are here already.
    pub fn record(&mut self, turn: Turn, phase: Phase, kind: FactKind, because: &[FactId]) -> FactId {
        let id = FactId(self.facts.len() as u32);
        debug_assert!(because.iter().all(|cause| *cause < id), "a cause lies before its effect");
        let mut because = Causes::from_slice(because);
        because.sort_unstable();
        because.dedup();
        match &kind {
            FactKind::ConflictUnderWay { conflict }
            | FactKind::ConflictBegan { conflict, .. }
            | FactKind::TurnedViolent { conflict, .. } => {
                self.openings.entry(*conflict).or_default().push(id)
            }
            FactKind::Incident { incident, conflict } if incident.level >= Level::UseOfForce => {
                self.violent.insert(*conflict);
            }
            FactKind::Pledged { id: pledge, .. } => _ = self.pledges.insert(*pledge, id),
            _ => {}
        }
        let fact = Fact { id, turn, phase, kind, because };
        self.fingerprint = fingerprint::extend(self.fingerprint, &fact);
        self.facts.push(fact);
        id
    }

    /// Goes back to a chronicle with which this one began, and keeps its room for more.
    pub fn rewind(&mut self, to: &Self) {
        self.facts.truncate(to.facts.len());
        self.openings.clone_from(&to.openings);
        self.violent.clone_from(&to.violent);
        self.pledges.clone_from(&to.pledges);
        self.fingerprint = to.fingerprint;
    }

    /// A number that is equal for equal chronicles, and for no others that are likely to be met.
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// All facts.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// A fact.
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.facts[id.index()]
    }

    /// How many facts there are.
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Whether nothing has happened yet.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// The fact with which a conflict came to be.
    pub fn opening(&self, conflict: ConflictId) -> Option<&Fact> {
        self.openings.get(&conflict).and_then(|all| all.first()).map(|id| self.fact(*id))
    }

    /// The fact that says who began a conflict, as it is seen in the end.
    pub(super) fn beginning(&self, conflict: ConflictId) -> Option<&Fact> {
        self.openings.get(&conflict).and_then(|all| all.last()).map(|id| self.fact(*id))
    }

    /// Whether force was used in a conflict.
    pub(super) fn is_violent(&self, conflict: ConflictId) -> bool {
        self.violent.contains(&conflict)
    }

    /// A pledge that was made.
    pub(super) fn pledge(&self, id: PledgeId) -> Option<&crate::scenario::Pledge> {
        match &self.fact(*self.pledges.get(&id)?).kind {
            FactKind::Pledged { pledge, .. } => Some(pledge),
            _ => None,
        }
    }
}
