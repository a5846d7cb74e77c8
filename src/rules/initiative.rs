//! Initiative: who uses force of its own accord, beside what is scripted and ordered.
//!
//! Under `Random(p)` aggression is an accident that befalls the system: with this chance a turn one state at peace, drawn
//! at random, attacks another at peace with which it has no commitment either way. It is the yardstick against which
//! what alliances do with an attack can be told from what they do to bring it about.

use crate::chronicle::{Chronicle, FactKind, Phase};
use crate::dice::Purpose;
use crate::model::{Initiative, Key, StateId};
use crate::scenario::Incident;
use crate::world::Book;

/// How often a state is drawn before all that qualify are listed: with half of them at peace it is one in a million
/// million that none of so many draws hits one.
const DRAWS: u64 = 40;

/// Whether states act of their own accord, and which.
pub fn take_initiative(book: &Book, chronicle: &mut Chronicle) {
    let Initiative::Random(p) = book.rules().initiative else { return };
    let draw = book.draw(Purpose::Initiative, Key(0));
    if draw >= p {
        return;
    }
    let at_peace = |s: StateId| book.conflicts.wars_of(s) == 0;
    let moved = |s: StateId| at_peace(s) && book.is_calculated(s);
    let Some(initiator) = pick(book, Purpose::Initiator, moved) else { return };
    let stranger = |s: StateId| s != initiator && at_peace(s) && !book.committed(initiator, s);
    let Some(target) = pick(book, Purpose::Target, stranger) else { return };
    // Every such attack is a war by itself, wherever others are fought.
    let incident = Incident { separate: true, ..Incident::invasion(initiator, target) };
    let kind = FactKind::Initiated { incident, chance: (p, draw) };
    chronicle.record(book.now.turn, Phase::Initiative, kind, &[]);
}

/// One of the states that qualify, each as likely as the other.
fn pick(book: &Book, purpose: Purpose, qualifies: impl Fn(StateId) -> bool) -> Option<StateId> {
    let n = book.scenario().states.len();
    let place = |attempt: u64, among: usize| {
        ((book.draw(purpose, Key(attempt)) * among as f64) as usize).min(among.saturating_sub(1))
    };
    let drawn = (0..DRAWS).map(|attempt| StateId(place(attempt, n) as u32)).find(|s| qualifies(*s));
    drawn.or_else(|| {
        let all: Vec<StateId> = book.scenario().state_ids().filter(|s| qualifies(*s)).collect();
        all.get(place(DRAWS, all.len())).copied()
    })
}
