//! Legal notices, pleas for the trees and the rules of mailing lists below a letter: known by how dense their words are.

mod stems;

use super::{voice, work};
use stems::STEMS;

/// What stands above a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Below a sign-off, a signature or a drawn line, where nobody goes on writing.
    AfterEnd,
    /// Below the writer's own words.
    AfterWords,
}

/// What a notice says about who it is for.
const ADDRESSED: [&str; 23] = [
    "intended",
    "addressee",
    "recipient",
    "mottagar",
    "modtager",
    "mottaker",
    "tiltænkt",
    "tiltenkt",
    "tarkoitett",
    "vastaanottaj",
    "empfänger",
    "destinataire",
    "avsedd",
    "confidencial",
    "конфиденц",
    "adresseret til",
    "adressert til",
    "adressat",
    "beregnet for",
    "beregnet til",
    "mottakar",
    "addressed to",
    "destinat",
];
const PRINTING: [&str; 22] = [
    "skriver ut",
    "skriv ut",
    "skrive ut",
    "utskrift",
    "printe",
    "print",
    "udskriv",
    "tulost",
    "ausdruck",
    "imprim",
    "drucken",
    "stampare",
    "impression",
    "skriver dette ut",
    "skriv inte ut",
    "ikke skriv ut",
    "ikke print",
    "udskriv ikke",
    "do not print",
    "don't print",
    "älä tulosta",
    "skriv ikke ut",
];
const NATURE: [&str; 11] = [
    "miljö",
    "miljø",
    "environment",
    "ympäristö",
    "luonto",
    "umwelt",
    "l'environnement",
    "ambiente",
    "planet",
    "naturen",
    "the earth",
];
const LISTS: [&str; 12] = [
    "mailing list",
    "mailinglist",
    "unsubscribe",
    "google groups",
    "google grupper",
    "prenumererar på gruppen",
    "avregistrera",
    "afmeld",
    "meld deg av",
    "sändlista",
    "e-postlista",
    "listinfo",
];

/// How a company says where it stands in a register.
const COMPANY: [&str; 13] = [
    "registered office",
    "registered in england",
    "registered in scotland",
    "company number",
    "company no",
    "company registered",
    "org.nr",
    "organisationsnummer",
    "handelsregister",
    "amtsgericht",
    "ust-id",
    "vat reg",
    "vat no",
];
/// What notices about personal data hold: the data, and what is done with them.
const DATA: [&str; 8] = [
    "personuppgift",
    "personoplysning",
    "personopplysning",
    "persondata",
    "henkilötieto",
    "personal data",
    "personenbezogen",
    "données personnelles",
];

/// Longest paragraph that is read, in octets: notices are long, letters without blank lines longer.
const LENGTH_MAX: usize = 4000;

/// Whether a paragraph is small print.
pub(crate) fn is_small_print(paragraph: &str, place: Place) -> bool {
    work::spend(paragraph.len().min(LENGTH_MAX));
    if paragraph.len() > LENGTH_MAX || paragraph.len() < 12 {
        return false;
    }
    let lower = paragraph.to_lowercase();
    let words = lower.split_whitespace().count();
    let has = |list: &[&str]| list.iter().any(|part| lower.contains(part));
    if voice::is_first_person(&lower) {
        return false;
    }
    if words <= 30 && has(&NATURE) && has(&PRINTING) {
        return true;
    }
    let is_path = |word: &str| word.contains('/') && word.contains('.') && !word.contains(|c: char| c.is_ascii_digit());
    let has_page = lower.contains("http") || lower.contains("www.") || lower.split_whitespace().any(is_path);
    if words <= 60 && has(&COMPANY) {
        return true;
    }
    if has(&LISTS) && (has_page || lower.contains('@')) && words <= 80 {
        return true;
    }
    let (found, weight) = weigh(&lower);
    let is_dense = (weight as usize + usize::from(has_page)) * 12 >= words;
    let is_addressed = has(&ADDRESSED);
    is_dense
        && match place {
            Place::AfterEnd => weight >= 5 && found >= 3 || weight >= 2 && has_page && words <= 30,
            Place::AfterWords => is_addressed && weight >= 6 && found >= 4 || has(&DATA) && has_page && found >= 3,
        }
}

/// Whether a paragraph may stand as a heading above small print: `Confidentiality notice:`.
pub(crate) fn is_heading(paragraph: &str) -> bool {
    let lower = paragraph.trim().to_lowercase();
    lower.len() <= 80
        && lower.split_whitespace().count() <= 6
        && weigh(&lower).1 >= 2
        && !voice::is_first_person(&lower)
}

/// How many different stems stand in a text, and how much they say together.
fn weigh(lower: &str) -> (usize, u32) {
    let mut seen = [false; STEMS.len()];
    for word in lower.split(|c: char| c.is_whitespace() || matches!(c, '/' | '(' | ')' | '"' | ',')) {
        let place = STEMS.partition_point(|(stem, _)| *stem <= word);
        if let Some(before) = place.checked_sub(1).filter(|before| word.starts_with(STEMS[*before].0)) {
            seen[before] = true;
        }
    }
    let found = STEMS.iter().zip(seen).filter(|(_, seen)| *seen);
    found.fold((0, 0), |(count, sum), ((_, weight), _)| (count + 1, sum + weight))
}

#[cfg(test)]
#[path = "small_print/tests.rs"]
mod tests;
