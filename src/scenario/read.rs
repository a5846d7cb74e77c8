//! RON text to [`ScenarioFile`], with every mistake reported, not only the first.

use std::collections::BTreeSet;
use std::ops::Range;

use ron::Options;
use ron::error::{Error, Position, SpannedError};
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::locate::{Broken, Place, Places};
use crate::diagnostics::{Diagnostics, closest};

/// The largest file that is read, in bytes. The largest shipped scenario has a hundredth of it.
pub const MOST_BYTES: usize = 8 << 20;

/// After so many rounds of reading a file is given up; fewer for large files, to bound the time.
fn most_rounds(bytes: usize) -> usize {
    (40_000_000 / bytes.max(1)).clamp(12, 400)
}

/// A file as far as it could be read.
pub struct Read<T> {
    /// The content, without the fields and entries that could not be read.
    pub file: Option<T>,
    /// Where everything is that could be read.
    pub places: Places,
    /// Paths of fields and entries that were left out because they could not be read.
    pub dropped: BTreeSet<String>,
}

/// The dialect of RON that scenario files are written in: `Some(...)` may be left out.
pub fn dialect() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

/// The text of a file for showing it: whatever is not text is replaced, and a byte order mark left out.
pub fn text_of(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes))
}

/// The text of a file, if it is text and not too large.
pub fn decode<'a>(bytes: &'a [u8], out: &mut Diagnostics) -> Option<&'a str> {
    if bytes.len() > MOST_BYTES {
        out.add_too_large(MOST_BYTES);
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
    let mut places = Places::of(source);
    let mut dropped = BTreeSet::new();
    if let Some(broken) = unreadable(source, &places) {
        report_broken(&broken, out);
        return Read { file: None, places, dropped };
    }
    let mut text = source.to_owned();
    for &end in places.missing_commas() {
        let at = end.saturating_sub(1)..end;
        out.add_syntax(at, "a comma is missing after this".to_owned(), Some("add `,`".to_owned()));
        // Put where a blank was, so that all places stay where they were.
        if text.as_bytes().get(end).is_some_and(u8::is_ascii_whitespace) {
            text.replace_range(end..end + 1, ",");
        }
    }
    places = Places::of(&text);
    for (path, place) in places.duplicates() {
        let what = match path.split('/').collect::<Vec<_>>().as_slice() {
            ["states", _] => "the state",
            ["treaties", _] => "the treaty",
            ["treaties", _, "clauses", _] => "the article",
            ["regions", _] => "the region",
            ["injects", _] => "the inject",
            _ if place.is_field => "the field",
            _ => "the key",
        };
        let quoted = source.get(place.key.clone()).unwrap_or("").trim_matches('"');
        out.add_duplicate(place.key.clone(), what, quoted);
        blank(&mut text, place.key.start..place.value.end);
    }
    for _ in 0..most_rounds(source.len()) {
        // Blanks keep every place where it was, but lists count anew.
        places = Places::of(&text);
        let error = match dialect().from_str::<T>(&text) {
            Ok(file) => return Read { file: Some(file), places, dropped },
            Err(error) => error,
        };
        let lines = Lines::of(&text);
        let span = lines.offset(error.span.start)..lines.offset(error.span.end);
        let Some((path, hole)) = report(&error, span, &places, &text, &mut dropped, out) else { break };
        let value = places.value(&path);
        dropped.insert(path);
        let stands_in = stand_in(&error.code).is_some_and(|word| put(&mut text, value, word));
        if !stands_in && !blank(&mut text, hole) {
            break;
        }
    }
    // Either the rounds ran out, or something could not be read on without.
    out.add_gave_up();
    Read { file: None, places, dropped }
}

/// Why nothing of a text can be read.
enum Unreadable {
    Empty,
    Json,
    Comment(usize),
    Broken(Broken),
}

fn unreadable(source: &str, places: &Places) -> Option<Unreadable> {
    let mut lines = source
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with("//") && !l.starts_with("/*"));
    let comment = source.find("/*").filter(|at| !source[*at..].contains("*/"));
    match lines.next() {
        None if comment.is_some() => comment.map(Unreadable::Comment),
        None if !source.contains('(') => Some(Unreadable::Empty),
        None => places.broken().map(Unreadable::Broken),
        Some(first) if first.starts_with('{') => Some(Unreadable::Json),
        Some(_) => places.broken().map(Unreadable::Broken),
    }
}

fn report_broken(why: &Unreadable, out: &mut Diagnostics) {
    let (at, message, help) = match why {
        Unreadable::Empty => (0, "the file is empty", "a scenario begins with `(format: 1, title: ...`"),
        Unreadable::Json => {
            (0, "this looks like JSON", "a scenario is written in RON: `(format: 1, title: ...`")
        }
        Unreadable::Comment(at) => (*at, "a comment is opened here and not closed", "close it with `*/`"),
        Unreadable::Broken(Broken::TooDeep(at)) => {
            (*at, "the brackets are nested too deeply", "scenario files need no more than a dozen levels")
        }
        Unreadable::Broken(Broken::Unclosed(at)) => (
            *at,
            "this bracket is not closed, or closed by one of another kind",
            "is a closing bracket or quote missing somewhere after it?",
        ),
        Unreadable::Broken(Broken::Unopened(at)) => {
            (*at, "this bracket closes nothing", "is an opening bracket or a quote missing before it?")
        }
    };
    out.add_syntax(at..at + 1, message.to_owned(), Some(help.to_owned()));
}

/// A value of the kind that was needed, so that the rest of an entry can still be looked at.
fn stand_in(code: &Error) -> Option<&'static str> {
    Some(match code {
        Error::ExpectedFloat | Error::ExpectedInteger | Error::IntegerOutOfBounds => "1",
        Error::ExpectedString => "\"\"",
        Error::ExpectedBoolean => "true",
        Error::ExpectedArray => "[]",
        Error::ExpectedMap => "{}",
        _ => return None,
    })
}

/// Replaces a value by another, padded with blanks; false if there is no room, or it is there already.
fn put(text: &mut String, value: Range<usize>, word: &str) -> bool {
    let old = &text[value.clone()];
    if old.len() < word.len() || old.trim() == word {
        return false;
    }
    let rest = old.bytes().skip(word.len()).map(|b| if b == b'\n' { '\n' } else { ' ' });
    let new: String = word.chars().chain(rest).collect();
    text.replace_range(value, &new);
    true
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

/// The path of a field of the struct at `path`.
fn field_of(path: &str, field: &str) -> String {
    if path.is_empty() { field.to_owned() } else { format!("{path}/{field}") }
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Reports a mistake, and says which part of the text to read on without: its path and its bytes.
fn report(
    error: &SpannedError,
    span: Range<usize>,
    places: &Places,
    text: &str,
    dropped: &mut BTreeSet<String>,
    out: &mut Diagnostics,
) -> Option<(String, Range<usize>)> {
    let whole = |(path, place): (&str, &Place)| (path.to_owned(), place.key.start..place.value.end);
    // The value at fault: that which begins or lies where the parser stopped.
    let at_fault = || places.innermost(span.start, |_| true);
    match &error.code {
        Error::MissingStructField { field, .. } => {
            // The parser stops at the closing bracket of the struct, or just behind it.
            let at_bracket = text.as_bytes().get(span.end) == Some(&b')');
            let inside = if at_bracket { span.end } else { span.end.saturating_sub(1) };
            let found = places.innermost(inside, |p| text[p.value.clone()].contains('('));
            let path = found.map_or("", |(path, _)| path);
            if !dropped.contains(&field_of(path, field)) {
                let place = found.map_or(0..1, |(_, p)| p.key.clone());
                out.add_missing_field(place, field);
            }
            found.map(whole)
        }
        Error::NoSuchStructField { expected, found, .. } => {
            let named = |p: &Place| p.is_field && text.get(p.key.clone()) == Some(found);
            let (path, place) = places
                .innermost(span.start, named)
                .or_else(|| places.innermost(span.start.saturating_sub(1), named))
                .or_else(at_fault)?;
            let given: Vec<&str> = places.fields(parent(path)).collect();
            let absent: Vec<&str> = expected.iter().copied().filter(|f| !given.contains(f)).collect();
            out.add_unknown_field(place.key.clone(), found, expected, &absent);
            // What was probably meant is not missing as well.
            if let Some(meant) = closest(found, absent.into_iter()) {
                dropped.insert(field_of(parent(path), meant));
            }
            Some(whole((path, place)))
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let (path, place) = at_fault()?;
            let word = text[place.value.clone()].find(found.as_str()).unwrap_or(0);
            let start = place.value.start + word;
            out.add_unknown_variant(start..start + found.len(), found, expected);
            Some(whole((path, place)))
        }
        code => {
            let found = at_fault().or_else(|| places.innermost(span.end.saturating_sub(1), |_| true));
            let value = found.map_or(span.clone(), |(_, p)| p.value.clone());
            let written = text.get(value.clone()).unwrap_or("");
            let (message, help) = explained(code, written);
            if is_about_type(code) || help.is_some() {
                out.add_wrong_type(value, message, help);
            } else {
                out.add_syntax(value, message, help);
            }
            found.map(whole)
        }
    }
}

/// What is wrong with a value, and what to do, in our words.
fn explained(code: &Error, written: &str) -> (String, Option<String>) {
    let help = |text: &str| Some(text.to_owned());
    let is_word = |text: &str| text.chars().all(|c| c.is_alphanumeric() || c == '_');
    let quoted = written.len() > 2 && written.starts_with('"') && written.ends_with('"');
    match code {
        Error::ExpectedIdentifier if quoted && is_word(written.trim_matches('"')) => (
            "a word without quotes is needed here".to_owned(),
            Some(format!("write `{}`", written.trim_matches('"'))),
        ),
        Error::IntegerOutOfBounds | Error::ExpectedInteger if written.starts_with('-') => {
            ("this whole number is below zero".to_owned(), None)
        }
        Error::IntegerOutOfBounds => ("this whole number is too large".to_owned(), None),
        Error::ExpectedComma if written.contains('.') => {
            ("a whole number is needed here".to_owned(), help("write it without a point"))
        }
        Error::ExpectedString if !written.is_empty() && is_word(written) => {
            ("a text in double quotes is needed here".to_owned(), Some(format!("write `\"{written}\"`")))
        }
        Error::ExpectedString if written.starts_with(['\'', '\u{201c}', '\u{2018}']) => {
            ("a text in double quotes is needed here".to_owned(), help("use the plain double quote `\"`"))
        }
        Error::ExpectedBoolean if ["True", "False", "yes", "no"].contains(&written) => {
            ("`true` or `false` is needed here".to_owned(), help("in small letters"))
        }
        Error::SuggestRawIdentifier(_) | Error::InvalidIdentifier(_)
            if written.starts_with(|c: char| c.is_ascii_digit()) =>
        {
            (
                "a word is needed here, not a number".to_owned(),
                help("decimals are written with a point, as 0.5"),
            )
        }
        Error::ExpectedDifferentLength { expected, found } => {
            let needed: String = expected.chars().filter(char::is_ascii_digit).collect();
            let needed = if needed.is_empty() { expected.as_str() } else { &needed };
            (format!("{needed} values are needed here, not {found}"), None)
        }
        Error::SuggestRawIdentifier(_) | Error::InvalidIdentifier(_) => {
            ("this is not a word of the format".to_owned(), help("texts stand in double quotes"))
        }
        Error::UnexpectedChar(c) => (format!("`{c}` is out of place here"), None),
        other => (sentence(other), None),
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
        Error::ExpectedIdentifier => "a word is needed here".into(),
        Error::TrailingCharacters => "the scenario ends before this".into(),
        Error::ExpectedDifferentStructName { .. } => {
            "a scenario begins with a bracket, without a name before it".into()
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
