//! A month of contact time: the ISO weeks whose Thursday lies in it, so that each week belongs to exactly one month.

use crate::time::{Moment, Week};
use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use std::fmt;
use std::str::FromStr;

/// A month of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    first: Date,
}

/// Why a text is not a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a month: write the year and the month's number, as in 2026-11")]
pub struct NotAMonth;

impl Month {
    /// The month to which the week of a moment belongs.
    pub fn of(moment: Moment, zone: &TimeZone) -> Self {
        let thursday = thursday_of(moment.date_in(zone));
        Self { first: thursday.first_of_month() }
    }

    /// Its first and its last week.
    pub fn weeks(self) -> (Week, Week) {
        let last = self.first.last_of_month();
        (Week::of(first_thursday(self.first)), Week::of(last_thursday(last)))
    }
}

fn thursday_of(day: Date) -> Date {
    let from_monday = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_add((3 - from_monday).days()).unwrap_or(day)
}

fn first_thursday(first: Date) -> Date {
    let ahead = i64::from(first.weekday().until(Weekday::Thursday));
    first.checked_add(ahead.days()).unwrap_or(first)
}

fn last_thursday(last: Date) -> Date {
    let back = i64::from(last.weekday().since(Weekday::Thursday));
    last.checked_sub(back.days()).unwrap_or(last)
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

impl FromStr for Month {
    type Err = NotAMonth;

    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let (year, month) = text.split_once('-').ok_or(NotAMonth)?;
        let year = year.parse().map_err(|_| NotAMonth)?;
        let month = month.parse().map_err(|_| NotAMonth)?;
        Date::new(year, month, 1).map(|first| Self { first }).map_err(|_| NotAMonth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weeks(month: &str) -> (String, String) {
        let (first, last) = month.parse::<Month>().unwrap().weeks();
        (first.to_string(), last.to_string())
    }

    #[test]
    fn every_week_belongs_to_one_month() {
        assert_eq!(weeks("2026-11"), ("2026-W45".into(), "2026-W48".into()));
        assert_eq!(weeks("2026-12"), ("2026-W49".into(), "2026-W53".into()));
        assert_eq!(weeks("2027-01"), ("2027-W01".into(), "2027-W04".into()));
        let mut month: Month = "2026-01".parse().unwrap();
        for _ in 0..36 {
            let next = Month { first: month.first.checked_add(1.month()).unwrap() };
            assert_eq!(month.weeks().1.next(), next.weeks().0, "{month}");
            month = next;
        }
    }

    #[test]
    fn a_moment_finds_the_month_of_its_week() {
        let at = |text: &str| Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond());
        let month = |text| Month::of(at(text), &TimeZone::UTC).to_string();
        assert_eq!(month("2026-11-30T12:00:00Z"), "2026-12", "its Thursday is 3 December");
        assert_eq!(month("2027-01-01T12:00:00Z"), "2026-12", "its Thursday is 31 December");
        for text in ["", "2026", "2026-13", "2026-00", "x-y", "2026-11-01"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
