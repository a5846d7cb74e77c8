//! How conduct was judged: a stacked bar for each state.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::figure::{Drawing, FULL_WIDTH, Figure, Table, horizontal_axis, rectangle};
use super::rows::Layout;
use super::scale::Scale;
use super::words::{estimate, grouped, how_many, interval, known, listed, percent};
use crate::ensemble::Summary;
use crate::ensemble::statistics::Share;

/// A verdict: its name, what it is called, its class, and where its column of numbers ends.
struct Verdict {
    name: &'static str,
    words: &'static str,
    class: &'static str,
    column: f64,
}

/// From the left: done as owed, done beyond what was owed, nothing fell due; broken from the right.
const VERDICTS: [Verdict; 4] = [
    Verdict { name: "Compliant", words: "compliant", class: "compliant", column: 480.0 },
    Verdict { name: "BeyondObligation", words: "beyond", class: "beyond", column: 556.0 },
    Verdict { name: "NotTriggered", words: "nothing due", class: "not-triggered", column: 640.0 },
    Verdict { name: "Breach", words: "breach", class: "breach", column: FULL_WIDTH },
];
const NOT_TRIGGERED: usize = 2;
const BREACH: usize = 3;
/// Where the bars end.
const RIGHT: f64 = 410.0;
/// States on which verdicts are rarer than this are named in a sentence only.
const RAREST: f64 = 0.01;

/// A state and its chance of each verdict.
struct Judged<'a> {
    name: &'a str,
    shares: [Option<&'a Share>; 4],
}

impl Judged<'_> {
    fn chance(&self, verdict: usize) -> f64 {
        self.shares[verdict].filter(|share| known(share)).map_or(0.0, |share| share.estimate)
    }

    /// The chance that anything fell due.
    fn anything(&self) -> f64 {
        (0..VERDICTS.len()).filter(|v| *v != NOT_TRIGGERED).map(|v| self.chance(v)).fold(0.0, |a, b| a + b)
    }
}

/// The figure.
pub(super) fn figure(summary: &Summary) -> Figure {
    let judged = judged(summary);
    let (drawn, left_out): (Vec<&Judged>, Vec<&Judged>) = judged.iter().partition(|j| j.anything() >= RAREST);
    Figure {
        heading: "Who kept faith",
        drawings: if drawn.is_empty() { vec![] } else { vec![drawing(&drawn)] },
        caption: caption(drawn.is_empty(), &left_out),
        tables: vec![table(summary)],
    }
}

/// States with their verdicts, from the likeliest breach.
fn judged(summary: &Summary) -> Vec<Judged<'_>> {
    let mut states: BTreeMap<&str, Judged> = BTreeMap::new();
    for one in &summary.verdicts {
        let judged =
            states.entry(&one.state).or_insert_with(|| Judged { name: &one.name, shares: [None; 4] });
        if let Some(verdict) = VERDICTS.iter().position(|v| v.name == one.verdict) {
            judged.shares[verdict] = Some(&one.share);
        }
    }
    let mut judged: Vec<Judged> = states.into_values().collect();
    judged.sort_by(|a, b| {
        let breach = b.chance(BREACH).total_cmp(&a.chance(BREACH));
        breach
            .then_with(|| b.anything().total_cmp(&a.anything()))
            .then_with(|| listed(a.name).cmp(listed(b.name)))
    });
    judged
}

fn drawing(states: &[&Judged]) -> Drawing {
    let layout = Layout::new(states.len(), RIGHT);
    let scale = layout.scale(0.0, 1.0);
    let ticks: Vec<(f64, String)> = [0, 50, 100].map(|p| (f64::from(p) / 100.0, format!("{p}%"))).to_vec();
    let heads = VERDICTS.map(|verdict| (verdict.column, verdict.words));
    Drawing {
        name: "verdicts".into(),
        label: label(states),
        width: FULL_WIDTH,
        height: layout.bottom() + 20.0,
        shapes: html! {
            (patterns())
            (layout.heads(&heads))
            @for verdict in &VERDICTS { (swatch(&layout, verdict)) }
            (horizontal_axis(&scale, &ticks, layout.top(), layout.bottom()))
            @for (i, state) in states.iter().enumerate() { (row(&layout, &scale, i, state)) }
        },
    }
}

/// Hatching, so that verdicts can be told apart without colours.
fn patterns() -> Markup {
    html! {
        defs {
            pattern #hatch-beyond width="6" height="6" patternUnits="userSpaceOnUse" {
                path.hatch d="M0 6L6 0" {}
            }
            pattern #hatch-breach width="4" height="4" patternUnits="userSpaceOnUse" {
                path.hatch d="M2 0V4" {}
            }
        }
    }
}

/// A strip in a verdict's colour below the head of its column.
fn swatch(layout: &Layout, verdict: &Verdict) -> Markup {
    let (x, y) = (verdict.column, layout.top() - 11.5);
    segment(verdict.class, (x - 36.0, y), (x, y + 6.0))
}

fn row(layout: &Layout, scale: &Scale, row: usize, state: &Judged) -> Markup {
    let y = layout.middle(row);
    let mut from = 0.0;
    let segments = VERDICTS.iter().enumerate().map(|(i, verdict)| {
        let chance = state.chance(i);
        let (start, end) = if i == BREACH { (1.0 - chance, 1.0) } else { (from, from + chance) };
        from = end;
        (verdict.class, scale.at(start), scale.at(end))
    });
    let segments: Vec<(&str, f64, f64)> = segments.filter(|(_, start, end)| end > start).collect();
    let numbers: Vec<(f64, String)> = VERDICTS
        .iter()
        .zip(&state.shares)
        .map(|(verdict, share)| (verdict.column, share.map_or_else(String::new, estimate)))
        .collect();
    html! {
        g {
            (layout.name(row, state.name))
            @for (class, start, end) in segments { (segment(class, (start, y - 6.0), (end, y + 6.0))) }
            (layout.numbers(row, &numbers))
        }
    }
}

/// A stretch of a bar in the colour and hatching of its verdict.
fn segment(class: &str, from: (f64, f64), to: (f64, f64)) -> Markup {
    html! {
        (rectangle(class, from, to))
        @if matches!(class, "beyond" | "breach") {
            g fill={ "url(#hatch-" (class) ")" } { (rectangle("", from, to)) }
        }
    }
}

fn label(states: &[&Judged]) -> String {
    let each = states.iter().map(|state| {
        let verdicts =
            VERDICTS.iter().enumerate().map(|(i, v)| format!("{} {}", v.words, percent(state.chance(i))));
        format!("{}: {}", listed(state.name), verdicts.collect::<Vec<_>>().join(", "))
    });
    format!("Stacked bars of verdicts by state. {}", each.collect::<Vec<_>>().join("; "))
}

fn caption(empty: bool, left_out: &[&Judged]) -> Markup {
    html! {
        @if empty { "For no state did anything fall due in at least 1% of histories." } @else {
            "Share of histories, in per cent, by the verdict on a state’s conduct: compliant (did what its \
             treaties asked), beyond (did more; slanted hatching), nothing due, and breach (did not do what fell \
             due; upright hatching, from the right). From the likeliest breach. "
            @if !left_out.is_empty() {
                "Not drawn: " (how_many(left_out.len() as u64, "state", "states"))
                " for which anything fell due in less than 1% of histories."
            }
        }
    }
}

fn table(summary: &Summary) -> Table {
    let row = |one: &crate::ensemble::VerdictChance| {
        let verdict =
            VERDICTS.iter().find(|v| v.name == one.verdict).map_or(one.verdict.as_str(), |v| v.words);
        let share = &one.share;
        vec![
            listed(&one.name).to_string(),
            verdict.to_string(),
            estimate(share),
            interval(share),
            grouped(share.count),
        ]
    };
    Table {
        title: None,
        head: vec!["State", "Verdict", "Share", "95% interval", "Histories"],
        words: 2,
        rows: summary.verdicts.iter().map(row).collect(),
    }
}
