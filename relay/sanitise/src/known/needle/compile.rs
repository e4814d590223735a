//! Names, addresses and other details made into what is searched for.

use super::fit::{Ending, Fit, INSIDE_MIN, Needle, PartedBy};
use super::{Needles, forms};
use crate::identity::Party;
use crate::known::fold;
use crate::known::ordinary::{self, Care};
use crate::report::Seen;

/// Squeezed length from which an identifier may be written with any gaps in it.
const LOOSE_MIN: usize = 8;
/// Shortest part of a name that is never anything else, and shortest local part, looked for by itself.
const PART_MIN: usize = 3;
const LOCAL_MIN: usize = 5;
/// Most parts of one name.
const PARTS_MAX: usize = 8;
/// Pairs of capitals that are abbreviations of other things.
const ABBREVIATIONS: [&[u8]; 28] = [
    b"ad", b"am", b"bb", b"bc", b"cv", b"da", b"dj", b"eg", b"em", b"eu", b"fb", b"fn", b"hr", b"id", b"ie", b"it",
    b"nb", b"no", b"ok", b"pc", b"pm", b"ps", b"sa", b"tv", b"uk", b"un", b"us", b"vd",
];

/// The bit of a first letter; none for what is no Latin letter.
pub(super) fn initial_bit(letter: char) -> u32 {
    u8::try_from(letter).ok().filter(u8::is_ascii_lowercase).map_or(0, |octet| 1 << (octet - b'a'))
}

pub(super) fn folded_words(text: &str) -> Vec<Vec<u8>> {
    let (octets, joins) = fold::words(text);
    let mut words = Vec::with_capacity(joins.len() + 1);
    let mut from = 0;
    for to in joins.into_iter().chain([octets.len()]) {
        words.push(octets[from..to].to_vec());
        from = to;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn joins_of<W: AsRef<[u8]>>(words: &[W]) -> Vec<usize> {
    let mut at = 0;
    let ends = words.iter().map(|word| {
        at += word.as_ref().len();
        at
    });
    ends.take(words.len().saturating_sub(1)).collect()
}

fn refs(words: &[Vec<u8>]) -> Vec<&[u8]> {
    words.iter().map(Vec::as_slice).collect()
}

/// `post.example.org`
fn is_host(text: &str) -> bool {
    let is_label =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    let top = text.trim().rsplit_once('.').map_or("", |(_, top)| top);
    text.trim().split('.').all(is_label) && top.len() >= 2 && top.chars().all(char::is_alphabetic)
}

/// The words of a name as written: blanks, hyphens and marks part them.
fn written_words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c) && c != '\u{ad}')
        .filter(|word| !word.is_empty())
        .take(PARTS_MAX)
}

impl Needles {
    pub(super) fn add_party(&mut self, party: &Party) {
        for name in &party.names {
            self.add_name(name);
        }
        for address in party.mailboxes() {
            self.add_address(address);
        }
        for detail in &party.other {
            self.add_detail(detail);
        }
    }

    /// A person's name: whole, first with last, last with first, squeezed, and each part by itself.
    pub(crate) fn add_name(&mut self, name: &str) {
        if self.is_known(name.to_lowercase()) {
            return;
        }
        // Each word in all its spellings; a name is looked for in one manner of spelling at a time.
        let spelled: Vec<Vec<Vec<u8>>> =
            written_words(name).map(forms::spellings).filter(|forms| !forms[0].is_empty()).collect();
        let manners = spelled.iter().map(Vec::len).max().unwrap_or(0);
        for manner in 0..manners {
            let parts: Vec<&[u8]> =
                spelled.iter().map(|forms| forms.get(manner).unwrap_or(&forms[0]).as_slice()).collect();
            self.add_whole_name(&parts);
        }
        for forms in &spelled {
            self.initials |= forms[0].first().map_or(0, |octet| initial_bit(char::from(*octet)));
            for form in forms {
                self.add_part(form, Care::NONE);
            }
        }
        if let [first, .., last] = spelled.as_slice() {
            self.add_initials(&spelled.iter().map(|forms| forms[0].as_slice()).collect::<Vec<_>>());
            self.add_allowed_with_initial(&first[0], &last[0]);
        }
    }

    fn add_whole_name(&mut self, parts: &[&[u8]]) {
        let [first, .., last] = parts else { return };
        if parts.iter().any(|part| self.is_allowed(part)) {
            // `Frida Larsson` keeps its allowed half; run together as a handle it names one person.
            return self.add_words(&[parts.concat()], Seen::Name, Ending::Digits, PartedBy::Anything);
        }
        self.squeezed(&parts.concat(), Seen::Name);
        self.phrase(parts, Seen::Name, Ending::Name);
        for (place, one) in parts.iter().enumerate() {
            for (other_place, other) in parts.iter().enumerate() {
                // Any two of a name name somebody, in any order, when one alone is a word like others.
                let are_ends =
                    place == 0 && other_place + 1 == parts.len() || other_place == 0 && place + 1 == parts.len();
                let wants_two = [one, other].iter().any(|part| ordinary::care(part) != Care::NONE);
                let is_whole = parts.len() == 2 && place < other_place;
                let is_pair = !is_whole && place != other_place && (are_ends || wants_two || other_place == place + 1);
                if is_pair && !(ordinary::is_particle(one) && ordinary::is_particle(other)) {
                    self.phrase(&[one, other], Seen::Name, Ending::Name);
                    if other_place == place + 1 || are_ends {
                        self.squeezed(&[*one, *other].concat(), Seen::Name);
                    }
                }
            }
        }
        let signed = [&first[..1], *last].concat();
        if last.len() >= LOCAL_MIN && !ordinary::is_inflected_word(&signed) {
            self.squeezed(&signed, Seen::Name);
        }
    }

    /// One part of a name by itself.
    fn add_part(&mut self, part: &[u8], more: Care) {
        let is_number = part.iter().all(u8::is_ascii_digit);
        if part.len() < 2 || is_number || self.is_allowed(part) || ordinary::is_particle(part) {
            return;
        }
        let care = ordinary::care(part).and(more);
        self.add(part.to_vec(), Seen::Name, Fit::Name(care));
        if part.len() > PART_MIN {
            for stem in forms::finnish_stems(part) {
                self.add(stem, Seen::Name, Fit::Stem(care));
            }
        }
    }

    fn add_initials(&mut self, parts: &[&[u8]]) {
        let of = |parts: &[&[u8]]| parts.iter().filter_map(|part| part.first().copied()).collect::<Vec<u8>>();
        let (all, ends) = (of(parts), of(&[parts[0], parts[parts.len() - 1]]));
        for letters in [&all, &ends] {
            if letters.is_ascii() && !ABBREVIATIONS.contains(&letters.as_slice()) {
                self.add(letters.clone(), Seen::Name, Fit::Initials);
            }
        }
    }

    fn add_allowed_with_initial(&mut self, first: &[u8], last: &[u8]) {
        if let (true, Some(letter)) = (self.is_allowed(first), last.first().filter(|_| !self.is_allowed(last))) {
            self.add([first, &[*letter]].concat(), Seen::Name, Fit::Letter);
        }
    }

    /// A mailbox: written out in every way, and its local part by itself.
    pub(crate) fn add_address(&mut self, address: &str) {
        let address = address.trim().trim_matches(['<', '>']);
        let Some((local, host)) = address.rsplit_once('@') else { return self.add_detail(address) };
        let base = local.split_once('+').map_or(local, |(base, _)| base);
        if self.is_known(format!("{base}@{host}").to_lowercase()) || self.is_spared(address) {
            return;
        }
        let mut words = folded_words(base);
        let host_at = words.len();
        words.extend(folded_words(host));
        let (Some(first), true) = (words.first().cloned(), host_at > 0 && words.len() > host_at) else { return };
        let whole = words.concat();
        if whole.len() >= INSIDE_MIN {
            self.add(forms::turned(&whole), Seen::Address, Fit::Inside);
            self.add(whole.iter().rev().copied().collect(), Seen::Address, Fit::Inside);
        }
        self.add(first, Seen::Address, Fit::Address { words, host: host_at });
        self.add_local(base);
    }

    fn add_local(&mut self, local: &str) {
        let words = folded_words(local);
        let whole = words.concat();
        if whole.len() < LOCAL_MIN || words.iter().all(|word| self.is_allowed(word)) {
            return;
        }
        let has_digits = whole.iter().any(u8::is_ascii_digit);
        let are_words = words.iter().all(|word| ordinary::is_inflected_word(word));
        let seen = if has_digits { Seen::Detail } else { Seen::Name };
        if let [word] = words.as_slice() {
            // `sommar@` is no reason to tear every summer out of a letter.
            if !are_words {
                let ending = if has_digits { Ending::None } else { Ending::Name };
                self.add_words(std::slice::from_ref(word), seen, ending, PartedBy::Anything);
                self.add_bare_handle(word);
            }
            return self.inside(&whole, seen);
        }
        let has_word = words.iter().any(|word| ordinary::is_inflected_word(word));
        if !are_words {
            self.squeezed(&whole, seen);
            words.iter().filter(|word| word.len() > PART_MIN).for_each(|word| self.add_piece(word));
        }
        let parted_by = if has_word { PartedBy::Marks } else { PartedBy::Anything };
        self.add_words(&words, seen, Ending::Digits, parted_by);
    }

    /// `annakarlsson82` without its digits.
    fn add_bare_handle(&mut self, word: &[u8]) {
        let length = word.iter().rposition(|b| !b.is_ascii_digit()).map_or(0, |last| last + 1);
        let bare = &word[..length];
        if length < word.len() && length > LOCAL_MIN && !ordinary::is_inflected_word(bare) && !self.is_allowed(bare) {
            self.squeezed(bare, Seen::Name);
        }
    }

    /// A word of a local part of several: a name, if it is written like one.
    fn add_piece(&mut self, word: &[u8]) {
        let is_plain = word.iter().all(|b| !b.is_ascii_digit());
        if is_plain && !ordinary::is_inflected_word(word) {
            self.add_part(word, Care::WORD);
        }
    }

    /// Anything else that identifies.
    pub(crate) fn add_detail(&mut self, detail: &str) {
        if self.is_known(detail.to_lowercase()) || self.is_spared(detail.trim()) {
            return;
        }
        if is_host(detail) {
            return self.add_host(detail.trim());
        }
        let words = folded_words(detail);
        let digits = words.concat();
        if digits.len() == 12 && digits.iter().all(u8::is_ascii_digit) {
            // A national number without its century.
            self.phrase(&[&digits[2..]], Seen::Detail, Ending::None);
        }
        let ends_in_number = words.last().is_some_and(|word| word.iter().all(u8::is_ascii_digit));
        let ending = if ends_in_number && words.len() > 1 { Ending::House } else { Ending::Name };
        self.phrase(&refs(&words), Seen::Detail, ending);
        for short in forms::abbreviations(&words) {
            self.add_words(&short, Seen::Detail, ending, PartedBy::Anything);
        }
        // `Exempelbolaget AB` is called `Exempelbolaget`.
        if let [name @ .., form] = words.as_slice()
            && ordinary::is_company_form(form)
            && name.concat().len() >= LOCAL_MIN
        {
            self.phrase(&refs(name), Seen::Detail, Ending::Name);
        }
    }

    /// A host: its labels, parted by dots.
    pub(crate) fn add_host(&mut self, host: &str) {
        if self.is_spared(host) || self.is_known(format!("host {host}").to_lowercase()) {
            return;
        }
        let words = folded_words(host);
        if words.concat().len() >= LOCAL_MIN {
            self.add_words(&words, Seen::Detail, Ending::None, PartedBy::NoBlanks);
        }
    }

    /// Words in a row: with any gaps when long enough to be unmistakable, else just so.
    fn phrase(&mut self, words: &[&[u8]], seen: Seen, ending: Ending) {
        let octets = words.concat();
        if octets.len() < PART_MIN && words.len() < 2 {
            return;
        }
        if let [word] = words {
            let is_number = word.iter().all(u8::is_ascii_digit);
            if self.is_allowed(word) {
                return;
            }
            if !is_number {
                let care = ordinary::care(word);
                let care = if care.has(Care::WORD) { care } else { Care::NONE };
                return self.add(octets, seen, Fit::Name(care));
            }
        }
        let are_ordinary = seen == Seen::Name && words.iter().all(|word| ordinary::care(word) != Care::NONE);
        if are_ordinary {
            self.add(octets, seen, Fit::Words { joins: joins_of(words), ending, parted_by: PartedBy::OneMark });
        } else if octets.len() >= LOOSE_MIN {
            self.add(octets, seen, Fit::Loose(ending));
        } else {
            self.add(octets, seen, Fit::Words { joins: joins_of(words), ending, parted_by: PartedBy::Anything });
        }
    }

    fn add_words(&mut self, words: &[Vec<u8>], seen: Seen, ending: Ending, parted_by: PartedBy) {
        let joins = joins_of(words);
        self.add(words.concat(), seen, Fit::Words { joins, ending, parted_by });
    }

    /// Words run together, as in a handle.
    fn squeezed(&mut self, octets: &[u8], seen: Seen) {
        if octets.len() >= INSIDE_MIN {
            self.inside(octets, seen);
        } else if octets.len() >= LOCAL_MIN && !ordinary::is_inflected_word(octets) && !self.is_allowed(octets) {
            self.add_words(&[octets.to_vec()], seen, Ending::Digits, PartedBy::Anything);
        }
    }

    fn inside(&mut self, octets: &[u8], seen: Seen) {
        if octets.len() >= INSIDE_MIN {
            self.add(octets.to_vec(), seen, Fit::Inside);
        }
    }

    fn is_allowed(&self, folded: &[u8]) -> bool {
        self.allowed.iter().any(|word| word == folded)
    }

    /// Whether something was compiled before; from now on it was.
    fn is_known(&mut self, identifier: String) -> bool {
        let is_known = self.known.contains(&identifier);
        if !is_known {
            self.known.push(identifier);
        }
        is_known
    }

    fn add(&mut self, octets: Vec<u8>, seen: Seen, fit: Fit) {
        if octets.is_empty() || self.all.len() >= usize::from(u16::MAX) {
            return;
        }
        self.all.push(Needle { octets, seen, fit });
    }
}
