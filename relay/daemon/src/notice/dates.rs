//! Days and hours as the reader says them, and as a header field says them.

use brevbro_core::party::Language;
use brevbro_core::time::Moment;
use jiff::civil::Date;
use jiff::tz::TimeZone;

const SWEDISH: &str = "januari februari mars april maj juni juli augusti september oktober november december";
const BOKMAL: &str = "januar februar mars april mai juni juli august september oktober november desember";
const DANISH: &str = "januar februar marts april maj juni juli august september oktober november december";
const ENGLISH: &str = "January February March April May June July August September October November December";

const SWEDISH_DAYS: &str = "måndag tisdag onsdag torsdag fredag lördag söndag";
const BOKMAL_DAYS: &str = "mandag tirsdag onsdag torsdag fredag lørdag søndag";
const DANISH_DAYS: &str = "mandag tirsdag onsdag torsdag fredag lørdag søndag";
const ENGLISH_DAYS: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday";
/// The days as the configuration writes them.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// The day of a moment in words of the reader's language, such as `21. november 2026`.
///
/// `zone` is the programme's: the reader's own would tell where the reader is.
pub fn written_on(moment: Moment, zone: &TimeZone, language: Language) -> String {
    let date = moment.to_jiff().to_zoned(zone.clone()).date();
    let (day, year) = (date.day(), date.year());
    match language {
        Language::Swedish => format!("{day} {} {year}", month(date, SWEDISH)),
        Language::Bokmal => format!("{day}. {} {year}", month(date, BOKMAL)),
        Language::Danish => format!("{day}. {} {year}", month(date, DANISH)),
        Language::English => format!("{day} {} {year}", month(date, ENGLISH)),
    }
}

/// A day near at hand in words of the reader's language, such as `søndag 22. november`, in the programme's zone.
pub fn weekday_on(moment: Moment, zone: &TimeZone, language: Language) -> String {
    let date = moment.to_jiff().to_zoned(zone.clone()).date();
    let day = date.day();
    let name = nth(days_of(language), date.weekday().to_monday_zero_offset());
    match language {
        Language::Swedish => format!("{name} {day} {}", month(date, SWEDISH)),
        Language::Bokmal => format!("{name} {day}. {}", month(date, BOKMAL)),
        Language::Danish => format!("{name} den {day}. {}", month(date, DANISH)),
        Language::English => format!("{name} {day} {}", month(date, ENGLISH)),
    }
}

/// Office hours of the configuration, such as `mon-fri 09:00-16:00`, in words of the reader's language; none when
/// there are none.
pub fn office_in_words(office: &str, language: Language) -> Option<String> {
    let words: Vec<String> = office.split_whitespace().map(|part| range_in_words(part, language)).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// A range of days or hours with an en dash, its days by their names.
fn range_in_words(range: &str, language: Language) -> String {
    let named = |end: &str| {
        let day = DAYS.iter().position(|day| day.eq_ignore_ascii_case(end)).and_then(|at| i8::try_from(at).ok());
        day.map_or(end, |at| nth(days_of(language), at)).to_owned()
    };
    range.split('-').map(named).collect::<Vec<_>>().join("–")
}

fn days_of(language: Language) -> &'static str {
    match language {
        Language::Swedish => SWEDISH_DAYS,
        Language::Bokmal => BOKMAL_DAYS,
        Language::Danish => DANISH_DAYS,
        Language::English => ENGLISH_DAYS,
    }
}

fn month(date: Date, months: &'static str) -> &'static str {
    nth(months, date.month().saturating_sub(1))
}

fn nth(names: &'static str, at: i8) -> &'static str {
    names.split(' ').nth(usize::from(at.unsigned_abs())).unwrap_or_default()
}

/// A moment for a `Date` field, always in UTC (RFC 5322 §3.3).
pub(super) fn date_field(moment: Moment) -> String {
    moment.to_jiff().strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn days_are_said_as_each_language_says_them() {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        let said = |language| written_on(at("2026-05-21T12:00:00Z"), &zone, language);
        let expected = ["21 maj 2026", "21. mai 2026", "21. maj 2026", "21 May 2026"];
        assert_eq!(Language::ALL.map(said), expected);
    }

    #[test]
    fn the_day_is_the_programmes_day() {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        assert_eq!(written_on(at("2026-12-31T23:30:00Z"), &zone, Language::Swedish), "1 januari 2027");
        assert_eq!(written_on(at("2026-12-31T23:30:00Z"), &TimeZone::UTC, Language::Bokmal), "31. desember 2026");
    }

    #[test]
    fn weekdays_and_office_hours_are_said_in_words() {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        let said = |language| weekday_on(at("2026-11-22T22:59:00Z"), &zone, language);
        let expected = ["söndag 22 november", "søndag 22. november", "søndag den 22. november", "Sunday 22 November"];
        assert_eq!(Language::ALL.map(said), expected);
        assert_eq!(weekday_on(at("2026-11-22T23:00:00Z"), &zone, Language::Swedish), "måndag 23 november");
        let office = |language| office_in_words("mon-fri  09:00-16:00", language).unwrap();
        let expected = [
            "måndag–fredag 09:00–16:00",
            "mandag–fredag 09:00–16:00",
            "mandag–fredag 09:00–16:00",
            "Monday–Friday 09:00–16:00",
        ];
        assert_eq!(Language::ALL.map(office), expected);
        assert_eq!(office_in_words(" ", Language::English), None);
    }

    #[test]
    fn date_fields_are_in_utc() {
        assert_eq!(date_field(at("2026-11-01T23:05:09+01:00")), "Sun, 01 Nov 2026 22:05:09 +0000");
    }
}
