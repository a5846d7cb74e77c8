//! War powers: may a government that has chosen war go to war?
//!
//! The executive alone decides in the same turn; a legislature consents with a probability that rises in
//! popular support, after its delay; a state that may fight only in self-defence fights for others only in the
//! case that its law names. A treaty that defers to constitutional processes cannot override them; one that does not
//! is in open conflict with a constitution that stops its performance, and that is reported.

use super::conditions::{Settled, grounds, holds};
use super::deliberation::least_required;
use super::happens;
use super::review::withdraw;
use crate::chronicle::{Chronicle, FactId, FactKind, Phase};
use crate::dice::Purpose;
use crate::model::{ConflictId, Domestic, Response, Role, Side, StateId, Turn, WarPowers, logistic};
use crate::scenario::Rules;
use crate::world::{Book, Course, Owed};

/// Popular support for fighting, 0 to 1.
pub fn popular_support(affinity: f64, hostility: f64, commitment: f64, weariness: f64, rules: &Rules) -> f64 {
    let support = rules.support_base
        + rules.support_affinity * affinity
        + rules.support_hostility * hostility
        + rules.support_commitment * commitment
        - rules.support_weariness * weariness;
    support.clamp(0.0, 1.0)
}

/// The chance that a legislature consents: the public's support decides in a democracy, and where there is none the
/// chamber follows the government.
pub fn p_consent(support: f64, threshold: f64, democracy: f64, rules: &Rules) -> f64 {
    let free = logistic(rules.consent_slope * (support - threshold));
    1.0 - (1.0 - free) * (1.0 - rules.compliance * (1.0 - democracy))
}

/// A state's war powers as they work in a conflict: where the law is not kept to, the executive decides alone.
pub fn powers(book: &Book, state: StateId, conflict: ConflictId) -> WarPowers {
    let (law, key) = (book.state(state).war_powers, book.state(state).key);
    let draw = || book.draw_for_conflict(Purpose::Constitution, key, book.conflict(conflict));
    if happens(book.rules().constitutions, draw) { law } else { WarPowers::Executive }
}

/// Choices for war pass, or fail, the domestic process.
pub fn pass(book: &Book, settled: &Settled, chronicle: &mut Chronicle) {
    let turn = book.now.turn;
    let chosen: Vec<_> = chronicle.facts()[book.round.start..]
        .iter()
        .filter_map(|fact| match fact.kind {
            FactKind::Decided { state, conflict, side, choice: Response::Intervene, .. } => {
                Some((state, conflict, side, fact.id))
            }
            _ => None,
        })
        .collect();
    for (state, conflict, side, cause) in chosen {
        let crossed = unreserved(book, state, conflict, side);
        match powers(book, state, conflict) {
            WarPowers::Executive => {}
            WarPowers::SelfDefence => {
                let named = book.state(state).may_fight_if.as_ref().map(|(_, condition)| condition);
                let named = named.filter(|condition| holds(condition, book, &settled.happened));
                let mut because = vec![cause];
                if let Some(condition) = named {
                    grounds(condition, book, chronicle, &mut because);
                }
                let (result, crossed) = match named {
                    Some(_) => (Domestic::Permitted, None),
                    None => (Domestic::Barred, crossed),
                };
                let kind = FactKind::DomesticProcess { state, conflict, side, result, vote: None, crossed };
                chronicle.record(turn, Phase::DomesticProcess, kind, &because);
            }
            WarPowers::Legislature { turns: 0, .. } => {
                vote(book, chronicle, state, conflict, side, cause);
            }
            WarPowers::Legislature { turns, .. } => {
                let due = Turn(turn.0.saturating_add(turns));
                let kind = FactKind::ConsentSought { state, conflict, side, due };
                chronicle.record(turn, Phase::DomesticProcess, kind, &[cause]);
            }
        }
    }
}

/// Votes that are due are taken.
pub fn take_votes(book: &Book, chronicle: &mut Chronicle) {
    for &(state, conflict, side, due, request) in &book.obligations.votes {
        let course = book.conflict(conflict);
        if due <= book.now.turn && course.is_active() && course.fought_on(state).is_none() {
            vote(book, chronicle, state, conflict, side, request);
        }
    }
}

fn vote(
    book: &Book,
    chronicle: &mut Chronicle,
    state: StateId,
    conflict: ConflictId,
    side: Side,
    cause: FactId,
) {
    let WarPowers::Legislature { threshold, .. } = book.state(state).war_powers else { return };
    let vote = tally(book, state, conflict, side, threshold);
    let result = if vote.2 < vote.1 { Domestic::Approved } else { Domestic::Refused };
    let crossed = match result {
        Domestic::Refused => unreserved(book, state, conflict, side),
        _ => None,
    };
    let kind = FactKind::DomesticProcess { state, conflict, side, result, vote: Some(vote), crossed };
    chronicle.record(book.now.turn, Phase::DomesticProcess, kind, &[cause]);
}

/// The support for a war, the chance that the legislature consents to it, and the number drawn.
fn tally(book: &Book, state: StateId, conflict: ConflictId, side: Side, threshold: f64) -> (f64, f64, f64) {
    let rules = book.rules();
    let course = book.conflict(conflict);
    let most = |values: &mut dyn Iterator<Item = f64>| values.fold(0.0, f64::max);
    let affinity = most(&mut course.on(side).map(|s| book.dyads().affinity(state, s)));
    let hostility = most(&mut course.on(side.opposite()).map(|s| book.dyads().hostility(state, s)));
    let owed = book.owed_in(state, conflict).filter(|o| o.acts && o.attack.side == side);
    let commitment = most(&mut owed.map(|o| o.strength));
    let support = popular_support(affinity, hostility, commitment, book.weariness(state), rules);
    let p = p_consent(support, threshold, book.state(state).democracy, rules);
    (support, p, book.draw(Purpose::Consent, book.state(state).key.with(book.conflict_key(course))))
}

/// Legislatures that have consented to a war of others are asked again once their consent has run out: support falls with
/// losses, and who has lost it leaves.
pub fn renew(book: &Book, chronicle: &mut Chronicle) {
    let (turn, lasts) = (book.now.turn, book.rules().consent_lasts);
    if lasts <= 0.0 {
        return;
    }
    let lasts = (lasts / book.scenario().calendar.length.years()).round().max(1.0) as u32;
    for course in book.conflicts.active() {
        let asked = course.fighting().filter(|b| {
            let law = matches!(book.state(b.state).war_powers, WarPowers::Legislature { .. });
            law && b.role == Role::Joiner && !course.is_attacked(b.state)
        });
        for b in asked {
            let (state, conflict, side) = (b.state, course.id, b.side);
            let fought = turn.0.saturating_sub(b.since.0);
            let WarPowers::Legislature { threshold, .. } = powers(book, state, conflict) else { continue };
            if fought == 0 || fought % lasts != 0 {
                continue;
            }
            let vote = tally(book, state, conflict, side, threshold);
            let result = if vote.2 < vote.1 { Domestic::Renewed } else { Domestic::Withdrawn };
            let kind =
                FactKind::DomesticProcess { state, conflict, side, result, vote: Some(vote), crossed: None };
            let fact = chronicle.record(turn, Phase::War, kind, &[b.fact]);
            if result == Domestic::Withdrawn {
                withdraw(book, chronicle, course, state, Phase::War, fact);
            }
        }
    }
}

/// A commitment owed here whose text makes no reservation for constitutional processes.
fn unreserved(
    book: &Book,
    state: StateId,
    conflict: ConflictId,
    side: Side,
) -> Option<crate::model::CommitmentId> {
    let fights = |o: &&Owed| least_required(book.clause_as_read(o).performance) == Response::Intervene;
    let mut owed = book.owed_in(state, conflict).filter(|o| o.acts && o.attack.side == side).filter(fights);
    owed.find(|o| !book.clause_as_read(o).constitutional).map(|o| o.commitment)
}

/// Whether a state still waits for a vote in a conflict.
pub fn is_waiting(book: &Book, state: StateId, course: &Course) -> bool {
    book.obligations.votes.iter().any(|(s, c, ..)| (*s, *c) == (state, course.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consent_is_an_even_chance_at_the_threshold_and_rises_with_support() {
        let rules = Rules::default();
        assert_eq!(p_consent(0.5, 0.5, 1.0, &rules), 0.5);
        assert!(p_consent(0.8, 0.5, 1.0, &rules) > 0.9);
        assert!(p_consent(0.2, 0.5, 0.1, &rules) > p_consent(0.2, 0.5, 0.9, &rules));
    }

    #[test]
    fn weariness_costs_support_and_a_commitment_brings_it() {
        let rules = Rules::default();
        let plain = popular_support(0.5, 0.5, 0.0, 0.0, &rules);
        assert!(popular_support(0.5, 0.5, 1.0, 0.0, &rules) > plain);
        assert!(popular_support(0.5, 0.5, 0.0, 1.0, &rules) < plain);
    }
}
