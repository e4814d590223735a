//! Letters reduced to the plain letters a reader takes them for.

use std::sync::LazyLock;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Calls `push` with the plain lower-case letters and digits a character stands for; nothing for any other.
#[inline]
pub(crate) fn plain(c: char, mut push: impl FnMut(char)) {
    match SHORT.get((c as usize).wrapping_sub(SHORT_FIRST)) {
        Some(Some(short)) => short.letters().for_each(push),
        Some(None) | None => worked_out(c, &mut push),
    }
}

/// Every letter of a text comes by here twice, and most that are not English lie in this range: what the tables say of
/// them is asked once.
static SHORT: LazyLock<Vec<Option<Short>>> = LazyLock::new(|| (SHORT_FIRST..SHORT_END).map(Short::of).collect());

/// The characters of two octets: Latin with marks, Greek, Cyrillic and their neighbours.
const SHORT_FIRST: usize = 0x80;
const SHORT_END: usize = 0x800;

/// What one character stands for, when that is at most three letters.
#[derive(Clone, Copy)]
struct Short {
    letters: [char; 3],
    count: u8,
}

impl Short {
    fn of(value: usize) -> Option<Self> {
        let c = char::from_u32(u32::try_from(value).ok()?)?;
        let (mut letters, mut count) = (['\0'; 3], 0_u8);
        let mut fits = true;
        worked_out(c, |letter| match letters.get_mut(usize::from(count)) {
            Some(place) => {
                *place = letter;
                count += 1;
            }
            None => fits = false,
        });
        fits.then_some(Self { letters, count })
    }

    fn letters(&self) -> impl Iterator<Item = char> + '_ {
        self.letters.iter().copied().take(usize::from(self.count))
    }
}

/// The same, from the tables.
fn worked_out(c: char, mut push: impl FnMut(char)) {
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
    fn what_is_kept_is_what_the_tables_say() {
        for c in '\0'..='\u{3000}' {
            let (mut short, mut long) = (String::new(), String::new());
            plain(c, |letter| short.push(letter));
            worked_out(c, |letter| long.push(letter));
            assert_eq!(short, long, "U+{:04X}", c as u32);
        }
        assert!(SHORT.iter().filter(|short| short.is_some()).count() > 1900);
    }

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
