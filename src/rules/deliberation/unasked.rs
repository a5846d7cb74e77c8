//! States that nothing new is asked of, but that have a stake of their own.

use std::collections::BTreeSet;

use super::claims::{Claims, decide, has_hands_free, limit_unasked};
use crate::chronicle::{Attack, Chronicle, Fulfilment, Phase};
use crate::model::{Decision, Response, Side, StateId};
use crate::rules::attacks::attacks_in;
use crate::rules::war_powers::is_waiting;
use crate::world::{Book, Course, Status};

/// States with a stake decide once those of whom something new is asked have. What they owe already, and have not
/// done, weighs with them.
pub fn decide_on_stakes(book: &Book, chronicle: &mut Chronicle) {
    let settled = chronicle.len() == book.round.start;
    if book.rules().decision != Decision::Utility || !settled {
        return;
    }
    let attacks = attacks_in(book, book.round.turn_start, chronicle.len());
    let mut decided = BTreeSet::new();
    for state in book.scenario().state_ids() {
        for attack in &attacks {
            let course = book.conflict(attack.conflict);
            let idle = course.is_active()
                && course.fought_on(state).is_none()
                && has_hands_free(book, state)
                && ![course.initiator, course.target].contains(&state)
                && !is_waiting(book, state, course)
                && !consults(book, state, course)
                && !course.has_decided(state, book.now.turn)
                && !decided.contains(&(state, attack.conflict));
            if !idle {
                continue;
            }
            // It takes the side of the party that it is drawn to, or pushed to by the other.
            let other_way = Attack {
                attacker: attack.victim,
                victim: attack.attacker,
                side: attack.side.opposite(),
                ..*attack
            };
            // Nobody acts on what it has not traced, or stands up for one who hides.
            if attack.covert && !course.traced.contains(&state) {
                continue;
            }
            let drawn_other_way = !attack.covert && is_drawn(book, state, &other_way);
            if !is_drawn(book, state, attack) && !drawn_other_way {
                continue;
            }
            let pull = |a: &Attack| {
                book.dyads().affinity(state, a.victim) + book.dyads().hostility(state, a.attacker)
            };
            let other = drawn_other_way && pull(attack) < pull(&other_way);
            let attack = if other { other_way } else { *attack };
            decided.insert((state, attack.conflict));
            let open = |side| {
                let owed = book.owed_in(state, course.id).filter(|o| {
                    let undone = o.fulfilment != Some(Fulfilment::Honoured);
                    o.acts && undone && o.status == Status::Decided && o.attack.side == side
                });
                Claims { owed: owed.collect(), ..Claims::default() }
            };
            let sides = [Side::Initiator, Side::Target].map(open);
            let limit = limit_unasked(book, state, course, &sides, attack.side);
            if limit == Response::Abstain {
                continue;
            }
            let claims = &sides[attack.side as usize];
            let kind = decide(book, state, course, &attack, claims, limit);
            chronicle.record(book.now.turn, Phase::Deliberation, kind, &[attack.fact]);
        }
    }
}

/// Whether a state consults with its partners, and decides only then.
fn consults(book: &Book, state: StateId, course: &Course) -> bool {
    book.owed_in(state, course.id).any(|o| o.acts && o.consulting.is_some() && o.status == Status::Due)
}

/// Whether a state cares enough for one side of an attack, or against the other, to act unasked.
pub(super) fn is_drawn(book: &Book, state: StateId, attack: &Attack) -> bool {
    book.dyads().affinity(state, attack.victim) >= book.rules().stake_affinity
        || book.dyads().hostility(state, attack.attacker) >= book.rules().stake_hostility
}
