//! Handles: `@name`, `name#1234`, and names given for a platform.

mod alone;
mod named;
mod plain;

use super::lexicon::Marks;
use super::token::{Kind, Page};
pub(super) use alone::alone;
pub(super) use named::{added, announced};

/// Shortest and longest handle, in octets.
const SHORTEST: usize = 3;
const LONGEST: usize = 80;
/// What `@` stands before that is nobody's.
const EVERYBODY: [&str; 10] = ["all", "alla", "alle", "everyone", "here", "channel", "home", "media", "kaikki", "hjem"];

/// What is written together with a number and is nobody.
const THINGS: [&str; 10] =
    ["covid", "iphone", "ios", "windows", "android", "galaxy", "playstation", "mp", "web", "img"];

/// A handle behind an `@` at a token: the tokens.
pub(super) fn at_sign(page: &Page<'_>, place: usize) -> Option<(usize, usize)> {
    let first = place + 1;
    let is_apart = !page.is_glued(first) && is_marked(page, first) && !page.is_glued(place);
    if !page.is_glued(first) && !is_apart || page.is_glued(place) && !is_opening(page, place - 1) {
        return None;
    }
    let mut end = written_end(page, first)?;
    let word = page.text.get(page.begin(first)..page.end(end - 1))?;
    // `@anna@mastodon.example`, `@anna:server.example`.
    if matches!(page.mark(end), b'@' | b':') && page.is_glued(end) && page.is_glued(end + 1) {
        end = written_end(page, end + 1).unwrap_or(end);
    }
    let is_time = page.is(first, Kind::Number) && !word.bytes().any(|b| b.is_ascii_alphabetic());
    let is_nobody =
        EVERYBODY.contains(&word.to_lowercase().as_str()) || page.has(first, Marks::PROVIDER) && !word.contains('_');
    (!is_time && !is_nobody && word.len() >= 2).then_some((place, end))
}

fn is_opening(page: &Page<'_>, place: usize) -> bool {
    page.is(place, Kind::Mark) && !matches!(page.mark(place), b'.' | b'_' | b'-' | b'@')
}

/// The token after a handle: letters, digits, `_`, `.` and `-` without gaps, the last no mark but `_`.
fn written_end(page: &Page<'_>, first: usize) -> Option<usize> {
    let is_part = |at: usize| !page.is(at, Kind::Mark) || matches!(page.mark(at), b'_' | b'.' | b'-');
    if !is_part(first) || page.at(first).is_none() {
        return None;
    }
    let mut end = first + 1;
    while page.is_glued(end) && is_part(end) && page.end(end) - page.begin(first) <= LONGEST {
        end += 1;
    }
    while end > first && matches!(page.mark(end - 1), b'.' | b'-') {
        end -= 1;
    }
    (end > first).then_some(end)
}

/// `frostnatt#4471`, at the `#`.
pub(super) fn numbered(page: &Page<'_>, place: usize) -> Option<(usize, usize)> {
    let is_glued = page.is_glued(place) && page.is_glued(place + 1) && page.digits(place + 1) == 4;
    let is_end = !page.is_glued(place + 2) || page.is(place + 2, Kind::Mark);
    let mut begin = place.checked_sub(1).filter(|last| !page.is(*last, Kind::Mark) || page.mark(*last) == b'_')?;
    while begin > 0
        && page.is_glued(begin)
        && place - begin < 12
        && (!page.is(begin - 1, Kind::Mark) || matches!(page.mark(begin - 1), b'_' | b'.' | b'-'))
    {
        begin -= 1;
    }
    let has_letter = (begin..place).any(|at| page.is(at, Kind::Word));
    // `ärende#1234`
    let is_other = page.has(begin, Marks::REFERENCE | Marks::NUMBER | Marks::VERSION);
    (is_glued && is_end && has_letter && !is_other).then_some((begin, place + 2))
}

/// `u/name`, at the letter.
pub(super) fn subscribed(page: &Page<'_>, place: usize) -> Option<(usize, usize)> {
    let is_prefix = matches!(page.word(place), "u" | "U") && page.mark(place + 1) == b'/' && page.is_glued(place + 1);
    let is_free = !page.is_glued(place) || page.mark(place - 1) == b'/' && !page.is_glued(place - 1);
    if !is_prefix || !is_free || !page.is_glued(place + 2) {
        return None;
    }
    let end = written_end(page, place + 2)?;
    let length = page.end(end - 1) - page.begin(place + 2);
    (length >= SHORTEST).then_some((place, end))
}

/// Whether the words between dots are as short as those of `t.ex.` and `fr.o.m.`
fn is_abbreviation(page: &Page<'_>, tokens: std::ops::Range<usize>) -> bool {
    let lengths = || tokens.clone().filter(|at| page.is(*at, Kind::Word)).map(|at| page.length(at));
    lengths().all(|length| length < 3) || lengths().sum::<usize>() < 5
}

/// Whether what begins at a token looks like a handle and like no word: a digit among letters, `_`, or an inner dot.
fn is_marked(page: &Page<'_>, first: usize) -> bool {
    let Some(end) = written_end(page, first) else { return false };
    let tokens = first..end;
    let has_letter = tokens.clone().any(|at| page.is(at, Kind::Word));
    let has_stroke = tokens.clone().any(|at| page.mark(at) == b'_');
    let has_digit = tokens.clone().any(|at| page.is(at, Kind::Number));
    let has_dot = tokens.clone().any(|at| page.mark(at) == b'.' && page.is_glued(at) && page.is_glued(at + 1));
    // `e.g.`, `f.eks.`: dots alone make no handle of letters so few.
    let has_dot = has_dot && (has_digit || has_stroke || !is_abbreviation(page, tokens));
    // `covid19`, `iphone15`: a thing with its number.
    let is_thing = THINGS.contains(&page.word(first).to_lowercase().as_str());
    let is_page = is_thing || has_dot && !has_digit && !has_stroke && page.has(end - 1, Marks::TOP);
    let is_number_first = page.is(first, Kind::Number) && !has_stroke && !has_dot && page.length(first + 1) < 3;
    let length = page.end(end - 1) - page.begin(first);
    has_letter && length >= SHORTEST && (has_stroke || has_digit || has_dot) && !is_page && !is_number_first
}
