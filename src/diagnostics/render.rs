//! Findings as text for people and as JSON for editors.

use codespan_reporting::diagnostic::{Diagnostic as Report, Label};
use codespan_reporting::files::{Files, SimpleFile};
use codespan_reporting::term::{self, Config};
use serde_json::{Value, json};

use super::{Diagnostics, Severity};

/// The findings with the source lines they are about underlined.
pub fn to_text(diagnostics: &Diagnostics, source: &str) -> String {
    let file = SimpleFile::new(diagnostics.file.as_str(), source);
    let config = Config::default();
    diagnostics
        .items()
        .iter()
        .map(|d| {
            let base = match d.severity {
                Severity::Error => Report::error(),
                Severity::Warning => Report::warning(),
            };
            let span = clamp(&d.span, source);
            let report = base
                .with_code(d.code)
                .with_message(&d.message)
                .with_labels(vec![Label::primary((), span)])
                .with_notes(d.help.iter().map(|h| format!("help: {h}")).collect());
            // Rendering can fail only for spans outside the source, which `clamp` rules out.
            term::emit_into_string(&config, &file, &report)
                .unwrap_or_else(|_| format!("{}: {}\n", diagnostics.file, d.message))
        })
        .collect()
}

/// The findings as a JSON array of `{file, line, column, end_line, end_column, code, severity,
/// message, help}`; lines and columns count from 1, columns in characters.
pub fn to_json(diagnostics: &Diagnostics, source: &str) -> Value {
    let file = SimpleFile::new(diagnostics.file.as_str(), source);
    let place =
        |offset: usize| file.location((), offset).map_or((1, 1), |l| (l.line_number, l.column_number));
    diagnostics
        .items()
        .iter()
        .map(|d| {
            let span = clamp(&d.span, source);
            let (line, column) = place(span.start);
            let (end_line, end_column) = place(span.end);
            json!({
                "file": diagnostics.file, "line": line, "column": column,
                "end_line": end_line, "end_column": end_column,
                "code": d.code, "severity": d.severity, "message": d.message, "help": d.help,
            })
        })
        .collect()
}

/// The span within the source, on character boundaries.
fn clamp(span: &std::ops::Range<usize>, source: &str) -> std::ops::Range<usize> {
    let floor = |i: usize| source.floor_char_boundary(i.min(source.len()));
    let start = floor(span.start);
    start..floor(span.end).max(start)
}
