//! Text to the octets of a letter: transfer encodings and encoded words, exact and minimal.

use data_encoding::{BASE64, BASE64_MIME};
use std::fmt::Write as _;

/// Longest line of an encoded body, without its line end (RFC 2045 §6.7, §6.8).
const LINE_MAX: usize = 76;
/// Octets of text in one encoded word of at most 75 characters (RFC 2047 §2): `=?utf-8?B?…?=`.
const WORD_OCTETS: usize = 45;

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// The Content-Transfer-Encoding of a finished text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    SevenBit,
    QuotedPrintable,
    Base64,
}

impl Encoding {
    /// The smallest encoding that carries a text with `\n` line ends unharmed.
    pub(crate) fn fitting(text: &str) -> Self {
        let wide = text.as_bytes().iter().map(|b| usize::from(b >> 7)).sum::<usize>();
        // An octet costs three in quoted-printable and four thirds in base64; but a text in Latin letters stays
        // readable in the first, and spam filters look kindly on what they can read.
        if wide * 3 > text.len() {
            Self::Base64
        } else if wide == 0 && text.split('\n').all(is_safe_line) {
            Self::SevenBit
        } else {
            Self::QuotedPrintable
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::SevenBit => "7bit",
            Self::QuotedPrintable => "quoted-printable",
            Self::Base64 => "base64",
        }
    }

    /// Appends a text with `\n` line ends, encoded, with CRLF line ends.
    pub(crate) fn write(self, text: &str, out: &mut Vec<u8>) {
        match self {
            Self::SevenBit => {
                for line in text.split_terminator('\n') {
                    out.extend_from_slice(line.as_bytes());
                    out.extend_from_slice(b"\r\n");
                }
            }
            Self::QuotedPrintable => {
                for line in text.split_terminator('\n') {
                    quoted_printable_line(line, out);
                    out.extend_from_slice(b"\r\n");
                }
            }
            Self::Base64 => base64_lines(text.replace('\n', "\r\n").as_bytes(), out),
        }
    }
}

/// A line no mailer on the way is tempted to change: short, no mailbox separator, no blank at its end.
fn is_safe_line(line: &str) -> bool {
    line.len() <= LINE_MAX
        && !line.starts_with("From ")
        && line != "."
        && !line.ends_with([' ', '\t'])
        && !line.contains('\r')
}

fn quoted_printable_line(line: &str, out: &mut Vec<u8>) {
    let bytes = line.as_bytes();
    if is_plain(bytes) && bytes.len() <= LINE_MAX && is_safe_line(line) {
        out.extend_from_slice(bytes);
        return;
    }
    let (mut width, mut place) = (0, 0);
    while let Some(byte) = bytes.get(place) {
        let is_last = place + 1 == bytes.len();
        let must_escape = match byte {
            b' ' | b'\t' => is_last,
            b'.' => bytes.len() == 1,
            b'F' => place == 0 && line.starts_with("From "),
            other => !PLAIN[usize::from(*other)],
        };
        let needed = if must_escape { 3 } else { 1 };
        // One column stays free for the `=` of a soft line break.
        if width + needed > LINE_MAX - usize::from(!is_last) {
            out.extend_from_slice(b"=\r\n");
            width = 0;
        }
        if must_escape {
            out.extend_from_slice(&[b'=', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
            (width, place) = (width + 3, place + 1);
            continue;
        }
        // The whole run of octets that stand for themselves, as far as it fits; its last one is looked at alone.
        let room = (LINE_MAX - 1 - width).max(1);
        let ahead = &bytes[place + 1..(place + room).min(bytes.len() - 1).max(place + 1)];
        let run = 1 + ahead.iter().position(|b| !PLAIN[usize::from(*b)]).unwrap_or(ahead.len());
        out.extend_from_slice(&bytes[place..place + run]);
        (width, place) = (width + run, place + run);
    }
}

fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().all(|b| PLAIN[usize::from(*b)])
}

/// Octets that stand for themselves in quoted-printable, blanks within a line included (RFC 2045 §6.7).
const PLAIN: [bool; 256] = {
    let mut table = [false; 256];
    let mut octet = 0x20;
    while octet < 0x7f {
        table[octet] = octet != b'=' as usize;
        octet += 1;
    }
    table[b'\t' as usize] = true;
    table
};

/// Appends octets in base 64, in lines.
pub(crate) fn base64_lines(bytes: &[u8], out: &mut Vec<u8>) {
    let begin = out.len();
    out.resize(begin + BASE64_MIME.encode_len(bytes.len()), 0);
    BASE64_MIME.encode_mut(bytes, &mut out[begin..]);
}

/// Encoded words for a text, folded one a line (RFC 2047 §2, §5).
pub(crate) fn words(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (word, tail) = rest.split_at(rest.floor_char_boundary(WORD_OCTETS));
        let gap = if out.is_empty() { "" } else { "\r\n " };
        let _ = write!(out, "{gap}=?utf-8?B?{}?=", BASE64.encode(word.as_bytes()));
        rest = tail;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mime::decode;

    fn encoded(text: &str) -> (Encoding, String) {
        let encoding = Encoding::fitting(text);
        let mut out = Vec::new();
        encoding.write(text, &mut out);
        (encoding, String::from_utf8(out).unwrap())
    }

    #[test]
    fn the_smallest_encoding_is_chosen() {
        assert_eq!(encoded("Hej\n\ndu\n"), (Encoding::SevenBit, "Hej\r\n\r\ndu\r\n".into()));
        assert_eq!(encoded("From x\n.\na=b \n"), (Encoding::QuotedPrintable, "=46rom x\r\n=2E\r\na=3Db=20\r\n".into()));
        assert_eq!(encoded("привет\n").0, Encoding::Base64);
        assert_eq!(encoded("").1, "");
    }

    #[test]
    fn lines_are_short_and_come_back_whole() {
        for unit in ["abc def ", "å", "a=b ", "привет ", "åäö and much more plain text than that "] {
            let text = format!("{}x\n\n.\nFrom me\n", unit.repeat(200));
            let (encoding, out) = encoded(&text);
            assert!(out.split("\r\n").all(|line| line.len() <= LINE_MAX), "{unit}");
            let back = match encoding {
                Encoding::Base64 => decode::base64(out.as_bytes()),
                _ => decode::quoted_printable(out.as_bytes()),
            };
            assert_eq!(String::from_utf8(back).unwrap().replace("\r\n", "\n"), text);
        }
    }

    #[test]
    fn encoded_words_stay_short_and_whole() {
        let folded = words(&"å".repeat(60));
        for word in folded.split("\r\n ") {
            assert!(word.len() <= 75 && word.starts_with("=?utf-8?B?") && word.ends_with("?="));
        }
        assert_eq!(words("Åsa"), "=?utf-8?B?w4VzYQ==?=");
    }
}
