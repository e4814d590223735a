//! Text as mail carries it: encoded words, quoted-printable, and no control characters.

/// Longest line we write, without its CRLF (RFC 2045 §6.7, RFC 2047 §2).
pub(super) const LINE: usize = 76;
/// Longest encoded word (RFC 2047 §2).
const WORD: usize = 75;
const WORD_START: &str = "=?utf-8?q?";
const WORD_END: &str = "?=";

/// Characters that are never wanted in a value or a text of ours: controls, which could end a header field,
/// and invisible marks of direction or joining, which make a text read other than it is.
pub(super) fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// An unstructured field's value (RFC 5322 §2.2.1): as it is when it fits, else as encoded words.
pub(super) fn unstructured(name: &str, text: &str) -> String {
    let fits = name.len() + 2 + text.len() <= LINE;
    if fits && is_printable(text) && !text.contains("=?") { text.to_owned() } else { words(name.len() + 2, text) }
}

/// A display name (RFC 5322 §3.2.5): atoms, else a quoted string, else encoded words.
pub(super) fn phrase(name: &str, text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == ' ';
    if name.len() + 4 + text.len() > LINE || !is_printable(text) || text.contains("=?") {
        words(name.len() + 2, text)
    } else if text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// Encoded words of at most 75 characters, folded, no character split between two (RFC 2047 §5).
fn words(taken: usize, text: &str) -> String {
    let mut out = String::from(WORD_START);
    let mut column = taken + WORD_START.len();
    let mut length = WORD_START.len();
    for c in text.chars() {
        let piece = encoded(c);
        if length + piece.len() + WORD_END.len() > WORD || column + piece.len() + WORD_END.len() > LINE {
            out.push_str(WORD_END);
            out.push_str("\r\n ");
            out.push_str(WORD_START);
            length = WORD_START.len();
            column = 1 + length;
        }
        out.push_str(&piece);
        length += piece.len();
        column += piece.len();
    }
    out.push_str(WORD_END);
    out
}

/// The Q encoding in its strictest form, which is allowed in phrases too (RFC 2047 §5.3).
fn encoded(c: char) -> String {
    match c {
        ' ' => "_".to_owned(),
        c if c.is_ascii_alphanumeric() || matches!(c, '!' | '*' | '+' | '-' | '/') => c.to_string(),
        c => c.encode_utf8(&mut [0; 4]).bytes().map(hex).collect(),
    }
}

fn hex(byte: u8) -> String {
    format!("={byte:02X}")
}

/// Whether a text may travel as it is: ASCII, short lines, and nothing that a relay on the way may change.
pub(super) fn is_seven_bit(text: &str) -> bool {
    let is_safe =
        |line: &str| line.len() <= LINE && !line.starts_with("From ") && line != "." && !line.ends_with([' ', '\t']);
    text.bytes().all(|byte| matches!(byte, b'\n' | b'\t') || byte == b' ' || byte.is_ascii_graphic())
        && text.lines().all(is_safe)
}

/// Quoted-printable (RFC 2045 §6.7) with CRLF line ends. A lone dot and a leading `From ` are encoded too,
/// because mail systems on the way have been seen to change them.
pub(super) fn quoted_printable(text: &str) -> String {
    text.lines().map(|line| quoted_line(line) + "\r\n").collect()
}

fn quoted_line(line: &str) -> String {
    let last = line.len().saturating_sub(1);
    let must_hide_first = line == "." || line.starts_with("From ");
    let (mut out, mut column) = (String::new(), 0);
    for (at, byte) in line.bytes().enumerate() {
        let literal = match byte {
            b' ' | b'\t' => at != last,
            b'=' => false,
            byte => byte.is_ascii_graphic() && !(at == 0 && must_hide_first),
        };
        let piece = if literal { char::from(byte).to_string() } else { hex(byte) };
        // The last piece needs no room for the soft line break's own "=".
        let room = if at == last { LINE } else { LINE - 1 };
        if column + piece.len() > room {
            out.push_str("=\r\n");
            column = 0;
        }
        column += piece.len();
        out.push_str(&piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_plain_when_they_can_be() {
        assert_eq!(unstructured("Subject", "Your letter"), "Your letter");
        assert_eq!(unstructured("Subject", "=?x?q?y?="), "=?utf-8?q?=3D=3Fx=3Fq=3Fy=3F=3D?=");
        assert_eq!(unstructured("Subject", "Ärende 7"), "=?utf-8?q?=C3=84rende_7?=");
        assert_eq!(phrase("From", "Letter desk"), "Letter desk");
        assert_eq!(phrase("From", "A. \"B\" <c@d>"), "\"A. \\\"B\\\" <c@d>\"");
        assert_eq!(phrase("From", "Bør"), "=?utf-8?q?B=C3=B8r?=");
    }

    #[test]
    fn no_line_is_too_long() {
        let long = "åäö 🌳 x=. ".repeat(40);
        for text in [words(9, &long), quoted_printable(&long), quoted_printable(&"y".repeat(500))] {
            assert!(text.lines().all(|line| line.len() <= LINE), "{text}");
        }
        assert_eq!(quoted_printable(&"y".repeat(76)), format!("{}\r\n", "y".repeat(76)));
        assert_eq!(quoted_printable(&"y".repeat(77)), format!("{}=\r\nyy\r\n", "y".repeat(75)));
    }

    #[test]
    fn what_relays_may_change_is_encoded() {
        assert_eq!(quoted_printable("From me\n.\nend \nå=\n"), "=46rom me\r\n=2E\r\nend=20\r\n=C3=A5=3D\r\n");
        for text in ["From me\n", ".\n", "end \n", "å\n", "a\rb\n"] {
            assert!(!is_seven_bit(text), "{text:?}");
        }
        assert!(is_seven_bit("plain\n..\n\nFrom: x\n"));
    }
}
