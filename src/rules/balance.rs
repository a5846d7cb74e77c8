//! The balance of power: blocs, poles, polarization, structural balance, and whether the order counts as multipolar.

use bevy_ecs::prelude::*;

use super::blocs::blocs;
use crate::chronicle::{Chronicle, FactKind, Phase, Statecraft};
use crate::model::StateId;
use crate::scenario::{Dyads, Scenario};
use crate::world::Book;

/// The number of each state's bloc, states alone being blocs of one, and how many there are.
pub fn numbered(bloc: &[Option<usize>]) -> (Vec<usize>, usize) {
    let mut count = bloc.iter().flatten().max().map_or(0, |most| most + 1);
    let mut alone = || {
        count += 1;
        count - 1
    };
    let numbers = bloc.iter().map(|b| b.unwrap_or_else(&mut alone)).collect();
    (numbers, count)
}

/// The share of capability of each bloc.
pub fn bloc_shares(number: &[usize], count: usize, shares: &[f64]) -> Vec<f64> {
    let mut all = vec![0.0; count];
    number.iter().zip(shares).for_each(|(bloc, share)| all[*bloc] += share);
    all
}

/// The effective number of poles, `1 / sum b_k^2` over shares that sum to one (Laakso and Taagepera 1979).
pub fn poles(blocs: &[f64]) -> f64 {
    let sum: f64 = blocs.iter().map(|s| s * s).sum();
    if sum > 0.0 { 1.0 / sum } else { 0.0 }
}

/// Polarization from `sum b_i s h`, over all pairs of states in different blocs: the size of the one's bloc times the
/// shares of both times the hostility between them. This is Esteban and Ray's (1994) `sum b_i^2 b_j h_ij` over
/// blocs, with the mean hostility between blocs as their distance and a sensitivity of 1, scaled so that two fully
/// hostile halves come to one.
pub fn polarization(apart: f64) -> f64 {
    // Two halves that are fully hostile: twice a half times a half times a half.
    apart / 0.25
}

/// A set of states for each state.
struct Sets {
    words: usize,
    bits: Vec<u64>,
}

impl Sets {
    fn new(states: usize) -> Self {
        let words = states.div_ceil(64);
        Self { words, bits: vec![0; words * states] }
    }

    fn put(&mut self, of: usize, member: usize) {
        self.bits[of * self.words + member / 64] |= 1 << (member % 64);
    }

    fn has(&self, of: usize, member: usize) -> bool {
        self.bits[of * self.words + member / 64] >> (member % 64) & 1 == 1
    }

    /// How many members of both sets come after a state.
    fn common_after(&self, of: usize, others: &Self, other: usize, after: usize) -> u32 {
        let (one, two) = (&self.bits[of * self.words..], &others.bits[other * self.words..]);
        let first = after / 64;
        let later = (first..self.words).map(|w| {
            // Only those beyond the state itself in the word that holds it.
            let beyond = if w == first { !0 << (after % 64) << 1 } else { !0 };
            (one[w] & two[w] & beyond).count_ones()
        });
        later.sum()
    }
}

/// The share of balanced triads among states of which each pair is friendly or hostile (Cartwright and Harary 1956);
/// one where there is none. A pair is hostile if either is, and friendly if both are and neither is hostile.
pub fn structural_balance(attitudes: &Dyads, states: usize, friendly: f64, hostile: f64) -> f64 {
    let (mut enemies, mut liked, mut friends) = (Sets::new(states), Sets::new(states), Sets::new(states));
    for from in 0..states {
        for (to, stance) in attitudes.stances_of(StateId(from as u32)) {
            if stance.hostility >= hostile {
                enemies.put(from, to.index());
                enemies.put(to.index(), from);
            }
            if stance.affinity >= friendly {
                liked.put(from, to.index());
            }
        }
    }
    let mut ties: Vec<(usize, usize, bool)> = Vec::new();
    for a in 0..states {
        for (b, _) in attitudes.stances_of(StateId(a as u32)) {
            let b = b.index();
            if !enemies.has(a, b) && liked.has(a, b) && liked.has(b, a) {
                friends.put(a, b);
            }
        }
        for b in a + 1..states {
            if enemies.has(a, b) {
                ties.push((a, b, false));
            } else if liked.has(a, b) && liked.has(b, a) {
                ties.push((a, b, true));
            }
        }
    }
    let (mut balanced, mut all) = (0_u64, 0_u64);
    for (a, b, friendly) in ties {
        let alike = friends.common_after(a, &friends, b, b) + enemies.common_after(a, &enemies, b, b);
        let unlike = friends.common_after(a, &enemies, b, b) + enemies.common_after(a, &friends, b, b);
        all += u64::from(alike + unlike);
        balanced += u64::from(if friendly { alike } else { unlike });
    }
    if all > 0 { balanced as f64 / all as f64 } else { 1.0 }
}

/// The blocs that commitments make as they stand. What was found for the same ones before, in this history or in
/// another, is found again.
#[derive(Resource, Clone, Debug, Default)]
pub struct Blocs {
    found: Vec<(Vec<bool>, Vec<usize>, usize)>,
    current: usize,
    /// How often treaties had changed when they were looked for.
    changes: Option<u32>,
    /// Whether the order was multipolar before the first turn.
    opening: Option<bool>,
}

/// How many sets of commitments are remembered.
const MOST_FOUND: usize = 64;

impl Blocs {
    /// Another history begins.
    pub fn clear(&mut self) {
        self.changes = None;
    }

    /// The order before the first turn is known.
    pub fn open(&mut self, multipolar: bool) {
        self.opening.get_or_insert(multipolar);
    }

    /// Finds the blocs anew if treaties have changed.
    pub fn refresh(&mut self, scenario: &Scenario, changes: u32, standing: &[bool]) {
        if self.changes == Some(changes) {
            return;
        }
        self.changes = Some(changes);
        if let Some(place) = self.found.iter().position(|(then, ..)| then == standing) {
            self.current = place;
            return;
        }
        if self.found.len() >= MOST_FOUND {
            self.found.clear();
        }
        let (number, count) = numbered(&blocs(scenario, |c| standing[c.index()]));
        self.current = self.found.len();
        self.found.push((standing.to_vec(), number, count));
    }

    /// The number of each state's bloc, and how many there are.
    pub fn now(&self) -> (&[usize], usize) {
        self.found.get(self.current).map_or((&[], 0), |(_, number, count)| (number, *count))
    }
}

/// Reports when the order becomes multipolar by the scenario's measure, and when it ceases to be.
pub fn watch(book: &Book, found: &mut Blocs, chronicle: &mut Chronicle) {
    let Some(needed) = book.scenario().multipolar_from else { return };
    found.refresh(book.scenario(), book.treaty_changes, book.standing());
    let capability: Vec<f64> = book.scenario().state_ids().map(|s| book.capability(s)).collect();
    let total: f64 = capability.iter().sum();
    let shares: Vec<f64> = capability.iter().map(|c| c / total.max(1e-12)).collect();
    let (number, count) = found.now();
    let poles = poles(&bloc_shares(number, count, &shares));
    let multipolar = poles >= needed;
    if Some(multipolar) != book.environment.multipolar.or(found.opening) {
        let kind = FactKind::Statecraft(Statecraft::OrderChanged { multipolar, poles });
        chronicle.record(book.now.turn, Phase::Order, kind, &[]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Position;

    fn dyads(n: usize) -> Dyads {
        Dyads::new((0..n).map(|_| Position { lat: 0.0, lon: 0.0 }))
    }

    #[test]
    fn poles_are_counted_by_their_weight() {
        assert!((poles(&[0.5, 0.5]) - 2.0).abs() < 1e-12);
        // By hand: 1 / (0.36 + 0.09 + 0.01).
        assert!((poles(&[0.6, 0.3, 0.1]) - 1.0 / 0.46).abs() < 1e-12);
        let (number, count) = numbered(&[Some(0), None, Some(0), Some(1), None]);
        assert_eq!((number.as_slice(), count), ([0, 2, 0, 1, 3].as_slice(), 4));
        assert_eq!(bloc_shares(&number, count, &[0.2; 5]), [0.4, 0.2, 0.2, 0.2]);
    }

    #[test]
    fn the_friend_of_an_enemy_upsets_the_balance() {
        let mut d = dyads(3);
        let mut both = |a, b, hostility, affinity| {
            d.set(StateId(a), StateId(b), hostility, affinity);
            d.set(StateId(b), StateId(a), hostility, affinity);
        };
        both(0, 1, None, Some(0.8));
        both(0, 2, Some(0.8), None);
        both(1, 2, None, Some(0.8));
        assert_eq!(structural_balance(&d, 3, 0.6, 0.7), 0.0);
        d.set(StateId(1), StateId(2), Some(0.9), Some(0.0));
        assert_eq!(structural_balance(&d, 3, 0.6, 0.7), 1.0);
    }
}
