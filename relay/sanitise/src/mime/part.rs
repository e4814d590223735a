//! The tree of MIME parts (RFC 2046 §5.1), split at whole delimiter lines only and within budgets.

use super::decode::Transfer;
use super::field::{self, Field, Rigour};
use super::value::{self, Media};
use crate::limits::Limits;
use brevbro_core::reply::Refusal;
use memchr::memmem;
use std::borrow::Cow;

/// One part: a leaf with a body, or a multipart with children.
pub(crate) struct Part<'a> {
    pub(crate) media: Media,
    /// Whether the part is declared as an attachment (RFC 2183).
    pub(crate) is_attachment: bool,
    pub(crate) file_name: Option<String>,
    transfer: Transfer,
    body: &'a [u8],
    pub(crate) children: Vec<Part<'a>>,
}

/// What of the limits is left while a letter is read.
pub(crate) struct Budget {
    limits: Limits,
    parts: usize,
}

impl Budget {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self { limits: *limits, parts: limits.parts }
    }

    fn take_part(&mut self) -> Result<(), Refusal> {
        self.parts = self.parts.checked_sub(1).ok_or(Refusal::TooComplex)?;
        Ok(())
    }
}

/// Reads the tree under a header block.
pub(crate) fn read<'a>(
    fields: &[Field<'a>],
    body: &'a [u8],
    depth: usize,
    budget: &mut Budget,
) -> Result<Part<'a>, Refusal> {
    read_as(fields, body, depth, budget, "text/plain")
}

fn read_as<'a>(
    fields: &[Field<'a>],
    body: &'a [u8],
    depth: usize,
    budget: &mut Budget,
    default_kind: &str,
) -> Result<Part<'a>, Refusal> {
    budget.take_part()?;
    if depth > budget.limits.depth {
        return Err(Refusal::TooComplex);
    }
    let mut part = leaf(fields, body, default_kind);
    if part.media.kind.starts_with("multipart/")
        && let Some(pieces) = Pieces::within(body, part.media.boundary.as_deref())
    {
        let inner = if part.media.kind == "multipart/digest" { "message/rfc822" } else { "text/plain" };
        for piece in pieces {
            let block = field::split(piece, Rigour::Lenient, budget.limits.header_bytes)?;
            part.children.push(read_as(&block.fields, block.body, depth + 1, budget, inner)?);
        }
    }
    if part.children.is_empty() && part.media.kind.starts_with("multipart/") {
        // No delimiter at all: whatever is there is text, so that no word is lost.
        "text/plain".clone_into(&mut part.media.kind);
    }
    Ok(part)
}

fn leaf<'a>(fields: &[Field<'a>], body: &'a [u8], default_kind: &str) -> Part<'a> {
    let media = match field::find(fields, "Content-Type") {
        None => Media { kind: default_kind.to_owned(), ..Media::default() },
        Some(field) => readable(value::media(field), default_kind),
    };
    let disposition = field::find(fields, "Content-Disposition").map(value::media);
    let transfer = field::find(fields, "Content-Transfer-Encoding").map(|f| Transfer::named(&f.unfolded()));
    let file_name = disposition.as_ref().and_then(|d| d.file_name.clone()).or_else(|| media.file_name.clone());
    let is_attachment = disposition.is_some_and(|d| d.kind == "attachment");
    Part { media, is_attachment, file_name, transfer: transfer.unwrap_or_default(), body, children: Vec::new() }
}

/// A type that cannot be read is taken for an unknown file; half a type is met from old programs (RFC 1049), and
/// an empty one is as good as none.
fn readable(mut media: Media, default_kind: &str) -> Media {
    match media.kind.as_str() {
        "" | "/" => default_kind.clone_into(&mut media.kind),
        "text" | "plain" | "text/" | "ascii" => "text/plain".clone_into(&mut media.kind),
        "html" => "text/html".clone_into(&mut media.kind),
        "multipart" | "multipart/" => "multipart/mixed".clone_into(&mut media.kind),
        kind if !kind.contains('/') => "application/octet-stream".clone_into(&mut media.kind),
        _ => {}
    }
    media
}

impl<'a> Part<'a> {
    pub(crate) fn is(&self, kind: &str) -> bool {
        self.media.kind == kind
    }

    /// The body with its transfer encoding undone; of a text, the one it really has.
    pub(crate) fn octets(&self) -> Cow<'a, [u8]> {
        if self.media.kind.starts_with("text/") && !self.is("text/calendar") {
            self.transfer.decode_text(self.body)
        } else {
            self.transfer.decode(self.body)
        }
    }

    /// The first octets of the body, enough to tell what it is.
    pub(crate) fn head(&self) -> Cow<'a, [u8]> {
        const SENT: usize = 4096;
        self.transfer.decode(&self.body[..self.body.len().min(SENT)])
    }

    /// The body's length as sent.
    pub(crate) fn sent_length(&self) -> usize {
        self.body.len()
    }

    /// The first part of a kind, this one included.
    pub(crate) fn find(&self, kind: &str) -> Option<&Part<'a>> {
        if self.is(kind) { Some(self) } else { self.children.iter().find_map(|child| child.find(kind)) }
    }
}

/// The pieces between delimiter lines; preamble and epilogue are nobody's words and are left out.
struct Pieces<'a> {
    body: &'a [u8],
    delimiter: Vec<u8>,
    /// Where the next piece begins; `None` before the first delimiter is found and after the last.
    next: Option<usize>,
}

impl<'a> Pieces<'a> {
    /// The pieces under the declared boundary; or, if none is declared or it is not there, under the one that the
    /// first delimiter line shows.
    fn within(body: &'a [u8], boundary: Option<&str>) -> Option<Self> {
        let declared = boundary.map(|boundary| Self::of(body, boundary)).filter(|pieces| pieces.next.is_some());
        declared.or_else(|| shown_boundary(body).map(|boundary| Self::of(body, boundary)))
    }

    fn of(body: &'a [u8], boundary: &str) -> Self {
        let mut pieces = Self { body, delimiter: [b"--", boundary.as_bytes()].concat(), next: None };
        pieces.next = pieces.delimiter_from(0).and_then(|found| found.next);
        pieces
    }

    fn delimiter_from(&self, start: usize) -> Option<Delimiter> {
        let finder = memmem::Finder::new(&self.delimiter);
        let mut from = start;
        while let Some(offset) = finder.find(&self.body[from..]) {
            let place = from + offset;
            if let Some(found) = self.delimiter_at(place) {
                return Some(found);
            }
            from = place + self.delimiter.len();
        }
        None
    }

    /// A delimiter stands alone on its line, blanks after it aside: `--b5 after` is text, not the end of a part.
    fn delimiter_at(&self, place: usize) -> Option<Delimiter> {
        if place > 0 && self.body[place - 1] != b'\n' {
            return None;
        }
        let after = &self.body[place + self.delimiter.len()..];
        let is_last = after.starts_with(b"--");
        let tail = if is_last { &after[2..] } else { after };
        let line_end = memchr::memchr(b'\n', tail).unwrap_or(tail.len());
        if !is_last && !tail[..line_end].iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        let begin = self.body.len() - tail.len() + (line_end + 1).min(tail.len());
        Some(Delimiter { line: place, next: (!is_last).then_some(begin) })
    }
}

/// The boundary of the first line that looks like a delimiter: two dashes and a word, above a field of a part.
fn shown_boundary(body: &[u8]) -> Option<&str> {
    let mut lines = body.split(|b| *b == b'\n').take(40).peekable();
    while let Some(line) = lines.next() {
        let word = line.trim_ascii_end().strip_prefix(b"--").unwrap_or_default();
        let is_word = (1..=72).contains(&word.len()) && word.iter().all(u8::is_ascii_graphic);
        let mut is_headed =
            || lines.peek().is_some_and(|next| next.get(..8).is_some_and(|n| n.eq_ignore_ascii_case(b"content-")));
        if is_word && is_headed() {
            return std::str::from_utf8(word).ok();
        }
    }
    None
}

struct Delimiter {
    line: usize,
    next: Option<usize>,
}

impl<'a> Iterator for Pieces<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let begin = self.next?;
        let delimiter = self.delimiter_from(begin);
        let end = delimiter.as_ref().map_or(self.body.len(), |d| d.line);
        self.next = delimiter.and_then(|d| d.next);
        Some(without_line_end(&self.body[begin..end]))
    }
}

/// The line end before a delimiter belongs to the delimiter (RFC 2046 §5.1.1).
fn without_line_end(piece: &[u8]) -> &[u8] {
    let piece = piece.strip_suffix(b"\n").unwrap_or(piece);
    piece.strip_suffix(b"\r").unwrap_or(piece)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces<'a>(body: &'a str, boundary: &str) -> Vec<&'a str> {
        Pieces::of(body.as_bytes(), boundary).map(|p| std::str::from_utf8(p).unwrap()).collect()
    }

    #[test]
    fn only_whole_lines_divide() {
        assert_eq!(pieces("pre\r\n--b\r\nA\r\n--b \r\nB\r\n--b--\r\nend", "b"), ["A", "B"]);
        assert_eq!(pieces("--b\nbefore --b after\n--b after\n--bb\n--b--", "b"), ["before --b after\n--b after\n--bb"]);
        assert_eq!(pieces("--b\nA\n", "b"), ["A"]);
        assert_eq!(pieces("no delimiter", "b"), Vec::<&str>::new());
        assert_eq!(pieces("--b\n--b\n--b", "b"), ["", "", ""]);
    }

    fn kinds(raw: &str) -> Vec<(String, String)> {
        let block = field::split(raw.as_bytes(), Rigour::Strict, 10_000).unwrap();
        let root = read(&block.fields, block.body, 0, &mut Budget::new(&Limits::default())).unwrap();
        let all = if root.children.is_empty() { std::slice::from_ref(&root) } else { &root.children };
        all.iter().map(|p| (p.media.kind.clone(), String::from_utf8(p.octets().into_owned()).unwrap())).collect()
    }

    #[test]
    fn broken_multiparts_keep_their_parts() {
        let two = "--x\nContent-Type: text/plain\n\nett\n--x\nContent-Type: text/html\n\ntvå\n--x--\n";
        let wanted = [("text/plain".to_owned(), "ett".to_owned()), ("text/html".to_owned(), "två".to_owned())];
        for head in [
            "multipart/mixed",
            "multipart/mixed; boundary=other",
            "multipart/mixed; boundary=\"x\"",
            "multipart; boundary=x",
        ] {
            assert_eq!(kinds(&format!("Content-Type: {head}\n\n{two}")), wanted, "{head}");
        }
        let cut = two.trim_end().trim_end_matches("--x--").trim_end();
        assert_eq!(kinds(&format!("Content-Type: multipart/mixed; boundary=x\n\n{cut}")), wanted);
        assert_eq!(
            kinds("Content-Type: multipart/mixed; boundary=x\n\nbara text"),
            [("text/plain".into(), "bara text".into())]
        );
        for head in [
            "",
            "Content-Type: \n",
            "Content-Type: ; charset=utf-8\n",
            "Content-Type: text\n",
            "Content-Type: charset=utf-8\n",
        ] {
            assert_eq!(kinds(&format!("From: x\n{head}\nhej")), [("text/plain".into(), "hej".into())], "{head}");
        }
    }

    #[test]
    fn too_many_and_too_deep_are_refused() {
        let limits = Limits { parts: 5, depth: 3, ..Limits::default() };
        let many = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(6));
        let deep = "Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(5);
        for raw in [many, deep] {
            let block = field::split(raw.as_bytes(), Rigour::Strict, 1000).unwrap();
            let read = read(&block.fields, block.body, 0, &mut Budget::new(&limits));
            assert_eq!(read.err(), Some(Refusal::TooComplex));
        }
    }
}
