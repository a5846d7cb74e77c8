//! The order of a turn; the only place where it is declared. Every phase is a system; within it, rules are followed in the
//! order in which they stand, and what they have recorded takes effect before the next line.

use bevy_app::App;
use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};

use crate::rules::agenda::{self, Orders};
use crate::rules::balance::{self, Blocs};
use crate::rules::conditions::Settled;
use crate::rules::fears::Fears;
use crate::rules::{
    attribution, casus_foederis, deliberation, deterrence, disclosure, entry, fulfilment, incident,
    initiative, invocation, judgement, norms, pledges, realignment, restraint, review, rivalry, signals,
    supply, treaty_life, war, war_powers,
};
use crate::scenario::Act;
use crate::world::{Desk, Ledger, Rule};

/// One turn.
#[derive(ScheduleLabel, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Turn;

/// Puts the schedule into the app.
pub fn plugin(app: &mut App) {
    app.init_schedule(Turn);
    app.add_systems(
        Turn,
        (
            open_turn,
            keep_agenda,
            take_initiative,
            escalate.run_if(any_conflict),
            wage_war,
            pass_judgement,
            (disclose, keep_order, realign).chain().run_if(statecraft),
            rest,
            take_stock,
        )
            .chain(),
    );
    app.edit_schedule(Turn, |schedule| {
        schedule.set_executor(SingleThreadedExecutor::new());
        schedule.set_build_settings(ScheduleBuildSettings {
            ambiguity_detection: LogLevel::Error,
            ..ScheduleBuildSettings::default()
        });
    });
}

/// Whether any conflict goes on: without one there is nothing to attack, to owe or to decide on.
fn any_conflict(ledger: Res<Ledger>) -> bool {
    any(&ledger)
}

/// Whether the scenario follows supply, norms, rivalries or drafts of treaties at all.
fn statecraft(ledger: Res<Ledger>) -> bool {
    ledger.environment.active
}

fn open_turn(mut desk: Desk) {
    desk.open_turn();
}

/// Dates that fall due, scripted events, orders.
fn keep_agenda(mut desk: Desk, mut settled: ResMut<Settled>, mut orders: ResMut<Orders>) {
    if any(desk.ledger()) {
        desk.follow(&[war::expire]);
    }
    desk.follow(&[treaty_life::keep_calendar, agenda::make_pledges, supply::keep_calendar]);
    desk.follow(&[treaty_life::enter_into_force]);
    desk.carry_out(|book, chronicle| {
        agenda::fire_injects(book, &mut settled, chronicle);
        agenda::carry_out_orders(book, &mut orders, chronicle);
    });
    act_by_act(&mut desk, false, agenda::take_effect);
    // Scripted ratifications may have been the last that a treaty needed.
    desk.follow(&[treaty_life::enter_into_force, treaty_life::dissolve]);
}

/// What states do of their own accord, and all hostile acts of the turn.
fn take_initiative(mut desk: Desk) {
    desk.follow(&[signals::reassure, supply::offer]);
    desk.follow(&[initiative::take_initiative, deterrence::calculate]);
    act_by_act(&mut desk, true, incident::happen);
    if happened(&desk) {
        desk.follow(&[invocation::carry_out, restraint::break_by_incidents]);
        desk.follow(&[restraint::break_by_transfers, fulfilment::lapse]);
    }
}

/// "Aggression triggers assistance", in rounds until nobody has anything new to decide. All that is decided in a round is
/// decided on the same facts, and takes effect at its end.
///
/// It ends: a state decides at most once per conflict and turn, a commitment falls due at most once
/// per conflict and attack, and no round opens a conflict.
fn escalate(mut desk: Desk, settled: Res<Settled>) {
    let mut fresh = desk.ledger().round.turn_start;
    loop {
        let start = desk.chronicle().len();
        let round = desk.round();
        (round.fresh, round.start) = (fresh, start);
        round.count += 1;
        desk.follow(&[attribution::attribute, attribution::trace]);
        desk.follow(&[invocation::call]);
        desk.follow(&[casus_foederis::test_commitments, pledges::test_pledges]);
        desk.carry_out(|book, chronicle| {
            let decide: [Rule; 3] =
                [deliberation::decide_on_claims, war_powers::take_votes, deliberation::decide_on_stakes];
            decide.into_iter().for_each(|rule| rule(book, chronicle));
            war_powers::pass(book, &settled, chronicle);
            entry::respond(book, chronicle);
        });
        if desk.chronicle().len() == start {
            break;
        }
        fresh = start;
    }
}

/// What is sent arrives; wars are fought, end, and are thought over.
fn wage_war(mut desk: Desk) {
    if desk.ledger().environment.active {
        desk.follow(&[supply::send]);
        desk.follow(&[supply::arrive]);
    }
    if any(desk.ledger()) {
        desk.follow(&[war::fight]);
        desk.follow(&[review::review]);
        desk.follow(&[war_powers::renew]);
    }
    if desk.ledger().environment.active {
        desk.follow(&[supply::use_and_make]);
    }
}

/// What was owed is held against what was done.
fn pass_judgement(mut desk: Desk) {
    let owed = !desk.ledger().obligations.owed.is_empty();
    if owed {
        desk.follow(&[fulfilment::lapse]);
        desk.follow(&[fulfilment::assess]);
    }
    if owed || happened(&desk) {
        desk.follow(&[judgement::pass_judgement]);
    }
}

/// What is hidden comes out, is denied and admitted.
fn disclose(mut desk: Desk) {
    desk.follow(&[disclosure::find_evidence]);
    desk.follow(&[disclosure::publish]);
    desk.follow(&[disclosure::answer]);
}

/// Norms, sanctions, beliefs, rivalries.
fn keep_order(mut desk: Desk) {
    desk.follow(&[norms::uphold]);
    desk.follow(&[rivalry::turn_hostile, rivalry::arm]);
}

/// Treaties are concluded and left, and the balance of power with them.
fn realign(mut desk: Desk, mut blocs: ResMut<Blocs>) {
    desk.follow(&[realignment::conclude, realignment::leave]);
    desk.follow(&[treaty_life::dissolve]);
    desk.carry_out(|book, chronicle| balance::watch(book, &mut blocs, chronicle));
}

/// All take stock of what they have to fear.
pub fn take_stock(mut desk: Desk, mut fears: ResMut<Fears>) {
    desk.carry_out(|book, _| fears.refresh(book));
}

/// What those with a grievance would meet, for who asks.
pub fn look_out(mut desk: Desk) -> Vec<deterrence::Outlook> {
    desk.carry_out(|book, _| deterrence::outlook(book))
}

/// States at peace recover.
fn rest(mut desk: Desk) {
    desk.rest();
}

/// Whether any conflict goes on.
fn any(ledger: &Ledger) -> bool {
    ledger.conflicts.active().next().is_some()
}

/// Whether this turn has had any fact yet.
fn happened(desk: &Desk) -> bool {
    desk.chronicle().len() > desk.ledger().round.turn_start
}

/// Carries out the turn's acts of one kind one after the other, each in the world that the last one left.
fn act_by_act(desk: &mut Desk, hostile: bool, rule: Rule) {
    let places: Vec<usize> = desk.carry_out(|book, chronicle| {
        let acts = agenda::acts(book, chronicle).enumerate();
        let mine = acts.filter(|(_, (_, act))| matches!(**act, Act::Incident(_)) == hostile);
        mine.map(|(place, _)| place).collect()
    });
    for place in places {
        desk.round().act = place;
        desk.follow(&[rule]);
    }
}
