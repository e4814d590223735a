//! The words of all rules: which classes of words a typed word belongs to.

use crate::pattern::{Care, Shape, Spelling};
use crate::spelling::{folded, losses, one_edit, plain, shortened, without_figures, written};
use brevbro_core::party::Language;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

/// A number of one class: words that may stand at the same place of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ClassId(pub(crate) u32);

/// A number of one word of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WordId(u32);

/// A hash for keys that come from rule files alone; letters are only looked up, so nobody can make keys collide.
#[derive(Default)]
pub(crate) struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, octets: &[u8]) {
        for chunk in octets.chunks(8) {
            let mut eight = [0; 8];
            for (to, from) in eight.iter_mut().zip(chunk) {
                *to = *from;
            }
            self.0 = (self.0.rotate_left(5) ^ u64::from_le_bytes(eight)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
    }
}

/// A table with keys from rule files.
pub(crate) type Known<K, V> = HashMap<K, V, BuildHasherDefault<Quick>>;
type Table = Known<Box<str>, Vec<WordId>>;

/// The tables, once all files are read.
#[derive(Default)]
pub(crate) struct Lexicon {
    exact: Table,
    whole: Table,
    beginning: Table,
    ending: Table,
    within: Table,
    /// Short words without their diacritics: too often other words ("möt" and "mot").
    short: Table,
    short_beginning: Table,
    /// One-edit words by what is left when a letter is taken out.
    near: Table,
    near_beginning: Table,
    /// The forms a one-edit word is compared with, by word.
    forms: Known<WordId, Vec<Vec<char>>>,
    words: [Known<Spelling, WordId>; 4],
    classes: Known<Vec<WordId>, ClassId>,
    member_of: Vec<Vec<ClassId>>,
    cost_of: Vec<u32>,
    cost_of_class: Vec<u32>,
}

/// A word of so many letters is short.
const SHORT: usize = 4;

/// No word of a language is longer; a longer token is looked up by its beginning alone.
const LONGEST: usize = 40;

impl Lexicon {
    /// Takes in a word of a language, with the chat forms of that language.
    pub(crate) fn word(
        &mut self,
        language: Language,
        spelling: &Spelling,
        chat: &BTreeMap<String, Vec<String>>,
    ) -> WordId {
        let number = language as usize;
        if let Some(&known) = self.words.get(number).and_then(|words| words.get(spelling)) {
            return known;
        }
        let id = WordId(u32::try_from(self.member_of.len()).unwrap_or(u32::MAX));
        if let Some(words) = self.words.get_mut(number) {
            words.insert(spelling.clone(), id);
        }
        self.member_of.push(Vec::new());
        self.cost_of.push(cost(spelling));
        self.enter(id, spelling, chat);
        id
    }

    fn enter(&mut self, id: WordId, spelling: &Spelling, chat: &BTreeMap<String, Vec<String>>) {
        let written = written(&spelling.letters);
        if spelling.care == Care::Exact {
            let table = match spelling.shape {
                Shape::Whole => &mut self.exact,
                Shape::Beginning => &mut self.beginning,
                Shape::Ending => &mut self.ending,
                Shape::Within => &mut self.within,
            };
            let form = if spelling.shape == Shape::Whole { written } else { plain(&written) };
            return add(table, &form, id);
        }
        let forms = folded(&plain(&written));
        let is_short = spelling.letters.chars().count() <= SHORT;
        for (number, form) in forms.iter().enumerate() {
            let table = match spelling.shape {
                Shape::Whole if is_short && number == 1 => &mut self.short,
                Shape::Beginning if is_short && number == 1 => &mut self.short_beginning,
                Shape::Whole => &mut self.whole,
                Shape::Beginning => &mut self.beginning,
                Shape::Ending => &mut self.ending,
                Shape::Within => &mut self.within,
            };
            add(table, form, id);
        }
        if spelling.shape == Shape::Whole {
            for typed in chat.get(&plain(&written)).into_iter().flatten() {
                add(&mut self.whole, typed, id);
            }
        }
        if spelling.care == Care::OneEdit {
            self.enter_near(id, spelling.shape, &forms);
        }
    }

    fn enter_near(&mut self, id: WordId, shape: Shape, forms: &[String]) {
        let table = if shape == Shape::Whole { &mut self.near } else { &mut self.near_beginning };
        for loss in forms.iter().flat_map(|form| losses(form)) {
            add(table, &loss, id);
        }
        self.forms.insert(id, forms.iter().map(|form| form.chars().collect()).collect());
    }

    /// The class of some words.
    pub(crate) fn class(&mut self, mut words: Vec<WordId>) -> ClassId {
        words.sort_unstable();
        words.dedup();
        if let Some(&known) = self.classes.get(&words) {
            return known;
        }
        let id = ClassId(u32::try_from(self.cost_of_class.len()).unwrap_or(u32::MAX));
        let mut cost = 0_u32;
        for word in &words {
            if let (Some(classes), Some(more)) = (self.member_of.get_mut(place(*word)), self.cost_of.get(place(*word)))
            {
                classes.push(id);
                cost = cost.saturating_add(*more);
            }
        }
        self.cost_of_class.push(cost);
        self.classes.insert(words, id);
        id
    }

    /// How often a word of the class must be expected, in no unit.
    pub(crate) fn cost(&self, class: ClassId) -> u32 {
        self.cost_of_class.get(class.0 as usize).copied().unwrap_or(u32::MAX)
    }

    /// How many classes there are.
    #[cfg(test)]
    pub(crate) fn classes(&self) -> usize {
        self.cost_of_class.len()
    }

    /// Gives back what only building needs.
    pub(crate) fn settle(&mut self) {
        self.words = <[Known<Spelling, WordId>; 4]>::default();
        self.classes = Known::default();
        self.cost_of = Vec::new();
    }

    /// The classes a typed word belongs to.
    pub(crate) fn classes_of(&self, typed: &str) -> Classes {
        let mut search = Search { lexicon: self, found: Vec::new(), steps: 0 };
        let written = written(typed);
        let plain = plain(&written);
        search.take(&self.exact, &written);
        let (shorter, lettered) = (shortened(&plain), without_figures(&plain));
        for form in std::iter::once(&plain).chain(&shorter).chain(&lettered) {
            search.form(form);
        }
        let sure = self.classes_of_words(&search.found);
        let count = search.found.len();
        search.short(&plain);
        let bare = if search.found.len() == count { sure.clone() } else { self.classes_of_words(&search.found) };
        Classes { sure, bare, steps: search.steps }
    }

    fn classes_of_words(&self, words: &[WordId]) -> Vec<ClassId> {
        let mut classes: Vec<ClassId> =
            words.iter().filter_map(|word| self.member_of.get(place(*word))).flatten().copied().collect();
        classes.sort_unstable();
        classes.dedup();
        classes
    }
}

/// The classes of one typed word, each list in order.
pub(crate) struct Classes {
    /// In the letter of somebody who writes diacritics.
    pub(crate) sure: Vec<ClassId>,
    /// In the letter of somebody who writes none.
    pub(crate) bare: Vec<ClassId>,
    /// How many look-ups that took.
    pub(crate) steps: usize,
}

fn place(word: WordId) -> usize {
    word.0 as usize
}

fn add(table: &mut Table, key: &str, id: WordId) {
    match table.get_mut(key) {
        Some(all) if all.contains(&id) => {}
        Some(all) => all.push(id),
        None => drop(table.insert(key.into(), vec![id])),
    }
}

/// Short words are common ones.
fn cost(spelling: &Spelling) -> u32 {
    let whole = match spelling.letters.chars().count() {
        0..=2 => 64,
        3 => 40,
        4 => 20,
        5 => 8,
        6 => 4,
        _ => 2,
    };
    if spelling.shape == Shape::Whole { whole } else { whole * 2 }
}

struct Search<'l> {
    lexicon: &'l Lexicon,
    found: Vec<WordId>,
    steps: usize,
}

impl Search<'_> {
    fn take(&mut self, table: &Table, key: &str) {
        self.steps += 1;
        if let Some(words) = table.get(key) {
            self.found.extend(words);
        }
    }

    fn form(&mut self, form: &str) {
        let lexicon = self.lexicon;
        self.take(&lexicon.whole, form);
        let cuts: Vec<usize> = form.char_indices().map(|(at, _)| at).chain([form.len()]).collect();
        let head = cuts.get(..cuts.len().min(LONGEST + 1)).unwrap_or_default();
        for &end in head.iter().skip(3) {
            self.take(&lexicon.beginning, form.get(..end).unwrap_or_default());
        }
        let tail = cuts.get(cuts.len().saturating_sub(LONGEST + 1)..).unwrap_or_default();
        for &start in tail.iter().rev().skip(3) {
            self.take(&lexicon.ending, form.get(start..).unwrap_or_default());
        }
        if cuts.len() > LONGEST + 1 {
            return;
        }
        if !lexicon.within.is_empty() {
            for (n, &start) in cuts.iter().enumerate() {
                for &end in cuts.iter().skip(n + 3) {
                    self.take(&lexicon.within, form.get(start..end).unwrap_or_default());
                }
            }
        }
        self.near(form, &cuts);
    }

    /// Short words typed without their diacritics.
    fn short(&mut self, form: &str) {
        let lexicon = self.lexicon;
        self.take(&lexicon.short, form);
        for (end, _) in form.char_indices().chain([(form.len(), ' ')]).skip(3).take(SHORT - 2) {
            self.take(&lexicon.short_beginning, form.get(..end).unwrap_or_default());
        }
    }

    /// Words that are one edit away; from six letters on, since one of seven may be missing.
    fn near(&mut self, form: &str, cuts: &[usize]) {
        if cuts.len() < 7 || (self.lexicon.near.is_empty() && self.lexicon.near_beginning.is_empty()) {
            return;
        }
        let letters: Vec<char> = form.chars().collect();
        self.nearest(&self.lexicon.near, form, &letters);
        if self.lexicon.near_beginning.is_empty() {
            return;
        }
        for (n, &end) in cuts.iter().enumerate().skip(6) {
            let (head, letters) = (form.get(..end).unwrap_or_default(), letters.get(..n).unwrap_or_default());
            self.nearest(&self.lexicon.near_beginning, head, letters);
        }
    }

    fn nearest(&mut self, table: &Table, form: &str, letters: &[char]) {
        for loss in losses(form) {
            self.steps += 1;
            for word in table.get(loss.as_str()).into_iter().flatten() {
                let forms = self.lexicon.forms.get(word);
                if forms.into_iter().flatten().any(|known| one_edit(letters, known)) {
                    self.found.push(*word);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::{Choice, Part, parse};

    fn lexicon(words: &[&str]) -> (Lexicon, Vec<ClassId>) {
        let mut lexicon = Lexicon::default();
        let chat = BTreeMap::from([("because".to_owned(), vec!["bc".to_owned()])]);
        let mut classes = Vec::new();
        for word in words {
            let parts = parse(word).unwrap();
            let [Part::Words(choices)] = parts.as_slice() else { panic!("{word} is no word") };
            let Some(Choice::Word(spelling)) = choices.first() else { panic!("{word} is a set") };
            let id = lexicon.word(Language::Swedish, spelling, &chat);
            classes.push(lexicon.class(vec![id]));
        }
        lexicon.settle();
        (lexicon, classes)
    }

    #[test]
    fn words_are_found_as_people_type_them() {
        let table = [
            ("får", "FÅR far faar fåååår", "fa for"),
            ("far", "far Far", "får fars"),
            ("=får", "får", "far faar"),
            ("dör", "dör dør dor doer", "do"),
            ("don't", "don't dont don’t", "don"),
            ("=we're", "we're we’re", "were"),
            ("rain*", "rain rainy rain-coat Rainbow", "ra train"),
            ("*coat", "coat raincoat", "coats"),
            ("*rain*", "rain train brains", "ran"),
            ("~umbrella", "umbrella umbrela umbrellla umberlla umbralla", "umbrel umbrellas2 ella"),
            ("~umbrella*", "umbrellas umbrelas umbralla umberllas umbrlla", "umber umbro"),
            ("~sjalvklar", "sjalvklar", "kalv"),
            ("~självklar", "sjalvklr självklra sjælvklar", "själv"),
            ("umbrella", "umbr3lla umbrel*la umbr3ll4", "umbr8lla 3"),
            ("because", "bc because becauseee", "b"),
        ];
        for (word, yes, no) in table {
            let (lexicon, classes) = lexicon(&[word]);
            for typed in yes.split(' ') {
                assert_eq!(lexicon.classes_of(typed).bare, classes, "{word} should match {typed}");
            }
            for typed in no.split(' ') {
                assert!(lexicon.classes_of(typed).bare.is_empty(), "{word} should not match {typed}");
            }
        }
    }

    #[test]
    fn short_words_are_folded_for_those_who_write_no_diacritics() {
        let table = [("möt", "mot"), ("död*", "dodlig"), ("får", "far")];
        for (word, typed) in table {
            let (lexicon, classes) = lexicon(&[word]);
            let found = lexicon.classes_of(typed);
            assert!(found.sure.is_empty() && found.bare == classes, "{word} {typed}");
        }
        for (word, typed) in [("möta*", "motad"), ("möter", "moter"), ("får", "faar"), ("får", "får")] {
            let (lexicon, classes) = lexicon(&[word]);
            assert_eq!(lexicon.classes_of(typed).sure.is_empty(), word == "möta*", "{word} {typed}");
            assert_eq!(lexicon.classes_of(typed).bare, classes);
        }
    }

    #[test]
    fn a_word_is_entered_once_and_a_long_one_costs_little() {
        let (lexicon, classes) = lexicon(&["rain*", "rain*", "*rain*", "~umbrella*"]);
        assert_eq!(classes.first(), classes.get(1));
        assert_eq!(lexicon.classes(), 3);
        let steps = lexicon.classes_of(&"a".repeat(100_000)).steps;
        assert!(steps < 10_000, "{steps} look-ups");
    }
}
