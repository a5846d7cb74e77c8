//! `casus sweep`.

use std::fmt::Write;
use std::path::Path;

use serde_json::json;

use super::ensemble::{progress_bar, stop_on_interrupt};
use super::library::{Loaded, findings_as, load_changed, read};
use super::output::{Failure, colours, json_text, styled};
use super::store::{about, table_failure};
use super::{Format, Given, SweepArgs};
use crate::ensemble::{Goal, Players, grouped, in_parallel};
use crate::scenario::{Plan, parse_plan};
use crate::sweep::{Sensitivity, Sweep, parts, sensitivity};
use crate::table::{self, Cell, Journal, Row, Schema};

/// How many points are played before their rows are written.
const WAVE: usize = 64;

/// Plays a plan, and says what moves what.
pub fn sweep(args: &SweepArgs, format: Format) -> Result<String, Failure> {
    let name = args.plan.display().to_string();
    let bytes = read(&args.plan)
        .map_err(|error| Failure::CouldNotRun(format!("cannot read the plan `{name}`: {error}")))?;
    let (plan, findings) = parse_plan(&name, &bytes);
    let plan = plan.ok_or_else(|| findings_as(&findings, &crate::scenario::text_of(&bytes), format))?;
    let (sweep, schema) = prepare(&plan, args, format)?;
    let points = args.shard.map_or(0..sweep.points(), |s| {
        let range = s.of_range(u32::try_from(sweep.points()).unwrap_or(u32::MAX));
        range.start as usize..range.end as usize
    });
    let mut journal = match args.resume {
        true => Journal::resume(&args.output, schema),
        false => Journal::create(&args.output, schema),
    }
    .map_err(table_failure)?;
    let done = play(&sweep, points.clone(), &mut journal, args)?;
    let rows = journal.rows();
    journal.finish().map_err(table_failure)?;
    let written = format!("{rows} rows written to {}", args.output.display());
    if done < points.end {
        return Err(Failure::Partly(
            format!("{written}\n"),
            format!("stopped after {rows} of {} points; go on with --resume", points.len()),
        ));
    }
    if points.is_empty() {
        return Ok(format!("{written}: this shard has none\n"));
    }
    if points.len() < sweep.points() {
        return Ok(format!("{written}; `casus merge` puts the shards together\n"));
    }
    let found = indices(&sweep, &args.output)?;
    Ok(match format {
        Format::Text => format!("{}\n{written}\n", told(&sweep, &found)),
        Format::Json => json_text(&json!({
            "scenario": sweep.scenario, "seed": sweep.seed, "points": sweep.points(),
            "output": args.output, "sensitivity": found,
        })),
    })
}

/// The sweep of a plan, with its outcomes known and its first and last points sound.
fn prepare(plan: &Plan, args: &SweepArgs, format: Format) -> Result<(Sweep, Schema), Failure> {
    let file = &plan.file;
    let given = Given { scenario: file.scenario.clone(), seed: file.seed, preset: None, set: Vec::new() };
    let Loaded { scenario, text, mut run } = load_changed(&given, format)?;
    for outcome in &file.outcomes {
        let told =
            |why| Failure::CouldNotRun(format!("`{}`: the outcome `{outcome}`: {why}", args.plan.display()));
        Goal::parse(outcome, &scenario).map_err(told)?;
    }
    let sweep = Sweep {
        scenario: file.scenario.clone(),
        text,
        seed: run.seed,
        replicates: file.replicates,
        precision: file.stop_at_precision,
        outcomes: file.outcomes.clone(),
        parts: parts(file).map_err(Failure::CouldNotRun)?,
    };
    let columns = sweep.columns();
    let twice = (1..columns.len()).find(|i| columns[..*i].iter().any(|c| c.name == columns[*i].name));
    if let Some(i) = twice {
        return Err(Failure::CouldNotRun(format!(
            "`{}`: two columns of the table would be called `{}`; give the axis another `name`, or say the outcome once",
            args.plan.display(),
            columns[i].name
        )));
    }
    // What cannot be changed is told before hours of work.
    for part in 0..sweep.parts.len() {
        let before: usize = sweep.parts[..part].iter().map(|p| p.points.len()).sum();
        for point in [before, before + sweep.parts[part].points.len() - 1] {
            sweep.scenario_at(point).map_err(Failure::CouldNotRun)?;
        }
    }
    run.shard = args.shard.map(|s| s.to_string());
    let mut about = about(&run, "sweep");
    about.insert("plan".into(), format!("{:016x}", plan.content.0));
    about.insert("replicates".into(), file.replicates.to_string());
    about.insert("points".into(), sweep.points().to_string());
    Ok((sweep.clone(), Schema { columns: sweep.columns(), about }))
}

/// Plays the points that are not yet in the journal; hands back the first that is not.
fn play(
    sweep: &Sweep,
    points: std::ops::Range<usize>,
    journal: &mut Journal,
    args: &SweepArgs,
) -> Result<usize, Failure> {
    let stop = stop_on_interrupt();
    let threads = args.threads.unwrap_or_else(Players::all_threads);
    let bar = progress_bar(points.len() as u64, "points");
    bar.set_position(journal.rows());
    bar.reset_eta();
    let mut next = points.start + usize::try_from(journal.rows()).unwrap_or(usize::MAX);
    while next < points.end {
        let wave = (points.end - next).min(WAVE);
        let played = in_parallel(wave, threads, stop, |i| {
            let row = sweep.play(next + i);
            bar.inc(1);
            row
        });
        // Without a gap.
        let sound = played.into_iter().zip(0..).take_while(|((i, _), place)| i == place);
        let rows: Result<Vec<Row>, String> = sound.map(|((_, row), _)| row).collect();
        let rows = rows.map_err(Failure::CouldNotRun)?;
        journal.append(&rows).map_err(table_failure)?;
        next += rows.len();
        if rows.len() < wave {
            break;
        }
    }
    bar.finish_and_clear();
    Ok(next)
}

/// What each axis does to each result, from the finished table.
fn indices(sweep: &Sweep, file: &Path) -> Result<Vec<Sensitivity>, Failure> {
    let (schema, rows) = table::read(file).map_err(table_failure)?;
    let names = sweep.results();
    let places: Vec<usize> =
        names.iter().filter_map(|n| schema.columns.iter().position(|c| c.name == *n)).collect();
    let mut values = vec![Vec::new(); places.len()];
    for row in rows {
        let row = row.map_err(table_failure)?;
        for (place, values) in places.iter().zip(&mut values) {
            values.push(match row[*place] {
                Cell::Real(x) => x,
                _ => f64::NAN,
            });
        }
    }
    let mut all = Vec::new();
    let mut first = 0;
    for part in &sweep.parts {
        let range = first..first + part.points.len();
        first = range.end;
        for (name, values) in names.iter().zip(&values) {
            // A design that is too small to tell is no failure of the sweep.
            if let Ok(Some(found)) = sensitivity(part, name, &values[range.clone()], sweep.seed) {
                all.push(found);
            }
        }
    }
    Ok(all)
}

fn told(sweep: &Sweep, found: &[Sensitivity]) -> String {
    let mut text = format!(
        "{} points of {}, up to {} histories each on the same chance, seed {}.\n",
        grouped(sweep.points() as u64),
        sweep.scenario,
        sweep.replicates,
        sweep.seed
    );
    if found.is_empty() {
        text += "Nothing that was varied moved any result, or the design is too small to tell.\n";
    }
    for s in found {
        let plan = if s.plan.is_empty() { String::new() } else { format!(", plan {}", s.plan) };
        let fit =
            s.determination.map_or(String::new(), |r| format!(" (linear model explains {:.0} %)", r * 100.0));
        let _ = write!(text, "\n{}{fit}\n", styled(&format!("{}{plan}", s.result), "1", colours()));
        let widest = s.effects.iter().map(|e| e.axis.chars().count()).max().unwrap_or(0).min(48);
        for effect in &s.effects {
            let measures: Vec<String> = effect
                .measures
                .iter()
                .map(|(name, value, half)| match half {
                    Some(half) => format!("{name} {value:+.3} +-{half:.3}"),
                    None => format!("{name} {value:+.3}"),
                })
                .collect();
            let _ = writeln!(text, "  {:<widest$}  {}", effect.axis, measures.join("   "));
        }
        for pair in &s.interactions {
            let ([a, b], (value, half)) = (&pair.axes, pair.second_order);
            let _ = writeln!(text, "  {a} with {b}: second order {value:+.3} +-{half:.3}");
        }
    }
    text
}
