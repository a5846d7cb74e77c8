//! Casus Foederis: how alliances turn one act of aggression into a war of many, or deter it.
//!
//! The modules are floors; each uses only those above it in this list.

#![forbid(unsafe_code)]
#![warn(missing_docs, clippy::iter_over_hash_type)]

pub mod model;

pub mod diagnostics;

pub mod scenario;
