//! Days and times of a calendar as they are written: in the writer's own clock, or in UTC.

use crate::day;

/// A day, and unless it is the whole day, a time. Compared by day and time as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct When {
    /// Days since 1970-01-01.
    day: i64,
    /// Minutes since midnight.
    minute: Option<i64>,
    is_utc: bool,
}

const DAY: i64 = 24 * 60;

impl When {
    /// Reads `20261120`, `20261120T140000` and `20261120T130000Z`.
    pub(crate) fn read(value: &str) -> Option<Self> {
        let value = value.trim();
        let (date, time) = value.split_once(['T', 't']).map_or((value, None), |(date, time)| (date, Some(time)));
        let date: String = date.chars().filter(|c| *c != '-').collect();
        if date.len() != 8 {
            return None;
        }
        let (year, month, day) = (digits(&date, 0, 4)?, digits(&date, 4, 6)?, digits(&date, 6, 8)?);
        let number = day::number(year, month, day);
        if day::civil(number) != (year, month, day) {
            return None;
        }
        let Some(time) = time else { return Some(Self { day: number, minute: None, is_utc: false }) };
        let time: String = time.chars().filter(|c| *c != ':').collect();
        let (hour, minute) = (digits(&time, 0, 2)?, digits(&time, 2, 4)?);
        let is_time = hour < 24 && minute < 60;
        is_time.then(|| Self { day: number, minute: Some(hour * 60 + minute), is_utc: time.ends_with(['Z', 'z']) })
    }

    pub(crate) fn is_all_day(self) -> bool {
        self.minute.is_none()
    }

    pub(super) fn is_utc(self) -> bool {
        self.is_utc
    }

    pub(super) fn day_before(self) -> Self {
        Self { day: self.day - 1, ..self }
    }

    /// Some minutes later.
    pub(super) fn plus(self, minutes: i64) -> Self {
        let total = self.minute.unwrap_or(0).saturating_add(minutes);
        Self { day: self.day + total.div_euclid(DAY), minute: self.minute.map(|_| total.rem_euclid(DAY)), ..self }
    }

    /// Year, month and day.
    pub(super) fn date(self) -> (i64, i64, i64) {
        day::civil(self.day)
    }

    /// Hour and minute.
    pub(super) fn time(self) -> Option<(i64, i64)> {
        self.minute.map(|minute| (minute / 60, minute % 60))
    }

    pub(super) fn is_same_day(self, other: Self) -> bool {
        self.day == other.day
    }
}

fn digits(text: &str, from: usize, to: usize) -> Option<i64> {
    let digits = text.get(from..to)?;
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// Reads a length of time: `PT1H30M`, `P1D`, `P2W`. `None` for one that is no good or goes back.
pub(super) fn minutes(value: &str) -> Option<i64> {
    let body = value.trim().trim_start_matches('+').strip_prefix(['P', 'p'])?;
    let mut total = 0_i64;
    let mut number = String::new();
    let mut in_time = false;
    for c in body.chars() {
        let unit = match c.to_ascii_uppercase() {
            digit if digit.is_ascii_digit() && number.len() < 6 => {
                number.push(digit);
                continue;
            }
            'T' => {
                in_time = true;
                continue;
            }
            'W' => 7 * DAY,
            'D' => DAY,
            'H' => 60,
            'M' if in_time => 1,
            'S' => 0,
            _ => return None,
        };
        total += number.parse::<i64>().ok()? * unit;
        number.clear();
    }
    (total > 0).then_some(total)
}
