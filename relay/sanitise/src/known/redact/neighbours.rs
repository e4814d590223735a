//! What stands beside an identifier and belongs to it: initials, particles, the other half of a name.

use crate::known::fold;
use crate::known::needle::{Match, Needles};
use crate::known::ordinary;
use crate::report::Seen;

/// Most initials before or after a name.
const INITIALS_MAX: usize = 3;

/// Marks of formatting that travel inside a text.
pub(super) fn is_formatting(c: char) -> bool {
    ('\u{f8f0}'..='\u{f8f7}').contains(&c)
}

/// Takes the initials around a name with it: `A. Karlsson`, `Anna K`.
pub(super) fn widen(text: &str, needles: &Needles, matches: &mut [Match]) {
    for found in matches.iter_mut().filter(|m| m.seen == Seen::Name) {
        for _ in 0..INITIALS_MAX {
            let Some(begin) = initial_before(&text[..found.begin], needles) else { break };
            found.begin = begin;
        }
        found.end += initial_after(&text[found.end..], needles).unwrap_or(0);
    }
}

/// Where an initial begins that ends a text.
fn initial_before(text: &str, needles: &Needles) -> Option<usize> {
    let bare = text.strip_suffix([' ', '\u{a0}', '-']).unwrap_or(text);
    let (bare, is_dotted) = bare.strip_suffix('.').map_or((bare, false), |bare| (bare, true));
    if bare.len() == text.len() {
        return None;
    }
    let letter = bare.chars().next_back().filter(|c| c.is_uppercase())?;
    let rest = &bare[..bare.len() - letter.len_utf8()];
    let is_whole = !rest.ends_with(|c: char| c.is_alphanumeric() || c == '\'');
    (is_whole && needles.is_initial(letter) && (is_dotted || letter != 'I')).then_some(rest.len())
}

/// The length of a blank and an initial that begin a text. A dot after it may end the sentence: it stays.
fn initial_after(text: &str, needles: &Needles) -> Option<usize> {
    let rest = text.strip_prefix([' ', '\u{a0}'])?;
    let letter = rest.chars().next().filter(|c| c.is_uppercase())?;
    let after = &rest[letter.len_utf8()..];
    let is_whole = !after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | ':'));
    let is_initial = is_whole && needles.is_initial(letter) && (letter != 'I' || after.starts_with('.'));
    is_initial.then_some(text.len() - after.len())
}

/// Matches that overlap, and parts of one name that stand next to each other, as one.
pub(super) fn merged(text: &str, matches: Vec<Match>) -> Vec<Match> {
    let mut groups: Vec<Match> = Vec::with_capacity(matches.len());
    for next in matches {
        match groups.last_mut() {
            // Two kinds that only touch: `Anna Karlsson, anna@…` keeps a mark for each.
            Some(last)
                if next.begin < last.end
                    && next.end > last.end
                    && next.seen != last.seen
                    && next.begin > last.begin =>
            {
                last.end =
                    last.begin + text[last.begin..next.begin].trim_end_matches(|c: char| !c.is_alphanumeric()).len();
                groups.push(next);
            }
            Some(last) if next.begin < last.end => {
                if next.end - next.begin > last.end - last.begin {
                    last.seen = next.seen;
                }
                last.end = last.end.max(next.end);
            }
            Some(last)
                if last.seen == Seen::Name && next.seen == Seen::Name && is_name_gap(&text[last.end..next.begin]) =>
            {
                last.end = next.end;
            }
            _ => groups.push(next),
        }
    }
    groups
}

fn is_name_gap(gap: &str) -> bool {
    if gap.len() > 24 {
        return false;
    }
    let bare: String = gap.chars().filter(|c| !is_formatting(*c)).collect();
    if matches!(bare.as_str(), "" | " " | "-" | "." | "_" | "  " | "\u{a0}" | ". ") {
        return true;
    }
    bare.starts_with(' ') && bare.ends_with(' ') && {
        let (word, joins) = fold::words(&bare);
        joins.is_empty() && !matches!(word.as_slice(), b"och" | b"og" | b"und" | b"o") && ordinary::is_particle(&word)
    }
}
