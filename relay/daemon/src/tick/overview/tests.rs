//! Sundays with a clock moved by hand: who gets an overview and when, what an answer does, and what never counts twice.

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
use crate::tick::once;
use crate::tokens::{Correction, correction_address};
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::envelope::{ForwardPath, Peer, Raw, Received, ReversePath};
use brevbro_core::id::{PairingId, PersonId};
use brevbro_core::ledger::EntryKind;
use brevbro_core::overview::ANSWER_WITHIN;
use brevbro_core::party::{Language, Side};
use brevbro_core::time::{Moment, Week};
use brevbro_store::{Actor, NewPairing, SeekerOf};
use std::sync::Arc;

const CONFIG: &str = r#"
[organisation]
domain = "relay.example.org"
language = "en"
contact = "contact@office.example"
[programme.letters]
week = { minutes = 60 }
hours = { quiet = "21:00-07:00", holidays = ["2026-12-24/2027-01-06"] }
[programme.early]
week = { minutes = 0 }
hours = { quiet = "17:00-08:00" }
[programme.none]
week = { overview = false }
"#;

/// Sunday 18:00 in Stockholm, of week 47.
const SUNDAY: &str = "2026-11-22T17:00:00Z";

fn at(text: &str) -> Moment {
    Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

fn address(text: &str) -> EmailAddr {
    EmailAddr::parse(text).unwrap()
}

struct Tie {
    id: PairingId,
    seeker: EmailAddr,
    to_seeker: EmailAddr,
}

struct Story {
    house: Arc<House>,
    clock: Arc<HandClock>,
    relay: Relay,
    volunteer: PersonId,
    to_volunteer: EmailAddr,
    ties: Vec<Tie>,
    _folder: tempfile::TempDir,
}

const FRIDA: &str = "frida@example.com";

fn person(known_as: &str, mailbox: &str) -> Application {
    let addresses = vec![mailbox.into()];
    Application { known_as: known_as.into(), addresses, language: Language::English, ..Application::default() }
}

fn domain() -> Domain {
    Domain::parse("relay.example.org").unwrap()
}

impl Story {
    /// A volunteer with a pairing in each of these programmes.
    async fn begins(now: &str, programmes: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = set_up(folder.path(), CONFIG).await.unwrap_or_else(|failure| panic!("{}", failure.happened()));
        let clock = Arc::new(HandClock::at(at(now)));
        let house = open_house(&config, Arc::clone(&clock) as Arc<dyn Clock>).await;
        let house = Arc::new(house.unwrap_or_else(|failure| panic!("{}", failure.happened())));
        let domain = domain();
        let enroller = Enroller { index: &house.index, routing: house.people.key(), domain: &domain };
        let row = enroller.person("volunteer", &person("Frida", FRIDA)).unwrap();
        let alias = enroller.given_alias("volunteer", "frida").unwrap();
        let volunteer = row.id;
        house.store.volunteer_add(row, alias.new, clock.now(), Actor::Admin).await.unwrap();
        let mut ties = Vec::new();
        for (number, programme) in programmes.iter().enumerate() {
            let (mailbox, name) = (format!("anna{number}@example.net"), format!("Vinter{number}"));
            let given = enroller.given_alias("seeker", &format!("vinter{number}")).unwrap();
            let id = PairingId::from_random(chance::bits());
            let opened = NewPairing {
                id,
                programme: (*programme).into(),
                volunteer,
                seeker: SeekerOf::New(enroller.person("seeker", &person(&name, &mailbox)).unwrap()),
                seeker_alias: given.new,
                begins: true,
                planned_end: None,
                hard_end: None,
            };
            house.store.pairing_open(opened, clock.now(), Actor::Admin).await.unwrap();
            ties.push(Tie { id, seeker: address(&mailbox), to_seeker: given.address });
        }
        let names = vec![std::net::SocketAddr::from(([127, 0, 0, 1], 9))];
        let dns = Dns::new(&DnsOptions { name_servers: names, ..DnsOptions::default() }).unwrap();
        let options = EvidenceOptions { front: Front::Refuses, ..EvidenceOptions::new(domain) };
        let relay = Relay::new(Arc::clone(&house), Gatherer::new(&dns, options), None, false);
        let story = Self { house, clock, relay, volunteer, to_volunteer: alias.address, ties, _folder: folder };
        once(&story.house).await;
        story
    }

    async fn take(&self, from: &EmailAddr, to: &EmailAddr, header: &str, text: &str) -> String {
        let raw = format!(
            "From: {}\r\nTo: {}\r\nSubject: Re: x\r\n{header}\r\n{}",
            from.on_wire(),
            to.on_wire(),
            text.replace('\n', "\r\n"),
        );
        let received = Received {
            peer: Peer { ip: [127, 0, 0, 1].into(), helo: "front".into(), tls: false, trusted: true },
            reverse_path: ReversePath::Addr(from.clone()),
            forward_path: ForwardPath::Addr(to.clone()),
            raw: Raw::new(raw.into_bytes()),
        };
        format!("{:?}", self.relay.take(received).await)
    }

    /// One of the two of a pairing writes so many characters.
    async fn writes(&self, tie: usize, side: Side, characters: usize) {
        let tie = &self.ties[tie];
        let frida = address(FRIDA);
        let (from, to) =
            if side == Side::Seeker { (&tie.seeker, &self.to_volunteer) } else { (&frida, &tie.to_seeker) };
        let text: String =
            "One more word of every day.\n".repeat(characters / 28 + 1).chars().take(characters).collect();
        let id = format!("Message-ID: <{}@mail.example.net>\r\n", chance::bits());
        let reply = self.take(from, to, &id, &text).await;
        assert!(reply.contains("250"), "{reply}");
    }

    fn token(&self, week: &str, told: &str) -> EmailAddr {
        let what = Correction { person: self.volunteer, week: week.parse().unwrap(), until: at(told) + ANSWER_WITHIN };
        correction_address(self.house.index.tokens(), what, &domain()).unwrap()
    }

    /// The volunteer answers the overview of week 47.
    async fn answers(&self, text: &str) -> String {
        let id = format!("Message-ID: <{}@mail.example.com>\r\n", chance::bits());
        self.take(&address(FRIDA), &self.token("2026-W47", SUNDAY), &id, text).await
    }

    async fn goes_on(&self, until: &str) {
        self.clock.set(at(until));
        once(&self.house).await;
    }

    async fn count(&self, name: &str) -> usize {
        let rows = self.house.store.queue_list(None, 1_000).await.unwrap();
        rows.iter().filter(|row| row.notice_name.as_deref() == Some(name)).count()
    }

    async fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for (count, name) in counts.iter_mut().zip(["overview", "corrected", "not_understood", "desk_letter"]) {
            *count = self.count(name).await;
        }
        counts
    }

    async fn tenths(&self, tie: usize, week: &str) -> i64 {
        let week: Week = week.parse().unwrap();
        self.house.store.week_minutes(self.ties[tie].id, week).await.unwrap().as_tenths()
    }

    async fn items(&self) -> Vec<&'static str> {
        self.house.store.items(true).await.unwrap().iter().map(|item| item.kind.word()).collect()
    }
}

#[tokio::test]
async fn on_sunday_at_six_everybody_with_entries_hears_once() {
    let story = Story::begins("2026-11-18T10:00:00Z", &["letters", "letters"]).await;
    story.writes(0, Side::Volunteer, 1_200).await;
    story.writes(1, Side::Volunteer, 600).await;
    story.goes_on("2026-11-22T16:59:59Z").await;
    assert_eq!(story.count("overview").await, 0);
    for _ in 0..3 {
        story.goes_on("2026-11-22T17:00:01Z").await;
    }
    assert_eq!(story.count("overview").await, 1, "over both pairings, once");
    let lines = story.house.store.overview_lines(story.volunteer, "2026-W47".parse().unwrap()).await.unwrap();
    assert_eq!(lines.unwrap().1.len(), 2);
    // The next week has no entries; the one after has.
    story.goes_on("2026-11-29T17:00:01Z").await;
    assert_eq!(story.count("overview").await, 1);
    story.writes(0, Side::Volunteer, 600).await;
    story.goes_on("2026-11-30T10:00:00Z").await;
    assert_eq!(story.count("overview").await, 1, "what came after the overview is not told of");
    story.writes(0, Side::Volunteer, 600).await;
    story.goes_on("2026-12-06T17:00:01Z").await;
    assert_eq!(story.count("overview").await, 2);
}

#[tokio::test]
async fn nights_and_holidays_of_every_programme_are_kept() {
    let story = Story::begins("2026-11-18T10:00:00Z", &["letters", "early", "none"]).await;
    for tie in 0..3 {
        story.writes(tie, Side::Volunteer, 600).await;
    }
    story.goes_on("2026-11-22T17:00:01Z").await;
    story.goes_on("2026-11-23T06:59:59Z").await;
    assert_eq!(story.count("overview").await, 0, "one of them sleeps from five to eight");
    story.goes_on("2026-11-23T07:00:01Z").await;
    assert_eq!(story.count("overview").await, 1);
    let lines = story.house.store.overview_lines(story.volunteer, "2026-W47".parse().unwrap()).await.unwrap();
    assert_eq!(lines.unwrap().1.len(), 2, "a programme may send none");

    let story = Story::begins("2026-12-23T10:00:00Z", &["letters"]).await;
    story.writes(0, Side::Volunteer, 600).await;
    story.goes_on("2026-12-27T17:00:01Z").await;
    story.goes_on("2027-01-06T17:00:01Z").await;
    assert_eq!(story.count("overview").await, 0);
    story.goes_on("2027-01-07T17:00:01Z").await;
    assert_eq!(story.count("overview").await, 1);
}

#[tokio::test]
async fn a_house_that_stood_still_tells_one_week_or_none() {
    let story = Story::begins("2026-11-04T10:00:00Z", &["letters"]).await;
    for day in ["2026-11-04T10:00:00Z", "2026-11-11T10:00:00Z", "2026-11-18T10:00:00Z"] {
        story.clock.set(at(day));
        story.writes(0, Side::Volunteer, 600).await;
    }
    // Three Sundays were missed; the last one was on the day before yesterday.
    story.goes_on("2026-11-24T12:00:00Z").await;
    assert_eq!(story.count("overview").await, 1);
    assert!(story.house.store.overview_lines(story.volunteer, "2026-W47".parse().unwrap()).await.unwrap().is_some());

    let story = Story::begins("2026-11-18T10:00:00Z", &["letters"]).await;
    story.writes(0, Side::Volunteer, 600).await;
    story.goes_on("2026-11-25T17:00:01Z").await;
    assert_eq!(story.count("overview").await, 0, "three days later nobody remembers");
    // A clock that ran ahead for a moment and came back stops nothing.
    story.goes_on("2030-01-01T12:00:00Z").await;
    story.goes_on("2026-11-26T12:00:00Z").await;
    story.writes(0, Side::Volunteer, 600).await;
    story.goes_on("2026-11-29T17:00:01Z").await;
    assert_eq!(story.count("overview").await, 1);
}

#[tokio::test]
async fn an_answer_puts_lines_and_weeks_right() {
    let story = Story::begins("2026-11-18T10:00:00Z", &["letters", "letters"]).await;
    story.writes(0, Side::Volunteer, 1_200).await;
    story.clock.set(at("2026-11-19T10:00:00Z"));
    story.writes(1, Side::Volunteer, 600).await;
    story.goes_on("2026-11-22T17:00:01Z").await;
    let answer = "Hello,\n\n1 45\n\nKind regards\nFrida\n\nOn Sun, 22 Nov 2026, <desk@relay.example.org> wrote:\n\
        > Hello,\n> - total 40 if the whole week took 40 minutes\n";
    assert!(story.answers(answer).await.contains("250"));
    assert_eq!((story.tenths(0, "2026-W47").await, story.counts().await), (450, [1, 1, 0, 0]));
    let other = story.tenths(1, "2026-W47").await;
    story.clock.set(at("2026-11-24T10:00:00Z"));
    story.answers("2: 1h 10").await;
    assert_eq!((story.tenths(0, "2026-W47").await, story.tenths(1, "2026-W47").await), (450, 700));
    story.answers("total 90 min, thanks").await;
    let shared = (story.tenths(0, "2026-W47").await, story.tenths(1, "2026-W47").await);
    assert_eq!((shared.0 + shared.1, shared.0 < shared.1, other < 450), (900, true, true), "{shared:?}");
    assert_eq!(story.counts().await, [1, 3, 0, 0]);
    story.answers("That is right, thank you!").await;
    assert_eq!((story.counts().await, story.items().await.len()), ([1, 3, 0, 0], 0));
}

#[tokio::test]
async fn the_same_answer_twice_does_nothing_new() {
    let story = Story::begins("2026-11-18T10:00:00Z", &["letters"]).await;
    story.writes(0, Side::Volunteer, 1_200).await;
    story.goes_on("2026-11-22T17:00:01Z").await;
    let (frida, token) = (address(FRIDA), story.token("2026-W47", SUNDAY));
    for (id, text) in [("1", "1 45"), ("2", "1 30"), ("1", "1 45"), ("3", "what?"), ("3", "what?")] {
        let header = format!("Message-ID: <{id}@mail.example.com>\r\n");
        assert!(story.take(&frida, &token, &header, text).await.contains("250"));
    }
    assert_eq!((story.tenths(0, "2026-W47").await, story.counts().await), (300, [1, 2, 1, 1]));
}

#[tokio::test]
async fn what_is_not_clear_and_what_comes_late_reaches_a_human() {
    let story = Story::begins("2026-11-18T10:00:00Z", &["letters"]).await;
    story.writes(0, Side::Volunteer, 1_200).await;
    story.goes_on("2026-11-22T17:00:01Z").await;
    let before = story.tenths(0, "2026-W47").await;
    for text in ["7 45", "I also rang her.", "", "1 45?"] {
        assert!(story.answers(text).await.contains("250"), "{text}");
    }
    assert_eq!((story.counts().await, story.items().await), ([1, 0, 4, 4], vec!["unclear"; 4]));
    story.clock.set(at("2026-12-07T10:00:00Z"));
    assert!(story.answers("1 45").await.contains("250"));
    assert_eq!((story.counts().await, story.tenths(0, "2026-W47").await), ([1, 0, 5, 5], before));
}

#[tokio::test]
async fn nobody_else_and_no_machine_puts_time_right() {
    let story = Story::begins("2026-11-18T10:00:00Z", &["letters"]).await;
    story.writes(0, Side::Volunteer, 1_200).await;
    story.goes_on("2026-11-22T17:00:01Z").await;
    let before = story.tenths(0, "2026-W47").await;
    let (frida, token) = (address(FRIDA), story.token("2026-W47", SUNDAY));
    for from in [story.ties[0].seeker.clone(), address("stranger@elsewhere.example")] {
        assert!(story.take(&from, &token, "", "1 45").await.contains("550"));
    }
    let forged = address(&format!("k-{}@relay.example.org", "a".repeat(53)));
    assert!(story.take(&frida, &forged, "", "1 45").await.contains("550"));
    for header in ["Auto-Submitted: auto-replied\r\n", "X-Autoreply: yes\r\nPrecedence: auto_reply\r\n"] {
        assert!(story.take(&frida, &token, header, "1 45").await.contains("250"));
    }
    assert_eq!((story.tenths(0, "2026-W47").await, story.counts().await), (before, [1, 0, 0, 0]));
}

#[tokio::test]
async fn held_letters_and_reading_are_never_counted_twice() {
    let story = Story::begins("2026-11-20T10:00:00Z", &["letters"]).await;
    story.writes(0, Side::Seeker, 1_200).await;
    // 51 minutes and the reading fill the week; the next letter waits for Monday.
    story.writes(0, Side::Volunteer, 6_000).await;
    story.writes(0, Side::Volunteer, 3_000).await;
    story.writes(0, Side::Seeker, 1_200).await;
    story.goes_on("2026-11-22T17:00:01Z").await;
    let lines = story.house.store.overview_lines(story.volunteer, "2026-W47".parse().unwrap()).await.unwrap();
    assert_eq!(lines.unwrap().1.len(), 2, "what was read and what was sent; nothing of what waits");
    story.answers("total 40").await;
    assert_eq!(story.tenths(0, "2026-W47").await, 400);
    // Monday: the letter that waited is counted once, in the new week; the reading was within the forty minutes.
    story.goes_on("2026-11-22T23:00:01Z").await;
    let week_48 = story.tenths(0, "2026-W48").await;
    assert!((250..=270).contains(&week_48), "{week_48}");
    story.goes_on("2026-11-26T10:00:00Z").await;
    assert_eq!((story.tenths(0, "2026-W47").await, story.tenths(0, "2026-W48").await), (400, week_48));
}

#[tokio::test]
async fn five_corrections_change_the_next_estimates() {
    let story = Story::begins("2026-11-17T10:00:00Z", &["early"]).await;
    for day in 17..22 {
        story.clock.set(at(&format!("2026-11-{day}T10:00:00Z")));
        story.writes(0, Side::Volunteer, 1_080).await;
    }
    story.goes_on("2026-11-23T07:00:01Z").await;
    let booked = story.tenths(0, "2026-W47").await;
    let text = (1..=5).map(|line| format!("{line} 20 min\n")).collect::<Vec<_>>().concat();
    let token = story.token("2026-W47", "2026-11-23T07:00:01Z");
    let reply = story.take(&address(FRIDA), &token, "Message-ID: <1@x.example>\r\n", &text).await;
    assert!(reply.contains("250") && story.count("corrected").await == 1, "{reply}");
    assert_eq!(story.tenths(0, "2026-W47").await, 1_000);
    assert_eq!(story.house.store.pace(story.volunteer).await.unwrap().factor.percent(), 200, "{booked}");
    story.writes(0, Side::Volunteer, 1_080).await;
    assert_eq!(story.tenths(0, "2026-W48").await, booked / 5 * 2);
    // Reading as well.
    story.writes(0, Side::Seeker, 1_200).await;
    let entries = story.house.store.ledger_entries(story.ties[0].id, None).await.unwrap();
    let unread = entries.iter().find(|entry| entry.kind == EntryKind::Unread).unwrap();
    assert_eq!(unread.estimate.unwrap().as_tenths(), 50);
}

#[tokio::test]
async fn a_worry_is_heard_in_an_answer_about_time_as_well() {
    let story = Story::begins("2026-11-18T10:00:00Z", &["letters"]).await;
    story.writes(0, Side::Volunteer, 1_200).await;
    story.goes_on("2026-11-22T17:00:01Z").await;
    assert!(story.answers("worried\n\nShe has not been at work since Monday.").await.contains("250"));
    assert_eq!(story.items().await, ["worried"]);
}
