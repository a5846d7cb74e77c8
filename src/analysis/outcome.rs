//! Who fought, on which side, since when and why.

use crate::chronicle::{FactId, FactKind};
use crate::engine::Simulation;
use crate::model::{ConflictId, Role, Side, StateId, Turn, Verdict};

/// A state's entry into a conflict.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry {
    /// Who.
    pub state: StateId,
    /// Into which conflict.
    pub conflict: ConflictId,
    /// On which side.
    pub side: Side,
    /// How.
    pub role: Role,
    /// When; 0 for those who fought from the start.
    pub turn: Turn,
    /// The fact of it.
    pub fact: FactId,
    /// The last verdict on its conduct there, if any.
    pub verdict: Option<Verdict>,
}

/// All entries of a run, in order.
pub fn entries(simulation: &Simulation) -> Vec<Entry> {
    let facts = simulation.chronicle().facts();
    let verdict = |s: StateId, c: ConflictId| {
        facts.iter().rev().find_map(|f| match f.kind {
            FactKind::Judged { state, conflict, verdict } if (state, conflict) == (s, c) => Some(verdict),
            _ => None,
        })
    };
    facts
        .iter()
        .filter_map(|f| match f.kind {
            FactKind::Entered { conflict, state, side, role, .. } => Some(Entry {
                state,
                conflict,
                side,
                role,
                turn: f.turn,
                fact: f.id,
                verdict: verdict(state, conflict),
            }),
            _ => None,
        })
        .collect()
}
