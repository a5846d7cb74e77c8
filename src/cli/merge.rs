//! `casus merge`.

use std::path::{Path, PathBuf};

use super::output::{Failure, json_text};
use super::store::{Saved, save, saved, summary_of, table_failure};
use super::{Format, Shard};
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
        sweep_is_whole(shards)?;
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

/// All shards of a sweep are there, and each holds all of its points.
fn sweep_is_whole(files: &[PathBuf]) -> Result<(), Failure> {
    let mut shards = Vec::new();
    for file in files {
        let (schema, rows) = table::read(file).map_err(table_failure)?;
        let unknown = || {
            Failure::CouldNotRun(format!(
                "nothing says which part of which sweep `{}` is: `{}` belongs beside it",
                file.display(),
                table::schema_of(file).display()
            ))
        };
        let points: u32 = schema.about.get("points").and_then(|n| n.parse().ok()).ok_or_else(unknown)?;
        let shard = schema.about.get("shard").and_then(|s| parts(s)).unwrap_or((1, 1));
        let held = rows.collect::<Result<Vec<_>, _>>().map_err(table_failure)?.len() as u64;
        shards.push((shard, held, u64::from(points)));
    }
    all_there(files, &shards)
}

/// All shards are of one ensemble, and none is missing or short.
fn complete(files: &[PathBuf], all: &[Saved]) -> Result<(), Failure> {
    // The same content is the same scenario, by whatever name it was found.
    let whole = |saved: &Saved| Run { shard: None, scenario: String::new(), ..saved.summary.run.clone() };
    let first = whole(&all[0]);
    for (file, saved) in files.iter().zip(all) {
        let run = whole(saved);
        let differs = [
            ("content", run.content != first.content),
            ("changes", run.changes != first.changes),
            ("preset", run.preset != first.preset),
            ("seed", run.seed != first.seed),
            ("number of turns", run.turns != first.turns),
            ("version of the program", run.program != first.program),
            ("number of histories asked for", saved.summary.asked != all[0].summary.asked),
        ];
        if let Some((what, _)) = differs.iter().find(|(_, differs)| *differs) {
            return Err(Failure::CouldNotRun(format!(
                "`{}` is not of the same ensemble as `{}`: the {what} differs",
                file.display(),
                files[0].display()
            )));
        }
    }
    let shard = |s: &Saved| {
        (s.summary.run.shard.as_deref().and_then(parts).unwrap_or((1, 1)), s.tally.histories, s.summary.asked)
    };
    all_there(files, &all.iter().map(shard).collect::<Vec<_>>())
}

/// Shards by file: which of how many, how many rows it has, how many all of them should have.
type Held = ((u32, u32), u64, u64);

/// None of some shards is missing, and each is whole.
fn all_there(files: &[PathBuf], shards: &[Held]) -> Result<(), Failure> {
    let refuse = |why: String| Err(Failure::CouldNotRun(why));
    let Some(((_, of), ..)) = shards.first().copied() else { return Ok(()) };
    for (file, ((k, n), held, asked)) in files.iter().zip(shards) {
        if *n != of {
            return refuse(format!(
                "`{}` is shard {k}/{n}, among shards of {of}; leave it out",
                file.display()
            ));
        }
        let range = Shard { which: *k, of: *n }.of_range(u32::try_from(*asked).unwrap_or(u32::MAX));
        let should = u64::from(range.end - range.start);
        if *held < should {
            return refuse(format!(
                "`{}` holds {held} of the {should} rows of its shard; go on with it by --resume first",
                file.display()
            ));
        }
    }
    let there = |k: u32| shards.iter().any(|((which, _), ..)| *which == k);
    let missing: Vec<String> = (1..=of).filter(|k| !there(*k)).map(|k| format!("{k}/{of}")).collect();
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
    let asked = all[0].summary.asked;
    // A shard without any history has no days to name.
    let telling = all.iter().find(|s| !s.summary.metrics.is_empty()).unwrap_or(&all[0]);
    Summary { asked, ..Summary::of(&Cast::of_summary(&telling.summary), run, first, tally) }
}
