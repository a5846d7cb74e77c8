//! Norms: who breaks them, how their breach is voted on, and how they fare.
//!
//! A breach that goes unpunished erodes a norm; a punished one confirms it (Panke and Petersohn 2012). A veto by a
//! friend of the one who breaks it is the commonest way in which it goes unpunished.

use super::logistic;
use super::supply::embargoes;
use crate::chronicle::{Chronicle, FactId, FactKind, Phase, Statecraft, Vote};
use crate::dice::Purpose;
use crate::model::{Key, Level, NormId, NormKind, StateId};
use crate::scenario::Rules;
use crate::world::Book;

/// The chances that a state votes for and against measures against another.
pub fn p_votes(hostility: f64, affinity: f64, norm: f64, rules: &Rules) -> (f64, f64) {
    let against = logistic(rules.vote_slope * (affinity - hostility - 0.3));
    let for_it = logistic(rules.vote_slope * (hostility - affinity + norm - 0.5));
    ((1.0 - against) * for_it, against)
}

/// A norm's strength after a breach.
pub fn after_breach(strength: f64, first: f64, punished: bool, rules: &Rules) -> f64 {
    match punished {
        true => strength + rules.norm_erosion * (first - strength).max(0.0),
        false => strength * (1.0 - rules.norm_erosion),
    }
}

/// A norm's strength after some years without a breach.
pub fn recovered(strength: f64, first: f64, years: f64, rules: &Rules) -> f64 {
    strength + (rules.norm_recovery * years).min(1.0) * (first - strength).max(0.0)
}

/// Breaches of this turn are named, voted on, and move the norm; norms that nobody broke recover.
pub fn uphold(book: &Book, chronicle: &mut Chronicle) {
    let turn = book.now.turn;
    let breaches = if book.rules().norms > 0.0 { breaches(book, chronicle) } else { Vec::new() };
    let mut strengths: Vec<f64> = book.environment.norms.iter().map(|n| n.strength).collect();
    for &(norm, by, cause) in &breaches {
        let kind = FactKind::Statecraft(Statecraft::NormBroken { norm, by });
        let broken = chronicle.record(turn, Phase::Order, kind, &[cause]);
        let terms = book.scenario().norm(norm);
        let strength = strengths[norm.index()];
        if terms.kind == NormKind::NonAggression {
            stigmatize(book, chronicle, by, strength, broken);
        }
        let (mut punished, mut why) = (false, broken);
        if !terms.council.is_empty() {
            let vote = ballot(book, terms.key, by, strength, &terms.council, &terms.vetoes, terms.majority);
            punished = vote.adopted;
            let kind = FactKind::Statecraft(Statecraft::SanctionsVoted { norm, on: by, vote });
            why = chronicle.record(turn, Phase::Order, kind, &[broken]);
        }
        let moved = after_breach(strength, terms.strength, punished, book.rules());
        move_to(chronicle, book, norm, strength, moved, &[why]);
        strengths[norm.index()] = moved;
    }
    let years = book.scenario().calendar.length.years();
    for (terms, i) in book.scenario().norms.iter().zip(0..) {
        let norm = NormId(i);
        if breaches.iter().all(|(n, ..)| *n != norm) {
            let strength = strengths[norm.index()];
            let moved = recovered(strength, terms.strength, years, book.rules());
            move_to(chronicle, book, norm, strength, moved, &[]);
        }
    }
}

fn move_to(chronicle: &mut Chronicle, book: &Book, norm: NormId, from: f64, to: f64, because: &[FactId]) {
    if (to - from).abs() > 1e-6 {
        let kind = FactKind::Statecraft(Statecraft::NormMoved { norm, strength: to });
        chronicle.record(book.now.turn, Phase::Order, kind, because);
    }
}

/// What breaks norms in this turn: the first use of force, and arms that are known to go to or come from a state
/// under embargo.
fn breaches(book: &Book, chronicle: &Chronicle) -> Vec<(NormId, StateId, FactId)> {
    let norms = || book.scenario().norms.iter().zip(0..).map(|(n, i)| (NormId(i), n));
    let mut all = Vec::new();
    for fact in &chronicle.facts()[book.round.turn_start..] {
        match &fact.kind {
            FactKind::ConflictBegan { level, .. } if *level < Level::UseOfForce => {}
            FactKind::ConflictBegan { initiator, .. } | FactKind::TurnedViolent { initiator, .. } => {
                let kept = norms().filter(|(_, n)| n.kind == NormKind::NonAggression);
                all.extend(kept.map(|(norm, _)| (norm, *initiator, fact.id)));
            }
            FactKind::Statecraft(Statecraft::Published { transfer, .. }) => {
                known_transfer(book, *transfer, fact.id, &mut all);
            }
            FactKind::Statecraft(Statecraft::TransferBegan(transfer))
                if !book.scenario().transfer(*transfer).covert =>
            {
                known_transfer(book, *transfer, fact.id, &mut all);
            }
            _ => {}
        }
    }
    // What a state does at the same time is one breach.
    let mut seen = Vec::new();
    all.retain(|(norm, by, _)| {
        let new = !seen.contains(&(*norm, *by));
        seen.push((*norm, *by));
        new
    });
    all
}

fn known_transfer(
    book: &Book,
    id: crate::model::TransferId,
    fact: FactId,
    all: &mut Vec<(NormId, StateId, FactId)>,
) {
    let t = book.scenario().transfer(id);
    for norm in embargoes(book, id) {
        // Who is under the embargo has been answered by it; the question is what is done about the other.
        let on = &book.scenario().norm(norm).on;
        let breakers = [t.from, t.to].into_iter().filter(|s| !on.contains(s));
        all.extend(breakers.map(|by| (norm, by, fact)));
    }
}

/// A vote on measures against a state.
pub fn ballot(
    book: &Book,
    subject: Key,
    on: StateId,
    norm: f64,
    voters: &[StateId],
    vetoes: &[StateId],
    majority: usize,
) -> Vote {
    let rules = book.rules();
    let mut vote = Vote::default();
    for &voter in voters {
        let stance = book.dyads().stance(voter, on);
        let (yes, no) = match voter == on {
            true => (0.0, 1.0),
            false => p_votes(stance.hostility, stance.affinity, rules.norms * norm, rules),
        };
        let draw = book.draw(Purpose::Vote, subject.with(book.state(voter).key).with(book.state(on).key));
        if draw < no {
            vote.no.push(voter);
            let friend = voter == on || stance.affinity >= rules.veto_affinity;
            if vote.vetoed.is_none() && friend && vetoes.contains(&voter) {
                vote.vetoed = Some(voter);
            }
        } else if draw < no + yes {
            vote.yes.push(voter);
        } else {
            vote.abstain.push(voter);
        }
    }
    vote.adopted = vote.yes.len() >= majority && vote.vetoed.is_none();
    vote
}

/// Every state that is no friend of the one that used force first turns on it, the less the closer it is.
fn stigmatize(book: &Book, chronicle: &mut Chronicle, state: StateId, norm: f64, cause: FactId) {
    let rules = book.rules();
    let others = book.scenario().state_ids().filter(|s| *s != state);
    let strangers = others.filter(|s| book.dyads().affinity(*s, state) < rules.stake_affinity);
    let by: Vec<(StateId, f64)> = strangers
        .filter_map(|s| {
            let (now, affinity) = (book.dyads().hostility(s, state), book.dyads().affinity(s, state));
            let more = rules.stigma * rules.norms * norm * (1.0 - now) * (1.0 - affinity);
            (more > 1e-6).then_some((s, now + more))
        })
        .collect();
    if !by.is_empty() {
        let kind = FactKind::Statecraft(Statecraft::Stigmatized { state, by });
        chronicle.record(book.now.turn, Phase::Order, kind, &[cause]);
    }
}

/// The council of a norm votes on whether the body that watches over it goes on: a veto ends it.
pub fn monitor_vote(book: &Book, chronicle: &mut Chronicle, norm: NormId, cause: FactId) {
    let terms = book.scenario().norm(norm);
    if !book.environment.norms[norm.index()].monitored {
        return;
    }
    let strength = book.environment.norms[norm.index()].strength;
    // It is a vote on the state that it is watched for, or on nobody in particular.
    let on =
        terms.on.first().copied().unwrap_or_else(|| terms.council.first().copied().unwrap_or(StateId(0)));
    let key = terms.key.with(Key::of("monitor"));
    let vote = ballot(book, key, on, strength, &terms.council, &terms.vetoes, terms.majority);
    let kind = FactKind::Statecraft(Statecraft::MonitorVoted { norm, vote });
    chronicle.record(book.now.turn, Phase::Agenda, kind, &[cause]);
}

/// All states vote on a text that condemns one; votes for it cost it the victim's goodwill.
pub fn condemn(book: &Book, chronicle: &mut Chronicle, of: StateId, victim: StateId, cause: FactId) {
    let voters: Vec<StateId> = book.scenario().state_ids().collect();
    let key = Key::of("assembly").with(book.state(victim).key);
    let norms = &book.environment.norms;
    let n = norms.len() as f64;
    let norm = if norms.is_empty() { 0.5 } else { norms.iter().map(|n| n.strength).sum::<f64>() / n };
    let mut vote = ballot(book, key, of, norm, &voters, &[], 0);
    vote.adopted = vote.yes.len() > vote.no.len();
    let others = vote.no.iter().copied().filter(|s| *s != of && *s != victim);
    let cost = others.map(|s| (s, raised(book.dyads().hostility(victim, s), book.rules().vote_cost)));
    let cost = cost.collect();
    let kind = FactKind::Statecraft(Statecraft::Condemned { of, victim, vote, cost });
    chronicle.record(book.now.turn, Phase::Agenda, kind, &[cause]);
}

/// A state recognizes what another claims of a third.
pub fn recognize(
    book: &Book,
    chronicle: &mut Chronicle,
    (by, of, against): (StateId, StateId, StateId),
    cause: FactId,
) {
    let step = 2.0 * book.rules().vote_cost;
    let gain = raised(book.dyads().affinity(of, by), step);
    let cost = raised(book.dyads().hostility(against, by), step);
    let kind = FactKind::Statecraft(Statecraft::Recognized { by, of, against, gain, cost });
    chronicle.record(book.now.turn, Phase::Agenda, kind, &[cause]);
}

/// Raised by a share of the way to one.
pub fn raised(value: f64, share: f64) -> f64 {
    (value + share * (1.0 - value)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn friends_vote_no_and_enemies_yes() {
        let rules = Rules::default();
        let (yes, no) = p_votes(0.9, 0.0, 0.7, &rules);
        assert!(yes > 0.9 && no < 0.05);
        let (yes, no) = p_votes(0.0, 0.9, 0.7, &rules);
        assert!(no > 0.9 && yes < 0.05);
        let (yes, no) = p_votes(0.0, 0.0, 0.0, &rules);
        assert!(1.0 - yes - no > 0.5, "who has no stake, and no norm to uphold, abstains");
    }

    #[test]
    fn an_unpunished_breach_erodes_and_time_heals() {
        let rules = Rules::default();
        let eroded = after_breach(0.8, 0.8, false, &rules);
        assert!(eroded < 0.8);
        assert!(after_breach(eroded, 0.8, true, &rules) > eroded);
        let later = recovered(eroded, 0.8, 5.0, &rules);
        assert!(eroded < later && later < 0.8);
    }
}
