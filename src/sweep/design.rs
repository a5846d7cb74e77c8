//! Experimental designs: which combinations of parameters to run.
//!
//! A design is a list of runs; each run is one point of the unit cube, one coordinate in [0, 1] for each
//! dimension. The caller maps coordinates onto the parameters' own ranges.

use std::fmt;

use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;
use rand::{Rng, RngExt, SeedableRng};

/// The most base points [`saltelli`] can make: the length of the stored Sobol sequence.
pub const MAX_POINTS: usize = 1 << 16;

/// The most dimensions [`saltelli`] can span: it takes two Sobol dimensions for each of its own.
pub const MAX_DIMENSIONS: usize = sobol_burley::NUM_DIMENSIONS as usize / 2;

/// Why a design cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DesignError {
    /// This number of base points is not a power of two from 1 to [`MAX_POINTS`].
    Points(usize),
    /// This number of dimensions is above [`MAX_DIMENSIONS`].
    Dimensions(usize),
    /// This number of levels is odd or zero.
    Levels(usize),
}

impl fmt::Display for DesignError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Points(points) => {
                write!(f, "a Sobol design needs a power of two of points, at most {MAX_POINTS}; not {points}")
            }
            Self::Dimensions(dimensions) => {
                write!(f, "a Sobol design has at most {MAX_DIMENSIONS} dimensions; not {dimensions}")
            }
            Self::Levels(levels) => write!(f, "a Morris design needs an even number of levels; not {levels}"),
        }
    }
}

impl std::error::Error for DesignError {}

/// Every combination of levels, as level numbers from 0; the last dimension changes fastest.
///
/// The number of runs is the product of `levels`, so it is for the caller to keep it in bounds.
pub fn factorial(levels: &[usize]) -> Vec<Vec<usize>> {
    levels.iter().fold(vec![Vec::new()], |runs, &count| {
        runs.iter().flat_map(|run| (0..count).map(move |level| [run.as_slice(), &[level]].concat())).collect()
    })
}

/// A Latin hypercube: along each dimension, one point in each of `points` equal slices of [0, 1), at random
/// within its slice (McKay, Beckman and Conover 1979).
pub fn latin_hypercube(dimensions: usize, points: usize, seed: u64) -> Vec<Vec<f64>> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut runs = vec![vec![0.0; dimensions]; points];
    for dimension in 0..dimensions {
        let mut slices: Vec<usize> = (0..points).collect();
        slices.shuffle(&mut random);
        for (run, slice) in runs.iter_mut().zip(slices) {
            // A draw of 24 bits keeps the sum exact: no point can round up into the next slice.
            let within = f64::from(random.random::<f32>());
            run[dimension] = (slice as f64 + within) / points as f64;
        }
    }
    runs
}

/// The design from which [`sensitivity::sobol`](super::sensitivity::sobol) estimates its indices (Saltelli
/// and others 2010).
///
/// Two independent points A and B are taken from one Sobol sequence (Joe and Kuo 2008), scrambled by `seed`
/// (Owen 1995; Burley 2020). For each of `points` such pairs the runs are, in this order: A; A with each
/// coordinate in turn from B; for `second_order` indices also B with each coordinate in turn from A; B. So
/// there are `points * (dimensions + 2)` runs, or `points * (2 * dimensions + 2)`.
///
/// `points` must be a power of two, because only then does the sequence fill the cube evenly.
pub fn saltelli(
    dimensions: usize,
    points: usize,
    second_order: bool,
    seed: u64,
) -> Result<Vec<Vec<f64>>, DesignError> {
    if !points.is_power_of_two() || points > MAX_POINTS {
        return Err(DesignError::Points(points));
    }
    if dimensions > MAX_DIMENSIONS {
        return Err(DesignError::Dimensions(dimensions));
    }
    // The sequence takes a short seed, so the long one is hashed down to it.
    let scramble = ChaCha8Rng::seed_from_u64(seed).next_u32();
    let mut runs = Vec::new();
    for point in 0..points as u32 {
        let mut a: Vec<f64> = (0..2 * dimensions as u32)
            .map(|dimension| f64::from(sobol_burley::sample(point, dimension, scramble)))
            .collect();
        let b = a.split_off(dimensions);
        runs.push(a.clone());
        runs.extend(crossed(&a, &b));
        if second_order {
            runs.extend(crossed(&b, &a));
        }
        runs.push(b);
    }
    Ok(runs)
}

/// Copies of `base`, each with one coordinate in turn from `other`.
fn crossed(base: &[f64], other: &[f64]) -> impl Iterator<Item = Vec<f64>> {
    (0..base.len()).map(|dimension| {
        let mut run = base.to_vec();
        run[dimension] = other[dimension];
        run
    })
}

/// Trajectories through a grid of `levels` equal steps from 0 to 1, for
/// [`sensitivity::morris`](super::sensitivity::morris) (Morris 1991).
///
/// Each trajectory is `dimensions + 1` runs: from a random point of the grid it moves each coordinate once,
/// in random order, by `levels / (2 * (levels - 1))` up or down. `levels` must be even, because only then is
/// every level as likely as any other.
pub fn morris(
    dimensions: usize,
    trajectories: usize,
    levels: usize,
    seed: u64,
) -> Result<Vec<Vec<f64>>, DesignError> {
    if levels == 0 || !levels.is_multiple_of(2) {
        return Err(DesignError::Levels(levels));
    }
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    Ok((0..trajectories).flat_map(|_| trajectory(dimensions, levels, &mut random)).collect())
}

/// One trajectory of [`morris`].
fn trajectory(dimensions: usize, levels: usize, random: &mut ChaCha8Rng) -> Vec<Vec<f64>> {
    let half = levels / 2;
    let mut place: Vec<usize> = (0..dimensions).map(|_| random.random_range(0..levels)).collect();
    let mut order: Vec<usize> = (0..dimensions).collect();
    order.shuffle(random);
    let mut places = vec![place.clone()];
    for dimension in order {
        // From each level, half the grid away, there is just one other.
        place[dimension] = (place[dimension] + half) % levels;
        places.push(place.clone());
    }
    let coordinate = |level| level as f64 / (levels - 1) as f64;
    places.into_iter().map(|place| place.into_iter().map(coordinate).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of `slices` equal slices of [0, 1) hold the points' coordinates along a dimension, sorted.
    fn slices(runs: &[Vec<f64>], dimension: usize, slices: usize) -> Vec<usize> {
        let mut found: Vec<usize> =
            runs.iter().map(|run| (run[dimension] * slices as f64) as usize).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn a_factorial_design_counts_like_an_odometer() {
        let runs = factorial(&[2, 1, 3]);
        assert_eq!(runs, [[0, 0, 0], [0, 0, 1], [0, 0, 2], [1, 0, 0], [1, 0, 1], [1, 0, 2]]);
        assert_eq!(factorial(&[]), [Vec::<usize>::new()]);
        assert!(factorial(&[2, 0]).is_empty());
    }

    #[test]
    fn a_latin_hypercube_has_one_point_in_each_slice() {
        let runs = latin_hypercube(3, 50, 1);
        for dimension in 0..3 {
            assert_eq!(slices(&runs, dimension, 50), (0..50).collect::<Vec<_>>());
        }
        assert_ne!(runs, latin_hypercube(3, 50, 2));
        assert_eq!(runs, latin_hypercube(3, 50, 1));
    }

    #[test]
    fn a_saltelli_design_crosses_each_coordinate_in_turn() {
        let runs = saltelli(2, 4, true, 1).unwrap();
        assert_eq!(runs.len(), 4 * 6);
        for block in runs.chunks(6) {
            let ([a0, a1], [b0, b1]) = ([block[0][0], block[0][1]], [block[5][0], block[5][1]]);
            assert_eq!(block, [[a0, a1], [b0, a1], [a0, b1], [a0, b1], [b0, a1], [b0, b1]]);
        }
        let first_order = saltelli(2, 4, false, 1).unwrap();
        for (short, long) in first_order.chunks(4).zip(runs.chunks(6)) {
            assert_eq!(short, [&long[..3], &long[5..]].concat());
        }
    }

    #[test]
    fn saltelli_points_fill_every_slice_in_the_last_dimension_too() {
        let runs = saltelli(MAX_DIMENSIONS, 64, false, 9).unwrap();
        let ends: Vec<Vec<f64>> = runs.into_iter().step_by(MAX_DIMENSIONS + 2).collect();
        for dimension in [0, 1, 40, MAX_DIMENSIONS - 1] {
            assert_eq!(slices(&ends, dimension, 64), (0..64).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_saltelli_design_follows_its_seed() {
        assert_eq!(saltelli(3, 8, true, 5), saltelli(3, 8, true, 5));
        assert_ne!(saltelli(3, 8, true, 5), saltelli(3, 8, true, 6));
    }

    #[test]
    fn a_morris_trajectory_moves_each_coordinate_once() {
        let (dimensions, levels) = (5, 4);
        let runs = morris(dimensions, 20, levels, 3).unwrap();
        assert_eq!(runs.len(), 20 * 6);
        for trajectory in runs.chunks(dimensions + 1) {
            let mut moved = Vec::new();
            for step in trajectory.windows(2) {
                let dimension = (0..dimensions).find(|&d| step[0][d] != step[1][d]).unwrap();
                let size = (step[1][dimension] - step[0][dimension]).abs();
                assert!((size - 2.0 / 3.0).abs() < 1e-15);
                moved.push(dimension);
            }
            moved.sort_unstable();
            assert_eq!(moved, [0, 1, 2, 3, 4]);
        }
    }

    #[test]
    fn a_morris_design_visits_every_level_alike() {
        let runs = morris(1, 4000, 4, 1).unwrap();
        for level in 0..4 {
            let visits = runs.iter().filter(|run| run[0] == f64::from(level) / 3.0).count();
            assert!((1900..2100).contains(&visits), "level {level}: {visits} of 8000");
        }
    }

    #[test]
    fn a_design_that_cannot_be_made_says_why() {
        assert_eq!(saltelli(3, 100, true, 1), Err(DesignError::Points(100)));
        assert_eq!(saltelli(3, 2 * MAX_POINTS, true, 1), Err(DesignError::Points(2 * MAX_POINTS)));
        assert_eq!(
            saltelli(MAX_DIMENSIONS + 1, 2, true, 1),
            Err(DesignError::Dimensions(MAX_DIMENSIONS + 1))
        );
        assert_eq!(morris(3, 10, 5, 1), Err(DesignError::Levels(5)));
        let message = DesignError::Points(100).to_string();
        assert_eq!(message, "a Sobol design needs a power of two of points, at most 65536; not 100");
    }
}
