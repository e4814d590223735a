//! The encodings that need no map (annex D): of simple fonts, and of strings that are text.

const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
const WIN: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";
/// From 161 on; where nothing is encoded, a nought.
const STANDARD: &str = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ\0–†‡·\0¶•‚„”»…‰\0¿\0`´ˆ˜¯˘˙¨\0˚¸\0˝˛ˇ—\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0Æ\0ª\0\0\0\0ŁØŒº\0\0\0\0\0æ\0\0\0ı\0\0łøœß\0\0\0\0";
const DOCUMENT_LOW: &str = "˘ˇˆ˙˝˛˚˜";
const DOCUMENT_HIGH: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\0€";

/// A letter of the standard Windows encoding (1252).
pub(super) fn win_ansi(code: u8) -> char {
    upper(WIN, 0x80, code).unwrap_or(char::from(code))
}

/// A letter of the standard Macintosh encoding.
pub(super) fn mac_roman(code: u8) -> char {
    upper(MAC, 0x80, code).unwrap_or(char::from(code))
}

/// A letter of Adobe's standard encoding.
pub(super) fn standard(code: u8) -> char {
    match code {
        b'\'' => '\u{2019}',
        b'`' => '\u{2018}',
        _ => upper(STANDARD, 0xa1, code).unwrap_or(char::from(code)),
    }
}

fn upper(table: &str, first: u8, code: u8) -> Option<char> {
    table.chars().nth(usize::from(code.checked_sub(first)?))
}

/// A string that is text (7.9.2): UTF-16 or UTF-8 with a mark, or the document encoding.
pub(super) fn text_string(octets: &[u8]) -> String {
    let utf16 = |octets: &[u8], read: fn([u8; 2]) -> u16| {
        let units = octets.chunks_exact(2).map(|pair| read([pair[0], pair[1]]));
        char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match octets {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => octets.iter().map(|octet| document(*octet)).collect(),
    }
}

fn document(code: u8) -> char {
    let low = (0x18..0x20).contains(&code).then(|| upper(DOCUMENT_LOW, 0x18, code)).flatten();
    low.or_else(|| upper(DOCUMENT_HIGH, 0x80, code)).unwrap_or(char::from(code))
}

#[cfg(test)]
mod tests {
    use super::{mac_roman, standard, text_string, win_ansi};

    #[test]
    fn codes_are_letters() {
        assert_eq!([win_ansi(0xe5), win_ansi(0x80), win_ansi(b'a'), win_ansi(0x9f)], ['å', '€', 'a', 'Ÿ']);
        assert_eq!([mac_roman(0x8c), mac_roman(0xbf), mac_roman(b'z')], ['å', 'ø', 'z']);
        assert_eq!([standard(0xe1), standard(0xae), standard(b'\'')], ['Æ', '\u{fb01}', '’']);
    }

    #[test]
    fn strings_are_text() {
        assert_eq!(text_string(b"\xfe\xff\0\xe5\0b"), "åb");
        assert_eq!(text_string(b"\xff\xfe\xe5\0"), "å");
        assert_eq!(text_string("\u{feff}ø".as_bytes()), "ø");
        assert_eq!(text_string(b"\xe5 \x84\x18"), "å —\u{2d8}");
    }
}
