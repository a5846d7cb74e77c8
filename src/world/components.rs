//! Components and relationships.

use bevy_ecs::prelude::*;

use crate::model::{CommitmentId, StateId, TreatyId};

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

/// A treaty, whether it is in force, and who has left it.
#[derive(Component, Clone, Debug)]
pub struct InForce {
    /// Which treaty.
    pub treaty: TreatyId,
    /// Whether it is in force now.
    pub now: bool,
    /// Whether it has ended for good.
    pub ended: bool,
    /// Parties that have left it.
    pub left: Vec<StateId>,
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
#[derive(Component, Debug)]
#[relationship_target(relationship = Obligor)]
pub struct Owes(Vec<Entity>);

/// The state to which a commitment is owed.
#[derive(Component, Clone, Copy, Debug)]
#[relationship(relationship_target = Reliance)]
pub struct OwedTo(pub Entity);

/// The commitments that a state can rely on.
#[derive(Component, Debug)]
#[relationship_target(relationship = OwedTo)]
pub struct Reliance(Vec<Entity>);
