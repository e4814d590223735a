//! The import: ten thousand rows in seconds, all of them or none.

use crate::house::{House, NOW, Pair, on_both_engines};
use brevbro_core::party::Side;
use brevbro_store::{Actor, ImportRow, Imported, RowTrouble, StoreError};
use std::time::{Duration, Instant};

on_both_engines![
    ten_thousand_rows_take_seconds,
    one_bad_row_keeps_all_rows_out_and_every_bad_row_is_named,
    known_people_are_used_again,
];

fn row(pair: &Pair) -> ImportRow {
    ImportRow {
        pairing: pair.id,
        programme: "standard".to_owned(),
        volunteer: pair.person(pair.volunteer, 1),
        volunteer_alias: pair.alias(1),
        volunteer_alias_is_given: true,
        seeker: pair.person(pair.seeker, 3),
        seeker_alias: pair.alias(3),
        planned_end: None,
        hard_end: None,
    }
}

async fn ten_thousand_rows_take_seconds(house: &House) {
    let store = &house.store;
    let pairs: Vec<Pair> = (0..10_000).map(|_| Pair::new()).collect();
    let start = Instant::now();
    let imported = store.pairing_import(pairs.iter().map(row).collect(), NOW, Actor::Admin).await.unwrap();
    let took = start.elapsed();
    assert_eq!(imported, Imported { pairings: 10_000, volunteers: 10_000, seekers: 10_000 });
    assert!(took < Duration::from_mins(1), "{took:?}");
    let last = pairs.last().unwrap();
    let facts = store.pairing_for(&last.digest(4), &last.digest(1)).await.unwrap();
    assert_eq!(facts, Some(last.facts(Side::Seeker)));
}

async fn one_bad_row_keeps_all_rows_out_and_every_bad_row_is_named(house: &House) {
    let (store, known) = (&house.store, house.pair().await);
    let [one, two, three, four] = [(); 4].map(|()| Pair::new());
    let taken = ImportRow { seeker_alias: known.alias(1), ..row(&two) };
    let other_alias = ImportRow { volunteer: known.person(known.volunteer, 1), ..row(&three) };
    let paired = ImportRow {
        volunteer: known.person(known.volunteer, 1),
        volunteer_alias: known.alias(1),
        seeker: known.person(known.seeker, 3),
        ..row(&four)
    };
    let rows = vec![row(&one), taken, other_alias, paired];
    let expected = vec![(1, RowTrouble::AliasTaken), (2, RowTrouble::OtherAlias), (3, RowTrouble::AlreadyPaired)];
    assert_eq!(store.pairing_import(rows, NOW, Actor::Admin).await, Err(StoreError::Rows(expected)));
    assert_eq!(store.persons(Side::Volunteer).await.unwrap().len(), 1);
    assert_eq!(store.pairing(one.id).await.unwrap(), None);
}

async fn known_people_are_used_again(house: &House) {
    let (store, known) = (&house.store, house.pair().await);
    let [one, two] = [(); 2].map(|()| Pair::new());
    let same_volunteer = |pair: &Pair| ImportRow {
        volunteer: known.person(pair.volunteer, 1),
        volunteer_alias: pair.alias(1),
        volunteer_alias_is_given: false,
        ..row(pair)
    };
    let imported = store.pairing_import(vec![same_volunteer(&one), same_volunteer(&two)], NOW, Actor::Admin).await;
    assert_eq!(imported, Ok(Imported { pairings: 2, volunteers: 0, seekers: 2 }));
    let facts = store.pairing_for(&two.digest(4), &known.digest(1)).await.unwrap().unwrap();
    assert_eq!((facts.pairing, facts.recipient), (two.id, known.volunteer));
    assert_eq!(store.persons(Side::Volunteer).await.unwrap().len(), 1);
}
