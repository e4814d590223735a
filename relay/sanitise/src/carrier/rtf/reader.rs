//! The control words of RTF followed as far as they decide what is shown.

use crate::mime::charset;
use crate::mime::decode::nibble;

/// What an RTF document shows.
#[derive(PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum Text {
    Plain(String),
    /// The HTML document it was made from.
    Html(String),
}

/// Deepest nesting of groups that is followed.
const DEPTH_MAX: usize = 200;
/// Most fonts whose character set is remembered.
const FONTS_MAX: usize = 200;

/// Reads a document as far as it goes.
pub(crate) fn read(octets: &[u8]) -> Text {
    let mut reader = Reader::new(octets);
    reader.run();
    reader.flush();
    let text = reader.out.trim().to_owned();
    if reader.wraps_html { Text::Html(text) } else { Text::Plain(text) }
}

/// What holds within a group.
#[derive(Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that a group inherits")]
struct Group {
    /// Not shown: tables of fonts and colours, pictures, authors.
    unseen: bool,
    is_fonts: bool,
    /// HTML's own markup.
    is_tag: bool,
    /// What RTF shows instead of HTML's markup.
    instead: bool,
    /// Deleted or hidden text.
    hidden: bool,
    /// Characters that stand for one of Unicode's.
    substitutes: usize,
    font: u32,
}

struct Reader<'a> {
    rest: &'a [u8],
    out: String,
    /// Octets in a code page, gathered: a letter may take two.
    octets: Vec<u8>,
    page: u32,
    group: Group,
    outer: Vec<Group>,
    /// Groups opened beyond the depth that is followed.
    beyond: usize,
    fonts: Vec<(u32, u32)>,
    wraps_html: bool,
    /// A group has just begun: its first word says what it is.
    at_start: bool,
    ignorable: bool,
    /// Substitutes still to be passed over.
    passed: usize,
    high: Option<u16>,
}

impl<'a> Reader<'a> {
    fn new(octets: &'a [u8]) -> Self {
        Self {
            rest: octets,
            out: String::with_capacity(octets.len() / 2),
            octets: Vec::new(),
            page: 1252,
            group: Group { substitutes: 1, ..Group::default() },
            outer: Vec::new(),
            beyond: 0,
            fonts: Vec::new(),
            wraps_html: false,
            at_start: false,
            ignorable: false,
            passed: 0,
            high: None,
        }
    }

    fn run(&mut self) {
        while let Some((octet, rest)) = self.rest.split_first() {
            self.rest = rest;
            match octet {
                b'{' => self.open(),
                b'}' => self.close(),
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                other => self.octet(*other),
            }
        }
    }

    fn open(&mut self) {
        self.flush();
        self.passed = 0;
        if self.outer.len() < DEPTH_MAX {
            self.outer.push(self.group);
        } else {
            self.beyond += 1;
        }
        (self.at_start, self.ignorable) = (true, false);
    }

    fn close(&mut self) {
        self.flush();
        self.passed = 0;
        if self.beyond > 0 {
            self.beyond -= 1;
        } else if let Some(outer) = self.outer.pop() {
            self.group = outer;
        }
        self.at_start = false;
    }

    /// An octet of text.
    fn octet(&mut self, octet: u8) {
        self.at_start = false;
        if self.passed > 0 {
            self.passed -= 1;
        } else if self.is_shown() {
            self.octets.push(octet);
        }
    }

    fn is_shown(&self) -> bool {
        let group = self.group;
        !group.unseen && !group.hidden && (!group.instead || group.is_tag)
    }

    /// Writes the gathered octets.
    fn flush(&mut self) {
        if !self.octets.is_empty() {
            let font = self.group.font;
            let own = self.fonts.iter().find(|(number, _)| *number == font).map(|(_, page)| *page);
            self.out.push_str(&charset::of_page(&self.octets, own.unwrap_or(self.page)));
            self.octets.clear();
        }
    }

    fn put(&mut self, text: &str) {
        self.flush();
        if self.is_shown() {
            self.out.push_str(text);
        }
    }

    fn control(&mut self) {
        let Some((first, rest)) = self.rest.split_first() else { return };
        if first.is_ascii_alphabetic() {
            let length = self.rest.iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
            let (word, rest) = self.rest.split_at(length);
            let digits = rest.iter().take(11).take_while(|b| b.is_ascii_digit() || **b == b'-').count();
            let number = std::str::from_utf8(&rest[..digits]).ok().and_then(|digits| digits.parse::<i32>().ok());
            let rest = &rest[digits..];
            self.rest = rest.strip_prefix(b" ").unwrap_or(rest);
            self.word(word, number);
            return;
        }
        self.rest = rest;
        match first {
            b'\'' => {
                if let [high, low, rest @ ..] = self.rest {
                    self.rest = rest;
                    self.octet(nibble(*high) << 4 | nibble(*low));
                }
            }
            b'*' => self.ignorable = true,
            b'~' => self.put("\u{a0}"),
            b'_' => self.put("-"),
            b'\r' | b'\n' => self.put("\n"),
            b'{' | b'}' | b'\\' => self.octet(*first),
            _ => {}
        }
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        let begins = std::mem::take(&mut self.at_start);
        let is_on = number != Some(0);
        let unsigned = number.and_then(|n| u32::try_from(n).ok());
        match word {
            b"u" => self.unicode(number.unwrap_or(0)),
            b"uc" => self.group.substitutes = unsigned.map_or(1, |n| usize::try_from(n.min(8)).unwrap_or(1)),
            b"ansicpg" => self.page = unsigned.filter(|page| is_known(*page)).unwrap_or(self.page),
            b"mac" => self.page = 10000,
            b"pc" => self.page = 437,
            b"pca" => self.page = 850,
            b"fromhtml" => self.wraps_html = is_on,
            b"htmlrtf" => {
                self.flush();
                self.group.instead = is_on && self.wraps_html;
            }
            b"htmltag" if begins => self.group.is_tag = true,
            b"f" => {
                self.flush();
                self.group.font = unsigned.unwrap_or(0);
            }
            b"fcharset" => self.font_charset(unsigned.unwrap_or(0)),
            b"plain" => self.group.hidden = false,
            b"v" | b"deleted" => {
                self.flush();
                self.group.hidden = is_on;
            }
            b"fonttbl" => {
                self.group.unseen = true;
                self.group.is_fonts = true;
            }
            _ if is_unseen(word) || begins && self.ignorable => self.group.unseen = true,
            _ => self.shown_word(word),
        }
    }

    fn shown_word(&mut self, word: &[u8]) {
        // In HTML these are part of what RTF shows instead; the document has its own.
        let shown = match word {
            b"par" | b"line" | b"sect" | b"page" | b"row" => "\n",
            b"tab" => "\t",
            b"cell" | b"emspace" | b"enspace" => " ",
            b"lquote" => "‘",
            b"rquote" => "’",
            b"ldblquote" => "“",
            b"rdblquote" => "”",
            b"bullet" => "•",
            b"endash" => "–",
            b"emdash" => "—",
            _ => return,
        };
        self.put(shown);
    }

    /// A character of Unicode, in halves beyond the first plane, and the substitutes that follow it.
    fn unicode(&mut self, number: i32) {
        let unit = u16::try_from(number & 0xffff).unwrap_or(0xfffd);
        self.passed = self.group.substitutes;
        let pair = self.high.take().map_or([unit, 0], |high| [high, unit]);
        if (0xd800..0xdc00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let length = if pair[0] == unit { 1 } else { 2 };
        let text: String =
            char::decode_utf16(pair[..length].iter().copied()).map(|c| c.unwrap_or('\u{fffd}')).collect();
        self.put(&text);
    }

    /// The character set of the font that is being described.
    fn font_charset(&mut self, charset: u32) {
        let page = match charset {
            77 => 10000,
            128 => 932,
            129 => 949,
            134 => 936,
            136 => 950,
            161 => 1253,
            162 => 1254,
            177 => 1255,
            178 => 1256,
            186 => 1257,
            204 => 1251,
            238 => 1250,
            _ => return,
        };
        if self.group.is_fonts && self.fonts.len() < FONTS_MAX {
            self.fonts.push((self.group.font, page));
        }
    }
}

fn is_known(page: u32) -> bool {
    charset::label::numbered(page).is_some()
}

/// Groups that show nothing: tables, pictures, authors, the heads and feet of pages.
fn is_unseen(word: &[u8]) -> bool {
    const UNSEEN: [&[u8]; 30] = [
        b"colortbl",
        b"stylesheet",
        b"info",
        b"pict",
        b"object",
        b"header",
        b"footer",
        b"headerl",
        b"headerr",
        b"headerf",
        b"footerl",
        b"footerr",
        b"footerf",
        b"nonshppict",
        b"fldinst",
        b"bkmkstart",
        b"bkmkend",
        b"listtable",
        b"listoverridetable",
        b"themedata",
        b"datastore",
        b"generator",
        b"annotation",
        b"atnid",
        b"atnauthor",
        b"xe",
        b"tc",
        b"filetbl",
        b"revtbl",
        b"userprops",
    ];
    UNSEEN.contains(&word)
}

#[cfg(test)]
#[path = "reader/tests.rs"]
mod tests;
