//! `casus run`.

use std::path::Path;

use super::library::{Loaded, findings_as, load_changed, read};
use super::output::{Failure, colours, json_text, styled, wrapped, write_new};
use super::{Format, Play, RunArgs};
use crate::analysis::{self, entries};
use crate::chronicle::{Fact, FactKind, Prose, belongs_in_telling};
use crate::engine::Simulation;
use crate::model::{Replicate, Role, Turn};
use crate::scenario::{Act, Scenario, parse_orders};

/// Plays a history and tells it.
pub fn run(args: &RunArgs, format: Format) -> Result<String, Failure> {
    let mut simulation = play(&args.play, args.turns, format)?;
    let text = match format {
        Format::Text => chronicle_text(&simulation, &args.play),
        Format::Json => json_text(&analysis::report(&mut simulation)),
    };
    match &args.output {
        None => Ok(text),
        Some(path) => write_new(path, &text),
    }
}

/// Plays a history.
pub fn play(args: &Play, turns: Option<u32>, format: Format) -> Result<Simulation, Failure> {
    let Loaded { scenario, run, .. } = load_changed(&args.given, format)?;
    let orders = match &args.orders {
        Some(path) => read_orders(path, &scenario, format)?,
        None => Vec::new(),
    };
    if let Some(turns) = turns
        && turns > 100_000
    {
        return Err(Failure::CouldNotRun(format!(
            "{turns} turns are more than 100000, the most that is played"
        )));
    }
    let mut simulation = Simulation::new(scenario, run.seed, Replicate(args.replicate));
    simulation.run(turns, &orders);
    Ok(simulation)
}

fn read_orders(path: &Path, scenario: &Scenario, format: Format) -> Result<Vec<(Turn, Act)>, Failure> {
    let name = path.display().to_string();
    let bytes = read(path)
        .map_err(|error| Failure::CouldNotRun(format!("cannot read the orders `{name}`: {error}")))?;
    let (orders, findings) = parse_orders(&name, &bytes, scenario);
    orders.ok_or_else(|| findings_as(&findings, &crate::scenario::text_of(&bytes), format))
}

/// The chronicle for reading: turns in which something happened, with what mattered in them.
fn chronicle_text(simulation: &Simulation, args: &Play) -> String {
    let scenario = simulation.scenario();
    let prose = Prose::new(scenario, simulation.chronicle());
    let colours = colours();
    let mut text =
        format!("{}\n{}\n\n", styled(&scenario.title, "1", colours), wrapped(&scenario.summary, 96, 0));
    let told: Vec<&Fact> = simulation.chronicle().facts().iter().filter(|f| belongs_in_telling(f)).collect();
    for turn in told.chunk_by(|a, b| a.turn == b.turn) {
        let date = scenario.calendar.label(turn[0].turn);
        let head = match turn[0].turn.0 {
            0 => format!("Before the first turn ({date})"),
            n => format!("Turn {n}, {date}"),
        };
        text += &format!("{}\n", styled(&head, "1", colours));
        for sentence in prose.tell(turn) {
            let (mark, style) = mark(&simulation.chronicle().fact(sentence.facts[0]).kind);
            text += &format!("  {mark} {}\n", styled(&wrapped(&sentence.text, 96, 4), style, colours));
        }
    }
    text += &summary(simulation, &prose);
    text += &format!(
        "\nseed {}, replicate {}, {} turn{}, digest {}\n",
        simulation.seed(),
        args.replicate,
        simulation.turn().0,
        if simulation.turn().0 == 1 { "" } else { "s" },
        simulation.digest()
    );
    text += "This illustrates what the treaties and the stated rules imply; it does not predict.\n";
    text
}

/// The mark and the style of a sentence about such a fact.
fn mark(kind: &FactKind) -> (&'static str, &'static str) {
    match kind {
        FactKind::Entered { role: Role::Originator, .. } => ("*", "0"),
        FactKind::Entered { .. } => ("*", "31"),
        FactKind::Tested { owed: true, .. } => ("!", "33"),
        FactKind::PledgeTested { owed: true, .. } => ("!", "0"),
        FactKind::Judged { .. } => ("=", "0"),
        _ => ("-", "0"),
    }
}

fn summary(simulation: &Simulation, prose: &Prose) -> String {
    let joined: Vec<_> = entries(simulation).into_iter().filter(|e| e.turn > Turn(0)).collect();
    if joined.is_empty() {
        return "\nNobody entered a war.\n".into();
    }
    let scenario = simulation.scenario();
    let mut text = String::from("\nWho entered:\n");
    for e in joined {
        let verdict = e.verdict.map_or("-", |v| v.noun());
        let role = match e.role {
            Role::Originator => "originator",
            Role::Attacked => "attacked",
            Role::Joiner => "joined",
        };
        text += &format!(
            "  {:<24} {:<11} turn {:>3}, {:<18} {verdict}\n",
            prose.opening_state(e.state),
            role,
            e.turn.0,
            scenario.calendar.label(e.turn)
        );
    }
    text
}
