//! Whether the finished letter's header is exactly what it may be.

use crate::mime::decode;
use crate::write::FIELDS;

/// Fields every finished letter has.
const REQUIRED: [&str; 8] = [
    "From",
    "To",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
    crate::hop::FIELD,
];

/// Longest line, without its line end (RFC 5322 §2.1.1).
const LINE_MAX: usize = 998;

/// Whether something is wrong with the header or the lines of a letter.
pub(super) fn check(letter: &[u8]) -> bool {
    let Some(end) = memchr::memmem::find(letter, b"\r\n\r\n") else { return true };
    let (header, body) = (&letter[..end + 2], &letter[end + 4..]);
    let names = field_names(header);
    let is_listed = names.as_ref().is_some_and(|names| {
        let known = names.iter().all(|name| FIELDS.contains(name));
        let once = names.iter().enumerate().all(|(place, name)| !names[..place].contains(name));
        known && once && REQUIRED.iter().all(|name| names.contains(name))
    });
    !is_listed || !has_sound_lines(header) || !has_sound_lines(body)
}

/// The names of the fields; `None` if a line is neither a field nor a continuation.
fn field_names(header: &[u8]) -> Option<Vec<&str>> {
    let header = std::str::from_utf8(header).ok()?;
    let lines = header.split("\r\n").filter(|line| !line.is_empty());
    lines.filter(|line| !line.starts_with(' ')).map(|line| line.split_once(": ").map(|(name, _)| name)).collect()
}

/// ASCII only, no bare CR or LF, nothing too long, no line of blanks only.
fn has_sound_lines(bytes: &[u8]) -> bool {
    let Some(text) = std::str::from_utf8(bytes).ok().filter(|text| text.is_ascii()) else { return false };
    text.split("\r\n").all(|line| {
        let is_printable = line.bytes().all(|b| matches!(b, b' '..=b'~' | b'\t'));
        line.len() <= LINE_MAX && is_printable && (line.is_empty() || !line.trim().is_empty())
    })
}

/// The octets of a letter by what may stand in them.
pub(super) struct Split<'a> {
    /// The header without the thread identifiers.
    pub(super) header: Vec<u8>,
    /// The thread identifiers alone: the reader's own may name the reader.
    pub(super) threads: Vec<u8>,
    pub(super) body: &'a [u8],
}

/// Splits a letter; without a blank line it is all header.
pub(super) fn split(letter: &[u8]) -> Split<'_> {
    let end = memchr::memmem::find(letter, b"\r\n\r\n").map_or(letter.len(), |place| place + 4);
    let mut split = Split { header: Vec::with_capacity(end), threads: Vec::new(), body: &letter[end..] };
    let mut in_threads = false;
    for line in letter[..end].split_inclusive(|b| *b == b'\n') {
        if !line.starts_with(b" ") {
            in_threads = line.starts_with(b"In-Reply-To:") || line.starts_with(b"References:");
        }
        if in_threads { split.threads.extend_from_slice(line) } else { split.header.extend_from_slice(line) }
    }
    split
}

/// Whether a body, decoded by our own means, is just what another reader made of it. Then its octets show nothing
/// that the text does not: what is not escaped stands in both.
pub(super) fn reads_alike(header: &[u8], body: &[u8], text: &str) -> bool {
    let has = |encoding: &str| {
        memchr::memmem::find(header, format!("\r\nContent-Transfer-Encoding: {encoding}\r\n").as_bytes()).is_some()
    };
    if has("7bit") {
        body == text.as_bytes()
    } else if has("quoted-printable") {
        decode::quoted_printable(body) == text.as_bytes()
    } else {
        false
    }
}
