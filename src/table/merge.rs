//! Several files made into one.

use std::ops::Range;
use std::path::{Path, PathBuf};

use super::{Cell, Error, Kind, Row, Rows, rows, shared_schema, write};

/// Merges files into one by a column of whole numbers, in whose order each file must be, and tells which
/// numbers there were. What the files are about must be the same but for the names that may differ, which
/// the merged file leaves out. The merged file is the one that would have been written in one go.
///
/// # Errors
/// The output is there already; a file cannot be read, or does not belong with the others; a number is there
/// twice or not at all; the output cannot be written.
pub fn merge(inputs: &[PathBuf], output: &Path, key: &str, may_differ: &[&str]) -> Result<Range<i64>, Error> {
    if output.exists() {
        return Err(Error::Exists { file: output.to_owned(), resume: false });
    }
    let (schema, like) = shared_schema(inputs, may_differ)?;
    let position = schema.columns.iter().position(|c| c.name == key && c.kind == Kind::Integer);
    let position = position.ok_or_else(|| Error::NoKey(key.to_owned()))?;
    let shards = inputs.iter().map(|file| {
        let rows = rows(file, &schema, &like, may_differ)?;
        let mut shard = Shard { file, key, position, rows, next: None };
        shard.advance()?;
        Ok(shard)
    });
    let mut shards = Shards { all: shards.collect::<Result<_, Error>>()?, last: None };
    let first = shards.first().map_or(0, |(number, _)| number);
    write(output, &schema, &mut std::iter::from_fn(|| shards.take().transpose()))?;
    Ok(first..shards.last.map_or(first, |(number, _)| number.saturating_add(1)))
}

/// One of the files, with its next row and that row's number.
struct Shard<'a> {
    file: &'a Path,
    key: &'a str,
    position: usize,
    rows: Rows,
    next: Option<(i64, Row)>,
}

impl Shard<'_> {
    /// Hands out the next row and reads the one after it.
    fn advance(&mut self) -> Result<Option<Row>, Error> {
        let last = self.next.take();
        if let Some(row) = self.rows.next().transpose()? {
            let Cell::Integer(number) = row[self.position] else {
                return Err(Error::Damaged(self.file.to_owned(), format!("a row has no `{}`", self.key)));
            };
            if last.as_ref().is_some_and(|(last, _)| number < *last) {
                return Err(Error::Disorder(self.file.to_owned(), format!("{} {number}", self.key)));
            }
            self.next = Some((number, row));
        }
        Ok(last.map(|(_, row)| row))
    }
}

/// All the files, and the last number taken, with the file it came from.
struct Shards<'a> {
    all: Vec<Shard<'a>>,
    last: Option<(i64, usize)>,
}

impl Shards<'_> {
    /// The least number that is next in any file, and that file.
    fn first(&self) -> Option<(i64, usize)> {
        let next =
            |(from, shard): (usize, &Shard<'_>)| shard.next.as_ref().map(|(number, _)| (*number, from));
        self.all.iter().enumerate().filter_map(next).min()
    }

    /// The row with the least number, which must be the one after the last.
    fn take(&mut self) -> Result<Option<Row>, Error> {
        let Some((number, from)) = self.first() else { return Ok(None) };
        if let Some((last, before)) = self.last {
            let (before, key) = (&self.all[before], self.all[from].key);
            let (before, after) = (before.file.to_owned(), self.all[from].file.to_owned());
            match number.saturating_sub(last) {
                0 => return Err(Error::Twice(format!("{key} {number}"), before, after)),
                1 => {}
                2 => return Err(Error::Gap(format!("{key} {} is", last + 1), before, after)),
                _ => {
                    return Err(Error::Gap(
                        format!("{key} {} to {} are", last + 1, number - 1),
                        before,
                        after,
                    ));
                }
            }
        }
        self.last = Some((number, from));
        self.all[from].advance()
    }
}
