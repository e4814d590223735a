//! The words of one letter, to leave out the patterns that cannot match it: for a process that reads one letter alone,
//! compiling all rules would cost more than everything else.

use crate::pattern::{Care, Shape, Spelling};
use crate::spelling::{folded, plain, shortened, without_figures, written};
use crate::text::Reading;
use std::collections::{BTreeMap, HashSet};

/// The words of a letter and their beginnings, in all forms they are looked up by.
pub(crate) struct Vocabulary {
    words: HashSet<String>,
    beginnings: HashSet<String>,
}

/// Beginnings are kept up to this length, in letters.
const LONGEST: usize = 24;

impl Vocabulary {
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        let mut vocabulary = Self { words: HashSet::new(), beginnings: HashSet::new() };
        for word in reading.different_words() {
            let written = written(word);
            let plain = plain(&written);
            let others = shortened(&plain).into_iter().chain(without_figures(&plain));
            for form in others.chain([plain.clone(), written]) {
                vocabulary.add(form);
            }
        }
        vocabulary
    }

    fn add(&mut self, form: String) {
        let ends = form.char_indices().map(|(end, _)| end).chain([form.len()]).skip(3).take(LONGEST);
        for end in ends {
            let beginning = form.get(..end).unwrap_or_default();
            if !self.beginnings.contains(beginning) {
                self.beginnings.insert(beginning.to_owned());
            }
        }
        self.words.insert(form);
    }

    /// Whether a word of a pattern may be in the letter. In doubt it may.
    pub(crate) fn may_hold(&self, spelling: &Spelling, chat: &BTreeMap<String, Vec<String>>) -> bool {
        let is_open = matches!(spelling.shape, Shape::Ending | Shape::Within);
        if spelling.care == Care::OneEdit || is_open || spelling.letters.chars().count() > LONGEST {
            return true;
        }
        let written = written(&spelling.letters);
        let bare = plain(&written);
        let known = if spelling.shape == Shape::Whole { &self.words } else { &self.beginnings };
        known.contains(&written)
            || folded(&bare).iter().any(|form| known.contains(form))
            || chat.get(&bare).into_iter().flatten().any(|typed| known.contains(typed))
    }
}
