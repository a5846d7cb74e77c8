//! `casus validate`.

use serde_json::Value;

use super::Format;
use super::library::find;
use super::output::{Failure, json_text};
use crate::diagnostics;

/// Reports all that is wrong with the files.
pub fn validate(files: &[String], format: Format) -> Result<String, Failure> {
    let mut text = String::new();
    let mut rows: Vec<Value> = Vec::new();
    let mut any = false;
    let mut missing = Vec::new();
    for name in files {
        let found = match find(name) {
            Ok(found) => found,
            Err(Failure::CouldNotRun(message)) => {
                missing.push(message);
                continue;
            }
            Err(other) => return Err(other),
        };
        let (scenario, findings) = found.parse();
        any |= !findings.is_empty();
        if format == Format::Json {
            if let Value::Array(list) = diagnostics::to_json(&findings, &found.source()) {
                rows.extend(list);
            }
            continue;
        }
        text += &diagnostics::to_text(&findings, &found.source());
        let count = findings.items().len();
        text += &match (scenario, count) {
            (Some(s), 0) => format!(
                "{name}: in order ({} states, {} treaties, {} commitments, {} injects)\n",
                s.states.len(),
                s.treaties.len(),
                s.commitments.len(),
                s.injects.len()
            ),
            (_, 1) => format!("{name}: 1 finding\n"),
            (_, n) => format!("{name}: {n} findings\n"),
        };
    }
    if format == Format::Json {
        text = json_text(&Value::Array(rows));
    }
    match (missing.is_empty(), any) {
        (false, _) => Err(Failure::Partly(text, missing.join("\ncasus: "))),
        (true, true) => Err(Failure::Findings(text)),
        (true, false) => Ok(text),
    }
}
