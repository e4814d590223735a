//! Contact details of anybody: e-mail addresses, network addresses, telephone numbers in international form.

use super::digits::{self, Run};
use super::needle::Match;
use crate::report::Seen;
use std::net::Ipv6Addr;

/// Every e-mail address of a text, plainly written or percent-encoded.
pub(crate) fn addresses(text: &str, found: &mut Vec<Match>) {
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b'@', bytes) {
        found.extend(address_around(text, at, 1));
    }
    for at in memchr::memmem::find_iter(bytes, b"%40") {
        found.extend(address_around(text, at, 3));
    }
}

/// Longest local part and domain looked at, in octets.
const LOCAL_MAX: usize = 128;
const HOST_MAX: usize = 255;

fn address_around(text: &str, at: usize, at_length: usize) -> Option<Match> {
    let from = text.floor_char_boundary(at.saturating_sub(LOCAL_MAX));
    let to = text.floor_char_boundary((at + at_length + HOST_MAX).min(text.len()));
    let left = &text[from..at];
    let begin = at - left.chars().rev().take_while(|c| is_local(*c)).map(char::len_utf8).sum::<usize>();
    let right = &text[at + at_length..to];
    let length: usize =
        right.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-')).map(char::len_utf8).sum();
    let host = right[..length].trim_end_matches(['.', '-']);
    let top = host.rsplit('.').next().unwrap_or_default();
    let is_host =
        host.contains('.') && !host.contains("..") && top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    (begin < at && is_host).then_some(Match { begin, end: at + at_length + host.len(), seen: Seen::Address })
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '.' | '_' | '%' | '+' | '-' | '\'' | '!' | '#' | '$' | '*' | '~' | '^' | '{' | '}' | '|')
}

/// Every network address of a text.
pub(crate) fn networks(text: &str, found: &mut Vec<Match>) {
    let bytes = text.as_bytes();
    let mut place = 0;
    while place < bytes.len() {
        if !is_network_octet(bytes[place]) {
            place += 1;
            continue;
        }
        let length = bytes[place..].iter().take_while(|b| is_network_octet(**b)).count();
        let word = text[place..place + length].trim_end_matches(['.', ':']);
        let begins_word = place == 0 || !bytes[place - 1].is_ascii_alphanumeric();
        let ends_word = bytes.get(place + word.len()).is_none_or(|b| !b.is_ascii_alphanumeric());
        if begins_word && ends_word && (is_ipv4(word) || is_ipv6(word)) {
            found.push(Match { begin: place, end: place + word.len(), seen: Seen::Network });
        }
        place += length;
    }
}

fn is_network_octet(octet: u8) -> bool {
    octet.is_ascii_hexdigit() || matches!(octet, b'.' | b':')
}

fn is_ipv4(word: &str) -> bool {
    let word = word.split(':').next().unwrap_or_default();
    word.len() >= 7 && word.split('.').count() == 4 && word.split('.').all(|n| n.len() <= 3 && n.parse::<u8>().is_ok())
}

fn is_ipv6(word: &str) -> bool {
    word.len() >= 6
        && word.matches(':').count() >= 2
        && word.bytes().any(|b| b.is_ascii_digit())
        && word.parse::<Ipv6Addr>().is_ok()
}

/// Known telephone numbers in any grouping, and any number in international form.
pub(crate) fn phones(text: &str, known: &[Vec<u8>], found: &mut Vec<Match>) {
    for run in digits::runs(text) {
        let mut push = |from: usize, to: usize| {
            let (begin, end) = run.span(from, to);
            found.push(Match { begin, end, seen: Seen::Phone });
        };
        if run_is_number(&run) {
            push(0, run.digits.len());
        }
        for (from, to) in known.iter().filter_map(|number| digits::find_known(&run, number)) {
            push(from, to);
        }
    }
}

fn run_is_number(run: &Run) -> bool {
    run.is_international()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let mut matches = Vec::new();
        addresses(text, &mut matches);
        networks(text, &mut matches);
        phones(text, &[digits::significant_of("070-174 06 05")], &mut matches);
        matches.iter().map(|m| &text[m.begin..m.end]).collect()
    }

    #[test]
    fn details_are_found_whole() {
        assert_eq!(found("mejla åsa.b+x@exämple.se, tack"), ["åsa.b+x@exämple.se"]);
        assert_eq!(found("?mail=a%40example.net&x"), ["a%40example.net"]);
        assert_eq!(found("från 192.0.2.7:25 och 2001:db8::1."), ["192.0.2.7:25", "2001:db8::1"]);
        assert_eq!(found("ring 070 1740605 eller +45 12 34 56 78"), ["070 1740605", "+45 12 34 56 78"]);
        assert_eq!(found("<a@example.org>"), ["a@example.org"]);
    }

    #[test]
    fn other_things_are_left_alone() {
        for text in [
            "@handle",
            "a @ b",
            "hej@du",
            "kl 12:30:45",
            "version 1.2.3",
            "1.2.3.400",
            "116 123",
            "112 eller 1177",
            "2026-11-21 14:05",
            "a@b",
            "https://example.org/@x",
            "250 kr",
            "::",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
