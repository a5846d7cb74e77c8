//! A number that stands for the rows of a table, so that none can change, go or come unseen.

use std::path::Path;

use super::{Cell, Error, Format, Row, Rows, schema_of};
use crate::model::{Key, absorb};

/// What stands for the rows so far, one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seal(u64);

impl Seal {
    /// Takes a further row in.
    pub fn add(&mut self, row: &Row) {
        for cell in row {
            let word = match cell {
                Cell::Missing => 1,
                Cell::Integer(number) => absorb(2, *number as u64),
                Cell::Real(number) => absorb(3, number.to_bits()),
                Cell::Text(text) => absorb(4, Key::of(text).0),
                Cell::Truth(truth) => absorb(5, u64::from(*truth)),
            };
            self.0 = absorb(self.0, word);
        }
        // So that cells cannot pass from one row to the next.
        self.0 = absorb(self.0, row.len() as u64);
    }

    /// It in 16 hexadecimal digits.
    pub fn text(self) -> String {
        format!("{:016x}", self.0)
    }
}

/// Rows that are an error at their end if they are not those for which this stands.
pub(super) fn sealed(file: &Path, mut rows: Rows, expected: String) -> Rows {
    let (file, mut seal, mut open) = (file.to_owned(), Seal::default(), true);
    Box::new(std::iter::from_fn(move || match rows.next() {
        Some(Ok(row)) => {
            seal.add(&row);
            Some(Ok::<Row, Error>(row))
        }
        Some(Err(error)) => {
            open = false;
            Some(Err(error))
        }
        None if open && seal.text() != expected => {
            open = false;
            Some(Err(damaged_rows(&file)))
        }
        None => None,
    }))
}

/// The rows of a file are not those that were written.
fn damaged_rows(file: &Path) -> Error {
    let what = match Format::of(file) {
        Ok(Format::Parquet) | Err(_) => "its rows are not those that were written".to_owned(),
        Ok(_) => format!(
            "its rows are not those that were written; what stands for them is in `{}`",
            schema_of(file).display()
        ),
    };
    Error::Damaged(file.to_owned(), what)
}
