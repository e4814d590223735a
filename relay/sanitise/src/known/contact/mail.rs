//! E-mail addresses: plain, encoded, spaced out, and spelled in words.

mod written;

use super::cue;
use super::lexicon::{self, Marks};
use super::token::{Gap, Kind, Page};
pub(super) use written::{plain, referenced};

/// How sure a sign for `@` is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sure {
    /// It means nothing else.
    Yes,
    /// `at`, `på`: the address must show that it is one.
    No,
}

/// The tokens of an address whose sign for `@` begins at a token: spaced out, or spelled.
pub(super) fn spelled(page: &Page<'_>, place: usize) -> Option<(usize, usize)> {
    let (from, to, sure) = sign(page, place)?;
    let host = host(page, to, sure)?;
    let mut local = local(page, from)?;
    // `tom 91 @ live . no`: with blanks everywhere a number belongs to the name before it.
    if page.mark(place) == b'@'
        && page.gap(place) == Gap::Blank
        && (1..=4).contains(&page.digits(local.begin))
        && local.begin + 1 == from
        && let Some(name) = local.begin.checked_sub(1).filter(|at| page.is(*at, Kind::Word))
        && page.gap(local.begin) == Gap::Blank
        && !page.has(name, Marks::PLAIN | Marks::FILLER | Marks::MAIL | Marks::MINE | Marks::DOT | Marks::PHONE)
        && !page.has(name, Marks::NUMBER | Marks::WEAK_AT | Marks::NAMED | Marks::UNIT | Marks::MONTH)
        && page.length(name) >= 3
    {
        local.begin = atom(page, name);
    }
    // `heter jag @skymning.example`: a handle behind a word.
    if local.is_plain && page.gap(place) == Gap::Blank && page.is_glued(place + 1) {
        return None;
    }
    let is_sure = sure == Sure::Yes || {
        let is_announced = cue::has_before(page, local.begin, Marks::MAIL | Marks::NAMED, 5);
        let is_named = host.is_provider && host.dots != Dots::Marks && !local.is_plain;
        // `lucy.harrow at example.com`; what stands at a page's address is no name.
        let is_at = matches!(page.word(place), "at" | "At" | "ät" | "ättä");
        let is_page = page.mark(host.end) == b'/' && page.is_glued(host.end);
        let written = page.text.get(page.begin(local.begin)..page.begin(from)).unwrap_or_default();
        let is_local = written.contains(['.', '_']) || is_announced && !local.is_plain;
        let is_shown = host.is_whole && is_at && is_local && !is_page;
        is_named
            || is_shown
            // Said of nothing but the sign, before a whole host.
            || host.is_provider && host.is_whole && matches!(page.word(place), "ät" | "ättä")
            // `tanne.moos bei posteo.de`
            || host.is_whole && local.is_marked && written.len() >= 5 && !is_page && matches!(page.word(place), "bei")
            || host.dots == Dots::Words && (local.is_marked || is_announced)
            || host.is_provider && (local.is_marked || is_announced && !local.is_plain)
            || host.is_provider
                && host.is_whole
                && is_at
                && is_told(page, local.begin)
                && page.marks(local.begin) == Marks::NONE
    };
    is_sure.then_some((local.begin, host.end))
}

/// `jennyek91 gmail.com`, at the provider: an address whose sign was left out.
pub(super) fn without_sign(page: &Page<'_>, place: usize) -> Option<(usize, usize)> {
    let last = place.checked_sub(1).filter(|at| !page.is(*at, Kind::Mark) || page.mark(*at) == b'_')?;
    if page.gap(place) != Gap::Blank {
        return None;
    }
    let begin = atom(page, last);
    let local = page.text.get(page.begin(begin)..page.end(last))?;
    let has = |wanted: fn(char) -> bool| local.contains(wanted);
    let is_marked = has(char::is_alphabetic) && has(|c| c.is_ascii_digit() || matches!(c, '_' | '.'));
    let is_host = |at: usize| page.mark(at) == b'.' && page.is_glued(at) && page.is_glued(at + 1);
    let is_top = is_host(place + 1) && page.has(place + 2, Marks::TOP);
    let mut end = place + if is_top { 3 } else { 1 };
    if is_top && is_host(end) && page.has(end + 1, Marks::TOP) {
        end += 2;
    }
    let is_announced = || cue::has_before(page, begin, Marks::MAIL, 5) || cue::has_after(page, end - 1, Marks::MAIL);
    let is_unknown = begin == last && page.marks(last) == Marks::NONE && local.len() >= 5;
    let is_first = begin == 0 || page.gap(begin) >= Gap::Line;
    let is_said = || is_unknown && (is_first || is_told(page, begin)) && is_announced();
    let fits = if is_top { is_marked && local.len() >= 4 || is_said() } else { is_marked && is_announced() };
    fits.then_some((begin, end))
}

/// `it's jeneck at hotmail.com`: said to be something, and no word that is known.
fn is_told(page: &Page<'_>, begin: usize) -> bool {
    let before = begin.checked_sub(1).map_or("", |at| page.word(at));
    begin == 0
        || page.gap(begin) >= Gap::Line
        || matches!(before, "is" | "its" | "s" | "är" | "ar" | "er" | "ist" | "on")
        || before == ":"
}

/// What `at` and `@` are called when they are spoken of as signs.
const SIGNS: &[&str] = &["tegn", "tecken", "merkki", "sign", "teikn", "zeichen"];

/// The tokens of a sign for `@`, its brackets included.
fn sign(page: &Page<'_>, place: usize) -> Option<(usize, usize, Sure)> {
    let (mut end, mut sure) = (place + 1, Sure::Yes);
    let word = |at: usize| page.word(at);
    let is = |at: usize, wanted: &[&str]| wanted.iter().any(|one| word(at).eq_ignore_ascii_case(one));
    if page.mark(place) == b'@' {
        // `@-merkki`
        if page.mark(end) == b'-' && is(end + 1, SIGNS) {
            end += 2;
        }
    } else if page.has(place, Marks::AT) || is(place, &["krøll", "alfa", "KRØLL"]) {
        // `snabel-a`, `krøll alfa`, `alfa krøll`.
        let dash = usize::from(page.mark(end) == b'-');
        let is_whole = page.has(place, Marks::AT) && !is(place, &["snabel", "krøll", "krølle", "alfa", "miuku"]);
        if is(end + dash, &["a", "alfa", "krøll", "mauku", "tegn"]) && page.gap(end) <= Gap::Blank {
            end += dash + 1;
        } else if !is_whole && (page.mark(place.wrapping_sub(1)), page.mark(end)) != (b'(', b')') {
            return None;
        }
    } else if page.has(place, Marks::WEAK_AT) || is(place, &["a"]) {
        sure = if word(place) == "AT" { Sure::Yes } else { Sure::No };
        let dash = usize::from(page.mark(end) == b'-');
        if is(end + dash, SIGNS) {
            (end, sure) = (end + dash + 1, Sure::Yes);
        }
    } else {
        return None;
    }
    let (before, after) = (page.mark(place.wrapping_sub(1)), page.mark(end));
    let is_bracketed =
        matches!((before, after), (b'(', b')') | (b'[', b']') | (b'{', b'}') | (b'<', b'>') | (b'*', b'*'))
            || matches!((before, after), (b'-', b'-') | (b'_', b'_'))
                && (page.is_glued(place) || page.gap(place) == Gap::Blank && page.gap(end) == Gap::Blank);
    if is_bracketed && place > 0 {
        return Some((place - 1, end + 1, Sure::Yes));
    }
    if is(place, &["a"]) {
        return None;
    }
    Some((place, end, sure))
}

/// How the dots of a host are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dots {
    Marks,
    Words,
    /// `gmail com`: not at all.
    Missing,
}

struct Host {
    end: usize,
    dots: Dots,
    is_provider: bool,
    /// It ends in a top-level domain.
    is_whole: bool,
}

/// Most labels of a host that is spelled.
const LABELS_MAX: usize = 5;

fn host(page: &Page<'_>, from: usize, sure: Sure) -> Option<Host> {
    let (mut next, first) = label(page, from)?;
    let mut host = Host { end: next, dots: Dots::Marks, is_provider: first.has(Marks::PROVIDER), is_whole: false };
    let mut is_whole = false;
    for _ in 0..LABELS_MAX {
        let Some((after, how)) = dot(page, next) else { break };
        let Some((end, marks)) = label(page, after) else { break };
        let is_top = marks.has(Marks::TOP);
        // A full stop and a new sentence: `… på gmail. Ring`.
        if how == Dot::Loose && !is_top || how == Dot::Comma && !(host.is_provider && is_top) {
            break;
        }
        if how == Dot::Word {
            host.dots = Dots::Words;
        }
        next = end;
        if is_top {
            is_whole = true;
            host.end = end;
        }
    }
    // `gmail com`, `lucy@example org`
    let is_bare_top = matches!(page.word(host.end), "com" | "COM" | "se" | "no" | "dk" | "fi" | "net" | "org");
    // `vi ses @ torget se'n`
    let is_loose = page.mark(from.wrapping_sub(1)) == b'@' && !page.is_glued(from);
    if !is_whole
        && (host.is_provider || sure == Sure::Yes && !is_loose)
        && is_bare_top
        && page.gap(host.end) == Gap::Blank
    {
        host.end += 1;
        host.dots = Dots::Missing;
        is_whole = true;
    }
    host.is_whole = is_whole;
    (is_whole || host.is_provider).then_some(host)
}

/// One label: glued letters, digits and hyphens, or three and more single letters with blanks between.
fn label(page: &Page<'_>, from: usize) -> Option<(usize, Marks)> {
    if page.gap(from) > Gap::Blank || page.is(from, Kind::Mark) || page.at(from).is_none() {
        return None;
    }
    let is_single = |at: usize| page.length(at) == 1 && page.is(at, Kind::Word) && page.gap(at) == Gap::Blank;
    let singles =
        if page.length(from) == 1 { 1 + (from + 1..from + 24).take_while(|at| is_single(*at)).count() } else { 0 };
    if singles >= 2 {
        let joined: String = (from..from + singles).map(|at| page.word(at)).collect();
        return Some((from + singles, lexicon::lexicon().marks_of(&joined)));
    }
    let mut end = from + 1;
    while end < from + 24
        && page.is_glued(end)
        && (!page.is(end, Kind::Mark)
            || page.mark(end) == b'-' && page.is_glued(end + 1) && !page.has(end + 1, Marks::DOT))
    {
        end += 1;
    }
    let is_alone = end == from + 1;
    Some((
        end,
        if is_alone {
            page.marks(from)
        } else {
            lexicon::lexicon().marks_of(page.text.get(page.begin(from)..page.end(end - 1))?)
        },
    ))
}

/// How a dot is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dot {
    Tight,
    Loose,
    Comma,
    Word,
}

fn dot(page: &Page<'_>, place: usize) -> Option<(usize, Dot)> {
    if page.gap(place) > Gap::Blank {
        return None;
    }
    match page.mark(place) {
        b'.' if page.is_glued(place) && page.is_glued(place + 1) => Some((place + 1, Dot::Tight)),
        b'.' => Some((place + 1, Dot::Loose)),
        b',' if page.is_glued(place) && page.is_glued(place + 1) => Some((place + 1, Dot::Comma)),
        b'(' | b'[' | b'{' | b'-' | b'<' | b'*' | b'_' => {
            let is_dot = page.has(place + 1, Marks::DOT) || matches!(page.mark(place + 1), b'.');
            let is_closed = matches!(page.mark(place + 2), b')' | b']' | b'}' | b'-' | b'>' | b'*' | b'_');
            (is_dot && is_closed).then_some((place + 3, Dot::Word))
        }
        _ => page.has(place, Marks::DOT).then_some((place + 1, Dot::Word)),
    }
}

struct Local {
    begin: usize,
    /// It holds a digit, a dot or a stroke: no ordinary word does.
    is_marked: bool,
    is_plain: bool,
}

/// Most tokens of a local part.
const LOCAL_TOKENS: usize = 40;

fn local(page: &Page<'_>, to: usize) -> Option<Local> {
    let last = to.checked_sub(1)?;
    if page.gap(to) > Gap::Blank || page.is(last, Kind::Mark) && page.mark(last) != b'_' {
        return None;
    }
    let (mut begin, is_counted) = with_numbers(page, atom(page, last));
    let mut is_marked = begin < last || page.is(last, Kind::Number) || is_counted;
    while to - begin < LOCAL_TOKENS {
        let Some(before) = begin.checked_sub(1) else { break };
        let is_word = page.has(before, Marks::DOT | Marks::STROKE)
            && page.gap(begin) == Gap::Blank
            && page.gap(before) == Gap::Blank;
        let is_bracketed = page.has(before.wrapping_sub(1), Marks::DOT | Marks::STROKE)
            && matches!((page.mark(before.wrapping_sub(2)), page.mark(before)), (b'(', b')') | (b'[', b']'));
        let is_dot = page.mark(before) == b'.' && page.gap(begin) == Gap::Blank && page.gap(before) == Gap::Blank;
        let used = if is_bracketed { 3 } else { usize::from(is_word || is_dot) };
        let Some(further) = before.checked_sub(used).filter(|_| used > 0) else { break };
        if page.is(further, Kind::Mark) {
            break;
        }
        (begin, _) = with_numbers(page, atom(page, further));
        is_marked = true;
    }
    // `prik n krølle-a …`: a name may begin with the word for a dot.
    if let Some(before) = begin.checked_sub(1)
        && page.has(before, Marks::DOT)
        && page.length(begin) == 1
        && page.gap(begin) == Gap::Blank
    {
        begin = before;
    }
    let is_plain = !is_marked && page.has(last, Marks::PLAIN | Marks::FILLER | Marks::MINE);
    Some(Local { begin, is_marked, is_plain })
}

/// The first token of a name that ends in numbers said in words: `ek nittio ett`; whether it does.
fn with_numbers(page: &Page<'_>, last: usize) -> (usize, bool) {
    let is_number = |at: usize| page.spoken(at).is_some() && page.length(at) > 2;
    let numbers = (0..=last.min(6)).take_while(|back| is_number(last - back)).count();
    let Some(name) = last.checked_sub(numbers).filter(|_| numbers > 0) else { return (last, false) };
    let is_name = page.is(name, Kind::Word)
        && page.gap(name + 1) == Gap::Blank
        && !page.has(name, Marks::PLAIN | Marks::FILLER | Marks::MAIL | Marks::DOT | Marks::STROKE);
    if is_name { (atom(page, name), true) } else { (name + 1, true) }
}

/// The first token of what stands without gaps before and at a token; single letters with blanks count as one.
fn atom(page: &Page<'_>, last: usize) -> usize {
    let mut begin = last;
    let is_part = |at: usize| !page.is(at, Kind::Mark) || matches!(page.mark(at), b'.' | b'_' | b'-' | b'+');
    while last - begin < LOCAL_TOKENS && page.is_glued(begin) && begin > 0 && is_part(begin - 1) {
        begin -= 1;
    }
    while begin < last && page.is(begin, Kind::Mark) && page.mark(begin) != b'_' {
        begin += 1;
    }
    if begin < last || page.length(last) > 1 {
        return begin;
    }
    let is_single = |at: usize| page.length(at) == 1 && !page.is(at, Kind::Mark) && page.gap(at + 1) == Gap::Blank;
    let singles = (1..=last.min(24)).take_while(|back| is_single(last - back)).count();
    // `i n a @`: a word of one letter before it belongs to it as well.
    if singles >= 2 { last - singles } else { begin }
}
