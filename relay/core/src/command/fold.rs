//! A written line as words that compare: no case, no accents, no marks.

use crate::command::words::TIMES;

/// One line that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    source: String,
    words: Vec<String>,
}

/// A longer line is a sentence; nothing behind this is looked at.
const LONGEST: usize = 400;
/// So many marks are tried as the end of a command.
const HEADS: usize = 3;

/// The lines with words of the writer's own.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line> {
    let own = text.lines().filter(|line| !line.trim_start().starts_with('>'));
    own.map(Line::of).filter(|line| !line.words.is_empty())
}

impl Line {
    pub(super) fn of(source: &str) -> Self {
        let source: String = source.chars().take(LONGEST).collect();
        let words = words(&source);
        Self { source, words }
    }

    /// As it was written.
    pub(super) fn source(&self) -> &str {
        self.source.trim()
    }

    pub(super) fn words(&self) -> &[String] {
        &self.words
    }

    pub(super) fn is_question(&self) -> bool {
        self.source.contains('?')
    }

    /// Whether it is exactly this phrase.
    pub(super) fn is(&self, phrase: &str) -> bool {
        self.words.iter().map(String::as_str).eq(phrase.split(' '))
    }

    pub(super) fn matches(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.is(phrase))
    }

    /// The words after a phrase that it begins with.
    pub(super) fn after(&self, phrase: &str) -> Option<Vec<&str>> {
        let mut words = self.words.iter().map(String::as_str);
        phrase.split(' ').all(|word| words.next() == Some(word)).then(|| words.collect())
    }

    /// The line without such phrases at its head.
    pub(super) fn after_any(&self, phrases: &[&str]) -> Self {
        let mut line = self.clone();
        while let Some(length) = phrases.iter().filter(|p| line.after(p).is_some()).map(|p| count(p)).max() {
            line.words.drain(..length);
        }
        line
    }

    /// The line without such phrases at its end.
    pub(super) fn before_any(&self, phrases: &[&str]) -> Self {
        let mut line = self.clone();
        let ends = |line: &Self, phrase: &str| {
            let from = line.words.len().checked_sub(count(phrase));
            let tail = from.and_then(|from| line.words.get(from..));
            tail.is_some_and(|tail| tail.iter().map(String::as_str).eq(phrase.split(' ')))
        };
        while let Some(length) = phrases.iter().filter(|p| ends(&line, p)).map(|p| count(p)).max() {
            line.words.truncate(line.words.len() - length);
        }
        line
    }

    /// The line with each word once: who is at the end of their strength says it three times.
    pub(super) fn once(mut self) -> Self {
        self.words.dedup();
        self
    }

    /// What stands before each of the first marks that can end a command.
    pub(super) fn heads(&self) -> Vec<Self> {
        let chars: Vec<(usize, char)> = self.source.char_indices().collect();
        let ends = chars.iter().enumerate().filter(|(place, (_, c))| {
            let beside = |n: Option<usize>| n.and_then(|n| chars.get(n)).map(|(_, c)| *c);
            let (before, after) = (beside(place.checked_sub(1)), beside(Some(place + 1)));
            match c {
                ',' | '.' | ':' => !is_digit(before) || !is_digit(after),
                '!' | ';' | '…' | '–' | '—' | '(' => true,
                '-' => before.is_some_and(char::is_whitespace) && after.is_some_and(char::is_whitespace),
                _ => false,
            }
        });
        let head = |(_, (at, _)): (usize, &(usize, char))| self.source.get(..*at).map(Self::of);
        let heads = ends.filter_map(head).filter(|head| !head.words.is_empty());
        let mut distinct: Vec<Self> = Vec::new();
        for mut head in heads {
            // What was taken off the line's own head (a greeting) is taken off here too.
            let taken = words(&self.source).len().saturating_sub(self.words.len()).min(head.words.len());
            head.words.drain(..taken);
            if !head.words.is_empty() && distinct.last() != Some(&head) {
                distinct.push(head);
            }
            if distinct.len() == HEADS {
                break;
            }
        }
        distinct
    }

    /// Whether it speaks of contact time: `tid 35`, `12 45`, `total 40`. What exactly it says others find out.
    pub(super) fn is_time(&self) -> bool {
        let is_number = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
        let named = TIMES.iter().any(|word| self.after(word).is_some_and(|rest| rest.len() <= 4));
        let numbers = self.words.iter().filter(|word| is_number(word)).count();
        let first = self.words.first().is_some_and(is_number);
        (named && (1..=2).contains(&numbers)) || (first && numbers == 2 && self.words.len() <= 4)
    }
}

fn count(phrase: &str) -> usize {
    phrase.split(' ').count()
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// Words of letters and digits. A mark between two digits belongs to a date or a time; an apostrophe, or a point between
/// two single letters (`t.o.m.`), parts nothing.
fn words(source: &str) -> Vec<String> {
    let folded = folded(source);
    let chars: Vec<char> = folded.chars().collect();
    let at = |place: Option<usize>| place.and_then(|place| chars.get(place)).copied();
    let (mut words, mut word) = (Vec::new(), String::new());
    for (place, c) in chars.iter().enumerate() {
        let (before, after) = (at(place.checked_sub(1)), at(Some(place + 1)));
        let is_inner = match c {
            '.' | '/' | '-' | ':' | ',' => is_digit(before) && is_digit(after),
            _ => c.is_alphanumeric(),
        };
        let is_silent = matches!(c, '\'' | '’' | '´' | '`') && before.is_some_and(char::is_alphanumeric)
            || *c == '.' && is_lone(&chars, place);
        if is_inner {
            word.push(*c);
        } else if !is_silent && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// Whether the point after a single letter is followed by another single letter and point.
fn is_lone(chars: &[char], place: usize) -> bool {
    let at = |offset: isize| place.checked_add_signed(offset).and_then(|place| chars.get(place)).copied();
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    is_letter(at(-1)) && !is_letter(at(-2)) && is_letter(at(1)) && !is_letter(at(2))
}

/// Lower case without accents; letters that some keyboards lack are written as people without them write.
fn folded(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    for c in source.chars().flat_map(char::to_lowercase) {
        match c {
            'å' | 'ä' | 'á' | 'à' | 'â' => out.push('a'),
            'ö' | 'ø' | 'ó' | 'ò' => out.push('o'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'ü' | 'ú' => out.push('u'),
            'í' => out.push('i'),
            'æ' => out.push_str("ae"),
            // Accents that stand by themselves, and marks that nobody sees.
            '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{ad}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_whitespace() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
