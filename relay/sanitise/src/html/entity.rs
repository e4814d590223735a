//! Character references of HTML and of text that has passed through HTML (WHATWG HTML §13.5).

use html5ever::data::NAMED_ENTITIES;

/// Longest reference looked at, `&` and `;` included.
const LENGTH_MAX: usize = 33;

/// Appends text with its character references decoded.
pub(crate) fn decode_into(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(place) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..place]);
        rest = &rest[place..];
        if let Some((first, second, length)) = read(rest) {
            out.push(first);
            out.extend(second);
            rest = &rest[length..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
}

/// Reads one reference at the start of a text: its one or two characters, and its length in octets.
pub(crate) fn read(text: &str) -> Option<(char, Option<char>, usize)> {
    let body = text.strip_prefix('&')?;
    if let Some(number) = body.strip_prefix('#') {
        return numeric(number).map(|(c, length)| (c, None, length + 2));
    }
    let length = body.bytes().take(LENGTH_MAX).take_while(u8::is_ascii_alphanumeric).count();
    if length < 2 {
        return None;
    }
    if body.as_bytes().get(length) == Some(&b';') {
        return named(&body[..=length]).map(|(one, two)| (one, two, length + 2));
    }
    // Old references work without their semicolon: `&amp`, `&auml`.
    (2..=length.min(6)).rev().find_map(|n| named(&body[..n]).map(|(one, two)| (one, two, n + 1)))
}

fn named(name: &str) -> Option<(char, Option<char>)> {
    let (one, two) = *NAMED_ENTITIES.get(name)?;
    let one = char::from_u32(one).filter(|c| *c != '\0')?;
    Some((one, char::from_u32(two).filter(|c| *c != '\0')))
}

fn numeric(text: &str) -> Option<(char, usize)> {
    let (digits, radix, prefix) = match text.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 1),
        None => (text, 10, 0),
    };
    let length = digits.chars().take(10).take_while(|c| c.is_digit(radix)).count();
    let value = u32::from_str_radix(&digits[..length], radix).ok()?;
    let semicolon = usize::from(digits.as_bytes().get(length) == Some(&b';'));
    Some((char_of(value), prefix + length + semicolon))
}

/// WHATWG HTML §13.2.5.80: the numbers of windows-1252's own characters mean those.
fn char_of(value: u32) -> char {
    const WINDOWS_1252: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match value {
        0 => '\u{fffd}',
        0x80..=0x9f => WINDOWS_1252[(value - 0x80) as usize],
        other => char::from_u32(other).unwrap_or('\u{fffd}'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded() {
        let cases = [
            ("a&amp;b &lt; &auml; &Aring", "a&b < ä Å"),
            ("&#64;&#x40;&#X40;&#64", "@@@@"),
            ("&commat;&period;", "@."),
            ("&#150; &#0;", "– \u{fffd}"),
            ("&ampx &unknown; & &; &# &#x; AT&T", "&x &unknown; & &; &# &#x; AT&T"),
            ("&nbsp;", "\u{a0}"),
        ];
        for (text, wanted) in cases {
            let mut out = String::new();
            decode_into(text, &mut out);
            assert_eq!(out, wanted, "{text}");
        }
    }
}
