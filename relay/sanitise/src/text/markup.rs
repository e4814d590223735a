//! Marks of emphasis and of lists inside a text: private characters, which no text from outside has any more.
//!
//! A rendered document carries them on every line by itself, so that any line may be cut. They are taken off
//! before words are judged ([`plain`]), put back on the lines that are left ([`carry`]), and become a small
//! document at the end ([`html`]).

mod page;

pub(crate) use page::html;

use std::collections::HashMap;

/// What a mark says of the words it stands before, or around.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Strong,
    Emphasis,
    /// An item of a list: stands before `-`.
    Item,
    /// An item of a numbered list: stands before `1.`.
    Number,
}

const STRONG_ON: char = '\u{f8f0}';
const STRONG_OFF: char = '\u{f8f1}';
const EMPHASIS_ON: char = '\u{f8f2}';
const EMPHASIS_OFF: char = '\u{f8f3}';
const ITEM: char = '\u{f8f4}';
const NUMBER: char = '\u{f8f5}';

impl Mark {
    /// The character that begins what is marked.
    pub(crate) fn on(self) -> char {
        match self {
            Self::Strong => STRONG_ON,
            Self::Emphasis => EMPHASIS_ON,
            Self::Item => ITEM,
            Self::Number => NUMBER,
        }
    }

    /// The character that ends it; an item ends with its line.
    pub(crate) fn off(self) -> char {
        match self {
            Self::Strong => STRONG_OFF,
            Self::Emphasis => EMPHASIS_OFF,
            Self::Item => ITEM,
            Self::Number => NUMBER,
        }
    }
}

/// What all marks begin with in UTF-8.
const LEAD: [u8; 2] = [0xef, 0xa3];

fn is_mark(c: char) -> bool {
    matches!(c, STRONG_ON..=NUMBER)
}

/// Whether a text has any mark.
pub(crate) fn is_marked(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), &LEAD).is_some() && text.contains(is_mark)
}

/// The text without its marks.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for place in memchr::memchr_iter(0xef, text.as_bytes()) {
        // Each mark is three octets.
        if text[place..].starts_with(is_mark) {
            out.push_str(&text[done..place]);
            done = place + 3;
        }
    }
    out.push_str(&text[done..]);
    out
}

/// A run of marked characters on one line, by their octets in the plain line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    from: usize,
    to: usize,
    mark: Mark,
}

/// A line without its marks, and where they stood.
struct Marked {
    plain: String,
    spans: Vec<Span>,
}

impl Marked {
    /// Reads one line. Marks that do not match are repaired: what is opened ends with the line.
    fn read(line: &str) -> Self {
        let mut marked = Self { plain: String::with_capacity(line.len()), spans: Vec::new() };
        let (mut strong, mut emphasis) = (None, None);
        let mut rest = line;
        while let Some(c) = memchr::memmem::find(rest.as_bytes(), &LEAD).and_then(|place| {
            marked.plain.push_str(&rest[..place]);
            rest = &rest[place..];
            rest.chars().next()
        }) {
            rest = &rest[c.len_utf8()..];
            let here = marked.plain.len();
            match c {
                STRONG_ON => strong = strong.or(Some(here)),
                EMPHASIS_ON => emphasis = emphasis.or(Some(here)),
                STRONG_OFF => marked.add(strong.take(), here, Mark::Strong),
                EMPHASIS_OFF => marked.add(emphasis.take(), here, Mark::Emphasis),
                ITEM => marked.spans.push(Span { from: here, to: here, mark: Mark::Item }),
                NUMBER => marked.spans.push(Span { from: here, to: here, mark: Mark::Number }),
                other => marked.plain.push(other),
            }
        }
        marked.plain.push_str(rest);
        let end = marked.plain.len();
        marked.add(strong, end, Mark::Strong);
        marked.add(emphasis, end, Mark::Emphasis);
        marked
    }

    fn add(&mut self, from: Option<usize>, to: usize, mark: Mark) {
        self.spans.extend(from.filter(|from| *from < to).map(|from| Span { from, to, mark }));
    }

    /// The line with its marks written in.
    fn written(&self) -> String {
        let mut marks: Vec<(usize, usize, char)> = Vec::with_capacity(self.spans.len() * 2);
        for span in &self.spans {
            // At one place: ends before beginnings, and items before all.
            if span.from == span.to {
                marks.push((span.from, 1, span.mark.on()));
            } else {
                marks.push((span.from, 2, span.mark.on()));
                marks.push((span.to, 0, span.mark.off()));
            }
        }
        marks.sort_unstable();
        let mut out = String::with_capacity(self.plain.len() + marks.len() * 3);
        let mut done = 0;
        for (place, _, mark) in marks {
            out.push_str(self.plain.get(done..place).unwrap_or_default());
            out.push(mark);
            done = place;
        }
        out.push_str(self.plain.get(done..).unwrap_or_default());
        out
    }

    /// The same marks on a line of which only a piece was changed: those that lie in what both have.
    fn moved_to(&self, line: &str) -> Option<Self> {
        let same = |a: (char, char)| a.0 == a.1;
        let pairs = || self.plain.chars().zip(line.chars());
        let head: usize = pairs().take_while(|pair| same(*pair)).map(|(c, _)| c.len_utf8()).sum();
        let room = self.plain.len().min(line.len()) - head;
        let mut tail = 0;
        for (ours, theirs) in self.plain.chars().rev().zip(line.chars().rev()) {
            if ours != theirs || tail + ours.len_utf8() > room {
                break;
            }
            tail += ours.len_utf8();
        }
        // Too little in common: another line.
        if (head + tail) * 2 < self.plain.len().min(line.len()) || head + tail == 0 {
            return None;
        }
        let (before, after) = (head, self.plain.len() - tail);
        let move_place = |place: usize| {
            if place <= before {
                Some(place)
            } else if place >= after {
                Some(place + line.len() - self.plain.len())
            } else {
                None
            }
        };
        let spans = self
            .spans
            .iter()
            .filter_map(|span| Some(Span { from: move_place(span.from)?, to: move_place(span.to)?, mark: span.mark }));
        Some(Self { plain: line.to_owned(), spans: spans.collect() })
    }
}

/// Puts the marks of a rendered text on the lines that are left of it, however many were cut or changed.
pub(crate) fn carry(marked: &str, text: &str) -> String {
    let written: Vec<&str> = marked.lines().filter(|line| is_marked(line)).map(|line| unquoted(line).1).collect();
    let lines: Vec<Marked> = written.iter().map(|line| Marked::read(line)).collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::with_capacity(lines.len());
    for (place, line) in lines.iter().enumerate().rev() {
        places.entry(line.plain.trim_end()).or_default().push(place);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut next = 0;
    for line in text.split_inclusive('\n') {
        let (quotes, bare) = unquoted(line);
        let found = places.get_mut(bare).and_then(|all| if all.len() > 1 { all.pop() } else { all.first().copied() });
        out.push_str(quotes);
        let place = found.unwrap_or(next);
        let source = written.get(place).zip(lines.get(place));
        match source.map(|(written, line)| if line.plain == bare { Ok(*written) } else { Err(line.moved_to(bare)) }) {
            Some(Ok(written)) => out.push_str(written),
            Some(Err(Some(moved))) => out.push_str(&moved.written()),
            Some(Err(None)) | None => {
                out.push_str(&line[quotes.len()..]);
                continue;
            }
        }
        next = place + 1;
        out.push_str(&line[quotes.len() + bare.len()..]);
    }
    out
}

/// The marks of quoting, and the line without them and without blanks at its end.
fn unquoted(line: &str) -> (&str, &str) {
    let bare = line.trim_start_matches("> ");
    (&line[..line.len() - bare.len()], bare.trim_end())
}

#[cfg(test)]
#[path = "markup/tests.rs"]
mod tests;
