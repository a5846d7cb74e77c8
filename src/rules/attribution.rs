//! Attribution: where each side says that the other began, observers believe their friends.
//!
//! Who fired is known; who *provoked* is disputed. An observer with a commitment at stake blames the
//! initiator with a probability that rises in its affinity to the target over its affinity to the
//! initiator (balance theory: Heider 1946).

use std::collections::BTreeSet;

use bevy_ecs::prelude::*;

use super::casus_foederis::fresh_attacks;
use super::logistic;
use crate::chronicle::{Chronicle, FactKind, How, Phase};
use crate::dice::Purpose;
use crate::world::Book;

/// The chance that an observer blames the initiator.
pub fn p_blames_initiator(to_target: f64, to_initiator: f64, slope: f64) -> f64 {
    logistic(slope * (to_target - to_initiator))
}

/// Observers with something at stake make up their minds on contested incidents.
pub fn attribute(book: Book, mut chronicle: ResMut<Chronicle>) {
    for attack in fresh_attacks(&book, &chronicle) {
        if !attack.contested || attack.how != How::Incident {
            continue;
        }
        let mut observers = BTreeSet::new();
        for party in [attack.attacker, attack.victim] {
            observers.extend(book.owed_to(party).into_iter().map(|id| book.commitment(id).obligor));
            let pledged = book.pledges.0.iter().filter(|(p, _)| p.to == party);
            observers.extend(pledged.map(|(p, _)| p.by));
        }
        let conflict = book.conflict(attack.conflict);
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
    fn an_indifferent_observer_is_of_two_minds_and_a_friend_is_not() {
        assert_eq!(p_blames_initiator(0.3, 0.3, 4.0), 0.5);
        assert!(p_blames_initiator(0.8, 0.0, 4.0) > 0.9);
        assert!(p_blames_initiator(0.0, 0.8, 4.0) < 0.1);
    }
}
