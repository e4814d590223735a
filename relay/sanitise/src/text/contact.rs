//! Lines of signature blocks: numbers, addresses, pages, titles and organisations, and what is none of them.

mod words;

use super::voice;
use words::{FORMS, LABELS, STREETS, TITLES};

/// What a line below a sign-off is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trait {
    /// A number, an address or a page: it proves that this is a signature.
    Contact,
    /// A title or an organisation: it proves it too.
    Title,
    /// A page or a motto in quotation marks and nothing else: below a name it is the writer's, further down it may be help.
    Page,
    /// Short and no sentence, which proves nothing.
    Short,
    /// Somebody says something: no signature.
    Words,
}

/// How organisations ask to be followed.
const INVITATIONS: [&str; 8] = [
    "följ oss på",
    "följ oss:",
    "følg oss på",
    "følg os på",
    "follow us on",
    "besök oss på",
    "besøk oss på",
    "seuraa meitä",
];
/// Beginnings of free numbers, which are help more often than not.
const FREE: [&str; 6] = ["020", "116", "0800", "800 ", "1177", "112"];

/// Longest line of a signature, in octets, and in words where nothing is labelled.
const LENGTH_MAX: usize = 160;
const WORDS_MAX: usize = 9;
const PLACE_WORDS_MAX: usize = 13;

/// What a line below a sign-off is.
pub(crate) fn kind(line: &str) -> Trait {
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '|' | '<' | '>'));
    let lower = line.to_lowercase();
    let words = line.split_whitespace().count();
    if line.len() > LENGTH_MAX || is_listed(line) || line.ends_with(['?', '!', '…']) {
        return Trait::Words;
    }
    if INVITATIONS.iter().any(|start| lower.starts_with(start)) && words <= WORDS_MAX {
        return Trait::Contact;
    }
    if voice::is_first_person(&lower) {
        return Trait::Words;
    }
    if words == 1 && is_page(&lower) {
        return Trait::Page;
    }
    let is_sentence =
        lower.split_whitespace().any(|word| voice::makes_a_sentence(word.trim_matches([',', '.', ':', '!', '(', ')'])));
    if !is_sentence && words <= WORDS_MAX * 2 && is_contact(line, &lower) {
        return Trait::Contact;
    }
    let is_quoted = line.starts_with(['"', '”', '“', '»', '«']) && line.ends_with(['"', '”', '“', '»', '«']);
    if is_quoted && words <= WORDS_MAX * 2 {
        return Trait::Page;
    }
    let is_closed = line.ends_with('.') && voice::is_sentence(line) && !ends_with_form(&lower);
    if is_sentence || is_closed || words > WORDS_MAX || line.ends_with([':', ';']) {
        return Trait::Words;
    }
    let figures = line.bytes().filter(u8::is_ascii_digit).count();
    let is_unknown = figures >= 5 && split_label(&lower).is_some();
    if !is_unknown && is_title(&lower) && (line.starts_with(char::is_uppercase) || words == 1) {
        return Trait::Title;
    }
    Trait::Short
}

/// Whether a page is only a host: somebody's own, while help has a path.
pub(crate) fn is_home_page(line: &str) -> bool {
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '*' | '_'));
    let host = line.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    !host.contains('/')
}

fn is_page(lower: &str) -> bool {
    lower.starts_with("www.") || lower.starts_with("http://") || lower.starts_with("https://")
}

/// A list the writer made.
fn is_listed(line: &str) -> bool {
    let mut chars = line.chars();
    matches!(chars.next(), Some('-' | '•' | '·' | '*' | '>' | '[')) || matches!(chars.next(), Some(')'))
}

fn is_contact(line: &str, lower: &str) -> bool {
    let figures = line.bytes().filter(u8::is_ascii_digit).count();
    if let Some((label, value)) = split_label(lower) {
        let is_labelled = LABELS.contains(&label);
        let says = figures >= 5 || value.contains(['@', '/']) || value.contains("www.") || value.contains('.');
        // `Kvinnofridslinjen: 020-50 50 50` is help, not a signature.
        return is_labelled && (says || label.ends_with("adress") || label.ends_with("adresse"));
    }
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let is_number = figures >= 7
        && letters <= 6
        && line.starts_with(['+', '(', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        && !FREE.iter().any(|free| line.starts_with(free));
    let words = line.split_whitespace().count();
    is_number
        || words <= 6 && lower.split_whitespace().any(is_address_or_page)
        || line.contains('|') && (figures >= 5 || line.contains('@'))
        || is_place(line, lower)
        || lower.split_whitespace().next().is_some_and(|first| LABELS.contains(&first.trim_end_matches(['.', ':'])))
            && figures >= 6
            && letters <= 20
}

fn split_label(lower: &str) -> Option<(&str, &str)> {
    let (label, value) = lower.split_once(':')?;
    let label = label.trim().trim_matches(['*', '.', '☎', '✆', '✉', '📞', ' ']);
    (!value.starts_with("//")).then_some((label, value.trim()))
}

fn is_address_or_page(word: &str) -> bool {
    let word = word.trim_matches(['<', '>', '(', ')', '[', ']', ',', '*', '_']);
    word.starts_with("www.")
        || word.starts_with("http://")
        || word.starts_with("https://")
        || word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
}

/// A street with its number, or a postcode with its town.
fn is_place(line: &str, lower: &str) -> bool {
    let has_number =
        line.split([' ', ',']).any(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.len() <= 5);
    let is_street =
        |word: &str| STREETS.iter().any(|end| word.ends_with(end) && (end.len() > 3 || word.len() > end.len()));
    let words = line.split_whitespace().count();
    let is_postcode = {
        let figures: usize = line.chars().take_while(|c| c.is_ascii_digit() || *c == ' ').filter(|c| *c != ' ').count();
        let town = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        matches!(figures, 4 | 5) && town.starts_with(char::is_uppercase) && words <= 5
    };
    let is_box = lower.starts_with("box ") || lower.starts_with("postboks ") || lower.starts_with("postbox ");
    words <= PLACE_WORDS_MAX && (is_postcode || has_number && (is_box || lower.split([' ', ',']).any(is_street)))
}

fn ends_with_form(lower: &str) -> bool {
    lower.split_whitespace().next_back().is_some_and(|last| FORMS.contains(&last))
}

fn is_title(lower: &str) -> bool {
    let is_form = |word: &str| FORMS.contains(&word.trim_matches([',', '(', ')']));
    TITLES.iter().any(|title| lower.contains(title))
        || lower.split_whitespace().count() >= 2 && lower.split_whitespace().any(is_form)
}

#[cfg(test)]
#[path = "contact/tests.rs"]
mod tests;
