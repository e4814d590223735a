//! What the words around a match say of it: the cues, and what must or must not be near.

use crate::matching::{self, Hit, Hits};
use crate::rules::Rules;
use crate::rules::parts::{Cue, CueKind, Nearby, Place, Reach};
use crate::text::Reading;
use brevbro_core::party::Language;
use std::collections::BTreeSet;
use std::ops::Range;

/// One language's cue with all its matches in the letter.
struct Found<'r> {
    cue: &'r Cue,
    language: Language,
    hits: Vec<Hit>,
}

/// A letter with its matches, to be asked about one of them.
pub(crate) struct Context<'r> {
    pub(crate) reading: &'r Reading<'r>,
    pub(crate) hits: &'r Hits,
    rules: &'r Rules,
    cues: Vec<Found<'r>>,
    /// Sentences that hold a protective question.
    asking: BTreeSet<usize>,
}

impl<'r> Context<'r> {
    pub(crate) fn new(rules: &'r Rules, reading: &'r Reading<'r>, hits: &'r Hits, asking: BTreeSet<usize>) -> Self {
        let cues = rules.tongues.iter().flat_map(|(language, tongue)| {
            let found = move |cue: &'r Cue| Found { cue, language: *language, hits: hits.all_of(&cue.patterns) };
            tongue.cues.iter().map(found)
        });
        Self { reading, hits, rules, cues: cues.collect(), asking }
    }

    /// Whether a cue of the rule's language holds for a match.
    pub(crate) fn holds(&self, kind: CueKind, language: Language, hit: Hit) -> bool {
        let Some((number, sentence)) = self.reading.sentence_of(hit.start) else { return false };
        let mut found = self.cues.iter().filter(|found| found.cue.kind == kind && found.language == language);
        if kind == CueKind::Question && (sentence.asks || self.asking.contains(&number)) {
            return !found.any(|found| self.hits.any_within(&found.cue.cancel, &sentence.words).is_some());
        }
        found.any(|found| self.stands(found, hit, number, &sentence.words))
    }

    fn stands(&self, found: &Found<'_>, hit: Hit, sentence: usize, words: &Range<usize>) -> bool {
        if self.hits.any_within(&found.cue.cancel, words).is_some() {
            return false;
        }
        if found.cue.kind == CueKind::Negation && self.is_no_negation(found, hit, words) {
            return false;
        }
        match &found.cue.place {
            Place::Reach(Reach::Letter) => !found.hits.is_empty(),
            Place::Reach(Reach::Sentence) => first_within(&found.hits, words),
            Place::Reach(Reach::Sentences) => first_within(&found.hits, &self.reading.around(sentence, 1, 0)),
            Place::Words { before, after, stop, comma_stops } => {
                let lead = before.saturating_add(usize::from(crate::program::LONGEST_MATCH));
                let from = hit.start.saturating_sub(lead).max(words.start);
                let first = found.hits.partition_point(|cue| cue.start < from);
                let near = found.hits.get(first..).unwrap_or_default();
                let mut near = near.iter().take_while(|cue| cue.start < words.end && cue.start <= hit.end + after);
                near.any(|cue| {
                    let Some(between) = between(*cue, hit, *before, *after) else { return false };
                    let is_stopped = self.hits.any_within(stop, &between).is_some()
                        || (*comma_stops && self.has_pause(&between, hit, *cue));
                    !is_stopped
                })
            }
        }
    }

    /// A negation that is none ("not only"), and one that the pattern itself asked for ("cannot go on"): then the
    /// other negations of the sentence are not trusted either.
    fn is_no_negation(&self, found: &Found<'_>, hit: Hit, words: &Range<usize>) -> bool {
        let tongue = self.rules.tongues.get(&found.language);
        if tongue.is_some_and(|tongue| self.hits.any_within(&tongue.false_negation, words).is_some()) {
            return true;
        }
        let first = found.hits.partition_point(|cue| cue.start < hit.start);
        let inside = found.hits.get(first..).unwrap_or_default().iter().take_while(|cue| cue.start < hit.end);
        inside.into_iter().any(|cue| matching::needs(&self.rules.program, self.reading, hit, &cue.words()))
    }

    /// Whether a comma stands between a cue and a match.
    fn has_pause(&self, between: &Range<usize>, hit: Hit, cue: Hit) -> bool {
        if cue.start < hit.end && hit.start < cue.end {
            return false;
        }
        // The mark belongs to the word behind it.
        let behind = between.start..(between.end + 1).min(self.reading.tokens.len());
        self.reading.tokens.get(behind).unwrap_or_default().iter().any(|token| token.after_pause)
    }

    /// The first match of what must or must not be near.
    pub(crate) fn near(&self, near: &Nearby, hit: Hit) -> Option<Hit> {
        let (number, sentence) = self.reading.sentence_of(hit.start)?;
        let words = match near.reach {
            // A match may reach into the next sentence.
            Reach::Sentence => sentence.words.start..sentence.words.end.max(hit.end),
            Reach::Sentences => self.reading.around(number, 1, 1),
            Reach::Letter => 0..self.reading.tokens.len(),
        };
        self.hits.any_within(&near.patterns, &words)
    }
}

fn first_within(hits: &[Hit], words: &Range<usize>) -> bool {
    let first = hits.partition_point(|hit| hit.start < words.start);
    hits.get(first).is_some_and(|hit| hit.start < words.end)
}

/// The words between a cue and a match; none when they are too many. A cue inside the match touches it.
fn between(cue: Hit, hit: Hit, before: usize, after: usize) -> Option<Range<usize>> {
    if cue.end <= hit.start {
        (hit.start - cue.end < before).then_some(cue.end..hit.start)
    } else if cue.start >= hit.end {
        (cue.start - hit.end < after).then_some(hit.end..cue.start)
    } else {
        Some(hit.start..hit.start)
    }
}
