//! The built-in profiles, what a programme may leave out, and every fault with its advice.

use super::*;
use brevbro_core::programme::{Keep, NotesPolicy, WhenFull};

fn parse(text: &str) -> Result<BTreeMap<String, Programme>, ConfigError> {
    let table: Table = toml::from_str(text).unwrap();
    read(table["programme"].as_table().unwrap(), &TimeZone::UTC)
}

#[test]
fn the_four_profiles_differ_only_in_data() {
    let all: BTreeMap<String, Programme> = PROFILES.iter().flat_map(|(_, text)| parse(text).unwrap()).collect();
    let caps: Vec<(&str, u32)> = all.iter().map(|(name, p)| (name.as_str(), p.week.minutes)).collect();
    assert_eq!(caps, [("bro-til-hverdagslivet", 0), ("chattsyster", 60), ("peer-no-journal", 0), ("ressursvenn", 0)]);
    let life = |name: &str| (all[name].life.initial_months, all[name].life.max_months);
    assert_eq!(life("chattsyster"), (3, 6));
    assert_eq!(life("bro-til-hverdagslivet"), (6, 0));
    assert_eq!(life("ressursvenn"), (12, 12));
    let journal = &all["peer-no-journal"].content;
    assert_eq!((journal.keep, journal.notes), (Keep::Transit, NotesPolicy::None));
    assert_eq!(all["chattsyster"].content.keep, Keep::Review);
    assert!(all.values().all(|p| p.week.seeker_mail_when_full == WhenFull::Deliver), "P4");
}

#[test]
fn a_programme_says_only_what_is_different() {
    let all = parse(
        "[programme.ours]\nlike = \"ressursvenn\"\nweek = { minutes = 45 }\n[programme.chattsyster]\n\
         missed = { volunteer_days = [3, 4, 5] }\n[programme.bare]\nname = \"Bare\"\n",
    )
    .unwrap();
    assert_eq!((all["ours"].week.minutes, all["ours"].week.monthly_floor, all["ours"].life.max_months), (45, 0, 12));
    assert_eq!(all["ours"].name, "");
    let own = &all["chattsyster"];
    assert_eq!((own.missed.volunteer_days, own.missed.seeker_days), ([3, 4, 5], [14, 21, 35]));
    assert_eq!((own.content.keep, own.name.as_str()), (Keep::Review, "Chattsyster"));
    assert_eq!(all["bare"].week.minutes, 60);
}

#[test]
fn faults_are_named_with_advice() {
    for (rules, expected) in [
        ("like = \"nobody\"", "one of chattsyster"),
        ("like = 3", "one of chattsyster"),
        ("week = { minute = 60 }", "did you mean `programme.p.week.minutes`"),
        ("week = { minutes = -1 }", "programme.p"),
        ("week = { minutes = 20000 }", "more minutes than there are"),
        ("week = { warn_percent = 0 }", "between 1 and 100"),
        ("week = { seeker_mail_when_full = \"refuse\" }", "programme.p"),
        ("missed = { volunteer_days = [5, 5, 10] }", "each later"),
        ("missed = { seeker_days = [1, 2] }", "programme.p"),
        ("life = { initial_months = 9, max_months = 6 }", "within max_months"),
        ("life = { notice_days = [7, 28] }", "the larger first"),
        ("content = { review_days = 15 }", "at most 14 days"),
        ("hours = { quiet = \"late\" }", "21:00-07:00"),
        ("hours = { office = \"always\" }", "mon-fri"),
        ("hours = { holidays = [\"xmas\"] }", "2026-12-24"),
        ("ladder = [\"nobody\"]", "run:/path"),
        ("crisis = [{ name = \"Line\", number = \"116\", verified_on = \"lately\" }]", "2026-11-01"),
    ] {
        let error = parse(&format!("[programme.p]\n{rules}\n")).expect_err(rules).to_string();
        assert!(error.contains(expected), "{rules}\nsaid: {error}\nexpected: {expected}");
    }
}
