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

/// Polarization over blocs: `sum b_i^2 b_j h_ij` with the mean hostility between blocs as their distance, scaled so
/// that two fully hostile halves come to one (Esteban and Ray 1994, with their sensitivity at 1).
pub fn polarization(number: &[usize], blocs: &[f64], shares: &[f64], attitudes: &Dyads) -> f64 {
    // The share-weighted mean hostility between two blocs times their sizes is a sum over pairs of states.
    let mut sum = 0.0;
    for (from, share) in shares.iter().enumerate() {
        let own = number[from];
        for (to, stance) in attitudes.stances_of(StateId(from as u32)) {
            if number[to.index()] != own {
                sum += blocs[own] * share * shares[to.index()] * stance.hostility;
            }
        }
    }
    // Two halves that are fully hostile: twice a half times a half times a half.
    sum / 0.25
}

/// The share of balanced triads among states of which each pair is friendly or hostile (Cartwright and Harary 1956);
/// one where there is none.
pub fn structural_balance(attitudes: &Dyads, states: usize, friendly: f64, hostile: f64) -> f64 {
    let sign = |a: StateId, b: StateId| {
        let (there, back) = (attitudes.stance(a, b), attitudes.stance(b, a));
        let hostility = there.hostility.max(back.hostility);
        let affinity = there.affinity.min(back.affinity);
        if hostility >= hostile { -1 } else { i32::from(affinity >= friendly) }
    };
    let mut ties: Vec<Vec<(StateId, i32)>> = vec![Vec::new(); states];
    for (a, row) in ties.iter_mut().enumerate() {
        let a = StateId(a as u32);
        let later = attitudes.stances_of(a).iter().filter(|(b, _)| *b > a);
        row.extend(later.map(|(b, _)| (*b, sign(a, *b))).filter(|(_, s)| *s != 0));
    }
    let (mut balanced, mut all) = (0_u64, 0_u64);
    for row in &ties {
        for (i, (b, ab)) in row.iter().enumerate() {
            let onward = &ties[b.index()];
            for (c, ac) in &row[i + 1..] {
                if let Ok(at) = onward.binary_search_by_key(c, |(s, _)| *s) {
                    all += 1;
                    balanced += u64::from(ab * ac * onward[at].1 > 0);
                }
            }
        }
    }
    if all > 0 { balanced as f64 / all as f64 } else { 1.0 }
}

/// The blocs under the treaties that are in force. What was found for the same treaties before, in this history or in
/// another, is found again.
#[derive(Resource, Clone, Debug, Default)]
pub struct Blocs {
    found: Vec<(Vec<bool>, Vec<usize>, usize)>,
    current: usize,
    /// How often treaties had changed when they were looked for.
    changes: Option<u32>,
}

/// How many sets of treaties are remembered.
const MOST_FOUND: usize = 64;

impl Blocs {
    /// Another history begins.
    pub fn clear(&mut self) {
        self.changes = None;
    }

    /// Finds the blocs anew if treaties have changed.
    pub fn refresh(&mut self, scenario: &Scenario, changes: u32, in_force: impl Fn() -> Vec<bool>) {
        if self.changes == Some(changes) {
            return;
        }
        self.changes = Some(changes);
        let now = in_force();
        if let Some(place) = self.found.iter().position(|(then, ..)| *then == now) {
            self.current = place;
            return;
        }
        if self.found.len() >= MOST_FOUND {
            self.found.clear();
        }
        let (number, count) = numbered(&blocs(scenario, |t| now[t.index()]));
        self.current = self.found.len();
        self.found.push((now, number, count));
    }

    /// The number of each state's bloc, and how many there are.
    pub fn now(&self) -> (&[usize], usize) {
        self.found.get(self.current).map_or((&[], 0), |(_, number, count)| (number, *count))
    }
}

/// Reports when the order becomes multipolar by the scenario's measure, and when it ceases to be.
pub fn watch(book: Book, mut found: ResMut<Blocs>, mut chronicle: ResMut<Chronicle>) {
    let Some(needed) = book.scenario().multipolar_from else { return };
    found.refresh(book.scenario(), book.treaty_changes, || {
        book.scenario().treaty_ids().map(|t| book.is_in_force(t)).collect()
    });
    let capability: Vec<f64> = book.scenario().state_ids().map(|s| book.capability(s)).collect();
    let total: f64 = capability.iter().sum();
    let shares: Vec<f64> = capability.iter().map(|c| c / total.max(1e-12)).collect();
    let (number, count) = found.now();
    let poles = poles(&bloc_shares(number, count, &shares));
    let multipolar = poles >= needed;
    if multipolar != book.environment.multipolar {
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
    fn two_hostile_halves_are_fully_polarized() {
        let mut hostile = dyads(2);
        hostile.set(StateId(0), StateId(1), Some(1.0), None);
        hostile.set(StateId(1), StateId(0), Some(1.0), None);
        let half = [0.5, 0.5];
        assert!((polarization(&[0, 1], &half, &half, &hostile) - 1.0).abs() < 1e-12);
        assert_eq!(polarization(&[0, 0], &[1.0], &half, &hostile), 0.0);
        assert_eq!(polarization(&[0, 1], &half, &half, &dyads(2)), 0.0);
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
