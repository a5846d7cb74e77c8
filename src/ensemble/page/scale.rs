//! From quantities to places in a drawing.

use std::fmt;

use super::words::decimal;

/// A length or place in a drawing: at most one decimal, and always a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place(pub(super) f64);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = if self.0.is_finite() { (self.0 * 10.0).round() / 10.0 } else { 0.0 };
        // Adding zero makes minus zero plain zero.
        write!(f, "{}", tenths + 0.0)
    }
}

/// A linear scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    start: f64,
    end: f64,
}

impl Scale {
    /// Quantities from `low` to `high` lie between the places `start` and `end`.
    pub(super) fn new((low, high): (f64, f64), (start, end): (f64, f64)) -> Self {
        Self { low, high, start, end }
    }

    /// Where a quantity lies; what is beyond an end lies at that end.
    pub(super) fn at(&self, quantity: f64) -> f64 {
        let share = (quantity - self.low) / (self.high - self.low);
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        self.start + share * (self.end - self.start)
    }
}

/// Round numbers along an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    /// The numbers.
    pub(super) values: Vec<f64>,
    decimals: usize,
}

impl Ticks {
    /// About so many round numbers that span `low` to `high`, the outermost at or beyond the ends.
    pub(super) fn spanning(low: f64, high: f64, about: usize) -> Self {
        let (low, high) = proper(low, high);
        let step = round_step((high - low) / about.max(1) as f64);
        let (first, last) = ((low / step + 1e-9).floor(), (high / step - 1e-9).ceil());
        let values = (0..=(last - first) as u32).map(|i| (first + f64::from(i)) * step).collect();
        Self { values, decimals: (-libm::log10(step).floor()).max(0.0) as usize }
    }

    /// The outermost of them.
    pub(super) fn ends(&self) -> (f64, f64) {
        let first = self.values.first().copied().unwrap_or(0.0);
        (first, self.values.last().copied().unwrap_or(first))
    }

    /// One of them as text.
    pub(super) fn text(&self, value: f64) -> String {
        decimal(value, self.decimals)
    }

    /// A quantity on the same axis as text, one decimal finer unless all are whole.
    pub(super) fn finer(&self, value: f64) -> String {
        let whole = value.fract() == 0.0 && self.decimals == 0;
        decimal(value, self.decimals + usize::from(!whole))
    }
}

/// Every how many whole steps to mark one of `length`, so that at most `most` are marked.
pub(super) fn stride(length: usize, most: usize) -> usize {
    const STRIDES: [usize; 14] = [1, 2, 3, 4, 6, 12, 24, 36, 48, 60, 120, 240, 600, 1200];
    let enough = |stride: &&usize| length.div_ceil(**stride) <= most.max(1);
    STRIDES.iter().find(enough).copied().unwrap_or(length.max(1))
}

/// An interval with some length, around what was given; what hardly varies counts as constant.
fn proper(low: f64, high: f64) -> (f64, f64) {
    let (low, high) = if low.is_finite() && high.is_finite() { (low, high) } else { (0.0, 1.0) };
    if high - low > 1e-4 * high.abs().max(low.abs()) {
        return (low, high);
    }
    // A constant: zero at the foot of the axis, anything else in its middle.
    match low {
        0.0 => (0.0, 1.0),
        c if c > 0.0 => (0.0, c * 2.0),
        c => (c * 2.0, 0.0),
    }
}

/// The least of 1, 2 and 5 times a power of ten that is not below the step asked for.
fn round_step(step: f64) -> f64 {
    let power = libm::pow(10.0, libm::log10(step).floor());
    let factor = [1.0, 2.0, 5.0].into_iter().find(|f| f * power >= step * (1.0 - 1e-9)).unwrap_or(10.0);
    factor * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_span_what_they_are_for() {
        let ticks = Ticks::spanning(0.0, 0.187, 4);
        assert_eq!(
            ticks.values.iter().map(|v| ticks.text(*v)).collect::<Vec<_>>(),
            ["0.00", "0.05", "0.10", "0.15", "0.20"]
        );
        assert_eq!(Ticks::spanning(0.0, 12.0, 3).values, [0.0, 5.0, 10.0, 15.0]);
    }

    #[test]
    fn a_constant_has_an_axis() {
        assert_eq!(Ticks::spanning(0.0, 0.0, 2).values, [0.0, 0.5, 1.0]);
        let (low, high) = Ticks::spanning(7.0, 7.0, 3).ends();
        assert!(low < 7.0 && high > 7.0);
        let (low, high) = Ticks::spanning(f64::NAN, f64::INFINITY, 3).ends();
        assert_eq!((low, high), (0.0, 1.0));
    }

    #[test]
    fn every_place_is_a_number() {
        let scale = Scale::new((3.0, 3.0), (10.0, 20.0));
        assert_eq!(Place(scale.at(3.0)).to_string(), "10");
        assert_eq!(Place(f64::NAN).to_string(), "0");
        assert_eq!(Place(-0.01).to_string(), "0");
        assert_eq!(Place(12.345).to_string(), "12.3");
    }

    #[test]
    fn months_are_marked_by_the_year_or_a_part_of_it() {
        assert_eq!(stride(36, 4), 12);
        assert_eq!(stride(9, 4), 3);
        assert_eq!(stride(5000, 4), 5000);
    }
}
