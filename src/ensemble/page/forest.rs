//! The chance of every state to enter, by side: a forest plot.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::figure::{Drawing, FULL_WIDTH, Figure, Table, horizontal_axis, line, rectangle};
use super::rows::{Layout, Row, by_side, class_of};
use super::scale::{Place, Scale};
use super::words::{enumerated, estimate, grouped, how_many, interval, known, listed, percent};
use crate::ensemble::{EntryChance, Summary};

/// Where the columns of numbers end.
const COLUMNS: [f64; 3] = [560.0, 650.0, FULL_WIDTH];

/// The figure.
pub(super) fn figure(summary: &Summary) -> Figure {
    let entries = likeliest_first(summary);
    let rows = by_side(entries.iter().copied().filter(|e| is_drawn(e)).collect());
    Figure {
        heading: "Who enters the war",
        drawings: if rows.is_empty() { vec![] } else { vec![drawing(&rows)] },
        caption: caption(summary, !rows.is_empty()),
        tables: vec![table(&entries)],
    }
}

/// Entries as they are listed: from the likeliest, and by name where they are equally likely.
fn likeliest_first(summary: &Summary) -> Vec<&EntryChance> {
    let mut entries: Vec<&EntryChance> = summary.entries.iter().collect();
    entries.sort_by(|a, b| {
        let rarer = |e: &EntryChance| if e.from_start { -2.0 } else { -e.share.estimate };
        rarer(a).total_cmp(&rarer(b)).then_with(|| listed(&a.name).cmp(listed(&b.name)))
    });
    entries
}

fn is_drawn(entry: &EntryChance) -> bool {
    entry.from_start || (known(&entry.share) && entry.share.count > 0)
}

fn drawing(rows: &[Row<&EntryChance>]) -> Drawing {
    let layout = Layout::new(rows.len(), 500.0);
    let scale = layout.scale(0.0, 1.0);
    let ticks: Vec<(f64, String)> =
        [0, 25, 50, 75, 100].map(|p| (f64::from(p) / 100.0, format!("{p}%"))).to_vec();
    let [chance, interval, histories] = COLUMNS;
    Drawing {
        name: "entry".into(),
        label: label(rows),
        width: FULL_WIDTH,
        height: layout.bottom() + 20.0,
        shapes: html! {
            (layout.heads(&[(chance, "entered"), (interval, "95% interval"), (histories, "histories")]))
            (horizontal_axis(&scale, &ticks, layout.top(), layout.bottom()))
            @for (i, row) in rows.iter().enumerate() { @match row {
                Row::Space => {}
                Row::Heading(words) => (layout.heading(i, words)),
                Row::State(entry) => (state(&layout, &scale, i, entry)),
            } }
        },
    }
}

fn state(layout: &Layout, scale: &Scale, row: usize, entry: &EntryChance) -> Markup {
    let y = layout.middle(row);
    let share = &entry.share;
    let [chance, range, histories] = COLUMNS;
    let numbers = if entry.from_start {
        vec![(histories, "fights from the start".to_string())]
    } else {
        vec![(chance, estimate(share)), (range, interval(share)), (histories, grouped(share.count))]
    };
    html! {
        g {
            (layout.name(row, &entry.name))
            @if entry.from_start {
                (diamond("war", (scale.at(1.0), y)))
            } @else {
                (line("line", (scale.at(share.low), y), (scale.at(share.high), y)))
                (marker(&entry.side, (scale.at(share.estimate), y)))
            }
            (layout.numbers(row, &numbers))
        }
    }
}

/// The point of a chance: a square for the initiator's side, a disc for the target's.
fn marker(side: &str, (x, y): (f64, f64)) -> Markup {
    let class = class_of(side);
    html! {
        @if class == "initiator" {
            (rectangle(&format!("marker edge {class}"), (x - 2.7, y - 2.7), (x + 2.7, y + 2.7)))
        } @else {
            circle class={ "marker edge " (class) } cx=(Place(x)) cy=(Place(y)) r="3" {}
        }
    }
}

fn diamond(class: &str, (x, y): (f64, f64)) -> Markup {
    let [left, right, top, bottom] = [x - 5.0, x + 5.0, y - 5.0, y + 5.0].map(Place);
    let (x, y) = (Place(x), Place(y));
    html! { path class=(class) d=(format!("M{x} {top}L{right} {y}L{x} {bottom}L{left} {y}Z")) {} }
}

fn label(rows: &[Row<&EntryChance>]) -> String {
    let mut groups: Vec<String> = vec!["Forest plot of the chance to enter the war.".into()];
    for row in rows {
        groups.push(match row {
            Row::Space => continue,
            Row::Heading(words) => format!("{words}:"),
            Row::State(e) if e.from_start => format!("{}, from the start;", listed(&e.name)),
            Row::State(e) => format!("{} {};", listed(&e.name), estimate(&e.share)),
        });
    }
    groups.join(" ")
}

fn caption(summary: &Summary, drawn: bool) -> Markup {
    html! {
        @if drawn {
            "Share of histories in which a state entered the war, by side, from the likeliest. Squares \
             (initiator’s side) and discs (target’s side) are estimates, lines their 95% Wilson intervals; \
             diamonds are states that fight from the start, which no chance decides. The last column counts \
             histories out of "
            (grouped(summary.replicates)) ". "
        } @else { "No state entered the war in any history. " }
        (bystanders(summary))
    }
}

/// A sentence on those that never enter, on any side.
fn bystanders(summary: &Summary) -> String {
    let entering: BTreeSet<&str> =
        summary.entries.iter().filter(|e| is_drawn(e)).map(|e| e.state.as_str()).collect();
    let never = summary.entries.iter().filter(|e| known(&e.share) && !entering.contains(e.state.as_str()));
    let (mut names, mut bound) = (BTreeSet::new(), 0.0_f64);
    for entry in never {
        names.insert(listed(&entry.name));
        bound = bound.max(entry.share.high);
    }
    let names: Vec<&str> = names.into_iter().collect();
    if names.is_empty() {
        return String::new();
    }
    format!(
        "{} entered in no history: {} (95% interval up to {}).",
        how_many(names.len() as u64, "state", "states"),
        enumerated(&names),
        percent(bound)
    )
}

fn table(entries: &[&EntryChance]) -> Table {
    let row = |e: &&EntryChance| {
        let numbers = if e.from_start {
            ["from the start".to_string(), String::new(), String::new()]
        } else {
            [estimate(&e.share), interval(&e.share), grouped(e.share.count)]
        };
        [vec![listed(&e.name).to_string(), e.state.clone(), e.side.to_lowercase()], numbers.to_vec()].concat()
    };
    Table {
        title: None,
        head: vec!["State", "Id", "Side", "Entered", "95% interval", "Histories"],
        words: 3,
        rows: entries.iter().map(row).collect(),
    }
}
