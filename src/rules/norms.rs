//! Norms: who breaks them, how their breach is voted on, and how they fare.
//!
//! A breach that goes unpunished erodes a norm; a punished one confirms it (Panke and Petersohn 2012). A veto by a
//! friend of the one who breaks it is the commonest way in which it goes unpunished.

use super::restraint::first_uses;
use super::supply::embargoes;
use crate::chronicle::{Chronicle, FactId, FactKind, Phase, Statecraft, Vote};
use crate::dice::Purpose;
use crate::model::{ConflictId, Key, Level, NormId, NormKind, Side, StateId, TransferId, logistic};
use crate::scenario::{Rules, Stance};
use crate::world::Book;

/// The chances that a state votes for and against measures against another.
pub fn p_votes(hostility: f64, affinity: f64, norm: f64, rules: &Rules) -> (f64, f64) {
    let against = logistic(rules.vote_slope * (affinity - hostility - rules.vote_against));
    let for_it = logistic(rules.vote_slope * (hostility - affinity + norm - rules.vote_for));
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
    for breach in &breaches {
        let Breach { norm, by, fact: cause, .. } = *breach;
        let kind = FactKind::Statecraft(Statecraft::NormBroken { norm, by });
        let broken = chronicle.record(turn, Phase::Order, kind, &[cause]);
        let terms = book.scenario().norm(norm);
        let strength = strengths[norm.index()];
        if terms.kind == NormKind::NonAggression {
            stigmatize(book, chronicle, breach, strength, broken);
        }
        let (mut punished, mut why) = (false, broken);
        let believes = |s| breach.believed_by(book, s);
        if let Some(proposer) = proposer(book, by, &terms.council, believes) {
            let motion =
                Motion { subject: terms.key, on: Some(by), norm: strength, majority: terms.majority };
            let mut vote = ballot(book, &motion, &terms.council, &terms.vetoes, believes);
            vote.proposed = Some(proposer);
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
        if breaches.iter().all(|b| b.norm != norm) {
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

/// A breach of a norm.
#[derive(Clone, Copy, Debug)]
struct Breach {
    norm: NormId,
    by: StateId,
    fact: FactId,
    act: Act,
}

/// What breaks a norm.
#[derive(Clone, Copy, Debug)]
enum Act {
    /// Force used in a conflict.
    Force(ConflictId),
    /// Something sent.
    Transfer(TransferId),
}

impl Breach {
    /// How far an observer believes it, 0 to 1.
    fn believed_by(&self, book: &Book, observer: StateId) -> f64 {
        match self.act {
            Act::Transfer(id) => book.environment.transfers[id.index()].belief(observer),
            Act::Force(conflict) => {
                let course = book.conflict(conflict);
                let blames_other =
                    course.blamed.iter().any(|b| b.observer == observer && b.blamed != self.by);
                let hidden = course.covert.is_some_and(|(attack, _)| attack.attacker == self.by)
                    && !course.traced.contains(&observer);
                if blames_other || hidden { 0.0 } else { 1.0 }
            }
        }
    }
}

/// What breaks norms in this turn: the first use of force, unless its author hides and its victim has not found out, and
/// arms that are known to go to or come from a state under embargo.
fn breaches(book: &Book, chronicle: &Chronicle) -> Vec<Breach> {
    let mut all = Vec::new();
    let mut forces = |by: StateId, conflict: ConflictId, fact: FactId| {
        let norms = book.scenario().norms.iter().zip(0..);
        let kept = norms.filter(|(n, _)| n.kind == NormKind::NonAggression);
        all.extend(kept.map(|(_, i)| Breach { norm: NormId(i), by, fact, act: Act::Force(conflict) }));
    };
    for first in first_uses(book, chronicle) {
        let course = book.conflict(first.conflict);
        let covert = course.covert.is_some_and(|(attack, _)| attack.fact == first.fact);
        // Who turns on an aggressor for those whom it attacked uses force, but not first.
        let defends = course.side_of(first.by) == Some(Side::Target) && course.initiator != first.by;
        if !covert && !defends {
            forces(first.by, first.conflict, first.fact);
        }
    }
    let facts = &chronicle.facts()[book.round.turn_start..];
    for fact in facts {
        if let FactKind::Traced { observer, conflict, author, .. } = fact.kind
            && book.conflict(conflict).target == observer
            && book.conflict(conflict).level >= Level::UseOfForce
        {
            forces(author, conflict, fact.id);
        }
    }
    for fact in facts {
        let FactKind::Statecraft(what) = &fact.kind else { continue };
        let known = match what {
            Statecraft::Published { transfer, .. } => Some(*transfer),
            Statecraft::TransferBegan(transfer) if !book.scenario().transfer(*transfer).covert => {
                Some(*transfer)
            }
            // An admission says it, if nothing has before.
            Statecraft::Acknowledged { transfer, .. }
                if book.environment.transfers[transfer.index()].published == Some(fact.id) =>
            {
                Some(*transfer)
            }
            _ => None,
        };
        if let Some(transfer) = known {
            known_transfer(book, transfer, fact.id, &mut all);
        }
    }
    // What a state does at the same time is one breach.
    let mut seen = Vec::new();
    all.retain(|b| {
        let new = !seen.contains(&(b.norm, b.by));
        seen.push((b.norm, b.by));
        new
    });
    all
}

fn known_transfer(book: &Book, id: TransferId, fact: FactId, all: &mut Vec<Breach>) {
    let t = book.scenario().transfer(id);
    for norm in embargoes(book, id) {
        // Who is under the embargo has been answered by it; the question is what is done about the other.
        let on = &book.scenario().norm(norm).on;
        let breakers = [t.from, t.to].into_iter().filter(|s| !on.contains(s));
        all.extend(breakers.map(|by| Breach { norm, by, fact, act: Act::Transfer(id) }));
    }
}

/// Who proposes measures against a state: the one on the council that is most hostile to it, if it believes that there was
/// a breach.
fn proposer(
    book: &Book,
    on: StateId,
    council: &[StateId],
    believes: impl Fn(StateId) -> f64,
) -> Option<StateId> {
    let hostility = |s: StateId| book.dyads().hostility(s, on) * believes(s);
    let moved = council.iter().copied().filter(|s| *s != on && hostility(*s) > 0.0);
    moved.fold(None, |best: Option<StateId>, s| match best {
        Some(b) if hostility(b) >= hostility(s) => Some(b),
        _ => Some(s),
    })
}

/// What is put to the vote.
struct Motion {
    /// The address of its chance.
    subject: Key,
    /// Against whom, if anybody.
    on: Option<StateId>,
    /// The strength of the norm that it is about.
    norm: f64,
    /// How many votes it needs.
    majority: usize,
}

/// A vote on measures. Whoever does not believe that there is a reason for them does not vote for them.
fn ballot(
    book: &Book,
    motion: &Motion,
    voters: &[StateId],
    vetoes: &[StateId],
    believes: impl Fn(StateId) -> f64,
) -> Vote {
    let rules = book.rules();
    let (mut vote, mut vetoing) = (Vote::default(), 0.0_f64);
    for &voter in voters {
        let stance = motion.on.map_or_else(Stance::default, |on| book.dyads().stance(voter, on));
        let own = motion.on == Some(voter);
        let (yes, no) = match own {
            true => (0.0, 1.0),
            false => p_votes(stance.hostility, stance.affinity, rules.norms * motion.norm, rules),
        };
        let subject = motion.subject.with(book.state(voter).key);
        let draw = book.draw(Purpose::Vote, motion.on.map_or(subject, |on| subject.with(book.state(on).key)));
        if draw < no {
            vote.no.push(voter);
            let closeness = if own { f64::MAX } else { stance.affinity };
            // Of several vetoes that of the closest is named.
            if closeness >= rules.veto_affinity.max(vetoing) && vetoes.contains(&voter) {
                (vote.vetoed, vetoing) = (Some(voter), closeness);
            }
        } else if draw < no + yes * believes(voter) {
            vote.yes.push(voter);
        } else {
            vote.abstain.push(voter);
        }
    }
    vote.adopted = vote.yes.len() >= motion.majority && vote.vetoed.is_none();
    vote
}

/// Every state that believes it, and is no friend of the one that used force first, turns on it, the less the closer it is.
fn stigmatize(book: &Book, chronicle: &mut Chronicle, breach: &Breach, norm: f64, cause: FactId) {
    let (rules, state) = (book.rules(), breach.by);
    let others = book.scenario().state_ids().filter(|s| *s != state);
    let strangers = others.filter(|s| book.dyads().affinity(*s, state) < rules.stake_affinity);
    let by: Vec<(StateId, f64)> = strangers
        .filter_map(|s| {
            let (now, affinity) = (book.dyads().hostility(s, state), book.dyads().affinity(s, state));
            let believed = breach.believed_by(book, s);
            let more = rules.stigma * rules.norms * norm * (1.0 - now) * (1.0 - affinity) * believed;
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
    let (subject, on) = (terms.key.with(Key::of("monitor")), terms.on.first().copied());
    let motion = Motion { subject, on, norm: strength, majority: terms.majority };
    let vote = ballot(book, &motion, &terms.council, &terms.vetoes, |_| 1.0);
    let kind = FactKind::Statecraft(Statecraft::MonitorVoted { norm, vote });
    chronicle.record(book.now.turn, Phase::Agenda, kind, &[cause]);
}

/// All states vote on a text that condemns one: a vote for it costs the goodwill of the one, a vote against it that of its
/// victim.
pub fn condemn(book: &Book, chronicle: &mut Chronicle, of: StateId, victim: StateId, cause: FactId) {
    let voters: Vec<StateId> = book.scenario().state_ids().collect();
    let key = Key::of("assembly").with(book.state(victim).key);
    let norms = &book.environment.norms;
    let n = norms.len() as f64;
    let norm = if norms.is_empty() { 0.5 } else { norms.iter().map(|n| n.strength).sum::<f64>() / n };
    let motion = Motion { subject: key, on: Some(of), norm, majority: 0 };
    let mut vote = ballot(book, &motion, &voters, &[], |_| 1.0);
    vote.adopted = vote.yes.len() > vote.no.len();
    let resent = |from: StateId, to: StateId| {
        (from, to, raised(book.dyads().hostility(from, to), book.rules().vote_cost))
    };
    let others = |votes: &[StateId]| -> Vec<StateId> {
        votes.iter().copied().filter(|s| *s != of && *s != victim).collect()
    };
    let by_victim = others(&vote.no).into_iter().map(|s| resent(victim, s));
    let cost = by_victim.chain(others(&vote.yes).into_iter().map(|s| resent(of, s))).collect();
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
    let step = book.rules().recognition_factor * book.rules().vote_cost;
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
