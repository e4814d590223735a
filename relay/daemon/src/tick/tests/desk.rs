//! Wishes with a clock moved by hand: pauses end on their day, a worry goes up the ladder at night, answers come too late.

use super::{Story, address, person};
use crate::chance;
use crate::clock::Clock as _;
use crate::enrol::Enroller;
use crate::smtp::Intake as _;
use crate::tick::once;
use brevbro_core::envelope::{ForwardPath, Peer, Raw, Received, ReversePath};
use brevbro_core::escalation::{ItemKind, Severity};
use brevbro_core::id::PairingId;
use brevbro_core::pairing::PairingState;
use brevbro_core::party::Side;
use brevbro_core::time::{Moment, Span};
use brevbro_store::{Actor, NewPairing, NoticeTo, SeekerOf};

impl Story {
    /// One of the two writes these words to an address of ours; gives the answer's code.
    async fn tells(&self, side: Side, to: &str, words: &str) -> String {
        let (from, _) = if side == Side::Seeker { &self.seeker } else { &self.volunteer };
        let raw = format!(
            "From: {}\r\nTo: {to}\r\nSubject: x\r\nMessage-ID: <{}@mail.example.net>\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n",
            from.on_wire(),
            chance::bits(),
        );
        let received = Received {
            peer: Peer { ip: [127, 0, 0, 1].into(), helo: "front".into(), tls: false, trusted: true },
            reverse_path: ReversePath::Addr(from.clone()),
            forward_path: ForwardPath::Addr(address(to)),
            raw: Raw::new(raw.into_bytes()),
        };
        format!("{:?}", self.relay.take(received).await)
    }

    async fn tells_the_desk(&self, side: Side, words: &str) {
        let reply = self.tells(side, "desk@relay.example.org", words).await;
        assert!(reply.contains("250"), "{words}: {reply}");
    }

    fn clock_now(&self) -> Moment {
        self.clock.now()
    }

    /// Somebody seeks help from a volunteer of another town.
    async fn also_seeks(&self, mailbox: &str) {
        let enroller =
            Enroller { index: &self.house.index, routing: self.house.people.key(), domain: &self.house.domain };
        let row = enroller.person("volunteer", &person("Bo", "bo@example.com")).unwrap();
        let (to_volunteer, to_seeker) =
            (enroller.given_alias("volunteer", "bo").unwrap(), enroller.given_alias("seeker", "host").unwrap());
        let (volunteer, now) = (row.id, self.clock.now());
        self.house.store.volunteer_add(row, to_volunteer.new, now, Actor::Admin).await.unwrap();
        let opened = NewPairing {
            id: PairingId::from_random(chance::bits()),
            programme: "letters".into(),
            volunteer,
            seeker: SeekerOf::New(enroller.person("seeker", &person("Host", mailbox)).unwrap()),
            seeker_alias: to_seeker.new,
            begins: true,
            planned_end: None,
            hard_end: None,
        };
        self.house.store.pairing_open(opened, now, Actor::Admin).await.unwrap();
    }
}

#[tokio::test]
async fn a_pause_ends_in_the_morning_of_its_day_and_its_days_do_not_count() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.writes(Side::Seeker, 600).await;
    story.goes_on("2026-11-04T10:00:00Z").await;
    story.tells_the_desk(Side::Volunteer, "paus till 1 december").await;
    assert_eq!((story.count("pause_begun").await, story.count("other_pauses").await), (1, 1));
    assert_eq!((story.state().await, story.items().await), (PairingState::Paused, vec!["asked"]));
    // Eight in the morning in Stockholm is seven.
    story.goes_on("2026-12-01T06:59:59Z").await;
    assert_eq!((story.count("resumed").await, story.count("letter_waits").await), (0, 0));
    story.goes_on("2026-12-01T07:00:01Z").await;
    for _ in 0..3 {
        once(&story.house).await;
    }
    assert_eq!((story.count("resumed").await, story.count("other_resumed").await), (1, 1));
    assert_eq!(story.state().await, PairingState::Active);
    // Two days had passed before the pause.
    story.goes_on("2026-12-04T06:59:00Z").await;
    assert_eq!(story.count("letter_waits").await, 0);
    story.goes_on("2026-12-04T10:00:02Z").await;
    assert_eq!(story.count("letter_waits").await, 1);
}

#[tokio::test]
async fn a_house_that_slept_ends_pauses_by_day_and_once() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.tells_the_desk(Side::Seeker, "pause 10 days").await;
    story.goes_on("2026-12-01T22:00:00Z").await;
    assert_eq!(story.count("resumed_seeker").await, 0, "not at night");
    story.goes_on("2026-12-02T06:00:01Z").await;
    story.goes_on("2027-02-01T10:00:00Z").await;
    assert_eq!((story.count("resumed_seeker").await, story.count("other_resumed").await), (1, 1));
    // A clock that goes back repeats nothing.
    story.goes_on("2026-11-05T10:00:00Z").await;
    story.goes_on("2026-12-05T10:00:00Z").await;
    assert_eq!(story.count("resumed_seeker").await, 1);
}

#[tokio::test]
async fn a_worry_goes_up_the_ladder_at_night() {
    // Saturday, three at night.
    let story = Story::begins("2026-11-07T02:00:00Z").await;
    story.tells_the_desk(Side::Volunteer, "worried").await;
    assert_eq!((story.items().await, story.count("worried_heard").await), (vec!["worried"], 1));
    assert_eq!((story.count("item_raised").await, story.count("desk_letter").await), (1, 1), "now, and who it is");
    story.goes_on("2026-11-07T02:09:59Z").await;
    assert_eq!(story.count("item_lapsed").await, 0);
    story.goes_on("2026-11-07T02:10:01Z").await;
    let rows = story.house.store.queue_list(None, 100).await.unwrap();
    let told = rows.iter().find(|row| row.notice_name.as_deref() == Some("item_lapsed")).unwrap();
    let second = story.house.index.mailbox(&address("second@office.example"));
    assert_eq!(told.recipient, NoticeTo::Staff(second));
}

#[tokio::test]
async fn an_answer_to_erase_counts_for_a_week() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.tells_the_desk(Side::Seeker, "erase my data").await;
    assert_eq!(story.count("erase_ask").await, 1);
    let row = story.house.store.person_by_address(&story.house.index.mailbox(&story.seeker.0)).await.unwrap().remove(0);
    let until = story.clock_now() + Span::days(7);
    let what = crate::tokens::Forgetting { person: row.id, until };
    let token = crate::tokens::erase_address(story.house.index.tokens(), what, &story.house.domain).unwrap().on_wire();
    story.goes_on("2026-11-09T10:00:02Z").await;
    assert!(story.tells(Side::Seeker, &token, "").await.contains("550"), "too late");
    assert_eq!(story.state().await, PairingState::Active);
    story.goes_on("2026-11-09T09:00:00Z").await;
    assert!(story.tells(Side::Volunteer, &token, "").await.contains("550"), "hers alone");
    assert!(story.tells(Side::Seeker, &token, "").await.contains("250"));
    assert_eq!((story.state().await, story.count("erased").await), (PairingState::Erased, 1));
    assert!(story.tells(Side::Seeker, &token, "").await.contains("550"), "once");
    // Rounds go on without her.
    story.goes_on("2027-06-01T10:00:00Z").await;
    assert_eq!((story.count("ending").await, story.items().await), (1, vec!["asked"]));
}

#[tokio::test]
async fn whoever_is_both_is_understood_only_where_it_is_clear() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.also_seeks("frida@example.com").await;
    // Which of the two stops? A human asks.
    story.tells_the_desk(Side::Volunteer, "stop").await;
    assert_eq!((story.items().await, story.state().await), (vec!["desk"], PairingState::Active));
    story.tells_the_desk(Side::Volunteer, "erase").await;
    assert_eq!((story.items().await, story.count("erase_ask").await), (vec!["desk", "desk"], 0));
    story.tells_the_desk(Side::Volunteer, "relief").await;
    assert_eq!((story.count("relief_asked").await, story.items().await), (1, vec!["desk", "desk", "relief"]));
    story.tells_the_desk(Side::Volunteer, "worried").await;
    assert_eq!(story.count("worried_heard").await, 1);
}

#[tokio::test]
async fn an_answer_above_the_letter_it_answers_is_one_word() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    let quoted = "> Hello,\r\n>\r\n> You can write \"stop\" or \"erase\" at any time.\r\n> Kind regards";
    for word in ["Pause", "resume", "erase"] {
        let answer = format!(
            "{word}\r\n\r\nSent from my iPhone\r\n\r\nOn 2 Nov 2026, at 10:00, desk@relay.example.org wrote:\r\n\r\n{quoted}"
        );
        story.tells_the_desk(Side::Seeker, &answer).await;
    }
    let told = story.notices().await;
    let once = ["pause_begun_seeker", "resumed_seeker", "erase_ask"].map(|name| told.get(name).copied());
    assert_eq!((once, told.get("desk_letter")), ([Some(1); 3], None), "{told:?}");
    // Only quoted words: nobody said anything.
    story.tells_the_desk(Side::Seeker, quoted).await;
    assert_eq!((story.state().await, story.items().await), (PairingState::Active, vec!["desk"]));
}

#[tokio::test]
async fn danger_said_to_the_desk_waits_for_nobody() {
    let story = Story::begins("2026-11-04T23:00:00Z").await;
    story.tells_the_desk(Side::Seeker, "Is there anybody to talk to about dancing?").await;
    assert_eq!(story.items().await, ["desk"]);
    story.tells_the_desk(Side::Seeker, "stop, I have decided to kill myself tonight").await;
    assert_eq!(story.items().await, ["asked", "desk", "flag"]);
    let items = story.house.store.items(true).await.unwrap();
    assert!(items.iter().any(|item| (item.kind, item.severity) == (ItemKind::Flag, Severity::Now)));
}
