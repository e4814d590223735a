//! Font programmes without the tables and lines that say who made and bought them.

/// Tables that draw and place glyphs. Names, signatures, dates of making and makers' own tables are not among them.
const TABLES: [&[u8; 4]; 26] = [
    b"cvt ", b"fpgm", b"prep", b"gasp", b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cmap", b"post",
    b"OS/2", b"vhea", b"vmtx", b"VORG", b"CFF ", b"CFF2", b"EBDT", b"EBLC", b"CBDT", b"CBLC", b"sbix", b"COLR",
    b"CPAL", b"GSUB",
];

/// The programme without them; `None` where nothing has to change.
pub(super) fn rewrite(octets: &[u8]) -> Option<Vec<u8>> {
    match octets.get(..4)? {
        [0, 1, 0, 0] | b"true" | b"OTTO" => tables(octets),
        // With or without the marks of sections that some systems put around them.
        [b'%', b'!', ..] | [0x80, 1, ..] => Some(lines(octets)),
        _ => None,
    }
}

fn tables(octets: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize| {
        let four: [u8; 4] = octets.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(four)).ok()
    };
    let count = usize::from(u16::from_be_bytes(octets.get(4..6)?.try_into().ok()?));
    let mut kept: Vec<(&[u8], &[u8], &[u8])> = Vec::new();
    for index in 0..count.min(64) {
        let at = 12 + index * 16;
        let name = octets.get(at..at + 4)?;
        if TABLES.iter().any(|known| known.as_slice() == name) && !kept.iter().any(|(known, ..)| *known == name) {
            let start = number(at + 8)?;
            // Tables are sometimes said to be longer than the file; readers take what there is.
            let end = start.checked_add(number(at + 12)?)?.min(octets.len());
            kept.push((name, octets.get(at + 4..at + 8)?, octets.get(start..end)?));
        }
    }
    if kept.len() == count || kept.is_empty() {
        return None;
    }
    let mut new = octets.get(..4)?.to_vec();
    let tables = u16::try_from(kept.len()).ok()?;
    let power = tables.ilog2();
    let range = 16_u16 << power;
    for value in [tables, range, u16::try_from(power).ok()?, tables * 16 - range] {
        new.extend(value.to_be_bytes());
    }
    let mut place = 12 + kept.len() * 16;
    for (name, sum, body) in &kept {
        new.extend_from_slice(name);
        new.extend_from_slice(sum);
        new.extend(u32::try_from(place).ok()?.to_be_bytes());
        new.extend(u32::try_from(body.len()).ok()?.to_be_bytes());
        place += body.len().next_multiple_of(4);
    }
    for (_, _, body) in &kept {
        new.extend_from_slice(body);
        new.resize(new.len().next_multiple_of(4), 0);
    }
    Some(new)
}

/// The readable part of a Type 1 programme with blanks for comments and notices. Its length stays as it is, as the
/// font's entries tell where the unreadable part begins.
fn lines(octets: &[u8]) -> Vec<u8> {
    let mut new = octets.to_vec();
    let readable = memchr::memmem::find(octets, b"eexec").unwrap_or(octets.len());
    for key in ["/Notice", "/Copyright", "/FullName", "/FamilyName", "/version"] {
        let Some(at) = octets.get(..readable).and_then(|head| memchr::memmem::find(head, key.as_bytes())) else {
            continue;
        };
        let start = at + key.len();
        let mut lexer = super::lex::Lexer::new(octets, start);
        if let Some(super::lex::Token::Text(text)) = lexer.token() {
            let end = lexer.at.saturating_sub(1).min(readable);
            blank(&mut new, end.saturating_sub(text.len())..end);
        }
    }
    // The first line says what the file is.
    let mut at = memchr::memchr2(b'\r', b'\n', octets).unwrap_or(readable);
    while let Some(found) = octets.get(at..readable).and_then(|rest| memchr::memchr(b'%', rest)) {
        let start = at + found;
        let rest = octets.get(start..readable).unwrap_or_default();
        at = start + memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
        // Only whole lines: elsewhere, a percent sign may be part of an array of numbers or a string.
        if start
            .checked_sub(1)
            .and_then(|before| octets.get(before))
            .is_some_and(|octet| matches!(octet, b'\r' | b'\n'))
        {
            blank(&mut new, start..at);
        }
    }
    new
}

fn blank(octets: &mut [u8], place: std::ops::Range<usize>) {
    if let Some(part) = octets.get_mut(place) {
        part.fill(b' ');
    }
}
