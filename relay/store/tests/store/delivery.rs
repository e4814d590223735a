//! Desks 8 and 9: claims, leases, settlements, and what people and reports decide.

use crate::house::{Draft, House, NOW, chance, item_id, on_both_engines, settlement, week, whole};
use brevbro_core::escalation::ItemKind;
use brevbro_core::ledger::EntryKind;
use brevbro_core::party::Side::{Seeker, Volunteer};
use brevbro_core::spool::{LEASE, SpoolState};
use brevbro_core::time::Span;
use brevbro_store::{
    Actor, Commit, Confirmed, NewItem, NewNotice, Node, NoticeTo, Outcome, Post, Settlement, SpoolKind, StoreError, To,
};
use std::collections::HashSet;

on_both_engines![
    a_delivered_letter_is_settled_once_and_its_body_goes,
    four_claimers_get_distinct_letters,
    a_lapsed_lease_returns_by_itself,
    a_renewed_lease_does_not_lapse,
    a_deferred_letter_waits_and_an_untried_one_is_not_counted,
    a_failed_letter_gives_its_time_back_and_may_come_again,
    a_corrupt_letter_waits_for_a_person,
    a_claim_takes_no_more_octets_than_its_measure,
    a_held_letter_is_confirmed_once_by_its_author_alone,
    people_release_discard_and_retry,
    a_bounce_counts_once,
    notices_find_their_way,
    a_desk_letter_without_a_contact_waits,
];

fn node() -> Node {
    Node::from_random(chance())
}

async fn a_delivered_letter_is_settled_once_and_its_body_goes(house: &House) {
    let (store, pair, node) = (&house.store, house.pair().await, node());
    let commit = Commit { claim_for: Some(node), ..pair.letter(Volunteer, 5) };
    let id = commit.id;
    assert_eq!(store.commit(commit).await.unwrap().state, SpoolState::Claimed);
    assert!(store.claim(node, NOW, 10).await.unwrap().is_empty(), "it is in this node's hands already");
    store.settle(settlement(id, node, Outcome::Delivered)).await.unwrap();
    let row = store.letter(id).await.unwrap().unwrap();
    assert_eq!((row.state, row.due_at, row.attempts), (SpoolState::Delivered, None, 1));
    let kinds: Vec<_> = store.ledger_entries(pair.id, Some(week())).await.unwrap().iter().map(|e| e.kind).collect();
    assert_eq!(kinds.iter().collect::<HashSet<_>>(), HashSet::from([&EntryKind::Reserved, &EntryKind::Settled]));
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(5));
    let again = store.settle(settlement(id, node, Outcome::Delivered)).await;
    assert_eq!(again, Err(StoreError::Conflict));
    assert_eq!(
        store.discard(id, NOW, Actor::Admin).await.unwrap_err().to_string(),
        "this letter is delivered: that cannot be done now"
    );
}

async fn four_claimers_get_distinct_letters(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    for _ in 0..100 {
        let _ = store.commit(pair.letter(Seeker, 1)).await.unwrap();
    }
    let claimers: Vec<_> = (0..4)
        .map(|_| {
            let (store, node) = (store.clone(), node());
            tokio::spawn(async move {
                let mut mine = Vec::new();
                loop {
                    let claimed = store.claim(node, NOW, 7).await.unwrap();
                    assert!(claimed.len() <= 7);
                    // Passed-over rows are somebody else's at this moment; the queue is empty only when it is.
                    if claimed.is_empty() && store.counts().await.unwrap().by_state == [(SpoolState::Claimed, 100)] {
                        return mine;
                    }
                    mine.extend(claimed.into_iter().map(|letter| letter.id));
                }
            })
        })
        .collect();
    let mut all = Vec::new();
    for claimer in claimers {
        all.extend(claimer.await.unwrap());
    }
    assert_eq!((all.len(), all.iter().collect::<HashSet<_>>().len()), (100, 100));
}

async fn a_lapsed_lease_returns_by_itself(house: &House) {
    let (store, pair, dead, living) = (&house.store, house.pair().await, node(), node());
    let id = store.commit(pair.letter(Seeker, 1)).await.unwrap().letter;
    let first = store.claim(dead, NOW, 1).await.unwrap();
    assert_eq!((first.len(), first[0].attempts, first[0].body.octets()), (1, 1, &b"sealed body"[..]));
    assert_eq!(store.next_due().await.unwrap(), Some(NOW + LEASE));
    assert!(store.claim(living, NOW + Span::seconds(44), 1).await.unwrap().is_empty());
    let second = store.claim(living, NOW + LEASE, 1).await.unwrap();
    assert_eq!((second[0].id, second[0].attempts), (id, 2));
    assert_eq!(store.settle(settlement(id, dead, Outcome::Delivered)).await, Err(StoreError::Conflict));
    store.settle(settlement(id, living, Outcome::Delivered)).await.unwrap();
}

async fn a_renewed_lease_does_not_lapse(house: &House) {
    let (store, pair, one, other) = (&house.store, house.pair().await, node(), node());
    let _ = store.commit(pair.letter(Seeker, 1)).await.unwrap();
    let letter = store.claim(one, NOW, 1).await.unwrap()[0].id;
    assert_eq!(store.renew(one, Vec::new(), NOW + Span::seconds(40)).await.unwrap(), 0, "nobody works on it");
    assert_eq!(store.renew(one, vec![letter], NOW + Span::seconds(40)).await.unwrap(), 1);
    assert_eq!(store.renew(other, vec![letter], NOW + Span::seconds(40)).await.unwrap(), 0);
    assert!(store.claim(other, NOW + LEASE, 1).await.unwrap().is_empty());
    assert_eq!(store.release_all_claims(NOW).await.unwrap(), 1);
    assert_eq!(store.claim(other, NOW, 1).await.unwrap().len(), 1);
}

async fn a_deferred_letter_waits_and_an_untried_one_is_not_counted(house: &House) {
    let (store, pair, node) = (&house.store, house.pair().await, node());
    let id = store.commit(pair.letter(Seeker, 1)).await.unwrap().letter;
    store.claim(node, NOW, 1).await.unwrap();
    let due_at = NOW + Span::minutes(3);
    let deferred = Outcome::Deferred { due_at, count_attempt: true };
    store.settle(Settlement { told_delay: true, ..settlement(id, node, deferred) }).await.unwrap();
    assert_eq!(store.next_due().await.unwrap(), Some(due_at));
    assert!(store.claim(node, NOW + Span::minutes(2), 1).await.unwrap().is_empty());
    let again = store.claim(node, due_at, 1).await.unwrap().remove(0);
    assert_eq!((again.attempts, again.delay_told), (2, true));
    let untried = Outcome::Deferred { due_at: NOW, count_attempt: false };
    store.settle(settlement(id, node, untried)).await.unwrap();
    let row = store.letter(id).await.unwrap().unwrap();
    assert_eq!((row.state, row.attempts, row.delay_told), (SpoolState::Queued, 1, true));
}

async fn a_failed_letter_gives_its_time_back_and_may_come_again(house: &House) {
    let (store, pair, node) = (&house.store, house.pair().await, node());
    let replay = Some(pair.digest(9));
    let id = store.commit(Commit { replay, claim_for: Some(node), ..pair.letter(Volunteer, 5) }).await.unwrap().letter;
    let item = NewItem {
        id: item_id(),
        kind: ItemKind::Undeliverable,
        severity: ItemKind::Undeliverable.severity(),
        pairing: None,
        letter: Some(id),
        due_at: NOW,
    };
    let end = Settlement { notices: vec![pair.notice()], items: vec![item], ..settlement(id, node, Outcome::Failed) };
    store.settle(end).await.unwrap();
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(0));
    assert_eq!(store.letter(id).await.unwrap().unwrap().state, SpoolState::Failed);
    assert_eq!((store.items(true).await.unwrap().len(), store.claim(node, NOW, 9).await.unwrap().len()), (1, 1));
    assert!(!store.commit(Commit { replay, ..pair.letter(Volunteer, 5) }).await.unwrap().duplicate);
}

async fn a_corrupt_letter_waits_for_a_person(house: &House) {
    let (store, pair, node) = (&house.store, house.pair().await, node());
    let id = store.commit(Commit { claim_for: Some(node), ..pair.letter(Volunteer, 5) }).await.unwrap().letter;
    store.settle(settlement(id, node, Outcome::Corrupt)).await.unwrap();
    let row = store.letter(id).await.unwrap().unwrap();
    assert_eq!((row.state, row.reason.as_deref()), (SpoolState::Quarantined, Some("corrupt")));
    store.release(id, NOW, Actor::Admin).await.unwrap();
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(5), "booked once, not twice");
    assert_eq!(store.claim(node, NOW, 1).await.unwrap()[0].body.octets(), b"sealed body");
}

async fn a_claim_takes_no_more_octets_than_its_measure(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let large = Draft { body: vec![7; 5 << 20], ..Draft::default() };
    for _ in 0..3 {
        let _ = store.commit(pair.draft(Seeker, 1, &large)).await.unwrap();
    }
    for left in [3, 2, 1] {
        let claimed = store.claim(node(), NOW, 10).await.unwrap();
        assert_eq!((claimed.len(), claimed[0].body.octets().len()), (1, 5 << 20), "{left} were left");
    }
    assert!(store.claim(node(), NOW, 10).await.unwrap().is_empty());
}

async fn a_held_letter_is_confirmed_once_by_its_author_alone(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let doubted = Draft { believed: false, ..Draft::default() };
    let commit = pair.draft(Volunteer, 5, &doubted);
    let id = commit.id;
    let item = NewItem {
        id: item_id(),
        kind: ItemKind::Unverified,
        severity: ItemKind::Unverified.severity(),
        pairing: None,
        letter: Some(id),
        due_at: NOW,
    };
    let _ = store.commit(Commit { items: vec![item], ..commit }).await.unwrap();
    let later = NOW + Span::days(1);
    assert_eq!(store.confirm(id, pair.seeker, later).await, Ok(Confirmed::NotHeld));
    assert_eq!(store.confirm(id, pair.volunteer, later).await, Ok(Confirmed::Released));
    assert_eq!(store.confirm(id, pair.volunteer, later).await, Ok(Confirmed::NotHeld));
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(5));
    assert!(store.items(true).await.unwrap().is_empty(), "the matter is answered");
    let claimed = store.claim(node(), later, 1).await.unwrap().remove(0);
    assert_eq!((claimed.id, claimed.give_up_at), (id, later + Span::days(5)));
}

async fn people_release_discard_and_retry(house: &House) {
    let (store, pair, node) = (&house.store, house.pair().await, node());
    let suspect = Draft { suspect: true, ..Draft::default() };
    let released = store.commit(pair.draft(Volunteer, 5, &suspect)).await.unwrap().letter;
    store.release(released, NOW, Actor::Coordinator).await.unwrap();
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(5));
    assert!(matches!(store.release(released, NOW, Actor::Coordinator).await, Err(StoreError::SpoolMove(_))));

    let discarded = store.commit(pair.draft(Volunteer, 5, &suspect)).await.unwrap().letter;
    store.discard(discarded, NOW, Actor::Coordinator).await.unwrap();
    store.discard(released, NOW, Actor::Coordinator).await.unwrap();
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(0), "given back");

    let late = store.commit(pair.letter(Seeker, 5)).await.unwrap().letter;
    store.claim(node, NOW, 1).await.unwrap();
    assert!(matches!(store.retry(late, NOW, Actor::Admin).await, Err(StoreError::SpoolMove(_))));
    let deferred = Outcome::Deferred { due_at: NOW + Span::days(1), count_attempt: true };
    store.settle(settlement(late, node, deferred)).await.unwrap();
    store.retry(late, NOW, Actor::Admin).await.unwrap();
    assert_eq!(store.claim(node, NOW, 1).await.unwrap().len(), 1);
    let nobody = brevbro_core::id::LetterId::from_random(chance());
    assert_eq!(store.retry(nobody, NOW, Actor::Admin).await, Err(StoreError::Unknown("letter")));
}

async fn a_bounce_counts_once(house: &House) {
    let (store, pair, node) = (&house.store, house.pair().await, node());
    let id = store.commit(Commit { claim_for: Some(node), ..pair.letter(Volunteer, 5) }).await.unwrap().letter;
    assert_eq!(store.bounced(id, NOW, vec![pair.notice()], None).await, Ok(None), "not delivered yet");
    store.settle(settlement(id, node, Outcome::Delivered)).await.unwrap();
    let row = store.bounced(id, NOW, vec![pair.notice()], None).await.unwrap().unwrap();
    assert_eq!((row.state, row.author), (SpoolState::Failed, Some(pair.volunteer)));
    assert_eq!(store.bounced(id, NOW, vec![pair.notice()], None).await, Ok(None));
    assert_eq!(store.claim(node, NOW, 9).await.unwrap().len(), 1, "one notice, not three");
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(0));
}

async fn notices_find_their_way(house: &House) {
    let (store, pair, node) = (&house.store, house.pair().await, node());
    let contact = NewNotice { to: NoticeTo::Contact, pairing: None, ..pair.notice() };
    let _ = store.commit(Commit { notices: vec![pair.notice(), contact], ..pair.letter(Seeker, 1) }).await.unwrap();
    let claimed = store.claim(node, NOW, 9).await.unwrap();
    let notices: Vec<_> = claimed.iter().filter(|c| c.kind == SpoolKind::Notice).collect();
    let to: HashSet<_> = notices.iter().map(|n| format!("{:?}", n.recipient)).collect();
    let person = To::Person { id: pair.seeker, address: Some(pair.digest(4)) };
    assert_eq!(to, HashSet::from([format!("{person:?}"), "Contact".to_owned()]));
    for notice in notices {
        assert_eq!(notice.notice_name.as_deref(), Some("not_delivered"));
        store.settle(settlement(notice.id, node, Outcome::Delivered)).await.unwrap();
    }
    assert_eq!(store.ledger_entries(pair.id, None).await.unwrap().len(), 1, "notices cost nobody time");
}

async fn a_desk_letter_without_a_contact_waits(house: &House) {
    use brevbro_core::spool::QuarantineReason;
    let (store, pair) = (&house.store, house.pair().await);
    let notice = NewNotice { to: NoticeTo::Contact, name: "desk_letter", pairing: None, ..pair.notice() };
    let id = notice.id;
    let post = |notice| Post {
        notice,
        quarantine: Some(QuarantineReason::NoContact),
        replay: Some(pair.digest(8)),
        items: Vec::new(),
    };
    assert_eq!(store.post(post(notice)).await.unwrap().state, SpoolState::Quarantined);
    assert!(
        store
            .post(post(NewNotice { id: brevbro_core::id::LetterId::from_random(chance()), ..pair.notice() }))
            .await
            .unwrap()
            .duplicate
    );
    assert!(store.claim(node(), NOW, 9).await.unwrap().is_empty());
    store.release(id, NOW, Actor::Admin).await.unwrap();
    assert_eq!(store.claim(node(), NOW, 9).await.unwrap()[0].recipient, To::Contact);
}
