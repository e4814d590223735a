//! Danger in a letter: who is told of it and when, what the thread adds, and who can open what is kept.

use super::{Story, at};
use crate::chance;
use crate::clock::Clock as _;
use crate::keys::{ArchiveIdentity, KeyFolder, RECOVERY_IDENTITY};
use crate::smtp::Intake as _;
use crate::tick::{forget, once};
use brevbro_core::envelope::{ForwardPath, Peer, Raw, Received, ReversePath};
use brevbro_core::escalation::{ItemEvent, ItemKind, Severity};
use brevbro_core::id::ItemId;
use brevbro_core::party::Side;
use brevbro_core::spool::SpoolState;
use brevbro_store::{Actor, KeptFor, NoticeTo, SpoolRow};

const DYING: &str = "I have decided to kill myself tonight.";

impl Story {
    /// One of the two writes these words; the letter is taken.
    async fn says(&self, side: Side, text: &str) {
        self.says_about(side, "Tomorrow", text).await;
    }

    async fn says_about(&self, side: Side, subject: &str, text: &str) {
        let (from, to) = if side == Side::Seeker { &self.seeker } else { &self.volunteer };
        let (id, from_field, to_field) = (chance::bits(), from.on_wire(), to.on_wire());
        let raw = format!(
            "From: {from_field}\r\nTo: {to_field}\r\nSubject: {subject}\r\nMessage-ID: <{id}@mail.example.net>\r\n\r\n{text}\r\n",
        );
        let peer = Peer { ip: [127, 0, 0, 1].into(), helo: "front".into(), tls: false, trusted: true };
        let received = Received {
            peer,
            reverse_path: ReversePath::Addr(from.clone()),
            forward_path: ForwardPath::Addr(to.clone()),
            raw: Raw::new(raw.into_bytes()),
        };
        let reply = self.relay.take(received).await;
        assert_eq!(reply.code, 250, "{reply:?}");
    }

    /// The open items about danger: kind and severity, the oldest first.
    async fn dangers(&self) -> Vec<(ItemId, ItemKind, Severity)> {
        let mut rows = self.house.store.items(true).await.unwrap();
        rows.retain(|row| matches!(row.kind, ItemKind::Flag | ItemKind::NotScanned));
        rows.sort_by_key(|row| row.raised_at);
        rows.into_iter().map(|row| (row.id, row.kind, row.severity)).collect()
    }

    async fn rows(&self, name: &str) -> Vec<SpoolRow> {
        let rows = self.house.store.queue_list(None, 1_000).await.unwrap();
        rows.into_iter().filter(|row| row.notice_name.as_deref() == Some(name)).collect()
    }

    async fn answer(&self, item: ItemId) {
        let now = self.clock.now();
        self.house.store.item_move(item, ItemEvent::Resolve, now, Actor::Coordinator).await.unwrap();
    }

    fn staff(&self, mailbox: &str) -> NoticeTo {
        NoticeTo::Staff(self.house.index.mailbox(&super::address(mailbox)))
    }
}

#[tokio::test]
async fn at_any_hour_the_250_finds_somebody_called_and_ten_minutes_later_the_next() {
    // Saturday night.
    let story = Story::begins("2026-11-07T23:00:00Z").await;
    story.says(Side::Seeker, DYING).await;
    // Nothing has run since the 250: item, notice and letter were committed with it.
    let dangers = story.dangers().await;
    assert_eq!((dangers[0].1, dangers[0].2), (ItemKind::Flag, Severity::Now));
    let told = story.rows("item_raised").await;
    assert_eq!((told.len(), &told[0].recipient), (1, &story.staff("first@office.example")));
    let letters = story.house.store.queue_list(Some(SpoolState::Queued), 10).await.unwrap();
    assert_eq!(letters.len(), 2, "the letter waits for nothing");
    assert!(told[0].created_at == letters[0].created_at && letters[0].created_at == letters[1].created_at);
    story.goes_on("2026-11-07T23:09:59Z").await;
    assert_eq!(story.count("item_lapsed").await, 0);
    story.goes_on("2026-11-07T23:10:00Z").await;
    let next = story.rows("item_lapsed").await;
    assert_eq!((next.len(), &next[0].recipient), (1, &story.staff("second@office.example")));
    let now = story.clock.now();
    story.house.store.item_move(dangers[0].0, ItemEvent::See, now, Actor::Coordinator).await.unwrap();
    story.goes_on("2026-11-08T23:00:00Z").await;
    assert_eq!(story.count("item_lapsed").await, 1, "somebody is on it");
}

#[tokio::test]
async fn a_yes_is_weighed_by_the_question_before_it() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.says(Side::Seeker, "Yes, I do.").await;
    assert!(story.dangers().await.is_empty());
    story.says(Side::Volunteer, "Do you have thoughts of suicide? Do you have a plan?").await;
    // The question itself is looked at in the weekly review, and calls nobody.
    assert_eq!(story.dangers().await[0].2, Severity::Routine);
    assert_eq!(story.count("item_raised").await, 0);
    story.clock.set(at("2026-11-02T11:00:00Z"));
    story.says(Side::Seeker, "Yes, I do.").await;
    assert_eq!((story.dangers().await[1].2, story.count("item_raised").await), (Severity::Now, 1));
    story.clock.set(at("2026-11-02T12:00:00Z"));
    story.says(Side::Volunteer, "Thank you for telling me. Shall we have a look at next week?").await;
    story.clock.set(at("2026-11-02T13:00:00Z"));
    story.says(Side::Seeker, "Yes, please do.").await;
    assert_eq!(story.dangers().await.len(), 2, "another question, another yes");
}

#[tokio::test]
async fn the_third_small_sign_in_a_fortnight_is_read_today() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    let letters = [
        ("2026-11-02T10:00:00Z", "When I was a child my father hit me."),
        ("2026-11-17T10:00:00Z", "Years ago my uncle beat me with a belt."),
        ("2026-11-18T10:00:00Z", "When I was little my mother slapped me."),
        ("2026-11-19T10:00:00Z", "When I was a child my brother hit me."),
    ];
    for (when, text) in letters {
        story.clock.set(at(when));
        story.says(Side::Seeker, text).await;
    }
    let severities: Vec<Severity> = story.dangers().await.into_iter().map(|(_, _, severity)| severity).collect();
    assert_eq!(severities, [Severity::Routine, Severity::Routine, Severity::Routine, Severity::Today]);
    assert_eq!(story.count("item_raised").await, 1);
}

#[tokio::test]
async fn the_same_words_are_one_matter_until_it_is_answered() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.says(Side::Seeker, DYING).await;
    story.clock.set(at("2026-11-02T11:00:00Z"));
    story.says(Side::Volunteer, &format!("You wrote this to me:\r\n{DYING}\r\nI am here and I read it.")).await;
    let dangers = story.dangers().await;
    assert_eq!(dangers.len(), 1, "her words in the volunteer's letter raise nothing anew");
    story.answer(dangers[0].0).await;
    story.clock.set(at("2026-11-09T11:00:00Z"));
    story.says(Side::Seeker, DYING).await;
    assert_eq!(story.dangers().await[0].2, Severity::Now, "written again it is a new cry");
}

#[tokio::test]
async fn a_subject_and_a_language_without_rules_are_seen() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.says_about(Side::Seeker, "I will kill myself tonight", "See you.").await;
    assert_eq!(story.dangers().await[0].2, Severity::Now);
    let foreign = "Olen ollut todella surullinen koko talven koska kaikki tuntuu niin raskaalta enka jaksa nousta \
        aamulla ylos ollenkaan vaikka kuinka haluaisin ja yritan parhaani joka paiva";
    for _ in 0..3 {
        story.says(Side::Seeker, foreign).await;
    }
    let kinds: Vec<ItemKind> = story.dangers().await.into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == ItemKind::NotScanned).count(), 1, "one matter, not one a letter");
    assert_eq!(story.count("item_raised").await, 1, "the language calls nobody");
}

#[tokio::test]
async fn a_letter_the_rules_cannot_read_is_delivered_and_a_human_knows() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    let line = "word1 word2 word3 word4 word5 word6 word7 word8\r\n";
    story.says(Side::Seeker, &line.repeat(2_100_000 / line.len())).await;
    let dangers = story.dangers().await;
    assert_eq!((dangers.len(), dangers[0].1, dangers[0].2), (1, ItemKind::NotScanned, Severity::Routine));
    assert_eq!(story.house.store.queue_list(Some(SpoolState::Queued), 10).await.unwrap().len(), 1);
    assert_eq!(story.house.counters.letters_not_scanned.now(), 1);
}

#[tokio::test]
async fn danger_lifts_the_weeks_limit_and_frees_what_waits() {
    let story = Story::begins("2026-11-18T10:00:00Z").await;
    for characters in [6_000, 3_000] {
        story.writes(Side::Volunteer, characters).await;
    }
    let held = async || story.house.store.queue_list(Some(SpoolState::Held), 10).await.unwrap().len();
    assert_eq!(held().await, 1);
    story.goes_on("2026-11-18T10:00:10Z").await;
    assert_eq!(held().await, 1, "an ordinary week");
    story.says(Side::Seeker, "My husband hit me again last night.").await;
    story.goes_on("2026-11-18T10:00:20Z").await;
    assert_eq!((held().await, story.count("released").await), (0, 1));
    story.writes(Side::Volunteer, 3_000).await;
    assert_eq!(held().await, 0);
}

#[tokio::test]
async fn a_flagged_letter_is_kept_for_people_and_for_no_key_of_the_house() {
    let story = Story::begins("2026-11-02T10:00:00Z").await;
    story.says(Side::Seeker, "A quiet day with my sister.").await;
    story.says(Side::Seeker, DYING).await;
    let kept = story.house.store.kept_letters(None, story.clock.now()).await.unwrap();
    assert_eq!((kept.len(), kept[0].why, kept[0].expires_at), (1, KeptFor::Flagged, None), "flagged ones alone");
    let sealed = story.house.store.kept_letter(kept[0].letter, story.clock.now()).await.unwrap().unwrap();
    let keys = KeyFolder::at(story.folder.path().join("keys"));
    assert!(keys.opening().unwrap().open(&sealed).is_err(), "the delivery key");
    let file = std::fs::read(story.folder.path().join(RECOVERY_IDENTITY)).unwrap();
    let plain = ArchiveIdentity::parse(&file).unwrap().open(&sealed).unwrap();
    assert_eq!(String::from_utf8_lossy(&plain).trim(), format!("Tomorrow\n\n{DYING}"));
    story.answer(story.dangers().await[0].0).await;
    story.clock.set(at("2026-12-02T09:59:59Z"));
    forget(&story.house).await;
    assert_eq!(story.house.store.kept_letters(None, story.clock.now()).await.unwrap().len(), 1);
    story.clock.set(at("2026-12-02T10:00:00Z"));
    forget(&story.house).await;
    once(&story.house).await;
    assert!(story.house.store.kept_letters(None, at("2026-11-02T10:00:00Z")).await.unwrap().is_empty());
}
