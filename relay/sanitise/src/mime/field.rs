//! Header blocks split into fields, strictly for the letter itself and leniently for its parts.

use brevbro_core::reply::Refusal;
use std::borrow::Cow;

/// One header field as written.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    /// The name, in the case it was written in.
    pub(crate) name: &'a str,
    /// The value with its folds and its final line end.
    pub(crate) raw: &'a [u8],
}

/// A header block and what follows it.
pub(crate) struct Block<'a> {
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) body: &'a [u8],
}

/// What a bad field name means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rigour {
    /// The letter itself: refused, since two readers could see two authors (`Fr om:`).
    Strict,
    /// A part: the field is passed over; nothing of it is ever copied.
    Lenient,
}

/// Splits the header block from the body (RFC 5322 §2.1, §2.2).
pub(crate) fn split(raw: &[u8], rigour: Rigour, limit: usize) -> Result<Block<'_>, Refusal> {
    let mut rest = skip_mbox_line(raw, rigour);
    let mut fields = Vec::with_capacity(24);
    let mut used = 0;
    loop {
        let line = first_line(rest);
        if line.is_empty() || is_blank(line) && !starts_with_space(line) {
            return Ok(Block { fields, body: &rest[line.len()..] });
        }
        let field = &rest[..folded_length(rest)];
        used += field.len();
        if used > limit {
            return Err(Refusal::TooComplex);
        }
        match parse(field) {
            Some(parsed) => fields.push(parsed),
            None if rigour == Rigour::Strict => return Err(Refusal::Malformed),
            // A part that begins with its text: no word of it may be lost.
            None if fields.is_empty() => return Ok(Block { fields, body: rest }),
            None => {}
        }
        rest = &rest[field.len()..];
    }
}

/// `From anna Mon Nov 23 …` on the first line is a mailbox separator, but `From :` is a field in disguise.
fn skip_mbox_line(raw: &[u8], rigour: Rigour) -> &[u8] {
    let line = first_line(raw);
    let is_separator = rigour == Rigour::Strict
        && line.starts_with(b"From ")
        && line[5..].iter().find(|b| !matches!(b, b' ' | b'\t')).is_some_and(|b| *b != b':');
    if is_separator { &raw[line.len()..] } else { raw }
}

/// The first line with its line end.
fn first_line(bytes: &[u8]) -> &[u8] {
    memchr::memchr(b'\n', bytes).map_or(bytes, |end| &bytes[..=end])
}

fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

fn starts_with_space(line: &[u8]) -> bool {
    matches!(line.first(), Some(b' ' | b'\t'))
}

/// The length of the first field with its continuation lines (RFC 5322 §2.2.3).
fn folded_length(bytes: &[u8]) -> usize {
    let mut end = first_line(bytes).len();
    while matches!(bytes.get(end), Some(b' ' | b'\t')) {
        end += first_line(&bytes[end..]).len();
    }
    end
}

fn parse(field: &[u8]) -> Option<Field<'_>> {
    let colon = memchr::memchr(b':', field)?;
    let name = std::str::from_utf8(&field[..colon]).ok()?;
    // RFC 5322 §3.6.8: printable ASCII without space and colon.
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic());
    is_name.then_some(Field { name, raw: &field[colon + 1..] })
}

impl Field<'_> {
    pub(crate) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

impl<'a> Field<'a> {
    /// The value on one line, trimmed, undecoded.
    pub(crate) fn unfolded(&self) -> Cow<'a, str> {
        match String::from_utf8_lossy(self.raw.trim_ascii()) {
            Cow::Borrowed(text) if !text.contains(['\r', '\n']) => Cow::Borrowed(text),
            text => Cow::Owned(text.replace(['\r', '\n'], "")),
        }
    }
}

/// The first field of a name.
pub(crate) fn find<'f, 'a>(fields: &'f [Field<'a>], name: &str) -> Option<&'f Field<'a>> {
    fields.iter().find(|field| field.is(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(raw: &[u8], rigour: Rigour) -> Result<Vec<&str>, Refusal> {
        split(raw, rigour, 1000).map(|b| b.fields.iter().map(|f| f.name).collect())
    }

    #[test]
    fn folds_and_ends() {
        let block = split(b"A: 1\r\n 2\r\nB: 3\n\nbody\n", Rigour::Strict, 1000).unwrap();
        assert_eq!(block.fields[0].unfolded(), "1 2");
        assert_eq!(block.fields[1].unfolded(), "3");
        assert_eq!(block.body, b"body\n");
        assert_eq!(names(b"A: 1", Rigour::Strict), Ok(vec!["A"]));
        assert_eq!(names(b"From anna Mon\nA: 1\n\n", Rigour::Strict), Ok(vec!["A"]));
    }

    #[test]
    fn a_name_that_two_readers_read_differently_is_refused() {
        let bad: [&[u8]; 7] = [
            b"Fr om: x\n\n",
            b"From : x\n\n",
            b"From\t: x\n\n",
            b"Fr\0om: x\n\n",
            b"Fr\xe5m: x\n\n",
            b": x\n\n",
            b"no colon\n\n",
        ];
        for raw in bad {
            assert_eq!(names(raw, Rigour::Strict), Err(Refusal::Malformed));
            assert_eq!(names(raw, Rigour::Lenient), Ok(vec![]));
        }
    }

    #[test]
    fn the_block_is_bounded() {
        let raw = format!("A: {}\n\n", "x".repeat(2000));
        assert_eq!(names(raw.as_bytes(), Rigour::Strict), Err(Refusal::TooComplex));
    }
}
