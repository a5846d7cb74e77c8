//! The journal of a run that is under way.
//!
//! It stands beside the file to be, as CSV under one line that holds the schema. Each block of rows is on
//! disk before the next begins; what is lost when a run is cut short is at most the block it was at.

use std::fs::{self, File, TryLockError};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::text::{Encoder, Reader, header, write as write_text};
use super::{Cell, Error, Format, Row, Schema, beside, rows, whole, write};

/// The rows of a run that is under way.
#[derive(Debug)]
pub struct Journal {
    file: PathBuf,
    path: PathBuf,
    schema: Schema,
    out: File,
    rows: u64,
}

impl Journal {
    /// Begins the journal of a file.
    ///
    /// # Errors
    /// The file or its journal is there already, its name asks for no format, or it cannot be written.
    pub fn create(file: &Path, schema: Schema) -> Result<Journal, Error> {
        Format::of(file)?;
        if file.exists() {
            return Err(Error::Exists { file: file.to_owned(), resume: true });
        }
        let path = beside(file, "unfinished");
        match File::options().read(true).write(true).create_new(true).open(&path) {
            Ok(out) => Journal::over(file, schema, path, out),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Error::Unfinished(path)),
            Err(error) => Err(Error::write(&path, error)),
        }
    }

    /// Goes on with the journal of a file; or with the file, if it is finished; or begins, if there is neither.
    ///
    /// # Errors
    /// What is there has other columns or is about something else, is damaged, or cannot be read or written.
    pub fn resume(file: &Path, schema: Schema) -> Result<Journal, Error> {
        Format::of(file)?;
        let path = beside(file, "unfinished");
        if !path.exists() {
            if !file.exists() {
                return match Journal::create(file, schema.clone()) {
                    // Another process has begun in the same moment; its lock tells whether it is still at it.
                    Err(Error::Unfinished(_)) => Journal::resume(file, schema),
                    made => made,
                };
            }
            let mut rows = rows(file, &schema, file, &[])?;
            whole(&path, |mut out| {
                out.write_all(first_line(&schema).as_bytes()).map_err(|error| Error::write(&path, error))?;
                write_text(out, &path, Format::Csv, &schema, &mut rows).map(drop)
            })?;
        }
        let out = File::options().read(true).write(true).open(&path);
        let out = out.map_err(|error| Error::Read(path.clone(), error))?;
        Journal::over(file, schema, path, out)
    }

    /// The journal in an open file, with the rows that are there.
    fn over(file: &Path, schema: Schema, path: PathBuf, out: File) -> Result<Journal, Error> {
        // A file system without locks is no hindrance.
        if let Err(TryLockError::WouldBlock) = out.try_lock() {
            return Err(Error::Busy(path));
        }
        let mut journal = Journal { file: file.to_owned(), path, schema, out, rows: 0 };
        journal.truncate(u64::MAX)?;
        Ok(journal)
    }

    /// How many rows there are.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Keeps the first so many rows and drops the others.
    ///
    /// # Errors
    /// The journal is damaged, of another schema, or cannot be read or written.
    pub fn truncate(&mut self, rows: u64) -> Result<(), Error> {
        self.rows = 0;
        let end = match self.reader()? {
            None => {
                // Cut off before its first row, or just made.
                self.cut(0)?;
                let head = first_line(&self.schema) + &header(&self.schema.columns);
                return self.put(&head);
            }
            Some(mut reader) => {
                while self.rows < rows && reader.row(Format::Csv, &self.schema.columns)?.is_some() {
                    self.rows += 1;
                }
                reader.position
            }
        };
        self.cut(end)
    }

    /// Adds a block of rows.
    ///
    /// # Errors
    /// A row does not fit the columns (then none is added), or the journal cannot be written.
    pub fn append(&mut self, block: &[Row]) -> Result<(), Error> {
        let encoder = Encoder::new(Format::Csv, &self.schema.columns);
        let mut lines = String::new();
        for row in block {
            self.check(row)?;
            encoder.line(row, &mut lines);
        }
        self.put(&lines)?;
        self.rows += block.len() as u64;
        Ok(())
    }

    /// Makes the finished file and removes the journal.
    ///
    /// # Errors
    /// The file cannot be written; the journal then stays as it is.
    pub fn finish(self) -> Result<(), Error> {
        let Some(reader) = self.reader()? else {
            return Err(Error::Damaged(self.path, "it was changed under way".to_owned()));
        };
        let mut rows = reader.rows(Format::Csv, self.schema.columns.clone());
        write(&self.file, &self.schema, &mut rows).map_err(Error::resumable)?;
        drop(self.out);
        fs::remove_file(&self.path).map_err(|error| Error::write(&self.path, error))
    }

    /// A reader at the first row, if the journal goes so far.
    fn reader(&self) -> Result<Option<Reader>, Error> {
        let failed = |error| Error::Read(self.path.clone(), error);
        let mut input = self.out.try_clone().map_err(failed)?;
        input.seek(SeekFrom::Start(0)).map_err(failed)?;
        let mut reader = Reader::new(&self.path, input);
        // The first line is JSON, whose quotes do not pair up as those of CSV do.
        let Some(first) = reader.line(Format::Jsonl)? else { return Ok(None) };
        let found = first.strip_prefix('#').and_then(|found| serde_json::from_str::<Schema>(found).ok());
        let found = found.ok_or_else(|| reader.damaged("does not hold the columns"))?;
        if let Some(what) = self.schema.difference(&found) {
            return Err(Error::Differs { file: self.path.clone(), like: self.path.clone(), what });
        }
        Ok(reader.line(Format::Csv)?.map(|_| reader))
    }

    /// Cuts the journal off, to go on from there.
    fn cut(&mut self, end: u64) -> Result<(), Error> {
        let done = self.out.set_len(end).and_then(|()| self.out.seek(SeekFrom::Start(end)));
        done.map(drop).map_err(|error| Error::write(&self.path, error).resumable())
    }

    fn put(&mut self, lines: &str) -> Result<(), Error> {
        self.out.write_all(lines.as_bytes()).map_err(|error| Error::write(&self.path, error).resumable())
    }

    fn check(&self, row: &[Cell]) -> Result<(), Error> {
        let columns = &self.schema.columns;
        if row.len() != columns.len() {
            return Err(Error::Unfit(format!("{} cells for {} columns", row.len(), columns.len())));
        }
        match columns.iter().zip(row).find(|(column, cell)| !cell.fits(column.kind)) {
            Some((column, cell)) => Err(Error::Unfit(format!("{cell:?} in `{}`", column.name))),
            None => Ok(()),
        }
    }
}

/// The schema, as the first line of a journal.
fn first_line(schema: &Schema) -> String {
    // A schema is plain words, which JSON can always hold.
    format!("#{}\n", serde_json::to_string(schema).unwrap_or_default())
}
