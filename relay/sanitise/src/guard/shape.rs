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
    !is_listed || !is_dated_in_utc(header) || !has_sound_lines(header) || !has_sound_lines(body)
}

/// Any other offset would tell where the writer is.
fn is_dated_in_utc(header: &[u8]) -> bool {
    memchr::memmem::find(header, b"\r\nDate: ").is_some_and(|place| {
        let line = &header[place + 2..];
        let end = memchr::memchr(b'\r', line).unwrap_or(line.len());
        line[..end].ends_with(b" +0000")
    })
}

/// Whether the header of a part holds only the fields that a part has.
pub(super) fn is_part_header(header: &[u8]) -> bool {
    const PART_FIELDS: [&str; 3] = ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition"];
    field_names(header).is_some_and(|names| names.iter().all(|name| PART_FIELDS.contains(name)))
}

/// Whether a file's name tells nothing but what the file is: `bild-1.png`.
pub(super) fn is_neutral_name(name: &str) -> bool {
    const WORDS: [&str; 8] = ["bild", "bilde", "billede", "picture", "dokument", "document", "text", "tekst"];
    const ENDINGS: [&str; 12] =
        ["jpg", "png", "gif", "webp", "pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt"];
    let pieces = name.split_once('-').and_then(|(word, rest)| Some((word, rest.split_once('.')?)));
    pieces.is_some_and(|(word, (number, ending))| {
        WORDS.contains(&word) && ENDINGS.contains(&ending) && number.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Whether a part is of a type that is ever written.
pub(super) fn is_known_type(main: &str, sub: &str) -> bool {
    match main {
        "multipart" => matches!(sub, "mixed" | "alternative"),
        "text" => matches!(sub, "plain" | "html"),
        "image" => matches!(sub, "jpeg" | "png" | "gif" | "webp"),
        "application" => {
            sub == "pdf"
                || sub.starts_with("vnd.openxmlformats-officedocument.")
                || sub.starts_with("vnd.oasis.opendocument.")
        }
        _ => false,
    }
}

/// The names of the fields; `None` if a line is neither a field nor a continuation.
fn field_names(header: &[u8]) -> Option<Vec<&str>> {
    let header = std::str::from_utf8(header).ok()?;
    let lines = header.split("\r\n").filter(|line| !line.is_empty());
    lines.filter(|line| !line.starts_with(' ')).map(|line| line.split_once(": ").map(|(name, _)| name)).collect()
}

/// ASCII only, no bare CR or LF, nothing too long, no line of blanks only.
fn has_sound_lines(bytes: &[u8]) -> bool {
    let mut from = 0;
    for end in memchr::memchr_iter(b'\n', bytes).chain([bytes.len() + 1]) {
        let line = &bytes[from..end.min(bytes.len())];
        let is_last = end > bytes.len();
        let Some(line) = line.strip_suffix(b"\r").or(is_last.then_some(line)) else { return false };
        // Counted, without a way out in the middle, so that many octets are looked at at once.
        let is_printable = line.iter().filter(|b| !matches!(b, b' '..=b'~' | b'\t')).count() == 0;
        let is_blank = matches!(line.first(), Some(b' ' | b'\t')) && line.trim_ascii().is_empty();
        if line.len() > LINE_MAX || !is_printable || is_blank {
            return false;
        }
        from = end + 1;
    }
    true
}

/// The octets of a letter by what may stand in them.
pub(super) struct Split {
    /// The header without the thread identifiers.
    pub(super) header: Vec<u8>,
    /// The thread identifiers alone: the reader's own may name the reader.
    pub(super) threads: Vec<u8>,
}

/// Splits a letter; without a blank line it is all header.
pub(super) fn split(letter: &[u8]) -> Split {
    let end = memchr::memmem::find(letter, b"\r\n\r\n").map_or(letter.len(), |place| place + 4);
    let mut split = Split { header: Vec::with_capacity(end), threads: Vec::new() };
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
    } else if has("base64") {
        decode::base64(body) == text.as_bytes()
    } else {
        false
    }
}
