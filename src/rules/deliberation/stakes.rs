//! Everything that a state weighs about a conflict, term by term.

use std::collections::BTreeSet;

use super::claims::Claims;
use super::{Situation, Weight, prospects};
use crate::chronicle::{Attack, Stakes};
use crate::model::{Response, Side, StateId};
use crate::rules::casus_foederis::began;
use crate::rules::restraint::in_the_way;
use crate::scenario::Commitment;
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
    let own = book.state(state);
    let dyads = book.dyads();
    let (side, other) = (attack.side, attack.side.opposite());
    let opponents: Vec<StateId> = course.on(other).collect();
    let weight = |o: &Owed| {
        let treaty = book.clause_of(o.commitment).treaty;
        let ends = [book.commitment(o.commitment).beneficiary, state];
        let invoked = ends.iter().any(|s| course.invocation(treaty, *s).is_some());
        let depth = book.scenario().treaty(treaty).depth.share();
        Weight { strength: o.strength, depth, invoked }
    };
    let public = claims.owed.iter().filter(|o| book.is_public(book.clause_of(o.commitment)));
    // A pledge that has fallen due binds as long as the conflict goes on.
    let pledged =
        book.obligations.pledged.iter().filter(|p| {
            p.attack.conflict == course.id && p.attack.side == side && p.status != Status::Lapsed
        });
    let pledged = pledged.map(|p| &book.pledges.0[p.pledge.index()].0).filter(|p| p.by == state);
    let hostility = opponents.iter().map(|o| dyads.hostility(state, *o)).fold(0.0, f64::max);
    let friend = opponents.iter().map(|o| dyads.affinity(state, *o));
    let near = [attack.victim, course.place];
    let here = usize::from(course.side_of(state).is_some());
    let opposed = in_the_way(book, state, course, &opponents);
    let situation = Situation {
        duties: claims.owed.iter().map(|o| (book.clause_as_read(o).into(), weight(o))).collect(),
        public: public.map(|o| o.strength).fold(0.0, f64::max),
        pledged: pledged.map(|p| p.strength).fold(0.0, f64::max),
        democracy: own.democracy,
        affinity: dyads.affinity(state, attack.victim),
        hostility: hostility.max(dyads.hostility(state, attack.attacker)),
        friend: friend.fold(dyads.affinity(state, attack.attacker), f64::max),
        near: opponents.iter().chain(&near).any(|s| dyads.contiguous(state, *s)),
        capability: book.capability(state),
        distance_km: dyads.distance_km(state, attack.place),
        prospects: prospects(
            book.projected(state, course.place),
            book.strength_of(course, side),
            book.strength_of(course, other),
        ),
        company: company(book, state, course, side, claims),
        resolve: own.resolve,
        wars: book.conflicts.wars_of(state).saturating_sub(here) as f64,
        weariness: book.weariness(state),
        nuclear: opponents.iter().any(|o| book.state(*o).nuclear),
        covered: book.has_nuclear_cover(state),
        opposed: opposed.map(|id| book.clause_of(id).strength.at(0.5)).fold(0.0, f64::max),
        began: began(course, state, attack) == Some(side),
    };
    situation.stakes(book.rules(), most)
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

/// Others bound by the same clauses, as the share that is already in: those in draw a state in, those still out make
/// it wait.
fn company(book: &Book, state: StateId, course: &Course, side: Side, claims: &Claims) -> Option<f64> {
    if claims.owed.is_empty() {
        return None;
    }
    let same = |c: &&Commitment| claims.owed.iter().any(|o| book.commitment(o.commitment).clause == c.clause);
    let others: BTreeSet<StateId> = course
        .on(side)
        .flat_map(|beneficiary| book.owed_to(beneficiary))
        .map(|id| book.commitment(*id))
        .filter(same)
        .filter(|c| c.obligor != state)
        .map(|c| c.obligor)
        .filter(|s| course.side_of(*s) != Some(side.opposite()))
        .filter(|s| ![course.initiator, course.target].contains(s))
        .collect();
    let inside = others.iter().filter(|s| course.side_of(**s) == Some(side)).count() as f64;
    (!others.is_empty()).then(|| inside / others.len() as f64)
}
