//! SQLite's group commit from outside: neighbours do not suffer for each other, a lock passes, a crash tears nothing.

use crate::house::{House, NOW, week, whole};
use brevbro_core::id::{LetterId, PairingId};
use brevbro_core::party::Side::{Seeker, Volunteer};
use brevbro_store::{Commit, Node, OpenOptions, Store, StoreError};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_act_does_not_take_its_neighbours_along() {
    let house = House::sqlite().await;
    let (store, pair) = (&house.store, house.pair().await);
    let callers: Vec<_> = (0..64)
        .map(|number| {
            let notice = pair.notice();
            // Every eighth breaks after its letter was written: two notices with one key.
            let notices = if number % 8 == 0 { vec![notice.clone(), notice] } else { vec![notice] };
            let (store, commit) = (store.clone(), Commit { notices, ..pair.letter(Volunteer, 1) });
            tokio::spawn(async move { (number, store.commit(commit).await) })
        })
        .collect();
    for caller in callers {
        let (number, result) = caller.await.unwrap();
        assert_eq!(result.is_err(), number % 8 == 0, "{number}: {result:?}");
    }
    assert_eq!(store.queue_list(None, 1000).await.unwrap().len(), 2 * 56);
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(56));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_process_with_the_lock_is_retryable_and_keeps_nothing() {
    let house = House::sqlite().await;
    let pair = house.pair().await;
    let other = house.sqlite_connection();
    other.execute_batch("begin immediate").unwrap();
    assert!(house.store.ready().await.is_ok(), "an idle writer is ready");
    let stuck = tokio::spawn({
        let (store, letter) = (house.store.clone(), pair.letter(Seeker, 1));
        async move { store.commit(letter).await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(house.store.ready().await.unwrap_err().retryable(), "a stuck one is not");
    assert_eq!(stuck.await.unwrap(), Err(StoreError::Unavailable("busy")));
    other.execute_batch("rollback").unwrap();
    let _ = house.store.commit(pair.letter(Seeker, 1)).await.unwrap();
    assert_eq!(house.store.queue_list(None, 10).await.unwrap().len(), 1);
}

const CRASH_URL: &str = "BREVBRO_TEST_CRASH_URL";

/// The process that is killed: commits from 32 tasks and says each acknowledged letter on a line.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "run, and killed, by the test of the crash"]
async fn commits_until_it_is_killed() {
    let Ok(url) = std::env::var(CRASH_URL) else { return };
    let store = Store::open(&url, OpenOptions::default()).await.unwrap();
    let pair = House::at(store.clone(), url).pair().await;
    let say = |line: String| std::io::stdout().write_all(line.as_bytes()).unwrap();
    say(format!("pairing {}\n", pair.id));
    let committer = |store: Store| async move {
        loop {
            let receipt = store.commit(pair.letter(Volunteer, 1)).await.unwrap();
            say(format!("letter {}\n", receipt.letter));
        }
    };
    let committers: Vec<_> = (0..32).map(|_| tokio::spawn(committer(store.clone()))).collect();
    for committer in committers {
        let _: Result<(), _> = committer.await;
    }
}

/// Runs that process, kills it in the middle of its work, and gives what it said.
fn run_and_kill(url: &str) -> (PairingId, Vec<LetterId>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "writer::commits_until_it_is_killed", "--ignored", "--nocapture"])
        .env(CRASH_URL, url)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let (mut pairing, mut letters) = (None, Vec::new());
    for line in lines {
        match line.split_once(' ') {
            Some(("pairing", id)) => pairing = id.parse().ok(),
            Some(("letter", id)) => letters.extend(id.parse::<LetterId>()),
            _ => {}
        }
        if letters.len() == 300 {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    (pairing.unwrap(), letters)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_loses_no_acknowledged_letter_and_tears_none() {
    let house = House::sqlite().await;
    let url = house.url.clone();
    let (pairing, acknowledged) = tokio::task::spawn_blocking(move || run_and_kill(&url)).await.unwrap();
    assert!(acknowledged.len() >= 300, "{} letters before the kill", acknowledged.len());

    let store = Store::open(&house.url, OpenOptions::default()).await.unwrap();
    for letter in &acknowledged {
        assert!(store.letter(*letter).await.unwrap().is_some());
    }
    let letters = store.queue_list(None, u32::MAX).await.unwrap().len();
    let entries = store.ledger_entries(pairing, Some(week())).await.unwrap().len();
    assert_eq!(letters, entries, "every letter has its booking, and no booking is without its letter");
    let mut bodies = 0;
    loop {
        let claimed = store.claim(Node::from_random(7), NOW, 500).await.unwrap();
        if claimed.is_empty() {
            break;
        }
        bodies += claimed.iter().filter(|letter| letter.body.octets() == b"sealed body").count();
    }
    assert_eq!(bodies, letters);
}
