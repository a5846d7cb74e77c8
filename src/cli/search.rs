//! `casus search`.

use std::fmt::Write;
use std::sync::Arc;

use serde_json::json;
use similar::{ChangeTag, TextDiff};

use super::compare::side_by_side;
use super::ensemble::{progress_bar, share_text, stop_on_interrupt};
use super::library::{Loaded, load_changed};
use super::output::{Failure, colours, json_text, styled, wrapped};
use super::{Format, SearchArgs};
use crate::analysis::{Parting, parting};
use crate::chronicle::explain;
use crate::engine::Simulation;
use crate::ensemble::{Candidate, Findings, Found, Goal, History, Players, Search};
use crate::model::Replicate;
use crate::scenario::{Scenario, parse_whole};

/// Looks for the smallest change that makes an outcome likely.
pub fn search(args: &SearchArgs, format: Format) -> Result<String, Failure> {
    let refuse = |why: String| Err(Failure::CouldNotRun(why));
    if args.replicates < 20 {
        return refuse(format!("{} histories say too little; ask for 20 or more", args.replicates));
    }
    if !(args.likely > 0.0 && args.likely <= 1.0) {
        return refuse("what counts as likely lies between 0 and 1, as in --likely 0.9".into());
    }
    let loaded = load_changed(&args.given, format)?;
    let goal = Goal::parse(&args.goal, &loaded.scenario).map_err(Failure::CouldNotRun)?;
    let search = Search {
        scenario: &loaded.scenario,
        text: &loaded.text,
        seed: loaded.run.seed,
        goal,
        likely: args.likely,
        replicates: args.replicates,
        threads: args.threads.unwrap_or_else(Players::all_threads),
    };
    let bar = progress_bar(1, "changes tried");
    let progress = |done: usize, of: usize| {
        bar.set_length(of as u64);
        bar.set_position(done as u64);
    };
    let findings = search.run(stop_on_interrupt(), &progress);
    bar.finish_and_clear();
    let Some(findings) = findings else { return refuse("stopped before anything was found".into()) };
    let shown = findings.smallest().and_then(|found| Shown::of(&loaded, goal, &findings, found));
    Ok(match format {
        Format::Text => told(args, &loaded, &findings, shown.as_ref()),
        Format::Json => json_text(&as_json(args, &loaded, &findings, shown.as_ref())),
    })
}

/// The smallest change in its text, and what becomes otherwise by it.
struct Shown {
    diff: String,
    replicate: Option<u32>,
    parting: Option<Parting>,
    answers: Option<[String; 2]>,
}

impl Shown {
    fn of(loaded: &Loaded, goal: Goal, findings: &Findings, found: &Found) -> Option<Self> {
        let text = found.candidate.change.make(&loaded.text).ok()?;
        let changed = Arc::new(parse_whole(&loaded.scenario.name, &text).0?);
        let play = |scenario: &Arc<Scenario>, replicate| {
            let mut simulation = Simulation::new(Arc::clone(scenario), loaded.run.seed, Replicate(replicate));
            simulation.run(None, &[]);
            simulation
        };
        let holds = |simulation: &Simulation| goal.holds(&History::of(simulation));
        let turned = (0..findings.before.of as u32)
            .map(|r| (r, play(&loaded.scenario, r), play(&changed, r)))
            .find(|(_, a, b)| !holds(a) && holds(b));
        let answer = |simulation: &Simulation| {
            let state = goal.state()?;
            let end = simulation.turn();
            Some(explain(simulation.scenario(), simulation.chronicle(), state, end).answer)
        };
        let answers = turned.as_ref().and_then(|(_, a, b)| Some([answer(a)?, answer(b)?]));
        Some(Self {
            diff: diff(&loaded.text, &text),
            parting: turned.as_ref().and_then(|(_, a, b)| parting(a, b)),
            replicate: turned.map(|(r, ..)| r),
            answers,
        })
    }
}

/// The lines of a scenario that are otherwise, with two around them.
fn diff(before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let mut text = String::new();
    for group in diff.grouped_ops(2) {
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let mark = match change.tag() {
                ChangeTag::Delete => "-",
                ChangeTag::Insert => "+",
                ChangeTag::Equal => " ",
            };
            let _ = writeln!(text, "{mark} {}", change.value().trim_end());
        }
    }
    text
}

/// A change in words, with what it was before.
fn in_words(candidate: &Candidate) -> String {
    match candidate.number {
        Some((now, _)) => format!("{} (now {now})", candidate.change),
        None if candidate.change.value == "absent" => format!("without {}", candidate.change.path),
        None => candidate.change.to_string(),
    }
}

fn told(args: &SearchArgs, loaded: &Loaded, findings: &Findings, shown: Option<&Shown>) -> String {
    let likely = args.likely * 100.0;
    let head = format!(
        "Goal: {}, in at least {likely} % of histories. {} as it is: {} of {} histories, seed {}.",
        args.goal,
        loaded.run.scenario,
        share_text(&findings.before).trim_start(),
        findings.before.of,
        loaded.run.seed
    );
    let mut text = format!("{}\n", wrapped(&head, 96, 0));
    let reaching = findings.found.iter().filter(|f| f.reaches).count();
    if findings.before.estimate >= args.likely {
        return text
            + "It is as likely as that already: there is nothing to look for.\n\
               \nThis illustrates what the treaties and the stated rules imply; it does not predict.\n";
    }
    let found = {
        match reaching {
            0 => {
                format!("None of {} single changes makes it so likely. Those that help most:", findings.tried)
            }
            n => format!(
                "{} single changes were tried, the best of each kind on all histories. {n} of these make it so likely (*):",
                findings.tried
            ),
        }
    };
    text += &format!("{found}\n\n");
    let _ = writeln!(
        text,
        "  {:>5}  {:<24}  {:<28}  {:>12}  change",
        "size", "with it", "gain in points", "another seed"
    );
    let mut kind = None;
    for f in &findings.found {
        if kind.replace(f.candidate.kind) != Some(f.candidate.kind) {
            let _ = writeln!(text, "  {}", styled(f.candidate.kind.in_words(), "1", colours()));
        }
        let d = f.both.difference();
        let n = findings.before.of;
        let with = crate::ensemble::statistics::Share::new(f.both.both + f.both.only_second, n);
        let gain = format!("{:+.1} ({:+.1} to {:+.1})", d.difference * 100.0, d.low * 100.0, d.high * 100.0);
        let mark = if f.reaches { "*" } else { " " };
        let _ = writeln!(
            text,
            "{mark} {:>5.2}  {:<24}  {gain:<28}  {:>10.1} %  {}",
            f.size,
            share_text(&with).trim_start(),
            f.again.estimate * 100.0,
            in_words(&f.candidate)
        );
    }
    let note = "Size: 1 for another word, an event, pledge or treaty that is not there; a quarter of a scale from 0 to 1, or \
        a doubling or halving of a weight, counts as 1 too. The intervals are for each change by itself, and the best of many \
        looks a little better than it is: the share on another seed, by which nothing was chosen, is the one to trust.";
    text += &format!("\n{}\n", wrapped(note, 96, 0));
    if let Some(shown) = shown {
        text +=
            &format!("\n{}\n{}", styled("The smallest change in the scenario", "1", colours()), shown.diff);
        if let (Some(replicate), Some(parting)) = (shown.replicate, &shown.parting) {
            text += &side_by_side(replicate, parting);
        }
        if let Some([first, second]) = &shown.answers {
            text += &format!("\n  without it: {}\n", wrapped(first, 94, 14));
            text += &format!("  with it:    {}\n", wrapped(second, 94, 14));
        }
    }
    text + "\nThis illustrates what the treaties and the stated rules imply; it does not predict.\n"
}

fn as_json(
    args: &SearchArgs,
    loaded: &Loaded,
    findings: &Findings,
    shown: Option<&Shown>,
) -> serde_json::Value {
    let found = findings.found.iter().map(|f| {
        json!({
            "change": f.candidate.change.to_string(), "kind": f.candidate.kind, "size": f.size,
            "was": f.candidate.number.map(|(now, _)| now), "reaches": f.reaches, "share": f.both.difference(),
            "another_seed": f.again,
        })
    });
    json!({
        "run": loaded.run, "goal": args.goal, "likely": args.likely, "before": findings.before,
        "tried": findings.tried, "found": found.collect::<Vec<_>>(),
        "diff": shown.map(|s| &s.diff),
        "replicate": shown.and_then(|s| s.replicate),
        "parting": shown.and_then(|s| s.parting.as_ref()),
        "answers": shown.and_then(|s| s.answers.as_ref()),
    })
}
