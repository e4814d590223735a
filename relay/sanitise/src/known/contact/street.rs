//! Street addresses: a street, known by its ending or its place in the sentence, and a house number.

mod abroad;
mod ending;
mod home;
mod short;

use super::cue;
use super::lexicon::{self, Marks, Spoken};
use super::place;
use super::token::{Gap, Kind, Page};

/// The tokens of an address whose house number is a token.
pub(super) fn find(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    if page.is_glued(number) && page.is(number - 1, Kind::Word) {
        return None;
    }
    let begin = before(page, number);
    if let Some(begin) = begin
        && is_house(page, number)
    {
        return Some((begin, end(page, number)));
    }
    abroad::find(page, number)
}

/// `Storgatan tolv`: the tokens, where the number is a word.
pub(super) fn find_spoken(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    let last = number.checked_sub(1)?;
    // `Storgatan nummer tolv`
    let last = if matches!(page.word(last), "nummer" | "nr" | "numero") { last.checked_sub(1)? } else { last };
    let is_number = matches!(page.spoken(number), Some(Spoken::Value(3..)));
    if !is_number || !page.is_capital(last) || page.gap(number) != Gap::Blank || cue::is_counted(page, number) {
        return None;
    }
    let folded = lexicon::folded(page.word(last));
    let is_street = (ending::is_strong(&folded, 3) || ending::is_likely(&folded) && folded.len() > 7)
        && !page.has(last, Marks::NO_STREET);
    (is_street && !page.has(number + 1, Marks::MONTH | Marks::SHORT_UNIT))
        .then(|| (with_qualifiers(page, last), number + 1))
}

/// Whether a number can be a house's: no year, no date, no time, nothing counted.
fn is_house(page: &Page<'_>, number: usize) -> bool {
    let Some(value) = page.value(number) else { return false };
    let next = number + 1;
    let is_year = page.digits(number) == 4 && (1900..2100).contains(&value);
    let is_time = matches!(page.mark(next), b'.' | b':')
        && page.is_glued(next)
        && page.is_glued(next + 1)
        && page.digits(next + 1) == 2;
    let is_month = page.has(next, Marks::MONTH) || page.mark(next) == b'.' && page.has(next + 1, Marks::MONTH);
    let is_unit = page.has(next, Marks::SHORT_UNIT) && page.length(next) > 1 && !page.has(next, Marks::FLOOR);
    let is_counted = (cue::is_counted(page, number) || is_unit) && !page.has(next, Marks::FLOOR);
    let is_fraction = page.mark(next) == b'/' && page.is_glued(next) && page.digits(next + 1) > 0;
    page.digits(number) <= 4 && value > 0 && !is_year && !is_time && !is_month && !is_counted && !is_fraction
}

/// The token a street before a number begins with.
fn before(page: &Page<'_>, number: usize) -> Option<usize> {
    if page.gap(number) > Gap::Line {
        return None;
    }
    let last = number.checked_sub(1)?;
    // `Storgatan nr 12`
    let is_named = |at: usize| {
        matches!(page.word(at), "nr" | "nummer" | "Nr" | "nro" | "numero" | "numerossa" | "numeroon" | "no")
    };
    let last = match last.checked_sub(1) {
        Some(before) if page.mark(last) == b'.' && is_named(before) => before.checked_sub(1)?,
        // `Storgatan, nummer 12`, `nybrogatan i nummer 12`
        Some(before) if is_named(last) && (page.mark(before) == b',' || page.word(before) == "i") => {
            before.checked_sub(1)?
        }
        Some(before) if is_named(last) => before,
        _ => last,
    };
    // `Hauptstr. 5`, `Drottningg. 12` only for what is always shortened so.
    let (last, is_short) = if page.mark(last) == b'.' { (last.checked_sub(1)?, true) } else { (last, false) };
    if !page.is(last, Kind::Word) || page.gap(number) > Gap::Blank && !is_short && page.gap(number) != Gap::Line {
        return None;
    }
    // Few words before a number are streets: most end here.
    if page.length(last) < 3 && !page.has(last, Marks::STREET) {
        return None;
    }
    let folded = lexicon::folded(page.word(last));
    if short::is_street(page, last, is_short, &folded) || is_short && short::is_finnish(page, last, &folded) {
        return Some(with_qualifiers(page, hyphened(page, last)));
    }
    if is_short && !["str", "gt", "vn", "gate", "vej"].iter().any(|end| folded.ends_with(end)) {
        return None;
    }
    let named = is_square(page, last).then(|| with_qualifiers(page, last));
    named
        .or_else(|| by_ending(page, last, &folded))
        .or_else(|| by_kind(page, last))
        .or_else(|| home::at_home(page, last, number, &folded))
}

fn by_ending(page: &Page<'_>, last: usize, folded: &str) -> Option<usize> {
    let is_common = page.has(last, Marks::NO_STREET) && (!page.is_capital(last) || starts_sentence(page, last));
    if is_common || page.has(last, Marks::STREET) {
        return None;
    }
    let is_capital = page.is_capital(last);
    // `in Thüringen 100 Arbeitsplätze`: what a number counts has a capital in German.
    let counts = page.is_capital(last + 2)
        && page.gap(last + 2) == Gap::Blank
        && !page.has(last + 2, Marks::TOWN)
        && page.length(last + 2) > 3;
    // `Södra Esplanaden 4`
    let is_qualified = || last.checked_sub(1).is_some_and(|at| page.has(at, Marks::QUALIFIER) && page.is_capital(at));
    let is_street = if is_capital {
        is_qualified() && ending::is_likely_alone(folded)
            || ending::is_strong(folded, 1)
            || ending::is_likely(folded) && !counts
    } else {
        let is_home = || !page.has(last, Marks::NO_STREET) && (is_invited(page, last) || is_near_home(page, last));
        let is_likely = ending::is_likely(folded) || ending::is_natural(folded);
        ending::is_strong(folded, 3) || folded.len() >= SMALL_MIN && is_likely && is_home()
    };
    // `Kehätie 41 b`: a ring road has no letters.
    let has_letter = || page.is(last + 2, Kind::Word) && page.length(last + 2) == 1 && page.gap(last + 2) <= Gap::Blank;
    let is_lettered = || has_letter() && cue::has_before(page, last, Marks::HOME, 4);
    (is_street && (!ending::is_numbered(folded) || is_lettered())).then(|| with_qualifiers(page, hyphened(page, last)))
}

/// Shortest name of a street that is written small, where a home is spoken of.
const SMALL_MIN: usize = 8;

fn is_near_home(page: &Page<'_>, last: usize) -> bool {
    cue::has_before(page, last, Marks::HOME, 4)
}

/// `komm vorbei, …`, `kom innom …`
fn is_invited(page: &Page<'_>, last: usize) -> bool {
    let from = last.saturating_sub(5);
    let is_one = |at: usize, all: &[&str]| all.iter().any(|one| page.word(at).eq_ignore_ascii_case(one));
    (from..last).any(|at| {
        is_one(at, &["kom", "komm", "come", "pop", "tule", "tuu"])
            && (at + 1..last).any(|to| is_one(to, &["vorbei", "forbi", "innom", "förbi", "round", "over", "käymään"]))
    })
}

/// `på Torget 4`: what every town has one of, with the capital of a name.
fn is_square(page: &Page<'_>, last: usize) -> bool {
    let is_one = matches!(
        page.word(last),
        "Torget"
            | "Torvet"
            | "Torg"
            | "Backen"
            | "Bakken"
            | "Planen"
            | "Kajen"
            | "Strandvägen"
            | "Klitten"
            | "Stranden"
    );
    let before = last.checked_sub(1).map_or("", |at| page.word(at));
    // `på Backen 12 ungar`: what the number counts.
    let next = last + 2;
    let ends = page.gap(next) >= Gap::Line || !page.is(next, Kind::Word) || page.length(next) == 1;
    let ends = ends || page.has(next, Marks::PLAIN | Marks::AND | Marks::FILLER);
    is_one && ends && matches!(before, "på" | "i" | "ved" | "vid" | "til" | "till" | "fra" | "från" | "frå")
}

/// `Norra Storgatan`, `Gl. Kongevej`, `Nedre Slottsgate`.
fn with_qualifiers(page: &Page<'_>, first: usize) -> usize {
    let mut begin = first;
    for _ in 0..2 {
        let dot = usize::from(page.mark(begin.wrapping_sub(1)) == b'.');
        let Some(before) = begin.checked_sub(1 + dot) else { break };
        // `Kongens Nytorv`
        let is_owner =
            dot == 0 && page.word(before).ends_with('s') && page.length(before) > 3 && !starts_sentence(page, before);
        let belongs = page.has(before, Marks::QUALIFIER) || is_owner;
        if !(belongs && page.is_capital(before) && page.gap(begin) <= Gap::Blank) {
            break;
        }
        begin = before;
    }
    begin
}

/// Most words of a name before `gate` or `Allé`.
const NAME_MAX: usize = 3;

/// `Karl Johans gate`, `H.C. Andersens Boulevard`, `Berliner Straße`: the kind as a word of its own.
fn by_kind(page: &Page<'_>, last: usize) -> Option<usize> {
    if !page.has(last, Marks::STREET) {
        return None;
    }
    let joined = hyphened(page, last);
    let begin = if joined < last { joined } else { capitals_before(page, last)? };
    // `Kjære alle 3`
    let is_small =
        matches!(page.word(last), "alle" | "park" | "ring" | "markt" | "damm" | "plass" | "plan" | "kai" | "kaj");
    (!is_small || !starts_sentence(page, begin)).then(|| with_qualifiers(page, begin))
}

/// The first of the capitalised words before a token, initials included.
fn capitals_before(page: &Page<'_>, last: usize) -> Option<usize> {
    let (mut begin, mut words) = (last, 0);
    while words < NAME_MAX && page.gap(begin) <= Gap::Blank {
        let dot = usize::from(page.mark(begin.wrapping_sub(1)) == b'.');
        let Some(before) = begin.checked_sub(1 + dot) else { break };
        let is_initial = dot == 0 || page.length(before) <= 3;
        let is_other = dot == 0
            && starts_sentence(page, before)
            && page.has(before, Marks::HOME | Marks::FILLER | Marks::PLAIN | Marks::MONTH)
            && !page.has(before, Marks::QUALIFIER);
        if !page.is_capital(before) || !page.is(before, Kind::Word) || is_other || !is_initial {
            break;
        }
        begin = before;
        words += 1;
    }
    (words > 0).then_some(begin)
}

/// Whether a capital says nothing, for a sentence begins with it.
fn starts_sentence(page: &Page<'_>, place: usize) -> bool {
    page.gap(place) >= Gap::Line
        || place.checked_sub(1).is_some_and(|before| matches!(page.mark(before), b'.' | b'!' | b'?' | b':' | b'"'))
}

/// `St.-Anna-Straße`: the first part of a street with hyphens.
fn hyphened(page: &Page<'_>, first: usize) -> usize {
    let mut begin = first;
    while first - begin < 12
        && begin >= 2
        && page.mark(begin - 1) == b'-'
        && page.is_glued(begin)
        && page.is_glued(begin - 1)
    {
        let dot = usize::from(page.mark(begin - 2) == b'.' && page.is_glued(begin - 2));
        let Some(before) = begin.checked_sub(2 + dot).filter(|before| page.is_capital(*before)) else { break };
        begin = before;
    }
    begin
}

/// The token after an address that has reached its house number: `12 B`, `12-14`, `45, 3. tv.`, `7, 123 45 Stad`.
fn end(page: &Page<'_>, number: usize) -> usize {
    let mut next = after_house(page, number);
    for _ in 0..3 {
        let Some(after) = floor(page, next) else { break };
        next = after;
    }
    town(page, next)
}

/// A comma or a line end, and a postcode with its town.
fn town(page: &Page<'_>, next: usize) -> usize {
    let from = next + usize::from(page.mark(next) == b',');
    if page.gap(from) == Gap::Paragraph {
        return next;
    }
    place::after_street(page, from).unwrap_or(next)
}

/// The house's letter, and the second half of `12-14`.
fn after_house(page: &Page<'_>, number: usize) -> usize {
    let mut next = number + 1;
    if page.mark(next) == b'-'
        && page.is_glued(next)
        && page.is_glued(next + 1)
        && (1..=3).contains(&page.digits(next + 1))
    {
        next += 2;
    }
    let letter = page.word(next);
    let is_one = letter.len() == 1 && page.is(next, Kind::Word);
    let is_glued = page.is_glued(next);
    let goes_on = page.is(next + 1, Kind::Word) && page.gap(next + 1) == Gap::Blank;
    let is_house = is_glued
        || page.gap(next) == Gap::Blank
            && (matches!(letter.as_bytes(), [b'A'..=b'H' | b'K'..=b'N'])
                || matches!(letter.as_bytes(), [b'a'..=b'h']) && (!goes_on || page.has(next + 2, Marks::FLOOR)));
    if !(is_one && is_house) {
        return next;
    }
    next += 1;
    // A Finnish flat: `10 A 4`.
    let is_flat = page.gap(next) == Gap::Blank && (1..=3).contains(&page.digits(next)) && !cue::is_counted(page, next);
    next + usize::from(is_flat)
}

/// `, 3. tv.`, `, st. th.`, `lgh 1203`, `, H0203`, `2 tr`, `, Apt 4`.
fn floor(page: &Page<'_>, from: usize) -> Option<usize> {
    let start = from + usize::from(page.mark(from) == b',');
    if page.gap(start) >= Gap::Line {
        return None;
    }
    let dotted = |place: usize| place + usize::from(page.mark(place) == b'.' && page.is_glued(place));
    if page.has(start, Marks::FLOOR) {
        let next = dotted(start + 1);
        if next > start + 1 && page.has(next, Marks::FLOOR) {
            return Some(next);
        }
        // `oppgang C`
        let is_stair = page.length(start) > 2 && page.length(next) == 1 && page.is_capital(next);
        if is_stair && page.gap(next) == Gap::Blank {
            return Some(next + 1);
        }
        let is_number = page.gap(next) == Gap::Blank && (1..=4).contains(&page.digits(next)) && page.length(start) > 1;
        let end = if is_number { next + 1 } else { start + 1 };
        let has_letter = is_number && page.is_glued(end) && page.length(end) == 1 && page.is(end, Kind::Word);
        return Some(end + usize::from(has_letter));
    }
    if matches!(page.word(start), "H" | "U" | "K" | "L") && page.is_glued(start + 1) && page.digits(start + 1) == 4 {
        return Some(start + 2);
    }
    let is_floor = (1..=2).contains(&page.digits(start));
    let ordinal = usize::from(page.is_glued(start + 1) && matches!(page.word(start + 1), "st" | "nd" | "rd" | "th"));
    let next = dotted(start + 1 + ordinal);
    if !is_floor {
        return None;
    }
    // `33, 5.`: the floor alone, where the sentence ends.
    let is_bare = start > from && next == start + 2 && ordinal == 0 && page.gap(next) >= Gap::Line;
    if is_bare {
        return Some(start + 1);
    }
    let is_named = page.has(next, Marks::FLOOR) || matches!(page.word(next), "floor" | "Floor");
    (is_named && page.gap(next) <= Gap::Blank).then_some(next + 1)
}
