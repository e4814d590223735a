//! How a typed word is looked up: whole, by its beginnings and endings, by what is within it, and one edit away.

use super::table::{Rolling, Table};
use super::{ClassId, LONGEST, Lexicon, SHORT, WordId};
use crate::spelling::{one_edit, shortened, without_figures};
use brevbro_core::party::Language;
use std::ops::Range;

/// The classes of one typed word: places in the list of the letter's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Classes {
    /// In the letter of somebody who writes diacritics.
    pub(crate) sure: Range<usize>,
    /// In the letter of somebody who writes none.
    pub(crate) bare: Range<usize>,
}

/// Looks up one word after the other; what it needs for one is used again for the next.
pub(crate) struct Search<'l> {
    lexicon: &'l Lexicon,
    running: &'l [Language],
    found: Vec<WordId>,
    classes: Vec<ClassId>,
    /// Where the letters of the form begin, and where the last ends.
    cuts: Vec<usize>,
    /// The value of every beginning that ends at a cut.
    values: Vec<Rolling>,
    steps: usize,
}

impl<'l> Search<'l> {
    pub(super) fn new(lexicon: &'l Lexicon, running: &'l [Language]) -> Self {
        let (found, classes, cuts, values) = Default::default();
        Self { lexicon, running, found, classes, cuts, values, steps: 0 }
    }

    /// How many look-ups there were so far.
    pub(crate) fn steps(&self) -> usize {
        self.steps
    }

    /// Adds the classes of a word, in its written and in its plain form, each list in order.
    pub(crate) fn classes_of(&mut self, written: &str, plain: &str, all: &mut Vec<ClassId>) -> Classes {
        self.found.clear();
        self.exact(written);
        self.form(plain);
        for form in shortened(plain).into_iter().chain(without_figures(plain)) {
            self.form(&form);
        }
        let sure = self.add(all);
        let count = self.found.len();
        self.short(plain);
        let bare = if self.found.len() == count { sure.clone() } else { self.add(all) };
        Classes { sure, bare }
    }

    fn add(&mut self, all: &mut Vec<ClassId>) -> Range<usize> {
        self.lexicon.classes_of_words(&self.found, self.running, &mut self.classes);
        let start = all.len();
        all.extend(&self.classes);
        start..all.len()
    }

    fn exact(&mut self, written: &str) {
        self.take(&self.lexicon.exact, Rolling::of(written.bytes()).value(), written);
    }

    fn take(&mut self, table: &Table, value: u64, key: &str) {
        self.steps += 1;
        if table.may_have(value) {
            self.found.extend(table.words(key));
        }
    }

    fn form(&mut self, form: &str) {
        let lexicon = self.lexicon;
        let (mut cuts, mut values) = (std::mem::take(&mut self.cuts), std::mem::take(&mut self.values));
        cut(form, &mut cuts, &mut values);
        self.take(&lexicon.whole, values.last().copied().unwrap_or_default().value(), form);
        let head = cuts.iter().zip(&values).take(LONGEST + 1);
        for (&end, value) in head.skip(3) {
            self.take(&lexicon.beginning, value.value(), form.get(..end).unwrap_or_default());
        }
        self.ending(form, &cuts);
        if cuts.len() <= LONGEST + 1 {
            self.within(form, &cuts);
            self.near(form, &cuts, &values);
        }
        (self.cuts, self.values) = (cuts, values);
    }

    fn ending(&mut self, form: &str, cuts: &[usize]) {
        let lexicon = self.lexicon;
        let mut value = Rolling::default();
        let tail = cuts.get(cuts.len().saturating_sub(LONGEST + 1)..).unwrap_or_default();
        for (length, pair) in tail.windows(2).rev().enumerate() {
            let [start, end] = pair else { continue };
            value = form.as_bytes().get(*start..*end).unwrap_or_default().iter().rev().fold(value, |v, o| v.with(*o));
            if length >= 2 {
                self.take(&lexicon.ending, value.value(), form.get(*start..).unwrap_or_default());
            }
        }
    }

    fn within(&mut self, form: &str, cuts: &[usize]) {
        let lexicon = self.lexicon;
        if lexicon.within.is_empty() {
            return;
        }
        for (n, &start) in cuts.iter().enumerate() {
            let mut value = Rolling::default();
            let mut at = start;
            for (length, &end) in cuts.iter().skip(n + 1).enumerate() {
                value = form.as_bytes().get(at..end).unwrap_or_default().iter().fold(value, |v, o| v.with(*o));
                at = end;
                if length >= 2 {
                    self.take(&lexicon.within, value.value(), form.get(start..end).unwrap_or_default());
                }
            }
        }
    }

    /// Short words typed without their diacritics.
    fn short(&mut self, form: &str) {
        let lexicon = self.lexicon;
        self.take(&lexicon.short, Rolling::of(form.bytes()).value(), form);
        for (end, _) in form.char_indices().chain([(form.len(), ' ')]).skip(3).take(SHORT - 2) {
            let beginning = form.get(..end).unwrap_or_default();
            self.take(&lexicon.short_beginning, Rolling::of(beginning.bytes()).value(), beginning);
        }
    }

    /// Words that are one edit away; from six letters on, since one of seven may be missing.
    fn near(&mut self, form: &str, cuts: &[usize], values: &[Rolling]) {
        let lexicon = self.lexicon;
        if cuts.len() < 7 || (lexicon.near.is_empty() && lexicon.near_beginning.is_empty()) {
            return;
        }
        self.losses(&lexicon.near, form, cuts, values);
        if lexicon.near_beginning.is_empty() {
            return;
        }
        for letters in 6..cuts.len() {
            let (cuts, values) = (cuts.get(..=letters).unwrap_or_default(), values.get(..=letters).unwrap_or_default());
            self.losses(&lexicon.near_beginning, form, cuts, values);
        }
    }

    /// Looks up a beginning of a form, whole and with each of its letters left out.
    fn losses(&mut self, table: &Table, form: &str, cuts: &[usize], values: &[Rolling]) {
        let (Some(&end), Some(&whole)) = (cuts.last(), values.last()) else { return };
        self.steps += cuts.len();
        if table.may_have(whole.value()) {
            self.compare(table, form.get(..end).unwrap_or_default(), form.get(..end).unwrap_or_default());
        }
        for (ends, values) in cuts.windows(2).zip(values.windows(2)) {
            let ([start, behind], [before, with]) = (ends, values) else { continue };
            if table.may_have(before.and_rest(whole, *with, end - behind)) {
                let rest = form.get(*behind..end).unwrap_or_default();
                let shorter = [form.get(..*start).unwrap_or_default(), rest].concat();
                self.compare(table, &shorter, form.get(..end).unwrap_or_default());
            }
        }
    }

    /// Takes the words under a key that are one edit away from what was typed.
    fn compare(&mut self, table: &Table, key: &str, typed: &str) {
        let words = table.words(key);
        if words.is_empty() {
            return;
        }
        let letters: Vec<char> = typed.chars().collect();
        for word in words {
            let forms = self.lexicon.forms.get(word);
            if forms.into_iter().flatten().any(|known| one_edit(&letters, known)) {
                self.found.push(*word);
            }
        }
    }
}

/// Cuts a form into its letters, with the value of every beginning.
fn cut(form: &str, cuts: &mut Vec<usize>, values: &mut Vec<Rolling>) {
    cuts.clear();
    values.clear();
    let mut value = Rolling::default();
    let mut last = 0;
    for end in form.char_indices().map(|(at, _)| at).chain([form.len()]) {
        value = form.as_bytes().get(last..end).unwrap_or_default().iter().fold(value, |v, o| v.with(*o));
        cuts.push(end);
        values.push(value);
        last = end;
    }
}
