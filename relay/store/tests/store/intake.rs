//! Desk 7: what one commit makes durable, what it refuses to do twice, and the week's guard under concurrency.

use crate::house::{Draft, House, NOW, chance, item_id, on_both_engines, week, whole};
use brevbro_core::escalation::ItemKind;
use brevbro_core::party::Side::{Seeker, Volunteer};
use brevbro_core::spool::{HoldReason, SpoolState};
use brevbro_core::time::Span;
use brevbro_store::{Commit, NewItem, Node, SpoolKind, StoreError, To};

on_both_engines![
    a_letter_is_queued_with_all_it_causes,
    a_second_copy_is_a_duplicate_and_writes_nothing,
    a_failing_commit_keeps_nothing,
    held_and_quarantined_letters_take_no_time,
    the_week_is_exact_with_sixty_four_writers,
    a_seeker_is_never_held_by_a_full_week,
    a_claimed_letter_is_held_when_the_week_is_full,
];

async fn a_letter_is_queued_with_all_it_causes(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let item = NewItem {
        id: item_id(),
        kind: ItemKind::Guard,
        severity: ItemKind::Guard.severity(),
        pairing: Some(pair.id),
        letter: None,
        due_at: NOW,
    };
    let commit = Commit { notices: vec![pair.notice()], items: vec![item], ..pair.letter(Seeker, 5) };
    let id = commit.id;
    let receipt = store.commit(commit).await.unwrap();
    assert_eq!((receipt.letter, receipt.state, receipt.duplicate), (id, SpoolState::Queued, false));

    let row = store.letter(id).await.unwrap().unwrap();
    assert_eq!((row.kind, row.state, row.attempts, row.size), (SpoolKind::Letter, SpoolState::Queued, 0, 11));
    assert_eq!((row.author, row.recipient), (Some(pair.seeker), To::Person { id: pair.volunteer, address: None }));
    assert_eq!((row.due_at, row.give_up_at), (Some(NOW), NOW + Span::days(5)));
    assert_eq!(store.items(true).await.unwrap().len(), 1);
    let counts = store.counts().await.unwrap();
    assert_eq!((counts.by_state, counts.oldest_queued), (vec![(SpoolState::Queued, 2)], Some(NOW)));
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(0), "nobody has read it yet");
}

async fn a_second_copy_is_a_duplicate_and_writes_nothing(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let replay = Some(pair.digest(9));
    let first = store.commit(Commit { replay, ..pair.letter(Volunteer, 5) }).await.unwrap();
    let again = Commit { replay, notices: vec![pair.notice()], ..pair.letter(Volunteer, 5) };
    let second = store.commit(again).await.unwrap();
    assert_eq!((second.letter, second.duplicate), (first.letter, true));
    assert_eq!(store.queue_list(None, 10).await.unwrap().len(), 1);
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(5));
}

async fn a_failing_commit_keeps_nothing(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let notice = pair.notice();
    let twice = vec![notice.clone(), notice];
    let commit = Commit { notices: twice, ..pair.letter(Volunteer, 5) };
    let error = store.commit(commit).await.unwrap_err();
    assert!(matches!(error, StoreError::Refused(_)) && !error.retryable(), "{error:?}");
    assert!(store.queue_list(None, 10).await.unwrap().is_empty());
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(0));
}

async fn held_and_quarantined_letters_take_no_time(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let node = Node::from_random(chance());
    let doubted =
        Commit { claim_for: Some(node), ..pair.draft(Volunteer, 5, &Draft { believed: false, ..Draft::default() }) };
    let receipt = store.commit(doubted).await.unwrap();
    assert_eq!((receipt.state, receipt.held), (SpoolState::Held, Some(HoldReason::Unverified)));
    let suspect = pair.draft(Volunteer, 5, &Draft { suspect: true, ..Draft::default() });
    assert_eq!(store.commit(suspect).await.unwrap().state, SpoolState::Quarantined);
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(0));
    assert!(store.claim(node, NOW, 10).await.unwrap().is_empty(), "neither is delivered");
}

async fn the_week_is_exact_with_sixty_four_writers(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    // 60 minutes, 45 of them used; letters of 3 minutes each: exactly five more fit.
    for _ in 0..9 {
        let _ = store.commit(pair.letter(Volunteer, 5)).await.unwrap();
    }
    let writers: Vec<_> = (0..64)
        .map(|_| {
            let (store, commit) = (store.clone(), pair.capped(3, 60));
            tokio::spawn(async move { store.commit(commit).await.unwrap() })
        })
        .collect();
    let (mut queued, mut held) = (0, 0);
    for writer in writers {
        let receipt = writer.await.unwrap();
        match (receipt.state, receipt.held) {
            (SpoolState::Queued, None) => queued += 1,
            (SpoolState::Held, Some(HoldReason::WeekFull)) => held += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((queued, held), (5, 59));
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(60));
    assert_eq!(store.queue_list(Some(SpoolState::Held), 100).await.unwrap().len(), 59);
}

async fn a_seeker_is_never_held_by_a_full_week(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let _ = store.commit(pair.letter(Volunteer, 60)).await.unwrap();
    let Commit { week: rules, told, .. } = pair.capped(5, 60);
    let receipt = store.commit(Commit { week: rules, told, ..pair.letter(Seeker, 5) }).await.unwrap();
    assert_eq!(receipt.state, SpoolState::Queued);
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(60), "reading is booked when it is answered");
}

async fn a_claimed_letter_is_held_when_the_week_is_full(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let node = Node::from_random(chance());
    let full = Commit { claim_for: Some(node), ..pair.capped(5, 4) };
    let (id, receipt) = (full.id, store.commit(full).await.unwrap());
    assert_eq!((receipt.state, receipt.held), (SpoolState::Held, Some(HoldReason::WeekFull)));
    let row = store.letter(id).await.unwrap().unwrap();
    assert_eq!((row.state, row.attempts, row.reason.as_deref()), (SpoolState::Held, 0, Some("week_full")));
    assert_eq!(store.renew(node, Vec::new(), NOW).await.unwrap(), 0);
}
