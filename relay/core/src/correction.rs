//! An answer to the Sunday overview: which line took how long, said in plain words. Whatever is not clear is for a human.
//!
//! Nothing is guessed: a single line that is neither a correction nor a greeting leaves the whole answer to a human, and
//! everything from the first line of ours that was quoted back is cut, with or without marks of quoting.

mod courtesy;
mod line;
mod plan;
mod quote;
mod span;
mod token;
mod words;

pub use plan::{Declared, Plan, Share, plan};

use crate::ledger::Minutes;
use crate::party::Language;
use courtesy::Courtesy;

/// What is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A line of the overview, by its number.
    Line(u32),
    /// The whole week.
    Week,
}

/// One value that is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction {
    /// What.
    pub target: Target,
    /// How long it took.
    pub minutes: Minutes,
}

/// What an answer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// These values are put right: each line once, and the whole week at most once.
    Corrections(Vec<Correction>),
    /// It is as we said, or only thanks.
    Agreed,
    /// A human must read it.
    Unclear,
}

/// What was asked.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// How many lines the overview had.
    pub lines: u32,
    /// The language it was written in: "time" is an hour in three of them.
    pub language: Language,
    /// Everything we have written about this week, in the reader's words: none of it is an answer.
    pub ours: &'a str,
    /// What the writer may sign with.
    pub names: &'a [String],
}

/// An answer that is longer is for a human.
const MOST_LINES: usize = 200;
const MOST_OCTETS: usize = 20_000;

/// Reads an answer: decoded text, quoted lines beginning with `>`.
pub fn read(text: &str, asked: &Asked<'_>) -> Answer {
    if text.len() > MOST_OCTETS || text.lines().count() > MOST_LINES {
        return Answer::Unclear;
    }
    let ours = quote::Ours::of(asked.ours);
    let lines: Vec<&str> = text.lines().collect();
    let end = (0..lines.len()).find(|from| lines.get(*from..).is_some_and(|rest| ours.begins(rest)));
    let own = lines.get(..end.unwrap_or(lines.len())).unwrap_or_default();
    // Below our own words may stand an answer that is not read.
    let is_cut = end.is_some();
    let mut reader = Reader { asked, found: Vec::new(), quoted: quote::Beside::default(), has_ended: false };
    let mut says_something = false;
    for line in own {
        if line.trim_start().starts_with('>') {
            reader.quoted.pass(line);
        } else if !line.trim().is_empty() {
            says_something = true;
            if !reader.take(line) {
                return Answer::Unclear;
            }
        }
    }
    match reader.found {
        found if !found.is_empty() => Answer::Corrections(found),
        _ if says_something && !is_cut => Answer::Agreed,
        _ => Answer::Unclear,
    }
}

struct Reader<'a> {
    asked: &'a Asked<'a>,
    found: Vec<Correction>,
    quoted: quote::Beside,
    /// A farewell has been read: what follows is a name, or a signature.
    has_ended: bool,
}

impl Reader<'_> {
    /// Takes one line of the writer's own; `false` when it is not clear.
    fn take(&mut self, line: &str) -> bool {
        match courtesy::of(line, self.asked.names) {
            Some(Courtesy::Farewell) => {
                self.has_ended = true;
                return true;
            }
            Some(Courtesy::Greeting) => return true,
            None => {}
        }
        let beside = self.quoted.take();
        let place = line::Place {
            lines: self.asked.lines,
            beside: beside.or((self.asked.lines == 1).then_some(1)),
            language: self.asked.language,
        };
        let Some(corrections) = line::read(line, &place) else {
            return self.has_ended && !courtesy::is_afterthought(line);
        };
        // A correction below a farewell may be a telephone number, and one that names another line than the one it is
        // written beside is a riddle.
        let is_elsewhere = |c: &Correction| match (beside, c.target) {
            (Some(line), Target::Line(named)) => named != line,
            _ => false,
        };
        !self.has_ended && !corrections.iter().any(is_elsewhere) && corrections.into_iter().all(|c| self.add(c))
    }

    /// Keeps a correction; `false` when it says something else than an earlier one.
    fn add(&mut self, new: Correction) -> bool {
        if let Some(known) = self.found.iter().find(|known| known.target == new.target) {
            return known.minutes == new.minutes;
        }
        self.found.push(new);
        true
    }
}

#[cfg(test)]
#[path = "correction/tests.rs"]
mod tests;
