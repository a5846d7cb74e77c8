//! Numbers and names as a reader meets them.

use crate::ensemble::statistics::{Share, Spread};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// What stands where there is no number.
pub(super) const NO_NUMBER: &str = "–";

/// A number with so many decimals, or a dash if it is none.
pub(super) fn decimal(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return NO_NUMBER.into();
    }
    let text = format!("{:.decimals$}", value.abs());
    let nothing = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    if value < 0.0 && !nothing { format!("−{text}") } else { text }
}

/// A share of one in per cent ("62.3%"); what is more than nothing never reads as nothing.
pub(super) fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 0.05 => "<0.1%".into(),
        p if p.is_finite() => format!("{}%", decimal(p, 1)),
        _ => NO_NUMBER.into(),
    }
}

/// A whole number with its thousands set apart ("10,000").
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// So many of a thing ("1 state", "12 states").
pub(super) fn how_many(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// Whether the share says anything at all.
pub(super) fn known(share: &Share) -> bool {
    share.of > 0 && [share.estimate, share.low, share.high].iter().all(|x| x.is_finite())
}

/// An estimated chance in per cent.
pub(super) fn estimate(share: &Share) -> String {
    if known(share) { percent(share.estimate) } else { NO_NUMBER.into() }
}

/// The interval of a chance in per cent ("59.3–65.2").
pub(super) fn interval(share: &Share) -> String {
    if !known(share) {
        return NO_NUMBER.into();
    }
    format!("{}–{}", decimal(share.low * 100.0, 1), decimal(share.high * 100.0, 1))
}

/// Whether all of a spread's numbers are numbers.
pub(super) fn measured(spread: &Spread) -> bool {
    let Spread { p05, p25, median, p75, p95, mean } = spread;
    [p05, p25, median, p75, p95, mean].iter().all(|x| x.is_finite())
}

/// A name as it stands alone: "the United States" is listed as "United States".
pub(super) fn listed(name: &str) -> &str {
    name.strip_prefix("the ").unwrap_or(name)
}

/// Names in a sentence ("A, B and C").
pub(super) fn enumerated(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).into(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Text cut to so many characters, with an ellipsis if it was longer.
pub(super) fn cut(text: &str, characters: usize) -> String {
    if text.chars().count() <= characters {
        return text.into();
    }
    let kept: String = text.chars().take(characters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// The dates of turns, read as far as they can be.
pub(super) struct Calendar<'a> {
    texts: &'a [String],
    days: Vec<Option<(i64, usize, u32)>>,
}

impl<'a> Calendar<'a> {
    pub(super) fn new(texts: &'a [String]) -> Self {
        Self { texts, days: texts.iter().map(|text| day(text)).collect() }
    }

    /// The date of a turn, as short as the span of all dates allows.
    pub(super) fn short(&self, turn: usize) -> String {
        match self.days.get(turn) {
            Some(&Some((year, month, day))) => match self.months() {
                0..4 => format!("{day} {}", MONTHS[month]),
                4..180 => format!("{} {year}", MONTHS[month]),
                _ => year.to_string(),
            },
            _ => self.texts.get(turn).cloned().unwrap_or_default(),
        }
    }

    /// The date of a turn in full, if it is known.
    pub(super) fn full(&self, turn: usize) -> Option<String> {
        match self.days.get(turn)? {
            Some((year, month, day)) => Some(format!("{day} {} {year}", MONTHS[*month])),
            None => self.texts.get(turn).cloned(),
        }
    }

    fn months(&self) -> i64 {
        let mut months = self.days.iter().flatten().map(|(year, month, _)| year * 12 + *month as i64);
        let first = months.next().unwrap_or(0);
        (months.next_back().unwrap_or(first) - first).max(0)
    }
}

/// Year, month (from 0) and day of `YYYY-MM-DD`.
fn day(text: &str) -> Option<(i64, usize, u32)> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month: usize = month.parse().ok()?;
    let known = parts.next().is_none() && (1..=12).contains(&month);
    known.then_some((year.parse().ok()?, month - 1, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_have_one_decimal_and_the_rarest_are_not_called_impossible() {
        assert_eq!(percent(0.623), "62.3%");
        assert_eq!(percent(0.0), "0.0%");
        assert_eq!(percent(0.0003), "<0.1%");
        assert_eq!(percent(f64::NAN), "–");
    }

    #[test]
    fn numbers_are_grouped_and_signed_as_in_print() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(grouped(999), "999");
        assert_eq!(decimal(-0.25, 2), "−0.25");
        assert_eq!(decimal(-0.001, 1), "0.0");
    }

    #[test]
    fn dates_are_as_short_as_their_span_allows() {
        let dates = |texts: &[&str]| texts.iter().map(|t| (*t).to_string()).collect::<Vec<_>>();
        let days = dates(&["1914-07-28", "1914-08-04"]);
        assert_eq!(Calendar::new(&days).short(1), "4 Aug");
        assert_eq!(Calendar::new(&days).full(0).as_deref(), Some("28 Jul 1914"));
        let years = dates(&["2024-07-01", "2025-08-01", "2027-06-01"]);
        assert_eq!(Calendar::new(&years).short(0), "Jul 2024");
        let other = dates(&["week one"]);
        assert_eq!(Calendar::new(&other).short(0), "week one");
    }

    #[test]
    fn names_are_listed_without_their_article_and_joined_with_and() {
        assert_eq!(listed("the United States"), "United States");
        assert_eq!(enumerated(&["A", "B", "C"]), "A, B and C");
        assert_eq!(cut("Bosnia and Herzegovina", 12), "Bosnia and…");
    }
}
