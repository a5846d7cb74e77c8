//! Scenarios for the window.

use std::path::Path;
use std::sync::Arc;

use crate::diagnostics;
use crate::scenario::{self, Scenario, embedded};

/// The scenario of this name or path, or its mistakes as text.
pub fn load(name: &str) -> Result<Arc<Scenario>, String> {
    let read =
        |path: &Path| std::fs::read(path).map_err(|e| format!("cannot open `{}`: {e}", path.display()));
    let folder = Path::new(name).parent().map(Path::to_path_buf).unwrap_or_default();
    let find = |base: &str| match embedded(base) {
        Some(e) => Ok(e.source.as_bytes().to_vec()),
        None => read(&folder.join(base)),
    };
    let bytes = match embedded(name) {
        Some(e) => e.source.as_bytes().to_vec(),
        None => read(Path::new(name))?,
    };
    let (scenario, findings) = scenario::parse(name, &bytes, &find);
    scenario.map(Arc::new).ok_or_else(|| diagnostics::to_text(&findings, &String::from_utf8_lossy(&bytes)))
}
