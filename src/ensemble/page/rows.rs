//! Drawings of one row for each state.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::figure::{FULL_WIDTH, line, text};
use super::scale::Scale;
use super::words::{cut, listed};
use crate::ensemble::EntryChance;

/// The height of a row.
const ROW: f64 = 17.0;
/// Where the rows begin.
const TOP: f64 = 30.0;
/// Where names end and the drawing begins.
const LEFT: f64 = 168.0;
/// Names longer than this are cut; the table has them in full.
const LONGEST_NAME: usize = 24;

/// A row: a heading of those below it, or a state.
pub(super) enum Row<T> {
    /// Nothing, between two groups.
    Space,
    /// A heading.
    Heading(String),
    /// A state.
    State(T),
}

/// Where things lie in a drawing of rows.
pub(super) struct Layout {
    rows: usize,
    /// Where the drawing ends and the numbers begin.
    right: f64,
}

impl Layout {
    /// So many rows, with the drawing up to `right` and numbers beside it.
    pub(super) fn new(rows: usize, right: f64) -> Self {
        Self { rows, right }
    }

    /// A scale over the width of the drawing.
    pub(super) fn scale(&self, low: f64, high: f64) -> Scale {
        Scale::new((low, high), (LEFT, self.right))
    }

    /// The middle of a row.
    pub(super) fn middle(&self, row: usize) -> f64 {
        TOP + ROW * (row as f64 + 0.5)
    }

    /// The top of the first row.
    pub(super) fn top(&self) -> f64 {
        TOP
    }

    /// The bottom of the last row.
    pub(super) fn bottom(&self) -> f64 {
        TOP + ROW * self.rows as f64 + 2.0
    }

    /// The heads of the columns of numbers, each at its right end, and a rule below them.
    pub(super) fn heads(&self, heads: &[(f64, &str)]) -> Markup {
        html! {
            @for (x, head) in heads { (text("end", "faint small", *x, TOP - 15.0, head)) }
            (line("axis", (0.0, TOP - 5.0), (FULL_WIDTH, TOP - 5.0)))
        }
    }

    /// The name of a state at the left of its row.
    pub(super) fn name(&self, row: usize, name: &str) -> Markup {
        text("end", "", LEFT - 10.0, self.middle(row) + 4.0, &cut(listed(name), LONGEST_NAME))
    }

    /// A heading at the left.
    pub(super) fn heading(&self, row: usize, words: &str) -> Markup {
        text("start", "strong", 0.0, self.middle(row) + 4.0, words)
    }

    /// Numbers at the right of a row, each at its right end.
    pub(super) fn numbers(&self, row: usize, numbers: &[(f64, String)]) -> Markup {
        html! { @for (x, number) in numbers { (text("end", "", *x, self.middle(row) + 4.0, number)) } }
    }
}

/// Entries under a heading for each side, in the order in which they are given.
pub(super) fn by_side(entries: Vec<&EntryChance>) -> Vec<Row<&EntryChance>> {
    let sides: BTreeSet<&str> = entries.iter().map(|e| e.side.as_str()).collect();
    let rows_of = |side| {
        let states = entries.iter().copied().filter(move |e| e.side == side).map(Row::State);
        [Row::Space, Row::Heading(in_words(side))].into_iter().chain(states)
    };
    sides.into_iter().flat_map(rows_of).skip(1).collect()
}

/// A side as a heading.
pub(super) fn in_words(side: &str) -> String {
    match side {
        "Initiator" => "On the initiator’s side".into(),
        "Target" => "On the target’s side".into(),
        "Either" => "On either side".into(),
        other => other.into(),
    }
}

/// The class of a side's colour.
pub(super) fn class_of(side: &str) -> &'static str {
    match side {
        "Initiator" => "initiator",
        "Either" => "either",
        _ => "target",
    }
}
