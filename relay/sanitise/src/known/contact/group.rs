//! Digits in groups, however they are written: figures, words, or both, with anything people put between them.

use super::lexicon::{Marks, Spoken};
use super::token::{Gap, Kind, Page, digits_of};

/// Longest group that can be part of anything we look for.
const DIGITS_MAX: usize = 24;
/// Most groups and digits looked at together, so that a page of figures costs no more than its length.
const GROUPS_MAX: usize = 14;
const TOTAL_MAX: usize = 20;
const ROW_MAX: usize = TOTAL_MAX + DIGITS_MAX;
/// Most marks between two groups.
const MARKS_MAX: usize = 3;

/// What joins a group to the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    Glued,
    Blank,
    Dash,
    Dot,
    Slash,
    /// A comma with a blank after it.
    Comma,
    /// A comma with none: a decimal comma, mostly.
    Decimal,
    Colon,
    Bracket,
    /// `*`, `~`, `|`, `_`.
    Odd,
}

/// Some digits that stand together.
#[derive(Clone, Copy)]
pub(super) struct Group {
    digits: [u8; DIGITS_MAX],
    length: usize,
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) join: Join,
    pub(super) is_spoken: bool,
}

impl Group {
    fn new(place: usize, is_spoken: bool) -> Self {
        Self { digits: [0; DIGITS_MAX], length: 0, first: place, last: place, join: Join::Blank, is_spoken }
    }

    pub(super) fn digits(&self) -> &[u8] {
        self.digits.get(..self.length).unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// Its value, if it is short.
    pub(super) fn value(&self) -> u32 {
        self.digits().iter().take(9).fold(0, |n, d| n * 10 + u32::from(d - b'0'))
    }

    fn push(&mut self, digit: u8) -> bool {
        let Some(to) = self.digits.get_mut(self.length) else { return false };
        *to = digit;
        self.length += 1;
        true
    }

    fn push_value(&mut self, value: u16) -> bool {
        let digits = [value / 100, value / 10 % 10, value % 10];
        let skip = if value >= 100 { 0 } else { 1 + usize::from(value < 10) };
        digits.into_iter().skip(skip).all(|d| u8::try_from(d).is_ok_and(|d| self.push(b'0' + d)))
    }
}

/// Groups in a row.
pub(super) struct Run {
    pub(super) groups: Vec<Group>,
}

impl Run {
    /// The groups that begin at a token.
    pub(super) fn read(page: &Page<'_>, place: usize) -> Self {
        let mut groups = Vec::with_capacity(8);
        let (mut next, mut join, mut total) = (place, Join::Blank, 0);
        while groups.len() < GROUPS_MAX
            && total < TOTAL_MAX
            && let Some(mut group) = group_at(page, next)
        {
            group.join = join;
            total += group.len();
            let (after, is_spoken) = (group.last + 1, group.is_spoken);
            groups.push(group);
            let Some((place, how)) = join_at(page, after, is_spoken) else { break };
            (next, join) = (place, how);
        }
        Self { groups }
    }

    /// The digits of the first groups, one after the other.
    pub(super) fn digits(&self, count: usize) -> Row<u8, ROW_MAX> {
        let mut row = Row { all: [0; ROW_MAX], length: 0 };
        self.groups.iter().take(count).flat_map(Group::digits).for_each(|digit| row.push(*digit));
        row
    }

    pub(super) fn total(&self, count: usize) -> usize {
        self.groups.iter().take(count).map(Group::len).sum()
    }

    pub(super) fn lengths(&self, count: usize) -> Row<usize, GROUPS_MAX> {
        let mut row = Row { all: [0; GROUPS_MAX], length: 0 };
        self.groups.iter().take(count).for_each(|group| row.push(group.len()));
        row
    }

    /// Whether it is nothing but single digits, as many as are looked at.
    pub(super) fn is_endless(&self) -> bool {
        self.groups.len() == GROUPS_MAX && self.groups.iter().all(|group| group.len() == 1 && !group.is_spoken)
    }

    /// The groups before the first one in words.
    pub(super) fn figures(&self) -> usize {
        self.groups.iter().take_while(|group| !group.is_spoken).count()
    }

    pub(super) fn get(&self, place: usize) -> Option<&Group> {
        self.groups.get(place)
    }

    /// The last token of the first groups.
    pub(super) fn last(&self, count: usize) -> usize {
        count.checked_sub(1).and_then(|place| self.groups.get(place)).map_or(0, |group| group.last)
    }
}

/// A few values in a row, without a place of their own on the heap.
pub(super) struct Row<T, const N: usize> {
    all: [T; N],
    length: usize,
}

impl<T, const N: usize> Row<T, N> {
    fn push(&mut self, value: T) {
        if let Some(to) = self.all.get_mut(self.length) {
            *to = value;
            self.length += 1;
        }
    }

    pub(super) fn as_slice(&self) -> &[T] {
        self.all.get(..self.length).unwrap_or_default()
    }
}

impl<T, const N: usize> std::ops::Deref for Row<T, N> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

fn group_at(page: &Page<'_>, place: usize) -> Option<Group> {
    if page.is(place, Kind::Number) { figures_at(page, place) } else { spoken_at(page, place) }
}

fn figures_at(page: &Page<'_>, place: usize) -> Option<Group> {
    let mut group = Group::new(place, false);
    let mut next = place;
    loop {
        let is_whole = match page.at(next)?.kind {
            Kind::Number => digits_of(page.word(next)).all(|digit| group.push(digit)),
            // `07O 123`: a letter that looks like a zero.
            _ => page.word(next).bytes().all(|_| group.push(b'0')),
        };
        if !is_whole {
            return None;
        }
        group.last = next;
        next += 1;
        let is_zero = page.is_glued(next) && is_zero_letter(page, next);
        if !(is_zero || page.is_glued(next) && page.is(next, Kind::Number)) {
            break;
        }
    }
    // `12B`, `500mg`: no group of a number.
    let has_tail = page.is_glued(next) && page.is(next, Kind::Word);
    (!has_tail).then_some(group)
}

fn is_zero_letter(page: &Page<'_>, place: usize) -> bool {
    matches!(page.word(place), "o" | "O" | "oo" | "OO" | "Oo")
}

/// `sju`, `sjuttio`, `sjuttio ett`, `ni hundre og tolv`, `double seven`.
fn spoken_at(page: &Page<'_>, place: usize) -> Option<Group> {
    let mut group = Group::new(place, true);
    // `o` for a zero stands among digits only; `N:o 1415` is none.
    let first = page
        .spoken(place)
        .filter(|_| page.length(place) > 1 || page.is_glued(place + 1) || is_among_words(page, place))?;
    let next = |after: usize| page.spoken(after).filter(|_| page.gap(after) < Gap::Paragraph);
    match first {
        Spoken::Times(times) => {
            let digit =
                || page.value(place + 1).filter(|_| page.digits(place + 1) == 1).and_then(|v| u16::try_from(v).ok());
            let value = match next(place + 1) {
                Some(Spoken::Value(value @ 0..=9)) => value,
                _ => digit()?,
            };
            (0..times).for_each(|_| {
                group.push_value(value);
            });
            group.last = place + 1;
        }
        Spoken::Hundred => group_of_hundreds(page, &mut group, 1),
        Spoken::Value(value) => {
            if (1..=9).contains(&value) && next(place + 1) == Some(Spoken::Hundred) {
                group.last = place + 1;
                group_of_hundreds(page, &mut group, value);
            } else if value % 10 == 0 && (20..100).contains(&value) {
                let (unit, last) = unit_after(page, place);
                group.push_value(value + unit);
                group.last = last;
            } else {
                group.push_value(value);
            }
        }
    }
    Some(group)
}

/// Whether a single letter stands between numbers in words.
fn is_among_words(page: &Page<'_>, place: usize) -> bool {
    let is_number = |at: usize| page.spoken(at).is_some() && page.length(at) > 1;
    is_number(place + 1) || place.checked_sub(1).is_some_and(is_number)
}

fn unit_after(page: &Page<'_>, place: usize) -> (u16, usize) {
    let next = if page.mark(place + 1) == b'-' && page.is_glued(place + 1) { place + 2 } else { place + 1 };
    match page.spoken(next) {
        Some(Spoken::Value(unit @ 1..=9)) if page.gap(next) <= Gap::Blank => (unit, next),
        _ => (0, place),
    }
}

/// What follows a hundred: `og tolv`, or a two-digit number by itself.
fn group_of_hundreds(page: &Page<'_>, group: &mut Group, hundreds: u16) {
    let has_and = page.has(group.last + 1, Marks::AND);
    let next = group.last + 1 + usize::from(has_and);
    match page.spoken(next) {
        Some(Spoken::Value(value)) if value < 100 && (has_and || value >= 10) && page.gap(next) <= Gap::Blank => {
            let (unit, last) = if value % 10 == 0 && value >= 20 { unit_after(page, next) } else { (0, next) };
            group.push_value(hundreds * 100 + value + unit);
            group.last = last;
        }
        _ => {
            group.push_value(hundreds * 100);
        }
    }
}

/// What lies between two groups: where the next begins, and how it is joined.
fn join_at(page: &Page<'_>, from: usize, is_spoken: bool) -> Option<(usize, Join)> {
    let (mut place, mut lines) = (from, 0);
    let mut join = None;
    for _ in 0..=MARKS_MAX {
        match page.gap(place) {
            Gap::Paragraph => return None,
            Gap::Line => lines += 1,
            _ => {}
        }
        if lines > 1 {
            return None;
        }
        if page.is(place, Kind::Mark) {
            let how = join_of(page, place)?;
            join = Some(join.filter(|before| *before != Join::Bracket).unwrap_or(how));
        } else if page.has(place, if is_spoken { Marks::STROKE | Marks::AND } else { Marks::STROKE })
            && page.spoken(place).is_none()
        {
            // `streck`, and `og` behind a number in words.
            join = join.or(Some(Join::Dash));
        } else {
            let plain = if page.is_glued(place) { Join::Glued } else { Join::Blank };
            return (place < page.len()).then_some((place, join.unwrap_or(plain)));
        }
        place += 1;
    }
    None
}

fn join_of(page: &Page<'_>, place: usize) -> Option<Join> {
    let is_tight = page.is_glued(place + 1);
    Some(match page.mark(place) {
        b'-' => Join::Dash,
        b'.' => Join::Dot,
        b'/' => Join::Slash,
        b',' if is_tight => Join::Decimal,
        b',' => Join::Comma,
        b':' => Join::Colon,
        b'(' | b')' | b'[' | b']' => Join::Bracket,
        b'*' | b'~' | b'|' | b'_' | b'\\' => Join::Odd,
        _ => return None,
    })
}
