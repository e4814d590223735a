//! Hours in which a seeker's letters may reach her, because at other times somebody else may look (P10).

use crate::calendar::hours;
use crate::time::{Moment, Span};
use jiff::ToSpan as _;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use std::fmt;
use std::str::FromStr;

/// Hours of every day, such as `09:00-15:00`; they may reach over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SafeHours {
    from: Time,
    to: Time,
}

/// Why a text is no such hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not hours of a day: write them like 09:00-15:00")]
pub struct BadSafeHours;

impl SafeHours {
    /// The same moment when it lies within the hours, or the next one that does.
    #[must_use]
    pub fn due(self, moment: Moment, zone: &TimeZone) -> Moment {
        if self.holds(moment, zone) {
            return moment;
        }
        let today = moment.date_in(zone);
        let starts = (0..=3).filter_map(|days: i64| start(today.checked_add(days.days()).ok()?, self.from, zone));
        // On the day on which the clocks go forward the hours may not exist at all.
        let next = starts.filter(|start| *start > moment).find(|start| self.holds(*start, zone));
        next.unwrap_or(moment + Span::days(1))
    }

    fn holds(self, moment: Moment, zone: &TimeZone) -> bool {
        let time = moment.to_jiff().to_zoned(zone.clone()).time();
        if self.from < self.to { (self.from..self.to).contains(&time) } else { time >= self.from || time < self.to }
    }
}

fn start(date: Date, time: Time, zone: &TimeZone) -> Option<Moment> {
    let zoned = date.to_datetime(time).to_zoned(zone.clone()).ok()?;
    Some(Moment::from_millis(zoned.timestamp().as_millisecond()))
}

impl FromStr for SafeHours {
    type Err = BadSafeHours;

    fn from_str(text: &str) -> Result<Self, BadSafeHours> {
        let (from, to) = hours(text).ok_or(BadSafeHours)?;
        Ok(Self { from, to })
    }
}

impl fmt::Display for SafeHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.strftime("%H:%M"), self.to.strftime("%H:%M"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn what_comes_outside_the_hours_waits_for_their_beginning() {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        for (hours, moment, due) in [
            ("09:00-15:00", "2026-11-21T09:30:00Z", "2026-11-21T09:30:00Z"),
            ("09:00-15:00", "2026-11-21T08:00:00Z", "2026-11-21T08:00:00Z"),
            ("09:00-15:00", "2026-11-21T07:59:59Z", "2026-11-21T08:00:00Z"),
            ("09:00-15:00", "2026-11-21T14:00:00Z", "2026-11-22T08:00:00Z"),
            ("22:00-02:00", "2026-11-21T23:30:00Z", "2026-11-21T23:30:00Z"),
            ("22:00-02:00", "2026-11-21T12:00:00Z", "2026-11-21T21:00:00Z"),
            // The clocks go forward in the night: nine is nine, an hour earlier for the rest of the world.
            ("09:00-15:00", "2026-03-28T15:00:00Z", "2026-03-29T07:00:00Z"),
            ("09:00-15:00", "2026-10-24T15:00:00Z", "2026-10-25T08:00:00Z"),
            // Hours that this night leaves out: the next one has them.
            ("02:10-02:50", "2026-03-28T12:00:00Z", "2026-03-30T00:10:00Z"),
        ] {
            let hours: SafeHours = hours.parse().unwrap();
            assert_eq!(hours.due(at(moment), &zone), at(due), "{hours} {moment}");
        }
    }

    #[test]
    fn hours_are_read_and_written_alike() {
        assert_eq!("9:00-15:30".parse::<SafeHours>().unwrap().to_string(), "09:00-15:30");
        for text in ["", "9-15", "09:00-09:00", "25:00-26:00", "always", "09:00", "-"] {
            assert_eq!(text.parse::<SafeHours>(), Err(BadSafeHours), "{text}");
        }
    }
}
