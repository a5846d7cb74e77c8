//! Casus Foederis: how alliances turn one act of aggression into a war of many, or deter it.
//!
//! The modules are floors; each uses only those above it in this list. Data flows one way:
//! scenario file -> scenario -> world -> chronicle -> views.

// Floor 0: the vocabulary, and findings about files.
pub mod diagnostics;
pub mod model;

// Floor 1: what is to happen, what happened, and chance.
pub mod chronicle;
pub mod dice;
pub mod scenario;

// Floor 2: the running world.
pub mod world;

// Floor 3: the rules.
pub mod rules;

// Floor 4: the simulation, and where its weights come from.
pub mod calibration;
pub mod engine;

// Floor 5: questions about finished runs.
pub mod analysis;
pub mod fatc;

// Floor 6: many runs, and what they come to.
pub mod ensemble;
pub mod sweep;
pub mod table;

// Floor 7: the faces of the program.
pub mod cli;
#[cfg(feature = "gui")]
pub mod gui;
