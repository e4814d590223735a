//! Rules weighed match by match: what speaks, how loudly, and what is dropped for which reason.

use crate::context::Context;
use crate::matching::Hit;
use crate::rules::Rules;
use crate::rules::parts::{CueKind, Effect, Rule, Why, Worth};
use crate::text::Section;
use crate::{Category, Letter};
use brevbro_core::escalation::Severity;
use brevbro_core::party::Language;
use std::collections::BTreeSet;
use std::ops::Range;

/// Why a match was dropped or lowered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A negation stands by it.
    Negation,
    /// It is told as past.
    Past,
    /// It is asked.
    Question,
    /// It is supposed.
    Hypothesis,
    /// It is about somebody else.
    Other,
    /// It is about a book, a film, a game.
    Fiction,
    /// It is about the news.
    News,
    /// It is a habit.
    Habit,
    /// It is a joke.
    Joke,
    /// The rule names words that must not be near.
    Unless,
    /// It stands in an earlier letter.
    Quoted,
    /// The same text was scanned before.
    SeenBefore,
    /// The number or address is on the list of those that may be given.
    Allowed,
}

brevbro_core::words!(
    Reason, "a reason",
    Negation => "negation", Past => "past", Question => "question", Hypothesis => "hypothesis", Other => "other",
    Fiction => "fiction", News => "news", Habit => "habit", Joke => "joke", Unless => "unless", Quoted => "quoted",
    SeenBefore => "seen-before", Allowed => "allowed",
);

impl From<CueKind> for Reason {
    fn from(kind: CueKind) -> Self {
        match kind {
            CueKind::Negation => Self::Negation,
            CueKind::Past => Self::Past,
            CueKind::Question => Self::Question,
            CueKind::Hypothesis => Self::Hypothesis,
            CueKind::Other => Self::Other,
            CueKind::Fiction => Self::Fiction,
            CueKind::News => Self::News,
            CueKind::Habit => Self::Habit,
            CueKind::Joke => Self::Joke,
        }
    }
}

/// What becomes of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Flag(Severity),
    Sign,
    Dropped(Reason),
}

/// One match of a rule, sign or finder, weighed.
#[derive(Debug)]
pub(crate) struct Seen<'r> {
    pub(crate) id: &'r str,
    pub(crate) category: Category,
    pub(crate) language: Language,
    pub(crate) weight: u8,
    pub(crate) why: Option<&'r Why>,
    pub(crate) octets: Range<usize>,
    pub(crate) verdict: Verdict,
    pub(crate) lowered_by: Option<Reason>,
    pub(crate) is_raised: bool,
}

/// Weighs every rule that runs.
pub(crate) fn weigh<'r>(
    rules: &'r Rules,
    letter: &Letter<'_>,
    running: &[Language],
    context: &Context<'_>,
    seen_before: &BTreeSet<usize>,
) -> Vec<Seen<'r>> {
    let mut all = Vec::new();
    let ours = |rule: &&Rule| running.contains(&rule.language) && rule.writers.include(letter.writer);
    for rule in rules.with(context.hits.patterns()).filter(ours) {
        for hit in context.hits.all_of(&rule.patterns) {
            let near = |near| context.near(near, hit).is_some();
            if !rule.need.as_ref().is_none_or(near) {
                continue;
            }
            all.push(Scales { rule, letter, context, hit, seen_before }.weigh());
        }
    }
    all
}

/// One match on the scales.
struct Scales<'r, 'c> {
    rule: &'r Rule,
    letter: &'c Letter<'c>,
    context: &'c Context<'c>,
    hit: Hit,
    seen_before: &'c BTreeSet<usize>,
}

impl<'r> Scales<'r, '_> {
    fn weigh(&self) -> Seen<'r> {
        let (effect, reason) = self.lowered();
        let (verdict, why, is_raised) = match &self.rule.worth {
            Worth::Sign if effect == Effect::Ignore => (Verdict::Sign, None, false),
            Worth::Sign => (Verdict::Dropped(reason.unwrap_or(Reason::Unless)), None, false),
            Worth::Flag { severity, raises, why } => {
                let raised = raises.iter().filter(|(_, near)| self.context.near(near, self.hit).is_some());
                let top = raised.map(|(to, _)| *to).max().unwrap_or(*severity).max(*severity);
                let verdict = match (effect, reason) {
                    (Effect::Drop, Some(reason)) => Verdict::Dropped(reason),
                    (Effect::Routine, _) => Verdict::Flag(Severity::Routine),
                    (Effect::Today, _) => Verdict::Flag(top.min(Severity::Today)),
                    _ => Verdict::Flag(top),
                };
                (verdict, Some(why), top > *severity)
            }
        };
        Seen {
            id: &self.rule.id,
            category: self.rule.category,
            language: self.rule.language,
            weight: self.rule.weight,
            why,
            octets: self.context.reading.octets(self.hit.words()),
            verdict,
            lowered_by: reason,
            is_raised,
        }
    }

    /// The strongest effect of anything that speaks against the match.
    fn lowered(&self) -> (Effect, Option<Reason>) {
        if self.rule.unless.as_ref().is_some_and(|near| self.context.near(near, self.hit).is_some()) {
            return (Effect::Drop, Some(Reason::Unless));
        }
        let sentence = self.context.reading.sentence_of(self.hit.start);
        if sentence.is_some_and(|(number, _)| self.seen_before.contains(&number)) {
            return (Effect::Drop, Some(Reason::SeenBefore));
        }
        let mut strongest = (Effect::Ignore, None);
        // With a thread at hand, what is quoted and was never scanned is as good as new.
        if self.letter.thread.is_none() && sentence.is_some_and(|(_, s)| s.section == Section::Quoted) {
            strongest = (Effect::Routine, Some(Reason::Quoted));
        }
        for &kind in CueKind::ALL {
            let effect = self.effect(kind);
            if effect > strongest.0 && self.context.holds(kind, self.rule.language, self.hit) {
                strongest = (effect, Some(kind.into()));
            }
        }
        strongest
    }

    fn effect(&self, kind: CueKind) -> Effect {
        let effect = self.rule.effects.of(kind, self.letter.writer);
        let was_asked = self.letter.thread.is_some_and(|thread| thread.asked.contains_key(&self.rule.category));
        // "No" to the question whether somebody wants to die is an answer a human should read.
        if kind == CueKind::Negation && was_asked { effect.min(Effect::Routine) } else { effect }
    }
}
