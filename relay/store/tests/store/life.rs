//! How long pairings last, and what goes with their beginning and their end: once, and never past what was decided.

use crate::house::{House, NOW, Pair, chance, item_id, on_both_engines};
use brevbro_core::escalation::{ItemKind, ItemState, Severity};
use brevbro_core::id::PairingId;
use brevbro_core::ledger::READ_AFTER;
use brevbro_core::missed::Waiting::{ForSeeker, ForVolunteer};
use brevbro_core::pairing::{PairingEvent, PairingState};
use brevbro_core::party::Side;
use brevbro_core::programme::{WeekRules, WhenFull};
use brevbro_core::seal::Sealed;
use brevbro_core::spool::{HoldReason, SpoolState};
use brevbro_core::time::{Moment, Span};
use brevbro_store::{
    Actor, Commit, DueLife, ImportRow, LifeMove, NewItem, NewPairing, NewSilence, NoticeTo, Opening, PersonState,
    SeekerOf, Sent, StepCauses, StoreError, Timer, WeekTold,
};

on_both_engines![
    a_step_is_taken_by_one_node,
    whoever_extends_is_heard_before_the_step,
    nothing_is_planned_after_the_last_day,
    closing_tells_once_and_settles_the_question,
    first_letters_find_the_people_who_are_known,
    the_review_is_told_once,
    wishes_are_not_written_over_each_other,
    a_released_letter_sets_the_clock,
    a_held_seekers_letter_is_read_from_its_release_on,
];

fn later(hours: i64) -> Moment {
    NOW + Span::hours(hours)
}

async fn with_ends(house: &House, planned_end: Option<Moment>, hard_end: Option<Moment>) -> Pair {
    let pair = Pair::new();
    let (person, alias) = (pair.person(pair.volunteer, 1), pair.alias(1));
    house.store.volunteer_add(person, alias, NOW, Actor::Admin).await.unwrap();
    let opening = NewPairing { planned_end, hard_end, ..pair.opening() };
    house.store.pairing_open(opening, NOW, Actor::Admin).await.unwrap();
    pair
}

async fn due(house: &House) -> DueLife {
    let mut due = house.store.lives_due(later(9), 10).await.unwrap();
    assert_eq!(due.len(), 1);
    due.remove(0)
}

fn check_in(pair: &Pair) -> NewItem {
    let (kind, severity) = (ItemKind::CheckIn, Severity::Today);
    NewItem { id: item_id(), kind, severity, pairing: Some(pair.id), letter: None, due_at: NOW }
}

fn asks(pair: &Pair, next: Moment) -> LifeMove {
    let causes = StepCauses { notices: vec![pair.notice()], items: vec![check_in(pair)] };
    LifeMove { next: Some(next), taken_until: later(1), causes, event: None }
}

async fn open_items(house: &House) -> usize {
    house.store.items(true).await.unwrap().len()
}

async fn a_step_is_taken_by_one_node(house: &House) {
    let pair = with_ends(house, Some(later(100)), None).await;
    let seen = due(house).await;
    assert_eq!((seen.state, seen.taken_until, seen.due_at), (PairingState::Active, NOW, NOW));
    let racers: Vec<_> = (0..4)
        .map(|_| {
            let (store, seen, step) = (house.store.clone(), seen.clone(), asks(&pair, later(50)));
            tokio::spawn(async move { store.life_step(seen, step, later(1)).await })
        })
        .collect();
    let mut taken = 0;
    for racer in racers {
        taken += usize::from(racer.await.unwrap().unwrap());
    }
    assert_eq!((taken, open_items(house).await), (1, 1));
    assert!(house.store.lives_due(later(49), 10).await.unwrap().is_empty());
    let again = house.store.lives_due(later(50), 10).await.unwrap().remove(0);
    assert_eq!(again.taken_until, later(1));
    // A question that is asked anew takes the place of the old one.
    assert!(house.store.life_step(again, asks(&pair, later(60)), later(50)).await.unwrap());
    assert_eq!((open_items(house).await, house.store.items(false).await.unwrap().len()), (1, 2));
}

async fn whoever_extends_is_heard_before_the_step(house: &House) {
    let pair = with_ends(house, Some(later(100)), Some(later(500))).await;
    let seen = due(house).await;
    house.store.pairing_extend(pair.id, later(400), later(1), Actor::Admin).await.unwrap();
    assert!(!house.store.life_step(seen, asks(&pair, later(50)), later(1)).await.unwrap());
    assert_eq!(
        (open_items(house).await, house.store.queue_list(None, 9).await.unwrap().len()),
        (0, 0),
        "nothing is left"
    );
    let seen = due(house).await;
    assert_eq!((seen.ends.planned, seen.due_at), (Some(later(400)), NOW));
    house.store.pairing_move(pair.id, PairingEvent::Close, later(2), Actor::Admin).await.unwrap();
    let over = LifeMove { event: Some(PairingEvent::Close), ..asks(&pair, later(50)) };
    assert!(!house.store.life_step(seen, over, later(2)).await.unwrap(), "it is closed already");
    let grace = LifeMove { event: Some(PairingEvent::GraceOver), ..LifeMove::default() };
    assert!(house.store.life_step(due(house).await, grace, later(3)).await.unwrap());
    assert_eq!(house.store.pairing(pair.id).await.unwrap().unwrap().state, PairingState::Closed);
    assert!(house.store.lives_due(later(9_000), 10).await.unwrap().is_empty());
}

async fn nothing_is_planned_after_the_last_day(house: &House) {
    let pair = with_ends(house, Some(later(100)), Some(later(500))).await;
    let extend = async |end| house.store.pairing_extend(pair.id, end, later(1), Actor::Admin).await;
    assert_eq!(extend(later(501)).await, Err(StoreError::TooLate));
    assert_eq!(extend(later(500)).await, Ok(()));
    house.store.pairing_move(pair.id, PairingEvent::Close, later(2), Actor::Admin).await.unwrap();
    assert!(matches!(extend(later(400)).await, Err(StoreError::PairingMove(_))));
    let unknown = PairingId::from_random(chance());
    let lost = house.store.pairing_extend(unknown, later(400), later(1), Actor::Admin).await;
    assert_eq!(lost, Err(StoreError::Unknown("pairing")));
}

async fn closing_tells_once_and_settles_the_question(house: &House) {
    let pair = with_ends(house, Some(later(100)), None).await;
    let step = asks(&pair, later(50));
    assert!(house.store.life_step(due(house).await, step, later(1)).await.unwrap());
    let causes = || StepCauses { notices: vec![pair.notice(), pair.notice()], items: Vec::new() };
    let close = async || house.store.pairing_close(pair.id, causes(), later(2), Actor::Admin).await;
    assert_eq!(close().await, Ok(PairingState::Closing));
    assert!(matches!(close().await, Err(StoreError::PairingMove(_))));
    assert_eq!((open_items(house).await, house.store.queue_list(None, 9).await.unwrap().len()), (0, 3));
    assert_eq!(due(house).await.due_at, later(2), "its time of grace is looked at");
}

async fn first_letters_find_the_people_who_are_known(house: &House) {
    let known = house.pair().await;
    let fresh = Pair::new();
    let row = ImportRow {
        pairing: fresh.id,
        programme: "standard".to_owned(),
        volunteer: known.person(fresh.volunteer, 1),
        volunteer_alias: fresh.alias(1),
        volunteer_alias_is_given: false,
        seeker: fresh.person(fresh.seeker, 3),
        seeker_alias: fresh.alias(3),
        planned_end: Some(later(100)),
        hard_end: None,
    };
    let to = |id| brevbro_store::NewNotice { to: NoticeTo::Person { id, address: None }, ..fresh.notice() };
    let opening =
        Opening { seeker: Some(to(fresh.seeker)), volunteer: Some(to(fresh.volunteer)), look_at: Some(later(7)) };
    house.store.pairing_import_with(vec![(row, opening)], NOW, Actor::Admin).await.unwrap();
    let rows = house.store.queue_list(None, 9).await.unwrap();
    let mut told: Vec<_> = rows.into_iter().map(|row| row.recipient).collect();
    let reader = |id| NoticeTo::Person { id, address: None };
    for expected in [reader(known.volunteer), reader(fresh.seeker)] {
        told.retain(|to| *to != expected);
    }
    assert!(told.is_empty(), "{told:?}");
    assert_eq!((due(house).await.pairing, due(house).await.due_at), (fresh.id, later(7)));
    // A pairing that cannot be opened tells nobody.
    let again = NewPairing { seeker: SeekerOf::Existing(known.seeker), ..known.opening() };
    let opening = Opening { seeker: Some(to(known.seeker)), ..Opening::default() };
    let again = NewPairing { id: PairingId::from_random(chance()), seeker_alias: fresh.alias(7), ..again };
    let refused = house.store.pairing_open_with(again, opening, NOW, Actor::Admin).await;
    assert_eq!((refused, house.store.queue_list(None, 9).await.unwrap().len()), (Err(StoreError::AlreadyPaired), 2));
}

async fn the_review_is_told_once(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let item = |kind: ItemKind, pairing| NewItem {
        id: item_id(),
        kind,
        severity: kind.severity(),
        pairing,
        letter: None,
        due_at: NOW,
    };
    let items = vec![
        item(ItemKind::SeekerSilent, Some(pair.id)),
        item(ItemKind::SeekerSilent, Some(pair.id)),
        item(ItemKind::Relief, Some(pair.id)),
        item(ItemKind::Desk, None),
    ];
    let _ = store.commit(Commit { items, ..pair.letter(Side::Seeker, 5) }).await.unwrap();
    let mut waiting: Vec<_> =
        store.routine_items().await.unwrap().into_iter().map(|w| (w.kind, w.programme, w.number)).collect();
    waiting.sort_by_key(|(kind, ..)| kind.word());
    assert_eq!(
        waiting,
        [(ItemKind::Desk, None, 1), (ItemKind::SeekerSilent, Some("standard".to_owned()), 2)],
        "what is of today is no matter for Monday"
    );
    let due_at = store.timer("digest", NOW).await.unwrap();
    let seen = Timer { kind: "digest".to_owned(), due_at };
    let tell = async || store.digest_told(seen.clone(), later(168), vec![pair.notice()], NOW).await.unwrap();
    assert_eq!((tell().await, tell().await), (true, false));
    assert_eq!(store.queue_list(None, 9).await.unwrap().len(), 2);
}

async fn wishes_are_not_written_over_each_other(house: &House) {
    let pair = house.pair().await;
    let seen = house.store.routing(pair.seeker).await.unwrap().unwrap();
    let write = async |text: &[u8]| {
        let sealed = Sealed::from_sealed_octets(text.to_vec());
        house.store.person_reseal(pair.seeker, seen.version, sealed, (later(1), Actor::Admin)).await
    };
    assert_eq!((write(b"one").await, write(b"two").await), (Ok(()), Err(StoreError::Conflict)));
    let now = house.store.routing(pair.seeker).await.unwrap().unwrap();
    assert_eq!((now.sealed, now.version, now.state), (b"one".to_vec(), seen.version + 1, PersonState::Active));
}

async fn a_released_letter_sets_the_clock(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let forged = crate::house::Draft { believed: false, ..crate::house::Draft::default() };
    let waits = async |side, at| {
        let draft = Commit { now: at, ..pair.draft(side, 5, &forged) };
        store.commit(draft).await.unwrap().letter
    };
    let clock = async || store.silences_due(later(9_000), 9).await.unwrap().first().map(|d| (d.silence, d.due_at));
    let hers = waits(Side::Seeker, NOW).await;
    assert_eq!(clock().await, None, "nobody has got it");
    let _ = store.confirm(hers, pair.seeker, later(5)).await.unwrap();
    let (silence, due_at) = clock().await.unwrap();
    assert_eq!((silence.waiting, silence.since, due_at), (ForVolunteer, later(5), later(5)));
    // An answer written before a letter that has none yet is no answer to it.
    let his = waits(Side::Volunteer, later(4)).await;
    store.release(his, later(6), Actor::Admin).await.unwrap();
    assert_eq!(clock().await.unwrap().0.waiting, ForVolunteer);
    let his = waits(Side::Volunteer, later(7)).await;
    store.release(his, later(8), Actor::Admin).await.unwrap();
    let (silence, _) = clock().await.unwrap();
    assert_eq!((silence.waiting, silence.since), (ForSeeker, later(8)));
    // In a pause the clock stands, and after the end there is none.
    store.pairing_move(pair.id, PairingEvent::Pause, later(9), Actor::Admin).await.unwrap();
    let hers = waits(Side::Seeker, later(10)).await;
    store.release(hers, later(11), Actor::Admin).await.unwrap();
    assert_eq!(clock().await, None);
    store.pairing_move(pair.id, PairingEvent::Resume, later(20), Actor::Admin).await.unwrap();
    let seen = store.silences_due(later(20), 9).await.unwrap().remove(0);
    assert_eq!((seen.silence.since, seen.stood), (later(11), Some((later(9), later(20)))));
    assert!(store.silence_goes_on(seen.clone(), later(20), Some(later(140))).await.unwrap());
    assert!(!store.silence_goes_on(seen, later(20), Some(later(140))).await.unwrap(), "once");
    let hers = waits(Side::Seeker, later(21)).await;
    store.pairing_move(pair.id, PairingEvent::Close, later(22), Actor::Admin).await.unwrap();
    store.release(hers, later(23), Actor::Admin).await.unwrap();
    assert_eq!(clock().await, None);
    let note = Some(Sealed::from_sealed_octets(b"why".to_vec()));
    assert!(store.discard_because(hers, note, later(24), Actor::Coordinator).await.is_ok());
}

async fn a_held_seekers_letter_is_read_from_its_release_on(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let rules = Some(WeekRules { minutes: 60, seeker_mail_when_full: WhenFull::Hold, ..WeekRules::default() });
    let silence = Some(NewSilence { waiting: ForVolunteer, since: NOW, due_at: Some(later(120)) });
    let hers = || Commit { week: rules.clone(), silence, ..pair.letter(Side::Seeker, 5) };
    let state = async |commit| store.commit(commit).await.map(|receipt| (receipt.state, receipt.held));
    let first = Commit { silence: None, ..hers() };
    assert_eq!(state(first).await, Ok((SpoolState::Queued, None)), "the week has room");
    let _ = store.commit(pair.capped(58, 60)).await.unwrap();
    assert_eq!(state(hers()).await, Err(StoreError::WeekTurned), "nothing is said yet");
    let told = WeekTold { near: None, full: pair.notice(), often: None };
    let waits = Commit { told: Some(Box::new(told)), ..hers() };
    let id = waits.id;
    let before = store.queue_list(None, 20).await.unwrap().len();
    assert_eq!(state(waits).await, Ok((SpoolState::Held, Some(HoldReason::WeekFull))));
    assert_eq!(store.queue_list(None, 20).await.unwrap().len(), before + 2, "the letter, and a letter of ours");
    let reading = async || store.readings_due(later(9_000), 20).await.unwrap();
    assert!(reading().await.iter().all(|due| due.letter != id), "nobody reads what waits");
    let next = crate::house::week().next();
    let held = store.held_for_week(pair.id, next).await.unwrap().remove(0);
    assert_eq!(held.author, Side::Seeker);
    // Monday: even in a week that is full again.
    let full = Commit { letter: pair.in_week(Side::Volunteer, 60, next), ..pair.capped(60, 60) };
    let _ = store.commit(full).await.unwrap();
    let monday = (next, rules.clone().unwrap());
    assert_eq!(store.send_in_week(held, monday, Vec::new(), later(200)).await, Ok(Sent::Sent));
    let due: Vec<_> = reading().await.into_iter().filter(|due| due.letter == id).map(|due| due.due_at).collect();
    assert_eq!(due, [later(200) + READ_AFTER]);
    let clock = store.silences_due(later(9_000), 9).await.unwrap().remove(0);
    assert_eq!((clock.silence.waiting, clock.silence.since), (ForVolunteer, later(200)));
    let item = store.items(false).await.unwrap();
    assert!(item.iter().all(|item| item.state != ItemState::Raised), "a seeker's full week raises nothing");
}
