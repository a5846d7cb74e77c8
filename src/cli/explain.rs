//! `casus explain`.

use serde_json::json;

use super::output::{Failure, colours, json_text, styled, wrapped};
use super::run::play;
use super::{ExplainArgs, Format};
use crate::chronicle::{Explanation, explain as account};
use crate::diagnostics::closest;
use crate::model::{StateId, Turn};
use crate::scenario::Scenario;

/// Why a state entered, or why it did not.
pub fn explain(args: &ExplainArgs, format: Format) -> Result<String, Failure> {
    let simulation = play(&args.play, args.turn, format)?;
    let scenario = simulation.scenario();
    let state = find_state(scenario, &args.state)?;
    let until = args.turn.map_or(simulation.turn(), Turn);
    let explanation = account(scenario, simulation.chronicle(), state, until);
    Ok(match format {
        Format::Json => json_text(&json!({
            "scenario": scenario.name,
            "seed": simulation.seed(),
            "replicate": args.play.replicate,
            "turn": until,
            "explanation": explanation,
        })),
        Format::Text => text(&explanation),
    })
}

fn text(explanation: &Explanation) -> String {
    let colours = colours();
    if explanation.lines.is_empty() {
        return format!("{}\n", wrapped(&explanation.answer, 96, 0));
    }
    explanation
        .lines
        .iter()
        .map(|line| {
            let indent = 2 * line.depth;
            let style = match line.depth {
                0 => "1",
                _ if line.text.starts_with("NOT MET") => "31",
                _ if line.fact.is_none() => "4",
                _ => "0",
            };
            let wrapped = wrapped(&line.text, 98 - indent, indent + 2);
            format!("{}{}\n", " ".repeat(indent), styled(&wrapped, style, colours))
        })
        .collect()
}

/// A state by id or name.
fn find_state(scenario: &Scenario, text: &str) -> Result<StateId, Failure> {
    let folded = text.to_lowercase();
    let plain = |name: &str| name.to_lowercase().trim_start_matches("the ").to_owned();
    let found = scenario.state_ids().find(|id| {
        let state = scenario.state(*id);
        state.id.to_lowercase() == folded || plain(&state.name) == plain(&folded)
    });
    found.ok_or_else(|| {
        let names = scenario.states.iter().flat_map(|s| [s.id.as_str(), s.name.as_str()]);
        let hint = match closest(text, names) {
            Some(name) => format!("did you mean `{name}`?"),
            None => {
                let ids: Vec<&str> = scenario.states.iter().map(|s| s.id.as_str()).collect();
                format!("its states are {}", ids.join(", "))
            }
        };
        Failure::CouldNotRun(format!("there is no state `{text}` in {}; {hint}", scenario.name))
    })
}
