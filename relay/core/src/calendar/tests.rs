//! Quiet hours, office hours, holidays and both changes of daylight saving.

use super::*;

fn at(text: &str) -> Moment {
    Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

fn calendar(quiet: &str, office: &str, holidays: &[&str]) -> Calendar {
    let rules = HourRules {
        quiet: quiet.into(),
        office: office.into(),
        holidays: holidays.iter().map(|day| (*day).to_owned()).collect(),
    };
    Calendar::parse(&rules, TimeZone::get("Europe/Stockholm").unwrap()).unwrap()
}

#[test]
fn nobody_is_written_to_at_night() {
    let night = calendar("21:00-07:30", "", &[]);
    for (now, then) in [
        ("2026-11-21T19:59:59Z", "2026-11-21T19:59:59Z"),
        ("2026-11-21T20:00:00Z", "2026-11-22T06:30:00Z"),
        ("2026-11-22T02:00:00Z", "2026-11-22T06:30:00Z"),
        ("2026-11-22T06:30:00Z", "2026-11-22T06:30:00Z"),
        // The night in which the clocks go forward, and the one in which they go back.
        ("2026-03-28T21:00:00Z", "2026-03-29T05:30:00Z"),
        ("2026-10-24T22:00:00Z", "2026-10-25T06:30:00Z"),
    ] {
        assert_eq!(night.after_quiet(at(now)), at(then), "{now}");
    }
    let noon = calendar("12:00-13:00", "", &[]);
    assert_eq!(noon.after_quiet(at("2026-11-21T11:15:00Z")), at("2026-11-21T12:00:00Z"));
    assert_eq!(noon.after_quiet(at("2026-11-21T12:15:00Z")), at("2026-11-21T12:15:00Z"));
}

#[test]
fn days_keep_the_time_of_day_and_pass_over_holidays() {
    let plain = calendar("", "", &[]);
    assert_eq!(plain.days_after(at("2026-10-24T10:00:00Z"), 2), at("2026-10-26T11:00:00Z"));
    assert_eq!(plain.days_after(at("2026-03-28T10:00:00Z"), 1), at("2026-03-29T09:00:00Z"));
    let christmas = calendar("", "", &["2026-12-24/2027-01-06", "2026-12-22"]);
    assert_eq!(christmas.days_after(at("2026-12-21T10:00:00Z"), 2), at("2027-01-07T10:00:00Z"));
    assert!(christmas.is_holiday_at(at("2026-12-31T10:00:00Z")));
    // A programme that is always on holiday does not loop for ever.
    let never = calendar("", "", &["2020-01-01/2099-12-31"]);
    assert!(never.days_after(at("2026-12-21T10:00:00Z"), 5) > at("2027-12-21T10:00:00Z"));
}

#[test]
fn months_end_on_their_last_day() {
    let plain = calendar("", "", &[]);
    assert_eq!(plain.months_after(at("2026-11-30T10:00:00Z"), 3), at("2027-02-28T10:00:00Z"));
    assert_eq!(plain.months_after(at("2026-09-15T10:00:00Z"), 3), at("2026-12-15T11:00:00Z"));
}

#[test]
fn office_time_goes_by_at_work_only() {
    let office = calendar("", "mon-fri 09:00-16:00", &["2026-11-23"]);
    let after = |now, hours| office.office_time_after(at(now), Span::hours(hours));
    assert_eq!(after("2026-11-20T08:00:00Z", 4), at("2026-11-20T12:00:00Z"));
    // Friday 15:00: one hour on Friday, Monday is a holiday, three on Tuesday.
    assert_eq!(after("2026-11-20T14:00:00Z", 4), at("2026-11-24T11:00:00Z"));
    assert_eq!(after("2026-11-21T14:00:00Z", 4), at("2026-11-24T12:00:00Z"));
    let always = calendar("", "", &[]);
    assert_eq!(always.office_time_after(at("2026-11-21T14:00:00Z"), Span::hours(4)), at("2026-11-21T18:00:00Z"));
    let nobody = calendar("", "mon-fri 09:00-16:00", &["2020-01-01/2099-12-31"]);
    assert_eq!(nobody.office_time_after(at("2026-11-21T14:00:00Z"), Span::hours(4)), at("2026-11-21T18:00:00Z"));
}

#[test]
fn hours_that_cannot_be_meant_are_refused() {
    let zone = || TimeZone::UTC;
    let refused = |rules: HourRules| Calendar::parse(&rules, zone()).unwrap_err().key;
    let plain = HourRules::default;
    for quiet in ["21", "21:00", "25:00-07:00", "07:00-07:00", "x-y"] {
        assert_eq!(refused(HourRules { quiet: quiet.into(), ..plain() }), "quiet", "{quiet}");
    }
    for office in ["mon-fri", "fri-mon 09:00-16:00", "abc 09:00-16:00", "mon 16:00-09:00"] {
        assert_eq!(refused(HourRules { office: office.into(), ..plain() }), "office", "{office}");
    }
    for day in ["2026-13-01", "24.12.2026", "2026-12-24/2026-12-01"] {
        assert_eq!(refused(HourRules { holidays: vec![day.into()], ..plain() }), "holidays", "{day}");
    }
    assert!(Calendar::parse(&HourRules { office: "mon,wed-thu 08:00-24:00".into(), ..plain() }, zone()).is_ok());
}
