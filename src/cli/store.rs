//! An ensemble on disk: its rows, and beside them its summary and counts.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::library::Loaded;
use super::output::{Failure, json_text};
use crate::ensemble::{Run, Summary, Tally, columns};
use crate::table::{Journal, Row, Schema, beside};

/// What stands beside the rows of an ensemble.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Saved {
    /// The summary.
    #[serde(flatten)]
    pub summary: Summary,
    /// The counts from which it is made, so that shards can be put together.
    pub tally: Tally,
}

/// The rows and counts of an ensemble that is being played.
pub struct Store {
    file: PathBuf,
    journal: Journal,
    tally: Tally,
}

/// Where the summary of a table stands.
pub fn summary_of(file: &Path) -> PathBuf {
    beside(file, "summary.json")
}

fn checkpoint_of(file: &Path) -> PathBuf {
    beside(file, "unfinished.counts")
}

/// Something that a table does not let be done.
pub fn table_failure(error: crate::table::Error) -> Failure {
    Failure::CouldNotRun(error.to_string())
}

/// What a table is about: all that must be the same for rows to belong together.
pub fn about(run: &Run, kind: &str) -> BTreeMap<String, String> {
    let mut about: BTreeMap<String, String> = [
        ("kind", kind),
        ("scenario", &run.scenario),
        ("title", &run.title),
        ("content", &run.content),
        ("preset", &run.preset),
        ("changes", &run.changes.join("; ")),
        ("seed", &run.seed.to_string()),
        ("turns", &run.turns.to_string()),
        ("program", &run.program),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
    .into();
    if let Some(shard) = &run.shard {
        about.insert("shard".into(), shard.clone());
    }
    about
}

impl Store {
    /// Opens the table of an ensemble, to begin it or to go on with it.
    pub fn open(file: &Path, loaded: &Loaded, resume: bool, asked: u64) -> Result<Self, Failure> {
        let schema = Schema { columns: columns(&loaded.scenario), about: about(&loaded.run, "ensemble") };
        if !resume {
            let summary = summary_of(file);
            if summary.exists() && !file.exists() {
                return Err(Failure::CouldNotRun(format!(
                    "`{}` exists already; name another file, or remove it first",
                    summary.display()
                )));
            }
            let journal = Journal::create(file, schema).map_err(table_failure)?;
            return Ok(Self { file: file.to_owned(), journal, tally: Tally::default() });
        }
        // First what may refuse, so that nothing is begun that would stand in the way of what belongs here.
        let mut tally = known_counts(file, &loaded.run)?;
        let mut journal = Journal::resume(file, schema).map_err(table_failure)?;
        if tally.histories > journal.rows() {
            // Counts cannot be taken back, but histories can be played again.
            tally = Tally::default();
        }
        if tally.histories == 0 && journal.rows() > asked {
            return Err(Failure::CouldNotRun(format!(
                "`{}` holds {} histories, and their counts are missing; ask for as many with --replicates, so that none is lost",
                file.display(),
                journal.rows()
            )));
        }
        journal.truncate(tally.histories).map_err(table_failure)?;
        Ok(Self { file: file.to_owned(), journal, tally })
    }

    /// The counts of what was played before.
    pub fn take_tally(&mut self) -> Tally {
        std::mem::take(&mut self.tally)
    }

    /// Adds rows.
    pub fn append(&mut self, rows: &[Row]) -> Result<(), Failure> {
        self.journal.append(rows).map_err(|error| {
            let kept = "what was finished is kept";
            Failure::CouldNotRun(format!("{error}; {kept}"))
        })
    }

    /// Keeps the counts of all rows so far, so that work that is cut short can go on from here.
    pub fn checkpoint(&mut self, tally: &Tally) -> Result<(), Failure> {
        write_whole(&checkpoint_of(&self.file), &serde_json::to_string(tally).unwrap_or_default())
    }

    /// Makes the finished table, with its summary beside it; says where.
    pub fn finish(self, summary: &Summary, tally: &Tally) -> Result<String, Failure> {
        let rows = self.journal.rows();
        self.journal.finish().map_err(table_failure)?;
        let path = summary_of(&self.file);
        let saved = Saved { summary: summary.clone(), tally: tally.clone() };
        save(&path, &saved)?;
        // It may not be there, if nothing was left to play.
        let _ = fs::remove_file(checkpoint_of(&self.file));
        Ok(format!("{rows} rows written to {}, the summary to {}", self.file.display(), path.display()))
    }
}

/// Writes a summary.
pub fn save(path: &Path, saved: &Saved) -> Result<(), Failure> {
    write_whole(path, &json_text(&serde_json::json!(saved)))
}

/// Reads the summary of a table.
pub fn saved(file: &Path) -> Result<Saved, Failure> {
    let path = summary_of(file);
    let name = path.display();
    let text = fs::read_to_string(&path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::CouldNotRun(format!(
            "`{name}` is missing: it was written beside `{}` and belongs to it",
            file.display()
        )),
        _ => Failure::CouldNotRun(format!("cannot read `{name}`: {error}")),
    })?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::CouldNotRun(format!("`{name}` is cut off or damaged: {error}")))
}

/// The counts of what was played before, from where it was cut short or from the finished summary.
fn known_counts(file: &Path, run: &Run) -> Result<Tally, Failure> {
    let cut_short = fs::read_to_string(checkpoint_of(file));
    if let Some(tally) = cut_short.ok().and_then(|text| serde_json::from_str(&text).ok()) {
        return Ok(tally);
    }
    if !summary_of(file).exists() {
        return Ok(Tally::default());
    }
    let Saved { summary, tally } = saved(file)?;
    let spelled = Run { scenario: run.scenario.clone(), ..summary.run.clone() };
    if spelled != *run {
        return Err(Failure::CouldNotRun(format!(
            "`{}` is the summary of something else; give the same scenario, changes, seed and shard, or name another file",
            summary_of(file).display()
        )));
    }
    Ok(tally)
}

/// Writes a file through another name, so that it is never there in part.
fn write_whole(path: &Path, text: &str) -> Result<(), Failure> {
    let new = beside(path, "new");
    let written = fs::write(&new, text).and_then(|()| fs::rename(&new, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&new);
        let why = match error.kind() {
            std::io::ErrorKind::StorageFull => "the disk is full; free some space".to_owned(),
            _ => error.to_string(),
        };
        Failure::CouldNotRun(format!(
            "cannot write `{}`: {why}; what was finished is kept, go on with --resume",
            path.display()
        ))
    })
}
