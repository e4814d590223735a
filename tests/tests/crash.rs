//! Power cuts, full disks and dead databases: what was answered with 250 arrives, everything else got a 4xx.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::binary::{is_root, run_command, say};
use brevbro_tests::chance::Chance;
use brevbro_tests::cluster::Cluster;
use brevbro_tests::house::Pairing;
use brevbro_tests::load::{Load, Outcome};
use brevbro_tests::node::Node;
use brevbro_tests::sink::Door;
use brevbro_tests::{Engine, House, both_engines, wait};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

both_engines!(killed_at_any_point_nothing_accepted_is_lost, an_import_that_is_killed_leaves_nothing);

/// A dead node's letters come back when its lease is over.
const LEASE_AND_MARGIN: Duration = Duration::from_secs(150);
const KILLS: usize = 10;
/// Fewest letters taken before a kill; counted, because a busy machine takes fewer in the same time.
const TAKEN_MIN: u64 = 10;

fn load(house: &House, pairing: &Pairing, sessions: usize) -> Load {
    let pairing = pairing.clone();
    Load::start(house.smtp(), sessions, move || pairing.from_seeker().octets(2000))
}

/// Waits until everything accepted has arrived.
fn await_all(house: &House, outcome: &Outcome, limit: Duration) {
    let lost = || {
        let arrived: BTreeSet<String> = house.sink.letters().iter().flat_map(|letter| words(&letter.text())).collect();
        outcome.accepted.iter().filter(|token| !arrived.contains(*token)).count()
    };
    let begun = Instant::now();
    while lost() > 0 {
        assert!(begun.elapsed() < limit, "{} of {} accepted letters are lost", lost(), outcome.accepted.len());
        std::thread::sleep(Duration::from_millis(200));
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() == 13).map(str::to_owned).collect()
}

fn killed_at_any_point_nothing_accepted_is_lost(engine: Engine) {
    let mut chance = Chance::for_test("killed_at_any_point");
    let mut house = House::open(engine);
    let pairing = house.pair();
    let mut outcome = Outcome::default();
    for _ in 0..KILLS {
        let load = load(&house, &pairing, 6);
        let before_the_kill = usize::try_from(chance.within(TAKEN_MIN, 5 * TAKEN_MIN)).unwrap();
        wait::until_true("letters are taken", wait::SOON, || load.taken() >= before_the_kill);
        std::thread::sleep(Duration::from_millis(chance.within(0, 20)));
        house.kill();
        outcome = outcome.with(load.finish());
        house.start();
    }
    assert!(outcome.refused.is_empty() && outcome.later.is_empty(), "{:?} {:?}", outcome.refused, outcome.later);
    await_all(&house, &outcome, LEASE_AND_MARGIN);

    let mut copies: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for letter in house.sink.letters() {
        let token = words(&letter.text()).into_iter().next().expect("every letter has its token");
        copies.entry(token).or_default().push(letter.id());
    }
    let duplicates: usize = copies.values().map(|ids| ids.len() - 1).sum();
    let in_flight = KILLS * house.settings.connections;
    let (accepted, unsure) = (outcome.accepted.len(), outcome.unsure.len());
    say(&format!(
        "{KILLS} kills: {accepted} accepted, {unsure} unsure, {} arrived, {duplicates} duplicates",
        copies.len()
    ));
    assert!(duplicates <= in_flight, "{duplicates} duplicates, but at most {in_flight} letters were with the next hop");
    for (token, ids) in &copies {
        assert!(ids.iter().all(|id| *id == ids[0]), "copies of {token} differ in their Message-ID: {ids:?}");
        assert!(outcome.accepted.contains(token) || outcome.unsure.contains(token), "{token} was never handed in");
    }
}

fn an_import_that_is_killed_leaves_nothing(engine: Engine) {
    let mut chance = Chance::for_test("an_import_that_is_killed");
    let house = House::closed(engine);
    house.write_config();
    let file = house.folder().join("pairings.csv");
    std::fs::write(&file, pairings(4000)).unwrap();
    let opened = || {
        let answer = house.json(&["pairing", "list", "--limit", "20000"]);
        answer["pairings"].as_array().unwrap_or_else(|| panic!("no pairings: {answer}")).len()
    };
    for _ in 0..4 {
        let mut import = Command::new(brevbro_tests::binary::path());
        import.arg("--config").arg(house.config()).args(["pairing", "import", "--no-welcome"]).arg(&file);
        let mut import = import.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(chance.within(50, 900)));
        let ended = import.try_wait().unwrap().is_some();
        import.kill().unwrap();
        import.wait().unwrap();
        let count = opened();
        assert!(count == 0 || count == 4000, "{count} of 4000 pairings");
        if ended || count > 0 {
            break;
        }
    }
    let said = house.run(&["pairing", "import", "--no-welcome", &file.display().to_string()]);
    assert!(said.code == 0 || said.code == 65, "{}{}", said.out, said.err);
    assert_eq!(opened(), 4000);
}

/// A file for `pairing import`.
fn pairings(count: usize) -> String {
    let head = "programme,volunteer_known_as,volunteer_name,volunteer_address,volunteer_alias,seeker_known_as,seeker_name,\
        seeker_address,seeker_alias,language\n";
    let row = |n: usize| format!("letters,Frida{n},Name {n},v{n}@example.com,,Vinter{n},,s{n}@example.net,,en\n");
    (0..count).fold(head.to_owned(), |file, n| file + &row(n))
}

#[test]
fn a_dead_database_defers_and_loses_nothing() {
    let Some(cluster) = Cluster::start() else { return };
    let house = House::open(cluster.engine());
    let pairing = house.pair();
    let begun = Instant::now();
    let load = load(&house, &pairing, 8);
    wait::until_true("the load begins", wait::SOON, || load.taken() > 20);
    // Often enough that some transaction is committed and its answer is lost.
    for _ in 0..6 {
        cluster.fail();
        let reply = house.post(&pairing.from_seeker());
        assert!(reply.is_later(), "without a database: {}", reply.text);
        cluster.resume();
        let before = load.taken();
        wait::until_true("letters are taken again", wait::SOON, || load.taken() > before + 30);
    }
    let outcome = load.finish();
    say(&format!(
        "6 dead databases: {} accepted, {} deferred, {} s",
        outcome.accepted.len(),
        outcome.later.len(),
        begun.elapsed().as_secs()
    ));
    assert!(outcome.refused.is_empty(), "{:?}", outcome.refused);
    assert!(!outcome.later.is_empty(), "nothing was deferred");
    await_all(&house, &outcome, LEASE_AND_MARGIN);
    wait::until_true("no letter stays under a lease that nobody works on", LEASE_AND_MARGIN, || {
        house.queued_in("claimed") + house.queued_in("queued") == 0
    });
}

#[test]
fn a_full_disk_defers_and_loses_nothing() {
    let disk = SmallDisk::mount();
    let mut house = match &disk {
        Some(disk) => House::closed_in(Engine::Sqlite, disk.house()),
        None => House::closed(Engine::Sqlite),
    };
    // What is not sent on fills the disk.
    house.sink.set_door(Door::Shut);
    if disk.is_some() {
        house.start();
    } else {
        start_with_small_files(&mut house);
    }
    let pairing = house.pair();
    let mut outcome = Outcome::default();
    let mut full = 0;
    while full < 5 {
        let draft = pairing.from_seeker().octets(150_000);
        let reply = house.post(&draft);
        match reply.code {
            250 => outcome.accepted.push(draft.token),
            400..500 => full += 1,
            _ => panic!("a full disk is no fault of the peer: {}", reply.text),
        }
        assert!(outcome.accepted.len() < 1000, "the disk does not fill");
    }
    assert!(outcome.accepted.len() > 3, "the disk was full from the start");
    if let Some(disk) = &disk {
        disk.grow();
    } else {
        house.kill();
        house.start();
    }
    house.sink.set_door(Door::Open);
    let late = pairing.from_seeker();
    wait::until_true("letters are taken again", wait::SOON, || house.post(&late).code == 250);
    outcome.accepted.push(late.token);
    await_all(&house, &outcome, LEASE_AND_MARGIN);
}

/// Without the right to mount: no file may grow beyond 4 MB, and the signal for that is ignored.
fn start_with_small_files(house: &mut House) {
    say("no right to mount: the full disk is played with ulimit -f");
    house.write_config();
    let log = house.next_log();
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 8192; exec \"$0\" --config \"$1\" serve"]);
    command.arg(brevbro_tests::binary::path()).arg(house.config());
    house.adopt(Node::start_as(command, log));
}

/// A disk of a few megabytes in memory. Unmounted when dropped.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let disk = Self(tempfile::Builder::new().prefix("brevbro-disk-").tempdir().unwrap());
        let arguments = ["-t", "tmpfs", "-o", "size=6m", "tmpfs"];
        let mounted = is_root() && run_command(Command::new("mount").args(arguments).arg(disk.0.path()), b"").code == 0;
        mounted.then_some(disk)
    }

    fn house(&self) -> std::path::PathBuf {
        Path::join(self.0.path(), "house")
    }

    fn grow(&self) {
        run_command(Command::new("mount").args(["-o", "remount,size=64m"]).arg(self.0.path()), b"").ok();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        run_command(Command::new("umount").arg("-l").arg(self.0.path()), b"");
    }
}
