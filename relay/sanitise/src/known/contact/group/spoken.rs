//! Numbers in words as groups of digits: word by word, or written without gaps.

use super::Group;
use crate::known::contact::lexicon::{self, Marks, Spoken};
use crate::known::contact::token::{Gap, Page};

/// `sju`, `sjuttio`, `sjuttio ett`, `ni hundre og tolv`, `double seven`.
pub(super) fn spoken_at(page: &Page<'_>, place: usize) -> Option<Group> {
    let mut group = Group::new(place, true);
    if !page.is_known(place) {
        return run_together(page, place).then(|| {
            in_one_word(page.word(place), |spoken| group.push_spoken(spoken));
            group
        });
    }
    // `o` for a zero stands among digits only; `N:o 1415` is none.
    let first = page
        .spoken(place)
        .filter(|_| page.length(place) > 1 || page.is_glued(place + 1) || is_among_words(page, place))?;
    let next = |after: usize| page.spoken(after).filter(|_| page.gap(after) < Gap::Paragraph);
    match first {
        Spoken::Times(times) => {
            let digit =
                || page.value(place + 1).filter(|_| page.digits(place + 1) == 1).and_then(|v| u16::try_from(v).ok());
            let value = match next(place + 1) {
                Some(Spoken::Value(value @ 0..=9)) => value,
                _ => digit()?,
            };
            (0..times).for_each(|_| {
                group.push_value(value);
            });
            group.last = place + 1;
        }
        Spoken::Row(value, width) => group.push_row(value, width),
        Spoken::Hundred => group_of_hundreds(page, &mut group, 1),
        Spoken::Value(value) => {
            if (1..=9).contains(&value) && next(place + 1) == Some(Spoken::Hundred) {
                group.last = place + 1;
                group_of_hundreds(page, &mut group, value);
            } else if value >= 100 && value % 100 == 0 && page.has(place + 1, Marks::AND) {
                group_of_hundreds(page, &mut group, value / 100);
            } else if value % 10 == 0 && (20..100).contains(&value) {
                let (unit, last) = unit_after(page, place);
                group.push_value(value + unit);
                group.last = last;
            } else {
                group.push_value(value);
            }
        }
    }
    Some(group)
}

/// Shortest and longest word looked into for numbers, and the longest of these, in octets.
const TOGETHER: std::ops::RangeInclusive<usize> = 20..=160;
const NUMBER_MAX: usize = 20;

/// Fewest digits that are looked for in one word.
const DIGITS_MIN: usize = 7;

/// `nollsjunollettsjufyranollsex`: nothing but numbers, as many as a telephone has, written without gaps.
pub(in crate::known::contact) fn run_together(page: &Page<'_>, place: usize) -> bool {
    let word = page.word(place);
    let mut digits = 0;
    let mut count = |spoken: Spoken| {
        digits += match spoken {
            Spoken::Value(value) => 1 + usize::from(value >= 10) + usize::from(value >= 100),
            Spoken::Row(_, width) => usize::from(width),
            Spoken::Times(_) | Spoken::Hundred => 0,
        };
    };
    TOGETHER.contains(&word.len()) && in_one_word(word, &mut count) && digits >= DIGITS_MIN
}

/// Shortest word behind other digits that is looked into.
const INNER_MIN: usize = 6;

/// What a word of nothing but numbers says.
pub(super) fn in_a_word(page: &Page<'_>, place: usize) -> Option<Group> {
    let word = page.word(place);
    let mut group = Group::new(place, true);
    let is_number =
        (INNER_MIN..=*TOGETHER.end()).contains(&word.len()) && in_one_word(word, |spoken| group.push_spoken(spoken));
    (is_number && group.len() >= 2).then_some(group)
}

/// Gives the numbers a word is made of, the longest first; whether it is made of them.
fn in_one_word(word: &str, mut give: impl FnMut(Spoken)) -> bool {
    let word = lexicon::folded_whole(word);
    let mut rest = word.as_str();
    while !rest.is_empty() {
        let lengths = (2..=rest.len().min(NUMBER_MAX)).rev();
        let found = lengths.filter_map(|length| rest.split_at_checked(length)).find_map(|(first, after)| {
            let spoken = lexicon::lexicon().spoken_of(first)?;
            matches!(spoken, Spoken::Value(_) | Spoken::Row(..)).then_some((spoken, after))
        });
        let Some((spoken, after)) = found else { return false };
        give(spoken);
        rest = after;
    }
    true
}

/// Whether a single letter stands between numbers in words.
fn is_among_words(page: &Page<'_>, place: usize) -> bool {
    let is_number = |at: usize| page.spoken(at).is_some() && page.length(at) > 1;
    is_number(place + 1) || place.checked_sub(1).is_some_and(is_number)
}

fn unit_after(page: &Page<'_>, place: usize) -> (u16, usize) {
    let next = if page.mark(place + 1) == b'-' && page.is_glued(place + 1) { place + 2 } else { place + 1 };
    match page.spoken(next) {
        Some(Spoken::Value(unit @ 1..=9)) if page.gap(next) <= Gap::Blank => (unit, next),
        _ => (0, place),
    }
}

/// What follows a hundred: `og tolv`, or a two-digit number by itself.
fn group_of_hundreds(page: &Page<'_>, group: &mut Group, hundreds: u16) {
    let has_and = page.has(group.last + 1, Marks::AND);
    let next = group.last + 1 + usize::from(has_and);
    match page.spoken(next) {
        Some(Spoken::Value(value)) if value < 100 && (has_and || value >= 10) && page.gap(next) <= Gap::Blank => {
            let (unit, last) = if value % 10 == 0 && value >= 20 { unit_after(page, next) } else { (0, next) };
            group.push_value(hundreds * 100 + value + unit);
            group.last = last;
        }
        _ => {
            group.push_value(hundreds * 100);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_without_gaps_are_read_and_words_are_not() {
        let digits = |word: &str| {
            let page = Page::of(word);
            run_together(&page, 0).then(|| spoken_at(&page, 0).map(|group| group.digits().to_vec()))?
        };
        for (word, wanted) in [
            ("nollsjunollettsjufyranollsex", "07017406"),
            ("nulleinssiebeneinsdreineunzwei", "0171392"),
            ("zerosevensevenzerozeroninenine", "0770099"),
        ] {
            assert_eq!(digits(word).as_deref(), Some(wanted.as_bytes()), "{word}");
        }
        for word in ["tvåtusentjugosexårsjubileum", "ansvarsförsäkringsbolagen", "nollsju", "entotrefirefemseksogmer"]
        {
            assert_eq!(digits(word), None, "{word}");
        }
    }

    #[test]
    fn long_words_cost_no_more_than_a_bound() {
        let word = "nollsju".repeat(20_000);
        assert!(!run_together(&Page::of(&word), 0));
    }
}
