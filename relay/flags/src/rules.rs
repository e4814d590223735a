//! The rules of all languages, read from files and ready to run.

mod cue;
mod file;
mod keys;
pub(crate) mod parts;
mod refusal;
mod rule;

pub use refusal::Refusal;

use crate::Letter;
use crate::lexicon::Lexicon;
use crate::matching::Bench;
use crate::program::{Pass, PatternId, Program};
use brevbro_core::party::Language;
use file::{Gathered, Purpose};
use parts::{Allowed, Case, Cue, Finder, Rule, Tongue};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Rules, checked and compiled. Files come in as texts: this room reads no disk.
pub struct Rules {
    pub(crate) program: Program,
    pub(crate) lexicon: Lexicon,
    pub(crate) all: Vec<Rule>,
    /// The rules each pattern belongs to.
    of_pattern: Vec<Vec<usize>>,
    pub(crate) finders: Vec<Finder>,
    pub(crate) tongues: BTreeMap<Language, Tongue>,
    pub(crate) allowed: Allowed,
    pub(crate) cases: Vec<Case>,
    benches: Mutex<Vec<Bench>>,
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rules({} rules, {} finders)", self.all.len(), self.finders.len())
    }
}

/// The files this programme brings along.
const EMBEDDED: [(&str, &str); 4] = [
    ("sv.toml", include_str!("../rules/sv.toml")),
    ("da.toml", include_str!("../rules/da.toml")),
    ("nb.toml", include_str!("../rules/nb.toml")),
    ("en.toml", include_str!("../rules/en.toml")),
];

impl Rules {
    /// Reads files and runs their tests; a failing one refuses its file.
    pub fn load(files: &[(&str, &str)]) -> Result<Self, Refusal> {
        let rules = Self::read(files)?;
        rules.first_failure().map_or(Ok(rules), Err)
    }

    /// The rules this programme brings along. Their tests run with the tests of this crate.
    pub fn embedded() -> Result<Self, Refusal> {
        Self::gather(&EMBEDDED, &Purpose::Letters)
    }

    /// What of them one letter can need: for a process that looks at this letter and ends.
    pub fn embedded_for(letter: &Letter<'_>) -> Result<Self, Refusal> {
        let (running, vocabulary) = letter.needs();
        let is_running = |(name, _): &&(&str, &str)| running.iter().any(|language| name.starts_with(language.tag()));
        let files: Vec<(&str, &str)> = EMBEDDED.iter().filter(is_running).copied().collect();
        Self::gather(&files, &vocabulary.map_or(Purpose::Letters, Purpose::OneLetter))
    }

    /// All of them with their tests, to be checked.
    pub fn embedded_with_tests() -> Result<Self, Refusal> {
        Self::gather(&EMBEDDED, &Purpose::Tests)
    }

    /// The version of each language's file, for whoever judges what it found.
    pub fn versions(&self) -> BTreeMap<Language, &str> {
        self.tongues.iter().map(|(language, tongue)| (*language, tongue.version.as_str())).collect()
    }

    /// Reads files, each with the name it is spoken of by. Their tests are not run: see [`Self::check`].
    pub fn read(files: &[(&str, &str)]) -> Result<Self, Refusal> {
        Self::gather(files, &Purpose::Tests)
    }

    fn gather(files: &[(&str, &str)], purpose: &Purpose) -> Result<Self, Refusal> {
        let mut all = Gathered::default();
        for (name, text) in files {
            file::read(name, text, purpose, &mut all)?;
        }
        all.lexicon.settle();
        let Gathered { program, lexicon, rules, finders, tongues, allowed, cases, .. } = all;
        let benches = Mutex::new(Vec::new());
        let mut rules =
            Self { program, lexicon, all: rules, of_pattern: Vec::new(), finders, tongues, allowed, cases, benches };
        rules.arrange();
        Ok(rules)
    }

    /// Sorts the patterns by what they are run for, and says which rules each belongs to.
    fn arrange(&mut self) {
        let tongues = || self.tongues.values();
        let idioms = tongues().flat_map(|t| &t.idioms).flat_map(|i| i.patterns.iter().chain(&i.unless)).copied();
        let idioms: BTreeSet<PatternId> = idioms.collect();
        let finders = self.finders.iter().filter_map(|finder| finder.need.as_ref());
        let answers = tongues().flat_map(|t| t.yes.iter().chain(&t.no));
        let questions = tongues().flat_map(|t| &t.questions).flat_map(|question| &question.patterns);
        let rules = self.all.iter().flat_map(|rule| &rule.patterns);
        let around = self.all.iter().flat_map(Rule::around).chain(finders).flat_map(|near| &near.patterns);
        let cues = tongues().flat_map(|t| &t.cues).flat_map(Cue::all_patterns);
        let false_negations = tongues().flat_map(|t| &t.false_negation);
        let all = rules.chain(around).chain(cues).chain(false_negations).chain(answers).chain(questions);
        let all: BTreeSet<PatternId> = all.copied().collect();
        self.of_pattern = vec![Vec::new(); self.program.patterns.len()];
        for (number, rule) in self.all.iter().enumerate() {
            for pattern in &rule.patterns {
                if let Some(of) = self.of_pattern.get_mut(pattern.0 as usize) {
                    of.push(number);
                }
            }
        }
        let classes = self.lexicon.classes();
        self.program.arrange(Pass::Idioms, &idioms, classes);
        self.program.arrange(Pass::Letter, &all, classes);
    }

    /// The rules that have one of these patterns, in their order.
    pub(crate) fn with(&self, patterns: impl Iterator<Item = PatternId>) -> impl Iterator<Item = &Rule> {
        let numbers = patterns.filter_map(|pattern| self.of_pattern.get(pattern.0 as usize)).flatten().copied();
        let numbers: BTreeSet<usize> = numbers.collect();
        numbers.into_iter().filter_map(|number| self.all.get(number))
    }

    /// Lends a bench to one letter; the benches are made once and lent again and again.
    pub(crate) fn with_bench<T>(&self, work: impl FnOnce(&mut Bench) -> T) -> T {
        let benches = || self.benches.lock().unwrap_or_else(PoisonError::into_inner);
        let lent = benches().pop();
        let mut bench = lent.unwrap_or_else(|| Bench::new(self.lexicon.classes(), self.program.patterns.len()));
        let done = work(&mut bench);
        benches().push(bench);
        done
    }
}

#[cfg(test)]
#[path = "rules/tests.rs"]
mod tests;
