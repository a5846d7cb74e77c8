//! Signals: acts that are meant to be seen move beliefs in proportion to what they cost their sender (Fearon 1997),
//! and provoke those against whom they are meant.
//!
//! A ceremony at which no hardware is shown ties the partners while it provokes nobody.

use super::beliefs::reliability;
use super::fears::greatest_threats;
use super::norms::raised;
use crate::chronicle::{Chronicle, FactId, FactKind, Phase, Statecraft};
use crate::dice::Purpose;
use crate::model::{Initiative, Obligation, SignalKind, StateId};
use crate::scenario::Rules;
use crate::world::Book;

/// What a signal adds to the belief in its sender, in cases, and the hostility that it earns from adversaries.
pub fn effect(kind: SignalKind, rules: &Rules) -> (f64, f64) {
    let (belief, provocation) = match kind {
        SignalKind::Ceremony => (rules.ceremony_cost, rules.ceremony_provocation),
        SignalKind::HardwareWithheld => (rules.ceremony_cost, 0.0),
        SignalKind::HardwareDisplay => (rules.display_cost, rules.display_provocation),
        SignalKind::Exercise => (rules.exercise_cost, rules.exercise_provocation),
        SignalKind::Statement => (rules.statement_cost, 0.0),
        SignalKind::FirmClarification => (rules.clarification_weight, rules.ceremony_provocation),
        SignalKind::NarrowClarification => (-rules.clarification_weight, 0.0),
    };
    (rules.signal_weight * belief, (rules.signal_weight * provocation).min(1.0))
}

/// A signal is sent.
pub fn send(
    book: &Book,
    chronicle: &mut Chronicle,
    (by, with, kind): (StateId, StateId, SignalKind),
    against: &[StateId],
    (phase, because): (Phase, &[FactId]),
) {
    let rules = book.rules();
    let (belief, provocation) = effect(kind, rules);
    let adversaries = book.scenario().state_ids().filter(|&s| {
        s != by
            && s != with
            && (against.contains(&s)
                || book.dyads().hostility(s, by).max(book.dyads().hostility(s, with))
                    >= rules.stake_hostility)
    });
    let provoked: Vec<(StateId, f64)> = adversaries
        .filter(|_| provocation > 0.0)
        .map(|s| (s, raised(book.dyads().hostility(s, by), provocation)))
        .collect();
    let kind = FactKind::Statecraft(Statecraft::Signalled { by, with, kind, belief, provoked });
    chronicle.record(book.now.turn, phase, kind, because);
}

/// The chance that a state signals within `years` that it stands by a partner, where its word is doubted.
pub fn p_reassures(doubt: f64, years: f64, rules: &Rules) -> f64 {
    1.0 - (-rules.reassurance * doubt * years).exp()
}

/// States exercise with partners that are under threat and that they have promised to defend, the more readily the
/// more their word is doubted by the one that threatens.
pub fn reassure(book: &Book, chronicle: &mut Chronicle) {
    let rules = book.rules();
    if rules.initiative != Initiative::Calculated || rules.reassurance <= 0.0 {
        return;
    }
    let years = book.scenario().calendar.length.years();
    let most = p_reassures(1.0, years, rules);
    let mut sent: Vec<(StateId, StateId)> = Vec::new();
    // Looked for once somebody has reason to signal.
    let mut threats = None;
    for state in book.scenario().state_ids() {
        for &id in book.owed_by(state) {
            let with = book.commitment(id).beneficiary;
            let promised = book.clause_of(id).obligation == Obligation::Defense && book.stands(id);
            if !promised || sent.contains(&(state, with)) {
                continue;
            }
            let subject = book.state(state).key.with(book.state(with).key);
            let draw = book.draw(Purpose::Reassurance, subject);
            // Who fights already has other ways to show where it stands.
            if draw >= most || book.conflicts.wars_of(state) > 0 || book.conflicts.wars_of(with) > 0 {
                continue;
            }
            let threats = threats.get_or_insert_with(|| greatest_threats(book));
            let Some((rival, threat)) = threats[with.index()] else { continue };
            if threat < rules.grievance || rival == state {
                continue;
            }
            let doubt = 1.0 - reliability(book, rival, id, |_| true);
            if draw < p_reassures(doubt, years, rules) {
                sent.push((state, with));
                let signal = (state, with, SignalKind::Exercise);
                send(book, chronicle, signal, &[rival], (Phase::Initiative, &[]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_doubted_signals_more() {
        let rules = Rules { reassurance: 1.0, ..Rules::default() };
        assert!(p_reassures(0.8, 1.0, &rules) > p_reassures(0.2, 1.0, &rules));
        assert_eq!(p_reassures(0.8, 1.0, &Rules::default()), 0.0);
    }

    #[test]
    fn hardware_says_more_and_provokes_more_than_its_absence() {
        let rules = Rules::default();
        let (shown, provoked) = effect(SignalKind::HardwareDisplay, &rules);
        let (withheld, spared) = effect(SignalKind::HardwareWithheld, &rules);
        assert!(shown > withheld && withheld > 0.0);
        assert!(provoked > spared && spared == 0.0);
        assert!(effect(SignalKind::NarrowClarification, &rules).0 < 0.0);
    }
}
