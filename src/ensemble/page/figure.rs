//! Figures: drawings with a caption and the numbers behind them.

use maud::{Markup, PreEscaped, html};

use super::scale::{Place, Scale};
use super::style;

/// The width of a drawing that spans the page.
pub(super) const FULL_WIDTH: f64 = 720.0;

/// One drawing.
pub(super) struct Drawing {
    /// Its name as a file, without the ending.
    pub(super) name: String,
    /// What it shows, for those who do not see it.
    pub(super) label: String,
    /// Its width.
    pub(super) width: f64,
    /// Its height.
    pub(super) height: f64,
    /// Its shapes.
    pub(super) shapes: Markup,
}

impl Drawing {
    /// The drawing as part of the page.
    pub(super) fn inline(&self) -> Markup {
        self.markup(&html! {})
    }

    /// The drawing as a file of its own.
    pub(super) fn standalone(&self) -> String {
        let style = html! { title { (self.label) } style { (PreEscaped(style::of_drawing())) } };
        self.markup(&style).into_string()
    }

    fn markup(&self, before: &Markup) -> Markup {
        let (width, height) = (Place(self.width), Place(self.height));
        html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (width) " " (height) }
                width=(width) height=(height) role="img" aria-label=(self.label) {
                (before) (self.shapes)
            }
        }
    }
}

/// A figure of the page.
pub(super) struct Figure {
    /// The heading above it.
    pub(super) heading: &'static str,
    /// Its drawings; none if there is nothing to draw.
    pub(super) drawings: Vec<Drawing>,
    /// What it shows, in which unit.
    pub(super) caption: Markup,
    /// The numbers.
    pub(super) tables: Vec<Table>,
}

impl Figure {
    /// The figure with its number.
    pub(super) fn markup(&self, number: usize) -> Markup {
        html! {
            section {
                h2 { (self.heading) }
                figure.long[self.drawings.len() > 2] {
                    @match self.drawings.as_slice() {
                        [] => {}
                        [one] => (one.inline()),
                        several => div.panels { @for one in several { (one.inline()) } },
                    }
                    figcaption { strong { "Figure " (number) ". " } (self.caption) }
                }
                details {
                    summary { "The numbers of figure " (number) }
                    @for table in &self.tables { (table.markup()) }
                }
            }
        }
    }
}

/// A table: its first column names the rows.
pub(super) struct Table {
    /// What it holds, where a figure has several.
    pub(super) title: Option<String>,
    /// The heads of its columns.
    pub(super) head: Vec<&'static str>,
    /// How many columns from the left hold words.
    pub(super) words: usize,
    /// Its rows.
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    fn markup(&self) -> Markup {
        html! {
            div.wide {
                table {
                    @if let Some(title) = &self.title { caption { (title) } }
                    thead { tr { @for (i, head) in self.head.iter().enumerate() {
                        th.words[i < self.words] scope="col" { (head) }
                    } } }
                    tbody { @for row in &self.rows { tr { @for (i, cell) in row.iter().enumerate() {
                        @if i == 0 { th scope="row" { (cell) } } @else { td.words[i < self.words] { (cell) } }
                    } } } }
                }
            }
        }
    }
}

/// A text that starts, ends or is centred at a place.
pub(super) fn text(anchor: &str, class: &str, x: f64, y: f64, words: &str) -> Markup {
    html! { text class=(class) x=(Place(x)) y=(Place(y)) text-anchor=(anchor) { (words) } }
}

/// A straight line.
pub(super) fn line(class: &str, from: (f64, f64), to: (f64, f64)) -> Markup {
    let [x1, y1, x2, y2] = [from.0, from.1, to.0, to.1].map(Place);
    html! { line class=(class) x1=(x1) y1=(y1) x2=(x2) y2=(y2) {} }
}

/// A rectangle between two corners.
pub(super) fn rectangle(class: &str, from: (f64, f64), to: (f64, f64)) -> Markup {
    let (x, y) = (Place(from.0.min(to.0)), Place(from.1.min(to.1)));
    let (width, height) = (Place((to.0 - from.0).abs()), Place((to.1 - from.1).abs()));
    html! { rect class=(class) x=(x) y=(y) width=(width) height=(height) {} }
}

/// Grid lines of a horizontal axis with their texts below, and the axis itself.
pub(super) fn horizontal_axis(scale: &Scale, ticks: &[(f64, String)], top: f64, bottom: f64) -> Markup {
    html! {
        @for (value, words) in ticks {
            @let x = scale.at(*value);
            (line("grid", (x, top), (x, bottom)))
            (text("middle", "faint small", x, bottom + 14.0, words))
        }
    }
}

/// Grid lines of a vertical axis with their texts to the left.
pub(super) fn vertical_axis(scale: &Scale, ticks: &[(f64, String)], left: f64, right: f64) -> Markup {
    html! {
        @for (value, words) in ticks {
            @let y = scale.at(*value);
            (line("grid", (left, y), (right, y)))
            (text("end", "faint small", left - 6.0, y + 4.0, words))
        }
    }
}
