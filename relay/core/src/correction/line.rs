//! One line of an answer: which line of the overview, or the whole week, took how long.

use super::token::{Token, tokens};
use super::{Correction, Target, span, words};
use crate::ledger::Minutes;
use crate::party::Language;

/// Where a line of an answer stands.
pub(super) struct Place {
    /// How many lines the overview had.
    pub(super) lines: u32,
    /// The line that is meant when none is named.
    pub(super) beside: Option<u32>,
    /// The language of the overview.
    pub(super) language: Language,
}

/// Reads a line: one correction, or several set apart by semicolons, commas or "and".
pub(super) fn read(line: &str, place: &Place) -> Option<Vec<Correction>> {
    let all = tokens(line);
    let tokens = bare(&all);
    if let Some(one) = place.one(tokens) {
        return Some(vec![one]);
    }
    let is_between = |token: &Token| match token {
        Token::Mark(mark) => matches!(mark, ';' | ','),
        Token::Word(word) => words::is_and(word),
        Token::Number(_) | Token::Odd => false,
    };
    let pieces = tokens.split(is_between).filter(|piece| !piece.is_empty());
    // Each piece names its own line: "45 min, 30 min" could be anybody's.
    pieces.map(|piece| Place { beside: None, ..*place }.one(bare(piece))).collect()
}

/// Without a bullet, a greeting before and thanks behind.
fn bare(mut tokens: &[Token]) -> &[Token] {
    let is_bullet =
        |token: &Token| matches!(token, Token::Mark('-' | '*' | '•' | '–' | '·' | '"' | '“' | '”' | '»' | '('));
    let is_hello = |token: &Token| match token {
        Token::Word(word) => words::is_hello(word),
        Token::Mark(mark) => matches!(mark, ',' | '!' | '.'),
        Token::Number(_) | Token::Odd => false,
    };
    let is_end = |token: &Token| match token {
        Token::Word(word) => words::is_thanks(word),
        Token::Mark(mark) => !matches!(mark, '?' | '/' | '%' | '$' | '€'),
        Token::Number(_) | Token::Odd => false,
    };
    while let [first, rest @ ..] = tokens
        && (is_bullet(first) || is_hello(first))
    {
        tokens = rest;
    }
    while let [rest @ .., last] = tokens
        && is_end(last)
    {
        tokens = rest;
    }
    tokens
}

impl Place {
    /// One correction that is the whole of these tokens.
    fn one(&self, tokens: &[Token]) -> Option<Correction> {
        let week = |minutes| Correction { target: Target::Week, minutes };
        let line = |(line, minutes)| Correction { target: Target::Line(line), minutes };
        None.or_else(|| self.total(tokens).map(week))
            .or_else(|| self.numbered(tokens).map(line))
            .or_else(|| self.without_number(tokens).map(line))
    }

    /// `total 40`, `i alt: 40 min`, `40 min totalt`.
    fn total(&self, tokens: &[Token]) -> Option<Minutes> {
        let tokens = match tokens {
            [Token::Word(word), rest @ ..] if words::is_time(word, self.language) => rest,
            _ => tokens,
        };
        let names: Vec<&str> = tokens.iter().map_while(name).collect();
        if let Some(count) = words::total(&names) {
            return self.time(tokens.get(count..)?);
        }
        let from = tokens.iter().rposition(|token| name(token).is_none())? + 1;
        let (before, behind) = (tokens.get(..from)?, tokens.get(from..)?);
        let names: Vec<&str> = behind.iter().map_while(name).collect();
        // Behind the number may stand a unit first.
        let at = (0..names.len()).find(|at| names.get(*at..).and_then(words::total) == Some(names.len() - at))?;
        self.time(&[before, behind.get(..at)?].concat())
    }

    /// `12 45`, `12: 45 min`, `rad 12 tog 1h 10`.
    fn numbered(&self, tokens: &[Token]) -> Option<(u32, Minutes)> {
        let (is_named, rest) = match tokens {
            [Token::Word(word), rest @ ..] if words::is_line(word) => (true, rest),
            [Token::Mark('#'), rest @ ..] => (true, rest),
            _ => (false, tokens),
        };
        let rest = match rest {
            [Token::Mark('.' | ':' | '#'), rest @ ..] if is_named => rest,
            _ => rest,
        };
        let [Token::Number(number), rest @ ..] = rest else { return None };
        let line = number.is_multiple_of(100).then_some(number / 100)?;
        if !(1..=self.lines).contains(&line) {
            return None;
        }
        let begins = |test: fn(&str) -> bool| rest.first().and_then(name).is_some_and(test);
        // "1 kvart" and "1 halvtimme" are times.
        let is_quantity = begins(words::is_quarter) || begins(words::is_half_hour) || begins(words::is_half);
        if is_quantity && !is_named {
            return None;
        }
        Some((line, self.time(rest)?))
    }

    /// `tid 45 min`, `45 min`, `1h 10`: for the only line, or the one it is written beside.
    fn without_number(&self, tokens: &[Token]) -> Option<(u32, Minutes)> {
        let tokens = match tokens {
            [Token::Word(word), rest @ ..] if words::is_it(word) => rest,
            _ => tokens,
        };
        Some((self.beside?, self.time(tokens)?))
    }

    /// A time behind words and marks that change nothing. A dash is none of them: "1 - 2 timmar" is no line.
    fn time(&self, mut tokens: &[Token]) -> Option<Minutes> {
        while let [first, rest @ ..] = tokens {
            let is_filler = match first {
                Token::Word(word) => words::is_filler(word) || words::is_time(word, self.language),
                Token::Mark(mark) => matches!(mark, ':' | '=' | '.' | ')' | '→' | '>' | '~' | '≈'),
                Token::Number(_) | Token::Odd => false,
            };
            if !is_filler {
                break;
            }
            tokens = rest;
        }
        span::read(tokens, self.language)
    }
}

fn name(token: &Token) -> Option<&str> {
    match token {
        Token::Word(word) => Some(word),
        Token::Number(_) | Token::Mark(_) | Token::Odd => None,
    }
}
