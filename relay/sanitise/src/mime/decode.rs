//! Transfer encodings undone, leniently: people's mail is often cut or dirtied on its way (RFC 2045 §6).

mod evidence;

use super::inserted;
use std::borrow::Cow;

/// The Content-Transfer-Encoding of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Transfer {
    #[default]
    Plain,
    Base64,
    QuotedPrintable,
    Uuencode,
}

impl Transfer {
    pub(crate) fn named(name: &str) -> Self {
        let word = name.trim().trim_matches('"').split([';', ' ', '(', ',']).next().unwrap_or_default();
        match word.to_ascii_lowercase().as_str() {
            "base64" | "base-64" | "x-base64" | "b64" => Self::Base64,
            "quoted-printable" | "quoted_printable" | "quotedprintable" | "quoted-printabel" => Self::QuotedPrintable,
            "x-uuencode" | "uuencode" | "x-uue" | "x-uu" => Self::Uuencode,
            _ => Self::Plain,
        }
    }

    pub(crate) fn decode(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::Plain => Cow::Borrowed(bytes),
            Self::Base64 => Cow::Owned(base64(bytes)),
            Self::QuotedPrintable => Cow::Owned(quoted_printable(bytes)),
            Self::Uuencode => inserted::uudecoded(bytes).map_or(Cow::Borrowed(bytes), Cow::Owned),
        }
    }

    /// Decodes a text. An encoding that is declared and not there is passed over, and one that is there and not
    /// declared is undone: words are at stake.
    pub(crate) fn decode_text(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::Plain if evidence::is_quoted_printable(bytes) => Self::QuotedPrintable.decode(bytes),
            Self::Plain if evidence::is_base64(bytes) => Self::Base64.decode(bytes),
            Self::QuotedPrintable if evidence::is_bare(bytes) => Cow::Borrowed(bytes),
            Self::Base64 => match evidence::base64_length(bytes) {
                0 => Cow::Borrowed(bytes),
                length if length == bytes.len() => evidence::sound_text(bytes, base64(bytes)),
                // A mailing list has put its footer below.
                length => Cow::Owned([base64(&bytes[..length]).as_slice(), b"\n", &bytes[length..]].concat()),
            },
            other => other.decode(bytes),
        }
    }
}

/// The six bits of a base64 digit, 64 for the padding, 255 for anything else.
const SEXTETS: [u8; 256] = {
    let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut table = [255_u8; 256];
    let mut value = 0;
    while value < 64 {
        table[digits[value as usize] as usize] = value;
        value += 1;
    }
    table[b'-' as usize] = 62;
    table[b'_' as usize] = 63;
    table[b'=' as usize] = 64;
    table
};

/// Decodes base64, passing over whatever is no digit; padding ends a group, not the text.
pub(crate) fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in bytes {
        match SEXTETS[usize::from(*byte)] {
            sextet @ 0..64 => {
                bits = bits << 6 | u32::from(sextet);
                count += 1;
                if count == 4 {
                    out.extend_from_slice(&bits.to_be_bytes()[1..]);
                    (bits, count) = (0, 0);
                }
            }
            64 => {
                finish_group(&mut out, bits, count);
                (bits, count) = (0, 0);
            }
            _ => {}
        }
    }
    finish_group(&mut out, bits, count);
    out
}

fn finish_group(out: &mut Vec<u8>, bits: u32, count: u32) {
    match count {
        2 => out.extend_from_slice(&(bits << 12).to_be_bytes()[1..2]),
        3 => out.extend_from_slice(&(bits << 6).to_be_bytes()[1..3]),
        _ => {}
    }
}

/// Decodes quoted-printable; a broken escape stays as it is written.
pub(crate) fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(escape) = memchr::memchr(b'=', rest) {
        out.extend_from_slice(&rest[..escape]);
        rest = &rest[escape..];
        let taken = match rest {
            [_, b'\r', b'\n', ..] => 3,
            [_, b'\n', ..] => 2,
            [_, high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push(nibble(*high) << 4 | nibble(*low));
                3
            }
            [_, b' ' | b'\t' | b'\r', ..] => padded_soft_break(rest),
            // Cut off in the middle of a soft line break.
            [_] => 1,
            _ => 0,
        };
        if taken == 0 {
            out.push(b'=');
            rest = &rest[1..];
        } else {
            rest = &rest[taken..];
        }
    }
    out.extend_from_slice(rest);
    out
}

/// The length of a soft line break with blanks a gateway has put before its line end; 0 if it is none.
fn padded_soft_break(rest: &[u8]) -> usize {
    let blanks = rest[1..].iter().take(80).take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
    if rest.get(1 + blanks) == Some(&b'\n') { blanks + 2 } else { 0 }
}

/// The value of a hexadecimal digit; 0 for anything else.
pub(crate) fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        b'a'..=b'f' => digit - b'a' + 10,
        b'A'..=b'F' => digit - b'A' + 10,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrongly_declared_texts_keep_their_words() {
        let long =
            "Jag försöker sova, men tankarna går runt hela natten och jag vet inte vad jag ska göra.\n".repeat(3);
        let lines: Vec<String> = data_encoding::BASE64
            .encode(long.as_bytes())
            .as_bytes()
            .chunks(76)
            .map(|line| String::from_utf8_lossy(line).into_owned())
            .collect();
        let folded = lines.join("\r\n");
        let footer = format!("{folded}\n_______________\nList of friends, see the web page.\n");
        for (transfer, raw, wanted) in [
            (Transfer::Base64, long.as_str(), long.as_str()),
            (Transfer::Base64, "Hej!\n", "Hej!\n"),
            (Transfer::Base64, "Hej\n", "Hej\n"),
            (Transfer::Base64, "SGVqIQ==", "Hej!"),
            (Transfer::Base64, folded.as_str(), long.as_str()),
            (Transfer::Plain, folded.as_str(), long.as_str()),
            (Transfer::Plain, "p=C3=A5 en =C3=B6 =\nl=C3=A5ngt bort", "på en ö långt bort"),
            (Transfer::Plain, "1+1=2, x=AB, https://example.org/?a=B7", "1+1=2, x=AB, https://example.org/?a=B7"),
            (Transfer::Plain, "kod=1234\n=\n", "kod=1234\n=\n"),
            (Transfer::QuotedPrintable, "på ön https://example.org/?a=B7", "på ön https://example.org/?a=B7"),
            (Transfer::QuotedPrintable, "p=C3=A5 =C3=B6n?a=3DB7", "på ön?a=B7"),
        ] {
            assert_eq!(String::from_utf8_lossy(&transfer.decode_text(raw.as_bytes())), wanted, "{transfer:?} {raw}");
        }
        let decoded = Transfer::Base64.decode_text(footer.as_bytes()).into_owned();
        let text = String::from_utf8(decoded).unwrap();
        assert!(text.starts_with(&long) && text.ends_with("web page.\n"), "{text}");
    }

    #[test]
    fn base64_is_read_leniently() {
        assert_eq!(base64(b"SGVq\r\nIQ=="), b"Hej!");
        assert_eq!(base64(b"SGVqIQ==SGVqIQ=="), b"Hej!Hej!");
        assert_eq!(base64(b"SG*Vq"), b"Hej");
        assert_eq!(base64(b"SGVqI"), b"Hej");
    }

    #[test]
    fn quoted_printable_is_read_leniently() {
        assert_eq!(quoted_printable(b"a=3D=E5=\r\nb= \nc=zz="), b"a=\xe5bc=zz");
        assert_eq!(quoted_printable(b"=c3=a5=\r\r\nb=C=\nd =4"), b"\xc3\xa5b=Cd =4");
    }
}
