//! Dates and the calendar of turns.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Turn;

/// A civil date, written `YYYY-MM-DD` (ISO 8601).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

impl Date {
    /// The year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// So many months later; the last day of the calendar if that lies beyond it.
    pub fn months_later(self, months: u32) -> Self {
        Self(self.0.checked_add(i64::from(months).months()).unwrap_or(civil::Date::MAX))
    }

    /// How many days after another.
    pub fn days_since(self, earlier: Self) -> i32 {
        (self.0 - earlier.0).get_days()
    }

    /// Month and year in words ("June 2024").
    pub fn month_and_year(self) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let month = MONTHS[usize::from(self.0.month().unsigned_abs()).saturating_sub(1)];
        format!("{month} {}", self.0.year())
    }

    /// Day, month and year in words ("19 June 2024").
    pub fn in_words(self) -> String {
        format!("{} {}", self.0.day(), self.month_and_year())
    }
}

impl FromStr for Date {
    type Err = String;

    /// # Errors
    /// When the text is not a real date of the form `YYYY-MM-DD`.
    fn from_str(text: &str) -> Result<Self, String> {
        let shaped = text.len() == 10
            && text.bytes().enumerate().all(|(i, b)| match i {
                4 | 7 => b == b'-',
                _ => b.is_ascii_digit(),
            });
        if !shaped {
            return Err("a date is written YYYY-MM-DD".into());
        }
        text.parse().map(Self).map_err(|_| "there is no such day".into())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How much time one turn stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum TurnLength {
    /// So many days.
    Days(u32),
    /// So many calendar months.
    Months(u32),
}

impl TurnLength {
    /// The length in years.
    pub fn years(self) -> f64 {
        match self {
            Self::Days(n) => f64::from(n) / 365.25,
            Self::Months(n) => f64::from(n) / 12.0,
        }
    }
}

/// When each turn begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calendar {
    /// The first day of turn 1; turn 0 is the eve of it.
    pub start: Date,
    /// The length of a turn.
    pub length: TurnLength,
}

impl Calendar {
    /// The first day of a turn (turn 0 shares turn 1's). Saturates at the end of the calendar.
    pub fn date(&self, turn: Turn) -> Date {
        let n = i64::from(turn.0.saturating_sub(1));
        let start = self.start.0;
        let span = match self.length {
            TurnLength::Days(days) => (n * i64::from(days)).min(3_000_000).days(),
            TurnLength::Months(months) => (n * i64::from(months)).min(100_000).months(),
        };
        Date(start.saturating_add(span))
    }

    /// What a turn is called by date: a month, a day, or its first and last day.
    pub fn label(&self, turn: Turn) -> String {
        let date = self.date(turn);
        match self.length {
            TurnLength::Months(_) => date.month_and_year(),
            TurnLength::Days(1) => date.in_words(),
            TurnLength::Days(days) => {
                let last = Date(date.0.saturating_add((i64::from(days) - 1).days()));
                let same_month = (date.0.year(), date.0.month()) == (last.0.year(), last.0.month());
                let first = match same_month {
                    true => date.0.day().to_string(),
                    false if date.0.year() == last.0.year() => {
                        date.in_words().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end().to_owned()
                    }
                    false => date.in_words(),
                };
                format!("{first} to {}", last.in_words())
            }
        }
    }

    /// The first turn that is played on or after `date`: the turn whose span holds it.
    pub fn turn_of(&self, date: Date) -> Turn {
        // Bisection: the last turn that begins on or before the date.
        let (mut low, mut high) = (1, 100_001);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.date(Turn(middle)) <= date { low = middle } else { high = middle }
        }
        Turn(low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_in_mid_turn_belongs_to_that_turn() {
        let calendar = Calendar { start: "2024-06-01".parse().unwrap(), length: TurnLength::Months(1) };
        assert_eq!(calendar.turn_of("2024-06-19".parse().unwrap()), Turn(1));
        assert_eq!(calendar.turn_of("2024-07-01".parse().unwrap()), Turn(2));
        assert_eq!(calendar.date(Turn(8)).to_string(), "2025-01-01");
        assert_eq!(calendar.turn_of("1999-01-01".parse().unwrap()), Turn(1));
    }

    #[test]
    fn a_turn_of_several_days_is_called_by_its_first_and_last() {
        let of = |start: &str, days| {
            let calendar = Calendar { start: start.parse().unwrap(), length: TurnLength::Days(days) };
            calendar.label(Turn(1))
        };
        assert_eq!(of("1939-09-01", 1), "1 September 1939");
        assert_eq!(of("1939-09-01", 3), "1 to 3 September 1939");
        assert_eq!(of("1939-08-31", 2), "31 August to 1 September 1939");
        assert_eq!(of("1939-12-31", 2), "31 December 1939 to 1 January 1940");
    }

    #[test]
    fn dates_are_strict() {
        assert!("2024-02-30".parse::<Date>().is_err());
        assert!("24-02-03".parse::<Date>().is_err());
        assert!("2024-06-19".parse::<Date>().is_ok());
    }
}
