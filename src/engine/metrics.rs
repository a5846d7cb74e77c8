//! What is measured at the end of every turn.

use serde::Serialize;

use crate::chronicle::Fulfilment;
use crate::model::{Date, StateId, Turn, Verdict};
use crate::rules::balance::{bloc_shares, polarization, poles, structural_balance};
use crate::scenario::{Dyads, Scenario};
use crate::world::{Capability, Fear, Glance};

/// The measurements of one turn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Metrics {
    /// The turn.
    pub turn: Turn,
    /// Its first day.
    pub date: Date,
    /// Concentration of capability, 0 (all equal) to 1 (one has all): Singer, Bremer and Stuckey 1972.
    pub concentration: f64,
    /// The greatest state's share of the capability of all in the scenario.
    pub greatest_share: f64,
    /// Hostility between states weighted by the product of their capabilities, 0 to 1.
    pub tension: f64,
    /// The greatest bloc's share of the capability of all; blocs are communities of the graph of alliances.
    pub greatest_bloc: f64,
    /// The effective number of poles over the shares of blocs (Laakso and Taagepera 1979).
    pub poles: f64,
    /// Whether the order counts as multipolar: whether there are as many poles as the scenario's `multipolar_from` asks
    /// for; over many histories, in what share of them.
    pub multipolar: bool,
    /// Polarization over blocs, 0 to 1 for two fully hostile halves (Esteban and Ray 1994).
    pub polarization: f64,
    /// The share of balanced triads among states that are friends or enemies (Cartwright and Harary 1956).
    pub balance: f64,
    /// The fear of being left alone, 0 to 1, mean over states weighted by capability (Snyder 1984): how far a state is
    /// threatened, times the chance that nobody is believed to stand by it.
    pub abandonment_fear: f64,
    /// The fear of being dragged into another's war, 0 to 1, likewise: how near a partner is to war, times how firmly
    /// one is bound to it, times how little one has against its adversary.
    pub entrapment_fear: f64,
    /// The mean strength of the scenario's norms, 0 to 1; 0 where it has none.
    pub norm_strength: f64,
    /// Conflicts going on.
    pub conflicts: usize,
    /// States fighting in any of them.
    pub belligerents: usize,
    /// Share of the capability of all that is at war.
    pub capability_at_war: f64,
    /// Commitments that have fallen due since the start.
    pub obligations: usize,
    /// Of these, those that have been met.
    pub honoured: usize,
    /// Of these, those that have been met in part.
    pub partial: usize,
    /// Of these, those for which nothing was done.
    pub reneged: usize,
    /// States judged compliant so far, over conflicts.
    pub compliant: usize,
    /// States judged to have done more than they owed, over conflicts.
    pub beyond_obligation: usize,
    /// States judged in breach so far, over conflicts.
    pub breaches: usize,
}

/// A metric's name and meaning.
#[derive(Clone, Copy, Debug)]
pub struct MetricInfo {
    /// Its name in exports.
    pub name: &'static str,
    /// What it is called in views.
    pub title: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// The steps in which it is counted over many histories.
    pub resolution: f64,
    /// How it is read off.
    pub value: fn(&Metrics) -> f64,
}

/// A metric from 0 to 1.
const fn share(name: &'static str, title: &'static str, value: fn(&Metrics) -> f64) -> MetricInfo {
    MetricInfo { name, title, unit: "0 to 1", resolution: 0.001, value }
}

/// A metric that is a whole number.
const fn number(
    name: &'static str,
    title: &'static str,
    unit: &'static str,
    value: fn(&Metrics) -> f64,
) -> MetricInfo {
    MetricInfo { name, title, unit, resolution: 1.0, value }
}

/// Every metric, in the order of exports.
pub const METRICS: &[MetricInfo] = &[
    share("concentration", "Concentration of capability", |m| m.concentration),
    share("greatest_share", "Greatest state's share", |m| m.greatest_share),
    share("tension", "Tension", |m| m.tension),
    share("greatest_bloc", "Greatest bloc's share", |m| m.greatest_bloc),
    MetricInfo {
        name: "poles",
        title: "Effective poles",
        unit: "poles",
        resolution: 0.01,
        value: |m| m.poles,
    },
    number("multipolar", "Multipolar order", "0 or 1", |m| f64::from(u8::from(m.multipolar))),
    share("polarization", "Polarization", |m| m.polarization),
    share("balance", "Structural balance", |m| m.balance),
    share("abandonment_fear", "Fear of being left alone", |m| m.abandonment_fear),
    share("entrapment_fear", "Fear of being dragged in", |m| m.entrapment_fear),
    share("norm_strength", "Strength of norms", |m| m.norm_strength),
    number("conflicts", "Conflicts", "conflicts", |m| m.conflicts as f64),
    number("belligerents", "Belligerents", "states", |m| m.belligerents as f64),
    share("capability_at_war", "Capability at war", |m| m.capability_at_war),
    number("obligations", "Obligations fallen due", "commitments", |m| m.obligations as f64),
    number("honoured", "Obligations met", "commitments", |m| m.honoured as f64),
    number("partial", "Obligations met in part", "commitments", |m| m.partial as f64),
    number("reneged", "Obligations not met", "commitments", |m| m.reneged as f64),
    number("compliant", "Compliant", "states", |m| m.compliant as f64),
    number("beyond_obligation", "Beyond obligation", "states", |m| m.beyond_obligation as f64),
    number("breaches", "Breaches", "states", |m| m.breaches as f64),
];

/// What is measured by region and by bloc.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Detail {
    /// The tension of each region, by id.
    pub regional: Vec<f64>,
    /// The share of each bloc in the capability of all; states without allies are blocs of one.
    pub blocs: Vec<f64>,
}

impl Metrics {
    /// Measures the world at the end of a turn.
    ///
    /// Comes with the tension of each region and the share of each bloc.
    pub(super) fn of(
        scenario: &Scenario,
        now: &Glance,
        (number, count): (&[usize], usize),
        balance: &Balance,
        fears: &[Fear],
    ) -> (Self, Detail) {
        let total: f64 = now.capability.iter().map(|c| c.0).sum();
        let share = |c: &Capability| if total > 0.0 { c.0 / total } else { 0.0 };
        let shares: Vec<f64> = now.capability.iter().map(share).collect();
        let fights = |(id, _): &(u32, &f64)| now.conflicts.wars_of(StateId(*id)) > 0;
        let at_war = (0..).zip(&shares).filter(fights);
        let blocs = bloc_shares(number, count, &shares);
        let pairs = pairs(scenario, now.attitudes, &shares, number, &blocs);
        let judged = |verdict| now.conflicts.judged(verdict);
        let metrics = Self {
            turn: now.turn,
            date: now.date,
            concentration: concentration(&shares),
            greatest_share: shares.iter().copied().fold(0.0, f64::max),
            tension: pairs.tension,
            greatest_bloc: blocs.iter().copied().fold(0.0, f64::max),
            poles: poles(&blocs),
            multipolar: scenario.multipolar_from.is_some_and(|needed| poles(&blocs) >= needed),
            polarization: pairs.polarization,
            balance: balance.value,
            abandonment_fear: mean_of(&shares, fears.iter().map(|f| f.abandonment)),
            entrapment_fear: mean_of(&shares, fears.iter().map(|f| f.entrapment)),
            norm_strength: now.norms.unwrap_or(0.0),
            conflicts: now.conflicts.active().count(),
            belligerents: at_war.clone().count(),
            capability_at_war: at_war.map(|(_, share)| *share).fold(0.0, |a, b| a + b),
            obligations: now.owed,
            honoured: now.fulfilled[Fulfilment::Honoured as usize],
            partial: now.fulfilled[Fulfilment::Partial as usize],
            reneged: now.fulfilled[Fulfilment::Reneged as usize],
            compliant: judged(Verdict::Compliant),
            beyond_obligation: judged(Verdict::BeyondObligation),
            breaches: judged(Verdict::Breach),
        };
        (metrics, Detail { regional: pairs.regional, blocs })
    }
}

/// The mean of something over states, weighted by their shares of the capability of all.
fn mean_of(shares: &[f64], of: impl Iterator<Item = f64>) -> f64 {
    shares.iter().zip(of).map(|(share, value)| share * value).fold(0.0, |a, b| a + b)
}

/// Structural balance, which changes only when a friendship or an enmity does.
#[derive(Clone, Copy, Debug)]
pub struct Balance {
    value: f64,
    /// How often friendships and enmities had changed when it was found.
    changes: u32,
}

impl Balance {
    /// The balance before the first turn.
    pub fn of(scenario: &Scenario) -> Self {
        Self { value: balance(scenario, &scenario.dyads), changes: 0 }
    }

    /// Finds it anew if a friendship or an enmity has changed.
    pub fn refresh(&mut self, scenario: &Scenario, attitudes: &Dyads, changes: u32) {
        if self.changes != changes {
            *self = Self { value: balance(scenario, attitudes), changes };
        }
    }
}

fn balance(scenario: &Scenario, attitudes: &Dyads) -> f64 {
    let rules = &scenario.rules;
    structural_balance(attitudes, scenario.states.len(), rules.stake_affinity, rules.stake_hostility)
}

/// Sums over all pairs of states, weighted by the product of their shares.
struct Pairs {
    /// Mean hostility, 0 to 1.
    tension: f64,
    /// The same by region, of its states towards all others.
    regional: Vec<f64>,
    /// Polarization over blocs.
    polarization: f64,
}

/// One pass over all relations, since there are many and this is done every turn.
fn pairs(scenario: &Scenario, attitudes: &Dyads, shares: &[f64], number: &[usize], blocs: &[f64]) -> Pairs {
    let regions = scenario.regions.len();
    if attitudes.is_empty() {
        return Pairs { tension: 0.0, regional: vec![0.0; regions], polarization: polarization(0.0) };
    }
    let total: f64 = shares.iter().sum();
    let mut regional = vec![(0.0, 0.0); regions];
    let (mut all, mut apart) = ((0.0, 0.0), 0.0);
    for (from, share) in shares.iter().enumerate() {
        let own = number[from];
        let (mut hostile, mut outside) = (0.0, 0.0);
        for (to, hostility) in attitudes.hostilities_of(StateId(from as u32)) {
            let felt = hostility * shares[to.index()];
            hostile += felt;
            outside += if number[to.index()] == own { 0.0 } else { felt };
        }
        let (sum, weight) = (share * hostile, share * (total - share));
        all = (all.0 + sum, all.1 + weight);
        apart += blocs[own] * share * outside;
        if let Some(region) = regional.get_mut(scenario.states[from].region.index()) {
            *region = (region.0 + sum, region.1 + weight);
        }
    }
    let mean = |(sum, weight): (f64, f64)| if weight > 0.0 { sum / weight } else { 0.0 };
    Pairs {
        tension: mean(all),
        regional: regional.into_iter().map(mean).collect(),
        polarization: polarization(apart),
    }
}

/// `CON = sqrt((sum s_i^2 - 1/N) / (1 - 1/N))`, of shares that sum to one.
pub fn concentration(shares: &[f64]) -> f64 {
    let n = shares.len() as f64;
    if n < 2.0 {
        return 0.0;
    }
    let sum: f64 = shares.iter().map(|s| s * s).sum();
    ((sum - 1.0 / n) / (1.0 - 1.0 / n)).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::{concentration, pairs};
    use crate::model::{Position, StateId};
    use crate::scenario::{Dyads, Scenario, embedded, parse};

    fn three_leagues() -> Scenario {
        let e = embedded("three-leagues").expect("an embedded scenario");
        parse(e.name, e.source.as_bytes(), &|_, _| Err("none".into())).0.expect("it is in order")
    }

    #[test]
    fn two_hostile_halves_are_fully_polarized_and_tense() {
        let scenario = three_leagues();
        let mut hostile = Dyads::new([Position { lat: 0.0, lon: 0.0 }; 2]);
        hostile.set(StateId(0), StateId(1), Some(1.0), None);
        hostile.set(StateId(1), StateId(0), Some(1.0), None);
        let half = [0.5, 0.5];
        let apart = pairs(&scenario, &hostile, &half, &[0, 1], &half);
        assert!((apart.polarization - 1.0).abs() < 1e-12 && (apart.tension - 1.0).abs() < 1e-12);
        let together = pairs(&scenario, &hostile, &half, &[0, 0], &[1.0]);
        assert_eq!(together.polarization, 0.0);
        // By hand: hostile one way only, and a third of the shares.
        let mut one_way = Dyads::new([Position { lat: 0.0, lon: 0.0 }; 2]);
        one_way.set(StateId(0), StateId(1), Some(0.5), None);
        let tense = pairs(&scenario, &one_way, &[0.25, 0.75], &[0, 1], &[0.25, 0.75]);
        assert!((tense.tension - 0.25).abs() < 1e-12);
        assert!((tense.polarization - 0.25 * 0.25 * 0.75 * 0.5 / 0.25).abs() < 1e-12);
    }

    #[test]
    fn the_great_powers_of_1914_are_as_concentrated_as_their_capabilities_say() {
        // Shares of world capability (COW CINC): USA, Germany, Britain, Russia, France, Austria-Hungary, Japan, Italy.
        let cinc = [0.206, 0.158, 0.138, 0.111, 0.075, 0.068, 0.032, 0.026];
        let total: f64 = cinc.iter().sum();
        let con = concentration(&cinc.map(|c| c / total));
        assert!((con - 0.220).abs() < 0.002, "{con}");
    }

    #[test]
    fn concentration_runs_from_equality_to_monopoly() {
        assert!(concentration(&[0.25; 4]).abs() < 1e-9);
        assert!((concentration(&[1.0, 0.0, 0.0]) - 1.0).abs() < 1e-12);
        // By hand: shares 0.5, 0.3, 0.2 give sqrt((0.38 - 1/3) / (2/3)).
        assert!((concentration(&[0.5, 0.3, 0.2]) - 0.264_575_131).abs() < 1e-6);
    }
}
