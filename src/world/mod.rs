//! The running world: states, treaties and commitments as entities, conflicts and what is owed in them
//! as lists.
//!
//! A commitment is an entity of its own that points to its treaty, its obligor and its beneficiary,
//! because a membership has properties (what is owed to whom) and Bevy's relationships are one-to-many.
//! Only `apply.rs` changes the world, and only by carrying out facts of the chronicle.

mod apply;
mod book;
mod components;
mod course;
mod desk;
mod environment;
mod ledger;
mod snapshot;
mod spawn;

pub use book::Book;
pub use components::{
    Bond, Capability, Commits, Obligor, OwedTo, Owes, Reliance, Sovereign, TreatyStatus, UnderTreaty,
    Weariness,
};
pub use course::{
    Belligerent, Blame, Conflicts, Course, Help, Invocation, Obligations, Owed, Pending, PledgeBook, Status,
    War,
};
pub use desk::{Desk, Rule};
pub use environment::{Environment, NormState, Record, Supply, TransferState};
pub use ledger::{Ledger, Now, Round};
pub use snapshot::{Columns, ConflictView, Fear, Glance, Snapshot, StateView};
pub use spawn::{Setting, begin, spawn};
