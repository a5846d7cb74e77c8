//! Review: a state that fights thinks again once the cause of its entry has lapsed.
//!
//! A war that outlives its reason is a known fault of such models. The cause lapses when the partner for whom a
//! state entered fights no longer, or when the treaty under which it entered binds it no longer. Who has been
//! attacked itself has a war of its own by then.

use super::casus_foederis::{all_met, case, checks};
use super::deliberation::{chance_of_fighting, own_stakes, required};
use super::reading::reading_by;
use crate::chronicle::{Chronicle, FactId, FactKind, Lapse, Outcome, Phase};
use crate::dice::Purpose;
use crate::model::{Decision, Response, Role, StateId};
use crate::world::{Belligerent, Book, Course};

/// Those whose cause has lapsed fight on or leave.
pub fn review(book: &Book, chronicle: &mut Chronicle) {
    for course in book.conflicts.active() {
        let joiners = course.fighting().filter(|b| b.role == Role::Joiner);
        for b in joiners.filter(|b| !course.reviewed.contains(&b.state)) {
            // Rarely anything has lapsed, and that is soon seen; what binds still takes longer.
            if let Some((lapse, cause)) = lapsed(book, chronicle, course, b)
                && !still_bound(book, course, b)
            {
                decide(book, chronicle, course, b, lapse, cause);
            }
        }
    }
}

/// Whether some treaty still binds a state to help another that is attacked and fights at its side.
fn still_bound(book: &Book, course: &Course, b: &Belligerent) -> bool {
    book.owed_by(b.state).iter().any(|&id| {
        let clause = book.clause_of(id).read_as(reading_by(book, id, b.state, course));
        let to = book.commitment(id).beneficiary;
        let asks_to_fight = required(clause.performance) == Response::Intervene;
        if !clause.obligation.is_active() || !asks_to_fight || course.side_of(to) != Some(b.side) {
            return false;
        }
        course
            .last_attack_on(to)
            .is_some_and(|attack| all_met(&checks(&case(book, id, clause, b.state, attack))))
    })
}

/// What has lapsed of the cause of a state's entry, and the fact by which it did.
fn lapsed(book: &Book, chronicle: &Chronicle, course: &Course, b: &Belligerent) -> Option<(Lapse, FactId)> {
    if let Some(partner) = b.partner
        && course.fought_on(partner).is_some()
        && course.side_of(partner).is_none()
    {
        let mut facts = chronicle.facts().iter().rev();
        let left = facts.find(|f| {
            matches!(f.kind, FactKind::Withdrew { state, conflict, .. } if (state, conflict) == (partner, course.id))
        });
        return left.map(|f| (Lapse::PartnerLeft(partner), f.id));
    }
    // It entered under treaties, and none of them binds it any more.
    let mut under = book.owed_in(b.state, course.id).filter(|o| o.acts && o.attack.side == b.side).peekable();
    let pledged = book.obligations.pledged.iter().any(|p| {
        let by = book.pledges.0[p.pledge.index()].0.by;
        by == b.state && p.attack.conflict == course.id && p.attack.side == b.side
    });
    let treaty = book.clause_of(under.peek()?.commitment).treaty;
    if pledged || under.any(|o| book.stands(o.commitment)) {
        return None;
    }
    let mut facts = chronicle.facts().iter().rev();
    let ended = facts.find(|f| {
        matches!(f.kind, FactKind::Terminated { treaty: t, .. } | FactKind::Denounced { treaty: t, .. }
            if t == treaty)
    });
    ended.map(|f| (Lapse::TreatyEnded(treaty), f.id))
}

fn decide(
    book: &Book,
    chronicle: &mut Chronicle,
    course: &Course,
    b: &Belligerent,
    lapse: Lapse,
    cause: FactId,
) {
    let (state, conflict) = (b.state, course.id);
    let attacked = course.is_attacked(state);
    let chance = match book.rules().decision {
        Decision::Utility if !attacked => {
            let p = chance_of_fighting(&own_stakes(book, state, course, b.side), book.rules());
            let subject = book.state(state).key.with(book.conflict_key(course));
            Some((p, book.draw(Purpose::Review, subject)))
        }
        _ => None,
    };
    let stays = attacked || chance.is_some_and(|(p, draw)| draw < p);
    let kind = FactKind::Reviewed { state, conflict, lapse, stays, chance };
    let fact = chronicle.record(book.now.turn, Phase::War, kind, &[b.fact, cause]);
    if !stays {
        withdraw(book, chronicle, course, state, Phase::War, fact);
    }
}

/// A state leaves a war, which ends if nobody is left on its side.
pub fn withdraw(
    book: &Book,
    chronicle: &mut Chronicle,
    course: &Course,
    state: StateId,
    phase: Phase,
    cause: FactId,
) {
    let Some(side) = course.side_of(state) else { return };
    let kind = FactKind::Withdrew { state, conflict: course.id, side };
    let fact = chronicle.record(book.now.turn, phase, kind, &[cause]);
    // Others may have left in the same breath.
    let gone = |s: StateId| {
        let mut since = chronicle.facts()[book.round.turn_start..].iter();
        since.any(|f| {
            matches!(f.kind, FactKind::Withdrew { state, conflict, .. } if (state, conflict) == (s, course.id))
        })
    };
    if course.on(side).all(gone) {
        let kind =
            FactKind::ConflictEnded { conflict: course.id, outcome: Outcome::Settlement, chance: None };
        chronicle.record(book.now.turn, phase, kind, &[fact]);
    }
}
