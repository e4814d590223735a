//! What people do in the year: letters, silences, pauses, and the months' deaths of a node, all from one seed.

use crate::rules::{local, moment, next_monday};
use brevbro_core::time::{Moment, Span};
use brevbro_tests::chance::Chance;
use jiff::ToSpan as _;
use jiff::civil::Time;
use std::collections::BTreeMap;

/// One thing that somebody does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Deed {
    /// The seeker of a pairing writes so many characters.
    Seeker { at: usize, characters: i64 },
    /// The volunteer writes.
    Volunteer { at: usize, characters: i64 },
    /// The volunteer's mailbox answers by itself: no contact.
    Absence { at: usize },
    /// The volunteer calls a letter urgent that waits.
    Urgent { at: usize, letter: usize },
    /// The pairing takes a pause.
    Pause { at: usize },
    /// It goes on.
    Resume { at: usize },
    /// The three decide that it goes on.
    Extend { at: usize, planned: Moment },
    /// A coordinator takes an item.
    See { item: usize },
    /// And answers it.
    Resolve { item: usize },
    /// A node dies with the letter of a seeker in its hands; `arrived` when only the answer is missing.
    Dies { place: usize, at: usize, arrived: bool },
    /// Another process takes its place.
    Starts { place: usize },
}

/// All that is to come, in the order of its time.
#[derive(Default)]
pub(crate) struct Plan {
    deeds: BTreeMap<(Moment, u64), Deed>,
    serial: u64,
}

impl Plan {
    /// The year of so many pairings.
    pub(crate) fn of(chance: &mut Chance, pairings: usize, (from, to): (Moment, Moment)) -> Self {
        let mut plan = Self::default();
        for at in 0..pairings {
            plan.letters(chance, at, (from, to));
            plan.pauses(chance, at, (from, to));
            // Every other time the three decide, and later than was asked.
            if let Some((planned, hard)) = ends(at, (from, to)).filter(|_| at % 3 == 0) {
                let decided = planned + minutes(chance, 2 * 1440, 12 * 1440);
                let later = moment(local(planned + Span::days(20)).0, Time::midnight());
                plan.add(decided, Deed::Extend { at, planned: hard.map_or(later, |hard| hard.min(later)) });
            }
        }
        plan.deaths(chance, pairings, (from, to));
        plan
    }

    /// Adds a deed.
    pub(crate) fn add(&mut self, when: Moment, deed: Deed) {
        self.serial += 1;
        self.deeds.insert((when, self.serial), deed);
    }

    /// When the next one is.
    pub(crate) fn next(&self) -> Option<Moment> {
        self.deeds.keys().next().map(|(when, _)| *when)
    }

    /// The next one of this moment.
    pub(crate) fn take(&mut self, now: Moment) -> Option<Deed> {
        let entry = self.deeds.first_entry().filter(|entry| entry.key().0 <= now)?;
        Some(entry.remove())
    }

    fn letters(&mut self, chance: &mut Chance, at: usize, (from, to): (Moment, Moment)) {
        let is_lively = at.is_multiple_of(4);
        let (days, most) = if is_lively { ((3, 9), 4_500) } else { ((5, 15), 2_200) };
        let mut now = from + minutes(chance, 10, 5 * 24 * 60);
        let mut volunteer_returns = from;
        while now < to {
            self.add(now, Deed::Seeker { at, characters: length(chance, 60, most) });
            if chance.within(0, 100) < 5 {
                self.add(now + Span::minutes(1), Deed::Absence { at });
            }
            if chance.within(0, 100) < 8 {
                volunteer_returns = now + minutes(chance, 4 * 1440, 14 * 1440);
            }
            if volunteer_returns <= now && chance.within(0, 100) < 85 {
                let answers = now + minutes(chance, 20, 4_000);
                self.add(answers, Deed::Volunteer { at, characters: length(chance, 100, most) });
            }
            if chance.within(0, 100) < 6 {
                self.flood(chance, at, now);
            }
            let is_silent = chance.within(0, 100) < 6;
            let (least, longest) = if is_silent { (9, 50) } else { days };
            now = now + minutes(chance, least * 1440, longest * 1440);
        }
    }

    /// A volunteer with much to say: more than the week holds, sometimes in one letter.
    fn flood(&mut self, chance: &mut Chance, at: usize, from: Moment) {
        for _ in 0..chance.within(2, 5) {
            let when = from + minutes(chance, 60, 6 * 1440);
            self.add(when, Deed::Volunteer { at, characters: length(chance, 600, 9_000) });
        }
    }

    fn pauses(&mut self, chance: &mut Chance, at: usize, (from, to): (Moment, Moment)) {
        let half = Span::millis((to - from).as_millis() / 2);
        for start in [from, from + half] {
            // The first one is over before the second begins.
            let latest = (half.as_millis() - Span::days(31).as_millis()).unsigned_abs() / 60_000;
            let begins = start + minutes(chance, 1440, latest);
            self.add(begins, Deed::Pause { at });
            self.add(begins + minutes(chance, 2 * 1440, 30 * 1440), Deed::Resume { at });
        }
    }

    /// On the first Monday of each month, when there is most to do.
    fn deaths(&mut self, chance: &mut Chance, pairings: usize, (from, to): (Moment, Moment)) {
        let (mut monday, mut place) = (next_monday(from), 0);
        while monday < to {
            if local(monday).0.day() <= 7 {
                let at = usize::try_from(chance.next_number() % u64::try_from(pairings).unwrap()).unwrap();
                self.add(monday, Deed::Dies { place, at, arrived: chance.within(0, 2) == 0 });
                self.add(monday + minutes(chance, 60, 9 * 1440), Deed::Starts { place });
                place = 1 - place;
            }
            monday = next_monday(monday);
        }
    }
}

/// The planned and the hard end of a pairing, the first moment of the day after: some have both, some the first, most none.
pub(crate) fn ends(at: usize, (from, to): (Moment, Moment)) -> Option<(Moment, Option<Moment>)> {
    if !matches!(at % 10, 1 | 4) {
        return None;
    }
    let length = (to - from).as_millis() / Span::days(1).as_millis();
    let (first, _) = local(from);
    let day = |days: i64| moment(first.checked_add(days.days()).unwrap(), Time::midnight());
    let planned = length / 4 + i64::try_from(at).unwrap();
    let has_hard = at % 20 < 10;
    Some((day(planned), has_hard.then(|| day(planned + length / 5))))
}

/// So many whole minutes, at least and at most.
pub(crate) fn minutes(chance: &mut Chance, least: u64, most: u64) -> Span {
    Span::minutes(i64::try_from(chance.within(least, most.max(least + 1))).unwrap())
}

/// Characters whose minutes no rounding of a half can make ambiguous.
fn length(chance: &mut Chance, least: u64, most: u64) -> i64 {
    let characters = i64::try_from(chance.within(least, most)).unwrap();
    let is_half = |characters: i64| characters % 12 == 6 || characters % 80 == 40;
    (characters..characters + 8).find(|characters| !is_half(*characters)).unwrap()
}
