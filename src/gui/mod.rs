//! The window: an atlas with instruments around it.

mod app;
mod capture;
pub mod cascade;
mod command;
mod display;
mod idle;
pub mod inquiry;
mod library;
pub mod map;
pub mod panels;
mod session;
mod theme;

use std::path::PathBuf;
use std::process::ExitCode;

pub use app::open;
pub use command::SessionCommand;
pub use inquiry::Inquiry;
pub use session::Session;
pub use theme::{Palette, install as install_theme};

/// What to open.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The scenario's name or path.
    pub scenario: String,
    /// Take a picture of the window, save it here and quit.
    pub capture: Option<PathBuf>,
}

/// How it went.
#[derive(Debug)]
pub enum Opened {
    /// The window was open, and is closed.
    Closed(ExitCode),
    /// There can be no window here, for this reason.
    NoWindow(String),
    /// There is no such scenario: what was looked for, and what to try.
    NoScenario(String),
    /// The scenario cannot be used, for these reasons.
    BadScenario(String),
}
