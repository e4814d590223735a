//! What the words around a number say it is.

use super::lexicon::{self, Marks};
use super::token::{Gap, Kind, Page};

/// What a number is announced as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    None,
    Phone,
    Reference,
    Identity,
    Account,
    Helpline,
}

/// Most words and most tokens looked back over.
const WORDS_MAX: usize = 8;
const TOKENS_MAX: usize = 24;

/// The nearest cue before a token decides.
pub(super) fn before(page: &Page<'_>, place: usize) -> Cue {
    let (mut words, mut weak, mut is_mine, mut is_past) = (0, false, false, false);
    for back in 1..=TOKENS_MAX.min(place) {
        let here = place - back;
        if page.gap(here + 1) == Gap::Paragraph {
            break;
        }
        if back == 1 && page.mark(here) == b'#' {
            return Cue::Reference;
        }
        if !page.is(here, Kind::Word) {
            is_past |= ends_sentence(page, here);
            continue;
        }
        words += 1;
        let marks = page.marks(here);
        // `sätt in på`, `skal ind på`
        if matches!(page.word(here), "in" | "inn" | "ind")
            && matches!(page.word(here + 1), "på" | "paa" | "til" | "till")
            && back <= 3
        {
            return Cue::Account;
        }
        if marks.has(Marks::MINE) && is_reach(page, here) {
            return Cue::Phone;
        }
        if marks.has(Marks::NUMBER)
            && let Some(cue) = hyphened(page, here)
        {
            return cue;
        }
        match cue_of(page, here, marks) {
            Cue::None => {}
            Cue::Helpline if is_mine => {}
            // `på jobbet når du mig via växeln`: where somebody is reached, not an office.
            Cue::Helpline if is_exchange(page, here) => return Cue::Phone,
            // What another sentence speaks of says nothing of a number in this one.
            Cue::Helpline | Cue::Reference if is_past => {}
            // `sort code`
            Cue::Reference if page.has(here.wrapping_sub(1), Marks::ACCOUNT) => return Cue::Account,
            cue => return cue,
        }
        // `the number of entries`
        let is_count = matches!(page.word(here + 1), "of" | "av" | "af" | "von");
        is_mine |= marks.has(Marks::MINE);
        weak |= marks.has(Marks::NUMBER)
            && !is_count
            && (is_new(page, here)
                || is_mine
                || page.length(here) > 3
                || (1..=2).any(|n| page.has(here.wrapping_sub(n), Marks::MINE)));
        if words == WORDS_MAX {
            break;
        }
    }
    if weak { Cue::Phone } else { Cue::None }
}

/// `nytt nr`, `new num`: one gets a new telephone number, and hardly another one.
fn is_new(page: &Page<'_>, number: usize) -> bool {
    const NEW: [&str; 12] =
        ["ny", "nytt", "nya", "nyt", "nye", "new", "neue", "neu", "uusi", "uus", "nummeret", "rätta"];
    number.checked_sub(1).is_some_and(|at| NEW.iter().any(|new| page.word(at).eq_ignore_ascii_case(new)))
}

/// What calls to a place of work go through.
const EXCHANGES: [&str; 10] = [
    "växeln",
    "växel",
    "sentralbordet",
    "sentralbord",
    "switchboard",
    "omstillingen",
    "omstilling",
    "zentrale",
    "vaihde",
    "vaihteen",
];
const WORKS: [&str; 16] = [
    "jobbet", "jobb", "jobben", "arbetet", "arbejde", "arbejdet", "arbeid", "work", "arbeit", "töissä", "jobbar",
    "jobber", "arbejder", "duunissa", "kontoret", "office",
];

/// Whether a token is a place of work's exchange, and the writer speaks of the own one.
fn is_exchange(page: &Page<'_>, here: usize) -> bool {
    let is_one = |at: usize, all: &[&str]| all.iter().any(|one| page.word(at).eq_ignore_ascii_case(one));
    is_one(here, &EXCHANGES) && (here.saturating_sub(7)..here).any(|at| page.has(at, Marks::MINE) || is_one(at, &WORKS))
}

/// Whether a mark ends a sentence: not the dot of `nr.` or `tlf.`, and a new sentence begins with a capital.
fn ends_sentence(page: &Page<'_>, place: usize) -> bool {
    let is_end = match page.mark(place) {
        b'?' | b'!' => true,
        b'.' => {
            page.is_glued(place)
                && place.checked_sub(1).is_some_and(|word| page.length(word) > 3 && !is_label(page, word))
        }
        _ => false,
    };
    is_end && page.gap(place + 1) > Gap::Nothing && (page.is_capital(place + 1) || page.is(place + 1, Kind::Number))
}

fn is_label(page: &Page<'_>, word: usize) -> bool {
    page.has(word, Marks::NUMBER) || !matches!(cue_of(page, word, page.marks(word)), Cue::None | Cue::Helpline)
}

/// `D-nummeret`, `kunde-nr`: what the word before the hyphen makes of a number.
fn hyphened(page: &Page<'_>, number: usize) -> Option<Cue> {
    let first = number.checked_sub(2)?;
    let is_joined = page.mark(number - 1) == b'-' && page.is_glued(number) && page.is_glued(number - 1);
    if !is_joined || !page.is(first, Kind::Word) {
        return None;
    }
    let cue = match page.word(first) {
        "D" | "d" => Cue::Identity,
        _ => cue_of(page, first, page.marks(first)),
    };
    Some(if cue == Cue::None { Cue::Reference } else { cue })
}

/// `nå mig`, `når meg`: the word before `mig` by itself says nothing.
fn is_reach(page: &Page<'_>, mine: usize) -> bool {
    mine.checked_sub(1).is_some_and(|at| {
        is_hold(page, at) || matches!(page.word(at), "nå" | "når" | "Nå" | "naa" | "nås" | "träffar" | "få" | "treffer")
    })
}

/// `få fat i mig`, `få tak i meg`, `få tag på mig`
fn is_hold(page: &Page<'_>, link: usize) -> bool {
    let hold = link.checked_sub(1).map_or("", |at| page.word(at));
    matches!(page.word(link), "i" | "på") && matches!(hold, "fat" | "tak" | "tag" | "fatt")
}

/// What follows a number: `… er mit nummer`, `… står på skylten`.
pub(super) fn has_after(page: &Page<'_>, last: usize, wanted: Marks) -> bool {
    let mut words = 0;
    for place in last + 1..last + 10 {
        if page.gap(place) == Gap::Paragraph || matches!(page.mark(place), b'.' | b'!' | b'?') {
            return false;
        }
        if page.is(place, Kind::Word) {
            words += 1;
            if page.has(place, wanted) {
                return true;
            }
        }
        if words == 5 {
            return false;
        }
    }
    false
}

/// Whether one of the words before a token, at most so many, has a mark.
pub(super) fn has_before(page: &Page<'_>, place: usize, wanted: Marks, most: usize) -> bool {
    let mut words = 0;
    for back in 1..=TOKENS_MAX.min(place) {
        let here = place - back;
        if page.gap(here + 1) == Gap::Paragraph || words == most {
            return false;
        }
        if page.is(here, Kind::Word) {
            words += 1;
            if page.has(here, wanted) {
                return true;
            }
        }
    }
    false
}

/// Whether one of the words before a token, at most so many, ends like one of these and is longer.
pub(super) fn ends_before(page: &Page<'_>, place: usize, ends: &[&str], most: usize) -> bool {
    let words = (1..=TOKENS_MAX.min(place)).map(|back| place - back);
    words.filter(|at| page.is(*at, Kind::Word)).take(most).any(|at| {
        let word = page.word(at);
        ends.iter().any(|end| word.len() >= end.len() + 2 && word.ends_with(end))
    })
}

fn cue_of(page: &Page<'_>, place: usize, marks: Marks) -> Cue {
    if marks.has(Marks::IDENTITY) {
        Cue::Identity
    } else if marks.has(Marks::ACCOUNT) {
        Cue::Account
    } else if marks.has(Marks::REFERENCE) && !page.word(place).eq_ignore_ascii_case("mal") {
        // Without its ring `mål` is the German `mal`.
        Cue::Reference
    } else if marks.has(Marks::HELPLINE) && !is_everyday(page.word(place)) {
        Cue::Helpline
    } else if marks.has(Marks::PHONE) {
        Cue::Phone
    } else if marks == Marks::NONE && !page.is_known(place) {
        page.compound(place, compound)
    } else {
        Cue::None
    }
}

/// Names of helplines that mean something else when they are written small: `sind`, `do you mind`.
fn is_everyday(word: &str) -> bool {
    matches!(word, "sind" | "mind" | "calm" | "beat" | "shout" | "refuge" | "mieli" | "crisis")
}

/// How compounds that name a number end.
const NUMBERS: [&str; 12] = [
    "nummer", "numret", "nummeret", "numera", "numero", "numeroni", "numeron", "nummern", "number", "nr", "tunnus",
    "koden",
];

/// How the names of helplines end.
const LINES: [&str; 8] = ["linjen", "linien", "linje", "linja", "jouren", "vakta", "vakten", "helpline"];

/// How compounds begin whose number is a telephone's, a person's, an account's.
const PHONES: [&str; 31] = [
    "telefon",
    "mobil",
    "tele",
    "tlf",
    "hem",
    "hjem",
    "heime",
    "privat",
    "jobb",
    "kontakt",
    "swish",
    "vipps",
    "puhelin",
    "kannykka",
    "matkapuhelin",
    "handy",
    "ruf",
    "festnetz",
    "whatsapp",
    "koti",
    "lanka",
    "tyo",
    "arbets",
    "arbejds",
    "arbeids",
    "dienst",
    "sms",
    "signal",
    "viber",
    "kontant",
    "prepaid",
];
const PERSONS: [&str; 6] = ["person", "fodsels", "cpr", "samordning", "henkilo", "socialforsakring"];
const ACCOUNTS: [&str; 5] = ["konto", "clearing", "kort", "tili", "bank"];
/// A car's number and a house's are looked for elsewhere.
const ELSEWHERE: [&str; 6] = ["reg", "rekisteri", "bil", "hus", "post", "skilt"];

/// A word no list has: by its end and its beginning. A number nobody knows is the number of something.
fn compound(word: &str) -> Cue {
    let ends = |end: &str, more: usize| {
        let tail = word.len().checked_sub(end.len()).filter(|before| *before >= more);
        tail.and_then(|at| word.get(at..)).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    };
    // What none of the ends end with.
    if !matches!(
        word.as_bytes().last().map(u8::to_ascii_lowercase),
        Some(b'a' | b'e' | b'i' | b'n' | b'o' | b'r' | b's' | b't')
    ) {
        return Cue::None;
    }
    if LINES.iter().any(|end| ends(end, 3)) {
        return Cue::Helpline;
    }
    let Some(end) = NUMBERS.iter().find(|end| ends(end, 1)) else { return Cue::None };
    let word = lexicon::folded(word);
    let begins =
        |with: &[&str]| with.iter().any(|begin| word.len() >= begin.len() + end.len() && word.starts_with(begin));
    if begins(&PHONES) {
        Cue::Phone
    } else if begins(&PERSONS) {
        Cue::Identity
    } else if begins(&ACCOUNTS) {
        Cue::Account
    } else if begins(&ELSEWHERE) {
        Cue::None
    } else {
        Cue::Reference
    }
}

/// Whether what ends at a token is an amount or a count: money, a unit or `%` follows.
pub(super) fn is_counted(page: &Page<'_>, last: usize) -> bool {
    let next = last + 1;
    if page.gap(next) >= Gap::Line {
        return false;
    }
    match page.mark(next) {
        b'%' | b'$' => true,
        // `250:-` and `250,-`
        b':' | b',' => page.mark(next + 1) == b'-' && page.is_glued(next) && page.is_glued(next + 1),
        // The lexicon cannot tell `år` from `är`.
        // `Unter den Eichen 61 am Hintereingang`
        _ if matches!(page.word(next), "am" | "pm") => page.value(last).is_some_and(|value| value <= 12),
        _ => page.has(next, Marks::MONEY | Marks::UNIT) || matches!(page.word(next), "år" | "års" | "årig" | "åring"),
    }
}

/// Whether money is named just before a token: `SEK 12 500`, `€ 300`.
pub(super) fn is_priced(page: &Page<'_>, place: usize) -> bool {
    place.checked_sub(1).is_some_and(|before| page.mark(before) == b'$' || page.has(before, Marks::MONEY))
}
