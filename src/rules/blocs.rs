//! Blocs: communities of the alliance graph.
//!
//! States are tied by standing commitments of defence and offence that each has to the other; communities
//! are found by merging those that raise modularity most (Clauset, Newman and Moore 2004). Deterministic: ties go to the
//! first in the order of ids.

use std::collections::BTreeMap;

use crate::model::{CommitmentId, Obligation, StateId};
use crate::scenario::Scenario;

/// The bloc of each state, by id: blocs are numbered by capability, greatest first; `None` for a state
/// that is tied to nobody.
pub fn blocs(scenario: &Scenario, stands: impl Fn(CommitmentId) -> bool) -> Vec<Option<usize>> {
    let mut owed: BTreeMap<(StateId, StateId), f64> = BTreeMap::new();
    for id in scenario.commitment_ids() {
        let clause = scenario.clause_of(id);
        let binds = matches!(clause.obligation, Obligation::Defense | Obligation::Offense);
        if binds && stands(id) {
            let c = scenario.commitment(id);
            // Several clauses between two states make one tie, as strong as the strongest.
            let most = owed.entry((c.obligor, c.beneficiary)).or_default();
            *most = most.max(clause.strength.at(0.5));
        }
    }
    let ties = ties(&owed);
    let mut community = communities(scenario.states.len(), &ties, scenario.rules.bloc_resolution);
    let mut tied: Vec<bool> = vec![false; scenario.states.len()];
    for state in ties.keys().flat_map(|(a, b)| [a, b]) {
        tied[state.index()] = true;
    }
    shelter(&owed, &mut community, &mut tied);
    number_by_capability(scenario, &tied, &community)
}

/// Ties between states, from what each owes the other. Only what is owed both ways makes allies: whoever is
/// merely guaranteed by others has promised nothing, and may be guaranteed by rivals.
fn ties(owed: &BTreeMap<(StateId, StateId), f64>) -> BTreeMap<(StateId, StateId), f64> {
    let both = owed.iter().filter(|((a, b), _)| a < b);
    both.filter_map(|((a, b), there)| Some(((*a, *b), there.min(*owed.get(&(*b, *a))?)))).collect()
}

/// A state with no ally of its own belongs to the bloc that guarantees it, if it is one bloc only: one that
/// rivals guarantee stands between them.
fn shelter(owed: &BTreeMap<(StateId, StateId), f64>, community: &mut [usize], tied: &mut [bool]) {
    let mut guarantors: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (obligor, beneficiary) in owed.keys().filter(|(_, b)| !tied[b.index()]) {
        guarantors.entry(beneficiary.index()).or_default().push(obligor.index());
    }
    let alone: Vec<(usize, usize)> = guarantors
        .into_iter()
        .filter_map(|(state, of)| {
            let first = of[0];
            of.iter()
                .all(|g| tied[*g] && community[*g] == community[first])
                .then_some((state, community[first]))
        })
        .collect();
    for (state, bloc) in alone {
        (community[state], tied[state]) = (bloc, true);
    }
}

/// Greedy modularity: the community of each state.
fn communities(n: usize, ties: &BTreeMap<(StateId, StateId), f64>, resolution: f64) -> Vec<usize> {
    let total: f64 = ties.values().sum::<f64>() * 2.0;
    let mut community: Vec<usize> = (0..n).collect();
    if total <= 0.0 {
        return community;
    }
    // Share of all tie ends between two communities, and of each community.
    let mut between: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let mut ends = vec![0.0; n];
    for ((a, b), w) in ties {
        let (a, b) = (a.index(), b.index());
        between.insert((a, b), 2.0 * w / total);
        ends[a] += w / total;
        ends[b] += w / total;
    }
    loop {
        let gain =
            |((a, b), e): (&(usize, usize), &f64)| (e - resolution * 2.0 * ends[*a] * ends[*b], *a, *b);
        let best = between.iter().map(gain).fold(None, |best: Option<(f64, usize, usize)>, next| {
            // A clear improvement only, so that rounding never decides.
            match best {
                Some(b) if next.0 <= b.0 + 1e-12 => Some(b),
                _ => Some(next),
            }
        });
        let Some((gain, a, b)) = best.filter(|(gain, ..)| *gain > 1e-12) else { break };
        let _ = gain;
        for c in community.iter_mut().filter(|c| **c == b) {
            *c = a;
        }
        ends[a] += ends[b];
        ends[b] = 0.0;
        let moved: Vec<((usize, usize), f64)> =
            between.iter().filter(|((x, y), _)| *x == b || *y == b).map(|(k, v)| (*k, *v)).collect();
        for (key, e) in moved {
            between.remove(&key);
            let other = if key.0 == b { key.1 } else { key.0 };
            if other != a {
                *between.entry((a.min(other), a.max(other))).or_default() += e;
            }
        }
    }
    community
}

fn number_by_capability(scenario: &Scenario, tied: &[bool], community: &[usize]) -> Vec<Option<usize>> {
    let tied = |s: StateId| tied[s.index()];
    let mut size: BTreeMap<usize, f64> = BTreeMap::new();
    for (state, c) in scenario.state_ids().zip(community) {
        if tied(state) {
            *size.entry(*c).or_default() += scenario.state(state).capability;
        }
    }
    let mut order: Vec<(usize, f64)> = size.into_iter().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let rank: BTreeMap<usize, usize> = order.iter().enumerate().map(|(i, (c, _))| (*c, i)).collect();
    scenario
        .state_ids()
        .map(|s| if tied(s) { rank.get(&community[s.index()]).copied() } else { None })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tied(pairs: &[(u32, u32)]) -> BTreeMap<(StateId, StateId), f64> {
        pairs.iter().map(|(a, b)| ((StateId(*a), StateId(*b)), 1.0)).collect()
    }

    #[test]
    fn two_triangles_joined_by_one_tie_are_two_blocs() {
        let ties = tied(&[(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5), (2, 3)]);
        let c = communities(6, &ties, 0.5);
        assert!(c[0] == c[1] && c[1] == c[2] && c[3] == c[4] && c[4] == c[5] && c[0] != c[3]);
    }

    #[test]
    fn a_guarantee_does_not_make_an_ally() {
        let owed = |a, b| ((StateId(a), StateId(b)), 1.0);
        // 0 and 1 are allies; both, and their rival 3, guarantee 2; only they guarantee 4.
        let owed: BTreeMap<_, _> =
            [owed(0, 1), owed(1, 0), owed(0, 2), owed(1, 2), owed(3, 2), owed(1, 4)].into();
        let ties = ties(&owed);
        assert_eq!(ties.keys().collect::<Vec<_>>(), [&(StateId(0), StateId(1))]);
        let mut c = communities(5, &ties, 0.5);
        let mut tied = vec![true, true, false, false, false];
        shelter(&owed, &mut c, &mut tied);
        assert!(c[0] == c[1] && c[2] != c[0] && c[3] != c[2]);
        assert!(!tied[2], "it stands between rivals");
        assert!(tied[4] && c[4] == c[0], "it has one protector and no ally of its own");
    }

    #[test]
    fn without_ties_everyone_is_alone() {
        assert_eq!(communities(3, &BTreeMap::new(), 0.5), [0, 1, 2]);
    }
}
