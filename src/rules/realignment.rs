//! Realignment: states that share a threat conclude treaties of which there is a draft (Walt 1987), the less readily the
//! more they fear to be dragged into a war; who was left alone by its ally leaves (Snyder 1984).

use super::deliberation::least_required;
use super::fears::{greatest_threat, of_entrapment};
use super::fulfilment::{done_for, in_time};
use super::treaty_life;
use crate::chronicle::{Chronicle, FactKind, Fulfilment, Phase, Statecraft};
use crate::dice::Purpose;
use crate::model::{ConflictId, Response, StateId, TreatyId};
use crate::scenario::{Act, Rules, Treaty};
use crate::world::{Bond, Book, Status};

/// The chance that a draft is concluded within `years`; `entrapment` is what the parties fear to be dragged into, 0 to 1.
pub fn p_concluded(threat: f64, entrapment: f64, years: f64, rules: &Rules) -> f64 {
    let willing = 1.0 - (1.0 - rules.entrapment_fear) * entrapment;
    1.0 - libm::exp(-rules.realignment * threat * willing * years)
}

/// What a party to a draft has most to fear of being dragged into by another.
fn prospective_entrapment(book: &Book, treaty: &Treaty) -> f64 {
    let clauses = treaty.clauses.iter().map(|c| book.scenario().clause(*c));
    let bound = clauses.filter(|c| c.obligation.is_active()).map(|c| c.strength.at(0.5)).fold(0.0, f64::max);
    let mut most = 0.0_f64;
    for &other in &treaty.parties {
        let Some((rival, threat)) = greatest_threat(book, other, 0.0) else { continue };
        let war = if book.conflicts.wars_of(other) > 0 { 1.0 } else { threat };
        for &party in treaty.parties.iter().filter(|p| **p != other) {
            most = most.max(of_entrapment(war, bound, book.dyads().hostility(party, rival)));
        }
    }
    most
}

/// The state that all parties to a treaty have to fear most, and how much the least worried of them fears it.
fn shared_threat(book: &Book, parties: &[StateId]) -> Option<(StateId, f64)> {
    let outside = book.scenario().state_ids().filter(|s| !parties.contains(s));
    let shared = outside.map(|s| {
        let least = parties.iter().map(|p| book.dyads().hostility(*p, s)).fold(1.0, f64::min);
        (s, least)
    });
    shared.filter(|(_, least)| *least > 0.0).fold(None, |best: Option<(StateId, f64)>, next| match best {
        Some(b) if b.1 >= next.1 => Some(b),
        _ => Some(next),
    })
}

/// Drafts are concluded, and treaties that were concluded ratified.
pub fn conclude(book: &Book, chronicle: &mut Chronicle) {
    let (turn, rules) = (book.now.turn, book.rules());
    let years = book.scenario().calendar.length.years();
    let today = book.date(turn);
    for id in book.scenario().treaty_ids() {
        let treaty = book.scenario().treaty(id);
        if !treaty.draft || treaty.signed > today || book.is_in_force(id) || book.has_ended(id) {
            continue;
        }
        if book.environment.concluded.contains(&id) {
            ratify(book, chronicle, id);
            continue;
        }
        if !treaty_life::can_change(book, id) {
            continue;
        }
        // Nobody offers what is left to a script or a player.
        if treaty.parties.iter().any(|p| !book.is_calculated(*p)) {
            continue;
        }
        let draw = book.draw(Purpose::Conclusion, treaty.key);
        // Most often not even the greatest threat would bring them together now.
        if draw >= p_concluded(1.0, 0.0, years, rules) {
            continue;
        }
        let Some((threat, fear)) = shared_threat(book, &treaty.parties) else { continue };
        let p = p_concluded(fear, prospective_entrapment(book, treaty), years, rules);
        if draw < p {
            let what = Statecraft::Concluded { treaty: id, threat, chance: (p, draw) };
            let fact = chronicle.record(turn, Phase::Realignment, FactKind::Statecraft(what), &[]);
            if treaty.ratifications_needed.is_none() {
                treaty_life::carry_out(book, chronicle, &Act::EntryIntoForce(id), (Phase::Realignment, fact));
            }
        }
    }
}

fn ratify(book: &Book, chronicle: &mut Chronicle, id: TreatyId) {
    let Some(status) = book.treaty(id) else { return };
    let key = book.scenario().treaty(id).key;
    for &(by, bond) in &status.members {
        let draw = book.draw(Purpose::Ratification, key.with(book.state(by).key));
        if bond == Bond::Signed && draw < book.rules().ratification_rate {
            let kind = FactKind::Ratified { treaty: id, by };
            chronicle.record(book.now.turn, Phase::Realignment, kind, &[]);
        }
    }
}

/// Who was left without any help leaves.
pub fn leave(book: &Book, chronicle: &mut Chronicle) {
    let rules = book.rules();
    if rules.abandonment_exit <= 0.0 {
        return;
    }
    let facts = chronicle.facts()[book.round.turn_start..].iter();
    let abandoned: Vec<_> = facts
        .filter_map(|f| match f.kind {
            FactKind::Fulfilled { commitment, conflict, fulfilment: Fulfilment::Reneged } => {
                let (clause, by) = (book.clause_of(commitment), book.commitment(commitment).beneficiary);
                // Words that were not spoken are no abandonment.
                let mattered = least_required(clause.performance) > Response::Consult;
                (mattered && alone(book, by, conflict)).then_some((clause.treaty, by, f.id))
            }
            _ => None,
        })
        .collect();
    let mut left = Vec::new();
    for (treaty, by, cause) in abandoned {
        let key = book.scenario().treaty(treaty).key.with(book.state(by).key);
        let free = book.is_calculated(by);
        if free && !left.contains(&(treaty, by)) && book.draw(Purpose::Exit, key) < rules.abandonment_exit {
            left.push((treaty, by));
            let place = (Phase::Realignment, cause);
            treaty_life::carry_out(book, chronicle, &Act::Denunciation(treaty, by), place);
        }
    }
}

/// Whether none of those who owe a state more than words in a conflict has come, or still may.
fn alone(book: &Book, state: StateId, conflict: ConflictId) -> bool {
    let course = book.conflict(conflict);
    let mut owed = book.obligations.owed.iter().filter(|o| {
        let to_it = o.attack.conflict == conflict && book.commitment(o.commitment).beneficiary == state;
        o.acts && to_it && least_required(book.clause_as_read(o).performance) > Response::Consult
    });
    owed.all(|o| {
        let obligor = book.commitment(o.commitment).obligor;
        let came = done_for(book, course, obligor, o) > Response::Consult;
        !came && (o.fulfilment.is_some() || o.status == Status::Lapsed || !in_time(book, o, course))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threat_brings_together_and_war_holds_off() {
        let rules = Rules { realignment: 0.5, ..Rules::default() };
        let calm = p_concluded(0.2, 0.0, 1.0, &rules);
        assert!(p_concluded(0.9, 0.0, 1.0, &rules) > calm);
        assert!(p_concluded(0.9, 1.0, 1.0, &rules) < p_concluded(0.9, 0.3, 1.0, &rules));
        assert_eq!(p_concluded(0.9, 0.0, 1.0, &Rules::default()), 0.0);
    }
}
