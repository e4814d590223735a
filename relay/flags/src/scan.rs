//! The way of one letter through the rules: read, match, weigh, add up, merge.

use crate::budget::{Budget, Spent};
use crate::context::Context;
use crate::language::{self, Guess};
use crate::matching::{self, Bench, Hits};
use crate::program::Pass;
use crate::rules::Rules;
use crate::score::{Sum, sums};
use crate::text::{Reading, Section};
use crate::thread::{Digest, Thread};
use crate::vocabulary::Vocabulary;
use crate::weigh::{Reason, Seen, Verdict, weigh};
use crate::{Category, Flag, Place, answer, finder};
use brevbro_core::escalation::Severity;
use brevbro_core::party::{Language, Side};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

/// A letter to be looked at. `Debug` shows no word of it.
#[derive(Clone, Copy)]
pub struct Letter<'a> {
    /// The text; of HTML, what a reader would see.
    pub text: &'a str,
    /// Who wrote it.
    pub writer: Side,
    /// The language, where it is known.
    pub language_hint: Option<Language>,
    /// The language the coordinator reads; none for the language of the rule.
    pub reader: Option<Language>,
    /// What came before.
    pub thread: Option<&'a Thread<'a>>,
}

impl fmt::Debug for Letter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Letter({} octets by a {})", self.text.len(), self.writer.word())
    }
}

impl Letter<'_> {
    /// The languages whose rules would run over it, and its words; of a long letter only the former.
    pub(crate) fn needs(&self) -> (Vec<Language>, Option<Vocabulary>) {
        const LONG: usize = 30_000;
        let reading = Reading::of(self.text, &mut Budget::new(STEPS));
        let Ok(reading) = reading else { return (Language::ALL.to_vec(), None) };
        let running = language::running(self.language_hint, language::guess(&reading));
        (running, Some(reading).filter(|r| r.text.len() <= LONG).map(|r| Vocabulary::of(&r)))
    }
}

/// What came of a letter.
#[derive(Debug)]
#[must_use]
pub enum Scan {
    /// It was read to the end.
    Done(Findings),
    /// It was not: a human must be told so, since silence would look like safety.
    NotScanned(Unread),
}

/// Why a letter was not read to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// It is longer than any letter.
    TooLong,
    /// It would cost too much work.
    TooMuchWork,
}

brevbro_core::words!(Unread, "too-long or too-much-work", TooLong => "too-long", TooMuchWork => "too-much-work");

/// What was found in a letter.
#[derive(Debug)]
pub struct Findings {
    /// One for each category, the most severe first.
    pub flags: Vec<Flag>,
    /// The language most of its words are of.
    pub language: Option<Language>,
    /// The letter seems to be in a language there are no rules for: a human must be told so.
    pub is_foreign: bool,
    /// Matches that were dropped or lowered, for the audit.
    pub dropped: Vec<Dropped>,
    /// What the letter is made of, in octets.
    pub sections: Vec<(Section, Range<usize>)>,
    /// The protective questions of a volunteer's letter, for the thread.
    pub asked: BTreeMap<Category, Severity>,
    /// Digests of a flagged letter's sentences, for the thread; none without one.
    pub sentences: Vec<Digest>,
}

/// A match that did not become a flag of its own severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The rule.
    pub rule: String,
    /// What it is about.
    pub category: Category,
    /// Where.
    pub place: Place,
    /// Why.
    pub reason: Reason,
    /// What it was lowered to; none when it was dropped altogether.
    pub lowered_to: Option<Severity>,
}

/// The longest letter that is read, in octets.
pub const LONGEST: usize = 2_000_000;
/// The work one letter may cost: about a tenth of a second.
pub(crate) const STEPS: u64 = 20_000_000;
/// More dropped matches than this tell nobody more.
const MOST_DROPPED: usize = 100;

/// Looks at a letter.
pub fn scan(rules: &Rules, letter: &Letter<'_>) -> Scan {
    if letter.text.len() > LONGEST {
        return Scan::NotScanned(Unread::TooLong);
    }
    match look(rules, letter, &mut Budget::new(STEPS), |looked| looked.findings(letter)) {
        Ok(findings) => Scan::Done(findings),
        Err(Spent) => Scan::NotScanned(Unread::TooMuchWork),
    }
}

/// Everything that was seen in a letter, before it is merged.
pub(crate) struct Looked<'l, 'r> {
    pub(crate) reading: &'l Reading<'l>,
    pub(crate) guess: Guess,
    pub(crate) running: Vec<Language>,
    pub(crate) seen: Vec<Seen<'r>>,
    pub(crate) sums: Vec<Sum<'r>>,
    pub(crate) questions: Vec<&'r crate::rules::parts::Question>,
    pub(crate) answers: Vec<(Language, Category, Severity, Range<usize>)>,
    pub(crate) digests: Vec<Digest>,
}

/// Looks at a letter and hands on what was seen.
pub(crate) fn look<T>(
    rules: &Rules,
    letter: &Letter<'_>,
    budget: &mut Budget,
    then: impl FnOnce(&Looked<'_, '_>) -> T,
) -> Result<T, Spent> {
    let mut reading = Reading::of(letter.text, budget)?;
    let guess = language::guess(&reading);
    let running = language::running(letter.language_hint, guess);
    reading.classify(&rules.lexicon, &rules.program, &running, budget)?;
    let hits = rules.with_bench(|bench| matched(rules, &mut reading, &running, bench, budget))?;
    // Each match is weighed against a few hundred cues.
    budget.spend(hits.len().saturating_mul(20))?;
    let (questions, asking) = answer::questions(rules, letter.writer, &running, &reading, &hits);
    // Digests cost more than the look itself: without anything to compare with they wait for a flag.
    let has_seen = letter.thread.filter(|thread| !thread.seen.is_empty());
    let (digests, seen_before) = seen_before(&reading, has_seen);
    let context = Context::new(rules, &reading, &hits, asking);
    let mut seen = weigh(rules, letter, &running, &context, &seen_before);
    let sums = sums(rules, &running, &seen);
    seen.extend(finder::find(rules, letter.writer, &running, &context, &seen_before));
    let answers = answer::answers(rules, letter, &running, &reading, &hits);
    let looked = Looked { reading: &reading, guess, running, seen, sums, questions, answers, digests };
    Ok(then(&looked))
}

/// All matches, outside idioms.
fn matched(
    rules: &Rules,
    reading: &mut Reading<'_>,
    running: &[Language],
    bench: &mut Bench,
    budget: &mut Budget,
) -> Result<Hits, Spent> {
    let idioms = matching::run(&rules.program, reading, Pass::Idioms, bench, budget)?;
    reading.hide(idiomatic(rules, reading, running, &idioms));
    matching::run(&rules.program, reading, Pass::Letter, bench, budget)
}

/// The words of idioms, by the rules of any language that runs.
fn idiomatic(rules: &Rules, reading: &Reading<'_>, running: &[Language], hits: &Hits) -> Vec<Range<usize>> {
    let tongues = rules.tongues.iter().filter(|(language, _)| running.contains(language) && !hits.is_empty());
    let mut found = Vec::new();
    for idiom in tongues.flat_map(|(_, tongue)| &tongue.idioms) {
        for hit in hits.all_of(&idiom.patterns) {
            let sentence = reading.sentence_of(hit.start).map(|(_, s)| s.words.clone()).unwrap_or_default();
            if hits.any_within(&idiom.unless, &sentence).is_none() {
                found.push(hit.words());
            }
        }
    }
    found
}

/// Digests of all sentences, and which sentences were scanned before. Short ones are said again and again.
fn seen_before(reading: &Reading<'_>, thread: Option<&Thread<'_>>) -> (Vec<Digest>, BTreeSet<usize>) {
    const SHORTEST: usize = 4;
    let (mut digests, mut seen) = (Vec::new(), BTreeSet::new());
    let Some(thread) = thread else { return (digests, seen) };
    for (number, sentence) in reading.sentences.iter().enumerate().filter(|(_, s)| s.words.len() >= SHORTEST) {
        let tokens = reading.tokens.get(sentence.words.clone()).unwrap_or_default();
        let words: Vec<&str> = tokens.iter().map(|token| reading.written(token)).collect();
        let digest = (thread.digest)(&words.join(" "));
        if thread.seen.contains(&digest) {
            seen.insert(number);
        }
        digests.push(digest);
    }
    (digests, seen)
}

impl Looked<'_, '_> {
    fn findings(&self, letter: &Letter<'_>) -> Findings {
        let mut flags = self.candidates(letter);
        // The most severe first, then the earliest.
        flags.sort_by_key(|flag| (std::cmp::Reverse(flag.severity), flag.place.octets().start));
        let mut told = BTreeSet::new();
        flags.retain(|flag| told.insert(flag.category));
        if let Some(thread) = letter.thread.filter(|_| letter.writer == Side::Seeker) {
            for flag in flags.iter_mut().filter(|flag| flag.severity == Severity::Routine) {
                if thread.routine.get(&flag.category).is_some_and(|before| *before >= 2) {
                    flag.severity = Severity::Today;
                }
            }
            flags.sort_by_key(|flag| (std::cmp::Reverse(flag.severity), flag.place.octets().start));
        }
        let is_flagged = !flags.is_empty();
        let section = |block: &crate::text::Block| {
            let ends = (block.lines.first(), block.lines.last());
            (block.section, ends.0.map_or(0, |line| line.start)..ends.1.map_or(0, |line| line.end))
        };
        Findings {
            flags,
            language: self.guess.best,
            is_foreign: self.guess.is_foreign,
            dropped: self.dropped(letter.text),
            sections: self.reading.blocks.iter().map(section).collect(),
            asked: self.asked(),
            sentences: self.sentences(letter, is_flagged),
        }
    }

    /// Only a flagged letter's sentences are worth knowing again.
    fn sentences(&self, letter: &Letter<'_>, is_flagged: bool) -> Vec<Digest> {
        match (is_flagged, self.digests.is_empty()) {
            (false, _) => Vec::new(),
            (true, false) => self.digests.clone(),
            (true, true) => seen_before(self.reading, letter.thread).0,
        }
    }

    fn asked(&self) -> BTreeMap<Category, Severity> {
        let mut asked = BTreeMap::new();
        for question in &self.questions {
            let known = asked.entry(question.asks).or_insert(question.yes);
            *known = question.yes.max(*known);
        }
        asked
    }

    /// Everything that could be a flag.
    fn candidates(&self, letter: &Letter<'_>) -> Vec<Flag> {
        let mut flags = Vec::new();
        for seen in &self.seen {
            let (Verdict::Flag(severity), Some(why)) = (seen.verdict, seen.why) else { continue };
            flags.extend(flag(letter, seen.category, severity, seen.id, &seen.octets, why.say(letter.reader)));
        }
        for sum in self.sums.iter().filter(|sum| sum.is_enough()) {
            let rule = format!("{}.{}.score", sum.language.tag(), sum.category.word());
            let why = sum.score.why.say(letter.reader);
            flags.extend(flag(letter, sum.category, sum.score.severity, &rule, &sum.octets, why));
        }
        for (language, category, severity, octets) in &self.answers {
            let rule = format!("{}.{}.answer", language.tag(), category.word());
            let why = answer::why(letter.reader.unwrap_or(*language));
            flags.extend(flag(letter, *category, *severity, &rule, octets, why));
        }
        flags
    }

    fn dropped(&self, text: &str) -> Vec<Dropped> {
        let all = self.seen.iter().filter_map(|seen| {
            let reason = seen.lowered_by?;
            let lowered_to = match seen.verdict {
                Verdict::Flag(severity) => Some(severity),
                Verdict::Sign | Verdict::Dropped(_) => None,
            };
            let place = Place::within(text, seen.octets.clone())?;
            Some(Dropped { rule: seen.id.to_owned(), category: seen.category, place, reason, lowered_to })
        });
        all.take(MOST_DROPPED).collect()
    }
}

fn flag(
    letter: &Letter<'_>,
    category: Category,
    severity: Severity,
    rule: &str,
    octets: &Range<usize>,
    why: &str,
) -> Option<Flag> {
    let place = Place::within(letter.text, octets.clone())?;
    Some(Flag { category, severity, rule: rule.to_owned(), place, why: why.to_owned() })
}
