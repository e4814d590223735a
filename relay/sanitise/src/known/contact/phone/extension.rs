//! Numbers inside of an office, behind the number of its exchange.

use crate::known::contact::lexicon::Marks;
use crate::known::contact::token::{Gap, Kind, Page};

/// What announces a number inside of an office.
const EXTENSIONS: [&str; 17] = [
    "ext",
    "extension",
    "anknytning",
    "anknytningen",
    "anknytn",
    "ankn",
    "lokal",
    "lok",
    "lokalnummer",
    "linje",
    "internnummer",
    "intern",
    "durchwahl",
    "dw",
    "alanumero",
    "alanumeron",
    "poste",
];

/// The digits of an extension that is named right behind a number: `… och sen anknytning 4412`.
pub(in crate::known::contact) fn extension(page: &Page<'_>, from: usize) -> Option<usize> {
    let is_near = |at: usize| page.gap(at) <= Gap::Blank;
    let is_word = |at: &usize| EXTENSIONS.iter().any(|word| page.word(*at).eq_ignore_ascii_case(word));
    let word = (from..from + 4).take_while(|at| is_near(*at)).find(is_word)?;
    let is_joint = |at: usize| matches!(page.mark(at), b',' | b'(') || page.has(at, Marks::AND | Marks::FILLER);
    let digits = (word + 1..word + 4).take_while(|at| is_near(*at)).find(|at| page.is(*at, Kind::Number))?;
    let is_plain = (from..word).all(is_joint)
        && (word + 1..digits).all(|at| matches!(page.mark(at), b'.' | b':') || page.has(at, Marks::FILLER));
    (is_plain && (1..=6).contains(&page.digits(digits))).then_some(digits)
}
