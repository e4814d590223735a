//! Postcodes with their towns, and door codes.

use super::cue;
use super::group::Run;
use super::lexicon::Marks;
use super::token::{Gap, Kind, Page};

/// Prefixes of postcodes: `SE-411 05`.
const COUNTRIES: [&str; 15] = ["SE", "S", "DK", "NO", "N", "FI", "FIN", "D", "DE", "AX", "FR", "F", "CH", "A", "FO"];

/// The tokens of a postcode whose first digits are a token.
pub(super) fn find(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    if page.is_glued(number) && page.is(number.wrapping_sub(1), Kind::Word) {
        return british(page, number);
    }
    let begin = country_before(page, number);
    let after = digits(page, number)?;
    let is_cued = || cue::has_before(page, number, Marks::POSTCODE, 4);
    let is_counted = cue::is_counted(page, after - 1) || cue::is_priced(page, number);
    if is_counted && begin.is_none() {
        return None;
    }
    if after == number + 1 && page.digits(number) == 5 && is_state(page, number) {
        return Some((number - 1, after));
    }
    let end = town(page, after, Gap::Blank);
    let has_town = end > after;
    let is_known = has_town && page.has(after, Marks::TOWN);
    let is_split = after == number + 2;
    let is_year = page.value(number).is_some_and(|v| (1900..2100).contains(&v)) && page.digits(number) == 4;
    let is_home = || has_town && !is_year && cue::has_before(page, number, Marks::HOME, 4);
    // `til 4700 Vennesla`: German nouns have capitals too, so only behind these.
    let before = number.checked_sub(1).map_or("", |before| page.word(before));
    let is_german = has_town && after == number + 1 && page.digits(number) == 5 && is_german_town(page.word(after));
    let is_sent = is_german
        || has_town && !is_year && page.digits(number) == 4 && matches!(before, "til" | "fra" | "från" | "till");
    let fits = begin.is_some()
        || is_cued()
        || has_town
            && (is_split && !is_sum(page, number, after) || is_known && !is_year || is_home() || is_sent)
            && cue::before(page, number) != cue::Cue::Reference;
    fits.then_some((begin.unwrap_or(number), end))
}

/// How towns end in German: behind five digits no other noun does.
const TOWNS: [&str; 18] = [
    "ingen", "burg", "heim", "stadt", "dorf", "hausen", "furt", "bach", "walde", "brück", "kirchen", "haven", "rode",
    "stedt", "leben", "münde", "beck", "hafen",
];

fn is_german_town(word: &str) -> bool {
    TOWNS.iter().any(|end| word.len() > end.len() + 1 && word.ends_with(end))
}

/// `Springfield, IL 62704`: a state of two letters behind a town.
fn is_state(page: &Page<'_>, number: usize) -> bool {
    let Some(state) = number.checked_sub(1) else { return false };
    let is_code = page.word(state).len() == 2 && page.word(state).bytes().all(|b| b.is_ascii_uppercase());
    let town = state.checked_sub(2).filter(|_| page.mark(state - 1) == b',');
    is_code && page.gap(number) == Gap::Blank && town.is_some_and(|town| page.is_capital(town))
}

/// `300 00 Kronor`: no postcode ends so, and none begins with a zero in three and two.
fn is_sum(page: &Page<'_>, number: usize, after: usize) -> bool {
    page.has(after, Marks::MONEY | Marks::UNIT | Marks::PLAIN) || page.word(number).starts_with('0')
}

/// The token after the digits of a code: `123 45`, `12345`, `2100`.
fn digits(page: &Page<'_>, number: usize) -> Option<usize> {
    let is_end = |place: usize| {
        !(page.is_glued(place)
            && (page.is(place, Kind::Word)
                || matches!(page.mark(place), b'.' | b',' | b'-' | b'/' | b':') && page.is_glued(place + 1)))
    };
    match page.digits(number) {
        3 if page.digits(number + 1) == 2 && page.gap(number + 1) == Gap::Blank && is_end(number + 2) => {
            Some(number + 2)
        }
        4 | 5 if is_end(number + 1) => Some(number + 1),
        _ => None,
    }
}

fn country_before(page: &Page<'_>, number: usize) -> Option<usize> {
    let dash = number.checked_sub(1).filter(|dash| page.mark(*dash) == b'-')?;
    let country = dash.checked_sub(1)?;
    (COUNTRIES.contains(&page.word(country)) && page.is_glued(dash) && page.is_glued(number)).then_some(country)
}

/// The token after a town's name: a capitalised word, and its district (`København Ø`, `Aarhus C`).
fn town(page: &Page<'_>, place: usize, widest: Gap) -> usize {
    let is_apart = (Gap::Blank..=widest).contains(&page.gap(place));
    // In a hurry a town is written small: only those that are known, and mean nothing else.
    let is_small = page.has(place, Marks::TOWN) && page.length(place) >= 5;
    let is_name = (page.is_capital(place) || is_small) && is_apart && page.length(place) >= 2;
    if !is_name
        || page.has(place, Marks::PLAIN | Marks::MONEY | Marks::MONTH | Marks::UNIT) && !page.has(place, Marks::TOWN)
    {
        return place;
    }
    let district = page.word(place + 1);
    let is_district =
        matches!(district, "Ø" | "N" | "S" | "V" | "K" | "C" | "M" | "NV" | "SV" | "SØ" | "NØ" | "Sentrum");
    let is_second = matches!(district, "S" | "N") && page.mark(place + 2) == b'.';
    place + 1 + usize::from(is_district && page.gap(place + 1) == Gap::Blank && !is_second)
}

/// The token after a postcode and town that follow a street.
pub(super) fn after_street(page: &Page<'_>, place: usize) -> Option<usize> {
    let number = if COUNTRIES.contains(&page.word(place)) && page.mark(place + 1) == b'-' { place + 2 } else { place };
    if page.is_glued(number + 1) && page.is(number, Kind::Word) {
        return british(page, number + 1).map(|(_, end)| end);
    }
    let after = digits(page, number)?;
    // Behind a street a line may end within the postcode's own words.
    let end = town(page, after, Gap::Line);
    (end > after || page.gap(place) == Gap::Line).then_some(end)
}

/// `SW1A 1AA`, `M1 1AE`: the token of the outward digits.
fn british(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    let area = number.checked_sub(1)?;
    let is_named = cue::has_before(page, area, Marks::POSTCODE, 4);
    let is_upper = |place: usize, least: usize, most: usize| {
        let word = page.word(place);
        let fits = |b: u8| if is_named { b.is_ascii_alphabetic() } else { b.is_ascii_uppercase() };
        page.is(place, Kind::Word) && (least..=most).contains(&word.len()) && word.bytes().all(fits)
    };
    let has_letter = page.is_glued(number + 1) && is_upper(number + 1, 1, 1);
    let inward = number + 1 + usize::from(has_letter);
    let is_cued = cue::has_before(page, area, Marks::POSTCODE | Marks::HOME, 6);
    let gap = page.gap(inward);
    let is_apart = gap == Gap::Blank || gap == Gap::Nothing && is_cued;
    let fits = is_upper(area, 1, 2)
        && !page.is_glued(area)
        && page.is_glued(number)
        && (1..=2).contains(&page.digits(number))
        && is_apart
        && page.digits(inward) == 1
        && page.is_glued(inward + 1)
        && is_upper(inward + 1, 2, 2);
    fits.then_some((area, inward + 2))
}

/// A door code after `portkod`.
pub(super) fn door(page: &Page<'_>, number: usize) -> Option<usize> {
    let word = |back: usize| number.checked_sub(back).map_or("", |place| page.word(place));
    if !(3..=6).contains(&page.digits(number)) {
        return None;
    }
    let is_pair = |back: usize| {
        matches!(word(back + 1), "door" | "gate" | "entry" | "Door" | "Gate" | "Entry" | "main")
            && matches!(word(back), "code" | "codes")
    };
    let is_cued = cue::has_before(page, number, Marks::DOOR, 3) || (1..=3).any(is_pair);
    let has_sign = page.is_glued(number + 1) && matches!(page.mark(number + 1), b'#' | b'*');
    let has_letter = page.is_glued(number + 1) && page.is(number + 1, Kind::Word) && page.length(number + 1) == 1;
    is_cued.then_some(number + 1 + usize::from(has_sign || has_letter))
}

/// Whether a number is one by which players find each other: `vänkod 1234-5678-9012`.
pub(super) fn is_friend(page: &Page<'_>, run: &Run) -> bool {
    let Some(number) = run.get(0).map(|group| group.first) else { return false };
    let is_called = |at: usize| {
        matches!(page.word(at), "friend" | "Friend" | "venne" | "steam" | "Steam")
            && matches!(page.word(at + 1), "code" | "kode" | "kod" | "id" | "ID")
    };
    run.figures() == run.groups.len()
        && (cue::has_before(page, number, Marks::NICK, 2) || (number.saturating_sub(4)..number).any(is_called))
}

/// Whether a number is that of a meeting on the net: `Zoom-id 845 1234 5678`.
pub(super) fn is_meeting(page: &Page<'_>, run: &Run) -> bool {
    let Some(number) = run.get(0).map(|group| group.first) else { return false };
    let is_grouped = matches!(run.lengths(run.groups.len()).as_slice(), [3, 3 | 4, 4]);
    let is_right_behind = is_grouped && cue::has_before(page, number, Marks::MEETING, 1);
    is_right_behind
        || cue::has_before(page, number, Marks::MEETING, 4)
            && (1..=3).any(|back| {
                number
                    .checked_sub(back)
                    .is_some_and(|at| matches!(page.word(at), "id" | "ID" | "Id" | "kod" | "kode" | "code" | "tunnus"))
            })
}
