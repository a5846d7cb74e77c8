//! Deterrence: an attack weighed against the coalition that it is expected to meet.
//!
//! A state with a grievance attacks with a hazard that rises in its expected utility (Bueno de Mesquita 1981; Huth
//! 1988): the chance of victory against the target and those it believes will stand by it, times what is at stake, less
//! what defeat, nuclear weapons and broken promises cost. So a treaty deters by being believed. Whether it did in a case
//! is known here, because the same number is drawn with it and without it.

use super::beliefs::{pledged, reliability};
use super::deliberation::chance_of_victory;
use super::war_powers::{p_consent, popular_support};
use crate::chronicle::{Chronicle, FactKind, Forecast, Phase, Statecraft};
use crate::dice::Purpose;
use crate::model::{
    Form, Initiative, Level, Motive, NormKind, Obligation, Pretext, StateId, WarPowers, logistic,
};
use crate::scenario::{Clause, Incident, Pledge, Rules};
use crate::world::Book;

/// What an attack promises and costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prospect {
    /// The chance of victory.
    pub victory: f64,
    /// Hostility to the target, 0 to 1.
    pub hostility: f64,
    /// The chance of meeting nuclear weapons.
    pub nuclear: f64,
    /// Whether it has promised not to fight the target.
    pub promised: bool,
    /// Strength of the norm against the first use of force, if there is one.
    pub norm: Option<f64>,
    /// Wars that it is fighting already.
    pub wars: f64,
    /// Its war weariness.
    pub weariness: f64,
}

/// The expected utility of an attack.
pub fn utility(p: &Prospect, rules: &Rules) -> f64 {
    // What is owed to a norm goes with it.
    let missing = p.norm.map_or(0.0, |strength| rules.norm_caution * (1.0 - rules.norms * strength));
    let caution = rules.initiative_caution * (1.0 - missing);
    let promised = if p.promised { rules.initiative_commitment } else { 0.0 };
    rules.initiative_stakes * p.hostility * p.victory
        - rules.initiative_cost * (1.0 - p.victory)
        - caution
        - rules.initiative_nuclear * p.nuclear
        - promised
        - rules.overstretch * p.wars
        - rules.weariness * p.weariness
}

/// The chance of an attack within `years`.
pub fn chance(utility: f64, years: f64, rules: &Rules) -> f64 {
    1.0 - libm::exp(-rules.initiative_rate * logistic(utility) * years)
}

/// States with a grievance weigh an attack.
pub fn calculate(book: &Book, chronicle: &mut Chronicle) {
    let rules = book.rules();
    if rules.initiative != Initiative::Calculated {
        return;
    }
    let years = book.scenario().calendar.length.years();
    // Whatever it expects, a state attacks no more often than with all to gain.
    let most = chance(f64::MAX, years, rules);
    for state in book.scenario().state_ids().filter(|s| book.acts_alone(*s)) {
        for target in rivals(book, state) {
            let subject = book.state(state).key.with(book.state(target).key);
            let draw = book.draw(Purpose::Aggression, subject);
            if draw >= most || at_war(book, state, target) {
                continue;
            }
            let attempt = Attempt::of(book, state, target);
            // Nobody attacks a state with friends that would let one without them be.
            if draw >= attempt.chance(&attempt.alone, years, rules) {
                continue;
            }
            let forecast = Box::new(attempt.forecast(book, years, draw));
            let near = book.dyads().contiguous(state, target);
            let motive = Some(if near { Motive::Territory } else { Motive::Policy });
            let attack = Incident { motive, ..Incident::invasion(state, target) };
            let what = if draw < forecast.chance {
                let pretext = Some(Pretext::SelfDefence);
                Statecraft::Calculated { incident: Incident { pretext, ..attack }, forecast }
            } else {
                Statecraft::Deterred { state, target, forecast }
            };
            let deterred = matches!(what, Statecraft::Deterred { .. });
            let fact = chronicle.record(book.now.turn, Phase::Initiative, FactKind::Statecraft(what), &[]);
            if deterred && book.draw(Purpose::Coercion, subject) < rules.coercion {
                let show = Incident { level: Level::Display, ..attack };
                let kind = FactKind::Statecraft(Statecraft::Coerced(show));
                chronicle.record(book.now.turn, Phase::Initiative, kind, &[fact]);
            }
        }
    }
}

/// What a state would meet if it attacked one against which it has a grievance.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// Who.
    pub state: StateId,
    /// Whom.
    pub target: StateId,
    /// What it expects; chances are those of a year, if states act of their own accord.
    pub forecast: Forecast,
}

/// What all with a grievance expect to meet, as they see it now.
pub fn outlook(book: &Book) -> Vec<Outlook> {
    let mut all = Vec::new();
    for state in book.scenario().state_ids() {
        for target in rivals(book, state).filter(|t| !at_war(book, state, *t)) {
            let forecast = Attempt::of(book, state, target).forecast(book, 1.0, 0.0);
            all.push(Outlook { state, target, forecast });
        }
    }
    all
}

/// Those to whom a state is hostile enough to weigh an attack.
fn rivals<'b>(book: &'b Book, state: StateId) -> impl Iterator<Item = StateId> + 'b {
    let grave =
        |(_, stance): &&(StateId, crate::scenario::Stance)| stance.hostility >= book.rules().grievance;
    book.dyads().stances_of(state).iter().filter(grave).map(|(target, _)| *target)
}

/// An attack that is weighed.
struct Attempt {
    state: StateId,
    target: StateId,
    /// Strengths: its own, and the target's by itself.
    strengths: (f64, f64),
    /// What it promises if nobody comes to the target's help.
    alone: Prospect,
    /// The chance that its own constitution lets it.
    assent: f64,
}

impl Attempt {
    fn of(book: &Book, state: StateId, target: StateId) -> Self {
        let strengths = (book.projected(state, target), book.projected(target, target));
        let hostility = book.dyads().hostility(state, target);
        let alone = Prospect {
            victory: chance_of_victory(strengths.0, strengths.1),
            hostility,
            nuclear: f64::from(u8::from(book.state(target).nuclear)),
            promised: book.bound_not_to_fight(state, &[target]).next().is_some(),
            norm: norm_against_force(book),
            wars: book.conflicts.wars_of(state) as f64,
            weariness: book.weariness(state),
        };
        Self { state, target, strengths, alone, assent: assent(book, state, hostility) }
    }

    fn chance(&self, prospect: &Prospect, years: f64, rules: &Rules) -> f64 {
        self.assent * chance(utility(prospect, rules), years, rules)
    }

    /// What it expects, with all who are believed to stand by the target.
    fn forecast(&self, book: &Book, years: f64, draw: f64) -> Forecast {
        let rules = book.rules();
        let mut defenders = expected_defenders(book, self.state, self.target);
        defenders.iter_mut().for_each(|(_, p)| *p *= rules.deterrence);
        defenders.retain(|(_, p)| *p > 0.0);
        let help: f64 = defenders.iter().map(|(s, p)| p * book.projected(*s, self.target)).sum();
        let nuclear = defenders.iter().filter(|(s, _)| book.state(*s).nuclear).map(|(_, p)| *p);
        let with = Prospect {
            victory: chance_of_victory(self.strengths.0, self.strengths.1 + help),
            nuclear: nuclear.fold(self.alone.nuclear, f64::max),
            ..self.alone
        };
        Forecast {
            defenders,
            victory: with.victory,
            victory_alone: self.alone.victory,
            chance: self.chance(&with, years, rules),
            chance_alone: self.chance(&self.alone, years, rules),
            draw,
        }
    }
}

/// The chance that a state's constitution lets it attack: not at all where it may fight in self-defence alone, and as its
/// legislature would consent to a war that it has not been asked for.
fn assent(book: &Book, state: StateId, hostility: f64) -> f64 {
    let rules = book.rules();
    let own = match book.state(state).war_powers {
        WarPowers::Executive => 1.0,
        WarPowers::SelfDefence => 0.0,
        WarPowers::Legislature { threshold, .. } => {
            let support = popular_support(0.0, hostility, 0.0, book.weariness(state), rules);
            p_consent(support, threshold, book.state(state).democracy, rules)
        }
    };
    // A law that is not kept to stops nobody.
    1.0 - rules.constitutions * (1.0 - own)
}

fn at_war(book: &Book, a: StateId, b: StateId) -> bool {
    book.conflicts.active().any(|c| c.side_of(a).is_some() && c.side_of(b).is_some())
}

/// The mean strength of norms against the first use of force.
fn norm_against_force(book: &Book) -> Option<f64> {
    let norms = book.scenario().norms.iter().zip(&book.environment.norms);
    let strengths = norms.filter(|(n, _)| n.kind == NormKind::NonAggression).map(|(_, now)| now.strength);
    let (sum, n) = strengths.fold((0.0, 0.0), |(sum, n), s| (sum + s, n + 1.0));
    (n > 0.0).then(|| sum / n)
}

/// Who an attacker expects to defend a target, with what probability, the likeliest first: for each state the most
/// believed of its promises.
pub fn expected_defenders(book: &Book, attacker: StateId, target: StateId) -> Vec<(StateId, f64)> {
    let mut all: Vec<(StateId, f64)> = Vec::new();
    promises(book, attacker, attacker, target).for_each(|promise| count(&mut all, promise));
    all.sort_by(|(a, p), (b, q)| q.total_cmp(p).then(a.cmp(b)));
    all
}

/// Counts a promise with those of others: of each state the most believed one.
pub fn count(all: &mut Vec<(StateId, f64)>, (state, p): (StateId, f64)) {
    match all.iter_mut().find(|(s, _)| *s == state) {
        Some((_, most)) => *most = most.max(p),
        None => all.push((state, p)),
    }
}

/// The promises to defend a target against an attacker that an observer knows of: whose, and what it believes each to
/// be worth.
pub fn promises<'b>(
    book: &'b Book,
    observer: StateId,
    attacker: StateId,
    target: StateId,
) -> impl Iterator<Item = (StateId, f64)> + 'b {
    let under_treaties = book.owed_to(target).iter().filter_map(move |&id| {
        let clause = book.clause_of(id);
        let obligor = book.commitment(id).obligor;
        if clause.obligation != Obligation::Defense || obligor == attacker || !book.stands(id) {
            return None;
        }
        let treaty = book.scenario().treaty(clause.treaty);
        let party = || treaty.members.iter().any(|m| m.state == observer);
        let knows = book.is_public(clause) || treaty.known_to.contains(&observer) || party();
        knows.then(|| (obligor, reliability(book, observer, id, |read| covers(book, read, attacker, target))))
    });
    let to_it = move |p: &&Pledge| {
        p.to == target && p.by != attacker && (p.against.is_empty() || p.against.contains(&attacker))
    };
    let pledges =
        book.pledges.0.iter().map(|(p, _)| p).filter(to_it).map(move |p| (p.by, pledged(book, observer, p)));
    under_treaties.chain(pledges).filter(|(_, p)| *p > 0.0)
}

/// Whether a clause covers an invasion of the target by the attacker, as far as that can be told beforehand.
fn covers(book: &Book, clause: &Clause, attacker: StateId, target: StateId) -> bool {
    let trigger = &clause.trigger;
    let named = trigger.against.is_empty()
        || trigger.against.contains(&attacker)
        || trigger.or_their_allies && trigger.against.iter().any(|a| book.allied(*a, attacker));
    named
        && (trigger.forms.is_empty() || trigger.forms.contains(&Form::Invasion))
        && trigger.theatre.as_ref().is_none_or(|inside| inside.contains(&target))
        && trigger.adversaries_at_least <= 1
        && trigger.conflicts.is_empty()
        // Nobody counts on what waits for others to fight, or for a demand that nobody has made.
        && trigger.once_fighting.is_empty()
        && (!trigger.unmet_demand || book.obligations.demands.iter().any(|(by, to, _)| (*by, *to) == (target, attacker)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prospect(victory: f64) -> Prospect {
        Prospect {
            victory,
            hostility: 0.8,
            nuclear: 0.0,
            promised: false,
            norm: None,
            wars: 0.0,
            weariness: 0.0,
        }
    }

    #[test]
    fn whoever_expects_defenders_attacks_less() {
        let rules = Rules::default();
        let p = |v| chance(utility(&prospect(v), &rules), 1.0, &rules);
        assert!(p(0.9) > 3.0 * p(0.5));
        assert!(chance(utility(&Prospect { nuclear: 1.0, ..prospect(0.9) }, &rules), 1.0, &rules) < p(0.9));
        assert!(
            utility(&Prospect { norm: Some(0.2), ..prospect(0.5) }, &rules) > utility(&prospect(0.5), &rules)
        );
    }

    #[test]
    fn without_a_rate_nobody_attacks() {
        let rules = Rules { initiative_rate: 0.0, ..Rules::default() };
        assert_eq!(chance(10.0, 1.0, &rules), 0.0);
    }
}
