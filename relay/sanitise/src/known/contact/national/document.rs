//! Papers of a person: passports, identity cards, licences, tax and insurance numbers, and the last digits of one.

use crate::known::contact::cue;
use crate::known::contact::lexicon::Marks;
use crate::known::contact::token::{Gap, Kind, Page};

/// Papers with a number of their own.
const PAPERS: &[&str] = &[
    "pass",
    "passi",
    "passin",
    "passport",
    "passnummer",
    "passnumret",
    "passnummeret",
    "passnr",
    "pasnummer",
    "pasnummeret",
    "pasnr",
    "passinumero",
    "passinumeroni",
    "personalausweis",
    "personalausweisnummer",
    "ausweisnummer",
    "reisepass",
    "reisepassnummer",
    "körkort",
    "körkortsnummer",
    "körkortet",
    "kørekort",
    "kørekortnummer",
    "kørekortet",
    "førerkort",
    "førerkortnummer",
    "førerkortet",
    "ajokortti",
    "ajokortin",
    "licence",
    "license",
    "führerschein",
    "führerscheinnummer",
];
/// What the taxes and the insurance of a person are called where they are told by no check digits of ours.
const TAXES: &[&str] =
    &["steuer", "steuernr", "identifikationsnummer", "steuerid", "steueridentifikationsnummer", "idnr", "tin", "utr"];
const INSURANCES: &[&str] = &[
    "sozialversicherungsnummer",
    "rentenversicherungsnummer",
    "versicherungsnummer",
    "svnr",
    "sv",
    "rvnr",
    "krankenversichertennummer",
    "versichertennummer",
    "versichertennr",
    "kvnr",
];

/// Whether one of some words stands among the words before a token.
fn is_named(page: &Page<'_>, place: usize, names: &[&str], most: usize) -> bool {
    let mut words = 0;
    for at in (place.saturating_sub(12)..place).rev() {
        if page.gap(at + 1) == Gap::Paragraph || words == most {
            return false;
        }
        if page.is(at, Kind::Word) {
            words += 1;
            let word = page.word(at);
            if names.iter().any(|name| word.eq_ignore_ascii_case(name)) {
                return true;
            }
        }
    }
    false
}

/// The tokens of such a number whose first digits are a token.
pub(in crate::known::contact) fn document(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    insurance(page, number)
        .or_else(|| insured(page, number))
        .or_else(|| tax(page, number))
        .or_else(|| paper(page, number))
}

/// `L01X00T471`, `AA1234567`: letters and digits in one, behind the name of a paper.
fn paper(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    let is_part = |at: usize| !page.is(at, Kind::Mark) && page.at(at).is_some();
    let begin = number.checked_sub(1).filter(|at| page.is_glued(number) && page.is(*at, Kind::Word)).unwrap_or(number);
    let mut end = number + 1;
    while end < number + 12 && page.is_glued(end) && is_part(end) {
        end += 1;
    }
    let word = page.text.get(page.begin(begin)..page.end(end - 1))?;
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let fits = word.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase())
        && (7..=18).contains(&word.len())
        && (digits >= 5 || digits >= 3 && word.len() >= 9)
        && !page.is_glued(begin);
    (fits && is_named(page, begin, PAPERS, 4)).then_some((begin, end))
}

/// `86 095 742 719`
fn tax(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    let mut end = number;
    let mut total = 0;
    while end < number + 7 && page.is(end, Kind::Number) && (end == number || page.gap(end) <= Gap::Blank) {
        total += page.digits(end);
        // `93/815/08152`
        let is_slash = page.mark(end + 1) == b'/' && page.is_glued(end + 1) && page.is_glued(end + 2);
        end += 1 + usize::from(is_slash && page.is(end + 2, Kind::Number));
    }
    ((10..=11).contains(&total) && is_named(page, number, TAXES, 4)).then_some((number, end))
}

/// `65 170839 J 003`
fn insurance(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    let lengths = [page.digits(number), page.digits(number + 1)];
    let letter = match lengths {
        [2, 6] => number + 2,
        [8, _] => number + 1,
        _ => return None,
    };
    let is_letter = page.is(letter, Kind::Word) && page.length(letter) == 1 && page.gap(letter) <= Gap::Blank;
    let is_end = page.digits(letter + 1) == 3 && page.gap(letter + 1) <= Gap::Blank;
    (is_letter && is_end && is_named(page, number, INSURANCES, 4)).then_some((number, letter + 2))
}

/// `A123456780`
fn insured(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    let letter = number.checked_sub(1).filter(|at| page.is_glued(number) && page.is_capital(*at))?;
    let fits = page.length(letter) == 1 && page.digits(number) == 9 && !page.is_glued(letter);
    (fits && is_named(page, letter, INSURANCES, 4)).then_some((letter, number + 1))
}

const LAST: [&str; 9] = ["sista", "sidste", "siste", "last", "letzten", "viimeiset", "final", "derniers", "loppuosa"];
const COUNTS: [&str; 10] = ["fyra", "fire", "four", "vier", "neljä", "fem", "five", "viisi", "4", "5"];
/// What says that digits are meant.
const DIGITS: [&str; 20] = [
    "siffror",
    "siffrorna",
    "sifre",
    "sifrene",
    "sifra",
    "cifre",
    "cifrene",
    "tall",
    "tallene",
    "digits",
    "numbers",
    "ziffern",
    "numeroa",
    "merkkiä",
    "chiffres",
    "är",
    "er",
    "are",
    "is",
    "of",
];

/// `mina fyra sista är 2380`, `hetun loppuosa on -983U`: half of a number, and the birthday is told already.
pub(in crate::known::contact) fn last_digits(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    if !(3..=5).contains(&page.digits(number)) {
        return None;
    }
    let has_letter = page.is_glued(number + 1) && page.is(number + 1, Kind::Word) && page.length(number + 1) == 1;
    let end = number + 1 + usize::from(has_letter);
    let is_one = |at: usize, all: &[&str]| all.iter().any(|one| page.word(at).eq_ignore_ascii_case(one));
    let is_half = |at: usize| {
        let is_pair = is_one(at, &LAST) && is_one(at + 1, &COUNTS) || is_one(at, &COUNTS) && is_one(at + 1, &LAST);
        // `de sidste fire i mit cpr er …`
        let is_of_code = || (at + 2..number).any(|of| page.has(of, Marks::IDENTITY));
        is_pair && (is_one(at + 2, &DIGITS) && at + 2 < number || is_of_code())
    };
    let from = number.saturating_sub(9);
    let is_end_of_code = (from..number).any(|at| is_one(at, &["loppuosa", "loppuosan", "tunnusosa"]));
    let is_said = (from..number).any(is_half) && page.digits(number) >= 4 || is_end_of_code;
    let is_counted = cue::is_counted(page, end - 1) || page.has(end, Marks::MONTH);
    (is_said && !is_counted && (!page.is_glued(number) || page.is(number - 1, Kind::Mark))).then_some((number, end))
}
