//! E-mail addresses, names of accounts and links, written and spelled.

use super::Detail;
use crate::rules::parts::Allowed;
use crate::text::Reading;
use std::collections::BTreeSet;
use std::ops::Range;

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+')
}

/// The characters before and behind a place that may belong to a name; no name is longer than an address may be.
fn around(text: &str, at: usize, behind: usize) -> Range<usize> {
    const LONGEST: usize = 254;
    let before = text.get(..at).unwrap_or_default().char_indices().rev().take(LONGEST);
    let start = before.take_while(|(_, c)| is_name(*c)).last().map_or(at, |(start, _)| start);
    let after = text.get(behind..).unwrap_or_default().char_indices().take(LONGEST);
    let end = after.take_while(|(_, c)| is_name(*c)).last().map_or(behind, |(end, c)| behind + end + c.len_utf8());
    // A full stop at the end is the sentence's.
    start..behind + text.get(behind..end).unwrap_or_default().trim_end_matches(['.', '-']).len()
}

/// Whether a domain or one above it is on the list.
fn is_allowed(domain: &str, allowed: &Allowed) -> bool {
    let domain = domain.to_lowercase();
    let is_under = |known: &str| domain.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    allowed.domains.iter().any(|known| is_under(known))
}

/// Whether this is `name.tld` at least.
fn is_domain(text: &str) -> bool {
    text.rsplit_once('.')
        .is_some_and(|(name, end)| !name.is_empty() && end.len() >= 2 && end.chars().all(char::is_alphabetic))
}

pub(super) fn emails(text: &str, allowed: &Allowed) -> Vec<Detail> {
    let mut found = Vec::new();
    for (at, sign) in text.match_indices(['@', '＠']) {
        let octets = around(text, at, at + sign.len());
        let domain = text.get(at + sign.len()..octets.end).unwrap_or_default();
        if octets.start < at && is_domain(domain) {
            found.push(Detail { octets, is_allowed: is_allowed(domain, allowed) });
        }
    }
    found
}

/// Where people have their mailboxes: enough of an address without the ending.
const POSTS: [&str; 12] =
    ["gmail", "hotmail", "outlook", "icloud", "yahoo", "live", "proton", "protonmail", "telia", "msn", "online", "me"];
/// Endings of domains, as words.
const ENDINGS: [&str; 10] = ["com", "se", "dk", "no", "org", "net", "nu", "eu", "uk", "me"];

/// "name at place dot org".
pub(super) fn spelled(reading: &Reading<'_>, allowed: &Allowed) -> Vec<Detail> {
    let shown = |number: usize| reading.tokens.get(number).map(|token| reading.plain(token));
    let is_one_of = |number: usize, words: &[String]| shown(number).is_some_and(|word| is_among(word, words));
    let mut found = Vec::new();
    let signs = reading.forms_that(|word| is_among(word, &allowed.at));
    if !signs.contains(&true) {
        return found;
    }
    for at in 1..reading.tokens.len() {
        if !is_one_of(at, &allowed.at) {
            continue;
        }
        // "snabel a" is one sign in two words.
        let place = if is_one_of(at + 1, &allowed.at) || shown(at + 1) == Some("a") { at + 2 } else { at + 1 };
        let Some(host) = shown(place) else { continue };
        let ends = |number: usize| shown(number).is_some_and(|word| ENDINGS.contains(&word));
        let dotted = is_one_of(place + 1, &allowed.dot) && ends(place + 2);
        let is_post = POSTS.contains(&host) && (dotted || ends(place + 1) || host.len() > 4);
        if dotted || is_post {
            let end = if dotted { place + 3 } else { place + 1 };
            let domain = format!("{host}.{}", shown(place + 2).unwrap_or_default());
            let octets = reading.octets(at - 1..end.min(reading.tokens.len()));
            found.push(Detail { octets, is_allowed: dotted && is_allowed(&domain, allowed) });
        }
    }
    found
}

fn is_among(word: &str, words: &[String]) -> bool {
    words.iter().any(|known| known == word)
}

/// `@name`, and a name that looks like an account's behind the word of an app.
pub(super) fn handles(reading: &Reading<'_>, allowed: &Allowed) -> Vec<Detail> {
    let text = reading.text;
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let octets = around(text, at, at + 1);
        let name = text.get(at + 1..octets.end).unwrap_or_default();
        if octets.start == at && (3..=30).contains(&name.chars().count()) && name.contains(char::is_alphabetic) {
            found.push(Detail { octets, is_allowed: false });
        }
    }
    let apps = reading.forms_that(|word| is_among(word, &allowed.apps));
    for token in &reading.tokens {
        if apps.get(token.form as usize).is_some_and(|is_app| *is_app) {
            found.extend(account(text, token.end).map(|octets| Detail { octets, is_allowed: false }));
        }
    }
    found.sort_by_key(|detail| detail.octets.start);
    found
}

/// The next few words behind an app's: one with a figure or a low line in it, or whatever follows a colon.
fn account(text: &str, from: usize) -> Option<Range<usize>> {
    // A letter may say the word of an app on every second line: only so much is looked at behind each.
    let rest = text.get(from..text.floor_char_boundary(from + 200))?;
    let line = rest.split(['\n', '!', '?']).next()?;
    let mut at = from;
    let mut is_told = false;
    for chunk in line.split_inclusive(' ').take(5) {
        let (start, word) = (at + (chunk.len() - chunk.trim_start().len()), chunk.trim());
        at += chunk.len();
        let name = word.trim_matches(|c: char| !is_name(c)).trim_matches('.');
        let is_mixed = name.contains(char::is_alphabetic) && name.contains(|c: char| c.is_ascii_digit() || c == '_');
        if (is_mixed || is_told) && (4..=30).contains(&name.chars().count()) {
            let offset = word.find(name)?;
            return Some(start + offset..start + offset + name.len());
        }
        is_told = word.ends_with(':');
    }
    None
}

/// What a link begins with.
const LINKS: [&str; 9] =
    ["https://", "http://", "www.", "wa.me/", "t.me/", "discord.gg/", "snapchat.com/", "instagram.com/", "signal.me/"];

pub(super) fn links(text: &str, allowed: &Allowed) -> Vec<Detail> {
    // Every link has one of these, and hardly any letter has.
    if !text.contains('/') && !["ww", "Ww", "wW", "WW"].iter().any(|letters| text.contains(letters)) {
        return Vec::new();
    }
    let lower = text.to_ascii_lowercase();
    let starts: BTreeSet<usize> = LINKS.iter().flat_map(|link| lower.match_indices(link)).map(|(at, _)| at).collect();
    let mut found = Vec::new();
    let mut until = 0;
    for start in starts {
        if start < until {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(rest.len());
        until = start + end;
        let link = rest.get(..end).unwrap_or_default().trim_end_matches(['.', ',', ')', '!', '?', ';', ':']);
        let host = link.trim_start_matches("https://").trim_start_matches("http://");
        let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
        if host.contains('.') {
            found.push(Detail { octets: start..start + link.len(), is_allowed: is_allowed(host, allowed) });
        }
    }
    found
}
