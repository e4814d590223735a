//! Each profile's steps with their days, over both changes of the clock, and what a standstill leaves of them.

use super::*;
use crate::programme::HourRules;
use jiff::tz::TimeZone;

fn at(text: &str) -> Moment {
    Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

fn calendar(quiet: &str) -> Calendar {
    let rules = HourRules { quiet: quiet.to_owned(), ..HourRules::default() };
    Calendar::parse(&rules, TimeZone::get("Europe/Stockholm").unwrap()).unwrap()
}

/// The first steps from the beginning on, as local days with hours.
fn first(ends: Ends, rules: &LifeRules, began: Moment, count: usize) -> Vec<String> {
    let (calendar, mut cursor, mut all) = (calendar("21:00-07:00"), began, Vec::new());
    for _ in 0..count {
        let Some((next, step)) = ends.next(rules, &calendar, cursor) else { break };
        let local = next.to_jiff().to_zoned(calendar.zone().clone());
        let word = match step {
            LifeStep::EndNear(End { is_hard: true, .. }) => "hard end near",
            LifeStep::EndNear(_) => "end near",
            LifeStep::CheckIn => "check in",
            LifeStep::Undecided => "undecided",
            LifeStep::Over => "over",
        };
        all.push(format!("{} {word}", local.strftime("%F %H")));
        cursor = next;
    }
    all
}

#[test]
fn three_months_a_question_every_week_and_six_at_the_most() {
    let (rules, began) = (LifeRules::default(), at("2026-01-14T12:00:00Z"));
    let ends = Ends::of(&rules, &calendar(""), began);
    assert_eq!((ends.planned, ends.hard), (Some(at("2026-04-14T22:00:00Z")), Some(at("2026-07-14T22:00:00Z"))));
    let steps = first(ends, &rules, began, 40);
    assert_eq!(
        steps[..6],
        [
            "2026-03-17 10 end near",
            "2026-03-31 10 check in",
            "2026-04-07 10 end near",
            "2026-04-15 10 undecided",
            "2026-04-22 10 undecided",
            "2026-04-29 10 undecided",
        ]
    );
    assert_eq!(steps.iter().filter(|step| step.contains("undecided")).count(), 13);
    assert!(steps.contains(&"2026-06-16 10 hard end near".to_owned()));
    assert!(steps.contains(&"2026-07-07 10 hard end near".to_owned()));
    assert_eq!(steps.last().unwrap(), "2026-07-15 07 over");
}

#[test]
fn an_extension_moves_the_question_and_never_the_hard_end() {
    let (rules, began) = (LifeRules::default(), at("2026-01-14T12:00:00Z"));
    let calendar = calendar("");
    let ends = Ends::of(&rules, &calendar, began);
    let planned = ends.extended(&rules, &calendar, began);
    assert_eq!(planned, ends.hard);
    let ends = Ends { planned, ..ends };
    assert_eq!(ends.extended(&rules, &calendar, began), None, "nothing is left");
    let expected =
        ["2026-06-16 10 hard end near", "2026-06-30 10 check in", "2026-07-07 10 hard end near", "2026-07-15 07 over"];
    assert_eq!(first(ends, &rules, at("2026-04-14T10:00:00Z"), 9), expected);
}

#[test]
fn half_years_go_on_without_a_hard_end_and_some_pairings_have_none_at_all() {
    let rules = LifeRules { initial_months: 6, extension_months: 6, max_months: 0, ..LifeRules::default() };
    let (calendar, began) = (calendar(""), at("2026-08-31T08:00:00Z"));
    let ends = Ends::of(&rules, &calendar, began);
    assert_eq!((ends.planned, ends.hard), (Some(at("2027-02-28T23:00:00Z")), None));
    assert_eq!(ends.extended(&rules, &calendar, began), Some(at("2027-08-28T22:00:00Z")));
    assert_eq!(first(ends, &rules, began, 60).len(), 60, "the question never goes away by itself");
    let none = LifeRules { initial_months: 0, extension_months: 0, max_months: 0, ..LifeRules::default() };
    let ends = Ends::of(&none, &calendar, began);
    assert_eq!((ends, ends.next(&none, &calendar, began)), (Ends::default(), None));
    assert_eq!(ends.extended(&none, &calendar, began), None);
}

#[test]
fn a_year_that_cannot_be_extended_is_talked_about_and_then_over() {
    let rules =
        LifeRules { initial_months: 12, extension_months: 0, max_months: 12, notice_days: [42, 14], grace_days: 30 };
    let (calendar, began) = (calendar(""), at("2026-01-15T12:00:00Z"));
    let ends = Ends::of(&rules, &calendar, began);
    // Two steps on one morning are both due.
    let morning = at("2027-01-01T09:00:00Z");
    let due = ends.due(&rules, &calendar, (began, morning));
    let hard = End { at: ends.hard.unwrap(), is_hard: true };
    assert_eq!(due, LifeDue { near: Some(hard), item: Some(LifeStep::CheckIn), is_over: false });
    assert_eq!(ends.next(&rules, &calendar, morning).unwrap().1, LifeStep::Over);
}

#[test]
fn a_standstill_makes_no_flood() {
    let (rules, began) = (LifeRules::default(), at("2026-01-14T12:00:00Z"));
    let calendar = calendar("");
    let ends = Ends::of(&rules, &calendar, began);
    let due = |until: &str| ends.due(&rules, &calendar, (began, at(until)));
    assert_eq!(due("2026-02-14T12:00:00Z"), LifeDue::default());
    let april = due("2026-04-10T12:00:00Z");
    assert_eq!((april.near.map(|end| end.is_hard), april.item), (Some(false), Some(LifeStep::CheckIn)));
    let june = due("2026-06-01T12:00:00Z");
    assert_eq!((june.near, june.item), (None, Some(LifeStep::Undecided)), "nobody hears of an end that is past");
    assert_eq!(due("2027-01-01T12:00:00Z"), LifeDue { is_over: true, ..LifeDue::default() });
    // A clock that goes back finds nothing due.
    assert_eq!(ends.due(&rules, &calendar, (at("2026-04-10T12:00:00Z"), began)), LifeDue::default());
}
