//! Telephone numbers, in figures and in words.

use super::Detail;
use crate::rules::parts::Allowed;
use crate::text::{Reading, Token};
use std::ops::Range;

/// Figures of a telephone number: the shortest that is somebody's own, and the longest there is.
const LEAST: usize = 7;
const MOST: usize = 15;

/// Runs of figures as people divide telephone numbers.
pub(super) fn phones(text: &str, allowed: &Allowed) -> Vec<Detail> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = text.get(at..).and_then(|rest| rest.find(|c: char| c.is_ascii_digit())) {
        let start = at + offset;
        let octets = run(text, start);
        at = octets.end.max(start + 1);
        let shown = text.get(octets.clone()).unwrap_or_default();
        let figures: String = shown.chars().filter(char::is_ascii_digit).collect();
        let before = text.get(..start).and_then(|t| t.chars().next_back());
        let behind = text.get(octets.end..).and_then(|t| t.chars().next());
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        if !(LEAST..=MOST).contains(&figures.len()) || is_word(before) || is_word(behind) || is_date(shown) {
            continue;
        }
        found.push(Detail { octets, is_allowed: is_allowed(&figures, allowed) });
    }
    found
}

/// The figures from here on, with at most two dividing characters between two of them.
fn run(text: &str, start: usize) -> Range<usize> {
    let mut end = start;
    let mut divided = 0;
    for (at, c) in text.get(start..).unwrap_or_default().char_indices() {
        if c.is_ascii_digit() {
            end = start + at + 1;
            divided = 0;
        } else if divided < 2 && matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}' | '\u{202f}' | '–' | '‑')
        {
            divided += 1;
        } else {
            break;
        }
    }
    start..end
}

/// A day: 2026-11-21, 21.11.2026, 21/11-2026.
fn is_date(shown: &str) -> bool {
    let parts: Vec<&str> = shown.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let below = |part: &str, most: u32| part.len() <= 2 && part.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n));
    let is_year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    match parts.as_slice() {
        [year, month, day] if is_year(year) => below(month, 12) && below(day, 31),
        [day, month, year] if is_year(year) => below(month, 31) && below(day, 31),
        [from, to] => is_year(from) && is_year(to),
        _ => false,
    }
}

/// Whether a number is on the list, with or without the code of a country.
fn is_allowed(figures: &str, allowed: &Allowed) -> bool {
    let bare = figures.trim_start_matches('0');
    allowed.numbers.iter().any(|number| {
        let number = number.trim_start_matches('0');
        bare == number
            || bare.strip_suffix(number).is_some_and(|code| matches!(code, "45" | "46" | "47" | "44" | "460" | "440"))
    })
}

/// Numbers spelled with words, figures among them.
pub(super) fn spelled(reading: &Reading<'_>, allowed: &Allowed) -> Vec<Detail> {
    let mut found = Vec::new();
    let figured = reading.forms_that(|word| figure(word, allowed).is_some());
    let is_figured = |token: &&Token| figured.get(token.form as usize).is_some_and(|is_figured| *is_figured);
    let mut digits = String::new();
    let (mut first, mut words) = (0, 0);
    for number in 0..=reading.tokens.len() {
        let token = reading.tokens.get(number).filter(is_figured);
        let figure = token.and_then(|token| figure(reading.plain(token), allowed));
        if let Some((more, is_word)) = figure {
            if digits.is_empty() {
                first = number;
            }
            digits.push_str(&more);
            words += usize::from(is_word);
            continue;
        }
        if words >= 4 && (LEAST..=MOST).contains(&digits.len()) {
            found.push(Detail { octets: reading.octets(first..number), is_allowed: is_allowed(&digits, allowed) });
        }
        digits.clear();
        words = 0;
    }
    found
}

/// The figures of a word, and whether they are spelled.
fn figure(word: &str, allowed: &Allowed) -> Option<(String, bool)> {
    if (1..=4).contains(&word.len()) && word.bytes().all(|octet| octet.is_ascii_digit()) {
        return Some((word.to_owned(), false));
    }
    allowed.digits.get(word).map(|figure| (figure.to_string(), true))
}
