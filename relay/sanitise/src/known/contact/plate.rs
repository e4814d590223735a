//! Car plates, where a car is spoken of.

use super::cue;
use super::lexicon::Marks;
use super::token::{Gap, Kind, Page};

/// How compounds end that name a plate, and a car.
const PLATES: &[&str] = &["skilt", "skiltet", "skylt", "skylten", "plade", "pladen", "plate", "kilpi", "kennzeichen"];
const CARS: &[&str] = &[
    "bil", "bilen", "bilens", "bilar", "biler", "vagn", "vagnen", "vogn", "vognen", "vogna", "wagen", "auto", "auton",
];

/// The tokens of a plate whose first digits are a token.
pub(super) fn find(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    if let Some(span) = joined(page, number) {
        return Some(span);
    }
    let letters = number.checked_sub(if page.mark(number.wrapping_sub(1)) == b'-' { 2 } else { 1 })?;
    let length = page.word(letters).len();
    let are_near = (letters + 1..=number).all(|place| page.gap(place) <= Gap::Blank);
    if !page.is(letters, Kind::Word) || !(1..=3).contains(&length) || !are_near {
        return None;
    }
    let begin = german_district(page, letters).or_else(|| spaced_district(page, letters)).unwrap_or(letters);
    if page.is_glued(begin) && begin > 0 && !page.is(begin - 1, Kind::Mark) {
        return None;
    }
    let end = end(page, letters, number, length, begin < letters)?;
    let is_named = cue::has_before(page, begin, Marks::PLATE, 8) || cue::has_after(page, end - 1, Marks::PLATE);
    let is_named = is_named || cue::ends_before(page, begin, PLATES, 8);
    let is_near = is_named
        || cue::ends_before(page, begin, CARS, 10)
        || cue::has_before(page, begin, Marks::CAR, 10)
        || cue::has_after(page, end - 1, Marks::CAR);
    let is_plain = page.word(letters).bytes().all(|b| b.is_ascii_uppercase());
    // `GHJ 45K`: a letter of the plate, and no thousands.
    let is_tail = page.is_glued(end - 1) && page.length(end - 1) == 1 && page.is_capital(end - 1);
    // `BMW 320`, `SEK 500`, and small words.
    let is_other = page.has(letters, Marks::MAKER | Marks::MONEY) && (length == 3 || !is_plain)
        || page.has(end - 1, Marks::MONEY) && !is_tail;
    (is_named && (is_plain || length >= 2 && !is_other) || is_plain && is_near && !is_other).then_some((begin, end))
}

/// `7ABC123`: letters and digits in one, where a plate is spoken of.
fn joined(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    if page.is_glued(number) || !page.is_glued(number + 1) {
        return None;
    }
    let end = (number + 1..number + 5).find(|at| !page.is_glued(*at) || page.is(*at, Kind::Mark))?;
    let word = page.text.get(page.begin(number)..page.end(end - 1))?;
    let letters = word.bytes().filter(u8::is_ascii_uppercase).count();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let fits = letters >= 2 && digits >= 2 && letters + digits == word.len() && (5..=8).contains(&word.len());
    (fits && cue::has_before(page, number, Marks::PLATE, 5)).then_some((number, end))
}

/// `B-XY 1234`: the district before the letters.
fn german_district(page: &Page<'_>, letters: usize) -> Option<usize> {
    let district = letters.checked_sub(2)?;
    let is_joined = page.mark(letters - 1) == b'-' && page.is_glued(letters - 1) && page.is_glued(letters);
    // `LÖ`, `TÜ`
    let is_district = page.is(district, Kind::Word) && page.word(district).chars().all(char::is_uppercase);
    (is_joined && is_district && page.length(district) <= 3).then_some(district)
}

/// `Kennzeichen HB EX 52`: the district apart, right behind what it is called.
fn spaced_district(page: &Page<'_>, letters: usize) -> Option<usize> {
    let district = letters.checked_sub(1)?;
    let is_upper = |at: usize, most: usize| {
        let word = page.word(at);
        (1..=most).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
    };
    let fits = page.gap(letters) == Gap::Blank && is_upper(district, 3) && is_upper(letters, 2);
    (fits && cue::has_before(page, district, Marks::PLATE, 3)).then_some(district)
}

fn end(page: &Page<'_>, letters: usize, number: usize, length: usize, is_german: bool) -> Option<usize> {
    let digits = page.digits(number);
    let has_next = page.gap(number + 1) <= Gap::Blank;
    let is_dashed = page.mark(number - 1) == b'-';
    let is_letters = |place: usize, most: usize| {
        page.is(place, Kind::Word)
            && page.word(place).len() <= most
            && page.word(place).bytes().all(|b| b.is_ascii_alphabetic())
    };
    let has_tail = page.is_glued(number + 1) && page.is(number + 1, Kind::Word);
    match (length, digits) {
        // Two and four: motorcycles and trailers.
        (3, 3) | (2, 4 | 5) if !has_tail => Some(number + 1),
        _ if is_german && digits <= 4 && !has_tail => Some(number + 1),
        // Swedish: `ABC 12D`; British before 2001 alike.
        (3, 2) if has_tail && is_letters(number + 1, 1) => Some(number + 2),
        // British: `AB12 CDE`.
        (2, 2)
            if page.is_glued(number) && has_next && is_letters(number + 1, 3) && page.word(number + 1).len() == 3 =>
        {
            Some(number + 2)
        }
        // Danish: `AB 12 345`.
        (2, 2) if has_next && page.digits(number + 1) == 3 => Some(number + 2),
        (2 | 3, 1..=3) if is_dashed && !has_tail && letters + 2 == number => Some(number + 1),
        _ => None,
    }
}
