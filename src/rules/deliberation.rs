//! Deliberation: what does a state choose to do about a conflict?
//!
//! A multinomial logit over responses (quantal response: McKelvey and Palfrey 1995). What speaks for
//! acting counts by the share of a full response that an option performs, what speaks against by the share
//! of the costs of war that it exposes the state to. So weak reasons end in words and strong ones in war.

use std::collections::{BTreeMap, BTreeSet};

use bevy_ecs::prelude::*;

use super::attacks::attacks_in;
use super::casus_foederis::began;
use super::restraint::in_the_way;
use super::war_powers::is_waiting;
use crate::chronicle::{Attack, Chronicle, Considered, FactId, FactKind, Phase, Term, Terms, Trace};
use crate::dice::Purpose;
use crate::model::{
    Automaticity, CommitmentId, ConflictId, Decision, Level, Obligation, Performance, Response, Side, StateId,
};
use crate::scenario::{BothSides, Clause, Rules};
use crate::world::{Book, Course, Owed, Pending, Status};

/// What a state has at stake on one side of a conflict.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stakes {
    /// Commitments: the utility of full performance, and the share of it that discharges the duty.
    pub duties: Vec<(f64, f64)>,
    /// Considerations that count by how much is done, apart from duties; most of them in favour (positive).
    pub gains: Terms,
    /// Considerations against it (negative), that count by how much it exposes the state.
    pub costs: Terms,
    /// The greatest response that is possible.
    pub most: Option<Response>,
}

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
            // The duty that is served best counts: a state does not owe the same help twice.
            let duty = stakes.duties.iter().map(|(value, share)| value * (done / share).min(1.0));
            let duty = duty.fold(0.0, f64::max);
            let mut terms: Terms = vec![(Term::Obligation, duty)];
            terms.extend(stakes.gains.iter().map(|(t, u)| (*t, u * done)));
            terms.extend(stakes.costs.iter().map(|(t, u)| (*t, u * exposed)));
            terms.retain(|(_, u)| *u != 0.0);
            let utility = terms.iter().map(|(_, u)| u).sum();
            Considered { response, terms, utility, probability: 0.0 }
        })
        .collect();
    let best = options.iter().map(|o| o.utility).fold(f64::MIN, f64::max);
    let weight = |o: &Considered| (rules.rationality * (o.utility - best)).exp();
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

/// The utility of performing a commitment in full, and the share of a full response that discharges it.
pub fn duty(clause: &Clause, weight: Weight, rules: &Rules) -> (f64, f64) {
    let Weight { strength, depth, invoked } = weight;
    let kind = match clause.obligation {
        Obligation::Aid => rules.aid_factor,
        Obligation::Consultation => rules.consultation_factor,
        _ => 1.0,
    };
    let pressing = if clause.automaticity == Automaticity::Prompt { rules.prompt_factor } else { 1.0 };
    let reserved = if clause.constitutional { rules.constitutional_factor } else { 1.0 };
    let tied = 1.0 + rules.depth * depth;
    let called = if invoked { 1.0 } else { rules.uninvoked_factor };
    let share = match clause.performance {
        Performance::AsDeemedNecessary => rules.discretion_share,
        other => performance(required(other), rules),
    };
    (rules.obligation * strength * kind * pressing * reserved * tied * called, share.max(0.01))
}

/// What is due of a state in a conflict for one side.
#[derive(Clone, Debug, Default)]
struct Claims<'b> {
    owed: Vec<&'b Owed>,
    pledged: Vec<&'b Pending>,
}

impl Claims<'_> {
    fn is_empty(&self) -> bool {
        self.owed.is_empty() && self.pledged.is_empty()
    }

    fn causes(&self) -> Vec<FactId> {
        let owed = self.owed.iter().map(|o| o.fact);
        owed.chain(self.pledged.iter().map(|p| p.fact)).collect()
    }

    /// The attack that raised the strongest claim.
    fn attack(&self) -> Option<Attack> {
        let strongest = self.owed.iter().max_by(|a, b| a.strength.total_cmp(&b.strength));
        strongest.map(|o| o.attack).or(self.pledged.first().map(|p| p.attack))
    }
}

/// States that owe something, or have pledged it, consult or decide.
pub fn decide_on_claims(book: Book, mut chronicle: ResMut<Chronicle>) {
    let mut cases: BTreeMap<(StateId, ConflictId), [Claims; 2]> = BTreeMap::new();
    let open = |o: &&Owed| {
        let consulting = o.consulting == Some(book.now.turn);
        o.acts && o.status == Status::Due && !consulting
    };
    for owed in book.obligations.owed.iter().filter(open) {
        let who = book.commitment(owed.commitment).obligor;
        let sides = cases.entry((who, owed.attack.conflict)).or_default();
        sides[owed.attack.side as usize].owed.push(owed);
    }
    if book.rules().decision == Decision::Utility {
        for due in book.obligations.pledged.iter().filter(|p| p.status == Status::Due) {
            let who = book.pledges.0[due.pledge.index()].0.by;
            let sides = cases.entry((who, due.attack.conflict)).or_default();
            sides[due.attack.side as usize].pledged.push(due);
        }
    }
    for ((state, conflict), sides) in &cases {
        let course = book.conflict(*conflict);
        let decides = course.is_active()
            && course.fought_on(*state).is_none()
            && !is_waiting(&book, *state, course)
            && !course.has_decided(*state, book.now.turn);
        if !decides {
            continue;
        }
        let mut log =
            |kind, causes: &[FactId]| chronicle.record(book.now.turn, Phase::Deliberation, kind, causes);
        let mut causes: Vec<FactId> = sides.iter().flat_map(Claims::causes).collect();
        let side = match sides {
            [a, b] if !a.is_empty() && !b.is_empty() => {
                let side = resolve_both(&book, *state, course, sides);
                let rule = book.rules().both_sides;
                let kind =
                    FactKind::BoundToBoth { state: *state, conflict: *conflict, rule, side, restraint: None };
                causes.push(log(kind, &causes));
                side
            }
            [a, _] if !a.is_empty() => Some(Side::Initiator),
            _ => Some(Side::Target),
        };
        let chosen = side.unwrap_or(Side::Target);
        let claims = &sides[chosen as usize];
        let Some(attack) = claims.attack() else { continue };
        if consults_first(&book, claims) {
            let kind = FactKind::Consulting {
                state: *state,
                conflict: *conflict,
                side: attack.side,
                partner: attack.victim,
            };
            log(kind, &causes);
            continue;
        }
        let mut limit = if side.is_none() { Response::Abstain } else { Response::Intervene };
        if let Some((restraint, prevails)) = restrained(&book, *state, course, claims, chosen) {
            let kind = FactKind::BoundToBoth {
                state: *state,
                conflict: *conflict,
                rule: book.rules().both_sides,
                side: if prevails { None } else { Some(chosen) },
                restraint: Some(restraint),
            };
            causes.push(log(kind, &causes));
            if prevails {
                // Neutrality leaves room for words, non-aggression for all but fighting.
                limit = limit.min(match book.clause_of(restraint).obligation {
                    Obligation::Neutrality => Response::Consult,
                    _ => Response::Deploy,
                });
            }
        }
        let decided = decide(&book, *state, course, &attack, claims, limit);
        log(decided, &causes);
    }
}

/// Whether all that is owed leaves the decision to what consultation comes to, and that has not been held.
fn consults_first(book: &Book, claims: &Claims) -> bool {
    let fresh = |o: &&Owed| {
        o.consulting.is_none() && book.clause_as_read(o).automaticity == Automaticity::AfterConsultation
    };
    !claims.owed.is_empty() && claims.pledged.is_empty() && claims.owed.iter().all(fresh)
}

/// A promise not to fight those on the other side, if there is one where fighting is owed, and whether it prevails
/// by the scenario's rule.
fn restrained(
    book: &Book,
    state: StateId,
    course: &Course,
    claims: &Claims,
    side: Side,
) -> Option<(CommitmentId, bool)> {
    let asked = claims.owed.iter().map(|o| required(book.clause_as_read(o).performance)).max()?;
    let opponents: Vec<StateId> = course.on(side.opposite()).collect();
    // Non-aggression rules out fighting alone; neutrality any help that counts.
    let conflicts = |id: &CommitmentId| match book.clause_of(*id).obligation {
        Obligation::NonAggression => asked == Response::Intervene,
        _ => asked > Response::Consult,
    };
    let restraint = in_the_way(book, state, course, &opponents).into_iter().find(conflicts)?;
    let strongest = claims.owed.iter().map(|o| o.strength).fold(0.0, f64::max);
    let earliest = claims.owed.iter().map(|o| book.scenario().treaty_of(o.commitment).signed).min();
    let prevails = match book.rules().both_sides {
        BothSides::StayOut => true,
        BothSides::VictimFirst => side == Side::Initiator,
        BothSides::EarlierTreaty => {
            earliest.is_some_and(|signed| book.scenario().treaty_of(restraint).signed < signed)
        }
        BothSides::StrongerTreaty => book.clause_of(restraint).strength.at(0.5) > strongest,
        BothSides::Weigh => false,
    };
    Some((restraint, prevails))
}

/// States without claims, but with a stake, decide once those with claims have.
pub fn decide_on_stakes(book: Book, mut chronicle: ResMut<Chronicle>) {
    let settled = chronicle.len() == book.round.start;
    if book.rules().decision != Decision::Utility || !settled {
        return;
    }
    let attacks = attacks_in(&book, book.round.turn_start, chronicle.len());
    let mut decided = BTreeSet::new();
    for state in book.scenario().state_ids() {
        for attack in &attacks {
            let course = book.conflict(attack.conflict);
            let idle = course.is_active()
                && course.fought_on(state).is_none()
                && ![course.initiator, course.target].contains(&state)
                && !is_waiting(&book, state, course)
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
            let drawn_other_way = !attack.covert && is_drawn(&book, state, &other_way);
            if !is_drawn(&book, state, attack) && !drawn_other_way {
                continue;
            }
            let pull = |a: &Attack| {
                book.dyads().affinity(state, a.victim) + book.dyads().hostility(state, a.attacker)
            };
            let other = drawn_other_way && pull(attack) < pull(&other_way);
            let attack = if other { other_way } else { *attack };
            decided.insert((state, attack.conflict));
            let kind = decide(&book, state, course, &attack, &Claims::default(), Response::Intervene);
            chronicle.record(book.now.turn, Phase::Deliberation, kind, &[attack.fact]);
        }
    }
}

/// Whether a state cares enough for one side of an attack, or against the other, to act unasked.
fn is_drawn(book: &Book, state: StateId, attack: &Attack) -> bool {
    book.dyads().affinity(state, attack.victim) >= book.rules().stake_affinity
        || book.dyads().hostility(state, attack.attacker) >= book.rules().stake_hostility
}

/// The side that prevails for a state with claims on both.
fn resolve_both(book: &Book, state: StateId, course: &Course, sides: &[Claims; 2]) -> Option<Side> {
    let of = |side: Side| &sides[side as usize];
    let strongest = |side| of(side).owed.iter().map(|o| o.strength).fold(0.0, f64::max);
    let prefer_initiator = match book.rules().both_sides {
        BothSides::StayOut => return None,
        BothSides::VictimFirst => return Some(Side::Target),
        BothSides::EarlierTreaty => {
            let earliest = |side| {
                let signed = of(side).owed.iter().map(|o| book.scenario().treaty_of(o.commitment).signed);
                signed.min()
            };
            match (earliest(Side::Initiator), earliest(Side::Target)) {
                (Some(a), Some(b)) => a < b,
                (a, _) => a.is_some(),
            }
        }
        BothSides::StrongerTreaty => strongest(Side::Initiator) > strongest(Side::Target),
        BothSides::Weigh if book.rules().decision == Decision::Utility => {
            // The side for which fighting is worth more.
            let worth = |side| {
                let claims = of(side);
                let attack = claims.attack()?;
                let stakes = stakes(book, state, course, &attack, claims, Response::Intervene);
                let options = weigh(&stakes, book.rules());
                options.last().map(|o| o.utility)
            };
            worth(Side::Initiator) > worth(Side::Target)
        }
        BothSides::Weigh => strongest(Side::Initiator) > strongest(Side::Target),
    };
    Some(if prefer_initiator { Side::Initiator } else { Side::Target })
}

/// The decision of a state for the victim's side of an attack.
fn decide(
    book: &Book,
    state: StateId,
    course: &Course,
    attack: &Attack,
    claims: &Claims,
    limit: Response,
) -> FactKind {
    let rules = book.rules();
    let subject = book.state(state).key.with(book.conflict_key(course));
    let most = if course.level < Level::UseOfForce { Response::Deploy } else { Response::Intervene };
    let most = most.min(limit);
    let owed = || claims.owed.iter().map(|o| book.clause_as_read(o));
    // Nobody goes to war over a duty to consult unless it would also do so unasked.
    let talks = !claims.owed.is_empty()
        && claims.pledged.is_empty()
        && owed().all(|c| c.obligation == Obligation::Consultation);
    let most = if talks && !is_drawn(book, state, attack) { most.min(Response::Aid) } else { most };
    let text = owed().map(|c| required(c.performance)).max().unwrap_or(Response::Abstain).min(most);
    let automatic = owed().filter(|c| c.automaticity == Automaticity::Automatic);
    let automatic = automatic.map(|c| required(c.performance)).max().map(|r| r.min(most));
    let forced = |choice| (choice, Trace { options: Vec::new(), draw: None, automatic: true });
    let (choice, trace) = match (rules.decision, automatic) {
        _ if limit == Response::Abstain => forced(Response::Abstain),
        (Decision::Automatic, _) => forced(text),
        (Decision::Fixed(_) | Decision::Utility, Some(choice)) => forced(choice),
        (Decision::Fixed(p), None) => {
            let draw = book.draw(Purpose::Deliberation, subject);
            let choice = if draw < p { text } else { Response::Abstain };
            (choice, Trace { options: Vec::new(), draw: Some(draw), automatic: false })
        }
        (Decision::Utility, None) => {
            let stakes = stakes(book, state, course, attack, claims, most);
            let options = weigh(&stakes, rules);
            let draw = book.draw(Purpose::Deliberation, subject);
            (choose(&options, draw), Trace { options, draw: Some(draw), automatic: false })
        }
    };
    FactKind::Decided {
        state,
        conflict: course.id,
        side: attack.side,
        partner: attack.victim,
        adversary: attack.attacker,
        choice,
        trace: Box::new(trace),
    }
}

/// Everything that a state weighs in coming to the aid of the victim of an attack.
fn stakes(
    book: &Book,
    state: StateId,
    course: &Course,
    attack: &Attack,
    claims: &Claims,
    most: Response,
) -> Stakes {
    let rules = book.rules();
    let own = book.state(state);
    let dyads = book.dyads();
    let (side, other) = (attack.side, attack.side.opposite());
    let opponents: Vec<StateId> = course.on(other).collect();
    let friends: Vec<StateId> = course.on(side).collect();
    let weight = |o: &Owed| {
        let treaty = book.clause_of(o.commitment).treaty;
        let ends = [book.commitment(o.commitment).beneficiary, state];
        let invoked = ends.iter().any(|s| book.has_invoked(treaty, *s, course.id).is_some());
        let depth = book.scenario().treaty(treaty).depth.share();
        Weight { strength: o.strength, depth, invoked }
    };
    let duties = claims.owed.iter().map(|o| duty(book.clause_as_read(o), weight(o), rules)).collect();
    let public = claims.owed.iter().filter(|o| book.is_public(book.clause_of(o.commitment)));
    let public = public.map(|o| o.strength).fold(0.0, f64::max);
    let pledged = claims.pledged.iter().map(|p| book.pledges.0[p.pledge.index()].0.strength);
    let hostility = opponents.iter().map(|o| dyads.hostility(state, *o)).fold(0.0, f64::max);
    let friend = opponents.iter().map(|o| dyads.affinity(state, *o));
    let friend = friend.fold(dyads.affinity(state, attack.attacker), f64::max);
    let near = opponents.iter().chain(&friends).any(|s| dyads.contiguous(state, *s));
    let reach = (book.capability(state) / rules.major_capability).min(1.0);
    let distance = if near { 0.0 } else { dyads.distance_km(state, attack.place) / 1000.0 };
    let (ours, theirs) = (book.strength_of(course, side), book.strength_of(course, other));
    let brought = book.projected(state, course.place);
    let chance = |x: f64, y: f64| if x + y > 0.0 { x / (x + y) } else { 0.5 };
    let prospects = chance(ours + brought, theirs) - chance(ours, theirs);
    let here = usize::from(course.side_of(state).is_some());
    let wars = book.conflicts.wars_of(state).saturating_sub(here) as f64;
    let nuclear = opponents.iter().any(|o| book.state(*o).nuclear);
    let cover = if book.has_nuclear_cover(state) { rules.nuclear_cover } else { 1.0 };
    let opposed = in_the_way(book, state, course, &opponents);
    let opposed = opposed.iter().map(|id| book.clause_of(*id).strength.at(0.5)).fold(0.0, f64::max);
    let aggression = if began(course, state) == Some(side) { rules.aggression } else { 0.0 };
    Stakes {
        duties,
        gains: vec![
            (Term::Pledge, rules.pledge * pledged.fold(0.0, f64::max)),
            (Term::Audience, rules.audience * own.democracy * public),
            (Term::Affinity, rules.affinity * dyads.affinity(state, attack.victim)),
            (Term::Hostility, rules.hostility * hostility.max(dyads.hostility(state, attack.attacker))),
            // Whatever is done is done to the other side as well.
            (Term::OtherSide, -rules.other_side * friend),
            (Term::Contiguity, if near { rules.contiguity } else { 0.0 }),
            (Term::Power, rules.power * reach),
            (Term::Prospects, rules.prospects * prospects),
            (Term::Company, company(book, state, course, side, claims)),
        ],
        costs: vec![
            // An average state has a resolve of one half.
            (Term::Reluctance, -rules.reluctance * (1.5 - own.resolve)),
            (Term::Distance, -rules.distance * distance * (1.0 - 0.7 * reach)),
            (Term::Overstretch, -rules.overstretch * wars),
            (Term::Weariness, -rules.weariness * book.weariness(state)),
            (Term::Nuclear, if nuclear { -rules.nuclear * cover } else { 0.0 }),
            (Term::OpposedObligation, -rules.opposed_obligation * opposed),
            (Term::Aggression, -aggression),
        ],
        most: Some(most),
    }
}

/// What a state that fights on a side has at stake there apart from what it owes.
pub fn own_stakes(book: &Book, state: StateId, course: &Course, side: Side) -> Stakes {
    let theirs = course.attacks.iter().rev().filter(|a| a.side == side);
    let attack = theirs.clone().find(|a| a.victim != state && course.side_of(a.victim).is_some());
    let attack = attack.or(theirs.clone().next()).or(course.attacks.last());
    match attack {
        Some(attack) => stakes(book, state, course, attack, &Claims::default(), Response::Intervene),
        None => Stakes::default(),
    }
}

/// Others bound by the same clauses: those already in draw it in, those still out make it wait.
fn company(book: &Book, state: StateId, course: &Course, side: Side, claims: &Claims) -> f64 {
    let others: BTreeSet<StateId> = claims
        .owed
        .iter()
        .flat_map(|o| &book.clause_of(o.commitment).commitments)
        .map(|id| book.commitment(*id))
        .filter(|c| c.obligor != state && course.side_of(c.beneficiary) == Some(side))
        .map(|c| c.obligor)
        .filter(|s| course.side_of(*s) != Some(side.opposite()))
        .filter(|s| ![course.initiator, course.target].contains(s))
        .collect();
    if others.is_empty() {
        return 0.0;
    }
    let inside = others.iter().filter(|s| course.side_of(**s) == Some(side)).count() as f64;
    let share = inside / others.len() as f64;
    book.rules().company * share - book.rules().buck_passing * (1.0 - share)
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
