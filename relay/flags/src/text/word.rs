//! Lines cut into words and into the marks that end or divide sentences.

use crate::spelling::{is_apostrophe, is_hyphen, is_unseen};
use std::ops::Range;

/// A mark between words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Pause,
    End,
    Question,
}

/// A word or a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    Word(Range<usize>),
    Mark(Mark),
}

/// Words that end with a full stop in the middle of a sentence.
const SHORT: [&str; 24] = [
    "ex", "bl", "dvs", "kl", "ca", "nr", "tlf", "tel", "mob", "eks", "dr", "st", "mr", "mrs", "ms", "ev", "jf", "vs",
    "bla", "feks", "tex", "mm", "resp", "ang",
];

/// A character that is a picture, and a word of its own.
pub(crate) fn is_picture(c: char) -> bool {
    matches!(c, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' | '\u{2b50}' | '\u{2b55}')
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

/// Joins two letters to one word. A star hides a letter from machines.
fn joins(c: char) -> bool {
    is_apostrophe(c) || is_hyphen(c) || is_unseen(c) || c == '*'
}

/// Cuts the lines of one block.
pub(crate) fn pieces(text: &str, lines: &[Range<usize>]) -> Vec<Piece> {
    let width = width(text, lines);
    let mut all = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        let content = text.get(line.clone()).unwrap_or_default();
        Cutter { text, end: line.end, at: line.start, all: &mut all }.line();
        let next = lines.get(number + 1).map(|next| text.get(next.clone()).unwrap_or_default());
        if next.is_none_or(|next| !is_wrapped(content, next, width)) {
            all.push(Piece::Mark(Mark::End));
        }
    }
    all
}

/// The width lines are wrapped at, when they are.
fn width(text: &str, lines: &[Range<usize>]) -> Option<usize> {
    let long = |line: &Range<usize>| text.get(line.clone()).unwrap_or_default().trim_end().chars().count();
    lines.iter().map(long).max().filter(|width| (50..=80).contains(width))
}

/// Whether a line broke only because the next word did not fit.
fn is_wrapped(line: &str, next: &str, width: Option<usize>) -> bool {
    let Some(width) = width else { return false };
    let Some(word) = next.split_whitespace().next() else { return false };
    let length = line.trim_end().chars().count();
    length > 0 && length + 1 + word.chars().count() > width
}

struct Cutter<'t, 'o> {
    text: &'t str,
    at: usize,
    end: usize,
    all: &'o mut Vec<Piece>,
}

impl Cutter<'_, '_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    fn line(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            if is_letter(c) {
                self.word();
            } else if is_picture(c) {
                self.all.push(Piece::Word(self.at..self.at + c.len_utf8()));
                self.at += c.len_utf8();
            } else {
                self.mark(c);
            }
        }
    }

    fn word(&mut self) {
        let start = self.at;
        let mut end = self.at;
        let mut chars = self.rest().char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            if is_letter(c) {
                end = start + at + c.len_utf8();
            } else if !joins(c) || !chars.peek().is_some_and(|(_, next)| is_letter(*next) || is_unseen(*next)) {
                break;
            }
        }
        self.at = end;
        self.all.push(Piece::Word(start..end));
    }

    fn mark(&mut self, c: char) {
        let rest = self.rest();
        let run = rest.find(|other: char| !matches!(other, '.' | '!' | '?' | '…')).unwrap_or(rest.len());
        let (marks, behind) = rest.split_at(run);
        if run == 0 {
            self.at += c.len_utf8();
            // A hyphen that joins nothing is a dash.
            if matches!(c, ',' | ';' | ':' | '(' | ')' | '–' | '—' | '/' | '|') || is_hyphen(c) {
                self.all.push(Piece::Mark(Mark::Pause));
            }
            return;
        }
        let mark = self.ending(marks, behind);
        self.at += run;
        self.all.push(Piece::Mark(mark));
    }

    /// What a run of full stops, question marks and the like does here.
    fn ending(&self, marks: &str, behind: &str) -> Mark {
        if marks.contains('?') {
            return Mark::Question;
        }
        if marks.contains('!') {
            return Mark::End;
        }
        let next = behind.trim_start().chars().next();
        let is_close = behind.chars().next().is_some_and(is_letter);
        let goes_on = next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
        // Dots that trail off, "example.org" and "t.ex. så": the sentence goes on.
        if is_close || (goes_on && (marks.len() > 1 || self.is_short())) { Mark::Pause } else { Mark::End }
    }

    /// Whether the last word is one that is always written with a full stop.
    fn is_short(&self) -> bool {
        let Some(Piece::Word(last)) = self.all.last() else { return false };
        let word = self.text.get(last.clone()).unwrap_or_default().to_lowercase();
        (last.end == self.at) && (word.chars().count() == 1 || SHORT.contains(&word.as_str()))
    }
}
