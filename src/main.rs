//! The program: the command line, or the window.

use std::process::ExitCode;

use casus::cli::{self, Asked};
use clap::Parser;

/// Histories make and drop many small lists.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run(cli::Cli::parse()) {
        Asked::Done(code) => code,
        Asked::Window { scenario, capture } => open(&scenario, capture),
    }
}

#[cfg(not(feature = "gui"))]
fn open(scenario: &str, _capture: Option<std::path::PathBuf>) -> ExitCode {
    cli::say("built without the window (feature `gui`); here is the scenario as text.");
    cli::tell(scenario)
}

#[cfg(feature = "gui")]
fn open(scenario: &str, capture: Option<std::path::PathBuf>) -> ExitCode {
    use casus::gui::{Opened, Opening, open};
    match open(&Opening { scenario: scenario.to_owned(), capture }) {
        Opened::Closed(code) => code,
        Opened::NoWindow(reason) => {
            cli::say(&format!("there can be no window here: {reason}; here is the scenario as text."));
            cli::tell(scenario)
        }
        Opened::NoScenario(text) => {
            cli::say(&text);
            ExitCode::from(2)
        }
        Opened::BadScenario(text) => {
            cli::say(&format!("`{scenario}` cannot be opened:\n{text}"));
            ExitCode::from(1)
        }
    }
}
