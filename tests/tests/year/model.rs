//! What must come of people's letters, written from the requirements and not from the code: minutes, holds, releases,
//! reminders, items. It knows no store, no ids and no transactions.

use crate::ends::Life;
use crate::rules::{Rules, TOLD_AGAIN, next_monday, next_review, week_of};
use brevbro_core::time::{Moment, Span};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Reading that nobody answers is booked after so long.
const READ_AFTER: Span = Span::hours(72);
/// Minutes at work after which a matter goes on to the next contact.
const LAPSE_MINUTES: i64 = 240;

/// Items that nobody need look at before the weekly review.
const REVIEWED: [&str; 4] = ["full_week", "seeker_silent", "decide", "ended"];

/// Who waits for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Waits {
    ForVolunteer,
    ForSeeker,
}

#[derive(Debug)]
pub(crate) struct Clock {
    waits: Waits,
    since: Moment,
    steps: usize,
}

/// A volunteer's letter that waits for the week.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) letter: usize,
    tenths: i64,
    week: Date,
}

/// One pairing as the requirements see it.
#[derive(Debug)]
pub(crate) struct Pairing {
    pub(crate) rules: Rc<Rules>,
    /// Its own limit: tenths, 0 for none.
    own_cap: Option<i64>,
    pub(crate) weeks: BTreeMap<Date, i64>,
    unread: Vec<(i64, Moment)>,
    pub(crate) clock: Option<Clock>,
    paused: Option<Moment>,
    pub(crate) held: Vec<Held>,
    near: BTreeSet<Date>,
    full: BTreeSet<Date>,
    pub(crate) life: Option<Life>,
    /// Its hard end has come.
    pub(crate) is_over: bool,
}

/// A matter on the coordinator's queue.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) kind: &'static str,
    pub(crate) pairing: usize,
    pub(crate) raised: Moment,
    pub(crate) state: &'static str,
    /// It waits for the weekly review.
    is_routine: bool,
    rung: usize,
    lapses: Option<Moment>,
}

/// Whom a notice goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Whom {
    Seeker(usize),
    Volunteer(usize),
    Staff(&'static str),
}

/// A notice that must have been written: what, to whom, at which moment.
pub(crate) type Told = (Moment, &'static str, Whom);

/// All pairings, and what must have come of their letters.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) pairings: Vec<Pairing>,
    pub(crate) items: Vec<Item>,
    /// What was not compared yet.
    pub(crate) told: Vec<Told>,
    /// When each letter must leave for its reader.
    pub(crate) leaves: BTreeMap<usize, Moment>,
    release_at: Moment,
    review_at: Moment,
}

impl Pairing {
    pub(crate) fn new(rules: Rc<Rules>, own_cap: Option<i64>, life: Option<Life>) -> Self {
        let (weeks, near, full) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        let (unread, held) = (Vec::new(), Vec::new());
        Self { rules, own_cap, weeks, unread, clock: None, paused: None, held, near, full, life, is_over: false }
    }

    fn cap(&self) -> Option<i64> {
        Some(self.own_cap.unwrap_or(self.rules.cap)).filter(|cap| *cap > 0)
    }

    fn sum(&self, week: Date) -> i64 {
        self.weeks.get(&week).copied().unwrap_or_default()
    }

    fn book(&mut self, week: Date, tenths: i64) {
        *self.weeks.entry(week).or_default() += tenths;
    }

    /// When the next step of a silence is due, and which: not in a pause, never at night.
    fn step(&self) -> Option<(Moment, usize)> {
        let clock = self.clock.as_ref().filter(|_| self.paused.is_none())?;
        let days = match clock.waits {
            Waits::ForVolunteer => self.rules.volunteer_days,
            Waits::ForSeeker => self.rules.seeker_days,
        };
        Some((self.rules.days_later(clock.since, *days.get(clock.steps)?), clock.steps))
    }

    fn wrote(&mut self, waits: Waits, now: Moment) {
        // The oldest letter without an answer counts.
        let goes_on = self.clock.as_ref().is_some_and(|clock| clock.waits == waits && waits == Waits::ForVolunteer);
        if !goes_on {
            self.clock = Some(Clock { waits, since: now, steps: 0 });
        }
    }
}

/// 120 characters a minute and one for the letter, to the tenth.
pub(crate) fn writing(characters: i64) -> i64 {
    (characters * 2 + 12) / 24 + 10
}

/// 1,200 characters a minute, read one and a half times, and one for the letter, to the tenth.
pub(crate) fn reading(characters: i64) -> i64 {
    (characters * 2 + 80) / 160 + 10
}

impl Model {
    pub(crate) fn new(pairings: Vec<Pairing>, now: Moment) -> Self {
        let (items, told, leaves) = (Vec::new(), Vec::new(), BTreeMap::new());
        Self { pairings, items, told, leaves, release_at: next_monday(now), review_at: next_review(now) }
    }

    pub(crate) fn seeker_writes(&mut self, at: usize, letter: usize, characters: i64, now: Moment) {
        let pairing = &mut self.pairings[at];
        pairing.unread.push((reading(characters), now + READ_AFTER));
        pairing.wrote(Waits::ForVolunteer, now);
        // P4: her letters are delivered, whatever the week says.
        self.leaves.insert(letter, now);
    }

    pub(crate) fn volunteer_writes(&mut self, at: usize, letter: usize, characters: i64, now: Moment) {
        let (pairing, week, tenths) = (&mut self.pairings[at], week_of(now), writing(characters));
        for (read, _) in std::mem::take(&mut pairing.unread) {
            pairing.book(week, read);
        }
        pairing.wrote(Waits::ForSeeker, now);
        let sum = pairing.sum(week) + tenths;
        let Some(cap) = pairing.cap() else { return self.sends(at, letter, tenths, now) };
        if sum > cap {
            pairing.held.push(Held { letter, tenths, week });
            let is_first = pairing.full.insert(week);
            let months_first = (0..21).fold(week, |day, _| day.yesterday().unwrap());
            let often = pairing.full.range(months_first..=week).count() >= 2;
            self.told.push((now, "week_full", Whom::Volunteer(at)));
            if is_first && often {
                self.raise("full_week", at, now);
            }
            return;
        }
        // The ledger keeps whole tenths of a minute.
        if sum >= cap * pairing.rules.near_percent / 100 && pairing.near.insert(week) {
            self.told.push((now, "week_near", Whom::Volunteer(at)));
        }
        self.sends(at, letter, tenths, now);
    }

    fn sends(&mut self, at: usize, letter: usize, tenths: i64, now: Moment) {
        self.pairings[at].book(week_of(now), tenths);
        self.leaves.insert(letter, now);
    }

    /// A letter that has waited: its reader is waited for from now on, unless she has written meanwhile.
    fn sends_at_last(&mut self, at: usize, letter: usize, tenths: i64, now: Moment) {
        self.sends(at, letter, tenths, now);
        if let Some(clock) = self.pairings[at].clock.as_mut().filter(|clock| clock.waits == Waits::ForSeeker) {
            (clock.since, clock.steps) = (now, 0);
        }
    }

    /// The volunteer answers that it cannot wait.
    pub(crate) fn is_urgent(&mut self, at: usize, letter: usize, now: Moment) {
        let held = &mut self.pairings[at].held;
        let Some(place) = held.iter().position(|held| held.letter == letter) else { return };
        let tenths = held.remove(place).tenths;
        self.sends_at_last(at, letter, tenths, now);
        self.told.push((now, "released", Whom::Volunteer(at)));
        self.raise("urgent", at, now);
    }

    pub(crate) fn pause(&mut self, at: usize, now: Moment) {
        self.pairings[at].paused = Some(now);
    }

    /// A pause stops the clock: what had counted before counts, and the rest from now on.
    pub(crate) fn resume(&mut self, at: usize, now: Moment) {
        let pairing = &mut self.pairings[at];
        let Some(from) = pairing.paused.take() else { return };
        if let Some(clock) = &mut pairing.clock {
            let waited = pairing.rules.counted(clock.since, from.max(clock.since));
            clock.since = pairing.rules.counted_back(now, waited);
        }
    }

    fn raise(&mut self, kind: &'static str, at: usize, now: Moment) {
        self.raise_as(kind, REVIEWED.contains(&kind), at, now);
    }

    pub(crate) fn raise_as(&mut self, kind: &'static str, is_routine: bool, at: usize, now: Moment) {
        let rules = &self.pairings[at].rules;
        let lapses = (!is_routine).then(|| rules.at_work_after(now, LAPSE_MINUTES));
        self.told.push((now, "item_raised", Whom::Staff(rules.ladder[0])));
        self.items.push(Item { kind, pairing: at, raised: now, state: "raised", is_routine, rung: 0, lapses });
    }

    pub(crate) fn see(&mut self, item: usize) {
        self.items[item].state = "seen";
        self.items[item].lapses = None;
    }

    pub(crate) fn resolve(&mut self, item: usize) {
        self.items[item].state = "resolved";
        self.items[item].lapses = None;
    }

    /// Somebody looks for what is due.
    pub(crate) fn tick(&mut self, now: Moment) {
        if self.release_at <= now {
            (0..self.pairings.len()).for_each(|at| self.release(at, now));
            self.release_at = next_monday(now);
        }
        for at in 0..self.pairings.len() {
            self.notice_silence(at, now);
            let pairing = &mut self.pairings[at];
            let (due, waits): (Vec<_>, Vec<_>) = pairing.unread.iter().partition(|(_, due)| *due <= now);
            pairing.unread = waits;
            for (tenths, due) in due {
                pairing.book(week_of(due), tenths);
            }
        }
        (0..self.pairings.len()).for_each(|at| self.lives(at, now));
        if self.review_at <= now {
            self.review(now);
            self.review_at = next_review(now);
        }
        (0..self.items.len()).for_each(|item| self.lapse(item, now));
    }

    /// Monday: in the order they were written, while the new week has room; one longer than a whole week goes alone.
    fn release(&mut self, at: usize, now: Moment) {
        let week = week_of(now);
        while let Some(first) = self.pairings[at].held.first().cloned().filter(|held| held.week < week) {
            let pairing = &self.pairings[at];
            let sum = pairing.sum(week);
            if sum > 0 && pairing.cap().is_some_and(|cap| sum + first.tenths > cap) {
                return;
            }
            self.pairings[at].held.remove(0);
            self.sends_at_last(at, first.letter, first.tenths, now);
            self.told.push((now, "released", Whom::Volunteer(at)));
        }
    }

    fn notice_silence(&mut self, at: usize, now: Moment) {
        let rules = Rc::clone(&self.pairings[at].rules);
        let is_night = rules.awake(now) > now;
        let mut last = None;
        while let Some((_, step)) = self.pairings[at].step().filter(|(due, _)| *due <= now && !is_night) {
            last = Some(step);
            self.pairings[at].clock.as_mut().unwrap().steps += 1;
        }
        let Some(step) = last else { return };
        match (self.pairings[at].clock.as_ref().unwrap().waits, step) {
            (Waits::ForVolunteer, 0) => self.told.push((now, "letter_waits", Whom::Volunteer(at))),
            (Waits::ForVolunteer, 1) => self.told.push((now, "letter_still_waits", Whom::Volunteer(at))),
            (Waits::ForVolunteer, _) => {
                self.told.push((now, "somebody_knows", Whom::Seeker(at)));
                self.raise("volunteer_silent", at, now);
            }
            (Waits::ForSeeker, 0) => self.raise("seeker_silent", at, now),
            (Waits::ForSeeker, 1) => self.told.push((now, "gentle", Whom::Seeker(at))),
            (Waits::ForSeeker, _) => self.raise("decide", at, now),
        }
    }

    /// Monday morning: the first contact of each ladder hears that something waits for the weekly review.
    fn review(&mut self, now: Moment) {
        let waits = |item: &&Item| item.is_routine && item.state != "resolved";
        let contacts = self.items.iter().filter(waits).map(|item| self.pairings[item.pairing].rules.ladder[0]);
        let contacts: BTreeSet<_> = contacts.collect();
        self.told.extend(contacts.into_iter().map(|contact| (now, "digest", Whom::Staff(contact))));
    }

    fn lapse(&mut self, place: usize, now: Moment) {
        let item = &mut self.items[place];
        let rules = &self.pairings[item.pairing].rules;
        if item.lapses.is_none_or(|lapses| lapses > now) {
            return;
        }
        let last = rules.ladder.len() - 1;
        item.rung += 1;
        item.state = "raised";
        item.lapses = (item.rung < last + TOLD_AGAIN).then(|| rules.at_work_after(now, LAPSE_MINUTES));
        self.told.push((now, "item_lapsed", Whom::Staff(rules.ladder[item.rung.min(last)])));
    }

    /// The moments at which something falls due, and those just before a reminder or a lapse, when nothing may happen.
    pub(crate) fn next_due(&self, now: Moment) -> Moment {
        let mut next = self.release_at.min(self.review_at);
        let mut look_at = |due: Moment| {
            let before = Moment::from_millis(due.as_millis() - 60_000);
            for at in [before, due] {
                if at > now && at < next {
                    next = at;
                }
            }
        };
        for pairing in &self.pairings {
            if let Some((due, _)) = pairing.step() {
                look_at(pairing.rules.awake(due.max(now)));
            }
            if let Some(due) = pairing.life.as_ref().and_then(|life| life.next(&pairing.rules)) {
                look_at(pairing.rules.awake(due.max(now)));
            }
        }
        self.items.iter().filter_map(|item| item.lapses).for_each(&mut look_at);
        let readings = self.pairings.iter().flat_map(|pairing| &pairing.unread).map(|(_, due)| *due);
        readings.filter(|due| *due > now).fold(next, std::cmp::min)
    }
}
