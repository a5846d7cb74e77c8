//! Attribution: where each side says that the other began, observers believe their friends; where the author of an
//! act hides, they must trace it first, which they do the likelier the better their intelligence is.
//!
//! Who fired is known; who *provoked* is disputed. An observer with a commitment at stake blames the
//! initiator with a probability that rises in its affinity to the target over its affinity to the
//! initiator (balance theory: Heider 1946).

use std::collections::BTreeSet;

use super::attacks::attacks_in;
use crate::chronicle::{Attack, Chronicle, FactKind, How, Phase};
use crate::dice::Purpose;
use crate::model::{NormKind, StateId, logistic};
use crate::scenario::Rules;
use crate::world::Book;

/// The chance that an observer blames the initiator.
pub fn p_blames_initiator(to_target: f64, to_initiator: f64, slope: f64) -> f64 {
    logistic(slope * (to_target - to_initiator))
}

/// The chance that a state traces a covert act to its author within a turn.
pub fn p_traces(intelligence: f64, rules: &Rules) -> f64 {
    (rules.trace_base + rules.trace_intelligence * intelligence).clamp(0.0, 1.0)
}

/// Those who owe or have pledged help to a party of a conflict, or are one that was attacked.
fn concerned(book: &Book, attack: &Attack) -> BTreeSet<StateId> {
    let mut observers = BTreeSet::new();
    for party in [attack.attacker, attack.victim] {
        observers.extend(book.owed_to(party).iter().map(|id| book.commitment(*id).obligor));
        let pledged = book.pledges.0.iter().filter(|(p, _)| p.to == party);
        observers.extend(pledged.map(|(p, _)| p.by));
    }
    observers
}

/// Observers with something at stake trace covert acts, as long as they can be traced.
pub fn trace(book: &Book, chronicle: &mut Chronicle) {
    // Once a turn.
    if book.round.fresh != book.round.turn_start {
        return;
    }
    for course in book.conflicts.active() {
        // In an open war nobody asks any more who began it in secret.
        let Some((attack, _)) = course.covert.as_ref().filter(|_| course.belligerents.is_empty()) else {
            continue;
        };
        let mut observers = concerned(book, attack);
        let drawn = |s: &StateId| book.dyads().affinity(*s, attack.victim) >= book.rules().stake_affinity;
        observers.extend(book.scenario().state_ids().filter(drawn));
        observers.insert(attack.victim);
        observers.remove(&attack.attacker);
        for observer in observers.into_iter().filter(|o| !course.traced.contains(o)) {
            let p = p_traces(book.state(observer).intelligence, book.rules());
            let subject = book.state(observer).key.with(book.conflict_key(course));
            let draw = book.draw(Purpose::Tracing, subject);
            if draw < p {
                let later = attack.fact.index() < book.round.turn_start;
                let author = attack.attacker;
                let kind =
                    FactKind::Traced { observer, conflict: course.id, author, chance: (p, draw), later };
                chronicle.record(book.now.turn, Phase::Attribution, kind, &[attack.fact]);
            }
        }
    }
}

/// Observers with something at stake make up their minds on contested incidents.
pub fn attribute(book: &Book, chronicle: &mut Chronicle) {
    for attack in attacks_in(book, book.round.fresh, book.round.start) {
        if !attack.contested || attack.how != How::Incident {
            continue;
        }
        let conflict = book.conflict(attack.conflict);
        let mut observers = concerned(book, &attack);
        // Also those who may act unasked, or vote on it.
        let drawn = |s: &StateId| {
            let sides = [attack.victim, attack.attacker];
            sides.iter().any(|to| book.dyads().affinity(*s, *to) >= book.rules().stake_affinity)
        };
        observers.extend(book.scenario().state_ids().filter(drawn));
        let norms = book.scenario().norms.iter().filter(|n| n.kind == NormKind::NonAggression);
        observers.extend(norms.flat_map(|n| n.council.iter().copied()));
        for party in [attack.victim, attack.attacker] {
            observers.remove(&party);
        }
        for observer in observers {
            if conflict.side_of(observer).is_some() {
                continue;
            }
            let affinity = |to| book.dyads().affinity(observer, to);
            let p = p_blames_initiator(
                affinity(attack.victim),
                affinity(attack.attacker),
                book.rules().attribution,
            );
            let subject = book.state(observer).key.with(book.conflict_key(conflict));
            let draw = book.draw(Purpose::Attribution, subject);
            let (blamed, p) = if draw < p { (attack.attacker, p) } else { (attack.victim, 1.0 - p) };
            let kind =
                FactKind::Attributed { observer, conflict: attack.conflict, blamed, chance: (p, draw) };
            chronicle.record(book.now.turn, Phase::Attribution, kind, &[attack.fact]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_intelligence_traces_sooner() {
        let rules = Rules::default();
        assert!(p_traces(0.9, &rules) > p_traces(0.1, &rules));
        assert_eq!(p_traces(1.0, &Rules { trace_base: 0.9, ..rules }), 1.0);
    }

    #[test]
    fn an_indifferent_observer_is_of_two_minds_and_a_friend_is_not() {
        assert_eq!(p_blames_initiator(0.3, 0.3, 4.0), 0.5);
        assert!(p_blames_initiator(0.8, 0.0, 4.0) > 0.9);
        assert!(p_blames_initiator(0.0, 0.8, 4.0) < 0.1);
    }
}
