//! Components and relationships.

use bevy_ecs::prelude::*;

use crate::model::{CommitmentId, Date, StateId, TreatyId, Turn};

/// A state.
#[derive(Component, Clone, Copy, Debug)]
#[component(immutable)]
pub struct Sovereign(pub StateId);

/// A state's share of world capability, now.
#[derive(Component, Clone, Copy, Debug)]
pub struct Capability(pub f64);

/// How tired of war a state is, 0 to 1.
#[derive(Component, Clone, Copy, Debug)]
pub struct Weariness(pub f64);

/// A treaty in the course of a run.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct TreatyStatus {
    /// Which treaty.
    pub treaty: TreatyId,
    /// Whether it is in force now.
    pub in_force: bool,
    /// Whether it has ended for good.
    pub ended: bool,
    /// Whether it ended in the course of the run, so that what it would have asked is still a question.
    pub ended_here: bool,
    /// The day on which it ends, unless it is renewed.
    pub until: Option<Date>,
    /// Whether the parties have renewed it beyond that day.
    pub renewed: bool,
    /// Whether all know of it and of all its articles.
    pub public: bool,
    /// How the parties, and those who may accede, stand to it, in the order of ids.
    pub members: Vec<(StateId, Bond)>,
}

/// How a state stands to a treaty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// It may accede.
    Outside,
    /// It has signed and must still ratify.
    Signed,
    /// It is bound.
    Bound,
    /// It has given notice, and is bound until this turn.
    Leaving(Turn),
    /// It has left.
    Left,
}

impl Bond {
    /// Whether it is bound now.
    pub fn binds(self) -> bool {
        matches!(self, Self::Bound | Self::Leaving(_))
    }
}

impl TreatyStatus {
    /// How a state stands to it; nothing for one that has no part in it.
    pub fn bond(&self, state: StateId) -> Option<Bond> {
        let at = self.members.binary_search_by_key(&state, |(s, _)| *s).ok()?;
        Some(self.members[at].1)
    }

    /// Changes how a state stands to it.
    pub fn set_bond(&mut self, state: StateId, bond: Bond) {
        if let Ok(at) = self.members.binary_search_by_key(&state, |(s, _)| *s) {
            self.members[at].1 = bond;
        }
    }

    /// Whether it binds one state towards another; who is no party can be owed something, as under a guarantee.
    pub fn binds(&self, obligor: StateId, beneficiary: StateId) -> bool {
        let owed = self.bond(beneficiary).is_none_or(Bond::binds);
        self.in_force && owed && self.bond(obligor).is_some_and(Bond::binds)
    }
}

/// A commitment: one state's promise to another.
#[derive(Component, Clone, Copy, Debug)]
#[component(immutable)]
pub struct Commits(pub CommitmentId);

/// A commitment's treaty.
#[derive(Component, Clone, Copy, Debug)]
#[component(immutable)]
pub struct UnderTreaty(pub Entity);

/// The state that owes a commitment.
#[derive(Component, Clone, Copy, Debug)]
#[relationship(relationship_target = Owes)]
pub struct Obligor(pub Entity);

/// The commitments that a state owes.
#[derive(Component, Debug, Default)]
#[relationship_target(relationship = Obligor)]
pub struct Owes(Vec<Entity>);

/// The state to which a commitment is owed.
#[derive(Component, Clone, Copy, Debug)]
#[relationship(relationship_target = Reliance)]
pub struct OwedTo(pub Entity);

/// The commitments that a state can rely on.
#[derive(Component, Debug, Default)]
#[relationship_target(relationship = OwedTo)]
pub struct Reliance(Vec<Entity>);
