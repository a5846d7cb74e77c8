//! The order of a turn; the only place where it is declared.

use bevy_app::App;
use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};

use crate::chronicle::Chronicle;
use crate::rules::{
    agenda, attribution, balance, casus_foederis, deliberation, deterrence, disclosure, entry, fulfilment,
    incident, initiative, invocation, judgement, norms, pledges, realignment, restraint, review, rivalry,
    supply, treaty_life, war, war_powers,
};
use crate::scenario::Act;
use crate::world::{Ledger, Round, Setting, apply_facts, rest};

/// One turn.
#[derive(ScheduleLabel, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Turn;

/// One round of "aggression triggers assistance" within a turn.
///
/// All that is decided in a round is decided on the same facts; they take effect at its end.
#[derive(ScheduleLabel, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EscalationRound;

/// One scripted or ordered act that is not hostile.
#[derive(ScheduleLabel, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PeacefulAct;

/// One scripted or ordered incident.
#[derive(ScheduleLabel, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct HostileAct;

/// Puts the schedules into the app.
pub fn plugin(app: &mut App) {
    app.init_schedule(Turn).init_schedule(EscalationRound);
    app.init_schedule(PeacefulAct).init_schedule(HostileAct);
    app.add_systems(PeacefulAct, (agenda::take_effect, apply_facts).chain());
    app.add_systems(HostileAct, (incident::happen, apply_facts).chain());
    app.add_systems(
        Turn,
        (
            open_turn,
            (war::expire, apply_facts).chain(),
            (treaty_life::keep_calendar, agenda::make_pledges, supply::keep_calendar, apply_facts).chain(),
            (treaty_life::enter_into_force, apply_facts).chain(),
            (agenda::fire_injects, agenda::carry_out_orders, act_by_act::<PeacefulAct>(false)).chain(),
            // Scripted ratifications may have been the last that a treaty needed.
            (treaty_life::enter_into_force, treaty_life::dissolve, apply_facts).chain(),
            (initiative::take_initiative, deterrence::calculate).chain(),
            act_by_act::<HostileAct>(true),
            (invocation::carry_out, restraint::break_by_incidents, fulfilment::lapse, apply_facts)
                .chain()
                .run_if(something_happened),
            escalate.run_if(any_conflict),
            (supply::send, apply_facts, supply::arrive, apply_facts).chain().run_if(statecraft),
            (war::fight, apply_facts, review::review, apply_facts).chain().run_if(any_conflict),
            (fulfilment::lapse, apply_facts, fulfilment::assess, apply_facts).chain().run_if(anything_owed),
            (judgement::pass_judgement, apply_facts)
                .chain()
                .run_if(something_happened.or_else(anything_owed)),
            supply::use_and_make.run_if(statecraft),
            (
                disclosure::find_evidence,
                apply_facts,
                disclosure::publish,
                apply_facts,
                disclosure::answer,
                apply_facts,
            )
                .chain()
                .run_if(statecraft),
            (norms::uphold, apply_facts, rivalry::turn_hostile, rivalry::arm, balance::watch, apply_facts)
                .chain()
                .run_if(statecraft),
            (realignment::conclude, realignment::leave, apply_facts).chain().run_if(statecraft),
            rest,
        )
            .chain(),
    );
    app.add_systems(
        EscalationRound,
        (
            (attribution::attribute, attribution::trace, apply_facts, invocation::call, apply_facts).chain(),
            (casus_foederis::test_commitments, pledges::test_pledges, apply_facts).chain(),
            (deliberation::decide_on_claims, war_powers::take_votes, deliberation::decide_on_stakes).chain(),
            (war_powers::pass, entry::respond, apply_facts).chain(),
        )
            .chain(),
    );
    for schedule in [Turn.intern(), EscalationRound.intern(), PeacefulAct.intern(), HostileAct.intern()] {
        app.edit_schedule(schedule, |schedule| {
            schedule.set_executor(SingleThreadedExecutor::new());
            schedule.set_build_settings(ScheduleBuildSettings {
                ambiguity_detection: LogLevel::Error,
                ..ScheduleBuildSettings::default()
            });
        });
    }
}

/// Whether this turn has had any fact yet.
fn something_happened(chronicle: Res<Chronicle>, ledger: Res<Ledger>) -> bool {
    chronicle.len() > ledger.round.turn_start
}

/// Whether any conflict goes on: without one there is nothing to attack, to owe or to decide on.
fn any_conflict(ledger: Res<Ledger>) -> bool {
    ledger.conflicts.active().next().is_some()
}

/// Whether the scenario follows supply, norms, rivalries or drafts of treaties at all.
fn statecraft(ledger: Res<Ledger>) -> bool {
    ledger.environment.active
}

/// Whether anything has ever been owed.
fn anything_owed(ledger: Res<Ledger>) -> bool {
    !ledger.obligations.owed.is_empty()
}

fn open_turn(chronicle: Res<Chronicle>, mut ledger: ResMut<Ledger>) {
    let start = chronicle.len();
    let round = &mut ledger.round;
    *round = Round { turn_start: start, fresh: start, start, act: 0, count: 0, applied: round.applied };
}

/// Carries out the turn's acts of one kind one after the other, each in the world that the last one left.
fn act_by_act<S: ScheduleLabel + Default>(hostile: bool) -> impl FnMut(&mut World) {
    move |world| {
        let start = world.resource::<Ledger>().round.turn_start;
        let scenario = &world.resource::<Setting>().scenario;
        let facts = &world.resource::<Chronicle>().facts()[start..];
        let acts = facts.iter().filter_map(|f| agenda::act_of(scenario, &f.kind)).enumerate();
        let mine = acts.filter(|(_, act)| matches!(**act, Act::Incident(_)) == hostile);
        let places: Vec<usize> = mine.map(|(place, _)| place).collect();
        for place in places {
            world.resource_mut::<Ledger>().round.act = place;
            world.run_schedule(S::default());
        }
    }
}

/// Runs rounds until nobody has anything new to decide.
///
/// It ends: a state decides at most once per conflict and turn, a commitment falls due at most once
/// per conflict and attack, and no round opens a conflict.
fn escalate(world: &mut World) {
    let mut fresh = world.resource::<Ledger>().round.turn_start;
    loop {
        let start = world.resource::<Chronicle>().len();
        let round = &mut world.resource_mut::<Ledger>().round;
        (round.fresh, round.start) = (fresh, start);
        round.count += 1;
        world.run_schedule(EscalationRound);
        if world.resource::<Chronicle>().len() == start {
            break;
        }
        fresh = start;
    }
}
