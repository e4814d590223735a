//! Contact time: the estimate in characters and the append-only entries of a week (S4, S5).

mod factor;

pub use factor::{CORRECTIONS, Factor};

use crate::party::Side;
use crate::time::Span;
use crate::words;
use std::fmt;

/// Contact time in tenths of a minute, as the ledger keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Minutes(i64);

impl Minutes {
    /// From tenths of a minute.
    pub const fn tenths(n: i64) -> Self {
        Self(n)
    }
    /// From whole minutes.
    pub const fn whole(n: i64) -> Self {
        Self(n * 10)
    }
    /// The value in tenths, as the store keeps it.
    pub const fn as_tenths(self) -> i64 {
        self.0
    }
    /// Rounded to the nearest whole minute, halves up.
    pub const fn rounded(self) -> i64 {
        (self.0 + 5).div_euclid(10)
    }
}

impl std::ops::Add for Minutes {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl std::iter::Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self(0), std::ops::Add::add)
    }
}

impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        write!(f, "{sign}{}.{}", self.0.abs() / 10, self.0.abs() % 10)
    }
}

/// What was read and written: characters of new text only, quotes and signatures left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exchange {
    /// Characters the volunteer received.
    pub received: u64,
    /// Characters the volunteer wrote.
    pub written: u64,
    /// Letters handled, in either direction.
    pub letters: u64,
}

/// An estimate with its honest range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// The middle estimate, which the ledger books.
    pub minutes: Minutes,
    /// A quick reader and writer.
    pub low: Minutes,
    /// A slow reader and writer.
    pub high: Minutes,
}

/// One set of speeds: minutes = passes · received / read + written / write + handling · letters.
///
/// Anchors: Brysbaert 2019 (silent reading, 238 words a minute in English), IReST 2012 (characters a
/// minute vary least between languages), Karat et al. 1999 (composing is 0.58 of copying speed). The
/// middle values are the slow end of these, because the letters are heavy.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Pace {
    read_chars_per_minute: f64,
    passes: f64,
    write_chars_per_minute: f64,
    minutes_per_letter: f64,
}

const MIDDLE: Pace =
    Pace { read_chars_per_minute: 1200.0, passes: 1.5, write_chars_per_minute: 120.0, minutes_per_letter: 1.0 };
const QUICK: Pace =
    Pace { read_chars_per_minute: 1500.0, passes: 1.0, write_chars_per_minute: 150.0, minutes_per_letter: 0.5 };
const SLOW: Pace =
    Pace { read_chars_per_minute: 900.0, passes: 2.0, write_chars_per_minute: 95.0, minutes_per_letter: 2.0 };

impl Pace {
    fn minutes(self, exchange: Exchange) -> Minutes {
        let (received, written, letters) =
            (as_float(exchange.received), as_float(exchange.written), as_float(exchange.letters));
        let minutes = self.passes * received / self.read_chars_per_minute
            + written / self.write_chars_per_minute
            + self.minutes_per_letter * letters;
        Minutes(to_tenths(minutes))
    }
}

/// Letters are far shorter than the 2^52 characters at which this would lose one.
#[expect(clippy::cast_precision_loss, reason = "exact below 2^52, and larger counts are capped there")]
fn as_float(n: u64) -> f64 {
    n.min(1 << 52) as f64
}

#[expect(clippy::cast_possible_truncation, reason = "the value is clamped to a range that fits")]
fn to_tenths(minutes: f64) -> i64 {
    (minutes * 10.0).round().clamp(0.0, 1e15) as i64
}

/// Estimates the volunteer's contact time for an exchange.
pub fn estimate(exchange: Exchange) -> Estimate {
    Estimate { minutes: MIDDLE.minutes(exchange), low: QUICK.minutes(exchange), high: SLOW.minutes(exchange) }
}

/// What one letter costs the volunteer: reading when the seeker wrote, writing when the volunteer wrote,
/// and the handling of one letter either way.
pub fn estimate_letter(author: Side, characters: u64) -> Estimate {
    estimate(match author {
        Side::Seeker => Exchange { received: characters, written: 0, letters: 1 },
        Side::Volunteer => Exchange { received: 0, written: characters, letters: 1 },
    })
}

/// After this long a letter counts as read, answered or not.
pub const READ_AFTER: Span = Span::hours(72);

/// The kinds of entries. Append-only: a value is changed by adding a later entry, never by an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// Booked in the commit of a letter, before it is delivered.
    Reserved,
    /// The letter was delivered: the reservation stands.
    Settled,
    /// The letter will not be delivered: the reservation is given back.
    Released,
    /// A seeker's letter waits to be read: shows the estimate and counts nothing yet.
    Unread,
    /// It was read: the volunteer answered, or enough time has passed.
    Read,
    /// The volunteer said how long it took.
    Declared,
    /// A coordinator put it right, with a reason.
    Adjusted,
    /// Chat, entered by hand.
    Chat,
    /// A call, entered by hand.
    Phone,
    /// A meeting in person, entered by hand.
    Meeting,
    /// Supervision, alone or in a group.
    Supervision,
    /// Training.
    Training,
    /// A written report.
    Report,
}

impl EntryKind {
    /// Whether it counts to the weekly limit. Supervision and training are a volunteer's time, but no contact: they count
    /// to the monthly floor alone, and an entry of theirs shows what was declared and counts nothing in its week.
    pub fn counts_to_week(self) -> bool {
        !matches!(self, Self::Supervision | Self::Training)
    }

    /// Whether people enter it by hand, beside letters.
    pub fn is_by_hand(self) -> bool {
        matches!(self, Self::Chat | Self::Phone | Self::Meeting | Self::Supervision | Self::Training | Self::Report)
    }
}

words!(
    EntryKind, "a kind of ledger entry",
    Reserved => "reserved", Settled => "settled", Released => "released", Unread => "unread", Read => "read",
    Declared => "declared", Adjusted => "adjusted", Chat => "chat", Phone => "phone", Meeting => "meeting",
    Supervision => "supervision", Training => "training", Report => "report",
);

#[cfg(test)]
mod tests {
    use super::*;

    /// Words in, words out, estimate, low, high; one letter each way, 5.7 characters a word.
    const TABLE: [(u64, u64, i64, i64, i64); 7] = [
        (100, 80, 7, 4, 10),
        (250, 200, 13, 10, 19),
        (500, 400, 25, 18, 34),
        (500, 500, 29, 22, 40),
        (1000, 500, 33, 24, 47),
        (1000, 1000, 57, 43, 77),
        (2000, 500, 40, 28, 59),
    ];

    #[test]
    fn the_published_table_is_met_within_a_minute() {
        for (words_in, words_out, minutes, low, high) in TABLE {
            let chars = |words: u64| words * 57 / 10;
            let got = estimate(Exchange { received: chars(words_in), written: chars(words_out), letters: 2 });
            let near = |a: Minutes, b: i64| (a.rounded() - b).abs() <= 1;
            assert!(near(got.minutes, minutes), "{words_in}/{words_out}: {} is not {minutes}", got.minutes);
            assert!(near(got.low, low), "{words_in}/{words_out}: low {} is not {low}", got.low);
            assert!(near(got.high, high), "{words_in}/{words_out}: high {} is not {high}", got.high);
        }
    }

    #[test]
    fn absurd_lengths_do_not_overflow() {
        let all = Exchange { received: u64::MAX, written: u64::MAX, letters: u64::MAX };
        assert!(estimate(all).high.as_tenths() > 0);
    }
}
