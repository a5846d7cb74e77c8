//! What the tests share.

use std::sync::Arc;

use casus::chronicle::Prose;
use casus::engine::Simulation;
use casus::model::Replicate;
use casus::scenario::{self, Scenario};

/// A scenario from text that must be in order.
pub fn scenario(text: &str) -> Arc<Scenario> {
    let (scenario, findings) = scenario::parse("test", text.as_bytes(), &library);
    assert!(!findings.has_errors(), "{}", casus::diagnostics::to_text(&findings, text));
    Arc::new(scenario.expect("a scenario without errors"))
}

/// The embedded scenarios, for `extends`.
pub fn library(_: &str, name: &str) -> Result<(String, Vec<u8>), String> {
    let found = scenario::embedded(name).map(|e| (name.to_owned(), e.source.into()));
    found.ok_or_else(|| "there is none".into())
}

/// An embedded scenario.
pub fn embedded(name: &str) -> Arc<Scenario> {
    scenario(scenario::embedded(name).expect("an embedded scenario").source)
}

/// A finished run.
pub fn run(scenario: &Arc<Scenario>, seed: u64, replicate: u32) -> Simulation {
    let mut simulation = Simulation::new(Arc::clone(scenario), seed, Replicate(replicate));
    simulation.run(None, &[]);
    simulation
}

/// All sentences of a run's chronicle.
pub fn sentences(simulation: &Simulation) -> Vec<String> {
    let prose = Prose::new(simulation.scenario(), simulation.chronicle());
    simulation.chronicle().facts().iter().map(|f| prose.sentence(f)).collect()
}

/// A world of imagined states A, B, C ... of equal capability, with these further entries.
pub fn small_world(n: usize, entries: &str) -> String {
    let ids = ["A", "B", "C", "D", "E", "F", "G", "H"];
    let states: String = ids[..n]
        .iter()
        .enumerate()
        .map(|(i, id)| {
            format!(
                "\"{id}\": (name: \"{id}\", capital: (name: \"{id}\", lat: {}.0, lon: 0.0), region: \"r\", \
                 capability: 0.1, territory: []),\n",
                i * 3
            )
        })
        .collect();
    format!(
        "(format: 1, title: \"t\", start: \"2000-01-01\", turn: Months(1), turns: 4, rules: (preset: Strict),\n\
         regions: {{\"r\": (name: \"R\")}},\n states: {{\n{states}}},\n{entries})"
    )
}
