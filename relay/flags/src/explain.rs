//! Why the rules did or did not speak about a letter: for whoever edits rules, with a letter of their own making.

use crate::budget::Budget;
use crate::rules::Rules;
use crate::scan::{Letter, Looked, STEPS, look};
use crate::weigh::{Reason, Seen, Verdict};
use brevbro_core::party::Language;
use serde::Serialize;
use std::fmt;

/// The way of one letter through the rules. It shows the letter's words, and is for nobody's log.
#[derive(Clone, Serialize)]
pub struct Explanation {
    /// The language most words are of.
    pub language: Option<&'static str>,
    /// Whether that is sure.
    pub is_sure: bool,
    /// The languages whose rules were run.
    pub running: Vec<&'static str>,
    /// Section and words of each sentence; words of idioms in brackets.
    pub sentences: Vec<(&'static str, String)>,
    /// Every match of a rule, sign or finder.
    pub matches: Vec<Matched>,
    /// Protective questions that were recognised.
    pub questions: Vec<String>,
    /// Weak signs added up.
    pub scores: Vec<Added>,
}

/// One match.
#[derive(Clone, Serialize)]
pub struct Matched {
    /// The rule, sign or finder.
    pub rule: String,
    /// The words it matched, with everything in between.
    pub words: String,
    /// Its severity, `sign` or `dropped`.
    pub outcome: &'static str,
    /// What dropped or lowered it.
    pub lowered_by: Option<&'static str>,
    /// Whether something near raised it.
    pub is_raised: bool,
}

/// One sum of weak signs.
#[derive(Clone, Serialize)]
pub struct Added {
    /// Language and category.
    pub of: String,
    /// The sum.
    pub sum: u32,
    /// What it must reach.
    pub threshold: u32,
    /// The signs.
    pub signs: Vec<String>,
}

impl fmt::Debug for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Explanation({} matches)", self.matches.len())
    }
}

impl fmt::Debug for Matched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Matched({} {})", self.rule, self.outcome)
    }
}

impl fmt::Debug for Added {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Added({} {}/{})", self.of, self.sum, self.threshold)
    }
}

/// Explains a letter; nothing when it is too long or costs too much.
pub fn explain(rules: &Rules, letter: &Letter<'_>) -> Option<Explanation> {
    if letter.text.len() > crate::LONGEST {
        return None;
    }
    look(rules, letter, &mut Budget::new(STEPS), |looked| explained(letter.text, looked)).ok()
}

fn explained(text: &str, looked: &Looked<'_, '_>) -> Explanation {
    let added = |sum: &crate::score::Sum<'_>| Added {
        of: format!("{}.{}", sum.language.tag(), sum.category.word()),
        sum: sum.reached,
        threshold: sum.score.threshold,
        signs: sum.signs.iter().map(|&sign| sign.to_owned()).collect(),
    };
    Explanation {
        language: looked.guess.best.map(Language::tag),
        is_sure: looked.guess.is_sure,
        running: looked.running.iter().map(|language| language.tag()).collect(),
        sentences: sentences(text, looked),
        matches: looked.seen.iter().map(|seen| matched(text, seen)).collect(),
        questions: looked.questions.iter().map(|question| question.id.clone()).collect(),
        scores: looked.sums.iter().map(added).collect(),
    }
}

fn sentences(text: &str, looked: &Looked<'_, '_>) -> Vec<(&'static str, String)> {
    let word = |token: &crate::text::Token| {
        let word = text.get(token.start..token.end).unwrap_or_default();
        if token.in_idiom { format!("[{word}]") } else { word.to_owned() }
    };
    let sentence = |sentence: &crate::text::Sentence| {
        let tokens = looked.reading.tokens.get(sentence.words.clone()).unwrap_or_default();
        let mark = if sentence.asks { " ?" } else { "" };
        (sentence.section.word(), tokens.iter().map(word).collect::<Vec<_>>().join(" ") + mark)
    };
    looked.reading.sentences.iter().map(sentence).collect()
}

fn matched(text: &str, seen: &Seen<'_>) -> Matched {
    let outcome = match seen.verdict {
        Verdict::Flag(severity) => severity.word(),
        Verdict::Sign => "sign",
        Verdict::Dropped(_) => "dropped",
    };
    Matched {
        rule: seen.id.to_owned(),
        words: text.get(seen.octets.clone()).unwrap_or_default().to_owned(),
        outcome,
        lowered_by: seen.lowered_by.map(Reason::word),
        is_raised: seen.is_raised,
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sure = if self.is_sure { "sure" } else { "not sure" };
        writeln!(f, "language: {} ({sure}); rules: {}", self.language.unwrap_or("none"), self.running.join(", "))?;
        for (section, words) in &self.sentences {
            writeln!(f, "{section:9} {words}")?;
        }
        for one in &self.matches {
            let raised = if one.is_raised { ", raised" } else { "" };
            let lowered = one.lowered_by.map(|by| format!(", by {by}")).unwrap_or_default();
            writeln!(f, "match     {}: {}{raised}{lowered}: {}", one.rule, one.outcome, one.words)?;
        }
        for question in &self.questions {
            writeln!(f, "question  {question}")?;
        }
        for score in &self.scores {
            writeln!(f, "score     {}: {} of {}: {}", score.of, score.sum, score.threshold, score.signs.join(", "))?;
        }
        Ok(())
    }
}
