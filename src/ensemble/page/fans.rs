//! What was measured over the turns: fans as small multiples.

use std::fmt::Write;

use maud::{Markup, html};

use super::figure::{Drawing, Figure, Table, line, text, vertical_axis};
use super::scale::{Place, Scale, Ticks, stride};
use super::words::{Calendar, decimal, measured};
use crate::ensemble::statistics::Spread;
use crate::ensemble::{Fan, Summary};

const WIDTH: f64 = 350.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 306.0;
const TOP: f64 = 42.0;
const BOTTOM: f64 = 142.0;
/// Metrics of war, and so red.
const OF_WAR: [&str; 3] = ["conflicts", "belligerents", "capability_at_war"];

/// The figure.
pub(super) fn figure(summary: &Summary) -> Figure {
    Figure {
        heading: "What changes over time",
        drawings: summary.metrics.iter().filter_map(drawing).collect(),
        caption: caption(summary),
        tables: summary.metrics.iter().map(table).collect(),
    }
}

/// A turn that was measured, and its number.
type Measured<'a> = (usize, &'a Spread);

fn drawing(fan: &Fan) -> Option<Drawing> {
    let turns: Vec<Measured> = fan.turns.iter().enumerate().filter(|(_, turn)| measured(turn)).collect();
    let (last_turn, last) = *turns.last()?;
    let (low, high) = turns
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (_, t)| (low.min(t.p05), high.max(t.p95)));
    // Axes begin at zero unless that would flatten the fan.
    let low = if low > 0.0 && low < high * 0.5 { 0.0 } else { low };
    let ticks = Ticks::spanning(low, high, 4);
    let up = Scale::new(ticks.ends(), (BOTTOM, TOP));
    let across = Scale::new((0.0, fan.turns.len().saturating_sub(1) as f64), (LEFT, RIGHT));
    let (area, stroke) = if is_of_war(fan) { ("war", "war-line") } else { ("plain", "plain-line") };
    let end = (across.at(last_turn as f64), up.at(last.median));
    let median = turns.iter().map(|(i, t)| (across.at(*i as f64), up.at(t.median)));
    Some(Drawing {
        name: format!("metric-{}", fan.name),
        label: label(fan, &turns, &ticks),
        width: WIDTH,
        height: BOTTOM + 22.0,
        shapes: html! {
            (text("start", "strong", 0.0, 12.0, &fan.title))
            (text("start", "faint small", 0.0, 26.0, &fan.unit))
            (axes(fan, &ticks, &up, &across))
            path class={ (area) " pale" } d=(band(&turns, &across, &up, |t| (t.p05, t.p95))) {}
            path class={ (area) " half" } d=(band(&turns, &across, &up, |t| (t.p25, t.p75))) {}
            path class=(stroke) d=(path(median)) {}
            circle class=(area) cx=(Place(end.0)) cy=(Place(end.1)) r="2.6" {}
            (text("start", "small", end.0 + 6.0, end.1 + 4.0, &ticks.finer(last.median)))
        },
    })
}

fn is_of_war(fan: &Fan) -> bool {
    OF_WAR.contains(&fan.name.as_str())
}

fn axes(fan: &Fan, ticks: &Ticks, up: &Scale, across: &Scale) -> Markup {
    let upright: Vec<(f64, String)> = ticks.values.iter().map(|value| (*value, ticks.text(*value))).collect();
    let calendar = Calendar::new(&fan.dates);
    let marked = (0..fan.turns.len()).step_by(stride(fan.turns.len(), 4));
    html! {
        (vertical_axis(up, &upright, LEFT, RIGHT))
        (line("axis", (LEFT, BOTTOM), (RIGHT, BOTTOM)))
        @for turn in marked {
            @let x = across.at(turn as f64);
            (line("axis", (x, BOTTOM), (x, BOTTOM + 4.0)))
            (text("middle", "faint small", x, BOTTOM + 16.0, &date(&calendar, turn)))
        }
    }
}

/// The date of a turn, or its number where dates are not known.
fn date(calendar: &Calendar, turn: usize) -> String {
    let date = calendar.short(turn);
    if date.is_empty() { format!("turn {turn}") } else { date }
}

/// The outline of a band: along its lower edge, and back along its upper.
fn band(turns: &[Measured], across: &Scale, up: &Scale, edges: fn(&Spread) -> (f64, f64)) -> String {
    let lower = turns.iter().map(|(i, t)| (across.at(*i as f64), up.at(edges(t).0)));
    let upper = turns.iter().rev().map(|(i, t)| (across.at(*i as f64), up.at(edges(t).1)));
    path(lower.chain(upper)) + "Z"
}

fn path(points: impl Iterator<Item = (f64, f64)>) -> String {
    points.enumerate().fold(String::new(), |mut path, (i, (x, y))| {
        // Writing to a string cannot fail.
        let _ = write!(path, "{}{} {}", if i == 0 { 'M' } else { 'L' }, Place(x), Place(y));
        path
    })
}

fn label(fan: &Fan, turns: &[Measured], ticks: &Ticks) -> String {
    let mut words = format!("{}, {}.", fan.title, fan.unit);
    if let (Some((_, first)), Some((_, last))) = (turns.first(), turns.last()) {
        let number = |value| ticks.finer(value);
        let (from, to) = (number(first.median), number(last.median));
        let _ = write!(words, " The median goes from {from} to {to}; at the end 90% of histories ");
        let _ = write!(words, "lie from {} to {}.", number(last.p05), number(last.p95));
    }
    words
}

fn caption(summary: &Summary) -> Markup {
    let calendar = summary.metrics.first().map(|fan| (Calendar::new(&fan.dates), fan.turns.len()));
    let ends = calendar
        .and_then(|(calendar, turns)| Some((calendar.full(0)?, calendar.full(turns.checked_sub(1)?)?)));
    html! {
        @if summary.metrics.is_empty() { "Nothing was measured." } @else {
            "Measurements at the end of every turn"
            @if let Some((first, last)) = ends { ", from the turn of " (first) " to that of " (last) }
            "; the unit stands under each title. Lines are medians over histories, the darker bands span the \
             middle 50% of histories, the paler ones 90%. The number at the right is the last median. Axes do \
             not all begin at zero."
        }
    }
}

fn table(fan: &Fan) -> Table {
    let row = |(i, s): (usize, &Spread)| {
        let numbers = [s.p05, s.p25, s.median, s.p75, s.p95, s.mean].map(|value| decimal(value, 3));
        let date = fan.dates.get(i).cloned().unwrap_or_default();
        [vec![i.to_string(), date], numbers.to_vec()].concat()
    };
    Table {
        title: Some(format!("{} ({})", fan.title, fan.unit)),
        head: vec!["Turn", "Date", "5%", "25%", "Median", "75%", "95%", "Mean"],
        words: 2,
        rows: fan.turns.iter().enumerate().map(row).collect(),
    }
}
