//! The words one looks at together, and the table on which each class has its places among them.

use super::attempt::Words;
use crate::lexicon::ClassId;
use crate::program::{LONGEST_MATCH, PatternId, Woken};
use std::ops::Range;

/// Words a window holds at most: each is a bit, and the end of the last is one more.
const WIDTH: usize = 127;

/// Words looked at together. Matches begin at the first `starts` of them.
pub(super) struct Window {
    pub(super) first: usize,
    pub(super) len: usize,
    pub(super) starts: usize,
}

impl Window {
    /// From a word of a sentence on, and no further than to a word. A longer sentence is cut so that every match that
    /// begins among the starts has room to end.
    pub(super) fn at(first: usize, sentence: &Range<usize>, until: usize, longest: u8) -> Self {
        let len = (until - first).min(WIDTH);
        let is_cut = first + len < until;
        let starts = if is_cut { WIDTH - usize::from(longest.min(LONGEST_MATCH)) } else { len };
        Self { first, len, starts: starts.min(sentence.end - first) }
    }

    pub(super) fn words(&self) -> Range<usize> {
        self.first..self.first + self.len
    }
}

/// Where sentences begin and end in a window, and all places there are, the end of the last word included.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Room {
    pub(super) begins: u128,
    pub(super) ends: u128,
    pub(super) all: u128,
}

/// The table of one letter at a time. It is wiped after every window, so that it says nothing of any letter.
#[derive(Default)]
pub(crate) struct Bench {
    places: Vec<u128>,
    used: Vec<ClassId>,
    /// The round in which each pattern was woken last.
    woken: Vec<u32>,
    round: u32,
    /// The patterns of one window, between windows empty of meaning.
    pub(super) awake: Vec<Woken>,
    pub(super) room: Room,
}

impl Bench {
    pub(crate) fn new(classes: usize, patterns: usize) -> Self {
        Self { places: vec![0; classes], woken: vec![0; patterns], ..Self::default() }
    }

    pub(super) fn next_round(&mut self) -> u32 {
        self.round = self.round.checked_add(1).unwrap_or_else(|| {
            self.woken.fill(0);
            1
        });
        self.round
    }

    /// Whether a pattern wakes for the first time in a round.
    pub(super) fn is_new(&mut self, pattern: PatternId, round: u32) -> bool {
        let Some(last) = self.woken.get_mut(pattern.place()) else { return false };
        std::mem::replace(last, round) != round
    }

    pub(super) fn place(&mut self, class: ClassId, place: usize) {
        if let Some(places) = self.places.get_mut(class.0 as usize) {
            if *places == 0 {
                self.used.push(class);
            }
            *places |= bit(place);
        }
    }

    pub(super) fn clear(&mut self) {
        for class in self.used.drain(..) {
            if let Some(places) = self.places.get_mut(class.0 as usize) {
                *places = 0;
            }
        }
    }
}

impl Words for Bench {
    fn of(&self, class: ClassId) -> u128 {
        self.places.get(class.0 as usize).copied().unwrap_or(0)
    }
}

/// Places from which so many words on, at least and at most, one of these is.
pub(super) fn before(places: u128, (least, most): (u8, u8)) -> u128 {
    (least..=most).fold(0, |seen, back| seen | places.checked_shr(u32::from(back)).unwrap_or(0))
}

/// One place as a bit; places beyond the number are none.
pub(super) fn bit(place: usize) -> u128 {
    u32::try_from(place).ok().and_then(|place| 1_u128.checked_shl(place)).unwrap_or(0)
}
