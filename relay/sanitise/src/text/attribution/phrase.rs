//! Whether a line is made of what clients write above a quote (a date, a verb, a name, an address) and nothing else.

use crate::text::voice;

/// How such a line begins when it does not begin with a name or a day.
const STARTS: [&str; 17] =
    ["on", "den", "på", "am", "le", "el", "il", "op", "em", "w", "dnia", "þann", "kl", "kl.", "at", "i", "um"];

/// Days, months and the small words around them and around names, lower case, without full stops.
const SMALL: [&str; 133] = [
    "on", "den", "på", "am", "le", "el", "il", "op", "em", "w", "dniu", "dnia", "þann", "kl", "klo", "klokken",
    "klockan", "at", "um", "uhr", "à", "às", "a", "alle", "ore", "om", "las", "a.m", "p.m", "pm", "gmt", "utc", "cet",
    "cest", "via", "giorno", "de", "da", "di", "do", "du", "von", "van", "der", "af", "av", "the", "of", "del", "la",
    "et", "ha", "hat", "écrit", "scritto", "mån", "tis", "ons", "tor", "tors", "fre", "lör", "sön", "man", "tir",
    "tirs", "lør", "søn", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "ma", "ti", "ke", "to", "pe", "su", "mo",
    "mi", "fr", "sa", "so", "lun", "mar", "mer", "jeu", "ven", "sam", "dim", "mié", "jue", "vie", "sáb", "dom", "gio",
    "sab", "wo", "vr", "za", "zo", "jan", "feb", "apr", "maj", "mai", "may", "jun", "jul", "aug", "sep", "sept", "okt",
    "oct", "nov", "dec", "des", "dez", "ene", "abr", "ago", "dic", "gen", "mag", "giu", "lug", "set", "ott", "janv",
    "févr",
];

/// How longer names of days and months begin or end.
const MONTHS: [&str; 22] = [
    "janu", "febr", "mars", "marc", "märz", "april", "juni", "juli", "june", "july", "augus", "septem", "okto", "octo",
    "novem", "decem", "desem", "dezem", "marras", "joulu", "tammi", "helmi",
];
const DAYS: [&str; 5] = ["dag", "dagen", "day", "tag", "kuuta"];

/// Most words before an address that are neither capitalised nor known: a name as its owner writes it.
const NAME_WORDS: usize = 3;
/// Most words in capitals of one name, with what stands around it.
const CAPITALS: usize = 7;

/// Whether a line of one or more lines joined could be a client's. `verbs` are the verbs of quoting.
pub(super) fn is_clients(body: &str, has_address: bool, verbs: &[&str]) -> bool {
    let (mut strange, mut capitals) = (0, 0);
    for word in body.split_whitespace() {
        if word.contains(|c: char| c.is_ascii_digit() || c == '@') {
            continue;
        }
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        if bare.is_empty() || is_small(&lower) || verbs.contains(&lower.as_str()) {
            continue;
        }
        if voice::tells(&lower) {
            return false;
        }
        if bare.starts_with(char::is_uppercase) { capitals += 1 } else { strange += 1 }
    }
    capitals <= CAPITALS && strange <= if has_address { NAME_WORDS } else { 0 }
}

fn is_small(lower: &str) -> bool {
    SMALL.contains(&lower)
        || MONTHS.iter().any(|start| lower.starts_with(start))
        || lower.len() >= 6 && DAYS.iter().any(|end| lower.ends_with(end))
}

/// Whether a line begins as clients begin: `On`, `Den`, `Am`, a day or a date.
pub(super) fn begins(line: &str) -> bool {
    let Some(first) = line.split_whitespace().next() else { return false };
    let first = first.trim_matches(['*', '_', ',', '.']);
    if first.starts_with(|c: char| c.is_ascii_digit()) {
        return true;
    }
    if first.len() > 12 {
        return false;
    }
    let lower = first.to_lowercase();
    STARTS.contains(&lower.as_str()) || is_small(&lower)
}

/// Whether a line ends a sentence: `… q1234.`, but not `… den 3.` nor `… 3 nov.`
pub(super) fn is_finished(line: &str) -> bool {
    let Some(bare) = line.trim_end().strip_suffix(['.', '!', '?', '…', ')']) else { return false };
    let last = bare.split_whitespace().next_back().unwrap_or_default();
    let is_date = last.bytes().all(|b| b.is_ascii_digit()) || is_small(&last.to_lowercase());
    line.ends_with(['!', '?', '…']) || line.ends_with('.') && !is_date
}
