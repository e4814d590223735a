//! Octets to text, whatever the label says: wrong declarations are common (RFC 2045 §5.1).

mod dos;
mod guess;
pub(crate) mod label;
mod mojibake;
mod utf7;

use encoding_rs::{Encoding, ISO_2022_JP, WINDOWS_1252};
use label::Charset;
use std::borrow::Cow;

/// Decodes text. A label that cannot be right gives way to the octets' own evidence.
pub(crate) fn to_text<'a>(bytes: &'a [u8], declared: Option<&str>) -> Cow<'a, str> {
    read(bytes, declared.map_or(Charset::Untold, label::named))
}

/// Decodes an HTML document: where the label tells nothing, or is wrong, the document's own may tell.
pub(crate) fn of_html<'a>(bytes: &'a [u8], declared: Option<&str>) -> Cow<'a, str> {
    let charset = declared.map_or(Charset::Untold, label::named);
    let is_open = match charset {
        Charset::Untold => true,
        Charset::Utf8 => std::str::from_utf8(bytes).is_err(),
        _ => false,
    };
    // The document can be read as ASCII, so that it is not in UTF-16, whatever it says.
    let own = is_open.then(|| own_label(bytes)).flatten().filter(|own| !is_wide(*own));
    read(bytes, own.unwrap_or(charset))
}

/// Decodes octets of a known character set, as RTF and TNEF name them by number.
pub(crate) fn of_page(bytes: &[u8], page: u32) -> String {
    read(bytes, label::numbered(page).unwrap_or(Charset::Untold)).into_owned()
}

fn is_wide(charset: Charset) -> bool {
    matches!(charset, Charset::Utf16 | Charset::Utf16Le | Charset::Utf16Be)
}

/// `<meta charset=…>` and `<meta … content="text/html; charset=…">` near the beginning, and XML's own.
fn own_label(bytes: &[u8]) -> Option<Charset> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    let place = memchr::memmem::find(&head, b"charset=").map(|place| place + 8).or_else(|| {
        let is_xml = head.trim_ascii_start().starts_with(b"<?xml");
        is_xml.then(|| memchr::memmem::find(&head, b"encoding=")).flatten().map(|place| place + 9)
    })?;
    let value = head[place..].trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let length = value.iter().take(40).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    let charset = label::named(std::str::from_utf8(&value[..length]).ok()?);
    (charset != Charset::Untold).then_some(charset)
}

fn read(bytes: &[u8], charset: Charset) -> Cow<'_, str> {
    if let Some(text) = by_mark(bytes) {
        return text;
    }
    let text = match charset {
        Charset::Utf7 => Cow::Owned(utf7::decode(bytes)),
        Charset::Utf16Le | Charset::Utf16Be | Charset::Utf16 => as_wide(bytes, charset),
        Charset::Web(encoding) => declared(bytes, encoding),
        Charset::Dos(upper) if std::str::from_utf8(bytes).is_err() => Cow::Owned(of_dos(bytes, upper)),
        Charset::Untold | Charset::Utf8 | Charset::Dos(_) => undeclared(bytes),
    };
    match mojibake::repaired(&text) {
        Some(repaired) => Cow::Owned(repaired),
        None => text,
    }
}

/// Text that declares nothing, or UTF-8, or something that its octets speak against.
fn undeclared(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(text) = unmarked_wide(bytes) {
        return Cow::Owned(text);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) if has_shifts(bytes) => ISO_2022_JP.decode_without_bom_handling(bytes).0,
        Ok(text) => Cow::Borrowed(text),
        Err(_) if is_mostly_utf8(bytes) => Cow::Owned(mended(bytes)),
        Err(_) => match guess::guess(bytes) {
            Charset::Dos(upper) => Cow::Owned(of_dos(bytes, upper)),
            Charset::Web(encoding) => decoded(bytes, encoding),
            _ => decoded(bytes, WINDOWS_1252),
        },
    }
}

/// Text in a character set it names. Text in UTF-8 is hardly ever sound by chance, so that sound UTF-8 is UTF-8.
fn declared<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Cow<'a, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let is_ascii = text.is_ascii();
        if is_ascii && encoding != ISO_2022_JP || !is_ascii && (encoding.is_single_byte() || is_surely_utf8(text)) {
            return undeclared(bytes);
        }
    }
    let text = decoded(bytes, encoding);
    if encoding.is_single_byte() {
        return text;
    }
    let errors = text.chars().filter(|c| *c == '\u{fffd}').count();
    if errors * 8 > bytes.iter().filter(|b| !b.is_ascii()).count() { undeclared(bytes) } else { text }
}

/// Two letters of UTF-8 could be one of East Asia's; three octets to one character, or many, could not.
fn is_surely_utf8(text: &str) -> bool {
    let wide = text.chars().filter(|c| !c.is_ascii());
    wide.clone().any(|c| c.len_utf8() > 2) || wide.take(3).count() == 3
}

fn decoded<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Cow<'a, str> {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    // ISO 8859 has no letters there, and nobody types control characters: Windows' own are meant.
    let is_iso = encoding.name().starts_with("ISO-8859");
    if is_iso && text.contains(|c| matches!(c, '\u{80}'..='\u{9f}')) {
        let meant = |c: char| match u8::try_from(u32::from(c)) {
            Ok(octet @ 0x80..=0x9f) => WINDOWS_1252.decode_without_bom_handling(&[octet]).0.chars().next().unwrap_or(c),
            _ => c,
        };
        return Cow::Owned(text.chars().map(meant).collect());
    }
    text
}

fn of_dos(bytes: &[u8], upper: &[char; 128]) -> String {
    bytes.iter().map(|b| if b.is_ascii() { char::from(*b) } else { upper[usize::from(b & 0x7f)] }).collect()
}

/// The shifts of ISO 2022 (RFC 1468), whether or not it is declared.
fn has_shifts(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0x1b, bytes).any(|place| matches!(bytes.get(place + 1..place + 3), Some(b"$B" | b"$@")))
}

/// More characters of UTF-8 than octets that are none: a line in another character set was added on the way.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += chunk.invalid().len().min(1);
    }
    sound > broken
}

/// UTF-8 in which single octets of Windows' Latin letters stand.
fn mended(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 16);
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    out
}

/// Text that begins with a byte order mark.
fn by_mark(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Some(undeclared(rest)),
        [0xff, 0xfe, rest @ ..] if rest.len().is_multiple_of(2) || rest.contains(&0) => {
            Some(Cow::Owned(wide(rest, u16::from_le_bytes)))
        }
        [0xfe, 0xff, rest @ ..] if rest.len().is_multiple_of(2) || rest.contains(&0) => {
            Some(Cow::Owned(wide(rest, u16::from_be_bytes)))
        }
        _ => None,
    }
}

/// Text declared as UTF-16. Some programs declare what they have turned into something else since.
fn as_wide(bytes: &[u8], charset: Charset) -> Cow<'_, str> {
    if let Some(text) = unmarked_wide(bytes) {
        return Cow::Owned(text);
    }
    let plain = bytes.iter().filter(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'\n')).count();
    let is_narrow = std::str::from_utf8(bytes).is_ok() || plain * 5 > bytes.len() * 3;
    if memchr::memchr(0, bytes).is_none() && is_narrow {
        return undeclared(bytes);
    }
    Cow::Owned(wide(bytes, if charset == Charset::Utf16Be { u16::from_be_bytes } else { u16::from_le_bytes }))
}

/// UTF-16 without mark or label shows itself by its many NULs.
fn unmarked_wide(bytes: &[u8]) -> Option<String> {
    let sample = &bytes[..bytes.len().min(512)];
    if sample.len() < 4 || !sample.contains(&0) {
        return None;
    }
    let nuls = |odd: usize| sample.iter().enumerate().filter(|(place, b)| **b == 0 && place % 2 == odd).count();
    let (even, odd) = (nuls(0), nuls(1));
    if odd * 4 > sample.len() && even == 0 {
        Some(wide(bytes, u16::from_le_bytes))
    } else if even * 4 > sample.len() && odd == 0 {
        Some(wide(bytes, u16::from_be_bytes))
    } else {
        None
    }
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, _) = bytes.as_chunks::<2>();
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).map(|c| c.unwrap_or('\u{fffd}')).collect()
}

#[cfg(test)]
#[path = "charset/tests.rs"]
mod tests;
