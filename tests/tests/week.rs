//! The weekly hour as the two people and the coordinator meet it, from letter to letter.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::house::{SEEKER, VOLUNTEER};
use brevbro_tests::letter::address;
use brevbro_tests::settings::{CONTACT, Settings};
use brevbro_tests::{Draft, Engine, House, Pairing, both_engines, wait};
use std::time::Duration;

both_engines!(
    a_full_week_holds_the_volunteer_and_never_the_seeker,
    an_urgent_letter_leaves_at_once_and_somebody_hears_of_it,
    a_coordinator_releases_and_sets_another_limit,
);

const A_WHILE: Duration = Duration::from_millis(1500);

fn ten_minutes(settings: &mut Settings) {
    settings.week = 10;
}

/// A letter of about so many minutes: a volunteer writes 120 characters in one.
fn of_minutes(draft: Draft, minutes: usize) -> Draft {
    draft.octets(minutes * 120)
}

fn answer(token: &str, words: &str) -> Draft {
    Draft::new(VOLUNTEER, token).body("text/plain; charset=utf-8", format!("{words}\r\n"))
}

fn held(house: &House) -> Vec<serde_json::Value> {
    house.queue().into_iter().filter(|letter| letter["state"] == "held").collect()
}

fn fill_the_week(house: &House, pairing: &Pairing) {
    let first = of_minutes(pairing.from_volunteer(), 7);
    house.accept(&first);
    house.sink.await_token(&first.token);
    // 80 per cent: said once, to the volunteer alone.
    let near = house.sink.await_letters(VOLUNTEER, 1).remove(0);
    assert!(near.text().contains("10 minutes"), "{}", near.text());
}

fn a_full_week_holds_the_volunteer_and_never_the_seeker(engine: Engine) {
    let house = House::open_with(engine, ten_minutes);
    let pairing = house.pair();
    fill_the_week(&house, &pairing);
    let waits = of_minutes(pairing.from_volunteer(), 6);
    house.accept(&waits);
    let told = house.sink.await_letters(VOLUNTEER, 2).remove(1);
    assert!(told.text().contains("Monday"), "{}", told.text());
    assert!(!told.source().contains(SEEKER) && !told.text().contains(&waits.token), "{}", told.source());
    let letters = held(&house);
    assert_eq!((letters.len(), letters[0]["reason"].as_str()), (1, Some("week_full")), "{letters:?}");
    // Monday 00:00 in Stockholm.
    let due = letters[0]["due_at"].as_str().unwrap();
    assert!(due.contains("T23:00:00") || due.contains("T22:00:00"), "{due}");

    let hers = of_minutes(pairing.from_seeker(), 30);
    house.accept(&hers);
    house.sink.await_token(&hers.token);
    let still = || house.sink.with_token(&waits.token).is_empty() && held(&house).len() == 1;
    wait::stays_true("the letter waits", A_WHILE, still);
}

fn an_urgent_letter_leaves_at_once_and_somebody_hears_of_it(engine: Engine) {
    let house = House::open_with(engine, ten_minutes);
    let pairing = house.pair();
    fill_the_week(&house, &pairing);
    let waits = of_minutes(pairing.from_volunteer(), 6);
    house.accept(&waits);
    let told = house.sink.await_letters(VOLUNTEER, 2).remove(1);
    let token = address(&told.must("Reply-To"));
    assert!(token.starts_with("u-"), "{token}");
    // Somebody else's word, and a word to a token nobody made, change nothing.
    house.post(&Draft::new(SEEKER, &token).text("urgent\n"));
    wait::stays_true("it waits for its own author", A_WHILE, || house.sink.with_token(&waits.token).is_empty());

    house.accept(&answer(&token, "Thank you, it can wait."));
    let read = house.sink.await_letters(CONTACT, 1).remove(0);
    assert!(read.text().contains("it can wait"), "a human reads what is no command: {}", read.text());
    assert!(house.sink.with_token(&waits.token).is_empty());

    house.accept(&answer(&token, "Urgent!"));
    house.sink.await_token(&waits.token);
    wait::until_true("an item", wait::SOON, || house.item_kinds().contains(&"urgent".to_owned()));
    let item = house.sink.await_letters(CONTACT, 2).remove(1);
    assert!(!item.text().contains(&waits.token) && !item.source().contains(SEEKER), "{}", item.source());
    house.accept(&answer(&token, "urgent"));
    wait::stays_true("once", A_WHILE, || house.sink.with_token(&waits.token).len() == 1);
}

fn a_coordinator_releases_and_sets_another_limit(engine: Engine) {
    let house = House::open_with(engine, ten_minutes);
    let pairing = house.pair();
    fill_the_week(&house, &pairing);
    let waits = of_minutes(pairing.from_volunteer(), 6);
    house.accept(&waits);
    wait::until_true("it waits", wait::SOON, || held(&house).len() == 1);
    let id = held(&house)[0]["id"].as_str().unwrap().to_owned();
    house.run(&["queue", "release", &id, "--reason", "They need it today."]).ok();
    house.sink.await_token(&waits.token);

    let number = house.json(&["pairing", "list"])["pairings"][0]["pairing"].as_str().unwrap().to_owned();
    assert_eq!(house.run(&["pairing", "cap", &number, "--minutes", "many", "--reason", "x"]).code, 64);
    house.run(&["pairing", "cap", &number, "--minutes", "90", "--reason", "They agreed on it."]).ok();
    let more = of_minutes(pairing.from_volunteer(), 20);
    house.accept(&more);
    house.sink.await_token(&more.token);
}
