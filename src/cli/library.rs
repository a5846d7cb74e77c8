//! Scenarios by name or path.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::Format;
use super::output::{Failure, json_text};
use crate::diagnostics::{self, Diagnostics};
use crate::scenario::{self, MOST_BYTES, Scenario, embedded};

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
        let library = |asking: &str, base: &str| -> Result<(String, Vec<u8>), String> {
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
        };
        scenario::parse(&self.name, &self.bytes, &library)
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

/// Findings in a format.
pub fn findings_as(findings: &Diagnostics, source: &str, format: Format) -> Failure {
    Failure::Findings(match format {
        Format::Text => diagnostics::to_text(findings, source),
        Format::Json => json_text(&diagnostics::to_json(findings, source)),
    })
}
