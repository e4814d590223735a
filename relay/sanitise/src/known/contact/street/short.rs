//! Streets in Swedish, Danish and Norwegian shorthand: `Kungsg. 5`, `Björkv. 3`, `Kirkeg. 8`, `Stg 12`.

use crate::known::contact::cue;
use crate::known::contact::lexicon::Marks;
use crate::known::contact::token::{Gap, Page};

/// How words end in `g` and `v` that are no shorthand: towns, and people.
const OTHERS: [&str; 17] = [
    "ufg", "ppg", "opg", "borg", "burg", "berg", "ing", "eig", "vig", "dag", "tav", "lav", "lev", "rev", "iv", "ug",
    "aug",
];
/// Towns in shorthand of their own.
const TOWNS: [&str; 4] = ["gbg", "hbg", "kbg", "nbg"];

/// Words that end like shorthand.
const WORDS: [&str; 9] = ["halv", "tolv", "kalv", "sorg", "farg", "varg", "alg", "arg", "torg"];

/// Whether a word before a house number is shorthand for a street; a dot may have followed it.
pub(super) fn is_street(page: &Page<'_>, word: usize, has_dot: bool, folded: &str) -> bool {
    let is_house = (1..=3).any(|ahead| (1..=3).contains(&page.digits(word + ahead)));
    let is_small = |at: usize| page.length(at) > 1 && !page.is_capital(at);
    let is_name = page.is_capital(word)
        && is_house
        && folded.ends_with(['g', 'v'])
        && page.word(word).chars().skip(1).all(char::is_lowercase)
        && !page.has(word, Marks::TOWN | Marks::MONTH | Marks::PLAIN)
        && !OTHERS.iter().any(|end| folded.ends_with(end));
    // `Munkegt 8`; `Enligt 4 kap.` is no street.
    if page.is_capital(word) && folded.len() >= 5 && folded.ends_with("gt") && !folded.ends_with("igt") && is_house {
        return true;
    }
    let is_other = OTHERS.iter().any(|end| folded.ends_with(end)) || WORDS.contains(&folded);
    let is_closed =
        folded.as_bytes().iter().rev().nth(1).is_some_and(|b| !matches!(b, b'a' | b'e' | b'i' | b'o' | b'u'));
    // `bor kungsg 8`
    if folded.len() >= 5 && folded.ends_with(['g', 'v']) && is_closed && !is_other && is_house {
        let is_home = !page.is_known(word) && cue::has_before(page, word, Marks::HOME, 2);
        if is_home {
            return true;
        }
    }
    if !is_name || TOWNS.contains(&folded) {
        return false;
    }
    let has_vowel = folded.bytes().any(|b| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
    // `Stg 12`: no word is without a vowel.
    let is_bare = !has_vowel && (2..=5).contains(&folded.len()) && page.gap(word + 1) == Gap::Blank;
    // `Björkv.`: no word ends so but a foreign name, and what is behind a dot would begin a sentence.
    let is_shortened = has_dot && folded.len() >= 4 && page.is_glued(word + 1) && !is_small(word + 1);
    // `till Parkg 22`
    let before = word.checked_sub(1).map_or("", |at| page.word(at));
    let is_at = matches!(before, "på" | "till" | "til" | "i" | "från" | "fra" | "vid" | "ved");
    let is_led = is_at && is_closed && folded.len() >= 4 && !WORDS.contains(&folded);
    is_bare || is_shortened || is_led
}

/// `Koskik. 3 A`, `Mannerheimint. 12`: a Finnish street, where a home is spoken of, or a house with a letter.
pub(super) fn is_finnish(page: &Page<'_>, word: usize, folded: &str) -> bool {
    let number = word + 2;
    let letter = page.word(number + 1);
    let is_lettered = letter.len() == 1 && page.is_capital(number + 1) && page.gap(number + 1) <= Gap::Blank;
    let is_home = || cue::has_before(page, word, Marks::HOME, 4);
    page.mark(word + 1) == b'.'
        && page.is_capital(word)
        && folded.len() >= 5
        && folded.ends_with(['k', 't'])
        && (1..=3).contains(&page.digits(number))
        && (is_lettered || is_home())
}
