//! What became of what was owed, by kind of obligation.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::chronicle::{Fact, FactKind, Fulfilment};
use crate::model::{CommitmentId, ConflictId, Obligation};
use crate::scenario::Scenario;

/// What became of the commitments to act of one kind that fell due, each counted once a conflict (Leeds, Long and
/// Mitchell 2000; Berkemeier and Fuhrmann 2018 tell honouring from reneging in the same way).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reliability {
    /// Fallen due.
    pub due: usize,
    /// Of these, met.
    pub honoured: usize,
    /// Met in part.
    pub partial: usize,
    /// Not met at all.
    pub reneged: usize,
    /// Fallen away, since there was nothing or nobody left to perform for.
    pub lapsed: usize,
    /// Still open.
    pub open: usize,
}

/// What became of a single one.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Open,
    Lapsed,
    Fulfilled(Fulfilment),
}

/// What became of what was owed, by kind of obligation, as the last of these facts on each tells it.
pub fn reliability(scenario: &Scenario, facts: &[Fact]) -> BTreeMap<Obligation, Reliability> {
    let mut fates: BTreeMap<(CommitmentId, ConflictId), Fate> = BTreeMap::new();
    for fact in facts {
        match fact.kind {
            FactKind::Tested { commitment, ref attack, owed: true, acts: true, .. } => {
                fates.entry((commitment, attack.conflict)).or_insert(Fate::Open);
            }
            FactKind::Fulfilled { commitment, conflict, fulfilment } => {
                fates.insert((commitment, conflict), Fate::Fulfilled(fulfilment));
            }
            FactKind::Lapsed { commitment, conflict } => {
                if let Some(fate @ Fate::Open) = fates.get_mut(&(commitment, conflict)) {
                    *fate = Fate::Lapsed;
                }
            }
            _ => {}
        }
    }
    let mut all: BTreeMap<Obligation, Reliability> = BTreeMap::new();
    for ((commitment, _), fate) in fates {
        let of = all.entry(scenario.clause_of(commitment).obligation).or_default();
        of.due += 1;
        *match fate {
            Fate::Open => &mut of.open,
            Fate::Lapsed => &mut of.lapsed,
            Fate::Fulfilled(Fulfilment::Honoured) => &mut of.honoured,
            Fate::Fulfilled(Fulfilment::Partial) => &mut of.partial,
            Fate::Fulfilled(Fulfilment::Reneged) => &mut of.reneged,
        } += 1;
    }
    all
}
