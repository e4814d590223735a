//! A text reduced to its letters and digits, with the way back to where each one stood.
//!
//! Blanks, punctuation, invisible characters and line ends part words or vanish; percent-encoding and
//! character references are undone. What is written `Anna&#46;Karls\u{ad}son%40EXAMPLE . net` and what is
//! written `anna.karlsson@example.net` give the same letters.

use super::lookalike;
use crate::html::entity;
use crate::mime::decode::nibble;
use crate::text::tidy::is_unseen;

/// Stands in the folded text where a match may not cross: a blank line, or a long way between two words.
const WALL: u8 = 0;
/// Most octets between two words of one identifier.
const GAP_MAX: usize = 16;

/// The folded text.
pub(crate) struct Folded {
    /// Plain lower-case letters and digits in UTF-8, and walls.
    pub(crate) octets: Vec<u8>,
    /// For each octet, where its character begins in the original; the highest bit says that something parts it
    /// from the one before.
    begin: Vec<u32>,
    /// Octets whose character is written in more than one octet: which, and where it ends.
    wide: Vec<(u32, u32)>,
}

/// The bit that says `parted`. Texts are bounded far below two gigabytes.
const PARTED: u32 = 1 << 31;

/// Folds a text.
pub(crate) fn fold(text: &str) -> Folded {
    let mut folded = Folded::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut place = 0;
    let mut gap = Gap::default();
    while let Some(byte) = bytes.get(place) {
        place += match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => folded.run(&bytes[place..], place, &mut gap),
            b'%' => folded.percent(text, place, &mut gap),
            b'&' => folded.reference(text, place, &mut gap),
            0..=0x7f => {
                gap.add(*byte, 1);
                1
            }
            _ => folded.wide(text, place, &mut gap),
        };
    }
    folded
}

/// What lies between two letters.
#[derive(Default)]
struct Gap {
    length: usize,
    line_ends: usize,
}

impl Gap {
    fn add(&mut self, byte: u8, length: usize) {
        self.length += length;
        // Marks of quoting between two lines part nothing.
        match byte {
            b'\n' => self.line_ends += 1,
            b' ' | b'\t' | b'>' => {}
            _ => self.line_ends = self.line_ends.min(1),
        }
    }

    fn is_wall(&self) -> bool {
        self.length > GAP_MAX || self.line_ends > 1
    }
}

impl Folded {
    fn with_capacity(size: usize) -> Self {
        Self { octets: Vec::with_capacity(size), begin: Vec::with_capacity(size), wide: Vec::new() }
    }

    /// Plain letters and digits in a row; how many there are.
    fn run(&mut self, bytes: &[u8], place: usize, gap: &mut Gap) -> usize {
        let length = bytes.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
        let first = self.begun(place, gap);
        let at = offset(place);
        self.octets.extend(bytes[..length].iter().map(u8::to_ascii_lowercase));
        self.begin.extend(at..at.saturating_add(offset(length)));
        if let Some(mark) = self.begin.get_mut(first) {
            *mark |= if gap.length > 0 || first == 0 { PARTED } else { 0 };
        }
        *gap = Gap::default();
        length
    }

    /// Where the next octet goes, after a wall if one is due.
    fn begun(&mut self, place: usize, gap: &Gap) -> usize {
        if gap.is_wall() {
            self.octets.push(WALL);
            self.begin.push(offset(place) | PARTED);
        }
        self.octets.len()
    }

    fn push(&mut self, octet: u8, begin: usize, end: usize, gap: &mut Gap) {
        let first = self.begun(begin, gap);
        let parted = if gap.length > 0 || first == 0 { PARTED } else { 0 };
        self.octets.push(octet);
        self.begin.push(offset(begin) | parted);
        self.wide.push((offset(first), offset(end)));
        *gap = Gap::default();
    }

    fn character(&mut self, c: char, begin: usize, end: usize, gap: &mut Gap) {
        let mut any = false;
        lookalike::plain(c, |plain| {
            any = true;
            let mut buffer = [0; 4];
            for octet in plain.encode_utf8(&mut buffer).bytes() {
                self.push(octet, begin, end, gap);
            }
        });
        if !any && !is_mark(c) {
            gap.add(if c == '\n' { b'\n' } else { b'.' }, end - begin);
        }
    }

    fn wide(&mut self, text: &str, place: usize, gap: &mut Gap) -> usize {
        let Some(c) = text[place..].chars().next() else { return 1 };
        let length = c.len_utf8();
        if has_no_silent(c) || !is_silent(c) {
            self.character(c, place, place + length, gap);
        }
        length
    }

    /// `%61`, `%c3%a5`, and `%2561` where a link was encoded twice.
    fn percent(&mut self, text: &str, place: usize, gap: &mut Gap) -> usize {
        let bytes = &text.as_bytes()[place..];
        let mut decoded = [0; 4];
        let (mut count, mut used) = (0, 0);
        while count < decoded.len() {
            let Some((octet, length)) = percent_octet(&bytes[used..]) else { break };
            decoded[count] = octet;
            count += 1;
            used += length;
            let is_whole = std::str::from_utf8(&decoded[..count]).ok().and_then(|t| t.chars().next());
            if let Some(c) = is_whole {
                self.character(c, place, place + used, gap);
                return used;
            }
        }
        gap.add(b'%', 1);
        1
    }

    fn reference(&mut self, text: &str, place: usize, gap: &mut Gap) -> usize {
        if let Some((c, _, length)) = entity::read(&text[place..]) {
            self.character(c, place, place + length, gap);
            return length;
        }
        gap.add(b'&', 1);
        1
    }

    /// Whether a word begins at an octet.
    pub(crate) fn is_start(&self, place: usize) -> bool {
        self.begin.get(place).is_some_and(|mark| mark & PARTED != 0)
    }

    /// Whether a word ends before an octet.
    pub(crate) fn is_end(&self, place: usize) -> bool {
        place >= self.octets.len() || self.is_start(place)
    }

    /// Where a run of octets stood in the original.
    pub(crate) fn span(&self, from: usize, to: usize) -> (usize, usize) {
        let place = |at: usize| self.begin.get(at).map_or(0, |mark| (mark & !PARTED) as usize);
        let last = to.saturating_sub(1);
        let wide = self.wide.binary_search_by_key(&offset(last), |(octet, _)| *octet);
        let end = wide.ok().and_then(|found| self.wide.get(found)).map_or(place(last) + 1, |(_, end)| *end as usize);
        (place(from), end)
    }
}

fn offset(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX) & !PARTED
}

/// Characters that show nothing and part nothing: joiners, and marks of formatting on their way through.
pub(crate) fn is_silent(c: char) -> bool {
    is_unseen(c) || matches!(c, '\u{200c}' | '\u{200d}' | '\u{180b}'..='\u{180d}' | '\u{f8f0}'..='\u{f8f7}')
}

/// Whether a character lies among letters of Europe, where nothing is silent.
fn has_no_silent(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{34e}' | '\u{370}'..='\u{5ff}')
}

/// Combining marks belong to the letter before them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn percent_octet(bytes: &[u8]) -> Option<(u8, usize)> {
    match bytes {
        [b'%', b'2', b'5', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
            Some((nibble(*high) << 4 | nibble(*low), 5))
        }
        [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
            Some((nibble(*high) << 4 | nibble(*low), 3))
        }
        _ => None,
    }
}

/// The folded words of an identifier, and where each but the first begins.
pub(crate) fn words(text: &str) -> (Vec<u8>, Vec<usize>) {
    let folded = fold(text);
    let mut octets = Vec::with_capacity(folded.octets.len());
    let mut joins = Vec::new();
    for (place, octet) in folded.octets.iter().enumerate() {
        if *octet == WALL {
            continue;
        }
        if place > 0 && folded.is_start(place) && !octets.is_empty() {
            joins.push(octets.len());
        }
        octets.push(*octet);
    }
    (octets, joins)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> String {
        String::from_utf8(fold(text).octets).unwrap()
    }

    #[test]
    fn many_spellings_give_the_same_letters() {
        for spelling in [
            "anna.karlsson@example.net",
            "Anna . Karlsson (@) EXAMPLE.net",
            "anna%2Ekarlsson%40example%2Enet",
            "anna.karlsson%2540example.net",
            "anna&#46;karlsson&commat;example&period;net",
            "an\u{200b}na.karl\u{ad}sson@example.net",
            "аnnа.kаrlsson@example.net",
            "ａｎｎａ.karlsson＠example．net",
            "anna.karlsson@exam\nple.net",
            "ånnà.karlsson@example.net",
            "an\u{f8f0}na\u{f8f1}.karl\u{200d}sson@example.net",
        ] {
            assert_eq!(letters(spelling), "annakarlssonexamplenet", "{spelling}");
        }
    }

    #[test]
    fn nothing_silent_is_among_the_letters() {
        assert!(('\0'..='\u{ffff}').filter(|c| has_no_silent(*c)).all(|c| !is_silent(c)));
    }

    #[test]
    fn the_way_back_covers_what_was_written() {
        let text = "x %61nna&#33; \u{e5}";
        let folded = fold(text);
        assert_eq!(folded.octets, b"xannaa");
        let (from, to) = folded.span(1, 5);
        assert_eq!(&text[from..to], "%61nna");
        assert!(folded.is_start(1) && folded.is_end(5) && !folded.is_end(3));
    }

    #[test]
    fn walls_part_paragraphs() {
        assert_eq!(letters("anna\n\nkarlsson"), "anna\0karlsson");
        assert_eq!(letters("anna ------------------ karlsson"), "anna\0karlsson");
        assert_eq!(letters("100%ab %zz & c"), "100abzzc");
    }

    #[test]
    fn words_know_their_joins() {
        assert_eq!(words("Anna-Karin Ek"), (b"annakarinek".to_vec(), vec![4, 9]));
    }
}
