//! Numbers in words, in each language: units, teens and tens, and what they are joined into.

use super::Spoken;

/// How a language joins a ten and a unit into one word.
#[derive(Clone, Copy)]
enum Join {
    /// `tjugo` + `ett`, with these endings in the middle.
    TenFirst(&'static str),
    /// `en` + `og` + `tyve`.
    UnitFirst(&'static str),
    /// `twenty one`: two words.
    Apart,
}

struct Language {
    /// For each digit its words.
    units: [&'static str; 10],
    /// Ten to nineteen.
    teens: [&'static str; 10],
    /// Twenty to ninety.
    tens: [&'static str; 8],
    joins: &'static [Join],
    /// What makes a hundred in the middle of a word.
    hundred: Option<&'static str>,
}

const LANGUAGES: [Language; 7] = [
    Language {
        units: [
            "noll nolla nollan",
            "ett en etta ettan",
            "två tvåa",
            "tre trea",
            "fyra",
            "fem femma",
            "sex sexa",
            "sju sjua",
            "åtta",
            "nio nia",
        ],
        teens: ["tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"],
        tens: [
            "tjugo tjugi",
            "trettio tretti",
            "fyrtio förti fyrti",
            "femtio femti",
            "sextio sexti",
            "sjuttio sjutti",
            "åttio åtti",
            "nittio nitti",
        ],
        joins: &[Join::TenFirst("")],
        hundred: Some("hundra"),
    },
    Language {
        units: ["nul nullet", "en et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"],
        teens: ["ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"],
        tens: [
            "tyve",
            "tredive tredve",
            "fyrre fyrretyve",
            "halvtreds halvtredsindstyve",
            "tres",
            "halvfjerds",
            "firs",
            "halvfems",
        ],
        joins: &[Join::UnitFirst("og")],
        hundred: Some("hundrede"),
    },
    Language {
        units: ["null", "en ett ein ei eitt", "to", "tre", "fire", "fem", "seks", "sju syv", "åtte", "ni"],
        teens: ["ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"],
        tens: ["tjue tyve", "tretti tredve", "førti førr", "femti", "seksti", "sytti", "åtti", "nitti"],
        joins: &[Join::TenFirst(""), Join::UnitFirst("og")],
        hundred: Some("hundre"),
    },
    Language {
        units: [
            "zero oh nought naught nil o",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine niner",
        ],
        teens: [
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        tens: ["twenty", "thirty", "forty fourty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        joins: &[Join::Apart, Join::TenFirst("")],
        hundred: None,
    },
    Language {
        units: [
            "nolla nol",
            "yksi yks ykkönen",
            "kaksi kaks kakkonen",
            "kolme kol kolmonen",
            "neljä nelonen nel",
            "viisi viis viitonen",
            "kuusi kuus kutonen",
            "seitsemän seittemän seiska seitti",
            "kahdeksan kaheksan kasi",
            "yhdeksän yheksän ysi",
        ],
        teens: [
            "kymmenen",
            "yksitoista",
            "kaksitoista",
            "kolmetoista",
            "neljätoista",
            "viisitoista",
            "kuusitoista",
            "seitsemäntoista",
            "kahdeksantoista",
            "yhdeksäntoista",
        ],
        tens: [
            "kaksikymmentä kakskyt kakskytä kakskymmentä",
            "kolmekymmentä kolkyt kolkytä kolmekyt kolmekytä kolmkyt",
            "neljäkymmentä neljäkyt neljäkytä nelkyt nelkytä",
            "viisikymmentä viiskyt viiskytä",
            "kuusikymmentä kuuskyt kuuskytä",
            "seitsemänkymmentä seittemänkyt seittemänkytä seiskyt seiskytä",
            "kahdeksankymmentä kaheksankyt kaheksankytä kasikyt kasikytä",
            "yhdeksänkymmentä yheksänkyt yheksänkytä ysikyt ysikytä",
        ],
        joins: &[Join::TenFirst("")],
        hundred: Some("sata"),
    },
    Language {
        units: ["null", "eins ein", "zwei zwo", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"],
        teens: [
            "zehn",
            "elf",
            "zwölf",
            "dreizehn",
            "vierzehn",
            "fünfzehn",
            "sechzehn",
            "siebzehn",
            "achtzehn",
            "neunzehn",
        ],
        tens: ["zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"],
        joins: &[Join::UnitFirst("und")],
        hundred: Some("hundert"),
    },
    Language {
        units: ["zéro", "un une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
        teens: ["dix", "onze", "douze", "treize", "quatorze", "quinze", "seize", "dixsept", "dixhuit", "dixneuf"],
        tens: ["vingt", "trente", "quarante", "cinquante", "soixante", "septante", "octante huitante", "nonante"],
        joins: &[Join::Apart],
        hundred: None,
    },
];

const TWICE: &str = "double dubbel dubbelt dubbla dobbelt dobbel tupla doppel";
/// Those of them that are joined to the digit.
const PAIRS: &str = "double dubbel dobbel tupla doppel";
const THRICE: &str = "triple trippel trippelt tripla dreimal";
const HUNDRED: &str = "hundra hundre hundrede hundred hundert sata sataa cent";

/// Gives every number word to `push`.
pub(super) fn all(mut push: impl FnMut(&str, Spoken)) {
    for language in &LANGUAGES {
        let below = language.below_hundred();
        for (word, value) in &below {
            push(word, Spoken::Value(*value));
        }
        language.rows(&below, |word, row| push(word, row));
        let Some(hundred) = language.hundred else { continue };
        // Finnish says `kaksisataa`, and its tens have many forms already.
        let most = if hundred == "sata" { 1 } else { usize::MAX };
        for (count, first) in hundreds(language).take(most) {
            if !first.is_empty() {
                push(&format!("{first}{hundred}"), Spoken::Value(count * 100));
            }
            for (word, value) in &below {
                push(&format!("{first}{hundred}{word}"), Spoken::Value(count * 100 + value));
                push(&format!("{first}{hundred}og{word}"), Spoken::Value(count * 100 + value));
            }
        }
    }
    for (words, times) in [(TWICE, 2), (THRICE, 3)] {
        words.split(' ').for_each(|word| push(word, Spoken::Times(times)));
    }
    HUNDRED.split(' ').for_each(|word| push(word, Spoken::Hundred));
}

/// What may stand before `hundra`: nothing, any word for one, or the first word of each other unit.
fn hundreds(language: &Language) -> impl Iterator<Item = (u16, &'static str)> {
    let units = language.units.iter().skip(2).zip(2..);
    let ones = language.units[1].split(' ').map(|one| (1, one));
    let others = units.map(|(words, count)| (count, words.split(' ').next().unwrap_or_default()));
    [(1, "")].into_iter().chain(others).chain(ones)
}

impl Language {
    /// Digits said in one word: `nollsju`, `nollsjuttio`, `nollsjunoll`, `dubbelsju`.
    fn rows(&self, below: &[(String, u16)], mut push: impl FnMut(&str, Spoken)) {
        let zero = self.units[0].split(' ').next().unwrap_or_default();
        let units = self.units.iter().zip(0..).flat_map(|(words, unit)| words.split(' ').map(move |word| (word, unit)));
        for (word, unit) in units {
            if zero.len() >= 3 {
                push(&format!("{zero}{word}"), Spoken::Row(unit, 2));
                push(&format!("{zero}{word}{zero}"), Spoken::Row(unit * 10, 3));
            }
            PAIRS.split(' ').for_each(|pair| push(&format!("{pair}{word}"), Spoken::Row(unit * 11, 2)));
        }
        let from_ten = below.iter().filter(|(_, value)| *value >= 10 && zero.len() >= 3);
        from_ten.for_each(|(word, value)| push(&format!("{zero}{word}"), Spoken::Row(*value, 3)));
    }

    fn below_hundred(&self) -> Vec<(String, u16)> {
        let mut all = Vec::new();
        let rows = self.units.iter().zip(0..).chain(self.teens.iter().zip(10..));
        for (words, value) in rows.chain(self.tens.iter().zip((20..).step_by(10))) {
            all.extend(words.split(' ').map(|word| (word.to_owned(), value)));
        }
        for (tens, ten) in self.tens.iter().zip((20..).step_by(10)) {
            for (units, unit) in self.units.iter().zip(0..).skip(1) {
                for join in self.joins {
                    let pairs = tens.split(' ').flat_map(|t| units.split(' ').map(move |u| (t, u)));
                    all.extend(pairs.filter_map(|(t, u)| Some((join.word(t, u)?, ten + unit))));
                }
            }
        }
        all
    }
}

impl Join {
    fn word(self, ten: &str, unit: &str) -> Option<String> {
        match self {
            Self::TenFirst(between) => Some(format!("{ten}{between}{unit}")),
            Self::UnitFirst(between) => Some(format!("{unit}{between}{ten}")),
            Self::Apart => None,
        }
    }
}
