//! Disclosure: what is hidden leaves evidence, is believed, published, denied and at last admitted.
//!
//! Evidence is found with a chance that rises in an observer's intelligence, and moves its belief by Bayes' rule. A
//! denial moves it back, the less so the more evidence there is. Who is convinced and hostile may publish; whoever trusts
//! the publisher more than the supplier is then moved as well.

use crate::chronicle::{Chronicle, FactId, FactKind, Phase, Statecraft};
use crate::dice::Purpose;
use crate::model::{StateId, TransferId};
use crate::world::{Book, TransferState};

/// A belief after evidence that is so many times likelier if it is true than if it is not.
pub fn after(belief: f64, ratio: f64) -> f64 {
    let odds = belief / (1.0 - belief) * ratio;
    (odds / (1.0 + odds)).clamp(1e-6, 1.0 - 1e-6)
}

fn covert<'b>(book: &'b Book) -> impl Iterator<Item = (TransferId, &'b TransferState)> {
    let all = book.scenario().transfers.iter().zip(&book.environment.transfers).zip(0..);
    all.filter(|((t, _), _)| t.covert).map(|((_, now), i)| (TransferId(i), now))
}

/// Observers find evidence of covert transfers.
pub fn find_evidence(book: &Book, chronicle: &mut Chronicle) {
    let (turn, rules) = (book.now.turn, book.rules());
    for (id, now) in covert(book) {
        // What has been published is no longer looked for; whoever does not believe it waits for an admission.
        let hidden = now.published.is_none() && rules.transfers > 0.0;
        let Some(began) = now.running.filter(|_| hidden) else { continue };
        let t = book.scenario().transfer(id);
        let (mut found, mut convinced) = (Vec::new(), Vec::new());
        for observer in book.scenario().state_ids().filter(|s| *s != t.from && *s != t.to) {
            let chance = rules.evidence_rate * book.state(observer).intelligence;
            if now.exposed.contains(&observer)
                || book.draw(Purpose::Evidence, t.key.with(book.state(observer).key)) >= chance
            {
                continue;
            }
            let belief = after(now.belief(observer), rules.evidence_ratio);
            if belief >= rules.exposure { &mut convinced } else { &mut found }.push((observer, belief));
        }
        let mut log = |what| {
            chronicle.record(turn, Phase::Disclosure, FactKind::Statecraft(what), &[began]);
        };
        if !found.is_empty() {
            log(Statecraft::Evidence { transfer: id, found });
        }
        if !convinced.is_empty() {
            log(Statecraft::Exposed { transfer: id, found: convinced });
        }
    }
}

/// Those who are convinced and hostile publish.
pub fn publish(book: &Book, chronicle: &mut Chronicle) {
    for (id, now) in covert(book) {
        if now.published.is_some() {
            continue;
        }
        let t = book.scenario().transfer(id);
        let bold = now.exposed.iter().copied().find(|&s| {
            let hostility = book.dyads().hostility(s, t.from).max(book.dyads().hostility(s, t.to));
            let draw = book.draw(Purpose::Publication, t.key.with(book.state(s).key));
            draw < book.rules().publication * hostility
        });
        if let Some(by) = bold {
            make_known(book, chronicle, id, by, &[]);
        }
    }
}

/// A state publishes what it knows of a transfer: the others are moved as far as they trust it more than the supplier.
pub fn make_known(book: &Book, chronicle: &mut Chronicle, id: TransferId, by: StateId, because: &[FactId]) {
    let now = &book.environment.transfers[id.index()];
    // There is nothing to be known of what has not begun.
    if now.published.is_some() || (now.running.is_none() && !now.over) {
        return;
    }
    let t = book.scenario().transfer(id);
    let others = book.scenario().state_ids().filter(|s| *s != by && *s != t.from && *s != t.to);
    let beliefs = others.filter(|_| t.covert).map(|s| {
        let trust =
            (0.5 + 0.5 * book.dyads().affinity(s, by) - 0.5 * book.dyads().affinity(s, t.from)).max(0.0);
        let ratio = libm::pow(book.rules().evidence_ratio, book.rules().publication_weight * trust);
        (s, after(now.belief(s), ratio))
    });
    let own = t.covert.then(|| (by, now.belief(by).max(book.rules().exposure)));
    let what = Statecraft::Published { transfer: id, by, beliefs: own.into_iter().chain(beliefs).collect() };
    let exposed = now.running.iter().copied().chain(because.iter().copied());
    let because: Vec<FactId> = exposed.collect();
    chronicle.record(book.now.turn, Phase::Disclosure, FactKind::Statecraft(what), &because);
}

/// The parties deny what was published, or admit it once there is a treaty under which they can call it lawful.
pub fn answer(book: &Book, chronicle: &mut Chronicle) {
    for (id, now) in covert(book) {
        let Some(published) = now.published else { continue };
        let t = book.scenario().transfer(id);
        for by in [t.from, t.to] {
            if now.acknowledged.contains(&by) {
                continue;
            }
            let lawful = t.under.is_some_and(|treaty| book.is_in_force(treaty));
            let draw = book.draw(Purpose::Acknowledgement, t.key.with(book.state(by).key));
            if lawful && draw < book.rules().acknowledgement {
                acknowledge(book, chronicle, id, by, &[published]);
            } else if !now.denied.contains(&by) {
                deny(book, chronicle, id, by, &[published]);
            }
        }
    }
}

/// A party denies a transfer, unless it has admitted it before.
pub fn deny(book: &Book, chronicle: &mut Chronicle, id: TransferId, by: StateId, because: &[FactId]) {
    if book.environment.transfers[id.index()].acknowledged.contains(&by) {
        return;
    }
    let kind = FactKind::Statecraft(Statecraft::Denied { transfer: id, by });
    chronicle.record(book.now.turn, Phase::Disclosure, kind, because);
}

/// A party admits a transfer that has begun, and names the treaty if it is in force; it does so once.
pub fn acknowledge(book: &Book, chronicle: &mut Chronicle, id: TransferId, by: StateId, because: &[FactId]) {
    let now = &book.environment.transfers[id.index()];
    if now.acknowledged.contains(&by) || (now.running.is_none() && !now.over) {
        return;
    }
    let under = book.scenario().transfer(id).under.filter(|t| book.is_in_force(*t));
    let kind = FactKind::Statecraft(Statecraft::Acknowledged { transfer: id, by, under });
    chronicle.record(book.now.turn, Phase::Disclosure, kind, because);
}

#[cfg(test)]
mod tests {
    use super::after;

    #[test]
    fn evidence_moves_belief_by_bayes() {
        // By hand: odds 1 to 4, times 3, are 3 to 4.
        assert!((after(0.2, 3.0) - 3.0 / 7.0).abs() < 1e-12);
        assert!((after(0.5, 1.0) - 0.5).abs() < 1e-12);
        assert!(after(0.999_999, 1e9) < 1.0);
    }
}
