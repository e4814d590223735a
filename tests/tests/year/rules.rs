//! The two programmes of the story: what the house is told, and the same numbers once more for whoever checks it.

use brevbro_core::time::Moment;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// What the house is told. The numbers stand once more in [`Rules::letters`] and [`Rules::walks`].
pub(crate) const CONFIG: &str = r#"
[organisation]
domain = "relay.example.org"
language = "en"
contact = "contact@office.example"
time_zone = "Europe/Stockholm"
[store]
url = "{url}"
[programme.letters]
week = { minutes = 60, warn_percent = 80, urgent = true, overview = false, monthly_floor = 0 }
missed = { volunteer_days = [5, 7, 10], seeker_days = [14, 21, 35] }
hours = { quiet = "21:00-07:00", office = "mon-fri 09:00-16:00", holidays = ["2026-04-02/2026-04-06", "2026-12-24/2027-01-06"] }
ladder = ["first@office.example", "second@office.example"]
life = { notice_days = [28, 7], grace_days = 30 }
[programme.walks]
week = { minutes = 40, warn_percent = 75, urgent = false, overview = false, monthly_floor = 0 }
missed = { volunteer_days = [4, 6, 9], seeker_days = [10, 17, 30] }
hours = { quiet = "22:30-08:00", office = "mon,wed,fri 10:00-14:00", holidays = ["2026-07-06/2026-08-02", "2026-10-25"] }
life = { notice_days = [21, 5], grace_days = 14 }
"#;

/// One programme's numbers.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) name: &'static str,
    /// Tenths of a minute a week.
    pub(crate) cap: i64,
    pub(crate) near_percent: i64,
    pub(crate) is_urgent_allowed: bool,
    /// Days to the steps: of a silent volunteer, of a silent seeker.
    pub(crate) volunteer_days: [u32; 3],
    pub(crate) seeker_days: [u32; 3],
    /// From the evening to the morning.
    quiet: (Time, Time),
    /// Days of the week (Monday is 0) and hours.
    office: (&'static [i8], Time, Time),
    holidays: Vec<(Date, Date)>,
    /// Days before an end on which both hear of it.
    pub(crate) notice_days: [i32; 2],
    /// Who is told of a matter that must not wait, one after the other.
    pub(crate) ladder: &'static [&'static str],
}

/// The organisation's own mailbox.
pub(crate) const CONTACT: &str = "contact@office.example";
/// The last contact is told so many times more.
pub(crate) const TOLD_AGAIN: usize = 5;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn hour(text: &str) -> Time {
    text.parse().unwrap()
}

impl Rules {
    pub(crate) fn letters() -> Self {
        Self {
            name: "letters",
            cap: 600,
            near_percent: 80,
            is_urgent_allowed: true,
            volunteer_days: [5, 7, 10],
            seeker_days: [14, 21, 35],
            quiet: (hour("21:00"), hour("07:00")),
            office: (&[0, 1, 2, 3, 4], hour("09:00"), hour("16:00")),
            holidays: vec![(day("2026-04-02"), day("2026-04-06")), (day("2026-12-24"), day("2027-01-06"))],
            notice_days: [28, 7],
            ladder: &["first@office.example", "second@office.example"],
        }
    }

    pub(crate) fn walks() -> Self {
        Self {
            name: "walks",
            cap: 400,
            near_percent: 75,
            is_urgent_allowed: false,
            volunteer_days: [4, 6, 9],
            seeker_days: [10, 17, 30],
            quiet: (hour("22:30"), hour("08:00")),
            office: (&[0, 2, 4], hour("10:00"), hour("14:00")),
            holidays: vec![(day("2026-07-06"), day("2026-08-02")), (day("2026-10-25"), day("2026-10-25"))],
            notice_days: [21, 5],
            ladder: &[CONTACT],
        }
    }

    fn is_holiday(&self, date: Date) -> bool {
        self.holidays.iter().any(|(first, last)| *first <= date && date <= *last)
    }

    /// So many days later at the same time of day; days on which nobody is expected to write do not count.
    pub(crate) fn days_later(&self, from: Moment, days: u32) -> Moment {
        let (start, time) = local(from);
        let mut date = start;
        let mut counted = 0;
        while counted < days {
            date = date.tomorrow().unwrap();
            counted += u32::from(!self.is_holiday(date));
        }
        moment(date, time)
    }

    /// The time on the wall between two moments, without days on which nobody is expected to write: milliseconds.
    pub(crate) fn counted(&self, from: Moment, to: Moment) -> i64 {
        let ((first, begins), (last, ends)) = (local(from), local(to));
        let (mut date, mut sum) = (first, 0);
        while date <= last {
            let start = if date == first { into_day(begins) } else { 0 };
            let end = if date == last { into_day(ends) } else { DAY };
            sum += if self.is_holiday(date) { 0 } else { (end - start).max(0) };
            date = date.tomorrow().unwrap();
        }
        sum
    }

    /// Since when so much of that time has gone by.
    pub(crate) fn counted_back(&self, to: Moment, time: i64) -> Moment {
        let (mut date, ends) = local(to);
        let (mut end, mut left) = (into_day(ends), time);
        loop {
            let there = if self.is_holiday(date) { 0 } else { end };
            if left <= there {
                let minutes = (end - left) / 60_000;
                return moment(
                    date,
                    Time::new(i8::try_from(minutes / 60 % 24).unwrap(), i8::try_from(minutes % 60).unwrap(), 0, 0)
                        .unwrap(),
                );
            }
            (left, end) = (left - there, DAY);
            date = date.yesterday().unwrap();
        }
    }

    /// The moment itself, or the morning after the night it falls into.
    pub(crate) fn awake(&self, at: Moment) -> Moment {
        let (date, time) = local(at);
        let (evening, morning) = self.quiet;
        match () {
            () if time >= evening => moment(date.tomorrow().unwrap(), morning),
            () if time < morning => moment(date, morning),
            () => at,
        }
    }

    /// When so many minutes at work have gone by.
    pub(crate) fn at_work_after(&self, from: Moment, minutes: i64) -> Moment {
        let mut left = minutes * 60_000;
        let (mut date, _) = local(from);
        loop {
            let weekday = date.weekday().to_monday_zero_offset();
            if self.office.0.contains(&weekday) && !self.is_holiday(date) {
                let opens = moment(date, self.office.1).as_millis().max(from.as_millis());
                let there = moment(date, self.office.2).as_millis() - opens;
                if there >= left {
                    return Moment::from_millis(opens + left);
                }
                left -= there.max(0);
            }
            date = date.tomorrow().unwrap();
        }
    }
}

const DAY: i64 = 24 * 60 * 60_000;

fn into_day(time: Time) -> i64 {
    (i64::from(time.hour()) * 60 + i64::from(time.minute())) * 60_000
}

/// Monday 08:00, this week or the next.
pub(crate) fn next_review(at: Moment) -> Moment {
    let this = moment(week_of(at), hour("08:00"));
    if this > at { this } else { moment(local(next_monday(at)).0, hour("08:00")) }
}

/// Where the organisation is.
pub(crate) fn zone() -> TimeZone {
    TimeZone::get("Europe/Stockholm").unwrap()
}

/// A moment on the clock on the wall there.
pub(crate) fn local(at: Moment) -> (Date, Time) {
    let wall = at.to_jiff().to_zoned(zone()).datetime();
    (wall.date(), wall.time())
}

/// And back.
pub(crate) fn moment(date: Date, time: Time) -> Moment {
    let zoned = date.to_datetime(time).to_zoned(zone()).unwrap();
    Moment::from_millis(zoned.timestamp().as_millisecond())
}

/// Monday 00:00 of the week after the one a moment lies in.
pub(crate) fn next_monday(at: Moment) -> Moment {
    let (date, _) = local(at);
    let days = 7 - i32::from(date.weekday().to_monday_zero_offset());
    let monday = (0..days).fold(date, |day, _| day.tomorrow().unwrap());
    moment(monday, Time::midnight())
}

/// The Monday a moment's week began on: the week's name in this story.
pub(crate) fn week_of(at: Moment) -> Date {
    let (date, _) = local(at);
    (0..date.weekday().to_monday_zero_offset()).fold(date, |day, _| day.yesterday().unwrap())
}
