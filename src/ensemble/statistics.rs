//! Intervals and spreads: how sure a share is, and how widely numbers lie.

use serde::{Deserialize, Serialize};

/// The standard normal quantile of 95 % intervals.
pub const Z: f64 = 1.959_963_984_540_054;

/// The quantile of 95 % intervals of a mean from so many cases: Student's, by its expansion about the normal one (Abramowitz
/// and Stegun 1964, 26.7.5).
fn quantile_of_mean(cases: u64) -> f64 {
    let v = cases.saturating_sub(1).max(1) as f64;
    let [z, z3, z5, z7] = [Z, Z.powi(3), Z.powi(5), Z.powi(7)];
    z + (z3 + z) / (4.0 * v)
        + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * v * v)
        + (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / (384.0 * v * v * v)
}

/// A number of cases out of all, with the 95 % interval of the chance that it estimates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// In so many cases.
    pub count: u64,
    /// Out of so many.
    pub of: u64,
    /// The one divided by the other; 0 where there are no cases.
    pub estimate: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

impl Share {
    /// The share with the interval of Wilson 1927, which is sound for rare and for certain things as well.
    pub fn new(count: u64, of: u64) -> Self {
        if of == 0 {
            return Self { count, of, estimate: 0.0, low: 0.0, high: 1.0 };
        }
        let (n, p) = (of as f64, count as f64 / of as f64);
        let centre = p + Z * Z / (2.0 * n);
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let scale = 1.0 + Z * Z / n;
        let (low, high) = ((centre - half) / scale, (centre + half) / scale);
        // Rounding must not leave a certain thing short of certain.
        let low = if count == 0 { 0.0 } else { low.max(0.0) };
        let high = if count == of { 1.0 } else { high.min(1.0) };
        Self { count, of, estimate: p, low, high }
    }

    /// Half of the interval's width.
    pub fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

/// A difference of two means over the same histories, with its 95 % interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The mean of the first.
    pub first: f64,
    /// The mean of the second.
    pub second: f64,
    /// The second less the first.
    pub difference: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

/// Sums over pairs of whole numbers, one of each pair from either of two runs on the same chance: exact, and the same in
/// any order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pairs {
    n: u64,
    first: i128,
    second: i128,
    /// The sum of the squares of the differences.
    squares: i128,
}

impl Pairs {
    /// A further pair.
    pub fn add(&mut self, first: i64, second: i64) {
        let difference = i128::from(second) - i128::from(first);
        self.n += 1;
        self.first += i128::from(first);
        self.second += i128::from(second);
        self.squares += difference * difference;
    }

    /// The difference of the means, with Student's interval of the mean of paired differences; `step` is what one stands
    /// for.
    pub fn difference(&self, step: f64) -> Difference {
        if self.n == 0 {
            return Difference::default();
        }
        let n = self.n as f64;
        let (first, second) = (self.first as f64 / n, self.second as f64 / n);
        let sum = (self.second - self.first) as f64;
        let squares = self.squares as f64 - sum * sum / n;
        let half = if self.n > 1 {
            quantile_of_mean(self.n) * (squares.max(0.0) / (n - 1.0) / n).sqrt()
        } else {
            0.0
        };
        let difference = sum / n;
        Difference {
            first: first * step,
            second: second * step,
            difference: difference * step,
            low: (difference - half) * step,
            high: (difference + half) * step,
        }
    }
}

/// In how many histories of a pair of runs something holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Both {
    /// In both runs.
    pub both: u64,
    /// In the first alone.
    pub only_first: u64,
    /// In the second alone.
    pub only_second: u64,
    /// In neither.
    pub neither: u64,
}

impl Both {
    /// A further pair.
    pub fn add(&mut self, first: bool, second: bool) {
        *match (first, second) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.only_first,
            (false, true) => &mut self.only_second,
            (false, false) => &mut self.neither,
        } += 1;
    }
}

impl Both {
    /// The difference of the two shares, with the interval of Newcombe 1998 (method 10, for paired shares).
    pub fn difference(&self) -> Difference {
        let Self { both, only_first, only_second, neither } = *self;
        let n = both + only_first + only_second + neither;
        if n == 0 {
            return Difference::default();
        }
        let (a, b) = (Share::new(both + only_first, n), Share::new(both + only_second, n));
        let difference = b.estimate - a.estimate;
        let correlation = self.correlation();
        let reach =
            |up: f64, down: f64| (up * up - 2.0 * correlation * up * down + down * down).max(0.0).sqrt();
        let low = reach(b.estimate - b.low, a.high - a.estimate);
        let high = reach(b.high - b.estimate, a.estimate - a.low);
        Difference {
            first: a.estimate,
            second: b.estimate,
            difference,
            low: (difference - low).max(-1.0),
            high: (difference + high).min(1.0),
        }
    }

    /// How far the two runs go together, with Newcombe's correction for few cases.
    fn correlation(&self) -> f64 {
        let [both, first, second, neither] =
            [self.both, self.only_first, self.only_second, self.neither].map(|n| n as f64);
        let product = (both + first) * (second + neither) * (both + second) * (first + neither);
        let cross = both * neither - first * second;
        let n = both + first + second + neither;
        let corrected = if cross > n / 2.0 { cross - n / 2.0 } else { cross.min(0.0) };
        if product > 0.0 { corrected / product.sqrt() } else { 0.0 }
    }
}

/// How widely numbers lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// One in twenty lies below.
    pub p05: f64,
    /// One in four lies below.
    pub p25: f64,
    /// One in two lies below.
    pub median: f64,
    /// Three in four lie below.
    pub p75: f64,
    /// Nineteen in twenty lie below.
    pub p95: f64,
    /// The mean.
    pub mean: f64,
}

impl Spread {
    /// The spread of numbers that were counted, given in their order; `None` where there are none. A quantile is the
    /// least number that has at least so great a part of the cases at or below it.
    pub fn of(counted: impl Iterator<Item = (f64, u64)> + Clone) -> Option<Self> {
        let n: u64 = counted.clone().map(|(_, count)| count).sum();
        let quantile = |share: f64| {
            let needed = (share * n as f64).ceil().max(1.0) as u64;
            let mut below = 0;
            let mut all = counted.clone();
            let found = all.find(|(_, count)| {
                below += count;
                below >= needed
            });
            found.map(|(value, _)| value)
        };
        let mean = counted.clone().map(|(value, count)| value * count as f64).sum::<f64>() / n as f64;
        Some(Self {
            p05: quantile(0.05)?,
            p25: quantile(0.25)?,
            median: quantile(0.5)?,
            p75: quantile(0.75)?,
            p95: quantile(0.95)?,
            mean,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 5e-4
    }

    #[test]
    fn shares_have_wilsons_interval() {
        // Newcombe 1998 (two-sided intervals for the single proportion), method 3: 81/263, 15/148, 0/20, 1/29.
        for (count, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let share = Share::new(count, of);
            assert!(close(share.low, low) && close(share.high, high), "{share:?}");
        }
        assert_eq!(Share::new(20, 20).high, 1.0);
        assert_eq!(Share::new(0, 0), Share { low: 0.0, high: 1.0, ..Share::default() });
    }

    #[test]
    fn paired_shares_have_newcombes_interval() {
        // Newcombe 1998 (improved intervals for paired data), Table II: cells 36, 12, 2, 0.
        let of = |both, only_first, only_second, neither| {
            Both { both, only_first, only_second, neither }.difference()
        };
        let found = of(36, 2, 12, 0);
        assert!(close(found.difference, 0.2), "{found:?}");
        assert!(close(found.low, 0.0569) && close(found.high, 0.3404), "{found:?}");
        let same = of(10, 0, 0, 10);
        assert!(same.difference == 0.0 && same.low <= 0.0 && same.high >= 0.0);
    }

    #[test]
    fn few_cases_leave_more_doubt() {
        // Tables of Student's distribution: 10 cases 2.262, 30 cases 2.045, 1,000 cases 1.962.
        for (cases, quantile) in [(10, 2.262), (30, 2.045), (1000, 1.962)] {
            assert!((quantile_of_mean(cases) - quantile).abs() < 2e-3, "{cases}");
        }
    }

    #[test]
    fn pairs_that_never_differ_leave_no_doubt() {
        let mut pairs = Pairs::default();
        for i in 0..10 {
            pairs.add(i, i + 2);
        }
        let found = pairs.difference(1.0);
        assert_eq!((found.difference, found.low, found.high), (2.0, 2.0, 2.0));
        assert_eq!((found.first, found.second), (4.5, 6.5));
    }

    #[test]
    fn quantiles_are_numbers_that_occurred() {
        let counted = [(1.0, 10), (2.0, 80), (7.0, 10)];
        let spread = Spread::of(counted.into_iter()).expect("numbers");
        assert_eq!(
            (spread.p05, spread.p25, spread.median, spread.p75, spread.p95),
            (1.0, 2.0, 2.0, 2.0, 7.0)
        );
        assert!(close(spread.mean, 2.4));
        assert_eq!(Spread::of(std::iter::empty()), None);
    }
}
