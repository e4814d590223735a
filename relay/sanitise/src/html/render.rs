//! An HTML document rendered as the text its reader sees.

mod arrange;
mod ending;
mod line;
mod link;
mod open;

use super::element::{self, Layout};
use super::entity;
use super::lexer::{Attributes, Lexer, Name, Token};
use super::sheet::Sheet;
use super::signs;
use super::traits::Traits;
use crate::text::tidy;
use line::Line;
use open::{Intro, Open, Sight};
use std::borrow::Cow;

/// Deepest nesting that is followed; deeper elements are shown like their parent.
const DEPTH_MAX: usize = 256;

/// The text of a document, with `\n` line ends and quoted lines marked by `> `.
#[derive(Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Rendered {
    /// With the marks of [`markup`] where the document has emphasis or lists; nothing else in it is private or unseen.
    pub(crate) text: String,
    pub(crate) hidden: usize,
    pub(crate) remote: usize,
    pub(crate) signatures: usize,
    pub(crate) tracking: usize,
}

/// Renders a document.
pub(crate) fn render(document: &str) -> Rendered {
    let mut renderer = rendered(document, Ground::Seen);
    // White letters without a dark ground: a letter written in the dark, if there is more of them than of others.
    if renderer.faded > renderer.shown {
        renderer = rendered(document, Ground::Ignored);
    }
    renderer.finished()
}

/// Whether letters in the colour of their ground are hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ground {
    Seen,
    Ignored,
}

fn rendered(document: &str, ground: Ground) -> Renderer {
    let mut renderer = Renderer::new(document.len(), ground);
    for token in Lexer::new(document) {
        match token {
            Token::Text(text) => renderer.text(text),
            Token::Open { name, attributes } => renderer.open(name, attributes),
            Token::Close(name) => renderer.close(name),
            Token::Sheet(css) => renderer.sheet.read(css),
        }
    }
    while !renderer.open.is_empty() {
        renderer.pop();
    }
    renderer
}

/// Whether words are parted by one blank each, and by nothing else.
fn has_single_blanks(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Counted, without a way out in the middle, so that many octets are looked at at once.
    let others = bytes.iter().filter(|b| matches!(b, b'\t' | b'\n' | b'\x0c' | b'\r')).count();
    let doubled = bytes.iter().zip(bytes.iter().skip(1)).filter(|(a, b)| **a == b' ' && **b == b' ').count();
    others + doubled == 0
}

struct Renderer {
    out: Rendered,
    line: Line,
    open: Vec<Open>,
    /// Elements opened beyond the depth that is followed.
    beyond: usize,
    /// How many lists are open.
    lists: usize,
    sheet: Sheet,
    ground: Ground,
    scratch: String,
    /// Octets of text hidden by their colour, and of text shown that is no quote.
    faded: usize,
    shown: usize,
}

impl Renderer {
    fn new(size: usize, ground: Ground) -> Self {
        let out = Rendered { text: String::with_capacity(size / 4 + 64), ..Rendered::default() };
        Self {
            out,
            line: Line::default(),
            open: Vec::with_capacity(16),
            beyond: 0,
            lists: 0,
            sheet: Sheet::default(),
            ground,
            scratch: String::new(),
            faded: 0,
            shown: 0,
        }
    }

    fn finished(mut self) -> Rendered {
        self.line.unmark(&mut self.out.text);
        self.out
    }

    fn sight(&self) -> Sight {
        self.open.last().map_or_else(Sight::default, |open| open.sight)
    }

    fn text(&mut self, text: &str) {
        let sight = self.sight();
        if sight.hidden {
            return;
        }
        if sight.is_faded() {
            let length = text.trim_ascii().len();
            self.faded += length;
            if self.ground == Ground::Seen {
                self.out.hidden += usize::from(length > 0);
                return;
            }
        }
        let mut scratch = std::mem::take(&mut self.scratch);
        let decoded = if memchr::memchr(b'&', text.as_bytes()).is_some() {
            scratch.clear();
            entity::decode_into(text, &mut scratch);
            // References may bring back what was taken out of the document.
            if let Cow::Owned(plain) = tidy::plain(&scratch) {
                scratch = plain;
            }
            scratch.as_str()
        } else {
            text
        };
        let quoted = self.line.depth() > 0;
        self.shown += if quoted || sight.is_faded() { 0 } else { decoded.trim_ascii().len() };
        if sight.has_signs {
            let drawn: String = decoded.chars().map(signs::sign).collect();
            self.flow(&drawn, sight);
        } else if sight.pre {
            self.preformatted(decoded, sight);
        } else {
            self.flow(decoded, sight);
        }
        self.scratch = scratch;
    }

    /// Text in which blanks and line ends only part words.
    fn flow(&mut self, text: &str, sight: Sight) {
        let is_gap = |b: Option<&u8>| b.is_some_and(u8::is_ascii_whitespace);
        self.line.space |= is_gap(text.as_bytes().first());
        let inner = text.trim_ascii();
        if has_single_blanks(inner) {
            if !inner.is_empty() {
                // Written as it stands: word by word nothing else would come of it.
                self.word(inner, sight);
            }
        } else {
            for (place, word) in inner.split_ascii_whitespace().enumerate() {
                self.line.space |= place > 0;
                self.word(word, sight);
            }
        }
        self.line.space |= is_gap(text.as_bytes().last());
    }

    fn preformatted(&mut self, text: &str, sight: Sight) {
        for (place, line) in text.split('\n').enumerate() {
            if place > 0 {
                self.line.end(&mut self.out.text);
            }
            if !line.is_empty() {
                self.word(line.trim_end_matches('\r'), sight);
            }
        }
    }

    fn word(&mut self, word: &str, sight: Sight) {
        if self.line.is_at_start() {
            self.decide_intro();
        }
        self.line.word(&mut self.out.text, word, sight.emphasis);
    }

    fn open(&mut self, name: Name, attributes: Attributes<'_>) {
        let tag = name.text();
        if self.open.last().is_some_and(|open| element::closes(tag, open.name.text())) {
            self.pop();
        }
        match tag {
            "br" if !self.sight().hidden => self.line.end(&mut self.out.text),
            "img" => return self.picture(attributes),
            "hr" if !self.sight().hidden => self.line.block(&self.out.text, 1),
            _ => {}
        }
        if element::is_void(tag) {
            return;
        }
        if self.open.len() >= DEPTH_MAX {
            self.beyond += 1;
        } else {
            self.push(name, attributes);
        }
    }

    fn push(&mut self, name: Name, attributes: Attributes<'_>) {
        let tag = name.text();
        let traits = Traits::read(attributes, &self.sheet, tag);
        let outer = self.sight();
        let mut layout = element::layout(tag);
        let sight = outer.within(tag, &traits.look, layout == Layout::Unseen);
        self.out.hidden += usize::from(sight.hidden && !outer.hidden && layout != Layout::Unseen);
        // Outlook writes every line as a paragraph without margins.
        if tag == "p" && traits.look.has_no_margin {
            layout = Layout::Block;
        }
        let quotes = tag == "blockquote" && !traits.look.is_indent && !sight.hidden;
        let mut open = Open { name, layout, sight, quotes, number: traits.start.unwrap_or(1), ..Open::default() };
        if !sight.hidden {
            // What is in an item or a cell begins on its line.
            if layout == Layout::Cell {
                self.cell();
            } else if !self.line.is_after_item() {
                self.arrange(&open);
            }
            self.line.quotes += usize::from(quotes);
            if tag == "li" {
                self.list_mark();
            }
            let here = self.out.text.len();
            open.start = here;
            open.link = traits.link;
            open.is_list_mark = traits.look.is_list_mark;
            open.intro = traits.is_history.then_some(Intro::Open);
            open.is_signature =
                traits.is_signature && self.line.quotes == 0 && !self.open.iter().any(|open| open.is_signature);
            if open.is_signature || open.is_list_mark {
                self.line.unmark(&mut self.out.text);
                open.start = self.out.text.len();
            }
        }
        self.lists += usize::from(open.is_list());
        self.open.push(open);
    }

    /// A picture is remote or in another part; of its text only an emoji is somebody's own word.
    fn picture(&mut self, attributes: Attributes<'_>) {
        let mut alt = String::new();
        for (name, value) in attributes {
            if name.eq_ignore_ascii_case("alt") && value.len() < 200 {
                alt.clear();
                entity::decode_into(value, &mut alt);
            } else if name.eq_ignore_ascii_case("src")
                && !value.trim_start().get(..4).is_some_and(|s| s.eq_ignore_ascii_case("cid:"))
            {
                self.out.remote += 1;
            }
        }
        let sight = self.sight();
        if signs::is_emoji(alt.trim()) && !sight.hidden {
            self.word(alt.trim(), sight);
        }
    }

    fn close(&mut self, name: Name) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let Some(place) = self.open.iter().rposition(|open| open.name == name) else {
            if name.text() == "p" || name.text() == "br" {
                self.line.block(&self.out.text, 0);
            }
            return;
        };
        while self.open.len() > place {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(mut open) = self.open.pop() else { return };
        self.lists -= usize::from(open.is_list());
        if open.sight.hidden {
            return;
        }
        if let Some(address) = open.link.take() {
            self.finish_link(&address, open.start);
        }
        if open.is_list_mark {
            self.finish_list_mark(open.start);
        } else {
            self.line.leave(open.layout != Layout::Inline);
        }
        self.arrange(&open);
        self.line.quotes -= usize::from(open.quotes);
        if open.intro == Some(Intro::Quoting) {
            self.line.quotes -= 1;
        }
        if open.is_signature {
            self.finish_signature(open.start);
        }
    }
}

#[cfg(test)]
#[path = "render/tests.rs"]
mod tests;
