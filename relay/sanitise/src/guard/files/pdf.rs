//! PDF files read without their table of contents: every stream unpacked, every string joined, every name undone.

use super::{Allowance, from_hex, show_octets, wide};
use memchr::memmem;

/// Names that no rebuilt file has.
const NO_NAMES: [&[u8]; 21] = [
    b"/Author",
    b"/Info",
    b"/Metadata",
    b"/JavaScript",
    b"/JS",
    b"/OpenAction",
    b"/Annots",
    b"/Annot",
    b"/AcroForm",
    b"/Outlines",
    b"/URI",
    b"/EmbeddedFile",
    b"/EmbeddedFiles",
    b"/Filespec",
    b"/Launch",
    b"/SubmitForm",
    b"/PieceInfo",
    b"/LastModified",
    b"/StructTreeRoot",
    b"/Thumb",
    b"/GoToR",
];
/// Longest name of an entry.
const NAME_MAX: usize = 127;

/// Shows the texts of a file; `true` if something may not be there, or if it unpacks to too much.
pub(super) fn open(octets: &[u8], left: &mut Allowance, show: &mut dyn FnMut(&str)) -> bool {
    let mut is_odd = memmem::find(octets, b"<?xpacket").is_some() || memmem::find_iter(octets, b"%%EOF").count() > 2;
    let mut outside = Vec::new();
    let mut from = 0;
    while let Some(begin) = memmem::find(&octets[from..], b"stream").map(|place| from + place) {
        let data = begin + 6;
        outside.extend_from_slice(&octets[from..begin]);
        let end = memmem::find(&octets[data..], b"endstream").map_or(octets.len(), |length| data + length);
        let packed = octets[data..end].trim_ascii_start();
        let Some(content) = content(packed, left) else { return true };
        is_odd |= show_stream(&content, show);
        from = (end + 9).min(octets.len());
    }
    outside.extend_from_slice(&octets[from..]);
    is_odd | show_code(&outside, show)
}

/// A stream unpacked; what is no deflated stream is taken as it is.
fn content(packed: &[u8], left: &mut Allowance) -> Option<Vec<u8>> {
    match packed {
        [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => left.inflate(packed, true),
        _ => Some(packed.to_vec()),
    }
}

fn show_stream(content: &[u8], show: &mut dyn FnMut(&str)) -> bool {
    if content.starts_with(&[0xff, 0xd8]) {
        return super::picture::jpeg(content.trim_ascii_end(), show);
    }
    let printable = content.iter().take(2048).filter(|b| b.is_ascii_graphic() || b.is_ascii_whitespace()).count();
    // Fonts and pixels hold no words; their octets would only be mistaken for some.
    if printable * 10 < content.len().min(2048) * 7 {
        return false;
    }
    show_code(content, show)
}

/// Objects or drawing commands: strings by themselves and joined, names, and all of it as it is.
fn show_code(code: &[u8], show: &mut dyn FnMut(&str)) -> bool {
    let mut reader = Reader { code, place: 0, joined: Vec::new(), parted: String::new(), is_odd: false };
    reader.read();
    show_octets(&reader.joined, show);
    show(&reader.parted);
    show_octets(code, show);
    reader.is_odd
}

struct Reader<'a> {
    code: &'a [u8],
    place: usize,
    /// Strings run together, as a page shows them.
    joined: Vec<u8>,
    /// Strings and names each by itself.
    parted: String,
    is_odd: bool,
}

impl Reader<'_> {
    fn read(&mut self) {
        while let Some(octet) = self.code.get(self.place) {
            match octet {
                b'(' => {
                    let string = self.literal();
                    self.string(&string);
                }
                b'<' if self.code.get(self.place + 1) == Some(&b'<') => self.place += 2,
                b'<' => {
                    let rest = &self.code[self.place + 1..];
                    let Some(length) = memchr::memchr(b'>', rest) else { return };
                    self.place += length + 2;
                    self.string(&from_hex(&rest[..length]));
                }
                b'/' => self.name(),
                // A new line of text parts words.
                b'T' if matches!(self.code.get(self.place + 1), Some(b'd' | b'D' | b'*' | b'm')) => {
                    self.joined.push(b' ');
                    self.place += 2;
                }
                _ => self.place += 1,
            }
        }
    }

    fn string(&mut self, octets: &[u8]) {
        if octets.starts_with(&[0xfe, 0xff]) {
            self.parted.push_str(&wide(&octets[2..]));
        } else {
            self.parted.extend(octets.iter().map(|b| char::from(*b)));
            if octets.len() > 3 && octets.iter().step_by(2).all(|b| *b == 0) {
                self.parted.push('\n');
                self.parted.push_str(&wide(octets));
            }
        }
        self.parted.push('\n');
        self.joined.extend(octets.iter().filter(|b| **b != 0));
    }

    /// A string in brackets, its escapes undone (ISO 32000-1 §7.3.4.2).
    fn literal(&mut self) -> Vec<u8> {
        let (mut out, mut depth) = (Vec::new(), 0_usize);
        while let Some(octet) = self.code.get(self.place) {
            self.place += 1;
            match octet {
                b'(' => {
                    if depth > 0 {
                        out.push(b'(');
                    }
                    depth += 1;
                }
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                    out.push(b')');
                }
                b'\\' => self.escape(&mut out),
                other => out.push(*other),
            }
        }
        out
    }

    fn escape(&mut self, out: &mut Vec<u8>) {
        let digits = self.code[self.place..].iter().take(3).take_while(|b| matches!(b, b'0'..=b'7')).count();
        if digits > 0 {
            let octal = &self.code[self.place..self.place + digits];
            out.push(octal.iter().fold(0_u8, |value, digit| value.wrapping_mul(8).wrapping_add(digit - b'0')));
            self.place += digits;
            return;
        }
        match self.code.get(self.place) {
            Some(b'n' | b'r' | b't') => out.push(b' '),
            Some(b'\r') if self.code.get(self.place + 1) == Some(&b'\n') => self.place += 1,
            Some(b'\r' | b'\n') | None => {}
            Some(other) => out.push(*other),
        }
        self.place += 1;
    }

    /// A name, its escapes undone (§7.3.5).
    fn name(&mut self) {
        let rest = &self.code[self.place..];
        let is_end = |b: &u8| b.is_ascii_whitespace() || b"()<>[]{}/%".contains(b);
        let length = 1 + rest.iter().skip(1).take(NAME_MAX).take_while(|b| !is_end(b)).count();
        let mut name = Vec::with_capacity(length);
        let mut pieces = rest[..length].split(|b| *b == b'#');
        name.extend_from_slice(pieces.next().unwrap_or_default());
        for piece in pieces {
            let (hex, tail) = piece.split_at(piece.len().min(2));
            name.extend(from_hex(hex));
            name.extend_from_slice(tail);
        }
        self.is_odd |= NO_NAMES.contains(&name.as_slice());
        self.parted.extend(name.iter().map(|b| char::from(*b)));
        self.parted.push('\n');
        self.place += length;
    }
}
