//! Agenda: what is due in this turn. Dates of treaties, pledges to be made, scripted events, orders.

use bevy_ecs::prelude::*;

use crate::chronicle::{Chronicle, FactId, FactKind, Phase};
use crate::dice::Purpose;
use crate::model::{InjectId, PledgeId, StateId};
use crate::scenario::{Act, Condition};
use crate::world::Book;

/// Orders of users for this turn, put here by the engine.
#[derive(Resource, Clone, Debug, Default)]
pub struct Orders(pub Vec<Act>);

/// Which injects are settled, by number; derived from the chronicle as it grows.
#[derive(Resource, Clone, Debug, Default)]
pub struct Settled {
    /// Happened, or had their one chance.
    pub over: Vec<bool>,
    /// Happened.
    pub happened: Vec<bool>,
}

/// Treaties enter into force and end on their dates.
pub fn keep_calendar(book: Book, mut chronicle: ResMut<Chronicle>) {
    let turn = book.now.turn;
    let calendar = book.scenario().calendar;
    // What falls on a day of this turn is in effect from this turn on.
    let next = calendar.date(crate::model::Turn(turn.0 + 1));
    for id in book.scenario().treaty_ids() {
        let treaty = book.scenario().treaty(id);
        if book.has_ended(id) {
            continue;
        }
        // A day of this turn; a treaty that is brought back later is not ended by a day long past.
        let falls_now = |d: crate::model::Date| d < next && (d >= calendar.date(turn) || turn.0 == 1);
        if treaty.until.is_some_and(falls_now) {
            chronicle.record(turn, Phase::Agenda, FactKind::Terminated { treaty: id }, &[]);
        } else if treaty.in_force.is_some_and(|d| falls_now(d) && d > calendar.start) && !book.is_in_force(id)
        {
            chronicle.record(turn, Phase::Agenda, FactKind::EnteredIntoForce { treaty: id }, &[]);
        }
    }
    let first = book.pledges.0.len() as u32;
    for (pledge, id) in book.scenario().pledges.iter().filter(|p| p.made == turn).zip(first..) {
        let made = FactKind::Pledged { id: PledgeId(id), pledge: Box::new(pledge.clone()) };
        chronicle.record(turn, Phase::Agenda, made, &[]);
    }
}

/// Scripted events that are due happen, with their chance.
pub fn fire_injects(book: Book, mut settled: ResMut<Settled>, mut chronicle: ResMut<Chronicle>) {
    let turn = book.now.turn;
    let scenario = book.scenario();
    settled.over.resize(scenario.injects.len(), false);
    settled.happened.resize(scenario.injects.len(), false);
    let happened = settled.happened.clone();
    for (inject, i) in scenario.injects.iter().zip(0..) {
        let due = inject.not_before <= turn
            && !settled.over[i]
            && inject.condition.as_ref().is_none_or(|c| holds(c, &book, &happened));
        if !due {
            continue;
        }
        let id = InjectId(i as u32);
        let certain = inject.probability >= 1.0;
        let draw = book.draw(Purpose::Inject, inject.key);
        let chance = (inject.probability, draw);
        settled.happened[i] = certain || draw < inject.probability;
        settled.over[i] = settled.happened[i] || !inject.each_turn;
        let mut grounds = Vec::new();
        if let Some(condition) = &inject.condition {
            collect_grounds(condition, &book, &chronicle, &mut grounds);
        }
        if settled.happened[i] {
            let kind = FactKind::Injected { inject: id, chance: (!certain).then_some(chance) };
            chronicle.record(turn, Phase::Agenda, kind, &grounds);
        } else if settled.over[i] {
            chronicle.record(turn, Phase::Agenda, FactKind::InjectFailed { inject: id, chance }, &grounds);
        }
    }
}

/// Orders are carried out, after scripted events.
pub fn carry_out_orders(book: Book, mut orders: ResMut<Orders>, mut chronicle: ResMut<Chronicle>) {
    for act in orders.0.drain(..) {
        let kind = FactKind::Ordered { act: Box::new(act) };
        chronicle.record(book.now.turn, Phase::Agenda, kind, &[]);
    }
}

/// Acts other than hostile ones take effect.
pub fn take_effect(book: Book, mut chronicle: ResMut<Chronicle>) {
    let turn = book.now.turn;
    let mut next_pledge = book.pledges.0.len() as u32;
    let acts: Vec<_> = acts(&book, &chronicle);
    for (cause, act) in acts {
        let kind = match act {
            Act::Incident(_) => continue,
            Act::Pledge(pledge) => {
                next_pledge += 1;
                FactKind::Pledged { id: PledgeId(next_pledge - 1), pledge: Box::new(pledge) }
            }
            Act::EntryIntoForce(treaty) if !book.is_in_force(treaty) => FactKind::EnteredIntoForce { treaty },
            Act::Termination(treaty) if !book.has_ended(treaty) => FactKind::Terminated { treaty },
            Act::EntryIntoForce(_) | Act::Termination(_) => continue,
            Act::Denunciation(treaty, by) => FactKind::Denounced { treaty, by },
            Act::Attitude(from, to, hostility, affinity) => {
                FactKind::AttitudeChanged { from, to, hostility, affinity }
            }
            Act::Ceasefire(a, b) => {
                let parted = |c: &&crate::world::Course| matches!((c.side_of(a), c.side_of(b)), (Some(x), Some(y)) if x != y);
                let ended: Vec<_> = book.conflicts.active().filter(parted).map(|c| (c.id, c.fact)).collect();
                for (conflict, opening) in ended {
                    let outcome = crate::chronicle::Outcome::Ceasefire;
                    let kind = FactKind::ConflictEnded { conflict, outcome, chance: None };
                    chronicle.record(turn, Phase::Agenda, kind, &[opening, cause]);
                }
                continue;
            }
        };
        chronicle.record(turn, Phase::Agenda, kind, &[cause]);
    }
}

/// The acts of this turn with the facts that they were scripted or ordered.
pub fn acts(book: &Book, chronicle: &Chronicle) -> Vec<(FactId, Act)> {
    let facts = &chronicle.facts()[book.round.turn_start..];
    facts
        .iter()
        .filter_map(|fact| match &fact.kind {
            FactKind::Injected { inject, .. } => {
                Some((fact.id, book.scenario().injects[inject.index()].act.clone()))
            }
            FactKind::Ordered { act } => Some((fact.id, (**act).clone())),
            _ => None,
        })
        .collect()
}

/// Whether a condition holds at the beginning of this turn.
fn holds(condition: &Condition, book: &Book, happened: &[bool]) -> bool {
    let sides = |a, b, same: bool| {
        book.conflicts
            .active()
            .any(|c| matches!((c.side_of(a), c.side_of(b)), (Some(x), Some(y)) if (x == y) == same))
    };
    match condition {
        Condition::AtWar(a) => book.conflicts.wars_of(*a) > 0,
        Condition::AtWarWith(a, b) => sides(*a, *b, false),
        Condition::Allied(a, b) => sides(*a, *b, true),
        Condition::InForce(t) => book.is_in_force(*t),
        Condition::Happened(i) => happened[i.index()],
        Condition::Not(inner) => !holds(inner, book, happened),
        Condition::All(list) => list.iter().all(|c| holds(c, book, happened)),
        Condition::Any(list) => list.iter().any(|c| holds(c, book, happened)),
    }
}

/// The facts that make a condition hold: entries into war, treaties in force, earlier events.
fn collect_grounds(condition: &Condition, book: &Book, chronicle: &Chronicle, out: &mut Vec<FactId>) {
    let mut entries = |states: &[StateId]| {
        let fighting = book.conflicts.active().flat_map(|c| &c.belligerents);
        out.extend(fighting.filter(|b| states.contains(&b.state)).map(|b| b.fact));
    };
    match condition {
        Condition::AtWar(a) => entries(&[*a]),
        Condition::AtWarWith(a, b) | Condition::Allied(a, b) => entries(&[*a, *b]),
        Condition::InForce(t) => {
            let facts = chronicle.facts().iter().rev();
            let mut facts =
                facts.filter(|f| matches!(f.kind, FactKind::EnteredIntoForce { treaty } if treaty == *t));
            out.extend(facts.next().map(|f| f.id));
        }
        Condition::Happened(i) => {
            let mut facts = chronicle.facts().iter();
            let happened =
                facts.find(|f| matches!(f.kind, FactKind::Injected { inject, .. } if inject == *i));
            out.extend(happened.map(|f| f.id));
        }
        // That something is not so has no fact behind it.
        Condition::Not(_) => {}
        Condition::All(list) | Condition::Any(list) => {
            list.iter().for_each(|c| collect_grounds(c, book, chronicle, out));
        }
    }
}
