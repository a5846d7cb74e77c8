//! How many turns pass until a state enters: box-like strips.

use maud::{Markup, html};

use super::figure::{Drawing, FULL_WIDTH, Figure, Table, horizontal_axis, line, rectangle, text};
use super::rows::{Layout, Row, by_side, class_of};
use super::scale::{Scale, stride};
use super::words::{Calendar, decimal, estimate, known, listed, measured};
use crate::ensemble::statistics::Spread;
use crate::ensemble::{EntryChance, Summary};

/// Where the columns of numbers end.
const COLUMNS: [f64; 3] = [570.0, 650.0, FULL_WIDTH];
/// States that enter more rarely than this are left out.
const RAREST: f64 = 0.01;

/// The figure.
pub(super) fn figure(summary: &Summary) -> Figure {
    let entries = earliest_first(summary);
    let rows = by_side(entries.iter().map(|(entry, _)| *entry).collect());
    Figure {
        heading: "How soon they enter",
        drawings: if rows.is_empty() { vec![] } else { vec![drawing(summary, &rows)] },
        caption: caption(rows.is_empty()),
        tables: vec![table(&entries)],
    }
}

/// Those that enter often enough to tell when, from the earliest.
fn earliest_first(summary: &Summary) -> Vec<(&EntryChance, &Spread)> {
    let often = |e: &&EntryChance| !e.from_start && known(&e.share) && e.share.estimate >= RAREST;
    let mut entries: Vec<(&EntryChance, &Spread)> = summary
        .entries
        .iter()
        .filter(often)
        .filter_map(|entry| Some((entry, entry.turns.as_ref().filter(|turns| measured(turns))?)))
        .collect();
    entries.sort_by(|(a, x), (b, y)| {
        let place = |spread: &Spread| [spread.median, spread.p25, spread.p75, spread.mean];
        let earlier = place(x).into_iter().zip(place(y)).map(|(p, q)| p.total_cmp(&q));
        earlier.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then).then_with(|| a.name.cmp(&b.name))
    });
    entries
}

fn drawing(summary: &Summary, rows: &[Row<&EntryChance>]) -> Drawing {
    let layout = Layout::new(rows.len(), 500.0);
    let turns = f64::from(summary.run.turns.max(1));
    let scale = layout.scale(0.0, turns);
    let [median, half, chance] = COLUMNS;
    Drawing {
        name: "time-to-entry".into(),
        label: label(rows),
        width: FULL_WIDTH,
        height: layout.bottom() + 34.0,
        shapes: html! {
            (layout.heads(&[(median, "median"), (half, "middle half"), (chance, "entered")]))
            (axis(summary, &scale, &layout))
            @for (i, row) in rows.iter().enumerate() { @match row {
                Row::Space => {}
                Row::Heading(words) => (layout.heading(i, words)),
                Row::State(entry) => (state(&layout, &scale, i, entry)),
            } }
        },
    }
}

/// Turns, with the dates on which they begin where those are known.
fn axis(summary: &Summary, scale: &Scale, layout: &Layout) -> Markup {
    let dates = summary.metrics.first().map_or(&[][..], |fan| &fan.dates);
    let calendar = Calendar::new(dates);
    let turns = summary.run.turns.max(1) as usize;
    let marked: Vec<usize> = (0..=turns).step_by(stride(turns, 6)).collect();
    let ticks: Vec<(f64, String)> = marked.iter().map(|turn| (*turn as f64, turn.to_string())).collect();
    let y = layout.bottom() + 28.0;
    html! {
        (horizontal_axis(scale, &ticks, layout.top(), layout.bottom()))
        (text("end", "faint small", scale.at(0.0) - 24.0, layout.bottom() + 14.0, "turn"))
        @for turn in marked {
            (text("middle", "faint small", scale.at(turn as f64), y, &calendar.short(turn)))
        }
    }
}

fn state(layout: &Layout, scale: &Scale, row: usize, entry: &EntryChance) -> Markup {
    let Some(spread) = &entry.turns else { return html! {} };
    let y = layout.middle(row);
    let [p05, p25, mid, p75, p95] =
        [spread.p05, spread.p25, spread.median, spread.p75, spread.p95].map(|turn| scale.at(turn));
    // A half in which all enter in the same turn is still seen.
    let (p25, p75) = if p75 - p25 < 2.0 { (p25 - 1.0, p75 + 1.0) } else { (p25, p75) };
    let [median, half, chance] = COLUMNS;
    let numbers =
        [(median, turn(spread.median)), (half, middle_half(spread)), (chance, estimate(&entry.share))];
    html! {
        g {
            (layout.name(row, &entry.name))
            (line("line", (p05, y), (p95, y)))
            (rectangle(&format!("edge box {}", class_of(&entry.side)), (p25, y - 4.5), (p75, y + 4.5)))
            (line("line heavy", (mid, y - 6.5), (mid, y + 6.5)))
            (layout.numbers(row, &numbers))
        }
    }
}

fn middle_half(spread: &Spread) -> String {
    format!("{}–{}", turn(spread.p25), turn(spread.p75))
}

/// A number of turns, with a decimal only where it is not whole.
fn turn(turns: f64) -> String {
    decimal(turns, usize::from(turns.fract() != 0.0))
}

fn label(rows: &[Row<&EntryChance>]) -> String {
    let mut words: Vec<String> = vec!["Strips of the turns until a state enters, by median.".into()];
    for row in rows {
        match row {
            Row::Space => {}
            Row::Heading(heading) => words.push(format!("{heading}:")),
            Row::State(e) => {
                let median = e.turns.as_ref().map_or(f64::NAN, |turns| turns.median);
                words.push(format!("{} {};", listed(&e.name), turn(median)));
            }
        }
    }
    words.join(" ")
}

fn caption(empty: bool) -> Markup {
    html! {
        @if empty { "No state entered after the start in at least 1% of histories." } @else {
            "Turns from the start to a state’s entry, among the histories in which it entered, for states \
             that entered in at least 1% of all; from the earliest median. Upright strokes are medians, boxes \
             span the middle half of these histories, lines 5% to 95%. The last column is the share of all \
             histories in which the state entered."
        }
    }
}

fn table(entries: &[(&EntryChance, &Spread)]) -> Table {
    let row = |(e, s): &(&EntryChance, &Spread)| {
        let numbers = [s.p05, s.p25, s.median, s.p75, s.p95, s.mean].map(|turn| decimal(turn, 1));
        [vec![listed(&e.name).to_string(), e.side.to_lowercase()], numbers.to_vec(), vec![estimate(&e.share)]]
            .concat()
    };
    Table {
        title: None,
        head: vec!["State", "Side", "5%", "25%", "Median", "75%", "95%", "Mean", "Entered"],
        words: 2,
        rows: entries.iter().map(row).collect(),
    }
}
