//! Identifiers that somebody has encoded by hand: base 64, hexadecimal digits.

use crate::known::fold;
use crate::known::needle::{Match, Needles};
use crate::mime::decode;
use crate::report::Seen;

/// Shortest run that is decoded.
const RUN_MIN: usize = 16;

/// Finds runs that decode to a known identifier or to an address.
pub(super) fn find(text: &str, needles: &Needles, found: &mut Vec<Match>) {
    let bytes = text.as_bytes();
    let mut place = 0;
    // No run of sixteen digits lacks its sixteenth: most of a text is never looked at.
    while let Some(window) = bytes.get(place..place + RUN_MIN) {
        if let Some(last) = window.iter().rposition(|b| !is_digit(*b)) {
            place += last + 1;
            continue;
        }
        let length = bytes[place..].iter().take_while(|b| is_digit(**b)).count();
        if names_somebody(&bytes[place..place + length], needles) {
            found.push(Match { begin: place, end: place + length, seen: Seen::Detail });
        }
        place += length;
    }
}

fn is_digit(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'/' | b'-' | b'_' | b'=')
}

fn names_somebody(run: &[u8], needles: &Needles) -> bool {
    [decode::base64(run), from_hex(run)].iter().any(|octets| {
        let Ok(inner) = std::str::from_utf8(octets) else { return false };
        let is_text = octets.len() >= 4 && inner.chars().all(|c| !c.is_control() || c.is_whitespace());
        is_text && !needles.find(inner, &fold::fold(inner)).is_empty()
    })
}

fn from_hex(run: &[u8]) -> Vec<u8> {
    if !run.len().is_multiple_of(2) || !run.iter().all(u8::is_ascii_hexdigit) {
        return Vec::new();
    }
    run.as_chunks::<2>().0.iter().map(|[high, low]| decode::nibble(*high) << 4 | decode::nibble(*low)).collect()
}
