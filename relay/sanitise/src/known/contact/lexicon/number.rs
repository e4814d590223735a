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
            "neljä nelonen",
            "viisi viis viitonen",
            "kuusi kuus kutonen",
            "seitsemän seittemän seiska",
            "kahdeksan kasi",
            "yhdeksän ysi",
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
            "kaksikymmentä",
            "kolmekymmentä",
            "neljäkymmentä",
            "viisikymmentä",
            "kuusikymmentä",
            "seitsemänkymmentä",
            "kahdeksankymmentä",
            "yhdeksänkymmentä",
        ],
        joins: &[Join::TenFirst("")],
        hundred: None,
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
const THRICE: &str = "triple trippel trippelt tripla dreimal";
const HUNDRED: &str = "hundra hundre hundrede hundred hundert sata sataa cent";

/// Gives every number word to `push`.
pub(super) fn all(mut push: impl FnMut(&str, Spoken)) {
    for language in &LANGUAGES {
        let below = language.below_hundred();
        for (word, value) in &below {
            push(word, Spoken::Value(*value));
        }
        let Some(hundred) = language.hundred else { continue };
        for (count, first) in hundreds(language) {
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

/// What may stand before `hundra`: nothing, or the first word of each unit.
fn hundreds(language: &Language) -> impl Iterator<Item = (u16, &'static str)> {
    let units = language.units.iter().skip(1).zip(1..);
    [(1, "")].into_iter().chain(units.map(|(words, count)| (count, words.split(' ').next().unwrap_or_default())))
}

impl Language {
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
