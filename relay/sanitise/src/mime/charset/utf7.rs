//! UTF-7, which some old servers still write (RFC 2152).

use crate::mime::decode;

/// Decodes UTF-7; what is none stays as it is written.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(plus) = memchr::memchr(b'+', rest) {
        out.push_str(&String::from_utf8_lossy(&rest[..plus]));
        rest = &rest[plus + 1..];
        let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/')).count();
        if length == 0 {
            out.push('+');
        } else {
            let octets = decode::base64(&rest[..length]);
            let (pairs, _) = octets.as_chunks::<2>();
            out.extend(
                char::decode_utf16(pairs.iter().map(|pair| u16::from_be_bytes(*pair))).map(|c| c.unwrap_or('\u{fffd}')),
            );
        }
        rest = &rest[length..];
        rest = rest.strip_prefix(b"-").unwrap_or(rest);
    }
    out.push_str(&String::from_utf8_lossy(rest));
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn runs_of_base64_are_letters() {
        assert_eq!(super::decode(b"Bl+AOU-b+AOQ-r +- vilja +2D3eAA-!"), "Blåbär + vilja 😀!");
        assert_eq!(super::decode(b"1 + 1, +"), "1 + 1, +");
    }
}
