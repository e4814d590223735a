//! A programme's hours: when nobody is written to, when staff are at work, and days that do not count.

mod count;

use crate::programme::HourRules;
use crate::time::{Moment, Span};
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{ToSpan as _, Zoned};

/// Why hours cannot be read: the key, and what to write instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("`hours.{key}`: {advice}")]
pub struct BadHours {
    /// The key under `hours`.
    pub key: &'static str,
    /// What to write.
    pub advice: &'static str,
}

/// Hours in a time zone.
#[derive(Debug, Clone)]
pub struct Calendar {
    zone: TimeZone,
    quiet: Option<(Time, Time)>,
    office: Option<Office>,
    holidays: Vec<(Date, Date)>,
}

#[derive(Debug, Clone, Copy)]
struct Office {
    /// Monday first.
    days: [bool; 7],
    from: Time,
    to: Time,
}

/// No search looks further ahead: a calendar in which nobody ever works is a mistake, and answers "now".
const HORIZON_DAYS: usize = 400;

impl Calendar {
    /// Reads the hours of a programme.
    pub fn parse(rules: &HourRules, zone: TimeZone) -> Result<Self, BadHours> {
        let holidays = rules.holidays.iter().map(|text| days(text)).collect::<Option<Vec<_>>>();
        Ok(Self {
            zone,
            quiet: optional(&rules.quiet, hours)
                .ok_or(BadHours { key: "quiet", advice: "write it like 21:00-07:00, or leave it empty" })?,
            office: optional(&rules.office, office)
                .ok_or(BadHours { key: "office", advice: "write it like mon-fri 09:00-16:00, or leave it empty" })?,
            holidays: holidays.ok_or(BadHours {
                key: "holidays",
                advice: "write each as a day, 2026-12-24, or from-to, 2026-12-24/2027-01-06",
            })?,
        })
    }

    /// The zone weeks and days are counted in.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The same moment, or the end of the quiet hours it falls into.
    #[must_use]
    pub fn after_quiet(&self, moment: Moment) -> Moment {
        let Some((from, to)) = self.quiet else { return moment };
        let local = self.local(moment);
        let time = local.time();
        let day = if from <= to {
            (from..to).contains(&time).then_some(local.date())
        } else if time >= from {
            local.date().tomorrow().ok()
        } else {
            (time < to).then_some(local.date())
        };
        day.map_or(moment, |day| self.at(day.to_datetime(to)).max(moment))
    }

    /// The moment so many days later at the same time of day; holidays do not count.
    #[must_use]
    pub fn days_after(&self, moment: Moment, count: u32) -> Moment {
        let local = self.local(moment);
        let (mut date, mut left) = (local.date(), count);
        let mut horizon = HORIZON_DAYS + usize::try_from(count).unwrap_or(HORIZON_DAYS);
        while left > 0 && horizon > 0 {
            let Ok(next) = date.tomorrow() else { break };
            date = next;
            horizon -= 1;
            if !self.is_holiday(date) {
                left -= 1;
            }
        }
        self.at(date.to_datetime(local.time()))
    }

    /// The moment so many months later, at the same time of day; the last day of a shorter month.
    #[must_use]
    pub fn months_after(&self, moment: Moment, count: u32) -> Moment {
        let local = self.local(moment).datetime();
        let later = local.checked_add(i64::from(count).months()).unwrap_or(local);
        self.at(later)
    }

    /// The moment when so much time at work has gone by. Without office hours every hour is one.
    #[must_use]
    pub fn office_time_after(&self, moment: Moment, span: Span) -> Moment {
        let Some(office) = self.office else { return moment + span };
        let mut left = span.as_millis();
        let mut date = self.local(moment).date();
        for _ in 0..HORIZON_DAYS {
            if self.is_at_work(date, office) {
                let opens = self.at(date.to_datetime(office.from)).max(moment);
                let there = (self.at(date.to_datetime(office.to)) - opens).as_millis();
                if there > 0 && left <= there {
                    return opens + Span::millis(left);
                }
                left -= there.max(0);
            }
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        moment + span
    }

    /// Whether nobody is expected to write or answer on the day of a moment.
    pub fn is_holiday_at(&self, moment: Moment) -> bool {
        self.is_holiday(self.local(moment).date())
    }

    fn is_holiday(&self, date: Date) -> bool {
        self.holidays.iter().any(|(first, last)| (*first..=*last).contains(&date))
    }

    fn is_at_work(&self, date: Date, office: Office) -> bool {
        let day = usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or(0);
        office.days.get(day).copied().unwrap_or(false) && !self.is_holiday(date)
    }

    fn local(&self, moment: Moment) -> Zoned {
        moment.to_jiff().to_zoned(self.zone.clone())
    }

    /// A local time that daylight saving leaves out is the moment after the gap; one that comes twice is the first.
    fn at(&self, local: DateTime) -> Moment {
        local
            .to_zoned(self.zone.clone())
            .map_or_else(|_| Moment::default(), |zoned| Moment::from_millis(zoned.timestamp().as_millisecond()))
    }
}

/// Nothing for an empty text; otherwise what it says, or a refusal.
#[expect(clippy::option_option, reason = "outside: could it be read; inside: was there anything")]
fn optional<T>(text: &str, read: fn(&str) -> Option<T>) -> Option<Option<T>> {
    let text = text.trim();
    if text.is_empty() { Some(None) } else { read(text).map(Some) }
}

pub(crate) fn hours(text: &str) -> Option<(Time, Time)> {
    let (from, to) = text.split_once('-')?;
    let (from, to) = (time(from)?, time(to)?);
    (from != to).then_some((from, to))
}

/// `24:00` is the last second of the day.
fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    match (hour.parse::<i8>().ok()?, minute.parse::<i8>().ok()?) {
        (24, 0) => Time::new(23, 59, 59, 0).ok(),
        (hour, minute) => Time::new(hour, minute, 0, 0).ok(),
    }
}

fn office(text: &str) -> Option<Office> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let (named, times) = text.split_once(' ')?;
    let (from, to) = hours(times)?;
    let place = |name: &str| DAYS.iter().position(|day| name.trim().eq_ignore_ascii_case(day));
    let mut days = [false; 7];
    for part in named.split(',') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (place(first)?, place(last)?);
        days.get_mut(first..=last)?.fill(true);
    }
    (from < to).then_some(Office { days, from, to })
}

fn days(text: &str) -> Option<(Date, Date)> {
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    let (first, last) = (first.trim().parse::<Date>().ok()?, last.trim().parse::<Date>().ok()?);
    (first <= last).then_some((first, last))
}

#[cfg(test)]
#[path = "calendar/tests.rs"]
mod tests;
