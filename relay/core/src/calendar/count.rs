//! Time that counts: what lies between two moments without holidays, and days before and after an end.

use super::Calendar;
use crate::time::{Moment, Span};
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

/// When in the day people hear of what is not urgent.
const MORNING: i8 = 10;
/// No count walks over more days than this.
const DAYS: usize = 5_000;

impl Calendar {
    /// The time between two moments that does not fall on holidays, by the local clock.
    pub fn counted(&self, from: Moment, until: Moment) -> Span {
        let (from, until) = (self.local(from).datetime(), self.local(until).datetime());
        let mut sum = 0;
        for date in from.date().series(1.day()).take(DAYS).take_while(|date| *date <= until.date()) {
            if !self.is_holiday(date) {
                let (begins, ends) = within(date);
                sum += (millis(until.min(ends)) - millis(from.max(begins))).max(0);
            }
        }
        Span::millis(sum)
    }

    /// The moment since which so much time has counted until another one.
    #[must_use]
    pub fn counted_back(&self, until: Moment, time: Span) -> Moment {
        let local = self.local(until).datetime();
        let (mut date, mut left) = (local.date(), time.as_millis());
        for _ in 0..DAYS {
            let (begins, ends) = within(date);
            let end = local.min(ends);
            let there = if self.is_holiday(date) { 0 } else { millis(end) - millis(begins) };
            if left <= there {
                return self.at(end.checked_sub(left.milliseconds()).unwrap_or(end));
            }
            left -= there;
            let Ok(before) = date.yesterday() else { break };
            date = before;
        }
        until
    }

    /// The first moment of the next day: what lasts until then lasts the whole day.
    #[must_use]
    pub fn end_of_day(&self, moment: Moment) -> Moment {
        self.at(within(self.local(moment).date()).1)
    }

    /// The end of the day so many days later; holidays count like all others.
    #[must_use]
    pub fn end_of_day_after(&self, moment: Moment, days: u32) -> Moment {
        let date = self.local(moment).date();
        self.at(within(date.checked_add(i64::from(days).days()).unwrap_or(date)).1)
    }

    /// A morning so many days before (or after, when less than nothing) the last day of what ends at a moment.
    #[must_use]
    pub fn morning_before(&self, end: Moment, days: i64) -> Moment {
        let last = self.local(Moment::from_millis(end.as_millis() - 1)).date();
        self.at(last.checked_sub(days.days()).unwrap_or(last).at(MORNING, 0, 0, 0))
    }
}

/// A day's first moment and that of the next.
fn within(date: Date) -> (DateTime, DateTime) {
    let begins = date.to_datetime(Time::midnight());
    (begins, begins.checked_add(1.day()).unwrap_or(begins))
}

/// A place on the local clock, in milliseconds: a day is 24 hours there.
fn millis(local: DateTime) -> i64 {
    local.to_zoned(TimeZone::UTC).map_or(0, |zoned| zoned.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::HourRules;

    fn at(text: &str) -> Moment {
        Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    fn calendar() -> Calendar {
        let holidays = vec!["2026-12-24/2027-01-06".to_owned()];
        let rules = HourRules { holidays, ..HourRules::default() };
        Calendar::parse(&rules, TimeZone::get("Europe/Stockholm").unwrap()).unwrap()
    }

    #[test]
    fn holidays_do_not_count_and_daylight_saving_does_not_show() {
        let calendar = calendar();
        for (from, until, hours) in [
            ("2026-12-20T09:00:00Z", "2026-12-22T09:00:00Z", 48),
            ("2026-12-23T09:00:00Z", "2027-01-07T09:00:00Z", 24),
            ("2026-12-26T09:00:00Z", "2026-12-28T09:00:00Z", 0),
            // The clocks go forward and back: ten in the morning to ten in the morning is a day.
            ("2026-03-28T09:00:00Z", "2026-03-29T08:00:00Z", 24),
            ("2026-10-24T08:00:00Z", "2026-10-25T09:00:00Z", 24),
            ("2026-12-22T09:00:00Z", "2026-12-20T09:00:00Z", 0),
        ] {
            let counted = calendar.counted(at(from), at(until));
            assert_eq!(counted, Span::hours(hours), "{from} {until}");
        }
    }

    #[test]
    fn counting_back_meets_counting_on() {
        let calendar = calendar();
        let until = at("2027-01-20T13:30:00Z");
        for hours in [0, 1, 13, 24, 24 * 13, 24 * 15, 24 * 40] {
            let since = calendar.counted_back(until, Span::hours(hours));
            assert_eq!(calendar.counted(since, until), Span::hours(hours), "{hours}");
        }
    }

    #[test]
    fn days_around_an_end_are_whole_days() {
        let calendar = calendar();
        let end = calendar.end_of_day(at("2026-03-29T12:00:00Z"));
        assert_eq!(end, at("2026-03-29T22:00:00Z"));
        assert_eq!(calendar.morning_before(end, 0), at("2026-03-29T08:00:00Z"));
        assert_eq!(calendar.morning_before(end, 1), at("2026-03-28T09:00:00Z"));
        assert_eq!(calendar.morning_before(end, -1), at("2026-03-30T08:00:00Z"));
        assert_eq!(calendar.end_of_day_after(at("2026-03-27T23:30:00Z"), 1), end);
    }
}
