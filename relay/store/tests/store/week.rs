//! The week as a volunteer meets it: reading that waits, what is said once, limits of a pairing's own, flags.

use crate::house::{House, NOW, Pair, item_id, on_both_engines, week, whole};
use brevbro_core::escalation::ItemKind;
use brevbro_core::ledger::{EntryKind, READ_AFTER};
use brevbro_core::missed::Waiting;
use brevbro_core::party::Side::{Seeker, Volunteer};
use brevbro_core::spool::{HoldReason, SpoolState};
use brevbro_core::time::Week;
use brevbro_store::{Actor, Commit, NewItem, NewSilence, Reading, StoreError};

on_both_engines![
    reading_is_booked_with_the_answer,
    a_programme_may_not_count_reading,
    a_letter_that_is_not_sent_is_not_read,
    the_volunteer_hears_once_that_the_week_is_nearly_full,
    what_is_said_must_be_there_before_the_week_turns,
    the_second_full_week_of_four_raises_one_item,
    a_flagged_exchange_is_never_held,
];

async fn kinds(house: &House, pair: &Pair) -> Vec<EntryKind> {
    house.store.ledger_entries(pair.id, None).await.unwrap().into_iter().map(|entry| entry.kind).collect()
}

async fn notices(house: &House, name: &str) -> usize {
    let all = house.store.queue_list(None, 500).await.unwrap();
    all.iter().filter(|row| row.notice_name.as_deref() == Some(name)).count()
}

async fn reading_is_booked_with_the_answer(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    for _ in 0..2 {
        let _ = store.commit(pair.letter(Seeker, 5)).await.unwrap();
    }
    assert_eq!(kinds(house, &pair).await, [EntryKind::Unread; 2]);
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(0));
    let entries = store.ledger_entries(pair.id, None).await.unwrap();
    assert!(entries.iter().all(|entry| entry.estimate.is_some_and(|estimate| estimate > whole(0))));

    let _ = store.commit(pair.letter(Volunteer, 5)).await.unwrap();
    let after = kinds(house, &pair).await;
    assert_eq!(after.iter().filter(|kind| **kind == EntryKind::Read).count(), 2, "{after:?}");
    let sum = store.week_minutes(pair.id, week()).await.unwrap();
    assert!(sum > whole(5), "{sum}");
    // The next answer finds nothing to book.
    let _ = store.commit(pair.letter(Volunteer, 5)).await.unwrap();
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), sum + whole(5));
}

async fn a_programme_may_not_count_reading(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let _ = store.commit(Commit { reading: Reading::Never, ..pair.letter(Seeker, 5) }).await.unwrap();
    let _ = store.commit(pair.letter(Volunteer, 5)).await.unwrap();
    assert_eq!(kinds(house, &pair).await, [EntryKind::Reserved]);
}

async fn a_letter_that_is_not_sent_is_not_read(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let letter = pair.letter(Seeker, 5);
    let id = letter.id;
    let _ = store.commit(letter).await.unwrap();
    store.discard(id, NOW, Actor::Coordinator).await.unwrap();
    let _ = store.commit(pair.letter(Volunteer, 5)).await.unwrap();
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(5));
}

async fn the_volunteer_hears_once_that_the_week_is_nearly_full(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    // 4, 8 and 12 of 15 minutes: 80 per cent are 12.
    for told in [0, 0, 1] {
        assert_eq!(store.commit(pair.capped(4, 15)).await.unwrap().state, SpoolState::Queued);
        assert_eq!(notices(house, "week_near").await, told);
    }
    let receipt = store.commit(pair.capped(4, 15)).await.unwrap();
    assert_eq!((receipt.state, receipt.held), (SpoolState::Held, Some(HoldReason::WeekFull)));
    assert_eq!((notices(house, "week_near").await, notices(house, "week_full").await), (1, 1));
    let _ = store.commit(pair.capped(4, 15)).await.unwrap();
    assert_eq!(notices(house, "week_full").await, 2, "every letter that waits is told of");
}

async fn what_is_said_must_be_there_before_the_week_turns(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let early = Commit { told: None, ..pair.capped(4, 15) };
    let _ = store.commit(early).await.unwrap();
    let turning = Commit { told: None, ..pair.capped(10, 15) };
    assert_eq!(store.commit(turning.clone()).await.unwrap_err(), StoreError::WeekTurned);
    assert_eq!(store.queue_list(None, 10).await.unwrap().len(), 1, "nothing was written");
    let again = Commit { told: pair.capped(10, 15).told, ..turning };
    assert_eq!(store.commit(again).await.unwrap().state, SpoolState::Queued);
    assert_eq!(notices(house, "week_near").await, 1);
}

async fn the_second_full_week_of_four_raises_one_item(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let in_week = |week: Week| Commit { letter: pair.in_week(Volunteer, 9, week), ..pair.capped(9, 5) };
    let items = async || store.items(true).await.unwrap().len();
    for (week, expected) in [("2026-W40", 0), ("2026-W44", 0), ("2026-W46", 1), ("2026-W46", 1), ("2026-W47", 2)] {
        let receipt = store.commit(in_week(week.parse().unwrap())).await.unwrap();
        assert_eq!(receipt.state, SpoolState::Held);
        assert_eq!(items().await, expected, "{week}");
    }
}

async fn a_flagged_exchange_is_never_held(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let flag = NewItem {
        id: item_id(),
        kind: ItemKind::Flag,
        severity: ItemKind::Flag.severity(),
        pairing: Some(pair.id),
        letter: None,
        due_at: NOW,
    };
    let _ = store.commit(Commit { items: vec![flag], ..pair.letter(Seeker, 5) }).await.unwrap();
    let receipt = store.commit(pair.capped(90, 60)).await.unwrap();
    assert_eq!(receipt.state, SpoolState::Queued);
    let silence = NewSilence { waiting: Waiting::ForSeeker, since: NOW, due_at: Some(NOW + READ_AFTER) };
    let _ = store.commit(Commit { silence: Some(silence), ..pair.letter(Volunteer, 5) }).await.unwrap();
}
