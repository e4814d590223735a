//! Digits in groups, however they are written: figures, words, or both, with anything people put between them.

mod pause;
mod spoken;

use super::lexicon::{Marks, Spoken};
use super::token::{Gap, Kind, Page, digits_of};
use pause::{behind_pause, is_half, is_helpline};
pub(super) use spoken::run_together;
use spoken::spoken_at;

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

    /// Whether letters stand for some of its digits: nobody writes so but to be read by people only.
    pub(super) fn is_disguised(&self) -> bool {
        !self.is_spoken && self.last > self.first
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

    /// A value with zeros in front, up to a width.
    fn push_row(&mut self, value: u16, width: u8) {
        let digits = [value / 100 % 10, value / 10 % 10, value % 10];
        let skip = 3_usize.saturating_sub(usize::from(width));
        digits.into_iter().skip(skip).filter_map(|d| u8::try_from(d).ok()).for_each(|d| {
            self.push(b'0' + d);
        });
    }

    /// What one word among many without gaps says.
    fn push_spoken(&mut self, spoken: Spoken) {
        match spoken {
            Spoken::Value(value) => {
                self.push_value(value);
            }
            Spoken::Row(value, width) => self.push_row(value, width),
            Spoken::Times(_) | Spoken::Hundred => {}
        }
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
        let is_inside =
            place.checked_sub(1).is_some_and(|at| page.is(at, Kind::Number)) && page.gap(place) == Gap::Blank;
        while groups.len() < GROUPS_MAX
            && total < TOTAL_MAX
            && let Some(mut group) = group_at(page, next).or_else(|| inner_at(page, next, &groups))
        {
            group.join = join;
            total += group.len();
            let (after, is_spoken) = (group.last + 1, group.is_spoken);
            groups.push(group);
            // `det börjar på 070 och sen 174 06 05`: people say a number in halves.
            let may_pause = !is_inside && is_half(&groups, total);
            let paused = if may_pause { behind_pause(page, after) } else { after };
            let after = if paused > after && !is_helpline(&groups) { paused } else { after };
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

/// `070 ettsjufyra`: a short word of nothing but numbers, behind an area.
fn inner_at(page: &Page<'_>, place: usize, groups: &[Group]) -> Option<Group> {
    let is_area = groups.first().is_some_and(|area| area.len() >= 3 && area.digits().first() == Some(&b'0'));
    if is_area && page.is(place, Kind::Word) && !page.is_known(place) { spoken::in_a_word(page, place) } else { None }
}

fn group_at(page: &Page<'_>, place: usize) -> Option<Group> {
    // `O7O-123`: letters for zeros, the first of them too.
    let is_figure = page.is(place, Kind::Number)
        || is_zero_letter(page, place) && page.is_glued(place + 1) && page.is(place + 1, Kind::Number);
    if is_figure { figures_at(page, place) } else { spoken_at(page, place) }
}

fn figures_at(page: &Page<'_>, place: usize) -> Option<Group> {
    let mut group = Group::new(place, false);
    let mut next = place;
    loop {
        let is_whole = match page.at(next)?.kind {
            Kind::Number => digits_of(page.word(next)).all(|digit| group.push(digit)),
            // `07O 123`: a letter that looks like a zero.
            _ if is_one_letter(page, next) => group.push(b'1'),
            _ => page.word(next).bytes().all(|_| group.push(b'0')),
        };
        if !is_whole {
            return None;
        }
        group.last = next;
        next += 1;
        let is_one = is_one_letter(page, next) && page.is_glued(next + 1) && page.is(next + 1, Kind::Number);
        let is_zero = page.is_glued(next) && (is_zero_letter(page, next) || is_one);
        if !(is_zero || page.is_glued(next) && page.is(next, Kind::Number)) {
            break;
        }
    }
    // `91234 72l`: an l for a one at the very end.
    let before = place.checked_sub(1).map_or(0, |at| page.digits(at));
    let is_inner = page.gap(place) == Gap::Blank && before >= 2 && (1..=3).contains(&page.digits(place));
    if is_inner && is_one_letter(page, next) && page.is_glued(next) && !page.is_glued(next + 1) && group.push(b'1') {
        group.last = next;
        return Some(group);
    }
    // `12B`, `500mg`: no group of a number.
    let has_tail = page.is_glued(next) && page.is(next, Kind::Word);
    (!has_tail).then_some(group)
}

fn is_zero_letter(page: &Page<'_>, place: usize) -> bool {
    matches!(page.word(place), "o" | "O" | "oo" | "OO" | "Oo")
}

/// `9l234567`: a letter that looks like a one.
fn is_one_letter(page: &Page<'_>, place: usize) -> bool {
    matches!(page.word(place), "l" | "I")
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
        // Lines between blanks make a table.
        b'|' if !(is_tight && page.is_glued(place)) => return None,
        b'*' | b'~' | b'|' | b'_' | b'\\' => Join::Odd,
        _ => return None,
    })
}
