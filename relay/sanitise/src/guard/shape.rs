//! Whether the finished letter's header is exactly what it may be.

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

/// The letter without its thread identifiers, and those alone: the reader's own identifiers may name the reader.
pub(super) fn without_threads(letter: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let (mut others, mut threads) = (Vec::with_capacity(letter.len()), Vec::new());
    let end = memchr::memmem::find(letter, b"\r\n\r\n").unwrap_or(letter.len());
    let mut in_threads = false;
    for line in letter[..end].split_inclusive(|b| *b == b'\n') {
        if !line.starts_with(b" ") {
            in_threads = line.starts_with(b"In-Reply-To:") || line.starts_with(b"References:");
        }
        if in_threads { threads.extend_from_slice(line) } else { others.extend_from_slice(line) }
    }
    others.extend_from_slice(&letter[end..]);
    (others, threads)
}
