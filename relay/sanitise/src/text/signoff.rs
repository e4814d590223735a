//! The words people end a letter with, and the name below them: both stay.

/// Sign-offs, lower case; what may follow on the line is a name.
const SIGNOFFS: [&str; 168] = [
    "mvh",
    "m.v.h",
    "med vänlig hälsning",
    "med vänliga hälsningar",
    "vänlig hälsning",
    "vänliga hälsningar",
    "vänligen",
    "hälsningar",
    "hälsning",
    "bästa hälsningar",
    "bästa hälsning",
    "varma hälsningar",
    "varm hälsning",
    "många hälsningar",
    "med hälsning",
    "med varma hälsningar",
    "med bästa hälsning",
    "med bästa hälsningar",
    "hjärtliga hälsningar",
    "soliga hälsningar",
    "kram",
    "kramar",
    "stor kram",
    "många kramar",
    "varm kram",
    "varma kramar",
    "kram på dig",
    "puss",
    "puss och kram",
    "allt gott",
    "allt det bästa",
    "ha det bra",
    "ha det gott",
    "ha det så bra",
    "ha en fin dag",
    "ha en bra dag",
    "vi hörs",
    "hörs",
    "tack på förhand",
    "tack",
    "med venlig hilsen",
    "venlig hilsen",
    "med venlige hilsner",
    "venlige hilsner",
    "venligst",
    "de bedste hilsner",
    "bedste hilsner",
    "bedste hilsener",
    "mange hilsner",
    "mange hilsener",
    "hilsen",
    "hilsner",
    "kærlig hilsen",
    "kærligst",
    "kærlige hilsner",
    "varme hilsner",
    "kh",
    "vh",
    "dbh",
    "knus",
    "knus og kram",
    "store knus",
    "alt godt",
    "med vennlig hilsen",
    "vennlig hilsen",
    "vennlege helsingar",
    "vennlige hilsner",
    "beste hilsen",
    "beste hilsner",
    "med venleg helsing",
    "venleg helsing",
    "helsing",
    "beste helsing",
    "klem",
    "stor klem",
    "klemmer",
    "kjærlig hilsen",
    "varm klem",
    "varme klemmer",
    "gode hilsner",
    "god hilsen",
    "de beste hilsener",
    "hilsen fra",
    "kind regards",
    "best regards",
    "warm regards",
    "warmest regards",
    "kindest regards",
    "with kind regards",
    "regards",
    "best wishes",
    "warm wishes",
    "warmly",
    "all the best",
    "best",
    "sincerely",
    "yours sincerely",
    "sincerely yours",
    "yours faithfully",
    "yours truly",
    "yours",
    "many thanks",
    "thanks",
    "thank you",
    "cheers",
    "love",
    "lots of love",
    "with love",
    "take care",
    "hugs",
    "big hug",
    "br",
    "rgds",
    "terveisin",
    "ystävällisin terveisin",
    "parhain terveisin",
    "lämpimin terveisin",
    "terveiset",
    "yt",
    "terv",
    "terkuin",
    "halauksin",
    "halaus",
    "rakkaudella",
    "kiittäen",
    "kunnioittavasti",
    "kiitos",
    "mit freundlichen grüßen",
    "mit freundlichen grüssen",
    "mit besten grüßen",
    "freundliche grüße",
    "viele grüße",
    "liebe grüße",
    "beste grüße",
    "thanks again",
    "thanks so much",
    "thanks in advance",
    "tusen takk",
    "tusen tack",
    "tack så mycket",
    "mange tak",
    "mange takk",
    "tak",
    "takk",
    "på forhånd takk",
    "på forhånd tak",
    "på förhand tack",
    "tack igen",
    "tack för hjälpen",
    "takk for hjelpen",
    "tak for hjælpen",
    "kiitos avusta",
    "paljon kiitoksia",
    "ystävällisesti",
    "terkut",
    "halit",
    "xx",
    "xoxo",
    "kveðja",
    "bestu kveðjur",
    "alles gute",
    "many hugs",
    "hej så länge",
    "hej då",
    "må så gott",
    "ta hand om dig",
    "pas på dig selv",
    "ta vare på deg",
];
const SIGNOFFS_ABROAD: [&str; 44] = [
    "herzliche grüße",
    "herzlichst",
    "gruß",
    "grüße",
    "lg",
    "vg",
    "mfg",
    "alles liebe",
    "hochachtungsvoll",
    "cordialement",
    "bien cordialement",
    "bien à vous",
    "bien à toi",
    "amicalement",
    "bises",
    "bisous",
    "salutations",
    "meilleures salutations",
    "sincères salutations",
    "je t'embrasse",
    "saludos",
    "un saludo",
    "saludos cordiales",
    "un abrazo",
    "abrazos",
    "atentamente",
    "atenciosamente",
    "abraços",
    "cordiali saluti",
    "distinti saluti",
    "saluti",
    "un abbraccio",
    "met vriendelijke groet",
    "met vriendelijke groeten",
    "groetjes",
    "groeten",
    "mvg",
    "pozdrawiam",
    "z poważaniem",
    "serdecznie pozdrawiam",
    "з повагою",
    "с уважением",
    "saygılarımla",
    "تحياتي",
];

/// Longest line taken for a sign-off, in octets, and the most words of a name.
const LENGTH_MAX: usize = 70;
const NAME_WORDS: usize = 3;
/// Most words of such a line: two sign-offs and a name.
const LINE_WORDS: usize = 10;

/// Whether a line ends a letter: `Mvh`, `Kram Vinter`, `Med vänlig hälsning / Best regards`.
pub(crate) fn is_signoff(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    if line.is_empty() || line.len() > LENGTH_MAX || line.split_whitespace().nth(LINE_WORDS).is_some() {
        return false;
    }
    let lower = line.to_lowercase();
    let known = SIGNOFFS.iter().chain(&SIGNOFFS_ABROAD);
    let rest =
        known.filter_map(|start| lower.strip_prefix(start)).filter(|rest| !rest.starts_with(char::is_alphanumeric));
    let Some(rest) = rest.min_by_key(|rest| rest.len()) else {
        // `/Anna` and `//Anna` end letters too.
        return line.starts_with('/') && is_name(line.trim_start_matches('/'));
    };
    // The same words in the line as it is written: the rest is as many words from its end.
    let words = rest.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
    let is_from =
        ["från", "fra", "frå", "from", "önskar", "ønsker"].iter().any(|word| rest.trim_start().starts_with(word));
    words == 0 || is_from && words <= 5 || rest.split('/').nth(1).is_some_and(is_signoff) || {
        let written = line.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).rev().take(words);
        let is_part =
            |word: &str| starts_in_capitals(word) || matches!(word, "från" | "fra" | "from" | "frå" | "och" | "og");
        words <= NAME_WORDS + 1 && written.into_iter().all(is_part) && !line.ends_with('?')
    }
}

fn starts_in_capitals(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// Whether a line is one or two names and nothing else: `Vinter`, `Anna K.`, `frida`, `Anna-Karin Karlsson`.
pub(crate) fn is_name(line: &str) -> bool {
    let line = line.trim().trim_matches(['*', '_', '/', '~', '-', '–', '♥', '❤', '\u{fe0f}', ' ', ',']);
    let words = line.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
    // Hearts and flowers are letters too.
    let is_letter =
        |c: char| c.is_alphabetic() || !c.is_ascii() && !c.is_numeric() || matches!(c, '-' | '.' | '\'' | ' ' | '"');
    let is_cased =
        words == 1 || line.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).all(starts_in_capitals);
    (1..=NAME_WORDS).contains(&words) && line.len() <= 50 && line.chars().all(is_letter) && is_cased
}

/// A name of at least two words, as it stands above a block of contact lines.
pub(crate) fn is_full_name(line: &str) -> bool {
    is_name(line) && line.split_whitespace().count() >= 2 && !line.trim_end().ends_with('.')
}

#[cfg(test)]
#[path = "signoff/tests.rs"]
mod tests;
