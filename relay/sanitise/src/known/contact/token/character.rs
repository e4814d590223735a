//! What single characters are to the scanner: letters, digits however they are set, blanks, marks.

use crate::known::fold::is_silent;

/// The digits of a number token in ASCII, whatever they are written with.
pub(in crate::known::contact) fn digits_of(word: &str) -> impl Iterator<Item = u8> + '_ {
    word.chars().filter_map(digit)
}

/// A digit however it is set: full-width, mathematical, circled, or of another script.
fn digit(c: char) -> Option<u8> {
    let value = match c {
        '0'..='9' => return u8::try_from(c).ok(),
        '\u{660}'..='\u{669}' => c as u32 - 0x660,
        '\u{6f0}'..='\u{6f9}' => c as u32 - 0x6f0,
        '\u{966}'..='\u{96f}' => c as u32 - 0x966,
        '\u{ff10}'..='\u{ff19}' => c as u32 - 0xff10,
        '\u{1d7ce}'..='\u{1d7ff}' => (c as u32 - 0x1d7ce) % 10,
        '①'..='⑨' => c as u32 - 0x2460 + 1,
        '❶'..='❾' => c as u32 - 0x2776 + 1,
        '⓪' | '⓿' => 0,
        _ => return None,
    };
    u8::try_from(value).ok().map(|value| b'0' + value)
}

/// What a character is to the scanner.
pub(super) enum Sort {
    Letter,
    Digit,
    Space,
    Line,
    /// Shows nothing, or belongs to the sign before it: the circle of an emoji digit, a combining accent.
    Unseen,
    Mark(u8),
}

/// Characters beyond ASCII.
pub(super) fn sort(c: char) -> Sort {
    match c {
        '\u{2028}' | '\u{2029}' => Sort::Line,
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => Sort::Space,
        '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' => Sort::Unseen,
        c if is_silent(c) => Sort::Unseen,
        '–' | '—' | '‐' | '‑' | '‒' | '―' | '−' | '﹣' => Sort::Mark(b'-'),
        '’' | '‘' | '´' => Sort::Mark(b'\''),
        '”' | '“' | '»' | '«' => Sort::Mark(b'"'),
        '€' | '£' => Sort::Mark(b'$'),
        '·' | '•' | '∙' | '․' => Sort::Mark(b'*'),
        // Full-width forms of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).map_or(Sort::Mark(super::OTHER), sort_wide),
        c if digit(c).is_some() => Sort::Digit,
        c if unicode_normalization::char::is_combining_mark(c) => Sort::Unseen,
        c if c.is_alphabetic() => Sort::Letter,
        _ => Sort::Mark(super::OTHER),
    }
}

fn sort_wide(c: char) -> Sort {
    match c {
        '0'..='9' => Sort::Digit,
        'a'..='z' | 'A'..='Z' => Sort::Letter,
        _ => Sort::Mark(c as u8),
    }
}

/// What an octet begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Letter,
    Digit,
    Space,
    Line,
    Mark,
    Wide,
}

pub(super) const CLASSES: [Class; 256] = {
    let mut table = [Class::Mark; 256];
    let mut octet: u8 = 0;
    loop {
        table[octet as usize] = match octet {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b' ' | b'\t' | b'\r' => Class::Space,
            b'\n' => Class::Line,
            0x80.. => Class::Wide,
            _ => Class::Mark,
        };
        if octet == u8::MAX {
            break;
        }
        octet += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_scanner_takes_for_letters_unseen_are_letters() {
        for c in ('\u{100}'..='\u{27f}').chain('\u{400}'..='\u{47f}') {
            let first = c.to_string().as_bytes()[0];
            assert!(
                matches!(first, 0xc4..=0xc9 | 0xd0 | 0xd1) && matches!(sort(c), Sort::Letter),
                "U+{:04X}",
                c as u32
            );
        }
    }
}
