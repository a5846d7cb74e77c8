//! Realignment: states that share a threat conclude treaties of which there is a draft (Walt 1987), the less readily the
//! more they fear to be dragged into a war; who was left alone by its ally leaves (Snyder 1984).

use super::treaty_life;
use crate::chronicle::{Chronicle, FactKind, Fulfilment, Phase, Statecraft};
use crate::dice::Purpose;
use crate::model::{StateId, TreatyId};
use crate::scenario::{Act, Rules};
use crate::world::{Bond, Book};

/// The chance that a draft is concluded within `years`.
pub fn p_concluded(threat: f64, at_war: bool, years: f64, rules: &Rules) -> f64 {
    let fear = if at_war { rules.entrapment_fear } else { 1.0 };
    1.0 - (-rules.realignment * threat * fear * years).exp()
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
    let today = book.scenario().calendar.date(turn);
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
        let at_war = treaty.parties.iter().any(|p| book.conflicts.wars_of(*p) > 0);
        let draw = book.draw(Purpose::Conclusion, treaty.key);
        // Most often not even the greatest threat would bring them together now.
        if draw >= p_concluded(1.0, at_war, years, rules) {
            continue;
        }
        let Some((threat, fear)) = shared_threat(book, &treaty.parties) else { continue };
        let p = p_concluded(fear, at_war, years, rules);
        if draw < p {
            let what = Statecraft::Concluded { treaty: id, threat, chance: (p, draw) };
            let fact = chronicle.record(turn, Phase::Realignment, FactKind::Statecraft(what), &[]);
            if treaty.ratifications_needed.is_none() {
                treaty_life::carry_out(book, chronicle, &Act::EntryIntoForce(id), fact);
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
            FactKind::Fulfilled { commitment, fulfilment: Fulfilment::Reneged, .. } => {
                Some((book.clause_of(commitment).treaty, book.commitment(commitment).beneficiary, f.id))
            }
            _ => None,
        })
        .collect();
    let mut left = Vec::new();
    for (treaty, by, cause) in abandoned {
        let key = book.scenario().treaty(treaty).key.with(book.state(by).key);
        if !left.contains(&(treaty, by)) && book.draw(Purpose::Exit, key) < rules.abandonment_exit {
            left.push((treaty, by));
            treaty_life::carry_out(book, chronicle, &Act::Denunciation(treaty, by), cause);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threat_brings_together_and_war_holds_off() {
        let rules = Rules { realignment: 0.5, ..Rules::default() };
        let calm = p_concluded(0.2, false, 1.0, &rules);
        assert!(p_concluded(0.9, false, 1.0, &rules) > calm);
        assert!(p_concluded(0.9, true, 1.0, &rules) < p_concluded(0.9, false, 1.0, &rules));
        assert_eq!(p_concluded(0.9, false, 1.0, &Rules::default()), 0.0);
    }
}
