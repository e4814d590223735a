//! Identifiers replaced by visible placeholders.

mod encoded;
mod neighbours;

use super::contact::{self, spared::Spared};
use super::fold;
use super::needle::{Match, Needles};
use crate::report::Report;
use crate::step::{Step, Steps};
use crate::words;
use brevbro_core::party::Language;

/// What one letter's texts are cleaned with.
pub(crate) struct Redactor<'a> {
    pub(crate) needles: &'a Needles,
    /// Significant digits of known telephone numbers.
    pub(crate) phones: &'a [Vec<u8>],
    /// What anybody may be told, and both aliases: they are there to be written to.
    pub(crate) spared: &'a Spared,
    pub(crate) language: Language,
    pub(crate) steps: Steps,
}

impl Redactor<'_> {
    /// A text without identifiers.
    pub(crate) fn clean(&self, text: &str, report: &mut Report) -> String {
        let mut matches = self.needles.find(text, &fold::fold(text));
        if self.steps.takes(Step::Encoded) {
            encoded::find(text, self.needles, &mut matches);
        }
        if self.steps.takes(Step::Contact) {
            contact::details(text, &contact::Context { phones: self.phones, spared: self.spared }, &mut matches);
        } else {
            contact::known_phones(text, self.phones, &mut matches);
        }
        if matches.is_empty() {
            return text.to_owned();
        }
        neighbours::widen(text, self.needles, &mut matches);
        self.replace(text, matches, report)
    }

    /// Whether a text names one of the two: by name, address, number or another known detail.
    pub(crate) fn knows(&self, text: &str) -> bool {
        let mut matches = self.needles.find(text, &fold::fold(text));
        encoded::find(text, self.needles, &mut matches);
        contact::known_phones(text, self.phones, &mut matches);
        !matches.is_empty()
    }

    fn replace(&self, text: &str, mut matches: Vec<Match>, report: &mut Report) -> String {
        // The longest match of a place decides what it is called.
        matches.sort_by_key(|m| (m.begin, usize::MAX - m.end));
        let mut out = String::with_capacity(text.len() + 64);
        let (mut done, mut last) = (0, None);
        for group in neighbours::merged(text, matches) {
            out.push_str(&text[done..group.begin]);
            let is_repeated = last == Some(group.seen) && text[done..group.begin].trim().is_empty();
            if !is_repeated {
                out.push_str(words::replaced(self.language, group.seen));
                report.add(group.seen, 1);
            }
            // Formatting that began or ended inside what went goes on as it did.
            out.extend(text[group.begin..group.end].chars().filter(|c| neighbours::is_formatting(*c)));
            done = group.end;
            last = Some(group.seen);
        }
        out.push_str(&text[done..]);
        out
    }
}

#[cfg(test)]
#[path = "redact/tests.rs"]
mod tests;
