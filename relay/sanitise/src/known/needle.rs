//! The identifiers to be found in one letter, compiled for a quick search of folded text.

mod compile;
mod fit;
mod forms;
mod usage;

use super::contact::spared::Spared;
use super::fold::Folded;
use crate::identity::Identity;
use crate::report::Seen;
use fit::{Needle, View};

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
    /// Addresses and names already compiled: the header mostly names the one the identity has.
    known: Vec<String>,
    /// Folded words that may be seen: the pseudonyms.
    allowed: Vec<Vec<u8>>,
    /// First letters of known names, a bit each.
    initials: u32,
    /// What anybody may be told.
    spared: Spared,
    /// What begins with a word: by its first two octets, sorted.
    starts: Index,
    /// What may begin inside a word.
    inner: Index,
    /// Which first two octets are in either at all: nearly every place of a text is passed over by this alone.
    first: Box<[u64; 1024]>,
}

/// Needles by their beginnings.
#[derive(Default)]
struct Index {
    entries: Vec<Entry>,
    /// Which keys are there at all.
    first: Vec<u64>,
}

impl Needles {
    /// Compiles an identity.
    pub(crate) fn of(identity: &Identity) -> Self {
        let pseudonyms =
            [&identity.sender, &identity.recipient].into_iter().filter_map(|party| party.pseudonym.as_deref());
        let mut needles = Self {
            all: Vec::with_capacity(128),
            known: Vec::new(),
            allowed: pseudonyms.flat_map(compile::folded_words).collect(),
            initials: 0,
            spared: Spared::of(identity.relay.spared.iter().map(String::as_str)),
            starts: Index::default(),
            inner: Index::default(),
            first: Box::new([0; 1024]),
        };
        for party in [&identity.sender, &identity.recipient] {
            needles.add_party(party);
        }
        needles
    }

    /// Makes the identifiers findable; to be called once all are added.
    pub(crate) fn compile(&mut self) {
        (self.starts, self.inner) = (Index::empty(), Index::empty());
        for (place, needle) in self.all.iter().enumerate() {
            let number = u16::try_from(place).unwrap_or(u16::MAX);
            let index = if needle.begins_word() { &mut self.starts } else { &mut self.inner };
            needle.heads(|octets| index.add(octets, number));
        }
        self.starts.entries.sort_unstable();
        self.inner.entries.sort_unstable();
        for (all, (starts, inner)) in self.first.iter_mut().zip(self.starts.first.iter().zip(&self.inner.first)) {
            *all = starts | inner;
        }
    }

    #[inline]
    fn has(&self, key: u16) -> bool {
        self.first[usize::from(key >> 6)] >> (key & 63) & 1 == 1
    }

    /// Every place of a text where an identifier stands; places may overlap.
    pub(crate) fn find(&self, text: &str, folded: &Folded) -> Vec<Match> {
        let view = View::of(text, folded);
        let mut found = Vec::new();
        for (place, pair) in folded.octets.windows(2).enumerate() {
            let key = key(pair);
            if !self.has(key) {
                continue;
            }
            let mut look = |index: &Index| {
                for needle in index.at(key, &folded.octets[place..]).filter_map(|number| self.all.get(number)) {
                    if let Some((from, to)) = needle.fits(&view, place) {
                        let (begin, end) = folded.span(from, to);
                        found.push(Match { begin, end, seen: needle.seen });
                    }
                }
            };
            if self.inner.has(key) {
                look(&self.inner);
            }
            if folded.is_start(place) && self.starts.has(key) {
                look(&self.starts);
            }
        }
        found
    }

    /// Whether a letter begins one of the names.
    pub(super) fn is_initial(&self, letter: char) -> bool {
        let mut is_known = false;
        super::lookalike::plain(letter, |plain| is_known |= self.initials & compile::initial_bit(plain) != 0);
        is_known
    }

    /// Whether what stands in a text is an address or a host that anybody may be told.
    pub(super) fn is_spared(&self, written: &str) -> bool {
        self.spared.has(written)
    }
}

impl Index {
    fn empty() -> Self {
        Self { entries: Vec::new(), first: vec![0; 1024] }
    }

    fn add(&mut self, octets: &[u8], needle: u16) {
        let (key, head) = (key(octets), head(octets));
        let mask = u64::MAX << (8 * 8_usize.saturating_sub(octets.len()));
        self.entries.push(Entry { key, head, mask, needle });
        if let Some(word) = self.first.get_mut(usize::from(key >> 6)) {
            *word |= 1 << (key & 63);
        }
    }

    #[inline]
    fn has(&self, key: u16) -> bool {
        self.first.get(usize::from(key >> 6)).is_some_and(|word| word >> (key & 63) & 1 == 1)
    }

    /// The needles whose first octets stand at the beginning of others.
    fn at(&self, key: u16, octets: &[u8]) -> impl Iterator<Item = usize> {
        let head = head(octets);
        let from = self.entries.partition_point(|entry| entry.key < key);
        let same = self.entries[from..].iter().take_while(move |entry| entry.key == key);
        same.filter(move |entry| (entry.head ^ head) & entry.mask == 0).map(|entry| usize::from(entry.needle))
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
    match octets {
        [first, second, ..] => u16::from_be_bytes([*first, *second]),
        _ => 0,
    }
}

#[cfg(test)]
#[path = "needle/tests.rs"]
mod tests;
