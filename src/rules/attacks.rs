//! Attacks: what raises the question of what is owed in a round.

use crate::chronicle::{Attack, Chronicle, FactKind};
use crate::model::{ConflictId, StateId, TreatyId};
use crate::world::{Book, Course};

/// An attack that raises the question of what is owed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Raised {
    /// The attack.
    pub attack: Attack,
    /// The only treaty that is in question, if an older attack is looked at anew for its sake.
    pub under: Option<TreatyId>,
    /// The only obligor that is in question, if it has just traced an older attack to its author.
    pub by: Option<StateId>,
}

impl Raised {
    /// Whether an older attack is looked at anew.
    pub fn is_anew(&self) -> bool {
        self.under.is_some() || self.by.is_some()
    }
}

/// The attacks among the facts from `start` up to `end`, in their order.
pub fn attacks_in(book: &Book, start: usize, end: usize) -> Vec<Attack> {
    let within = |c: &Course| -> Vec<Attack> {
        let recent = c.attacks.iter().rev().take_while(|a| a.fact.index() >= start);
        let mut recent: Vec<Attack> = recent.filter(|a| a.fact.index() < end).copied().collect();
        recent.reverse();
        recent
    };
    let mut attacks: Vec<Attack> = book.conflicts.active().flat_map(within).collect();
    attacks.sort_by_key(|a| a.fact);
    attacks
}

/// What this round looks at: the attacks of the last one, and older ones under treaties that have just begun to
/// bind somebody or have just been invoked.
pub fn raised(book: &Book, chronicle: &Chronicle) -> Vec<Raised> {
    let (fresh, start) = (book.round.fresh, book.round.start);
    let new =
        attacks_in(book, fresh, start).into_iter().map(|attack| Raised { attack, under: None, by: None });
    let mut all: Vec<Raised> = new.collect();
    let mut anew: Vec<(TreatyId, Option<ConflictId>)> = Vec::new();
    for fact in &chronicle.facts()[fresh..start] {
        if let FactKind::Entered { state, conflict, .. } = fact.kind {
            // A clause that waits for just this entry is looked at again.
            for (clause, treaty) in book.waiting_clauses().map(|c| (c, c.treaty)) {
                let waits = clause.trigger.once_fighting.contains(&state);
                if waits && book.is_in_force(treaty) && !anew.contains(&(treaty, Some(conflict))) {
                    anew.push((treaty, Some(conflict)));
                }
            }
        }
        if let FactKind::Traced { observer, conflict, later: true, .. } = fact.kind {
            let covert = book.conflict(conflict).covert;
            all.extend(covert.map(|(a, _)| Raised { attack: a, under: None, by: Some(observer) }));
        }
        let found = match fact.kind {
            FactKind::EnteredIntoForce { treaty }
            | FactKind::Ratified { treaty, .. }
            | FactKind::Acceded { treaty, .. } => (treaty, None),
            FactKind::Invoked { treaty, conflict, anew: true, .. } => (treaty, Some(conflict)),
            _ => continue,
        };
        if book.is_in_force(found.0) && !anew.contains(&found) {
            anew.push(found);
        }
    }
    for (treaty, only) in anew {
        for course in book.conflicts.active().filter(|c| only.is_none_or(|o| o == c.id)) {
            let originators = [course.initiator, course.target].into_iter();
            let originators = originators.filter(|_| course.belligerents.is_empty());
            let parties = course.fighting().map(|b| b.state).chain(originators);
            let older = parties.filter_map(|s| course.last_attack_on(s)).filter(|a| a.fact.index() < fresh);
            all.extend(older.map(|attack| Raised { attack: *attack, under: Some(treaty), by: None }));
        }
    }
    all
}
