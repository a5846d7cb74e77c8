//! Many histories of one scenario, and what they come to: chances with intervals, spreads, one row a history.
//!
//! Histories are played side by side and counted as they come; none of them is kept. Counts are whole numbers, so they
//! come out the same however the histories are shared out among threads or machines.

mod candidates;
mod compare;
mod goal;
mod history;
mod page;
mod play;
mod row;
mod search;
pub mod statistics;
mod summary;
mod tally;

pub use candidates::{Candidate, Kind, candidates, in_question};
pub use compare::{Compared, Comparison, Question};
pub use goal::{FORMS, Goal};
pub use history::{History, Number};
pub use page::{Picture, drawings, grouped, page};
pub use play::{Players, in_parallel};
pub use row::{columns, row};
pub use search::{Findings, Found, Search};
pub use summary::{Bar, Cast, EntryChance, Fan, Run, Summary, VerdictChance};
pub use tally::Tally;
