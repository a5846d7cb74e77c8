//! Pledges: does support promised outside any treaty fall due in this case?
//!
//! A pledge has fewer conditions than a clause, and by its nature covers also a partner that began, unless it
//! says otherwise: the "blank cheque" of July 1914.

use std::collections::BTreeMap;

use super::attacks::attacks_in;
use super::casus_foederis::{all_met, began, side_in};
use crate::chronicle::{Attack, Check, Checks, Chronicle, ConditionKind, FactId, FactKind, How, Phase};
use crate::model::{ConflictId, Level, PledgeId};
use crate::scenario::Pledge;
use crate::world::{Book, Course, Pending};

/// The conditions of a pledge in a case.
pub fn pledge_checks(pledge: &Pledge, attack: &Attack, began: bool, traced: bool, opposed: bool) -> Checks {
    let mut list = Checks::new();
    let mut check = |condition, met| list.push(Check { condition, met });
    check(ConditionKind::Attacked, attack.victim == pledge.to);
    check(ConditionKind::Level, attack.level >= Level::UseOfForce);
    if !pledge.against.is_empty() {
        check(ConditionKind::Adversary, pledge.against.contains(&attack.attacker));
    }
    if attack.covert {
        check(ConditionKind::Traced, traced);
    }
    if pledge.unprovoked {
        check(ConditionKind::Unprovoked, !began);
    }
    check(ConditionKind::Free, !opposed);
    list
}

/// Tests the pledges to those who are attacked: one answer for each conflict.
pub fn test_pledges(book: &Book, chronicle: &mut Chronicle) {
    let mut by_conflict: BTreeMap<ConflictId, Vec<Attack>> = BTreeMap::new();
    for attack in attacks_in(book, book.round.fresh, book.round.start) {
        by_conflict.entry(attack.conflict).or_default().push(attack);
    }
    for (conflict, attacks) in &by_conflict {
        let course = book.conflict(*conflict);
        for ((pledge, made), i) in book.pledges.0.iter().zip(0..) {
            test(book, chronicle, course, attacks, (PledgeId(i), pledge, *made));
        }
    }
}

fn test(
    book: &Book,
    chronicle: &mut Chronicle,
    course: &Course,
    attacks: &[Attack],
    (id, pledge, made): (PledgeId, &Pledge, FactId),
) {
    let known = |p: &Pending| p.pledge == id && p.attack.conflict == course.id;
    if book.obligations.pledged.iter().any(known) {
        return;
    }
    let relevant = attacks.iter().filter(|a| {
        let own = a.victim == pledge.to && a.how != How::OwnEntry && a.attacker != pledge.by;
        own && course.fought_on(pledge.by) != Some(a.side)
    });
    let side = side_in(course, pledge.to);
    let opposed = course.side_of(pledge.by).is_some_and(|s| Some(s) != side);
    let traced = course.traced.contains(&pledge.by);
    let tests: Vec<(&Attack, Checks)> = relevant
        .map(|a| (a, pledge_checks(pledge, a, side == began(course, pledge.by, a), traced, opposed)))
        .collect();
    let due = tests.iter().find(|(_, c)| all_met(c));
    let Some((attack, checks)) = due.or(tests.first()) else { return };
    let owed = due.is_some();
    let kind = FactKind::PledgeTested { pledge: id, attack: **attack, checks: checks.clone(), owed };
    chronicle.record(book.now.turn, Phase::CasusFoederis, kind, &[attack.fact, made]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Form, Key, Side, StateId, Turn};

    const A: StateId = StateId(0);
    const B: StateId = StateId(1);
    const C: StateId = StateId(2);

    #[test]
    fn a_pledge_against_one_adversary_does_not_cover_another() {
        let pledge = Pledge {
            id: "p".into(),
            key: Key::of("p"),
            by: C,
            to: B,
            text: String::new(),
            against: vec![C],
            strength: 1.0,
            unprovoked: true,
            made: Turn(0),
            sources: Vec::new(),
        };
        let attack = Attack {
            attacker: A,
            victim: B,
            conflict: ConflictId(0),
            side: Side::Target,
            level: Level::War,
            form: Form::Invasion,
            place: B,
            how: How::Incident,
            contested: false,
            covert: false,
            fact: FactId(0),
        };
        let unmet = |pledge: &Pledge, began| -> Vec<ConditionKind> {
            let all = pledge_checks(pledge, &attack, began, true, false);
            all.into_iter().filter(|c| !c.met).map(|c| c.condition).collect()
        };
        assert_eq!(unmet(&pledge, false), [ConditionKind::Adversary]);
        let anyone = Pledge { against: vec![A], ..pledge };
        assert_eq!(unmet(&anyone, false), []);
        assert_eq!(unmet(&anyone, true), [ConditionKind::Unprovoked]);
    }
}
