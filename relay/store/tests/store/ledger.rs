//! Contact time declared by people, and items.

use crate::house::{House, NOW, chance, item_id, on_both_engines, week, whole};
use brevbro_core::escalation::{ItemEvent, ItemKind, ItemState, Severity};
use brevbro_core::id::EntryId;
use brevbro_core::ledger::EntryKind;
use brevbro_core::party::Side::Volunteer;
use brevbro_core::seal::Sealed;
use brevbro_store::{Actor, Amount, Commit, NewEntry, NewItem, StoreError};

on_both_engines![declared_time_is_added_or_set, an_item_is_seen_and_resolved];

async fn declared_time_is_added_or_set(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let _ = store.commit(pair.letter(Volunteer, 12)).await.unwrap();
    let entry = |amount| NewEntry {
        id: EntryId::from_random(chance()),
        pairing: pair.id,
        week: week(),
        kind: EntryKind::Declared,
        amount,
        letter: None,
        author_side: None,
        made_at: NOW,
        made_by: Actor::Party,
        note: Some(Sealed::from_sealed_octets(vec![1, 2, 3])),
    };
    assert_eq!(store.ledger_append(entry(Amount::Delta(whole(8)))).await, Ok(whole(20)));
    let totals: Vec<_> = (0..8)
        .map(|_| {
            let (store, entry) = (store.clone(), entry(Amount::WeekTotal(whole(35))));
            tokio::spawn(async move { store.ledger_append(entry).await.unwrap() })
        })
        .collect();
    for total in totals {
        assert_eq!(total.await.unwrap(), whole(35), "a total stays a total when it is said twice at once");
    }
    let entries = store.ledger_entries(pair.id, None).await.unwrap();
    assert_eq!((entries.len(), entries.iter().map(|e| e.delta).sum()), (10, whole(35)));
    let said: Vec<_> = entries.iter().filter_map(|e| e.declared).collect();
    assert_eq!((said.len(), said.contains(&whole(8)), said.contains(&whole(35))), (9, true, true));
    assert!(entries.iter().all(|e| e.note.is_some() == (e.kind == EntryKind::Declared)));
    assert!(store.ledger_entries(pair.id, Some("2026-W48".parse().unwrap())).await.unwrap().is_empty());
}

async fn an_item_is_seen_and_resolved(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let id = item_id();
    let item = NewItem {
        id,
        kind: ItemKind::Desk,
        severity: ItemKind::Desk.severity(),
        pairing: Some(pair.id),
        letter: None,
        due_at: NOW,
    };
    let _ = store.commit(Commit { items: vec![item], ..pair.letter(Volunteer, 1) }).await.unwrap();
    let go = |event| store.item_move(id, event, NOW, Actor::Coordinator);
    assert_eq!(store.items(true).await.unwrap()[0].severity, Severity::Routine);
    assert_eq!(go(ItemEvent::See).await, Ok(ItemState::Seen));
    assert_eq!(go(ItemEvent::Lapse).await, Ok(ItemState::Raised));
    assert_eq!(go(ItemEvent::Resolve).await, Ok(ItemState::Resolved));
    assert_eq!(go(ItemEvent::See).await, Err(StoreError::ItemMove));
    assert!(store.items(true).await.unwrap().is_empty());
    assert_eq!(store.items(false).await.unwrap()[0].resolved_at, Some(NOW));
    assert_eq!(store.counts().await.unwrap().items_open, 0);
}
