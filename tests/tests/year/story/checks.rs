//! What is compared with the model: letters and notices after every step, minutes and the queue every week.

use super::Story;
use crate::model::{Told, Whom};
use crate::people::{Person, marked};
use crate::rules::{CONTACT, week_of};
use brevbro_core::address::EmailAddr;
use brevbro_core::spool::SpoolState;
use brevbro_core::time::{Moment, Week};
use brevbro_store::{NoticeTo, SpoolRow};
use brevbro_tests::binary::say;

impl Story {
    pub(super) fn letters_arrive(&mut self) {
        for (when, parcel) in self.town.post.take() {
            let text = String::from_utf8_lossy(&parcel.message).into_owned();
            let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
            if let Some(letter) = marked(&text) {
                let name = field("Message-ID:").unwrap().to_owned();
                self.arrived.entry(letter).or_default().push((when, name));
            } else if let Some(door) = field("Reply-To:").filter(|door| door.contains("u-")) {
                let door = EmailAddr::parse(door.trim_matches(['<', '>'])).unwrap();
                let at: usize = parcel.forward_path.local()[1..].parse().unwrap();
                let held = self.model.pairings[at].held.last().expect("something waits");
                self.doors.insert(held.letter, door);
            }
        }
    }

    /// Notices written since the last step.
    pub(super) async fn notices(&mut self, was: Moment) -> Vec<Told> {
        let store = &self.town.onlooker.store;
        let mut rows = Vec::new();
        for limit in [60, 2_000] {
            rows = store.queue_list(None, limit).await.unwrap();
            if rows.last().is_none_or(|row| row.created_at <= was) {
                break;
            }
        }
        let fresh: Vec<_> = rows.into_iter().filter(|row| self.seen.insert(row.id)).collect();
        fresh
            .iter()
            .filter_map(|row| Some((row.created_at, known(row.notice_name.as_deref()?), self.whom(row))))
            .collect()
    }

    fn whom(&self, row: &SpoolRow) -> Whom {
        let mut people = self.town.people.iter().enumerate();
        match &row.recipient {
            NoticeTo::Contact => Whom::Staff(CONTACT),
            NoticeTo::Person { id, .. } => {
                let is_it = |(at, person): (usize, &Person)| match id {
                    id if *id == person.seeker => Some(Whom::Seeker(at)),
                    id if *id == person.volunteer => Some(Whom::Volunteer(at)),
                    _ => None,
                };
                people.find_map(is_it).expect("somebody enrolled")
            }
            NoticeTo::Staff(digest) => {
                let ladder = self.model.pairings.iter().flat_map(|pairing| pairing.rules.ladder);
                let is_it =
                    |mailbox: &&&str| self.town.onlooker.index.mailbox(&EmailAddr::parse(mailbox).unwrap()) == *digest;
                Whom::Staff(ladder.into_iter().find(is_it).expect("somebody on a ladder"))
            }
        }
    }

    /// Every Sunday night: the minutes of every pairing, the queue, and what waits.
    pub(super) async fn a_week_is_over(&mut self, now: Moment) {
        let store = &self.town.onlooker.store;
        for (at, person) in self.town.people.iter().enumerate() {
            let monday = week_of(now);
            let minutes = store.week_minutes(person.pairing, Week::of(monday)).await.unwrap().as_tenths();
            let expected = self.model.pairings[at].weeks.get(&monday).copied().unwrap_or_default();
            let entries = store.ledger_entries(person.pairing, Some(Week::of(monday))).await.unwrap();
            let entries: Vec<_> =
                entries.iter().map(|e| (e.made_at.to_jiff(), e.kind.word(), e.delta.as_tenths())).collect();
            assert_eq!(minutes, expected, "pairing {at}, week of {monday}: {entries:?}");
        }
        self.queue_is_as_expected().await;
        self.town.forgets().await;
    }

    pub(super) async fn queue_is_as_expected(&self) {
        let store = &self.town.onlooker.store;
        let name = |pairing| self.town.people.iter().position(|person| Some(person.pairing) == pairing);
        let mut items: Vec<_> = store
            .items(false)
            .await
            .unwrap()
            .into_iter()
            .map(|row| (row.raised_at, row.kind.word(), name(row.pairing), row.state.word()))
            .collect();
        let mut expected: Vec<_> =
            self.model.items.iter().map(|item| (item.raised, item.kind, Some(item.pairing), item.state)).collect();
        items.sort_unstable();
        expected.sort_unstable();
        assert_eq!(items, expected, "the queue at {}", self.now.to_jiff());
        let mut held: Vec<_> = store
            .queue_list(Some(SpoolState::Held), 1_000)
            .await
            .unwrap()
            .into_iter()
            .map(|row| name(row.pairing).unwrap())
            .collect();
        let pairings = self.model.pairings.iter().enumerate();
        let expected: Vec<_> = pairings.flat_map(|(at, pairing)| vec![at; pairing.held.len()]).collect();
        held.sort_unstable();
        assert_eq!(held, expected, "letters that wait at {}", self.now.to_jiff());
    }

    /// Every minute of every week, every letter, and no letter twice but for those a node died with.
    pub(super) async fn ends(self) {
        self.queue_is_as_expected().await;
        let store = &self.town.onlooker.store;
        for (at, person) in self.town.people.iter().enumerate() {
            for (monday, expected) in &self.model.pairings[at].weeks {
                let minutes = store.week_minutes(person.pairing, Week::of(*monday)).await.unwrap().as_tenths();
                assert_eq!(minutes, *expected, "pairing {at}, week of {monday}");
            }
        }
        let waiting: usize = self.model.pairings.iter().map(|pairing| pairing.held.len()).sum();
        assert_eq!(self.model.leaves.len() + waiting, self.letters, "every letter leaves or waits");
        for (letter, leaves) in &self.model.leaves {
            let arrivals = self.arrived.get(letter).map(Vec::as_slice).unwrap_or_default();
            let times: Vec<_> = arrivals.iter().map(|(when, _)| *when).collect();
            let first = self.reborn.get(letter).copied().flatten();
            let expected: Vec<_> = first.into_iter().chain([*leaves]).collect();
            assert_eq!(times, expected, "letter {letter}");
            assert!(arrivals.iter().all(|(_, name)| *name == arrivals[0].1), "one letter has one name");
        }
        assert_eq!(self.arrived.len(), self.model.leaves.len(), "nobody gets what nobody wrote");
        say(&format!("{} letters, {} items, notices: {:?}", self.letters, self.model.items.len(), self.told));
    }
}

/// The notices this story knows; any other is one that must not have been written.
fn known(name: &str) -> &'static str {
    const NAMES: [&str; 12] = [
        "week_near",
        "week_full",
        "released",
        "letter_waits",
        "letter_still_waits",
        "somebody_knows",
        "gentle",
        "item_raised",
        "item_lapsed",
        "digest",
        "end_near",
        "ending",
    ];
    NAMES.into_iter().find(|known| *known == name).unwrap_or_else(|| panic!("a notice nobody expects: {name}"))
}
