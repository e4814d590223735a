//! The guard's own normal form of a text: whole words of plain letters, parted by single blanks.

use crate::html::entity;
use crate::known::lookalike;
use crate::text::tidy::is_unseen;
use memchr::memmem;
use unicode_normalization::char::is_combining_mark;

/// A text in normal form, with and without blanks, and its digits.
pub(super) struct Flat {
    spaced: Vec<u8>,
    squeezed: Vec<u8>,
    digits: Vec<u8>,
}

/// Stands where a blank line was: no identifier reaches over it.
const WALL: u8 = b'\n';
/// Most characters between two digits of one number.
const DIGIT_GAP: usize = 4;

impl Flat {
    pub(super) fn of(text: &str, with_digits: bool) -> Self {
        let mut writer = Writer::with_capacity(text.len());
        writer.write(text);
        let digits = if with_digits { digit_runs(text) } else { Vec::new() };
        Self { spaced: writer.spaced, squeezed: writer.squeezed, digits }
    }

    /// Whether words stand in the text as whole words, or in the genitive.
    pub(super) fn has_words(&self, words: &str) -> bool {
        let text = self.spaced.as_slice();
        let is_edge = |place: usize| text.get(place).is_none_or(|b| matches!(b, b' ' | b'\n'));
        memmem::find_iter(text, words.as_bytes()).any(|from| {
            let end = from + words.len();
            let ends = is_edge(end) || text.get(end) == Some(&b's') && is_edge(end + 1);
            (from == 0 || is_edge(from - 1)) && ends
        })
    }

    pub(super) fn has_squeezed(&self, letters: &str) -> bool {
        memmem::find(&self.squeezed, letters.as_bytes()).is_some()
    }

    pub(super) fn has_digits(&self, digits: &[u8]) -> bool {
        memmem::find(&self.digits, digits).is_some()
    }
}

/// Plain lower-case words with single blanks.
pub(super) fn spaced(text: &str) -> String {
    let mut writer = Writer::with_capacity(text.len());
    writer.write(text);
    String::from_utf8(writer.spaced).unwrap_or_default()
}

/// Writes the normal form with and without blanks in one pass.
struct Writer {
    spaced: Vec<u8>,
    squeezed: Vec<u8>,
    /// Whether something parts the next letter from the last, and how many line ends did.
    parted: bool,
    line_ends: usize,
}

impl Writer {
    fn with_capacity(size: usize) -> Self {
        Self {
            spaced: Vec::with_capacity(size + 8),
            squeezed: Vec::with_capacity(size + 8),
            parted: false,
            line_ends: 0,
        }
    }

    fn write(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut place = 0;
        while let Some(byte) = bytes.get(place) {
            if byte.is_ascii_alphanumeric() {
                self.letter(&[byte.to_ascii_lowercase()]);
            } else if byte.is_ascii() {
                self.parted = true;
                self.line_ends += usize::from(*byte == b'\n');
            } else if let Some(c) = text[place..].chars().next() {
                self.wide(c);
                place += c.len_utf8() - 1;
            }
            place += 1;
        }
    }

    fn wide(&mut self, c: char) {
        let before = self.spaced.len();
        lookalike::plain(c, |plain| self.letter(plain.encode_utf8(&mut [0; 4]).as_bytes()));
        // Marks that join the letter before them, and characters nobody sees, part nothing.
        let is_silent = is_combining_mark(c) || is_unseen(c) || matches!(c, '\u{200c}' | '\u{200d}');
        self.parted |= self.spaced.len() == before && !is_silent;
    }

    fn letter(&mut self, octets: &[u8]) {
        if self.parted && !self.spaced.is_empty() {
            let is_wall = self.line_ends > 1;
            self.spaced.push(if is_wall { WALL } else { b' ' });
            if is_wall {
                self.squeezed.push(WALL);
            }
        }
        self.parted = false;
        self.line_ends = 0;
        self.spaced.extend_from_slice(octets);
        self.squeezed.extend_from_slice(octets);
    }
}

/// All digits of a text; a letter, or a long gap, stands between runs.
fn digit_runs(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut gap = 0;
    for c in text.chars() {
        if let Some(digit) = digit_of(c) {
            if gap > DIGIT_GAP {
                out.push(b' ');
            }
            gap = 0;
            out.push(digit);
        } else {
            gap += if c.is_ascii_alphabetic() || ('\u{c0}'..'\u{2000}').contains(&c) { DIGIT_GAP + 1 } else { 1 };
        }
    }
    out
}

/// A digit in ASCII, also of a full-width one.
fn digit_of(c: char) -> Option<u8> {
    let value = u32::from(c);
    let ascii = if (0xff10..=0xff19).contains(&value) { value - 0xff10 + 0x30 } else { value };
    u8::try_from(ascii).ok().filter(u8::is_ascii_digit)
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
        if let Some(octet) = piece.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            out.push(octet);
            out.extend_from_slice(&piece.as_bytes()[2..]);
        } else {
            out.push(b'%');
            out.extend_from_slice(piece.as_bytes());
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
