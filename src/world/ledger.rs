//! What a run has come to so far, apart from what states and treaties hold as entities.

use std::sync::Arc;

use bevy_ecs::prelude::*;

use super::course::{Conflicts, Obligations, PledgeBook};
use super::environment::Environment;
use crate::dice::Dice;
use crate::model::{CommitmentId, TreatyId, Turn};
use crate::scenario::Dyads;

/// Everything that is kept of a run: one resource, since nearly every rule looks at most of it.
#[derive(Resource, Clone, Debug)]
pub struct Ledger {
    /// The turn.
    pub now: Now,
    /// Which facts the rules of this round look at.
    pub round: Round,
    /// Conflicts.
    pub conflicts: Conflicts,
    /// What is owed.
    pub obligations: Obligations,
    /// Pledges made.
    pub pledges: PledgeBook,
    /// How states stand to each other; the scenario's own until it changes.
    pub attitudes: Arc<Dyads>,
    /// The treaties whose life may take a turn by itself, on a day or once enough have ratified, in order.
    pub watched: Vec<TreatyId>,
    /// Supply, evidence, norms and beliefs.
    pub environment: Environment,
    /// How often treaties have come into force or ended: as long as this stands still, so do the blocs.
    pub treaty_changes: u32,
    /// How often states have become, or ceased to be, friends or enemies by the measure of `stake_affinity` and
    /// `stake_hostility`.
    pub sign_changes: u32,
    /// Whether each commitment stands now, by id.
    pub(super) standing: Vec<bool>,
}

/// The turn being played, and the chance of the run.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// The turn.
    pub turn: Turn,
    /// The dice.
    pub dice: Dice,
}

/// Which facts the rules of a round look at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Round {
    /// The first fact of the turn.
    pub turn_start: usize,
    /// The first fact that was not there in the round before.
    pub fresh: usize,
    /// The first fact of this round.
    pub start: usize,
    /// Which of the turn's acts is carried out.
    pub act: usize,
    /// How many rounds this turn has had.
    pub count: usize,
    /// Facts before this one have been carried out.
    pub applied: usize,
}

impl Ledger {
    /// From now on a treaty's life may take a turn by itself.
    pub(super) fn watch(watched: &mut Vec<TreatyId>, treaty: TreatyId) {
        if let Err(at) = watched.binary_search(&treaty) {
            watched.insert(at, treaty);
        }
    }

    /// Whether a commitment stands: its treaty is in force and binds the one towards the other.
    pub fn stands(&self, id: CommitmentId) -> bool {
        self.standing[id.index()]
    }

    /// Whether each commitment stands, by id.
    pub fn standing(&self) -> &[bool] {
        &self.standing
    }
}
