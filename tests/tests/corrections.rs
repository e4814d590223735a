//! Contact time put right by an ordinary answer: the overview arrives, the answer counts, the confirmation comes back.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_core::id::PersonId;
use brevbro_core::time::{Moment, Week};
use brevbro_store::{OpenOptions, Store};
use brevbro_tests::house::{SEEKER, VOLUNTEER};
use brevbro_tests::letter::address;
use brevbro_tests::settings::{CONTACT, DOMAIN};
use brevbro_tests::{Draft, Engine, House, Letter, both_engines, wait};
use serde_json::Value;
use std::time::Duration;

both_engines!(an_overview_is_answered_and_the_ledger_shows_both, time_by_hand_counts_to_the_week_or_to_the_month);

const A_WHILE: Duration = Duration::from_millis(1500);

/// Lays an overview out that is due at once: this test does not wait for Sunday.
fn make_due(house: &House, volunteer: PersonId, week: Week, at: Moment) {
    let url = match house.settings.store.strip_prefix("sqlite:") {
        Some(file) => format!("sqlite:{}", house.folder().join(file).display()),
        None => house.settings.store.clone(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store = Store::open(&url, OpenOptions { connections: 1, ..OpenOptions::default() }).await.unwrap();
        store.overviews_set(week, vec![(volunteer, Some(at))]).await.unwrap();
        store.close().await.unwrap();
    });
}

fn moment(text: &Value) -> Moment {
    Moment::from_millis(text.as_str().unwrap().parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

/// The overview of this week, once it has arrived.
fn overview(house: &House, pairing: &str) -> (Letter, String) {
    let ledger = house.json(&["ledger", "show", pairing]);
    let week = ledger["week"].as_str().unwrap().to_owned();
    let shown = house.json(&["volunteer", "show", "frida"]);
    let volunteer = shown["person"].as_str().unwrap().parse().unwrap();
    make_due(house, volunteer, week.parse().unwrap(), moment(&ledger["entries"][0]["made_at"]));
    (house.sink.await_letters(VOLUNTEER, 1).remove(0), week)
}

fn answer(from: &str, token: &str, words: &str) -> Draft {
    Draft::new(from, token).subject("Re: This week's letters").body("text/plain; charset=utf-8", words.to_owned())
}

fn an_overview_is_answered_and_the_ledger_shows_both(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let draft = pairing.from_volunteer().octets(1_200);
    house.accept(&draft);
    house.sink.await_token(&draft.token);
    let (letter, week) = overview(&house, &pairing.id);
    let text = letter.text();
    assert!(text.contains("- 1: ") && text.contains("Vinter, you wrote, about 10 min"), "{text}");
    assert!(!letter.source().contains(SEEKER) && !text.contains(&draft.token), "{}", letter.source());
    let token = address(&letter.must("Reply-To"));
    assert!(token.starts_with("k-"), "{token}");

    // Nobody else's word counts, and no machine's.
    assert_eq!(house.post(&answer(SEEKER, &token, "1 45\r\n")).code, 550);
    house.accept(&answer(VOLUNTEER, &token, "1 45\r\n").field("Auto-Submitted", "auto-replied"));

    let quoted = text.lines().map(|line| format!("> {line}\r\n")).collect::<Vec<_>>().concat();
    let words = format!("Hello,\r\n\r\n1 45\r\n\r\nBest regards\r\nFrida\r\n\r\nOn Sunday you wrote:\r\n{quoted}");
    let said = answer(VOLUNTEER, &token, &words).answering(&letter.id());
    house.accept(&said);
    let confirmed = house.sink.await_letters(VOLUNTEER, 2).remove(1);
    assert!(confirmed.text().contains("line 1: 45 min instead of 10 min"), "{}", confirmed.text());
    assert_eq!(address(&confirmed.must("Reply-To")), token, "the confirmation can be answered as well");
    let ledger = house.json(&["ledger", "show", &pairing.id, "--week", &week]);
    let declared = ledger["entries"].as_array().unwrap().iter().find(|e| e["kind"] == "declared").unwrap().clone();
    assert_eq!(
        (&ledger["minutes"], &declared["declared"], &declared["made_by"]),
        (&45.into(), &45.into(), &"party".into())
    );
    assert!(declared["estimate"].as_f64().unwrap() > 9.0, "{declared}");

    // The same letter again, and one that nobody can read.
    house.accept(&said);
    house.accept(&answer(VOLUNTEER, &token, "Maybe a little longer than that.\r\n"));
    let unclear = house.sink.await_letters(VOLUNTEER, 3).remove(2);
    assert!(unclear.text().contains("not sure how to read it"), "{}", unclear.text());
    let read = house.sink.await_letters(CONTACT, 1).remove(0);
    assert!(read.text().contains("a little longer") && !read.source().contains(VOLUNTEER), "{}", read.source());
    assert_eq!(house.item_kinds(), ["unclear"]);
    wait::stays_true("three letters", A_WHILE, || house.sink.mailbox(VOLUNTEER).len() == 3);
    assert_eq!(house.json(&["ledger", "show", &pairing.id, "--week", &week])["minutes"], 45);

    // Said to the desk, it is about the newest overview.
    house.accept(&answer(VOLUNTEER, &format!("desk@{DOMAIN}"), "total 40\r\n"));
    let confirmed = house.sink.await_letters(VOLUNTEER, 4).remove(3);
    assert_eq!(address(&confirmed.must("Reply-To")).get(..2), Some("k-"));
    assert_eq!(house.json(&["ledger", "show", &pairing.id, "--week", &week])["minutes"], 40);
}

fn time_by_hand_counts_to_the_week_or_to_the_month(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let declare = |more: &[&str]| house.json(&[&["ledger", "declare", &pairing.id, "--note", "x"], more].concat());
    let week = declare(&["--minutes", "20", "--type", "phone", "--date", "2026-11-18"]);
    assert_eq!(
        (&week["week"], &week["minutes"], &week["entries"][0]["kind"]),
        (&"2026-W47".into(), &20.into(), &"phone".into())
    );
    let week = declare(&["--minutes", "90", "--type", "supervision", "--week", "2026-W47"]);
    assert_eq!((&week["minutes"], &week["entries"][1]["declared"]), (&20.into(), &90.into()), "no contact");
    let month = house.json(&["ledger", "show", &pairing.id, "--month", "2026-11"]);
    assert_eq!((&month["minutes"], &month["floor"]), (&110.into(), &240.into()));
    for wrong in [["--type", "reserved"], ["--type", "letter"], ["--date", "yesterday"]] {
        let arguments = ["ledger", "declare", &pairing.id, "--note", "x", "--minutes", "5", wrong[0], wrong[1]];
        assert_eq!(house.run(&arguments).code, 64, "{wrong:?}");
    }

    let shown = house.json(&["volunteer", "show", "frida"]);
    assert_eq!(
        (&shown["pace"]["factor"], &shown["month"][0]["programme"]),
        (&1.0.into(), &"letters".into()),
        "{shown}"
    );
    let off = house.json(&["volunteer", "factor", "frida", "off"]);
    assert_eq!((&off["off"], &off["corrections"]), (&true.into(), &0.into()));
    assert_eq!(house.json(&["volunteer", "factor", "frida", "on"])["off"], false);
    for what in ["show", "reset"] {
        let said = house.run(&["volunteer", "factor", "frida", what]).ok();
        assert!(said.contains("factor: 1"), "{said}");
    }
    let said = house.run(&["volunteer", "show", "frida"]).ok();
    assert!(said.contains("of at least 240"), "{said}");
}
