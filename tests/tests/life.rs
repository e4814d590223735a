//! A pairing as its two people meet it in their mailboxes: first letters, wishes, another end, the end, and after it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro::clock::{Clock as _, WallClock};
use brevbro_tests::house::{SEEKER, VOLUNTEER};
use brevbro_tests::settings::{CONTACT, DOMAIN};
use brevbro_tests::{Draft, Engine, House, both_engines, wait};
use serde_json::Value;
use std::time::Duration;

both_engines!(
    both_are_welcomed_and_neither_learns_who_the_other_is,
    an_import_welcomes_too_unless_they_know_each_other,
    nothing_reaches_her_outside_her_hours_and_nothing_gives_her_away,
    an_end_can_be_moved_and_never_past_the_last_day,
    the_end_is_told_and_so_is_whoever_writes_after_it,
);

const A_WHILE: Duration = Duration::from_millis(1500);

/// Opens a pairing of Frida's with Vinter as a coordinator would.
fn open(house: &House, more: &[&str]) -> Value {
    house.enrol_volunteer("Frida", VOLUNTEER, "frida");
    let words = ["pairing", "open", "--programme", "letters", "--volunteer", "frida", "--seeker-address", SEEKER];
    house.json(&[words.as_slice(), &["--known-as", "Vinter", "--language", "en"], more].concat())
}

fn text<'v>(answer: &'v Value, key: &str) -> &'v str {
    answer[key].as_str().unwrap_or_else(|| panic!("no {key}: {answer}"))
}

fn both_are_welcomed_and_neither_learns_who_the_other_is(engine: Engine) {
    let house = House::open_with(engine, |settings| settings.week = 60);
    let opened = open(&house, &[]);
    let hers = house.sink.await_letters(SEEKER, 1).remove(0);
    let his = house.sink.await_letters(VOLUNTEER, 1).remove(0);
    for (letter, alias, other) in
        [(&hers, text(&opened, "volunteer_alias"), VOLUNTEER), (&his, text(&opened, "seeker_alias"), SEEKER)]
    {
        assert!(letter.text().contains(&format!("- {alias}")), "{}", letter.text());
        assert!(letter.text().contains("an hour a week") && letter.text().contains("112"), "{}", letter.text());
        assert!(!letter.source().contains(other) && !letter.source().contains("Realname"), "{}", letter.source());
        assert_eq!(letter.field("Auto-Submitted").as_deref(), Some("auto-generated"));
    }
    let draft = Draft::new(SEEKER, text(&opened, "volunteer_alias"));
    house.accept(&draft);
    house.sink.await_token(&draft.token);
}

fn an_import_welcomes_too_unless_they_know_each_other(engine: Engine) {
    let house = House::open(engine);
    let head = "programme,volunteer_known_as,volunteer_name,volunteer_address,volunteer_alias,seeker_known_as,seeker_name,\
        seeker_address,seeker_alias,language\n";
    let file = house.folder().join("pairings.csv");
    let path = file.display().to_string();
    let row = |n: usize| format!("letters,Frida,Frida Realname,{VOLUNTEER},frida,Vinter{n},,s{n}@example.net,,en\n");
    std::fs::write(&file, format!("{head}{}", row(1))).unwrap();
    house.run(&["pairing", "import", "--no-welcome", &path]).ok();
    std::fs::write(&file, format!("{head}{}{}", row(2), row(3))).unwrap();
    house.run(&["pairing", "import", &path]).ok();
    house.sink.await_letters("s2@example.net", 1);
    house.sink.await_letters("s3@example.net", 1);
    house.sink.await_letters(VOLUNTEER, 2);
    wait::stays_true("four letters", A_WHILE, || house.sink.count() == 4);
    let row = house.json(&["pairing", "list"])["pairings"][0].clone();
    assert!(text(&row, "planned_end") < text(&row, "hard_end"), "{row}");
}

/// Hours of one hour's length that begin some hours from now in Stockholm, in summer and in winter.
fn hours_that_are_not_now() -> String {
    let now = WallClock.now().as_seconds() / 3600;
    format!("{:02}:00-{:02}:00", (now + 8) % 24, (now + 9) % 24)
}

fn nothing_reaches_her_outside_her_hours_and_nothing_gives_her_away(engine: Engine) {
    let house = House::open(engine);
    let hours = hours_that_are_not_now();
    let opened = open(&house, &["--discreet", "--safe-hours", &hours]);
    let id = text(&opened, "pairing");
    assert_eq!(house.run(&["pairing", "wishes", id, "--safe-hours", "in the morning"]).code, 64);
    assert_eq!(text(&house.json(&["pairing", "wishes", id]), "safe_hours"), hours);
    let draft = Draft::new(VOLUNTEER, text(&opened, "seeker_alias"));
    house.accept(&draft);
    house.sink.await_letters(VOLUNTEER, 1);
    let waiting = || house.queue().into_iter().filter(|row| row["state"] == "queued").collect::<Vec<_>>();
    // To the hour: both are told alike, by the day and the hour.
    let hour = |row: &Value, key: &str| text(row, key).chars().take(13).collect::<String>();
    let late = |row: &Value| hour(row, "due_at") > hour(row, "created_at");
    wait::until_true("both wait for her hours", wait::SOON, || waiting().len() == 2 && waiting().iter().all(late));
    wait::stays_true("nothing is brought", A_WHILE, || house.sink.count() == 1);
    house.run(&["pairing", "wishes", id, "--safe-hours", "none"]).ok();
    for row in waiting() {
        house.run(&["queue", "retry", text(&row, "id")]).ok();
    }
    house.sink.await_token(&draft.token);
    let letters = house.sink.await_letters(SEEKER, 2);
    let notice = letters.iter().find(|letter| letter.source().contains("auto-generated")).expect("her welcome");
    assert_eq!((notice.from_name(), notice.field("Subject")), ("Frida".into(), Some("Hello".into())));
}

fn an_end_can_be_moved_and_never_past_the_last_day(engine: Engine) {
    let house = House::open(engine);
    let opened = open(&house, &["--no-welcome"]);
    let id = text(&opened, "pairing");
    let shown = || house.json(&["pairing", "show", id]);
    let (planned, hard) = (text(&shown(), "planned_end").to_owned(), text(&shown(), "hard_end").to_owned());
    assert!(planned < hard, "{planned} {hard}");
    let late = house.run(&["pairing", "extend", id, "--until", "2999-12-31"]);
    assert!(late.code == 65 && late.err.contains("last day"), "{} {}", late.code, late.err);
    house.run(&["pairing", "extend", id]).ok();
    assert_eq!(text(&shown(), "planned_end"), hard);
    assert_eq!(house.run(&["pairing", "extend", id]).code, 65, "nothing is left to extend");
}

fn the_end_is_told_and_so_is_whoever_writes_after_it(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    house.run(&["pairing", "close", &pairing.id]).ok();
    for mailbox in [SEEKER, VOLUNTEER] {
        let told = house.sink.await_letters(mailbox, 1).remove(0);
        assert!(told.text().contains("have come to an end"), "{}", told.text());
    }
    let late = pairing.from_seeker();
    assert_eq!(house.post(&late).text, "550 5.1.1 No such address here\r\n", "in the one voice");
    let told = house.sink.await_letters(SEEKER, 2).remove(1);
    assert!(told.text().contains("was not passed on"), "{}", told.text());
    house.post(&Draft::new("stranger@elsewhere.example", &pairing.volunteer_alias));
    house.post(&Draft::new(SEEKER, &format!("nobody@{DOMAIN}")));
    let alone = || house.sink.count() == 3 && house.sink.with_token(&late.token).is_empty();
    wait::stays_true("nobody else hears of it", A_WHILE, alone);
    assert!(house.sink.letters().iter().all(|letter| letter.to != CONTACT));
    assert_eq!(house.run(&["pairing", "close", &pairing.id]).code, 65);
}
