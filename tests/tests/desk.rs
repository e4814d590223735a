//! Commands by mail as both people meet them: one word acts, is confirmed, and whatever is more reaches a human.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::house::{SEEKER, VOLUNTEER};
use brevbro_tests::letter::address;
use brevbro_tests::settings::{CONTACT, DOMAIN};
use brevbro_tests::{Answer, Draft, Engine, House, Letter, Pairing, both_engines, engine, wait};
use std::time::Duration;

both_engines!(
    stop_acts_at_once_in_both_directions,
    a_volunteer_stops_for_everybody,
    a_pause_ends_on_its_day,
    a_worried_volunteer_reaches_a_human,
    relief_needs_no_reason,
    sentences_reach_a_human_and_change_nothing,
    nobody_is_erased_by_an_automatic_answer,
    erase_is_asked_once_and_leaves_nothing,
    a_person_is_shown_and_forgotten_at_the_command_line,
);

const A_WHILE: Duration = Duration::from_millis(1500);

fn desk() -> String {
    format!("desk@{DOMAIN}")
}

/// A letter whose whole text is these words.
fn says(from: &str, words: &str) -> Draft {
    says_to(from, &desk(), words)
}

fn says_to(from: &str, to: &str, words: &str) -> Draft {
    Draft::new(from, to).body("text/plain; charset=utf-8", words.replace('\n', "\r\n"))
}

fn state(house: &House, pairing: &Pairing) -> String {
    house.json(&["pairing", "show", &pairing.id])["state"].as_str().unwrap().to_owned()
}

fn items(house: &House) -> Vec<String> {
    let mut kinds = house.item_kinds();
    kinds.sort_unstable();
    kinds
}

/// The newest letter in a mailbox that then holds so many.
fn newest(house: &House, mailbox: &str, count: usize) -> Letter {
    house.sink.await_letters(mailbox, count).remove(count - 1)
}

fn stop_acts_at_once_in_both_directions(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    // A letter to her that the next hop does not take just now.
    house.sink.set_answer_for(SEEKER, Answer::Defer);
    let on_its_way = pairing.from_volunteer();
    house.accept(&on_its_way);
    wait::until_true("it was tried", wait::SOON, || house.sink.turned_away() > 0);
    house.accept(&says(SEEKER, "Stopp, jag orkar inte mer.\n"));
    house.sink.set_answer_for(SEEKER, Answer::Accept);
    let confirmed = newest(&house, SEEKER, 1);
    assert!(confirmed.on_one_line().contains("have stopped"), "{}", confirmed.text());
    let told = newest(&house, VOLUNTEER, 1);
    assert!(told.on_one_line().contains("between you and Vinter have come to an end"), "{}", told.text());
    assert!(!told.source().contains(SEEKER) && !told.text().contains("orkar"), "{}", told.source());
    assert_eq!((state(&house, &pairing), items(&house)), ("closing".into(), vec!["asked".into()]));
    // Her words go to a human, under her pseudonym.
    let brought = house.sink.await_letters(CONTACT, 2);
    assert!(brought.iter().any(|letter| letter.text().contains("jag orkar inte mer")), "{brought:?}");
    assert!(brought.iter().all(|letter| !letter.source().contains(SEEKER)), "{brought:?}");
    for late in [pairing.from_volunteer(), pairing.from_seeker()] {
        assert_eq!(house.post(&late).code, 550);
    }
    // Whoever writes after the end gets a gentle word from us, and from nobody else.
    for late in [SEEKER, VOLUNTEER] {
        assert!(newest(&house, late, 2).on_one_line().contains("come to an end"));
    }
    let nothing_more = || house.sink.with_token(&on_its_way.token).is_empty() && house.sink.mailbox(SEEKER).len() == 2;
    wait::stays_true("no letter reaches her", A_WHILE, nothing_more);
    // Said again it is heard again, and nobody else hears of it.
    house.accept(&says(SEEKER, "STOP"));
    newest(&house, SEEKER, 3);
    wait::stays_true("once", A_WHILE, || house.sink.mailbox(VOLUNTEER).len() == 2 && items(&house).len() == 1);
}

fn a_volunteer_stops_for_everybody(engine: Engine) {
    let house = House::open(engine);
    let alias = house.enrol_volunteer("Frida", VOLUNTEER, "frida");
    let pairings = [("Vinter", SEEKER), ("Sommar", "sara@example.net")]
        .map(|(known_as, seeker)| house.open_pairing(&alias, VOLUNTEER, known_as, seeker));
    house.accept(&says(VOLUNTEER, "Hello,\n\nplease stop!\n\nKind regards\nFrida\n"));
    assert!(newest(&house, VOLUNTEER, 1).on_one_line().contains("everybody you write with"));
    for pairing in &pairings {
        let told = newest(&house, &pairing.seeker, 1);
        assert!(told.on_one_line().contains("between you and Frida have come to an end"), "{}", told.text());
        assert_eq!(state(&house, pairing), "closing");
    }
    assert_eq!(items(&house), ["asked"]);
    // The item names none of the two; the letter says who asks.
    let brought = house.sink.await_letters(CONTACT, 2);
    assert!(brought.iter().any(|letter| letter.text().contains("Frida (volunteer")), "{brought:?}");
}

/// Changes the store past the binary, as the days would.
fn in_store(house: &House, statement: &str) {
    if house.settings.store.starts_with("postgres") {
        engine::sql(&house.settings.store, statement);
    } else {
        let file = house.folder().join("brevbro.db");
        let script =
            "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], timeout=20); c.execute(sys.argv[2]); c.commit()";
        let mut python = std::process::Command::new("python3");
        let status = python.args(["-c", script]).arg(&file).arg(statement).status().expect("python3 runs");
        assert!(status.success(), "{statement}");
    }
}

fn a_pause_ends_on_its_day(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    house.accept(&says(SEEKER, "Paus i två veckor, tack!"));
    let begun = newest(&house, SEEKER, 1);
    assert!(begun.on_one_line().contains("Your pause has begun. It lasts until "), "{}", begun.text());
    let told = newest(&house, VOLUNTEER, 1);
    assert!(told.on_one_line().contains("Vinter is taking a pause until "), "{}", told.text());
    assert_eq!(state(&house, &pairing), "paused");
    // Letters go on all the same.
    let letter = pairing.from_volunteer();
    house.accept(&letter);
    house.sink.await_token(&letter.token);
    in_store(&house, "update pause set due_at = 1");
    wait::until_true("it is over", wait::SOON, || state(&house, &pairing) == "active");
    assert!(newest(&house, SEEKER, 3).on_one_line().contains("pause is over"));
    assert_eq!(house.sink.await_letters(VOLUNTEER, 2).len(), 2);
    // Without an end it lasts until its word; there is nothing to resume afterwards, so a human reads the letter.
    house.accept(&says(VOLUNTEER, "pause"));
    newest(&house, VOLUNTEER, 3);
    assert_eq!((state(&house, &pairing), items(&house)), ("paused".into(), vec!["asked".into()]));
    house.accept(&says(VOLUNTEER, "Resume."));
    newest(&house, VOLUNTEER, 4);
    assert_eq!(state(&house, &pairing), "active");
    house.accept(&says(VOLUNTEER, "Resume."));
    wait::until_true("a human reads it", wait::SOON, || items(&house) == ["asked", "desk"]);
}

fn a_worried_volunteer_reaches_a_human(engine: Engine) {
    let house = House::open(engine);
    house.pair();
    house.accept(&says(VOLUNTEER, "Jag är orolig för Vinter.\n\nHon skrev något i går natt."));
    let heard = newest(&house, VOLUNTEER, 1);
    assert!(heard.text().contains("112") && heard.must("Auto-Submitted") == "auto-replied", "{}", heard.source());
    let list = house.json(&["item", "list"]);
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list}");
    assert_eq!(
        (list["items"][0]["kind"].as_str(), list["items"][0]["severity"].as_str()),
        (Some("worried"), Some("now"))
    );
    let brought = house.sink.await_letters(CONTACT, 2);
    assert!(brought.iter().any(|letter| letter.text().contains("i går natt")), "the letter goes along");
    assert!(brought.iter().all(|letter| !letter.source().contains(VOLUNTEER)), "{brought:?}");
}

fn relief_needs_no_reason(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    house.accept(&says(VOLUNTEER, "").subject("Avløsning"));
    let heard = newest(&house, VOLUNTEER, 1);
    assert!(heard.on_one_line().contains("You need not explain why"), "{}", heard.text());
    assert_eq!((items(&house), state(&house, &pairing)), (vec!["relief".to_owned()], "active".to_owned()));
    // She asks for a coordinator, and hears who reads and when.
    house.accept(&says(SEEKER, "samordnare\n\nJag vill prata med någon."));
    let asked = newest(&house, SEEKER, 1);
    assert!(asked.on_one_line().contains("has gone to a coordinator"), "{}", asked.text());
    wait::until_true("a letter", wait::SOON, || house.sink.mailbox(CONTACT).iter().any(|l| l.text().contains("prata")));
}

fn sentences_reach_a_human_and_change_nothing(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    for words in ["sluta inte skriva", "Jag vill nog sluta snart.", "Stop? No, go on.", "tid 35", "erase"] {
        // Contact time and another side's words as well.
        house.accept(&says(VOLUNTEER, words));
    }
    house.sink.await_letters(CONTACT, 5);
    assert_eq!(state(&house, &pairing), "active");
    assert!(house.sink.mailbox(VOLUNTEER).is_empty() && house.sink.mailbox(SEEKER).is_empty());
    assert_eq!(items(&house), ["desk"; 5]);
    // Outsiders meet the one voice.
    let stranger = house.post(&says("stranger@elsewhere.example", "stop"));
    let nobody = house.post(&says_to("stranger@elsewhere.example", &format!("nobody@{DOMAIN}"), "stop"));
    assert_eq!((stranger.code, &stranger.text), (550, &nobody.text));
}

#[test]
fn a_forged_stop_meets_the_one_voice() {
    let house = House::open_with(Engine::Sqlite, |settings| {
        settings.trusted_authenticates = false;
        settings.authserv_id = Some("front.example.org".into());
    });
    let pairing = house.pair();
    let forged = house.post(&says(SEEKER, "stop"));
    assert_eq!(forged.code, 550, "{}", forged.text);
    let fields = "front.example.org; spf=pass smtp.mailfrom=example.net; dmarc=pass header.from=example.net";
    wait::stays_true("nothing stops", A_WHILE, || state(&house, &pairing) == "active" && house.sink.count() == 0);
    house.accept(&says(SEEKER, "stop").with_on_top("Authentication-Results", fields));
    wait::until_true("her own does", wait::SOON, || state(&house, &pairing) == "closing");
}

fn asked_to_erase(house: &House, letters: usize) -> (Letter, String) {
    house.accept(&says(SEEKER, "Radera mina data"));
    let question = newest(house, SEEKER, letters);
    let token = address(&question.must("Reply-To"));
    assert!(token.starts_with("e-") && token.ends_with(DOMAIN), "{token}");
    (question, token)
}

fn nobody_is_erased_by_an_automatic_answer(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let (question, token) = asked_to_erase(&house, 1);
    let answer =
        |words: &str| says_to(SEEKER, &token, words).answering(&question.id()).subject("Re: About the letters");
    for automatic in [
        answer("").field("Auto-Submitted", "auto-replied"),
        answer("").field("X-Autoreply", "yes"),
        answer("").field("Precedence", "auto_reply"),
        answer("").subject("Automatiskt svar: About the letters"),
        answer("").subject("Out of office"),
        answer("").subject("Fravær").sent_from(""),
        answer("I am away.").subject("Autosvar: x").sent_from(""),
        receipt(&token),
    ] {
        house.accept(&automatic);
    }
    // An answer that says more than yes is for a human; one from another mailbox is nobody's.
    house.accept(&answer("I am away until Monday."));
    house.accept(&answer("Nej, jag har ändrat mig."));
    house.sink.await_letters(CONTACT, 2);
    assert_eq!(house.post(&says_to(VOLUNTEER, &token, "")).code, 550);
    assert_eq!(house.post(&says_to("stranger@elsewhere.example", &token, "")).code, 550);
    wait::stays_true("nobody is erased", A_WHILE, || state(&house, &pairing) == "active");
    let letter = pairing.from_volunteer();
    house.accept(&letter);
    assert_eq!(house.sink.await_token(&letter.token).to, SEEKER);
}

/// A receipt that her mail program sends by itself (RFC 8098).
fn receipt(token: &str) -> Draft {
    let body = "--b\r\nContent-Type: text/plain\r\n\r\n\r\n--b\r\nContent-Type: message/disposition-notification\r\n\r\n\
        Final-Recipient: rfc822;x@example.net\r\nDisposition: automatic-action/MDN-sent-automatically; displayed\r\n\r\n--b--\r\n";
    let kind = "multipart/report; report-type=disposition-notification; boundary=b";
    Draft::new(SEEKER, token).body(kind, body)
}

fn erase_is_asked_once_and_leaves_nothing(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let (question, token) = asked_to_erase(&house, 1);
    assert!(question.on_one_line().contains("within 7 days"), "{}", question.text());
    house.accept(&says_to(SEEKER, &token, "> Is that what you want?\n").answering(&question.id()));
    let last = newest(&house, SEEKER, 2);
    assert!(last.on_one_line().contains("This is the last letter from us"), "{}", last.text());
    assert!(newest(&house, VOLUNTEER, 1).on_one_line().contains("have come to an end"));
    assert_eq!((state(&house, &pairing), items(&house)), ("erased".into(), vec!["asked".into()]));
    // She is nobody now: the token, the desk and the alias answer as if they had never been.
    for draft in [says_to(SEEKER, &token, ""), says(SEEKER, "stop"), pairing.from_seeker(), pairing.from_volunteer()] {
        assert_eq!(house.post(&draft).code, 550);
    }
    wait::stays_true("no further letter", A_WHILE, || house.sink.mailbox(SEEKER).len() == 2);
    let again = house.run(&["person", "erase", &pairing.seeker_alias, "--yes"]);
    assert_eq!(again.code, 65, "{}", again.err);
}

fn a_person_is_shown_and_forgotten_at_the_command_line(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    for letter in [pairing.from_seeker(), pairing.from_volunteer()] {
        house.accept(&letter);
        house.sink.await_token(&letter.token);
    }
    let shown = house.json(&["person", "export", &pairing.seeker_alias]);
    assert_eq!(shown["record"]["addresses"][0], SEEKER, "{shown}");
    assert_eq!((&shown["side"], &shown["pairings"][0]["pairing"]), (&"seeker".into(), &pairing.id.clone().into()));
    assert!(shown["pairings"][0]["ledger"].as_array().unwrap().len() >= 2, "{shown}");
    assert!(!shown["audit"].as_array().unwrap().is_empty(), "{shown}");
    let all = shown.to_string();
    assert!(![VOLUNTEER, "Frida", "frida"].iter().any(|other| all.contains(other)), "nobody else's: {all}");

    let person = shown["person"].as_str().unwrap();
    let refused = house.run(&["person", "erase", person]);
    assert_eq!(refused.code, 64, "{}", refused.err);
    assert_eq!(house.run(&["person", "erase", "nobody", "--yes"]).code, 65);
    assert_eq!(state(&house, &pairing), "active");
    house.run(&["person", "erase", person, "--yes"]).ok();
    assert_eq!(state(&house, &pairing), "erased");
    assert!(newest(&house, SEEKER, 2).on_one_line().contains("the last letter from us"));
    let shown = house.json(&["person", "export", person]);
    assert_eq!((shown["state"].as_str(), shown["record"]["addresses"].as_array().unwrap().len()), (Some("erased"), 0));
    assert!(!shown.to_string().contains(SEEKER));
}
