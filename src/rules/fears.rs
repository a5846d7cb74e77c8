//! The two fears of the alliance dilemma (Snyder 1984): to be left alone in one's own war, and to be dragged into that of
//! another. Who binds itself closer to lessen the one adds to the other.

use bevy_ecs::prelude::*;

use super::deterrence::{count, promises};
use super::rivalry::threat;
use crate::chronicle::Fulfilment;
use crate::model::{Obligation, StateId};
use crate::world::{Book, Fear};

/// The fear of being left alone: how far a state is threatened, and how likely it is that nobody stands by it.
pub fn of_abandonment(threat: f64, alone: f64) -> f64 {
    threat * alone
}

/// The fear of being dragged in: how likely a partner's war is, how firmly one is bound to join it, and how little
/// one has against its adversary oneself.
pub fn of_entrapment(war: f64, bound: f64, own_hostility: f64) -> f64 {
    war * bound * (1.0 - own_hostility)
}

/// Who threatens a state most, and how much, if that is no less than `least`: fully, if wholly hostile and at least as
/// strong.
pub fn greatest_threat(book: &Book, state: StateId, least: f64) -> Option<(StateId, f64)> {
    let own = book.capability(state);
    let rivals = book.scenario().state_ids().filter(|r| *r != state);
    let hostile = rivals.map(|r| (r, book.dyads().hostility(r, state))).filter(|(_, h)| *h >= least);
    let threats = hostile.map(|(r, hostility)| (r, threat(hostility, own, book.capability(r))));
    threats.filter(|(_, t)| *t >= least).fold(None, |best: Option<(StateId, f64)>, next| match best {
        Some(b) if b.1 >= next.1 => Some(b),
        _ => Some(next),
    })
}

/// The same for all states, by id, in one pass over all relations.
fn greatest_threats(book: &Book) -> Vec<Option<(StateId, f64)>> {
    let strengths: Vec<f64> = book.scenario().state_ids().map(|s| book.capability(s)).collect();
    let mut greatest: Vec<Option<(StateId, f64)>> = vec![None; strengths.len()];
    for rival in book.scenario().state_ids() {
        for (state, hostility) in book.dyads().hostilities_of(rival) {
            let threat = threat(hostility, strengths[state.index()], strengths[rival.index()]);
            let known = &mut greatest[state.index()];
            if threat > known.map_or(0.0, |(_, most)| most) {
                *known = Some((rival, threat));
            }
        }
    }
    greatest
}

/// The chance, as a state sees it, that nobody stands by it against a rival; below one in a thousand it is not told apart.
fn alone(book: &Book, rival: StateId, state: StateId) -> f64 {
    let mut believed: Vec<(StateId, f64)> = Vec::new();
    for promise in promises(book, state, rival, state) {
        count(&mut believed, promise);
        if nobody(&believed) < 0.001 {
            return 0.0;
        }
    }
    nobody(&believed)
}

/// The chance that none of several comes, each with its own.
fn nobody(believed: &[(StateId, f64)]) -> f64 {
    believed.iter().map(|(_, p)| 1.0 - p).product()
}

/// What every state has to fear. Who is hardly threatened asks neither who would come nor whom it would drag in.
fn of_all(book: &Book) -> Vec<Fear> {
    let rules = book.rules();
    if book.dyads().is_empty() {
        return Vec::new();
    }
    let mut threats = greatest_threats(book);
    for (threat, state) in threats.iter_mut().zip(0..) {
        let at_war = book.conflicts.wars_of(StateId(state)) > 0;
        *threat = threat.filter(|(_, t)| *t >= rules.grievance || at_war);
    }
    let mut fears = vec![Fear::default(); threats.len()];
    if threats.iter().all(Option::is_none) {
        return fears;
    }
    for (state, threat) in book.scenario().state_ids().zip(&threats) {
        let Some((rival, threat)) = *threat else { continue };
        fears[state.index()].abandonment = of_abandonment(threat, alone(book, rival, state));
        // Those bound to it may be dragged into its war.
        let war = if book.conflicts.wars_of(state) > 0 { 1.0 } else { threat };
        for &id in book.owed_to(state) {
            let (clause, by) = (book.clause_of(id), book.commitment(id).obligor);
            if clause.obligation == Obligation::Defense && by != rival && book.stands(id) {
                let fearful = of_entrapment(war, clause.strength.at(0.5), book.dyads().hostility(by, rival));
                let fear = &mut fears[by.index()];
                fear.entrapment = fear.entrapment.max(fearful);
            }
        }
    }
    fears
}

/// What every state has to fear, found anew once a year and whenever treaties change, conflicts begin or end, or a promise
/// is broken.
#[derive(Resource, Clone, Debug, Default)]
pub struct Fears {
    /// By state; nothing where nobody is hostile to anybody.
    pub of: Vec<Fear>,
    /// When they were found: treaties that had changed, conflicts that there had been and that went on, promises broken,
    /// the year.
    found: Option<(u32, usize, usize, usize, u32)>,
    /// Whether they were found to be others at the end of this turn.
    pub changed: bool,
}

impl Fears {
    /// Finds them anew if there is reason to.
    pub fn refresh(&mut self, book: &Book) {
        let year = f64::from(book.now.turn.0) * book.scenario().calendar.length.years();
        let (begun, active) = (book.conflicts.all().len(), book.conflicts.active().count());
        let broken = book.obligations.fulfilled[Fulfilment::Reneged as usize];
        let now = (book.treaty_changes, begun, active, broken, year as u32);
        self.changed = false;
        if self.found != Some(now) {
            self.found = Some(now);
            let found = of_all(book);
            self.changed = found != self.of;
            self.of = found;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_friends_fears_less_to_be_alone_and_more_to_be_dragged_in() {
        let friends = [(StateId(0), 0.6), (StateId(1), 0.5)];
        assert_eq!(of_abandonment(0.8, nobody(&[])), 0.8);
        // By hand: 0.8 * 0.4 * 0.5.
        assert!((of_abandonment(0.8, nobody(&friends)) - 0.16).abs() < 1e-12);
        assert_eq!(of_entrapment(1.0, 0.9, 1.0), 0.0, "who would fight anyway is not dragged in");
        assert!(of_entrapment(1.0, 0.9, 0.1) > of_entrapment(0.5, 0.9, 0.1));
        assert!(of_entrapment(1.0, 0.9, 0.1) > of_entrapment(1.0, 0.3, 0.1));
    }
}
