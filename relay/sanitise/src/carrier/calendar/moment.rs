//! Days and times of a calendar as they are written: in the writer's own clock, or in UTC.

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
        let number = days(year, month, day);
        if civil(number) != (year, month, day) {
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
        civil(self.day)
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

/// Days since 1970-01-01 of a day in the Gregorian calendar (Hinnant's algorithm).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The other way round.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}
