//! What falls due: silences, readings, items that go on, letters that waited for the week, and recurring duties.
//! Each is done once, whoever looks, and nothing is done that has changed meanwhile.

use crate::house::{House, NOW, Pair, item_id, on_both_engines, week, whole};
use brevbro_core::escalation::{ItemEvent, ItemKind, ItemState, Severity};
use brevbro_core::ledger::READ_AFTER;
use brevbro_core::missed::Waiting;
use brevbro_core::pairing::PairingEvent;
use brevbro_core::party::Side::{Seeker, Volunteer};
use brevbro_core::programme::WeekRules;
use brevbro_core::seal::Sealed;
use brevbro_core::spool::SpoolState;
use brevbro_core::time::{Moment, Span};
use brevbro_store::{Actor, Commit, DueSilence, HeldLetter, NewItem, NewSilence, Sent, StepCauses, Timer};

on_both_engines![
    a_seekers_oldest_letter_sets_the_clock,
    a_step_is_taken_once,
    a_pause_stops_the_clock_and_the_end_removes_it,
    reading_is_booked_after_its_time_once,
    an_item_goes_on_until_somebody_answers,
    letters_that_waited_are_sent_in_order_while_they_fit,
    a_letter_longer_than_the_week_goes_alone,
    urgent_works_once_and_for_the_author_alone,
    a_pairings_own_limit_counts,
    a_duty_is_done_by_one_node,
];

fn later(hours: i64) -> Moment {
    NOW + Span::hours(hours)
}

fn waits(waiting: Waiting, since: Moment, due_at: Moment) -> NewSilence {
    NewSilence { waiting, since, due_at: Some(due_at) }
}

async fn written(house: &House, pair: &Pair, side: brevbro_core::party::Side, at: Moment) {
    let waiting = if side == Seeker { Waiting::ForVolunteer } else { Waiting::ForSeeker };
    let silence = Some(waits(waiting, at, at + Span::days(5)));
    let _ = house.store.commit(Commit { silence, ..pair.letter(side, 5) }).await.unwrap();
}

async fn due(house: &House, now: Moment) -> Vec<DueSilence> {
    house.store.silences_due(now, 10).await.unwrap()
}

async fn a_seekers_oldest_letter_sets_the_clock(house: &House) {
    let pair = house.pair().await;
    written(house, &pair, Seeker, NOW).await;
    written(house, &pair, Seeker, later(48)).await;
    assert!(due(house, NOW + Span::days(5) + Span::millis(-1)).await.is_empty());
    let seen = due(house, NOW + Span::days(5)).await;
    assert_eq!((seen.len(), seen[0].silence.since, seen[0].silence.waiting), (1, NOW, Waiting::ForVolunteer));
    written(house, &pair, Volunteer, later(50)).await;
    assert!(due(house, NOW + Span::days(5)).await.is_empty(), "an answer ends the waiting");
    let seen = due(house, later(50) + Span::days(5)).await;
    assert_eq!((seen[0].silence.since, seen[0].silence.waiting), (later(50), Waiting::ForSeeker));
}

async fn a_step_is_taken_once(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    written(house, &pair, Seeker, NOW).await;
    let seen = due(house, later(500)).await.remove(0);
    let racers: Vec<_> = (0..4)
        .map(|_| {
            let causes = StepCauses { notices: vec![pair.notice()], items: Vec::new() };
            let (store, seen) = (store.clone(), seen.clone());
            tokio::spawn(async move { store.silence_step(seen, (1, Some(later(600))), causes, later(500)).await })
        })
        .collect();
    let mut taken = 0;
    for racer in racers {
        taken += usize::from(racer.await.unwrap().unwrap());
    }
    assert_eq!(taken, 1);
    let notices = store.queue_list(None, 10).await.unwrap().iter().filter(|row| row.notice_name.is_some()).count();
    assert_eq!((notices, due(house, later(599)).await.len()), (1, 0));
    // Somebody wrote after the row was looked at.
    let seen = due(house, later(600)).await.remove(0);
    written(house, &pair, Volunteer, later(600)).await;
    assert!(!store.silence_step(seen, (2, None), StepCauses::default(), later(600)).await.unwrap());
}

async fn a_pause_stops_the_clock_and_the_end_removes_it(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let (admin, far) = (Actor::Admin, later(9_000));
    written(house, &pair, Seeker, NOW).await;
    store.pairing_move(pair.id, PairingEvent::Pause, later(24), admin).await.unwrap();
    assert!(due(house, far).await.is_empty());
    store.pairing_move(pair.id, PairingEvent::Resume, later(100), admin).await.unwrap();
    let seen = due(house, later(100)).await;
    assert_eq!((seen[0].silence.since, seen[0].stood), (NOW, Some((later(24), later(100)))), "for the calendar to say");
    store.pairing_move(pair.id, PairingEvent::Close, later(101), admin).await.unwrap();
    assert!(due(house, far).await.is_empty());
}

async fn reading_is_booked_after_its_time_once(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let _ = store.commit(pair.letter(Seeker, 5)).await.unwrap();
    assert!(store.readings_due(later(71), 10).await.unwrap().is_empty());
    let due = store.readings_due(NOW + READ_AFTER, 10).await.unwrap();
    let next = week().next();
    let with_weeks = || due.iter().map(|reading| (*reading, next)).collect::<Vec<_>>();
    assert_eq!(store.book_readings(with_weeks(), later(72)).await.unwrap(), 1);
    assert_eq!(store.book_readings(with_weeks(), later(72)).await.unwrap(), 0);
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(0));
    assert_eq!(store.week_minutes(pair.id, next).await.unwrap(), due[0].minutes);
}

async fn an_item_goes_on_until_somebody_answers(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let raise = |kind: ItemKind| NewItem {
        id: item_id(),
        kind,
        severity: kind.severity(),
        pairing: Some(pair.id),
        letter: None,
        due_at: NOW,
    };
    let (worried, routine) = (raise(ItemKind::Worried), raise(ItemKind::Desk));
    let id = worried.id;
    let _ = store.commit(Commit { items: vec![worried, routine], ..pair.letter(Seeker, 5) }).await.unwrap();
    let seen = store.items_lapsed(NOW, 10).await.unwrap();
    assert_eq!((seen.len(), seen[0].severity, seen[0].rung), (1, Severity::Now, 0), "routine never lapses");
    let next = (1, Some(later(1)));
    assert!(store.item_goes_on(seen[0].clone(), next, vec![pair.notice()], NOW).await.unwrap());
    assert!(!store.item_goes_on(seen[0].clone(), next, vec![pair.notice()], NOW).await.unwrap(), "once");
    store.item_move(id, ItemEvent::See, later(1), Actor::Coordinator).await.unwrap();
    assert!(store.items_lapsed(later(99), 10).await.unwrap().is_empty(), "somebody is on it");
    assert_eq!(
        store.item_move(id, ItemEvent::Resolve, later(2), Actor::Coordinator).await.unwrap(),
        ItemState::Resolved
    );
    let history = store.item_history(id).await.unwrap();
    let told: Vec<(&str, &str)> = history.iter().map(|(_, what, by)| (what.as_str(), by.as_str())).collect();
    assert_eq!(told, [("item lapse", "relay"), ("item see", "coordinator"), ("item resolve", "coordinator")]);
}

fn rules(minutes: u32) -> WeekRules {
    WeekRules { minutes, ..WeekRules::default() }
}

async fn send(house: &House, letter: HeldLetter, minutes: u32) -> Sent {
    house.store.send_in_week(letter, (week().next(), rules(minutes)), Vec::new(), later(99)).await.unwrap()
}

async fn letters_that_waited_are_sent_in_order_while_they_fit(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let _ = store.commit(pair.capped(10, 10)).await.unwrap();
    let mut held = Vec::new();
    for minutes in [4, 5, 3] {
        let now = later(i64::try_from(held.len()).unwrap());
        let letter = Commit { now, ..pair.capped(minutes, 10) };
        held.push(letter.id);
        assert_eq!(store.commit(letter).await.unwrap().state, SpoolState::Held);
    }
    assert!(store.pairings_held(week(), None).await.unwrap().is_empty(), "their time has not come");
    assert_eq!(store.pairings_held(week().next(), None).await.unwrap(), [pair.id]);
    let waiting = store.held_for_week(pair.id, week().next()).await.unwrap();
    assert_eq!(waiting.iter().map(|letter| letter.id).collect::<Vec<_>>(), held);
    let mut outcomes = Vec::new();
    for letter in waiting.clone() {
        outcomes.push(send(house, letter, 10).await);
    }
    assert_eq!(outcomes, [Sent::Sent, Sent::Sent, Sent::NoRoom]);
    assert_eq!(store.week_minutes(pair.id, week().next()).await.unwrap(), whole(9));
    assert_eq!(send(house, waiting[0].clone(), 10).await, Sent::Gone, "once");
}

async fn a_letter_longer_than_the_week_goes_alone(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    for minutes in [30, 20] {
        assert_eq!(store.commit(pair.capped(minutes, 10)).await.unwrap().state, SpoolState::Held);
    }
    let waiting = store.held_for_week(pair.id, week().next()).await.unwrap();
    assert_eq!(send(house, waiting[0].clone(), 10).await, Sent::Sent);
    assert_eq!(send(house, waiting[1].clone(), 10).await, Sent::NoRoom);
}

async fn urgent_works_once_and_for_the_author_alone(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let letter = pair.capped(30, 10);
    let id = letter.id;
    let _ = store.commit(letter).await.unwrap();
    let urgent = async |author| {
        let kind = ItemKind::Urgent;
        let item =
            NewItem { id: item_id(), kind, severity: kind.severity(), pairing: None, letter: Some(id), due_at: NOW };
        store.send_urgent((id, author), (NOW, week()), Vec::new(), item).await.unwrap()
    };
    assert_eq!(urgent(pair.seeker).await, Sent::Gone);
    assert_eq!(urgent(pair.volunteer).await, Sent::Sent);
    assert_eq!(urgent(pair.volunteer).await, Sent::Gone);
    assert_eq!(store.week_minutes(pair.id, week()).await.unwrap(), whole(30));
    assert_eq!(store.letter(id).await.unwrap().unwrap().state, SpoolState::Queued);
}

async fn a_pairings_own_limit_counts(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let set = async |minutes: Option<i64>| {
        let by = (NOW, Actor::Coordinator);
        let reason = Sealed::from_sealed_octets(b"sealed reason".to_vec());
        store.pairing_cap(pair.id, minutes.map(whole), reason, by).await.unwrap();
    };
    set(Some(90)).await;
    assert_eq!(store.commit(pair.capped(80, 10)).await.unwrap().state, SpoolState::Queued);
    set(Some(0)).await;
    assert_eq!(store.commit(pair.capped(80, 10)).await.unwrap().state, SpoolState::Queued, "no limit at all");
    set(None).await;
    assert_eq!(store.commit(pair.capped(5, 10)).await.unwrap().state, SpoolState::Held);
}

async fn a_duty_is_done_by_one_node(house: &House) {
    let store = &house.store;
    assert_eq!(store.timer("release", later(1)).await.unwrap(), later(1));
    assert_eq!(store.timer("release", later(9)).await.unwrap(), later(1), "the first word counts");
    let seen = Timer { kind: "release".into(), due_at: later(1) };
    let racers = (0..4).map(|_| {
        let (store, seen) = (store.clone(), seen.clone());
        tokio::spawn(async move { store.timer_done(seen, later(168)).await.unwrap() })
    });
    let mut done = 0;
    for racer in racers.collect::<Vec<_>>() {
        done += usize::from(racer.await.unwrap());
    }
    assert_eq!((done, store.timer("release", later(9)).await.unwrap()), (1, later(168)));
}
