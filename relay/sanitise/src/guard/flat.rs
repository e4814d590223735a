//! The guard's own normal form of a text: whole words of plain letters, parted by single blanks.

use crate::html::entity;
use crate::known::lookalike;
use memchr::memmem;

/// A text in normal form, with and without blanks, and its digits.
pub(super) struct Flat {
    spaced: String,
    squeezed: String,
    digits: Vec<u8>,
}

/// Stands where a blank line was: no identifier reaches over it.
const WALL: char = '\n';
/// Most characters between two digits of one number.
const DIGIT_GAP: usize = 4;

impl Flat {
    pub(super) fn of(text: &str) -> Self {
        let spaced = spaced(text);
        let squeezed = spaced.replace(' ', "");
        Self { spaced, squeezed, digits: digit_runs(text) }
    }

    /// Whether words stand in the text as whole words, or in the genitive.
    pub(super) fn has_words(&self, words: &str) -> bool {
        let text = self.spaced.as_bytes();
        let is_edge = |place: usize| text.get(place).is_none_or(|b| matches!(b, b' ' | b'\n'));
        memmem::find_iter(text, words.as_bytes()).any(|from| {
            let end = from + words.len();
            let ends = is_edge(end) || text.get(end) == Some(&b's') && is_edge(end + 1);
            (from == 0 || is_edge(from - 1)) && ends
        })
    }

    pub(super) fn has_squeezed(&self, letters: &str) -> bool {
        memmem::find(self.squeezed.as_bytes(), letters.as_bytes()).is_some()
    }

    pub(super) fn has_digits(&self, digits: &[u8]) -> bool {
        memmem::find(&self.digits, digits).is_some()
    }
}

/// Plain lower-case words with single blanks.
pub(super) fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut parted, mut line_ends) = (false, 0);
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            part(&mut out, &mut parted, &mut line_ends);
            out.push(c.to_ascii_lowercase());
            continue;
        }
        if c.is_ascii() {
            parted = true;
            line_ends += usize::from(c == '\n');
            continue;
        }
        let before = out.len();
        lookalike::plain(c, |plain| {
            part(&mut out, &mut parted, &mut line_ends);
            out.push(plain);
        });
        // Marks that join the letter before them, and characters nobody sees, part nothing.
        let is_silent = unicode_normalization::char::is_combining_mark(c)
            || crate::text::tidy::is_unseen(c)
            || matches!(c, '\u{200c}' | '\u{200d}');
        parted |= out.len() == before && !is_silent;
    }
    out
}

fn part(out: &mut String, parted: &mut bool, line_ends: &mut usize) {
    if *parted && !out.is_empty() {
        out.push(if *line_ends > 1 { WALL } else { ' ' });
    }
    *parted = false;
    *line_ends = 0;
}

/// All digits of a text; a letter, or a long gap, stands between runs.
fn digit_runs(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut gap = 0;
    for c in text.chars() {
        match c.to_digit(10).or_else(|| wide_digit(c)) {
            Some(digit) => {
                if gap > DIGIT_GAP {
                    out.push(b' ');
                }
                gap = 0;
                out.push(b'0' + u8::try_from(digit).unwrap_or(0));
            }
            None => gap += if c.is_alphabetic() { DIGIT_GAP + 1 } else { 1 },
        }
    }
    out
}

fn wide_digit(c: char) -> Option<u32> {
    let value = u32::from(c);
    (0xff10..=0xff19).contains(&value).then(|| value - 0xff10)
}

/// A text with percent-encoding and character references undone; `None` when it has neither.
pub(super) fn undone(text: &str) -> Option<String> {
    let has_percent = memchr::memchr(b'%', text.as_bytes()).is_some();
    let has_reference = memchr::memchr(b'&', text.as_bytes()).is_some();
    if !has_percent && !has_reference {
        return None;
    }
    let mut unescaped = String::with_capacity(text.len());
    entity::decode_into(text, &mut unescaped);
    let once = percent_undone(&unescaped);
    Some(percent_undone(&once))
}

fn percent_undone(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut pieces = text.split('%');
    out.extend_from_slice(pieces.next().unwrap_or_default().as_bytes());
    for piece in pieces {
        match piece.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(octet) => {
                out.push(octet);
                out.extend_from_slice(&piece.as_bytes()[2..]);
            }
            None => {
                out.push(b'%');
                out.extend_from_slice(piece.as_bytes());
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
