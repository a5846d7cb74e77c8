//! Questions about finished runs: outcomes, exports, expectations.

mod expectation;
mod outcome;
mod part;
mod reliability;
mod report;
mod statecraft;

pub use expectation::{Checked, check_expectations, claim_in_words, histories_to_check};
pub use outcome::{Entry, entries};
pub use part::{Parting, ToldFact, parting};
pub use reliability::{Reliability, reliability};
pub use report::report;
