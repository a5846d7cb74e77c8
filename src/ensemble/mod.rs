//! Many histories of one scenario, and what they come to: chances with intervals, spreads, one row a history.
//!
//! Histories are played side by side and counted as they come; none of them is kept. Counts are whole numbers, so they
//! come out the same however the histories are shared out among threads or machines.

mod history;
mod page;
mod play;
mod row;
pub mod statistics;
mod summary;
mod tally;

pub use history::{History, War};
pub use page::{Picture, drawings, page};
pub use play::Players;
pub use row::{columns, row};
pub use summary::{Bar, Cast, EntryChance, Fan, Run, Summary, VerdictChance};
pub use tally::Tally;
