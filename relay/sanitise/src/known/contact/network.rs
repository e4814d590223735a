//! Addresses of machines and places: IP, MAC, host names of one's own devices, coordinates.

use super::cue;
use super::lexicon::{self, Marks};
use super::token::{Gap, Kind, Page};
use std::net::Ipv6Addr;

/// `192.0.2.7`, with a port or a mask: the token after it.
pub(super) fn ipv4(page: &Page<'_>, place: usize) -> Option<usize> {
    let is_plain = |at: usize| page.digits(at) == 1 || !page.word(at).starts_with('0');
    let is_part =
        |at: usize| (1..=3).contains(&page.digits(at)) && page.value(at).is_some_and(|v| v < 256) && is_plain(at);
    let is_row = (0..4).all(|n| is_part(place + 2 * n))
        && (0..3).all(|n| {
            let dot = place + 2 * n + 1;
            page.mark(dot) == b'.' && page.is_glued(dot) && page.is_glued(dot + 1)
        });
    let is_free = !page.is_glued(place) || !matches!(page.mark(place - 1), b'.') && page.is(place - 1, Kind::Mark);
    let mut end = place + 7;
    let goes_on = page.is_glued(end)
        && (page.is(end, Kind::Word)
            || page.mark(end) == b'.' && page.is_glued(end + 1) && page.is(end + 1, Kind::Number));
    if !is_row || !is_free || goes_on || cue::has_before(page, place, Marks::VERSION, 2) {
        return None;
    }
    if matches!(page.mark(end), b':' | b'/') && page.is_glued(end) && page.is_glued(end + 1) && page.digits(end + 1) > 0
    {
        end += 2;
    }
    Some(end)
}

/// Longest address of colons, in octets.
const COLONS_MAX: usize = 48;

/// IPv6 and MAC addresses that begin with a token: the token after one.
pub(super) fn colons(page: &Page<'_>, place: usize) -> Option<usize> {
    if page.is_glued(place) && (!page.is(place - 1, Kind::Mark) || matches!(page.mark(place - 1), b':' | b'.' | b'-')) {
        return None;
    }
    let mut end = place;
    // Neither has fewer than two of its signs.
    if !(place..place + 3).any(|at| matches!(page.mark(at), b':' | b'-' | b'.') && page.is_glued(at + 1)) {
        return None;
    }
    while page.end(end) - page.begin(place) <= COLONS_MAX && (end == place || page.is_glued(end)) && is_part(page, end)
    {
        end += 1;
    }
    // A full stop or a colon of the sentence.
    while end > place + 1 && matches!(page.mark(end - 1), b'.' | b'-')
        || end > place + 1 && page.mark(end - 1) == b':' && page.mark(end - 2) != b':'
    {
        end -= 1;
    }
    let word = page.text.get(page.begin(place)..page.end(end.checked_sub(1)?))?;
    let is_whole = !page.is_glued(end) || page.is(end, Kind::Mark);
    (is_whole && (is_mac(word) || is_ipv6(word))).then_some(end)
}

fn is_part(page: &Page<'_>, at: usize) -> bool {
    match page.at(at).map(|token| token.kind) {
        Some(Kind::Mark) => matches!(page.mark(at), b':' | b'-' | b'.'),
        Some(_) => page.word(at).bytes().all(|b| b.is_ascii_hexdigit()),
        None => false,
    }
}

fn is_ipv6(word: &str) -> bool {
    word.len() >= 6
        && word.matches(':').count() >= 2
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.parse::<Ipv6Addr>().is_ok()
}

fn is_mac(word: &str) -> bool {
    let is_pairs = |by: char, count: usize, size: usize| {
        word.split(by).count() == count
            && word.split(by).all(|pair| pair.len() == size && pair.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    is_pairs(':', 6, 2)
        || is_pairs('-', 6, 2) && word.bytes().any(|b| b.is_ascii_alphabetic() || b == b'0')
        || is_pairs('.', 3, 4)
}

/// Fewest decimals that tell one house from the next, nearly.
const DECIMALS_MIN: usize = 4;

/// `59.3293, 18.0686`, `59,3293 18,0686`, `59°19'45"N 18°4'7"E`: the tokens.
pub(super) fn coordinates(page: &Page<'_>, place: usize) -> Option<(usize, usize)> {
    if page.is_glued(place) && page.is(place - 1, Kind::Number) {
        return None;
    }
    let begin = match place.checked_sub(1) {
        Some(sign) if page.mark(sign) == b'-' && page.is_glued(place) && !page.is_glued(sign) => sign,
        _ => place,
    };
    let (first, is_first_fine) = coordinate(page, place, 90)?;
    let mut next = first;
    next += usize::from(matches!(page.mark(next), b',' | b';' | b'/'));
    let is_apart = page.gap(next) > Gap::Nothing || next > first;
    next += usize::from(page.mark(next) == b'-');
    let (end, is_second_fine) = coordinate(page, next, 180)?;
    (is_first_fine && is_second_fine && is_apart && page.gap(next) <= Gap::Line).then_some((begin, end))
}

/// Most tokens of minutes and seconds.
const MINUTES_MAX: usize = 6;

/// One coordinate: the token after it, and whether it is fine enough to tell a place.
fn coordinate(page: &Page<'_>, place: usize, most: u32) -> Option<(usize, bool)> {
    if !(1..=3).contains(&page.digits(place)) || page.value(place).is_none_or(|value| value > most) {
        return None;
    }
    let is_degree = |at: usize| page.text.get(page.begin(at)..).is_some_and(|rest| rest.starts_with(['°', 'º', '˚']));
    let (next, is_fine) =
        if matches!(page.mark(place + 1), b'.' | b',') && page.is_glued(place + 1) && page.is_glued(place + 2) {
            let decimals = place + 2;
            (decimals + 1 + usize::from(is_degree(decimals + 1)), page.digits(decimals) >= DECIMALS_MIN)
        } else if is_degree(place + 1) {
            let from = place + 2;
            let is_part = |at: usize| {
                let is_sign = matches!(page.mark(at), b'\'' | b'"' | b'.' | b',') || matches!(page.word(at), "′" | "″");
                page.gap(at) <= Gap::Blank && (page.is(at, Kind::Number) || is_sign)
            };
            let parts = (from..from + MINUTES_MAX).take_while(|at| is_part(*at)).count();
            (from + parts, parts > 1)
        } else {
            return None;
        };
    let is_side =
        matches!(page.word(next), "N" | "S" | "E" | "W" | "Ö" | "Ø" | "V" | "O") && page.gap(next) <= Gap::Blank;
    Some((next + usize::from(is_side), is_fine))
}

/// A device named after its owner or its maker's habit, at a word: `DESKTOP-4F7K2LM`, `annas-iphone`, `x.local`.
pub(super) fn device(page: &Page<'_>, place: usize) -> Option<usize> {
    if page.is_glued(place) || !page.is_glued(place + 1) || !matches!(page.mark(place + 1), b'-' | b'.' | b'_') {
        return None;
    }
    let mut end = place + 1;
    while end < place + 16
        && page.is_glued(end)
        && (!page.is(end, Kind::Mark) || matches!(page.mark(end), b'-' | b'.' | b'_'))
    {
        end += 1;
    }
    while end > place && page.is(end - 1, Kind::Mark) {
        end -= 1;
    }
    let word = page.text.get(page.begin(place)..page.end(end - 1))?;
    let lower = word.to_lowercase();
    let numbered = ["desktop-", "laptop-", "pc-", "win-"].iter().find_map(|start| lower.strip_prefix(start));
    let is_numbered = numbered.is_some_and(|rest| {
        (6..=15).contains(&rest.len())
            && rest.bytes().all(|b| b.is_ascii_alphanumeric())
            && rest.bytes().any(|b| b.is_ascii_digit())
            && word.bytes().any(|b| b.is_ascii_uppercase())
    });
    let is_local = [".local", ".lan", ".home", ".fritz.box", ".localdomain"]
        .iter()
        .any(|ending| lower.len() > ending.len() + 1 && lower.ends_with(ending));
    (is_numbered || is_local || is_owned(&lower)).then_some(end)
}

/// `annas-iphone`, `erik-laptop`.
fn is_owned(word: &str) -> bool {
    let mut parts = word.split('-');
    let owner = parts.next().unwrap_or_default();
    let marks = lexicon::lexicon().marks_of(owner);
    let has_device = parts.any(|part| {
        lexicon::lexicon().marks_of(part).has(Marks::DEVICE) && !matches!(part, "phone" | "telefon" | "mobil" | "air")
    });
    let is_someone =
        owner.len() >= 3 && owner.ends_with('s') && !marks.has(Marks::PLAIN | Marks::FILLER | Marks::DEVICE);
    has_device && is_someone
}

/// What plus codes are written with.
const PLUS_SIGNS: &[u8] = b"23456789CFGHJMPQRVWX";

/// `9FFW8H2Q+PX`, at its `+`: a place of some metres.
pub(super) fn plus_code(page: &Page<'_>, place: usize) -> Option<(usize, usize)> {
    if !page.is_glued(place) || !page.is_glued(place + 1) {
        return None;
    }
    let is_part = |at: usize| !page.is(at, Kind::Mark) && page.at(at).is_some();
    let mut begin = place;
    while begin > 0 && place - begin < 9 && page.is_glued(begin) && is_part(begin - 1) {
        begin -= 1;
    }
    let mut end = place + 1;
    while end < place + 4 && page.is_glued(end) && is_part(end) {
        end += 1;
    }
    let (before, after) = page.text.get(page.begin(begin)..page.end(end - 1))?.split_once('+')?;
    let fits = |part: &str| part.bytes().all(|b| PLUS_SIGNS.contains(&b.to_ascii_uppercase()));
    let is_whole = matches!(before.len(), 4 | 6 | 8) && matches!(after.len(), 2 | 3) && fits(before) && fits(after);
    let is_mixed = before.bytes().any(|b| b.is_ascii_digit()) && before.bytes().any(|b| b.is_ascii_alphabetic());
    (is_whole && is_mixed && !page.is_glued(begin)).then_some((begin, end))
}

/// `///ord.ord.ord`, at the first stroke: the token after it.
pub(super) fn three_words(page: &Page<'_>, place: usize) -> Option<usize> {
    let is_start = (0..3).all(|n| page.mark(place + n) == b'/')
        && !page.is_glued(place)
        && page.is_glued(place + 1)
        && page.is_glued(place + 2);
    let word = |n: usize| page.is(place + 3 + 2 * n, Kind::Word) && page.is_glued(place + 3 + 2 * n);
    let dot = |n: usize| page.mark(place + 4 + 2 * n) == b'.' && page.is_glued(place + 4 + 2 * n);
    (is_start && word(0) && word(1) && word(2) && dot(0) && dot(1)).then_some(place + 8)
}
