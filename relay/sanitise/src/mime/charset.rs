//! Octets to text, whatever the label says: wrong declarations are common (RFC 2045 §5.1).

use mail_parser::decoders::charsets::map::charset_decoder;
use std::borrow::Cow;

/// Decodes text. A label that cannot be right gives way to the octets' own evidence.
pub(crate) fn to_text<'a>(bytes: &'a [u8], declared: Option<&str>) -> Cow<'a, str> {
    let declared = declared.map(|d| d.trim().trim_matches('"').to_ascii_lowercase());
    if let Some(text) = by_mark(bytes) {
        return text;
    }
    if declared.as_deref().is_none_or(is_often_wrong)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return match as_unmarked_utf16(bytes) {
            Some(wide) => Cow::Owned(wide),
            None if is_iso_2022(text, declared.as_deref()) => by_name(bytes, "iso-2022-jp"),
            None => Cow::Borrowed(text),
        };
    }
    match declared.as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii" | "unicode-1-1-utf-8") => by_name(bytes, "windows-1252"),
        Some(name) => by_name(bytes, name),
    }
}

/// Labels that clients put on text in another character set. Text in UTF-8 is hardly ever sound by chance,
/// so that sound UTF-8 under one of these labels is UTF-8.
fn is_often_wrong(name: &str) -> bool {
    matches!(
        name,
        "utf-8"
            | "utf8"
            | "us-ascii"
            | "ascii"
            | "iso-8859-1"
            | "iso8859-1"
            | "latin1"
            | "iso-8859-15"
            | "windows-1252"
            | "cp1252"
            | "unknown-8bit"
            | "x-unknown"
            | "unknown"
            | "default"
            | "unicode-1-1-utf-8"
            | "8bit"
            | "binary"
            | ""
    )
}

fn is_iso_2022(text: &str, declared: Option<&str>) -> bool {
    declared.is_none() && text.contains("\u{1b}$B")
}

fn by_name<'a>(bytes: &[u8], name: &str) -> Cow<'a, str> {
    let decoder = charset_decoder(name.as_bytes()).or_else(|| charset_decoder(b"windows-1252"));
    Cow::Owned(decoder.map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |decode| decode(bytes)))
}

/// Text that begins with a byte order mark.
fn by_mark(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Some(String::from_utf8_lossy(rest)),
        [0xff, 0xfe, rest @ ..] => Some(Cow::Owned(wide(rest, u16::from_le_bytes))),
        [0xfe, 0xff, rest @ ..] => Some(Cow::Owned(wide(rest, u16::from_be_bytes))),
        _ => None,
    }
}

/// UTF-16 without mark or label shows itself by its many NULs.
fn as_unmarked_utf16(bytes: &[u8]) -> Option<String> {
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
mod tests {
    use super::*;

    #[test]
    fn declared_and_misdeclared_text() {
        let cases: [(&[u8], Option<&str>, &str); 9] = [
            ("blåbär".as_bytes(), Some("utf-8"), "blåbär"),
            ("blåbär".as_bytes(), Some("ISO-8859-1"), "blåbär"),
            ("blåbär".as_bytes(), None, "blåbär"),
            (b"bl\xe5b\xe4r", Some("iso-8859-1"), "blåbär"),
            (b"bl\xe5b\xe4r", Some("utf-8"), "blåbär"),
            (b"bl\xe5b\xe4r \x96", None, "blåbär –"),
            (b"\xff\xfeh\0e\0j\0", Some("utf-16"), "hej"),
            (b"h\0e\0j\0!\0", None, "hej!"),
            (b"\x81\x40", Some("no-such-charset"), "\u{fffd}@"),
        ];
        for (bytes, declared, text) in cases {
            assert_eq!(to_text(bytes, declared), text, "{declared:?}");
        }
        assert_eq!(to_text(b"h\0e\0j\0", Some("utf-16le")), "hej");
    }
}
