//! The chain of a turn as it is shown: which rows it has, and how it plays.
//!
//! When a turn brings a chain, its links light up one after another in the order in which they happened.
//! What is lit at which moment is a function of how many links there are and how much time has passed.

use std::collections::{BTreeMap, BTreeSet};

use bevy::prelude::Resource;

use crate::chronicle::{Chronicle, Fact, FactId, FactKind, Prose, Told};
use crate::model::{CommitmentId, Response, Turn};

/// Seconds a link is looked at, where there is time.
const BEAT: f32 = 0.6;
/// No chain takes longer than this.
const LONGEST: f32 = 9.0;

/// Seconds for each of so many links, if the whole may take `room` seconds.
pub fn beat(links: usize, room: f32) -> f32 {
    BEAT.min(LONGEST.min(room) / links.max(1) as f32)
}

/// How many of so many links are lit after so many seconds: the first at once, the others in their turn.
pub fn lit(links: usize, beat: f32, elapsed: f32) -> usize {
    let due = if beat > 0.0 { (elapsed / beat) as usize + 1 } else { links };
    due.min(links)
}

/// A chain that is being played, or nothing.
#[derive(Resource, Default, Debug)]
pub struct Playing {
    links: Vec<Told>,
    /// For each fact of the chain, its link.
    place: BTreeMap<FactId, usize>,
    beat: f32,
    elapsed: f32,
}

impl Playing {
    /// Plays these links; a single one is not a chain, and is shown at once, as is all where there is no room.
    pub fn new(links: Vec<Told>, room: f32) -> Self {
        if links.len() < 2 || room <= 0.0 {
            return Self::default();
        }
        let facts = links.iter().enumerate().flat_map(|(i, link)| link.facts.iter().map(move |f| (*f, i)));
        Self { place: facts.collect(), beat: beat(links.len(), room), elapsed: 0.0, links }
    }

    /// Whether links are still to be lit, or the last of them is still looked at.
    pub fn is_running(&self) -> bool {
        self.elapsed < self.beat * self.links.len() as f32
    }

    /// Lets time pass; returns whether another link lights up, or the chain ends.
    pub fn advance(&mut self, seconds: f32) {
        self.elapsed += seconds;
        if !self.is_running() {
            *self = Self::default();
        }
    }

    /// The link that has lit up last, and how many there are.
    pub fn current(&self) -> Option<(usize, &Told)> {
        let n = lit(self.links.len(), self.beat, self.elapsed).checked_sub(1)?;
        Some((n, self.links.get(n)?))
    }

    /// How many links there are.
    pub fn len(&self) -> usize {
        self.links.len()
    }

    /// Whether nothing plays.
    pub fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// Whether a fact is shown: it has lit up, or is no part of what plays.
    pub fn shows(&self, fact: FactId) -> bool {
        let now = self.current().map_or(0, |(n, _)| n);
        self.place.get(&fact).is_none_or(|place| *place <= now)
    }

    /// Whether a fact belongs to the link that has just lit up.
    pub fn is_current(&self, fact: FactId) -> bool {
        self.current().is_some_and(|(n, _)| self.place.get(&fact) == Some(&n))
    }

    /// The facts that have a place in what plays.
    pub fn facts(&self) -> impl Iterator<Item = FactId> {
        self.place.keys().copied()
    }
}

/// A row of a cascade: like facts that follow from the same act are one.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// How far it is from the root.
    pub depth: usize,
    /// What it tells.
    pub told: Told,
}

/// The consequences of a fact as an outline, of the first `until` facts.
pub fn outline(prose: &Prose, chronicle: &Chronicle, root: FactId, until: usize, not_owed: bool) -> Vec<Row> {
    let facts = &chronicle.facts()[..until.min(chronicle.len())];
    let mut children: BTreeMap<FactId, Vec<FactId>> = BTreeMap::new();
    for fact in facts {
        if let Some(cause) = fact.because.last() {
            children.entry(*cause).or_default().push(fact.id);
        }
    }
    let mut rows = Vec::new();
    let mut open = vec![(0, vec![root])];
    while let Some((depth, ids)) = open.pop() {
        let told = prose.tell(&links(chronicle, &children, &ids, not_owed));
        // Last first: what is pushed last is told next.
        if let [told] = told.as_slice() {
            rows.push(Row { depth, told: told.clone() });
            let next: Vec<FactId> =
                told.facts.iter().flat_map(|f| children.get(f)).flatten().copied().collect();
            if !next.is_empty() {
                open.push((depth + 1, next));
            }
        } else {
            open.extend(told.into_iter().rev().map(|t| (depth, t.facts)));
        }
    }
    rows
}

/// The links among these facts; in place of one that is none, those that follow from it.
fn links<'a>(
    chronicle: &'a Chronicle,
    children: &BTreeMap<FactId, Vec<FactId>>,
    ids: &[FactId],
    not_owed: bool,
) -> Vec<&'a Fact> {
    let mut found: BTreeSet<FactId> = BTreeSet::new();
    let mut open = ids.to_vec();
    while let Some(id) = open.pop() {
        if is_link(chronicle.fact(id), not_owed) {
            found.insert(id);
        } else if let Some(next) = children.get(&id) {
            open.extend(next);
        }
    }
    found.into_iter().map(|id| chronicle.fact(id)).collect()
}

/// Whether a fact is a link of a cascade.
fn is_link(fact: &Fact, not_owed: bool) -> bool {
    match fact.kind {
        FactKind::Tested { owed, .. } | FactKind::PledgeTested { owed, .. } => owed || not_owed,
        // What a response does is told where it takes effect.
        FactKind::Decided { choice, .. } => matches!(choice, Response::Intervene | Response::Abstain),
        FactKind::Fought { .. }
        | FactKind::Judged { .. }
        | FactKind::Fulfilled { .. }
        | FactKind::ReadOtherwise { .. }
        | FactKind::Attributed { .. }
        | FactKind::ConflictEnded { .. } => false,
        _ => true,
    }
}

/// Whether a fact is a decision to do nothing.
pub fn stands_aside(fact: &Fact) -> bool {
    matches!(fact.kind, FactKind::Decided { choice: Response::Abstain, .. })
}

/// The chain that a turn brings, in the order in which it happened: everything that goes back to a hostile
/// act and came about in this turn, but not who stood aside. Empty, if next to nothing followed.
pub fn chain(prose: &Prose, chronicle: &Chronicle, turn: Turn, until: usize) -> Vec<Told> {
    let facts = &chronicle.facts()[..until.min(chronicle.len())];
    let mut reached: BTreeSet<FactId> = BTreeSet::new();
    for fact in facts {
        let root = matches!(fact.kind, FactKind::Incident { .. });
        if root || fact.because.iter().any(|cause| reached.contains(cause)) {
            reached.insert(fact.id);
        }
    }
    let links: Vec<&Fact> = facts
        .iter()
        .filter(|f| f.turn == turn && reached.contains(&f.id) && is_link(f, false) && !stands_aside(f))
        .collect();
    let carried = |f: &&Fact| {
        matches!(
            f.kind,
            FactKind::Tested { acts: true, .. }
                | FactKind::PledgeTested { .. }
                | FactKind::Decided { .. }
                | FactKind::Performed { .. }
                | FactKind::Entered { .. }
        )
    };
    if links.iter().filter(|f| carried(f)).count() < 2 {
        return Vec::new();
    }
    prose.tell(&links)
}

/// The commitment that carried a link: the one that was owed, or for the sake of which something was done.
pub fn carrier(chronicle: &Chronicle, fact: FactId) -> Option<CommitmentId> {
    let mut at = chronicle.fact(fact);
    loop {
        match at.kind {
            FactKind::Tested { commitment, owed: true, .. } => return Some(commitment),
            FactKind::Incident { .. } | FactKind::ConflictBegan { .. } => return None,
            _ => {}
        }
        // Of the reasons for a decision a treaty is told before anything else.
        let owed = |id: &&FactId| matches!(chronicle.fact(**id).kind, FactKind::Tested { owed: true, .. });
        at = chronicle.fact(*at.because.iter().rev().find(owed).or(at.because.last())?);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_light_up_one_after_another_and_all_in_the_end() {
        let beat = beat(4, f32::INFINITY);
        let seen: Vec<usize> = (0..6).map(|i| lit(4, beat, (i as f32 + 0.5) * beat)).collect();
        assert_eq!(seen, [1, 2, 3, 4, 4, 4]);
    }

    #[test]
    fn a_long_chain_plays_faster_and_takes_no_longer_than_there_is_room_for() {
        assert_eq!(beat(2, f32::INFINITY), BEAT);
        assert!(beat(100, f32::INFINITY) * 100.0 <= LONGEST + 1e-3);
        assert!(beat(5, 1.0) * 5.0 <= 1.0 + 1e-6);
    }

    #[test]
    fn without_room_everything_is_shown_at_once() {
        assert_eq!(lit(7, beat(7, 0.0), 0.0), 7);
    }

    fn told(id: u32) -> Told {
        Told { facts: vec![FactId(id)], text: String::new() }
    }

    #[test]
    fn what_is_not_yet_lit_is_hidden_and_in_the_end_nothing_plays() {
        let mut playing = Playing::new(vec![told(3), told(5)], f32::INFINITY);
        assert!(playing.is_running() && playing.is_current(FactId(3)));
        assert!(playing.shows(FactId(3)) && playing.shows(FactId(4)) && !playing.shows(FactId(5)));
        playing.advance(1.1 * BEAT);
        assert!(playing.shows(FactId(5)) && playing.is_running());
        playing.advance(BEAT);
        assert!(!playing.is_running() && playing.is_empty() && playing.shows(FactId(5)));
    }

    #[test]
    fn one_link_is_no_chain() {
        assert!(Playing::new(vec![told(1)], f32::INFINITY).is_empty());
    }

    #[test]
    fn who_steps_fast_is_shown_everything_at_once() {
        let playing = Playing::new(vec![told(1), told(2)], 0.0);
        assert!(playing.is_empty() && playing.current().is_none() && playing.shows(FactId(2)));
    }
}
