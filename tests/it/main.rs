//! Everything that can be tested without a window.

mod adjudication;
mod architecture;
mod behaviour;
mod calibration;
mod chain_gang;
mod command_line;
mod conduct;
mod diagnostics;
mod ensembles;
mod golden;
mod properties;
mod statecraft;
mod support;
mod threads;
