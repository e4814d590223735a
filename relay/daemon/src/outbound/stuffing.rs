//! A letter's text on the wire: dots doubled at line starts, every other octet as it is (RFC 5321 §4.5.2).

use memchr::memchr2_iter;
use memchr::memmem::Finder;

/// Whether every CR stands before an LF and every LF behind a CR. Hosts disagree about the others, and
/// where they disagree a letter can smuggle a second one in.
pub(super) fn has_clean_line_ends(message: &[u8]) -> bool {
    memchr2_iter(b'\r', b'\n', message).all(|place| match message[place] {
        b'\r' => message.get(place + 1) == Some(&b'\n'),
        _ => place > 0 && message[place - 1] == b'\r',
    })
}

/// The text in pieces to be written one after the other, the final dot included.
pub(super) fn pieces(message: &[u8]) -> impl Iterator<Item = &[u8]> {
    let opening: &[u8] = if message.first() == Some(&b'.') { b"." } else { b"" };
    let closing: &[u8] = if message.is_empty() || message.ends_with(b"\r\n") { b".\r\n" } else { b"\r\n.\r\n" };
    [opening].into_iter().chain(Stuffed::new(message)).chain([closing])
}

/// Cuts a text after each dot that begins a line; each piece but the first begins with that dot again.
struct Stuffed<'a> {
    message: &'a [u8],
    finder: Finder<'static>,
    /// Where the next piece begins; `None` after the last.
    from: Option<usize>,
    /// Where the search goes on: behind the dot that the piece begins with.
    search: usize,
}

impl<'a> Stuffed<'a> {
    fn new(message: &'a [u8]) -> Self {
        Self { message, finder: Finder::new(b"\r\n."), from: Some(0), search: 0 }
    }
}

impl<'a> Iterator for Stuffed<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let from = self.from?;
        let Some(place) = self.finder.find(&self.message[self.search..]) else {
            self.from = None;
            return Some(&self.message[from..]);
        };
        let dot = self.search + place + 2;
        self.from = Some(dot);
        self.search = dot + 1;
        Some(&self.message[from..=dot])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rule as RFC 5321 words it, line by line.
    fn by_the_book(message: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut at_line_start = true;
        for (place, &octet) in message.iter().enumerate() {
            if at_line_start && octet == b'.' {
                out.push(b'.');
            }
            out.push(octet);
            at_line_start = octet == b'\n' && place > 0 && message[place - 1] == b'\r';
        }
        if !at_line_start {
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b".\r\n");
        out
    }

    /// Every text of up to nine octets over the four that matter.
    fn short_texts() -> impl Iterator<Item = Vec<u8>> {
        (0..=9_u32).flat_map(|length| {
            (0..4_usize.pow(length)).map(move |mut number| {
                let octets = (0..length).map(|_| {
                    let octet = b"\r\n.a"[number % 4];
                    number /= 4;
                    octet
                });
                octets.collect()
            })
        })
    }

    #[test]
    fn every_short_text_is_stuffed_by_the_book() {
        for text in short_texts() {
            assert_eq!(pieces(&text).collect::<Vec<_>>().concat(), by_the_book(&text), "{text:?}");
        }
    }

    #[test]
    fn every_bare_cr_or_lf_is_seen() {
        for text in short_texts() {
            let shown = String::from_utf8(text.clone()).unwrap();
            let is_clean = shown.split("\r\n").all(|line| !line.contains(['\r', '\n']));
            assert_eq!(has_clean_line_ends(&text), is_clean, "{text:?}");
        }
    }
}
