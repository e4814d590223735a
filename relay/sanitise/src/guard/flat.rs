//! The guard's own normal form of a text: whole words of plain letters, parted by single blanks.

use crate::html::entity;
use crate::known::lookalike;
use memchr::memmem;
use unicode_normalization::char::is_combining_mark;

/// A text in normal form, with and without blanks, and its digits.
pub(super) struct Flat {
    pub(super) spaced: Vec<u8>,
    pub(super) squeezed: Vec<u8>,
    digits: Vec<u8>,
}

/// Stands where a blank line was: no identifier reaches over it.
const WALL: u8 = b'\n';
/// Most characters between two digits of one number.
const DIGIT_GAP: usize = 4;
/// Most octets between two words of one identifier.
const WORD_GAP: usize = 16;

/// Characters that show nothing, as the guard sees it: a list of its own.
fn is_silent(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{f8f0}'..='\u{f8f7}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

impl Flat {
    pub(super) fn of(text: &str, with_digits: bool) -> Self {
        let mut writer = Writer::with_capacity(text.len());
        writer.write(text);
        let digits = if with_digits { digit_runs(text) } else { Vec::new() };
        Self { spaced: writer.spaced, squeezed: writer.squeezed, digits }
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
    gap: usize,
}

impl Writer {
    fn with_capacity(size: usize) -> Self {
        Self {
            spaced: Vec::with_capacity(size + 8),
            squeezed: Vec::with_capacity(size + 8),
            parted: false,
            line_ends: 0,
            gap: 0,
        }
    }

    fn write(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut place = 0;
        while let Some(byte) = bytes.get(place) {
            if byte.is_ascii_alphanumeric() {
                let length = bytes[place..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                self.letter(b"");
                let run = &bytes[place..place + length];
                self.spaced.extend(run.iter().map(u8::to_ascii_lowercase));
                self.squeezed.extend(run.iter().map(u8::to_ascii_lowercase));
                place += length - 1;
            } else if byte.is_ascii() {
                self.parted = true;
                self.gap += 1;
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
        if self.spaced.len() == before && !is_combining_mark(c) && !is_silent(c) {
            self.parted = true;
            self.gap += c.len_utf8();
        }
    }

    fn letter(&mut self, octets: &[u8]) {
        if self.parted && !self.spaced.is_empty() {
            let is_wall = self.line_ends > 1 || self.gap > WORD_GAP;
            self.spaced.push(if is_wall { WALL } else { b' ' });
            if is_wall {
                self.squeezed.push(WALL);
            }
        }
        self.parted = false;
        self.line_ends = 0;
        self.gap = 0;
        self.spaced.extend_from_slice(octets);
        self.squeezed.extend_from_slice(octets);
    }
}

/// All digits of a text; a letter, or a long gap, stands between runs.
fn digit_runs(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let (mut last, mut place) = (0, 0);
    while let Some(offset) = bytes[place..].iter().position(|b| b.is_ascii_digit() || *b == 0xef) {
        place += offset;
        let Some((digit, length)) = digit_at(&text[place..]) else {
            place += text[place..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if parts(&text[last..place]) {
            out.push(b' ');
        }
        out.push(digit);
        place += length;
        last = place;
    }
    out
}

/// Whether what stands between two digits parts them.
fn parts(gap: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || ('\u{c0}'..'\u{2000}').contains(&c);
    gap.len() > DIGIT_GAP * 4 || gap.chars().count() > DIGIT_GAP || gap.chars().any(is_letter)
}

/// A digit in ASCII at the start of a text, also of a full-width one, and its length.
fn digit_at(text: &str) -> Option<(u8, usize)> {
    let c = text.chars().next()?;
    let value = u32::from(c);
    let ascii = if (0xff10..=0xff19).contains(&value) { value - 0xff10 + 0x30 } else { value };
    u8::try_from(ascii).ok().filter(u8::is_ascii_digit).map(|digit| (digit, c.len_utf8()))
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
    let twice = percent_undone(&once);
    (twice != text).then_some(twice)
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
