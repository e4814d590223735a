//! Encoded words of header values (RFC 2047), in all the forms that mail programs break them into.

use super::charset;
use super::decode;
use memchr::memmem;

/// Longest name of a character set or encoding within an encoded word.
const NAME_MAX: usize = 60;
/// Longest encoded text looked at; RFC 2047 allows 75 octets, and programs put whole subjects into one word.
const TEXT_MAX: usize = 8 * 1024;
/// A value that was encoded twice is decoded twice.
const PASSES: usize = 2;

/// Decodes a value: encoded words wherever they stand, and whatever octets stand between them.
pub(crate) fn decoded(value: &[u8]) -> String {
    let mut text = once(value);
    for _ in 1..PASSES {
        if !(text.contains("=?") && text.contains("?=")) {
            break;
        }
        text = once(text.as_bytes());
    }
    text
}

/// Octets of adjacent encoded words in one character set: a letter may be split between two words.
#[derive(Default)]
struct Pending<'a> {
    charset: &'a str,
    octets: Vec<u8>,
}

impl Pending<'_> {
    fn finish(&mut self, out: &mut String) {
        if !self.octets.is_empty() {
            out.push_str(&charset::to_text(&self.octets, Some(self.charset)));
            self.octets.clear();
        }
    }
}

fn once(value: &[u8]) -> String {
    let mut out = String::with_capacity(value.len());
    let mut pending = Pending::default();
    let mut rest = value;
    // Where the text that is no encoded word begins.
    let mut plain = value;
    let mut after_word = false;
    while let Some(place) = memmem::find(rest, b"=?") {
        let Some(word) = Word::read(&rest[place..]) else {
            rest = &rest[place + 2..];
            continue;
        };
        let between = &plain[..plain.len() - rest.len() + place];
        // Blanks between two encoded words are the encoder's own (RFC 2047 §6.2).
        if !(after_word && between.iter().all(u8::is_ascii_whitespace)) {
            pending.finish(&mut out);
            out.push_str(&charset::to_text(between, None));
        }
        if !pending.charset.eq_ignore_ascii_case(word.charset) {
            pending.finish(&mut out);
            pending.charset = word.charset;
        }
        word.decode_into(&mut pending.octets);
        rest = &rest[place + word.length..];
        plain = rest;
        after_word = true;
    }
    pending.finish(&mut out);
    out.push_str(&charset::to_text(plain, None));
    out
}

/// One encoded word as it is written.
struct Word<'a> {
    charset: &'a str,
    is_base64: bool,
    text: &'a [u8],
    /// With its marks.
    length: usize,
}

impl<'a> Word<'a> {
    /// Reads `=?charset?encoding?text?=` at the start of some octets.
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (charset, after) = name(&bytes[2..])?;
        let (encoding, text) = name(after)?;
        let is_base64 = match encoding.trim() {
            "b" | "B" => true,
            "q" | "Q" => false,
            _ => return None,
        };
        let start = bytes.len() - text.len();
        let text = &text[..text.len().min(TEXT_MAX)];
        let (length, mark) = end_of(text, is_base64)?;
        Some(Self { charset, is_base64, text: &text[..length], length: start + length + mark })
    }

    fn decode_into(&self, out: &mut Vec<u8>) {
        if self.is_base64 {
            out.extend_from_slice(&decode::base64(self.text));
            return;
        }
        let spaced: Vec<u8> = self.text.iter().map(|b| if *b == b'_' { b' ' } else { *b }).collect();
        out.extend_from_slice(&decode::quoted_printable(&spaced));
    }
}

/// A name up to its question mark, and what follows.
fn name(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let length = bytes.iter().take(NAME_MAX).position(|b| *b == b'?')?;
    let name = std::str::from_utf8(&bytes[..length]).ok()?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic() || b == b' ');
    is_name.then(|| (name, &bytes[length + 1..]))
}

/// How long an encoded text is, and its end mark. A text whose mark was cut off on its way ends with the value.
fn end_of(text: &[u8], is_base64: bool) -> Option<(usize, usize)> {
    // A question mark nobody escaped may stand before an escape: `Vad?=3D?=`.
    let is_escape = |place: usize| {
        !is_base64
            && matches!(text.get(place + 2..place + 4), Some([high, low]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
            && memmem::find(&text[place + 2..(place + 90).min(text.len())], b"?=").is_some()
    };
    let mut from = 0;
    while let Some(offset) = memmem::find(&text[from..], b"?=") {
        let place = from + offset;
        if !is_escape(place) {
            return Some((place, 2));
        }
        from = place + 2;
    }
    // Without an end: only if nothing else of this kind begins in it.
    let is_rest = text.len() <= 200 && memmem::find(text, b"=?").is_none();
    is_rest.then(|| {
        let text_only = text.trim_ascii_end();
        let bare = text_only.strip_suffix(b"?").unwrap_or(text_only);
        (bare.len(), text.len() - bare.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_in_every_form() {
        for (value, wanted) in [
            ("=?utf-8?Q?Hej_d=C3=A4r?= =?iso-8859-1?Q?_p=E5?= dig", "Hej där på dig"),
            ("=?utf-8?B?w4VzYQ==?=", "Åsa"),
            ("=?UTF-8?b?w4VzYQ?=", "Åsa"),
            ("=?utf-8?q?bl=c3=a5?=b=?utf-8?q?=c3=a4r?=", "blåbär"),
            // A letter split between two words, which RFC 2047 §5 forbids and many programs do.
            ("=?utf-8?B?YmzD?=\r\n =?utf-8?B?pWLDpHI=?=", "blåbär"),
            ("=?utf-8?Q?bl=C3?=\r\n\t=?UTF-8?Q?=A5b=C3=A4r?=", "blåbär"),
            ("=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"),
            ("\"=?iso-8859-1?Q?=C5sa?=\"", "\"Åsa\""),
            ("(=?utf-8?Q?=C3=85?=)", "(Å)"),
            ("=?iso-8859-1?Q?bl=C3=A5b=C3=A4r?=", "blåbär"),
            ("=?utf-8?Q?bl=E5?=", "blå"),
            ("=?no-such?Q?bl=E5?=", "blå"),
            ("=?utf-8*sv?Q?hej?=", "hej"),
            ("=?utf-8?Q?med mellanslag h=C3=A4r?=", "med mellanslag här"),
            ("=?utf-8?Q?Hur m=C3=A5r du??=", "Hur mår du?"),
            ("=?utf-8?Q?Vad?=3D_det?=", "Vad?= det"),
            ("=?utf-8?Q?avklippt_h=C3=A4r", "avklippt här"),
            ("Sv: =?utf-8?B?SMOkcg==", "Sv: Här"),
            ("=?utf-8?Q?=3D=3Futf-8=3FQ=3Fh=3DC3=3DA4r=3F=3D?=", "här"),
            ("bl\u{e5}b\u{e4}r = ?", "blåbär = ?"),
            ("=?utf-8?X?abc?= =?=? ?=", "=?utf-8?X?abc?= =?=? ?="),
            ("=?utf-8?Q??=", ""),
        ] {
            assert_eq!(decoded(value.as_bytes()), wanted, "{value}");
        }
        assert_eq!(decoded(b"bl\xe5b\xe4r"), "blåbär");
        assert_eq!(decoded(b"=?utf-8?Q?hej?= bl\xc3\xa5"), "hej blå");
    }

    #[test]
    fn every_cut_of_a_value_is_read() {
        let value = "=?utf-8?B?YmzD?=\r\n =?utf-8?Q?bl=C3=A5?= =?iso-2022-jp?B?GyRCJDMkcxsoQg==?=".as_bytes();
        for end in 0..=value.len() {
            for start in 0..end {
                assert!(decoded(&value[start..end]).len() <= 3 * value.len());
            }
        }
        let hostile = "=?a?q?".repeat(20_000);
        assert!(decoded(hostile.as_bytes()).len() <= hostile.len());
        // Words without an end: only the last is short enough to be one that was cut off.
        let endless = "=?a?q?x".repeat(9_000);
        assert!(decoded(endless.as_bytes()).len() + 8 > endless.len());
    }
}
