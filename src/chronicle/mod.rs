//! What happened, and why: the only output of the rules.

mod explain;
mod fact;
mod prose;
mod telling;
mod terms;

use bevy_ecs::resource::Resource;
use serde::Serialize;

pub use explain::{Explanation, Line, decisive, explain, tree};
pub use fact::{
    Attack, Check, ConditionKind, Considered, Fact, FactKind, Fulfilment, How, Lapse, Outcome, Phase, Term,
    Terms, Trace,
};
pub use prose::{Prose, join_words, percent};
pub use telling::{Told, belongs_in_telling};

use crate::model::{ConflictId, Turn};

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
}

impl Chronicle {
    /// Adds a fact; its causes must be facts that are here already.
    pub fn record(&mut self, turn: Turn, phase: Phase, kind: FactKind, because: &[FactId]) -> FactId {
        let id = FactId(self.facts.len() as u32);
        debug_assert!(because.iter().all(|cause| *cause < id), "a cause lies before its effect");
        let mut because = because.to_vec();
        because.sort_unstable();
        because.dedup();
        self.facts.push(Fact { id, turn, phase, kind, because });
        id
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

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.facts.clear();
    }

    /// The fact with which a conflict came to be.
    pub fn opening(&self, conflict: ConflictId) -> Option<&Fact> {
        self.facts.iter().find(|f| match f.kind {
            FactKind::ConflictUnderWay { conflict: c } | FactKind::ConflictBegan { conflict: c, .. } => {
                c == conflict
            }
            _ => false,
        })
    }
}
