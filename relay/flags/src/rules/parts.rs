//! What a rule file says, once it is read: rules, cues, idioms, scores, finders and questions.

use crate::Category;
use crate::program::PatternId;
use brevbro_core::escalation::Severity;
use brevbro_core::party::{Language, Side};
use brevbro_core::words;
use std::collections::BTreeMap;

/// Whose letters a rule reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Writers {
    pub(crate) seeker: bool,
    pub(crate) volunteer: bool,
}

impl Writers {
    pub(crate) fn include(self, side: Side) -> bool {
        match side {
            Side::Seeker => self.seeker,
            Side::Volunteer => self.volunteer,
        }
    }

    /// The writer a test letter has when it does not say.
    pub(crate) fn first(self) -> Side {
        if self.seeker { Side::Seeker } else { Side::Volunteer }
    }
}

/// How far away something may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    Sentence,
    /// The sentence, the one before and the one after.
    Sentences,
    Letter,
}

words!(Reach, "sentence, sentences or letter", Sentence => "sentence", Sentences => "sentences", Letter => "letter");

/// Some patterns, and how far away they may stand.
#[derive(Debug, Clone)]
pub(crate) struct Nearby {
    pub(crate) patterns: Vec<PatternId>,
    pub(crate) reach: Reach,
}

/// What the words around a match can say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CueKind {
    Negation,
    Past,
    Question,
    Hypothesis,
    Other,
    Fiction,
    News,
    Habit,
    Joke,
}

words!(
    CueKind, "a kind of cue",
    Negation => "negation", Past => "past", Question => "question", Hypothesis => "hypothesis", Other => "other",
    Fiction => "fiction", News => "news", Habit => "habit", Joke => "joke",
);

/// What a cue does to a match, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effect {
    Ignore,
    Today,
    Routine,
    Drop,
}

words!(
    Effect, "ignore, today, routine or drop",
    Ignore => "ignore", Today => "today", Routine => "routine", Drop => "drop",
);

/// What each cue does to one rule.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effects {
    of: [Effect; CueKind::ALL.len()],
    /// A question is another thing in the mouth of somebody whose task is to ask.
    pub(crate) question_by_volunteer: Effect,
}

impl Effects {
    /// What cues do where the file says nothing.
    pub(crate) fn usual(category: Category) -> Self {
        let asked = match category {
            Category::Channel | Category::Role | Category::Confidentiality => Effect::Ignore,
            _ => Effect::Routine,
        };
        let mut effects = Self { of: [Effect::Ignore; CueKind::ALL.len()], question_by_volunteer: asked };
        effects.put(CueKind::Negation, Effect::Drop);
        effects.put(CueKind::Past, Effect::Routine);
        effects.put(CueKind::Fiction, Effect::Drop);
        effects.put(CueKind::News, Effect::Drop);
        effects.put(CueKind::Joke, Effect::Routine);
        effects
    }

    pub(crate) fn put(&mut self, kind: CueKind, effect: Effect) {
        if let Some(place) = self.of.get_mut(kind as usize) {
            *place = effect;
        }
    }

    /// What the file says of a kind, for both writers.
    pub(crate) fn say(&mut self, kind: CueKind, effect: Effect) {
        self.put(kind, effect);
        if kind == CueKind::Question {
            self.question_by_volunteer = effect;
        }
    }

    pub(crate) fn of(&self, kind: CueKind, writer: Side) -> Effect {
        match (kind, writer) {
            (CueKind::Question, Side::Volunteer) => self.question_by_volunteer,
            _ => self.of.get(kind as usize).copied().unwrap_or(Effect::Ignore),
        }
    }
}

/// Where a cue must stand.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// So many words before or after, and nothing that stops it in between.
    Words {
        before: usize,
        after: usize,
        stop: Vec<PatternId>,
        comma_stops: bool,
    },
    Reach(Reach),
}

/// One cue of one language.
#[derive(Debug, Clone)]
pub(crate) struct Cue {
    pub(crate) kind: CueKind,
    pub(crate) patterns: Vec<PatternId>,
    pub(crate) place: Place,
    pub(crate) cancel: Vec<PatternId>,
}

impl Cue {
    /// Every pattern it looks for: its own, and those that cancel or stop it.
    pub(crate) fn all_patterns(&self) -> impl Iterator<Item = &PatternId> {
        let stop: &[PatternId] = match &self.place {
            Place::Words { stop, .. } => stop,
            Place::Reach(_) => &[],
        };
        self.patterns.iter().chain(&self.cancel).chain(stop)
    }
}

/// What the coordinator reads, by language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Why {
    pub(crate) own: String,
    pub(crate) others: BTreeMap<Language, String>,
}

impl Why {
    pub(crate) fn say(&self, reader: Option<Language>) -> &str {
        reader.and_then(|language| self.others.get(&language)).unwrap_or(&self.own)
    }
}

/// What a match of a rule is worth.
#[derive(Debug, Clone)]
pub(crate) enum Worth {
    /// A flag.
    Flag { severity: Severity, raises: Vec<(Severity, Nearby)>, why: Why },
    /// A weak sign, which never speaks alone.
    Sign,
}

/// A rule or a weak sign.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) id: String,
    pub(crate) category: Category,
    pub(crate) language: Language,
    pub(crate) writers: Writers,
    pub(crate) patterns: Vec<PatternId>,
    pub(crate) need: Option<Nearby>,
    pub(crate) unless: Option<Nearby>,
    pub(crate) effects: Effects,
    pub(crate) weight: u8,
    pub(crate) worth: Worth,
}

impl Rule {
    /// What must, must not or may stand around a match.
    pub(crate) fn around(&self) -> impl Iterator<Item = &Nearby> {
        let raises: &[(Severity, Nearby)] = match &self.worth {
            Worth::Flag { raises, .. } => raises,
            Worth::Sign => &[],
        };
        self.need.iter().chain(&self.unless).chain(raises.iter().map(|(_, near)| near))
    }
}

/// The sum at which weak signs become a flag.
#[derive(Debug, Clone)]
pub(crate) struct Score {
    pub(crate) threshold: u32,
    pub(crate) severity: Severity,
    pub(crate) why: Why,
}

/// Words out of play.
#[derive(Debug, Clone)]
pub(crate) struct Idiom {
    pub(crate) patterns: Vec<PatternId>,
    pub(crate) unless: Vec<PatternId>,
}

/// What a finder looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FinderKind {
    Phone,
    NumberWords,
    Email,
    EmailSpelled,
    Handle,
    Link,
}

words!(
    FinderKind, "phone, number-words, email, email-spelled, handle or link",
    Phone => "phone", NumberWords => "number-words", Email => "email", EmailSpelled => "email-spelled",
    Handle => "handle", Link => "link",
);

/// Numbers and addresses.
#[derive(Debug, Clone)]
pub(crate) struct Finder {
    pub(crate) id: String,
    pub(crate) category: Category,
    pub(crate) language: Language,
    pub(crate) severity: Severity,
    pub(crate) writers: Writers,
    pub(crate) kind: FinderKind,
    /// Patterns of which one must stand near; none when the finder is clear by itself.
    pub(crate) need: Option<Nearby>,
    pub(crate) why: Why,
}

/// A protective question.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) id: String,
    pub(crate) asks: Category,
    pub(crate) yes: Severity,
    pub(crate) patterns: Vec<PatternId>,
}

/// What belongs to one language.
#[derive(Debug, Default)]
pub(crate) struct Tongue {
    pub(crate) version: String,
    pub(crate) cues: Vec<Cue>,
    pub(crate) false_negation: Vec<PatternId>,
    pub(crate) idioms: Vec<Idiom>,
    pub(crate) scores: BTreeMap<Category, Score>,
    pub(crate) questions: Vec<Question>,
    pub(crate) yes: Vec<PatternId>,
    pub(crate) no: Vec<PatternId>,
    pub(crate) why: BTreeMap<Category, Why>,
}

/// What finders must leave alone, and the words they read by.
#[derive(Debug, Default)]
pub(crate) struct Allowed {
    /// Figures alone.
    pub(crate) numbers: Vec<String>,
    pub(crate) domains: Vec<String>,
    pub(crate) digits: BTreeMap<String, u8>,
    pub(crate) at: Vec<String>,
    pub(crate) dot: Vec<String>,
    pub(crate) apps: Vec<String>,
}

/// What a test letter must lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Expected {
    /// The rule speaks at its own severity or higher.
    Hit,
    /// The rule does not speak above routine; a routine rule not at all.
    Miss,
    /// The rule speaks at `now`.
    Now,
    /// The rule speaks at routine, and no higher.
    Routine,
    /// Exactly these flags stand above routine.
    Flags(Vec<(Category, Severity)>),
}

/// One test letter of a rule file.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) file: String,
    pub(crate) line: usize,
    /// The rule, sign, finder or question; none for `[[test]]`.
    pub(crate) rule: Option<String>,
    pub(crate) language: Language,
    pub(crate) writer: Side,
    pub(crate) text: String,
    pub(crate) expected: Expected,
}
