//! What the words of PDF syntax stand for: numbers, names and strings with their escapes undone (7.3).

use super::object::{Name, Object};

/// A whole number without sign.
pub(super) fn whole(raw: &[u8]) -> Option<u32> {
    std::str::from_utf8(raw).ok().filter(|text| text.starts_with(|first: char| first.is_ascii_digit()))?.parse().ok()
}

/// A number, as well as one can tell.
pub(super) fn number(raw: &[u8]) -> Object {
    let text = std::str::from_utf8(raw).unwrap_or_default();
    if let Ok(value) = text.parse::<i64>() {
        return Object::Int(value);
    }
    let value = text.parse::<f64>().ok().or_else(|| lenient(text)).unwrap_or_default();
    Object::Real(if value.is_finite() { value } else { 0.0 })
}

/// `--5`, `5-3`, `1.2.3`: the first sign and what can be read up to the next oddity.
fn lenient(text: &str) -> Option<f64> {
    let digits = text.trim_start_matches(['+', '-']);
    let mut seen_point = false;
    let end = digits.find(|c: char| !(c.is_ascii_digit() || c == '.' && !std::mem::replace(&mut seen_point, true)));
    let value: f64 = digits.get(..end.unwrap_or(digits.len()))?.parse().ok()?;
    Some(if text.starts_with('-') { -value } else { value })
}

/// A name with its `#` escapes undone.
pub(super) fn name(raw: &[u8]) -> Name {
    if memchr::memchr(b'#', raw).is_none() {
        return raw.to_vec();
    }
    let mut name = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&first, after)) = rest.split_first() {
        if let (b'#', [high, low, tail @ ..]) = (first, after)
            && let (Some(high), Some(low)) = (digit(*high), digit(*low))
        {
            name.push(high << 4 | low);
            rest = tail;
        } else {
            name.push(first);
            rest = after;
        }
    }
    name
}

fn digit(octet: u8) -> Option<u8> {
    char::from(octet).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// A hexadecimal string; a missing last digit is a nought.
pub(super) fn hex(raw: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = raw.iter().filter_map(|octet| digit(*octet)).collect();
    digits.chunks(2).map(|pair| pair.first().map_or(0, |high| high << 4) | pair.get(1).copied().unwrap_or(0)).collect()
}

/// A literal string with its escapes undone (7.3.4.2). Line ends stay as they are, as every reader does it and not as
/// the standard says: what is encrypted or names glyphs is written raw.
pub(super) fn literal(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        match first {
            b'\\' => rest = escape(after, &mut text),
            _ => text.push(first),
        }
    }
    text
}

fn escape<'a>(rest: &'a [u8], text: &mut Vec<u8>) -> &'a [u8] {
    let Some((&first, after)) = rest.split_first() else { return rest };
    match first {
        b'n' => text.push(b'\n'),
        b'r' => text.push(b'\r'),
        b't' => text.push(b'\t'),
        b'b' => text.push(8),
        b'f' => text.push(12),
        b'\n' => {}
        b'\r' => return after.strip_prefix(b"\n").unwrap_or(after),
        b'0'..=b'7' => {
            let length = rest.iter().take(3).take_while(|octet| matches!(octet, b'0'..=b'7')).count();
            let (digits, after) = rest.split_at(length);
            let code = digits.iter().fold(0_u32, |code, octet| code << 3 | u32::from(octet - b'0'));
            text.push(u8::try_from(code & 0xff).unwrap_or_default());
            return after;
        }
        other => text.push(other),
    }
    after
}
