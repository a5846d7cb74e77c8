//! What a person can ask of the session; panels only ask, [`Session`](super::session::Session) acts.

use super::inquiry::Question;
use crate::chronicle::FactId;
use crate::model::Turn;
use crate::scenario::Act;

/// A wish.
#[derive(Clone, Debug, PartialEq)]
pub enum SessionCommand {
    /// One turn on.
    Step,
    /// One turn back.
    Back,
    /// To this turn, playing turns that have not been played.
    GoTo(Turn),
    /// Play on by itself, or stop.
    TogglePlay,
    /// To the start, with the user's orders forgotten (they can be brought back).
    Restart,
    /// An act in the next turn.
    Order(Act),
    /// Take the last order back.
    Undo,
    /// Bring the order that was taken back last again.
    Redo,
    /// Save the orders given so far in a new file.
    SaveOrders,
    /// Open a scenario by name or path.
    Open(String),
    /// Begin again with another seed.
    Seed(u64),
    /// Show once more, link by link, what followed from this fact.
    PlayChain(FactId),
    /// Show at once what is shown link by link.
    SkipChain,
    /// Ask a question that takes many histories.
    Ask(Question),
    /// Give that question up.
    CancelInquiry,
}
