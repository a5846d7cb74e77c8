//! Fulfilment: how far an obligation was performed, by degree and in time.
//!
//! An obligation runs from falling due over invocation, consultation and domestic approval to performance. It is
//! honoured once at least what the text asks for has been done, met in part if its time has run out on less, reneged on
//! if nothing was done by then, and lapses if its conflict ends first (Leeds, Long and Mitchell 2000).

use std::collections::BTreeSet;

use super::deliberation::least_required;
use super::supply::supplied;
use super::war_powers::is_waiting;
use crate::chronicle::{Chronicle, FactKind, Fulfilment, Phase};
use crate::model::{Level, Response, StateId, Turn};
use crate::world::{Book, Course, Owed, Status};

/// How far an obligation is fulfilled, if that can be said yet.
pub fn fulfilment(owed: Response, done: Response, in_time: bool) -> Option<Fulfilment> {
    match done {
        done if done >= owed => Some(Fulfilment::Honoured),
        _ if in_time => None,
        Response::Abstain => Some(Fulfilment::Reneged),
        _ => Some(Fulfilment::Partial),
    }
}

/// The least that meets something owed: where there is no war, no more than a show of force.
pub fn least_owed(book: &Book, owed: &Owed, course: &Course) -> Response {
    let least = least_required(book.clause_as_read(owed).performance);
    if course.level < Level::UseOfForce { least.min(Response::Deploy) } else { least }
}

/// The turn at which performance is overdue.
pub fn deadline(book: &Book, owed: &Owed) -> Turn {
    let begun = owed.consulting.unwrap_or(owed.since);
    Turn(begun.0.saturating_add(book.clause_as_read(owed).tempo))
}

/// Whether there is still time to perform.
pub fn in_time(book: &Book, owed: &Owed, course: &Course) -> bool {
    let waiting = is_waiting(book, book.commitment(owed.commitment).obligor, course);
    // A conflict that is over leaves no more time, and no more need.
    let turn = course.ended.map_or(book.now.turn, |(turn, _)| turn);
    turn < deadline(book, owed) || waiting
}

/// The most that a state did for the side to which something is owed.
pub fn done_for(book: &Book, course: &Course, state: StateId, owed: &Owed) -> Response {
    let side = owed.attack.side;
    let fought = course.fought_on(state) == Some(side);
    let helped = course.help.iter().find(|h| h.state == state && h.side == side).map(|h| h.most);
    let sent = supplied(book, state, course, side);
    if fought { Response::Intervene } else { helped.max(sent).unwrap_or(Response::Abstain) }
}

/// Whether there is still somebody to perform for, and something to perform: the conflict goes on, the treaty stands
/// and the beneficiary is still in it.
fn stands(book: &Book, owed: &Owed) -> bool {
    let course = book.conflict(owed.attack.conflict);
    let beneficiary = book.commitment(owed.commitment).beneficiary;
    let left = course.fought_on(beneficiary).is_some() && course.side_of(beneficiary).is_none();
    course.is_active() && book.stands(owed.commitment) && !left
}

/// What is owed and has not been performed lapses once there is nothing left to perform.
pub fn lapse(book: &Book, chronicle: &mut Chronicle) {
    let pending = |o: &&Owed| o.acts && matches!(o.status, Status::Due | Status::UnderApproval);
    let mut found = Vec::new();
    for owed in book.obligations.live().filter(pending).filter(|o| !stands(book, o)) {
        let known =
            found.iter().any(|(c, conflict, _)| (*c, *conflict) == (owed.commitment, owed.attack.conflict));
        if !known && owed.fulfilment.is_none() {
            found.push((owed.commitment, owed.attack.conflict, owed.fact));
        }
    }
    for (commitment, conflict, fact) in found {
        let kind = FactKind::Lapsed { commitment, conflict };
        chronicle.record(book.now.turn, Phase::Judgement, kind, &[fact]);
    }
}

/// What was done about everything owed is held against it.
pub fn assess(book: &Book, chronicle: &mut Chronicle) {
    let (mut found, mut told) = (Vec::new(), BTreeSet::new());
    for owed in book.obligations.live().filter(|o| o.acts && o.status != Status::Lapsed) {
        let course = book.conflict(owed.attack.conflict);
        let id = (owed.commitment, owed.attack.conflict);
        if owed.fulfilment == Some(Fulfilment::Honoured) || (!course.is_active() && owed.fulfilment.is_some())
        {
            continue;
        }
        let obligor = book.commitment(owed.commitment).obligor;
        let least = least_owed(book, owed, course);
        let in_time = in_time(book, owed, course);
        let now = fulfilment(least, done_for(book, course, obligor, owed), in_time);
        if let Some(fulfilment) = now.filter(|_| now != owed.fulfilment)
            && told.insert(id)
        {
            let kind = FactKind::Fulfilled { commitment: id.0, conflict: id.1, fulfilment };
            found.push((kind, owed.fact));
        }
    }
    for (kind, fact) in found {
        chronicle.record(book.now.turn, Phase::Judgement, kind, &[fact]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn performance_is_judged_by_degree_once_its_time_has_run_out() {
        assert_eq!(fulfilment(Response::Aid, Response::Aid, true), Some(Fulfilment::Honoured));
        assert_eq!(fulfilment(Response::Intervene, Response::Aid, true), None);
        assert_eq!(fulfilment(Response::Intervene, Response::Aid, false), Some(Fulfilment::Partial));
        assert_eq!(fulfilment(Response::Intervene, Response::Abstain, false), Some(Fulfilment::Reneged));
    }
}
