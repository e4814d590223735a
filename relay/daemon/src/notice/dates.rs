//! Dates as the reader says them, and as a header field says them.

use brevbro_core::party::Language;
use brevbro_core::time::Moment;
use jiff::civil::Date;
use jiff::tz::TimeZone;

const SWEDISH: &str = "januari februari mars april maj juni juli augusti september oktober november december";
const BOKMAL: &str = "januar februar mars april mai juni juli august september oktober november desember";
const DANISH: &str = "januar februar marts april maj juni juli august september oktober november december";
const ENGLISH: &str = "January February March April May June July August September October November December";

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

fn month(date: Date, months: &'static str) -> &'static str {
    months.split(' ').nth(usize::from(date.month().unsigned_abs()).saturating_sub(1)).unwrap_or_default()
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
    fn date_fields_are_in_utc() {
        assert_eq!(date_field(at("2026-11-01T23:05:09+01:00")), "Sun, 01 Nov 2026 22:05:09 +0000");
    }
}
