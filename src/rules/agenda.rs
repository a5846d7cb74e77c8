//! Agenda: what is due in this turn. Pledges to be made, scripted events, orders.

use std::borrow::Cow;

use bevy_ecs::prelude::*;

use super::conditions::{Settled, grounds, holds};
use super::review::withdraw;
use super::{disclosure, norms, signals, supply, treaty_life};
use crate::chronicle::{Chronicle, FactId, FactKind, Phase, Statecraft};
use crate::dice::Purpose;
use crate::model::{InjectId, PledgeId, StateId};
use crate::scenario::{Act, Scenario};
use crate::world::Book;

/// Orders of users for this turn, put here by the engine.
#[derive(Resource, Clone, Debug, Default)]
pub struct Orders(pub Vec<Act>);

/// Pledges are made on their dates.
pub fn make_pledges(book: &Book, chronicle: &mut Chronicle) {
    let turn = book.now.turn;
    let first = book.pledges.0.len() as u32;
    for (pledge, id) in book.scenario().pledges.iter().filter(|p| p.made == turn).zip(first..) {
        let made = FactKind::Pledged { id: PledgeId(id), pledge: Box::new(pledge.clone()) };
        chronicle.record(turn, Phase::Agenda, made, &[]);
    }
}

/// Scripted events that are due happen, with their chance.
pub fn fire_injects(book: &Book, settled: &mut Settled, chronicle: &mut Chronicle) {
    let turn = book.now.turn;
    let scenario = book.scenario();
    settled.over.resize(scenario.injects.len(), false);
    settled.happened.resize(scenario.injects.len(), false);
    let happened = settled.happened.clone();
    if settled.order.len() != scenario.injects.len() {
        settled.order = (0..scenario.injects.len()).collect();
        settled.order.sort_by_key(|i| (scenario.injects[*i].day.is_none(), scenario.injects[*i].day, *i));
    }
    for place in 0..scenario.injects.len() {
        let i = settled.order[place];
        let inject = &scenario.injects[i];
        let due = inject.not_before <= turn
            && !settled.over[i]
            && inject.condition.as_ref().is_none_or(|c| holds(c, book, &happened));
        if !due {
            continue;
        }
        let id = InjectId(i as u32);
        let certain = inject.probability >= 1.0;
        let draw = book.draw(Purpose::Inject, inject.key);
        let chance = (inject.probability, draw);
        settled.happened[i] = certain || draw < inject.probability;
        settled.over[i] = settled.happened[i] || !inject.each_turn;
        if !settled.happened[i] && !settled.over[i] {
            continue;
        }
        let mut because = Vec::new();
        if let Some(condition) = &inject.condition {
            grounds(condition, book, chronicle, &mut because);
        }
        if settled.happened[i] {
            let kind = FactKind::Injected { inject: id, chance: (!certain).then_some(chance) };
            chronicle.record(turn, Phase::Agenda, kind, &because);
        } else {
            chronicle.record(turn, Phase::Agenda, FactKind::InjectFailed { inject: id, chance }, &because);
        }
    }
}

/// Orders are carried out, after scripted events.
pub fn carry_out_orders(book: &Book, orders: &mut Orders, chronicle: &mut Chronicle) {
    for act in orders.0.drain(..) {
        let kind = FactKind::Ordered { act: Box::new(act) };
        chronicle.record(book.now.turn, Phase::Agenda, kind, &[]);
    }
}

/// The act whose turn it is takes effect, if it is not a hostile one.
pub fn take_effect(book: &Book, chronicle: &mut Chronicle) {
    let turn = book.now.turn;
    if let Some((cause, act)) = act(book, chronicle) {
        let kind = match act {
            // These wait for the turn's incidents.
            Act::Incident(_) | Act::Invocation(..) | Act::Waiver(..) => return,
            Act::Pledge(pledge) => {
                let id = PledgeId(book.pledges.0.len() as u32);
                FactKind::Pledged { id, pledge: Box::new(pledge) }
            }
            Act::Demand(by, to) => FactKind::Demanded { by, to },
            Act::DemandMet(by, to) => FactKind::DemandMet { by, to },
            Act::SeparatePeace(by, with) => {
                leave_wars(book, chronicle, by, with, cause);
                return;
            }
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
                return;
            }
            Act::Signal(by, with, kind, against) => {
                signals::send(book, chronicle, (by, with, kind), &against, cause);
                return;
            }
            Act::BeginTransfer(id) if book.environment.transfers[id.index()].running.is_none() => {
                FactKind::Statecraft(Statecraft::TransferBegan(id))
            }
            Act::EndTransfer(id) if book.environment.transfers[id.index()].running.is_some() => {
                supply::end(book, chronicle, id, &[cause]);
                return;
            }
            Act::BeginTransfer(_) | Act::EndTransfer(_) => return,
            Act::Publication(id, by) => {
                disclosure::make_known(book, chronicle, id, by, &[cause]);
                return;
            }
            Act::Denial(id, by) => {
                disclosure::deny(book, chronicle, id, by, &[cause]);
                return;
            }
            Act::Acknowledgement(id, by) => {
                disclosure::acknowledge(book, chronicle, id, by, &[cause]);
                return;
            }
            Act::MonitorVote(norm) => {
                norms::monitor_vote(book, chronicle, norm, cause);
                return;
            }
            Act::Condemnation(of, victim) => {
                norms::condemn(book, chronicle, of, victim, cause);
                return;
            }
            Act::Recognition(by, of, against) => {
                norms::recognize(book, chronicle, (by, of, against), cause);
                return;
            }
            on_treaty => {
                treaty_life::carry_out(book, chronicle, &on_treaty, (Phase::Agenda, cause));
                return;
            }
        };
        chronicle.record(turn, Phase::Agenda, kind, &[cause]);
    }
}

/// A state leaves the wars in which it is opposed to another.
fn leave_wars(book: &Book, chronicle: &mut Chronicle, by: StateId, with: StateId, cause: FactId) {
    for course in book.conflicts.active() {
        if let (Some(side), Some(other)) = (course.side_of(by), course.side_of(with))
            && side != other
        {
            withdraw(book, chronicle, course, by, Phase::Agenda, cause);
        }
    }
}

/// The acts of this turn with the facts that they were scripted or ordered.
pub fn acts<'f>(
    book: &'f Book,
    chronicle: &'f Chronicle,
) -> impl Iterator<Item = (FactId, Cow<'f, Act>)> + 'f {
    let facts = chronicle.facts()[book.round.turn_start..].iter();
    facts.filter_map(|fact| Some((fact.id, act_of(book.scenario(), &fact.kind)?)))
}

/// The act whose turn it is, with the fact that it was scripted or ordered.
pub fn act(book: &Book, chronicle: &Chronicle) -> Option<(FactId, Act)> {
    let (fact, act) = acts(book, chronicle).nth(book.round.act)?;
    Some((fact, act.into_owned()))
}

/// The act that a fact is about, if it is that of an act.
pub fn act_of<'f>(scenario: &'f Scenario, kind: &'f FactKind) -> Option<Cow<'f, Act>> {
    Some(match kind {
        FactKind::Injected { inject, .. } => Cow::Borrowed(&scenario.injects[inject.index()].act),
        FactKind::Ordered { act } => Cow::Borrowed(act),
        FactKind::Initiated { incident, .. }
        | FactKind::Statecraft(Statecraft::Calculated { incident, .. } | Statecraft::Coerced(incident)) => {
            Cow::Owned(Act::Incident(*incident))
        }
        _ => return None,
    })
}
