//! Deliberation: what does a state choose to do about a conflict?
//!
//! A multinomial logit over responses (quantal response: McKelvey and Palfrey 1995). What speaks for
//! acting counts by the share of a full response that an option performs, what speaks against by the share
//! of the costs of war that it exposes the state to. So weak reasons end in words and strong ones in war.
//!
//! The theory is here; what is weighed is gathered in `stakes`, what is owed in `claims`, and who acts though it owes
//! nothing is in `unasked`.

mod claims;
mod stakes;
mod unasked;

pub use claims::decide_on_claims;
pub use stakes::own_stakes;
pub use unasked::decide_on_stakes;

use crate::chronicle::{Considered, Stakes, Term};
use crate::model::{Automaticity, Obligation, Performance, Response};
use crate::scenario::{Clause, Rules};

/// Share of a full response that an option performs.
pub fn performance(response: Response, rules: &Rules) -> f64 {
    match response {
        Response::Abstain => 0.0,
        Response::Support => rules.performance_support,
        Response::Consult => rules.performance_consult,
        Response::Sanction => rules.performance_sanction,
        Response::Aid => rules.performance_aid,
        Response::Deploy => rules.performance_deploy,
        Response::Intervene => 1.0,
    }
}

/// Share of the costs of war that an option exposes the state to.
pub fn exposure(response: Response, rules: &Rules) -> f64 {
    match response {
        Response::Abstain => 0.0,
        Response::Support => rules.exposure_support,
        Response::Consult => rules.exposure_consult,
        Response::Sanction => rules.exposure_sanction,
        Response::Aid => rules.exposure_aid,
        Response::Deploy => rules.exposure_deploy,
        Response::Intervene => 1.0,
    }
}

/// The options with their utilities and probabilities.
pub fn weigh(stakes: &Stakes, rules: &Rules) -> Vec<Considered> {
    let most = stakes.most.unwrap_or(Response::Intervene);
    let mut options: Vec<Considered> = Response::ALL
        .into_iter()
        .filter(|r| *r <= most)
        .map(|response| {
            let (done, exposed) = (performance(response, rules), exposure(response, rules));
            let utility = stakes.terms(done, exposed).map(|(_, u)| u).sum();
            Considered { response, done, exposed, utility, probability: 0.0 }
        })
        .collect();
    let best = options.iter().map(|o| o.utility).fold(f64::MIN, f64::max);
    let weight = |o: &Considered| libm::exp(rules.rationality * (o.utility - best));
    let total: f64 = options.iter().map(weight).sum();
    for option in &mut options {
        option.probability = weight(option) / total;
    }
    options
}

/// The option that a number from 0 to 1 falls on.
pub fn choose(options: &[Considered], draw: f64) -> Response {
    let mut reached = 0.0;
    for option in options {
        reached += option.probability;
        if draw < reached {
            return option.response;
        }
    }
    options.last().map_or(Response::Abstain, |o| o.response)
}

/// The response that the text asks for.
pub fn required(performance: Performance) -> Response {
    match performance {
        Performance::Consult => Response::Consult,
        Performance::MaterielOnly => Response::Aid,
        Performance::AsDeemedNecessary | Performance::Force | Performance::AllMeans => Response::Intervene,
    }
}

/// The least response that the text can be said to be met by.
pub fn least_required(performance: Performance) -> Response {
    match performance {
        Performance::AsDeemedNecessary => Response::Aid,
        // Who declares its support has been in touch.
        Performance::Consult => Response::Support,
        other => required(other),
    }
}

/// The chance that a state that fights would choose to, if it could choose again between fighting and nothing.
pub fn chance_of_fighting(stakes: &Stakes, rules: &Rules) -> f64 {
    let options = weigh(stakes, rules);
    let p = |response| options.iter().find(|o| o.response == response).map_or(0.0, |o| o.probability);
    let (fight, leave) = (p(Response::Intervene), p(Response::Abstain));
    if fight + leave > 0.0 { fight / (fight + leave) } else { 0.0 }
}

/// What binds beyond the text of a clause, as factors on its weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight {
    /// How binding the text is read to be, 0 to 1.
    pub strength: f64,
    /// How closely the parties are tied beyond the text, 0 to 1.
    pub depth: f64,
    /// Whether the clause has been invoked.
    pub invoked: bool,
}

/// What the text of a clause says that counts for its weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Promise {
    /// What is promised.
    pub obligation: Obligation,
    /// How much room the text leaves.
    pub automaticity: Automaticity,
    /// Subject to constitutional processes.
    pub constitutional: bool,
    /// What help is asked for.
    pub performance: Performance,
}

impl From<&Clause> for Promise {
    fn from(clause: &Clause) -> Self {
        Self {
            obligation: clause.obligation,
            automaticity: clause.automaticity,
            constitutional: clause.constitutional,
            performance: clause.performance,
        }
    }
}

/// The utility of performing a commitment in full, and the share of a full response that discharges it.
pub fn duty(promise: Promise, weight: Weight, rules: &Rules) -> (f64, f64) {
    let Weight { strength, depth, invoked } = weight;
    let kind = match promise.obligation {
        Obligation::Aid => rules.aid_factor,
        Obligation::Consultation => rules.consultation_factor,
        _ => 1.0,
    };
    let pressing = if promise.automaticity == Automaticity::Prompt { rules.prompt_factor } else { 1.0 };
    let reserved = if promise.constitutional { rules.constitutional_factor } else { 1.0 };
    let tied = 1.0 + rules.depth * depth;
    let called = if invoked { 1.0 } else { rules.uninvoked_factor };
    let share = match promise.performance {
        Performance::AsDeemedNecessary => rules.discretion_share,
        other => performance(required(other), rules),
    };
    (rules.obligation * strength * kind * pressing * reserved * tied * called, share.max(0.01))
}

/// The facts of a state's case for one side of a conflict, before the rules weigh them.
///
/// Simulation and calibration both build this, so that the weights are fitted to what they are used for.
#[derive(Clone, Debug, PartialEq)]
pub struct Situation {
    /// The commitments that are due, each with what binds beyond its text.
    pub duties: Vec<(Promise, Weight)>,
    /// Strength of the strongest public one.
    pub public: f64,
    /// Strength of the strongest pledge outside any treaty.
    pub pledged: f64,
    /// The state's democracy.
    pub democracy: f64,
    /// Affinity to the one that is to be helped.
    pub affinity: f64,
    /// The greatest hostility to one on the other side.
    pub hostility: f64,
    /// The greatest affinity to one on the other side.
    pub friend: f64,
    /// Whether it has a common border with a belligerent.
    pub near: bool,
    /// Its share of world capability.
    pub capability: f64,
    /// Distance to the fighting, in kilometres.
    pub distance_km: f64,
    /// The change in the chance of victory that its joining brings.
    pub prospects: f64,
    /// Share of the other able parties to the same commitments that are already in, if there are others.
    pub company: Option<f64>,
    /// Its resolve; an average state has one half.
    pub resolve: f64,
    /// The wars in which it is already fighting.
    pub wars: f64,
    /// Its war weariness.
    pub weariness: f64,
    /// Whether the other side has nuclear weapons.
    pub nuclear: bool,
    /// Whether it has such weapons itself, or is defended by one that has.
    pub covered: bool,
    /// Strength of what it has promised the other side: not to fight it, or to stay neutral.
    pub opposed: f64,
    /// Whether this side used force first.
    pub began: bool,
}

impl Default for Situation {
    /// An average state with no stake at all.
    fn default() -> Self {
        Self {
            duties: Vec::new(),
            public: 0.0,
            pledged: 0.0,
            democracy: 0.0,
            affinity: 0.0,
            hostility: 0.0,
            friend: 0.0,
            near: false,
            capability: 0.0,
            distance_km: 0.0,
            prospects: 0.0,
            company: None,
            resolve: 0.5,
            wars: 0.0,
            weariness: 0.0,
            nuclear: false,
            covered: false,
            opposed: 0.0,
            began: false,
        }
    }
}

impl Situation {
    /// What is at stake under these rules.
    pub fn stakes(&self, rules: &Rules, most: Response) -> Stakes {
        let reach = (self.capability / rules.major_capability).min(1.0);
        let distance = if self.near { 0.0 } else { self.distance_km / 1000.0 };
        let company = self
            .company
            .map_or(0.0, |in_already| rules.company * in_already - rules.buck_passing * (1.0 - in_already));
        let cover = if self.covered { rules.nuclear_cover } else { 1.0 };
        let aggression = if self.began { rules.aggression } else { 0.0 };
        Stakes {
            duties: self.duties.iter().map(|(promise, weight)| duty(*promise, *weight, rules)).collect(),
            gains: vec![
                (Term::Pledge, rules.pledge * self.pledged),
                (Term::Audience, rules.audience * self.democracy * self.public),
                (Term::Affinity, rules.affinity * self.affinity),
                (Term::Hostility, rules.hostility * self.hostility),
                // Whatever is done is done to the other side as well.
                (Term::OtherSide, -rules.other_side * self.friend),
                (Term::Contiguity, if self.near { rules.contiguity } else { 0.0 }),
                (Term::Power, rules.power * reach),
                (Term::Prospects, rules.prospects * self.prospects),
                (Term::Company, company),
            ],
            costs: vec![
                (Term::Reluctance, -rules.reluctance * (1.5 - self.resolve)),
                (Term::Distance, -rules.distance * distance * (1.0 - rules.reach_relief * reach)),
                (Term::Overstretch, -rules.overstretch * self.wars),
                (Term::Weariness, -rules.weariness * self.weariness),
                (Term::Nuclear, if self.nuclear { -rules.nuclear * cover } else { 0.0 }),
                (Term::OpposedObligation, -rules.opposed_obligation * self.opposed),
                (Term::Aggression, -aggression),
            ],
            most: Some(most),
        }
    }
}

/// The change in the chance of winning when some strength is added to one side.
pub fn prospects(brought: f64, ours: f64, theirs: f64) -> f64 {
    chance_of_victory(ours + brought, theirs) - chance_of_victory(ours, theirs)
}

/// The chance of winning against another strength: one's share of both.
pub fn chance_of_victory(ours: f64, theirs: f64) -> f64 {
    if ours + theirs > 0.0 { ours / (ours + theirs) } else { 0.5 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(options: &[Considered], response: Response) -> f64 {
        options.iter().find(|o| o.response == response).map_or(0.0, |o| o.probability)
    }

    fn stakes(duty: f64, gain: f64, cost: f64) -> Stakes {
        Stakes {
            duties: vec![(duty, 1.0)],
            gains: vec![(Term::Affinity, gain)],
            costs: vec![(Term::Reluctance, -cost)],
            most: None,
        }
    }

    #[test]
    fn probabilities_sum_to_one_and_duty_raises_intervention() {
        let rules = Rules::default();
        let without = weigh(&stakes(0.0, 1.0, 5.0), &rules);
        let with = weigh(&stakes(5.5, 1.0, 5.0), &rules);
        for options in [&without, &with] {
            assert!((options.iter().map(|o| o.probability).sum::<f64>() - 1.0).abs() < 1e-12);
        }
        assert!(p(&with, Response::Intervene) > 5.0 * p(&without, Response::Intervene));
    }

    #[test]
    fn a_duty_to_send_materiel_is_discharged_by_sending_it() {
        let rules = Rules::default();
        let share = performance(Response::Aid, &rules);
        let stakes = Stakes { duties: vec![(6.0, share)], ..stakes(0.0, 0.0, 5.0) };
        let options = weigh(&stakes, &rules);
        let best = options.iter().max_by(|a, b| a.utility.total_cmp(&b.utility)).map(|o| o.response);
        assert_eq!(best, Some(Response::Aid));
    }

    #[test]
    fn below_the_use_of_force_nobody_goes_to_war() {
        let stakes = Stakes { most: Some(Response::Deploy), ..stakes(9.0, 9.0, 0.0) };
        assert_eq!(p(&weigh(&stakes, &Rules::default()), Response::Intervene), 0.0);
    }

    #[test]
    fn the_draw_falls_on_the_options_in_their_order() {
        let options = weigh(&stakes(5.0, 1.0, 5.0), &Rules::default());
        assert_eq!(choose(&options, 0.0), Response::Abstain);
        assert_eq!(choose(&options, 0.999_999), Response::Intervene);
        assert_eq!(choose(&options, 1.0), Response::Intervene);
    }
}
