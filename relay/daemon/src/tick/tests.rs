//! A programme's months with a clock moved by hand: real letters go in, rounds look for what is due, and every notice
//! and item is counted on the day it must come.

#[path = "tests/life.rs"]
mod life;
#[path = "tests/wishes.rs"]
mod wishes;

use super::once;
use crate::chance;
use crate::cli::init::set_up;
use crate::clock::{Clock, HandClock};
use crate::dns::{Dns, DnsOptions};
use crate::enrol::{Application, Enroller};
use crate::evidence::{EvidenceOptions, Front, Gatherer};
use crate::house::House;
use crate::intake::Relay;
use crate::serve::open_house;
use crate::smtp::Intake as _;
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::envelope::{ForwardPath, Peer, Raw, Received, ReversePath};
use brevbro_core::escalation::ItemEvent;
use brevbro_core::id::PairingId;
use brevbro_core::life::Ends;
use brevbro_core::pairing::PairingEvent;
use brevbro_core::party::{Language, Side};
use brevbro_core::spool::SpoolState;
use brevbro_core::time::Moment;
use brevbro_store::{Actor, NewPairing, NoticeTo, SeekerOf};
use std::collections::BTreeMap;
use std::sync::Arc;

const CONFIG: &str = r#"
[organisation]
domain = "relay.example.org"
language = "en"
contact = "contact@office.example"
[programme.letters]
week = { minutes = 60 }
hours = { quiet = "21:00-07:00", office = "mon-fri 09:00-16:00", holidays = ["2026-12-24/2027-01-06"] }
ladder = ["first@office.example", "second@office.example"]
"#;

fn at(text: &str) -> Moment {
    Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

struct Story {
    house: Arc<House>,
    clock: Arc<HandClock>,
    relay: Relay,
    pairing: PairingId,
    seeker: (EmailAddr, EmailAddr),
    volunteer: (EmailAddr, EmailAddr),
    folder: tempfile::TempDir,
}

fn address(text: &str) -> EmailAddr {
    EmailAddr::parse(text).unwrap()
}

fn person(known_as: &str, mailbox: &str) -> Application {
    Application {
        known_as: known_as.into(),
        addresses: vec![mailbox.into()],
        language: Language::English,
        ..Application::default()
    }
}

impl Story {
    async fn begins(now: &str) -> Self {
        Self::begins_with(now, CONFIG, person("Vinter", "anna@example.net"), |_, _| Ends::default()).await
    }

    /// The same with another configuration, other wishes of the seeker's, and the ends a programme gives.
    async fn begins_with(now: &str, config: &str, seeker_form: Application, ends: fn(&House, Moment) -> Ends) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = set_up(folder.path(), config).await.unwrap_or_else(|failure| panic!("{}", failure.happened()));
        let clock = Arc::new(HandClock::at(at(now)));
        let house = open_house(&config, Arc::clone(&clock) as Arc<dyn Clock>).await;
        let house = Arc::new(house.unwrap_or_else(|failure| panic!("{}", failure.happened())));
        let (seeker, volunteer) = ("anna@example.net", "frida@example.com");
        let domain = Domain::parse("relay.example.org").unwrap();
        let enroller = Enroller { index: &house.index, routing: house.people.key(), domain: &domain };
        let row = enroller.person("volunteer", &person("Frida", volunteer)).unwrap();
        let to_volunteer = enroller.given_alias("volunteer", "frida").unwrap();
        let to_seeker = enroller.given_alias("seeker", "vinter").unwrap();
        let volunteer_id = row.id;
        house.store.volunteer_add(row, to_volunteer.new, clock.now(), Actor::Admin).await.unwrap();
        let pairing = PairingId::from_random(chance::bits());
        let opened = NewPairing {
            id: pairing,
            programme: "letters".into(),
            volunteer: volunteer_id,
            seeker: SeekerOf::New(enroller.person("seeker", &seeker_form).unwrap()),
            seeker_alias: to_seeker.new,
            begins: true,
            planned_end: ends(&house, clock.now()).planned,
            hard_end: ends(&house, clock.now()).hard,
        };
        house.store.pairing_open(opened, clock.now(), Actor::Admin).await.unwrap();
        // Nobody listens there: trusted peers' letters are looked up nowhere.
        let names = vec![std::net::SocketAddr::from(([127, 0, 0, 1], 9))];
        let dns = Dns::new(&DnsOptions { name_servers: names, ..DnsOptions::default() }).unwrap();
        let options = EvidenceOptions { front: Front::Refuses, ..EvidenceOptions::new(domain) };
        let relay = Relay::new(Arc::clone(&house), Gatherer::new(&dns, options), None, false);
        let (seeker, volunteer) = ((address(seeker), to_volunteer.address), (address(volunteer), to_seeker.address));
        Self { house, clock, relay, pairing, seeker, volunteer, folder }
    }

    /// One of the two writes so many characters.
    async fn writes(&self, side: Side, characters: usize) {
        let reply = self.tries_to_write(side, characters).await;
        assert!(reply.contains("250"), "{reply}");
    }

    /// What the relay answers to such a letter.
    async fn tries_to_write(&self, side: Side, characters: usize) -> String {
        let (from, to) = if side == Side::Seeker { &self.seeker } else { &self.volunteer };
        let text = "One more word of every day. ".repeat(characters / 28 + 1);
        let text: String = text.chars().take(characters).collect();
        let id = chance::bits();
        let raw = format!(
            "From: {}\r\nTo: {}\r\nSubject: Hello\r\nMessage-ID: <{id}@mail.example.net>\r\n\r\n{}\r\n",
            from.on_wire(),
            to.on_wire(),
            text.as_bytes().chunks(70).map(String::from_utf8_lossy).collect::<Vec<_>>().join("\r\n"),
        );
        let peer = Peer { ip: [127, 0, 0, 1].into(), helo: "front".into(), tls: false, trusted: true };
        let received = Received {
            peer,
            reverse_path: ReversePath::Addr(from.clone()),
            forward_path: ForwardPath::Addr(to.clone()),
            raw: Raw::new(raw.into_bytes()),
        };
        format!("{:?}", self.relay.take(received).await)
    }

    async fn goes_on(&self, until: &str) {
        self.clock.set(at(until));
        once(&self.house).await;
    }

    /// Every notice that was ever written, by its name.
    async fn notices(&self) -> BTreeMap<String, usize> {
        let mut all = BTreeMap::new();
        for row in self.house.store.queue_list(None, 1_000).await.unwrap() {
            if let Some(name) = row.notice_name {
                *all.entry(name).or_default() += 1;
            }
        }
        all
    }

    async fn count(&self, name: &str) -> usize {
        self.notices().await.get(name).copied().unwrap_or_default()
    }

    async fn items(&self) -> Vec<&'static str> {
        let mut kinds: Vec<_> = self.house.store.items(true).await.unwrap().iter().map(|i| i.kind.word()).collect();
        kinds.sort_unstable();
        kinds
    }

    async fn minutes(&self, week: &str) -> i64 {
        self.house.store.week_minutes(self.pairing, week.parse().unwrap()).await.unwrap().as_tenths()
    }
}

#[tokio::test]
async fn a_letter_nobody_answers_reaches_a_human_on_the_tenth_day() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.writes(Side::Seeker, 1_200).await;
    story.goes_on("2026-11-07T09:59:59Z").await;
    assert!(story.notices().await.is_empty());
    story.goes_on("2026-11-07T10:00:01Z").await;
    assert_eq!(story.count("letter_waits").await, 1);
    for _ in 0..3 {
        once(&story.house).await;
    }
    assert_eq!(story.count("letter_waits").await, 1, "once");
    story.goes_on("2026-11-09T10:00:01Z").await;
    assert_eq!(story.count("letter_still_waits").await, 1);
    story.goes_on("2026-11-12T10:00:01Z").await;
    assert_eq!((story.count("somebody_knows").await, story.items().await), (1, vec!["volunteer_silent"]));
    // Nothing more comes of it by itself, ever.
    story.goes_on("2027-06-01T10:00:00Z").await;
    let told = story.notices().await;
    assert_eq!((told["letter_waits"], told["letter_still_waits"], told["somebody_knows"]), (1, 1, 1));
}

#[tokio::test]
async fn a_silent_seeker_is_asked_for_nothing() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.writes(Side::Volunteer, 600).await;
    story.goes_on("2026-11-16T10:00:01Z").await;
    assert_eq!((story.items().await, story.notices().await.len()), (vec!["seeker_silent"], 1), "the contact alone");
    story.goes_on("2026-11-23T10:00:01Z").await;
    assert_eq!(story.count("gentle").await, 1);
    story.goes_on("2026-12-07T10:00:01Z").await;
    assert_eq!(story.items().await, ["decide", "seeker_silent"]);
}

#[tokio::test]
async fn nights_and_holidays_stop_the_clock() {
    let story = Story::begins("2026-12-20T21:30:00Z").await;
    story.writes(Side::Seeker, 600).await;
    // Day 5 without the holidays is 8 January, in the night; it waits for the morning.
    story.goes_on("2027-01-07T22:00:00Z").await;
    assert_eq!(story.count("letter_waits").await, 0);
    story.goes_on("2027-01-08T21:31:00Z").await;
    assert_eq!(story.count("letter_waits").await, 0, "at night");
    story.goes_on("2027-01-09T06:00:01Z").await;
    assert_eq!(story.count("letter_waits").await, 1);
}

#[tokio::test]
async fn a_pause_stops_the_clock() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.writes(Side::Seeker, 600).await;
    let moves = async |event| {
        let now = story.clock.now();
        story.house.store.pairing_move(story.pairing, event, now, Actor::Admin).await.unwrap();
    };
    story.goes_on("2026-11-05T10:00:00Z").await;
    moves(PairingEvent::Pause).await;
    story.goes_on("2026-12-01T10:00:00Z").await;
    assert!(story.notices().await.is_empty(), "paused");
    moves(PairingEvent::Resume).await;
    story.goes_on("2026-12-03T09:59:00Z").await;
    assert!(story.notices().await.is_empty(), "three days had passed before the pause");
    story.goes_on("2026-12-03T10:00:01Z").await;
    assert_eq!(story.count("letter_waits").await, 1);
}

#[tokio::test]
async fn a_house_that_stood_still_does_not_flood() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.writes(Side::Seeker, 600).await;
    story.goes_on("2027-02-01T10:00:00Z").await;
    let told = story.notices().await;
    assert!(!told.contains_key("letter_waits") && !told.contains_key("letter_still_waits"), "{told:?}");
    assert_eq!((story.count("somebody_knows").await, story.items().await), (1, vec!["volunteer_silent"]));
    // A clock that goes back repeats nothing.
    story.goes_on("2026-11-07T10:00:00Z").await;
    story.goes_on("2027-02-01T10:00:00Z").await;
    assert_eq!(story.count("somebody_knows").await, 1);
}

#[tokio::test]
async fn reading_counts_in_the_week_it_was_over_and_week_53_is_a_week() {
    let story = Story::begins("2026-12-30T10:00:00Z").await;
    story.writes(Side::Seeker, 1_200).await;
    assert_eq!(story.minutes("2026-W53").await, 0);
    // 72 hours later it is Saturday of week 53.
    story.goes_on("2027-01-02T10:00:00Z").await;
    assert_eq!(story.minutes("2026-W53").await, 25);
    story.writes(Side::Seeker, 1_200).await;
    story.goes_on("2027-01-04T08:00:00Z").await;
    story.writes(Side::Volunteer, 1_200).await;
    assert_eq!((story.minutes("2026-W53").await, story.minutes("2027-W01").await), (25, 25 + 110));
}

#[tokio::test]
async fn letters_wait_for_monday_in_their_order() {
    let story = Story::begins("2026-11-18T10:00:00Z").await;
    once(&story.house).await;
    for characters in [6_000, 3_000, 3_000, 600] {
        story.writes(Side::Volunteer, characters).await;
    }
    // 51 and 26 and 26 and 6 minutes: the first and the last fit into sixty.
    assert_eq!(story.minutes("2026-W47").await, 570);
    assert_eq!((story.count("week_near").await, story.count("week_full").await), (1, 2));
    let held = async || story.house.store.queue_list(Some(SpoolState::Held), 10).await.unwrap().len();
    assert_eq!(held().await, 2);
    story.goes_on("2026-11-22T22:59:59Z").await;
    assert_eq!(held().await, 2);
    story.goes_on("2026-11-22T23:00:01Z").await;
    assert_eq!((held().await, story.count("released").await, story.minutes("2026-W48").await), (0, 2, 520));
    story.goes_on("2026-11-22T23:10:00Z").await;
    assert_eq!(story.count("released").await, 2, "once");
}

#[tokio::test]
async fn an_item_goes_up_the_ladder_in_office_hours_until_somebody_sees_it() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.writes(Side::Seeker, 600).await;
    // Thursday 11:00 in the zone: the item is raised; four hours at work later it goes on.
    story.goes_on("2026-11-12T10:00:01Z").await;
    let lapsed = async || {
        let rows = story.house.store.queue_list(None, 1_000).await.unwrap();
        rows.into_iter().filter(|row| row.notice_name.as_deref() == Some("item_lapsed")).collect::<Vec<_>>()
    };
    story.goes_on("2026-11-12T13:59:00Z").await;
    assert!(lapsed().await.is_empty());
    story.goes_on("2026-11-12T14:00:02Z").await;
    let told = lapsed().await;
    let second = story.house.index.mailbox(&address("second@office.example"));
    assert_eq!((told.len(), &told[0].recipient), (1, &NoticeTo::Staff(second)));
    // One hour of work is left on Thursday, three are taken from Friday.
    story.goes_on("2026-11-13T10:59:00Z").await;
    assert_eq!(lapsed().await.len(), 1);
    story.goes_on("2026-11-13T11:00:10Z").await;
    assert_eq!(lapsed().await.len(), 2, "the last one on the ladder hears of it again");
    let item = story.house.store.items(true).await.unwrap().remove(0).id;
    story.house.store.item_move(item, ItemEvent::See, story.clock.now(), Actor::Coordinator).await.unwrap();
    story.goes_on("2027-03-01T10:00:00Z").await;
    assert_eq!(lapsed().await.len(), 2, "somebody is on it");
}
