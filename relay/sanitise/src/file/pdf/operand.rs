//! Operands of content operators, written in their plainest form.

use super::lex::{self, Token};
use super::write;

/// Writes the last so many numbers; `false` if there are fewer.
pub(super) fn numbers(out: &mut Vec<u8>, operands: &[Token<'_>], count: usize) -> bool {
    let first = operands.len().saturating_sub(count);
    let mut written = 0;
    let last = operands.get(first..).unwrap_or_default();
    // Oddities between the numbers are rare: only then they are sorted out one by one.
    if last.iter().all(|token| matches!(token, Token::Number(_))) {
        for token in last {
            number(out, token);
        }
        return last.len() == count;
    }
    let all: Vec<&Token<'_>> = operands.iter().filter(|token| matches!(token, Token::Number(_))).collect();
    for token in all.get(all.len().saturating_sub(count)..).unwrap_or_default() {
        number(out, token);
        written += 1;
    }
    written == count
}

/// Writes a number; one that is written oddly in its plain form.
pub(super) fn number(out: &mut Vec<u8>, token: &Token<'_>) {
    let Token::Number(raw) = token else { return };
    let is_plain = raw.len() < 24 && !raw.iter().skip(1).any(|octet| matches!(octet, b'+' | b'-' | b'e' | b'E'));
    if is_plain {
        out.extend_from_slice(raw);
    } else {
        write::object(out, &lex::number(raw));
    }
    out.push(b' ');
}

/// Writes the lengths of dashes and their phase; `false` if they are none.
pub(super) fn dash(out: &mut Vec<u8>, operands: &[Token<'_>]) -> bool {
    let Some((phase @ Token::Number(_), lengths)) = operands.split_last() else { return false };
    if !matches!(lengths.first(), Some(Token::ArrayOpen)) {
        return false;
    }
    out.push(b'[');
    for token in lengths {
        number(out, token);
    }
    out.extend_from_slice(b"] ");
    number(out, phase);
    true
}

/// Writes one of the four rendering intents.
pub(super) fn intent(out: &mut Vec<u8>, operands: &[Token<'_>]) -> bool {
    const INTENTS: [&[u8]; 4] = [b"AbsoluteColorimetric", b"RelativeColorimetric", b"Saturation", b"Perceptual"];
    match operands.last() {
        Some(Token::Name(raw)) if INTENTS.contains(raw) => {
            write::name(out, raw);
            out.push(b' ');
            true
        }
        _ => false,
    }
}
