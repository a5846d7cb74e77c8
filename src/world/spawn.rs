//! From a scenario to a world ready for turn 1.

use std::sync::Arc;

use bevy_ecs::prelude::*;

use super::apply::settle_standing;
use super::components::{
    Bond, Capability, Commits, Obligor, OwedTo, Owes, Reliance, Sovereign, TreatyStatus, UnderTreaty,
    Weariness,
};
use super::course::{Belligerent, Conflicts, Course, Help, Obligations, PledgeBook};
use super::environment::Environment;
use super::ledger::{Ledger, Now, Round};
use crate::chronicle::{Attack, Chronicle, FactKind, How, Phase, Statecraft};
use crate::dice::Dice;
use crate::model::{
    ClauseId, CommitmentId, ConflictId, Date, Form, Materiel, PledgeId, Response, Role, Side, StateId,
    TransferId, Turn,
};
use crate::scenario::{Clause, Member, Scenario, State, Treaty};

/// The scenario being run, and where its parts are in the world: nothing of this changes in a run.
#[derive(Resource, Clone)]
pub struct Setting {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// The entities of states, by id.
    pub states: Vec<Entity>,
    /// The entities of treaties, by id.
    pub treaties: Vec<Entity>,
    /// The commitments that each state owes, in order, as its entity's `Owes` has them.
    pub(super) owes: Vec<Vec<CommitmentId>>,
    /// The commitments that each state can rely on, in order, as its entity's `Reliance` has them.
    pub(super) relies_on: Vec<Vec<CommitmentId>>,
    /// Of the commitments that each state owes, those not to fight: of non-aggression and neutrality.
    pub(super) restraints: Vec<Vec<CommitmentId>>,
    /// The clauses that are owed once somebody fights.
    pub(super) waiting: Vec<ClauseId>,
    /// The transfers that are of troops.
    pub(super) troops: Vec<TransferId>,
    /// The first day of each turn, up to the one after the scenario's last.
    dates: Vec<Date>,
}

impl Setting {
    /// The first day of a turn.
    pub fn date(&self, turn: Turn) -> Date {
        let known = self.dates.get(turn.0 as usize).copied();
        known.unwrap_or_else(|| self.scenario.calendar.date(turn))
    }
}

/// How everything that changes stands before the first turn.
#[derive(Resource, Clone)]
struct Start {
    ledger: Ledger,
    chronicle: Chronicle,
    treaties: Vec<TreatyStatus>,
}

/// Puts the scenario into an empty world, before its first turn.
pub fn spawn(world: &mut World, scenario: &Arc<Scenario>, dice: Dice) {
    let statuses = opening_statuses(scenario);
    // All alike, so that they lie side by side in the order of their ids, whoever owes or is owed something.
    let entity = |(id, state): (StateId, &State)| {
        let relations = (Owes::default(), Reliance::default());
        world.spawn((Sovereign(id), Capability(state.capability), Weariness(0.0), relations)).id()
    };
    let states: Vec<Entity> = scenario.state_ids().zip(&scenario.states).map(entity).collect();
    let treaties: Vec<Entity> = statuses.iter().map(|status| world.spawn(status.clone()).id()).collect();
    let mut owes = vec![Vec::new(); states.len()];
    let mut relies_on = vec![Vec::new(); states.len()];
    for id in scenario.commitment_ids() {
        let commitment = scenario.commitment(id);
        world.spawn((
            Commits(id),
            UnderTreaty(treaties[scenario.clause_of(id).treaty.index()]),
            Obligor(states[commitment.obligor.index()]),
            OwedTo(states[commitment.beneficiary.index()]),
        ));
        owes[commitment.obligor.index()].push(id);
        relies_on[commitment.beneficiary.index()].push(id);
    }
    let restrains = |id: &CommitmentId| !scenario.clause_of(*id).obligation.is_active();
    let restraints = owes.iter().map(|all| all.iter().copied().filter(restrains).collect()).collect();
    let dates =
        (0..=scenario.turns.saturating_add(1)).map(|turn| scenario.calendar.date(Turn(turn))).collect();
    let start = start(scenario, statuses, dice);
    world.insert_resource(start.chronicle.clone());
    world.insert_resource(start);
    let waits =
        |(clause, id): (&Clause, u32)| (!clause.trigger.once_fighting.is_empty()).then_some(ClauseId(id));
    let waiting = scenario.clauses.iter().zip(0..).filter_map(waits).collect();
    let scenario = Arc::clone(scenario);
    let of_troops = scenario.transfers.iter().zip(0..).filter(|(t, _)| t.materiel == Materiel::Troops);
    let troops = of_troops.map(|(_, id)| TransferId(id)).collect();
    world.insert_resource(Setting {
        scenario,
        states,
        treaties,
        owes,
        relies_on,
        restraints,
        waiting,
        troops,
        dates,
    });
    begin(world, dice);
}

/// Takes the world back to before the first turn, for another history: only what changes in a run is made anew.
pub fn begin(world: &mut World, dice: Dice) {
    world.resource_scope(|world, start: Mut<Start>| {
        let Start { ledger, chronicle, treaties } = &*start;
        let mut ledger = ledger.clone();
        ledger.now.dice = dice;
        world.insert_resource(ledger);
        world.resource_mut::<Chronicle>().rewind(chronicle);
        let scenario = Arc::clone(&world.resource::<Setting>().scenario);
        let mut states = world.query::<(&Sovereign, &mut Capability, &mut Weariness)>();
        for (sovereign, mut capability, mut weariness) in states.iter_mut(world) {
            (capability.0, weariness.0) = (scenario.state(sovereign.0).capability, 0.0);
        }
        let mut statuses = world.query::<&mut TreatyStatus>();
        for mut status in statuses.iter_mut(world) {
            let opening = &treaties[status.treaty.index()];
            if *status != *opening {
                status.clone_from(opening);
            }
        }
    });
}

fn start(scenario: &Arc<Scenario>, treaties: Vec<TreatyStatus>, dice: Dice) -> Start {
    let mut chronicle = Chronicle::default();
    let mut standing = vec![false; scenario.commitments.len()];
    for status in &treaties {
        settle_standing(scenario, status, &mut standing);
    }
    let mut ledger = Ledger {
        now: Now { turn: Turn(0), dice },
        round: Round::default(),
        conflicts: under_way(scenario, &mut chronicle),
        obligations: Obligations::default(),
        pledges: known_pledges(scenario, &mut chronicle),
        attitudes: Arc::clone(&scenario.dyads),
        watched: scenario.treaty_ids().filter(|id| is_dated(scenario, scenario.treaty(*id))).collect(),
        environment: Environment::of(scenario),
        treaty_changes: 0,
        sign_changes: 0,
        standing,
    };
    for (id, transfer) in scenario.transfers.iter().enumerate() {
        if transfer.since == Some(Turn(0)) && transfer.until.is_none_or(|t| t > Turn(0)) {
            let began = Statecraft::TransferBegan(TransferId(id as u32));
            let fact = chronicle.record(Turn(0), Phase::Agenda, FactKind::Statecraft(began), &[]);
            ledger.environment.transfers[id].running = Some(fact);
        }
    }
    ledger.round.applied = chronicle.len();
    Start { ledger, chronicle, treaties }
}

/// Whether a treaty's life may take a turn by itself: on a day that is still to come, or once enough have ratified.
fn is_dated(scenario: &Scenario, treaty: &Treaty) -> bool {
    let to_come = |date: Option<Date>| date.is_some_and(|d| d > scenario.calendar.start);
    let of_member = |m: &Member| [m.ratified, m.joined, m.left].into_iter().any(to_come);
    treaty.until.is_some()
        || treaty.ratifications_needed.is_some()
        || to_come(treaty.in_force)
        || to_come(Some(treaty.signed))
        || treaty.members.iter().any(of_member)
}

/// How the treaties stand at the start: those that replace others have done so.
fn opening_statuses(scenario: &Scenario) -> Vec<TreatyStatus> {
    let begins = scenario.calendar.start;
    let mut statuses: Vec<TreatyStatus> =
        scenario.treaty_ids().map(|id| status_at(scenario, id, begins)).collect();
    for id in scenario.treaty_ids().filter(|id| scenario.treaty(*id).signed <= begins) {
        if statuses[id.index()].in_force {
            for replaced in &scenario.treaty(id).replaces {
                let old = &mut statuses[replaced.index()];
                (old.in_force, old.ended) = (false, true);
            }
        }
    }
    statuses
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
    let mut all = Conflicts::among(scenario.states.len());
    conflicts.for_each(|course| all.begin(course));
    all
}

/// The pledges made before the start.
fn known_pledges(scenario: &Scenario, chronicle: &mut Chronicle) -> PledgeBook {
    let known = scenario.pledges.iter().filter(|p| p.made == Turn(0)).zip(0..).map(|(pledge, i)| {
        let made = FactKind::Pledged { id: PledgeId(i), pledge: Box::new(pledge.clone()) };
        (pledge.clone(), chronicle.record(Turn(0), Phase::Agenda, made, &[]))
    });
    PledgeBook(known.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Replicate;
    use crate::scenario::{embedded, parse};

    #[test]
    fn states_lie_side_by_side_in_the_order_of_their_ids_whatever_they_owe() {
        let e = embedded("three-leagues").expect("an embedded scenario");
        let scenario = parse(e.name, e.source.as_bytes(), &|_, _| Err("none".into())).0;
        let scenario = Arc::new(scenario.expect("it is in order"));
        let mut world = World::new();
        spawn(&mut world, &scenario, Dice::new(1, Replicate(0)));
        let mut states = world.query::<&Sovereign>();
        let tables: Vec<_> = states.contiguous_iter(&world).expect("in tables").collect();
        let [table] = tables.as_slice() else { panic!("{} tables", tables.len()) };
        let ids: Vec<StateId> = table.iter().map(|s| s.0).collect();
        assert_eq!(ids, scenario.state_ids().collect::<Vec<_>>());
    }
}
