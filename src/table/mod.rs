//! Tables: one row per run, in a file that every tool for data reads.
//!
//! Rows go first into a journal beside the file, so that a run cut short can go on; the finished file is
//! made from the journal in one go. The same rows always make the same bytes.

mod columnar;
mod error;
mod journal;
mod merge;
mod seal;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use error::Error;
pub use journal::Journal;
pub use merge::merge;

/// What a column holds; any cell may also be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Whole numbers.
    Integer,
    /// Real numbers.
    Real,
    /// Words.
    Text,
    /// True or false.
    Truth,
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name, which no other column has.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// What it means, for a reader who has only the file.
    pub meaning: String,
}

/// The columns of a table, and what the table as a whole is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// Scenario, version, seed and so on. The name `columns` is taken: Parquet keeps the columns there.
    pub about: BTreeMap<String, String>,
}

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    Missing,
    /// A whole number.
    Integer(i64),
    /// A real number; it must be finite.
    Real(f64),
    /// Words.
    Text(Arc<str>),
    /// True or false.
    Truth(bool),
}

/// One run: a cell for each column.
pub type Row = Vec<Cell>;

/// The rows of a file, read as they are asked for.
pub type Rows = Box<dyn Iterator<Item = Result<Row, Error>>>;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Apache Parquet: `.parquet`.
    Parquet,
    /// Values with commas between them: `.csv`. Text is quoted, so that it cannot be taken for a number.
    Csv,
    /// A JSON object a line: `.jsonl`.
    Jsonl,
}

impl Format {
    /// The format that a file's name asks for.
    ///
    /// # Errors
    /// The name ends in none of the three.
    pub fn of(file: &Path) -> Result<Format, Error> {
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("parquet") => Ok(Format::Parquet),
            Some("csv") => Ok(Format::Csv),
            Some("jsonl") => Ok(Format::Jsonl),
            _ => Err(Error::Extension(file.to_owned())),
        }
    }
}

impl From<f64> for Cell {
    /// A real number, or nothing where it is not finite.
    fn from(number: f64) -> Cell {
        if number.is_finite() { Cell::Real(number) } else { Cell::Missing }
    }
}

impl Cell {
    /// Whether a column of this kind can hold it. CSV and JSON have no word for a number that is not finite.
    fn fits(&self, kind: Kind) -> bool {
        match self {
            Cell::Missing => true,
            Cell::Integer(_) => kind == Kind::Integer,
            Cell::Real(number) => kind == Kind::Real && number.is_finite(),
            Cell::Text(_) => kind == Kind::Text,
            Cell::Truth(_) => kind == Kind::Truth,
        }
    }
}

impl Schema {
    /// How a schema that was found differs from this one, if it does. Where the content is the same, how its name was spelled
    /// makes no difference.
    fn difference(&self, found: &Schema) -> Option<String> {
        let same =
            |name: &str| self.about.contains_key(name) && self.about.get(name) == found.about.get(name);
        let spelled = |name: &&String| *name == "scenario" && same("content");
        let describe = |column: Option<&Column>| match column {
            Some(c) => format!("`{}` ({:?}: {})", c.name, c.kind, c.meaning),
            None => "absent".to_owned(),
        };
        let position = (0..self.columns.len().max(found.columns.len()))
            .find(|&position| self.columns.get(position) != found.columns.get(position));
        if let Some(position) = position {
            let (here, there) = (self.columns.get(position), found.columns.get(position));
            return Some(format!(
                "its column {} is {}, not {}",
                position + 1,
                describe(there),
                describe(here)
            ));
        }
        let quote = |value: Option<&String>| value.map_or("absent".to_owned(), |value| format!("`{value}`"));
        let names: BTreeSet<&String> = self.about.keys().chain(found.about.keys()).collect();
        // What stands for a whole text says least, and comes last.
        let (whole, parts): (Vec<_>, Vec<_>) =
            names.into_iter().partition(|name| ["content", "plan"].contains(&name.as_str()));
        let names = parts.into_iter().chain(whole);
        names
            .filter(|name| !spelled(name))
            .map(|name| (name, self.about.get(name), found.about.get(name)))
            .find_map(|(name, here, there)| {
                (here != there).then(|| format!("its `{name}` is {}, not {}", quote(there), quote(here)))
            })
    }

    /// Leaves out what may differ between the files of one table.
    fn without(mut self, names: &[&str]) -> Schema {
        self.about.retain(|name, _| !names.contains(&name.as_str()));
        self
    }
}

/// Where it is said what a table of text is about and what its columns mean; Parquet holds that itself.
pub fn schema_of(file: &Path) -> PathBuf {
    beside(file, "schema.json")
}

/// Reads a table row by row. What CSV and JSON Lines are about stands beside them; without that, the kinds of their
/// columns are told from their values.
///
/// # Errors
/// The file cannot be opened, or is damaged; later damage shows where the rows reach it.
pub fn read(file: &Path) -> Result<(Schema, Rows), Error> {
    let (schema, like) = shared_schema(&[file.to_owned()], &[])?;
    let rows = rows(file, &schema, &like, &[])?;
    Ok((schema, rows))
}

/// The schema of files that belong together, and the file it is from: the first that can hold one. Failing
/// that, the values of all of them tell.
fn shared_schema(files: &[PathBuf], may_differ: &[&str]) -> Result<(Schema, PathBuf), Error> {
    for file in files {
        let journal = beside(file, "unfinished");
        if !file.exists() && journal.exists() {
            return Err(Error::Unfinished(journal));
        }
        if Format::of(file)? == Format::Parquet {
            return Ok((columnar::open(file)?.0.without(may_differ), file.clone()));
        }
        if let Some((schema, _)) = text::known_schema(file)? {
            return Ok((schema.without(may_differ), file.clone()));
        }
    }
    Ok((text::infer(files)?, files.first().cloned().unwrap_or_default()))
}

/// The rows of a file that must have this schema, which is that of another.
fn rows(file: &Path, schema: &Schema, like: &Path, may_differ: &[&str]) -> Result<Rows, Error> {
    let (found, rows) = match Format::of(file)? {
        Format::Parquet => columnar::open(file)?,
        format => text::open(file, format, schema)?,
    };
    match schema.difference(&found.without(may_differ)) {
        Some(what) => Err(Error::Differs { file: file.to_owned(), like: like.to_owned(), what }),
        None => Ok(rows),
    }
}

/// Writes rows to a file in its format.
fn write(file: &Path, schema: &Schema, rows: &mut Source<'_>) -> Result<(), Error> {
    match Format::of(file)? {
        Format::Parquet => whole(file, |out| columnar::write(out, file, schema, rows)),
        format => {
            let mut seal = seal::Seal::default();
            whole(file, |out| {
                seal = text::write(out, file, format, schema, rows)?;
                Ok(())
            })?;
            text::keep_schema(file, schema, seal)
        }
    }
}

/// Rows that are about to be written.
type Source<'a> = dyn Iterator<Item = Result<Row, Error>> + 'a;

/// Makes a file that is there whole or not at all.
fn whole(file: &Path, fill: impl FnOnce(&File) -> Result<(), Error>) -> Result<(), Error> {
    let partial = beside(file, "partial");
    let failed = |error| Error::write(file, error);
    let made = File::create(&partial).map_err(failed).and_then(|out| {
        fill(&out)?;
        out.sync_all().map_err(failed)
    });
    let made = made.and_then(|()| fs::rename(&partial, file).map_err(failed));
    if made.is_err() {
        // It is of no use, and what went wrong is said already.
        let _ = fs::remove_file(&partial);
    }
    made
}

/// The name of a file that stands beside another: the same, a point and an ending.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests;
