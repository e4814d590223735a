//! Transfer encodings undone, leniently: people's mail is often cut or dirtied on its way (RFC 2045 §6).

use std::borrow::Cow;

/// The Content-Transfer-Encoding of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Transfer {
    #[default]
    Plain,
    Base64,
    QuotedPrintable,
}

impl Transfer {
    pub(crate) fn named(name: &str) -> Self {
        match name.trim().to_ascii_lowercase().as_str() {
            "base64" => Self::Base64,
            "quoted-printable" => Self::QuotedPrintable,
            _ => Self::Plain,
        }
    }

    pub(crate) fn decode(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::Plain => Cow::Borrowed(bytes),
            Self::Base64 => Cow::Owned(base64(bytes)),
            Self::QuotedPrintable => Cow::Owned(quoted_printable(bytes)),
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
            [_, b' ' | b'\t', ..] => padded_soft_break(rest),
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
    fn base64_is_read_leniently() {
        assert_eq!(base64(b"SGVq\r\nIQ=="), b"Hej!");
        assert_eq!(base64(b"SGVqIQ==SGVqIQ=="), b"Hej!Hej!");
        assert_eq!(base64(b"SG*Vq"), b"Hej");
        assert_eq!(base64(b"SGVqI"), b"Hej");
    }

    #[test]
    fn quoted_printable_is_read_leniently() {
        assert_eq!(quoted_printable(b"a=3D=E5=\r\nb= \nc=zz="), b"a=\xe5bc=zz=");
    }
}
