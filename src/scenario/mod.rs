//! From the text of a scenario file to a valid, resolved, immutable [`Scenario`].
//!
//! ```text
//! bytes --read--> ScenarioFile --extend--> ScenarioFile --lower--> Scenario
//!                      \____________ diagnostics ____________/
//! ```

mod change;
mod embedded;
mod extend;
pub mod file;
mod locate;
mod lower;
mod orders;
mod plan;
mod read;
mod rules;
mod valid;

pub use change::{Change, numbers};
pub use embedded::{EMBEDDED, Embedded, PAIRS, cannot_open, embedded};
pub use extend::Library;
pub use locate::{Broken, Place, Places};
pub use orders::{OrdersFile, parse_orders, write_orders};
pub use plan::{AxisFile, DesignFile, Plan, PlanFile, SubPlanFile, ValuesFile, parse_plan};
pub use read::{MOST_BYTES, text_of};
pub use rules::{BothSides, PARAMETERS, Parameter, Preset, Rules, RulesFile};
pub use valid::{
    Act, Claim, Clause, Commitment, Condition, Conflict, Dyads, Expectation, Incident, Inject, Member,
    Pledge, Reading, Region, Scenario, Source, Stance, State, Transfer, Treaty, Trigger,
};

use crate::diagnostics::Diagnostics;
use file::ScenarioFile;

/// Reads a scenario. All findings come back; the scenario does if none of them is an error.
///
/// `name` is what findings call the file and what the scenario is called; `library` finds the
/// scenarios that it extends.
pub fn parse(name: &str, bytes: &[u8], library: &Library) -> (Option<Scenario>, Diagnostics) {
    let mut out = Diagnostics::new(name);
    let scenario = extend::read_extended(name, bytes, library, &mut out)
        .and_then(|read| lower::lower(name, read, &mut out));
    out.sort();
    let sound = !out.has_errors();
    (scenario.filter(|_| sound), out)
}

/// Reads a scenario, and hands back its whole text with what it extends: what can be changed and read again.
pub fn parse_with_text(
    name: &str,
    bytes: &[u8],
    library: &Library,
) -> (Option<(Scenario, String)>, Diagnostics) {
    let mut out = Diagnostics::new(name);
    let read = extend::read_extended(name, bytes, library, &mut out);
    let text = read.as_ref().and_then(|read| read.file.as_ref()).map(write);
    let scenario = read.and_then(|read| lower::lower(name, read, &mut out));
    out.sort();
    let sound = !out.has_errors();
    (scenario.zip(text).filter(|_| sound), out)
}

/// Reads a scenario that extends nothing.
pub fn parse_whole(name: &str, text: &str) -> (Option<Scenario>, Diagnostics) {
    parse(name, text.as_bytes(), &|_, _| Err("there is none".to_owned()))
}

/// Reads a scenario as a file, resolved with what it extends but not checked further.
pub fn parse_file(name: &str, bytes: &[u8], library: &Library) -> (Option<ScenarioFile>, Diagnostics) {
    let mut out = Diagnostics::new(name);
    let file = extend::read_extended(name, bytes, library, &mut out).and_then(|read| read.file);
    (file, out)
}

/// Checks and resolves a file that was put together by a program rather than typed.
pub fn resolve(name: &str, file: ScenarioFile) -> (Option<Scenario>, Diagnostics) {
    let mut out = Diagnostics::new(name);
    let read = read::Read { file: Some(file), places: Places::default(), dropped: Default::default() };
    let scenario = lower::lower(name, read, &mut out);
    out.sort();
    let sound = !out.has_errors();
    (scenario.filter(|_| sound), out)
}

/// Reads a value in the dialect of scenario files; for files that are part of the program.
///
/// # Errors
/// Where the text is not such a value, with line and column.
pub fn from_ron<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, String> {
    read::dialect().from_str(text).map_err(|error| error.to_string())
}

/// The RON text of a scenario file, laid out for reading.
pub fn write(file: &ScenarioFile) -> String {
    let pretty = ron::ser::PrettyConfig::new().depth_limit(6).indentor("    ").struct_names(false);
    // Serialization to a string fails only for types RON cannot hold, and the mirror has none.
    read::dialect().to_string_pretty(file, pretty).unwrap_or_default()
}

/// The JSON Schema of scenario files, for editors.
pub fn json_schema() -> serde_json::Value {
    schemars::schema_for!(ScenarioFile).to_value()
}
