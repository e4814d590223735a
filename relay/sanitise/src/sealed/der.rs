//! A small reader of ASN.1 in its distinguished and basic encodings (X.690), bounded in depth and steps.

/// Deepest nesting that is followed.
const DEPTH_MAX: usize = 24;

/// One element: its identifier octet and its content.
#[derive(Clone, Copy)]
#[cfg_attr(test, derive(Debug))]
pub(super) struct Element<'a> {
    /// Class, form and number in one octet; longer ones are not used here.
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
}

pub(super) const INTEGER: u8 = 0x02;
pub(super) const OCTETS: u8 = 0x04;
pub(super) const OBJECT: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// The bit of a tag that says that the content is elements.
const CONSTRUCTED: u8 = 0x20;

/// Elements one after another.
#[derive(Clone)]
#[cfg_attr(test, derive(Debug))]
pub(super) struct Elements<'a> {
    rest: &'a [u8],
}

impl<'a> Element<'a> {
    pub(super) fn is(&self, tag: u8) -> bool {
        self.tag == tag
    }

    /// The elements within, none if it holds none.
    pub(super) fn elements(&self) -> Elements<'a> {
        Elements { rest: if self.tag & CONSTRUCTED == 0 { &[] } else { self.content } }
    }

    /// The octets of a string, which may be written in pieces of pieces.
    pub(super) fn octets(&self, out: &mut Vec<u8>) {
        self.octets_within(out, 0);
    }

    fn octets_within(&self, out: &mut Vec<u8>, depth: usize) {
        if self.tag & CONSTRUCTED == 0 {
            out.extend_from_slice(self.content);
        } else if depth < DEPTH_MAX {
            self.elements().for_each(|piece| piece.octets_within(out, depth + 1));
        }
    }
}

impl<'a> Elements<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next element, if it has a tag; otherwise nothing is taken.
    pub(super) fn next_if(&mut self, tag: u8) -> Option<Element<'a>> {
        let mut ahead = self.clone();
        let element = ahead.next().filter(|element| element.is(tag))?;
        *self = ahead;
        Some(element)
    }
}

impl<'a> Iterator for Elements<'a> {
    type Item = Element<'a>;

    fn next(&mut self) -> Option<Element<'a>> {
        let Some((element, length)) = read(self.rest, 0) else {
            self.rest = &[];
            return None;
        };
        self.rest = &self.rest[length..];
        Some(element)
    }
}

/// Reads one element and its whole length. What was cut off on its way gives what is left of it.
fn read(bytes: &[u8], depth: usize) -> Option<(Element<'_>, usize)> {
    let tag = *bytes.first()?;
    // The end of contents, and numbers of tags over several octets, which nothing here has.
    if tag == 0 || tag & 0x1f == 0x1f {
        return None;
    }
    let first = *bytes.get(1)?;
    if first == 0x80 {
        return indefinite(bytes, tag, depth);
    }
    let (head, length) = if first < 0x80 {
        (2, usize::from(first))
    } else {
        let count = usize::from(first & 0x7f);
        let octets = bytes.get(2..2 + count).filter(|_| count <= 4)?;
        (2 + count, octets.iter().fold(0_usize, |length, octet| length << 8 | usize::from(*octet)))
    };
    let end = head.checked_add(length)?.min(bytes.len());
    Some((Element { tag, content: bytes.get(head..end)? }, end))
}

/// An element without a length: elements up to two NULs.
fn indefinite(bytes: &[u8], tag: u8, depth: usize) -> Option<(Element<'_>, usize)> {
    if depth >= DEPTH_MAX || tag & CONSTRUCTED == 0 {
        return None;
    }
    let mut place = 2;
    while let Some(rest) = bytes.get(place..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with(&[0, 0]) {
            return Some((Element { tag, content: &bytes[2..place] }, place + 2));
        }
        let Some((_, length)) = read(rest, depth + 1) else { break };
        place += length;
    }
    // Its end was cut off.
    Some((Element { tag, content: &bytes[2..place] }, bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_known_and_unknown_are_read() {
        let definite = [0x30, 7, 4, 2, b'a', b'b', 2, 1, 5];
        let open = [0x30, 0x80, 0x24, 0x80, 4, 1, b'a', 4, 1, b'b', 0, 0, 2, 1, 5, 0, 0, 9];
        for bytes in [definite.as_slice(), &open] {
            let outer = Elements::of(bytes).next().unwrap();
            let mut inner = outer.elements();
            let mut octets = Vec::new();
            inner.next().unwrap().octets(&mut octets);
            assert_eq!(octets, b"ab");
            assert_eq!(inner.next_if(OCTETS).map(|e| e.content), None);
            assert_eq!(inner.next_if(INTEGER).map(|e| e.content), Some([5].as_slice()));
            assert!(inner.next().is_none());
        }
    }

    #[test]
    fn hostile_lengths_end() {
        for bytes in [
            &[0x30_u8, 0x84, 0xff, 0xff, 0xff, 0xff, 1][..],
            &[0x30, 0x85, 1, 1, 1, 1, 1],
            &[0x1f, 1, 1],
            &[0x04, 0x80],
            &[0x30],
        ] {
            assert!(Elements::of(bytes).all(|element| element.content.len() < bytes.len()));
        }
        // Open elements within open elements: every level is followed once, and only so deep.
        let deep = [0x30, 0x80].repeat(100_000);
        assert!(Elements::of(&deep).count() <= 1);
        let wide = [0x30, 0x80, 0x30, 0x80, 0, 0, 0, 0].repeat(20_000);
        assert_eq!(Elements::of(&wide).count(), 20_000);
    }
}
