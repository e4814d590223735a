//! What the octets of a text say about their transfer encoding, whatever its header says.

use std::borrow::Cow;

/// Whether a text that declares nothing is quoted-printable: every `=` in it belongs to an escape or ends a line,
/// and there are several of those no text has by chance.
pub(super) fn is_quoted_printable(bytes: &[u8]) -> bool {
    let (mut wide, mut equals, mut breaks) = (0, 0, 0);
    for place in memchr::memchr_iter(b'=', bytes) {
        match bytes.get(place + 1..) {
            Some([b'\n', ..] | [b'\r', b'\n', ..]) => breaks += 1,
            Some([b'3', b'D', ..]) => equals += 1,
            Some([b'8'..=b'9' | b'A'..=b'F', low, ..]) if low.is_ascii_digit() || matches!(low, b'A'..=b'F') => {
                wide += 1;
            }
            Some([b'0'..=b'7', low, ..]) if low.is_ascii_hexdigit() => {}
            _ => return false,
        }
    }
    let is_likely = wide >= 3 || wide >= 1 && breaks >= 1 || breaks >= 2 && equals >= 1;
    is_likely && bytes.is_ascii()
}

/// Whether a text that declares nothing is base64: two full lines at least, nothing else, and words within.
pub(super) fn is_base64(bytes: &[u8]) -> bool {
    let text = bytes.trim_ascii();
    let width = text.iter().take_while(|b| is_digit(**b)).count();
    if !(60..=76).contains(&width) || !matches!(text.get(width), Some(b'\r' | b'\n')) {
        return false;
    }
    let lines = || text.split(|b| *b == b'\n').map(<[u8]>::trim_ascii);
    let count = lines().count();
    let is_whole = |(place, line): (usize, &[u8])| {
        line.iter().all(|b| is_digit(*b) || *b == b'=')
            && (line.len() == width || place + 1 == count && line.len() < width)
    };
    lines().enumerate().all(is_whole)
        && std::str::from_utf8(&super::base64(text)).is_ok_and(|words| !words.contains('\0'))
}

/// Whether a text declared quoted-printable was never encoded: it holds bare letters above ASCII and no escape of
/// the equals sign or of any letter.
pub(super) fn is_bare(bytes: &[u8]) -> bool {
    !bytes.is_ascii()
        && !memchr::memchr_iter(b'=', bytes).any(|place| {
            matches!(
                bytes.get(place + 1..),
                None | Some(
                    [] | [b'\n' | b'\r' | b' ', ..]
                        | [b'3', b'D' | b'd', ..]
                        | [b'C', b'2' | b'3' | b'4' | b'5', ..]
                        | [b'E', b'2' | b'4'..=b'6', ..]
                        | [b'F', b'6' | b'8', ..]
                )
            )
        })
}

/// How much of a text declared as base64 is: up to a line that can only be words. 0 if its first line is words.
pub(super) fn base64_length(bytes: &[u8]) -> usize {
    let mut length = 0;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        if !may_be_base64(line.trim_ascii()) {
            return length;
        }
        length += line.len();
    }
    bytes.len()
}

/// A line with a little noise in it is still base64; one with blanks between words, or mostly noise, is not.
fn may_be_base64(line: &[u8]) -> bool {
    let blanks = line.iter().filter(|b| matches!(b, b' ' | b'\t')).count();
    let noise = line.iter().filter(|b| !is_digit(**b) && !matches!(b, b'=' | b' ' | b'\t')).count();
    line.is_empty() || blanks * 20 <= line.len() && noise * 8 <= line.len()
}

/// The decoded octets, unless they are no text and the encoded ones are.
pub(super) fn sound_text(raw: &[u8], decoded: Vec<u8>) -> Cow<'_, [u8]> {
    let is_noise =
        |bytes: &[u8]| bytes.iter().any(|b| *b < 0x20 && !matches!(b, 0 | b'\t' | b'\n' | b'\r' | 0x0c | 0x1b));
    let is_short = raw.len() < 200;
    let is_odd = !raw.iter().filter(|b| !b.is_ascii_whitespace()).count().is_multiple_of(4);
    let is_broken = is_noise(&decoded) || is_short && is_odd && std::str::from_utf8(&decoded).is_err();
    let is_empty = decoded.is_empty() && !raw.trim_ascii().is_empty();
    if (is_broken || is_empty) && is_short && std::str::from_utf8(raw).is_ok() {
        Cow::Borrowed(raw)
    } else {
        Cow::Owned(decoded)
    }
}

fn is_digit(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'/')
}
