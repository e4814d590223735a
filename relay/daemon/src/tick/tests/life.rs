//! Pairings from their first day to their last: notices, questions, the end, grace, the weekly review, letters that wait.

use super::wishes::PostOffice;
use super::*;
use brevbro_core::escalation::{ItemKind, Severity};
use brevbro_core::pairing::PairingState;
use brevbro_core::spool::HoldReason;
use brevbro_store::{NewNotice, Post};

/// What the programme says.
fn by_the_programme(house: &House, now: Moment) -> Ends {
    let rules = house.programmes.of("letters");
    Ends::of(&rules.programme.life, &rules.calendar, now)
}

async fn lives(now: &str) -> Story {
    Story::begins_with(now, CONFIG, person("Vinter", "anna@example.net"), by_the_programme).await
}

impl Story {
    async fn state(&self) -> PairingState {
        self.house.store.pairing(self.pairing).await.unwrap().unwrap().state
    }

    /// Severities of the open items of a kind.
    async fn open(&self, kind: ItemKind) -> Vec<Severity> {
        let items = self.house.store.items(true).await.unwrap();
        items.into_iter().filter(|item| item.kind == kind).map(|item| item.severity).collect()
    }

    /// Both nodes look at the same time.
    async fn two_nodes_go_on(&self, until: &str) {
        self.clock.set(at(until));
        tokio::join!(once(&self.house), once(&self.house));
    }
}

#[tokio::test]
async fn a_pairing_is_asked_about_extended_ended_and_closed() {
    let story = lives("2026-01-14T12:00:00Z").await;
    let near = async || story.count("end_near").await;
    story.two_nodes_go_on("2026-03-17T08:59:00Z").await;
    assert_eq!(near().await, 0);
    story.two_nodes_go_on("2026-03-17T09:00:01Z").await;
    assert_eq!(near().await, 2, "both, once, whatever the nodes do");
    story.two_nodes_go_on("2026-03-31T08:00:01Z").await;
    assert_eq!(story.open(ItemKind::CheckIn).await, [Severity::Routine]);
    story.two_nodes_go_on("2026-04-07T08:00:01Z").await;
    assert_eq!(near().await, 4);
    // The planned end comes, and nobody has decided: letters go on, and the question becomes a matter of today.
    story.two_nodes_go_on("2026-04-15T08:00:01Z").await;
    assert_eq!(
        (story.state().await, story.open(ItemKind::CheckIn).await),
        (PairingState::Active, vec![Severity::Today])
    );
    story.writes(Side::Seeker, 100).await;
    story.two_nodes_go_on("2026-04-22T08:00:01Z").await;
    assert_eq!(story.open(ItemKind::CheckIn).await, [Severity::Today], "asked anew, and one question alone is open");
    let hard_end = story.house.store.pairing(story.pairing).await.unwrap().unwrap().hard_end.unwrap();
    let extend =
        async |end| story.house.store.pairing_extend(story.pairing, end, story.clock.now(), Actor::Admin).await;
    assert!(extend(hard_end + brevbro_core::time::Span::millis(1)).await.is_err(), "never after the last day");
    extend(hard_end).await.unwrap();
    assert!(story.open(ItemKind::CheckIn).await.is_empty(), "somebody has decided");
    story.two_nodes_go_on("2026-05-20T08:00:01Z").await;
    assert_eq!((near().await, story.open(ItemKind::CheckIn).await.len()), (4, 0));
    story.two_nodes_go_on("2026-06-16T08:00:01Z").await;
    story.two_nodes_go_on("2026-07-07T08:00:01Z").await;
    assert_eq!((near().await, story.open(ItemKind::CheckIn).await.len()), (8, 1), "and of the hard end");
    // The end falls into the night and comes in the morning.
    story.two_nodes_go_on("2026-07-14T23:00:00Z").await;
    assert_eq!(story.state().await, PairingState::Active);
    story.two_nodes_go_on("2026-07-15T05:00:01Z").await;
    assert_eq!((story.state().await, story.count("ending").await), (PairingState::Closing, 2));
    assert_eq!((story.open(ItemKind::Ended).await.len(), story.open(ItemKind::CheckIn).await.len()), (1, 0));
    after_the_end(&story).await;
}

async fn after_the_end(story: &Story) {
    for _ in 0..5 {
        let reply = story.tries_to_write(Side::Seeker, 100).await;
        assert!(reply.contains("550"), "in the one voice: {reply}");
    }
    assert_eq!(story.count("after_end").await, 3, "kindly, and not without end");
    story.two_nodes_go_on("2026-08-14T21:59:00Z").await;
    assert_eq!(story.state().await, PairingState::Closing);
    story.two_nodes_go_on("2026-08-14T22:00:01Z").await;
    assert_eq!(story.state().await, PairingState::Closed);
    assert!(story.tries_to_write(Side::Seeker, 100).await.contains("550"));
    assert_eq!((story.count("after_end").await, story.count("ending").await), (3, 2));
    assert!(
        story.house.store.lives_due(at("2030-01-01T00:00:00Z"), 9).await.unwrap().is_empty(),
        "nothing comes any more"
    );
}

#[tokio::test]
async fn a_standstill_over_every_date_ends_once_and_floods_nobody() {
    let story = lives("2026-01-14T12:00:00Z").await;
    story.goes_on("2026-12-01T10:00:00Z").await;
    let told = story.notices().await;
    assert_eq!((told.get("end_near"), told.get("ending")), (None, Some(&2)), "{told:?}");
    assert_eq!((story.state().await, story.items().await), (PairingState::Closing, vec!["ended"]));
    // A clock that goes back and forth repeats nothing.
    story.goes_on("2026-04-15T10:00:00Z").await;
    story.goes_on("2026-12-02T10:00:00Z").await;
    assert_eq!((story.count("ending").await, story.count("end_near").await), (2, 0));
}

#[tokio::test]
async fn a_pause_moves_no_end_and_a_letter_on_its_way_still_arrives() {
    let story = lives("2026-01-14T12:00:00Z").await;
    story.writes(Side::Volunteer, 100).await;
    let now = story.clock.now();
    story.house.store.pairing_move(story.pairing, PairingEvent::Pause, now, Actor::Admin).await.unwrap();
    story.goes_on("2026-03-17T09:00:01Z").await;
    assert_eq!(story.count("end_near").await, 2, "ends are days in the calendar");
    story.house.store.pairing_move(story.pairing, PairingEvent::Close, story.clock.now(), Actor::Admin).await.unwrap();
    let post = PostOffice::opens(&story);
    post.awaits("a letter of a pairing that has closed", |sent| sent.contains("every day")).await;
}

#[tokio::test]
async fn holidays_before_a_pause_are_no_days_of_waiting() {
    let story = Story::begins("2026-12-22T10:00:00Z").await;
    story.writes(Side::Seeker, 600).await;
    let moves = async |event| {
        let now = story.clock.now();
        story.house.store.pairing_move(story.pairing, event, now, Actor::Admin).await.unwrap();
    };
    // Waited: what is left of the 22nd, the 23rd, the 7th, and the 8th until noon: three days and a little.
    story.goes_on("2027-01-08T10:00:00Z").await;
    moves(PairingEvent::Pause).await;
    story.goes_on("2027-02-01T10:00:00Z").await;
    moves(PairingEvent::Resume).await;
    story.goes_on("2027-02-02T10:00:00Z").await;
    assert_eq!(story.count("letter_waits").await, 0);
    story.goes_on("2027-02-03T09:59:00Z").await;
    let early = story.count("letter_waits").await;
    story.goes_on("2027-02-03T10:00:01Z").await;
    assert_eq!((early, story.count("letter_waits").await), (0, 1));
}

#[tokio::test]
async fn the_first_of_the_ladder_hears_first_and_of_the_review_on_monday() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.goes_on("2026-11-02T10:00:01Z").await;
    story.writes(Side::Volunteer, 600).await;
    let first = NoticeTo::Staff(story.house.index.mailbox(&address("first@office.example")));
    let told = async |name: &str| {
        let rows = story.house.store.queue_list(None, 1_000).await.unwrap();
        let rows = rows.into_iter().filter(|row| row.notice_name.as_deref() == Some(name));
        rows.map(|row| row.recipient).collect::<Vec<_>>()
    };
    story.two_nodes_go_on("2026-11-09T07:00:01Z").await;
    story.two_nodes_go_on("2026-11-16T07:00:01Z").await;
    assert!(told("digest").await.is_empty(), "nothing waits");
    story.goes_on("2026-11-16T10:00:01Z").await;
    assert_eq!(told("item_raised").await, std::slice::from_ref(&first));
    story.two_nodes_go_on("2026-11-23T06:59:59Z").await;
    assert!(told("digest").await.is_empty());
    story.two_nodes_go_on("2026-11-23T07:00:01Z").await;
    assert_eq!(told("digest").await, std::slice::from_ref(&first), "Monday at eight in the zone, once");
    // Weeks that were missed are made up for by one.
    story.two_nodes_go_on("2026-12-16T10:00:00Z").await;
    assert_eq!(told("digest").await.len(), 2);
}

const HOLD: &str = r#"
[organisation]
domain = "relay.example.org"
language = "en"
contact = "contact@office.example"
[programme.letters]
week = { minutes = 60, seeker_mail_when_full = "hold" }
"#;

async fn a_full_week() -> Story {
    let story =
        Story::begins_with("2026-11-18T10:00:00Z", HOLD, person("Vinter", "anna@example.net"), |_, _| Ends::default());
    let story = story.await;
    once(&story.house).await;
    story.writes(Side::Volunteer, 6_900).await;
    story
}

#[tokio::test]
async fn a_seekers_letter_waits_where_her_programme_has_chosen_so() {
    let story = a_full_week().await;
    story.writes(Side::Seeker, 1_200).await;
    let held = async || {
        let rows = story.house.store.queue_list(Some(SpoolState::Held), 10).await.unwrap();
        rows.into_iter().filter_map(|row| row.reason).collect::<Vec<_>>()
    };
    assert_eq!(held().await, [HoldReason::WeekFull.word()]);
    assert_eq!((story.count("letter_rests").await, story.count("week_full").await), (1, 0));
    // The volunteer cannot answer what she has not got, and reading it counts from Monday on.
    story.goes_on("2026-11-22T22:59:00Z").await;
    assert_eq!(held().await.len(), 1);
    story.goes_on("2026-11-22T23:00:01Z").await;
    assert_eq!((held().await.len(), story.count("released").await), (0, 0));
    story.goes_on("2026-11-25T23:00:02Z").await;
    assert_eq!(story.minutes("2026-W48").await, 25);
    story.goes_on("2026-11-27T22:59:00Z").await;
    assert_eq!(story.count("letter_waits").await, 0);
    story.goes_on("2026-11-27T23:00:02Z").await;
    assert_eq!(story.count("letter_waits").await, 1, "five days from the day it left");
}

#[tokio::test]
async fn nothing_waits_beside_an_open_flag_or_in_a_week_with_room() {
    let story = a_full_week().await;
    let (item, _) = story.house.item(ItemKind::Flag, Some(story.pairing), None).unwrap();
    let notice: NewNotice = {
        let people = story.house.people.pairing(&story.house.store, story.pairing).await.unwrap();
        let rules = story.house.programmes.of("letters");
        story.house.welcome(rules, (&people, story.pairing), Side::Seeker).unwrap()
    };
    let post = Post { notice, quarantine: None, replay: None, items: vec![item] };
    let _ = story.house.store.post(post).await.unwrap();
    story.writes(Side::Seeker, 1_200).await;
    assert_eq!(story.count("letter_rests").await, 0, "danger is never held");
    story.goes_on("2026-11-23T10:00:00Z").await;
    story.writes(Side::Seeker, 60_000).await;
    assert_eq!(story.count("letter_rests").await, 0, "the week has hardly begun");
}
