//! Words that are names of some and ordinary words or places of all: not every `björn` is Björn.

mod names;
mod places;
mod words;

/// A list of words made from one line of them, so that it can be searched by halves.
const fn count(text: &str) -> usize {
    let (bytes, mut place, mut blanks) = (text.as_bytes(), 0, 0);
    while place < bytes.len() {
        blanks += if bytes[place] == b' ' { 1 } else { 0 };
        place += 1;
    }
    blanks + 1
}

const fn split<const N: usize>(text: &'static str) -> [&'static [u8]; N] {
    let mut all: [&[u8]; N] = [b""; N];
    let (mut rest, mut place, mut number) = (text.as_bytes(), 0, 0);
    while place < rest.len() {
        if rest[place] == b' ' {
            let (word, tail) = rest.split_at(place);
            all[number] = word;
            rest = tail.split_at(1).1;
            (place, number) = (0, number + 1);
        } else {
            place += 1;
        }
    }
    all[number] = rest;
    all
}

macro_rules! lists {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {
        $($(#[$doc])* static $name: [&[u8]; count($text)] = split($text);)*

        #[cfg(test)]
        const ALL: &[(&str, &[&[u8]])] = &[$((stringify!($name), &$name)),*];
    };
}

lists! {
    SWEDISH = names::SWEDISH;
    DANISH_NORWEGIAN = names::DANISH_NORWEGIAN;
    ENGLISH = names::ENGLISH;
    FINNISH = names::FINNISH;
    OTHER = names::OTHER;
    CALENDAR = names::CALENDAR;
    WORDS = words::WORDS;
    PLACES = places::PLACES;
    /// Parts of surnames that are nobody's by themselves.
    PARTICLES = "ab abu af al ap av ben bin bint da dal de del della den der di do dos du e el ibn la las le los mac mc o och of op saint san st te ten ter und van vom von y zu zum zur";
    /// What a company is, after its name.
    COMPANY_FORMS = "ab aktiebolag aktieselskab aps as asa bv corp enk gmbh hb hf inc incorporated kb ks ky limited llc llp ltd nuf osakeyhtio oy oyj plc pte pty srl tmi";
}

/// Bits that tell at once that most words are in no list at all (a Bloom filter with one hash).
static MAYBE: [u64; 1024] = {
    let mut bits = [0; 1024];
    mark(&mut bits, &SWEDISH);
    mark(&mut bits, &DANISH_NORWEGIAN);
    mark(&mut bits, &ENGLISH);
    mark(&mut bits, &FINNISH);
    mark(&mut bits, &OTHER);
    mark(&mut bits, &CALENDAR);
    mark(&mut bits, &WORDS);
    mark(&mut bits, &PLACES);
    bits
};

const fn mark(bits: &mut [u64; 1024], words: &[&[u8]]) {
    let mut number = 0;
    while number < words.len() {
        let hash = hash(words[number]);
        bits[(hash >> 6) as usize] |= 1 << (hash & 63);
        number += 1;
    }
}

/// FNV-1a, folded to sixteen bits.
const fn hash(word: &[u8]) -> u16 {
    let (mut hash, mut place) = (0x811c_9dc5_u32, 0);
    while place < word.len() {
        hash = (hash ^ word[place] as u32).wrapping_mul(0x0100_0193);
        place += 1;
    }
    let [a, b, c, d] = hash.to_le_bytes();
    u16::from_le_bytes([a ^ c, b ^ d])
}

/// Whether a word may be in one of the lists of words and places.
fn may_be_listed(word: &[u8]) -> bool {
    let hash = hash(word);
    MAYBE[usize::from(hash >> 6)] >> (hash & 63) & 1 == 1
}

/// What has to be shown before a word is taken for the name it is known as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Care(u8);

impl Care {
    /// None: it is nothing but a name.
    pub(crate) const NONE: Self = Self(0);
    /// It is an ordinary word, too.
    pub(crate) const WORD: Self = Self(1);
    /// It is a month, a season or a day, too.
    pub(crate) const CALENDAR: Self = Self(2);
    /// It is a place, too.
    pub(crate) const PLACE: Self = Self(4);
    /// It is so short that many things are written alike.
    pub(crate) const SHORT: Self = Self(8);

    /// Both.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether any of another's cares is among these.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn when(self, is_so: bool) -> Self {
        if is_so { self } else { Self::NONE }
    }
}

/// The care a folded name part wants.
pub(crate) fn care(folded: &[u8]) -> Care {
    if !may_be_listed(folded) {
        return Care::SHORT.when(folded.len() < 3);
    }
    Care::WORD
        .when(is_also_word(folded) || is_word(folded))
        .and(Care::CALENDAR.when(has(&CALENDAR, folded)))
        .and(Care::PLACE.when(is_place(folded)))
        .and(Care::SHORT.when(folded.len() < 3))
}

/// Whether a folded name part is also an ordinary word.
pub(crate) fn is_also_word(folded: &[u8]) -> bool {
    [&SWEDISH as &[_], &DANISH_NORWEGIAN, &ENGLISH, &FINNISH, &OTHER, &CALENDAR].iter().any(|list| has(list, folded))
}

/// Whether a folded word is one that offices, greetings and mailboxes are called by.
pub(crate) fn is_word(folded: &[u8]) -> bool {
    has(&WORDS, folded)
}

/// Whether a folded word is never to be taken for a name by itself.
pub(crate) fn is_never_name(folded: &[u8]) -> bool {
    is_word(folded) && !is_also_word(folded)
}

/// Whether a folded word is a place anybody may name.
pub(crate) fn is_place(folded: &[u8]) -> bool {
    has(&PLACES, folded)
}

/// `von`, `af`, `de`, `bin`.
pub(crate) fn is_particle(folded: &[u8]) -> bool {
    has(&PARTICLES, folded)
}

/// `AB`, `ApS`, `Oy`.
pub(crate) fn is_company_form(folded: &[u8]) -> bool {
    has(&COMPANY_FORMS, folded)
}

/// Whether a word is an ordinary one, or one with a common ending.
pub(crate) fn is_inflected_word(folded: &[u8]) -> bool {
    const ENDINGS: [&[u8]; 12] = [b"en", b"et", b"n", b"t", b"an", b"ar", b"or", b"er", b"na", b"arna", b"s", b"ne"];
    let is_any = |word: &[u8]| may_be_listed(word) && (is_word(word) || is_also_word(word) || is_place(word));
    is_any(folded)
        || ENDINGS.iter().any(|ending| folded.strip_suffix(*ending).is_some_and(|stem| stem.len() > 2 && is_any(stem)))
}

/// Endings of the names of offices.
const OFFICES: [&[u8]; 46] = [
    b"avdelningen",
    b"bolaget",
    b"byran",
    b"byraen",
    b"center",
    b"centralen",
    b"centre",
    b"centret",
    b"centrum",
    b"clinic",
    b"enheten",
    b"firman",
    b"firmaet",
    b"forbundet",
    b"forening",
    b"foreningen",
    b"foundation",
    b"group",
    b"gruppen",
    b"huset",
    b"jouren",
    b"kansliet",
    b"keskus",
    b"kirken",
    b"kliniken",
    b"klinikken",
    b"klubben",
    b"kommun",
    b"kommune",
    b"koulu",
    b"kyrkan",
    b"mottagningen",
    b"myndigheten",
    b"palvelu",
    b"radet",
    b"sairaala",
    b"senter",
    b"senteret",
    b"service",
    b"skolan",
    b"skolen",
    b"stiftelsen",
    b"teamet",
    b"tjanst",
    b"verket",
    b"yhdistys",
];

/// Whether a folded word says that an office is meant, not a person.
pub(crate) fn is_office(folded: &[u8]) -> bool {
    is_company_form(folded) || is_never_name(folded) || OFFICES.iter().any(|ending| folded.ends_with(ending))
}

fn has(list: &[&[u8]], word: &[u8]) -> bool {
    list.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::known::fold;

    #[test]
    fn lists_are_sorted_folded_and_large_enough() {
        for (name, list) in ALL {
            assert!(list.is_sorted() && list.len() >= 25, "{name}: {}", list.len());
            for word in *list {
                let text = std::str::from_utf8(word).unwrap();
                assert_eq!(fold::words(text).0, *word, "{name}: {text}");
            }
        }
        let names: usize = ALL[..5].iter().map(|(_, list)| list.len()).sum();
        assert!(names > 1200 && PLACES.len() > 900 && WORDS.len() > 900, "{names} {} {}", PLACES.len(), WORDS.len());
    }

    #[test]
    fn names_that_are_words_want_care() {
        for word in [
            "bjorn", "sten", "ros", "my", "liv", "tage", "var", "hav", "stig", "frej", "dag", "storm", "ek", "berg",
            "lind", "strom", "sjo", "bo", "ask", "sol", "nord", "dal", "lie", "will", "mark", "grace", "hope", "faith",
            "rose", "bill", "pat", "art", "summer", "may", "june", "rich", "grant", "young", "king", "long", "best",
            "love", "onni", "toivo", "satu", "ilo", "tuuli", "lumi", "kuu", "aamu", "rauha", "virta", "maki", "lahti",
            "salo", "hans", "ville", "are", "age", "mika",
        ] {
            assert!(care(word.as_bytes()).has(Care::WORD), "{word}");
        }
        for name in ["anna", "karlsson", "frida", "virtanen", "olsen", "mohammed", "sara", "nora"] {
            assert_eq!(care(name.as_bytes()), Care::NONE, "{name}");
        }
        assert!(care(b"goteborg") == Care::PLACE && care(b"may").has(Care::CALENDAR) && care(b"bo").has(Care::SHORT));
        assert!(is_office(b"ungdomsmottagningen") && is_office(b"kliniken") && !is_office(b"karlsson"));
        assert!(is_inflected_word(b"blommorna") && is_inflected_word(b"sommar") && !is_inflected_word(b"ankan"));
    }
}
