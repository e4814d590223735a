//! Street addresses with the number first, as in English and French, and post boxes.

use super::{floor, town};
use crate::known::contact::cue;
use crate::known::contact::lexicon::Marks;
use crate::known::contact::place;
use crate::known::contact::token::{Gap, Kind, Page};

/// The tokens of such an address whose number is a token.
pub(super) fn find(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    english(page, number).or_else(|| french(page, number)).or_else(|| boxed(page, number))
}

/// Most tokens from a number to the kind of its street.
const NAME_MAX: usize = 10;

/// `12 High Street`, `9 St. Mary's Lane`, `Flat 3, 27 Harbour Street`.
fn english(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    let is_year = page.digits(number) == 4 && page.value(number).is_some_and(|v| (1900..2100).contains(&v));
    let is_chapter = number.checked_sub(1).is_some_and(|before| page.has(before, Marks::VERSION));
    if page.digits(number) > 5 || is_chapter || page.gap(number + 1) > Gap::Line {
        return None;
    }
    let has_letter = page.is_glued(number + 1) && page.length(number + 1) == 1 && page.is(number + 1, Kind::Word);
    let mut next = number + 1 + usize::from(has_letter);
    // `4, Orchard Way`
    next += usize::from(page.mark(next) == b',' && page.is_capital(next + 1));
    let mut words = 0;
    while next < number + NAME_MAX {
        // `8`, and `Skylark Lane` on the next line.
        if page.gap(next) > if words == 0 { Gap::Line } else { Gap::Blank } {
            return None;
        }
        if page.is(next, Kind::Mark) {
            if !matches!(page.mark(next), b'.' | b'\'') || words == 0 {
                return None;
            }
        } else if words > 0 && page.has(next, Marks::STREET_AFTER) && page.is_capital(next) && !is_saint(page, next) {
            let end = english_end(page, next + 1);
            // `1900 Oakridge Blvd, Springfield, IL`: a year stands before no town.
            // `the 7 Sisters Road bus`, and where everybody knows who lives.
            let is_everybodys = page.word(number.wrapping_sub(1)).eq_ignore_ascii_case("the")
                || page.word(next - 1) == "Downing" && page.value(number).is_some_and(|house| house <= 12);
            if is_everybodys {
                return None;
            }
            let is_house = !is_year || end > next + 1 || cue::has_before(page, number, Marks::HOME, 3);
            return is_house.then(|| (flat_before(page, number), end));
        } else if page.is_capital(next) && !page.has(next, Marks::MONTH) && words < 4 {
            words += 1;
        } else if !(page.is_glued(next) && page.word(next) == "s") {
            // `lives at 7 The Old Orchard and …`
            let is_at = matches!(page.word(number.wrapping_sub(1)), "at" | "to" | "on");
            let is_home = words >= 2 && is_at && !is_year && cue::has_before(page, number, Marks::HOME, 3);
            return lower_case(page, number, next).or_else(|| is_home.then_some((number, next)));
        }
        next += 1;
    }
    None
}

/// `St. Mary's Lane`: the saint is no street yet.
fn is_saint(page: &Page<'_>, place: usize) -> bool {
    page.word(place).eq_ignore_ascii_case("st")
        && (page.mark(place + 1) == b'.' && page.is_capital(place + 2)
            || page.is_capital(place + 1) && page.has(place + 2, Marks::STREET_AFTER))
}

/// `i live at 14 orchard road`.
fn lower_case(page: &Page<'_>, number: usize, word: usize) -> Option<(usize, usize)> {
    let kind = word + 1;
    let is_street = matches!(
        page.word(kind),
        "street"
            | "road"
            | "avenue"
            | "lane"
            | "close"
            | "drive"
            | "crescent"
            | "grove"
            | "gardens"
            | "terrace"
            | "mews"
            | "court"
    );
    let is_plain = page.is(word, Kind::Word) && word == number + 1 && !page.has(word, Marks::UNIT | Marks::PLAIN);
    (is_street && is_plain && cue::has_before(page, number, Marks::HOME, 4)).then_some((number, kind + 1))
}

/// `Flat 3,` before the number of a house.
fn flat_before(page: &Page<'_>, number: usize) -> usize {
    // `Plot 88, Dunes Drive`
    if let Some(word) = number.checked_sub(1).filter(|at| page.has(*at, Marks::FLAT) && page.mark(number + 1) == b',') {
        return word;
    }
    let comma = usize::from(page.mark(number.wrapping_sub(1)) == b',');
    let Some(flat) = number.checked_sub(1 + comma) else { return number };
    let has_letter = page.length(flat) == 1 && page.is(flat, Kind::Word) && page.is_glued(flat);
    let digits = flat.saturating_sub(usize::from(has_letter));
    match digits.checked_sub(1) {
        Some(word) if page.digits(digits) > 0 && page.has(word, Marks::FLAT) => word,
        // `Flat B, 12 …`
        Some(word) if page.length(flat) == 1 && page.is_capital(flat) && page.has(word, Marks::FLAT) => word,
        _ => number,
    }
}

/// `, Apt 4, Springfield, IL 62704`.
fn english_end(page: &Page<'_>, from: usize) -> usize {
    let mut next = from;
    while let Some(after) = floor(page, next) {
        next = after;
    }
    // A town, a state of two letters, a ZIP code.
    let name = next + usize::from(page.mark(next) == b',');
    let after_town = (name..name + 3).find(|at| page.mark(*at) == b',').unwrap_or(name);
    let state = after_town + 1;
    let is_state = page.word(state).len() == 2 && page.word(state).bytes().all(|b| b.is_ascii_uppercase());
    if is_state && page.digits(state + 1) == 5 {
        return state + 2;
    }
    // `, Leeds LS1 4AP`, `, London, SW3 4UD`
    if page.mark(next) == b',' && page.is_capital(next + 1) {
        let name_end = next + 2 + usize::from(page.is_capital(next + 2) && page.length(next + 2) > 2);
        let code = name_end + usize::from(page.mark(name_end) == b',');
        if let Some(after) = place::after_street(page, code) {
            return after;
        }
    }
    town(page, next)
}

/// `12 rue de la Paix`, `3 bis, boulevard Voltaire`.
fn french(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    let mut kind = number + 1;
    kind += usize::from(matches!(page.word(kind), "bis" | "ter"));
    kind += usize::from(page.mark(kind) == b',');
    if !page.has(kind, Marks::STREET_FIRST) || page.digits(number) > 4 || page.gap(kind) > Gap::Blank {
        return None;
    }
    let is_small = |at: usize| {
        matches!(page.word(at), "de" | "la" | "du" | "des" | "le" | "les" | "d" | "l" | "à") || page.mark(at) == b'\''
    };
    let mut end = None;
    let mut next = kind + 1;
    while next < kind + 8 && page.gap(next) <= Gap::Blank && (is_small(next) || page.is_capital(next)) {
        if page.is_capital(next) {
            end = Some(next + 1);
        }
        next += 1;
    }
    end.map(|end| (number, town(page, end)))
}

/// What post boxes are called; the short ones only with a postcode after them.
const BOXES: [&str; 6] = ["postboks", "postbox", "postfach", "postlokero", "postilokero", "postlåda"];
const SHORT_BOXES: [&str; 5] = ["box", "boks", "pl", "pb", "bp"];

/// `PO Box 4417, Dayton, OH 45401`, `Box 12, 123 45 Stad`, `Postboks 7`, `Postfach 41 12`.
fn boxed(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    let dot = usize::from(page.mark(number.wrapping_sub(1)) == b'.');
    let word = number.checked_sub(1 + dot)?;
    let is_one = |all: &[&str]| all.iter().any(|one| page.word(word).eq_ignore_ascii_case(one));
    let is_whole = is_one(&BOXES);
    if !is_whole && !is_one(&SHORT_BOXES) || page.digits(number) > 6 {
        return None;
    }
    let is_split = page.gap(number + 1) == Gap::Blank && page.digits(number) <= 3 && page.digits(number + 1) == 2;
    let last = number + usize::from(is_split);
    let office = office_before(page, word);
    let end = english_end(page, last + 1);
    // `Box 244 är min postadress`
    let is_post = |at: usize| page.word(at).to_lowercase().contains("post") && page.has(at, Marks::HOME);
    let is_said = (last + 1..last + 6).any(is_post) || (word.saturating_sub(4)..word).any(is_post);
    (is_whole || office.is_some() || is_said || end > last + 1).then_some((office.unwrap_or(word), end))
}

/// `PO`, `P.O.` before a box.
fn office_before(page: &Page<'_>, word: usize) -> Option<usize> {
    let is =
        |back: usize, wanted: &str| word.checked_sub(back).is_some_and(|at| page.word(at).eq_ignore_ascii_case(wanted));
    if page.gap(word) > Gap::Blank {
        return None;
    }
    if is(1, "po") {
        return Some(word - 1);
    }
    // `P.O. Box`, `P. O. Box`
    (is(1, ".") && is(2, "o") && is(3, ".") && is(4, "p")).then(|| word - 4)
}
