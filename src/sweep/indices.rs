//! How far each axis of a sweep moves each result, by what its design can tell.

use serde::Serialize;

use super::points::Part;
use super::sensitivity::{self, Estimate};
use crate::scenario::DesignFile;

/// What one axis does to one result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// The axis.
    pub axis: String,
    /// The measures, by name, each with the half of its 95 % interval where it has one.
    pub measures: Vec<(&'static str, f64, Option<f64>)>,
}

/// What two axes do together beyond what each does alone.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The axes.
    pub axes: [String; 2],
    /// The second-order index, and half of its 95 % interval.
    pub second_order: (f64, f64),
}

/// What the axes of a part do to one result.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sensitivity {
    /// The sub-plan.
    pub plan: String,
    /// The result.
    pub result: String,
    /// The effects, by axis.
    pub effects: Vec<Effect>,
    /// Interactions of two axes, where the design tells them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub interactions: Vec<Pair>,
    /// Share of the variance that a linear model explains, where one is fitted.
    pub determination: Option<f64>,
}

/// How often results are drawn anew for intervals.
const RESAMPLES: usize = 500;

/// The sensitivity of one result, in the order of the part's points. None if it is the same at all of them.
///
/// # Errors
/// Where the design is too small to tell.
pub fn sensitivity(
    part: &Part,
    result: &str,
    values: &[f64],
    seed: u64,
) -> Result<Option<Sensitivity>, String> {
    if values.windows(2).all(|w| w[0] == w[1]) {
        return Ok(None);
    }
    let said = |e: sensitivity::SensitivityError| e.to_string();
    let axes = part.axes.len();
    let measure = |name, e: &Estimate| (name, e.value, Some(e.interval));
    let mut determination = None;
    let mut interactions = Vec::new();
    let measures: Vec<Vec<(&'static str, f64, Option<f64>)>> = match part.design {
        DesignFile::Sobol { second_order, .. } => {
            let found = sensitivity::sobol(values, axes, second_order, RESAMPLES, seed).map_err(said)?;
            let title = |i: usize| part.axes[i].title().to_owned();
            interactions.extend(found.second.iter().map(|pair| Pair {
                axes: [title(pair.dimensions.0), title(pair.dimensions.1)],
                second_order: (pair.index.value, pair.index.interval),
            }));
            let pairs = found.first.iter().zip(&found.total);
            pairs.map(|(first, total)| vec![measure("first order", first), measure("total", total)]).collect()
        }
        DesignFile::Morris { .. } => {
            let found = sensitivity::morris(&part.points, values, RESAMPLES, seed).map_err(said)?;
            let row = |e: &sensitivity::ElementaryEffects| {
                vec![measure("mu*", &e.mu_star), ("mu", e.mu, None), ("sigma", e.sigma, None)]
            };
            found.iter().map(row).collect()
        }
        DesignFile::Factorial | DesignFile::LatinHypercube { .. } => {
            let linear = sensitivity::standardized_regression(&part.points, values, RESAMPLES, seed);
            let linear = linear.map_err(said)?;
            let ranks = sensitivity::rank_correlation(&part.points, values, RESAMPLES, seed).map_err(said)?;
            determination = Some(linear.determination);
            let pairs = linear.coefficients.iter().zip(&ranks);
            pairs.map(|(c, r)| vec![measure("regression", c), measure("rank correlation", r)]).collect()
        }
    };
    let effects = part.axes.iter().zip(measures);
    let effects =
        effects.map(|(axis, measures)| Effect { axis: axis.title().to_owned(), measures }).collect();
    let (plan, result) = (part.name.clone(), result.to_owned());
    Ok(Some(Sensitivity { plan, result, effects, interactions, determination }))
}
