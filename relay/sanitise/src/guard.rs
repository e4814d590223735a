//! The guard (P2): the finished octets read again as an adversary would, by other means than they were made.
//!
//! mail-parser takes the letter apart here, where our own splitter did before; words are compared in a
//! normal form of their own. A known identifier found in any layer keeps the letter from being sent.

mod flat;
mod shape;

use crate::identity::{Identity, Party};
use crate::known::{digits, ordinary};
use crate::learn::Learnt;
use crate::mime::decode;
use crate::report::{Hit, HitKind, Layer};
use flat::Flat;
use mail_parser::MessageParser;

/// Shortest local part, and shortest single name, that is looked for by itself.
const ALONE_MIN: usize = 5;
/// Flat length from which an identifier is looked for inside words, and over gaps.
const SQUEEZED_MIN: usize = 12;
/// Shortest run of base 64 that is decoded.
const ENCODED_MIN: usize = 16;

/// Everything that must not be in the finished letter.
pub(crate) struct Guard {
    words: Vec<Sought>,
    /// Significant digits of telephone numbers, and whether they are the writer's.
    phones: Vec<(Vec<u8>, bool)>,
    allowed: Vec<String>,
}

struct Sought {
    /// Flat words with single blanks.
    spaced: String,
    /// The same without blanks, when long enough to be unmistakable.
    squeezed: Option<String>,
    kind: HitKind,
    /// The reader's own identifiers may stand in the reader's own message identifiers.
    is_writers: bool,
}

impl Guard {
    pub(crate) fn new(identity: &Identity, learnt: &Learnt) -> Self {
        let mut guard = Self { words: Vec::new(), phones: Vec::new(), allowed: Vec::new() };
        for name in [&identity.sender, &identity.recipient].into_iter().filter_map(|p| p.pseudonym.as_deref()) {
            guard.allowed.extend(flat::spaced(name).split(' ').map(str::to_owned));
        }
        guard.seek_party(&identity.sender, true);
        guard.seek_party(&identity.recipient, false);
        learnt.names.iter().for_each(|name| guard.seek_full_name(name, true));
        learnt.addresses.iter().for_each(|address| guard.seek_address(address, true));
        guard
    }

    fn seek_party(&mut self, party: &Party, is_writers: bool) {
        for name in &party.names {
            self.seek_full_name(name, is_writers);
            self.seek_alone(name, HitKind::Name, is_writers);
        }
        party.mailboxes().for_each(|address| self.seek_address(address, is_writers));
        for detail in &party.other {
            let flat = flat::spaced(detail);
            if flat.contains(' ') {
                self.seek(&flat, HitKind::Detail, is_writers);
            } else {
                self.seek_alone(detail, HitKind::Detail, is_writers);
            }
        }
        self.phones
            .extend(party.phones.iter().map(|p| (digits::significant_of(p), is_writers)).filter(|(d, _)| d.len() >= 7));
    }

    fn seek_full_name(&mut self, name: &str, is_writers: bool) {
        let flat = flat::spaced(name);
        let words: Vec<&str> = flat.split(' ').filter(|word| !word.is_empty()).collect();
        let [first, .., last] = words.as_slice() else { return };
        if !words.iter().any(|word| self.is_allowed(word)) {
            let forms = [flat.clone(), format!("{first} {last}"), format!("{last} {first}")];
            for form in &forms {
                self.seek(form, HitKind::Name, is_writers);
            }
        }
    }

    /// A name or detail of one word; ordinary words and allowed names may stand.
    fn seek_alone(&mut self, word: &str, kind: HitKind, is_writers: bool) {
        let flat = flat::spaced(word);
        let is_ordinary = ordinary::is_also_word(flat.as_bytes()) || ordinary::is_never_name(flat.as_bytes());
        if flat.len() >= ALONE_MIN && !flat.contains(' ') && !is_ordinary && !self.is_allowed(&flat) {
            self.seek(&flat, kind, is_writers);
        }
    }

    fn seek_address(&mut self, address: &str, is_writers: bool) {
        self.seek(&flat::spaced(address), HitKind::Address, is_writers);
        let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
        let local = local.split_once('+').map_or(local, |(base, _)| base);
        let flat = flat::spaced(local);
        if flat.contains(' ') && flat.len() > ALONE_MIN && !flat.split(' ').all(|word| self.is_allowed(word)) {
            self.seek(&flat, HitKind::Address, is_writers);
        } else {
            self.seek_alone(local, HitKind::Address, is_writers);
        }
    }

    fn is_allowed(&self, word: &str) -> bool {
        self.allowed.iter().any(|allowed| allowed == word)
    }

    fn seek(&mut self, spaced: &str, kind: HitKind, is_writers: bool) {
        let squeezed = spaced.replace(' ', "");
        if squeezed.len() < 3 || self.words.iter().any(|known| known.spaced == spaced) {
            return;
        }
        let squeezed = (squeezed.len() >= SQUEEZED_MIN).then_some(squeezed);
        self.words.push(Sought { spaced: spaced.to_owned(), squeezed, kind, is_writers });
    }

    /// Everything found in a finished letter; empty when it may be sent.
    pub(crate) fn check(&self, letter: &[u8]) -> Vec<Hit> {
        let mut hits = Vec::new();
        hits.extend(shape::check(letter).then_some(Hit { kind: HitKind::Shape, layer: Layer::Header }));
        let split = shape::split(letter);
        self.search(&String::from_utf8_lossy(&split.header), Layer::Raw, true, &mut hits);
        self.search(&String::from_utf8_lossy(&split.threads), Layer::Raw, false, &mut hits);
        let Some(message) = MessageParser::default().parse(letter) else {
            return vec![Hit { kind: HitKind::Shape, layer: Layer::Raw }];
        };
        self.search(message.subject().unwrap_or_default(), Layer::Subject, true, &mut hits);
        for address in [message.from(), message.to()].into_iter().flatten().flat_map(|list| list.iter()) {
            self.search(address.name().unwrap_or_default(), Layer::Addresses, true, &mut hits);
            self.search(address.address().unwrap_or_default(), Layer::Addresses, true, &mut hits);
        }
        if message.parts.len() != 1 {
            hits.push(Hit { kind: HitKind::Shape, layer: Layer::Text });
        }
        let whole = message.parts.first().and_then(|part| part.text_contents());
        if !whole.is_some_and(|text| shape::reads_alike(&split.header, split.body, text)) {
            self.search(&String::from_utf8_lossy(split.body), Layer::Raw, true, &mut hits);
        }
        for text in message.parts.iter().filter_map(|part| part.text_contents()) {
            self.search(text, Layer::Text, true, &mut hits);
            self.search_encoded(text, &mut hits);
        }
        hits
    }

    fn search(&self, text: &str, layer: Layer, includes_readers: bool, hits: &mut Vec<Hit>) {
        self.search_flat(&Flat::of(text, !self.phones.is_empty()), layer, includes_readers, hits);
        if let Some(decoded) = flat::undone(text) {
            self.search_flat(&Flat::of(&decoded, !self.phones.is_empty()), layer, includes_readers, hits);
        }
    }

    fn search_flat(&self, flat: &Flat, layer: Layer, includes_readers: bool, hits: &mut Vec<Hit>) {
        for sought in self.words.iter().filter(|sought| includes_readers || sought.is_writers) {
            let is_there =
                flat.has_words(&sought.spaced) || sought.squeezed.as_ref().is_some_and(|s| flat.has_squeezed(s));
            if is_there {
                add(hits, Hit { kind: sought.kind, layer });
            }
        }
        let phones = self.phones.iter().filter(|(_, is_writers)| includes_readers || *is_writers);
        if phones.into_iter().any(|(digits, _)| flat.has_digits(digits)) {
            add(hits, Hit { kind: HitKind::Phone, layer });
        }
    }

    /// What somebody has encoded once more by hand.
    fn search_encoded(&self, text: &str, hits: &mut Vec<Hit>) {
        let is_digit = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
        for run in text.as_bytes().split(|b| !is_digit(*b)).filter(|run| run.len() >= ENCODED_MIN) {
            let decoded = decode::base64(run);
            if decoded.iter().all(|b| *b >= b' ' || b.is_ascii_whitespace())
                && let Ok(inner) = std::str::from_utf8(&decoded)
            {
                self.search(inner, Layer::Encoded, true, hits);
            }
        }
    }
}

fn add(hits: &mut Vec<Hit>, hit: Hit) {
    if !hits.contains(&hit) {
        hits.push(hit);
    }
}

#[cfg(test)]
mod tests;
