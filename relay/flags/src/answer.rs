//! Protective questions of the volunteer, and the short answers to them.

use crate::matching::Hits;
use crate::rules::Rules;
use crate::rules::parts::Question;
use crate::text::{Reading, Section};
use crate::{Category, Letter};
use brevbro_core::escalation::Severity;
use brevbro_core::party::{Language, Side};
use std::collections::BTreeSet;
use std::ops::Range;

/// The questions of a volunteer's letter, and the sentences they stand in.
pub(crate) fn questions<'r>(
    rules: &'r Rules,
    writer: Side,
    running: &[Language],
    reading: &Reading<'_>,
    hits: &Hits,
) -> (Vec<&'r Question>, BTreeSet<usize>) {
    let (mut asked, mut sentences) = (Vec::new(), BTreeSet::new());
    if writer != Side::Volunteer {
        return (asked, sentences);
    }
    let tongues = rules.tongues.iter().filter(|(language, _)| running.contains(language));
    for question in tongues.flat_map(|(_, tongue)| &tongue.questions) {
        let found = hits.all_of(&question.patterns);
        let new = found.iter().filter_map(|hit| reading.sentence_of(hit.start));
        let new: Vec<usize> = new.filter(|(_, s)| s.section == Section::New).map(|(number, _)| number).collect();
        if !new.is_empty() {
            asked.push(question);
            sentences.extend(new);
        }
    }
    (asked, sentences)
}

/// Sentences an answer may come after: a greeting, a word of thanks.
const FIRST: usize = 3;
/// The longest short answer, in words.
const SHORT: usize = 6;

/// What a short yes at the beginning of the seeker's letter says to the questions before it.
pub(crate) fn answers(
    rules: &Rules,
    letter: &Letter<'_>,
    running: &[Language],
    reading: &Reading<'_>,
    hits: &Hits,
) -> Vec<(Language, Category, Severity, Range<usize>)> {
    let Some(thread) = letter.thread.filter(|_| letter.writer == Side::Seeker) else { return Vec::new() };
    let new = reading.sentences.iter().filter(|sentence| sentence.section == Section::New);
    let short = new.take(FIRST).filter(|sentence| sentence.words.len() <= SHORT);
    for sentence in short {
        for (language, tongue) in rules.tongues.iter().filter(|(language, _)| running.contains(language)) {
            let says = |patterns| hits.any_within(patterns, &sentence.words);
            let is_yes = says(&tongue.yes).is_some_and(|hit| hit.start == sentence.words.start);
            if is_yes && says(&tongue.no).is_none() {
                let octets = reading.octets(sentence.words.clone());
                return thread.asked.iter().map(|(asks, yes)| (*language, *asks, *yes, octets.clone())).collect();
            }
        }
    }
    Vec::new()
}

/// What the coordinator reads.
pub(crate) fn why(reader: Language) -> &'static str {
    match reader {
        Language::Swedish => "Svarar ja på den frivilligas fråga.",
        Language::Bokmal => "Svarer ja på spørsmålet fra den frivillige.",
        Language::Danish => "Svarer ja på den frivilliges spørgsmål.",
        Language::English => "Answers yes to the volunteer's question.",
    }
}
