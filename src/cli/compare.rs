//! `casus compare`.

use std::fmt::Write;
use std::sync::Arc;

use serde_json::json;

use super::ensemble::{progress_bar, stop_on_interrupt};
use super::library::{Loaded, load_changed};
use super::output::{Failure, colours, json_text, styled, wrapped};
use super::{CompareArgs, Format, Given};
use crate::analysis::{Parting, ToldFact, parting};
use crate::chronicle::capitalized;
use crate::engine::Simulation;
use crate::ensemble::{Compared, Comparison, Players, grouped};
use crate::model::Replicate;

/// Plays two scenarios on the same chance and says what is different.
pub fn compare(args: &CompareArgs, format: Format) -> Result<String, Failure> {
    if args.replicates < 10 {
        return Err(Failure::CouldNotRun(
            "fewer than ten pairs of histories show no difference that could not be chance; ask for more with --replicates"
                .into(),
        ));
    }
    if args.with.is_none() && args.set.is_empty() && args.preset.is_none() {
        return Err(Failure::CouldNotRun(
            "there is nothing to compare with; name a second scenario, a change (--set rules/obligation=2) or a --preset"
                .into(),
        ));
    }
    let (first, second) = both(args, format)?;
    let comparison = play(args, &first, &second);
    let name = |state: &str| {
        let known = [&first, &second].into_iter().find_map(|l| {
            let id = l.scenario.state_id(state)?;
            Some(l.scenario.state(id).name.clone())
        });
        known.unwrap_or_else(|| state.to_owned())
    };
    let all = comparison.differences(name);
    let explained = if args.explain { explain(args, &comparison, &first, &second) } else { None };
    if format == Format::Json {
        let (parted, named) = comparison.parted();
        return Ok(json_text(&json!({
            "first": first.run, "second": second.run, "pairs": comparison.pairs(), "parted": parted,
            "chronicles_differ": comparison.otherwise(),
            "parted_first": named, "differences": all,
            "explained": explained.as_ref().map(|(replicate, parting)| json!({"replicate": replicate, "parting": parting})),
        })));
    }
    let mut text = told(&first, &second, &comparison, &all);
    if args.explain {
        text += &match &explained {
            Some((replicate, parting)) => side_by_side(*replicate, parting),
            None => "\nThe two come to the same in every history that was played.\n".into(),
        };
    }
    Ok(text + "\nThis illustrates what the treaties and the stated rules imply; it does not predict.\n")
}

/// The two scenarios; changes are made in the second. Both have the seed of the first.
fn both(args: &CompareArgs, format: Format) -> Result<(Loaded, Loaded), Failure> {
    let given = Given { scenario: args.scenario.clone(), seed: args.seed, preset: None, set: Vec::new() };
    let first = load_changed(&given, format)?;
    let second = Given {
        scenario: args.with.clone().unwrap_or_else(|| args.scenario.clone()),
        seed: Some(first.run.seed),
        preset: args.preset,
        set: args.set.clone(),
    };
    let second = load_changed(&second, format)?;
    Ok((first, second))
}

fn play(args: &CompareArgs, first: &Loaded, second: &Loaded) -> Comparison {
    let stop = stop_on_interrupt();
    let threads = args.threads.unwrap_or_else(Players::all_threads);
    let bar = progress_bar(2 * u64::from(args.replicates), "histories");
    let mut players = [first, second].map(|l| Players::new(&l.scenario, l.run.seed, threads));
    let mut comparison = Comparison::default();
    let mut next = 0;
    while next < args.replicates {
        let wave = Players::wave(next, args.replicates);
        let [a, b] = players.each_mut().map(|p| p.histories(wave.clone(), stop, &|| bar.inc(1)));
        for (a, b) in a.iter().zip(&b) {
            comparison.add((&first.scenario, a), (&second.scenario, b));
        }
        if a.len().min(b.len()) < wave.len() {
            break;
        }
        next = wave.end;
    }
    bar.finish_and_clear();
    comparison
}

/// Where the first pair of histories that do not come to the same part, or that of the number asked for.
fn explain(
    args: &CompareArgs,
    comparison: &Comparison,
    first: &Loaded,
    second: &Loaded,
) -> Option<(u32, Parting)> {
    let replicate = args.replicate.or_else(|| comparison.parted().1.first().copied())?;
    let play = |loaded: &Loaded| {
        let mut simulation =
            Simulation::new(Arc::clone(&loaded.scenario), loaded.run.seed, Replicate(replicate));
        simulation.run(None, &[]);
        simulation
    };
    Some((replicate, parting(&play(first), &play(second))?))
}

fn heading(text: &str) -> String {
    format!("\n{}\n", styled(text, "1", colours()))
}

fn described(loaded: &Loaded) -> String {
    let run = &loaded.run;
    let changes =
        if run.changes.is_empty() { String::new() } else { format!(" with {}", run.changes.join(", ")) };
    format!("{}{changes}, preset {}", run.scenario, run.preset)
}

fn told(first: &Loaded, second: &Loaded, comparison: &Comparison, all: &[Compared]) -> String {
    let (parted, named) = comparison.parted();
    let mut text = format!("First:  {}\nSecond: {}\n", described(first), described(second));
    let what = format!(
        "{} pairs of histories on the same chance, seed {}. A difference is the second less the first, with its 95 % \
         interval: for shares Newcombe's for paired data, for means Student's. Measures are those of the end.",
        grouped(comparison.pairs()),
        first.run.seed
    );
    text += &format!("{}\n", wrapped(&what, 96, 0));
    let (clear, unclear): (Vec<&Compared>, Vec<&Compared>) = all.iter().partition(|c| c.is_clear());
    text +=
        &table("Shares of histories that differ (per cent)", clear.iter().filter(|c| c.is_share), (100.0, 1));
    text += &table("Means that differ", clear.iter().filter(|c| !c.is_share), (1.0, 3));
    text += "\n";
    let unclear = unclear.len();
    let told = match clear.len() {
        0 => format!("None of {unclear} comparisons shows a difference."),
        n => format!(
            "{unclear} of {} comparisons show no difference. At 95 % about one in twenty of those without a real one \
             would seem to have it.",
            n + unclear
        ),
    };
    text += &format!("{}\n", wrapped(&told, 96, 0));
    let which: Vec<String> = named.iter().take(8).map(u32::to_string).collect();
    let which = if which.is_empty() { String::new() } else { format!(": replicates {}", which.join(", ")) };
    let more = if parted > 8 { ", ..." } else { "" };
    text += &format!(
        "They come to something else in {} of {} histories{which}{more}; in {} not all that happens is the same.\n",
        grouped(parted),
        grouped(comparison.pairs()),
        grouped(comparison.otherwise())
    );
    text
}

/// Differences under a heading, in units of `scale` and with so many digits; nothing where there are none.
fn table<'c>(
    title: &str,
    differences: impl Iterator<Item = &'c &'c Compared>,
    (scale, digits): (f64, usize),
) -> String {
    let mut lines = String::new();
    for c in differences {
        let d = &c.difference;
        let [a, b, difference, low, high] =
            [d.first, d.second, d.difference, d.low, d.high].map(|x| x * scale);
        let [difference, low, high] = [difference, low, high].map(|x| signed(x, digits));
        let _ = writeln!(
            lines,
            "  {:<52} {a:>7.digits$} {b:>7.digits$}   {difference} ({low} to {high})",
            capitalized(&c.title)
        );
    }
    if lines.is_empty() {
        return lines;
    }
    format!("{}  {:<52} {:>7} {:>7}   difference\n{lines}", heading(title), "", "first", "second")
}

/// A number with its sign: with so many digits, or with its power of ten where these would show none of it.
fn signed(x: f64, digits: usize) -> String {
    let least = 0.5 * 10_f64.powi(-(digits as i32));
    if x != 0.0 && x.abs() < least { format!("{x:+.1e}") } else { format!("{x:+.digits$}") }
}

/// How wide each of two chronicles is told.
const COLUMN: usize = 56;

/// Two chronicles beside each other, from where they part.
pub fn side_by_side(replicate: u32, parting: &Parting) -> String {
    let mut text = heading(&format!("Where replicate {replicate} parts: turn {}", parting.turn.0));
    for fact in &parting.before {
        text += &format!("  both: {}\n", wrapped(&fact.text, 2 * COLUMN - 6, 8));
    }
    let lines = |facts: &[ToldFact]| -> Vec<String> {
        let told = facts.iter().flat_map(|f| {
            let wrapped = wrapped(&format!("- {}", f.text), COLUMN, 2);
            wrapped.lines().map(str::to_owned).collect::<Vec<_>>()
        });
        let mut all: Vec<String> = told.collect();
        if all.is_empty() {
            all.push("(nothing more in this turn)".into());
        }
        all
    };
    let (first, second) = (lines(&parting.first), lines(&parting.second));
    let _ = writeln!(text, "\n  {:<COLUMN$} | second", "first");
    let _ = writeln!(text, "  {} | {}", "-".repeat(COLUMN), "-".repeat(COLUMN));
    for i in 0..first.len().max(second.len()) {
        let cell = |lines: &[String]| lines.get(i).cloned().unwrap_or_default();
        let _ = writeln!(text, "  {:<COLUMN$} | {}", cell(&first), cell(&second));
    }
    text
}
