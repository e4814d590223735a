//! The words of all rules: which classes of words a typed word belongs to.

mod search;
mod table;

use crate::pattern::{Care, Shape, Spelling};
use crate::spelling::{folded, losses, plain, written};
use brevbro_core::party::Language;
pub(crate) use search::{Classes, Search};
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};
use table::Table;

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
    tongue_of: Vec<Language>,
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
        self.tongue_of.push(language);
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
            return table.add(&form, id);
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
            table.add(form, id);
        }
        if spelling.shape == Shape::Whole {
            for typed in chat.get(&plain(&written)).into_iter().flatten() {
                self.whole.add(typed, id);
            }
        }
        if spelling.care == Care::OneEdit {
            self.enter_near(id, spelling.shape, &forms);
        }
    }

    fn enter_near(&mut self, id: WordId, shape: Shape, forms: &[String]) {
        let table = if shape == Shape::Whole { &mut self.near } else { &mut self.near_beginning };
        for loss in forms.iter().flat_map(|form| losses(form)) {
            table.add(&loss, id);
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
    pub(crate) fn classes(&self) -> usize {
        self.cost_of_class.len()
    }

    /// Gives back what only building needs.
    pub(crate) fn settle(&mut self) {
        self.words = <[Known<Spelling, WordId>; 4]>::default();
        self.classes = Known::default();
        self.cost_of = Vec::new();
        let tables = [&mut self.exact, &mut self.whole, &mut self.beginning, &mut self.within, &mut self.short];
        for table in tables.into_iter().chain([&mut self.short_beginning, &mut self.near, &mut self.near_beginning]) {
            table.settle();
        }
        self.ending.settle_backwards();
    }

    /// Somebody who looks up one word after the other, for some languages.
    pub(crate) fn search<'l>(&'l self, running: &'l [Language]) -> Search<'l> {
        Search::new(self, running)
    }

    /// The classes of some words of the languages that run.
    fn classes_of_words(&self, words: &[WordId], running: &[Language], into: &mut Vec<ClassId>) {
        let ours = |word: &&WordId| self.tongue_of.get(place(**word)).is_some_and(|tongue| running.contains(tongue));
        let all = words.iter().filter(ours).filter_map(|word| self.member_of.get(place(*word)));
        into.clear();
        into.extend(all.flatten());
        into.sort_unstable();
        into.dedup();
    }
}

fn place(word: WordId) -> usize {
    word.0 as usize
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

    struct Found {
        sure: Vec<ClassId>,
        bare: Vec<ClassId>,
        steps: usize,
    }

    fn of(lexicon: &Lexicon, typed: &str) -> Found {
        let written = written(typed);
        let mut search = lexicon.search(Language::ALL.as_slice());
        let mut all = Vec::new();
        let found = search.classes_of(&written, &plain(&written), &mut all);
        Found { sure: all[found.sure].to_vec(), bare: all[found.bare].to_vec(), steps: search.steps() }
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
                assert_eq!(of(&lexicon, typed).bare, classes, "{word} should match {typed}");
            }
            for typed in no.split(' ') {
                assert!(of(&lexicon, typed).bare.is_empty(), "{word} should not match {typed}");
            }
        }
    }

    #[test]
    fn short_words_are_folded_for_those_who_write_no_diacritics() {
        let table = [("möt", "mot"), ("död*", "dodlig"), ("får", "far")];
        for (word, typed) in table {
            let (lexicon, classes) = lexicon(&[word]);
            let found = of(&lexicon, typed);
            assert!(found.sure.is_empty() && found.bare == classes, "{word} {typed}");
        }
        for (word, typed) in [("möta*", "motad"), ("möter", "moter"), ("får", "faar"), ("får", "får")] {
            let (lexicon, classes) = lexicon(&[word]);
            assert_eq!(of(&lexicon, typed).sure.is_empty(), word == "möta*", "{word} {typed}");
            assert_eq!(of(&lexicon, typed).bare, classes);
        }
    }

    #[test]
    fn a_word_is_entered_once_and_a_long_one_costs_little() {
        let (lexicon, classes) = lexicon(&["rain*", "rain*", "*rain*", "~umbrella*"]);
        assert_eq!(classes.first(), classes.get(1));
        assert_eq!(lexicon.classes(), 3);
        let steps = of(&lexicon, &"a".repeat(100_000)).steps;
        assert!(steps < 10_000, "{steps} look-ups");
    }
}
