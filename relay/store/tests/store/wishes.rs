//! Stop, pause and resume: each wish is one act, and nothing reaches whoever has stopped.

use crate::house::{Draft, House, NOW, Pair, chance, item_id, on_both_engines, settlement, week, whole};
use brevbro_core::escalation::ItemKind;
use brevbro_core::id::{LetterId, PairingId};
use brevbro_core::missed::Waiting;
use brevbro_core::pairing::{PairingEvent, PairingState};
use brevbro_core::party::Side::{self, Seeker, Volunteer};
use brevbro_core::spool::SpoolState;
use brevbro_core::time::{Moment, Span};
use brevbro_store::{
    Actor, Answer, Commit, NewItem, NewNotice, NewSilence, Node, NoticeTo, Outcome, PairingEnds, StoreError, Wisher,
};

on_both_engines![
    nothing_reaches_a_seeker_who_has_stopped,
    a_volunteer_who_stops_still_gets_what_a_seeker_has_sent,
    a_stop_is_done_once_and_heard_twice,
    a_letter_that_was_resolved_before_the_stop_is_not_committed_after_it,
    no_letter_slips_past_a_stop_that_comes_with_it,
    a_pairing_rests_while_either_side_does,
    a_pause_ends_on_its_day_once,
    what_staff_have_paused_is_left_to_staff,
];

pub(crate) fn wisher(pair: &Pair, side: Side) -> Wisher {
    Wisher { person: if side == Seeker { pair.seeker } else { pair.volunteer }, side }
}

fn item(pair: &Pair, kind: ItemKind) -> NewItem {
    NewItem { id: item_id(), kind, severity: kind.severity(), pairing: Some(pair.id), letter: None, due_at: NOW }
}

pub(crate) fn answer(pair: &Pair) -> Answer {
    Answer { notices: vec![pair.notice()], items: vec![item(pair, ItemKind::Asked)], ..Answer::default() }
}

pub(crate) fn ends(pair: &Pair) -> Vec<PairingEnds> {
    let to = NoticeTo::Person { id: pair.volunteer, address: None };
    let told = NewNotice { name: "ending", to, ..pair.notice() };
    vec![PairingEnds { pairing: pair.id, grace_over: NOW + Span::days(30), told: Some(told) }]
}

async fn stop(house: &House, pair: &Pair, side: Side) -> usize {
    house.store.stop(wisher(pair, side), ends(pair), answer(pair), NOW).await.unwrap()
}

async fn state(house: &House, pairing: PairingId) -> PairingState {
    house.store.pairing(pairing).await.unwrap().unwrap().state
}

async fn states(house: &House, letters: &[LetterId]) -> Vec<SpoolState> {
    let mut states = Vec::new();
    for letter in letters {
        states.push(house.store.letter(*letter).await.unwrap().unwrap().state);
    }
    states
}

async fn count(house: &House, notice: &str) -> usize {
    let rows = house.store.queue_list(None, 100).await.unwrap();
    rows.iter().filter(|row| row.notice_name.as_deref() == Some(notice)).count()
}

async fn nothing_reaches_a_seeker_who_has_stopped(house: &House) {
    let (store, pair, node) = (&house.store, house.pair().await, Node::from_random(chance()));
    let tried = Commit { claim_for: Some(node), ..pair.letter(Volunteer, 5) };
    let doubted = pair.draft(Volunteer, 5, &Draft { believed: false, ..Draft::default() });
    let suspect = pair.draft(Volunteer, 5, &Draft { suspect: true, ..Draft::default() });
    let own_doubted = pair.draft(Seeker, 5, &Draft { believed: false, ..Draft::default() });
    let mut letters = Vec::new();
    for letter in [tried, pair.letter(Volunteer, 7), doubted, suspect, own_doubted, pair.letter(Seeker, 5)] {
        letters.push(store.commit(letter).await.unwrap().letter);
    }
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(12));
    assert_eq!(stop(house, &pair, Seeker).await, 1);
    let gone = SpoolState::Discarded;
    assert_eq!(states(house, &letters).await, [gone, gone, gone, gone, gone, SpoolState::Queued], "hers goes on");
    assert_eq!(state(house, pair.id).await, PairingState::Closing);
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(0), "what nobody gets has taken no time");
    // The node that was trying it finds that it is no longer its own, and nobody tries again.
    let settled = store.settle(settlement(letters[0], node, Outcome::Delivered)).await;
    assert_eq!(settled, Err(StoreError::Conflict));
    let claimed = store.claim(node, NOW + Span::days(1), 100).await.unwrap();
    let names: Vec<_> = claimed.iter().map(|c| c.notice_name.as_deref().unwrap_or("letter")).collect();
    assert_eq!((claimed.len(), names.iter().filter(|name| **name == "letter").count()), (3, 1), "{names:?}");
    assert!(claimed.iter().all(|c| c.author_side != Some(Volunteer)));
    assert!(claimed.iter().all(|c| !c.body.octets().is_empty()));
    let items = store.items(true).await.unwrap();
    assert_eq!((items.len(), items[0].kind), (1, ItemKind::Asked));
}

async fn a_volunteer_who_stops_still_gets_what_a_seeker_has_sent(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let doubted = pair.draft(Seeker, 5, &Draft { believed: false, ..Draft::default() });
    let mut letters = Vec::new();
    for letter in [pair.letter(Seeker, 5), pair.letter(Volunteer, 5), doubted] {
        letters.push(store.commit(letter).await.unwrap().letter);
    }
    assert_eq!(stop(house, &pair, Volunteer).await, 1);
    let on_its_way = SpoolState::Queued;
    assert_eq!(states(house, &letters).await, [on_its_way, on_its_way, SpoolState::Discarded]);
}

async fn a_stop_is_done_once_and_heard_twice(house: &House) {
    let pair = house.pair().await;
    assert_eq!(stop(house, &pair, Seeker).await, 1);
    let (told, heard) = (count(house, "ending").await, count(house, "not_delivered").await);
    assert_eq!((told, heard), (1, 1));
    assert_eq!(stop(house, &pair, Seeker).await, 0);
    assert_eq!((count(house, "ending").await, count(house, "not_delivered").await), (1, 2));
    assert_eq!(house.store.items(true).await.unwrap().len(), 1);
    // A pairing nobody had prepared for is never ended without a word.
    let other = house.pair().await;
    let unprepared = house.store.stop(wisher(&other, Volunteer), Vec::new(), answer(&other), NOW).await;
    assert_eq!(unprepared, Err(StoreError::Conflict));
    assert_eq!(state(house, other.id).await, PairingState::Active);
}

async fn a_letter_that_was_resolved_before_the_stop_is_not_committed_after_it(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let (late, hers) = (pair.letter(Volunteer, 5), pair.letter(Seeker, 5));
    stop(house, &pair, Seeker).await;
    assert_eq!(store.commit(late).await, Err(StoreError::Conflict));
    assert_eq!(store.commit(hers).await.unwrap().state, SpoolState::Queued);
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(0));
}

async fn no_letter_slips_past_a_stop_that_comes_with_it(house: &House) {
    for _ in 0..5 {
        let pair = house.pair().await;
        let commit = |letter: Commit| {
            tokio::spawn({
                let store = house.store.clone();
                async move { store.commit(letter).await }
            })
        };
        let (before, after): (Vec<_>, Vec<_>) =
            (0..24).map(|_| pair.letter(Volunteer, 5)).partition(|l| l.id.stored() % 2 == 0);
        let early: Vec<_> = before.into_iter().map(commit).collect();
        let (store, stopped) = (house.store.clone(), (wisher(&pair, Seeker), ends(&pair), answer(&pair)));
        let stop = tokio::spawn(async move { store.stop(stopped.0, stopped.1, stopped.2, NOW).await });
        let late: Vec<_> = after.into_iter().map(commit).collect();
        assert_eq!(stop.await.unwrap(), Ok(1));
        let mut taken = Vec::new();
        for task in early.into_iter().chain(late) {
            taken.extend(task.await.unwrap().ok().map(|receipt| receipt.letter));
        }
        assert!(states(house, &taken).await.iter().all(|state| *state == SpoolState::Discarded));
        assert_eq!(house.store.week_minutes(pair.id, week()).await.unwrap(), whole(0), "of {}", taken.len());
    }
}

async fn pause(house: &House, pair: &Pair, side: Side, due_at: Option<Moment>) -> usize {
    let others = vec![(pair.id, NewNotice { name: "other_pauses", ..pair.notice() })];
    house.store.pause(wisher(pair, side), (NOW, due_at), others, answer(pair)).await.unwrap()
}

async fn resume(house: &House, pair: &Pair, side: Side, due_by: Option<Moment>) -> usize {
    let others = vec![(pair.id, NewNotice { name: "other_resumed", ..pair.notice() })];
    let now = due_by.unwrap_or(NOW);
    house.store.resume(wisher(pair, side), (now, due_by), others, Answer::default()).await.unwrap()
}

async fn a_pairing_rests_while_either_side_does(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let waits = NewSilence { waiting: Waiting::ForVolunteer, since: NOW, due_at: Some(NOW + Span::days(5)) };
    let _ = store.commit(Commit { silence: Some(waits), ..pair.letter(Seeker, 5) }).await.unwrap();
    assert_eq!((pause(house, &pair, Volunteer, None).await, pause(house, &pair, Seeker, None).await), (1, 1));
    assert_eq!(state(house, pair.id).await, PairingState::Paused);
    assert!(store.silences_due(NOW + Span::days(99), 9).await.unwrap().is_empty(), "the clock stands");
    assert_eq!(resume(house, &pair, Volunteer, None).await, 1);
    assert_eq!((state(house, pair.id).await, count(house, "other_resumed").await), (PairingState::Paused, 0));
    assert_eq!(resume(house, &pair, Seeker, None).await, 1);
    assert_eq!((state(house, pair.id).await, count(house, "other_resumed").await), (PairingState::Active, 1));
    assert_eq!(resume(house, &pair, Seeker, None).await, 0, "it was over");
    assert_eq!(store.silences_due(NOW, 9).await.unwrap().len(), 1, "the clock runs again");
}

async fn a_pause_ends_on_its_day_once(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let day = NOW + Span::days(14);
    pause(house, &pair, Volunteer, Some(day)).await;
    assert_eq!(count(house, "other_pauses").await, 1);
    pause(house, &pair, Volunteer, Some(day)).await;
    assert_eq!(count(house, "other_pauses").await, 1, "said before");
    let later = day + Span::days(1);
    pause(house, &pair, Volunteer, Some(later)).await;
    assert_eq!(count(house, "other_pauses").await, 2, "another day is news");
    assert!(store.pauses_due(day, 9).await.unwrap().is_empty());
    assert_eq!(resume(house, &pair, Volunteer, Some(day)).await, 0, "an older look ends nothing");
    let due = store.pauses_due(later, 9).await.unwrap();
    assert_eq!((due.len(), due[0].wisher), (1, wisher(&pair, Volunteer)));
    assert_eq!(store.pause_lasts(due[0].wisher, later, later + Span::hours(8)).await.unwrap(), 1);
    assert!(store.pauses_due(later, 9).await.unwrap().is_empty(), "not at night");
    let morning = later + Span::hours(8);
    assert_eq!(resume(house, &pair, Volunteer, Some(morning)).await, 1);
    assert_eq!(resume(house, &pair, Volunteer, Some(morning)).await, 0, "another node");
    assert_eq!((state(house, pair.id).await, count(house, "other_resumed").await), (PairingState::Active, 1));
    // An end takes every pause with it.
    pause(house, &pair, Seeker, Some(day)).await;
    stop(house, &pair, Volunteer).await;
    assert!(store.pauses_due(NOW + Span::days(999), 9).await.unwrap().is_empty());
}

async fn what_staff_have_paused_is_left_to_staff(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    store.pairing_move(pair.id, PairingEvent::Pause, NOW, Actor::Coordinator).await.unwrap();
    assert_eq!(pause(house, &pair, Seeker, None).await, 0);
    assert_eq!(resume(house, &pair, Seeker, None).await, 0);
    assert_eq!((state(house, pair.id).await, count(house, "other_pauses").await), (PairingState::Paused, 0));
    store.pairing_move(pair.id, PairingEvent::Resume, NOW, Actor::Coordinator).await.unwrap();
    pause(house, &pair, Seeker, None).await;
    store.pairing_move(pair.id, PairingEvent::Resume, NOW, Actor::Coordinator).await.unwrap();
    assert!(!store.pauses(wisher(&pair, Seeker)).await.unwrap(), "staff may end it as well");
}
