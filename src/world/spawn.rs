//! From a scenario to a world ready for turn 1.

use std::sync::Arc;

use bevy_ecs::prelude::*;

use super::components::{
    Bond, Capability, Commits, Obligor, OwedTo, Sovereign, TreatyStatus, UnderTreaty, Weariness,
};
use super::course::{Belligerent, Conflicts, Course, Help, Obligations, PledgeBook};
use crate::chronicle::{Attack, Chronicle, FactKind, How, Phase};
use crate::dice::Dice;
use crate::model::{ConflictId, Date, Form, PledgeId, Response, Role, Side, Turn};
use crate::scenario::{Dyads, Member, Scenario, Treaty};

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
    /// Which of the turn's acts is carried out.
    pub act: usize,
    /// How many rounds this turn has had.
    pub count: usize,
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
    let mut statuses: Vec<TreatyStatus> =
        scenario.treaty_ids().map(|id| status_at(scenario, id, scenario.calendar.start)).collect();
    for id in scenario.treaty_ids().filter(|id| scenario.treaty(*id).signed <= scenario.calendar.start) {
        if statuses[id.index()].in_force {
            for replaced in &scenario.treaty(id).replaces {
                let old = &mut statuses[replaced.index()];
                (old.in_force, old.ended) = (false, true);
            }
        }
    }
    index.treaties.extend(statuses.into_iter().map(|status| world.spawn(status).id()));
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

/// How a treaty stands on a day.
fn status_at(scenario: &Scenario, id: crate::model::TreatyId, day: Date) -> TreatyStatus {
    let treaty = scenario.treaty(id);
    let ended = treaty.until.is_some_and(|d| d <= day) && treaty.renewal.is_none();
    let members: Vec<_> = treaty.members.iter().map(|m| (m.state, bond_at(treaty, m, day))).collect();
    let ratified = members.iter().filter(|(_, bond)| *bond != Bond::Signed && *bond != Bond::Outside).count();
    let begun = match (treaty.in_force, treaty.ratifications_needed) {
        (Some(date), _) => date <= day,
        (None, Some(needed)) => ratified >= needed as usize,
        (None, None) => false,
    };
    // A treaty that goes on by itself has been renewed as often as it took.
    let mut until = treaty.until;
    while let (
        Some(date),
        Some(crate::model::Renewal::Automatic(months) | crate::model::Renewal::ByAct(months)),
    ) = (until, treaty.renewal)
        && date <= day
        && months > 0
    {
        until = Some(date.months_later(months));
    }
    let open = scenario_public(scenario, treaty);
    TreatyStatus {
        treaty: id,
        in_force: begun && !ended,
        ended,
        ended_here: false,
        until,
        renewed: false,
        public: open,
        members,
    }
}

fn scenario_public(scenario: &Scenario, treaty: &Treaty) -> bool {
    !treaty.secret && treaty.clauses.iter().all(|c| !scenario.clause(*c).secret)
}

fn bond_at(treaty: &Treaty, member: &Member, day: Date) -> Bond {
    let past = |date: Option<Date>| date.is_some_and(|d| d <= day);
    if past(member.left) {
        Bond::Left
    } else if !member.party || member.joined.is_some_and(|d| d > day) {
        Bond::Outside
    } else if treaty.ratifications_needed.is_some() && !past(member.ratified) {
        Bond::Signed
    } else {
        Bond::Bound
    }
}

/// The conflicts under way at the start.
fn under_way(scenario: &Scenario, chronicle: &mut Chronicle) -> Conflicts {
    let conflicts = scenario.conflicts.iter().zip(0..).map(|(conflict, i)| {
        let id = ConflictId(i);
        let opening = FactKind::ConflictUnderWay { conflict: id };
        let fact = chronicle.record(Turn(0), Phase::Agenda, opening, &[]);
        let originators = (conflict.initiator, conflict.target);
        let mut course = Course::new(id, originators, Turn(0), fact);
        (course.level, course.place) = (conflict.level, conflict.place);
        let attack = Attack {
            attacker: conflict.initiator,
            victim: conflict.target,
            conflict: id,
            side: Side::Target,
            level: conflict.level,
            form: Form::Invasion,
            place: conflict.place,
            how: How::Incident,
            contested: false,
            covert: false,
            fact,
        };
        // What the entries of others amounted to lies before the first turn.
        course.attack(attack, Turn(0));
        for &(state, side) in &conflict.belligerents {
            let originator = state == conflict.initiator || state == conflict.target;
            let role = if originator { Role::Originator } else { Role::Joiner };
            let partner = (role == Role::Joiner).then(|| course.originator(side));
            let entered = FactKind::Entered { conflict: id, state, side, role, partner };
            let fact = chronicle.record(Turn(0), Phase::Agenda, entered, &[fact]);
            course.enter(Belligerent { state, side, role, partner, since: Turn(0), until: None, fact });
        }
        let help = conflict.helpers.iter().map(|&(state, side)| {
            let response = Response::Aid;
            let helped = FactKind::Performed { conflict: id, state, side, response };
            chronicle.record(Turn(0), Phase::Agenda, helped, &[fact]);
            Help { state, side, most: response, since_start: Response::Abstain }
        });
        course.help = help.collect();
        course
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
