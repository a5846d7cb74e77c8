//! Conditions: what scripted events, and laws on going to war, may wait for.

use bevy_ecs::prelude::*;

use crate::chronicle::{Chronicle, FactId, FactKind};
use crate::model::{Level, StateId};
use crate::scenario::Condition;
use crate::world::Book;

/// Which injects are settled, by number.
#[derive(Resource, Clone, Debug, Default)]
pub struct Settled {
    /// Happened, or had their one chance.
    pub over: Vec<bool>,
    /// Happened.
    pub happened: Vec<bool>,
    /// The order in which those of one turn happen.
    pub order: Vec<usize>,
}

impl Settled {
    /// Nothing has happened yet.
    pub fn clear(&mut self) {
        self.over.clear();
        self.happened.clear();
    }
}

/// Whether a condition holds now.
pub fn holds(condition: &Condition, book: &Book, happened: &[bool]) -> bool {
    let sides = |a, b, same: bool| {
        book.conflicts
            .active()
            .any(|c| matches!((c.side_of(a), c.side_of(b)), (Some(x), Some(y)) if (x == y) == same))
    };
    match condition {
        Condition::AtWar(a) => book.conflicts.wars_of(*a) > 0,
        Condition::AtWarWith(a, b) => sides(*a, *b, false),
        Condition::Allied(a, b) => sides(*a, *b, true),
        Condition::Attacked(a) => {
            book.conflicts.active().any(|c| c.side_of(*a).is_some() && c.is_attacked(*a))
        }
        Condition::WarIn(region) => book
            .conflicts
            .active()
            .any(|c| c.level >= Level::UseOfForce && book.state(c.place).region == *region),
        Condition::InForce(t) => book.is_in_force(*t),
        Condition::Happened(i) => happened.get(i.index()).copied().unwrap_or(false),
        Condition::Published(t) => book.environment.transfers[t.index()].published.is_some(),
        Condition::Not(inner) => !holds(inner, book, happened),
        Condition::All(list) => list.iter().all(|c| holds(c, book, happened)),
        Condition::Any(list) => list.iter().any(|c| holds(c, book, happened)),
    }
}

/// The facts that make a condition hold: entries into war, treaties in force, earlier events.
pub fn grounds(condition: &Condition, book: &Book, chronicle: &Chronicle, out: &mut Vec<FactId>) {
    let mut entries = |states: &[StateId]| {
        let fighting = book.conflicts.active().flat_map(|c| c.fighting());
        out.extend(fighting.filter(|b| states.contains(&b.state)).map(|b| b.fact));
    };
    match condition {
        Condition::AtWar(a) => entries(&[*a]),
        Condition::AtWarWith(a, b) | Condition::Allied(a, b) => entries(&[*a, *b]),
        Condition::Attacked(a) => {
            let attacks = book.conflicts.active().filter_map(|c| c.last_attack_on(*a));
            out.extend(attacks.map(|attack| attack.fact));
        }
        Condition::WarIn(region) => {
            let there = book.conflicts.active().filter(|c| book.state(c.place).region == *region);
            out.extend(there.map(|c| c.fact));
        }
        Condition::InForce(t) => {
            let facts = chronicle.facts().iter().rev();
            let mut facts =
                facts.filter(|f| matches!(f.kind, FactKind::EnteredIntoForce { treaty } if treaty == *t));
            out.extend(facts.next().map(|f| f.id));
        }
        Condition::Happened(i) => {
            let mut facts = chronicle.facts().iter();
            let happened =
                facts.find(|f| matches!(f.kind, FactKind::Injected { inject, .. } if inject == *i));
            out.extend(happened.map(|f| f.id));
        }
        Condition::Published(t) => out.extend(book.environment.transfers[t.index()].published),
        // That something is not so has no fact behind it.
        Condition::Not(_) => {}
        Condition::All(list) | Condition::Any(list) => {
            list.iter().for_each(|c| grounds(c, book, chronicle, out));
        }
    }
}
