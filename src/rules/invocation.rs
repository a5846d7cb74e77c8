//! Invocation: an obligation is called upon by an act, which may come before or after it is performed.
//!
//! The victim calls on its partners where, as it reads the treaty, help is owed; a state that is bound may itself
//! declare the case met, and sometimes does so only after it has acted, so that its help becomes one under the
//! treaty after the fact.

use std::collections::BTreeSet;

use smallvec::SmallVec;

use super::agenda::acts;
use super::attacks::attacks_in;
use super::casus_foederis::{all_met, began, case, checks, side_in};
use super::reading::reading_by;
use super::supply::supplied;
use crate::chronicle::{Attack, Chronicle, ConditionKind, FactId, FactKind, How, Phase};
use crate::dice::Purpose;
use crate::model::{CommitmentId, Response, Role, Side, StateId, TreatyId};
use crate::scenario::Act;
use crate::world::{Book, Course, Owed, Status};

/// Scripted and ordered invocations, once the turn's incidents have happened.
pub fn carry_out(book: &Book, chronicle: &mut Chronicle) {
    let called = acts(book, chronicle).filter_map(|(cause, act)| match *act {
        Act::Invocation(treaty, by) => Some((cause, treaty, by, false)),
        Act::Waiver(treaty, by) => Some((cause, treaty, by, true)),
        _ => None,
    });
    let called: Vec<_> = called.collect();
    for (cause, treaty, by, waives) in called {
        if waives {
            waive(book, chronicle, treaty, by, cause);
            continue;
        }
        for course in book.conflicts.active() {
            if course.invocation(treaty, by).is_some() {
                continue;
            }
            let own = book.commitments_under(treaty);
            let on_it = course.last_attack_on(by).filter(|a| a.how != How::OwnEntry);
            let victim = on_it.is_some() && own.clone().any(|id| book.commitment(id).beneficiary == by);
            let joined = course.fighting().any(|b| b.state == by && b.role == Role::Joiner);
            let on_partner = own.clone().find_map(|id| {
                let c = book.commitment(id);
                course.last_attack_on(c.beneficiary).filter(|_| c.obligor == by)
            });
            let by_obligor = on_partner.is_some() && (joined || !victim);
            // The attack that it is about is a cause of it as well.
            let attack = if by_obligor { on_partner } else { on_it.filter(|_| victim) };
            if let Some(attack) = attack {
                let after = by_obligor && has_performed(book, course, by);
                let causes = [cause, attack.fact];
                invoke(book, chronicle, (treaty, by, course), (by_obligor, after, true), &causes);
            }
        }
    }
}

/// A state waives what is owed to it in the conflicts to which it is a party.
fn waive(book: &Book, chronicle: &mut Chronicle, treaty: TreatyId, by: StateId, cause: FactId) {
    for course in book.conflicts.active() {
        let waived = book.obligations.waived.contains(&(treaty, by, course.id));
        if side_in(course, by).is_none() || waived {
            continue;
        }
        let kind = FactKind::Waived { treaty, by, conflict: course.id };
        let fact = chronicle.record(book.now.turn, Phase::Invocation, kind, &[cause]);
        // What has fallen due already and is not yet performed is waived with it.
        let waived = |o: &&Owed| {
            let open = o.fulfilment.is_none() && o.status != Status::Lapsed && o.attack.conflict == course.id;
            let (c, clause) = (book.commitment(o.commitment), book.clause_of(o.commitment));
            open && c.beneficiary == by && clause.treaty == treaty
        };
        let mut told = BTreeSet::new();
        for owed in book.obligations.live().filter(waived) {
            if told.insert(owed.commitment) {
                let kind = FactKind::Lapsed { commitment: owed.commitment, conflict: course.id };
                chronicle.record(book.now.turn, Phase::Invocation, kind, &[fact, owed.fact]);
            }
        }
    }
}

/// Victims call on those who, as they read it, owe them help; states that helped unasked may declare the case met.
pub fn call(book: &Book, chronicle: &mut Chronicle) {
    let mut attacks = attacks_in(book, book.round.fresh, book.round.start);
    attacks.retain(|attack| attack.how != How::OwnEntry);
    let on = |attack: &Attack| (attack.victim, attack.conflict);
    attacks.sort_by_key(on);
    for mine in attacks.chunk_by(|a, b| on(a) == on(b)) {
        call_for(book, chronicle, mine, false);
    }
    // Once a turn those who are still under attack may call who have not.
    if book.round.fresh != book.round.turn_start {
        return;
    }
    for course in book.conflicts.active() {
        // Over a covert act nobody fights; who has traced one on itself may call.
        let hit = course.covert.map(|(a, _)| a.victim).filter(|v| course.traced.contains(v));
        let hit = hit.filter(|_| course.belligerents.is_empty());
        for victim in course.fighting().map(|b| b.state).chain(hit) {
            let last = course.last_attack_on(victim).filter(|a| a.how != How::OwnEntry);
            if let Some(attack) =
                last.filter(|_| attacks.binary_search_by_key(&(victim, course.id), on).is_err())
            {
                call_for(book, chronicle, std::slice::from_ref(attack), true);
            }
        }
        declare(book, chronicle, course);
    }
}

/// The victim of these attacks in one conflict calls on those who owe it help for any of them, as it reads it.
fn call_for(book: &Book, chronicle: &mut Chronicle, attacks: &[Attack], anew: bool) {
    let Some(first) = attacks.first() else { return };
    let (by, course) = (first.victim, book.conflict(first.conflict));
    let mut called: SmallVec<[TreatyId; 8]> = SmallVec::new();
    let asks = |treaty| draw(book, Purpose::Request, (treaty, by, course)) < book.rules().request;
    for &id in book.owed_to(by) {
        let clause = book.clause_of(id);
        // Who is in already, on whichever side, is not called.
        let idle = course.side_of(book.commitment(id).obligor).is_none();
        if !idle || !clause.obligation.is_active() || !book.stands(id) {
            continue;
        }
        let known = called.contains(&clause.treaty) || course.invocation(clause.treaty, by).is_some();
        if known || !asks(clause.treaty) {
            continue;
        }
        let read = clause.read_as(reading_by(book, id, by, course));
        let owed = attacks.iter().find(|attack| all_met(&checks(&case(book, id, read, by, attack))));
        if let Some(attack) = owed {
            called.push(clause.treaty);
            invoke(book, chronicle, (clause.treaty, by, course), (false, false, anew), &[attack.fact]);
        }
    }
}

/// A state that already helps or fights for a partner may declare that its treaty applies, where only its own word
/// is wanting for that.
fn declare(book: &Book, chronicle: &mut Chronicle, course: &Course) {
    let helpers = course.help.iter().filter(|h| h.most >= Response::Aid).map(|h| h.state);
    let joiners = course.fighting().filter(|b| b.role == Role::Joiner).map(|b| b.state);
    let mut settled = BTreeSet::new();
    // Who has called what it sends lawful under a treaty has declared that already.
    for (by, to, treaty, sent) in avowals(book, course) {
        let new = course.invocation(treaty, by).is_none() && settled.insert((by, treaty));
        if let Some(attack) = course.last_attack_on(to).filter(|_| new) {
            invoke(book, chronicle, (treaty, by, course), (true, true, true), &[sent, attack.fact]);
        }
    }
    if book.rules().declaration <= 0.0 {
        return;
    }
    let mut active: Vec<StateId> = helpers.chain(joiners).collect();
    active.sort_unstable();
    // Few fight, and many help: what is owed to those who fight is looked through, not what all owe.
    let mut owed: Vec<(StateId, CommitmentId, &Attack)> = Vec::new();
    for b in course.fighting() {
        let Some(attack) = course.last_attack_on(b.state) else { continue };
        for &id in book.owed_to(b.state).iter().filter(|id| book.stands(**id)) {
            let (clause, by) = (book.clause_of(id), book.commitment(id).obligor);
            // Only where its partner began, as it sees it, does its own word make a difference.
            let open = active.binary_search(&by).is_ok()
                && clause.obligation.is_active()
                && side_in(course, b.state) == began(course, by, attack)
                && helps(book, course, by, b.state);
            if open && !book.owed_in(by, course.id).any(|o| o.commitment == id) {
                owed.push((by, id, attack));
            }
        }
    }
    owed.sort_unstable_by_key(|(by, id, _)| (*by, *id));
    for (by, id, attack) in owed {
        let clause = book.clause_of(id);
        let said = settled.contains(&(by, clause.treaty)) || course.invocation(clause.treaty, by).is_some();
        if !said && only_its_word_is_wanting(book, id, attack) {
            settled.insert((by, clause.treaty));
            let says = (clause.treaty, by, course);
            if draw(book, Purpose::Declaration, says) < book.rules().declaration {
                invoke(book, chronicle, (clause.treaty, by, course), (true, true, true), &[attack.fact]);
            }
        }
    }
}

/// Who has admitted to sending something, to which belligerent, under which treaty, and the fact of what it sends.
fn avowals(book: &Book, course: &Course) -> Vec<(StateId, StateId, TreatyId, FactId)> {
    let all = book.scenario().transfers.iter().zip(&book.environment.transfers);
    let avowed = all.filter(|(t, now)| now.acknowledged.contains(&t.from) && course.side_of(t.to).is_some());
    let avowed = avowed.filter_map(|(t, now)| Some((t.from, t.to, t.under?, now.running?)));
    let binds = |(by, to, treaty, _): &(StateId, StateId, TreatyId, FactId)| {
        let mut under = book.commitments_under(*treaty).map(|id| (id, book.commitment(id)));
        under.any(|(id, c)| (c.obligor, c.beneficiary) == (*by, *to) && book.stands(id))
    };
    avowed.filter(binds).collect()
}

/// Whether a state fights or helps on the side of another.
fn helps(book: &Book, course: &Course, by: StateId, whom: StateId) -> bool {
    let Some(side) = course.side_of(whom) else { return false };
    course.side_of(by) == Some(side)
        || course.help.iter().any(|h| h.state == by && h.side == side)
        || supplied(book, by, course, side).is_some()
}

/// Whether the only conditions that are not met are those that the obligor's own declaration settles.
fn only_its_word_is_wanting(book: &Book, id: CommitmentId, attack: &Attack) -> bool {
    let obligor = book.commitment(id).obligor;
    let read = book.clause_of(id).read_as(reading_by(book, id, obligor, book.conflict(attack.conflict)));
    let list = checks(&case(book, id, read, obligor, attack));
    // Whether its partner asks is not its to say.
    !all_met(&list) && list.iter().all(|c| c.met || c.condition == ConditionKind::Unprovoked)
}

fn has_performed(book: &Book, course: &Course, by: StateId) -> bool {
    let sends = |side| supplied(book, by, course, side).is_some();
    course.fought_on(by).is_some()
        || course.help.iter().any(|h| h.state == by && h.most >= Response::Aid)
        || [Side::Initiator, Side::Target].into_iter().any(sends)
}

/// A number from 0 to 1 for whether a state invokes a treaty in a conflict in this turn.
fn draw(book: &Book, purpose: Purpose, (treaty, by, course): (TreatyId, StateId, &Course)) -> f64 {
    let subject = book.scenario().treaty(treaty).key.with(book.state(by).key);
    book.draw(purpose, subject.with(book.conflict_key(course)))
}

fn invoke(
    book: &Book,
    chronicle: &mut Chronicle,
    (treaty, by, course): (TreatyId, StateId, &Course),
    (by_obligor, after_performance, anew): (bool, bool, bool),
    causes: &[FactId],
) {
    let conflict = course.id;
    let kind = FactKind::Invoked { treaty, by, conflict, by_obligor, after_performance, anew };
    chronicle.record(book.now.turn, Phase::Invocation, kind, causes);
}
