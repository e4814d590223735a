//! Text made plain: one kind of line end, no control or invisible characters, no runs of blank lines.

use std::borrow::Cow;

/// Octets that begin neither a control nor an unseen character; Nordic letters begin with these.
const PLAIN: [bool; 256] = {
    let mut table = [true; 256];
    let mut octet = 0;
    while octet < 256 {
        let is_control = octet < 0x20 && octet != 0x0a && octet != 0x0d && octet != 0x09 || octet == 0x7f;
        table[octet] = !is_control && !matches!(octet, 0xc2 | 0xcd | 0xd8 | 0xe1 | 0xe2 | 0xee | 0xef | 0xf3 | 0xf4);
        octet += 1;
    }
    table
};

/// Line ends become `\n`; control characters and characters nobody sees are left out.
pub(crate) fn plain(text: &str) -> Cow<'_, str> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    if text.bytes().all(|b| PLAIN[usize::from(b)]) || !text.contains(|c| is_control(c) || is_unseen(c)) {
        return with_plain_line_ends(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                if chars.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            other if other.is_control() || is_unseen(other) => {}
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// The same text with `\n` for CRLF and for a lone CR.
fn with_plain_line_ends(text: &str) -> Cow<'_, str> {
    let mut returns = memchr::memchr_iter(b'\r', text.as_bytes()).peekable();
    if returns.peek().is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for place in returns {
        out.push_str(&text[done..place]);
        if text.as_bytes().get(place + 1) != Some(&b'\n') {
            out.push('\n');
        }
        done = place + 1;
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// Characters that show nothing: they split words to hide them, turn writing around, or carry marks.
/// Private characters mean nothing to the reader, and some are our own marks.
/// Joiners (U+200C, U+200D) stay: emoji and several scripts need them.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' | '\u{e0100}'..='\u{e01ef}'
        | '\u{85}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10fffd}')
}

/// No blanks at line ends, at most one blank line in a row, none at either end; `\n` after the last line.
pub(crate) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut blank = false;
    for line in text.split('\n') {
        let line = line.trim_end();
        if line.is_empty() {
            blank = true;
            continue;
        }
        if blank && !out.is_empty() {
            out.push('\n');
        }
        blank = false;
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unseen_and_control_characters_go() {
        assert_eq!(plain("a\r\nb\rc\u{0}\u{200b}d\u{ad}e\u{202e}f\tg"), "a\nb\ncdef\tg");
        assert!(matches!(plain("ren text, åäö\n"), Cow::Borrowed(_)));
    }

    #[test]
    fn blank_lines_are_gathered() {
        assert_eq!(tidy("\n \na  \n\n\n\nb\n \n"), "a\n\nb\n");
        assert_eq!(tidy(" \n\n"), "");
        assert_eq!(tidy("  a"), "  a\n");
    }
}
