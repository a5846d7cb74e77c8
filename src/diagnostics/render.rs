//! Findings as text for people and as JSON for editors.

use codespan_reporting::diagnostic::{Diagnostic as Report, Label};
use codespan_reporting::files::{Files, SimpleFile};
use codespan_reporting::term::{self, Config};
use serde_json::{Value, json};

use super::{Diagnostic, Diagnostics, Severity};

/// The findings with the source lines they are about underlined.
pub fn to_text(diagnostics: &Diagnostics, source: &str) -> String {
    let file = SimpleFile::new(diagnostics.file.as_str(), source);
    let config = Config::default();
    let mut text: String = diagnostics
        .items()
        .iter()
        .map(|d| {
            let base = match d.severity {
                Severity::Error => Report::error(),
                Severity::Warning => Report::warning(),
            };
            let span = clamp(&d.span, source);
            if let Some(short) = in_a_long_line(&file, d, &span, source) {
                return short;
            }
            let report = base
                .with_code(d.code)
                .with_message(&d.message)
                .with_labels(vec![Label::primary((), span)])
                .with_notes(d.help.iter().map(|h| format!("help: {h}")).collect());
            // Rendering can fail only for spans outside the source, which `clamp` rules out.
            term::emit_into_string(&config, &file, &report)
                .unwrap_or_else(|_| format!("{}: {}\n", diagnostics.file, d.message))
        })
        .collect();
    if diagnostics.left_out() > 0 {
        text += &format!("... and {} more findings\n", diagnostics.left_out());
    }
    text
}

/// A finding in a line too long to be shown whole: the part around it.
fn in_a_long_line(
    file: &SimpleFile<&str, &str>,
    d: &Diagnostic,
    span: &std::ops::Range<usize>,
    source: &str,
) -> Option<String> {
    const LONGEST: usize = 400;
    let start = source[..span.start].rfind('\n').map_or(0, |i| i + 1);
    let end = source[span.end..].find('\n').map_or(source.len(), |i| span.end + i);
    if end - start <= LONGEST {
        return None;
    }
    let from = clamp(&(span.start.saturating_sub(60).max(start)..span.start), source).start;
    let marked = clamp(&(span.start..span.end.min(span.start + 80)), source);
    let to = clamp(&(marked.end..(marked.end + 40).min(end)), source).end;
    let place = file.location((), span.start).map_or((1, 1), |l| (l.line_number, l.column_number));
    let word = if d.severity == Severity::Error { "error" } else { "warning" };
    let mut text =
        format!("{word}[{}]: {}\n  --> {}:{}:{}\n", d.code, d.message, file.name(), place.0, place.1);
    if to > from && source.len() <= crate::diagnostics::MOST_SHOWN {
        let width = |range: std::ops::Range<usize>| source[range].chars().count();
        let excerpt = source[from..to].replace('\n', " ");
        let carets = "^".repeat(width(marked.clone()).max(1));
        text +=
            &format!("  | ... {excerpt} ...\n  |     {}{carets}\n", " ".repeat(width(from..marked.start)));
    }
    if let Some(help) = &d.help {
        text += &format!("  = help: {help}\n");
    }
    Some(text + "\n")
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
