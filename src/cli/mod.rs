//! The command line.

mod calibrate;
mod check;
mod explain;
mod fatc;
mod library;
mod list;
mod output;
mod run;
mod schema;
mod validate;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use library::{Found, find};
pub use output::Failure;

/// How alliances turn one act of aggression into a war of many, or deter it.
#[derive(Debug, Parser)]
#[command(
    name = "casus",
    version,
    about = "How alliances turn one act of aggression into a war of many, or deter it",
    long_about = "Casus Foederis simulates how treaties turn one act of aggression into a war of many, or deter it.\n\
        It illustrates what treaties and a stated model imply; it does not predict, and it takes no side.",
    after_help = "A SCENARIO is the name of an embedded one (see `casus list`) or the path of a RON file.\n\n\
        Examples:\n  \
        casus                                       open the window\n  \
        casus run july-1914 --seed 1                play one history and read it\n  \
        casus explain july-1914 --state ITA         why Italy stayed out\n  \
        casus validate my-scenario.ron              find the mistakes in a file"
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Print text for people or JSON for programs.
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the window, on a scenario if one is named (this is also what `casus` alone does).
    Open {
        /// The scenario; new-axis-2024 unless given.
        scenario: Option<String>,
        /// Take a picture of the window after it has settled, save it here as PNG, and quit.
        #[arg(long, value_name = "PNG")]
        capture: Option<PathBuf>,
    },
    /// List the embedded scenarios.
    List,
    /// Find the mistakes in scenario files: 0 if there are none, 1 if there are, 2 if a file cannot be read.
    Validate {
        /// The files (or names of embedded scenarios).
        #[arg(required = true)]
        files: Vec<String>,
    },
    /// Test what a scenario asserts about its own outcome (its `expect` entries).
    Check {
        /// The scenario.
        scenario: String,
        /// The seed of all chance.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Play one history and tell it turn by turn.
    Run(RunArgs),
    /// Why a state entered a conflict, or why it did not: from the first incident to the decision.
    Explain(ExplainArgs),
    /// Run the adjudication test cases: what treaties oblige states to do, and why.
    Fatc(FatcArgs),
    /// Fit the weights of deliberation to historical joining decisions (see docs/calibration.md).
    Calibrate {
        /// The folder with the tables.
        folder: PathBuf,
    },
    /// Print the JSON Schema of scenario files, for editors.
    Schema,
}

/// What `run` and `explain` need to play a history.
#[derive(Args, Clone, Debug)]
struct Play {
    /// The scenario.
    scenario: String,
    /// The seed of all chance; the scenario's own unless given.
    #[arg(long, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Which of the many histories of this seed.
    #[arg(long, default_value_t = 0)]
    replicate: u32,
    /// A RON file of orders to carry out (see docs/scenario-format.md).
    #[arg(long, value_name = "FILE")]
    orders: Option<PathBuf>,
    /// Play under this preset of the rules, with the scenario's own overrides left out.
    #[arg(long, value_enum)]
    preset: Option<PresetName>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PresetName {
    /// The text alone: what is owed is done, and nobody does more.
    Strict,
    /// States weigh what they owe against interest, power and risk.
    Historical,
    /// Alliances deter because they are kept.
    Deterrence,
    /// Alliances are steps to war.
    StepsToWar,
    /// Every obligation is met with the same chance.
    ChainGang,
    /// `historical` with few surprises.
    Classroom,
}

impl From<PresetName> for crate::scenario::Preset {
    fn from(name: PresetName) -> Self {
        match name {
            PresetName::Strict => Self::Strict,
            PresetName::Historical => Self::Historical,
            PresetName::Deterrence => Self::Deterrence,
            PresetName::StepsToWar => Self::StepsToWar,
            PresetName::ChainGang => Self::ChainGang,
            PresetName::Classroom => Self::Classroom,
        }
    }
}

#[derive(Args, Debug)]
struct RunArgs {
    #[command(flatten)]
    play: Play,
    /// How many turns to play; the scenario's own number unless given.
    #[arg(long)]
    turns: Option<u32>,
    /// Where to write the output; the terminal unless given. An existing file is not overwritten.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Args, Debug)]
struct FatcArgs {
    /// A section ("3") or a case ("3.02"); all unless given.
    #[arg(value_name = "SECTION|NUMBER")]
    which: Option<String>,
    /// A file of cases of your own, instead of those of the program.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Print the cases as a book, in Markdown, instead of running them.
    #[arg(long)]
    book: bool,
}

#[derive(Args, Debug)]
struct ExplainArgs {
    #[command(flatten)]
    play: Play,
    /// The state, by id or name.
    #[arg(long)]
    state: String,
    /// As things stood at the end of this turn; at the end of the scenario unless given.
    #[arg(long)]
    turn: Option<u32>,
}

/// What the command line asks for.
#[derive(Debug)]
pub enum Asked {
    /// Something that was done here, with this result.
    Done(ExitCode),
    /// The window: scenario and picture to take.
    Window {
        /// The scenario's name or path.
        scenario: String,
        /// Where to save a picture.
        capture: Option<PathBuf>,
    },
}

/// Does what the command line asks for, unless it is the window.
pub fn run(cli: Cli) -> Asked {
    let format = cli.format;
    let result = match cli.command {
        None => return Asked::Window { scenario: opening_scenario(), capture: None },
        Some(Command::Open { scenario, capture }) => {
            return Asked::Window { scenario: scenario.unwrap_or_else(opening_scenario), capture };
        }
        Some(Command::List) => list::list(format),
        Some(Command::Validate { files }) => validate::validate(&files, format),
        Some(Command::Check { scenario, seed }) => check::check(&scenario, seed, format),
        Some(Command::Run(args)) => run::run(&args, format),
        Some(Command::Explain(args)) => explain::explain(&args, format),
        Some(Command::Fatc(args)) => fatc::fatc(&args, format),
        Some(Command::Calibrate { folder }) => calibrate::calibrate(&folder, format),
        Some(Command::Schema) => schema::schema(),
    };
    Asked::Done(output::exit(result))
}

fn opening_scenario() -> String {
    crate::scenario::EMBEDDED[0].name.to_owned()
}

/// Says something on standard error.
pub fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "casus: {message}\n");
}

/// Plays a scenario as text: what is left to do where no window can be opened.
pub fn tell(scenario: &str) -> ExitCode {
    let play = Play { scenario: scenario.to_owned(), seed: None, replicate: 0, orders: None, preset: None };
    output::exit(run::run(&RunArgs { play, turns: None, output: None }, Format::Text))
}
