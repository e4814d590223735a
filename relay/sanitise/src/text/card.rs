//! Contact cards and invitations pasted into a text: they go, and a mark stands where they stood.

use crate::report::Seen;
use std::borrow::Cow;

/// What is cut out, by its first words and its last.
const BLOCKS: [(&str, &str, Seen); 2] =
    [("begin:vcard", "end:vcard", Seen::Card), ("begin:vcalendar", "end:vcalendar", Seen::Calendar)];
/// A line as long as programmes let lines become: what follows it may be the rest of it.
const LONG: usize = 60;
/// Fewest signs of a line that is nothing but base 64.
const ENCODED_MIN: usize = 40;

/// Names of properties (RFC 6350, RFC 5545), longer ones and private ones aside.
const PROPERTIES: &[&str] = &[
    "FN",
    "N",
    "TEL",
    "EMAIL",
    "ADR",
    "ORG",
    "TITLE",
    "ROLE",
    "URL",
    "NOTE",
    "BDAY",
    "PHOTO",
    "REV",
    "UID",
    "VERSION",
    "PRODID",
    "LABEL",
    "CATEGORIES",
    "NICKNAME",
    "GENDER",
    "LANG",
    "TZ",
    "GEO",
    "KEY",
    "LOGO",
    "SOUND",
    "SOURCE",
    "KIND",
    "MEMBER",
    "RELATED",
    "CLASS",
    "SORT-STRING",
    "ANNIVERSARY",
    "IMPP",
    "AGENT",
    "MAILER",
    "BEGIN",
    "END",
    "CALSCALE",
    "METHOD",
    "DTSTART",
    "DTEND",
    "DTSTAMP",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "ORGANIZER",
    "ATTENDEE",
    "SEQUENCE",
    "STATUS",
    "TRANSP",
    "RRULE",
    "EXDATE",
    "DURATION",
    "CREATED",
    "LAST-MODIFIED",
    "ACTION",
    "TRIGGER",
    "TZID",
    "TZNAME",
    "TZOFFSETFROM",
    "TZOFFSETTO",
    "PRIORITY",
    "ATTACH",
    "RECURRENCE-ID",
];

/// Takes the blocks out of a text with `\n` line ends. `mark` gives the words for a kind, and is called once a block.
pub(crate) fn strip(text: &str, mut mark: impl FnMut(Seen) -> String) -> Cow<'_, str> {
    let has = |begin: &[u8]| memchr::memmem::find(text.as_bytes(), begin).is_some();
    if !["BEGIN:", "begin:", "Begin:"].iter().any(|begin| has(begin.as_bytes())) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let lower: Vec<String> = lines.iter().map(|line| line.to_ascii_lowercase()).collect();
    let mut page = Page { lines, lower, endless: [None; BLOCKS.len()] };
    let mut out = String::with_capacity(text.len());
    let (mut place, mut from) = (0, 0);
    while let Some(line) = page.lines.get(place).copied() {
        let Some((begin, block)) = page.begun(place, from) else {
            out.push_str(&line[from..]);
            out.push('\n');
            (place, from) = (place + 1, 0);
            continue;
        };
        let before = &line[from..begin];
        let is_quote = before.bytes().all(|b| matches!(b, b'>' | b' ' | b'\t'));
        out.push_str(before);
        out.push_str(if is_quote { "" } else { "\n" });
        out.push_str(&mark(BLOCKS[block].2));
        out.push('\n');
        (place, from) = page.ended(place, begin, block);
        // Nothing but blanks behind the end: the line is done.
        if from > 0 && page.lines.get(place).is_some_and(|line| line[from..].trim().is_empty()) {
            (place, from) = (place + 1, 0);
        }
    }
    out.pop();
    Cow::Owned(out)
}

/// A text's lines, as they are and in small letters.
struct Page<'t> {
    lines: Vec<&'t str>,
    lower: Vec<String>,
    /// For each kind of block, the line in which the last search for an end was in vain.
    endless: [Option<usize>; BLOCKS.len()],
}

impl Page<'_> {
    /// Where a block begins in a line, and which: at the line's start, or after a blank.
    fn begun(&self, place: usize, from: usize) -> Option<(usize, usize)> {
        let lower = self.lower.get(place)?;
        let begins = BLOCKS.iter().enumerate().filter_map(|(block, (begin, ..))| {
            let mut found = lower.get(from..)?.match_indices(begin).map(|(at, _)| from + at);
            let is_free = |at: usize| lower[from..at].ends_with(|c: char| c == '>' || c.is_whitespace()) || at == from;
            let is_whole = |at: usize| !lower[at + begin.len()..].starts_with(char::is_alphanumeric);
            found.find(|at| is_free(*at) && is_whole(*at)).map(|at| (at, block))
        });
        begins.min()
    }

    /// The line, and the place in it, where the text goes on.
    fn ended(&mut self, first: usize, begin: usize, block: usize) -> (usize, usize) {
        let (opening, end, _) = BLOCKS[block];
        let rest = &self.lower[first][begin + opening.len()..];
        if self.endless[block] != Some(first) {
            if let Some(length) = rest.find(end) {
                return (first, begin + opening.len() + length + end.len());
            }
            self.endless[block] = Some(first);
        }
        // Words behind an opening that no property follows are the writer's.
        let is_words = |word: &str| !word.contains(':') && !word.contains(';');
        if rest.split_whitespace().next().is_some_and(is_words) {
            return (first, begin + opening.len());
        }
        let mut is_long = self.lines[first].len() >= LONG;
        for (place, line) in self.lines.iter().enumerate().skip(first + 1) {
            let bare = self.lower[place].trim_start_matches(['>', ' ']);
            if bare.starts_with(end) {
                return (place, line.len() - bare.len() + end.len());
            }
            if !(is_long || self.is_inside(place)) {
                return (place, 0);
            }
            // One line at most is the rest of another.
            is_long = !is_long && is_property(line) && line.len() >= LONG;
        }
        (self.lines.len(), 0)
    }

    /// Whether a line looks like one of a block: a property, the fold of one, base 64, a blank line between them.
    fn is_inside(&self, place: usize) -> bool {
        let line = self.lines[place];
        let inner = line.trim_start_matches(['>', ' ']).trim();
        let is_folded = line.starts_with([' ', '\t']) && !inner.is_empty();
        let is_encoded = inner.len() >= ENCODED_MIN && inner.bytes().all(is_digit);
        let is_gap = inner.is_empty() && self.lines.get(place + 1).is_some_and(|next| is_property(next));
        is_folded || is_encoded || is_gap || is_property(line)
    }
}

fn is_digit(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'/' | b'=')
}

/// `TEL;TYPE=CELL:…`, `item1.EMAIL:…`, `X-ABLabel:…`; in capitals, as no writer's own line begins.
fn is_property(line: &str) -> bool {
    let Some((head, _)) = line.trim_start_matches(['>', ' ']).split_once(':') else { return false };
    let name = head.split(';').next().unwrap_or_default();
    let name = name.rsplit('.').next().unwrap_or_default();
    PROPERTIES.contains(&name) || name.starts_with("X-") && !name.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        strip(text, |seen| if seen == Seen::Card { "[kort]".to_owned() } else { "[möte]".to_owned() }).into_owned()
    }

    #[test]
    fn blocks_go_and_the_words_around_them_stay() {
        for (text, left) in [
            ("Hej\nBEGIN:VCARD\nVERSION:3.0\nFN:Anna\nTEL;CELL:070\nEND:VCARD\nSlut", "Hej\n[kort]\nSlut"),
            ("Hej\n> begin:vcard\n> FN:Anna\n> end:vcard\nSlut", "Hej\n> [kort]\nSlut"),
            ("Här: BEGIN:VCARD VERSION:3.0 FN:Anna END:VCARD och mer", "Här: \n[kort]\n och mer"),
            ("BEGIN:VCARD\nFN:Anna\nitem1.X-ABLabel:x\n\nOBS: kom!\nHej", "[kort]\n\nOBS: kom!\nHej"),
            ("BEGIN:VCARD\nPHOTO;ENCODING=b:AAAA\n AAAA\nEND:VCARD", "[kort]"),
            ("Jag fick BEGIN:VCARD i mejlet", "Jag fick \n[kort]\n i mejlet"),
            ("x\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\ny", "x\n[möte]\ny"),
            ("BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD", "[kort]\n[kort]"),
        ] {
            assert_eq!(cut(text), left, "{text}");
        }
        let wrapped = format!("BEGIN:VCARD\nADR:;;{}\n5;12345 Lillby\nHej du\nEND:VCARD", "x".repeat(60));
        assert_eq!(cut(&wrapped), "[kort]\nHej du\nEND:VCARD", "an end far away takes no words with it");
    }

    #[test]
    fn words_about_cards_stay() {
        for text in
            ["Vad är en vcard?", "begin: vcard", "Begin:vcardish", "xBEGIN:VCARD är inget", "Note: hej\nTEL: nej"]
        {
            assert_eq!(cut(text), text);
        }
    }

    #[test]
    fn every_beginning_of_a_card_is_read_and_many_are() {
        let text = "Hej\n> BEGIN:VCARD\n> FN:Åsa\n>  ö\n> END:VCARD\nSlut BEGIN:VCALENDAR x";
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            assert!(!cut(&text[..end]).contains("FN:Å"), "{end}");
        }
        for unit in [
            "BEGIN:VCARD\n",
            "BEGIN:VCARD ",
            "BEGIN:VCARD x ",
            "END:VCARD\n",
            "begin:vcalendar\nX-A:\n",
            "\u{212a}begin:vcard",
        ] {
            assert!(cut(&unit.repeat(20_000)).len() <= unit.len() * 20_000 + 9);
        }
    }
}
