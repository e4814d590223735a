//! How a seeker wants to be written to: discretion and safe hours, over a change of the clock, and the first letters.

use super::*;
use crate::cli::world::key_folder;
use crate::config::Config;
use crate::delivery::{Courier, handover};
use crate::discretion::Wishes;
use crate::outbound::{Attempt, Class, Fault, Outbound, Parcel, Phase, Sending};
use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::watch;

const WISHES: &str = r#"
[organisation]
name = "Lyktan"
domain = "relay.example.org"
language = "en"
contact = "contact@office.example"
[programme.letters]
week = { minutes = 60 }
content = { keep = "review", review_days = 14 }
hours = { office = "mon-fri 09:00-16:00" }
crisis = [
    { name = "Nattlinjen", number = "031-390 06 01", verified_on = "2026-01-01", review_by = "2026-12-31" },
    { name = "Gamla linjen", number = "031-390 06 02", verified_on = "2025-01-01", review_by = "2026-01-31" },
]
"#;

/// The next hop: what was sent, and when.
#[derive(Clone)]
struct Hop {
    clock: Arc<HandClock>,
    sent: Arc<Mutex<Vec<(Moment, String, String)>>>,
    answers: Arc<Mutex<VecDeque<Attempt>>>,
}

impl Outbound for Hop {
    fn send(&self, parcel: Parcel) -> Sending<'_> {
        let text = String::from_utf8_lossy(&parcel.message).replace("=\r\n", "");
        self.sent.lock().unwrap().push((self.clock.now(), parcel.forward_path.on_wire(), text));
        let answer = self.answers.lock().unwrap().pop_front().unwrap_or(Attempt::Delivered);
        Box::pin(std::future::ready(answer))
    }
}

/// A courier that works beside the story, by the story's clock.
pub(super) struct PostOffice {
    hop: Hop,
    _closing: watch::Sender<bool>,
}

impl PostOffice {
    pub(super) fn opens(story: &Story) -> Self {
        let config = Config::load(&story.folder.path().join("brevbro.toml")).unwrap();
        let opening = key_folder(&config).opening().unwrap();
        let hop = Hop { clock: Arc::clone(&story.clock), sent: Arc::default(), answers: Arc::default() };
        let courier = Arc::new(Courier::new(Arc::clone(&story.house), opening, None, hop.clone(), 4));
        let (closing, closed) = watch::channel(false);
        let (_, incoming) = handover();
        tokio::spawn(courier.run(incoming, closed));
        Self { hop, _closing: closing }
    }

    fn sent(&self) -> Vec<(Moment, String, String)> {
        self.hop.sent.lock().unwrap().clone()
    }

    /// Waits until a letter like this has left; gives when, and the letter.
    pub(super) async fn awaits(&self, what: &str, is_it: impl Fn(&str) -> bool) -> (Moment, String) {
        for _ in 0..600 {
            if let Some((at, _, text)) = self.sent().into_iter().find(|(_, _, text)| is_it(text)) {
                return (at, text);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("never sent: {what}: {:#?}", self.sent());
    }
}

fn vinter(wishes: Wishes) -> Application {
    Application { wishes, ..person("Vinter", "anna@example.net") }
}

async fn with_wishes(now: &str, wishes: Wishes) -> Story {
    Story::begins_with(now, WISHES, vinter(wishes), |_, _| Ends::default()).await
}

fn safe(hours: &str) -> Wishes {
    Wishes { discreet: false, safe_hours: Some(hours.to_owned()) }
}

impl Story {
    async fn welcomes(&self, side: Side) {
        let people = self.house.people.pairing(&self.house.store, self.pairing).await.unwrap();
        let rules = self.house.programmes.of("letters");
        let notice = self.house.welcome(rules, (&people, self.pairing), side).unwrap();
        let post = brevbro_store::Post { notice, quarantine: None, replay: None, items: Vec::new() };
        let _ = self.house.store.post(post).await.unwrap();
    }

    /// When the rows that wait are due next.
    async fn due(&self) -> Vec<Moment> {
        let rows = self.house.store.queue_list(Some(SpoolState::Queued), 10).await.unwrap();
        rows.into_iter().filter_map(|row| row.due_at).collect()
    }

    async fn until_all_wait(&self, count: usize) -> Vec<Moment> {
        for _ in 0..600 {
            let due = self.due().await;
            if due.len() == count && due.iter().all(|at| *at > self.clock.now()) {
                return due;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("they do not wait: {:?}", self.due().await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_reaches_her_outside_her_hours_over_both_changes_of_the_clock() {
    for (evening, morning) in [
        ("2026-03-28T20:00:00Z", "2026-03-29T07:00:00Z"),
        ("2026-10-24T20:00:00Z", "2026-10-25T08:00:00Z"),
        ("2026-11-20T03:00:00Z", "2026-11-20T08:00:00Z"),
    ] {
        let story = with_wishes(evening, safe("09:00-15:00")).await;
        story.writes(Side::Volunteer, 100).await;
        story.welcomes(Side::Seeker).await;
        story.welcomes(Side::Volunteer).await;
        let post = PostOffice::opens(&story);
        post.awaits("the volunteer has chosen no hours", |text| text.contains("frida@example.com")).await;
        assert_eq!(story.until_all_wait(2).await, [at(morning); 2], "letter and notice");
        assert_eq!(post.sent().len(), 1);
        story.clock.set(at(morning));
        post.awaits("her letter", |text| text.contains("every day")).await;
        post.awaits("her notice", |text| text.contains("whenever you like")).await;
        assert!(
            post.sent().iter().filter(|(_, to, _)| to == "anna@example.net").all(|(when, ..)| *when == at(morning))
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_attempt_waits_for_her_hours_too() {
    let story = with_wishes("2026-11-20T13:59:30Z", safe("09:00-15:00")).await;
    let post = PostOffice::opens(&story);
    let busy = Attempt::Deferred(Fault::new(Phase::Data, Class::Busy));
    post.hop.answers.lock().unwrap().push_back(busy);
    story.writes(Side::Volunteer, 100).await;
    post.awaits("the first attempt", |_| true).await;
    assert_eq!(story.until_all_wait(1).await, [at("2026-11-21T08:00:00Z")], "a minute later the hours are over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_discreet_notice_could_be_anybodys() {
    let discreet = Wishes { discreet: true, safe_hours: None };
    let story = with_wishes("2026-11-20T10:00:00Z", discreet).await;
    story.welcomes(Side::Seeker).await;
    story.welcomes(Side::Volunteer).await;
    let post = PostOffice::opens(&story);
    let (_, hers) = post.awaits("hers", |text| text.contains("To: anna@example.net")).await;
    assert!(hers.contains("From: Frida <desk@relay.example.org>\r\n"), "{hers}");
    assert!(hers.contains("Subject: Hello\r\n") && !hers.contains("Lyktan"), "{hers}");
    let (_, his) = post.awaits("his", |text| text.contains("To: frida@example.com")).await;
    assert!(his.contains("From: desk@relay.example.org\r\n") && !his.contains("Subject: Hello\r\n"), "{his}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_letter_says_who_reads_when_somebody_is_there_and_whom_to_ring() {
    let story = with_wishes("2026-11-20T10:00:00Z", Wishes::default()).await;
    story.welcomes(Side::Seeker).await;
    story.welcomes(Side::Volunteer).await;
    let post = PostOffice::opens(&story);
    for (mailbox, alias) in [("anna@example.net", "- frida@relay"), ("frida@example.com", "- vinter@relay")] {
        let (_, text) = post.awaits(mailbox, |text| text.contains(&format!("To: {mailbox}"))).await;
        for said in [alias, "14 days", "500 words", "031-390 06 01", "09:00"] {
            assert!(text.contains(said), "no {said} in {text}");
        }
        assert!(!text.contains("031-390 06 02"), "nobody has checked this number lately: {text}");
    }
}
