//! Numbers, addresses and names of accounts that lead past the organisation.

mod address;
mod number;

use crate::context::Context;
use crate::matching::Hit;
use crate::program::PatternId;
use crate::rules::Rules;
use crate::rules::parts::{Allowed, Finder, FinderKind};
use crate::text::{Reading, Section};
use crate::weigh::{Reason, Seen, Verdict};
use brevbro_core::escalation::Severity;
use brevbro_core::party::{Language, Side};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Something a finder saw, and whether it may be given to anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Detail {
    octets: Range<usize>,
    is_allowed: bool,
}

/// Everything the finders that run see in a letter.
pub(crate) fn find<'r>(
    rules: &'r Rules,
    writer: Side,
    running: &[Language],
    context: &Context<'_>,
    seen_before: &BTreeSet<usize>,
) -> Vec<Seen<'r>> {
    let mut found: BTreeMap<u8, Vec<Detail>> = BTreeMap::new();
    let mut all = Vec::new();
    let ours = |finder: &&Finder| running.contains(&finder.language) && finder.writers.include(writer);
    for finder in rules.finders.iter().filter(ours) {
        let details =
            found.entry(finder.kind as u8).or_insert_with(|| details(finder.kind, context.reading, &rules.allowed));
        for detail in details.iter() {
            let words = words_of(context.reading, &detail.octets);
            let hit = Hit { pattern: PatternId::NEVER, start: words.start, end: words.end };
            if finder.need.as_ref().is_some_and(|near| context.near(near, hit).is_none()) {
                continue;
            }
            all.push(seen(finder, detail, words, context.reading, seen_before));
        }
    }
    all
}

fn seen<'r>(
    finder: &'r Finder,
    detail: &Detail,
    words: Range<usize>,
    reading: &Reading<'_>,
    seen_before: &BTreeSet<usize>,
) -> Seen<'r> {
    let sentence = reading.sentence_of(words.start);
    let is_known = sentence.is_some_and(|(number, _)| seen_before.contains(&number));
    let is_quoted = sentence.is_some_and(|(_, sentence)| sentence.section == Section::Quoted);
    let (verdict, lowered_by) = match (detail.is_allowed, is_known, is_quoted) {
        (true, ..) => (Verdict::Dropped(Reason::Allowed), Some(Reason::Allowed)),
        (_, true, _) => (Verdict::Dropped(Reason::SeenBefore), Some(Reason::SeenBefore)),
        (_, _, true) => (Verdict::Flag(Severity::Routine), Some(Reason::Quoted)),
        _ => (Verdict::Flag(finder.severity), None),
    };
    Seen {
        id: &finder.id,
        category: finder.category,
        language: finder.language,
        weight: 0,
        why: Some(&finder.why),
        octets: detail.octets.clone(),
        verdict,
        lowered_by,
        is_raised: false,
    }
}

/// The words some octets touch; at the end of a letter the last one.
fn words_of(reading: &Reading<'_>, octets: &Range<usize>) -> Range<usize> {
    let last = reading.tokens.len().saturating_sub(1);
    let start = reading.token_at(octets.start).min(last);
    let end = reading.tokens.partition_point(|token| token.start < octets.end);
    start..end.max(start + 1)
}

fn details(kind: FinderKind, reading: &Reading<'_>, allowed: &Allowed) -> Vec<Detail> {
    match kind {
        FinderKind::Phone => number::phones(reading.text, allowed),
        FinderKind::NumberWords => number::spelled(reading, allowed),
        FinderKind::Email => address::emails(reading.text, allowed),
        FinderKind::EmailSpelled => address::spelled(reading, allowed),
        FinderKind::Handle => address::handles(reading, allowed),
        FinderKind::Link => address::links(reading.text, allowed),
    }
}

#[cfg(test)]
#[path = "finder/tests.rs"]
mod tests;
