//! An HTML document rendered as the text its reader sees.

use super::element::{self, Layout};
use super::entity;
use super::lexer::{Attributes, Lexer, Name, Token};
use super::style::Sheet;
use super::traits::Traits;
use crate::known::link;

/// Deepest nesting that is followed; deeper elements are shown like their parent.
const DEPTH_MAX: usize = 200;

/// The text of a document, with `\n` line ends and quoted lines marked by `> `.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Rendered {
    pub(crate) text: String,
    pub(crate) hidden: usize,
    pub(crate) remote: usize,
    pub(crate) signatures: usize,
    pub(crate) tracking: usize,
}

/// Renders a document.
pub(crate) fn render(document: &str) -> Rendered {
    let mut renderer = Renderer::new(document.len());
    for token in Lexer::new(document) {
        match token {
            Token::Text(text) => renderer.text(text),
            Token::Open { name, attributes } => renderer.open(name, attributes),
            Token::Close(name) => renderer.close(name),
            Token::Sheet(css) => renderer.sheet.read(css),
        }
    }
    renderer.out
}

#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own that an element inherits or not")]
struct Open {
    name: Name,
    layout: Layout,
    /// Whether this element, or one around it, is not shown.
    hidden: bool,
    white: bool,
    backed: bool,
    quoted: bool,
    pre: bool,
    /// The next number of an ordered list, 0 for a list of points.
    number: usize,
    /// A link's address and where its label begins.
    link: Option<(String, usize)>,
}

struct Renderer {
    out: Rendered,
    open: Vec<Open>,
    sheet: Sheet,
    scratch: String,
    /// Line ends owed before the next word.
    breaks: usize,
    /// A blank owed before the next word.
    space: bool,
    at_line_start: bool,
}

impl Renderer {
    fn new(size: usize) -> Self {
        let out = Rendered { text: String::with_capacity(size / 4 + 64), ..Rendered::default() };
        Self {
            out,
            open: Vec::new(),
            sheet: Sheet::default(),
            scratch: String::new(),
            breaks: 0,
            space: false,
            at_line_start: true,
        }
    }

    fn is_hidden(&self) -> bool {
        self.open.last().is_some_and(|open| open.hidden)
    }

    fn text(&mut self, text: &str) {
        if self.is_hidden() {
            return;
        }
        let mut decoded = std::mem::take(&mut self.scratch);
        decoded.clear();
        entity::decode_into(text, &mut decoded);
        if self.open.last().is_some_and(|open| open.pre) {
            self.preformatted(&decoded);
        } else {
            self.flow(&decoded);
        }
        self.scratch = decoded;
    }

    /// Text in which blanks and line ends only part words.
    fn flow(&mut self, text: &str) {
        let is_gap = |c: char| c.is_ascii_whitespace();
        self.space |= text.starts_with(is_gap);
        for (place, word) in text.split(is_gap).filter(|word| !word.is_empty()).enumerate() {
            self.space |= place > 0;
            self.word(word);
        }
        self.space |= !text.is_empty() && text.ends_with(is_gap);
    }

    fn preformatted(&mut self, text: &str) {
        for (place, line) in text.split('\n').enumerate() {
            if place > 0 {
                self.line_break();
            }
            if !line.is_empty() {
                self.word(line.trim_end_matches('\r'));
            }
        }
    }

    fn word(&mut self, word: &str) {
        let breaks = std::mem::take(&mut self.breaks);
        if breaks > 0 && !self.out.text.is_empty() {
            for _ in 0..breaks {
                self.end_line();
            }
        }
        if self.at_line_start {
            self.begin_line();
        } else if self.space {
            self.out.text.push(' ');
        }
        self.space = false;
        self.out.text.push_str(word);
    }

    fn begin_line(&mut self) {
        let depth = self.open.iter().filter(|open| open.quoted).count();
        self.out.text.extend(std::iter::repeat_n("> ", depth));
        self.at_line_start = false;
    }

    fn end_line(&mut self) {
        self.out.text.push('\n');
        self.at_line_start = true;
    }

    fn line_break(&mut self) {
        let owed = std::mem::take(&mut self.breaks);
        for _ in 0..owed {
            self.end_line();
        }
        self.end_line();
        self.space = false;
    }

    /// Makes sure the next word stands on a new line, `blank` lines below the last one.
    fn block(&mut self, blank: usize) {
        self.space = false;
        let ended = self.out.text.bytes().rev().take(2).take_while(|b| *b == b'\n').count();
        self.breaks = self.breaks.max((blank + 1).saturating_sub(ended));
    }

    fn open(&mut self, name: Name, attributes: Attributes<'_>) {
        let tag = name.text();
        if self.open.last().is_some_and(|open| element::closes(tag, open.name.text())) {
            self.pop();
        }
        match tag {
            "br" if !self.is_hidden() => self.line_break(),
            "img" => return self.picture(attributes),
            "hr" if !self.is_hidden() => self.block(1),
            _ => {}
        }
        if element::is_void(tag) || self.open.len() >= DEPTH_MAX {
            return;
        }
        self.push(name, attributes);
    }

    fn push(&mut self, name: Name, attributes: Attributes<'_>) {
        let tag = name.text();
        let traits = Traits::read(attributes, &self.sheet, tag);
        let parent = self.open.last();
        let (was_hidden, was_white, was_backed, was_pre) =
            parent.map_or((false, false, false, false), |p| (p.hidden, p.white, p.backed, p.pre));
        let mut layout = element::layout(tag);
        let white = (was_white || traits.look.white) && !traits.look.coloured;
        let backed = was_backed || traits.look.backed;
        let hidden = traits.is_signature || traits.look.hidden || layout == Layout::Unseen || white && !backed;
        if hidden && !was_hidden {
            self.out.signatures += usize::from(traits.is_signature);
            self.out.hidden += usize::from(!traits.is_signature && layout != Layout::Unseen);
        }
        // Outlook writes every line as a paragraph without margins.
        if tag == "p" && traits.has_no_margin {
            layout = Layout::Block;
        }
        let hidden = hidden || was_hidden;
        if !hidden {
            self.arrange(layout);
            if tag == "li" {
                self.list_mark();
            }
        }
        let link = traits.link.filter(|_| !hidden).map(|address| (address, self.out.text.len()));
        self.open.push(Open {
            name,
            layout,
            hidden,
            white,
            backed,
            quoted: tag == "blockquote" && !traits.is_indent,
            pre: was_pre || tag == "pre" || traits.is_pre,
            number: usize::from(tag == "ol"),
            link,
        });
    }

    fn arrange(&mut self, layout: Layout) {
        match layout {
            Layout::Block => self.block(0),
            Layout::Paragraph => self.block(1),
            Layout::Cell => self.space = true,
            Layout::Inline | Layout::Unseen => {}
        }
    }

    fn list_mark(&mut self) {
        let list = self.open.iter_mut().rev().find(|open| matches!(open.name.text(), "ul" | "ol"));
        let mark = match list {
            Some(list) if list.number > 0 => {
                list.number += 1;
                format!("{}.", list.number - 1)
            }
            _ => "-".to_owned(),
        };
        self.word(&mark);
        self.space = true;
    }

    /// A picture is remote or in another part; of its text only an emoji is somebody's own word.
    fn picture(&mut self, attributes: Attributes<'_>) {
        let mut alt = String::new();
        for (name, value) in attributes {
            if name.eq_ignore_ascii_case("alt") {
                entity::decode_into(value, &mut alt);
            } else if name.eq_ignore_ascii_case("src") && !value.trim_start().to_ascii_lowercase().starts_with("cid:") {
                self.out.remote += 1;
            }
        }
        let is_emoji =
            !alt.is_empty() && alt.chars().count() <= 8 && alt.chars().all(|c| !c.is_ascii() && !c.is_alphanumeric());
        if is_emoji && !self.is_hidden() {
            self.word(&alt);
        }
    }

    fn close(&mut self, name: Name) {
        let Some(place) = self.open.iter().rposition(|open| open.name == name) else {
            if name.text() == "p" || name.text() == "br" {
                self.block(0);
            }
            return;
        };
        while self.open.len() > place {
            self.pop();
        }
    }

    fn pop(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if open.hidden {
            return;
        }
        if let Some((address, start)) = open.link {
            self.finish_link(&address, start);
        }
        self.arrange(open.layout);
    }

    /// `label (https://…)`, unless the label is the address.
    fn finish_link(&mut self, address: &str, start: usize) {
        let label = self.out.text.get(start..).unwrap_or_default().trim();
        if label.is_empty() {
            return;
        }
        let cleaned = link::clean(address);
        self.out.tracking += usize::from(cleaned.was_tracked);
        let bare = |text: &str| {
            let text = text.trim_end_matches('/').trim_start_matches("https://").trim_start_matches("http://");
            text.trim_start_matches("www.").to_ascii_lowercase()
        };
        let (shown, target) = (bare(label), bare(&cleaned.address));
        if target.is_empty() || shown == target {
            return;
        }
        if label.starts_with("http") && !label.contains(' ') {
            // The label is the tracked form of the same address.
            let from = self.out.text.len() - self.out.text[start..].trim_start().len();
            self.out.text.truncate(from);
            self.out.text.push_str(&cleaned.address);
        } else {
            for piece in [" (", &cleaned.address, ")"] {
                self.out.text.push_str(piece);
            }
        }
    }
}

#[cfg(test)]
#[path = "render/tests.rs"]
mod tests;
