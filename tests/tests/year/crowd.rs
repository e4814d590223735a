//! Sixty-four letters at once against a nearly full week, through the whole way in of two nodes.

use crate::people::{marked, write};
use crate::rules::{Rules, next_monday};
use crate::town::Town;
use brevbro_core::spool::SpoolState;
use brevbro_core::time::{Moment, Span, Week};
use brevbro_store::{SpoolKind, SpoolRow};
use brevbro_tests::Engine;
use std::rc::Rc;

const LETTERS: usize = 64;
/// 31 minutes, and then 7 for each: 31 + 4 × 7 = 59 of 60.
const FIRST: i64 = 3_600;
const EACH: i64 = 720;
const FIT: usize = 4;
/// A fresh week takes eight: 56 of 60.
const FIT_FRESH: usize = 8;

/// Exactly those that fit go out, whichever came first; the others leave in the order they were written.
pub(crate) async fn meets_a_nearly_full_week(engine: Engine, now: Moment) {
    let mut town = Town::opens(engine, now, &[(Rc::new(Rules::letters()), None)]).await;
    town.ticks().await;
    writes(&town, 0, FIRST).await;
    let waiting: Vec<_> = (1..=LETTERS)
        .map(|letter| {
            town.clock.set(now + Span::millis(i64::try_from(letter).unwrap()));
            let person = &town.people[0];
            let raw = write(&person.volunteers_mailbox, &person.to_seeker, letter, EACH);
            town.hands_in(letter, &person.volunteers_mailbox, &person.to_seeker, raw)
        })
        .collect();
    for one in waiting {
        one.await.unwrap();
    }
    town.is_quiet().await;
    assert_eq!(minutes(&town, now).await, 310 + 70 * i64::try_from(FIT).unwrap());
    assert_eq!(arrivals(&town), 1 + FIT);
    let mut expected = held(&town).await;
    assert_eq!(expected.len(), LETTERS - FIT);
    let told = names(&town).await;
    let count = |name: &str| told.iter().filter(|told| *told == name).count();
    // 80 % is reached with the third of them: said once, however many letters came at once.
    assert_eq!((count("week_near"), count("week_full"), told.len()), (1, LETTERS - FIT, 1 + LETTERS - FIT));
    let mut monday = next_monday(now);
    while !expected.is_empty() {
        town.goes_on(monday);
        town.ticks().await;
        town.is_quiet().await;
        let leave = expected.len().min(FIT_FRESH);
        assert_eq!(arrivals(&town), leave);
        expected.drain(..leave);
        assert_eq!(held(&town).await, expected, "the oldest have left");
        assert_eq!(minutes(&town, monday).await, 70 * i64::try_from(leave).unwrap());
        monday = next_monday(monday);
    }
}

async fn writes(town: &Town, letter: usize, characters: i64) {
    let person = &town.people[0];
    let raw = write(&person.volunteers_mailbox, &person.to_seeker, letter, characters);
    town.takes(letter, &person.volunteers_mailbox, &person.to_seeker, raw).await;
}

async fn minutes(town: &Town, now: Moment) -> i64 {
    let week = Week::of(crate::rules::week_of(now));
    town.onlooker.store.week_minutes(town.people[0].pairing, week).await.unwrap().as_tenths()
}

fn arrivals(town: &Town) -> usize {
    let texts = town.post.take().into_iter().map(|(_, parcel)| String::from_utf8_lossy(&parcel.message).into_owned());
    texts.filter(|text| marked(text).is_some()).count()
}

/// What waits, the oldest first.
async fn held(town: &Town) -> Vec<(Moment, brevbro_core::id::LetterId)> {
    let rows = town.onlooker.store.queue_list(Some(SpoolState::Held), 1_000).await.unwrap();
    let mut rows: Vec<_> = rows.into_iter().map(|row| (row.created_at, row.id)).collect();
    rows.sort_unstable();
    rows
}

async fn names(town: &Town) -> Vec<String> {
    let rows: Vec<SpoolRow> = town.onlooker.store.queue_list(None, 1_000).await.unwrap();
    rows.into_iter().filter(|row| row.kind == SpoolKind::Notice).filter_map(|row| row.notice_name).collect()
}
