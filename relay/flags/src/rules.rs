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
use crate::program::{PatternId, Program};
use brevbro_core::party::Language;
use file::{Gathered, Purpose};
use parts::{Allowed, Case, Finder, Rule, Tongue};
use std::collections::BTreeMap;
use std::fmt;

/// Rules, checked and compiled. Files come in as texts: this room reads no disk.
pub struct Rules {
    pub(crate) program: Program,
    pub(crate) lexicon: Lexicon,
    pub(crate) all: Vec<Rule>,
    pub(crate) finders: Vec<Finder>,
    pub(crate) tongues: BTreeMap<Language, Tongue>,
    pub(crate) allowed: Allowed,
    pub(crate) cases: Vec<Case>,
    /// Which patterns belong to idioms, by number: they run first, and alone.
    of_idioms: Vec<bool>,
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
        let mut of_idioms = vec![false; program.patterns.len()];
        for idiom in tongues.values().flat_map(|tongue| &tongue.idioms) {
            for pattern in idiom.patterns.iter().chain(&idiom.unless) {
                if let Some(mark) = of_idioms.get_mut(pattern.0 as usize) {
                    *mark = true;
                }
            }
        }
        Ok(Self { program, lexicon, all: rules, finders, tongues, allowed, cases, of_idioms })
    }

    pub(crate) fn is_of_idiom(&self, pattern: PatternId) -> bool {
        self.of_idioms.get(pattern.0 as usize).copied().unwrap_or(false)
    }
}

#[cfg(test)]
#[path = "rules/tests.rs"]
mod tests;
