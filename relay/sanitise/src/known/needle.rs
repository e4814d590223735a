//! The identifiers to be found in one letter, compiled for a quick search of folded text.

use super::fold::{self, Folded};
use super::ordinary;
use crate::identity::{Identity, Party};
use crate::report::Seen;

/// Squeezed length from which an identifier may be written with any gaps in it.
const LOOSE_MIN: usize = 8;
/// Squeezed length from which an identifier is looked for inside words too.
const INSIDE_MIN: usize = 12;
/// Shortest part of a name, and shortest local part, looked for by itself.
const PART_MIN: usize = 3;
const LOCAL_MIN: usize = 5;

/// How `@` and `.` are written out by people who hide an address from machines, folded.
const ATS: [&str; 7] = ["", "at", "a", "snabela", "krollalfa", "alfakroll", "miukumauku"];
const DOTS: [&str; 6] = ["", "dot", "punkt", "punktum", "prick", "piste"];

/// One identifier as it is searched for.
struct Needle {
    octets: Vec<u8>,
    seen: Seen,
    fit: Fit,
}

/// Where a needle may match.
enum Fit {
    /// A whole word, or words parted just so: short identifiers.
    Whole { joins: Vec<usize>, only_capital: bool, takes_s: bool },
    /// Whole words with any gaps.
    Loose,
    /// Anywhere.
    Inside,
}

/// A place where an identifier stands in the original text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) begin: usize,
    pub(crate) end: usize,
    pub(crate) seen: Seen,
}

/// A needle by its beginning.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// The first two octets.
    key: u16,
    /// The first eight octets, or as many as there are, and which of them count.
    head: u64,
    mask: u64,
    needle: u16,
}

/// The compiled identifiers of one letter.
pub(crate) struct Needles {
    all: Vec<Needle>,
    /// Addresses already compiled: the header mostly names the one the identity has.
    addresses: Vec<String>,
    /// Folded words that may be seen: the pseudonyms.
    allowed: Vec<Vec<u8>>,
    /// First two octets → needles, sorted by key.
    index: Vec<Entry>,
    /// Which keys are in the index at all.
    first: Box<[u64; 1024]>,
}

impl Needles {
    /// Compiles an identity.
    pub(crate) fn of(identity: &Identity) -> Self {
        let pseudonyms =
            [&identity.sender, &identity.recipient].into_iter().filter_map(|party| party.pseudonym.as_deref());
        let mut needles = Self {
            all: Vec::with_capacity(160),
            addresses: Vec::new(),
            allowed: pseudonyms.flat_map(folded_words).collect(),
            index: Vec::new(),
            first: Box::new([0; 1024]),
        };
        for party in [&identity.sender, &identity.recipient] {
            needles.add_party(party);
        }
        needles
    }

    fn add_party(&mut self, party: &Party) {
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
        let parts = folded_words(name);
        let has_allowed = parts.iter().any(|part| self.is_allowed(part));
        if parts.len() > 1 {
            let first_last = [&parts[0], &parts[parts.len() - 1]];
            let reversed = [first_last[1], first_last[0]];
            if has_allowed {
                // `Frida Larsson` keeps its allowed half; run together as a handle it names one person.
                self.add(
                    parts.concat(),
                    Seen::Name,
                    Fit::Whole { joins: Vec::new(), only_capital: false, takes_s: true },
                );
            } else {
                self.squeezed(&parts.concat(), Seen::Name);
                self.phrase(parts.iter(), Seen::Name);
                self.phrase(first_last.into_iter(), Seen::Name);
                self.phrase(reversed.into_iter(), Seen::Name);
            }
        }
        for part in &parts {
            let is_sought = part.len() >= PART_MIN && !self.is_allowed(part) && !ordinary::is_never_name(part);
            if is_sought && !part.iter().all(u8::is_ascii_digit) {
                let only_capital = ordinary::is_also_word(part);
                self.add(part.clone(), Seen::Name, Fit::Whole { joins: Vec::new(), only_capital, takes_s: true });
            }
        }
    }

    /// A mailbox: written out in every way, and its local part by itself.
    pub(crate) fn add_address(&mut self, address: &str) {
        let Some((local, host)) = address.rsplit_once('@') else { return self.add_detail(address) };
        let base = local.split_once('+').map_or(local, |(base, _)| base);
        let plain = format!("{base}@{host}").to_lowercase();
        if self.addresses.contains(&plain) {
            return;
        }
        self.addresses.push(plain);
        let (local, host) = (folded_words(base), folded_words(host));
        let squeezed = local.concat();
        for dot in DOTS {
            let (spelled, host) = (local.join(dot.as_bytes()), host.join(dot.as_bytes()));
            for at in ATS {
                self.add_spelled(&[&squeezed, at.as_bytes(), &host]);
                if spelled.len() > squeezed.len() {
                    self.add_spelled(&[&spelled, at.as_bytes(), &host]);
                }
            }
        }
        self.add_local(base);
    }

    fn add_spelled(&mut self, halves: &[&[u8]; 3]) {
        let whole = halves.concat();
        let fit = if whole.len() >= INSIDE_MIN { Fit::Inside } else { Fit::Loose };
        self.add(whole, Seen::Address, fit);
    }

    fn add_local(&mut self, local: &str) {
        let (octets, joins) = fold::words(local);
        let is_plain_word = joins.is_empty() && (ordinary::is_also_word(&octets) || ordinary::is_never_name(&octets));
        if octets.len() < LOCAL_MIN || self.is_allowed(&octets) || is_plain_word {
            return;
        }
        let is_name = octets.iter().all(|b| !b.is_ascii_digit());
        let seen = if is_name { Seen::Name } else { Seen::Detail };
        self.squeezed(&octets, seen);
        self.add(octets, seen, Fit::Whole { joins, only_capital: false, takes_s: is_name });
    }

    /// Anything else that identifies.
    pub(crate) fn add_detail(&mut self, detail: &str) {
        let words = folded_words(detail);
        self.phrase(words.iter(), Seen::Detail);
        // `Exempelbolaget AB` is called `Exempelbolaget`.
        let is_form = |word: &[u8]| {
            matches!(word, b"ab" | b"as" | b"aps" | b"oy" | b"oyj" | b"hb" | b"kb" | b"ltd" | b"inc" | b"gmbh" | b"asa")
        };
        if let [name @ .., form] = words.as_slice()
            && is_form(form)
            && name.concat().len() >= LOCAL_MIN
        {
            self.phrase(name.iter(), Seen::Detail);
        }
    }

    /// Words in a row: with any gaps when long enough to be unmistakable, else just so.
    fn phrase<'w>(&mut self, words: impl Iterator<Item = &'w Vec<u8>>, seen: Seen) {
        let mut octets = Vec::new();
        let mut joins = Vec::new();
        for word in words {
            if !octets.is_empty() {
                joins.push(octets.len());
            }
            octets.extend_from_slice(word);
        }
        if octets.len() < PART_MIN || joins.is_empty() && (self.is_allowed(&octets) || ordinary::is_never_name(&octets))
        {
            return;
        }
        let fit = if octets.len() >= LOOSE_MIN {
            Fit::Loose
        } else {
            let only_capital = joins.is_empty() && ordinary::is_also_word(&octets);
            Fit::Whole { joins, only_capital, takes_s: true }
        };
        self.add(octets, seen, fit);
    }

    /// Words run together, as in a handle.
    fn squeezed(&mut self, octets: &[u8], seen: Seen) {
        if octets.len() >= INSIDE_MIN {
            self.add(octets.to_vec(), seen, Fit::Inside);
        } else if octets.len() >= LOCAL_MIN {
            self.add(octets.to_vec(), seen, Fit::Whole { joins: Vec::new(), only_capital: false, takes_s: false });
        }
    }

    fn is_allowed(&self, folded: &[u8]) -> bool {
        self.allowed.iter().any(|word| word == folded)
    }

    fn add(&mut self, octets: Vec<u8>, seen: Seen, fit: Fit) {
        if octets.len() < 2 || self.all.len() >= usize::from(u16::MAX) {
            return;
        }
        self.all.push(Needle { octets, seen, fit });
    }

    /// Makes the identifiers findable; to be called once all are added.
    pub(crate) fn compile(&mut self) {
        self.index.clear();
        for (place, needle) in self.all.iter().enumerate() {
            let key = key(&needle.octets);
            self.first[usize::from(key >> 6)] |= 1 << (key & 63);
            let (head, mask) = (head(&needle.octets), u64::MAX << (8 * 8_usize.saturating_sub(needle.octets.len())));
            self.index.push(Entry { key, head, mask, needle: u16::try_from(place).unwrap_or(u16::MAX) });
        }
        self.index.sort_unstable();
    }

    /// Every place of a text where an identifier stands; places may overlap.
    pub(crate) fn find(&self, text: &str, folded: &Folded) -> Vec<Match> {
        let mut found = Vec::new();
        for (place, pair) in folded.octets.windows(2).enumerate() {
            let key = key(pair);
            if self.first[usize::from(key >> 6)] >> (key & 63) & 1 == 0 {
                continue;
            }
            let octets = &folded.octets[place..];
            let head = head(octets);
            let from = self.index.partition_point(|entry| entry.key < key);
            for entry in self.index[from..].iter().take_while(|entry| entry.key == key) {
                if (entry.head ^ head) & entry.mask != 0 {
                    continue;
                }
                let needle = &self.all[usize::from(entry.needle)];
                if let Some(end) = needle.fits(folded, place, text) {
                    let (begin, end) = folded.span(place, end);
                    found.push(Match { begin, end, seen: needle.seen });
                }
            }
        }
        found
    }
}

/// The first eight octets; zeros for those that are not there.
fn head(octets: &[u8]) -> u64 {
    if let Some(whole) = octets.first_chunk::<8>() {
        return u64::from_be_bytes(*whole);
    }
    let mut padded = [0; 8];
    padded[..octets.len()].copy_from_slice(octets);
    u64::from_be_bytes(padded)
}

fn key(octets: &[u8]) -> u16 {
    u16::from_be_bytes([octets[0], octets[1]])
}

fn folded_words(text: &str) -> Vec<Vec<u8>> {
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

impl Needle {
    /// Where the needle ends in the folded text, if it stands at a place.
    fn fits(&self, folded: &Folded, place: usize, text: &str) -> Option<usize> {
        let end = place + self.octets.len();
        if folded.octets.get(place..end)? != self.octets.as_slice() {
            return None;
        }
        match &self.fit {
            Fit::Inside => Some(end),
            Fit::Loose => (folded.is_start(place) && ends(folded, end, true)).then_some(end),
            Fit::Whole { joins, only_capital, takes_s } => {
                let parted_just_so = (place + 1..end)
                    .all(|inner| folded.is_start(inner) == joins.binary_search(&(inner - place)).is_ok());
                let is_whole = folded.is_start(place) && ends(folded, end, *takes_s) && parted_just_so;
                (is_whole && (!only_capital || is_name_like(text, folded.span(place, end)))).then_some(end)
            }
        }
    }
}

/// A word's end, or its genitive: `Annas`, `Karlssons`.
fn ends(folded: &Folded, end: usize, takes_s: bool) -> bool {
    folded.is_end(end) || takes_s && folded.octets.get(end) == Some(&b's') && folded.is_end(end + 1)
}

/// A capital where no sentence begins, or a line of its own, as under a letter.
fn is_name_like(text: &str, (begin, end): (usize, usize)) -> bool {
    let Some(first) = text[begin..].chars().next() else { return false };
    let before = text[..begin].trim_end_matches([' ', '\u{a0}', '"', '”', '\'', '*', '(']);
    let begins_sentence = before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':', '…', '-', '>']);
    let after = text[end..].trim_start_matches([' ', '.', ',', '!', '*', 's']);
    let stands_alone = (before.is_empty() || before.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'));
    first.is_uppercase() && !begins_sentence || stands_alone
}

#[cfg(test)]
#[path = "needle/tests.rs"]
mod tests;
