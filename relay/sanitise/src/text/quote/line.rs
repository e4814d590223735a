//! A line of a text: how deep it is quoted, and what becomes of it.

use crate::text::{attribution, footer, work};

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Keep,
    Quote,
    Signature,
    /// A line that introduces what was forwarded: the mark stands in its place.
    Mark,
    Drop,
}

/// A line without its quote marks.
#[derive(Clone, Copy)]
#[cfg_attr(test, derive(Debug))]
pub(super) struct Line<'a> {
    pub(super) depth: usize,
    pub(super) text: &'a str,
    pub(super) fate: Fate,
    /// Names people above a quote: never the context of an answer.
    pub(super) is_introduction: bool,
    pub(super) look: Look,
}

/// What a line looks like before anything around it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Plain,
    /// What a phone or a program added.
    Footer,
    /// Perhaps the last line of an attribution.
    MayIntroduce,
    /// `>From`, as mail programs write a line that begins with `From`.
    MailboxMark,
}

/// Shortest quoted line that was broken, and longest rest of it, in octets.
const BROKEN_MIN: usize = 60;
const REST_MAX: usize = 40;

/// Faces and the end of a wrapped attribution, not quotes.
const FACES: [&str; 9] = [">:(", ">:-(", ">:[", ">_<", ">.<", ">:)", ">:D", ">:-)", ">:/"];

impl<'a> Line<'a> {
    fn parse(line: &'a str) -> Self {
        work::spend(line.len());
        let is_face =
            line.starts_with('>') && (line.trim_end() == ">:" || FACES.iter().any(|face| line.starts_with(face)));
        let (mut depth, mut text) = (0, line);
        while let Some(inner) = text.strip_prefix('>').filter(|_| !is_face) {
            depth += 1;
            text = inner.strip_prefix(' ').filter(|next| next.starts_with('>')).unwrap_or(inner);
        }
        let look = match depth {
            1 if text.starts_with("From ") => Look::MailboxMark,
            _ if footer::is_footer(text) => Look::Footer,
            _ if attribution::may_end(text) => Look::MayIntroduce,
            _ => Look::Plain,
        };
        if depth > 0 {
            text = text.strip_prefix(' ').unwrap_or(text);
        }
        Self { depth, text, fate: if depth > 0 { Fate::Quote } else { Fate::Keep }, is_introduction: false, look }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim_start().is_empty()
    }

    /// A line of the writer's own words. Rules, underscores, footers and our own placeholders say nothing.
    pub(super) fn is_own_word(&self) -> bool {
        self.fate == Fate::Keep
            && self.depth == 0
            && self.look != Look::Footer
            && self.text.contains(char::is_alphanumeric)
    }
}

/// Splits a text with `\n` line ends.
pub(super) fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for line in text.split('\n').map(Line::parse) {
        match attribution::inline_end(line.text) {
            Some(end) => {
                let (first, rest) = line.text.split_at(end);
                lines.push(Line { text: first, look: Look::MayIntroduce, ..line });
                lines.push(Line { text: rest, look: Look::Plain, ..line });
            }
            None => lines.push(line),
        }
    }
    undo_mailbox_marks(&mut lines);
    mend_broken_quotes(&mut lines);
    lines
}

/// Programs that break long lines leave the rest of a quoted one without its mark, between two that have theirs.
fn mend_broken_quotes(lines: &mut [Line<'_>]) {
    for place in 1..lines.len().saturating_sub(1) {
        let (above, line, below) = (lines[place - 1], lines[place], lines[place + 1]);
        let is_rest = line.depth == 0 && line.text.len() <= REST_MAX && line.text.starts_with(char::is_lowercase);
        let is_cut = above.text.len() >= BROKEN_MIN && above.text.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        if is_rest && above.depth > 0 && below.depth > 0 && is_cut {
            lines[place].depth = above.depth;
            lines[place].fate = Fate::Quote;
        }
    }
}

/// A lone `>From` is no quote: mailbox files would have taken the line for a new letter.
fn undo_mailbox_marks(lines: &mut [Line<'_>]) {
    for place in 0..lines.len() {
        let is_quoted = |place: usize| lines.get(place).is_some_and(|line| line.depth > 0);
        let is_alone = !is_quoted(place + 1) && (place == 0 || !is_quoted(place - 1));
        let Some(line) = lines.get_mut(place) else { return };
        if line.look == Look::MailboxMark && is_alone {
            line.depth = 0;
            line.fate = Fate::Keep;
        }
    }
}
