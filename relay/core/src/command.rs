//! Commands by mail: the one word at the head of a letter to the desk that acts, in every language of the house.
//!
//! Whoever writes `stop` must be heard however it is typed; whoever writes a sentence must never be taken at one word
//! of it. So a command stands alone on its line, or before a mark that ends it; all else is for a human to read.

mod end;
mod fold;
mod words;

pub use end::End;

use crate::party::Side;
use fold::{Line, lines};
use words::{CLOSINGS, GREETINGS, PHRASES, POLITE, PREFIXES_OF_WORRY, STRESS, WORRIED, YES};

/// What a letter to the desk asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// No further letter, in either direction.
    Stop,
    /// A pause, until a day or until further notice.
    Pause(Option<End>),
    /// The pause is over.
    Resume,
    /// Everything that is kept about the writer is to go.
    Erase,
    /// A coordinator is to read this.
    Coordinator,
    /// A volunteer cannot go on just now, and gives no reasons.
    Relief,
    /// A volunteer fears for somebody.
    Worried,
    /// Contact time, in the words it was written in.
    Time(String),
}

/// A command as it was found in a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What is asked for.
    pub command: Command,
    /// Whether more was written than the command: a human reads that.
    pub is_more: bool,
}

impl Command {
    /// Whether people on this side give it. A seeker's worry is for a coordinator, as every letter of hers is.
    pub fn is_for(&self, side: Side) -> bool {
        match self {
            Self::Stop | Self::Pause(_) | Self::Resume => true,
            Self::Erase | Self::Coordinator => side == Side::Seeker,
            Self::Relief | Self::Worried | Self::Time(_) => side == Side::Volunteer,
        }
    }
}

/// Lines of greeting that may stand before a command.
const GREETING_LINES: usize = 2;
/// Words of a name under a letter.
const LONGEST_NAME: usize = 2;

/// The command a letter begins with. The subject speaks where the letter has no words of its own.
pub fn read(text: &str, subject: &str) -> Option<Said> {
    let own: Vec<Line> = lines(text).collect();
    if own.is_empty() {
        let subject = Line::of(without_answer_marks(subject));
        return Some(Said { command: alone(&subject)?, is_more: false });
    }
    let mut rest = own.as_slice();
    for _ in 0..=GREETING_LINES {
        let (line, after) = rest.split_first()?;
        let greeted = line.after_any(&GREETINGS);
        if let Some((command, has_tail)) = of_line(&greeted) {
            return Some(Said { command, is_more: has_tail || !is_closing(after) });
        }
        // A greeting with a name or two, and nothing said yet.
        if greeted.words().len() == line.words().len() || greeted.words().len() > 2 {
            return None;
        }
        rest = after;
    }
    None
}

/// Whether an answer to "is that what you want?" says yes: it is empty, or says so and nothing else.
pub fn confirms(text: &str) -> bool {
    let own: Vec<Line> = lines(text).collect();
    let Some((first, after)) = own.split_first() else { return true };
    let is_yes = without_courtesy(first).matches(&YES) || alone(first) == Some(Command::Erase);
    is_yes && is_closing(after)
}

/// A whole line that is a command.
fn alone(line: &Line) -> Option<Command> {
    if line.is_question() {
        return None;
    }
    if let Some(command) = phrase(line) {
        return Some(command);
    }
    line.is_time().then(|| Command::Time(line.source().to_owned()))
}

/// A line that is a command, or begins with one that a mark sets apart; and whether more follows on it.
fn of_line(line: &Line) -> Option<(Command, bool)> {
    if line.is_question() {
        return None;
    }
    if let Some(command) = alone(line) {
        return Some((command, false));
    }
    if let Some(command) = line.heads().iter().find_map(phrase) {
        return Some((command, true));
    }
    is_worry(line).then_some((Command::Worried, true))
}

fn phrase(line: &Line) -> Option<Command> {
    let line = without_courtesy(line).once();
    if let Some((_, command)) = PHRASES.iter().find(|(phrase, _)| line.is(phrase)) {
        return Some(command.clone());
    }
    pause_with_end(&line)
}

/// `pause`, and how long.
fn pause_with_end(line: &Line) -> Option<Command> {
    let pauses = PHRASES.iter().filter(|(_, command)| *command == Command::Pause(None));
    let words = pauses.filter_map(|(phrase, _)| line.after(phrase)).min_by_key(Vec::len)?;
    Some(Command::Pause(Some(End::of_words(&words)?)))
}

/// `I am worried about …`: of a worry a sentence is enough. A false one costs somebody a look, a missed one a life.
fn is_worry(line: &Line) -> bool {
    let line = line.after_any(&PREFIXES_OF_WORRY).after_any(&STRESS);
    WORRIED.iter().any(|word| line.after(word).is_some_and(|after| !after.first().is_some_and(|w| is_no(w))))
}

fn is_no(word: &str) -> bool {
    ["inte", "ej", "ikke", "ikkje", "not", "nej", "nei", "no"].contains(&word)
}

/// Please and thanks, at either end.
fn without_courtesy(line: &Line) -> Line {
    line.after_any(&POLITE).before_any(&POLITE)
}

/// Whether nothing is said in these lines but thanks, goodbye and a name. In doubt something is said: a human reads it.
fn is_closing(rest: &[Line]) -> bool {
    let Some((first, after)) = rest.split_first() else { return true };
    if first.after_any(&POLITE).words().is_empty() {
        return is_closing(after);
    }
    let name: usize = after.iter().map(|line| line.words().len()).sum();
    let goodbye = CLOSINGS.iter().filter_map(|closing| first.after(closing)).map(|rest| rest.len()).min();
    let is_signed = first.source().starts_with('/') && after.is_empty();
    goodbye.is_some_and(|rest| rest + name <= LONGEST_NAME) || is_signed && first.words().len() <= LONGEST_NAME
}

/// A subject without the marks of an answer; one that was forwarded says nothing of its own.
fn without_answer_marks(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some((mark, after)) = rest.split_once(':') {
        if !["re", "sv", "vs", "ang"].contains(&mark.trim().to_lowercase().as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

#[cfg(test)]
#[path = "command/tests.rs"]
mod tests;
