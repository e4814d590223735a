//! What the guard looks for, compiled for one pass over a text in the guard's own normal form.

use super::Told;
use super::flat::{self, Flat};
use super::open::Open;
use crate::identity::{Identity, Party};
use crate::known::digits;
use crate::known::ordinary::{self, Care};
use crate::learn::Learnt;
use crate::report::HitKind;

/// Shortest local part, and shortest single name, that is looked for by itself.
const ALONE_MIN: usize = 4;
const LOCAL_MIN: usize = 5;
/// Flat length from which an identifier is looked for inside words, and over gaps.
const SQUEEZED_MIN: usize = 12;
/// Flat length from which a name is looked for with Finnish endings.
const DECLINED_MIN: usize = 7;
/// Fewest digits of a telephone number.
const PHONE_MIN: usize = 7;

/// Everything that must not be in the finished letter.
pub(super) struct Sought {
    words: Vec<Word>,
    spaced: Index,
    squeezed: Index,
    /// Significant digits of telephone numbers, and whether they are the writer's.
    phones: Vec<(Vec<u8>, bool)>,
    /// Hosts and names looked for as they are written, in lower case.
    literals: Vec<(String, HitKind)>,
    allowed: Vec<String>,
    /// What may stand in any letter.
    pub(super) open: Open,
    /// The relay's own host, in lower case: it tells nothing of anybody.
    own_host: String,
}

struct Word {
    /// Flat words with single blanks.
    spaced: Vec<u8>,
    squeezed: Vec<u8>,
    kind: HitKind,
    /// The reader's own identifiers may stand in the reader's own message identifiers.
    is_writers: bool,
}

/// Words by their first two octets.
#[derive(Default)]
struct Index {
    entries: Vec<(u16, u16)>,
    first: Vec<u64>,
}

impl Index {
    fn of(words: &[Word], octets: impl Fn(&Word) -> &[u8]) -> Self {
        let mut index = Self { entries: Vec::new(), first: vec![0; 1024] };
        for (number, word) in words.iter().enumerate() {
            if let ([first, second, ..], Ok(number)) = (octets(word), u16::try_from(number)) {
                let key = u16::from_be_bytes([*first, *second]);
                index.first[usize::from(key >> 6)] |= 1 << (key & 63);
                index.entries.push((key, number));
            }
        }
        index.entries.sort_unstable();
        index
    }

    #[inline]
    fn has(&self, octets: &[u8]) -> bool {
        let [first, second, ..] = octets else { return false };
        let key = u16::from_be_bytes([*first, *second]);
        self.first.get(usize::from(key >> 6)).is_some_and(|word| word >> (key & 63) & 1 == 1)
    }

    /// The numbers of the words that may begin where a text goes on.
    fn at(&self, octets: &[u8]) -> impl Iterator<Item = usize> {
        let key = octets.first_chunk::<2>().map(|pair| u16::from_be_bytes(*pair));
        let key = key.filter(|_| self.has(octets));
        let from = key.map_or(self.entries.len(), |key| self.entries.partition_point(|entry| entry.0 < key));
        self.entries[from..].iter().take_while(move |entry| Some(entry.0) == key).map(|entry| usize::from(entry.1))
    }
}

impl Sought {
    pub(super) fn of(identity: &Identity, told: &Told<'_>) -> Self {
        let mut sought = Self {
            words: Vec::new(),
            spaced: Index::default(),
            squeezed: Index::default(),
            phones: Vec::new(),
            literals: Vec::new(),
            allowed: Vec::new(),
            open: Open::of(identity),
            own_host: identity.relay.domain.trim().to_lowercase(),
        };
        for name in [&identity.sender, &identity.recipient].into_iter().filter_map(|p| p.pseudonym.as_deref()) {
            sought.allowed.extend(flat::spaced(name).split(' ').map(str::to_owned));
        }
        sought.seek_party(&identity.sender, true);
        sought.seek_party(&identity.recipient, false);
        told.seek(&mut sought);
        let (open, own_host) = (&sought.open, &sought.own_host);
        sought.literals.retain(|(text, _)| text.len() >= 6 && text != own_host && !open.has(text));
        sought.spaced = Index::of(&sought.words, |word| &word.spaced);
        sought.squeezed = Index::of(&sought.words, |word| &word.squeezed);
        sought
    }

    /// What the rebuilder learnt.
    pub(super) fn seek_learnt(&mut self, learnt: &Learnt) {
        learnt.names.iter().for_each(|name| self.seek_name(name, true));
        learnt.offices.iter().chain(&learnt.details).for_each(|detail| self.seek_detail(detail, true));
        learnt.addresses.iter().for_each(|address| self.seek_address(address, true));
        self.literals.extend(learnt.hosts.iter().map(|host| (host.to_ascii_lowercase(), HitKind::Detail)));
    }

    /// A mailbox in the header, unless it is the relay's own.
    pub(super) fn seek_foreign(&mut self, address: &str) {
        let host = address.rsplit_once('@').map_or("", |(_, host)| host).to_lowercase();
        if host != self.own_host && !self.open.has(&host) {
            self.seek_address(address, true);
        }
    }

    /// A name the header shows, all of it: its words by themselves may be anybody's.
    pub(super) fn seek_shown(&mut self, name: &str) {
        let flat = flat::spaced(name);
        let is_everyday = |word: &str| self.is_allowed(word) || ordinary::care(word.as_bytes()) != Care::NONE;
        // What stands behind a dash or in brackets is no part of a name.
        let is_plain = name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | ',' | '-' | '\''));
        if is_plain && !name.contains(" -") && flat.contains(' ') && !flat.split(' ').all(is_everyday) {
            self.seek(&flat, HitKind::Name, true);
        }
    }

    /// The name of a file, as it was written.
    pub(super) fn seek_file(&mut self, name: &str) {
        self.literals.push((name.to_ascii_lowercase(), HitKind::Detail));
    }

    fn seek_party(&mut self, party: &Party, is_writers: bool) {
        party.names.iter().for_each(|name| self.seek_name(name, is_writers));
        party.mailboxes().for_each(|address| self.seek_address(address, is_writers));
        party.other.iter().for_each(|detail| self.seek_detail(detail, is_writers));
        self.phones.extend(
            party
                .phones
                .iter()
                .map(|phone| (digits::significant_of(phone), is_writers))
                .filter(|(digits, _)| digits.len() >= PHONE_MIN && !self.open.has_number(digits)),
        );
    }

    fn seek_name(&mut self, name: &str, is_writers: bool) {
        let flat = flat::spaced(name);
        let words: Vec<&str> = flat.split(' ').filter(|word| !word.is_empty()).collect();
        for word in &words {
            self.seek_alone(word, ALONE_MIN, HitKind::Name, is_writers);
        }
        let [first, .., last] = words.as_slice() else { return };
        let are_ordinary = [first, last].iter().all(|word| ordinary::care(word.as_bytes()) != Care::NONE);
        if are_ordinary {
            // `björn … stark` may be anything; `Björn Stark` is not.
            self.literals.push((name.to_ascii_lowercase(), HitKind::Name));
        } else if !words.iter().any(|word| self.is_allowed(word)) {
            for form in [flat.clone(), format!("{first} {last}"), format!("{last} {first}")] {
                self.seek(&form, HitKind::Name, is_writers);
            }
        }
    }

    /// A name or detail of one word; ordinary words and allowed names may stand.
    fn seek_alone(&mut self, word: &str, min: usize, kind: HitKind, is_writers: bool) {
        let flat = flat::spaced(word);
        let is_plain = ordinary::care(flat.as_bytes()) == Care::NONE && !ordinary::is_particle(flat.as_bytes());
        let is_number = flat.bytes().all(|b| b.is_ascii_digit());
        if flat.len() >= min && !flat.contains([' ', '\n']) && is_plain && !is_number && !self.is_allowed(&flat) {
            self.seek(&flat, kind, is_writers);
        }
    }

    fn seek_detail(&mut self, detail: &str, is_writers: bool) {
        let flat = flat::spaced(detail);
        if detail.contains('.') && !detail.contains(' ') {
            self.literals.push((detail.to_ascii_lowercase(), HitKind::Detail));
        } else if flat.contains(' ') && !self.open.has(detail) {
            self.seek(&flat, HitKind::Detail, is_writers);
        } else {
            self.seek_alone(detail, LOCAL_MIN, HitKind::Detail, is_writers);
        }
    }

    fn seek_address(&mut self, address: &str, is_writers: bool) {
        if self.open.has(address) {
            return;
        }
        self.seek(&flat::spaced(address), HitKind::Address, is_writers);
        let local = address.rsplit_once('@').map_or(address, |(local, _)| local);
        let local = local.split_once('+').map_or(local, |(base, _)| base);
        let flat = flat::spaced(local);
        let has_word = flat.split(' ').any(|word| ordinary::is_inflected_word(word.as_bytes()));
        if flat.contains(' ') {
            if flat.len() > LOCAL_MIN && !has_word && !flat.split(' ').all(|word| self.is_allowed(word)) {
                self.seek(&flat, HitKind::Address, is_writers);
            }
        } else if !has_word {
            self.seek_alone(local, LOCAL_MIN, HitKind::Address, is_writers);
        }
    }

    fn is_allowed(&self, word: &str) -> bool {
        self.allowed.iter().any(|allowed| allowed == word)
    }

    fn seek(&mut self, spaced: &str, kind: HitKind, is_writers: bool) {
        let squeezed: Vec<u8> = spaced.bytes().filter(|b| !matches!(b, b' ' | b'\n')).collect();
        let is_known = self.words.iter().any(|known| known.spaced == spaced.as_bytes());
        if squeezed.len() < 3 || is_known || self.words.len() >= usize::from(u16::MAX) {
            return;
        }
        let is_long = squeezed.len() >= SQUEEZED_MIN && kind != HitKind::Detail;
        let squeezed = if is_long { squeezed } else { Vec::new() };
        self.words.push(Word { spaced: spaced.as_bytes().to_vec(), squeezed, kind, is_writers });
    }

    pub(super) fn wants_digits(&self) -> bool {
        !self.phones.is_empty()
    }

    /// Calls `hit` for the kinds of what stands in a text.
    pub(super) fn find(&self, flat: &Flat, includes_readers: bool, mut hit: impl FnMut(HitKind)) {
        let is_sought = |word: &Word| includes_readers || word.is_writers;
        let mut place = 0;
        while place < flat.spaced.len() {
            let rest = &flat.spaced[place..];
            for number in self.spaced.at(rest) {
                let Some(word) = self.words.get(number).filter(|word| is_sought(word)) else { continue };
                if rest.strip_prefix(word.spaced.as_slice()).is_some_and(|tail| word.may_end(tail)) {
                    hit(word.kind);
                }
            }
            place += memchr::memchr2(b' ', b'\n', rest).map_or(rest.len(), |next| next + 1);
        }
        for (place, pair) in flat.squeezed.windows(2).enumerate() {
            if !self.squeezed.has(pair) {
                continue;
            }
            let rest = &flat.squeezed[place..];
            for number in self.squeezed.at(rest) {
                let Some(word) = self.words.get(number).filter(|word| is_sought(word)) else { continue };
                if rest.strip_prefix(word.squeezed.as_slice()).is_some_and(|tail| word.may_go_on(tail)) {
                    hit(word.kind);
                }
            }
        }
        if self.phones.iter().any(|(digits, is_writers)| (includes_readers || *is_writers) && flat.has_digits(digits)) {
            hit(HitKind::Phone);
        }
    }

    /// Calls `hit` for what stands in a text as it is written, letter case aside.
    pub(super) fn find_literals(&self, text: &str, mut hit: impl FnMut(HitKind)) {
        if self.literals.is_empty() {
            return;
        }
        let lower = text.to_ascii_lowercase();
        for (literal, kind) in &self.literals {
            let is_edge = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '-');
            let is_there = memchr::memmem::find_iter(lower.as_bytes(), literal.as_bytes()).any(|place| {
                is_edge(lower[..place].chars().next_back()) && is_edge(lower[place + literal.len()..].chars().next())
            });
            if is_there {
                hit(*kind);
            }
        }
    }
}

impl Word {
    /// Whether a word may end where a text goes on: at a blank, in the genitive, in a Finnish case.
    fn may_end(&self, tail: &[u8]) -> bool {
        const CASES: [&[u8]; 14] = [
            b"s", b"n", b"lle", b"lla", b"lta", b"ssa", b"sta", b"in", b"ille", b"illa", b"ilta", b"issa", b"ista",
            b"iin",
        ];
        let length = tail.iter().take(6).take_while(|b| !matches!(b, b' ' | b'\n')).count();
        let ending = &tail[..length];
        let is_declined = self.kind == HitKind::Name && self.spaced.len() >= DECLINED_MIN && CASES.contains(&ending);
        ending.is_empty() || ending == b"s" || is_declined
    }

    /// `Kungsgatan 12` is not in `Kungsgatan 121`.
    fn may_go_on(&self, tail: &[u8]) -> bool {
        let ends_in_digit = self.squeezed.last().is_some_and(u8::is_ascii_digit);
        !(ends_in_digit && tail.first().is_some_and(u8::is_ascii_digit))
    }
}
