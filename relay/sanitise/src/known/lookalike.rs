//! Letters reduced to the plain letters a reader takes them for.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Calls `push` with the plain lower-case letters and digits a character stands for; nothing for any other.
pub(crate) fn plain(c: char, mut push: impl FnMut(char)) {
    if let Some(ascii) = latin(c) {
        ascii.chars().for_each(push);
        return;
    }
    if let Some(letter) = boxed(c) {
        push(letter);
        return;
    }
    decompose_compatible(c, |part| {
        if is_combining_mark(part) {
            return;
        }
        match latin(part) {
            Some(ascii) => ascii.chars().for_each(&mut push),
            None => part.to_lowercase().filter(|c| c.is_alphanumeric()).for_each(|lower| push(confusable(lower))),
        }
    });
}

/// White letters in black circles and squares, and letters of flags: the tables do not take them apart.
fn boxed(c: char) -> Option<char> {
    let value = u32::from(c);
    let place = match value {
        0x1f150..=0x1f169 => value - 0x1f150,
        0x1f170..=0x1f189 => value - 0x1f170,
        0x1f1e6..=0x1f1ff => value - 0x1f1e6,
        _ => return None,
    };
    u8::try_from(place).ok().map(|place| char::from(b'a' + place))
}

/// The letters of our languages, without a look at the tables.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'å' | 'ä' | 'á' | 'à' | 'â' | 'ã' | 'Å' | 'Ä' | 'Á' | 'À' | 'Â' | 'Ã' => "a",
        'ö' | 'ø' | 'ó' | 'ò' | 'ô' | 'õ' | 'Ö' | 'Ø' | 'Ó' | 'Ò' | 'Ô' | 'Õ' => "o",
        'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' | 'Ê' | 'Ë' => "e",
        'ü' | 'ú' | 'ù' | 'û' | 'Ü' | 'Ú' | 'Ù' | 'Û' => "u",
        'í' | 'ì' | 'î' | 'ï' | 'Í' | 'Ì' | 'Î' | 'Ï' | 'ı' | 'İ' => "i",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ß' | 'ẞ' => "ss",
        'ç' | 'Ç' => "c",
        'ñ' | 'Ñ' => "n",
        'ð' | 'Ð' | 'đ' | 'Đ' => "d",
        'þ' | 'Þ' => "th",
        'ł' | 'Ł' => "l",
        _ => return None,
    })
}

/// Cyrillic and Greek letters that look like Latin ones, and capitals set small.
fn confusable(c: char) -> char {
    match c {
        'а' | 'α' | 'ɑ' | 'ᴀ' => 'a',
        'в' | 'β' | 'ʙ' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' | 'ᴅ' => 'd',
        'е' | 'ε' | 'є' | 'ᴇ' => 'e',
        'ɡ' | 'ɢ' => 'g',
        'н' | 'һ' | 'η' | 'ʜ' => 'h',
        'і' | 'ι' | 'ɩ' | 'ɪ' => 'i',
        'ј' | 'ᴊ' | 'ȷ' => 'j',
        'к' | 'κ' | 'ᴋ' => 'k',
        'ӏ' | 'ʟ' => 'l',
        'м' | 'μ' | 'ᴍ' => 'm',
        'ո' | 'п' | 'ɴ' => 'n',
        'о' | 'ο' | 'օ' | 'σ' | 'ᴏ' => 'o',
        'р' | 'ρ' | 'ᴘ' => 'p',
        'ԛ' => 'q',
        'ʀ' | 'ᴦ' => 'r',
        'ѕ' | 'ꜱ' => 's',
        'т' | 'τ' | 'ᴛ' => 't',
        'υ' | 'ս' | 'ᴜ' => 'u',
        'ѵ' | 'ν' | 'ᴠ' => 'v',
        'ѡ' | 'ω' | 'ԝ' | 'ᴡ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' | 'ү' | 'ʏ' => 'y',
        'ᴢ' => 'z',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_reduced() {
        let plain_of = |text: &str| {
            let mut out = String::new();
            text.chars().for_each(|c| plain(c, |p| out.push(p)));
            out
        };
        assert_eq!(plain_of("ÅsaØæßŁ"), "asaoaessl");
        assert_eq!(plain_of("Ａｎｎａ２ⅸ①"), "anna2ix1");
        assert_eq!(plain_of("аnnа"), "anna", "Cyrillic letters");
        assert_eq!(plain_of("🅰🅽🅝🇦 𝓐𝓷𝓷𝓪 ᴀɴɴᴀ"), "annaannaanna");
        assert_eq!(plain_of("e\u{301}Ž—@"), "ez");
        assert_eq!(plain_of("Олена"), plain_of("ОЛЕНА"));
    }
}
