//! Where in the source text each value of a RON file stands.
//!
//! RON's own parser reports the place of a syntax error, but not the place of a value that turns out
//! to be wrong later. This reads the structure alone (brackets, commas, colons), and gives every value a
//! path such as `treaties/nato/clauses/5/strength`; list elements are numbered from 0. A diagnostic
//! names a path; an editor can replace the text at it without touching the rest of the file.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::ops::Range;

/// The place of one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its key or field name; for a list element the value itself.
    pub key: Range<usize>,
    /// The value.
    pub value: Range<usize>,
    /// Whether it is a field of a struct (rather than an entry of a map or list).
    pub is_field: bool,
}

/// The places of all values of one source text.
#[derive(Clone, Debug, Default)]
pub struct Places {
    by_path: BTreeMap<String, Place>,
    duplicates: Vec<(String, Place)>,
    missing_commas: Vec<usize>,
    broken: Option<Broken>,
    opening: Option<usize>,
}

/// What keeps a text from being read any further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// Brackets are nested too deeply here.
    TooDeep(usize),
    /// This bracket is never closed, or closed by one of another kind.
    Unclosed(usize),
    /// This bracket closes nothing.
    Unopened(usize),
}

/// How deeply brackets may be nested; scenarios need about ten levels.
const DEEPEST: usize = 100;

#[derive(Clone, Copy, PartialEq)]
enum Token {
    Open(u8),
    Close,
    Comma,
    Colon,
    Atom,
}

struct Frame {
    prefix: String,
    at: usize,
    bracket: u8,
    index: usize,
    key: Option<Range<usize>>,
    value: Option<Range<usize>>,
}

impl Places {
    /// Reads the structure of `source`; whatever it holds, it never fails.
    pub fn of(source: &str) -> Self {
        let mut places = Self::default();
        let mut stack: Vec<Frame> = Vec::new();
        let mut before = Token::Comma;
        for (token, span) in Tokens::new(source) {
            // Two values side by side; a word before a bracket is one value with it.
            let twice = match token {
                Token::Atom => matches!(before, Token::Atom | Token::Close),
                Token::Open(_) => before == Token::Close,
                _ => false,
            };
            before = token;
            if twice
                && let Some(frame) = stack.last_mut()
                && let Some(end) = frame.value.as_ref().map(|v| v.end)
            {
                places.missing_commas.push(end);
                places.finish(source, frame);
            }
            match token {
                Token::Open(bracket) => {
                    places.opening.get_or_insert(span.start);
                    let prefix = match stack.last_mut() {
                        Some(top) => {
                            top.value.get_or_insert(span.clone());
                            child_path(source, top)
                        }
                        None => String::new(),
                    };
                    if stack.len() >= DEEPEST {
                        places.broken = Some(Broken::TooDeep(span.start));
                        return places;
                    }
                    stack.push(Frame { prefix, at: span.start, bracket, index: 0, key: None, value: None });
                }
                Token::Close => {
                    match stack.pop() {
                        Some(mut frame) => {
                            let closing = source.as_bytes()[span.start];
                            // '(' and ')' are neighbours, the other pairs lie two apart.
                            let matches =
                                closing == frame.bracket + if frame.bracket == b'(' { 1 } else { 2 };
                            if !matches {
                                places.broken.get_or_insert(Broken::Unclosed(frame.at));
                            }
                            places.finish(source, &mut frame);
                        }
                        None => _ = places.broken.get_or_insert(Broken::Unopened(span.start)),
                    }
                    if let Some(value) = stack.last_mut().and_then(|top| top.value.as_mut()) {
                        value.end = span.end;
                    }
                }
                Token::Comma => {
                    if let Some(frame) = stack.last_mut() {
                        places.finish(source, frame);
                    }
                }
                Token::Colon => {
                    if let Some(frame) = stack.last_mut() {
                        frame.key = frame.value.take();
                    }
                }
                Token::Atom => {
                    if let Some(frame) = stack.last_mut() {
                        frame.value.get_or_insert(span.clone()).end = span.end;
                    }
                }
            }
        }
        while let Some(mut frame) = stack.pop() {
            places.broken.get_or_insert(Broken::Unclosed(frame.at));
            places.finish(source, &mut frame);
        }
        places
    }

    /// Closes the element of `frame` that is being read.
    fn finish(&mut self, source: &str, frame: &mut Frame) {
        let path = child_path(source, frame);
        frame.index += 1;
        let key = frame.key.take();
        let Some(value) = frame.value.take() else { return };
        let is_field = frame.bracket == b'(' && key.is_some();
        let key = key.unwrap_or_else(|| value.clone());
        let place = Place { key, value, is_field };
        match self.by_path.entry(path) {
            Entry::Occupied(known) => self.duplicates.push((known.key().clone(), place)),
            Entry::Vacant(free) => _ = free.insert(place),
        }
    }

    /// The place of the value at `path`, or of the nearest thing around it.
    pub fn get(&self, path: &str) -> Option<&Place> {
        let mut path = path;
        loop {
            if let Some(place) = self.by_path.get(path) {
                return Some(place);
            }
            path = path.rsplit_once('/')?.0;
        }
    }

    /// The bytes of the value at `path`, or of the nearest thing around it.
    pub fn value(&self, path: &str) -> Range<usize> {
        self.get(path).map_or(0..0, |place| place.value.clone())
    }

    /// The bytes of the key at `path`, or of the nearest thing around it.
    pub fn key(&self, path: &str) -> Range<usize> {
        self.get(path).map_or(0..0, |place| place.key.clone())
    }

    /// Keys that were given again: path and place of the later one. What lies within it is left out.
    pub fn duplicates(&self) -> Vec<(&str, &Place)> {
        let mut all: Vec<(&str, &Place)> =
            self.duplicates.iter().map(|(p, place)| (p.as_str(), place)).collect();
        all.sort_by_key(|(_, place)| (place.key.start, std::cmp::Reverse(place.value.end)));
        let mut end = 0;
        all.retain(|(_, place)| {
            let outer = place.key.start >= end;
            if outer {
                end = place.value.end;
            }
            outer
        });
        all
    }

    /// The first bracket, or the beginning of the text.
    pub fn opening(&self) -> usize {
        self.opening.unwrap_or(0)
    }

    /// Where a comma is missing between two values: the end of the first.
    pub fn missing_commas(&self) -> &[usize] {
        &self.missing_commas
    }

    /// What keeps the text from being read, if anything does.
    pub fn broken(&self) -> Option<Broken> {
        self.broken
    }

    /// The smallest entry around an offset for which `wanted` holds, repeated ones included.
    pub fn innermost(&self, offset: usize, wanted: impl Fn(&Place) -> bool) -> Option<(&str, &Place)> {
        let once = self.by_path.iter().map(|(path, place)| (path.as_str(), place));
        let again = self.duplicates.iter().map(|(path, place)| (path.as_str(), place));
        once.chain(again)
            .filter(|(_, p)| p.key.start <= offset && offset < p.value.end && wanted(p))
            .min_by_key(|(_, p)| p.value.end - p.key.start)
    }

    /// The names of the fields that are given directly under a path.
    pub fn fields(&self, path: &str) -> impl Iterator<Item = &str> {
        let prefix = if path.is_empty() { String::new() } else { format!("{path}/") };
        self.by_path
            .range(prefix.clone()..)
            .map_while(move |(p, _)| p.strip_prefix(prefix.as_str()))
            .filter(|p| !p.contains('/'))
    }

    /// All entries with their paths, in the order of the paths.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Place)> {
        self.by_path.iter().map(|(path, place)| (path.as_str(), place))
    }

    /// Whether there is an entry at exactly this path.
    pub fn holds(&self, path: &str) -> bool {
        self.by_path.contains_key(path)
    }
}

/// The path of the element of `frame` that is being read.
fn child_path(source: &str, frame: &Frame) -> String {
    let segment = match &frame.key {
        Some(key) => source[key.clone()].trim_matches('"').to_owned(),
        None => frame.index.to_string(),
    };
    match frame.prefix.is_empty() {
        true => segment,
        false => format!("{}/{segment}", frame.prefix),
    }
}

/// The tokens that carry structure; white space and comments are passed over.
struct Tokens<'a> {
    source: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    fn new(source: &'a str) -> Self {
        Self { source, at: 0 }
    }

    /// The offset after the first `end` at or after `from`, or the end of the text.
    fn after(&self, from: usize, end: &str) -> usize {
        let from = from.min(self.source.len());
        let rest = self.source.get(from..).unwrap_or("");
        rest.find(end).map_or(self.source.len(), |i| from + i + end.len())
    }

    /// The end of a quoted text that begins at `from`.
    fn after_quoted(&self, from: usize, quote: u8) -> usize {
        let bytes = self.source.as_bytes();
        let mut i = from + 1;
        while i < bytes.len() && bytes[i] != quote {
            i += if bytes[i] == b'\\' { 2 } else { 1 };
        }
        self.source.ceil_char_boundary((i + 1).min(bytes.len()))
    }

    /// The end of a block comment (they nest) that begins at `from`.
    fn after_block_comment(&self, from: usize) -> usize {
        let mut depth = 1;
        let mut i = from + 2;
        let bytes = self.source.as_bytes();
        while depth > 0 && i < bytes.len() {
            match &bytes[i..bytes.len().min(i + 2)] {
                b"/*" => (depth, i) = (depth + 1, i + 2),
                b"*/" => (depth, i) = (depth - 1, i + 2),
                _ => i += 1,
            }
        }
        self.source.ceil_char_boundary(i)
    }

    /// The number of hashes of a raw string that begins at `from`, if one does.
    fn raw_string_hashes(&self, from: usize) -> Option<usize> {
        let rest = self.source[from..].strip_prefix('r')?;
        let hashes = rest.bytes().take_while(|b| *b == b'#').count();
        (rest.as_bytes().get(hashes) == Some(&b'"')).then_some(hashes)
    }
}

impl Iterator for Tokens<'_> {
    type Item = (Token, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.source.as_bytes();
        loop {
            let start = self.at;
            let byte = *bytes.get(start)?;
            let next = bytes.get(start + 1).copied();
            let (token, end) = match byte {
                b'/' if next == Some(b'/') => (None, self.after(start, "\n")),
                b'/' if next == Some(b'*') => (None, self.after_block_comment(start)),
                b'(' | b'[' | b'{' => (Some(Token::Open(byte)), start + 1),
                b')' | b']' | b'}' => (Some(Token::Close), start + 1),
                b',' => (Some(Token::Comma), start + 1),
                b':' => (Some(Token::Colon), start + 1),
                b'"' => (Some(Token::Atom), self.after_quoted(start, b'"')),
                _ if byte.is_ascii_whitespace() => (None, start + 1),
                _ => {
                    let end = match self.raw_string_hashes(start) {
                        Some(n) => self.after(start + n + 2, &format!("\"{}", "#".repeat(n))),
                        None => {
                            let stop = |b: &u8| b"()[]{},:\"/ \t\r\n".contains(b);
                            let rest = &bytes[start + 1..];
                            start + 1 + rest.iter().position(stop).unwrap_or(rest.len())
                        }
                    };
                    (Some(Token::Atom), end)
                }
            };
            self.at = end.max(start + 1);
            if let Some(token) = token {
                return Some((token, start..self.at));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_a_path() {
        let source = r#"( // a comment with (brackets
            states: { "RUS": (capital: (lat: 55.8)), "A B": (name: r"x\") },
            list: [Exact(0.5), "two, with comma"],
        )"#;
        let places = Places::of(source);
        let text = |path: &str| &source[places.value(path)];
        assert_eq!(text("states/RUS/capital/lat"), "55.8");
        assert_eq!(text("states/A B/name"), r#"r"x\""#);
        assert_eq!(text("list/0"), "Exact(0.5)");
        assert_eq!(text("list/0/0"), "0.5");
        assert_eq!(text("list/1"), "\"two, with comma\"");
        assert_eq!(&source[places.key("states/RUS")], "\"RUS\"");
    }

    #[test]
    fn a_key_that_comes_again_is_reported() {
        let places = Places::of(r#"(a: {"x": 1, "x": 2})"#);
        assert_eq!(places.duplicates().len(), 1);
        assert_eq!(places.duplicates()[0].0, "a/x");
    }

    #[test]
    fn a_missing_comma_is_noticed_between_values_only() {
        let places = Places::of("(a: 1\n b: Word(2) c: {}, d: Some(\"x\") [1 2])");
        assert_eq!(places.missing_commas().len(), 4);
        assert!(Places::of("(a: Word (1), b: [Exact(0.5), \"x\"])").missing_commas().is_empty());
    }

    #[test]
    fn broken_text_is_read_to_its_end() {
        for source in ["(a: 1 b: 2)", "(((((", "\"abc", "r###\"abc", "/* /* ", "))]},:,", "'\\", "(a: \"\\"] {
            Places::of(source);
        }
    }
}
