//! A tape written as XML again: own prefixes, own order of declarations, nothing between the lines.

use super::space::Space;
use super::xml::{Element, Fate, Name, Tape, Token};

const HEADER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Writes what is left of a tape.
pub(crate) fn write(tape: &Tape<'_>) -> String {
    let mut writer =
        Writer { out: HEADER.to_owned(), open: Vec::new(), is_in_tag: false, default: default_space(tape), tape };
    let mut place = 0;
    while let Some(token) = tape.tokens.get(place) {
        match token {
            Token::Text(text) if text.is_empty() => {}
            Token::Text(text) => {
                writer.end_tag();
                escape(text, false, &mut writer.out);
            }
            Token::Close => writer.close(),
            Token::Open { .. } => {
                if let Some(next) = writer.open(place) {
                    place = next;
                    continue;
                }
            }
        }
        place += 1;
    }
    writer.out
}

/// Escapes text for an element or, with `quoted`, for an attribute. Characters that XML cannot hold are left out.
pub(crate) fn escape(text: &str, quoted: bool, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '"' if quoted => out.push_str("&quot;"),
            '\n' if quoted => out.push_str("&#10;"),
            '\t' if quoted => out.push_str("&#9;"),
            '\t' | '\n' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
}

struct Writer<'t, 'a> {
    out: String,
    /// The elements that are open, `None` for an unwrapped one.
    open: Vec<Option<Name<'a>>>,
    /// A tag that may turn out to be empty.
    is_in_tag: bool,
    /// Written without a prefix.
    default: Space,
    tape: &'t Tape<'a>,
}

/// Some readers of sheets and of relationships know them without prefixes only.
fn default_space(tape: &Tape<'_>) -> Space {
    let root = tape.root().map_or(Space::None, |root| root.name.space);
    if matches!(root, Space::S | Space::Links | Space::Types) { root } else { Space::None }
}

impl Writer<'_, '_> {
    /// Opens an element, or steps over it: then the next place is given.
    fn open(&mut self, place: usize) -> Option<usize> {
        let element = self.tape.element(place)?;
        match element.fate {
            Fate::Drop => return Some(element.end + 1),
            Fate::Unwrap => {
                self.open.push(None);
                return None;
            }
            Fate::Keep => {}
        }
        self.end_tag();
        self.out.push('<');
        self.name(element.name, self.default);
        if self.open.is_empty() {
            self.declarations();
        }
        for attribute in element.attributes {
            let Some(value) = &attribute.value else { continue };
            self.attribute(attribute.name, value);
        }
        if has_edges(self.tape, place, &element) {
            self.out.push_str(" xml:space=\"preserve\"");
        }
        self.is_in_tag = true;
        self.open.push(Some(element.name));
        None
    }

    fn end_tag(&mut self) {
        if std::mem::take(&mut self.is_in_tag) {
            self.out.push('>');
        }
    }

    fn close(&mut self) {
        if let Some(Some(name)) = self.open.pop() {
            if std::mem::take(&mut self.is_in_tag) {
                self.out.push_str("/>");
                return;
            }
            self.out.push_str("</");
            self.name(name, self.default);
            self.out.push('>');
        }
    }

    fn name(&mut self, name: Name<'_>, default: Space) {
        if name.space != default && !name.space.prefix().is_empty() {
            self.out.push_str(name.space.prefix());
            self.out.push(':');
        }
        self.out.push_str(name.local);
    }

    fn attribute(&mut self, name: Name<'_>, value: &str) {
        self.out.push(' ');
        self.name(name, Space::None);
        self.out.push_str("=\"");
        escape(value, true, &mut self.out);
        self.out.push('"');
    }

    fn declarations(&mut self) {
        for (space, uri) in self.tape.declared() {
            self.out.push_str(" xmlns");
            if space != self.default {
                self.out.push(':');
                self.out.push_str(space.prefix());
            }
            self.out.push_str("=\"");
            escape(uri, true, &mut self.out);
            self.out.push('"');
        }
    }
}

/// Whether white space at an edge would be lost: a wash may have put it there.
fn has_edges(tape: &Tape<'_>, place: usize, element: &Element<'_, '_>) -> bool {
    let is_leaf = matches!(
        (element.name.space, element.name.local),
        (Space::W, "t" | "delText" | "instrText") | (Space::S | Space::M, "t")
    );
    let is_edged = |text: &str| text.starts_with([' ', '\t', '\n']) || text.ends_with([' ', '\t', '\n']);
    is_leaf && element.value(Space::Xml, "space").is_none() && tape.text(place + 1).is_some_and(is_edged)
}
