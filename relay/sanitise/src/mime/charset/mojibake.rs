//! Text that was encoded twice (`fÃ¶rsÃ¶ker`) put right, only where nothing else can be meant.

use encoding_rs::WINDOWS_1252;

/// The text as it was before it was encoded a second time; `None` unless that is certain.
///
/// Certain means: every character above ASCII is half of a pair or part of a triple that UTF-8 makes, at least one
/// stands inside a word, and what they make are letters and signs people write. A letter that speaks of `Ã¥` and
/// has an honest `å` elsewhere is left alone.
pub(super) fn repaired(text: &str) -> Option<String> {
    if !has_beginning(text.as_bytes()) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut run = Vec::with_capacity(16);
    let mut in_words = 0;
    let mut last = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii() {
            out.push(c);
            last = Some(c);
            continue;
        }
        run.clear();
        run.push(octet(c)?);
        while let Some(next) = chars.next_if(|next| !next.is_ascii()) {
            run.push(octet(next)?);
        }
        let whole = std::str::from_utf8(&run).ok().filter(|made| made.chars().all(is_written))?;
        let touches =
            last.is_some_and(|c: char| c.is_ascii_alphabetic()) || chars.peek().is_some_and(char::is_ascii_alphabetic);
        in_words += usize::from(touches && whole.chars().any(char::is_alphabetic));
        out.push_str(whole);
    }
    (in_words > 0).then_some(out)
}

/// `Ã`, `Â` or `â` followed by something above ASCII: a cheap look.
fn has_beginning(bytes: &[u8]) -> bool {
    memchr::memchr_iter(0xc3, bytes).any(|place| {
        matches!(bytes.get(place + 1), Some(0x83 | 0x82 | 0xa2)) && bytes.get(place + 2).is_some_and(|b| !b.is_ascii())
    })
}

/// The octet a character was taken from when it was read as Windows' Latin letters, or as ISO 8859-1.
fn octet(c: char) -> Option<u8> {
    if let Ok(octet @ 0x80..) = u8::try_from(u32::from(c)) {
        return Some(octet);
    }
    let mut buffer = [0; 4];
    let (octets, _, unmappable) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    octets.first().copied().filter(|_| !unmappable)
}

/// Letters and signs of our languages, punctuation, and emoji.
fn is_written(c: char) -> bool {
    matches!(c, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{2026}' | '\u{2030}'..='\u{203a}' | '€' | '™' | '→' | '\u{200d}' | '\u{fe0f}'
        | '\u{2600}'..='\u{27bf}' | '\u{1f300}'..='\u{1faff}' | '\u{feff}' | '\u{200b}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::repaired;

    #[test]
    fn twice_encoded_text_is_put_right() {
        assert_eq!(repaired("Jag fÃ¶rsÃ¶ker pÃ¥ Ã…land â€“ â‚¬5").as_deref(), Some("Jag försöker på Åland – €5"));
        assert_eq!(repaired("frÃ¥n").as_deref(), Some("från"));
        assert_eq!(repaired("bra ðŸ˜€ sÃ¥").as_deref(), Some("bra 😀 så"));
    }

    #[test]
    fn anything_else_is_left_alone() {
        for text in
            ["Det står Ã¥ i stället för å", "Ã¥", "São Paulo, SÃO", "blåbär", "Å–Ä", "Ã", "âne", "10 Â°", "Ã¥ Ã¤"]
        {
            assert_eq!(repaired(text), None, "{text}");
        }
    }
}
