//! The header fields of a letter as they stand, top to bottom.

/// No header field beyond this many octets is looked at.
const HEADER_MAX: usize = 256 * 1024;

/// One header field: its name, and its raw value with folds.
pub(super) struct Field<'a> {
    pub(super) name: &'a [u8],
    pub(super) value: &'a [u8],
}

impl Field<'_> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name.as_bytes())
    }
}

/// The fields from the top to the empty line, or to the first line that is no field.
pub(super) fn fields(raw: &[u8]) -> impl Iterator<Item = Field<'_>> {
    let mut rest = &raw[..raw.len().min(HEADER_MAX)];
    std::iter::from_fn(move || {
        let (field, tail) = rest.split_at(field_end(rest));
        let colon = field.iter().position(|octet| *octet == b':')?;
        let (name, value) = (&field[..colon], &field[colon + 1..]);
        let is_name = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
        rest = tail;
        is_name.then_some(Field { name, value })
    })
}

/// Where the field ends: behind the first CRLF that no space or tab follows.
fn field_end(text: &[u8]) -> usize {
    let mut breaks = memchr::memmem::find_iter(text, b"\r\n").map(|place| place + 2);
    breaks.find(|next| !matches!(text.get(*next), Some(b' ' | b'\t'))).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_end_with_the_header() {
        let raw = b"From: a\r\nX: one\r\n two\r\n\tthree\r\nTo:b\r\n\r\nBody: no\r\n";
        let found: Vec<_> = fields(raw).map(|f| (f.name.to_vec(), f.value.to_vec())).collect();
        let expected = [("From", " a\r\n"), ("X", " one\r\n two\r\n\tthree\r\n"), ("To", "b\r\n")];
        let expected = expected.map(|(name, value)| (name.as_bytes().to_vec(), value.as_bytes().to_vec()));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_line_that_is_no_field_ends_the_header() {
        for raw in [&b"A: 1\r\nnonsense\r\nB: 2\r\n"[..], b"A: 1\r\nB B: 2\r\nC: 3\r\n", b"A: 1\r\n: 2\r\nC: 3\r\n"] {
            assert_eq!(fields(raw).count(), 1);
        }
        assert_eq!(fields(b"").count(), 0);
    }
}
