//! The lines clients put above quoted text: `Den … skrev …:`, `On …, … wrote:`, and those of unknown languages.

mod phrase;
mod words;

use super::when::{self, When};
use super::work;
use phrase::{Address, Phrase};

/// How sure it is that a line introduces a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Certainty {
    /// A name and a verb: only in an answer, and only if a quoted line follows.
    Weak,
    /// A date beside them: only if a quoted line follows.
    Dated,
    /// By itself: it names an address beside a verb or a date with a time.
    Strong,
}

/// A line that introduces quoted text: where it begins, if it is wrapped, and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attribution {
    pub(crate) start: usize,
    pub(crate) certainty: Certainty,
}

/// Longest introduction, in octets, and the most lines it is wrapped over.
const LENGTH_MAX: usize = 400;
const LINES_MAX: usize = 4;
/// Longest introduction without an address, in octets.
const WEAK_MAX: usize = 140;

/// Colons of Latin, Chinese and Ethiopic writing.
const COLONS: [char; 4] = [':', '：', '፦', '፡'];

/// Whether a line may be the last of an attribution: a cheap look at its end.
pub(crate) fn may_end(line: &str) -> bool {
    if line.ends_with("--") {
        return line.len() < LENGTH_MAX && is_dashed(line);
    }
    let Some(body) = line.trim_end_matches(is_bold).strip_suffix(COLONS) else {
        // One without a colon names an address as programs do.
        return line.len() < LENGTH_MAX && line.contains('@') && line.contains('<');
    };
    body.len() < LENGTH_MAX
}

/// Reads the attribution that ends with a line. `above` gives the lines of the same depth at their places.
///
/// The fewest lines that make an attribution are taken, and above them those that belong to it for certain: what
/// stands above is mostly the last the writer said.
pub(crate) fn ending_at<'a>(
    end: usize,
    above: impl Fn(usize) -> Option<&'a str>,
    memo: &mut Memo,
) -> Option<Attribution> {
    let mut whole = Features::default();
    let mut found: Option<Attribution> = None;
    for start in (0..=end).rev().take(LINES_MAX) {
        let Some(line) = above(start).map(str::trim).filter(|line| !line.is_empty()) else { break };
        if whole.length + line.len() > LENGTH_MAX || start < end && phrase::is_finished(line) {
            break;
        }
        let features = memo.features(start, line);
        let begins = features.begins;
        if found.is_some() {
            let is_dated = !features.phrase.tells && features.when.is_whole() && (begins || !whole.when.has_date);
            if !is_dated && !features.phrase.is_bare() {
                break;
            }
            if !begins && !is_dated {
                continue;
            }
        }
        whole = features.and(whole);
        match whole.certainty() {
            Some(certainty) => found = Some(Attribution { start, certainty }),
            None if found.is_some() => break,
            None => {}
        }
        if found.is_some() && phrase::begins_whole(line) {
            break;
        }
    }
    found
}

/// The last lines that were read: each is looked at as the end of an attribution, and as a line above three others.
#[derive(Default)]
pub(crate) struct Memo {
    lines: [Option<(usize, Features)>; LINES_MAX],
}

impl Memo {
    fn features(&mut self, place: usize, line: &str) -> Features {
        let slot = &mut self.lines[place % LINES_MAX];
        match slot {
            Some((known, features)) if *known == place => *features,
            _ => {
                work::spend(line.len());
                slot.insert((place, Features::of(line))).1
            }
        }
    }
}

/// What some lines hold.
#[derive(Debug, Clone, Copy, Default)]
struct Features {
    phrase: Phrase,
    when: When,
    has_colon: bool,
    begins: bool,
    length: usize,
}

impl Features {
    fn of(line: &str) -> Self {
        let has_colon = !is_open(line);
        let (phrase, when) = (Phrase::of(line), when::read(line));
        Self { phrase, when, has_colon, begins: phrase::begins(line), length: line.len() }
    }

    /// These lines and those below.
    fn and(self, below: Self) -> Self {
        Self {
            phrase: self.phrase.and(below.phrase),
            when: self.when.and(below.when),
            has_colon: if below.length > 0 { below.has_colon } else { self.has_colon },
            begins: self.begins,
            length: self.length + below.length + 1,
        }
    }

    fn certainty(&self) -> Option<Certainty> {
        let Self { phrase, when, .. } = *self;
        let is_whole = when.is_whole();
        let strange = match (phrase.address, is_whole) {
            (Address::Bracketed | Address::Bare, true) => 10,
            (Address::Bracketed | Address::Bare, false) => 3,
            (Address::None, true) if phrase.has_verb => 2,
            (Address::None, _) => 0,
        };
        let is_programs = phrase.address == Address::Bracketed && is_whole;
        let is_clients = phrase.capitals <= phrase::CAPITALS && phrase.strange <= strange && !phrase.tells;
        if !is_clients
            || !(phrase.has_verb || is_programs)
            || !(self.has_colon || is_programs || phrase.address == Address::Bracketed)
        {
            return None;
        }
        match phrase.address {
            Address::Bracketed => Some(Certainty::Strong),
            Address::Bare if is_whole => Some(Certainty::Strong),
            // Without an address it may be a story: `Den 3 maj 2026 kl 14:05 skrev Kalle:`.
            Address::None if self.length > WEAK_MAX || phrase.capitals + phrase.strange == 0 => None,
            Address::None if is_whole => Some(Certainty::Dated),
            Address::Bare | Address::None => Some(Certainty::Weak),
        }
    }
}

/// `---- On … Anna <…> wrote ----`, as Zoho writes it.
fn is_dashed(line: &str) -> bool {
    line.starts_with("--") && line.ends_with("--") && line.contains('@')
}

/// Whether nothing ends the line: it is one only right above a quote, or its verb stands on the next line.
pub(crate) fn is_open(line: &str) -> bool {
    !line.trim_end_matches(is_bold).ends_with(COLONS) && !is_dashed(line)
}

/// Where the attribution ends that a line begins with: Yahoo goes on with the quote on the same line.
pub(crate) fn inline_end(line: &str) -> Option<usize> {
    let limit = line.len().min(LENGTH_MAX);
    let bytes = &line.as_bytes()[..limit];
    memchr::memchr(b'@', bytes)?;
    memchr::memmem::find_iter(bytes, b": ").map(|colon| colon + 1).find(|end| {
        let first = &line[..*end];
        let is_verb = || {
            let last = first.trim_end_matches(':').split_whitespace().next_back().unwrap_or_default();
            words::is_verb(&last.to_lowercase())
        };
        let is_followed = line[*end..].contains(char::is_alphanumeric);
        is_followed && is_verb() && phrase::begins(first) && Features::of(first).certainty() == Some(Certainty::Strong)
    })
}

fn is_bold(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{a0}' | '\u{202f}' | '*' | '_')
}

#[cfg(test)]
#[path = "attribution/tests.rs"]
mod tests;
