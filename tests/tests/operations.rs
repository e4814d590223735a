//! Running it: health, metrics, draining, the doctor, and commands that say what is wrong.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::house::{SEEKER, VOLUNTEER};
use brevbro_tests::post::{Session, stuffed};
use brevbro_tests::settings::DOMAIN;
use brevbro_tests::{Answer, Draft, Engine, House, binary, both_engines, http, wait};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

both_engines!(
    a_node_drains_when_it_is_asked_to,
    health_and_metrics_answer_and_name_nobody,
    ten_thousand_pairings_are_imported_in_seconds_or_not_at_all,
    the_queue_is_worked_by_hand,
);

fn a_node_drains_when_it_is_asked_to(engine: Engine) {
    let mut house = House::open(engine);
    let pairing = house.pair();
    house.sink.set_answer(Answer::AcceptAfter(Duration::from_millis(1500)));
    let under_way = pairing.from_seeker();
    house.accept(&under_way);
    wait::until_true("a delivery is under way", wait::SOON, || house.sink.connections() > 0);
    let late = pairing.from_seeker();
    let mut session = Session::open(house.smtp()).unwrap();
    assert!(session.begin(&late).unwrap().is_none());
    let octets = stuffed(&late.bytes());
    let (half, rest) = octets.split_at(octets.len() / 2);
    session.write(half).unwrap();

    let mut node = house.take_node();
    let door = node.smtp;
    node.ask_to_stop();
    wait::until_true("no new sessions", wait::SOON, || Session::open(door).is_err());
    session.write(rest).unwrap();
    let reply = session.reply().unwrap();
    assert_eq!(reply.code, 250, "a letter that has begun is finished: {}", reply.text);
    drop(session);
    let end = node.wait_end(wait::SOON);
    assert!(end.success(), "{end}");
    assert_eq!(house.sink.with_token(&under_way.token).len(), 1, "the delivery under way was finished");
    assert_eq!(house.queued_in("claimed"), 0, "nothing is left under a lease");
    house.sink.set_answer(Answer::Accept);
    house.start();
    house.sink.await_token(&late.token);
    assert_eq!(house.sink.count(), 2);
}

fn health_and_metrics_answer_and_name_nobody(engine: Engine) {
    let mut house = House::open(engine);
    let pairing = house.pair();
    for draft in [pairing.from_seeker(), pairing.from_volunteer()] {
        house.accept(&draft);
        house.sink.await_token(&draft.token);
    }
    house.post(&Draft::new("stranger@elsewhere.example", &pairing.volunteer_alias));
    let door = house.node().admin;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(http::page(door, path).0, 200, "{path}");
    }
    assert_eq!(http::page(door, "/no-such-page").0, 404);
    let (status, metrics) = http::page(door, "/metrics");
    assert_eq!(status, 200);
    let samples = metrics.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    assert!(samples.clone().count() > 5, "{metrics}");
    for sample in samples {
        assert!(
            sample.starts_with("brevbro_") && sample.rsplit(' ').next().unwrap().parse::<f64>().is_ok(),
            "{sample}"
        );
    }
    let words = [
        SEEKER,
        VOLUNTEER,
        "karlsson",
        "frida",
        "vinter",
        "example.net",
        "elsewhere",
        "tomorrow",
        pairing.seeker_alias.as_str(),
    ];
    for (what, text) in [("metrics", metrics), ("log", house.logs())] {
        let text = text.to_lowercase();
        for word in words {
            assert!(!text.contains(word), "{word} in the {what}:\n{text}");
        }
    }
    assert!(house.stop().success());
    assert!(house.logs().contains("closing"), "a node says what it does: {}", house.logs());
}

/// A file for `pairing import`; every volunteer has ten seekers.
fn rows(count: usize) -> String {
    let mut file = String::from(
        "programme,volunteer_known_as,volunteer_name,volunteer_address,volunteer_alias,seeker_known_as,seeker_name,seeker_address,seeker_alias,language\n",
    );
    for n in 0..count {
        let v = n / 10;
        let _ =
            writeln!(file, "letters,Frida{v},Name {v},volunteer{v}@example.com,,Vinter{n},,seeker{n}@example.net,,en");
    }
    file
}

fn ten_thousand_pairings_are_imported_in_seconds_or_not_at_all(engine: Engine) {
    let house = House::closed(engine);
    let file = house.folder().join("pairings.csv");
    let path = file.display().to_string();
    let count = |house: &House| {
        let answer = house.json(&["pairing", "list", "--limit", "20000"]);
        answer["pairings"].as_array().unwrap_or_else(|| panic!("no pairings: {answer}")).len()
    };
    let mut bad = rows(50);
    bad.push_str("letters,Astrid,Name,not-an-address,,Sommar,,sommar@example.net,,en\n");
    bad.push_str("no-such-programme,Astrid,Name,astrid@example.com,,Sommar,,sommar@example.net,,en\n");
    std::fs::write(&file, bad).unwrap();
    let said = house.run(&["pairing", "import", "--no-welcome", &path]);
    assert_eq!(said.code, 65, "{}{}", said.out, said.err);
    for line in ["52", "53"] {
        assert!(said.err.contains(line), "line {line} is not named: {}", said.err);
    }
    assert!(!said.err.contains("sommar@"), "an address in an error: {}", said.err);
    assert_eq!(count(&house), 0, "all rows or none");

    std::fs::write(&file, rows(10_000)).unwrap();
    let begun = Instant::now();
    house.run(&["pairing", "import", "--no-welcome", &path]).ok();
    let seconds = begun.elapsed().as_secs();
    binary::say(&format!("10,000 pairings imported in {seconds} s (unoptimised build)"));
    assert_eq!(count(&house), 10_000);
}

fn the_queue_is_worked_by_hand(engine: Engine) {
    let house = House::open_with(engine, |settings| settings.trusted_authenticates = false);
    let pairing = house.pair();
    let (sent, dropped) = (pairing.from_seeker(), pairing.from_seeker());
    house.accept(&sent);
    let first = held(&house).remove(0);
    house.accept(&dropped);
    let second = held(&house).into_iter().find(|id| *id != first).expect("a second held letter");
    house.run(&["queue", "discard", &second]).ok();
    house.run(&["queue", "release", &first]).ok();
    house.sink.await_token(&sent.token);
    assert_ne!(house.run(&["queue", "release", &second]).code, 0, "what was discarded stays so");
    wait::stays_true("it is not sent", Duration::from_millis(800), || house.sink.with_token(&dropped.token).is_empty());
    let shown = house.run(&["queue", "list"]).ok();
    for word in [SEEKER, VOLUNTEER, "Tomorrow", &sent.token] {
        assert!(!shown.contains(word), "{word} in: {shown}");
    }
}

fn held(house: &House) -> Vec<String> {
    let letters = house.queue().into_iter().filter(|letter| letter["state"] == "held");
    letters.map(|letter| letter["id"].as_str().expect("a number as text").to_owned()).collect()
}

/// Every error says what happened and what to do.
fn fails_with(said: &binary::Said, code: i32, word: &str) {
    assert_eq!(said.code, code, "out: {}\nerr: {}", said.out, said.err);
    assert!(said.out.is_empty(), "{}", said.out);
    assert!(said.err.contains(word), "no `{word}` in: {}", said.err);
    assert!(said.err.split_whitespace().count() >= 6, "what happened and what to do: {}", said.err);
}

#[test]
fn commands_say_what_is_wrong_and_what_to_do() {
    let house = House::closed(Engine::Sqlite);
    let alias = house.enrol_volunteer("Frida", VOLUNTEER, "frida");
    fails_with(&binary::run(&["no-such-command"]), 64, "no-such-command");
    fails_with(&binary::run(&["--config", "/nowhere/brevbro.toml", "serve"]), 78, "brevbro init");
    fails_with(&house.run(&["serve", "--roles", "juggle"]), 64, "juggle");
    let open = |programme: &str, volunteer: &str, seeker: &str| {
        let words = ["pairing", "open", "--programme", programme, "--volunteer", volunteer, "--seeker-address", seeker];
        house.run(&[words.as_slice(), &["--known-as", "Vinter"]].concat())
    };
    fails_with(&open("no-such", &alias, SEEKER), 65, "no-such");
    fails_with(&open("letters", &format!("nobody@{DOMAIN}"), SEEKER), 65, "volunteer");
    fails_with(&open("letters", &alias, "not an address"), 65, "address");
    fails_with(&house.run(&["queue", "release", "0000000000042"]), 65, "");
    fails_with(&house.run(&["ledger", "show", "0000000000042"]), 65, "");
    let folder = house.folder().display().to_string();
    fails_with(&binary::run(&["init", "--domain", DOMAIN, "--dir", &folder]), 77, "exists already");
}

#[test]
fn the_doctor_finds_what_is_broken() {
    let house = House::closed(Engine::Sqlite);
    let well = house.run(&["doctor"]);
    assert_eq!(well.code, 0, "{}{}", well.out, well.err);
    let records = house.run(&["doctor", "--dns"]).ok();
    for record in ["MX", "v=spf1", "v=DKIM1", "v=DMARC1", "_mta-sts"] {
        assert!(records.contains(record), "no {record} in: {records}");
    }
    std::fs::write(house.config(), "[organisation]\ndomain = \"relay.example.org\"\nlanguage = \"fr\"\n").unwrap();
    let config = house.config().display().to_string();
    assert_eq!(binary::run(&["--config", &config, "doctor"]).code, 78);
    house.write_config();
    std::fs::remove_dir_all(house.folder().join("keys")).unwrap();
    let broken = house.run(&["doctor"]);
    assert_eq!(broken.code, 78, "{}{}", broken.out, broken.err);
    assert!((broken.out + &broken.err).contains("key"));
}
