//! The points of a sweep: from a plan to one list of changes for each.

use crate::scenario::{AxisFile, Change, DesignFile, PlanFile, ValuesFile};

use super::design;

/// A part of a sweep with the points of its design.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its name; empty for the plan itself.
    pub name: String,
    /// What is otherwise at each of its points.
    pub set: Vec<Change>,
    /// What varies.
    pub axes: Vec<AxisFile>,
    /// The design.
    pub design: DesignFile,
    /// The points in the unit cube, in the order of the design.
    pub points: Vec<Vec<f64>>,
}

/// The parts of a sweep. The whole of a plan is a part if it has axes, or no parts.
///
/// # Errors
/// Where a design does not fit its axes: which, and what to do.
pub fn parts(plan: &PlanFile) -> Result<Vec<Part>, String> {
    let changes = |set: &[String]| set.iter().map(|s| s.parse::<Change>()).collect::<Result<Vec<_>, _>>();
    let common = changes(&plan.set)?;
    let mut parts = Vec::new();
    if !plan.axes.is_empty() || plan.plans.is_empty() {
        parts.push((String::new(), common.clone(), &plan.axes, plan.design));
    }
    for sub in &plan.plans {
        let mut set = common.clone();
        set.extend(changes(&sub.set)?);
        parts.push((sub.name.clone(), set, &sub.axes, sub.design));
    }
    let seed = plan.seed.unwrap_or(1);
    let part = |(name, set, axes, design): (String, Vec<Change>, &Vec<AxisFile>, DesignFile)| {
        let points = points(axes, design, seed)
            .map_err(|why| if name.is_empty() { why } else { format!("plan `{name}`: {why}") })?;
        Ok(Part { name, set, axes: axes.clone(), design, points })
    };
    parts.into_iter().map(part).collect()
}

fn points(axes: &[AxisFile], design: DesignFile, seed: u64) -> Result<Vec<Vec<f64>>, String> {
    if axes.is_empty() {
        return Err("nothing varies; give it `axes`".into());
    }
    match design {
        DesignFile::Factorial => {
            let levels = axes.iter().map(|axis| {
                axis.levels().ok_or_else(|| {
                    format!("`{}` can be any number, which a factorial design cannot count; give it Numbers, Range or Words, or choose another design", axis.path)
                })
            });
            let levels = levels.collect::<Result<Vec<usize>, String>>()?;
            let all = levels.iter().try_fold(1_usize, |n, l| n.checked_mul(*l)).filter(|n| *n <= MOST_POINTS);
            if all.is_none() {
                return Err(format!("these are more than {MOST_POINTS} combinations; choose another design"));
            }
            let middle = |(level, of): (usize, &usize)| (level as f64 + 0.5) / *of as f64;
            let runs = design::factorial(&levels).into_iter();
            Ok(runs.map(|run| run.into_iter().zip(&levels).map(middle).collect()).collect())
        }
        DesignFile::LatinHypercube { points: 0 } => Err("a Latin hypercube needs a point or more".into()),
        DesignFile::LatinHypercube { points } => {
            Ok(design::latin_hypercube(axes.len(), points as usize, seed))
        }
        DesignFile::Sobol { points, second_order } => {
            design::saltelli(axes.len(), points as usize, second_order, seed).map_err(|e| e.to_string())
        }
        DesignFile::Morris { trajectories, levels } => {
            design::morris(axes.len(), trajectories as usize, levels as usize, seed)
                .map_err(|e| e.to_string())
        }
    }
}

/// More points than this are more than a mistake in a plan.
const MOST_POINTS: usize = 10_000_000;

impl AxisFile {
    /// Its name in tables.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.path)
    }

    /// How many values it has, if they can be counted.
    pub fn levels(&self) -> Option<usize> {
        match &self.values {
            ValuesFile::Words(list) => Some(list.len()),
            ValuesFile::Numbers(list) => Some(list.len()),
            ValuesFile::Range { steps, .. } => Some(*steps as usize),
            ValuesFile::Presence => Some(2),
            ValuesFile::Uniform(..) | ValuesFile::LogUniform(..) | ValuesFile::Triangular(..) => None,
        }
    }

    /// The value for a coordinate of the unit cube.
    pub fn value(&self, unit: f64) -> Value {
        let place = |n: usize| ((unit * n as f64) as usize).min(n - 1);
        match &self.values {
            ValuesFile::Words(list) => Value::Word(list[place(list.len())].clone()),
            ValuesFile::Presence => {
                Value::Word(if place(2) == 0 { ABSENT.to_owned() } else { AS_IT_IS.to_owned() })
            }
            ValuesFile::Numbers(list) => Value::Number(list[place(list.len())]),
            ValuesFile::Range { from, to, steps } => {
                let step = place(*steps as usize) as f64 / f64::from(steps - 1);
                Value::Number(from + (to - from) * step)
            }
            ValuesFile::Uniform(low, high) => Value::Number(low + (high - low) * unit),
            ValuesFile::LogUniform(low, high) => Value::Number(low * libm::pow(high / low, unit)),
            ValuesFile::Triangular(low, mode, high) => Value::Number(triangular(*low, *mode, *high, unit)),
        }
    }

    /// The change for a coordinate of the unit cube, unless it leaves things as they are.
    pub fn change(&self, unit: f64) -> Option<Change> {
        let value = match self.value(unit) {
            Value::Word(word) if word == AS_IT_IS => return None,
            Value::Word(word) => word,
            Value::Number(x) => match &self.written {
                Some(written) => written.replace("{}", &format!("{x:?}")),
                None => whole_or_real(x),
            },
        };
        Some(Change { path: self.path.clone(), value })
    }
}

/// Numbers that are whole are written so, since some fields take no others.
fn whole_or_real(x: f64) -> String {
    if x.fract() == 0.0 && x.abs() < 1e15 { format!("{x:.0}") } else { format!("{x:?}") }
}

/// What leaves an axis as the scenario has it.
const AS_IT_IS: &str = "as it is";
const ABSENT: &str = "absent";

/// The number below which a triangular distribution has this share.
fn triangular(low: f64, mode: f64, high: f64, share: f64) -> f64 {
    let width = high - low;
    let left = (mode - low) / width;
    if share < left {
        low + (share * width * (mode - low)).sqrt()
    } else {
        high - ((1.0 - share) * width * (high - mode)).sqrt()
    }
}

/// A value of an axis.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// As it is written in a scenario.
    Word(String),
    /// A number.
    Number(f64),
}

impl Part {
    /// The changes at one of its points.
    pub fn changes(&self, point: usize) -> Vec<Change> {
        let varied = self.axes.iter().zip(&self.points[point]).filter_map(|(axis, unit)| axis.change(*unit));
        self.set.iter().cloned().chain(varied).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(values: ValuesFile) -> AxisFile {
        AxisFile { path: "rules/obligation".into(), name: None, values, written: None }
    }

    #[test]
    fn coordinates_become_values_and_changes() {
        let range = axis(ValuesFile::Range { from: 1.0, to: 3.0, steps: 3 });
        assert_eq!([0.1, 0.5, 0.9].map(|u| range.value(u)), [1.0, 2.0, 3.0].map(Value::Number));
        assert_eq!(range.change(0.5).map(|c| c.to_string()), Some("rules/obligation=2".into()));
        let presence = axis(ValuesFile::Presence);
        assert_eq!(presence.change(0.2).map(|c| c.value), Some("absent".into()));
        assert_eq!(presence.change(0.8), None);
        let written = AxisFile { written: Some("Exact({})".into()), ..axis(ValuesFile::Uniform(0.0, 1.0)) };
        assert_eq!(written.change(0.25).map(|c| c.value), Some("Exact(0.25)".into()));
        assert_eq!(axis(ValuesFile::LogUniform(1.0, 100.0)).value(0.5), Value::Number(10.0));
        assert_eq!(axis(ValuesFile::Triangular(0.0, 1.0, 2.0)).value(0.5), Value::Number(1.0));
    }

    #[test]
    fn a_factorial_design_has_every_combination_once() {
        let axes = [axis(ValuesFile::Numbers(vec![1.0, 2.0])), axis(ValuesFile::Presence)];
        let plan = PlanFile { format: 1, axes: axes.to_vec(), ..PlanFile::default() };
        let parts = parts(&plan).expect("a design");
        let all: Vec<Vec<String>> =
            (0..4).map(|p| parts[0].changes(p).iter().map(|c| c.value.clone()).collect()).collect();
        assert_eq!(all, [vec!["1", "absent"], vec!["1"], vec!["2", "absent"], vec!["2"]]);
    }

    #[test]
    fn what_cannot_be_counted_is_refused_in_a_factorial_design() {
        let plan = PlanFile { axes: vec![axis(ValuesFile::Uniform(0.0, 1.0))], ..PlanFile::default() };
        assert!(parts(&plan).unwrap_err().contains("choose another design"));
        assert!(parts(&PlanFile::default()).unwrap_err().contains("axes"));
    }
}
