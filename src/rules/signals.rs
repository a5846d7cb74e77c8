//! Signals: acts that are meant to be seen move beliefs in proportion to what they cost their sender (Fearon 1997),
//! and provoke those against whom they are meant.
//!
//! A ceremony at which no hardware is shown ties the partners while it provokes nobody.

use super::norms::raised;
use crate::chronicle::{Chronicle, FactId, FactKind, Phase, Statecraft};
use crate::model::{SignalKind, StateId};
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
    cause: FactId,
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
    chronicle.record(book.now.turn, Phase::Agenda, kind, &[cause]);
}

#[cfg(test)]
mod tests {
    use super::*;

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
