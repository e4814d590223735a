//! Handles that are one plain word, and names: known by the sentence around them, and by being no word of ours.

use super::named::{is_closed, is_group, is_looked_for, is_mine, is_participle, is_word_like};
use super::written_end;
use crate::known::contact::lexicon::{self, Marks};
use crate::known::contact::token::{Gap, Kind, Page};
use crate::known::ordinary;

/// Shortest word that is taken for a handle because no lexicon has it.
const UNHEARD_MIN: usize = 6;
/// Shortest one that ends like a word with its article.
const ARTICLE_MIN: usize = 9;
/// How words end that tell what something is like.
const ADJECTIVES: [&str; 39] = [
    "lig", "ligt", "liga", "lige", "ig", "igt", "iga", "isk", "iskt", "iske", "ande", "ende", "ad", "at", "ade", "ade",
    "lich", "isch", "end", "ful", "able", "ible", "inen", "nut", "tu", "ly", "ous", "ive", "less", "löst", "los",
    "ell", "ert", "sam", "samt", "iv", "mmin", "sti", "asti",
];

fn is_one(page: &Page<'_>, at: usize, all: &[&str]) -> bool {
    all.iter().any(|one| page.word(at).eq_ignore_ascii_case(one))
}

/// Whether a word is none that is known here, and does not look like one that tells what something is like.
pub(super) fn is_unheard(page: &Page<'_>, word: usize) -> bool {
    let written = page.word(word);
    let length = written.chars().count();
    let is_told = ADJECTIVES.iter().any(|end| written.ends_with(end)) || is_participle(written);
    let is_articled = ["en", "et"].iter().any(|end| written.ends_with(end)) && length < ARTICLE_MIN;
    page.is(word, Kind::Word)
        && length >= UNHEARD_MIN
        && page.marks(word) == Marks::NONE
        && !is_told
        && !is_articled
        && !ordinary::is_inflected_word(lexicon::folded(written).as_bytes())
}

const THERE: [&str; 8] = ["där", "der", "there", "da", "dort", "siellä", "därinne", "derinde"];
const SELF: [&str; 7] = ["jag", "jeg", "eg", "ich", "i", "mä", "æ"];
const AM: [&str; 6] = ["är", "er", "am", "bin", "oon", "olen"];
const IS: [&str; 6] = ["är", "er", "is", "ist", "on", "e"];
const LINKS: [&str; 6] = ["på", "on", "auf", "i", "in", "bei"];
/// Where people go by their own names.
const BY_NAME: [&str; 5] = ["facebook", "fb", "messenger", "linkedin", "fejjan"];

/// `… på snap, heter grodprinsen där`, `… då heter jag bokslukarn där`, `messenger går bra, Tuva Fjällström heter jag`.
pub(super) fn called_there(page: &Page<'_>, platform: usize, named: usize) -> Option<(usize, usize)> {
    if (platform + 1..=named).any(|at| page.gap(at) >= Gap::Paragraph) {
        return None;
    }
    if is_one(page, named + 1, &SELF) && named >= platform + 3 {
        let (first, last) = (named - 2, named - 1);
        let is_name = |at: usize| page.is_capital(at) && page.is(at, Kind::Word) && page.length(at) > 1;
        if is_name(first) && is_name(last) && page.gap(last) == Gap::Blank && !is_group(page, platform) {
            return Some((first, named));
        }
        if is_unheard(page, last) && page.gap(named) == Gap::Blank {
            return Some((last, named));
        }
    }
    let mut first = named + 1 + usize::from(is_one(page, named + 1, &SELF));
    let is_led = is_one(page, first, &THERE);
    first += usize::from(is_led);
    let end = written_end(page, first)?;
    let is_there = is_led && is_closed(page, end) || is_one(page, end, &THERE);
    let is_word = is_word_like(page, first, end) && page.marks(first) == Marks::NONE;
    let is_word = is_word && !ordinary::is_inflected_word(lexicon::folded(page.word(first)).as_bytes());
    (is_there && is_word && !is_participle(page.word(first))).then_some((first, end))
}

/// A handle without any announcement but the sentence it stands in.
pub(super) fn told(page: &Page<'_>, platform: usize) -> Option<(usize, usize)> {
    if !page.has(platform, Marks::PLATFORM) || page.is_glued(platform) {
        return None;
    }
    followed(page, platform)
        .or_else(|| being(page, platform))
        .or_else(|| belonging(page, platform))
        .or_else(|| among(page, platform))
        .or_else(|| there(page, platform))
        .or_else(|| beside(page, platform))
        .or_else(|| behind(page, platform))
        .or_else(|| by_name(page, platform))
}

/// `följ tannmossa på tiktok`, `sök på tannmossa på insta`: what a reader is told to look for.
fn followed(page: &Page<'_>, platform: usize) -> Option<(usize, usize)> {
    const VERBS: [&str; 18] = [
        "följ", "følg", "fylg", "follow", "folg", "folge", "seuraa", "sök", "søk", "søg", "search", "such", "suche",
        "hae", "etsi", "adda", "adde", "kolla",
    ];
    let link = platform.checked_sub(1)?;
    let name = page.word(platform).to_lowercase();
    let has_case = ["ssa", "ssä", "sta", "stä"].iter().any(|case| name.ends_with(case));
    let word = if is_one(page, link, &LINKS) { link.checked_sub(1)? } else { link };
    if word == link && !has_case || !is_unheard(page, word) || page.is_capital(word) {
        return None;
    }
    let begins = |at: usize| at == 0 || page.gap(at) >= Gap::Line || page.is(at - 1, Kind::Mark);
    let is_verb = |at: usize| is_one(page, at, &VERBS) && begins(at);
    let verb = word
        .checked_sub(1)
        .map(|at| if is_one(page, at, &["på", "nach", "for", "etter", "efter"]) { at.max(1) - 1 } else { at });
    verb.is_some_and(is_verb).then_some((word, word + 1))
}

/// `jag är nattljuset på insta`, `im moonpebble on snap`, `oon kuukivi discordissa`.
fn being(page: &Page<'_>, platform: usize) -> Option<(usize, usize)> {
    let before = platform.checked_sub(1)?;
    let name = page.word(platform).to_lowercase();
    let has_case = ["ssa", "ssä"].iter().any(|case| name.ends_with(case));
    let word = if is_one(page, before, &LINKS) { before.checked_sub(1)? } else { before };
    let verb = word.checked_sub(1)?;
    let is_me = |at: usize| is_one(page, at, &SELF);
    let is_i = is_one(page, verb, &AM) && verb.checked_sub(1).is_some_and(is_me)
        || is_one(page, verb, &["im", "oon", "olen"])
        || page.word(verb) == "m" && page.is_glued(verb);
    ((word < before || has_case) && is_i && is_unheard(page, word)).then_some((word, word + 1))
}

/// `nattljuset är min snap`, `moonpebble is my insta`, `månesten er snappen min`.
fn belonging(page: &Page<'_>, platform: usize) -> Option<(usize, usize)> {
    let is_led = platform.checked_sub(1).is_some_and(|at| page.has(at, Marks::MINE));
    if !is_led && !is_mine(page, platform) {
        return None;
    }
    let verb = platform.checked_sub(1 + usize::from(is_led))?;
    let word = verb.checked_sub(1).filter(|_| is_one(page, verb, &IS))?;
    let is_free = page.gap(word) >= Gap::Line || word == 0 || page.is(word - 1, Kind::Mark);
    (is_free && is_unheard(page, word)).then_some((word, word + 1))
}

/// `på snap är jag nattljuset`, `auf insta bin ich mondstein`.
fn among(page: &Page<'_>, platform: usize) -> Option<(usize, usize)> {
    let is_led = platform.checked_sub(1).is_some_and(|at| is_one(page, at, &LINKS));
    let is_i = is_one(page, platform + 1, &AM) && is_one(page, platform + 2, &SELF)
        || is_one(page, platform + 1, &SELF) && is_one(page, platform + 2, &AM);
    let word = platform + 3;
    (is_led && is_i && is_unheard(page, word) && is_closed(page, word + 1)).then_some((word, word + 1))
}

/// `im frogprince on there`, where a platform was named before.
fn there(page: &Page<'_>, platform: usize) -> Option<(usize, usize)> {
    let word = (platform + 2..platform + 8).find(|at| {
        let is_i = |verb: usize| is_one(page, verb, &["im"]) || page.word(verb) == "m" && page.is_glued(verb);
        is_one(page, *at + 1, &["on"]) && is_one(page, *at + 2, &THERE) && is_i(*at - 1)
    })?;
    is_unheard(page, word).then_some((word, word + 1))
}

/// `snapchat nattljuset`: nothing else on the line.
fn beside(page: &Page<'_>, platform: usize) -> Option<(usize, usize)> {
    let word = platform + 1;
    let is_alone = page.gap(platform) >= Gap::Line || platform == 0;
    let is_end = page.gap(word + 1) >= Gap::Line || word + 1 >= page.len();
    let fits = is_alone && is_end && page.gap(word) == Gap::Blank && is_unheard(page, word);
    fits.then_some((word, word + 1))
}

/// `folg mir auf tiktok tannenmoos`
fn behind(page: &Page<'_>, platform: usize) -> Option<(usize, usize)> {
    let word = platform + 1;
    let fits = is_looked_for(page, platform) && is_closed(page, word + 1) && page.gap(word) == Gap::Blank;
    (fits && is_unheard(page, word)).then_some((word, word + 1))
}

/// `fb Nora Nattljus`, `finns på messenger, Nora Nattljus`.
fn by_name(page: &Page<'_>, platform: usize) -> Option<(usize, usize)> {
    let first = platform + 1 + usize::from(page.mark(platform + 1) == b',');
    let is_name = |at: usize| {
        page.is_capital(at)
            && page.is(at, Kind::Word)
            && page.length(at) > 1
            && !page.has(at, Marks::PLATFORM | Marks::TOWN | Marks::GROUP | Marks::PLAIN | Marks::HELPLINE)
    };
    let are_names = is_name(first) && is_name(first + 1) && page.gap(first + 1) == Gap::Blank;
    let is_end = is_closed(page, first + 2) || first + 2 >= page.len();
    let is_all = are_names && is_end && page.gap(first) == Gap::Blank && !is_group(page, platform);
    (is_all && is_one(page, platform, &BY_NAME)).then_some((first, first + 2))
}
