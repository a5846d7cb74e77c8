//! Plans of sweeps: which things to vary, how, and what to look at, as a file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::read;
use crate::diagnostics::Diagnostics;
use crate::model::Key;

/// A plan (format 1). What a sub-plan leaves out it has from the plan.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanFile {
    /// The version of the format: 1.
    #[serde(default)]
    pub format: u32,
    /// The scenario: the name of an embedded one, or a path.
    pub scenario: String,
    /// The seed of all chance, the same at every point; the scenario's own unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// How many histories at each point, at the most; 100 unless given.
    #[serde(default = "hundred")]
    pub replicates: u32,
    /// What is otherwise at every point, as `path=value`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<String>,
    /// What varies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub axes: Vec<AxisFile>,
    /// In which combinations; all of them unless given.
    #[serde(default)]
    pub design: DesignFile,
    /// Outcomes of which the share is counted, besides the numbers that always are: "GBR enters", "at least 6
    /// belligerents", ...
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<String>,
    /// Play no more histories at a point once no share has an interval wider than this to either side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_at_precision: Option<f64>,
    /// Parts of the sweep with axes and designs of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub plans: Vec<SubPlanFile>,
}

fn hundred() -> u32 {
    100
}

/// A part of a sweep.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubPlanFile {
    /// Its name.
    pub name: String,
    /// What is otherwise at each of its points, besides what is so in the whole plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set: Vec<String>,
    /// What varies.
    pub axes: Vec<AxisFile>,
    /// In which combinations.
    #[serde(default)]
    pub design: DesignFile,
}

/// One thing that varies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AxisFile {
    /// Where it stands in the scenario: `rules/obligation`, `treaties/nato/clauses/5/strength`.
    pub path: String,
    /// A name for it in tables; the path unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it can be.
    pub values: ValuesFile,
    /// How a number is written there, with `{}` for the number: `Exact({})`. Just the number unless given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
}

/// What an axis can be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum ValuesFile {
    /// One of these, as it would be written in the scenario; `as it is` leaves it, `absent` takes it away.
    Words(
        /// The values.
        Vec<String>,
    ),
    /// One of these numbers.
    Numbers(
        /// The values.
        Vec<f64>,
    ),
    /// Equal steps from one number to another, both included.
    Range {
        /// The first.
        from: f64,
        /// The last.
        to: f64,
        /// How many, two or more.
        steps: u32,
    },
    /// Any number from one to another, all equally likely.
    Uniform(
        /// The least.
        f64,
        /// The greatest.
        f64,
    ),
    /// Any number from one to another, both above zero, all ratios equally likely.
    LogUniform(
        /// The least.
        f64,
        /// The greatest.
        f64,
    ),
    /// Any number from the first to the last, likeliest near the one between.
    Triangular(
        /// The least.
        f64,
        /// The likeliest.
        f64,
        /// The greatest.
        f64,
    ),
    /// There, as it is in the scenario, or not there: for treaties, pledges, injects.
    Presence,
}

/// In which combinations the axes are varied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub enum DesignFile {
    /// All combinations; every axis must have values that can be counted.
    #[default]
    Factorial,
    /// So many points, each axis cut into as many slices with one point in each (McKay, Beckman and Conover 1979).
    LatinHypercube {
        /// How many points.
        points: u32,
    },
    /// Base points of a Sobol sequence in Saltelli's arrangement, for shares of variance: points times axes plus two,
    /// or twice as many with second order (Saltelli et al. 2010).
    Sobol {
        /// How many base points, a power of two.
        points: u32,
        /// Whether interactions of two axes are wanted as well.
        #[serde(default)]
        second_order: bool,
    },
    /// Paths on which one axis after the other is moved, for a screening of many axes (Morris 1991).
    Morris {
        /// How many paths; each has one point more than there are axes.
        trajectories: u32,
        /// On a grid of so many levels, an even number.
        #[serde(default = "four")]
        levels: u32,
    },
}

fn four() -> u32 {
    4
}

/// A plan as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The plan.
    pub file: PlanFile,
    /// A number that stands for its content.
    pub content: Key,
}

/// Whether one number lies below another, and both are numbers.
fn is_below(low: f64, high: f64) -> bool {
    low.partial_cmp(&high) == Some(std::cmp::Ordering::Less)
}

/// Columns that every table of a sweep has, whose names no axis may take.
const TAKEN: [&str; 5] = ["run", "run_key", "plan", "seed", "replicates"];

/// Designs that are large enough, outcomes and axes each named once, and a precision that can be reached.
fn check_names(file: &PlanFile, places: &super::locate::Places, out: &mut Diagnostics) {
    let repeated =
        |names: &[String]| -> Option<usize> { (1..names.len()).find(|i| names[..*i].contains(&names[*i])) };
    if let Some(i) = repeated(&file.outcomes) {
        let message = format!("the outcome `{}` is given twice", file.outcomes[i]);
        out.add_contradiction(places.value(&format!("outcomes/{i}")), message, "give it once");
    }
    if let Some(p) = file.stop_at_precision.filter(|p| !(*p > 0.0 && *p < 1.0)) {
        out.add_out_of_range(places.value("stop_at_precision"), "`stop_at_precision`", p, (0.0, 1.0));
    }
    let whole = (&file.axes, file.design, String::new());
    let parts = file.plans.iter().zip(0..).map(|(p, i)| (&p.axes, p.design, format!("plans/{i}/")));
    let names: Vec<String> = file.plans.iter().map(|p| p.name.clone()).collect();
    if let Some(i) = repeated(&names) {
        let message = format!("two plans are called `{}`", names[i]);
        out.add_contradiction(
            places.value(&format!("plans/{i}/name")),
            message,
            "give each a name of its own",
        );
    }
    for (axes, design, at) in std::iter::once(whole).chain(parts) {
        let names: Vec<String> =
            axes.iter().map(|a| a.name.clone().unwrap_or_else(|| a.path.clone())).collect();
        let paths: Vec<String> = axes.iter().map(|a| a.path.clone()).collect();
        if let Some(i) = repeated(&paths).or_else(|| repeated(&names)) {
            let message = format!("`{}` is varied by two axes", names[i]);
            let place = places.value(&format!("{at}axes/{i}/path"));
            out.add_contradiction(
                place,
                message,
                "vary one thing once, and give each axis a name of its own",
            );
        }
        if let Some(i) = names.iter().position(String::is_empty) {
            let place = places.value(&format!("{at}axes/{i}/name"));
            out.add_empty(place, "an axis has an empty name".into(), "give it a name, or leave `name` out");
        }
        if let Some(i) = names.iter().position(|n| TAKEN.contains(&n.as_str())) {
            let message = format!("every table has a column `{}` already", names[i]);
            let place = places.value(&format!("{at}axes/{i}/name"));
            out.add_contradiction(place, message, "give the axis another `name`");
        }
        let (least, given, what) = match design {
            DesignFile::Sobol { points, .. } => (4, points, "points"),
            DesignFile::Morris { trajectories, .. } => (2, trajectories, "trajectories"),
            DesignFile::LatinHypercube { points } => (2, points, "points"),
            DesignFile::Factorial => continue,
        };
        if given < least {
            let place = places.value(&format!("{at}design"));
            out.add_out_of_range(place, &format!("`{what}`"), given.into(), (least.into(), 1e9));
        }
    }
}

/// Reads a plan. Paths and outcomes are checked against the scenario when it is played.
pub fn parse_plan(name: &str, bytes: &[u8]) -> (Option<Plan>, Diagnostics) {
    let mut out = Diagnostics::new(name);
    let Some(source) = read::decode(bytes, &mut out) else { return (None, out) };
    let read = read::read::<PlanFile>(source, &mut out);
    let Some(file) = read.file else {
        out.sort();
        return (None, out);
    };
    if file.format != 1 {
        out.add_unknown_format(read.places.value("format"), file.format);
    }
    if file.replicates == 0 {
        out.add_out_of_range(read.places.value("replicates"), "`replicates`", 0.0, (1.0, 1e9));
    }
    let whole = file.axes.iter().zip(0..).map(|(axis, i)| (axis, format!("axes/{i}")));
    let parts = file.plans.iter().zip(0..).flat_map(|(plan, p)| {
        plan.axes.iter().zip(0..).map(move |(axis, i)| (axis, format!("plans/{p}/axes/{i}")))
    });
    for (axis, path) in whole.chain(parts) {
        let at = read.places.value(&format!("{path}/values"));
        let wrong = match &axis.values {
            ValuesFile::Words(list) if list.is_empty() => Some("a list of values that is empty"),
            ValuesFile::Numbers(list) if list.is_empty() => Some("a list of values that is empty"),
            ValuesFile::Range { steps: 0 | 1, .. } => Some("a range of fewer than two steps"),
            ValuesFile::Uniform(low, high) if !is_below(*low, *high) => Some("a range without a width"),
            ValuesFile::LogUniform(low, high) if !(*low > 0.0 && is_below(*low, *high)) => {
                Some("a range of ratios that is not above zero, or without a width")
            }
            ValuesFile::Triangular(low, mode, high)
                if !((*low..=*high).contains(mode) && is_below(*low, *high)) =>
            {
                Some("three numbers that are not in their order")
            }
            _ => None,
        };
        if let Some(wrong) = wrong {
            out.add_wrong_type(at, format!("{wrong} cannot be varied"), None);
        }
    }
    check_names(&file, &read.places, &mut out);
    out.sort();
    let sound = !out.has_errors();
    (sound.then(|| Plan { content: Key::of(source), file }), out)
}
