//! Everything that a state weighs about a conflict, term by term.

use std::collections::BTreeSet;

use super::claims::Claims;
use super::{Stakes, Weight, duty};
use crate::chronicle::{Attack, Term};
use crate::model::{Response, Side, StateId};
use crate::rules::casus_foederis::began;
use crate::rules::restraint::in_the_way;
use crate::world::{Book, Course, Owed, Status};

/// Everything that a state weighs in coming to the aid of the victim of an attack.
pub(super) fn stakes(
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
    // A pledge that has fallen due binds as long as the conflict goes on.
    let pledged =
        book.obligations.pledged.iter().filter(|p| {
            p.attack.conflict == course.id && p.attack.side == side && p.status != Status::Lapsed
        });
    let pledged = pledged.map(|p| &book.pledges.0[p.pledge.index()].0).filter(|p| p.by == state);
    let pledged = pledged.map(|p| p.strength);
    let hostility = opponents.iter().map(|o| dyads.hostility(state, *o)).fold(0.0, f64::max);
    let friend = opponents.iter().map(|o| dyads.affinity(state, *o));
    let friend = friend.fold(dyads.affinity(state, attack.attacker), f64::max);
    let near = [attack.victim, course.place];
    let near = opponents.iter().chain(&near).any(|s| dyads.contiguous(state, *s));
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
    let aggression = if began(course, state, attack) == Some(side) { rules.aggression } else { 0.0 };
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
            (Term::Distance, -rules.distance * distance * (1.0 - rules.reach_relief * reach)),
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
