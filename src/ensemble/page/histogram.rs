//! How large the war grows and how far it cascades: histograms with intervals.

use maud::{Markup, html};

use super::figure::{Drawing, FULL_WIDTH, Figure, Table, line, rectangle, text, vertical_axis};
use super::scale::{Scale, Ticks, stride};
use super::words::{decimal, estimate, grouped, interval, known, percent};
use crate::ensemble::{Bar, Summary};

const LEFT: f64 = 40.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 190.0;
/// No bar is wider than this.
const WIDEST: f64 = 26.0;

/// What a histogram counts.
struct Counted {
    name: &'static str,
    unit: &'static str,
    class: &'static str,
    width: f64,
}

const HALF_WIDTH: f64 = 350.0;
const SIZES: Counted =
    Counted { name: "war-size", unit: "states at war, both sides", class: "war", width: FULL_WIDTH };
const JOINERS: Counted =
    Counted { name: "joiners", unit: "states that joined", class: "plain", width: HALF_WIDTH };
const DEPTHS: Counted =
    Counted { name: "cascade-depth", unit: "links of the longest chain", class: "plain", width: HALF_WIDTH };

/// The figure of war sizes.
pub(super) fn sizes(summary: &Summary) -> Figure {
    Figure {
        heading: "How large the war grows",
        drawings: drawing(&SIZES, &summary.largest).into_iter().collect(),
        caption: html! {
            "Share of histories, in per cent, by the number of states that fought in the largest war, both sides \
             together (none if there was no war). " (most_often(&summary.largest)) " Upright lines are 95% Wilson intervals."
        },
        tables: vec![table("States at war", None, &summary.largest)],
    }
}

/// The figure of joiners and of the depth of cascades.
pub(super) fn cascades(summary: &Summary) -> Figure {
    let drawn = [(&JOINERS, &summary.joiners), (&DEPTHS, &summary.cascade_depths)];
    Figure {
        heading: "How far it cascades",
        drawings: drawn.into_iter().filter_map(|(counted, bars)| drawing(counted, bars)).collect(),
        caption: html! {
            "Share of histories, in per cent: left, by the number of states that joined a war after the start; \
             right, by the number of links in the longest chain of entries, each of which brought on the next. \
             Upright lines are 95% Wilson intervals."
        },
        tables: vec![
            table("States that joined", Some("States that joined"), &summary.joiners),
            table("Links", Some("Links of the longest chain"), &summary.cascade_depths),
        ],
    }
}

fn drawing(counted: &Counted, bars: &[Bar]) -> Option<Drawing> {
    let bars: Vec<&Bar> = bars.iter().filter(|bar| known(&bar.share)).collect();
    let first = bars.iter().map(|bar| bar.value).min()?;
    let last = bars.iter().map(|bar| bar.value).max()?;
    let highest = bars.iter().map(|bar| bar.share.high).fold(0.0, f64::max) * 100.0;
    let ticks = Ticks::spanning(0.0, highest, 5);
    let height = Scale::new(ticks.ends(), (BOTTOM, TOP));
    let ends = (first as f64 - 0.5, last as f64 + 0.5);
    let widest = (counted.width - 4.0 - LEFT).min(WIDEST * (ends.1 - ends.0) * 1.3);
    let across = Scale::new(ends, (LEFT, LEFT + widest));
    Some(Drawing {
        name: counted.name.into(),
        label: format!("Histogram of {}. {}", counted.unit, heights(&bars)),
        width: counted.width,
        height: BOTTOM + 36.0,
        shapes: html! {
            (axes(counted, &ticks, &height, &across, (first, last)))
            @for one in &bars { (bar(counted, one, &height, &across)) }
            (line("axis", (LEFT, BOTTOM), (LEFT + widest, BOTTOM)))
        },
    })
}

fn axes(counted: &Counted, ticks: &Ticks, height: &Scale, across: &Scale, ends: (u64, u64)) -> Markup {
    let (first, last) = ends;
    let right = across.at(last as f64 + 0.5);
    let upright: Vec<(f64, String)> =
        ticks.values.iter().map(|value| (*value, format!("{}%", ticks.text(*value)))).collect();
    let most = ((right - LEFT) / 24.0) as usize;
    let values = (last - first) as usize + 1;
    let marked = (first..=last).step_by(stride(values, most));
    html! {
        (text("start", "faint small", 0.0, 11.0, "share of histories"))
        (vertical_axis(height, &upright, LEFT, right))
        @for value in marked {
            (text("middle", "faint small", across.at(value as f64), BOTTOM + 14.0, &value.to_string()))
        }
        (text("middle", "small", f64::midpoint(LEFT, right.max(LEFT + 120.0)), BOTTOM + 30.0, counted.unit))
    }
}

fn bar(counted: &Counted, bar: &Bar, height: &Scale, across: &Scale) -> Markup {
    let x = across.at(bar.value as f64);
    let half = (across.at(bar.value as f64 + 0.5) - x).min(WIDEST) * 0.78;
    let [estimate, low, high] =
        [bar.share.estimate, bar.share.low, bar.share.high].map(|share| height.at(share * 100.0));
    html! {
        @if bar.share.count > 0 {
            (rectangle(counted.class, (x - half, estimate), (x + half, BOTTOM)))
            (line("line", (x, low), (x, high)))
        }
    }
}

fn heights(bars: &[&Bar]) -> String {
    let each = bars.iter().map(|bar| format!("{}: {}", bar.value, percent(bar.share.estimate)));
    each.collect::<Vec<_>>().join("; ")
}

/// A sentence on the commonest value and the mean.
fn most_often(bars: &[Bar]) -> String {
    let bars: Vec<&Bar> = bars.iter().filter(|bar| known(&bar.share)).collect();
    // Of equally common values the least.
    let Some(mode) = bars.iter().rev().max_by(|a, b| a.share.count.cmp(&b.share.count)) else {
        return "There is nothing to count.".into();
    };
    let histories: u64 = bars.iter().map(|bar| bar.share.count).sum();
    let sum = bars.iter().map(|bar| bar.value as f64 * bar.share.count as f64).fold(0.0, |a, b| a + b);
    let mean = sum / histories as f64;
    format!(
        "The commonest number is {} ({} of histories), the mean {}.",
        mode.value,
        percent(mode.share.estimate),
        decimal(mean, 1)
    )
}

fn table(unit: &'static str, title: Option<&str>, bars: &[Bar]) -> Table {
    let row = |bar: &Bar| {
        vec![bar.value.to_string(), estimate(&bar.share), interval(&bar.share), grouped(bar.share.count)]
    };
    Table {
        title: title.map(String::from),
        head: vec![unit, "Share", "95% interval", "Histories"],
        words: 1,
        rows: bars.iter().map(row).collect(),
    }
}
