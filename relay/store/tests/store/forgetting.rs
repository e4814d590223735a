//! Forgetting: unconfirmed letters, old rows, and no octet of an erased body left in any file.

use crate::house::{Draft, House, NOW, chance, on_both_engines, settlement, week, whole};
use brevbro_core::party::Side::{Seeker, Volunteer};
use brevbro_core::spool::SpoolState;
use brevbro_core::time::Span;
use brevbro_store::{Commit, Confirmed, Node, Outcome, Purged};
use std::path::Path;

on_both_engines![an_unconfirmed_letter_is_discarded_in_time, old_rows_go_and_waiting_ones_stay];

async fn an_unconfirmed_letter_is_discarded_in_time(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let doubted = Draft { believed: false, ..Draft::default() };
    let id = store.commit(pair.draft(Volunteer, 5, &doubted)).await.unwrap().letter;
    assert_eq!(store.purge(NOW + Span::days(4)).await.unwrap(), Purged::default());
    assert_eq!(store.purge(NOW + Span::days(5)).await.unwrap(), Purged { discarded: 1, rows: 0 });
    assert_eq!(store.letter(id).await.unwrap().unwrap().state, SpoolState::Discarded);
    assert_eq!(store.confirm(id, pair.volunteer, NOW + Span::days(5)).await, Ok(Confirmed::NotHeld));
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(0));
}

async fn old_rows_go_and_waiting_ones_stay(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let node = Node::from_random(chance());
    let replay = Some(pair.digest(9));
    let gone =
        store.commit(Commit { replay, claim_for: Some(node), ..pair.letter(Volunteer, 5) }).await.unwrap().letter;
    store.settle(settlement(gone, node, Outcome::Delivered)).await.unwrap();
    let kept = store.commit(pair.draft(Seeker, 5, &Draft { suspect: true, ..Draft::default() })).await.unwrap().letter;
    assert_eq!(store.purge(NOW + Span::days(29)).await.unwrap().rows, 0);
    assert_eq!(store.purge(NOW + Span::days(31)).await.unwrap().rows, 1);
    assert_eq!(store.letter(gone).await.unwrap(), None);
    assert_eq!(store.letter(kept).await.unwrap().unwrap().state, SpoolState::Quarantined);
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(5), "counters outlive letters");
    assert!(!store.commit(Commit { replay, ..pair.letter(Volunteer, 5) }).await.unwrap().duplicate);
}

/// Octets that compress to nothing and occur nowhere else.
const MARK: &[u8] = b"kanariefagel-9f3c51d7e2";

fn copies(file: &Path) -> usize {
    let octets = std::fs::read(file).unwrap_or_default();
    octets.windows(MARK.len()).filter(|window| *window == MARK).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_copy_of_an_erased_body_is_left_in_the_file_or_its_log() {
    let house = House::sqlite().await;
    let (store, pair, node) = (&house.store, house.pair().await, Node::from_random(chance()));
    let file = house.file().unwrap();
    let log = file.with_extension("db-wal");
    let draft = Draft { body: MARK.repeat(300), ..Draft::default() };
    for round in 0..3 {
        let mut letters = Vec::new();
        for _ in 0..40 {
            letters.push(store.commit(pair.draft(Seeker, 1, &draft)).await.unwrap().letter);
        }
        assert!(copies(&file) + copies(&log) >= 40 * 200, "the search finds what is there");
        let claimed = store.claim(node, NOW, 100).await.unwrap().len();
        assert_eq!(claimed, 40, "round {round}");
        for letter in letters {
            store.settle(settlement(letter, node, Outcome::Delivered)).await.unwrap();
        }
        store.purge(NOW).await.unwrap();
        store.checkpoint().await.unwrap();
        assert_eq!((copies(&file), copies(&log)), (0, 0));
    }
}
