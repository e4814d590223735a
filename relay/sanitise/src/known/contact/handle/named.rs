//! Names given for a platform: `snap: blomman_87`, `jag heter solros på insta`, `my username is x`.

use super::{SHORTEST, is_marked, plain, written_end};
use crate::known::contact::lexicon::Marks;
use crate::known::contact::profile::Link;
use crate::known::contact::token::{Gap, Kind, Page};

/// Most tokens between a platform's name and a handle.
const BETWEEN_MAX: usize = 9;
/// Most tokens of a handle, looked at from its end.
const TOKENS_MAX: usize = 12;

/// The handle that a platform's name, or a word for handles, announces at a token.
pub(in crate::known::contact) fn announced(page: &Page<'_>, place: usize) -> Option<(usize, usize)> {
    let named = after(page, place).or_else(|| named_after(page, place)).or_else(|| before(page, place));
    named.or_else(|| plain::told(page, place))
}

/// `discordnamnet`, `snap name`, `discord-nimi`.
const NAMES: [&str; 8] = ["namn", "namnet", "navn", "navnet", "name", "nimi", "nimeni", "nick"];

/// What may stand between an announcement and a handle.
#[derive(Clone, Copy)]
enum Said {
    Colon,
    Comma,
    Stop,
    Verb,
    Name,
}

/// What does.
#[derive(Default)]
struct Between([bool; 5]);

impl Between {
    fn set(&mut self, said: Said, is_there: bool) {
        self.0[said as usize] = is_there;
    }

    fn has(&self, said: Said) -> bool {
        self.0[said as usize]
    }
}

/// `insta: x`, `my snap is x`, `min kik är x`, `brukernavnet på snap er x`.
fn after(page: &Page<'_>, platform: usize) -> Option<(usize, usize)> {
    let (next, between) = first_after(page, platform)?;
    let before = page.mark(next.wrapping_sub(1));
    let is_free = !page.is_glued(next)
        || matches!(before, b':' | b'=' | b'>' | b'(' | b'"' | b'\'' | b'*' | b'/' | b'|' | b'~' | b'$');
    if !is_free || Link::at(page, next).is_some() {
        return None;
    }
    let is_nick = page.has(platform, Marks::NICK);
    let is_compound = !is_nick && NAMES.iter().any(|name| page.word(platform).to_lowercase().ends_with(name));
    let has_name = between.has(Said::Name) && !is_nick || is_compound || is_nick_near(page, platform);
    let is_group = (platform.saturating_sub(4)..next).any(|at| is_group(page, at));
    let is_as = matches!(page.word(next.wrapping_sub(1)), "som" | "as" | "als" | "under");
    let is_mine = between.has(Said::Verb) && is_mine(page, platform) || is_nick && between.has(Said::Colon);
    let is_said = (between.has(Said::Colon) || is_mine) && !between.has(Said::Comma) || has_name;
    // `on messenger I'm Tess Hillgarth`
    let is_i = matches!(page.word(next.wrapping_sub(1)), "m" | "am" | "im" | "ich" | "jag" | "jeg" | "eg" | "oon");
    let is_named_self = is_i && page.is_capital(next) && page.is_capital(next + 1) && is_led_by_link(page, platform);
    let goes_on = |end: usize| goes_on(page, next, end, &between, has_name || is_nick);
    let is_nick_told = is_nick && between.has(Said::Verb) && written_end(page, next).is_some_and(goes_on);
    let is_said = is_said || is_named_self || is_nick_told;
    let is_said = is_said && !between.has(Said::Stop) || before == b'$' || is_as && is_looked_for(page, platform);
    let (end, words) = name_end(page, next, is_said || is_as)?;
    let is_bare = !is_group
        && (between.has(Said::Name) || !is_thing(page, platform))
        && !is_participle(page.word(end - 1))
        && (is_said || is_as && words > 1)
        && is_word_like(page, next, end)
        && (is_closed(page, end) || before == b'$' || goes_on(end) || is_named_self && words > 1);
    (is_marked(page, next) || is_bare).then_some((next, end))
}

/// `på insta`, `on messenger`
fn is_led_by_link(page: &Page<'_>, platform: usize) -> bool {
    let link = platform.checked_sub(1).map_or("", |at| page.word(at));
    matches!(link.to_lowercase().as_str(), "på" | "on" | "auf" | "i" | "bei")
}

/// `my username is xxwolfxx on twitch`, `discord: frostnatt skriv där`: an unheard word, where the clause goes on.
fn goes_on(page: &Page<'_>, word: usize, end: usize, between: &Between, has_name: bool) -> bool {
    let next = page.word(end);
    let is_link = matches!(next, "på" | "on" | "i" | "auf" | "in" | "paa" | "om" | "hvis" | "if" | "wenn" | "jos");
    let is_and = matches!(next, "så" | "men" | "och" | "og" | "and" | "but" | "aber" | "und" | "ja" | "mutta" | "so");
    let is_place = page.has(end, Marks::PLATFORM) || is_link && page.has(end + 1, Marks::PLATFORM);
    let is_named = has_name && (is_place || is_link || is_and);
    let is_written_to = between.has(Said::Colon) && page.has(end, Marks::MAIL | Marks::SEEK);
    let is_owned = between.has(Said::Verb) && is_place;
    (is_named || is_written_to || is_owned) && end == word + 1 && plain::is_unheard(page, word)
}

/// `me`, in what people ask to be found by.
const ME: [&str; 9] = ["me", "mig", "mej", "meg", "mich", "mut", "minut", "mei", "oss"];

fn is_me(page: &Page<'_>, at: usize) -> bool {
    ME.iter().any(|me| page.word(at).eq_ignore_ascii_case(me))
}

/// `du hittar mig på jodel som …`
pub(super) fn is_looked_for(page: &Page<'_>, platform: usize) -> bool {
    let from = platform.saturating_sub(4);
    (from..platform).any(|at| page.has(at, Marks::SEEK) && (at + 1..platform).any(|next| is_me(page, next)))
}

/// `add me: pricken.04`, `lägg till mig: blomman`: the handle, at the verb.
pub(in crate::known::contact) fn added(page: &Page<'_>, verb: usize) -> Option<(usize, usize)> {
    if !page.has(verb, Marks::SEEK) {
        return None;
    }
    let me = (verb + 1..verb + 3).find(|at| is_me(page, *at))?;
    let has_colon = matches!(page.mark(me + 1), b':' | b'=');
    let first = me + 1 + usize::from(has_colon);
    if page.gap(first) > Gap::Line || (verb + 1..=me).any(|at| page.gap(at) > Gap::Blank) {
        return None;
    }
    let end = written_end(page, first)?;
    let is_bare = has_colon && is_word_like(page, first, end) && is_closed(page, end);
    (is_marked(page, first) || is_bare).then_some((first, end))
}

/// Platforms whose names are words of their own: `the next session: Tuesday`.
const THINGS: [&str; 14] = [
    "line", "session", "element", "switch", "face", "hinge", "matrix", "threads", "chess", "epic", "feeld", "x",
    "viber", "switchen",
];

fn is_thing(page: &Page<'_>, platform: usize) -> bool {
    THINGS.iter().any(|thing| page.word(platform).eq_ignore_ascii_case(thing))
}

/// `my username is missing`: what a name can be besides itself.
pub(super) fn is_participle(word: &str) -> bool {
    ["ed", "ing", "ats", "iert", "ades", "ttu"].iter().any(|end| word.len() > end.len() + 2 && word.ends_with(end))
        && word.bytes().all(|b| !b.is_ascii_uppercase())
}

/// `min nick på snap …`; `to handle` is no name.
fn is_nick_near(page: &Page<'_>, platform: usize) -> bool {
    (1..=4).filter_map(|back| platform.checked_sub(back)).any(|at| {
        let is_verb = page.word(at).eq_ignore_ascii_case("handle") && !page.has(at.wrapping_sub(1), Marks::MINE);
        page.has(at, Marks::NICK) && !is_verb
    })
}

/// The token after a handle, or after a name of several capitalised words, and how many words there are.
fn name_end(page: &Page<'_>, first: usize, may_be_name: bool) -> Option<(usize, usize)> {
    let (mut end, mut words) = (written_end(page, first)?, 1);
    while may_be_name && words < 3 && page.is_capital(first) && page.is_capital(end) && page.gap(end) == Gap::Blank {
        end += 1;
        words += 1;
    }
    Some((end, words))
}

/// `min insta`, `snapen min`, `snäppini`.
pub(super) fn is_mine(page: &Page<'_>, platform: usize) -> bool {
    let is_owned = page.has(platform.wrapping_sub(1), Marks::MINE) || page.has(platform + 1, Marks::MINE);
    is_owned || page.word(platform).len() > 4 && page.word(platform).ends_with("ni")
}

/// The first token that could be a handle, and what lies before it.
fn first_after(page: &Page<'_>, platform: usize) -> Option<(usize, Between)> {
    let mut between = Between::default();
    let small = Marks::FILLER | Marks::NAMED | Marks::NUMBER | Marks::PLATFORM | Marks::NICK | Marks::MINE | Marks::AND;
    for next in platform + 1..=platform + BETWEEN_MAX {
        if page.gap(next) >= Gap::Paragraph {
            return None;
        }
        if page.is(next, Kind::Mark) {
            match page.mark(next) {
                b':' | b'=' | b'>' => between.set(Said::Colon, true),
                b',' => between.set(Said::Comma, true),
                // A new sentence: only what looks like nothing else.
                // `snap - nattljuset`
                b'-' if page.gap(next) == Gap::Blank && page.gap(next + 1) == Gap::Blank => {
                    between.set(Said::Colon, true);
                }
                b'.' | b'!' if page.gap(next + 1) == Gap::Blank && !between.has(Said::Stop) => {
                    between.set(Said::Stop, true);
                }
                // 0 is a sign of none of our kinds, as an emoji is.
                b'-' | b'(' | b'"' | b'\'' | b'*' | b'/' | b'~' | b'|' | b'<' | b'$' | 0 => {}
                _ => return None,
            }
            continue;
        }
        // `snap'en`, `LinkedIn-en`, `FB:n`
        let is_ending =
            next == platform + 2 && page.is_glued(next) && page.is_glued(next - 1) && page.length(next) <= 3;
        if is_ending && page.is(next, Kind::Word) && !page.is_glued(next + 1) {
            between.set(Said::Colon, false);
            continue;
        }
        // `live:` stands before names of one provider.
        let is_prefix = page.word(next) == "live" && page.mark(next + 1) == b':' && page.is_glued(next + 1);
        let is_name = next <= platform + 2 && NAMES.iter().any(|name| page.word(next).eq_ignore_ascii_case(name));
        between.set(Said::Name, is_name || between.has(Said::Name));
        let is_small =
            is_prefix || is_name || page.has(next, small) && !(between.has(Said::Colon) && is_closed(page, next + 1));
        if is_marked(page, next) || !is_small {
            return Some((next, between));
        }
        if matches!(page.word(next), "är" | "er" | "is" | "on" | "ist" | "est" | "ar" | "s") {
            between.set(Said::Verb, true);
        }
        // `på insta heter det story`: what something is called.
        if page.has(next, Marks::NAMED) && matches!(page.word(next + 1), "det" | "it" | "das" | "es" | "sitä" | "se") {
            return None;
        }
        if page.has(next, Marks::NAMED | Marks::NICK) && page.word(next) != "oon" {
            between.set(Said::Name, true);
        }
    }
    None
}

/// `… på snap, jag heter blomman_87`: the name in the next clause.
fn named_after(page: &Page<'_>, platform: usize) -> Option<(usize, usize)> {
    let named = (platform + 1..platform + 8).find(|at| page.has(*at, Marks::NAMED))?;
    if let Some(span) = plain::called_there(page, platform, named) {
        return Some(span);
    }
    if (platform + 1..named).any(|at| page.gap(at) == Gap::Paragraph || matches!(page.mark(at), b'.' | b'!' | b'?')) {
        return None;
    }
    let skip = usize::from(matches!(page.mark(named + 1), b':' | b'"' | b'\''));
    let first = named + 1 + skip;
    let (end, words) = name_end(page, first, true)?;
    let is_group = (platform..named).any(|at| is_group(page, at));
    (is_marked(page, first) || words > 1 && !is_group && !is_thing(page, platform)).then_some((first, end))
}

/// `jag heter x på snap`, `i'm x on tiktok`, `etsi x snäpistä`.
fn before(page: &Page<'_>, platform: usize) -> Option<(usize, usize)> {
    // `på både snap och insta`
    let both = usize::from(matches!(page.word(platform.wrapping_sub(1)), "både" | "both" | "begge"));
    let link = platform.checked_sub(1 + both)?;
    let has_link = page.has(link, Marks::WEAK_AT)
        || matches!(page.word(link), "on" | "i" | "in" | "auf" | "sur" | "paa" | "pa" | "via" | "På" | "für");
    let last = if has_link { link.checked_sub(1)? } else { link };
    let last = if matches!(page.mark(last), b'"' | b'\'') { last.checked_sub(1)? } else { last };
    if page.gap(platform) > Gap::Blank || page.is(last, Kind::Mark) && page.mark(last) != b'_' {
        return None;
    }
    let mut begin = last;
    while begin > 0 && page.is_glued(begin) && last - begin < TOKENS_MAX && is_part(page, begin - 1) {
        begin -= 1;
    }
    // Finnish says it with the ending of the platform's name.
    let name = page.word(platform).to_lowercase();
    let has_case = ["ssa", "ssä", "sta", "stä", "in"].iter().any(|case| name.ends_with(case));
    if (has_link || has_case) && is_marked(page, begin) && page.end(last) - page.begin(begin) >= SHORTEST {
        return Some((begin, last + 1));
    }
    named_before(page, begin, last).filter(|_| has_link || has_case)
}

fn is_part(page: &Page<'_>, at: usize) -> bool {
    !page.is(at, Kind::Mark) || matches!(page.mark(at), b'_' | b'.' | b'-')
}

/// `heter Anna Karlsson på Facebook`, `legg til solros på snap`: one to three words behind one that gives a name.
fn named_before(page: &Page<'_>, begin: usize, last: usize) -> Option<(usize, usize)> {
    let mut first = begin;
    for _ in 0..2 {
        let Some(word) = first.checked_sub(1) else { break };
        let is_name = page.is_capital(first) && page.is_capital(word) && page.gap(first) == Gap::Blank;
        if !is_name || page.has(word, Marks::NAMED | Marks::PLAIN | Marks::SEEK) {
            break;
        }
        first = word;
    }
    let verb = first.checked_sub(1)?;
    let verb = if matches!(page.mark(verb), b'"' | b'\'' | b':') { verb.checked_sub(1)? } else { verb };
    let back = |count: usize, wanted: Marks| verb.checked_sub(count).is_some_and(|at| page.has(at, wanted));
    let is_group = (1..=5).any(|count| verb.checked_sub(count).is_some_and(|at| is_group(page, at)));
    let is_me = matches!(page.word(verb), "som" | "as" | "als" | "under" | "unter" | "nimellä")
        && (back(1, Marks::MINE) || back(1, Marks::SEEK));
    // One adds people; one looks for help, and follows whatever there is.
    let is_added = |at: usize| {
        matches!(
            page.word(at),
            "add"
                | "adda"
                | "adde"
                | "addar"
                | "Add"
                | "tilføj"
                | "Tilføj"
                | "lägg"
                | "Lägg"
                | "legg"
                | "Legg"
                | "lisää"
                | "Lisää"
                | "füge"
        )
    };
    // `sök på Majken Vindrot på facebook så kommer jag upp`
    let is_self =
        |at: usize| self::is_me(page, at) || matches!(page.word(at), "jag" | "jeg" | "eg" | "ich" | "I" | "mä");
    let is_found = first < begin && (back(0, Marks::SEEK) || back(1, Marks::SEEK)) && (last + 2..last + 9).any(is_self);
    let is_sought = is_found
        || is_added(verb)
        || matches!(page.word(verb), "till" | "til") && verb.checked_sub(1).is_some_and(is_added);
    let other = Marks::PLAIN | Marks::FILLER | Marks::PLATFORM | Marks::MINE | Marks::STATE | Marks::GROUP;
    let is_person = !page.has(first, other) && !is_group && page.word(first).len() >= SHORTEST;
    let is_said =
        page.has(verb, Marks::NAMED | Marks::NICK) || is_me || is_sought && is_word_like(page, first, last + 1);
    (is_person && is_said).then_some((first, last + 1))
}

/// A group or a page may be named, unless it is the writer's own.
pub(super) fn is_group(page: &Page<'_>, at: usize) -> bool {
    page.has(at, Marks::GROUP) && !page.has(at.wrapping_sub(1), Marks::MINE)
}

/// One word that could be a handle and is no ordinary one.
pub(super) fn is_word_like(page: &Page<'_>, first: usize, end: usize) -> bool {
    let length = page.end(end - 1) - page.begin(first);
    let other =
        Marks::PLAIN | Marks::PHONE | Marks::PLATFORM | Marks::FILLER | Marks::STATE | Marks::MINE | Marks::MONTH;
    end > first && page.is(first, Kind::Word) && length >= SHORTEST && !page.has(first, other)
}

/// Whether a clause ends before a token.
pub(super) fn is_closed(page: &Page<'_>, place: usize) -> bool {
    page.gap(place) >= Gap::Line
        || page.is(place, Kind::Mark)
            && matches!(page.mark(place), b'.' | b',' | b'!' | b'?' | b';' | b')' | b'/' | b'(' | b'"' | 0)
}
