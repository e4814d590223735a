//! Whether a line is made of what clients write above a quote (a date, a verb, a name, an address) and nothing else.

use super::words::{is_small, is_start, is_verb};
use crate::text::voice;

/// Most words in capitals of one name, with what stands around it.
pub(super) const CAPITALS: usize = 7;

/// Whether a line names an address, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Address {
    #[default]
    None,
    /// In the midst of words, as people write one.
    Bare,
    /// In brackets, as programs do.
    Bracketed,
}

/// What the words of a line are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) has_verb: bool,
    pub(super) address: Address,
    /// Words in capitals, as names are written.
    pub(super) capitals: usize,
    /// Words that are neither in capitals nor known.
    pub(super) strange: usize,
    /// A word no client writes: somebody tells a story.
    pub(super) tells: bool,
}

impl Phrase {
    pub(super) fn of(text: &str) -> Self {
        let mut phrase = Self::default();
        text.split_whitespace().for_each(|word| phrase.add(word));
        phrase
    }

    /// Both phrases as one.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            has_verb: self.has_verb || other.has_verb,
            address: self.address.max(other.address),
            capitals: self.capitals + other.capitals,
            strange: self.strange + other.strange,
            tells: self.tells || other.tells,
        }
    }

    fn add(&mut self, word: &str) {
        if word.contains('@') {
            self.address = self.address.max(address(word));
            return;
        }
        if word.contains(|c: char| c.is_ascii_digit()) {
            return;
        }
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            return;
        }
        let lower = bare.to_lowercase();
        if is_verb(&lower) {
            self.has_verb = true;
        } else if is_small(&lower) {
        } else if voice::tells(&lower) {
            self.tells = true;
        } else if bare.starts_with(char::is_uppercase) {
            self.capitals += 1;
        } else {
            self.strange += 1;
        }
    }

    /// Nothing but a date and a name: the upper part of a wrapped attribution.
    pub(super) fn is_bare(self) -> bool {
        !self.tells && self.strange == 0 && self.capitals <= CAPITALS
    }
}

/// `<a@b.se>`, `(a@b.se)`, `a@b.se`, `[mailto:a@b.se]`: something on both sides of the sign.
fn address(word: &str) -> Address {
    let is_one = word.split_once('@').is_some_and(|(local, domain)| {
        local.ends_with(|c: char| !c.is_whitespace() && c != '<') && domain.starts_with(char::is_alphanumeric)
    });
    let is_bracketed = word.contains(['<', '>', '(', '[']) || word.ends_with([')', ']']);
    match (is_one, is_bracketed) {
        (false, _) => Address::None,
        (true, false) => Address::Bare,
        (true, true) => Address::Bracketed,
    }
}

fn first_word(line: &str) -> &str {
    line.split_whitespace().next().unwrap_or_default().trim_matches(['*', '_', ',', '.', '\'', '"'])
}

/// Whether a line begins as clients begin: `On`, `Den`, `Am`, a day or a date.
pub(super) fn begins(line: &str) -> bool {
    let first = first_word(line);
    first.starts_with(|c: char| c.is_numeric()) || first.len() <= 14 && is_start(&first.to_lowercase())
}

/// Whether a line begins as only the first of an attribution does: not with a figure, which may be a date's rest.
pub(super) fn begins_whole(line: &str) -> bool {
    begins(line) && !first_word(line).starts_with(|c: char| c.is_numeric())
}

/// Whether a line ends a sentence: `… q1234.`, but not `… den 3.` nor `… 3 nov.`
pub(super) fn is_finished(line: &str) -> bool {
    let line = line.trim_end();
    let Some(bare) = line.strip_suffix(['.', '!', '?', '…']) else { return false };
    let last = bare.split_whitespace().next_back().unwrap_or_default();
    let is_date = last.bytes().all(|b| b.is_ascii_digit()) || is_small(&last.to_lowercase());
    !line.ends_with('.') || !is_date
}
