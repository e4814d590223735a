//! Flags and kept letters: what was seen is written with its letter, a letter in doubt calls nobody, and what is kept
//! goes when its time is over.

use crate::house::{Draft, House, NOW, Pair, item_id, on_both_engines};
use brevbro_core::escalation::{ItemEvent, ItemKind, ItemState, Severity};
use brevbro_core::id::{ItemId, LetterId};
use brevbro_core::party::Side::{Seeker, Volunteer};
use brevbro_core::seal::Sealed;
use brevbro_core::spool::SpoolState;
use brevbro_core::time::{Moment, Span};
use brevbro_store::{Actor, Commit, Confirmed, ItemRow, KeptFor, NewFlag, NewItem, NewRetained, Scanned, Store};
use std::path::Path;

on_both_engines![
    what_was_seen_is_kept_with_its_letter,
    the_flagged_letter_itself_is_not_held,
    letters_that_waited_are_freed_by_a_flag,
    a_letter_in_doubt_calls_somebody_when_it_is_confirmed,
    releasing_a_letter_answers_nothing_about_danger,
    the_thread_is_remembered_and_forgotten,
    a_window_is_over_to_the_moment,
    a_flagged_letter_stays_until_its_item_is_answered,
    a_discarded_letter_is_not_kept,
    erasing_takes_batches_and_leaves_the_others,
];

fn flag(category: &'static str, severity: Severity) -> NewFlag {
    NewFlag { category, severity, rule: format!("en.{category}.1"), place: 3..9 }
}

fn kept(why: KeptFor, expires_at: Option<Moment>) -> NewRetained {
    NewRetained { why, sealed: Sealed::from_sealed_octets(MARK.repeat(200)), expires_at, after_days: 30 }
}

/// A letter with one item for all its flags, as the relay commits it.
fn flagged(commit: Commit, pair: &Pair, severity: Severity, flags: Vec<NewFlag>) -> Commit {
    let item = NewItem {
        id: item_id(),
        kind: ItemKind::Flag,
        severity,
        pairing: Some(pair.id),
        letter: Some(commit.id),
        due_at: NOW + severity.time_to_answer(),
    };
    let scanned = Scanned { item: Some(item.id), flags, ..Scanned::default() };
    Commit { items: vec![item], scanned, ..commit }
}

fn with_kept(commit: Commit, kept: NewRetained) -> Commit {
    Commit { scanned: Scanned { kept: Some(kept), ..commit.scanned }, ..commit }
}

async fn committed(store: &Store, commit: Commit) -> (LetterId, ItemId) {
    let item = commit.items[0].id;
    let receipt = store.commit(commit).await.unwrap();
    assert!(!receipt.duplicate);
    (receipt.letter, item)
}

async fn item(store: &Store, id: ItemId) -> ItemRow {
    store.items(false).await.unwrap().into_iter().find(|row| row.id == id).unwrap()
}

async fn resolve(store: &Store, item: ItemId, now: Moment) {
    store.item_move(item, ItemEvent::Resolve, now, Actor::Coordinator).await.unwrap();
}

async fn what_was_seen_is_kept_with_its_letter(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let flags = vec![flag("channel", Severity::Routine), flag("suicide", Severity::Now)];
    let commit = Commit { replay: Some(pair.digest(7)), ..pair.letter(Seeker, 5) };
    let commit = with_kept(flagged(commit, &pair, Severity::Now, flags), kept(KeptFor::Flagged, None));
    let again = Commit { id: pair.letter(Seeker, 5).id, ..commit.clone() };
    let (_, raised) = committed(store, commit).await;
    let shown = store.item_flags(raised).await.unwrap();
    let shown: Vec<_> = shown.iter().map(|f| (f.category.as_str(), f.severity, f.side, f.place.clone())).collect();
    assert_eq!(shown, [("suicide", Severity::Now, Seeker, 3..9), ("channel", Severity::Routine, Seeker, 3..9)]);
    assert_eq!(item(store, raised).await.severity, Severity::Now);
    let due = store.items_lapsed(NOW, 10).await.unwrap();
    assert_eq!((due.len(), due[0].severity), (1, Severity::Now), "the next round sets its ten minutes");
    assert!(store.commit(again).await.unwrap().duplicate);
    assert_eq!((store.items(false).await.unwrap().len(), store.kept_letters(None, NOW).await.unwrap().len()), (1, 1));
}

async fn the_flagged_letter_itself_is_not_held(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let held = store.commit(pair.capped(90, 60)).await.unwrap();
    assert_eq!(held.state, SpoolState::Held, "the week is full for ordinary letters");
    let commit = flagged(pair.capped(90, 60), &pair, Severity::Today, vec![flag("role", Severity::Today)]);
    assert_eq!(store.commit(Commit { told: None, ..commit }).await.unwrap().state, SpoolState::Queued);
}

async fn letters_that_waited_are_freed_by_a_flag(house: &House) {
    let (store, pair, other) = (&house.store, house.pair().await, house.pair().await);
    for pair in [&pair, &other] {
        let _ = store.commit(pair.capped(90, 60)).await.unwrap();
    }
    assert!(store.pairings_freed().await.unwrap().is_empty());
    let commit = flagged(pair.letter(Seeker, 5), &pair, Severity::Today, vec![flag("child", Severity::Today)]);
    let (_, raised) = committed(store, commit).await;
    assert_eq!(store.pairings_freed().await.unwrap(), [pair.id]);
    resolve(store, raised, NOW).await;
    assert!(store.pairings_freed().await.unwrap().is_empty());
}

async fn a_letter_in_doubt_calls_somebody_when_it_is_confirmed(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let doubted = pair.draft(Seeker, 5, &Draft { believed: false, ..Draft::default() });
    let flags = vec![flag("violence", Severity::Today), flag("suicide", Severity::Now)];
    let in_doubt = kept(KeptFor::Flagged, Some(NOW + Span::days(5)));
    let (letter, raised) =
        committed(store, with_kept(flagged(doubted, &pair, Severity::Routine, flags), in_doubt)).await;
    assert!(store.items_lapsed(NOW + Span::days(3), 10).await.unwrap().is_empty(), "a forged letter alarms nobody");
    assert_eq!(store.doubted_flag(letter).await.unwrap(), Some((raised, Severity::Now)));
    let later = NOW + Span::hours(3);
    let told = vec![pair.notice()];
    let confirmed = store.confirm_and_tell(letter, pair.seeker, later, told.clone()).await;
    assert_eq!(confirmed, Ok(Confirmed::Released));
    let risen = item(store, raised).await;
    assert_eq!((risen.severity, risen.state, risen.raised_at), (Severity::Now, ItemState::Raised, later));
    assert_eq!(risen.due_at, later + Span::minutes(10));
    assert_eq!(store.items_lapsed(later, 10).await.unwrap().len(), 1);
    assert_eq!(store.kept_letters(None, later).await.unwrap()[0].expires_at, None);
    assert_eq!(store.doubted_flag(letter).await.unwrap(), None);
    assert!(store.letter(told[0].id).await.unwrap().is_some(), "told in the same act");
    let again = vec![pair.notice()];
    let confirmed = store.confirm_and_tell(letter, pair.seeker, later, again.clone()).await;
    assert_eq!((confirmed, store.letter(again[0].id).await), (Ok(Confirmed::NotHeld), Ok(None)), "once");
}

async fn releasing_a_letter_answers_nothing_about_danger(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let suspect = pair.draft(Seeker, 5, &Draft { suspect: true, ..Draft::default() });
    let mut commit = flagged(suspect, &pair, Severity::Now, vec![flag("suicide", Severity::Now)]);
    for kind in [ItemKind::Guard, ItemKind::NotScanned] {
        let other = NewItem { id: item_id(), kind, severity: kind.severity(), ..commit.items[0].clone() };
        commit.items.push(other);
    }
    let (letter, raised) = committed(store, commit).await;
    store.release(letter, NOW, Actor::Coordinator).await.unwrap();
    let open: Vec<ItemKind> = store.items(true).await.unwrap().iter().map(|row| row.kind).collect();
    assert!(open.contains(&ItemKind::Flag) && open.contains(&ItemKind::NotScanned), "{open:?}");
    assert!(!open.contains(&ItemKind::Guard), "{open:?}");
    assert_eq!(item(store, raised).await.severity, Severity::Now);
}

async fn the_thread_is_remembered_and_forgotten(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let facts = async |since| store.thread_facts(pair.id, since).await.unwrap();
    assert_eq!(facts(NOW).await, brevbro_store::ThreadFacts::default());
    let asked = Scanned { asked: Some(vec![("suicide", Severity::Now)]), ..Scanned::default() };
    let _ = store.commit(Commit { scanned: asked, ..pair.letter(Volunteer, 5) }).await.unwrap();
    let routine = vec![flag("violence", Severity::Routine), flag("child", Severity::Today)];
    let mut commit = flagged(pair.letter(Seeker, 5), &pair, Severity::Today, routine);
    commit.scanned.sentences = vec![[7; 16], [9; 16]];
    let (_, raised) = committed(store, commit).await;
    let seen = facts(NOW).await;
    assert_eq!(seen.asked, [("suicide".to_owned(), Severity::Now)]);
    assert_eq!((seen.routine, seen.seen), (vec![("violence".to_owned(), 1)], vec![[7; 16], [9; 16]]));
    assert!(facts(NOW + Span::millis(1)).await.routine.is_empty(), "too long ago");
    // The item is answered: the same words in another letter are a new cry.
    resolve(store, raised, NOW).await;
    assert!(facts(NOW).await.seen.is_empty());
    let silent = Scanned { asked: Some(Vec::new()), ..Scanned::default() };
    let _ = store.commit(Commit { scanned: silent, ..pair.letter(Volunteer, 5) }).await.unwrap();
    assert!(facts(NOW).await.asked.is_empty(), "the last letter asked nothing");
    let unread = NewItem {
        id: item_id(),
        kind: ItemKind::NotScanned,
        severity: Severity::Routine,
        pairing: Some(pair.id),
        letter: None,
        due_at: NOW,
    };
    let _ = store.commit(Commit { items: vec![unread], ..pair.letter(Seeker, 5) }).await.unwrap();
    assert!(facts(NOW).await.is_known_unread);
}

async fn a_window_is_over_to_the_moment(house: &House) {
    let (store, pair, other) = (&house.store, house.pair().await, house.pair().await);
    let end = NOW + Span::days(14);
    let letter = |pair: &Pair| with_kept(pair.letter(Seeker, 5), kept(KeptFor::Review, Some(end)));
    let first = store.commit(letter(&pair)).await.unwrap().letter;
    let _ = store.commit(letter(&other)).await.unwrap();
    let last = end + Span::millis(-1);
    assert_eq!(store.kept_letters(None, last).await.unwrap().len(), 2);
    let own = store.kept_letters(Some(pair.id), last).await.unwrap();
    assert_eq!((own.len(), own[0].letter, own[0].side, own[0].why), (1, first, Seeker, KeptFor::Review));
    assert_eq!(store.kept_letter(first, last).await.unwrap().unwrap().octets(), MARK.repeat(200));
    store.kept_letter_read(first, last, Actor::Coordinator).await.unwrap();
    // Nobody reads it any more, even before it has been erased.
    assert_eq!(
        (store.kept_letter(first, end).await.unwrap(), store.kept_letters(None, end).await.unwrap().len()),
        (None, 0)
    );
    assert_eq!((store.erase_kept(last).await, store.erase_kept(end).await), (Ok(0), Ok(2)));
}

async fn a_flagged_letter_stays_until_its_item_is_answered(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let commit = flagged(pair.letter(Seeker, 5), &pair, Severity::Today, vec![flag("child", Severity::Today)]);
    let (letter, raised) = committed(store, with_kept(commit, kept(KeptFor::Flagged, None))).await;
    let year = NOW + Span::days(365);
    assert_eq!(store.erase_kept(year).await, Ok(0));
    store.item_move(raised, ItemEvent::See, year, Actor::Coordinator).await.unwrap();
    assert_eq!(store.kept_letters(None, year).await.unwrap()[0].expires_at, None);
    resolve(store, raised, year).await;
    assert_eq!(store.kept_letters(None, year).await.unwrap()[0].expires_at, Some(year + Span::days(30)));
    assert!(store.kept_letter(letter, year + Span::days(29)).await.unwrap().is_some());
    assert_eq!(store.erase_kept(year + Span::days(30)).await, Ok(1));
}

async fn a_discarded_letter_is_not_kept(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let doubted = || pair.draft(Seeker, 5, &Draft { believed: false, ..Draft::default() });
    let _ = store.commit(with_kept(doubted(), kept(KeptFor::Review, Some(NOW + Span::days(14))))).await.unwrap();
    let commit = flagged(doubted(), &pair, Severity::Routine, vec![flag("threat", Severity::Now)]);
    let (_, raised) = committed(store, with_kept(commit, kept(KeptFor::Flagged, Some(NOW + Span::days(5))))).await;
    assert_eq!(store.purge(NOW + Span::days(5)).await.unwrap().discarded, 2);
    assert!(store.kept_letters(None, NOW).await.unwrap().is_empty());
    assert_eq!(item(store, raised).await.state, ItemState::Raised, "a human still reads that it was there");
}

async fn erasing_takes_batches_and_leaves_the_others(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    for n in 0..450_i64 {
        let end = NOW + Span::days(1 + n % 3);
        let small = NewRetained { sealed: Sealed::from_sealed_octets(vec![1]), ..kept(KeptFor::Review, Some(end)) };
        let _ = store.commit(with_kept(pair.letter(Seeker, 1), small)).await.unwrap();
    }
    assert_eq!(store.erase_kept(NOW + Span::days(2)).await, Ok(300));
    assert_eq!(store.kept_letters(None, NOW).await.unwrap().len(), 150);
}

/// Octets that occur nowhere else.
const MARK: &[u8] = b"gransangare-71ad0c5e9b";

fn copies(file: &Path) -> usize {
    let octets = std::fs::read(file).unwrap_or_default();
    octets.windows(MARK.len()).filter(|window| *window == MARK).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_copy_of_an_erased_kept_letter_is_left_in_the_file_or_its_log() {
    let house = House::sqlite().await;
    let (store, pair) = (&house.store, house.pair().await);
    let file = house.file().unwrap();
    let log = file.with_extension("db-wal");
    for round in 1..=2 {
        let end = NOW + Span::days(round);
        let mut answered = Vec::new();
        for _ in 0..20 {
            let reviewed = kept(KeptFor::Review, Some(end));
            let _ = store.commit(with_kept(pair.letter(Seeker, 1), reviewed)).await.unwrap();
            let commit = flagged(pair.letter(Seeker, 1), &pair, Severity::Today, vec![flag("child", Severity::Today)]);
            answered.push(committed(store, with_kept(commit, kept(KeptFor::Flagged, None))).await.1);
        }
        for item in answered {
            resolve(store, item, end).await;
        }
        assert!(copies(&file) + copies(&log) >= 40 * 190, "the search finds what is there");
        assert_eq!(store.erase_kept(end + Span::days(30)).await, Ok(40));
        store.checkpoint().await.unwrap();
        assert_eq!((copies(&file), copies(&log)), (0, 0), "round {round}");
    }
}
