//! The lines of a volunteer's week: what was counted, each letter once, with what was declared in its place.

use crate::id::{EntryId, LetterId, PairingId};
use crate::ledger::{EntryKind, Minutes};
use crate::notice::Done;
use crate::time::{Moment, Span};
use std::collections::{HashMap, HashSet};

/// So long after an overview its lines can be put right by an answer.
pub const ANSWER_WITHIN: Span = Span::days(14);
/// An overview that is later than this is not sent any more.
pub const LATE: Span = Span::days(3);

/// An entry of the ledger, as far as an overview looks at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// Its key.
    pub id: EntryId,
    /// Whose contact time.
    pub pairing: PairingId,
    /// What kind.
    pub kind: EntryKind,
    /// The signed change.
    pub delta: Minutes,
    /// The letter it follows from.
    pub letter: Option<LetterId>,
    /// The entry a declared value is about.
    pub about: Option<EntryId>,
    /// When it was made.
    pub made_at: Moment,
    /// Whether the volunteer said it.
    pub is_own: bool,
}

/// One line of an overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The entry it begins with, by which it is found again.
    pub entry: EntryId,
    /// Whose contact time.
    pub pairing: PairingId,
    /// The letter it is about.
    pub letter: Option<LetterId>,
    /// What was done.
    pub done: Done,
    /// What was booked first.
    pub estimate: Minutes,
    /// What stands now.
    pub minutes: Minutes,
    /// Whether a human has said how long it took.
    pub is_declared: bool,
    /// When it was booked.
    pub made_at: Moment,
}

/// The lines of a week, in the order of its entries. Nothing has a line that counts to no week: supervision, training,
/// a letter that waits to be read, one that waits for the week, and one that never arrived.
pub fn lines(entries: &[Counted]) -> Vec<Line> {
    let given_back: HashSet<LetterId> =
        entries.iter().filter(|e| e.kind == EntryKind::Released).filter_map(|e| e.letter).collect();
    let mut declared: HashMap<EntryId, Minutes> = HashMap::new();
    for entry in entries.iter().filter(|entry| entry.kind == EntryKind::Declared) {
        if let Some(about) = entry.about {
            let sum = declared.entry(about).or_default();
            *sum = *sum + entry.delta;
        }
    }
    let line = |entry: &Counted| {
        let arrived = entry.letter.is_none_or(|letter| !given_back.contains(&letter));
        let change = declared.get(&entry.id).copied();
        let counts = entry.delta != Minutes::default() || change.is_some();
        let done = begins(entry).filter(|_| arrived && counts)?;
        Some(Line {
            entry: entry.id,
            pairing: entry.pairing,
            letter: entry.letter,
            done,
            estimate: entry.delta,
            minutes: entry.delta + change.unwrap_or_default(),
            is_declared: change.is_some(),
            made_at: entry.made_at,
        })
    };
    entries.iter().filter_map(line).collect()
}

/// What the line is called that an entry begins; the others follow one.
fn begins(entry: &Counted) -> Option<Done> {
    match entry.kind {
        EntryKind::Settled => None,
        // Time that a coordinator added by hand, without saying of what kind.
        EntryKind::Declared if entry.about.is_none() && !entry.is_own => Some(Done::Adjusted),
        kind if kind.counts_to_week() => Done::of(kind),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: u64, kind: EntryKind, tenths: i64, letter: Option<u64>, about: Option<u64>) -> Counted {
        Counted {
            id: EntryId::from_random(id * 2),
            pairing: PairingId::from_random(2),
            kind,
            delta: Minutes::tenths(tenths),
            letter: letter.map(|letter| LetterId::from_random(letter * 2)),
            about: about.map(|about| EntryId::from_random(about * 2)),
            made_at: Moment::default(),
            is_own: false,
        }
    }

    fn shown(entries: &[Counted]) -> Vec<(i64, &'static str, i64, bool)> {
        let view = |line: Line| (line.entry.stored(), line.done.word(), line.minutes.as_tenths(), line.is_declared);
        lines(entries).into_iter().map(view).collect()
    }

    #[test]
    fn each_letter_has_one_line_with_what_was_declared_last() {
        use EntryKind::{Declared, Phone, Read, Reserved, Settled, Unread};
        let week = [
            entry(1, Reserved, 110, Some(9), None),
            entry(2, Unread, 0, Some(8), None),
            entry(3, Settled, 0, Some(9), None),
            entry(4, Read, 25, Some(8), None),
            entry(5, Phone, 200, None, None),
            entry(6, Declared, 340, Some(9), Some(1)),
            entry(7, Declared, -150, Some(9), Some(1)),
            entry(8, Declared, -200, None, Some(5)),
        ];
        let expected = [(1, "wrote", 300, true), (4, "read", 25, false), (5, "phone", 0, true)];
        assert_eq!(shown(&week), expected);
    }

    #[test]
    fn what_counts_to_no_week_has_no_line() {
        use EntryKind::{Declared, Read, Released, Reserved, Supervision, Training, Unread};
        let week = [
            entry(1, Reserved, 110, Some(9), None),
            entry(2, Declared, 340, Some(9), Some(1)),
            entry(3, Released, -450, Some(9), None),
            entry(4, Supervision, 0, None, None),
            entry(5, Training, 0, None, None),
            entry(6, Unread, 0, Some(7), None),
            entry(7, Read, 0, Some(7), None),
        ];
        assert!(shown(&week).is_empty());
        let by_hand = entry(1, Declared, 150, None, None);
        assert_eq!(shown(&[by_hand]), [(1, "adjusted", 150, false)]);
        assert!(shown(&[Counted { is_own: true, ..by_hand }]).is_empty(), "a sum the volunteer gave is no line");
    }
}
