//! Maximum likelihood, with the project's own choice model and a mild prior.
//!
//! The probability that a state fights is what [`weigh`] says for its stakes. Fitting is Fisher scoring: Newton's method
//! with the expected instead of the observed curvature, which is always positive definite here. Weights keep the sign
//! that theory gives them: one that the data would turn around is held at its bound.
//!
//! Errors are taken two ways: from the curvature, which takes cases as independent, and from the fits without one war
//! each (a jackknife), which allows for what cases of one war have in common. The same fits predict the wars that
//! they did not see.

use std::collections::{BTreeMap, BTreeSet};

use nalgebra::{DMatrix, DVector};
use serde::Serialize;

use super::stakes::{Case, Evidence, Strengths};
use crate::model::{Response, Side};
use crate::rules::deliberation::{exposure, performance, weigh};
use crate::scenario::Rules;

/// A quantity that is fitted.
#[derive(Clone, Copy, Debug)]
pub struct Free {
    /// Its name: of a parameter of the rules, or of a strength.
    pub name: &'static str,
    /// The middle of its prior: what was set by hand before anything was fitted.
    pub prior: f64,
    /// The standard deviation of its prior.
    pub spread: f64,
    /// The least and the greatest value allowed.
    pub range: (f64, f64),
    set: Set,
}

#[derive(Clone, Copy, Debug)]
enum Set {
    Weight(fn(&mut Rules) -> &mut f64),
    Strength(fn(&mut Strengths) -> &mut f64),
}

/// A weight, with a prior as wide as the value is large: by one standard deviation it is nothing, or twice as much.
fn weight(name: &'static str, prior: f64, of: fn(&mut Rules) -> &mut f64) -> Free {
    Free { name, prior, spread: prior, range: (0.0, 20.0), set: Set::Weight(of) }
}

/// A strength relative to that of a clear pledge.
fn strength(name: &'static str, of: fn(&mut Strengths) -> &mut f64) -> Free {
    Free { name, prior: 0.5, spread: 0.5, range: (0.0, 1.0), set: Set::Strength(of) }
}

/// All that is fitted. The priors are the values that stood in the rules before they were fitted for the first time;
/// they do not follow the defaults, so that fitting again does not take the same evidence twice.
pub fn free_parameters() -> Vec<Free> {
    vec![
        weight("obligation", 5.5, |r| &mut r.obligation),
        weight("audience", 1.0, |r| &mut r.audience),
        weight("affinity", 3.0, |r| &mut r.affinity),
        weight("hostility", 2.0, |r| &mut r.hostility),
        weight("other_side", 1.5, |r| &mut r.other_side),
        weight("contiguity", 0.7, |r| &mut r.contiguity),
        weight("power", 1.0, |r| &mut r.power),
        weight("prospects", 1.5, |r| &mut r.prospects),
        weight("company", 1.0, |r| &mut r.company),
        weight("buck_passing", 0.7, |r| &mut r.buck_passing),
        weight("reluctance", 5.0, |r| &mut r.reluctance),
        weight("distance", 0.35, |r| &mut r.distance),
        weight("overstretch", 2.5, |r| &mut r.overstretch),
        weight("nuclear", 3.0, |r| &mut r.nuclear),
        weight("opposed_obligation", 3.0, |r| &mut r.opposed_obligation),
        weight("aggression", 2.5, |r| &mut r.aggression),
        strength("strength if reach is unclear", |s| &mut s.unclear),
        strength("strength if many are bound", |s| &mut s.many),
        strength("strength since 1945", |s| &mut s.since_1945),
    ]
}

/// The rules with these values.
pub fn rules_of(free: &[Free], values: &[f64]) -> Rules {
    let mut rules = Rules::default();
    for (free, value) in free.iter().zip(values) {
        if let Set::Weight(of) = free.set {
            *of(&mut rules) = *value;
        }
    }
    rules
}

/// The strengths of pledges with these values.
pub fn strengths_of(free: &[Free], values: &[f64]) -> Strengths {
    let mut strengths = Strengths { unclear: 1.0, many: 1.0, since_1945: 1.0 };
    for (free, value) in free.iter().zip(values) {
        if let Set::Strength(of) = free.set {
            *of(&mut strengths) = *value;
        }
    }
    strengths
}

/// What one unit of each quantity adds to the reasons for acting (which count by performance) and to those against
/// (which count by exposure).
type Slopes = Vec<(f64, f64)>;

/// All reasons for acting and all against, at full performance.
fn sums(case: &Case, rules: &Rules, strengths: Strengths) -> (f64, f64) {
    let stakes = case.situation(strengths).stakes(rules, Response::Intervene);
    // Every duty here is one to fight, so that it counts by performance as gains do.
    let duty = stakes.duties.iter().map(|(value, _)| *value).fold(0.0, f64::max);
    let sum = |terms: &[(_, f64)]| terms.iter().map(|(_, u)| *u).sum::<f64>();
    (duty + sum(&stakes.gains), sum(&stakes.costs))
}

/// The slopes by weights, which do not depend on the weights: utility is linear in them.
fn slopes_by_weights(free: &[Free], case: &Case, strengths: Strengths) -> Slopes {
    let none = rules_of(free, &vec![0.0; free.len()]);
    free.iter()
        .map(|f| match f.set {
            Set::Weight(of) => {
                let mut one = none.clone();
                *of(&mut one) = 1.0;
                let ((g1, c1), (g0, c0)) = (sums(case, &one, strengths), sums(case, &none, strengths));
                (g1 - g0, c1 - c0)
            }
            Set::Strength(_) => (0.0, 0.0),
        })
        .collect()
}

/// The slopes by strengths, from small steps.
fn slopes_by_strengths(free: &[Free], case: &Case, rules: &Rules, values: &[f64], slopes: &mut Slopes) {
    const STEP: f64 = 1e-5;
    for (k, f) in free.iter().enumerate() {
        if let Set::Strength(of) = f.set {
            let at = |by: f64| {
                let mut strengths = strengths_of(free, values);
                *of(&mut strengths) += by;
                sums(case, rules, strengths).0
            };
            slopes[k] = ((at(STEP) - at(-STEP)) / (2.0 * STEP), 0.0);
        }
    }
}

/// A fit.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The values, in the order of the free parameters.
    pub values: Vec<f64>,
    /// Logarithm of the likelihood, without the prior.
    pub log_likelihood: f64,
    /// Standard deviations from the curvature at the values, with the prior.
    pub spread: Vec<f64>,
    /// Steps that it took.
    pub steps: u32,
}

/// What is known at some values.
struct Look {
    log_likelihood: f64,
    objective: f64,
    gradient: DVector<f64>,
    information: DMatrix<f64>,
}

/// Cases with what can be computed about them once.
pub(super) struct Sample<'c> {
    cases: &'c [Case],
    slopes: Vec<Slopes>,
}

impl<'c> Sample<'c> {
    pub(super) fn new(free: &[Free], cases: &'c [Case]) -> Self {
        let strengths = strengths_of(free, &free.iter().map(|f| f.prior).collect::<Vec<_>>());
        let slopes = cases.iter().map(|c| slopes_by_weights(free, c, strengths)).collect();
        Self { cases, slopes }
    }

    fn look(&self, free: &[Free], values: &[f64], without: Option<u32>) -> Look {
        let (rules, strengths) = (rules_of(free, values), strengths_of(free, values));
        let n = free.len();
        let mut look = Look {
            log_likelihood: 0.0,
            objective: 0.0,
            gradient: DVector::zeros(n),
            information: DMatrix::zeros(n, n),
        };
        for (case, known) in self.cases.iter().zip(&self.slopes).filter(|(c, _)| Some(c.war) != without) {
            let options = weigh(&case.situation(strengths).stakes(&rules, Response::Intervene), &rules);
            let mean = |share: fn(Response, &Rules) -> f64| -> f64 {
                options.iter().map(|o| o.probability * share(o.response, &rules)).sum()
            };
            let p = options.last().map_or(0.0, |o| o.probability).clamp(1e-300, 1.0 - 1e-12);
            let (done, exposed) = (1.0 - mean(performance), 1.0 - mean(exposure));
            let fresh = (!case.pledges.is_empty()).then(|| {
                let mut slopes = slopes_by_weights(free, case, strengths);
                slopes_by_strengths(free, case, &rules, values, &mut slopes);
                slopes
            });
            let slopes = fresh.as_ref().unwrap_or(known);
            // How the logarithm of the chance to fight moves with each quantity; most do not touch most cases.
            let moves: Vec<(usize, f64)> = slopes
                .iter()
                .enumerate()
                .filter(|(_, (g, c))| *g != 0.0 || *c != 0.0)
                .map(|(k, (g, c))| (k, rules.rationality * (g * done + c * exposed)))
                .collect();
            let odds = p / (1.0 - p);
            look.log_likelihood += if case.joined { libm::log(p) } else { libm::log1p(-p) };
            let sign = if case.joined { 1.0 } else { -odds };
            for (k, move_k) in &moves {
                look.gradient[*k] += sign * move_k;
                for (l, move_l) in &moves {
                    look.information[(*k, *l)] += odds * move_k * move_l;
                }
            }
        }
        look.objective = look.log_likelihood;
        for (k, f) in free.iter().enumerate() {
            let off = (values[k] - f.prior) / f.spread;
            look.objective -= 0.5 * off * off;
            look.gradient[k] -= off / f.spread;
            look.information[(k, k)] += 1.0 / (f.spread * f.spread);
        }
        look
    }

    /// The values that make what happened most likely, from a start, leaving out one war if asked to.
    pub(super) fn fit(&self, free: &[Free], start: &[f64], without: Option<u32>) -> Fit {
        const MOST_STEPS: u32 = 60;
        let mut values = start.to_vec();
        let mut look = self.look(free, &values, without);
        let mut steps = 0;
        while steps < MOST_STEPS {
            steps += 1;
            let step = step(free, &values, &look);
            // Halve the step until it gains.
            let mut length = 1.0;
            let better = loop {
                let tried: Vec<f64> = free
                    .iter()
                    .enumerate()
                    .map(|(k, f)| (values[k] + length * step[k]).clamp(f.range.0, f.range.1))
                    .collect();
                let there = self.look(free, &tried, without);
                if there.objective > look.objective {
                    break Some((tried, there));
                }
                length /= 2.0;
                if length < 1e-4 {
                    break None;
                }
            };
            let Some((tried, there)) = better else { break };
            let gain = there.objective - look.objective;
            (values, look) = (tried, there);
            if gain < 1e-7 {
                break;
            }
        }
        let spread = match look.information.clone().cholesky() {
            Some(factor) => factor.inverse().diagonal().iter().map(|v| v.sqrt()).collect(),
            None => free.iter().map(|f| f.spread).collect(),
        };
        Fit { values, log_likelihood: look.log_likelihood, spread, steps }
    }
}

/// Newton's step, with those held that stand at a bound and would leave it.
fn step(free: &[Free], values: &[f64], look: &Look) -> Vec<f64> {
    let mut held: BTreeSet<usize> = BTreeSet::new();
    for (k, f) in free.iter().enumerate() {
        let low = values[k] <= f.range.0 && look.gradient[k] <= 0.0;
        let high = values[k] >= f.range.1 && look.gradient[k] >= 0.0;
        if low || high {
            held.insert(k);
        }
    }
    let moving: Vec<usize> = (0..free.len()).filter(|k| !held.contains(k)).collect();
    let gradient = DVector::from_iterator(moving.len(), moving.iter().map(|k| look.gradient[*k]));
    let information =
        DMatrix::from_fn(moving.len(), moving.len(), |a, b| look.information[(moving[a], moving[b])]);
    let mut out = vec![0.0; free.len()];
    if let Some(factor) = information.cholesky() {
        for (k, by) in moving.iter().zip(factor.solve(&gradient).iter()) {
            out[*k] = *by;
        }
    }
    out
}

/// Fits to some cases.
pub fn fit(free: &[Free], cases: &[Case]) -> Fit {
    let start: Vec<f64> = free.iter().map(|f| f.prior).collect();
    Sample::new(free, cases).fit(free, &start, None)
}

/// One fitted quantity.
#[derive(Clone, Debug, Serialize)]
pub struct Estimate {
    /// Its name.
    pub name: &'static str,
    /// The middle of the prior.
    pub prior: f64,
    /// The value.
    pub value: f64,
    /// Standard error: the larger of that from the curvature and that from leaving out wars.
    pub error: f64,
    /// From the curvature, with the prior.
    pub error_curvature: f64,
    /// From the fits without one war each.
    pub error_wars: f64,
    /// How much less uncertain the value is than its prior, 0 to 1: what the wars tell about it.
    pub told: f64,
}

/// The fits that leave out each war in turn, and what they say of the war that they did not see.
#[derive(Clone, Debug)]
pub struct Held {
    /// The quantities, with errors.
    pub estimates: Vec<Estimate>,
    /// The chance of fighting of each case, from the fit without its war.
    pub chances: Vec<f64>,
}

/// The chance of fighting of each case under some values.
pub fn in_sample(free: &[Free], values: &[f64], cases: &[Case]) -> Vec<f64> {
    let (rules, strengths) = (rules_of(free, values), strengths_of(free, values));
    cases.iter().map(|c| chance(c, &rules, strengths)).collect()
}

fn chance(case: &Case, rules: &Rules, strengths: Strengths) -> f64 {
    let options = weigh(&case.situation(strengths).stakes(rules, Response::Intervene), rules);
    options.last().map_or(0.0, |o| o.probability)
}

/// Fits without each war in turn.
pub fn held_out(free: &[Free], cases: &[Case], whole: &Fit, mut done: impl FnMut()) -> Held {
    let sample = Sample::new(free, cases);
    let wars: BTreeSet<u32> = cases.iter().map(|c| c.war).collect();
    let mut without: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for war in wars {
        without.insert(war, sample.fit(free, &whole.values, Some(war)).values);
        done();
    }
    let n = without.len() as f64;
    let estimates = free.iter().enumerate().map(|(k, f)| {
        let mean = without.values().map(|v| v[k]).sum::<f64>() / n;
        let squares: f64 = without.values().map(|v| (v[k] - mean).powi(2)).sum();
        let error_wars = ((n - 1.0) / n * squares).sqrt();
        Estimate {
            name: f.name,
            prior: f.prior,
            value: whole.values[k],
            error: whole.spread[k].max(error_wars),
            error_curvature: whole.spread[k],
            error_wars,
            told: (1.0 - (whole.spread[k] / f.spread).powi(2)).max(0.0),
        }
    });
    let estimates = estimates.collect();
    let chances = cases.iter().map(|c| {
        let values = &without[&c.war];
        chance(c, &rules_of(free, values), strengths_of(free, values))
    });
    Held { estimates, chances: chances.collect() }
}

/// How well chances fit what happened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quality {
    /// Cases.
    pub cases: usize,
    /// Of which joined.
    pub joined: usize,
    /// Mean negative logarithm of the chance given to what happened.
    pub log_loss: f64,
    /// The same for the share of joiners in the other wars.
    pub log_loss_constant: f64,
    /// Share of pairs of a joiner and a non-joiner in the same war in which the joiner had the higher chance, as the mean
    /// over wars.
    pub auc_within_wars: f64,
    /// Wars with a joiner.
    pub wars_with_joiners: usize,
}

/// How well chances fit who joined on a side.
pub fn quality(cases: &[Case], chances: &[f64], side: Side) -> Quality {
    let all = cases.iter().zip(chances.iter().copied());
    let of: Vec<(&Case, f64)> =
        all.filter(|(c, _)| c.side == side && c.evidence == Evidence::Joining).collect();
    let loss = |c: &Case, p: f64| {
        let p = p.clamp(1e-12, 1.0 - 1e-12);
        -(if c.joined { libm::log(p) } else { libm::log(1.0 - p) })
    };
    let (n, joined) = (of.len(), of.iter().filter(|(c, _)| c.joined).count());
    let mut by_war: BTreeMap<u32, Vec<(&Case, f64)>> = BTreeMap::new();
    for (case, p) in &of {
        by_war.entry(case.war).or_default().push((case, *p));
    }
    let (mut constant, mut areas) = (0.0, Vec::new());
    for rows in by_war.values() {
        let here = rows.iter().filter(|(c, _)| c.joined).count();
        let elsewhere = (joined - here) as f64 / (n - rows.len()).max(1) as f64;
        constant += rows.iter().map(|(c, _)| loss(c, elsewhere)).sum::<f64>();
        areas.extend(area(rows));
    }
    let n_f = n.max(1) as f64;
    Quality {
        cases: n,
        joined,
        log_loss: of.iter().map(|(c, p)| loss(c, *p)).sum::<f64>() / n_f,
        log_loss_constant: constant / n_f,
        auc_within_wars: areas.iter().sum::<f64>() / areas.len().max(1) as f64,
        wars_with_joiners: areas.len(),
    }
}

/// The area under the curve in one war, if it had both joiners and others.
fn area(rows: &[(&Case, f64)]) -> Option<f64> {
    let of = |joined: bool| rows.iter().filter(move |(c, _)| c.joined == joined).map(|(_, p)| *p);
    let pairs = of(true).count() * of(false).count();
    let won = of(true).map(|a| {
        let score = |b: f64| {
            if a > b {
                1.0
            } else if a == b {
                0.5
            } else {
                0.0
            }
        };
        of(false).map(score).sum::<f64>()
    });
    (pairs > 0).then(|| won.sum::<f64>() / pairs as f64)
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng};

    use super::*;
    use crate::calibration::{Pledged, Reach};
    use crate::rules::deliberation::Situation;

    /// Made-up cases whose choices are drawn from the model with known values.
    fn made_up(free: &[Free], truth: &[f64], n: u32) -> Vec<Case> {
        let mut random = rand::rngs::ChaCha8Rng::seed_from_u64(7);
        let mut draw = || random.random::<f64>();
        let (rules, strengths) = (rules_of(free, truth), strengths_of(free, truth));
        (0..n)
            .map(|i| {
                let reach = if draw() < 0.5 { Reach::Clear } else { Reach::Unclear };
                let pledge = Pledged { reach, many: draw() < 0.5, public: draw() < 0.7 };
                let mut case = Case {
                    war: i % 40,
                    wave: 0,
                    state: i,
                    evidence: Evidence::Joining,
                    side: if draw() < 0.5 { Side::Target } else { Side::Initiator },
                    joined: false,
                    since_1945: draw() < 0.5,
                    pledges: if draw() < 0.5 { vec![pledge] } else { Vec::new() },
                    rest: Situation {
                        democracy: draw(),
                        affinity: draw(),
                        hostility: draw(),
                        near: draw() < 0.4,
                        capability: 0.1 * draw(),
                        distance_km: 9000.0 * draw(),
                        began: draw() < 0.5,
                        ..Situation::default()
                    },
                };
                case.joined = draw() < chance(&case, &rules, strengths);
                case
            })
            .collect()
    }

    #[test]
    fn known_weights_are_recovered_from_the_choices_that_they_make() {
        let free = free_parameters();
        let mut truth: Vec<f64> = free.iter().map(|f| f.prior).collect();
        for (k, f) in free.iter().enumerate() {
            match f.name {
                "obligation" => truth[k] = 8.0,
                "hostility" => truth[k] = 3.5,
                "reluctance" => truth[k] = 6.0,
                "aggression" => truth[k] = 1.0,
                "strength if many are bound" => truth[k] = 0.4,
                _ => {}
            }
        }
        let cases = made_up(&free, &truth, 6000);
        let found = fit(&free, &cases);
        for (k, f) in free.iter().enumerate() {
            let off = (found.values[k] - truth[k]).abs() / found.spread[k];
            assert!(off < 3.5, "{}: {} instead of {}", f.name, found.values[k], truth[k]);
        }
        let told = |name: &str| {
            let k = free.iter().position(|f| f.name == name).expect("a name");
            found.spread[k] / free[k].spread
        };
        assert!(told("obligation") < 0.2 && told("hostility") < 0.3);
        // Nothing here has company or nuclear weapons, so that the prior alone speaks.
        assert!(told("nuclear") > 0.99 && told("company") > 0.99);
    }

    #[test]
    fn the_gradient_is_that_of_the_objective() {
        let free = free_parameters();
        let at: Vec<f64> = free.iter().map(|f| 0.9 * f.prior).collect();
        let cases = made_up(&free, &at, 200);
        let sample = Sample::new(&free, &cases);
        let look = sample.look(&free, &at, None);
        for k in 0..free.len() {
            let value = |by: f64| {
                let mut moved = at.clone();
                moved[k] += by;
                sample.look(&free, &moved, None).objective
            };
            let slope = (value(1e-5) - value(-1e-5)) / 2e-5;
            assert!((slope - look.gradient[k]).abs() < 1e-3 * (1.0 + slope.abs()), "{}", free[k].name);
        }
    }

    #[test]
    fn a_war_left_out_is_judged_by_the_others() {
        let free = free_parameters();
        let truth: Vec<f64> = free.iter().map(|f| f.prior).collect();
        let mut cases = made_up(&free, &truth, 400);
        cases.iter_mut().for_each(|c| c.war %= 5);
        let whole = fit(&free, &cases);
        let held = held_out(&free, &cases, &whole, || {});
        let inside = in_sample(&free, &whole.values, &cases);
        let loss = |p: &[f64]| quality(&cases, p, Side::Target).log_loss;
        assert!(loss(&held.chances) > loss(&inside));
        let q = quality(&cases, &held.chances, Side::Target);
        assert!(q.log_loss < q.log_loss_constant && q.auc_within_wars > 0.7, "{q:?}");
    }

    #[test]
    fn the_area_counts_ties_as_half() {
        let case = |joined| Case {
            war: 1,
            wave: 0,
            state: 1,
            side: Side::Target,
            evidence: Evidence::Joining,
            joined,
            since_1945: false,
            pledges: Vec::new(),
            rest: Situation::default(),
        };
        let (yes, no) = (case(true), case(false));
        assert_eq!(area(&[(&yes, 0.5), (&no, 0.1), (&no, 0.5)]), Some(0.75));
        assert_eq!(area(&[(&yes, 0.5)]), None);
    }
}
