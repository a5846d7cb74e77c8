//! What is measured at the end of every turn.

use serde::Serialize;

use crate::model::{Date, StateId, Turn, Verdict};
use crate::rules::balance::{bloc_shares, polarization, poles, structural_balance};
use crate::scenario::{Dyads, Scenario};
use crate::world::Glance;

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
    /// Polarization over blocs, 0 to 1 for two fully hostile halves (Esteban and Ray 1994).
    pub polarization: f64,
    /// The share of balanced triads among states that are friends or enemies (Cartwright and Harary 1956).
    pub balance: f64,
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
    share("polarization", "Polarization", |m| m.polarization),
    share("balance", "Structural balance", |m| m.balance),
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

impl Metrics {
    /// Measures the world at the end of a turn.
    pub fn of(
        scenario: &Scenario,
        now: &Glance,
        (number, count): (&[usize], usize),
        balance: &Balance,
    ) -> Self {
        let capability: Vec<f64> = now.states.iter().map(|s| s.capability).collect();
        let total: f64 = capability.iter().sum();
        let shares: Vec<f64> = capability.iter().map(|c| if total > 0.0 { c / total } else { 0.0 }).collect();
        let at_war = now.states.iter().zip(&shares).filter(|(s, _)| s.wars > 0);
        let blocs = bloc_shares(number, count, &shares);
        let judged = |verdict| {
            let all = now.conflicts.all().iter().flat_map(|c| &c.verdicts);
            all.filter(|(_, v)| *v == verdict).count()
        };
        Self {
            turn: now.turn,
            date: scenario.calendar.date(now.turn),
            concentration: concentration(&shares),
            greatest_share: shares.iter().copied().fold(0.0, f64::max),
            tension: tension(now.attitudes, &shares),
            greatest_bloc: blocs.iter().copied().fold(0.0, f64::max),
            poles: poles(&blocs),
            polarization: polarization(number, &blocs, &shares, now.attitudes),
            balance: balance.value,
            norm_strength: now.norms.unwrap_or(0.0),
            conflicts: now.conflicts.active().count(),
            belligerents: at_war.clone().count(),
            capability_at_war: at_war.map(|(_, share)| *share).fold(0.0, |a, b| a + b),
            obligations: now.owed,
            honoured: now.fulfilled[0],
            partial: now.fulfilled[1],
            reneged: now.fulfilled[2],
            compliant: judged(Verdict::Compliant),
            beyond_obligation: judged(Verdict::BeyondObligation),
            breaches: judged(Verdict::Breach),
        }
    }
}

/// Structural balance, which changes only when an attitude does.
#[derive(Clone, Copy, Debug)]
pub struct Balance {
    value: f64,
    /// How often attitudes had changed when it was found.
    changes: u32,
}

impl Balance {
    /// The balance before the first turn.
    pub fn of(scenario: &Scenario) -> Self {
        Self { value: balance(scenario, &scenario.dyads), changes: 0 }
    }

    /// Finds it anew if an attitude has changed.
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

/// Tension by region: the hostility of its states towards all others, weighted by the product of capabilities.
pub fn regional_tension(scenario: &Scenario, now: &Glance) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); scenario.regions.len()];
    let total: f64 = now.states.iter().map(|s| s.capability).sum();
    for (i, own) in now.states.iter().enumerate() {
        let id = StateId(i as u32);
        let stances = now.attitudes.stances_of(id).iter();
        let hostile: f64 = stances.map(|(to, s)| s.hostility * now.states[to.index()].capability).sum();
        if let Some(sum) = sums.get_mut(scenario.state(id).region.index()) {
            sum.0 += own.capability * hostile;
            sum.1 += own.capability * (total - own.capability);
        }
    }
    sums.into_iter().map(|(sum, weight)| if weight > 0.0 { sum / weight } else { 0.0 }).collect()
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

/// Mean hostility over ordered pairs, weighted by the product of shares.
fn tension(attitudes: &Dyads, shares: &[f64]) -> f64 {
    let total: f64 = shares.iter().sum();
    // The sum over all pairs of different states of the products of their shares.
    let weight = total * total - shares.iter().map(|s| s * s).sum::<f64>();
    let row = |(i, share): (usize, &f64)| {
        let hostile = attitudes.stances_of(StateId(i as u32)).iter();
        share * hostile.map(|(to, stance)| stance.hostility * shares[to.index()]).sum::<f64>()
    };
    let sum: f64 = shares.iter().enumerate().map(row).sum();
    if weight > 0.0 { sum / weight } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::concentration;

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
