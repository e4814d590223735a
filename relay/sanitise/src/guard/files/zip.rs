//! Zip archives (OOXML, ODF) read by their local headers and by their directory, every entry unpacked.

use super::{Allowance, show_octets};
use memchr::memmem;

/// Most entries of a rebuilt file.
const ENTRIES_MAX: usize = 4096;
/// Octets of a local header before the name (APPNOTE 4.3.7), of a directory entry (4.3.12), of the end (4.3.16).
const LOCAL: usize = 30;
const ENTRY: usize = 46;
const END: usize = 22;

/// Entries that name somebody, or that nobody sees.
const NO_ENTRIES: [&str; 7] =
    ["docprops/", "thumbnails/", "word/people.xml", "/embeddings/", "vbaproject", "customxml/", "meta.xml"];

/// Attributes that name somebody, and the only value a rebuilt file gives them.
const NEUTRAL: [(&str, &str); 3] =
    [("w:author=\"", "Author\""), ("w:initials=\"", "A\""), ("cmAuthor name=\"", "Author\"")];
/// What stands in tags where somebody's machine is told of.
const MACHINES: [&str; 3] = [":rsid", "\"file:", "w:date=\""];

/// Shows the names, comments and texts of an archive; `true` if something may not be there.
pub(super) fn open(octets: &[u8], left: &mut Allowance, show: &mut dyn FnMut(&str)) -> bool {
    let mut is_odd = false;
    let mut place = 0;
    let mut count = 0;
    while let Some(entry) = Local::at(octets, place) {
        count += 1;
        let Some(end) = entry.end(octets) else { return true };
        is_odd |= entry.has_traces();
        let name = String::from_utf8_lossy(entry.name).to_lowercase();
        is_odd |= NO_ENTRIES.iter().any(|no| name.contains(no));
        show(&name);
        show_octets(entry.extra, show);
        let packed = octets.get(entry.data..end).unwrap_or_default();
        let content = match entry.method {
            0 => Some(packed.to_vec()),
            8 => left.inflate(packed, false),
            _ => None,
        };
        let Some(content) = content else { return true };
        is_odd |= show_content(&content, show);
        place = end + descriptor(&octets[end..]);
        if count > ENTRIES_MAX {
            return true;
        }
    }
    // Directory, comments, and whatever stands behind them.
    let rest = octets.get(place..).unwrap_or_default();
    show_octets(rest, show);
    is_odd || has_comment(rest)
}

struct Local<'a> {
    name: &'a [u8],
    extra: &'a [u8],
    method: u16,
    has_descriptor: bool,
    packed: usize,
    data: usize,
}

impl<'a> Local<'a> {
    fn at(octets: &'a [u8], place: usize) -> Option<Self> {
        let head = octets.get(place..place + LOCAL).filter(|head| head.starts_with(b"PK\x03\x04"))?;
        let short = |at: usize| u16::from_le_bytes([head[at], head[at + 1]]);
        let packed = u32::from_le_bytes([head[18], head[19], head[20], head[21]]);
        let name_end = place + LOCAL + usize::from(short(26));
        let data = name_end + usize::from(short(28));
        Some(Self {
            name: octets.get(place + LOCAL..name_end)?,
            extra: octets.get(name_end..data)?,
            method: short(8),
            has_descriptor: short(6) & 8 != 0,
            packed: usize::try_from(packed).ok()?,
            data,
        })
    }

    /// Whether an extra field tells of times, accounts or other names (4.5.2).
    fn has_traces(&self) -> bool {
        let mut rest = self.extra;
        while let [a, b, c, d, tail @ ..] = rest {
            if matches!(
                u16::from_le_bytes([*a, *b]),
                0x000a | 0x000d | 0x5455 | 0x5855 | 0x6375 | 0x7075 | 0x7855 | 0x7875
            ) {
                return true;
            }
            rest = tail.get(usize::from(u16::from_le_bytes([*c, *d]))..).unwrap_or_default();
        }
        false
    }

    /// Where the entry's octets end: by its length, or before whatever comes next.
    fn end(&self, octets: &[u8]) -> Option<usize> {
        if !self.has_descriptor || self.packed > 0 {
            return Some(self.data + self.packed).filter(|end| *end <= octets.len());
        }
        let rest = octets.get(self.data..)?;
        let next = memmem::find(rest, b"PK\x07\x08").or_else(|| memmem::find(rest, b"PK\x01\x02"));
        next.map(|length| self.data + length)
    }
}

/// The length of a data descriptor (4.3.9).
fn descriptor(rest: &[u8]) -> usize {
    if rest.starts_with(b"PK\x07\x08") { 16.min(rest.len()) } else { 0 }
}

/// Whether the archive or one of its entries has a comment.
fn has_comment(directory: &[u8]) -> bool {
    let mut place = 0;
    while let Some(head) = directory.get(place..place + ENTRY).filter(|head| head.starts_with(b"PK\x01\x02")) {
        let short = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
        if short(32) > 0 {
            return true;
        }
        place += ENTRY + short(28) + short(30);
    }
    let end = directory.get(place..).unwrap_or_default();
    !end.starts_with(b"PK\x05\x06") || end.len() != END
}

/// An entry: its raw octets, and its text with and without blanks where tags stood. An archive or picture inside
/// is opened in its turn by its shape; `true` if it has what it may not have.
fn show_content(content: &[u8], show: &mut dyn FnMut(&str)) -> bool {
    match content {
        [0xff, 0xd8, ..] => return super::picture::jpeg(content, show),
        [0x89, b'P', b'N', b'G', ..] => return super::picture::png(content, show),
        [b'G', b'I', b'F', b'8', ..] => return super::picture::gif(content, show),
        [b'P', b'K', 3, 4, ..] => return true,
        _ => {}
    }
    let text = String::from_utf8_lossy(content);
    let (mut joined, mut parted, mut inside) =
        (String::with_capacity(text.len() / 2), String::with_capacity(text.len() / 2), String::new());
    let (mut rest, mut is_odd) = (text.as_ref(), false);
    while let Some(open) = memchr::memchr(b'<', rest.as_bytes()) {
        joined.push_str(&rest[..open]);
        parted.push_str(&rest[..open]);
        let Some(close) = memchr::memchr(b'>', &rest.as_bytes()[open..]) else { break };
        let tag = &rest[open + 1..open + close];
        parted.push(' ');
        // A paragraph is a blank in any reading; a run of letters may be split anywhere.
        if tag.starts_with("/w:p>") || tag == "/w:p" || tag == "/text:p" || tag == "/a:p" || tag == "/si" {
            joined.push('\n');
        }
        if tag.contains('=') {
            is_odd |= names_somebody(tag);
            inside.push_str(tag);
            inside.push('\n');
        }
        rest = &rest[open + close + 1..];
    }
    joined.push_str(rest);
    parted.push_str(rest);
    for text in [&joined, &parted, &inside] {
        show(text);
    }
    is_odd
}

/// Whether a tag tells of an author or a machine.
fn names_somebody(tag: &str) -> bool {
    let is_named = |(key, neutral): &(&str, &str)| {
        tag.find(key).is_some_and(|place| !tag[place + key.len()..].starts_with(neutral))
    };
    NEUTRAL.iter().any(is_named) || MACHINES.iter().any(|machine| tag.contains(machine))
}
