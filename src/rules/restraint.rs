//! Restraint: promises not to fight, and when an act breaks one.
//!
//! Non-aggression binds towards the beneficiary itself; neutrality binds to stay out of its wars and to give its
//! enemies no help (ATOP: NONAGG, NEUTRAL; Leeds, Ritter, Mitchell and Long 2002).

use super::casus_foederis::{all_met, case, checks};
use super::reading::reading_of;
use crate::chronicle::{Attack, Checks, Chronicle, ConditionKind, FactId, FactKind, Phase, Statecraft};
use crate::dice::Purpose;
use crate::model::{CommitmentId, ConflictId, Level, Obligation, Role, StateId};
use crate::world::{Book, Course, Status};

/// A first use of force in a conflict.
#[derive(Clone, Debug)]
pub struct FirstForce {
    /// The fact of the incident.
    pub fact: FactId,
    /// By whom.
    pub by: StateId,
    /// On whom.
    pub target: StateId,
    /// In which conflict.
    pub conflict: ConflictId,
    /// All that it turns against: the target and, where it enters a war by it, the whole other side.
    pub against: Vec<StateId>,
}

/// The first uses of force among this turn's incidents: striking back is no breach.
pub fn first_uses(book: &Book, chronicle: &Chronicle) -> Vec<FirstForce> {
    let mut all: Vec<FirstForce> = Vec::new();
    for fact in &chronicle.facts()[book.round.turn_start..] {
        let FactKind::Incident { incident, conflict } = fact.kind else { continue };
        if incident.level < Level::UseOfForce {
            continue;
        }
        let course = book.conflict(conflict);
        let (by, target) = (incident.initiator, incident.target);
        let entered_by_it = |s: StateId| course.belligerents.iter().any(|b| b.state == s && b.fact > fact.id);
        let opens = course.began == book.now.turn && course.initiator == by;
        let known = all.iter().any(|f| (f.by, f.target, f.conflict) == (by, target, conflict));
        if known || !(opens || entered_by_it(by) || entered_by_it(target)) {
            continue;
        }
        let entered = course.belligerents.iter().find(|b| b.state == by);
        let entered = entered.filter(|b| b.fact > fact.id && b.role == Role::Joiner);
        let others = entered.into_iter().flat_map(|b| course.on(b.side.opposite()));
        let mut against: Vec<StateId> = others.chain([target]).collect();
        against.sort_unstable();
        against.dedup();
        all.push(FirstForce { fact: fact.id, by, target, conflict, against });
    }
    all
}

/// Promises that this turn's incidents break.
pub fn break_by_incidents(book: &Book, chronicle: &mut Chronicle) {
    for FirstForce { fact: cause, by: state, target, conflict, against } in first_uses(book, chronicle) {
        let course = book.conflict(conflict);
        let place = (Phase::Incident, cause);
        break_promises(book, chronicle, (state, course), &against, true, place);
        // Who promised to defend a state against attack has promised all the more not to attack it.
        let wards = book.owed_by(state).iter().copied().filter(|id| {
            let defends = book.clause_of(*id).obligation == Obligation::Defense;
            defends && book.commitment(*id).beneficiary == target && book.stands(*id)
        });
        let wards: Vec<CommitmentId> = wards.filter(|id| !is_broken(book, chronicle, *id, course)).collect();
        for id in wards {
            if let Some(owed) = test(book, chronicle, id, course, place) {
                let kind = FactKind::PromiseBroken { commitment: id, conflict };
                chronicle.record(book.now.turn, Phase::Incident, kind, &[cause, owed]);
            }
        }
    }
}

/// Promises of neutrality that are broken by what begins to be sent to the enemies of those to whom they were given.
pub fn break_by_transfers(book: &Book, chronicle: &mut Chronicle) {
    let began = chronicle.facts()[book.round.turn_start..].iter();
    let began: Vec<_> = began
        .filter_map(|f| match f.kind {
            FactKind::Statecraft(Statecraft::TransferBegan(id)) => Some((id, f.id)),
            _ => None,
        })
        .collect();
    for (id, cause) in began {
        let t = book.scenario().transfer(id);
        for course in book.conflicts.active() {
            let Some(side) = course.side_of(t.to) else { continue };
            let opponents: Vec<StateId> = course.on(side.opposite()).collect();
            break_promises(book, chronicle, (t.from, course), &opponents, false, (Phase::Incident, cause));
        }
    }
}

/// The promises that a state breaks towards its opponents in a conflict, by fighting them or by helping their
/// enemies, are recorded with the test that each of them passed.
pub fn break_promises(
    book: &Book,
    chronicle: &mut Chronicle,
    (state, course): (StateId, &Course),
    opponents: &[StateId],
    fights: bool,
    (phase, cause): (Phase, FactId),
) {
    for id in book.bound_not_to_fight(state, opponents) {
        let clause = book.clause_of(id);
        // Help for the enemy breaks a promise of neutrality, not one of non-aggression.
        if !fights && clause.obligation != Obligation::Neutrality {
            continue;
        }
        if is_broken(book, chronicle, id, course) {
            continue;
        }
        let known = book.owed_in(state, course.id).find(|o| o.commitment == id && o.status != Status::Lapsed);
        let owed = match known {
            Some(owed) => Some(owed.fact),
            None => test(book, chronicle, id, course, (phase, cause)),
        };
        if let Some(owed) = owed {
            let kind = FactKind::PromiseBroken { commitment: id, conflict: course.id };
            chronicle.record(book.now.turn, phase, kind, &[cause, owed]);
        }
    }
}

/// Whether a promise has been broken in a conflict before: it is broken once.
fn is_broken(book: &Book, chronicle: &Chronicle, id: CommitmentId, course: &Course) -> bool {
    let just_now = |kind: &FactKind| {
        matches!(kind, FactKind::PromiseBroken { commitment, conflict }
            if (*commitment, *conflict) == (id, course.id))
    };
    book.obligations.broken.contains(&(id, course.id))
        || chronicle.facts()[book.round.turn_start..].iter().any(|f| just_now(&f.kind))
}

/// The promises that a state would break by fighting these opponents in a conflict.
pub fn in_the_way<'b>(
    book: &'b Book,
    state: StateId,
    course: &'b Course,
    opponents: &'b [StateId],
) -> impl Iterator<Item = CommitmentId> + 'b {
    book.bound_not_to_fight(state, opponents).filter(move |id| {
        let commitment = book.commitment(*id);
        let attack = act_against(course, state, commitment.beneficiary, course.fact);
        all_met(&conditions(book, *id, &attack))
    })
}

/// The conditions of a promise not to fight in the case of the act that may break it.
fn conditions(book: &Book, id: CommitmentId, attack: &Attack) -> Checks {
    let obligor = book.commitment(id).obligor;
    let clause = book.clause_of(id).read_as(reading_of(book, id, attack.conflict));
    let mut list = checks(&case(book, id, clause, obligor, attack));
    // That it would then fight on the other side is just what it promised not to do.
    list.retain(|c| c.condition != ConditionKind::Free);
    list
}

/// Tests a promise not to fight against the act that may break it; the fact of it, if it holds.
fn test(
    book: &Book,
    chronicle: &mut Chronicle,
    id: CommitmentId,
    course: &Course,
    (phase, cause): (Phase, FactId),
) -> Option<FactId> {
    let commitment = book.commitment(id);
    let reading = reading_of(book, id, course.id);
    let clause = book.clause_of(id).read_as(reading);
    let attack = act_against(course, commitment.obligor, commitment.beneficiary, cause);
    let checks = conditions(book, id, &attack);
    let owed = all_met(&checks);
    let draw = || book.draw_for_conflict(Purpose::Reading, book.commitment(id).key, course) - 0.5;
    let strength = if owed { clause.strength.at(0.5 + book.rules().ambiguity * draw()) } else { 0.0 };
    let kind = FactKind::Tested { commitment: id, attack, checks, owed, acts: false, strength, reading };
    let fact = chronicle.record(book.now.turn, phase, kind, &[cause]);
    owed.then_some(fact)
}

/// What one does, or would do, to another in a conflict, as an attack.
fn act_against(course: &Course, attacker: StateId, victim: StateId, fact: FactId) -> Attack {
    let last = course.attacks.iter().rev().find(|a| (a.attacker, a.victim) == (attacker, victim));
    let side = course
        .fought_on(victim)
        .unwrap_or(course.attacks.last().map_or(crate::model::Side::Target, |a| a.side));
    last.copied().unwrap_or_else(|| course.entry(attacker, (victim, side), fact))
}
