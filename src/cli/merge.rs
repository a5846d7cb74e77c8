//! `casus merge`.

use std::path::{Path, PathBuf};

use super::Format;
use super::output::{Failure, json_text};
use super::store::{Saved, save, saved, summary_of, table_failure};
use crate::ensemble::{Cast, Run, Summary, Tally};
use crate::table;

/// Makes one table of the shards of an ensemble or a sweep, and one summary of theirs.
pub fn merge(shards: &[PathBuf], output: &Path, format: Format) -> Result<String, Failure> {
    if let Some(again) = shards.iter().enumerate().find(|(i, file)| shards[..*i].contains(file)) {
        return Err(Failure::CouldNotRun(format!(
            "`{}` is named twice; name each shard once",
            again.1.display()
        )));
    }
    let (schema, _) = table::read(&shards[0]).map_err(table_failure)?;
    if schema.columns.iter().any(|c| c.name == "run") {
        let runs = table::merge(shards, output, "run", &["shard"]).map_err(table_failure)?;
        return Ok(told(output, runs.end - runs.start, "runs", format));
    }
    let all = shards.iter().map(|file| saved(file)).collect::<Result<Vec<Saved>, Failure>>()?;
    complete(shards, &all)?;
    if summary_of(output).exists() {
        return Err(Failure::CouldNotRun(format!(
            "`{}` exists already; name another file, or remove it first",
            summary_of(output).display()
        )));
    }
    let histories = table::merge(shards, output, "replicate", &["shard"]).map_err(table_failure)?;
    let mut tally = Tally::default();
    all.iter().for_each(|s| tally.merge(&s.tally));
    let rows = histories.end - histories.start;
    if i64::try_from(tally.histories).is_ok_and(|n| n != rows) {
        let _ = std::fs::remove_file(output);
        return Err(Failure::CouldNotRun(format!(
            "the shards hold {rows} rows, but their summaries tell of {} histories; play the shard that was cut off again",
            tally.histories
        )));
    }
    save(&summary_of(output), &Saved { summary: merged(&all, &tally), tally })?;
    Ok(told(output, rows, "histories", format))
}

fn told(output: &Path, rows: i64, what: &str, format: Format) -> String {
    match format {
        Format::Text => format!("{rows} {what} written to {}\n", output.display()),
        Format::Json => json_text(&serde_json::json!({ "output": output, "rows": rows })),
    }
}

/// All shards are of one ensemble, and none is missing.
fn complete(files: &[PathBuf], all: &[Saved]) -> Result<(), Failure> {
    let refuse = |why: String| Err(Failure::CouldNotRun(why));
    let whole = |saved: &Saved| Run { shard: None, ..saved.summary.run.clone() };
    let first = whole(&all[0]);
    for (file, saved) in files.iter().zip(all) {
        if whole(saved) != first {
            return refuse(format!(
                "`{}` is not of the same ensemble as `{}`: scenario, changes, seed, turns or program differ",
                file.display(),
                files[0].display()
            ));
        }
    }
    let shards: Vec<(u32, u32)> = all.iter().filter_map(|s| parts(s.summary.run.shard.as_deref()?)).collect();
    let Some((_, of)) = shards.first().copied() else { return Ok(()) };
    if let Some((file, (k, n))) = files.iter().zip(&shards).find(|(_, (_, n))| *n != of) {
        return refuse(format!("`{}` is shard {k}/{n}, among shards of {of}; leave it out", file.display()));
    }
    let missing: Vec<String> =
        (1..=of).filter(|k| !shards.contains(&(*k, of))).map(|k| format!("{k}/{of}")).collect();
    if !missing.is_empty() {
        let missing = missing.join(" and ");
        return refuse(format!(
            "shard {missing} is missing; name its file too, or play it with --shard {missing}"
        ));
    }
    Ok(())
}

fn parts(shard: &str) -> Option<(u32, u32)> {
    let (which, of) = shard.split_once('/')?;
    Some((which.parse().ok()?, of.parse().ok()?))
}

/// The summary of all histories. Names and dates are those of any of the shards.
fn merged(all: &[Saved], tally: &Tally) -> Summary {
    let first = all.iter().map(|s| s.summary.first).min().unwrap_or(0);
    let run = Run { shard: None, ..all[0].summary.run.clone() };
    Summary::of(&Cast::of_summary(&all[0].summary), run, first, tally)
}
