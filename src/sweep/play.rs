//! Playing the points of a sweep: one row each.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::points::{Part, Value};
use crate::engine::Simulation;
use crate::ensemble::statistics::Share;
use crate::ensemble::{Goal, History};
use crate::model::{Key, Replicate};
use crate::scenario::{self, Scenario};
use crate::table::{Cell, Column, Kind, Row};

/// After so many histories precision is looked at.
const BLOCK: u32 = 50;

/// A sweep, ready to be played.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The scenario's name.
    pub scenario: String,
    /// Its text, whole.
    pub text: String,
    /// The seed of all chance, the same at every point.
    pub seed: u64,
    /// How many histories at each point, at the most.
    pub replicates: u32,
    /// The least precision of every share at which no more are played at a point.
    pub precision: Option<f64>,
    /// Outcomes, as they are said.
    pub outcomes: Vec<String>,
    /// The parts.
    pub parts: Vec<Part>,
}

/// The name of a column for an outcome ("GBR stays out" becomes `GBR_stays_out`).
pub fn column_of(outcome: &str) -> String {
    outcome.split_whitespace().collect::<Vec<_>>().join("_")
}

impl Sweep {
    /// How many points there are.
    pub fn points(&self) -> usize {
        self.parts.iter().map(|p| p.points.len()).sum()
    }

    /// The part of a point, and its place in it.
    pub fn place(&self, mut point: usize) -> Option<(&Part, usize)> {
        for part in &self.parts {
            if point < part.points.len() {
                return Some((part, point));
            }
            point -= part.points.len();
        }
        None
    }

    /// The titles of all axes, each once, in their order.
    pub fn axes(&self) -> Vec<String> {
        let mut titles: Vec<String> = Vec::new();
        for axis in self.parts.iter().flat_map(|p| &p.axes) {
            if !titles.iter().any(|t| t == axis.title()) {
                titles.push(axis.title().to_owned());
            }
        }
        titles
    }

    /// The names of all results: shares of outcomes, then means of numbers.
    pub fn results(&self) -> Vec<String> {
        let means = History::default().numbers().into_iter().map(|n| format!("{}_mean", n.name));
        self.outcomes.iter().map(|o| column_of(o)).chain(means).collect()
    }

    /// The columns of the table.
    pub fn columns(&self) -> Vec<Column> {
        let column = |name: String, kind, meaning: String| Column { name, kind, meaning };
        let mut all = vec![
            column("run".into(), Kind::Integer, "the number of the point".into()),
            column(
                "run_key".into(),
                Kind::Text,
                "stands for the changed scenario, seed and replicates".into(),
            ),
            column("plan".into(), Kind::Text, "the sub-plan, if it has a name".into()),
        ];
        for title in self.axes() {
            let axis = self.parts.iter().flat_map(|p| &p.axes).find(|a| a.title() == title);
            let words = axis.is_none_or(|a| matches!(a.value(0.5), Value::Word(_)));
            let path = axis.map_or(String::new(), |a| a.path.clone());
            all.push(column(
                title,
                if words { Kind::Text } else { Kind::Real },
                format!("the value at {path}"),
            ));
        }
        all.push(column("seed".into(), Kind::Integer, "the seed of all chance".into()));
        all.push(column("replicates".into(), Kind::Integer, "histories played at this point".into()));
        for outcome in &self.outcomes {
            let name = column_of(outcome);
            all.push(column(name.clone(), Kind::Real, format!("share of histories in which {outcome}")));
            all.push(column(
                format!("{name}_low"),
                Kind::Real,
                "lower end of its 95 % Wilson interval".into(),
            ));
            all.push(column(format!("{name}_high"), Kind::Real, "upper end of it".into()));
        }
        for number in History::default().numbers() {
            let meaning = format!("mean over histories, at the end: {}", number.title.to_lowercase());
            all.push(column(format!("{}_mean", number.name), Kind::Real, meaning));
        }
        all
    }

    /// The scenario at a point, or why there is none.
    pub fn scenario_at(&self, point: usize) -> Result<(Arc<Scenario>, Key), String> {
        let (part, place) = self.place(point).ok_or("there is no such point")?;
        let mut text = self.text.clone();
        for change in part.changes(place) {
            text = change.make(&text)?;
        }
        let (scenario, findings) = scenario::parse_whole(&self.scenario, &text);
        let key = Key::of(&text).with(Key(self.seed)).with(Key(self.replicates.into()));
        let why = || {
            let changes: Vec<String> = part.changes(place).iter().map(ToString::to_string).collect();
            let first = findings
                .items()
                .iter()
                .find(|f| f.severity == crate::diagnostics::Severity::Error)
                .map(|f| f.message.clone());
            format!("point {point} ({}): {}", changes.join(", "), first.unwrap_or_default())
        };
        scenario.map(|s| (Arc::new(s), key)).ok_or_else(why)
    }

    /// Plays a point and hands back its row.
    ///
    /// # Errors
    /// Where the changes make no scenario, or an outcome names a state that is not in it: which point, and why.
    pub fn play(&self, point: usize) -> Result<Row, String> {
        let (scenario, key) = self.scenario_at(point)?;
        let goals = self.outcomes.iter().map(|o| Goal::parse(o, &scenario)).collect::<Result<Vec<_>, _>>()?;
        let mut simulation = Simulation::new(scenario, self.seed, Replicate(0));
        let mut held = vec![0_u64; goals.len()];
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        let mut played = 0;
        while played < self.replicates {
            simulation.restart(self.seed, Replicate(played));
            simulation.run(None, &[]);
            let history = History::of(&simulation);
            goals.iter().zip(&mut held).for_each(|(goal, n)| *n += u64::from(goal.holds(&history)));
            for n in history.numbers() {
                *sums.entry(n.name).or_default() += n.steps;
            }
            played += 1;
            let shares = || held.iter().map(|n| Share::new(*n, played.into()));
            let enough = |p: f64| shares().all(|s| s.half_width() <= p);
            if !goals.is_empty() && played % BLOCK == 0 && self.precision.is_some_and(enough) {
                break;
            }
        }
        let mut row = self.head(point, key);
        row.push(Cell::Integer(self.seed as i64));
        row.push(Cell::Integer(played.into()));
        for n in held {
            let share = Share::new(n, played.into());
            row.extend([share.estimate, share.low, share.high].map(Cell::from));
        }
        for number in History::default().numbers() {
            let sum = sums.get(number.name).copied().unwrap_or(0);
            row.push(Cell::from(sum as f64 / f64::from(played) * number.step));
        }
        Ok(row)
    }

    /// What a row says before its results: which point it is.
    fn head(&self, point: usize, key: Key) -> Row {
        let mut row = vec![Cell::Integer(point as i64), Cell::Text(format!("{:016x}", key.0).into())];
        let Some((part, place)) = self.place(point) else { return row };
        row.push(if part.name.is_empty() { Cell::Missing } else { Cell::Text(part.name.as_str().into()) });
        for title in self.axes() {
            let axis = part.axes.iter().position(|a| a.title() == title);
            let value = axis.map(|i| part.axes[i].value(part.points[place][i]));
            row.push(match value {
                Some(Value::Word(word)) => Cell::Text(word.into()),
                Some(Value::Number(x)) => Cell::from(x),
                None => Cell::Missing,
            });
        }
        row
    }
}
