//! One identifier, and whether it stands at a place of a folded text.

use super::{forms, usage};
use crate::known::fold::Folded;
use crate::known::ordinary::Care;
use crate::report::Seen;
use std::cell::OnceCell;

/// How `@` and `.` are written out by people who hide an address from machines, folded; the empty ones last of all
/// that could be meant.
const ATS: [&[u8]; 9] = [b"", b"at", b"a", b"snabela", b"snabel", b"krollalfa", b"alfakroll", b"miukumauku", b"arroba"];
const DOTS: [&[u8]; 7] = [b"", b"dot", b"punkt", b"punktum", b"prick", b"piste", b"pistet"];
/// Folded length from which an address is looked for inside words, whatever parts it.
pub(super) const INSIDE_MIN: usize = 12;
/// Longest ending of a declined name.
const ENDING_MAX: usize = 8;

/// Most octets of a handle before or after the name in it.
const HANDLE_MAX: usize = 24;

/// One identifier as it is searched for.
pub(super) struct Needle {
    /// How it begins, or all of it.
    pub(super) octets: Vec<u8>,
    pub(super) seen: Seen,
    pub(super) fit: Fit,
}

/// Where a needle may match.
pub(super) enum Fit {
    /// A part of a name: one word, in any case of its language, or letter by letter.
    Name(Care),
    /// A stem that is a name with a Finnish ending only.
    Stem(Care),
    /// Words parted just so, by anything or by marks only.
    Words { joins: Vec<usize>, ending: Ending, parted_by: PartedBy },
    /// Whole words with any gaps.
    Loose(Ending),
    /// Anywhere.
    Inside,
    /// An address: local part, host, and what people write for the marks between their words.
    Address { words: Vec<Vec<u8>>, host: usize },
    /// First letters of names, as somebody signs: capitals with dots, or alone under a letter.
    Initials,
    /// An allowed word and the first letter of a name; the letter alone is taken.
    Letter,
}

/// What may follow an identifier in its last word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Nothing.
    None,
    /// The genitive, a Finnish case.
    Name,
    /// A letter of a house.
    House,
    /// Digits, as handles have them.
    Digits,
}

/// What may stand between words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PartedBy {
    /// Blanks or marks.
    Anything,
    /// Marks, but no blanks; or blanks between capitalised words.
    Marks,
    /// Marks, never blanks.
    NoBlanks,
    /// One blank or mark that ends no sentence: what two ordinary words are parted by when they are a name.
    OneMark,
}

impl PartedBy {
    fn allows(self, view: &View<'_>, first: usize, next: usize) -> bool {
        match self {
            Self::Anything => true,
            Self::OneMark => matches!(view.gap(next), " " | "\u{a0}" | "\n" | "-" | "_" | "." | ", " | "  "),
            Self::NoBlanks => !view.gap(next).contains(char::is_whitespace),
            Self::Marks => {
                !view.gap(next).contains(char::is_whitespace) || view.is_capital(first) && view.is_capital(next)
            }
        }
    }
}

/// A text under search.
pub(super) struct View<'a> {
    text: &'a str,
    folded: &'a Folded,
    finnish: OnceCell<bool>,
}

impl<'a> View<'a> {
    pub(super) fn of(text: &'a str, folded: &'a Folded) -> Self {
        Self { text, folded, finnish: OnceCell::new() }
    }

    fn is_finnish(&self) -> bool {
        *self.finnish.get_or_init(|| usage::is_finnish(self.text))
    }

    /// Where the word that goes on at a place ends, if it does soon.
    fn word_end(&self, from: usize) -> Option<usize> {
        (from..=from + ENDING_MAX).find(|place| self.folded.is_end(*place))
    }

    /// The words that a match begins and ends in: what is left of them would tell the rest.
    fn whole_words(&self, from: usize, to: usize) -> (usize, usize) {
        let begin = (from.saturating_sub(HANDLE_MAX)..=from).rev().find(|place| self.folded.is_start(*place));
        let end = (to..=to + HANDLE_MAX).find(|place| self.folded.is_end(*place));
        (begin.unwrap_or(from), end.unwrap_or(to))
    }

    /// The octets of the same word that follow a place.
    fn tail(&self, end: usize) -> Option<&'a [u8]> {
        self.folded.octets.get(end..self.word_end(end)?)
    }

    /// What is written between an octet and the one before it.
    fn gap(&self, place: usize) -> &'a str {
        let (Some(before), true) = (place.checked_sub(1), place < self.folded.octets.len()) else { return "" };
        self.text.get(self.folded.span(before, place).1..self.folded.span(place, place + 1).0).unwrap_or_default()
    }

    fn is_capital(&self, place: usize) -> bool {
        let (begin, end) = self.folded.span(place, place + 1);
        self.text[begin..end].starts_with(char::is_uppercase)
    }
}

impl Needle {
    /// What an index finds the needle by: at least two octets, once for each way it may begin.
    pub(super) fn heads(&self, mut push: impl FnMut(&[u8])) {
        match &self.fit {
            Fit::Address { words, .. } if self.octets.len() < 2 => {
                for separator in if words.len() > 2 { [ATS.as_slice(), &DOTS].concat() } else { ATS.to_vec() } {
                    let next = words.get(1).map(Vec::as_slice).unwrap_or_default();
                    let begun = [&self.octets, separator, next].concat();
                    push(&begun[..begun.len().min(2)]);
                }
            }
            _ => push(&self.octets),
        }
    }

    /// Whether it stands at the beginning of a word only.
    pub(super) fn begins_word(&self) -> bool {
        match &self.fit {
            Fit::Inside => false,
            Fit::Address { words, .. } => words.iter().map(Vec::len).sum::<usize>() < INSIDE_MIN,
            _ => true,
        }
    }

    /// The octets that are to be taken, if the needle stands at a place of the folded text.
    pub(super) fn fits(&self, view: &View<'_>, place: usize) -> Option<(usize, usize)> {
        let folded = view.folded;
        let end = place + self.octets.len();
        if folded.octets.get(place..end)? != self.octets.as_slice() {
            return None;
        }
        let inner_starts = || (place + 1..end).filter(|inner| folded.is_start(*inner));
        match &self.fit {
            Fit::Inside => Some(view.whole_words(place, end)),
            Fit::Loose(ending) => {
                let to = folded.is_start(place).then(|| ending.after(view, end, Care::NONE))??;
                Some((place, to))
            }
            Fit::Name(care) => self.fits_name(view, place, *care),
            Fit::Stem(care) => {
                let is_whole = folded.is_start(place) && inner_starts().next().is_none();
                let tail = view.tail(end)?;
                let is_declined =
                    is_whole && forms::is_finnish_ending(tail, care.has(Care::PLACE)) && view.is_finnish();
                (is_declined && usage::is_name(view.text, folded.span(place, end), *care)).then_some((place, end))
            }
            Fit::Words { joins, ending, parted_by } => {
                let is_parted = inner_starts().map(|inner| inner - place).eq(joins.iter().copied());
                let is_near = joins.iter().all(|join| parted_by.allows(view, place, place + join));
                let to =
                    (folded.is_start(place) && is_parted && is_near).then(|| ending.after(view, end, Care::NONE))??;
                Some((place, to))
            }
            Fit::Address { words, host } => fits_address(view, place, words, *host),
            Fit::Initials => self.fits_initials(view, place),
            Fit::Letter => {
                let is_parted = inner_starts().eq([end - 1]);
                let is_letter = is_parted && folded.is_start(place) && folded.is_end(end);
                let is_initial = is_letter && view.is_capital(end - 1) && !is_pronoun(view, end - 1);
                (is_initial && matches!(view.gap(end - 1), " " | "\u{a0}" | "-" | "_" | ".")).then_some((end - 1, end))
            }
        }
    }

    fn fits_name(&self, view: &View<'_>, place: usize, care: Care) -> Option<(usize, usize)> {
        let (folded, end) = (view.folded, place + self.octets.len());
        if !folded.is_start(place) {
            return None;
        }
        let starts = (place + 1..end).filter(|inner| folded.is_start(*inner)).count();
        if starts > 0 {
            // `A n n a`, `a.n.n.a`: nobody writes a sentence so.
            let is_spaced = self.octets.len() > 3 && starts + 1 == self.octets.len() && folded.is_end(end);
            return is_spaced.then_some((place, end));
        }
        let to = Ending::Name.after(view, end, care)?;
        usage::is_name(view.text, folded.span(place, end), care).then_some((place, to))
    }

    fn fits_initials(&self, view: &View<'_>, place: usize) -> Option<(usize, usize)> {
        let (folded, end) = (view.folded, place + self.octets.len());
        let is_whole = folded.is_start(place) && folded.is_end(end) && (place..end).all(|inner| view.is_capital(inner));
        if !is_whole {
            return None;
        }
        let (begin, stop) = folded.span(place, end);
        let is_dotted = (place + 1..end).all(|inner| matches!(view.gap(inner), "." | ". ") && folded.is_start(inner));
        let is_close = (place + 1..end).all(|inner| !folded.is_start(inner));
        let is_alone = (is_dotted || is_close) && stands_alone(view.text, begin, stop);
        (is_alone || is_dotted && view.text[stop..].starts_with('.')).then_some((place, end))
    }
}

/// The English `I` is no initial.
fn is_pronoun(view: &View<'_>, place: usize) -> bool {
    let (begin, end) = view.folded.span(place, place + 1);
    &view.text[begin..end] == "I" && !view.text[end..].starts_with('.')
}

/// Alone on its line, after a dash or a stroke at most.
fn stands_alone(text: &str, begin: usize, end: usize) -> bool {
    let from = text.ceil_char_boundary(begin.saturating_sub(16));
    let to = text.floor_char_boundary((end + 16).min(text.len()));
    let before = text[from..begin].trim_end_matches([' ', '/', '-', '–']);
    let after = text[end..to].trim_start_matches(['.', ' ']);
    (before.is_empty() && from == 0 || before.ends_with('\n'))
        && (after.is_empty() && to == text.len() || after.starts_with('\n'))
}

impl Ending {
    /// Where an identifier ends that ends at a place, its ending looked at; `None` if its word goes on otherwise.
    fn after(self, view: &View<'_>, end: usize, care: Care) -> Option<usize> {
        if view.folded.is_end(end) {
            // `12 B`
            return Some(if self == Self::House && is_house_letter(view, end) { end + 1 } else { end });
        }
        let tail = view.tail(end)?;
        let is_digits = tail.len() <= 4 && tail.iter().all(u8::is_ascii_digit);
        match self {
            Self::None => None,
            Self::House => (tail.len() == 1 && matches!(tail[0], b'a'..=b'h')).then_some(end + 1),
            Self::Digits => is_digits.then_some(end + tail.len()),
            Self::Name if tail == b"s" => Some(end),
            Self::Name if is_digits && care == Care::NONE => Some(end + tail.len()),
            Self::Name => (forms::is_finnish_ending(tail, care.has(Care::PLACE)) && view.is_finnish()).then_some(end),
        }
    }
}

fn is_house_letter(view: &View<'_>, place: usize) -> bool {
    place < view.folded.octets.len()
        && matches!(view.folded.octets[place], b'a'..=b'h')
        && view.folded.is_end(place + 1)
        && view.gap(place) == " "
        && view.is_capital(place)
}

fn fits_address(view: &View<'_>, place: usize, words: &[Vec<u8>], host: usize) -> Option<(usize, usize)> {
    let octets = &view.folded.octets;
    let length: usize = words.iter().map(Vec::len).sum();
    let mut end = place;
    for (number, word) in words.iter().enumerate() {
        let separators: &[&[u8]] = match number {
            0 => &[b""],
            n if n == host => &ATS,
            _ => &DOTS,
        };
        let from = separators.iter().find_map(|separator| {
            let from = end + separator.len();
            let stands =
                octets.get(end..from)? == *separator && octets.get(from..from + word.len())? == word.as_slice();
            // Short words in a row are no address unless something marks it as one.
            let is_marked = number != host
                || length >= INSIDE_MIN
                || !separator.is_empty()
                || view.gap(from).contains(|c: char| !c.is_whitespace() && c != '.' && c != ',');
            (stands && is_marked).then_some(from)
        })?;
        end = from + word.len();
    }
    let is_whole = length >= INSIDE_MIN || view.folded.is_start(place) && view.folded.is_end(end);
    is_whole.then(|| if length >= INSIDE_MIN { view.whole_words(place, end) } else { (place, end) })
}
