//! From a scenario to a world ready for turn 1.

use std::sync::Arc;

use bevy_ecs::prelude::*;

use super::components::{Capability, Commits, InForce, Obligor, OwedTo, Sovereign, UnderTreaty, Weariness};
use super::course::{Belligerent, Conflicts, Course, Obligations, PledgeBook};
use crate::chronicle::{Chronicle, FactKind, Phase};
use crate::dice::Dice;
use crate::model::{ConflictId, PledgeId, Response, Role, Turn};
use crate::scenario::{Dyads, Scenario};

/// The scenario being run.
#[derive(Resource, Clone)]
pub struct Setting(pub Arc<Scenario>);

/// The turn being played, and the chance of the run.
#[derive(Resource, Clone, Copy, Debug)]
pub struct Now {
    /// The turn.
    pub turn: Turn,
    /// The dice.
    pub dice: Dice,
}

/// How states stand to each other, now.
#[derive(Resource, Clone, Debug)]
pub struct Attitudes(pub Dyads);

/// Entities by id: the place in each list is the id.
#[derive(Resource, Clone, Debug, Default)]
pub struct Index {
    /// States.
    pub states: Vec<Entity>,
    /// Treaties.
    pub treaties: Vec<Entity>,
    /// Commitments.
    pub commitments: Vec<Entity>,
}

/// Which facts the rules of a round look at.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub struct Round {
    /// The first fact of the turn.
    pub turn_start: usize,
    /// The first fact that was not there in the round before.
    pub fresh: usize,
    /// The first fact of this round.
    pub start: usize,
    /// Facts before this one have been carried out.
    pub applied: usize,
}

/// Puts the scenario into an empty world.
pub fn spawn(world: &mut World, scenario: &Arc<Scenario>, dice: Dice) {
    let mut index = Index::default();
    for (id, state) in scenario.state_ids().zip(&scenario.states) {
        let bundle = (Sovereign(id), Capability(state.capability), Weariness(0.0));
        index.states.push(world.spawn(bundle).id());
    }
    for id in scenario.treaty_ids() {
        let treaty = scenario.treaty(id);
        let start = scenario.calendar.start;
        let ended = treaty.until.is_some_and(|d| d <= start);
        let now = treaty.in_force.is_some_and(|d| d <= start) && !ended;
        index.treaties.push(world.spawn(InForce { treaty: id, now, ended, left: Vec::new() }).id());
    }
    for id in scenario.commitment_ids() {
        let commitment = scenario.commitment(id);
        let treaty = scenario.clause_of(id).treaty;
        let bundle = (
            Commits(id),
            UnderTreaty(index.treaties[treaty.index()]),
            Obligor(index.states[commitment.obligor.index()]),
            OwedTo(index.states[commitment.beneficiary.index()]),
        );
        index.commitments.push(world.spawn(bundle).id());
    }
    let mut chronicle = Chronicle::default();
    world.insert_resource(under_way(scenario, &mut chronicle));
    world.insert_resource(known_pledges(scenario, &mut chronicle));
    world.insert_resource(Obligations::default());
    world.insert_resource(Attitudes(scenario.dyads.clone()));
    world.insert_resource(Round { applied: chronicle.len(), ..Round::default() });
    world.insert_resource(chronicle);
    world.insert_resource(index);
    world.insert_resource(Now { turn: Turn(0), dice });
    world.insert_resource(Setting(Arc::clone(scenario)));
}

/// The conflicts under way at the start.
fn under_way(scenario: &Scenario, chronicle: &mut Chronicle) -> Conflicts {
    let conflicts = scenario.conflicts.iter().zip(0..).map(|(conflict, i)| {
        let id = ConflictId(i);
        let opening = FactKind::ConflictUnderWay { conflict: id };
        let fact = chronicle.record(Turn(0), Phase::Agenda, opening, &[]);
        let belligerents: Vec<Belligerent> = conflict
            .belligerents
            .iter()
            .map(|&(state, side)| {
                let originator = state == conflict.initiator || state == conflict.target;
                let role = if originator { Role::Originator } else { Role::Joiner };
                let entered = FactKind::Entered { conflict: id, state, side, role };
                let fact = chronicle.record(Turn(0), Phase::Agenda, entered, &[fact]);
                Belligerent { state, side, role, since: Turn(0), fact }
            })
            .collect();
        let help = conflict.helpers.iter().map(|&(state, side)| {
            let response = Response::Aid;
            let helped = FactKind::Performed { conflict: id, state, side, response };
            chronicle.record(Turn(0), Phase::Agenda, helped, &[fact]);
            (state, side, response)
        });
        let help = help.collect();
        Course {
            id,
            initiator: conflict.initiator,
            target: conflict.target,
            place: conflict.place,
            level: conflict.level,
            began: Turn(0),
            fact,
            belligerents,
            ended: None,
            help,
            verdicts: Vec::new(),
            blamed: Vec::new(),
            decided: Vec::new(),
        }
    });
    Conflicts(conflicts.collect())
}

/// The pledges made before the start.
fn known_pledges(scenario: &Scenario, chronicle: &mut Chronicle) -> PledgeBook {
    let known = scenario.pledges.iter().filter(|p| p.made == Turn(0)).zip(0..).map(|(pledge, i)| {
        let made = FactKind::Pledged { id: PledgeId(i), pledge: Box::new(pledge.clone()) };
        (pledge.clone(), chronicle.record(Turn(0), Phase::Agenda, made, &[]))
    });
    PledgeBook(known.collect())
}
