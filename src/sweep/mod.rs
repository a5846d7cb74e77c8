//! Sweeps: a scenario at many points of what could be otherwise, and how far each thing moves each result.
//!
//! Every point is played on the same chance, so that points differ by what was changed and not by luck.

pub mod design;
mod indices;
mod play;
mod points;
pub mod sensitivity;

pub use indices::{Effect, Sensitivity, sensitivity};
pub use play::{Sweep, column_of};
pub use points::{Part, Value, parts};
