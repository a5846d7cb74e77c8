//! Colours and type, once for drawings on the page and once for drawings on their own.
//!
//! Hues are Okabe and Ito's, without their vermilion, which is too near to red: red means war, and
//! nothing else is red.

use std::fmt::Write;

/// How a class of shapes is painted.
struct Paint {
    class: &'static str,
    property: &'static str,
    light: &'static str,
    dark: &'static str,
}

const fn paint(
    class: &'static str,
    property: &'static str,
    light: &'static str,
    dark: &'static str,
) -> Paint {
    Paint { class, property, light, dark }
}

const PAINTS: &[Paint] = &[
    paint("text", "fill", "#22282E", "#E8E6E1"),
    paint(".faint", "fill", "#5D656C", "#9BA4AD"),
    paint(".grid", "stroke", "#E2DED6", "#2E363F"),
    paint(".axis", "stroke", "#5D656C", "#9BA4AD"),
    paint(".line", "stroke", "#22282E", "#E8E6E1"),
    paint(".edge", "stroke", "#22282E", "#E8E6E1"),
    paint(".plain", "fill", "#0072B2", "#56B4E9"),
    paint(".plain-line", "stroke", "#0072B2", "#56B4E9"),
    paint(".war", "fill", "#C4122F", "#FF5A5F"),
    paint(".war-line", "stroke", "#C4122F", "#FF5A5F"),
    paint(".initiator", "fill", "#E69F00", "#E69F00"),
    paint(".target", "fill", "#0072B2", "#56B4E9"),
    paint(".compliant", "fill", "#009E73", "#009E73"),
    paint(".beyond", "fill", "#56B4E9", "#56B4E9"),
    paint(".breach", "fill", "#CC79A7", "#CC79A7"),
    paint(".not-triggered", "fill", "#D9D6CE", "#3A434C"),
    paint(".hatch", "stroke", "#22282E", "#171B20"),
];

const SHAPES: &str = "\
svg{font-family:FONTS;font-size:12px;font-variant-numeric:tabular-nums}
.small{font-size:11px}.strong{font-weight:600}
.grid,.axis,.edge{stroke-width:1;fill:none}.line{stroke-width:1.4;fill:none}
.plain-line,.war-line{stroke-width:1.8;fill:none;stroke-linejoin:round}
.hatch{stroke-width:1;opacity:.55}.box{fill-opacity:.5}.heavy{stroke-width:2}
.marker{stroke-width:.8}.pale{fill-opacity:.18}.half{fill-opacity:.4}
";

const FONTS: &str = "\"Source Sans 3\",\"Source Sans Pro\",Seravek,\"Segoe UI\",\"Fira Sans\",\
    \"Noto Sans\",Calibri,\"DejaVu Sans\",sans-serif";

const PAGE: &str = "\
:root{color-scheme:light dark;--ink:#22282E;--faint:#5D656C;--line:#DDD9D0;--ground:#FFFFFF;--link:#0B5C8C}
body{margin:0 auto;padding:2rem 1.25rem 3rem;max-width:45rem;font:16px/1.5 FONTS;
color:var(--ink);background:var(--ground);font-variant-numeric:tabular-nums}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .1rem}h2{font-size:1.2rem;margin:2.6rem 0 .4rem}
.subtitle{color:var(--faint);font-size:1.1rem;margin:0 0 1.2rem}
.note,figcaption{font-size:.9rem;color:var(--ink)}.note{color:var(--faint)}
figure{margin:0 0 .6rem}figcaption{margin:.4rem 0 .5rem}
figure svg{display:block;width:100%;height:auto}
.panels{display:grid;grid-template-columns:1fr 1fr;gap:.7rem 1.2rem}
code{font-size:.88em;font-family:\"Source Code Pro\",ui-monospace,Consolas,\"DejaVu Sans Mono\",monospace}
details{font-size:.82rem;margin:.2rem 0}summary{cursor:pointer;color:var(--link)}
.wide{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0 1rem;line-height:1.35}
caption{text-align:left;font-weight:600;padding:.4rem 0 .2rem}
th,td{text-align:right;padding:.12rem .7rem .12rem 0;font-weight:400;vertical-align:baseline}
th:first-child,.words{text-align:left}thead th{font-weight:600;border-bottom:1px solid var(--faint)}
tbody tr{border-bottom:1px solid var(--line)}
footer{margin-top:2.6rem;padding-top:.8rem;border-top:1px solid var(--line);font-weight:600}
@media(max-width:34rem){.panels{grid-template-columns:1fr}}
@media print{@page{margin:15mm 16mm}body{padding:0;max-width:none;font-size:10.5pt}
h2{margin-top:1.4rem}h2,caption{break-after:avoid}.panels{gap:.1rem 1rem;width:94%}
figure,.panels svg{break-inside:avoid}figure.long{break-inside:auto}
figcaption{break-before:avoid}details:not([open]){display:none}thead{display:table-header-group}
footer{margin-top:.6rem;padding-top:.1rem}}
@media screen and (prefers-color-scheme:dark){
:root{--ink:#E8E6E1;--faint:#9BA4AD;--line:#2E363F;--ground:#171B20;--link:#6DB9EA}
DARK}
";

/// The style sheet of a drawing on its own: plain enough for programs that are no browsers.
pub(super) fn of_drawing() -> String {
    shapes() + &paints(|paint| paint.light)
}

/// The style sheet of the page; on dark screens the drawings follow.
pub(super) fn of_page() -> String {
    let page = PAGE.replace("FONTS", FONTS).replace("DARK", &paints(|paint| paint.dark));
    of_drawing() + &page
}

fn shapes() -> String {
    SHAPES.replace("FONTS", FONTS)
}

fn paints(colour: fn(&Paint) -> &'static str) -> String {
    PAINTS.iter().fold(String::new(), |mut sheet, paint| {
        // Writing to a string cannot fail.
        let _ = writeln!(sheet, "{}{{{}:{}}}", paint.class, paint.property, colour(paint));
        sheet
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_fetched() {
        let sheet = of_page();
        for fetching in ["url(", "@import", "@font-face", "http"] {
            assert!(!sheet.contains(fetching), "{fetching}");
        }
    }

    #[test]
    fn red_is_for_war_alone() {
        for paint in PAINTS.iter().filter(|paint| !paint.class.starts_with(".war")) {
            let channel = |at: usize| u8::from_str_radix(&paint.light[at..at + 2], 16).unwrap_or(0);
            let (red, green) = (channel(1), channel(3));
            assert!(red < 0xA0 || green > 0x60, "{} is {}", paint.class, paint.light);
        }
    }
}
