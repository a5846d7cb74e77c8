//! Incident: hostile acts open conflicts, carry them on, or widen them.
//!
//! An attack on a further state widens the conflict that the attacker is fighting if it falls in the
//! region where that conflict is fought or where one of its enemies lies, or if the scenario says so;
//! otherwise it begins a new one. Below the use of force a
//! dispute has parties but no belligerents (the hostility scale is that of Palmer et al. 2022).

use super::agenda::act;
use crate::chronicle::{Chronicle, FactId, FactKind, Phase};
use crate::model::{ConflictId, Level, Role, Side, StateId};
use crate::scenario::{Act, Incident};
use crate::world::{Book, Course};

/// What an incident does to the conflicts there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It opens a new one.
    Opens,
    /// It carries on one in which the two are parted already.
    CarriesOn(ConflictId),
    /// It widens one: the state that is drawn in, and its side.
    Widens(ConflictId, StateId, Side),
}

/// The effect of an incident; `near` tells whether it falls where a conflict is fought.
pub fn effect<'c>(
    incident: &Incident,
    active: impl Iterator<Item = &'c Course> + Clone,
    near: impl Fn(&Course) -> bool,
) -> Effect {
    let (a, b) = (incident.initiator, incident.target);
    for c in active.clone() {
        let parted = matches!((c.side_of(a), c.side_of(b)), (Some(x), Some(y)) if x != y);
        let left = |s| c.side_of(s).is_none() && c.fought_on(s).is_some();
        if parted || ([(a, b), (b, a)].contains(&(c.initiator, c.target)) && !left(a) && !left(b)) {
            return Effect::CarriesOn(c.id);
        }
    }
    if incident.level >= Level::UseOfForce && !incident.separate && !incident.covert {
        for c in active.filter(|c| incident.widens || near(c)) {
            match (c.side_of(a), c.side_of(b)) {
                // Who has left a war does not come back into it: that is a new one.
                (Some(side), None) if c.fought_on(b).is_none() => {
                    return Effect::Widens(c.id, b, side.opposite());
                }
                (None, Some(side)) if c.fought_on(a).is_none() => {
                    return Effect::Widens(c.id, a, side.opposite());
                }
                _ => {}
            }
        }
    }
    Effect::Opens
}

/// The incident whose turn it is happens.
pub fn happen(book: &Book, chronicle: &mut Chronicle) {
    let Some((cause, Act::Incident(incident))) = act(book, chronicle) else { return };
    let region = |s: StateId| book.state(s).region;
    let near = |c: &Course| {
        let enemies = c.side_of(incident.initiator).into_iter().flat_map(|s| c.on(s.opposite()));
        enemies.chain([c.place]).any(|s| region(s) == region(incident.place))
    };
    // Nobody is openly at war over an act whose author hides.
    let fighting = incident.level >= Level::UseOfForce && !incident.covert;
    let Incident { initiator, target, level, place, .. } = incident;
    let mut log = |kind, because: &[FactId]| chronicle.record(book.now.turn, Phase::Incident, kind, because);
    let enter =
        |conflict, state, side, role| FactKind::Entered { conflict, state, side, role, partner: None };
    match effect(&incident, book.conflicts.active(), near) {
        Effect::Opens => {
            let conflict = book.conflicts.next();
            let fact = log(FactKind::Incident { incident, conflict }, &[cause]);
            let began = log(FactKind::ConflictBegan { conflict, initiator, target, level, place }, &[fact]);
            if fighting {
                log(enter(conflict, initiator, Side::Initiator, Role::Originator), &[began]);
                log(enter(conflict, target, Side::Target, Role::Originator), &[began]);
            }
        }
        Effect::CarriesOn(conflict) => {
            let course = book.conflict(conflict);
            let mut because = vec![cause, course.fact];
            let turns = fighting && course.belligerents.is_empty();
            if turns && course.level < Level::UseOfForce {
                // Who first uses force has begun, whoever threatened first.
                let kind = FactKind::TurnedViolent { conflict, initiator, target, place };
                because.push(log(kind, &because));
            }
            let fact = log(FactKind::Incident { incident, conflict }, &because);
            if turns {
                let (first, second) = match course.level < Level::UseOfForce {
                    true => (initiator, target),
                    // A covert act had opened it.
                    false => (course.initiator, course.target),
                };
                log(enter(conflict, first, Side::Initiator, Role::Originator), &[fact]);
                log(enter(conflict, second, Side::Target, Role::Originator), &[fact]);
            }
        }
        Effect::Widens(conflict, state, side) => {
            let opening = book.conflict(conflict).fact;
            let fact = log(FactKind::Incident { incident, conflict }, &[cause, opening]);
            let role = if state == target { Role::Attacked } else { Role::Joiner };
            log(enter(conflict, state, side, role), &[fact]);
        }
    }
}
