//! Tables as text: CSV and JSON Lines.
//!
//! A value looks alike in both: text is in quotes, numbers and truths are bare. So an empty text is not a
//! missing one, `"007"` is not a number, and values tell their kinds without a schema.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::seal::{Seal, sealed};
use super::{Cell, Column, Error, Format, Kind, Row, Rows, Schema, Source, schema_of, whole};

const OTHER_COLUMNS: &str = "has not the columns it should";

/// Turns rows into lines.
pub(super) struct Encoder {
    format: Format,
    /// What stands before each cell.
    labels: Vec<String>,
}

impl Encoder {
    /// One for tables with these columns.
    pub fn new(format: Format, columns: &[Column]) -> Encoder {
        let label = |(position, column): (usize, &Column)| match (format, position) {
            (Format::Jsonl, 0) => format!("{{{}:", json(&column.name)),
            (Format::Jsonl, _) => format!(",{}:", json(&column.name)),
            (_, 0) => String::new(),
            _ => ",".to_owned(),
        };
        Encoder { format, labels: columns.iter().enumerate().map(label).collect() }
    }

    /// Adds a row's line.
    pub fn line(&self, row: &[Cell], out: &mut String) {
        for (label, cell) in self.labels.iter().zip(row) {
            out.push_str(label);
            self.cell(cell, out);
        }
        out.push_str(if self.format == Format::Jsonl { "}\n" } else { "\n" });
    }

    fn cell(&self, cell: &Cell, out: &mut String) {
        // Writing to a string cannot fail. `{:?}` gives a real number the fewest digits that bring it back.
        let _ = match cell {
            Cell::Missing if self.format == Format::Jsonl => write!(out, "null"),
            Cell::Missing => Ok(()),
            Cell::Integer(number) => write!(out, "{number}"),
            Cell::Real(number) => write!(out, "{number:?}"),
            Cell::Truth(truth) => write!(out, "{truth}"),
            Cell::Text(text) if self.format == Format::Jsonl => write!(out, "{}", json(text)),
            Cell::Text(text) => write!(out, "\"{}\"", text.replace('"', "\"\"")),
        };
    }
}

/// Text as JSON has it; text is never what JSON cannot hold.
fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// The first line of a CSV file.
pub(super) fn header(columns: &[Column]) -> String {
    let names: Row = columns.iter().map(|column| Cell::Text(column.name.as_str().into())).collect();
    let mut line = String::new();
    Encoder::new(Format::Csv, columns).line(&names, &mut line);
    line
}

/// Writes a whole table, and hands back what stands for its rows.
pub(super) fn write(
    mut out: &File,
    file: &Path,
    format: Format,
    schema: &Schema,
    rows: &mut Source<'_>,
) -> Result<Seal, Error> {
    let encoder = Encoder::new(format, &schema.columns);
    let mut lines = if format == Format::Csv { header(&schema.columns) } else { String::new() };
    let mut seal = Seal::default();
    for row in rows {
        let row = row?;
        encoder.line(&row, &mut lines);
        seal.add(&row);
        if lines.len() > 1 << 16 {
            out.write_all(lines.as_bytes()).map_err(|error| Error::write(file, error))?;
            lines.clear();
        }
    }
    out.write_all(lines.as_bytes()).map_err(|error| Error::write(file, error))?;
    Ok(seal)
}

/// A value as it stands in a file.
enum Field<'a> {
    Bare(&'a str),
    Quoted(Cow<'a, str>),
}

impl Field<'_> {
    fn cell(self, kind: Kind) -> Option<Cell> {
        Some(match (self, kind) {
            (Field::Bare(""), _) => Cell::Missing,
            (Field::Bare(text), Kind::Integer) => Cell::Integer(text.parse().ok()?),
            (Field::Bare(text), Kind::Real) => Cell::Real(real(text)?),
            (Field::Bare(text), Kind::Truth) => Cell::Truth(text.parse().ok()?),
            (Field::Bare(text), Kind::Text) => Cell::Text(text.into()),
            (Field::Quoted(text), Kind::Text) => Cell::Text(text.into()),
            (Field::Quoted(_), _) => return None,
        })
    }

    /// The kind that it looks like; a missing one looks like any.
    fn kind(&self) -> Option<Kind> {
        match self {
            Field::Bare("") => None,
            Field::Bare("true" | "false") => Some(Kind::Truth),
            Field::Bare(text) if text.parse::<i64>().is_ok() => Some(Kind::Integer),
            Field::Bare(text) if real(text).is_some() => Some(Kind::Real),
            _ => Some(Kind::Text),
        }
    }
}

/// A real number; what others write for those that are not finite is not one.
fn real(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The fields of a line of CSV.
fn comma_separated(line: &str) -> Option<Vec<Field<'_>>> {
    let (mut fields, mut rest) = (Vec::new(), line);
    loop {
        let (field, after) = match rest.strip_prefix('"') {
            Some(text) => quoted(text)?,
            None => {
                let (text, after) = rest.split_at(rest.find(',').unwrap_or(rest.len()));
                (Field::Bare(text), after)
            }
        };
        fields.push(field);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None => return after.is_empty().then_some(fields),
        }
    }
}

/// A quoted field whose opening quote has been read, and what follows it. Two quotes stand for one.
fn quoted(text: &str) -> Option<(Field<'_>, &str)> {
    let mut end = text.find('"')?;
    let mut doubled = false;
    while text[end + 1..].starts_with('"') {
        doubled = true;
        end += 2 + text[end + 2..].find('"')?;
    }
    let inside = &text[..end];
    let inside = if doubled { inside.replace("\"\"", "\"").into() } else { inside.into() };
    Some((Field::Quoted(inside), &text[end + 1..]))
}

/// The fields of a line of JSON, with their names, in their order.
struct Object<'a>(Vec<(String, Field<'a>)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Object(Vec::new()))
    }
}

impl<'de> Visitor<'de> for Object<'de> {
    type Value = Object<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self, A::Error> {
        while let Some((name, value)) = map.next_entry::<String, &RawValue>()? {
            let field = match value.get() {
                "null" => Field::Bare(""),
                text if text.starts_with('"') => Field::Quoted(
                    serde_json::from_str::<String>(text).map_err(serde::de::Error::custom)?.into(),
                ),
                text => Field::Bare(text),
            };
            self.0.push((name, field));
        }
        Ok(self)
    }
}

/// The fields of a line, if it has one for each of these names.
fn fields<'a>(format: Format, line: &'a str, names: &[&str]) -> Option<Vec<Field<'a>>> {
    if format != Format::Jsonl {
        return comma_separated(line).filter(|fields| fields.len() == names.len());
    }
    let Object(entries) = serde_json::from_str(line).ok()?;
    let alike = entries.iter().map(|(name, _)| name.as_str()).eq(names.iter().copied());
    alike.then(|| entries.into_iter().map(|(_, field)| field).collect())
}

/// Reads a file line by line.
pub(super) struct Reader {
    file: PathBuf,
    input: BufReader<File>,
    number: u64,
    /// Where the last whole line ended.
    pub position: u64,
    /// Whether the file ends within a line.
    pub cut: bool,
}

impl Reader {
    fn open(file: &Path) -> Result<Reader, Error> {
        let input = File::open(file).map_err(|error| Error::Read(file.to_owned(), error))?;
        Ok(Reader::new(file, input))
    }

    /// A reader that has passed the header.
    fn at_rows(file: &Path, format: Format) -> Result<Reader, Error> {
        let mut reader = Reader::open(file)?;
        if format == Format::Csv {
            reader.line(format)?;
        }
        Ok(reader)
    }

    /// A reader of an open file.
    pub fn new(file: &Path, input: File) -> Reader {
        let input = BufReader::with_capacity(1 << 16, input);
        Reader { file: file.to_owned(), input, number: 0, position: 0, cut: false }
    }

    /// The next whole line. Within quotes, a line of CSV goes on: outside them, their count is even.
    pub fn line(&mut self, format: Format) -> Result<Option<String>, Error> {
        let mut line = Vec::new();
        let mut quotes = 0;
        loop {
            let from = line.len();
            self.input.read_until(b'\n', &mut line).map_err(|error| Error::Read(self.file.clone(), error))?;
            if from == line.len() || !line.ends_with(b"\n") {
                self.cut = !line.is_empty();
                return Ok(None);
            }
            quotes += line[from..].iter().filter(|byte| **byte == b'"').count();
            if format == Format::Jsonl || quotes.is_multiple_of(2) {
                break;
            }
        }
        self.number += 1;
        self.position += line.len() as u64;
        line.pop();
        String::from_utf8(line).map(Some).map_err(|_| self.damaged("is not UTF-8"))
    }

    /// The next whole row.
    pub fn row(&mut self, format: Format, columns: &[Column]) -> Result<Option<Row>, Error> {
        let Some(line) = self.line(format)? else { return Ok(None) };
        let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
        let fields = fields(format, &line, &names).ok_or_else(|| self.damaged(OTHER_COLUMNS))?;
        let cells = fields.into_iter().zip(columns).map(|(field, column)| {
            let wrong = || self.damaged(&format!("holds in `{}` what is not {:?}", column.name, column.kind));
            field.cell(column.kind).ok_or_else(wrong)
        });
        cells.collect::<Result<Row, Error>>().map(Some)
    }

    /// The rows from here to the end, which must be whole.
    pub fn rows(mut self, format: Format, columns: Vec<Column>) -> Rows {
        Box::new(std::iter::from_fn(move || match self.row(format, &columns) {
            Ok(None) if self.cut => {
                self.cut = false;
                Some(Err(Error::Damaged(self.file.clone(), "its last line is not whole".to_owned())))
            }
            row => row.transpose(),
        }))
    }

    /// The error that the line just read is to blame for.
    pub fn damaged(&self, what: &str) -> Error {
        Error::Damaged(self.file.clone(), format!("line {} {what}", self.number))
    }
}

/// The names of a file's columns; a file of JSON Lines without lines has none.
fn names(file: &Path, format: Format) -> Result<Option<Vec<String>>, Error> {
    let mut reader = Reader::open(file)?;
    let no_names = |reader: &Reader| reader.damaged("does not name the columns");
    let Some(line) = reader.line(format)? else {
        let empty = format == Format::Jsonl && !reader.cut;
        return if empty { Ok(None) } else { Err(no_names(&reader)) };
    };
    if format == Format::Jsonl {
        let Object(entries) = serde_json::from_str(&line).map_err(|_| no_names(&reader))?;
        return Ok(Some(entries.into_iter().map(|(name, _)| name).collect()));
    }
    let names = comma_separated(&line).ok_or_else(|| no_names(&reader))?;
    let name = |field| match field {
        Field::Bare(name) => name.to_owned(),
        Field::Quoted(name) => name.into_owned(),
    };
    Ok(Some(names.into_iter().map(name).collect()))
}

/// What stands beside a table of text.
#[derive(Serialize, serde::Deserialize)]
struct Kept {
    #[serde(flatten)]
    schema: Schema,
    /// What stands for the rows.
    rows: String,
}

/// Keeps beside a file what it is about, what its columns mean, and what stands for its rows.
pub(super) fn keep_schema(file: &Path, schema: &Schema, rows: Seal) -> Result<(), Error> {
    let path = schema_of(file);
    let kept = Kept { schema: schema.clone(), rows: rows.text() };
    // A schema is plain words, which JSON can always hold.
    let text = serde_json::to_string_pretty(&kept).unwrap_or_default() + "\n";
    whole(&path, |mut out| out.write_all(text.as_bytes()).map_err(|error| Error::write(&path, error)))
}

/// What stands beside a file of what it is about, if anything does.
pub(super) fn known_schema(file: &Path) -> Result<Option<(Schema, String)>, Error> {
    let path = schema_of(file);
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Error::Read(path, error)),
    };
    let damaged = |_| Error::Damaged(path.clone(), "it does not hold the columns".to_owned());
    let kept: Kept = serde_json::from_str(&text).map_err(damaged)?;
    Ok(Some((kept.schema, kept.rows)))
}

/// The rows of a finished file, and its schema: what stands beside it, or one that differs from this one where the names of
/// its columns do.
pub(super) fn open(file: &Path, format: Format, schema: &Schema) -> Result<(Schema, Rows), Error> {
    if let Some((own, seal)) = known_schema(file)? {
        let alike = names(file, format)?
            .is_none_or(|names| names.iter().eq(own.columns.iter().map(|column| &column.name)));
        if !alike {
            let what = format!("its columns are not those of `{}`", schema_of(file).display());
            return Err(Error::Damaged(file.to_owned(), what));
        }
        let rows = Reader::at_rows(file, format)?.rows(format, own.columns.clone());
        let rows = sealed(file, rows, seal);
        return Ok((own, rows));
    }
    let known = |name: &String| schema.columns.iter().find(|column| column.name == *name).cloned();
    let unknown = |name| Column { name, kind: Kind::Text, meaning: String::new() };
    let column = |name| known(&name).unwrap_or_else(|| unknown(name));
    let names = names(file, format)?;
    let columns = names.map_or(schema.columns.clone(), |names| names.into_iter().map(column).collect());
    let rows = Reader::at_rows(file, format)?.rows(format, columns.clone());
    Ok((Schema { columns, about: schema.about.clone() }, rows))
}

/// What the values of files with the same columns tell of their kinds.
pub(super) fn infer(files: &[PathBuf]) -> Result<Schema, Error> {
    let mut columns: Vec<(String, Option<Kind>)> = Vec::new();
    for file in files {
        let format = Format::of(file)?;
        let Some(names) = names(file, format)? else { continue };
        if columns.is_empty() {
            columns.extend(names.iter().map(|name| (name.clone(), None)));
        }
        let labels: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut reader = Reader::at_rows(file, format)?;
        while let Some(line) = reader.line(format)? {
            let fields = fields(format, &line, &labels).ok_or_else(|| reader.damaged(OTHER_COLUMNS))?;
            for ((_, kind), field) in columns.iter_mut().zip(&fields) {
                *kind = joined(*kind, field.kind());
            }
        }
    }
    let column = |(name, kind): (String, Option<Kind>)| Column {
        name,
        kind: kind.unwrap_or(Kind::Text),
        meaning: String::new(),
    };
    Ok(Schema { columns: columns.into_iter().map(column).collect(), ..Schema::default() })
}

/// A kind that can hold values of both.
fn joined(one: Option<Kind>, other: Option<Kind>) -> Option<Kind> {
    match (one, other) {
        // Other programs write a real number without its point where they can.
        (Some(Kind::Integer), Some(Kind::Real)) | (Some(Kind::Real), Some(Kind::Integer)) => Some(Kind::Real),
        (Some(one), Some(other)) if one != other => Some(Kind::Text),
        _ => one.or(other),
    }
}
