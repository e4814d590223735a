//! The grammar of patterns: what a rule file writes, as a tree.

use crate::text::{Mark, Piece, pieces};

/// What may stand at one place: a word of the language, in one of its shapes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Spelling {
    pub(crate) letters: String,
    pub(crate) shape: Shape,
    pub(crate) care: Care,
}

/// Which part of a word is written out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Shape {
    Whole,
    Beginning,
    Ending,
    Within,
}

/// How far a letter's spelling may be away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Care {
    /// With its diacritics and apostrophes.
    Exact,
    /// Folded as well.
    Folded,
    /// Folded, and one edit away.
    OneEdit,
}

/// One of several things at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Choice {
    Word(Spelling),
    Set(String),
}

/// One part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Words(Vec<Choice>),
    Phrases(Vec<Vec<Part>>),
    Maybe(Box<Part>),
    /// Exactly one word.
    Any,
    /// Up to so many words.
    Gap(u8),
    Start,
    End,
}

/// Brackets in brackets, at most.
const DEPTH: usize = 6;

/// Reads a pattern; the answer says what is wrong with it.
pub(crate) fn parse(text: &str) -> Result<Vec<Part>, String> {
    let mut reader = Reader { rest: text, depth: 0 };
    let parts = reader.sequence()?;
    match reader.rest.chars().next() {
        None if parts.is_empty() => Err("is empty".to_owned()),
        None => edges(parts),
        Some('|') => Err("has a `|` beside a blank: put phrases in brackets, or leave the blanks out".to_owned()),
        Some(_) => Err("has a `)` without `(`".to_owned()),
    }
}

/// A gap at an edge would make every match as long as it can be, and say nothing.
fn edges(parts: Vec<Part>) -> Result<Vec<Part>, String> {
    let is_gap = |part: Option<&Part>| matches!(part, Some(Part::Gap(_)));
    if is_gap(parts.first()) || is_gap(parts.last()) {
        return Err("begins or ends with a gap".to_owned());
    }
    Ok(parts)
}

struct Reader<'p> {
    rest: &'p str,
    depth: usize,
}

impl Reader<'_> {
    fn sequence(&mut self) -> Result<Vec<Part>, String> {
        let mut parts = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            match self.rest.chars().next() {
                None | Some(')' | '|') => return Ok(parts),
                Some('(') => parts.push(self.phrases()?),
                Some(_) => parts.push(self.part()?),
            }
        }
    }

    fn phrases(&mut self) -> Result<Part, String> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err("has too many brackets in brackets".to_owned());
        }
        let mut phrases = Vec::new();
        loop {
            self.rest = self.rest.get(1..).unwrap_or_default();
            let phrase = self.sequence()?;
            if phrase.is_empty() {
                return Err("has an empty phrase in brackets".to_owned());
            }
            phrases.push(phrase);
            match self.rest.chars().next() {
                Some('|') => {}
                Some(')') => break,
                _ => return Err("has a `(` without `)`".to_owned()),
            }
        }
        self.rest = self.rest.get(1..).unwrap_or_default();
        self.depth -= 1;
        self.maybe(Part::Phrases(phrases))
    }

    /// A `?` right behind a part.
    fn maybe(&mut self, part: Part) -> Result<Part, String> {
        let Some(rest) = self.rest.strip_prefix('?') else {
            return match self.rest.chars().next() {
                None | Some(' ' | ')' | '|') => Ok(part),
                Some(_) => Err("needs a blank behind a bracket".to_owned()),
            };
        };
        self.rest = rest;
        Ok(Part::Maybe(Box::new(part)))
    }

    fn part(&mut self) -> Result<Part, String> {
        // In brackets a stroke divides phrases, elsewhere it binds words.
        let divides = |c: char| c.is_whitespace() || c == '(' || c == ')' || (c == '|' && self.depth > 0);
        let (chunk, rest) = self.rest.split_at(self.rest.find(divides).unwrap_or(self.rest.len()));
        self.rest = rest;
        one(chunk)
    }
}

/// A part that stands between blanks.
fn one(chunk: &str) -> Result<Part, String> {
    match chunk {
        "*" => return Ok(Part::Any),
        "^" => return Ok(Part::Start),
        "$" => return Ok(Part::End),
        _ => {}
    }
    if let Some(gap) = chunk.strip_prefix('<') {
        let number = gap.strip_suffix('>').and_then(|n| n.parse::<u8>().ok()).filter(|n| (1..=12).contains(n));
        return number.map(Part::Gap).ok_or_else(|| format!("has the gap `{chunk}`: it must be <1> to <12>"));
    }
    if let Some(part) = chunk.strip_suffix('?') {
        return Ok(Part::Maybe(Box::new(words(part)?)));
    }
    words(chunk)
}

fn words(chunk: &str) -> Result<Part, String> {
    chunk.split('|').map(choice).collect::<Result<_, _>>().map(Part::Words)
}

fn choice(word: &str) -> Result<Choice, String> {
    match word.strip_prefix('@') {
        Some(name) if is_name(name) => Ok(Choice::Set(name.to_owned())),
        Some(_) => Err(format!("names the set `{word}`: a name has letters, figures, `_` and `-`")),
        None => spelling(word).map(Choice::Word),
    }
}

/// Whether a set can be called so.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// Whether letters are divided nowhere into words; a picture is a word of its own.
fn is_one_word(letters: &str) -> bool {
    if letters.chars().all(char::is_alphanumeric) {
        return true;
    }
    let mut pieces = pieces(letters, std::slice::from_ref(&(0..letters.len()))).into_iter();
    pieces.next() == Some(Piece::Word(0..letters.len())) && pieces.all(|piece| piece == Piece::Mark(Mark::End))
}

fn spelling(word: &str) -> Result<Spelling, String> {
    let (care, rest) = match word.chars().next() {
        Some('=') => (Care::Exact, word.get(1..).unwrap_or_default()),
        Some('~') => (Care::OneEdit, word.get(1..).unwrap_or_default()),
        _ => (Care::Folded, word),
    };
    let (open, rest) = rest.strip_prefix('*').map_or((false, rest), |r| (true, r));
    let (more, letters) = rest.strip_suffix('*').map_or((false, rest), |r| (true, r));
    // Only what joins two letters is part of a word: "running'" and "half-" end before it.
    let letters = letters.trim_matches(['-', '\'']);
    let shape = match (open, more) {
        (false, false) => Shape::Whole,
        (false, true) => Shape::Beginning,
        (true, false) => Shape::Ending,
        (true, true) => Shape::Within,
    };
    let length = letters.chars().count();
    if length == 0 || !is_one_word(letters) {
        return Err(format!("has `{word}`, which is no word"));
    }
    if shape != Shape::Whole && length < 3 {
        return Err(format!("has `{word}`: three letters are needed beside a `*`"));
    }
    if care == Care::OneEdit && (length < 7 || matches!(shape, Shape::Ending | Shape::Within)) {
        return Err(format!("has `{word}`: `~` needs seven letters, and no `*` before them"));
    }
    Ok(Spelling { letters: letters.to_owned(), shape, care })
}

#[cfg(test)]
#[path = "pattern/tests.rs"]
mod tests;
