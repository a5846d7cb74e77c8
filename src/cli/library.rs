//! Scenarios by name or path.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::output::{Failure, json_text};
use super::{Format, Given};
use crate::diagnostics::{self, Diagnostics};
use crate::ensemble::Run;
use crate::model::Key;
use crate::scenario::{self, Change, MOST_BYTES, Scenario, embedded};

/// A scenario file as found.
#[derive(Clone, Debug)]
pub struct Found {
    /// What findings call it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Finds a scenario by the name of an embedded one, or by path.
pub fn find(name: &str) -> Result<Found, Failure> {
    if let Some(embedded) = embedded(name) {
        return Ok(Found { name: name.to_owned(), bytes: embedded.source.into() });
    }
    let path = Path::new(name);
    match read(path) {
        Ok(bytes) => Ok(Found { name: name.to_owned(), bytes }),
        Err(error) => Err(Failure::CouldNotRun(scenario::cannot_open(name, &error))),
    }
}

/// The bytes of a file, but not many more than a scenario may have.
pub fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Found {
    /// Reads it.
    pub fn parse(&self) -> (Option<Scenario>, Diagnostics) {
        scenario::parse(&self.name, &self.bytes, &Self::base)
    }

    /// Finds a scenario that another extends.
    fn base(asking: &str, base: &str) -> Result<(String, Vec<u8>), String> {
        if let Some(embedded) = embedded(base) {
            return Ok((base.to_owned(), embedded.source.into()));
        }
        if embedded(asking).is_some() {
            return Err("there is no embedded scenario of this name".into());
        }
        // Beside the file that asks for it; by its full path, so that a circle is seen as one.
        let path = Path::new(asking).parent().unwrap_or(Path::new("")).join(base);
        let full = fs::canonicalize(&path).unwrap_or(path);
        let bytes = read(&full).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => "there is no such scenario or file".to_owned(),
            _ => error.to_string(),
        })?;
        Ok((full.display().to_string(), bytes))
    }

    /// Its text, as far as it is text.
    pub fn source(&self) -> std::borrow::Cow<'_, str> {
        scenario::text_of(&self.bytes)
    }
}

/// Finds and reads a scenario that must be in order; if it is not, its findings come in this format.
pub fn load(name: &str, format: Format) -> Result<Arc<Scenario>, Failure> {
    let found = find(name)?;
    let (scenario, findings) = found.parse();
    scenario.map(Arc::new).ok_or_else(|| findings_as(&findings, &found.source(), format))
}

/// A scenario to be played many times, and what there is to say about it so that others can play it again.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// Its text, whole: with what it extends, and changed.
    pub text: String,
    /// What is played.
    pub run: Run,
}

/// Finds and reads a scenario, with changes and under another preset if one is named.
pub fn load_changed(given: &Given, format: Format) -> Result<Loaded, Failure> {
    let found = find(&given.scenario)?;
    // What is wrong with it is told of what its author wrote, before anything is changed.
    let (read, findings) = scenario::parse_with_text(&found.name, &found.bytes, &Found::base);
    let read = read.ok_or_else(|| findings_as(&findings, &found.source(), format))?;
    let (mut scenario, mut text) = read;
    // A preset leaves out the scenario's own overrides, but not those of the command line.
    let preset = given.preset.map(|p| Change::preset(p.into()));
    for change in preset.iter().chain(&given.set) {
        text = change.make(&text).map_err(Failure::CouldNotRun)?;
    }
    if preset.is_some() || !given.set.is_empty() {
        let (changed, findings) = scenario::parse_whole(&given.scenario, &text);
        scenario = changed.ok_or_else(|| match findings_as(&findings, &text, format) {
            Failure::Findings(found) if format == Format::Text => Failure::Findings(format!(
                "Changed by `{}`, the scenario is no longer in order. Lines are those of the changed text, not of the file.\n\n{found}",
                given.set.iter().chain(&preset).map(Change::to_string).collect::<Vec<_>>().join("`, `"),
            )),
            failure => failure,
        })?;
    }
    let run = Run {
        scenario: given.scenario.clone(),
        title: scenario.title.clone(),
        content: format!("{:016x}", Key::of(&text).0),
        preset: scenario.preset.name().to_owned(),
        changes: given.set.iter().map(Change::to_string).collect(),
        seed: given.seed.unwrap_or(scenario.seed),
        shard: None,
        turns: scenario.turns,
        program: env!("CARGO_PKG_VERSION").to_owned(),
    };
    Ok(Loaded { scenario: Arc::new(scenario), text, run })
}

/// Findings in a format.
pub fn findings_as(findings: &Diagnostics, source: &str, format: Format) -> Failure {
    Failure::Findings(match format {
        Format::Text => diagnostics::to_text(findings, source),
        Format::Json => json_text(&diagnostics::to_json(findings, source)),
    })
}
