//! Calibration: the weights of deliberation, fitted to who joined which war.
//!
//! Tables of wars and pledges become cases: a state, a side and a moment, with all that the simulation would weigh
//! then, and whether the state went to war. The weights are those under which the project's own choice model makes what
//! happened most likely, held by a mild prior where the wars tell little. No table is part of the project: see
//! `docs/calibration.md`.

mod data;
mod fit;
mod stakes;

pub use data::{FILES, Tables};
pub use fit::{
    Estimate, Fit, Free, Held, Quality, fit, free_parameters, held_out, in_sample, quality, rules_of,
    strengths_of,
};
pub use stakes::{Case, Cases, Evidence, Occasion, Pledged, Reach, Strengths, cases, pacts};
