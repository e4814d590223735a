//! A letter that speaks of danger arrives like any other; a human is called, and can read it with her own key.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::canary::Aviary;
use brevbro_tests::chance::Chance;
use brevbro_tests::cluster::Cluster;
use brevbro_tests::engine::sql;
use brevbro_tests::house::{SEEKER, VOLUNTEER};
use brevbro_tests::letter::address;
use brevbro_tests::settings::{CONTACT, Settings};
use brevbro_tests::{Draft, Engine, House, Pairing, binary, both_engines, wait};
use data_encoding::HEXLOWER;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::time::Duration;

both_engines!(
    a_flagged_letter_arrives_and_somebody_is_called,
    coordinators_read_with_their_own_keys,
    a_programme_that_keeps_nothing_keeps_nothing,
    a_letter_in_doubt_alarms_nobody_until_it_is_confirmed,
);

const DYING: &str = "I have decided to kill myself tonight.";
const PASSPHRASE: &str = "seven brown horses";
const A_WHILE: Duration = Duration::from_millis(1500);

/// The programme keeps this.
fn keeping(content: &'static str) -> impl Fn(&mut Settings) {
    move |settings| settings.more.push(("programme.letters", format!("content = {content}")))
}

fn dying(pairing: &Pairing) -> Draft {
    pairing.from_seeker().text(DYING)
}

fn items(house: &House, kind: &str) -> Vec<Value> {
    let answer = house.json(&["item", "list"]);
    let all = answer["items"].as_array().expect("items").clone();
    all.into_iter().filter(|item| item["kind"] == kind).collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

fn kept(house: &House) -> Vec<Value> {
    house.json(&["archive", "list"])["letters"].as_array().expect("letters").clone()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// A coordinator makes a key of her own, and the admin puts its public half into the house.
fn coordinator(house: &House, name: &str) -> PathBuf {
    let file = house.folder().join(format!("{name}.age"));
    let passphrase = house.folder().join("passphrase");
    std::fs::write(&passphrase, format!("{PASSPHRASE}\n")).unwrap();
    let made =
        binary::run(&["archive", "key", "new", "--out", &shown(&file), "--passphrase-file", &shown(&passphrase)]);
    let public = made.ok().lines().next().expect("a public key").to_owned();
    assert!(public.starts_with("age1"), "{public}");
    let folder = house.folder().join("keys/coordinators");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{name}.pub")), public).unwrap();
    file
}

/// Takes the recovery key off the machine.
fn into_the_safe(house: &House) -> PathBuf {
    let safe = house.folder().join("safe");
    std::fs::create_dir(&safe).unwrap();
    std::fs::rename(house.folder().join("recovery.key"), safe.join("recovery.key")).unwrap();
    safe.join("recovery.key")
}

fn open(house: &House, letter: &str, identity: &Path) -> binary::Said {
    let passphrase = shown(&house.folder().join("passphrase"));
    let key = shown(identity);
    house.run(&["archive", "open", letter, "--identity", &key, "--passphrase-file", &passphrase])
}

fn a_flagged_letter_arrives_and_somebody_is_called(engine: Engine) {
    let house = House::open_with(engine, |settings| settings.week = 10);
    let pairing = house.pair();
    let draft = dying(&pairing);
    house.accept(&draft);
    // The first look after the 250: the notice was committed with the letter.
    let queue = house.queue();
    assert!(queue.iter().any(|row| row["notice"] == "item_raised"), "{queue:?}");

    let got = house.sink.await_token(&draft.token);
    assert!(got.on_one_line().contains(DYING) && !got.source().to_lowercase().contains("flag"), "{}", got.source());
    let told = house.sink.await_letters(CONTACT, 1).remove(0);
    let item = text(&items(&house, "flag")[0]["id"]);
    assert_eq!(items(&house, "flag")[0]["severity"], "now");
    assert!(told.text().contains(&item), "{}", told.text());
    for word in [draft.token.as_str(), "kill", SEEKER, VOLUNTEER, "Vinter", "suicide"] {
        assert!(!told.source().contains(word), "{word} in {}", told.source());
    }
    let page = house.run(&["item", "show", &item]).ok();
    for word in ["suicide", "now", "en.suicide", "Writes about not wanting to live."] {
        assert!(page.contains(word), "no {word} in {page}");
    }
    let json = house.json(&["item", "show", &item]);
    assert_eq!((&json["flags"][0]["category"], &json["flags"][0]["side"]), (&"suicide".into(), &"seeker".into()));
    for answer in [page, json.to_string(), house.logs()] {
        assert!(!answer.contains(&draft.token) && !answer.contains("kill"), "{answer}");
    }
    // Nothing between these two waits for a week now.
    let long = pairing.from_volunteer().octets(20 * 120);
    house.accept(&long);
    house.sink.await_token(&long.token);
}

fn coordinators_read_with_their_own_keys(engine: Engine) {
    let mut house = House::closed(engine);
    keeping("{ keep = \"review\", review_days = 7, flagged_days = 30 }")(&mut house.settings);
    let (astrid, bo) = (coordinator(&house, "astrid"), coordinator(&house, "bo"));
    let recovery = into_the_safe(&house);
    house.start();
    let pairing = house.pair();
    let (quiet, loud) = (pairing.from_volunteer(), dying(&pairing));
    house.accept(&quiet);
    house.accept(&loud);
    house.sink.await_token(&loud.token);
    let letters = kept(&house);
    let of = |why: &str| letters.iter().find(|row| row["why"] == why).unwrap_or_else(|| panic!("{letters:?}"));
    assert_eq!(
        (letters.len(), &of("review")["side"], &of("flagged")["side"]),
        (2, &"volunteer".into(), &"seeker".into())
    );
    assert!(of("review")["expires"].is_string() && of("flagged")["expires"].is_null(), "{letters:?}");
    for (alias, count) in [(pairing.seeker_alias.as_str(), 2), ("frida", 2), (pairing.id.as_str(), 2)] {
        assert_eq!(house.json(&["archive", "list", "--pairing", alias])["letters"].as_array().unwrap().len(), count);
    }
    assert_eq!(house.run(&["archive", "list", "--pairing", "nobody"]).code, 65);

    let number = text(&of("flagged")["letter"]);
    for identity in [&astrid, &bo, &recovery] {
        let read = open(&house, &number, identity).ok();
        assert!(read.contains(&loud.token) && read.contains(DYING) && read.starts_with("Tomorrow"), "{read}");
        assert!(!read.contains(SEEKER), "{read}");
    }
    // Everything that lies on this machine for the relay opens none of it.
    let mut keys = vec![house.config()];
    keys.extend(std::fs::read_dir(house.folder().join("keys")).unwrap().flatten().map(|entry| entry.path()));
    keys.retain(|path| path.is_file());
    assert!(keys.len() > 6, "{keys:?}");
    for key in keys {
        let said = open(&house, &number, &key);
        let is_key = key.ends_with("delivery.key");
        assert_eq!(said.code, if is_key { 77 } else { 65 }, "{}: {}{}", key.display(), said.out, said.err);
        assert!(said.out.is_empty() && !said.err.contains(&loud.token));
    }
    std::fs::write(house.folder().join("passphrase"), "seven brown cows\n").unwrap();
    let wrong = open(&house, &number, &astrid);
    assert_eq!((wrong.code, wrong.out.as_str()), (77, ""), "{}", wrong.err);
    let nobody = house.run(&["archive", "open", &number, "--identity", &shown(&astrid)]);
    assert_eq!(nobody.code, 64, "nobody can be asked: {}", nobody.err);
    if house.settings.store.starts_with("postgres") {
        let read = sql(&house.settings.store, "select count(*) from audit where act = 'archive open'");
        assert_eq!(read.trim(), "3", "one row for each reading, none for a failed one");
    }
    let item = text(&items(&house, "flag")[0]["id"]);
    house.run(&["item", "resolve", &item]).ok();
    assert!(kept(&house).iter().all(|row| row["expires"].is_string()), "its last days are known");
}

fn a_programme_that_keeps_nothing_keeps_nothing(engine: Engine) {
    let house = House::open_with(engine, keeping("{ keep = \"transit\" }"));
    let pairing = house.pair();
    let draft = dying(&pairing);
    house.accept(&draft);
    house.sink.await_token(&draft.token);
    assert_eq!((items(&house, "flag").len(), kept(&house).len()), (1, 0), "a human knows, and nothing is kept");
}

fn a_letter_in_doubt_alarms_nobody_until_it_is_confirmed(engine: Engine) {
    let house = House::open_with(engine, |settings| {
        settings.trusted_authenticates = false;
        settings.authserv_id = Some("front.example.org".into());
    });
    let pairing = house.pair();
    let draft = dying(&pairing);
    house.accept(&draft);
    let question = house.sink.await_letters(SEEKER, 1).remove(0);
    assert_eq!(items(&house, "flag")[0]["severity"], "routine");
    wait::stays_true("nobody is called", A_WHILE, || house.sink.mailbox(CONTACT).is_empty());
    house.accept(&Draft::new(SEEKER, &address(&question.must("Reply-To"))).answering(&question.id()));
    house.sink.await_token(&draft.token);
    let told = house.sink.await_letters(CONTACT, 1).remove(0);
    let item = items(&house, "flag").remove(0);
    assert_eq!(item["severity"], "now");
    assert!(told.text().contains(&text(&item["id"])), "{}", told.text());
}

#[test]
fn nothing_is_left_when_a_kept_letters_time_is_over_on_sqlite() {
    nothing_is_left(Engine::Sqlite, None);
}

#[test]
fn nothing_is_left_when_a_kept_letters_time_is_over_on_postgres() {
    if let Some(cluster) = Cluster::start() {
        nothing_is_left(cluster.engine(), Some(&cluster));
    }
}

fn nothing_is_left(engine: Engine, cluster: Option<&Cluster>) {
    let mut house = House::open_with(engine, keeping("{ keep = \"flagged\", flagged_days = 0 }"));
    let pairing = house.pair();
    let mut aviary = Aviary::new(Chance::for_test("flagged"));
    let drafts: Vec<Draft> = (0..5).map(|_| dying(&pairing)).collect();
    for draft in &drafts {
        aviary.watch("text", &draft.token);
        house.accept(draft);
        house.sink.await_token(&draft.token);
        // The same words are raised anew once their item is answered.
        let item = text(&items(&house, "flag")[0]["id"]);
        assert_eq!(kept(&house).len(), 1);
        if let Some(cluster) = cluster {
            let octets = sealed(&house);
            sql(&house.settings.store, "checkpoint");
            assert!(holds(&cluster.data().join("base"), &octets), "the search is blind");
        }
        house.run(&["item", "resolve", &item]).ok();
        assert_eq!(kept(&house).len(), 0, "nobody reads it from now on");
    }
    let octets = cluster.map(|_| sealed(&house));
    assert!(house.stop().success());
    house.start();
    let plain = aviary.search(|_| false);
    if let Some(cluster) = cluster {
        let left = || sql(&house.settings.store, "select count(*) from retained").trim().to_owned();
        wait::until_true("erased", wait::SOON, || left() == "0");
        assert!(plain.folder(&cluster.data()).is_empty(), "plain text was written down");
        // Until a vacuum Postgres keeps the sealed octets of a row that is gone; after it they have left the tables.
        sql(&house.settings.store, "vacuum full retained");
        sql(&house.settings.store, "checkpoint");
        assert!(!holds(&cluster.data().join("base"), &octets.unwrap()));
    }
    assert!(house.stop().success());
    assert!(plain.folder(house.folder()).is_empty(), "plain text was written down");
}

/// A piece of the newest kept letter as it is stored, its time over or not.
fn sealed(house: &House) -> Vec<u8> {
    let piece = "select encode(substr(sealed, 300, 48), 'hex') from retained order by kept_at desc limit 1";
    HEXLOWER.decode(sql(&house.settings.store, piece).trim().as_bytes()).expect("hex")
}

fn holds(folder: &Path, octets: &[u8]) -> bool {
    let entries = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let mut found = false;
    for path in entries {
        let of_file = || std::fs::read(&path).unwrap_or_default().windows(octets.len()).any(|window| window == octets);
        found |= if path.is_dir() { holds(&path, octets) } else { of_file() };
    }
    found
}

#[test]
fn the_doctor_watches_over_the_keys_of_the_archive() {
    let house = House::closed(Engine::Sqlite);
    let doctor = |code: i32, word: &str| {
        let said = house.run(&["doctor"]);
        assert_eq!(said.code, code, "{}{}", said.out, said.err);
        assert!(said.out.contains(word), "no {word} in {}", said.out);
    };
    doctor(0, "recovery.key");
    into_the_safe(&house);
    doctor(0, "only recovery");
    coordinator(&house, "astrid");
    doctor(0, "recovery, astrid");
    std::fs::write(house.folder().join("keys/coordinators/bo.pub"), "not a key").unwrap();
    doctor(78, "bo.pub");
    std::fs::remove_dir_all(house.folder().join("keys/coordinators")).unwrap();
    std::fs::remove_file(house.folder().join("keys/recovery.pub")).unwrap();
    doctor(0, "none is kept");
}
