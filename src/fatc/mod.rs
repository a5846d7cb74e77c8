//! FATC, the foederis adjudication test cases: numbered cases of what treaties oblige states to do, with what must
//! come of each and why. In the manner of the Diplomacy Adjudicator Test Cases.
//!
//! Cases are data: `tests/fatc/*.ron`, a file a section, embedded here so that the program can run them anywhere.
//! Every case is also played with its entries in another order and its ids renamed, and must not change.

mod book;
mod case;
mod variant;
mod verify;

use std::sync::Arc;

pub use book::book;
pub use case::{CaseFile, CaseState, Expected, SectionFile};
pub use variant::Variant;

use crate::engine::Simulation;
use crate::model::Replicate;
use crate::scenario::Scenario;
use verify::Played;

macro_rules! sections {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../tests/fatc/", $name, ".ron")))),*]
    };
}

/// The sections: file name and text.
pub const SECTIONS: &[(&str, &str)] = sections![
    "01-basic-triggers",
    "02-thresholds",
    "03-theatre",
    "04-named-adversaries",
    "05-provocation",
    "06-secrecy",
    "07-guarantees",
    "08-chains-and-loops",
    "09-both-sides",
    "10-consultation-and-restraint",
    "11-war-powers",
    "12-invocation",
    "13-life-of-treaties",
    "14-readings-and-degrees",
    "15-covert-acts",
    "16-termination",
    "17-real-before-1945",
    "18-real-since-1945",
];

/// A section as read.
///
/// # Errors
/// Where the text is not a section, with the place.
pub fn read(name: &str, text: &str) -> Result<SectionFile, String> {
    crate::scenario::from_ron(text).map_err(|why| format!("tests/fatc/{name}.ron: {why}"))
}

/// All sections, in order.
///
/// # Errors
/// The first section that cannot be read, with the place.
pub fn sections() -> Result<Vec<SectionFile>, String> {
    SECTIONS.iter().map(|(name, text)| read(name, text)).collect()
}

/// Plays a case in every way of telling it and says what came out otherwise than it must; nothing if all is well.
pub fn run(number: &str, case: &CaseFile) -> Vec<String> {
    Variant::ALL.into_iter().flat_map(|variant| run_variant(number, case, variant)).collect()
}

fn run_variant(number: &str, case: &CaseFile, variant: Variant) -> Vec<String> {
    let told = |what: String| format!("{}: {what}", variant.noun());
    let (file, names) = variant.tell(&case.scenario(number));
    let (scenario, findings) = crate::scenario::resolve(number, file);
    let Some(scenario) = scenario else {
        return findings.items().iter().map(|d| told(d.message.clone())).collect();
    };
    let (simulation, in_force) = play(Arc::new(scenario));
    let played = Played { simulation: &simulation, in_force: &in_force, names: &names };
    case.expect.iter().filter_map(|expected| played.verify(expected).err()).map(told).collect()
}

/// The run of a case, and which treaties were in force at the end of each turn, from turn 0.
fn play(scenario: Arc<Scenario>) -> (Simulation, Vec<Vec<bool>>) {
    let mut simulation = Simulation::new(scenario, 1, Replicate(0));
    let mut in_force = vec![simulation.snapshot().in_force];
    while !simulation.is_over() {
        simulation.step(&[]);
        in_force.push(simulation.snapshot().in_force);
    }
    (simulation, in_force)
}
