//! The year, minute by minute: the clock stands only where somebody does something or something falls due.

mod checks;

use crate::ends::Life;
use crate::model::{Model, Pairing};
use crate::people::{Ends, envelope, own_cap, write};
use crate::plan::{Deed, Plan, ends, minutes};
use crate::rules::{Rules, next_monday, week_of};
use crate::town::Town;
use brevbro_core::address::EmailAddr;
use brevbro_core::escalation::ItemEvent;
use brevbro_core::id::LetterId;
use brevbro_core::pairing::PairingEvent;
use brevbro_core::time::{Moment, Span};
use brevbro_store::Actor;
use brevbro_tests::Engine;
use brevbro_tests::chance::Chance;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

/// Everything that is looked for at least so often.
const LOOK_EVERY: Span = Span::hours(8);

pub(crate) struct Story {
    town: Town,
    model: Model,
    plan: Plan,
    chance: Chance,
    now: Moment,
    until: Moment,
    letters: usize,
    /// When each letter arrived, and by what name.
    arrived: BTreeMap<usize, Vec<(Moment, String)>>,
    /// Letters that a dying node had in its hands, and whether they had arrived.
    orphans: Vec<(usize, Option<Moment>)>,
    reborn: BTreeMap<usize, Option<Moment>>,
    /// Where a volunteer answers that a letter which waits is urgent.
    doors: BTreeMap<usize, EmailAddr>,
    seen: HashSet<LetterId>,
    items_known: usize,
    /// Nobody looks for what is due in these times: every node stands still.
    standstills: Vec<(Moment, Moment)>,
    /// What was compared, for the last word.
    told: BTreeMap<&'static str, usize>,
}

impl Story {
    pub(crate) async fn begins(
        engine: Engine,
        chance: Chance,
        pairings: usize,
        (now, until): (Moment, Moment),
    ) -> Self {
        let mut chance = chance;
        let kinds = [Rc::new(Rules::letters()), Rc::new(Rules::walks())];
        let of = |at| (Rc::clone(&kinds[usize::from(at % 5 > 2)]), ends(at, (now, until)));
        let rules: Vec<_> = (0..pairings).map(of).collect();
        let town = Town::opens(engine, now, &rules).await;
        let pair = |(at, (rules, ends)): (usize, (_, Ends))| {
            let life = ends.map(|(planned, hard)| Life::new(planned, hard, now));
            Pairing::new(rules, own_cap(at), life)
        };
        let pairs = rules.into_iter().enumerate().map(pair).collect();
        let plan = Plan::of(&mut chance, pairings, (now, until));
        let standstills = (1..4).map(|quarter| {
            let begins = now + Span::days(quarter * 83 + 1) + minutes(&mut chance, 0, 1440);
            (begins, begins + minutes(&mut chance, 1440, 4 * 1440))
        });
        Self {
            town,
            model: Model::new(pairs, now),
            plan,
            standstills: standstills.collect(),
            chance,
            now,
            until,
            letters: 0,
            arrived: BTreeMap::new(),
            orphans: Vec::new(),
            reborn: BTreeMap::new(),
            doors: BTreeMap::new(),
            seen: HashSet::new(),
            items_known: 0,
            told: BTreeMap::new(),
        }
    }

    pub(crate) async fn runs(mut self) {
        // The first look sets the first Monday.
        self.town.ticks().await;
        let (mut looked, mut compared) = (self.now, self.now);
        while self.now < self.until {
            let due = self.awake(self.model.next_due(self.now).min(looked + LOOK_EVERY));
            let now = self.plan.next().map_or(due, |deed| deed.min(due));
            if week_of(now) > week_of(self.now) {
                self.a_week_is_over(self.now).await;
            }
            self.now = now;
            self.town.goes_on(now);
            for (letter, arrived) in std::mem::take(&mut self.orphans) {
                self.reborn.insert(letter, arrived);
                self.model.leaves.insert(letter, now);
                self.town.is_quiet().await;
            }
            let mut is_busy = false;
            while let Some(deed) = self.plan.take(now) {
                self.does(deed).await;
                is_busy = true;
            }
            if now == due {
                self.town.ticks().await;
                self.model.tick(now);
                looked = now;
            }
            // What comes unasked in between is found with the next step.
            if is_busy || !self.model.told.is_empty() {
                self.compares(compared).await;
                compared = now;
            }
        }
        self.compares(compared).await;
        self.ends().await;
    }

    /// The first moment from then on at which anybody looks.
    fn awake(&self, at: Moment) -> Moment {
        let at = at.max(self.now);
        let still = self.standstills.iter().find(|(from, to)| *from <= at && at < *to);
        still.map_or(at, |(_, to)| *to)
    }

    async fn does(&mut self, deed: Deed) {
        match deed {
            // Nobody writes any more, and nothing pauses.
            Deed::Seeker { at, .. } | Deed::Volunteer { at, .. } | Deed::Pause { at } | Deed::Resume { at }
                if self.model.pairings[at].is_over => {}
            Deed::Absence { at } if self.model.pairings[at].is_over => {}
            Deed::Dies { place, at, arrived } if self.model.pairings[at].is_over => {
                self.dies(place, (at + 2) % self.model.pairings.len(), arrived).await;
            }
            Deed::Extend { at, planned } => {
                let (store, pairing) = (&self.town.onlooker.store, self.town.people[at].pairing);
                store.pairing_extend(pairing, planned, self.now, Actor::Coordinator).await.unwrap();
                self.model.extend(at, planned);
            }
            Deed::Seeker { at, characters } => {
                let letter = self.next_letter();
                self.model.seeker_writes(at, letter, characters, self.now);
                self.seeker_writes(letter % 2, at, letter, characters).await;
            }
            Deed::Volunteer { at, characters } => self.volunteer_writes(at, characters).await,
            Deed::Absence { at } => {
                let person = &self.town.people[at];
                let (from, to) = (&person.volunteers_mailbox, &person.to_seeker);
                let id = format!("away{}", self.now.as_millis());
                let raw = envelope(from, to, &id, "I am away.", "Auto-Submitted: auto-replied\r\n");
                self.town.takes(at, from, to, raw).await;
            }
            Deed::Urgent { at, letter } => self.is_urgent(at, letter).await,
            Deed::Pause { at } => {
                self.moves(at, PairingEvent::Pause).await;
                self.model.pause(at, self.now);
            }
            Deed::Resume { at } => {
                self.moves(at, PairingEvent::Resume).await;
                self.model.resume(at, self.now);
            }
            Deed::See { item } => self.coordinator(item, ItemEvent::See).await,
            Deed::Resolve { item } => self.coordinator(item, ItemEvent::Resolve).await,
            Deed::Dies { place, at, arrived } => self.dies(place, at, arrived).await,
            Deed::Starts { place } => self.town.starts(place).await,
        }
    }

    fn next_letter(&mut self) -> usize {
        self.letters += 1;
        self.letters
    }

    async fn seeker_writes(&self, place: usize, at: usize, letter: usize, characters: i64) {
        let person = &self.town.people[at];
        let (from, to) = (&person.seekers_mailbox, &person.to_volunteer);
        self.town.takes(place, from, to, write(from, to, letter, characters)).await;
    }

    async fn volunteer_writes(&mut self, at: usize, characters: i64) {
        let letter = self.next_letter();
        self.model.volunteer_writes(at, letter, characters, self.now);
        let person = &self.town.people[at];
        let (from, to) = (&person.volunteers_mailbox, &person.to_seeker);
        self.town.takes(letter % 2, from, to, write(from, to, letter, characters)).await;
        let pairing = &self.model.pairings[at];
        let waits = pairing.held.iter().any(|held| held.letter == letter);
        if waits && pairing.rules.is_urgent_allowed && self.chance.within(0, 3) == 0 {
            let answers = self.now + minutes(&mut self.chance, 5, 1_440);
            // On Monday it leaves by itself.
            if answers < next_monday(self.now) {
                self.plan.add(answers, Deed::Urgent { at, letter });
            }
        }
    }

    async fn is_urgent(&mut self, at: usize, letter: usize) {
        let door = self.doors.remove(&letter).expect("the notice says where to answer");
        let from = &self.town.people[at].volunteers_mailbox;
        let raw = envelope(from, &door, &format!("urgent{letter}"), "urgent", "");
        self.model.is_urgent(at, letter, self.now);
        self.town.takes(letter % 2, from, &door, raw).await;
    }

    async fn moves(&self, at: usize, event: PairingEvent) {
        let pairing = self.town.people[at].pairing;
        self.town.onlooker.store.pairing_move(pairing, event, self.now, Actor::Coordinator).await.unwrap();
    }

    async fn coordinator(&mut self, place: usize, event: ItemEvent) {
        let item = &self.model.items[place];
        // Decided otherwise meanwhile.
        if item.state == "resolved" {
            return;
        }
        let (pairing, raised) = (self.town.people[item.pairing].pairing, item.raised);
        let store = &self.town.onlooker.store;
        let rows = store.items(true).await.unwrap();
        let is_it = |kind: &str| {
            rows.iter().find(|row| row.kind.word() == kind && row.pairing == Some(pairing) && row.raised_at == raised)
        };
        let row = is_it(item.kind).expect("the item is on the queue");
        store.item_move(row.id, event, self.now, Actor::Coordinator).await.unwrap();
        match event {
            ItemEvent::See => self.model.see(place),
            _ => self.model.resolve(place),
        }
    }

    async fn dies(&mut self, place: usize, at: usize, arrived: bool) {
        let letter = self.next_letter();
        self.town.is_quiet().await;
        let wire = &self.town.nodes[place].as_ref().expect("it lives").wire;
        wire.falls_silent(arrived);
        let characters = 1_210;
        self.model.seeker_writes(at, letter, characters, self.now);
        self.seeker_writes(place, at, letter, characters).await;
        self.orphans.push((letter, arrived.then_some(self.now)));
        let waits = usize::try_from(self.chance.within(1, 30)).unwrap();
        let stands_still = self.awake(self.now) > self.now;
        self.town.dies(place, if stands_still { 0 } else { waits }).await;
    }

    /// After every step: each notice once and at its minute, each letter where it must be.
    async fn compares(&mut self, was: Moment) {
        self.town.is_quiet().await;
        self.letters_arrive();
        let mut told = self.notices(was).await;
        let mut expected = std::mem::take(&mut self.model.told);
        told.sort_unstable();
        expected.sort_unstable();
        assert_eq!(told, expected, "at {}", self.now.to_jiff());
        for (_, name, _) in expected {
            *self.told.entry(name).or_default() += 1;
        }
        for place in self.items_known..self.model.items.len() {
            self.coordinator_plans(place);
        }
        self.items_known = self.model.items.len();
    }

    /// Most items are looked at some day, and some wait long enough to go up the ladder.
    fn coordinator_plans(&mut self, item: usize) {
        let sees = self.now + minutes(&mut self.chance, 30, 6 * 1440);
        if self.chance.within(0, 100) < 70 {
            self.plan.add(sees, Deed::See { item });
        }
        if self.chance.within(0, 100) < 85 {
            self.plan.add(sees + minutes(&mut self.chance, 30, 12 * 1440), Deed::Resolve { item });
        }
    }
}
