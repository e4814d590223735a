//! Contact details of anybody: what a writer slips into a letter so as to be found outside of it.
//!
//! The text is read once into tokens; each token that could begin a detail is looked at with the words around it.
//! Dates, amounts, references and helplines are told apart first, so that a letter full of figures stays as it is.

mod account;
mod calendar;
mod checksum;
mod cue;
mod finder;
mod group;
mod handle;
pub(crate) mod helpline;
mod lexicon;
mod mail;
mod national;
mod network;
mod phone;
mod place;
mod plate;
mod profile;
pub(crate) mod spared;
mod street;
mod token;

use super::digits;
use super::needle::Match;
use crate::report::Seen;
use finder::Details;
use spared::Spared;
use token::Page;

/// What the search knows besides the text.
pub(crate) struct Context<'a> {
    /// Significant digits of known telephone numbers.
    pub(crate) phones: &'a [Vec<u8>],
    /// What may be told.
    pub(crate) spared: &'a Spared,
}

/// Adds every contact detail of a text, of which no two overlap, to what was found before. What may be told is not
/// among them, and no identifier found before inside of it stays: the organisation's mailbox may be at the host that
/// the writer writes from.
pub(crate) fn details(text: &str, context: &Context<'_>, found: &mut Vec<Match>) {
    let Details { found: mut own, mut free } = finder::search(&Page::of(text), context);
    own.retain(|m| {
        let part = context.spared.free_part(m.seen, &text[m.begin..m.end]);
        free.extend(part.as_ref().map(|part| (m.begin + part.start, m.begin + part.end)));
        part.is_none()
    });
    free.sort_unstable();
    found.retain(|m| {
        let before = free.partition_point(|(begin, _)| *begin <= m.begin);
        before == 0 || free[before - 1].1 < m.end
    });
    if !context.phones.is_empty() {
        known_phones(text, context.phones, &mut own);
    }
    resolve(own, found);
}

/// Known telephone numbers in any grouping.
pub(crate) fn known_phones(text: &str, known: &[Vec<u8>], found: &mut Vec<Match>) {
    for run in digits::runs(text) {
        for (from, to) in known.iter().filter_map(|number| digits::find_known(&run, number)) {
            let (begin, end) = run.span(from, to);
            found.push(Match { begin, end, seen: Seen::Phone });
        }
    }
}

/// Of matches that overlap, the longer one with the ends of both.
fn resolve(mut own: Vec<Match>, found: &mut Vec<Match>) {
    own.sort_by_key(|m| (m.begin, usize::MAX - m.end));
    let first = found.len();
    for next in own {
        match found.get_mut(first..).and_then(<[Match]>::last_mut) {
            Some(last) if next.begin < last.end => {
                if next.end - next.begin > last.end - last.begin {
                    last.seen = next.seen;
                }
                last.end = last.end.max(next.end);
            }
            _ => found.push(next),
        }
    }
}

#[cfg(test)]
#[path = "contact/tests.rs"]
mod tests;
