//! One table of words by how they are typed, with a sieve before it: most pieces of most words stand in no table.

use super::{Quick, WordId};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

type Words = HashMap<Box<str>, Vec<WordId>, BuildHasherDefault<Quick>>;

/// Words of the rules by the letters they are looked up by.
#[derive(Default)]
pub(super) struct Table {
    words: Words,
    sieve: Sieve,
}

impl Table {
    pub(super) fn add(&mut self, key: &str, id: WordId) {
        match self.words.get_mut(key) {
            Some(all) if all.contains(&id) => {}
            Some(all) => all.push(id),
            None => drop(self.words.insert(key.into(), vec![id])),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Makes the sieve, once all words are there.
    pub(super) fn settle(&mut self) {
        self.sieve = Sieve::of(self.words.keys().map(|key| Rolling::of(key.bytes()).value()), self.words.len());
    }

    /// The same for words that are looked up from their ends on.
    pub(super) fn settle_backwards(&mut self) {
        let backwards = self.words.keys().map(|key| Rolling::of(key.bytes().rev()).value());
        self.sieve = Sieve::of(backwards, self.words.len());
    }

    /// Whether letters of this value may be in the table; whoever is told so looks.
    pub(super) fn may_have(&self, value: u64) -> bool {
        self.sieve.lets_through(value)
    }

    pub(super) fn words(&self, key: &str) -> &[WordId] {
        self.words.get(key).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Bits set by the values of what is there.
#[derive(Default)]
struct Sieve {
    bits: Vec<u64>,
    shift: u32,
}

impl Sieve {
    fn of(values: impl Iterator<Item = u64>, count: usize) -> Self {
        if count == 0 {
            return Self::default();
        }
        // Sixteen bits a value let one stranger in sixteen through.
        let size = (count * 16).next_power_of_two().max(64);
        let mut sieve = Self { bits: vec![0; size / 64], shift: 64 - size.trailing_zeros() };
        for value in values {
            let place = sieve.place(value);
            if let Some(word) = sieve.bits.get_mut(place / 64) {
                *word |= 1 << (place % 64);
            }
        }
        sieve
    }

    fn lets_through(&self, value: u64) -> bool {
        let place = self.place(value);
        self.bits.get(place / 64).is_some_and(|word| word & (1 << (place % 64)) != 0)
    }

    fn place(&self, value: u64) -> usize {
        // The upper bits of a product depend on all bits of its factors.
        let mixed = (value ^ (value >> 32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        usize::try_from(mixed.checked_shr(self.shift).unwrap_or(0)).unwrap_or(0)
    }
}

/// A value of letters that grows with each further octet, and of which two can be joined.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rolling(u64);

/// An odd factor, so that no octet is ever lost.
const FACTOR: u64 = 0x0000_0100_0000_01B3;

/// Its powers: no form has more octets.
const POWERS: [u64; 192] = {
    let mut powers = [1_u64; 192];
    let mut n = 1;
    while n < 192 {
        powers[n] = powers[n - 1].wrapping_mul(FACTOR);
        n += 1;
    }
    powers
};

impl Rolling {
    pub(super) fn of(octets: impl Iterator<Item = u8>) -> Self {
        octets.fold(Self::default(), Self::with)
    }

    pub(super) fn with(self, octet: u8) -> Self {
        Self(self.0.wrapping_mul(FACTOR).wrapping_add(u64::from(octet) + 1))
    }

    pub(super) fn value(self) -> u64 {
        self.0
    }

    /// What these letters are worth with `whole` less `beginning` behind them: so many octets.
    pub(super) fn and_rest(self, whole: Self, beginning: Self, octets: usize) -> u64 {
        let power = POWERS.get(octets).copied().unwrap_or(0);
        let rest = whole.0.wrapping_sub(beginning.0.wrapping_mul(power));
        self.0.wrapping_mul(power).wrapping_add(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_there_is_kept_back() {
        let mut table = Table::default();
        for (number, word) in (0_u32..).zip(["rain", "umbrella", "får", "x"]) {
            table.add(word, WordId(number));
        }
        table.settle();
        for word in ["rain", "umbrella", "får", "x"] {
            assert!(table.may_have(Rolling::of(word.bytes()).value()), "{word}");
            assert_eq!(table.words(word).len(), 1);
        }
        let strangers = (0..1000).filter(|n| table.may_have(Rolling::of(format!("w{n}").bytes()).value()));
        assert!(strangers.count() < 200);
        assert!(!Table::default().may_have(7));
    }

    #[test]
    fn letters_can_be_left_out() {
        let of = |text: &str| Rolling::of(text.bytes());
        let (whole, before, with) = (of("umbrella"), of("umb"), of("umbr"));
        assert_eq!(before.and_rest(whole, with, 4), of("umbella").value());
        assert_eq!(of("").and_rest(of("x"), of("x"), 0), of("").value());
    }
}
