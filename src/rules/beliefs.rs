//! Beliefs: what an observer holds a promise to be worth.
//!
//! A first belief comes from the text as the observer reads it: the base rate at which alliances are honoured (Leeds,
//! Long and Mitchell 2000), less what its ambiguity takes. It is then worth so many cases, and promises kept and
//! broken (Crescenzi, Kathman, Kleinberg and Wood 2012) and costly signals (Fearon 1997) are added to these: the mean
//! of a Beta distribution.

use crate::model::{Automaticity, CommitmentId, StateId};
use crate::scenario::{Clause, Pledge, Rules};
use crate::world::{Book, Record};

/// What is believed of a promise before anything is known of who gave it.
pub fn prior(clause: &Clause, depth: f64, rules: &Rules) -> f64 {
    let (low, high) = clause.strength.range();
    let doubt = rules.ambiguity * rules.ambiguity_doubt;
    let read = clause.strength.at(0.5) - doubt * (high - low) / 2.0;
    let automatic = if clause.automaticity == Automaticity::Automatic { rules.automatic_belief } else { 1.0 };
    let reserved = if clause.constitutional { rules.constitutional_factor } else { 1.0 };
    let tied = 1.0 + rules.depth * depth;
    (rules.honour_prior * read * automatic * reserved * tied).clamp(0.01, 0.99)
}

/// The same after cases in which promises were kept or broken.
pub fn updated(prior: f64, record: Record, rules: &Rules) -> f64 {
    let kept = prior * rules.belief_weight + record.kept;
    (kept / (rules.belief_weight + record.kept + record.broken)).clamp(0.001, 0.999)
}

/// What an observer believes of a commitment, as far as its readings of the clause cover the case.
pub fn reliability(
    book: &Book,
    observer: StateId,
    commitment: CommitmentId,
    covers: impl Fn(&Clause) -> bool,
) -> f64 {
    let (rules, environment) = (book.rules(), &book.environment);
    let clause = book.clause_of(commitment);
    let treaty = book.scenario().treaty(clause.treaty);
    let depth = treaty.depth.share();
    let as_read = |read: &Clause| if covers(read) { prior(read, depth, rules) } else { 0.0 };
    let mut expected =
        if clause.readings.is_empty() || rules.ambiguity < 1.0 { as_read(clause) } else { 0.0 };
    if !clause.readings.is_empty() {
        let total: f64 = clause.readings.iter().map(|r| r.weight_for(observer)).sum();
        let of = |r: &crate::scenario::Reading| r.weight_for(observer) * as_read(&r.clause);
        let read = clause.readings.iter().map(of).sum::<f64>() / total.max(1e-9);
        expected = rules.ambiguity * read + (1.0 - rules.ambiguity) * expected;
    }
    if expected <= 0.0 {
        return 0.0;
    }
    let c = book.commitment(commitment);
    let under_it = environment.records.get(&(c.obligor, clause.treaty));
    updated(expected, record(book, observer, (c.obligor, c.beneficiary), under_it), rules)
}

/// What an observer believes of a pledge outside any treaty.
pub fn pledged(book: &Book, observer: StateId, pledge: &Pledge) -> f64 {
    let rules = book.rules();
    let prior = (rules.honour_prior * pledge.strength).clamp(0.01, 0.99);
    updated(prior, record(book, observer, (pledge.by, pledge.to), None), rules)
}

/// What an observer knows of a state's promises and signals to another: what all know, and what it has seen for itself.
fn record(book: &Book, observer: StateId, (by, to): (StateId, StateId), under_it: Option<&Record>) -> Record {
    let environment = &book.environment;
    let own = environment.experiences.get(&(observer, by));
    let parts = [under_it, environment.reputations.get(&by), environment.signals.get(&(by, to)), own];
    parts.into_iter().flatten().fold(Record::default(), |sum, part| Record {
        kept: sum.kept + part.kept,
        broken: sum.broken + part.broken,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_kept_raise_and_promises_broken_lower_what_is_believed() {
        let rules = Rules::default();
        let record = |kept, broken| Record { kept, broken };
        let before = updated(0.6, record(0.0, 0.0), &rules);
        assert!((before - 0.6).abs() < 1e-12);
        assert!(updated(0.6, record(2.0, 0.0), &rules) > before);
        assert!(updated(0.6, record(0.0, 2.0), &rules) < before);
        // By hand: 0.6 * 6 kept of 6, and two more that were broken.
        assert!((updated(0.6, record(0.0, 2.0), &rules) - 3.6 / 8.0).abs() < 1e-12);
    }
}
