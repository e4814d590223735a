//! SQLite's group commit from outside: neighbours do not suffer for each other, a lock passes, a crash tears nothing.

use crate::house::{House, NOW, Pair, week, whole};
use brevbro_core::id::LetterId;
use brevbro_core::party::Side::{Seeker, Volunteer};
use brevbro_store::{Commit, Node, OpenOptions, Store, StoreError};
use sqlx::{Connection, Executor, SqliteConnection};
use std::sync::{Arc, Mutex};
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
    let mut other = SqliteConnection::connect(&house.url).await.unwrap();
    other.execute("begin immediate").await.unwrap();
    assert!(house.store.ready().await.is_ok(), "an idle writer is ready");
    let stuck = tokio::spawn({
        let (store, letter) = (house.store.clone(), pair.letter(Seeker, 1));
        async move { store.commit(letter).await }
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(house.store.ready().await.unwrap_err().retryable(), "a stuck one is not");
    assert_eq!(stuck.await.unwrap(), Err(StoreError::Unavailable("busy")));
    other.execute("rollback").await.unwrap();
    let _ = house.store.commit(pair.letter(Seeker, 1)).await.unwrap();
    assert_eq!(house.store.queue_list(None, 10).await.unwrap().len(), 1);
}

/// Commits from 32 tasks until the runtime is dropped under them; gives what was acknowledged.
fn commit_until_the_crash(url: &str, pair: Pair) -> Vec<LetterId> {
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let store = runtime.block_on(Store::open(url, OpenOptions::default())).unwrap();
    for _ in 0..32 {
        let (store, acknowledged) = (store.clone(), Arc::clone(&acknowledged));
        runtime.spawn(async move {
            loop {
                let receipt = store.commit(pair.letter(Volunteer, 1)).await.unwrap();
                acknowledged.lock().unwrap().push(receipt.letter);
            }
        });
    }
    std::thread::sleep(Duration::from_millis(300));
    runtime.shutdown_background();
    let all = acknowledged.lock().unwrap();
    all.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_loses_no_acknowledged_letter_and_tears_none() {
    let house = House::sqlite().await;
    let (url, pair) = (house.url.clone(), house.pair().await);
    let acknowledged = tokio::task::spawn_blocking(move || commit_until_the_crash(&url, pair)).await.unwrap();
    assert!(acknowledged.len() > 10, "{} letters before the crash", acknowledged.len());

    let store = Store::open(&house.url, OpenOptions::default()).await.unwrap();
    for letter in &acknowledged {
        assert!(store.letter(*letter).await.unwrap().is_some());
    }
    let letters = store.queue_list(None, u32::MAX).await.unwrap().len();
    let entries = store.ledger_entries(pair.id, Some(week())).await.unwrap().len();
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
