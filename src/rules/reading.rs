//! Readings: an article can be read in more than one way, and each state holds to its own.
//!
//! The reading that a state holds is drawn once for a conflict, by the weights that the scenario gives it. Where the
//! one to whom something is owed, or the one against whom, sees the same case otherwise than the obligor, that is
//! kept: because the text can be read otherwise, because each side says that the other began, or because a covert act
//! has been traced by the one and not by the other.

use super::casus_foederis::{all_met, case, checks, declared};
use crate::chronicle::{Attack, Check, Chronicle, ConditionKind, FactId, FactKind, Phase};
use crate::dice::Purpose;
use crate::model::{CommitmentId, ConflictId, StateId};
use crate::world::{Book, Course};

/// How a commitment's obligor reads its clause in a conflict, if there is more than one way.
pub fn reading_of(book: &Book, id: CommitmentId, conflict: ConflictId) -> Option<usize> {
    reading_by(book, id, book.commitment(id).obligor, book.conflict(conflict))
}

/// How an observer reads a commitment's clause in a conflict: a state holds to its reading throughout.
pub fn reading_by(book: &Book, id: CommitmentId, observer: StateId, course: &Course) -> Option<usize> {
    let clause = book.clause_of(id);
    if clause.readings.is_empty() {
        return None;
    }
    let subject = book.state(observer).key.with(clause.key);
    let draw = book.draw_for_conflict(Purpose::Interpretation, subject, course);
    let ambiguity = book.rules().ambiguity;
    if draw < ambiguity { clause.reading_of(observer, draw / ambiguity) } else { None }
}

/// The one to whom it is owed, the one against whom, and those of whom the scenario says how they read it may see the same
/// case otherwise: because the text can be read in another way, or because each side says that the other began.
pub fn read_otherwise(
    book: &Book,
    chronicle: &mut Chronicle,
    id: CommitmentId,
    attack: &Attack,
    tested: &[Check],
    fact: FactId,
) {
    let course = book.conflict(attack.conflict);
    let disputed = !book.clause_of(id).readings.is_empty()
        || course.contested.is_some()
        || attack.contested
        || attack.covert
        || declared(book, id, course);
    let commitment = book.commitment(id);
    let adversary = if attack.victim == commitment.beneficiary { attack.attacker } else { attack.victim };
    if !disputed {
        return;
    }
    let readings = book.clause_of(id).readings.iter();
    let mut observers = vec![commitment.beneficiary, adversary];
    for (named, _) in readings.flat_map(|r| &r.held_by) {
        if *named != commitment.obligor && !observers.contains(named) {
            observers.push(*named);
        }
    }
    for observer in observers {
        // Nobody has a view of what it does not know of; and the author of a covert act keeps his to himself.
        let clause = book.clause_of(id);
        let treaty = book.scenario().treaty(clause.treaty);
        let knows = book.is_public(clause)
            || treaty.members.iter().any(|m| m.state == observer)
            || treaty.known_to.contains(&observer);
        if !knows || (attack.covert && observer == attack.attacker) {
            continue;
        }
        let reading = reading_by(book, id, observer, course);
        let clause = book.clause_of(id).read_as(reading);
        let theirs = checks(&case(book, id, clause, observer, attack));
        let owed = all_met(&theirs);
        if owed == all_met(tested) {
            continue;
        }
        let unmet = if owed { tested } else { &theirs };
        let differs = unmet.iter().find(|c| !c.met).map(|c| c.condition);
        // Whether it was asked, and whether it knows of the act at all, are no views; and a view is told once.
        let told = (id, attack.conflict, observer, owed);
        let untraced = theirs.iter().any(|c| c.condition == ConditionKind::Traced && !c.met);
        if differs == Some(ConditionKind::Request)
            || untraced
            || book.obligations.read_otherwise.contains(&told)
        {
            continue;
        }
        let kind = FactKind::ReadOtherwise {
            commitment: id,
            conflict: attack.conflict,
            observer,
            reading,
            owed,
            differs,
        };
        chronicle.record(book.now.turn, Phase::CasusFoederis, kind, &[fact]);
    }
}
