//! The world at the end of a turn, as plain values for those who look at it.

use std::sync::Arc;

use bevy_ecs::prelude::*;

use super::components::{Bond, Capability, TreatyStatus, Weariness};
use super::course::{Conflicts, Course, Status};
use super::environment::Environment;
use super::ledger::Ledger;
use super::spawn::Setting;
use crate::chronicle::FactId;
use crate::model::{ConflictId, Date, Side, StateId, TreatyId, Turn, Verdict};
use crate::scenario::Dyads;

/// The world at the end of a turn.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The turn that was played last; 0 before the first.
    pub turn: Turn,
    /// States by id.
    pub states: Vec<StateView>,
    /// Whether each treaty is in force, by id.
    pub in_force: Vec<bool>,
    /// Whether each commitment stands, by id: its treaty is in force and binds the one towards the other.
    pub standing: Vec<bool>,
    /// Whether all know of each treaty, by id.
    pub public: Vec<bool>,
    /// States that have a part in treaties and are not bound: not yet, or not any more.
    pub unbound: Vec<(TreatyId, StateId)>,
    /// Conflicts by id, ended ones included.
    pub conflicts: Vec<ConflictView>,
    /// How states stand to each other.
    pub attitudes: Arc<Dyads>,
    /// How many facts there were.
    pub facts: usize,
    /// Commitments to act that have fallen due since the start.
    pub owed: usize,
    /// What is owed and not yet decided.
    pub due: usize,
    /// Pledges made so far.
    pub pledges: usize,
    /// Supply, evidence, norms and beliefs.
    pub environment: Environment,
    /// What each state has to fear, by id; nothing where nobody is hostile to anybody.
    pub fears: Vec<Fear>,
}

/// What a state has to fear from its alliances (Snyder 1984).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fear {
    /// To be left alone in its own war, 0 to 1.
    pub abandonment: f64,
    /// To be dragged into the war of another, 0 to 1.
    pub entrapment: f64,
}

/// The world now, as far as it is measured, without a copy of it.
#[derive(Clone, Debug)]
pub struct Glance<'w> {
    /// The turn that was played last; 0 before the first.
    pub turn: Turn,
    /// Its first day.
    pub date: Date,
    /// The capabilities of states, by id.
    pub capability: &'w [Capability],
    /// Conflicts, ended ones included.
    pub conflicts: &'w Conflicts,
    /// How states stand to each other.
    pub attitudes: &'w Arc<Dyads>,
    /// Commitments to act that have fallen due since the start.
    pub owed: usize,
    /// Of these, those that have been fulfilled how far, by [`Fulfilment`](crate::chronicle::Fulfilment).
    pub fulfilled: [usize; 3],
    /// The mean strength of norms, if there are any.
    pub norms: Option<f64>,
}

/// Where states keep their capability, found once for a world.
#[derive(Debug)]
pub struct Columns(QueryState<&'static Capability>);

impl Columns {
    /// The columns of a world to which no state is added any more.
    pub fn of(world: &mut World) -> Self {
        Self(world.query())
    }
}

impl<'w> Glance<'w> {
    /// The world now.
    pub fn of(world: &'w World, columns: &Columns) -> Self {
        let ledger = world.resource::<Ledger>();
        // States lie side by side, in the order of their ids.
        let tables = columns.0.query_manual(world).contiguous_iter_inner();
        Self {
            turn: ledger.now.turn,
            date: world.resource::<Setting>().date(ledger.now.turn),
            capability: tables.ok().and_then(|mut tables| tables.next()).unwrap_or_default(),
            conflicts: &ledger.conflicts,
            attitudes: &ledger.attitudes,
            owed: ledger.obligations.acting,
            fulfilled: ledger.obligations.fulfilled,
            norms: {
                let norms = &ledger.environment.norms;
                let sum: f64 = norms.iter().map(|n| n.strength).sum();
                (!norms.is_empty()).then(|| sum / norms.len() as f64)
            },
        }
    }
}

/// A state.
#[derive(Clone, Copy, Debug)]
pub struct StateView {
    /// Share of world capability.
    pub capability: f64,
    /// War weariness, 0 to 1.
    pub weariness: f64,
    /// In how many conflicts it fights.
    pub wars: usize,
}

/// A conflict.
#[derive(Clone, Debug)]
pub struct ConflictView {
    /// Which.
    pub id: ConflictId,
    /// Its course.
    pub course: Course,
}

impl Snapshot {
    /// The world now.
    pub fn of(world: &World, facts: usize, fears: Vec<Fear>) -> Self {
        let (setting, ledger) = (world.resource::<Setting>(), world.resource::<Ledger>());
        let states = setting.states.iter().zip(0..).map(|(entity, id)| StateView {
            capability: world.get::<Capability>(*entity).map_or(0.0, |c| c.0),
            weariness: world.get::<Weariness>(*entity).map_or(0.0, |w| w.0),
            wars: ledger.conflicts.wars_of(StateId(id)),
        });
        let treaties: Vec<&TreatyStatus> =
            setting.treaties.iter().filter_map(|e| world.get::<TreatyStatus>(*e)).collect();
        let unbound = |t: &&TreatyStatus| -> Vec<(TreatyId, StateId)> {
            let unbound = t.members.iter().filter(|(_, bond): &&(StateId, Bond)| !bond.binds());
            unbound.map(|(state, _)| (t.treaty, *state)).collect()
        };
        let conflicts = ledger.conflicts.all().iter().map(|c| ConflictView { id: c.id, course: c.clone() });
        Self {
            turn: ledger.now.turn,
            states: states.collect(),
            in_force: treaties.iter().map(|t| t.in_force).collect(),
            standing: ledger.standing().to_vec(),
            public: treaties.iter().map(|t| t.public).collect(),
            unbound: treaties.iter().flat_map(unbound).collect(),
            conflicts: conflicts.collect(),
            attitudes: Arc::clone(&ledger.attitudes),
            facts,
            owed: ledger.obligations.acting,
            due: ledger.obligations.owed.iter().filter(|o| o.acts && o.status == Status::Due).count(),
            pledges: ledger.pledges.0.len(),
            environment: ledger.environment.clone(),
            fears,
        }
    }

    /// Conflicts that go on.
    pub fn active(&self) -> impl Iterator<Item = &Course> {
        self.conflicts.iter().map(|c| &c.course).filter(|c| c.is_active())
    }

    /// The side on which a state fights, in any conflict that goes on, with the conflict.
    pub fn war_of(&self, state: StateId) -> Option<(&Course, Side)> {
        self.active().find_map(|c| Some((c, c.side_of(state)?)))
    }

    /// The last verdict on a state, with the fact of its conflict's beginning.
    pub fn verdict_of(&self, state: StateId) -> Option<(Verdict, FactId)> {
        let all = self.conflicts.iter().rev();
        all.flat_map(|c| c.course.verdicts.iter().map(move |(s, v)| (*s, *v, c.course.fact)))
            .find(|(s, ..)| *s == state)
            .map(|(_, v, fact)| (v, fact))
    }
}
