//! Moments, spans and ISO weeks; the clock itself comes in through the door.

use jiff::ToSpan as _;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::tz::TimeZone;
use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

/// A moment: milliseconds since 1970-01-01T00:00:00Z, as the store keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(i64);

/// A length of time in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(i64);

impl Span {
    /// So many milliseconds.
    pub const fn millis(n: i64) -> Self {
        Self(n)
    }
    /// So many seconds.
    pub const fn seconds(n: i64) -> Self {
        Self(n * 1_000)
    }
    /// So many minutes.
    pub const fn minutes(n: i64) -> Self {
        Self::seconds(n * 60)
    }
    /// So many hours.
    pub const fn hours(n: i64) -> Self {
        Self::minutes(n * 60)
    }
    /// So many days of 24 hours.
    pub const fn days(n: i64) -> Self {
        Self::hours(n * 24)
    }
    /// The length in milliseconds.
    pub const fn as_millis(self) -> i64 {
        self.0
    }
}

impl Moment {
    /// A moment from milliseconds since the epoch.
    pub const fn from_millis(n: i64) -> Self {
        Self(n)
    }
    /// Milliseconds since the epoch.
    pub const fn as_millis(self) -> i64 {
        self.0
    }
    /// Whole seconds since the epoch.
    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1_000)
    }
    /// This moment as jiff's type; moments outside jiff's range are clamped to its ends.
    pub fn to_jiff(self) -> jiff::Timestamp {
        let end = if self.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(end)
    }
    /// The day this moment falls on in a time zone.
    pub fn date_in(self, zone: &TimeZone) -> Date {
        self.to_jiff().to_zoned(zone.clone()).date()
    }
    /// The ISO week this moment falls in, in the programme's time zone.
    pub fn week_in(self, zone: &TimeZone) -> Week {
        let date = self.to_jiff().to_zoned(zone.clone()).date();
        Week::of(date)
    }
}

impl Add<Span> for Moment {
    type Output = Moment;
    fn add(self, span: Span) -> Moment {
        Moment(self.0.saturating_add(span.0))
    }
}

impl Sub<Moment> for Moment {
    type Output = Span;
    fn sub(self, earlier: Moment) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

/// An ISO 8601 week, such as 2026-W47: the unit of the weekly hour (S4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Week {
    year: i16,
    number: i8,
}

/// Why a text is not an ISO week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a week: write the year and the week's number, as in 2026-W47")]
pub struct NotAWeek;

impl Week {
    /// The week that holds a date.
    pub fn of(date: Date) -> Self {
        let iso = date.iso_week_date();
        Self { year: iso.year(), number: iso.week() }
    }

    /// The first moment of the week (Monday 00:00) in a time zone.
    pub fn start_in(self, zone: &TimeZone) -> Option<Moment> {
        let monday = ISOWeekDate::new(self.year, self.number, Weekday::Monday).ok()?.date();
        let zoned = monday.to_zoned(zone.clone()).ok()?;
        Some(Moment::from_millis(zoned.timestamp().as_millisecond()))
    }

    /// The week before this one.
    #[must_use]
    pub fn before(self) -> Self {
        self.moved(-7)
    }

    /// The week after this one.
    #[must_use]
    pub fn next(self) -> Self {
        self.moved(7)
    }

    fn moved(self, days: i64) -> Self {
        let monday = ISOWeekDate::new(self.year, self.number, Weekday::Monday).map(ISOWeekDate::date);
        monday.and_then(|day| day.checked_add(days.days())).map_or(self, Self::of)
    }

    /// The value as the store keeps it: year × 100 + number, so that order is kept.
    pub fn stored(self) -> i64 {
        i64::from(self.year) * 100 + i64::from(self.number)
    }

    /// Takes a week back from the store.
    pub fn from_stored(value: i64) -> Result<Self, NotAWeek> {
        let year = i16::try_from(value.div_euclid(100)).map_err(|_| NotAWeek)?;
        let number = i8::try_from(value.rem_euclid(100)).map_err(|_| NotAWeek)?;
        ISOWeekDate::new(year, number, Weekday::Monday).map_err(|_| NotAWeek)?;
        Ok(Self { year, number })
    }
}

impl fmt::Display for Week {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-W{:02}", self.year, self.number)
    }
}

impl FromStr for Week {
    type Err = NotAWeek;
    fn from_str(text: &str) -> Result<Self, NotAWeek> {
        let (year, number) = text.split_once("-W").ok_or(NotAWeek)?;
        let year: i64 = year.parse().map_err(|_| NotAWeek)?;
        let number: i64 = number.parse().map_err(|_| NotAWeek)?;
        if !(1..=53).contains(&number) {
            return Err(NotAWeek);
        }
        Self::from_stored(year * 100 + number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stockholm() -> TimeZone {
        TimeZone::get("Europe/Stockholm").unwrap()
    }

    fn at(text: &str) -> Moment {
        Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn sunday_evening_utc_is_already_monday_in_stockholm() {
        assert_eq!(at("2026-11-22T22:59:59Z").week_in(&stockholm()).to_string(), "2026-W47");
        assert_eq!(at("2026-11-22T23:00:00Z").week_in(&stockholm()).to_string(), "2026-W48");
    }

    #[test]
    fn week_53_and_daylight_saving() {
        assert_eq!(at("2026-12-31T12:00:00Z").week_in(&stockholm()).to_string(), "2026-W53");
        assert_eq!(at("2027-01-03T22:59:59Z").week_in(&stockholm()).to_string(), "2026-W53");
        assert_eq!(at("2027-01-03T23:00:00Z").week_in(&stockholm()).to_string(), "2027-W01");
        assert_eq!("2026-W44".parse::<Week>().unwrap().start_in(&stockholm()), Some(at("2026-10-25T23:00:00Z")));
        assert_eq!("2026-W43".parse::<Week>().unwrap().start_in(&stockholm()), Some(at("2026-10-18T22:00:00Z")));
    }

    #[test]
    fn weeks_are_stored_in_order_and_read_back() {
        let week: Week = "2026-W53".parse().unwrap();
        assert_eq!(Week::from_stored(week.stored()), Ok(week));
        assert!(week < "2027-W01".parse().unwrap());
        assert_eq!((week.next().to_string(), week.next().before()), ("2027-W01".into(), week));
        for text in ["2025-W53", "2026-W00", "2026-W54", "2026W47", "", "x-Wy"] {
            assert_eq!(text.parse::<Week>(), Err(NotAWeek), "{text}");
        }
    }
}
