//! Canaries in every field, part and name of twenty letters: none leaves the place it is allowed in.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::canary::shapes::{SHAPES, letter, may_arrive};
use brevbro_tests::canary::{Aviary, Sighting};
use brevbro_tests::chance::Chance;
use brevbro_tests::cluster::Cluster;
use brevbro_tests::engine::sql;
use brevbro_tests::post::Session;
use brevbro_tests::sink::Door;
use brevbro_tests::{Engine, House, Pairing, wait};
use std::collections::BTreeSet;

#[test]
fn no_canary_escapes_on_sqlite() {
    no_canary_escapes(Engine::Sqlite, None);
}

#[test]
fn no_canary_escapes_on_postgres() {
    if let Some(cluster) = Cluster::start() {
        no_canary_escapes(cluster.engine(), Some(&cluster));
    }
}

fn nothing(seen: &BTreeSet<Sighting>, when: &str) {
    let lines: Vec<String> = seen.iter().map(|s| format!("{} ({}) in {}", s.put, s.form, s.found)).collect();
    assert!(seen.is_empty(), "{} canaries {when}:\n{}", seen.len(), lines[..lines.len().min(40)].join("\n"));
}

/// Database, write-ahead log, keys, logs, temporary files, and every row as the database shows it.
fn kept(house: &House, cluster: Option<&Cluster>, aviary: &Aviary) -> BTreeSet<Sighting> {
    let search = aviary.search(|_| false);
    let mut seen = search.folder(house.folder());
    if let Some(cluster) = cluster {
        seen.extend(search.folder(&cluster.data()));
        let tables = sql(&house.settings.store, "select tablename from pg_tables where schemaname = 'public'");
        for table in tables.lines() {
            let rows = sql(&house.settings.store, &format!("copy (select * from \"{table}\") to stdout"));
            seen.extend(search.octets(&format!("table {table}"), rows.as_bytes()));
        }
    }
    seen
}

/// Two people whose names and addresses are canaries too.
fn enrol(house: &House, aviary: &mut Aviary) -> Pairing {
    let mut person = |side: &str| {
        let mut word = |place: &str| aviary.word(&format!("{side}: {place}"));
        (format!("{}@{}.example", word("mailbox"), word("provider")), word("name"))
    };
    let (volunteer, volunteer_name) = person("volunteer");
    let (seeker, seeker_name) = person("seeker");
    aviary.watch("volunteer: telephone", "46701740605");
    house
        .run(&[
            "volunteer",
            "add",
            "--name",
            &volunteer_name,
            "--known-as",
            "Frida",
            "--address",
            &volunteer,
            "--phone",
            "+46701740605",
            "--alias",
            "frida",
        ])
        .ok();
    let alias = format!("frida@{}", brevbro_tests::settings::DOMAIN);
    let opened = house.json(&[
        "pairing",
        "open",
        // A letter of ours names its reader's own mailbox; it would be mistaken for an escape.
        "--no-welcome",
        "--programme",
        "letters",
        "--volunteer",
        &alias,
        "--seeker-address",
        &seeker,
        "--known-as",
        "Vinter",
        "--seeker-name",
        &seeker_name,
    ]);
    let text = |key: &str| opened[key].as_str().unwrap().to_owned();
    Pairing { id: text("pairing"), volunteer_alias: alias, seeker_alias: text("seeker_alias"), seeker, volunteer }
}

fn no_canary_escapes(engine: Engine, cluster: Option<&Cluster>) {
    let mut aviary = Aviary::new(Chance::for_test("canary"));
    let mut house = House::open(engine);
    let pairing = enrol(&house, &mut aviary);
    house.sink.set_door(Door::Shut);
    let greeting = format!("EHLO {}.example", aviary.word("EHLO"));
    let mut texts = Vec::new();
    for shape in 0..SHAPES {
        let sides = [(&pairing.seeker, &pairing.volunteer_alias), (&pairing.volunteer, &pairing.seeker_alias)];
        let (from, to) = sides[shape % 2];
        let draft = letter(shape, from, to, &mut aviary);
        let mut session = Session::open(house.smtp()).unwrap();
        session.command(&greeting).unwrap();
        let reply = session.send(&draft).unwrap();
        assert_eq!(reply.code, 250, "letter {shape}: {}", reply.text);
        texts.push(draft.token);
    }
    assert!(aviary.len() > 20 * 37, "too few canaries: {}", aviary.len());
    nothing(&kept(&house, cluster, &aviary), "kept while the letters wait");

    house.sink.set_door(Door::Open);
    for token in &texts {
        house.sink.await_token(token);
    }
    wait::until_true("all settled", wait::SOON, || {
        house.queue().iter().all(|l| l["state"] != "claimed" && l["state"] != "queued")
    });
    let search = aviary.search(may_arrive);
    let mut passed = BTreeSet::new();
    for got in house.sink.letters() {
        passed.extend(search.octets(
            &format!("the mailbox of {}", if got.to == pairing.seeker { "the seeker" } else { "the volunteer" }),
            &got.raw,
        ));
        passed.extend(search.octets("a reverse-path", got.from.as_bytes()));
    }
    nothing(&passed, "passed on to the other side");
    assert_eq!(house.sink.count(), SHAPES, "each letter once, and no notice");
    for place in ["text", "subject"] {
        let sighted = aviary.search(|put| !put.ends_with(place));
        assert!(house.sink.letters().iter().all(|got| !sighted.octets("", &got.raw).is_empty()), "the search is blind");
    }
    assert!(house.stop().success());
    nothing(&kept(&house, cluster, &aviary), "kept after delivery");
    release_one(&house, cluster, &mut aviary);
}

/// Shows that the search would have found a canary that had got into a file or a table.
fn release_one(house: &House, cluster: Option<&Cluster>, aviary: &mut Aviary) {
    let word = aviary.word("control");
    let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(house.folder().join("control"), wide).unwrap();
    if cluster.is_some() {
        sql(
            &house.settings.store,
            &format!("create table control as select convert_to('{word}', 'UTF8') as octets; checkpoint"),
        );
    }
    let found: Vec<String> = kept(house, cluster, aviary).into_iter().map(|sighting| sighting.found).collect();
    assert!(found.iter().any(|place| place.ends_with("/control")), "{found:?}");
    assert_eq!(cluster.is_some(), found.iter().any(|place| place == "table control"), "{found:?}");
    assert_eq!(cluster.is_some(), found.iter().any(|place| place.contains("pg_wal")), "{found:?}");
    assert_eq!(cluster.is_some(), found.iter().any(|place| place.contains("/base/")), "{found:?}");
}
