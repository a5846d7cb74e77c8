//! `casus ensemble`.

use std::fmt::Write;
use std::ops::Range;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use super::library::{Loaded, load_changed};
use super::output::{Failure, colours, json_text, styled, wrapped, write_new};
use super::store::Store;
use super::{EnsembleArgs, Format};
use crate::chronicle::capitalized;
use crate::ensemble::statistics::{Share, Spread};
use crate::ensemble::{
    Bar, Cast, EntryChance, History, Players, Summary, Tally, drawings, grouped, page, row,
};
use crate::table::Row;

/// Set when the user asks to stop.
static STOP: AtomicBool = AtomicBool::new(false);

/// Lets Ctrl-C end long work after what is under way, instead of at once.
pub fn stop_on_interrupt() -> &'static AtomicBool {
    // A second handler is refused; the first does the same.
    let _ = ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed));
    &STOP
}

/// A bar on standard error: how far, how fast, how long still.
pub fn progress_bar(all: u64, what: &str) -> ProgressBar {
    let bar = ProgressBar::new(all);
    let template = format!("{{bar:32}} {{human_pos}} of {{human_len}} {what}, {{per_sec}}, {{eta}} left");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}

/// Plays many histories and says what they come to.
pub fn ensemble(args: &EnsembleArgs, format: Format) -> Result<String, Failure> {
    check(args)?;
    let mut loaded = load_changed(&args.given, format)?;
    loaded.run.shard = args.shard.map(|s| s.to_string());
    let histories = args.shard.map_or(0..args.replicates, |s| s.of_range(args.replicates));
    let asked = u64::from(histories.end - histories.start);
    let mut store = match &args.output {
        Some(file) => Some(Store::open(file, &loaded, args.resume, asked)?),
        None => None,
    };
    let tally = store.as_mut().map_or_else(Tally::default, Store::take_tally);
    let known = tally.histories;
    let first = u64::from(histories.start);
    let tally = play(args, &loaded, histories, tally, store.as_mut())?;
    let summary = Summary {
        // More than asked for may have been there.
        asked: if args.shard.is_some() {
            args.replicates.into()
        } else {
            tally.histories.max(args.replicates.into())
        },
        until_precision: args.until_precision,
        ..Summary::of(&Cast::of(&loaded.scenario), loaded.run.clone(), first, &tally)
    };
    let mut notes = Vec::new();
    if let Some(store) = store {
        notes.push(store.finish(&summary, &tally)?);
    }
    if let Some(precision) = args.until_precision {
        let reached = summary.precision();
        notes.push(match reached <= precision {
            true => format!("the precision is reached: no chance of entry is less sure than +-{:.2} points", reached * 100.0),
            false if STOP.load(Ordering::Relaxed) => {
                format!("the precision is not reached yet: +-{:.2} points", reached * 100.0)
            }
            false => format!(
                "the precision is not reached with {} histories: +-{:.2} points; ask for more with --replicates",
                grouped(summary.replicates),
                reached * 100.0
            ),
        });
    }
    if known > asked {
        notes.push(format!("there were {known} histories already, more than asked for; none was played"));
    }
    if let Some(file) = &args.html {
        notes.push(write_new(file, &page(&summary))?.trim_end().to_owned());
    }
    if let Some(folder) = &args.plots {
        notes.push(write_plots(folder, &summary)?);
    }
    let text = match format {
        Format::Text => format!("{}\n{}", summary_text(&summary), lines(&notes)),
        Format::Json => json_text(&serde_json::json!(summary)),
    };
    if STOP.load(Ordering::Relaxed) && summary.replicates < asked {
        let go_on = if args.output.is_some() { "; go on with --resume" } else { "" };
        return Err(Failure::Partly(
            text,
            format!("stopped after {} of {asked} histories{go_on}", summary.replicates),
        ));
    }
    Ok(text)
}

/// Each plot as a file.
fn write_plots(folder: &Path, summary: &Summary) -> Result<String, Failure> {
    let cannot =
        |error| Failure::CouldNotRun(format!("cannot make the folder `{}`: {error}", folder.display()));
    std::fs::create_dir_all(folder).map_err(cannot)?;
    let plots = drawings(summary);
    for plot in &plots {
        write_new(&folder.join(format!("{}.svg", plot.name)), &plot.svg)?;
    }
    Ok(format!("{} plots written to {}", plots.len(), folder.display()))
}

fn lines(notes: &[String]) -> String {
    notes.iter().map(|n| format!("{n}\n")).collect()
}

/// What can be told before anything is played.
fn check(args: &EnsembleArgs) -> Result<(), Failure> {
    let refuse = |why: &str| Err(Failure::CouldNotRun(why.to_owned()));
    if args.replicates == 0 {
        return refuse("no history shows nothing; ask for one or more, as in --replicates 1000");
    }
    if args.threads == Some(0) {
        return refuse("it takes at least one thread; leave --threads out to use all that the machine has");
    }
    if args.until_precision.is_some_and(|p| !(p > 0.0 && p < 1.0)) {
        return refuse("a precision lies between 0 and 1: 0.01 stops at one per cent to either side");
    }
    match &args.html {
        Some(file) if file.exists() => {
            refuse(&format!("`{}` exists already; name another file, or remove it first", file.display()))
        }
        _ => Ok(()),
    }
}

/// Plays what is still to be played, wave by wave.
fn play(
    args: &EnsembleArgs,
    loaded: &Loaded,
    histories: Range<u32>,
    mut tally: Tally,
    mut store: Option<&mut Store>,
) -> Result<Tally, Failure> {
    let stop = stop_on_interrupt();
    let bar = progress_bar(u64::from(histories.end - histories.start), "histories");
    bar.set_position(tally.histories);
    bar.reset_eta();
    let threads = args.threads.unwrap_or_else(Players::all_threads);
    let (scenario, seed) = (&loaded.scenario, loaded.run.seed);
    let (keeps_rows, cast) = (store.is_some(), Cast::of(scenario));
    let mut players = Players::new(scenario, seed, threads);
    let harvest = |rows: &mut Vec<Row>, tally: &mut Tally, simulation: &crate::engine::Simulation| {
        let history = History::of(simulation);
        tally.add(scenario, &history);
        if keeps_rows {
            rows.push(row(scenario, seed, &history));
        }
    };
    let done = u32::try_from(tally.histories).unwrap_or(u32::MAX);
    let mut next = histories.start.saturating_add(done);
    let enough = |tally: &Tally| {
        let precision = || Summary::of(&cast, loaded.run.clone(), 0, tally).precision();
        tally.histories > 0 && args.until_precision.is_some_and(|p| precision() <= p)
    };
    while next < histories.end && !enough(&tally) && !stop.load(Ordering::Relaxed) {
        let wave = Players::wave(next, histories.end);
        let played = players.play(wave, stop, &|| bar.inc(1), harvest);
        let Some((last, _)) = played.listed.last() else { break };
        next = last.end;
        played.counted.iter().for_each(|counts| tally.merge(counts));
        if let Some(store) = &mut store {
            for (_, rows) in &played.listed {
                store.append(rows)?;
            }
            store.checkpoint(&tally)?;
        }
    }
    bar.finish_and_clear();
    Ok(tally)
}

/// The summary for reading.
fn summary_text(summary: &Summary) -> String {
    let run = &summary.run;
    let mut text = format!("{}\n", styled(&run.title, "1", colours()));
    let changes = match run.changes.as_slice() {
        [] => String::new(),
        changes => format!(", changed: {}", changes.join(", ")),
    };
    let last = (summary.first + summary.replicates).saturating_sub(1);
    if summary.replicates == 0 {
        return text + "No history was played: this shard has none.\n";
    }
    let what = format!(
        "{} histories of {} turns: scenario {}, preset {}{changes}, seed {}, replicates {} to {last}; \
         95 % intervals (Wilson) of shares in brackets; turns and numbers are medians.",
        grouped(summary.replicates),
        run.turns,
        run.scenario,
        run.preset,
        run.seed,
        summary.first,
    );
    text += &format!("{}\n\n", wrapped(&what, 96, 0));
    text += &entries_text(summary);
    text += &wars_text(summary);
    text += &verdicts_text(summary);
    text += &metrics_text(summary);
    text + "\nThis illustrates what the treaties and the stated rules imply; it does not predict.\n"
}

fn heading(text: &str) -> String {
    format!("{}\n", styled(text, "1", colours()))
}

/// "62.3 % (59.2 to 65.3)".
pub fn share_text(share: &Share) -> String {
    let percent = |x: f64| format!("{:.1}", x * 100.0);
    format!("{:>5} % ({} to {})", percent(share.estimate), percent(share.low), percent(share.high))
}

fn entries_text(summary: &Summary) -> String {
    let mut text = heading("Who enters a war, and when");
    let named = |e: &&EntryChance| e.name.clone();
    let from_start: Vec<String> =
        summary.entries.iter().filter(|e| e.from_start).map(|e| named(&e)).collect();
    if !from_start.is_empty() {
        text += &format!("  from the start: {}\n", from_start.join(", "));
    }
    for e in summary.entries.iter().filter(|e| !e.from_start && e.share.count > 0) {
        let side = e.with_whom();
        let when = e
            .turns
            .map_or(String::new(), |t| format!("turn {}, 5 to 95 %: {} to {}", t.median, t.p05, t.p95));
        let _ =
            writeln!(text, "  {:<22} {side:<25} {:<24} {when}", capitalized(&e.name), share_text(&e.share));
    }
    let never: Vec<&EntryChance> =
        summary.entries.iter().filter(|e| !e.from_start && e.share.count == 0).collect();
    if let Some(first) = never.first() {
        let names: Vec<&str> = never.iter().map(|e| e.name.as_str()).collect();
        let high = first.share.high * 100.0;
        let never = format!("never entered (so likely below {high:.2} % each): {}", names.join(", "));
        text += &format!("  {}\n", wrapped(&never, 94, 4));
    }
    text
}

fn wars_text(summary: &Summary) -> String {
    let mut text = format!("\n{}", heading("How far it spreads"));
    let rows: [(&str, &[Bar]); 4] = [
        ("armed conflicts", &summary.wars),
        ("states in the largest war", &summary.largest),
        ("states that joined", &summary.joiners),
        ("longest chain of entries", &summary.cascade_depths),
    ];
    for (what, bars) in rows {
        let counted = bars.iter().map(|b| (b.value as f64, b.share.count));
        let spread = Spread::of(counted).unwrap_or_default();
        let most = bars.last().map_or(0, |b| b.value);
        let _ = writeln!(
            text,
            "  {what:<28} median {}, mean {:.2}, 5 to 95 %: {} to {}, most {most}",
            spread.median, spread.mean, spread.p05, spread.p95
        );
    }
    text
}

fn verdicts_text(summary: &Summary) -> String {
    let order = ["Compliant", "BeyondObligation", "Breach", "NotTriggered"];
    let mut text =
        format!("\n{}", heading("How conduct is judged (per cent of histories; the gravest verdict counts)"));
    let _ = writeln!(
        text,
        "  {:<22} {:>10} {:>10} {:>10} {:>14}",
        "", "compliant", "beyond", "breach", "not triggered"
    );
    let mut states: Vec<(&str, &str)> =
        summary.verdicts.iter().map(|v| (v.state.as_str(), v.name.as_str())).collect();
    states.dedup();
    for (state, name) in states {
        let of = |verdict: &str| {
            let found = summary.verdicts.iter().find(|v| v.state == state && v.verdict == verdict);
            found.map_or("-".to_owned(), |v| format!("{:.1}", v.share.estimate * 100.0))
        };
        let [compliant, beyond, breach, none] = order.map(of);
        let _ = writeln!(
            text,
            "  {:<22} {compliant:>10} {beyond:>10} {breach:>10} {none:>14}",
            capitalized(name)
        );
    }
    text
}

fn metrics_text(summary: &Summary) -> String {
    let mut text = format!("\n{}", heading("What is measured at the end: median (5 to 95 %)"));
    for fan in &summary.metrics {
        if let Some(end) = fan.turns.last() {
            let number = |x: f64| if fan.unit == "0 to 1" { format!("{x:.3}") } else { format!("{x}") };
            let _ = writeln!(
                text,
                "  {:<28} {} ({} to {})",
                fan.title,
                number(end.median),
                number(end.p05),
                number(end.p95)
            );
        }
    }
    text
}
