//! RON text to [`ScenarioFile`], with every mistake reported, not only the first.

use std::collections::BTreeSet;
use std::ops::Range;

use ron::Options;
use ron::error::{Error, Position, SpannedError};
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::locate::Places;
use crate::diagnostics::Diagnostics;

/// The largest file that is read, in bytes. The largest shipped scenario has a hundredth of it.
pub const MOST_BYTES: usize = 8 << 20;

/// After so many mistakes a file is given up.
const MOST_MISTAKES: usize = 40;

/// A file as far as it could be read.
pub struct Read<T> {
    /// The content, without the fields and entries that could not be read.
    pub file: Option<T>,
    /// Where everything is.
    pub places: Places,
    /// Ids of entries that were left out because they could not be read.
    pub dropped: BTreeSet<String>,
}

/// The dialect of RON that scenario files are written in: `Some(...)` may be left out.
pub fn dialect() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// The text of a file, if it is text and not too large.
pub fn decode<'a>(bytes: &'a [u8], out: &mut Diagnostics) -> Option<&'a str> {
    if bytes.len() > MOST_BYTES {
        out.add_too_large(bytes.len(), MOST_BYTES);
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            out.add_not_text(error.valid_up_to());
            None
        }
    }
}

/// Reads `source`. A field that cannot be read is reported, blanked out and read again without, so that
/// one mistake does not hide the next.
pub fn read<T: DeserializeOwned>(source: &str, out: &mut Diagnostics) -> Read<T> {
    let places = Places::of(source);
    report_duplicates(&places, source, out);
    let mut text = source.to_owned();
    let mut blanked = BTreeSet::new();
    let mut dropped = BTreeSet::new();
    for _ in 0..MOST_MISTAKES {
        let error = match dialect().from_str::<T>(&text) {
            Ok(file) => return Read { file: Some(file), places, dropped },
            Err(error) => error,
        };
        let lines = Lines::of(&text);
        let span = lines.offset(error.span.start)..lines.offset(error.span.end);
        let known_gap = matches!(&error.code,
            Error::MissingStructField { field, .. } if blanked.contains(*field));
        if !known_gap {
            report(&error, span.clone(), &places, source, out);
        }
        let Some((path, hole)) = hole(&error, &span, &places) else { break };
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        if matches!(error.code, Error::MissingStructField { .. }) {
            dropped.insert(name);
        } else {
            blanked.insert(name);
        }
        if !blank(&mut text, hole) {
            break;
        }
    }
    Read { file: None, places, dropped }
}

fn report_duplicates(places: &Places, source: &str, out: &mut Diagnostics) {
    for (path, span) in places.duplicates() {
        let what = match path.split('/').next().unwrap_or("") {
            "states" => "the state",
            "treaties" => "the treaty",
            "regions" => "the region",
            "injects" => "the inject",
            _ => "the key",
        };
        let quoted = source.get(span.clone()).unwrap_or("").trim_matches('"');
        out.add_duplicate(span.clone(), what, quoted);
    }
}

/// The part of the source to read again without, if the mistake is of a kind that allows it.
fn hole<'a>(
    error: &SpannedError,
    span: &Range<usize>,
    places: &'a Places,
) -> Option<(&'a str, Range<usize>)> {
    let whole =
        |(path, place): (&'a str, &super::locate::Place)| Some((path, place.key.start..place.value.end));
    let inside = span.end.saturating_sub(1);
    match &error.code {
        Error::NoSuchStructField { found, .. } => {
            let named = |p: &super::locate::Place| {
                p.is_field && p.key.start <= span.end && p.key.len() == found.len()
            };
            places
                .innermost(span.start.max(1), named)
                .or_else(|| places.innermost(inside, |p| p.is_field))
                .and_then(whole)
        }
        Error::MissingStructField { .. } => {
            places.innermost(inside, |p| p.value.len() > 2 && p.value.end >= inside).and_then(whole)
        }
        Error::NoSuchEnumVariant { .. }
        | Error::InvalidValueForType { .. }
        | Error::ExpectedDifferentLength { .. }
        | Error::ExpectedArray
        | Error::ExpectedBoolean
        | Error::ExpectedFloat
        | Error::ExpectedInteger
        | Error::ExpectedString
        | Error::ExpectedMap
        | Error::ExpectedOption
        | Error::ExpectedStructLike
        | Error::ExpectedNamedStructLike(_)
        | Error::IntegerOutOfBounds
        | Error::Message(_) => places.innermost(span.start, |p| p.is_field).and_then(whole),
        _ => None,
    }
}

/// Replaces a field or entry by blanks, with the comma after it; false if there was nothing left of it.
fn blank(text: &mut String, hole: Range<usize>) -> bool {
    let rest = &text[hole.end..];
    let skipped = rest.len() - rest.trim_start().len();
    let comma = rest.trim_start().starts_with(',');
    let end = hole.end + if comma { skipped + 1 } else { 0 };
    let old = &text[hole.start..end];
    if old.trim().is_empty() {
        return false;
    }
    // Byte for byte, so that all places stay where they were.
    let new: String = old.bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(hole.start..end, &new);
    true
}

fn report(error: &SpannedError, span: Range<usize>, places: &Places, source: &str, out: &mut Diagnostics) {
    let value =
        || places.innermost(span.start, |p| p.is_field).map_or(span.clone(), |(_, p)| p.value.clone());
    match &error.code {
        Error::NoSuchStructField { expected, found, .. } => {
            let key = places
                .innermost(span.start.max(1), |p| p.is_field && source.get(p.key.clone()) == Some(found))
                .map_or(span.clone(), |(_, p)| p.key.clone());
            out.add_unknown_field(key, found, expected);
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let at = value();
            let word = source.get(at.clone()).and_then(|v| v.find(found.as_str()));
            let start = at.start + word.unwrap_or(0);
            out.add_unknown_variant(start..start + found.len(), found, expected);
        }
        Error::MissingStructField { field, .. } => {
            let inside = span.end.saturating_sub(1);
            let key = places
                .innermost(inside, |p| p.value.len() > 2)
                .map_or(inside..inside + 1, |(_, p)| p.key.clone());
            out.add_missing_field(key, field);
        }
        Error::DuplicateStructField { .. } => {} // already found by `report_duplicates`
        code if is_about_type(code) => out.add_wrong_type(value(), sentence(code)),
        Error::ExceededRecursionLimit => out.add_syntax(
            span,
            "the brackets are nested too deeply".into(),
            Some("scenario files need no more than a dozen levels".into()),
        ),
        Error::Eof => out.add_syntax(
            source.len().saturating_sub(1)..source.len(),
            "the file ends too early".into(),
            Some("is a closing bracket or quote missing?".into()),
        ),
        code => out.add_syntax(span, sentence(code), None),
    }
}

fn is_about_type(code: &Error) -> bool {
    matches!(
        code,
        Error::InvalidValueForType { .. }
            | Error::ExpectedDifferentLength { .. }
            | Error::ExpectedArray
            | Error::ExpectedBoolean
            | Error::ExpectedFloat
            | Error::ExpectedInteger
            | Error::ExpectedString
            | Error::ExpectedMap
            | Error::ExpectedOption
            | Error::ExpectedStructLike
            | Error::ExpectedNamedStructLike(_)
            | Error::IntegerOutOfBounds
            | Error::Message(_)
    )
}

/// The parser's message as the middle of a sentence of ours.
fn sentence(code: &Error) -> String {
    match code {
        Error::ExpectedFloat => "a number is needed here".into(),
        Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } => "a whole number is needed here".into(),
        Error::IntegerOutOfBounds => "this whole number is too large, or below zero".into(),
        Error::ExpectedString => "a text in double quotes is needed here".into(),
        Error::ExpectedBoolean => "`true` or `false` is needed here".into(),
        Error::ExpectedArray => "a list in square brackets is needed here".into(),
        Error::ExpectedMap => "a map in braces, `{\"id\": (...)}`, is needed here".into(),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            "fields in round brackets, `(name: ..., ...)`, are needed here".into()
        }
        Error::ExpectedComma => "a comma or a closing bracket is needed here".into(),
        Error::ExpectedMapColon => "a colon is needed between a name and its value".into(),
        Error::ExpectedStringEnd => "a text is opened here and not closed".into(),
        other => {
            let text = other.to_string();
            let mut chars = text.chars();
            match chars.next() {
                Some(first) => first.to_lowercase().chain(chars).collect(),
                None => text,
            }
        }
    }
}

/// Byte offsets of the parser's lines and columns.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        Self { text, starts: std::iter::once(0).chain(breaks).collect() }
    }

    fn offset(&self, at: Position) -> usize {
        let start = self.starts.get(at.line.saturating_sub(1)).copied().unwrap_or(self.text.len());
        let column = at.col.saturating_sub(1);
        let rest = &self.text[start..];
        rest.char_indices().nth(column).map_or(self.text.len(), |(i, _)| start + i)
    }
}
