//! What single words tell: cues, parts of addresses, and the numbers they name.

mod da;
mod de;
mod en;
mod fi;
mod names;
mod nb;
mod number;
mod sv;

use std::collections::HashMap;
use std::ops::BitOr;
use std::sync::LazyLock;

/// What a word can be a sign of; a word may be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks(u64);

impl Marks {
    pub(super) const NONE: Self = Self(0);
    /// A telephone number follows: `mobil`, `ring`.
    pub(super) const PHONE: Self = Self(1);
    /// `nummer` by itself.
    pub(super) const NUMBER: Self = Self(1 << 1);
    /// Some other number follows: an order, a case, a code.
    pub(super) const REFERENCE: Self = Self(1 << 2);
    /// A national identity number follows.
    pub(super) const IDENTITY: Self = Self(1 << 3);
    /// A bank account or card follows.
    pub(super) const ACCOUNT: Self = Self(1 << 4);
    /// A car is spoken of.
    pub(super) const CAR: Self = Self(1 << 5);
    /// A car's plate is spoken of.
    pub(super) const PLATE: Self = Self(1 << 6);
    /// A helpline is named.
    pub(super) const HELPLINE: Self = Self(1 << 7);
    /// Somebody's home is spoken of: `bor`, `adress`.
    pub(super) const HOME: Self = Self(1 << 8);
    /// A place where people have handles.
    pub(super) const PLATFORM: Self = Self(1 << 9);
    /// `heter`, `called`.
    pub(super) const NAMED: Self = Self(1 << 10);
    /// `är`, `is`, `på` and the like, between a cue and what it announces.
    pub(super) const FILLER: Self = Self(1 << 11);
    /// `@` in words that mean nothing else.
    pub(super) const AT: Self = Self(1 << 12);
    /// `@` in words that mean other things too.
    pub(super) const WEAK_AT: Self = Self(1 << 13);
    /// A dot in words.
    pub(super) const DOT: Self = Self(1 << 14);
    /// `understreck`, `bindestreck`.
    pub(super) const STROKE: Self = Self(1 << 15);
    /// A mail provider's name.
    pub(super) const PROVIDER: Self = Self(1 << 16);
    /// A top-level domain.
    pub(super) const TOP: Self = Self(1 << 17);
    /// Money.
    pub(super) const MONEY: Self = Self(1 << 18);
    /// A unit that a number is counted in.
    pub(super) const UNIT: Self = Self(1 << 19);
    pub(super) const MONTH: Self = Self(1 << 20);
    /// A word that is never a handle or a place.
    pub(super) const PLAIN: Self = Self(1 << 21);
    /// A kind of street as a word of its own, before its number: `gate`, `Allé`.
    pub(super) const STREET: Self = Self(1 << 22);
    /// A kind of street after a number and a name: `12 High Street`.
    pub(super) const STREET_AFTER: Self = Self(1 << 23);
    /// A kind of street between a number and a name: `12 rue …`.
    pub(super) const STREET_FIRST: Self = Self(1 << 24);
    /// `Norra`, `Gamla`: what stands before a street's name.
    pub(super) const QUALIFIER: Self = Self(1 << 25);
    /// Ends like a street and is none: `motorväg`.
    pub(super) const NO_STREET: Self = Self(1 << 26);
    /// Floor, flat or side of a house.
    pub(super) const FLOOR: Self = Self(1 << 27);
    /// A door code follows.
    pub(super) const DOOR: Self = Self(1 << 28);
    /// A larger town.
    pub(super) const TOWN: Self = Self(1 << 29);
    /// `mitt`, `my`.
    pub(super) const MINE: Self = Self(1 << 30);
    /// A number with dots follows that is no address: `version`.
    pub(super) const VERSION: Self = Self(1 << 31);
    /// Three capital letters that are no plate: `BMW`.
    pub(super) const MAKER: Self = Self(1 << 32);
    /// Groups and pages have names too, and may be named.
    pub(super) const GROUP: Self = Self(1 << 33);
    /// `och`, `and`: joins numbers in words.
    pub(super) const AND: Self = Self(1 << 34);
    /// A postcode follows.
    pub(super) const POSTCODE: Self = Self(1 << 35);
    /// A device that is named after its owner.
    pub(super) const DEVICE: Self = Self(1 << 36);
    /// A short unit that is also a word.
    pub(super) const SHORT_UNIT: Self = Self(1 << 37);
    /// `flat`, `apt`: announces a part of an address.
    pub(super) const FLAT: Self = Self(1 << 38);
    /// `mejl`, `mail`.
    pub(super) const MAIL: Self = Self(1 << 39);
    /// A word for handles: `användarnamn`, `gamertag`.
    pub(super) const NICK: Self = Self(1 << 40);
    /// `lägg till`, `search`: somebody's handle may follow.
    pub(super) const SEEK: Self = Self(1 << 41);
    /// What an account can be besides somebody's: `privat`, `hackad`.
    pub(super) const STATE: Self = Self(1 << 42);
    /// A meeting on the net.
    pub(super) const MEETING: Self = Self(1 << 43);

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Marks {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A number in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spoken {
    /// Up to ninety-nine, and hundreds with what follows them in the same word.
    Value(u16),
    /// So many digits said in one word, zeros first: `nollsju`, `dubbelnoll`.
    Row(u16, u8),
    /// `double`: the next digit twice, or thrice.
    Times(u8),
    /// `hundred` by itself.
    Hundred,
}

/// One language's words: what they are a sign of, and the words themselves with blanks between.
type Table = &'static [(Marks, &'static str)];

/// All languages: which one a letter is in need not be known, and people mix them.
const TABLES: [Table; 7] = [sv::WORDS, da::WORDS, nb::WORDS, en::WORDS, fi::WORDS, de::WORDS, names::WORDS];

/// The words of all languages, found by their hash.
pub(super) struct Lexicon {
    senses: Vec<(Marks, Option<Spoken>)>,
    by_hash: HashMap<u64, u16, Same>,
    /// Which top halves of a hash occur at all: most words of a letter end here.
    first: Box<[u64; 1024]>,
}

/// The lexicon, made when it is first needed.
pub(super) fn lexicon() -> &'static Lexicon {
    static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::make);
    &LEXICON
}

impl Lexicon {
    fn make() -> Self {
        let mut all = Self {
            senses: vec![(Marks::NONE, None)],
            by_hash: HashMap::with_capacity_and_hasher(8192, Same),
            first: Box::new([0; 1024]),
        };
        for (marks, words) in TABLES.into_iter().flatten() {
            for word in words.split_whitespace() {
                all.add(word, *marks, None);
            }
        }
        for (base, ending) in names::PLATFORMS.split(' ').flat_map(|b| names::ENDINGS.split(' ').map(move |e| (b, e))) {
            all.add(base, Marks::PLATFORM, None);
            all.add(&format!("{base}{ending}"), Marks::PLATFORM, None);
        }
        let makes = names::MAKES.split_whitespace();
        for (base, ending) in makes.flat_map(|b| names::MAKE_ENDINGS.split(' ').map(move |e| (b, e))) {
            all.add(base, Marks::CAR, None);
            all.add(&format!("{base}{ending}"), Marks::CAR, None);
        }
        number::all(|word, spoken| all.add(word, Marks::NONE, Some(spoken)));
        all
    }

    fn add(&mut self, word: &str, marks: Marks, spoken: Option<Spoken>) {
        let hash = hash(folded(word).as_bytes());
        let next = u16::try_from(self.senses.len()).unwrap_or(0);
        let place = *self.by_hash.entry(hash).or_insert(next);
        if place == next {
            self.senses.push((Marks::NONE, None));
            let bit = hash >> 48;
            self.first[usize::try_from(bit >> 6).unwrap_or(0)] |= 1 << (bit & 63);
        }
        let sense = &mut self.senses[usize::from(place)];
        sense.0 = sense.0 | marks;
        sense.1 = sense.1.or(spoken);
    }

    pub(super) fn find(&self, hash: u64) -> u16 {
        let bit = hash >> 48;
        if self.first[usize::try_from(bit >> 6).unwrap_or(0)] >> (bit & 63) & 1 == 0 {
            return 0;
        }
        self.by_hash.get(&hash).copied().unwrap_or(0)
    }

    pub(super) fn marks(&self, sense: u16) -> Marks {
        self.senses.get(usize::from(sense)).map_or(Marks::NONE, |sense| sense.0)
    }

    pub(super) fn spoken(&self, sense: u16) -> Option<Spoken> {
        self.senses.get(usize::from(sense)).and_then(|sense| sense.1)
    }

    /// The number a folded word names that is no token.
    pub(super) fn spoken_of(&self, folded: &str) -> Option<Spoken> {
        self.spoken(self.find(hash(folded.as_bytes())))
    }

    /// What the lexicon knows of a word that is no token.
    pub(super) fn marks_of(&self, word: &str) -> Marks {
        self.marks(self.find(hash(folded(word).as_bytes())))
    }
}

/// The keys of the table are hashes already.
#[derive(Default, Clone, Copy)]
struct Same;

/// Hands on the one number it is given.
struct Handed(u64);

impl std::hash::BuildHasher for Same {
    type Hasher = Handed;
    fn build_hasher(&self) -> Handed {
        Handed(0)
    }
}

impl std::hash::Hasher for Handed {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, octets: &[u8]) {
        self.0 = mix(self.0, hash(octets));
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// Longest word that is looked into, in letters.
const WORD_MAX: usize = 40;

/// The hash of a folded word, made as it is read.
#[derive(Clone, Copy, Default)]
pub(super) struct Hash {
    mixed: u64,
    /// Up to eight octets that are not in the hash yet.
    last: u64,
    count: u32,
}

impl Hash {
    #[inline]
    pub(super) fn push(&mut self, octet: u8) {
        self.last = self.last << 8 | u64::from(octet);
        self.count += 1;
        if self.count.is_multiple_of(8) {
            self.mixed = mix(self.mixed, self.last);
            self.last = 0;
        }
    }

    pub(super) fn finish(self) -> u64 {
        mix(mix(self.mixed, self.last), u64::from(self.count))
    }
}

fn hash(folded: &[u8]) -> u64 {
    let mut hash = Hash::default();
    for octet in folded {
        hash.push(*octet);
    }
    hash.finish()
}

fn mix(hash: u64, octets: u64) -> u64 {
    let product = (hash ^ octets ^ 0x9e37_79b9_7f4a_7c15).wrapping_mul(0xd6e8_feb8_6659_fd93);
    product ^ product >> 32
}

/// A letter without case and accents, in ASCII where it is one of ours: people write `atta` for `åtta`.
pub(super) fn fold(octets: &[u8]) -> impl Iterator<Item = u8> + use<> {
    let (letters, length): ([u8; 4], usize) = match octets {
        [one] => ([one.to_ascii_lowercase(), 0, 0, 0], 1),
        [0xc3, second] => match second | 0x20 {
            0xa6 => (*b"ae\0\0", 2),
            0xa0..=0xa5 => (*b"a\0\0\0", 1),
            0xa7 => (*b"c\0\0\0", 1),
            0xa8..=0xab => (*b"e\0\0\0", 1),
            0xac..=0xaf => (*b"i\0\0\0", 1),
            0xb0 => (*b"d\0\0\0", 1),
            0xb1 => (*b"n\0\0\0", 1),
            0xb2..=0xb6 | 0xb8 => (*b"o\0\0\0", 1),
            0xb9..=0xbc => (*b"u\0\0\0", 1),
            0xbd => (*b"y\0\0\0", 1),
            0xbf if *second == 0x9f => (*b"ss\0\0", 2),
            other => ([0xc3, other, 0, 0], 2),
        },
        // Full-width Latin letters.
        [0xef, 0xbc, third @ 0xa1..=0xba] => ([third - 0xa1 + b'a', 0, 0, 0], 1),
        [0xef, 0xbd, third @ 0x81..=0x9a] => ([third - 0x81 + b'a', 0, 0, 0], 1),
        other => {
            let mut letters = [0; 4];
            letters.iter_mut().zip(other).for_each(|(to, from)| *to = *from);
            (letters, other.len().min(4))
        }
    };
    letters.into_iter().take(length)
}

/// A word in folded letters, at most as long as any we look into.
pub(super) fn folded(word: &str) -> String {
    folded_up_to(word, WORD_MAX)
}

/// A word in folded letters, however long.
pub(super) fn folded_whole(word: &str) -> String {
    folded_up_to(word, usize::MAX)
}

fn folded_up_to(word: &str, most: usize) -> String {
    let mut buffer = [0; 4];
    let mut octets = Vec::with_capacity(word.len().min(most));
    for c in word.chars().take(most) {
        octets.extend(fold(c.encode_utf8(&mut buffer).as_bytes()));
    }
    String::from_utf8(octets).unwrap_or_default()
}
