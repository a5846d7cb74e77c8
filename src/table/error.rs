//! What can go wrong with a table, and what to do about it.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a table could not be read or written.
#[derive(Debug)]
pub enum Error {
    /// The name of a file asks for no format that there is.
    Extension(PathBuf),
    /// The file is there already; whether a journal could go on from it.
    Exists {
        /// The file.
        file: PathBuf,
        /// Whether to go on with `--resume`.
        resume: bool,
    },
    /// The journal of a run that was cut short is there.
    Unfinished(PathBuf),
    /// Another process is writing to the journal.
    Busy(PathBuf),
    /// The file cannot be opened or read.
    Read(PathBuf, io::Error),
    /// The file cannot be written.
    Write {
        /// The file.
        file: PathBuf,
        /// What the system says.
        error: io::Error,
        /// Whether to go on with `--resume`.
        resume: bool,
    },
    /// The file does not hold what it should.
    Damaged(PathBuf, String),
    /// The file has other columns than it should have, or is about something else.
    Differs {
        /// The file.
        file: PathBuf,
        /// The file it should be like: itself, where a run would go on from it.
        like: PathBuf,
        /// What differs.
        what: String,
    },
    /// A row does not fit its columns.
    Unfit(String),
    /// There is no column of whole numbers with this name.
    NoKey(String),
    /// A file is not in the order of its key.
    Disorder(PathBuf, String),
    /// Two files, or two rows of one file, hold the same key.
    Twice(String, PathBuf, PathBuf),
    /// Keys are missing between the rows of two files.
    Gap(String, PathBuf, PathBuf),
}

impl Error {
    /// The system does not let a file be written.
    pub(super) fn write(file: &Path, error: io::Error) -> Error {
        Error::Write { file: file.to_owned(), error, resume: false }
    }

    /// The same error where a journal keeps what was written.
    pub(super) fn resumable(self) -> Error {
        match self {
            Error::Write { file, error, .. } => Error::Write { file, error, resume: true },
            other => other,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Extension(file) if file.extension().is_some_and(|e| e == "unfinished") => {
                let file = file.display();
                write!(f, "`{file}` is of a run that was cut short; finish it with --resume first")
            }
            Error::Extension(file) => {
                let file = file.display();
                write!(f, "`{file}` is of no known format; give it a name in .parquet, .csv or .jsonl")
            }
            Error::Exists { file, resume } => {
                let or = if *resume { ", or go on with it by --resume" } else { "" };
                write!(f, "`{}` exists already; name another file, or remove it first{or}", file.display())
            }
            Error::Unfinished(journal) => {
                let journal = journal.display();
                write!(
                    f,
                    "`{journal}` is of a run that was cut short or is still under way; go on with it by --resume, or, if no \
                     program is at it, remove it"
                )
            }
            Error::Busy(journal) => {
                write!(
                    f,
                    "`{}` is in use by another run; wait for it, or name another file",
                    journal.display()
                )
            }
            Error::Read(file, error) => {
                let file = file.display();
                write!(f, "cannot read `{file}`: {error}; see that it is there and may be read")
            }
            Error::Write { file, error, resume } => {
                let then = if *resume { "go on with --resume" } else { "try again" };
                if error.kind() == io::ErrorKind::NotFound {
                    let folder = file.parent().unwrap_or(Path::new("")).display();
                    return write!(
                        f,
                        "cannot write `{}`: there is no folder `{folder}`; make it first",
                        file.display()
                    );
                }
                let full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
                write!(f, "cannot write `{}`: ", file.display())?;
                match full {
                    true => write!(f, "the disk is full; free some space and {then}"),
                    false => write!(f, "{error}; mend that and {then}"),
                }
            }
            Error::Damaged(file, what) => {
                let file = file.display();
                write!(f, "`{file}` is cut off or damaged: {what}; copy it again, or make it again")
            }
            Error::Differs { file, like, what } if file == like => {
                let file = file.display();
                write!(
                    f,
                    "`{file}` was begun otherwise: {what}; ask for the same again, or name another file"
                )
            }
            Error::Differs { file, like, what } => {
                let (file, like) = (file.display(), like.display());
                write!(f, "`{file}` does not belong with `{like}`: {what}; leave it out, or make it again")
            }
            Error::Unfit(what) => write!(f, "a row does not fit its table: {what}; please report this"),
            Error::NoKey(key) => {
                write!(f, "there is no column `{key}` of whole numbers to merge by; name one that there is")
            }
            Error::Disorder(file, key) => {
                let file = file.display();
                write!(f, "`{file}` is out of order at {key}; merge only files as they were written")
            }
            Error::Twice(key, one, other) if one == other => {
                write!(f, "{key} is twice in `{}`; name each file once, or make it again", one.display())
            }
            Error::Twice(key, one, other) => {
                let (one, other) = (one.display(), other.display());
                write!(f, "{key} is in both `{one}` and `{other}`; leave one of them out")
            }
            Error::Gap(keys, before, after) => {
                let (before, after) = (before.display(), after.display());
                write!(f, "{keys} missing, after `{before}` and before `{after}`; add the file that has them")
            }
        }
    }
}

impl std::error::Error for Error {}
