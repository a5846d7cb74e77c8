//! Signals: acts that are meant to be seen move beliefs in proportion to what they cost their sender (Fearon 1997),
//! and provoke those against whom they are meant.
//!
//! A ceremony at which no hardware is shown ties the partners while it provokes nobody.

use super::beliefs::reliability;
use super::fears::greatest_threat;
use super::norms::raised;
use crate::chronicle::{Chronicle, FactId, FactKind, Phase, Statecraft};
use crate::dice::Purpose;
use crate::model::{CommitmentId, Initiative, Obligation, SignalKind, StateId};
use crate::scenario::Rules;
use crate::world::Book;

/// What a signal adds to the belief in its sender, in cases, and the hostility that it earns from adversaries.
pub fn effect(kind: SignalKind, rules: &Rules) -> (f64, f64) {
    let (belief, provocation) = match kind {
        SignalKind::Ceremony => (rules.ceremony_cost, rules.ceremony_provocation),
        SignalKind::HardwareWithheld => (rules.ceremony_cost, 0.0),
        SignalKind::HardwareDisplay => (rules.display_cost, rules.display_provocation),
        SignalKind::Exercise => (rules.exercise_cost, rules.exercise_provocation),
        SignalKind::Statement => (rules.statement_cost, rules.statement_provocation),
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
    let what = signal(book, (by, with, kind), against, None);
    chronicle.record(book.now.turn, Phase::Agenda, FactKind::Statecraft(what), &[cause]);
}

/// What a signal does; `doubted` says by whom the sender's word is doubted, if that is why it is sent.
fn signal(
    book: &Book,
    (by, with, kind): (StateId, StateId, SignalKind),
    against: &[StateId],
    doubted: Option<(StateId, f64)>,
) -> Statecraft {
    let rules = book.rules();
    let (belief, provocation) = effect(kind, rules);
    let adversaries = book.scenario().state_ids().filter(|&s| {
        s != by
            && s != with
            && (against.contains(&s)
                // Words provoke those alone at whom they are aimed.
                || kind != SignalKind::Statement && book.dyads().hostility(s, by).max(book.dyads().hostility(s, with))
                    >= rules.stake_hostility)
    });
    let provoked: Vec<(StateId, f64)> = adversaries
        .filter(|_| provocation > 0.0)
        .map(|s| (s, raised(book.dyads().hostility(s, by), provocation)))
        .collect();
    Statecraft::Signalled { by, with, kind, belief, provoked, doubted }
}

/// The chance that a state signals within `years` that it stands by a partner, where its word is doubted.
pub fn p_reassures(doubt: f64, years: f64, rules: &Rules) -> f64 {
    1.0 - libm::exp(-rules.reassurance * doubt * years)
}

/// The strongest of those who have promised to defend a state that is under threat stands by it for all to see, the more
/// readily the more its word is doubted by the one that threatens: it makes an ambiguous text clear, and exercises with it.
pub fn reassure(book: &Book, chronicle: &mut Chronicle) {
    let rules = book.rules();
    if rules.initiative != Initiative::Calculated || rules.reassurance <= 0.0 {
        return;
    }
    let years = book.scenario().calendar.length.years();
    let most = p_reassures(1.0, years, rules);
    for with in book.scenario().state_ids() {
        let draw = book.draw(Purpose::Reassurance, book.state(with).key);
        // Who fights already has other ways to show where it stands.
        if draw >= most || book.conflicts.wars_of(with) > 0 {
            continue;
        }
        let promised = book.owed_to(with).iter().copied().filter(|id| {
            let by = book.commitment(*id).obligor;
            let free = book.conflicts.wars_of(by) == 0 && book.acts_alone(by);
            free && book.clause_of(*id).obligation == Obligation::Defense && book.stands(*id)
        });
        if promised.clone().next().is_none() {
            continue;
        }
        let Some((rival, _)) = greatest_threat(book, with, rules.grievance) else { continue };
        let promised = promised.filter(|id| book.commitment(*id).obligor != rival);
        let strength = |id: &CommitmentId| book.capability(book.commitment(*id).obligor);
        let Some(id) = promised.max_by(|a, b| strength(a).total_cmp(&strength(b))) else { continue };
        let believed = reliability(book, rival, id, |_| true);
        if draw < p_reassures(1.0 - believed, years, rules) {
            let by = book.commitment(id).obligor;
            // Where it is the text that is doubted, it is made clear first.
            let clarified = chronicle.facts().iter().any(|f| {
                matches!(f.kind, FactKind::Statecraft(Statecraft::Signalled { by: s, with: w, kind, .. })
                    if (s, w) == (by, with) && kind == SignalKind::FirmClarification)
            });
            let doubtful = !book.clause_of(id).readings.is_empty() && !clarified;
            let kind = if doubtful { SignalKind::FirmClarification } else { SignalKind::Exercise };
            let what = signal(book, (by, with, kind), &[rival], Some((rival, believed)));
            chronicle.record(book.now.turn, Phase::Initiative, FactKind::Statecraft(what), &[]);
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
