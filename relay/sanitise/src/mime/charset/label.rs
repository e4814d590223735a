//! The names character sets are declared under, tidy and untidy ones, and the numbers Windows gives them.

use super::dos;
use encoding_rs::Encoding;

/// A way of reading octets as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    /// ASCII, or a word that tells nothing: the octets speak for themselves.
    Untold,
    Utf8,
    Utf7,
    Utf16Le,
    Utf16Be,
    /// Without a word on the order of its octets.
    Utf16,
    /// The upper half of a code page of DOS.
    Dos(&'static [char; 128]),
    /// Anything the Web knows (WHATWG Encoding).
    Web(&'static Encoding),
}

/// Reads a declared name. A name nobody knows tells nothing.
pub(crate) fn named(label: &str) -> Charset {
    let label = label.trim().trim_matches(['"', '\'', ';', ' ']);
    // RFC 2231 §5: a language may follow, `utf-8*sv`.
    let label = label.split('*').next().unwrap_or_default();
    let key: String =
        label.chars().filter(char::is_ascii_alphanumeric).take(40).collect::<String>().to_ascii_lowercase();
    by_key(&key)
        .or_else(|| Encoding::for_label(label.as_bytes()).map(web))
        .or_else(|| by_number(&key))
        .or_else(|| by_beginning(&key))
        .unwrap_or(Charset::Untold)
}

/// Reads the number of a Windows code page, as RTF and TNEF name it.
pub(crate) fn numbered(page: u32) -> Option<Charset> {
    let label = match page {
        437 => return Some(Charset::Dos(&dos::CP437)),
        850 | 858 => return Some(Charset::Dos(&dos::CP850)),
        865 => return Some(Charset::Dos(&dos::CP865)),
        1200 => return Some(Charset::Utf16Le),
        1201 => return Some(Charset::Utf16Be),
        65000 => return Some(Charset::Utf7),
        65001 => return Some(Charset::Utf8),
        20127 => return Some(Charset::Untold),
        866 => "ibm866",
        874 => "windows-874",
        932 | 943 => "shift_jis",
        936 | 54936 => "gb18030",
        949 | 51949 => "euc-kr",
        950 => "big5",
        819 | 28591 => "iso-8859-1",
        1250..=1258 => return Encoding::for_label(format!("windows-{page}").as_bytes()).map(web),
        28592..=28605 => return Encoding::for_label(format!("iso-8859-{}", page - 28590).as_bytes()).map(web),
        10000 => "macintosh",
        20866 => "koi8-r",
        21866 => "koi8-u",
        50220..=50222 => "iso-2022-jp",
        51932 => "euc-jp",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes()).map(web)
}

fn web(encoding: &'static Encoding) -> Charset {
    match encoding.name() {
        "UTF-8" => Charset::Utf8,
        "UTF-16LE" => Charset::Utf16Le,
        "UTF-16BE" => Charset::Utf16Be,
        // The first would refuse the text, the second hide it in private characters.
        "replacement" | "x-user-defined" => Charset::Untold,
        _ => Charset::Web(encoding),
    }
}

fn by_key(key: &str) -> Option<Charset> {
    Some(match key {
        "" | "ascii" | "usascii" | "ansix341968" | "ansix31101983" | "iso646us" | "646" | "unknown8bit"
        | "xunknown" | "unknown" | "default" | "8bit" | "7bit" | "binary" | "none" | "null" | "ansi"
        | "xuserdefined" => Charset::Untold,
        "utf8" | "utf8mb4" | "unicode11utf8" | "unicode20utf8" | "xunicode20utf8" | "utf8bom" => Charset::Utf8,
        "utf7" | "unicode11utf7" | "unicode20utf7" | "xunicode20utf7" | "csunicode11utf7" => Charset::Utf7,
        "utf16" | "unicode" | "iso10646ucs2" | "ucs2" | "csunicode" => Charset::Utf16,
        "utf16le" | "ucs2le" | "unicodefeff" => Charset::Utf16Le,
        "utf16be" | "ucs2be" | "unicodefffe" => Charset::Utf16Be,
        "mac" | "macroman" | "xmacroman" | "macintosh" | "applemacintosh" | "macwesterneurope" => {
            return numbered(10000);
        }
        _ => return None,
    })
}

/// `cp1252`, `win-1252`, `windows1252`, `ibm850`, `ms949`, `8859-15`, `iso_8859_15`, `latin-1`.
fn by_number(key: &str) -> Option<Charset> {
    let start = key.find(|c: char| c.is_ascii_digit())?;
    let (word, digits) = key.split_at(start);
    let digits = &digits[..digits.bytes().take_while(u8::is_ascii_digit).count().min(8)];
    let part = |digits: &str| Encoding::for_label(format!("iso-8859-{digits}").as_bytes()).map(web);
    match word {
        "latin" | "xlatin" => Encoding::for_label(format!("latin{digits}").as_bytes()).map(web),
        "iso" | "isoir" | "csiso" | "" if digits.starts_with("8859") && digits.len() > 4 => part(&digits[4..]),
        "cp" | "xcp" | "win" | "windows" | "xwindows" | "ibm" | "csibm" | "ms" | "dos" | "oem" | "cspc" | "" => {
            numbered(digits.parse().ok()?)
        }
        _ => None,
    }
}

/// Names run together with what came after them: `utf-8charset`, `windows-1252http-equiv`.
fn by_beginning(key: &str) -> Option<Charset> {
    const KNOWN: [&str; 8] =
        ["utf8", "windows1252", "iso885915", "iso88591", "usascii", "windows1251", "windows1250", "koi8r"];
    let known = KNOWN.iter().find(|known| key.starts_with(**known))?;
    Some(match *known {
        "iso88591" => Charset::Web(encoding_rs::WINDOWS_1252),
        "koi8r" => Charset::Web(encoding_rs::KOI8_R),
        other => by_key(other).or_else(|| by_number(other))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tidy_and_untidy() {
        let latin = Charset::Web(encoding_rs::WINDOWS_1252);
        for label in [
            "iso-8859-1",
            "ISO_8859-1",
            "latin1",
            "Latin-1",
            "8859-1",
            "cp1252",
            "cp-1252",
            "win-1252",
            "\"iso-8859-1\"",
            "windows-1252http-equiv",
            "iso-8859-1*sv",
            "iso8859_1",
            "iso-8859-1;",
            "WINDOWS1252",
        ] {
            assert_eq!(named(label), latin, "{label}");
        }
        for label in ["utf-8", "UTF8", "utf_8", "utf-8*sv", "unicode-1-1-utf-8", "utf8mb4", "cp65001", "'utf-8'"] {
            assert_eq!(named(label), Charset::Utf8, "{label}");
        }
        for label in [
            "us-ascii",
            "unknown-8bit",
            "x-unknown",
            "",
            "no-such-charset",
            "x-user-defined",
            "iso-2022-cn",
            "klingon-8",
        ] {
            assert_eq!(named(label), Charset::Untold, "{label}");
        }
        for (label, name) in [
            ("iso-8859-15", "ISO-8859-15"),
            ("ks_c_5601-1987", "EUC-KR"),
            ("gb2312", "GBK"),
            ("gb18030", "gb18030"),
            ("big5", "Big5"),
            ("Shift_JIS", "Shift_JIS"),
            ("iso-2022-jp", "ISO-2022-JP"),
            ("euc-kr", "EUC-KR"),
            ("koi8-u", "KOI8-U"),
            ("cp1257", "windows-1257"),
            ("windows-1250", "windows-1250"),
            ("x-mac-roman", "macintosh"),
            ("cp949", "EUC-KR"),
            ("ibm866", "IBM866"),
        ] {
            assert!(matches!(named(label), Charset::Web(found) if found.name() == name), "{label}");
        }
        assert_eq!(named("cp865"), Charset::Dos(&dos::CP865));
        assert_eq!(named("IBM850"), Charset::Dos(&dos::CP850));
        assert_eq!(
            (named("utf-7"), named("utf-16"), named("UTF-16BE")),
            (Charset::Utf7, Charset::Utf16, Charset::Utf16Be)
        );
    }
}
