//! The command line.

mod calibrate;
mod check;
mod compare;
mod ensemble;
mod explain;
mod fatc;
mod library;
mod list;
mod merge;
mod output;
mod rules;
mod run;
mod schema;
mod search;
mod store;
mod sweep;
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
    /// Play many histories: who enters how often, with intervals; one row a history in a file if you like.
    Ensemble(EnsembleArgs),
    /// Play two scenarios, or one and a changed one, on the same chance: what differs, with intervals, and why.
    Compare(CompareArgs),
    /// Look for the smallest single change that makes an outcome likely.
    Search(SearchArgs),
    /// Play a scenario at many points of what could be otherwise, and tell what moves what.
    Sweep(SweepArgs),
    /// Make one file of the shards of an ensemble or a sweep.
    Merge {
        /// The shards.
        #[arg(required = true)]
        shards: Vec<PathBuf>,
        /// The file to make: .parquet, .csv or .jsonl.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Why a state entered a conflict, or why it did not: from the first incident to the decision.
    Explain(ExplainArgs),
    /// Run the adjudication test cases: what treaties oblige states to do, and why.
    Fatc(FatcArgs),
    /// Fit the weights of deliberation to historical joining decisions (see docs/calibration.md).
    Calibrate {
        /// The folder with the tables.
        folder: PathBuf,
    },
    /// Print every parameter of the rules: meaning, unit, range, default, source, and which preset sets what.
    Rules,
    /// Print the JSON Schema of scenario files, for editors.
    Schema,
}

/// What `run` and `explain` need to play a history.
#[derive(Args, Clone, Debug)]
struct Play {
    #[command(flatten)]
    given: Given,
    /// Which of the many histories of this seed.
    #[arg(long, default_value_t = 0)]
    replicate: u32,
    /// A RON file of orders to carry out (see docs/scenario-format.md).
    #[arg(long, value_name = "FILE")]
    orders: Option<PathBuf>,
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

/// A scenario, perhaps changed, and its chance.
#[derive(Args, Clone, Debug)]
struct Given {
    /// The scenario.
    scenario: String,
    /// The seed of all chance; the scenario's own unless given.
    #[arg(long, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Play under this preset of the rules, with the scenario's own overrides left out.
    #[arg(long, value_enum)]
    preset: Option<PresetName>,
    /// Change one thing, as often as you like: `rules/obligation=2`, `states/RUS/capability=0.1`,
    /// `treaties/nato/clauses/5/automaticity=Automatic`, `treaties/nato=absent`.
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<crate::scenario::Change>,
}

#[derive(Args, Debug)]
struct EnsembleArgs {
    #[command(flatten)]
    given: Given,
    /// How many histories.
    #[arg(short = 'n', long, default_value_t = 1000)]
    replicates: u32,
    /// How many at the same time; as many as the machine can unless given. It changes nothing in what comes out.
    #[arg(short = 'j', long)]
    threads: Option<usize>,
    /// Stop earlier, once no chance of entry has an interval wider than this to either side (0.01 for one per cent).
    #[arg(long, value_name = "P", conflicts_with = "shard")]
    until_precision: Option<f64>,
    /// Play only the K-th of N parts, which `casus merge` puts together again.
    #[arg(long, value_name = "K/N", requires = "output")]
    shard: Option<Shard>,
    /// Write one row a history here: .parquet, .csv or .jsonl. An existing file is not overwritten.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Go on with an output that was cut short, or has fewer histories.
    #[arg(long, requires = "output")]
    resume: bool,
    /// Write the summary as a page with plots here.
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Write each plot of that page as an SVG file of its own into this folder.
    #[arg(long, value_name = "FOLDER")]
    plots: Option<PathBuf>,
}

#[derive(Args, Debug)]
struct CompareArgs {
    /// The first scenario.
    scenario: String,
    /// The second; the first again, with the changes, unless given.
    with: Option<String>,
    /// The seed of all chance in both; the first scenario's own unless given.
    #[arg(long, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// Play the second under this preset of the rules, with the scenario's own overrides left out.
    #[arg(long, value_enum)]
    preset: Option<PresetName>,
    /// Change one thing in the second, as often as you like.
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<crate::scenario::Change>,
    /// How many histories of each.
    #[arg(short = 'n', long, default_value_t = 1000)]
    replicates: u32,
    /// How many at the same time; as many as the machine can unless given.
    #[arg(short = 'j', long)]
    threads: Option<usize>,
    /// Show where a pair of histories parts: both chronicles side by side, from the first fact that differs.
    #[arg(long)]
    explain: bool,
    /// Explain this pair rather than the first that parts.
    #[arg(long, requires = "explain")]
    replicate: Option<u32>,
}

#[derive(Args, Debug)]
struct SearchArgs {
    #[command(flatten)]
    given: Given,
    /// The outcome: "GBR stays out", "GBR enters", "GBR keeps its word", "at most 4 belligerents", ...
    #[arg(long)]
    goal: String,
    /// The least share of histories in which the outcome counts as likely.
    #[arg(long, default_value_t = 0.9)]
    likely: f64,
    /// On how many histories.
    #[arg(short = 'n', long, default_value_t = 400)]
    replicates: u32,
    /// How many changes to try at the same time; as many as the machine can unless given.
    #[arg(short = 'j', long)]
    threads: Option<usize>,
}

#[derive(Args, Debug)]
struct SweepArgs {
    /// The plan, a RON file (see docs/ensembles.md).
    plan: PathBuf,
    /// Write one row a point here: .parquet, .csv or .jsonl. An existing file is not overwritten.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Go on with an output that was cut short; of a finished one only what moves what is told.
    #[arg(long)]
    resume: bool,
    /// How many points at the same time; as many as the machine can unless given.
    #[arg(short = 'j', long)]
    threads: Option<usize>,
    /// Play only the K-th of N parts, which `casus merge` puts together again.
    #[arg(long, value_name = "K/N")]
    shard: Option<Shard>,
}

/// One of several parts of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shard {
    /// Which, from 1.
    which: u32,
    /// Of how many.
    of: u32,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
        match parts {
            Some((which, of)) if which >= 1 && which <= of => Ok(Self { which, of }),
            _ => Err(format!("`{text}` is no part of a whole; write 1/4 for the first of four")),
        }
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.which, self.of)
    }
}

impl Shard {
    /// Its part of so many things: all parts together are the whole, and differ by one at most.
    fn of_range(self, all: u32) -> std::ops::Range<u32> {
        let at = |k: u32| (u64::from(all) * u64::from(k) / u64::from(self.of)) as u32;
        at(self.which - 1)..at(self.which)
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
        Some(Command::Ensemble(args)) => ensemble::ensemble(&args, format),
        Some(Command::Compare(args)) => compare::compare(&args, format),
        Some(Command::Search(args)) => search::search(&args, format),
        Some(Command::Sweep(args)) => sweep::sweep(&args, format),
        Some(Command::Merge { shards, output }) => merge::merge(&shards, &output, format),
        Some(Command::Explain(args)) => explain::explain(&args, format),
        Some(Command::Fatc(args)) => fatc::fatc(&args, format),
        Some(Command::Calibrate { folder }) => calibrate::calibrate(&folder, format),
        Some(Command::Rules) => Ok(rules::rules(cli.format)),
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
    let given = Given { scenario: scenario.to_owned(), seed: None, preset: None, set: Vec::new() };
    let play = Play { given, replicate: 0, orders: None };
    output::exit(run::run(&RunArgs { play, turns: None, output: None }, Format::Text))
}
