//! One history as a row of a table.

use std::sync::Arc;

use super::history::History;
use crate::engine::{METRICS, Metrics};
use crate::model::{Side, StateId};
use crate::scenario::Scenario;
use crate::table::{Cell, Column, Kind, Row};

/// The columns of an ensemble's table.
pub fn columns(scenario: &Scenario) -> Vec<Column> {
    let mut all = vec![
        column(
            "replicate",
            Kind::Integer,
            "which history of this seed: `casus run --replicate` plays it again",
        ),
        column("seed", Kind::Integer, "the seed of all chance"),
        column("digest", Kind::Text, "a number that stands for the whole chronicle, in hexadecimal digits"),
        column("wars", Kind::Integer, "armed conflicts, those under way at the start among them"),
        column("largest_war", Kind::Integer, "states that fought in the largest of them"),
        column("joiners", Kind::Integer, "states that joined a war of their own will after the start"),
        column(
            "cascade_depth",
            Kind::Integer,
            "links of the longest chain of entries, each for the sake of the last",
        ),
    ];
    for info in METRICS {
        let kind = if info.resolution < 1.0 { Kind::Real } else { Kind::Integer };
        let meaning = |when: &str| format!("{} ({}), {when}", info.title.to_lowercase(), info.unit);
        all.push(column(&format!("{}_end", info.name), kind, &meaning("at the end")));
        all.push(column(&format!("{}_most", info.name), kind, &meaning("the most at the end of any turn")));
    }
    for state in &scenario.states {
        let (id, name) = (&state.id, &state.name);
        let entered =
            format!("turn in which {name} first entered a war; 0 from the start, missing if it did not");
        all.push(column(&format!("{id}_entered"), Kind::Integer, &entered));
        let side = format!("the side on which {name} then fought: Initiator or Target");
        all.push(column(&format!("{id}_side"), Kind::Text, &side));
        let verdict = format!("the gravest verdict on {name}, if any");
        all.push(column(&format!("{id}_verdict"), Kind::Text, &verdict));
    }
    all
}

fn column(name: &str, kind: Kind, meaning: &str) -> Column {
    Column { name: name.to_owned(), kind, meaning: meaning.to_owned() }
}

/// Whole numbers of a table may be negative, seeds may not: the same 64 bits, as they are.
fn whole(number: u64) -> Cell {
    Cell::Integer(number as i64)
}

/// A history as a row, under these [`columns`].
pub fn row(scenario: &Scenario, seed: u64, history: &History) -> Row {
    let mut row = vec![
        whole(history.replicate.0.into()),
        whole(seed),
        Cell::Text(format!("{:016x}", history.digest).into()),
        whole(history.wars.len() as u64),
        whole(history.largest().into()),
        whole(history.joiners().into()),
        whole(history.depth().into()),
    ];
    for info in METRICS {
        let cell =
            |value: f64| if info.resolution < 1.0 { Cell::from(value) } else { Cell::Integer(value as i64) };
        let values = history.metrics.iter().map(|m: &Metrics| (info.value)(m));
        row.push(cell(values.clone().next_back().unwrap_or(0.0)));
        row.push(cell(values.fold(0.0, f64::max)));
    }
    let words = Words::new();
    for id in scenario.state_ids() {
        row.extend(words.of_state(history, id));
    }
    row
}

/// The words that rows are full of, made once.
struct Words {
    initiator: Arc<str>,
    target: Arc<str>,
}

impl Words {
    fn new() -> Self {
        Self { initiator: "Initiator".into(), target: "Target".into() }
    }

    fn of_state(&self, history: &History, id: StateId) -> [Cell; 3] {
        let verdict = history.verdicts.get(&id);
        let verdict = verdict.map_or(Cell::Missing, |v| Cell::Text(format!("{v:?}").into()));
        match history.entered.get(&id) {
            None => [Cell::Missing, Cell::Missing, verdict],
            Some((turn, side)) => {
                let side = match side {
                    Side::Initiator => &self.initiator,
                    Side::Target => &self.target,
                };
                [whole(turn.0.into()), Cell::Text(Arc::clone(side)), verdict]
            }
        }
    }
}
