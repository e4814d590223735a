//! A letter as sentences and words, each with its octets in the letter.

mod member;
mod section;
mod word;

pub(crate) use section::Block;
pub use section::Section;

use crate::budget::{Budget, Spent};
use crate::lexicon::{ClassId, Lexicon};
use member::Form;
use std::collections::HashMap;
use std::ops::Range;
pub(crate) use word::{Mark, Piece, pieces};

/// One word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Which of the letter's different words it is.
    pub(crate) form: u32,
    pub(crate) sentence: u32,
    /// Whether a comma, a dash or the like stands before it.
    pub(crate) after_pause: bool,
    /// Whether it is part of an idiom, and so of no match.
    pub(crate) in_idiom: bool,
    /// Whether it stands among words without diacritics.
    is_bare: bool,
}

/// One sentence.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    /// Its words, by number.
    pub(crate) words: Range<usize>,
    pub(crate) section: Section,
    /// Whether it ends with a question mark.
    pub(crate) asks: bool,
}

/// A letter that has been read.
pub(crate) struct Reading<'t> {
    pub(crate) text: &'t str,
    pub(crate) tokens: Vec<Token>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) blocks: Vec<Block>,
    /// The classes of each of the letter's different words.
    forms: Vec<Form>,
    tables: usize,
    by_text: HashMap<&'t str, u32>,
}

/// Words of one letter that have a table, at about a kilobyte each.
const MOST_TABLES: usize = 500;

impl<'t> Reading<'t> {
    /// Reads a letter.
    pub(crate) fn of(text: &'t str, lexicon: &Lexicon, budget: &mut Budget) -> Result<Self, Spent> {
        let blocks = section::blocks(text);
        let mut reading = Self {
            text,
            tokens: Vec::new(),
            sentences: Vec::new(),
            blocks: Vec::new(),
            forms: Vec::new(),
            tables: 0,
            by_text: HashMap::new(),
        };
        for block in &blocks {
            reading.block(block, lexicon, budget)?;
        }
        reading.blocks = blocks;
        Ok(reading)
    }

    fn block(&mut self, block: &Block, lexicon: &Lexicon, budget: &mut Budget) -> Result<(), Spent> {
        let mut first = self.tokens.len();
        let mut after_pause = false;
        let pieces = pieces(self.text, &block.lines);
        let is_bare = is_bare(self.text, &pieces);
        for piece in pieces {
            match piece {
                Piece::Word(octets) => {
                    let form = self.form(octets.clone(), lexicon, budget)?;
                    let sentence = u32::try_from(self.sentences.len()).unwrap_or(u32::MAX);
                    let Range { start, end } = octets;
                    self.tokens.push(Token { start, end, form, sentence, after_pause, in_idiom: false, is_bare });
                    after_pause = false;
                }
                Piece::Mark(Mark::Pause) => after_pause = true,
                Piece::Mark(mark) => {
                    self.end_sentence(first, block.section, mark == Mark::Question);
                    first = self.tokens.len();
                    after_pause = false;
                }
            }
        }
        self.end_sentence(first, block.section, false);
        Ok(())
    }

    fn end_sentence(&mut self, first: usize, section: Section, asks: bool) {
        let words = first..self.tokens.len();
        if !words.is_empty() {
            self.sentences.push(Sentence { words, section, asks });
        }
    }

    fn form(&mut self, octets: Range<usize>, lexicon: &Lexicon, budget: &mut Budget) -> Result<u32, Spent> {
        budget.spend(1)?;
        let word = self.text.get(octets).unwrap_or_default();
        if let Some(&known) = self.by_text.get(word) {
            return Ok(known);
        }
        let classes = lexicon.classes_of(word);
        budget.spend(classes.steps + word.len() / 8)?;
        let form = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
        let new = Form::new(classes, self.tables < MOST_TABLES);
        self.tables += usize::from(new.has_table());
        self.forms.push(new);
        self.by_text.insert(word, form);
        Ok(form)
    }

    /// Each word once.
    pub(crate) fn different_words(&self) -> impl Iterator<Item = &'t str> {
        self.by_text.keys().copied()
    }

    /// The classes a word may stand for; none within an idiom.
    pub(crate) fn classes(&self, token: usize) -> &[ClassId] {
        let Some(token) = self.tokens.get(token).filter(|token| !token.in_idiom) else { return &[] };
        self.forms.get(token.form as usize).map(|form| form.classes(token.is_bare)).unwrap_or_default()
    }

    /// Whether a word may stand for a class; none does within an idiom.
    pub(crate) fn is_of(&self, token: usize, class: ClassId) -> bool {
        let Some(token) = self.tokens.get(token).filter(|token| !token.in_idiom) else { return false };
        self.forms.get(token.form as usize).is_some_and(|form| form.is_of(class, token.is_bare))
    }

    pub(crate) fn sentence_of(&self, token: usize) -> Option<(usize, &Sentence)> {
        let number = self.tokens.get(token)?.sentence as usize;
        self.sentences.get(number).map(|sentence| (number, sentence))
    }

    /// The words of some sentences, counted from this one and within the letter.
    pub(crate) fn around(&self, sentence: usize, before: usize, after: usize) -> Range<usize> {
        let first = self.sentences.get(sentence.saturating_sub(before)).map_or(0, |s| s.words.start);
        let last = sentence.saturating_add(after).min(self.sentences.len().saturating_sub(1));
        first..self.sentences.get(last).map_or(first, |s| s.words.end)
    }

    /// The octets of some words.
    pub(crate) fn octets(&self, words: Range<usize>) -> Range<usize> {
        let start = self.tokens.get(words.start).map_or(0, |token| token.start);
        let last = words.end.checked_sub(1).and_then(|last| self.tokens.get(last));
        start..last.map_or(start, |token| token.end)
    }

    /// The word at or behind an octet.
    pub(crate) fn token_at(&self, octet: usize) -> usize {
        self.tokens.partition_point(|token| token.end <= octet)
    }
}

/// Whether so few words have diacritics that a word without any may lack its own. One word in four has some in Swedish,
/// and one in seven in Danish and Norwegian.
fn is_bare(text: &str, pieces: &[Piece]) -> bool {
    let (mut words, mut marked) = (0, 0);
    for piece in pieces {
        let Piece::Word(octets) = piece else { continue };
        words += 1;
        let word = text.get(octets.clone()).unwrap_or_default();
        marked += usize::from(word.contains(['å', 'ä', 'ö', 'æ', 'ø', 'Å', 'Ä', 'Ö', 'Æ', 'Ø', '\u{308}', '\u{30a}']));
    }
    marked * 12 < words || marked < 2
}

#[cfg(test)]
#[path = "text/tests.rs"]
mod tests;
