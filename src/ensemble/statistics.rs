//! Intervals and spreads: how sure a share is, and how widely numbers lie.

use serde::{Deserialize, Serialize};

/// The standard normal quantile of 95 % intervals.
pub const Z: f64 = 1.959_963_984_540_054;

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

/// Sums over pairs of numbers, one of each pair from either of two runs on the same chance.
///
/// Numbers are summed as they come, so pairs must be added in one order to give the same last bit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pairs {
    n: u64,
    first: f64,
    second: f64,
    /// Mean and sum of squares of the differences (Welford 1962).
    mean: f64,
    squares: f64,
}

impl Pairs {
    /// A further pair.
    pub fn add(&mut self, first: f64, second: f64) {
        self.n += 1;
        self.first += first;
        self.second += second;
        let difference = second - first;
        let off = difference - self.mean;
        self.mean += off / self.n as f64;
        self.squares += off * (difference - self.mean);
    }

    /// The difference of the means, with the interval of the mean of paired differences.
    pub fn difference(&self) -> Difference {
        if self.n == 0 {
            return Difference::default();
        }
        let n = self.n as f64;
        let spread = if self.n > 1 { (self.squares / (n - 1.0) / n).sqrt() } else { 0.0 };
        let (difference, half) = (self.mean, Z * spread);
        Difference {
            first: self.first / n,
            second: self.second / n,
            difference,
            low: difference - half,
            high: difference + half,
        }
    }
}

/// The difference of two shares over the same histories, from the cases in which only one of the two holds, with the
/// interval of Newcombe 1998 (method 10, for paired shares).
pub fn paired_shares(both: u64, only_first: u64, only_second: u64, neither: u64) -> Difference {
    let n = both + only_first + only_second + neither;
    if n == 0 {
        return Difference::default();
    }
    let (a, b) = (Share::new(both + only_first, n), Share::new(both + only_second, n));
    let difference = b.estimate - a.estimate;
    let correlation = {
        let product = (both + only_first) as f64
            * (only_second + neither) as f64
            * (both + only_second) as f64
            * (only_first + neither) as f64;
        let cross = both as f64 * neither as f64 - only_first as f64 * only_second as f64;
        if product > 0.0 { cross / product.sqrt() } else { 0.0 }
    };
    let reach = |up: f64, down: f64| (up * up - 2.0 * correlation * up * down + down * down).max(0.0).sqrt();
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
        let found = paired_shares(36, 2, 12, 0);
        assert!(close(found.difference, 0.2), "{found:?}");
        assert!(found.low > 0.05 && found.low < 0.07 && found.high > 0.33 && found.high < 0.35, "{found:?}");
        let same = paired_shares(10, 0, 0, 10);
        assert!(same.difference == 0.0 && same.low <= 0.0 && same.high >= 0.0);
    }

    #[test]
    fn pairs_that_never_differ_leave_no_doubt() {
        let mut pairs = Pairs::default();
        for i in 0..10 {
            pairs.add(f64::from(i), f64::from(i) + 2.0);
        }
        let found = pairs.difference();
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
