//! Findings about a file: what, where and what to do.
//!
//! Every kind of finding is made by one `add_*` function of [`Diagnostics`], so that the list of
//! those functions is the list of everything that can be wrong with a file.

mod render;

use std::ops::Range;

use serde::Serialize;

pub use render::{to_json, to_text};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file can be used, but says something its author can hardly mean.
    Warning,
    /// The file cannot be used.
    Error,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// A short code that stays the same ("E101").
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, in a sentence.
    pub message: String,
    /// The bytes of the source it is about.
    pub span: Range<usize>,
    /// What to do about it.
    pub help: Option<String>,
}

/// The findings about one file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagnostics {
    /// The name of the file.
    pub file: String,
    items: Vec<Diagnostic>,
    left_out: usize,
}

/// No excerpt is shown of a file larger than this.
const MOST_SHOWN: usize = 8 << 20;
/// Findings beyond this number are counted, not listed.
const MOST_LISTED: usize = 200;

impl Diagnostics {
    /// No findings yet about the file of this name.
    pub fn new(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// The findings in the order of the source.
    pub fn items(&self) -> &[Diagnostic] {
        &self.items
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether the file cannot be used.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }

    /// Brings the findings into the order of the source and drops repetitions.
    pub fn sort(&mut self) {
        self.items.sort_by(|a, b| {
            (a.span.start, a.span.end, a.code, &a.message).cmp(&(
                b.span.start,
                b.span.end,
                b.code,
                &b.message,
            ))
        });
        self.items.dedup();
    }

    fn add(
        &mut self,
        code: &'static str,
        severity: Severity,
        span: Range<usize>,
        message: String,
        help: Option<String>,
    ) {
        if self.is_full() {
            self.left_out += 1;
        } else {
            self.items.push(Diagnostic { code, severity, message, span, help });
        }
    }

    /// Whether further findings are counted only.
    fn is_full(&self) -> bool {
        self.items.len() >= MOST_LISTED
    }

    /// How many findings were counted only.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The bytes are not text.
    pub fn add_not_text(&mut self, at: usize) {
        let message = format!("this is not a text file: byte {at} is not UTF-8");
        let help = "a scenario is a text file in RON (Rusty Object Notation), saved as UTF-8";
        self.add("E001", Severity::Error, at..at, message, Some(help.into()));
    }

    /// The file is larger than any scenario.
    pub fn add_too_large(&mut self, most: usize) {
        let message =
            format!("this file is larger than {} MiB, the most that a scenario file may have", most >> 20);
        let help = "is it the file that you meant?".into();
        self.add("E002", Severity::Error, 0..0, message, Some(help));
    }

    /// The text breaks the rules of RON.
    pub fn add_syntax(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        self.add("E003", Severity::Error, span, message, help);
    }

    /// A field that the format does not have; `absent` are the fields that are not given yet.
    pub fn add_unknown_field(&mut self, span: Range<usize>, found: &str, known: &[&str], absent: &[&str]) {
        let message = format!("there is no field `{found}` here");
        let help = suggestion(found, absent.iter().copied())
            .or_else(|| suggestion(found, known.iter().copied()))
            .unwrap_or_else(|| list("fields", known));
        self.add("E004", Severity::Error, span, message, Some(help));
    }

    /// A word where one of a fixed set was needed.
    pub fn add_unknown_variant(&mut self, span: Range<usize>, found: &str, known: &[&str]) {
        let message = format!("`{found}` is not one of the words allowed here");
        let help = suggestion(found, known.iter().copied()).unwrap_or_else(|| list("words", known));
        self.add("E005", Severity::Error, span, message, Some(help));
    }

    /// A field that must be given is not.
    pub fn add_missing_field(&mut self, span: Range<usize>, field: &str) {
        let message = format!("the field `{field}` is missing");
        self.add("E006", Severity::Error, span, message, Some(format!("add `{field}: ...`")));
    }

    /// A value of another kind than the field takes.
    pub fn add_wrong_type(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        self.add("E007", Severity::Error, span, message, help);
    }

    /// The same key or field twice.
    pub fn add_duplicate(&mut self, span: Range<usize>, what: &str, key: &str) {
        let message = format!("{what} `{key}` is given twice");
        let help = "remove one of the two, or give it another id".into();
        self.add("E008", Severity::Error, span, message, Some(help));
    }

    /// A format this program does not read.
    pub fn add_unknown_format(&mut self, span: Range<usize>, found: u32) {
        let message = format!("this program reads format 1, not {found}");
        self.add("E009", Severity::Error, span, message, Some("write `format: 1`".into()));
    }

    /// So many mistakes, or such a one, that reading was given up.
    pub fn add_gave_up(&mut self) {
        let message = "reading was given up here; there may be more mistakes".to_owned();
        self.add("E010", Severity::Error, 0..0, message, Some("mend those reported first".into()));
    }

    /// A number outside its range.
    pub fn add_out_of_range(&mut self, span: Range<usize>, what: &str, value: f64, range: (f64, f64)) {
        let message = format!("{what} is {value}, outside {} to {}", range.0, range.1);
        self.add("E101", Severity::Error, span, message, None);
    }

    /// A reference to something that the file does not hold.
    pub fn add_unknown_reference<'a>(
        &mut self,
        span: Range<usize>,
        kind: &str,
        found: &str,
        known: impl Iterator<Item = &'a str>,
    ) {
        // Finding what was meant takes time: not for findings that are not shown.
        let known: Vec<&str> = if self.is_full() { Vec::new() } else { known.collect() };
        let help = suggestion(found, known.iter().copied())
            .or_else(|| (!known.is_empty()).then(|| list(&format!("{kind} ids"), &known)));
        self.add("E102", Severity::Error, span, format!("unknown {kind} `{found}`"), help);
    }

    /// Text that is not a date.
    pub fn add_bad_date(&mut self, span: Range<usize>, found: &str, why: &str) {
        let message = format!("`{found}` is not a date: {why}");
        self.add("E103", Severity::Error, span, message, Some("for example 2024-06-19".into()));
    }

    /// Dates that cannot follow each other.
    pub fn add_dates_out_of_order(&mut self, span: Range<usize>, message: String) {
        let help = "the order is: signed, ratified or joined, in force, left, until".into();
        self.add("E104", Severity::Error, span, message, Some(help));
    }

    /// A list that must not be empty.
    pub fn add_empty(&mut self, span: Range<usize>, message: String, help: &str) {
        self.add("E105", Severity::Error, span, message, Some(help.into()));
    }

    /// A state set against, or bound to, itself.
    pub fn add_to_itself(&mut self, span: Range<usize>, message: String) {
        let help = "name two different states".into();
        self.add("E106", Severity::Error, span, message, Some(help));
    }

    /// Something that contradicts something else in the file.
    pub fn add_contradiction(&mut self, span: Range<usize>, message: String, help: &str) {
        self.add("E107", Severity::Error, span, message, Some(help.into()));
    }

    /// A chain of references that comes back to where it began.
    pub fn add_cycle(&mut self, span: Range<usize>, message: String) {
        let help = "break the circle at one place".into();
        self.add("E108", Severity::Error, span, message, Some(help));
    }

    /// The scenario that this one extends cannot be used.
    pub fn add_bad_base(&mut self, span: Range<usize>, base: &str, why: &str) {
        let message = format!("cannot extend `{base}`: {why}");
        let help = "name an embedded scenario (`casus list`) or a file beside this one".into();
        self.add("E109", Severity::Error, span, message, Some(help));
    }

    /// Something that has no effect, or an effect its author can hardly mean.
    pub fn add_suspicious(&mut self, span: Range<usize>, message: String, help: &str) {
        self.add("W201", Severity::Warning, span, message, Some(help.into()));
    }

    /// A fact without a source.
    pub fn add_unsourced(&mut self, span: Range<usize>, what: &str) {
        let message = format!("{what} names no source");
        let help = "add `sources: [\"KEY\"]` with a key of the scenario's `sources`".into();
        self.add("W202", Severity::Warning, span, message, Some(help));
    }
}

/// "did you mean ...?", if something known is close enough to what was found.
fn suggestion<'a>(found: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    closest(found, known).map(|best| format!("did you mean `{best}`?"))
}

/// The known word that is likeliest to have been meant, if any is close enough.
pub fn closest<'a>(found: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = found.to_lowercase();
    known
        .map(|word| (strsim::normalized_damerau_levenshtein(&folded, &word.to_lowercase()), word))
        .filter(|(score, _)| *score >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map(|(_, word)| word)
}

/// "the fields are: a, b, c", cut short where there are many.
fn list(what: &str, known: &[&str]) -> String {
    const MOST: usize = 24;
    let shown = known.iter().take(MOST).map(|k| format!("`{k}`")).collect::<Vec<_>>().join(", ");
    let more = known.len().saturating_sub(MOST);
    match more {
        0 => format!("the {what} are: {shown}"),
        _ => format!("the {what} are: {shown} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transposed_id_is_suggested_and_a_foreign_word_is_not() {
        assert_eq!(closest("GRB", ["GBR", "FRA", "GRC"].into_iter()), Some("GBR"));
        assert_eq!(closest("zzz", ["GBR", "FRA"].into_iter()), None);
    }
}
