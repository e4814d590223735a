//! Quoted history cut; answers written between quoted lines kept with the lines they answer.

mod ending;
mod history;
mod line;

use super::{contact, signoff, work};
use crate::step::{Step, Steps};
use history::History;
use line::{Fate, Line};

/// Lines kept of the quote an answer stands under.
const CONTEXT_MAX: usize = 8;

/// What is left of a text, and what was cut.
#[derive(Clone, Default, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Cut {
    /// The kept text; quoted lines begin with `> `.
    pub(crate) text: String,
    pub(crate) quoted_lines: usize,
    pub(crate) signatures: usize,
    /// Forwarded letters kept below their mark.
    pub(crate) forwarded: usize,
}

/// Whether a letter answers another. One that answers nothing has no history below it: what stands under a header
/// block there was put in on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    Answer,
    Fresh,
    /// Sent on: the older letter is what it is about.
    Forward,
    /// `VS:`, which says one thing in Finnish and another in Danish and Norwegian.
    Either,
}

/// How the subjects of forwarded letters begin, lower case.
const FORWARDS: [&str; 18] = [
    "fw:",
    "fwd:",
    "vb:",
    "vl:",
    "wg:",
    "tr:",
    "rv:",
    "i:",
    "pd:",
    "enc:",
    "doorst:",
    "fs:",
    "fwd :",
    "videresendt:",
    "videresend:",
    "vidarebefordrat:",
    "[fwd:",
    "ilt:",
];
/// How the subjects of answers begin, lower case.
const ANSWERS: [&str; 14] =
    ["re:", "sv:", "aw:", "svar:", "antw:", "re[", "r:", "re :", "rép:", "odp:", "ynt:", "vá:", "res:", "відп:"];

impl Occasion {
    /// What a subject says, and whether the header names an answered letter. Programs name one in forwarded letters too.
    pub(crate) fn of(subject: &str, names_one: bool) -> Self {
        let start = subject.trim_start().to_lowercase();
        let begins = |list: &[&str]| list.iter().any(|word| start.starts_with(word));
        if start.starts_with("vs:") {
            Self::Either
        } else if begins(&FORWARDS) {
            Self::Forward
        } else if names_one || begins(&ANSWERS) {
            Self::Answer
        } else {
            Self::Fresh
        }
    }
}

/// Cuts a text with `\n` line ends. `forward_mark` is the neutral line put above forwarded text.
pub(crate) fn cut_by(text: &str, occasion: Occasion, forward_mark: &str, steps: Steps) -> Cut {
    let mut lines = line::split(text);
    let history = if steps.takes(Step::Quotes) {
        Some(history::mark(&mut lines, occasion))
    } else {
        for line in &mut lines {
            line.fate = Fate::Keep;
        }
        None
    };
    if steps.takes(Step::Endings) {
        ending::mark(&mut lines);
    }
    if let Some(history) = history {
        mark_quotes(&mut lines, occasion, history);
    }
    assemble(&lines, forward_mark)
}

#[cfg(test)]
fn cut(text: &str, occasion: Occasion, forward_mark: &str) -> Cut {
    cut_by(text, occasion, forward_mark, Steps::ALL)
}

/// Quotes below the last own word go whole; of the others, the paragraph right above an answer stays.
fn mark_quotes(lines: &mut [Line<'_>], occasion: Occasion, history: History) {
    let is_quoted = |line: &&mut Line<'_>| line.fate == Fate::Quote && !line.is_introduction;
    let outermost = lines.iter_mut().filter(is_quoted).filter(|line| !line.is_blank()).map(|line| line.depth).min();
    let Some(outermost) = outermost else { return };
    let has_own = lines.iter().any(Line::is_own_word);
    // Marked by hand: nothing says that it is an older letter's.
    let is_typed = history == History::None
        && matches!(occasion, Occasion::Fresh | Occasion::Forward)
        && lines.iter().all(|line| line.depth <= 1);
    if is_typed || !has_own {
        // Nothing but quotes: perhaps forwarded that way. Words are kept rather than lost, of the outermost depth.
        for line in lines.iter_mut().filter(is_quoted).filter(|line| line.depth == outermost) {
            line.fate = Fate::Keep;
        }
        return;
    }
    let (mut end, mut is_answered) = (lines.len(), false);
    while end > 0 {
        let line = &lines[end - 1];
        if line.fate == Fate::Quote {
            let quote = lines[..end].iter().rev().take_while(|line| is_in_quote(line)).count();
            if is_answered {
                keep_context(&mut lines[end - quote..end]);
            }
            is_answered = false;
            end -= quote;
        } else {
            is_answered = is_answered || says(lines, end - 1);
            end -= 1;
        }
    }
}

fn is_in_quote(line: &Line<'_>) -> bool {
    line.fate == Fate::Quote || line.is_introduction || line.fate == Fate::Keep && line.is_blank()
}

/// Whether a line says something: not only a farewell and a name.
fn says(lines: &[Line<'_>], place: usize) -> bool {
    let line = &lines[place];
    if !line.is_own_word() || signoff::is_signoff(line.text) {
        return false;
    }
    let above = lines[..place].iter().rev().take(3).find(|line| !line.is_blank());
    !(signoff::is_name(line.text) && above.is_some_and(|line| signoff::is_signoff(line.text)))
}

/// Keeps the last paragraph of a quote that says something, and only what was quoted once.
fn keep_context(quote: &mut [Line<'_>]) {
    work::spend(quote.len());
    let (mut end, mut kept) = (quote.len(), 0);
    end -= farewell(&quote[..end]);
    for line in quote[..end].iter_mut().rev() {
        let is_first_level = line.depth == 1 && line.fate == Fate::Quote && !line.is_introduction && !line.is_blank();
        if is_first_level && kept < CONTEXT_MAX {
            line.fate = Fate::Keep;
            kept += 1;
        } else if kept > 0 {
            return;
        }
    }
}

/// How many lines at the end of a quote are its sign-off and what stands below it, if anything stands above.
fn farewell(quote: &[Line<'_>]) -> usize {
    let near = quote.iter().rev().take(CONTEXT_MAX + 4);
    let is_end = |line: &Line<'_>| {
        line.is_blank() || signoff::is_name(line.text) || contact::kind(line.text) != contact::Trait::Words
    };
    let mut length = 0;
    for line in near {
        length += 1;
        if line.depth == 1 && signoff::is_signoff(line.text) {
            let above = &quote[..quote.len() - length];
            return if above.iter().any(|line| line.depth == 1 && !line.is_blank()) { length } else { 0 };
        }
        if !is_end(line) {
            return 0;
        }
    }
    0
}

fn assemble(lines: &[Line<'_>], forward_mark: &str) -> Cut {
    let mut cut = Cut { text: String::with_capacity(lines.iter().map(|l| l.text.len() + 3).sum()), ..Cut::default() };
    for line in lines {
        match line.fate {
            Fate::Keep => {
                if line.depth > 0 {
                    cut.text.push_str("> ");
                }
                cut.text.push_str(line.text);
                cut.text.push('\n');
            }
            Fate::Mark => {
                cut.forwarded += 1;
                cut.text.push_str(forward_mark);
                cut.text.push('\n');
            }
            Fate::Quote => cut.quoted_lines += 1,
            Fate::Signature => cut.signatures += 1,
            Fate::Drop => {}
        }
    }
    cut
}

#[cfg(test)]
#[path = "quote/clients.rs"]
mod clients;
#[cfg(test)]
#[path = "quote/tests.rs"]
mod tests;
