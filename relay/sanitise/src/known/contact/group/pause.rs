//! The pause between the halves of a number: `070 och sen 174 06 05`, `2012 og resten 3526`.

use super::Group;
use crate::known::contact::helpline;
use crate::known::contact::token::{Gap, Kind, Page};

/// `070 174`, `9123`, `07700`: as many digits as the first half of a number has.
pub(super) fn is_half(groups: &[Group], total: usize) -> bool {
    let is_zero_led = groups.first().is_some_and(|group| group.digits().first() == Some(&b'0'));
    let most = if is_zero_led { 7 } else { 5 };
    groups.len() <= 3 && (3..=most).contains(&total) && groups.iter().all(|group| !group.is_spoken)
}

/// `ring 1177, sen 114 14`: whether the digits are all that is dialled.
pub(super) fn is_helpline(groups: &[Group]) -> bool {
    let digits: Vec<u8> = groups.iter().flat_map(Group::digits).copied().collect();
    helpline::is_known(&digits) || groups.last().is_some_and(|last| helpline::is_known(last.digits()))
}

/// The token behind `och sen`, `and then`, where digits follow.
pub(super) fn behind_pause(page: &Page<'_>, from: usize) -> usize {
    let first = from + usize::from(page.mark(from) == b',');
    // Mostly more digits follow, or nothing.
    if !page.is(first, Kind::Word) {
        return from;
    }
    let is_one = |at: usize, all: &[&str]| all.iter().any(|one| page.word(at).eq_ignore_ascii_case(one));
    let mut has_turn = false;
    for at in first..first + PAUSE_MAX {
        if page.is(at, Kind::Number) && has_turn {
            return at;
        }
        let is_turn = is_one(at, &TURNS);
        if page.gap(at) > Gap::Line || !(is_turn || is_one(at, &BETWEEN)) {
            break;
        }
        has_turn |= is_turn;
    }
    from
}

/// Most words between the halves of a number, what they are, and one of them what tells that the other half follows.
const PAUSE_MAX: usize = 6;
const BETWEEN: [&str; 18] = [
    "och", "og", "and", "und", "ja", "å", "är", "er", "is", "ist", "on", "på", "med", "the", "with", "mit", "nummer",
    "in",
];
const TURNS: [&str; 34] = [
    "sen",
    "sedan",
    "så",
    "so",
    "then",
    "dann",
    "sitten",
    "resten",
    "rest",
    "sist",
    "sidst",
    "sista",
    "siste",
    "slutet",
    "slutar",
    "slutter",
    "ender",
    "ends",
    "endet",
    "loput",
    "loppu",
    "loppuu",
    "fortsätter",
    "fortsetter",
    "fortsætter",
    "continues",
    "jatkuu",
    "efter",
    "etter",
    "after",
    "danach",
    "nummer",
    "numret",
    "nummeret",
];
