//! Contact time put right: overviews that go out once, answers that count once, a volunteer's own pace, and the month.

use crate::house::{House, NOW, Pair, chance, on_both_engines, settlement, week, whole};
use brevbro_core::correction::{Correction, Plan, Target, plan};
use brevbro_core::id::{EntryId, PersonId};
use brevbro_core::ledger::{EntryKind, Minutes, READ_AFTER};
use brevbro_core::month::Month;
use brevbro_core::overview::lines;
use brevbro_core::party::Side::{Seeker, Volunteer};
use brevbro_core::seal::Digest;
use brevbro_core::time::{Moment, Span, Week};
use brevbro_store::{
    Actor, Amount, Commit, Correct, Corrected, NewEntry, NewNotice, Node, NoticeTo, Outcome, StoreError, Told,
};

on_both_engines![
    an_overview_goes_out_once,
    overviews_are_laid_out_in_pieces,
    a_declared_value_takes_the_place_of_the_estimate,
    an_answer_that_comes_again_does_nothing,
    a_week_that_has_changed_is_looked_at_again,
    the_weeks_sum_holds_what_was_read,
    what_never_arrived_is_given_back_with_what_was_declared,
    five_corrections_make_a_pace_of_ones_own,
    supervision_counts_to_the_month_alone,
];

fn later(hours: i64) -> Moment {
    NOW + Span::hours(hours)
}

fn notice_to(volunteer: PersonId, name: &'static str) -> NewNotice {
    let to = NoticeTo::Person { id: volunteer, address: None };
    NewNotice { name, to, pairing: None, ..Pair::new().notice() }
}

fn takes(line: u32, minutes: i64) -> Correction {
    let target = if line == 0 { Target::Week } else { Target::Line(line) };
    Correction { target, minutes: whole(minutes) }
}

/// What an answer does to the week as it stands; its lines are numbered anew.
async fn planned(house: &House, pair: &Pair, corrections: &[Correction]) -> (Plan, brevbro_store::Stamp) {
    let found = house.store.volunteer_week(pair.volunteer, week()).await.unwrap();
    let all: Vec<_> = lines(&found.entries).into_iter().map(Some).collect();
    let sum = found.entries.iter().map(|entry| entry.delta).sum();
    (plan(corrections, &all, &[(pair.id, sum)]).unwrap(), found.stamp)
}

async fn answer(house: &House, pair: &Pair, corrections: &[Correction], replay: Option<u8>) -> Corrected {
    let (plan, seen) = planned(house, pair, corrections).await;
    let correct = Correct {
        volunteer: pair.volunteer,
        week: week(),
        seen,
        plan,
        told_at: NOW,
        notice: notice_to(pair.volunteer, "corrected"),
        replay: replay.map(|octet| Digest([octet; 32])),
        now: later(1),
    };
    house.store.correct(correct).await.unwrap()
}

async fn stands(house: &House, pair: &Pair) -> Minutes {
    house.store.week_minutes(pair.id, week()).await.unwrap()
}

async fn write(house: &House, pair: &Pair, minutes: u64) {
    let _ = house.store.commit(pair.letter(Volunteer, minutes)).await.unwrap();
}

async fn an_overview_goes_out_once(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    store.overviews_set(week(), vec![(pair.volunteer, Some(NOW)), (pair.seeker, None)]).await.unwrap();
    store.overviews_set(week(), vec![(pair.volunteer, Some(later(9)))]).await.unwrap();
    assert!(store.overviews_due(later(-1), 10).await.unwrap().is_empty());
    let due = store.overviews_due(NOW, 10).await.unwrap().remove(0);
    assert_eq!((due.volunteer, due.due_at), (pair.volunteer, NOW), "laid out once");
    assert!(store.overview_told(due, Told::Later(later(2)), NOW).await.unwrap());
    assert!(store.overviews_due(later(1), 10).await.unwrap().is_empty());
    assert_eq!(store.overview_lines(pair.volunteer, week()).await.unwrap(), None, "not told yet");
    let due = store.overviews_due(later(2), 10).await.unwrap().remove(0);
    let entries = vec![EntryId::from_random(u64::MAX), EntryId::from_random(2)];
    let racers: Vec<_> = (0..4)
        .map(|_| {
            let told = Told::Lines(notice_to(pair.volunteer, "overview"), entries.clone());
            let store = store.clone();
            tokio::spawn(async move { store.overview_told(due, told, later(2)).await.unwrap() })
        })
        .collect();
    let mut told = 0;
    for racer in racers {
        told += usize::from(racer.await.unwrap());
    }
    assert_eq!((told, store.queue_list(None, 10).await.unwrap().len()), (1, 1));
    let lines = store.overview_lines(pair.volunteer, week()).await.unwrap();
    assert_eq!(lines, Some((later(2), entries)));
    assert!(store.overviews_due(later(999), 10).await.unwrap().is_empty());
    assert_eq!(store.overviews_forget(week()).await.unwrap(), 0);
    assert_eq!(store.overviews_forget(week().next()).await.unwrap(), 2);
}

async fn overviews_are_laid_out_in_pieces(house: &House) {
    let store = &house.store;
    let mut volunteers = Vec::new();
    for number in 0..5 {
        let pair = house.pair().await;
        if number != 4 {
            write(house, &pair, 5).await;
            volunteers.push(pair.volunteer);
        }
    }
    volunteers.sort_unstable();
    let (mut after, mut found) = (store.overviews_last(week()).await.unwrap(), Vec::new());
    assert_eq!(after, None);
    loop {
        let piece = store.volunteers_of_week(week(), after, 2).await.unwrap();
        let Some((last, programmes)) = piece.last() else { break };
        assert_eq!(programmes, &["standard"]);
        after = Some(*last);
        store.overviews_set(week(), piece.iter().map(|(volunteer, _)| (*volunteer, None)).collect()).await.unwrap();
        assert_eq!(store.overviews_last(week()).await.unwrap(), after);
        found.extend(piece.into_iter().map(|(volunteer, _)| volunteer));
    }
    assert_eq!(found, volunteers, "everybody with entries, once");
    assert!(store.volunteers_of_week(week().next(), None, 9).await.unwrap().is_empty());
}

async fn a_declared_value_takes_the_place_of_the_estimate(house: &House) {
    let pair = house.pair().await;
    write(house, &pair, 20).await;
    write(house, &pair, 10).await;
    assert_eq!(answer(house, &pair, &[takes(1, 45)], None).await, Corrected::Now);
    let before = stands(house, &pair).await;
    assert!(before == whole(55) || before == whole(65), "either letter may be the first: {before}");
    answer(house, &pair, &[takes(1, 5)], None).await;
    assert_eq!(stands(house, &pair).await, Minutes::tenths(before.as_tenths() - 400), "a second answer corrects again");
    // The declared value rules in the sum the limit looks at.
    answer(house, &pair, &[takes(1, 45)], None).await;
    let receipt = house.store.commit(pair.capped(20, 60)).await.unwrap();
    assert!(receipt.held.is_some());
    let entries = house.store.ledger_entries(pair.id, None).await.unwrap();
    let declared: Vec<_> = entries.iter().filter(|entry| entry.kind == EntryKind::Declared).collect();
    assert_eq!(declared.len(), 3);
    assert!(declared.iter().all(|e| e.estimate.is_some() && e.declared.is_some() && e.made_by == "party"));
}

async fn an_answer_that_comes_again_does_nothing(house: &House) {
    let pair = house.pair().await;
    write(house, &pair, 20).await;
    assert_eq!(answer(house, &pair, &[takes(1, 45)], Some(1)).await, Corrected::Now);
    assert_eq!(answer(house, &pair, &[takes(1, 30)], Some(2)).await, Corrected::Now);
    assert_eq!(answer(house, &pair, &[takes(1, 45)], Some(1)).await, Corrected::Before);
    assert_eq!(stands(house, &pair).await, whole(30));
    assert_eq!(house.store.queue_list(None, 10).await.unwrap().len(), 1 + 2, "a letter and two confirmations");
}

async fn a_week_that_has_changed_is_looked_at_again(house: &House) {
    let pair = house.pair().await;
    write(house, &pair, 20).await;
    let (plan, seen) = planned(house, &pair, &[takes(0, 40)]).await;
    write(house, &pair, 10).await;
    let correct = Correct {
        volunteer: pair.volunteer,
        week: week(),
        seen,
        plan,
        told_at: NOW,
        notice: notice_to(pair.volunteer, "corrected"),
        replay: Some(Digest([7; 32])),
        now: NOW,
    };
    assert_eq!(house.store.correct(correct).await, Err(StoreError::Conflict));
    assert_eq!(house.store.queue_list(None, 10).await.unwrap().len(), 2, "nothing was written");
    assert_eq!(answer(house, &pair, &[takes(0, 40)], Some(7)).await, Corrected::Now);
    assert_eq!(stands(house, &pair).await, whole(40));
}

async fn the_weeks_sum_holds_what_was_read(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    write(house, &pair, 20).await;
    let early = pair.letter(Seeker, 5);
    let late = Commit { now: later(1), ..pair.letter(Seeker, 5) };
    for letter in [early, late] {
        let _ = store.commit(letter).await.unwrap();
    }
    answer(house, &pair, &[takes(0, 40)], None).await;
    assert_eq!(stands(house, &pair).await, whole(40));
    // The one that came before the overview was read within the forty minutes; the later one is booked as always.
    let due = store.readings_due(later(1) + READ_AFTER, 10).await.unwrap();
    assert_eq!((due.len(), due[0].due_at), (1, NOW + READ_AFTER), "its time is still the letter's own");
    write(house, &pair, 10).await;
    assert_eq!(stands(house, &pair).await, whole(50) + due[0].minutes);
    let kinds: Vec<_> = store.ledger_entries(pair.id, None).await.unwrap().iter().map(|e| e.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == EntryKind::Read).count(), 2);
}

async fn what_never_arrived_is_given_back_with_what_was_declared(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let letter = pair.letter(Volunteer, 20);
    let id = letter.id;
    let _ = store.commit(letter).await.unwrap();
    answer(house, &pair, &[takes(1, 45)], None).await;
    store.discard(id, later(2), Actor::Coordinator).await.unwrap();
    assert_eq!(stands(house, &pair).await, whole(0));
    let found = store.volunteer_week(pair.volunteer, week()).await.unwrap();
    assert!(lines(&found.entries).is_empty());
    // A letter that came back unread takes nothing away, and one that had been read gives its reading back.
    for is_read in [false, true] {
        let node = Node::from_random(chance());
        let letter = Commit { claim_for: Some(node), ..pair.letter(Seeker, 5) };
        let id = letter.id;
        let _ = store.commit(letter).await.unwrap();
        store.settle(settlement(id, node, Outcome::Delivered)).await.unwrap();
        if is_read {
            let due = store.readings_due(NOW + READ_AFTER, 10).await.unwrap();
            store.book_readings(due.into_iter().map(|due| (due, week())).collect(), later(72)).await.unwrap();
            assert!(stands(house, &pair).await > whole(0));
        }
        assert!(store.bounced(id, later(80), Vec::new(), None).await.unwrap().is_some());
        assert_eq!(stands(house, &pair).await, whole(0), "read: {is_read}");
    }
}

async fn five_corrections_make_a_pace_of_ones_own(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let pace = async || {
        let pace = store.pace(pair.volunteer).await.unwrap();
        let way = store.way(&pair.digest(2), &pair.digest(3)).await.unwrap().unwrap();
        let back = store.way(&pair.digest(4), &pair.digest(1)).await.unwrap().unwrap();
        assert_eq!((way.pace, back.pace), (pace.factor, pace.factor), "for writing and for reading");
        (pace.factor.percent(), pace.corrections, pace.is_off)
    };
    for _ in 0..5 {
        write(house, &pair, 20).await;
    }
    let four: Vec<_> = (1..=4).map(|line| takes(line, 30)).collect();
    answer(house, &pair, &four, None).await;
    answer(house, &pair, &[takes(1, 30)], None).await;
    assert_eq!(pace().await, (100, 4, false), "a letter counts once");
    answer(house, &pair, &[takes(0, 90)], None).await;
    assert_eq!(pace().await, (100, 4, false), "a week's sum says nothing of letters");
    answer(house, &pair, &[takes(5, 30)], None).await;
    assert_eq!(pace().await, (150, 5, false));
    store.pace_use(pair.volunteer, false, NOW, Actor::Coordinator).await.unwrap();
    assert_eq!(pace().await, (100, 5, true));
    store.pace_use(pair.volunteer, true, NOW, Actor::Coordinator).await.unwrap();
    assert_eq!(pace().await, (150, 5, false));
    // What is estimated at one's own pace is compared as if it had not been.
    let slow = Commit { now: later(2), ..pair.letter(Volunteer, 30) };
    let _ = store.commit(slow).await.unwrap();
    answer(house, &pair, &[takes(6, 30)], None).await;
    assert_eq!(pace().await, (150, 6, false));
    store.pace_reset(pair.volunteer, later(3), Actor::Coordinator).await.unwrap();
    assert_eq!(pace().await, (100, 0, false));
}

async fn supervision_counts_to_the_month_alone(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    write(house, &pair, 10).await;
    let entry = |kind, week: Week, minutes| NewEntry {
        id: EntryId::from_random(chance()),
        pairing: pair.id,
        week,
        kind,
        amount: Amount::Delta(whole(minutes)),
        letter: None,
        author_side: None,
        made_at: NOW,
        made_by: Actor::Coordinator,
        note: None,
    };
    for kind in EntryKind::ALL.iter().copied().filter(|kind| kind.is_by_hand()) {
        store.ledger_append(entry(kind, week(), 20)).await.unwrap();
    }
    let month: Month = "2026-11".parse().unwrap();
    assert_eq!(stands(house, &pair).await, whole(10 + 4 * 20), "chat, phone, meeting and report");
    assert_eq!(store.month_of_pairing(pair.id, month).await, Ok(whole(10 + 6 * 20)));
    store.ledger_append(entry(EntryKind::Training, "2026-W49".parse().unwrap(), 20)).await.unwrap();
    assert_eq!(store.month_of_pairing(pair.id, month).await, Ok(whole(130)), "its Thursday is in December");
    store.ledger_append(entry(EntryKind::Supervision, week(), -20)).await.unwrap();
    let of_volunteer = store.month_of_volunteer(pair.volunteer, month).await.unwrap();
    assert_eq!(of_volunteer, [("standard".to_owned(), whole(110))]);
    let found = store.volunteer_week(pair.volunteer, week()).await.unwrap();
    assert_eq!(lines(&found.entries).len(), 5, "what counts to no week has no line");
}
