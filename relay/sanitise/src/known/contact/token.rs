//! A text as words, numbers and marks, read once from its octets.

mod character;

use super::cue::Cue;
use super::lexicon::{self, Hash, Lexicon, Marks, Spoken};
pub(super) use character::digits_of;
use character::{CLASSES, Class, Sort, sort};
use std::cell::Cell;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Mark,
}

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    Nothing,
    Blank,
    Line,
    Paragraph,
}

/// A word, a run of digits, or one mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    begin: u32,
    end: u32,
    pub(super) kind: Kind,
    pub(super) gap: Gap,
    /// Where the lexicon knows the word; 0 if it does not.
    sense: u16,
    /// A mark in ASCII, or what it is taken for; how many digits a number has, up to a bound.
    mark: u8,
}

/// Stands for a mark that is none of ours.
const OTHER: u8 = 0;

/// A text and its tokens. Places outside the text hold nothing, so that looking around needs no care.
pub(super) struct Page<'t> {
    pub(super) text: &'t str,
    tokens: Vec<Token>,
    /// What words the lexicon does not know turned out to be, once asked for.
    compounds: Vec<Cell<Option<Cue>>>,
    lexicon: &'static Lexicon,
}

impl<'t> Page<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        let lexicon = lexicon::lexicon();
        let mut scan =
            Scan { text, bytes: text.as_bytes(), place: 0, tokens: Vec::with_capacity(text.len() / 6 + 16), lexicon };
        scan.run();
        let compounds = vec![Cell::new(None); scan.tokens.len()];
        Self { text, tokens: scan.tokens, compounds, lexicon }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn at(&self, place: usize) -> Option<&Token> {
        self.tokens.get(place)
    }

    pub(super) fn begin(&self, place: usize) -> usize {
        self.at(place).map_or(self.text.len(), |token| token.begin as usize)
    }

    pub(super) fn end(&self, place: usize) -> usize {
        self.at(place).map_or(self.text.len(), |token| token.end as usize)
    }

    pub(super) fn word(&self, place: usize) -> &'t str {
        self.at(place).and_then(|token| self.text.get(token.begin as usize..token.end as usize)).unwrap_or_default()
    }

    pub(super) fn is(&self, place: usize, kind: Kind) -> bool {
        self.at(place).is_some_and(|token| token.kind == kind)
    }

    /// Whether nothing stands between a token and the one before it.
    pub(super) fn is_glued(&self, place: usize) -> bool {
        self.at(place).is_some_and(|token| token.gap == Gap::Nothing) && place > 0
    }

    pub(super) fn gap(&self, place: usize) -> Gap {
        self.at(place).map_or(Gap::Paragraph, |token| token.gap)
    }

    /// The mark at a place; 0 where there is none.
    pub(super) fn mark(&self, place: usize) -> u8 {
        self.at(place).filter(|token| token.kind == Kind::Mark).map_or(OTHER, |token| token.mark)
    }

    pub(super) fn marks(&self, place: usize) -> Marks {
        self.at(place).map_or(Marks::NONE, |token| self.lexicon.marks(token.sense))
    }

    /// What a word the lexicon does not know is, worked out at most once.
    pub(super) fn compound(&self, place: usize, work_out: impl FnOnce(&str) -> Cue) -> Cue {
        let Some(kept) = self.compounds.get(place) else { return Cue::None };
        kept.get().unwrap_or_else(|| {
            let cue = work_out(self.word(place));
            kept.set(Some(cue));
            cue
        })
    }

    /// Whether the lexicon knows a word.
    pub(super) fn is_known(&self, place: usize) -> bool {
        self.at(place).is_some_and(|token| token.sense > 0)
    }

    pub(super) fn has(&self, place: usize, marks: Marks) -> bool {
        self.marks(place).has(marks)
    }

    /// The number a word names.
    pub(super) fn spoken(&self, place: usize) -> Option<Spoken> {
        self.at(place).and_then(|token| self.lexicon.spoken(token.sense))
    }

    pub(super) fn is_capital(&self, place: usize) -> bool {
        self.word(place).chars().next().is_some_and(char::is_uppercase)
    }

    /// How many characters of a word, up to a bound.
    pub(super) fn length(&self, place: usize) -> usize {
        self.word(place).chars().take(64).count()
    }

    /// How many digits a number has, up to a bound.
    pub(super) fn digits(&self, place: usize) -> usize {
        self.at(place).filter(|token| token.kind == Kind::Number).map_or(0, |token| usize::from(token.mark))
    }

    /// The value of a number of at most nine digits.
    pub(super) fn value(&self, place: usize) -> Option<u32> {
        let count = self.digits(place);
        (1..=9).contains(&count).then(|| digits_of(self.word(place)).fold(0, |n, d| n * 10 + u32::from(d - b'0')))
    }
}

/// The scanner at work.
struct Scan<'t> {
    text: &'t str,
    bytes: &'t [u8],
    place: usize,
    tokens: Vec<Token>,
    lexicon: &'static Lexicon,
}

impl Scan<'_> {
    fn run(&mut self) {
        let mut gap = Gap::Paragraph;
        while let Some(byte) = self.bytes.get(self.place) {
            let sort = match CLASSES[usize::from(*byte)] {
                Class::Space => {
                    gap = gap.max(Gap::Blank);
                    self.place += 1;
                    continue;
                }
                Class::Letter => Sort::Letter,
                Class::Digit => Sort::Digit,
                Class::Line => Sort::Line,
                Class::Mark => Sort::Mark(*byte),
                Class::Wide => self.next_wide(*byte).map_or(Sort::Unseen, |(sort, _)| sort),
            };
            let begin = self.place;
            let (kind, end, sense, mark) = match sort {
                Sort::Letter => {
                    let (end, sense) = self.letters();
                    (Kind::Word, end, sense, OTHER)
                }
                Sort::Digit => {
                    let (end, count) = self.digits();
                    (Kind::Number, end, 0, count)
                }
                Sort::Mark(mark) => {
                    self.skip();
                    (Kind::Mark, self.place, 0, mark)
                }
                other => {
                    gap = widened(gap, &other);
                    self.skip();
                    continue;
                }
            };
            // Texts are bounded far below four gigabytes.
            let (begin, end) = (u32::try_from(begin).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX));
            self.tokens.push(Token { begin, end, kind, gap, sense, mark });
            gap = Gap::Nothing;
        }
    }

    /// Goes on behind the character at the place.
    fn skip(&mut self) {
        self.place += 1;
        while self.bytes.get(self.place).is_some_and(|byte| byte & 0xc0 == 0x80) {
            self.place += 1;
        }
    }

    /// The next character and its length.
    fn next(&self) -> Option<(Sort, usize)> {
        let byte = *self.bytes.get(self.place)?;
        let plain = match CLASSES[usize::from(byte)] {
            Class::Letter => Sort::Letter,
            Class::Digit => Sort::Digit,
            Class::Space => Sort::Space,
            Class::Line => Sort::Line,
            Class::Mark => Sort::Mark(byte),
            Class::Wide => return self.next_wide(byte),
        };
        Some((plain, 1))
    }

    fn next_wide(&self, byte: u8) -> Option<(Sort, usize)> {
        // Nordic letters; `×` and `÷` stand among them.
        if byte == 0xc3 && !matches!(self.bytes.get(self.place + 1), Some(0x97 | 0xb7)) {
            return Some((Sort::Letter, 2));
        }
        // Latin letters with marks, and Cyrillic ones: nothing else begins with these octets.
        if matches!(byte, 0xc4..=0xc9 | 0xd0 | 0xd1) {
            return Some((Sort::Letter, 2));
        }
        let c = self.text.get(self.place..)?.chars().next()?;
        Some((sort(c), c.len_utf8()))
    }

    /// Reads a word; gives its end and what the lexicon knows of it.
    fn letters(&mut self) -> (usize, u16) {
        let mut hash = Hash::default();
        let mut end = self.place;
        loop {
            while let Some(byte) = self.bytes.get(self.place).filter(|b| CLASSES[usize::from(**b)] == Class::Letter) {
                hash.push(byte | 0x20);
                self.place += 1;
                end = self.place;
            }
            let Some(byte) = self.bytes.get(self.place).filter(|b| **b >= 0x80) else { break };
            match self.next_wide(*byte) {
                Some((Sort::Letter, length)) => {
                    let octets = self.bytes.get(self.place..self.place + length).unwrap_or_default();
                    lexicon::fold(octets).for_each(|octet| hash.push(octet));
                    self.place += length;
                    end = self.place;
                }
                // A gap of the kind nobody sees parts nothing.
                Some((Sort::Unseen, length)) => self.place += length,
                _ => break,
            }
        }
        (end, self.lexicon.find(hash.finish()))
    }

    /// Reads a number; gives its end and how many digits it has.
    fn digits(&mut self) -> (usize, u8) {
        let (mut end, mut count) = (self.place, 0_u8);
        while let Some((sort, length)) = self.next() {
            let is_digit = matches!(sort, Sort::Digit);
            // What makes an emoji of a digit is part of it; other unseen signs part nothing.
            let is_dress = matches!(sort, Sort::Unseen)
                && self.text.get(self.place..).is_some_and(|rest| rest.starts_with(['\u{fe0f}', '\u{20e3}']));
            if !matches!(sort, Sort::Digit | Sort::Unseen) {
                break;
            }
            self.place += length;
            count = count.saturating_add(u8::from(is_digit));
            if is_digit || is_dress {
                end = self.place;
            }
        }
        (end, count)
    }
}

fn widened(gap: Gap, sort: &Sort) -> Gap {
    match sort {
        Sort::Line if gap >= Gap::Line => Gap::Paragraph,
        Sort::Line => Gap::Line,
        Sort::Space => gap.max(Gap::Blank),
        _ => gap,
    }
}
