//! The summary of an ensemble as one page of HTML, whole in itself: it fetches nothing and runs nothing.
//!
//! Every drawing is SVG in the page. [`page`] gives the page, [`drawings`] the same drawings as files of
//! their own, for a paper. Both depend on the summary alone, byte for byte.

mod fans;
mod figure;
mod forest;
mod histogram;
mod rows;
mod scale;
mod strips;
mod style;
mod verdicts;
mod words;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use self::figure::Figure;
pub use self::words::grouped;
use self::words::how_many;
use crate::ensemble::Summary;

/// What the page says last.
const DISCLAIMER: &str =
    "This illustrates what the treaties and the stated rules imply; it does not predict.";

/// A drawing of the page as a file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Its name, without the ending.
    pub name: String,
    /// The SVG document.
    pub svg: String,
}

/// The page that shows a summary.
pub fn page(summary: &Summary) -> String {
    let figures = figures(summary);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content={ "Casus Foederis " (summary.run.program) };
                title { (summary.run.title) " – Casus Foederis" }
                style { (PreEscaped(style::of_page())) }
            }
            body {
                header { (header(summary)) }
                main { @for (i, figure) in figures.iter().enumerate() { (figure.markup(i + 1)) } }
                footer {
                    p { (DISCLAIMER) }
                }
            }
        }
    };
    page.into_string()
}

/// The drawings of the page, each as an SVG document with the colours of paper.
pub fn drawings(summary: &Summary) -> Vec<Picture> {
    let drawings = figures(summary).into_iter().flat_map(|figure| figure.drawings);
    drawings.map(|drawing| Picture { svg: drawing.standalone(), name: drawing.name }).collect()
}

/// The figures in their order; without a history there are none.
fn figures(summary: &Summary) -> Vec<Figure> {
    if summary.replicates == 0 {
        return vec![];
    }
    vec![
        forest::figure(summary),
        strips::figure(summary),
        histogram::sizes(summary),
        histogram::cascades(summary),
        verdicts::figure(summary),
        fans::figure(summary),
    ]
}

fn header(summary: &Summary) -> Markup {
    let histories = how_many(summary.replicates, "simulated history", "simulated histories");
    html! {
        h1 { (summary.run.title) }
        p.subtitle { "An ensemble of " (histories) }
        p { (what_was_run(summary)) }
        @if summary.replicates == 0 { p { "No history was played, so there is nothing to show." } }
        @else { p.note { (how_to_read(summary)) } }
    }
}

/// All that is needed to run the ensemble again.
fn what_was_run(summary: &Summary) -> Markup {
    let histories = how_many(summary.replicates, "history", "histories");
    let turns = how_many(u64::from(summary.run.turns), "turn", "turns");
    html! {
        "Scenario " code { (summary.run.scenario) } ", preset " code { (summary.run.preset) }
        @if summary.run.changes.is_empty() { ", nothing changed" } @else {
            ", changed: " @for (i, change) in summary.run.changes.iter().enumerate() {
                @if i > 0 { "; " } code { (change) }
            }
        }
        ". " (histories) " of " (turns) " each, seed " code { (summary.run.seed) }
        @if summary.replicates > 0 {
            ", replicates " code { (summary.first) } " to " code { (last(summary)) }
        }
        ", played by Casus Foederis " code { (summary.run.program) } ". The same program, scenario, preset, changes, \
         seed and replicates give the same histories and this same page."
    }
}

/// The number of the last replicate.
fn last(summary: &Summary) -> u64 {
    summary.first.saturating_add(summary.replicates.saturating_sub(1))
}

fn how_to_read(summary: &Summary) -> Markup {
    html! {
        "Shares are of all " (grouped(summary.replicates)) " histories, with 95% Wilson score intervals. These \
         tell how closely so many histories pin down what the model implies, and nothing of how right the model \
         is. Spreads are quantiles over histories."
    }
}

#[cfg(test)]
mod tests;
