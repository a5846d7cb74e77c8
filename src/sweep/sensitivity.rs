//! How much each dimension of a design moves the results.
//!
//! Every function takes the results in the order of the design's runs, and gives a 95 % interval with each
//! estimate. Results that never vary are moved by nothing: their estimates and intervals are 0.

use std::fmt;

use nalgebra::{DMatrix, DVector, SVD};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

/// How many standard deviations the middle 95 % of a normal distribution reaches to either side.
const NORMAL_95: f64 = 1.959_963_984_540_054;

/// A singular value of a correlation matrix below this is rounding error: the dimensions are collinear.
const COLLINEAR: f64 = 1e-10;

/// An estimate and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate, from all the runs.
    pub value: f64,
    /// Half the width of its 95 % interval: 1.96 standard deviations of the estimate over bootstrap resamples
    /// of the runs (Efron 1979; Archer, Saltelli and Sobol 1997).
    pub interval: f64,
}

/// Shares of the results' variance (Sobol 1993). Each is from 0 to 1 but for the error of estimation, which
/// can take a small one below 0.
#[derive(Clone, Debug, PartialEq)]
pub struct SobolIndices {
    /// For each dimension, the share it causes alone.
    pub first: Vec<Estimate>,
    /// For each dimension, the share it causes alone or together with any others; what would be left if all
    /// the others were known.
    pub total: Vec<Estimate>,
    /// For each pair of dimensions, the share the two cause only together; empty if not asked for.
    pub second: Vec<Interaction>,
}

/// The interaction of two dimensions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interaction {
    /// The two dimensions, the lower first, counted from 0.
    pub dimensions: (usize, usize),
    /// The share of variance they cause only together (Saltelli 2002).
    pub index: Estimate,
}

/// The elementary effects of one dimension: the change in the result for a step along it, for each unit of
/// the step, the whole range being 1. In units of the result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ElementaryEffects {
    /// The mean effect, its sign kept (Morris 1991).
    pub mu: f64,
    /// The mean size of the effect, its sign dropped, so that opposite effects do not cancel (Campolongo,
    /// Cariboni and Saltelli 2007).
    pub mu_star: Estimate,
    /// The standard deviation of the effects: above 0 if the dimension interacts or is not linear. 0 if there
    /// is only one trajectory.
    pub sigma: f64,
}

/// A linear model of the results, everything measured in standard deviations.
#[derive(Clone, Debug, PartialEq)]
pub struct Regression {
    /// For each dimension, how many standard deviations the result moves for one of the dimension.
    pub coefficients: Vec<Estimate>,
    /// R squared: the share of variance, from 0 to 1, the model explains. Where it is low, the coefficients
    /// tell little.
    pub determination: f64,
}

/// Why results cannot be analysed. Runs are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SensitivityError {
    /// The design is made of blocks of this many runs, and the results do not fill a whole number of them.
    PartialBlock {
        /// How many results there are.
        results: usize,
        /// How many runs make a block.
        block: usize,
    },
    /// There is not one result for each run.
    Lengths {
        /// How many runs the design has.
        runs: usize,
        /// How many results there are.
        results: usize,
    },
    /// The design has no runs, or its runs no dimensions.
    Empty,
    /// This run has not as many coordinates as the first.
    Ragged(usize),
    /// This run's result, or one of its coordinates, is infinite or not a number.
    NotFinite(usize),
    /// From this run to the next the design does not move one new coordinate, as a trajectory must.
    NotOneStep(usize),
    /// There are too few runs for so many dimensions.
    TooFewRuns {
        /// How many runs the design has.
        runs: usize,
        /// How many it needs at least.
        needed: usize,
    },
}

impl fmt::Display for SensitivityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PartialBlock { results, block } => {
                write!(f, "{results} results do not fill blocks of {block} runs, of which the design is made")
            }
            Self::Lengths { runs, results } => write!(f, "the design has {runs} runs, but {results} results"),
            Self::Empty => write!(f, "the design has no runs or no dimensions"),
            Self::Ragged(run) => write!(f, "run {run} has not as many coordinates as run 0"),
            Self::NotFinite(run) => {
                write!(f, "the result or a coordinate of run {run} is not a finite number")
            }
            Self::NotOneStep(run) => {
                write!(f, "from run {run} to run {} the design does not move one new coordinate", run + 1)
            }
            Self::TooFewRuns { runs, needed } => {
                write!(f, "the design has {runs} runs, but so many dimensions need {needed}")
            }
        }
    }
}

impl std::error::Error for SensitivityError {}

/// The Sobol indices of the results of a [`saltelli`](super::design::saltelli) design.
///
/// First-order indices after Saltelli and others (2010), total ones after Jansen (1999), second-order ones
/// after Saltelli (2002). The results are first brought to mean 0 and variance 1, without which results far
/// from 0 would drown the indices in rounding and sampling error. The bootstrap resamples whole blocks, each
/// made from one point.
pub fn sobol(
    results: &[f64],
    dimensions: usize,
    second_order: bool,
    resamples: usize,
    seed: u64,
) -> Result<SobolIndices, SensitivityError> {
    let block = if second_order { 2 * dimensions + 2 } else { dimensions + 2 };
    check_blocks(results, block)?;
    let results = standardized(results);
    let blocks: Vec<&[f64]> = results.chunks(block).collect();
    let shares = |blocks: &[&[f64]]| variance_shares(blocks, dimensions, second_order);
    let mut estimates = bootstrap(&blocks, resamples, seed, shares).into_iter();
    let first = estimates.by_ref().take(dimensions).collect();
    let total = estimates.by_ref().take(dimensions).collect();
    let interaction = |(dimensions, index)| Interaction { dimensions, index };
    Ok(SobolIndices { first, total, second: pairs(dimensions).zip(estimates).map(interaction).collect() })
}

/// All first-order indices, then all total ones, then, if asked for, those of all pairs.
///
/// The estimators keep the names of the papers: `a` and `b` are results of two independent points, `ab` those
/// of A with one coordinate from B, and `ba` the reverse.
fn variance_shares(blocks: &[&[f64]], dimensions: usize, second_order: bool) -> Vec<f64> {
    let a = |block: &[f64]| block[0];
    let b = |block: &[f64]| block[block.len() - 1];
    let ab = |block: &[f64], dimension: usize| block[1 + dimension];
    let ba = |block: &[f64], dimension: usize| block[1 + dimensions + dimension];

    let independent: Vec<f64> = blocks.iter().flat_map(|block| [a(block), b(block)]).collect();
    let variance = variance(&independent);
    let share = |term: &dyn Fn(&[f64]) -> f64| match variance {
        // Resamples of a rare event can be without any: they say that nothing causes anything.
        0.0 => 0.0,
        _ => mean(blocks.iter().map(|block| term(block))) / variance,
    };
    let first = (0..dimensions).map(|j| share(&|block| b(block) * (ab(block, j) - a(block))));
    let total = (0..dimensions).map(|j| share(&|block| 0.5 * (a(block) - ab(block, j)).powi(2)));
    let mut shares: Vec<f64> = first.chain(total).collect();
    if second_order {
        let second: Vec<f64> = pairs(dimensions)
            .map(|(j, k)| {
                let closed = share(&|block| ba(block, j) * ab(block, k) - a(block) * b(block));
                closed - shares[j] - shares[k]
            })
            .collect();
        shares.extend(second);
    }
    shares
}

/// Every pair of dimensions, the lower first.
fn pairs(dimensions: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..dimensions).flat_map(move |j| (j + 1..dimensions).map(move |k| (j, k)))
}

/// The elementary effects of each dimension of a [`morris`](super::design::morris) design (Morris 1991;
/// Campolongo, Cariboni and Saltelli 2007).
///
/// The size of each step is read from the design. The bootstrap resamples whole trajectories.
pub fn morris(
    design: &[Vec<f64>],
    results: &[f64],
    resamples: usize,
    seed: u64,
) -> Result<Vec<ElementaryEffects>, SensitivityError> {
    let dimensions = check_design(design, results)?;
    check_blocks(results, dimensions + 1)?;
    let effects = elementary_effects(design, results)?;
    let trajectories: Vec<&[f64]> = effects.chunks(dimensions).collect();
    let sizes = bootstrap(&trajectories, resamples, seed, |trajectories| {
        (0..dimensions).map(|j| mean(trajectories.iter().map(|effects| effects[j].abs()))).collect()
    });
    let summary = |(j, mu_star)| {
        let effects: Vec<f64> = trajectories.iter().map(|effects| effects[j]).collect();
        ElementaryEffects { mu: mean(effects.iter().copied()), mu_star, sigma: sample_deviation(&effects) }
    };
    Ok(sizes.into_iter().enumerate().map(summary).collect())
}

/// The effects along each trajectory, one for each dimension, trajectory after trajectory.
fn elementary_effects(design: &[Vec<f64>], results: &[f64]) -> Result<Vec<f64>, SensitivityError> {
    let dimensions = design[0].len();
    let mut all = Vec::new();
    for start in (0..design.len()).step_by(dimensions + 1) {
        let mut effects = vec![None; dimensions];
        for run in start..start + dimensions {
            let (here, there) = (&design[run], &design[run + 1]);
            let mut moved = (0..dimensions).filter(|&j| here[j] != there[j]);
            match (moved.next(), moved.next()) {
                (Some(j), None) if effects[j].is_none() => {
                    effects[j] = Some((results[run + 1] - results[run]) / (there[j] - here[j]));
                }
                _ => return Err(SensitivityError::NotOneStep(run)),
            }
        }
        all.extend(effects.into_iter().flatten());
    }
    Ok(all)
}

/// The standardized coefficients of a linear regression of the results on the dimensions (Saltelli and others
/// 2008). Collinear dimensions share their effect; a dimension that never varies has none.
pub fn standardized_regression(
    design: &[Vec<f64>],
    results: &[f64],
    resamples: usize,
    seed: u64,
) -> Result<Regression, SensitivityError> {
    let dimensions = check_design(design, results)?;
    // A constant and one coefficient for each dimension must leave something to explain.
    let (runs, needed) = (design.len(), dimensions + 2);
    if runs < needed {
        return Err(SensitivityError::TooFewRuns { runs, needed });
    }
    let (_, determination) = regress(&paired(design, results));
    let coefficients = bootstrap(&paired(design, results), resamples, seed, |runs| regress(runs).0);
    Ok(Regression { coefficients, determination })
}

/// Standardized coefficients by least squares, and the share of variance they explain.
fn regress(runs: &[(&[f64], f64)]) -> (Vec<f64>, f64) {
    let (columns, results) = columns(runs);
    let columns: Vec<DVector<f64>> = columns.iter().map(|column| standardized(column).into()).collect();
    let results: DVector<f64> = standardized(&results).into();
    let count = runs.len() as f64;
    // Of standardized columns, these products are correlations, and solve the normal equations.
    let among = DMatrix::from_fn(columns.len(), columns.len(), |j, k| columns[j].dot(&columns[k]) / count);
    let with_results = DVector::from_fn(columns.len(), |j, _| columns[j].dot(&results) / count);
    // A full inverse would be multiplied out by code that depends on the processor; solving is not.
    let coefficients =
        SVD::new(among, true, true).solve(&with_results, COLLINEAR).expect("both sides computed");
    let determination = coefficients.dot(&with_results);
    (coefficients.iter().copied().collect(), determination)
}

/// For each dimension, the correlation of its ranks with those of the results, from -1 to 1 (Spearman 1904):
/// how far the result always rises, or always falls, along it, be it linearly or not.
pub fn rank_correlation(
    design: &[Vec<f64>],
    results: &[f64],
    resamples: usize,
    seed: u64,
) -> Result<Vec<Estimate>, SensitivityError> {
    check_design(design, results)?;
    Ok(bootstrap(&paired(design, results), resamples, seed, |runs| {
        let (columns, results) = columns(runs);
        let results = standardized(&ranks(&results));
        let correlation = |column: &Vec<f64>| {
            let column = standardized(&ranks(column));
            mean(column.iter().zip(&results).map(|(x, y)| x * y))
        };
        columns.iter().map(correlation).collect()
    }))
}

/// The rank of each value from 0; equal values share the mean of their ranks.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&i, &j| values[i].total_cmp(&values[j]));
    let mut ranks = vec![0.0; values.len()];
    let mut below = 0;
    for tied in order.chunk_by(|&i, &j| values[i] == values[j]) {
        for &i in tied {
            ranks[i] = below as f64 + (tied.len() - 1) as f64 / 2.0;
        }
        below += tied.len();
    }
    ranks
}

/// Each run with its result.
fn paired<'a>(design: &'a [Vec<f64>], results: &[f64]) -> Vec<(&'a [f64], f64)> {
    design.iter().map(Vec::as_slice).zip(results.iter().copied()).collect()
}

/// The coordinates along each dimension, and the results.
fn columns(runs: &[(&[f64], f64)]) -> (Vec<Vec<f64>>, Vec<f64>) {
    let columns = (0..runs[0].0.len()).map(|j| runs.iter().map(|(run, _)| run[j]).collect()).collect();
    (columns, runs.iter().map(|(_, result)| *result).collect())
}

/// The statistics of a sample, and how much they vary over resamples with replacement (Efron 1979).
fn bootstrap<T: Copy>(
    sample: &[T],
    resamples: usize,
    seed: u64,
    statistics: impl Fn(&[T]) -> Vec<f64>,
) -> Vec<Estimate> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut pick = || sample[random.random_range(0..sample.len())];
    let mut resample = || sample.iter().map(|_| pick()).collect::<Vec<T>>();
    let repeats: Vec<Vec<f64>> = (0..resamples).map(|_| statistics(&resample())).collect();
    let estimate = |(i, value)| {
        let repeated: Vec<f64> = repeats.iter().map(|values| values[i]).collect();
        Estimate { value, interval: NORMAL_95 * sample_deviation(&repeated) }
    };
    statistics(sample).into_iter().enumerate().map(estimate).collect()
}

/// Checks that the results are numbers, and fill at least one block and no part of another.
fn check_blocks(results: &[f64], block: usize) -> Result<(), SensitivityError> {
    if results.is_empty() || !results.len().is_multiple_of(block) {
        return Err(SensitivityError::PartialBlock { results: results.len(), block });
    }
    match results.iter().position(|result| !result.is_finite()) {
        Some(run) => Err(SensitivityError::NotFinite(run)),
        None => Ok(()),
    }
}

/// Checks that the design has as many runs as there are results, and that all are numbers; gives its
/// dimensions, at least one.
fn check_design(design: &[Vec<f64>], results: &[f64]) -> Result<usize, SensitivityError> {
    if design.len() != results.len() {
        return Err(SensitivityError::Lengths { runs: design.len(), results: results.len() });
    }
    let dimensions = design.first().map_or(0, Vec::len);
    if dimensions == 0 {
        return Err(SensitivityError::Empty);
    }
    for (number, (run, result)) in design.iter().zip(results).enumerate() {
        if run.len() != dimensions {
            return Err(SensitivityError::Ragged(number));
        }
        if !run.iter().chain([result]).all(|value| value.is_finite()) {
            return Err(SensitivityError::NotFinite(number));
        }
    }
    Ok(dimensions)
}

/// The mean of some values, of which there must be at least one.
fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

/// The mean square distance from the mean; exactly 0 for equal values, whatever the rounding of their mean.
fn variance(values: &[f64]) -> f64 {
    if values.iter().all(|value| *value == values[0]) {
        return 0.0;
    }
    let centre = mean(values.iter().copied());
    mean(values.iter().map(|value| (value - centre).powi(2)))
}

/// The standard deviation of the population a sample is from; 0 if the sample is too small to tell.
fn sample_deviation(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let count = values.len() as f64;
    (variance(values) * count / (count - 1.0)).sqrt()
}

/// The values brought to mean 0 and variance 1; all 0 if they do not vary.
fn standardized(values: &[f64]) -> Vec<f64> {
    let deviation = variance(values).sqrt();
    if deviation == 0.0 {
        return vec![0.0; values.len()];
    }
    let centre = mean(values.iter().copied());
    values.iter().map(|value| (value - centre) / deviation).collect()
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::super::design;
    use super::*;

    /// The test function of Ishigami and Homma (1990), its three dimensions brought to [0, 1].
    fn ishigami(runs: &[Vec<f64>]) -> Vec<f64> {
        let angle = |coordinate: f64| PI * (2.0 * coordinate - 1.0);
        let result = |run: &Vec<f64>| {
            let [x, y, z] = [angle(run[0]), angle(run[1]), angle(run[2])];
            libm::sin(x) + 7.0 * libm::sin(y).powi(2) + 0.1 * z.powi(4) * libm::sin(x)
        };
        runs.iter().map(result).collect()
    }

    /// Each estimate is as expected, to rounding; each interval to the chance of the resamples, 15 %.
    fn assert_estimates(found: &[Estimate], expected: &[(f64, f64)]) {
        assert_eq!(found.len(), expected.len());
        for (found, (value, interval)) in found.iter().zip(expected) {
            assert!((found.value - value).abs() < 1e-10, "{} is not {value}", found.value);
            let ratio = found.interval / interval;
            assert!((0.85..1.15).contains(&ratio), "{} is not {interval}", found.interval);
        }
    }

    // The constants of this and the next test are what SALib 1.5.1 made of the same design and results.
    #[test]
    fn sobol_indices_are_those_of_salib() {
        let runs = design::saltelli(3, 64, true, 1).unwrap();
        let results = ishigami(&runs);
        let indices = sobol(&results, 3, true, 1000, 1).unwrap();
        assert_estimates(
            &indices.first,
            &[
                (0.3382238482413663, 0.26513504822045153),
                (0.4929246209796407, 0.21845715780331754),
                (-0.1795788704637546, 0.24257515168175237),
            ],
        );
        assert_estimates(
            &indices.total,
            &[
                (0.6233205020315511, 0.3844547718089124),
                (0.4080638260164938, 0.1777323155709022),
                (0.23292309838425054, 0.09842277224989243),
            ],
        );
        let pairs: Vec<(usize, usize)> = indices.second.iter().map(|pair| pair.dimensions).collect();
        assert_eq!(pairs, [(0, 1), (0, 2), (1, 2)]);
        assert_estimates(
            &indices.second.iter().map(|pair| pair.index).collect::<Vec<_>>(),
            &[
                (-0.14101632818036985, 0.4336492089466929),
                (0.25577550035795893, 0.3724001552477704),
                (-0.012467711675247573, 0.21862225286855236),
            ],
        );
    }

    #[test]
    fn elementary_effects_are_those_of_salib() {
        let runs = design::morris(3, 10, 4, 1).unwrap();
        let results = ishigami(&runs);
        let effects = morris(&runs, &results, 1000, 1).unwrap();
        let expected = [
            (7.7040541115931065, 7.7040541115931065, 3.9424881115109844, 6.586809440172515),
            (-1.5750000000000026, 7.874999999999998, 0.0, 8.133265027035574),
            (4.999036882666494, 9.998073765332991, 2.9649483996676462, 10.538895104276023),
        ];
        for (found, (mu, mu_star, interval, sigma)) in effects.iter().zip(expected) {
            assert!((found.mu - mu).abs() < 1e-12, "{} is not {mu}", found.mu);
            assert!(
                (found.mu_star.value - mu_star).abs() < 1e-12,
                "{} is not {mu_star}",
                found.mu_star.value
            );
            assert!((found.sigma - sigma).abs() < 1e-12, "{} is not {sigma}", found.sigma);
            let off = (found.mu_star.interval - interval).abs();
            assert!(off <= 0.15 * interval + 1e-12, "{} is not {interval}", found.mu_star.interval);
        }
    }

    #[test]
    fn without_second_order_the_total_indices_stay_the_same() {
        let analyse = |second_order| {
            let runs = design::saltelli(3, 64, second_order, 1).unwrap();
            let results = ishigami(&runs);
            sobol(&results, 3, second_order, 0, 1).unwrap()
        };
        let (with, without) = (analyse(true), analyse(false));
        assert!(without.second.is_empty());
        // First-order indices change a little: they depend on the mean of all the results.
        for (with, without) in with.total.iter().zip(&without.total) {
            assert!((with.value - without.value).abs() < 1e-12);
        }
    }

    #[test]
    fn sobol_indices_come_near_the_true_shares() {
        let runs = design::saltelli(3, 4096, true, 1).unwrap();
        let results = ishigami(&runs);
        let indices = sobol(&results, 3, true, 0, 1).unwrap();
        let second: Vec<Estimate> = indices.second.iter().map(|pair| pair.index).collect();
        // Computed by integration (Ishigami and Homma 1990).
        let truths = [
            (indices.first, [0.3139, 0.4424, 0.0]),
            (indices.total, [0.5576, 0.4424, 0.2437]),
            (second, [0.0, 0.2437, 0.0]),
        ];
        for (found, truth) in truths {
            for (found, truth) in found.iter().zip(truth) {
                assert!((found.value - truth).abs() < 0.02, "{} is not {truth}", found.value);
            }
        }
    }

    // The constants are from NumPy's least squares and SciPy's `spearmanr`.
    #[test]
    fn regression_and_rank_correlation_are_those_of_numpy_and_scipy() {
        let runs = design::latin_hypercube(3, 200, 1);
        let results = ishigami(&runs);
        let regression = standardized_regression(&runs, &results, 1000, 1).unwrap();
        assert!((regression.determination - 0.16958321174997026).abs() < 1e-10);
        assert_estimates(
            &regression.coefficients,
            &[
                (0.39997603989533076, 0.10135033352025871),
                (0.010561636432963005, 0.12971699060216946),
                (0.058755527309404115, 0.16668409502954032),
            ],
        );

        // On the grid the ranks are tied.
        let grid: Vec<Vec<f64>> = design::factorial(&[4, 4, 4])
            .iter()
            .map(|run| run.iter().map(|level| *level as f64 / 3.0).collect())
            .collect();
        let results = ishigami(&grid);
        let correlation = rank_correlation(&grid, &results, 1000, 1).unwrap();
        assert_estimates(
            &correlation,
            &[
                (0.3302120753156792, 0.17912885936863263),
                (-0.030294685808777908, 0.26723863835344835),
                (0.0, 0.2885893575249748),
            ],
        );
    }

    #[test]
    fn a_linear_model_is_recovered_and_a_fixed_dimension_has_no_part() {
        let mut runs = design::latin_hypercube(3, 100, 1);
        runs.iter_mut().for_each(|run| run[2] = 1.0 / 3.0);
        let results: Vec<f64> = runs.iter().map(|run| 5.0 + 3.0 * run[0] - 4.0 * run[1]).collect();
        let regression = standardized_regression(&runs, &results, 20, 1).unwrap();
        assert!((regression.determination - 1.0).abs() < 1e-10);
        let [rising, falling, fixed] = regression.coefficients[..] else { panic!("three dimensions") };
        assert!((rising.value / falling.value + 0.75).abs() < 0.01);
        assert_eq!(fixed, Estimate { value: 0.0, interval: 0.0 });
    }

    #[test]
    fn dimensions_that_move_as_one_share_their_effect() {
        let mut runs = design::latin_hypercube(2, 50, 1);
        runs.iter_mut().for_each(|run| run[1] = run[0]);
        let results: Vec<f64> = runs.iter().map(|run| run[0]).collect();
        let regression = standardized_regression(&runs, &results, 0, 1).unwrap();
        for coefficient in regression.coefficients {
            assert!((coefficient.value - 0.5).abs() < 1e-10);
        }
        let fixed = standardized_regression(&vec![vec![0.5]; 50], &results, 10, 1).unwrap();
        assert_eq!(fixed.coefficients, [Estimate { value: 0.0, interval: 0.0 }]);
        assert_eq!(fixed.determination, 0.0);
    }

    #[test]
    fn ranks_of_equal_values_are_shared() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, -2.0]), [2.5, 1.0, 2.5, 0.0]);
    }

    #[test]
    fn results_that_never_vary_are_moved_by_nothing() {
        let nothing = Estimate { value: 0.0, interval: 0.0 };
        let indices = sobol(&[0.1; 64], 3, true, 50, 1).unwrap();
        assert_eq!([&indices.first[..], &indices.total[..]].concat(), [nothing; 6]);
        assert!(indices.second.iter().all(|pair| pair.index == nothing));

        let trajectories = design::morris(3, 16, 4, 1).unwrap();
        let effects = morris(&trajectories, &[0.1; 64], 50, 1).unwrap();
        assert_eq!(effects, [ElementaryEffects { mu: 0.0, mu_star: nothing, sigma: 0.0 }; 3]);

        let runs = design::latin_hypercube(3, 64, 1);
        let regression = standardized_regression(&runs, &[0.1; 64], 50, 1).unwrap();
        assert_eq!(regression, Regression { coefficients: vec![nothing; 3], determination: 0.0 });
        assert_eq!(rank_correlation(&runs, &[0.1; 64], 50, 1).unwrap(), [nothing; 3]);
    }

    #[test]
    fn an_event_in_one_run_of_many_gives_no_nan() {
        let mut results = vec![0.0; 16 * 8];
        results[0] = 1.0;
        let indices = sobol(&results, 3, true, 200, 1).unwrap();
        let second = indices.second.iter().map(|pair| pair.index);
        for estimate in indices.first.into_iter().chain(indices.total).chain(second) {
            assert!(estimate.value.is_finite() && estimate.interval.is_finite());
        }
    }

    #[test]
    fn intervals_follow_the_seed() {
        let runs = design::latin_hypercube(3, 64, 1);
        let results = ishigami(&runs);
        let analyse = |seed| rank_correlation(&runs, &results, 50, seed).unwrap();
        assert_eq!(analyse(1), analyse(1));
        assert_ne!(analyse(1), analyse(2));
    }

    #[test]
    fn results_that_do_not_fit_the_design_say_why() {
        use SensitivityError::*;
        assert_eq!(sobol(&[0.0; 9], 3, true, 1, 1), Err(PartialBlock { results: 9, block: 8 }));
        assert_eq!(sobol(&[], 3, false, 1, 1), Err(PartialBlock { results: 0, block: 5 }));
        assert_eq!(sobol(&[0.0, f64::NAN, 0.0], 1, false, 1, 1), Err(NotFinite(1)));

        let runs = design::morris(2, 2, 4, 1).unwrap();
        assert_eq!(morris(&runs, &[0.0; 5], 1, 1), Err(Lengths { runs: 6, results: 5 }));
        assert_eq!(morris(&runs[..5], &[0.0; 5], 1, 1), Err(PartialBlock { results: 5, block: 3 }));
        let still = vec![runs[0].clone(); 3];
        assert_eq!(morris(&still, &[0.0; 3], 1, 1), Err(NotOneStep(0)));
        let back = [runs[0].clone(), runs[1].clone(), runs[0].clone()];
        assert_eq!(morris(&back, &[0.0; 3], 1, 1), Err(NotOneStep(1)));

        assert_eq!(rank_correlation(&[], &[], 1, 1), Err(Empty));
        assert_eq!(rank_correlation(&[vec![0.0], vec![]], &[0.0; 2], 1, 1), Err(Ragged(1)));
        assert_eq!(
            standardized_regression(&runs[..3], &[0.0; 3], 1, 1),
            Err(TooFewRuns { runs: 3, needed: 4 })
        );
        let message = PartialBlock { results: 9, block: 8 }.to_string();
        assert_eq!(message, "9 results do not fill blocks of 8 runs, of which the design is made");
    }
}
