//! Streets that only the talk of somebody's home gives away, or what follows their number.

use super::{after_house, capitals_before, ending, floor, starts_sentence, with_qualifiers};
use crate::known::contact::cue;
use crate::known::contact::lexicon::{self, Marks};
use crate::known::contact::place;
use crate::known::contact::token::Page;

/// `bor på Fältet 12`: any capitalised name with a number, where somebody's home is spoken of.
pub(super) fn at_home(page: &Page<'_>, last: usize, number: usize, folded: &str) -> Option<usize> {
    let other = Marks::MONTH | Marks::PLAIN | Marks::MONEY | Marks::CAR | Marks::PLATFORM | Marks::POSTCODE;
    let other = other | Marks::HOME | Marks::FLAT | Marks::TOWN;
    if !page.is_capital(last) || page.has(last, other) || page.length(last) < 3 || page.digits(number) > 3 {
        return None;
    }
    let begin = with_qualifiers(page, capitals_before(page, last).unwrap_or(last));
    let article = article_before(page, begin);
    let is_home = cue::has_before(page, begin, Marks::HOME, 4)
        || article.is_some_and(|at| !starts_sentence(page, at))
        || is_in_care_of(page, begin)
        || is_shown_by_end(page, begin, number);
    let is_home = is_home || is_told_after(page, number);
    let begin = article.unwrap_or(begin);
    (is_home && !ending::is_numbered(folded)).then_some(begin)
}

/// `Lærkebo 12 er min adresse`, `Solhem 4 är där jag bor`
fn is_told_after(page: &Page<'_>, number: usize) -> bool {
    let verb = after_house(page, number);
    let is_told = |at: usize| {
        let word = page.word(at).to_lowercase();
        ["adress", "osoi", "anschrift"].iter().any(|begin| word.starts_with(begin))
            || matches!(word.as_str(), "hvor" | "där" | "der" | "where" | "wo" | "siellä")
                && matches!(page.word(at + 1), "jag" | "jeg" | "eg" | "vi" | "me" | "I" | "we" | "ich" | "wir" | "asun")
    };
    matches!(page.word(verb), "är" | "er" | "is" | "ist" | "on") && (verb + 1..verb + 4).any(is_told)
}

/// `Am Hang`, `Unter den Eichen`: where a street's name begins with where it lies.
fn article_before(page: &Page<'_>, begin: usize) -> Option<usize> {
    let before = begin.checked_sub(1)?;
    if matches!(page.word(before), "Am" | "Im" | "Zum" | "Zur" | "Beim" | "Vorm") {
        return Some(before);
    }
    let two = before.checked_sub(1)?;
    let is_article = matches!(page.word(before), "den" | "der" | "dem" | "die" | "das");
    let is_where = matches!(page.word(two), "An" | "In" | "Auf" | "Unter" | "Hinter" | "Vor" | "Bei" | "Über");
    (is_article && is_where).then_some(two)
}

/// `c/o Hansen, Fältet 7`
fn is_in_care_of(page: &Page<'_>, begin: usize) -> bool {
    (begin.saturating_sub(7)..begin).any(|at| {
        matches!(page.word(at), "c" | "C") && page.mark(at + 1) == b'/' && matches!(page.word(at + 2), "o" | "O")
    })
}

/// `på Kvåle 7B`, `Solgløtt 5, 2. etg.`, `Heimly 3, 6800 Førde`: what follows the number is said of houses only.
fn is_shown_by_end(page: &Page<'_>, begin: usize, number: usize) -> bool {
    let house_end = after_house(page, number);
    let is_lettered = house_end == number + 2 && page.is_glued(number + 1) && page.word(number + 1).len() == 1;
    let before = begin.checked_sub(1).map_or("", |at| page.word(at));
    let is_at = matches!(before, "i" | "på" | "til" | "till" | "ved" | "vid" | "fra" | "från" | "forbi");
    let has_comma = page.mark(house_end) == b',';
    let is_flat = house_end >= number + 2 && page.is_capital(number + 1);
    is_lettered && is_at
        || is_flat && ending::is_natural(&lexicon::folded(page.word(number - 1)))
        || has_comma && (floor(page, house_end).is_some() || place::after_street(page, house_end + 1).is_some())
}
