//! The character set of octets that say nothing true about themselves: Latin, Macintosh, DOS or Cyrillic.

use super::dos;
use super::label::Charset;
use encoding_rs::{KOI8_R, MACINTOSH, WINDOWS_1251, WINDOWS_1252};

/// Most octets looked at.
const SAMPLE: usize = 16 * 1024;
/// By how much another reading must be better than Windows' own, which nearly all such text is.
const MARGIN: i32 = 4;

/// Guesses; Windows' Latin letters unless something else is clearly meant.
pub(super) fn guess(bytes: &[u8]) -> Charset {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(cyrillic) = cyrillic(sample) {
        return cyrillic;
    }
    let latin = score(sample, &upper_half(WINDOWS_1252));
    let others = [
        (score(sample, &upper_half(MACINTOSH)), Charset::Web(MACINTOSH)),
        (score(sample, &dos::CP850), Charset::Dos(&dos::CP850)),
    ];
    let best = others.into_iter().max_by_key(|(score, _)| *score);
    best.filter(|(score, _)| *score >= latin + MARGIN).map_or(Charset::Web(WINDOWS_1252), |(_, charset)| charset)
}

fn upper_half(encoding: &'static encoding_rs::Encoding) -> [char; 128] {
    std::array::from_fn(|place| {
        let octet = [u8::try_from(place + 128).unwrap_or(0xff)];
        encoding.decode_without_bom_handling(&octet).0.chars().next().unwrap_or('\u{fffd}')
    })
}

/// How well the letters of a reading suit the words they stand in.
fn score(sample: &[u8], upper: &[char; 128]) -> i32 {
    let letter_at = |place: usize| sample.get(place).filter(|b| b.is_ascii_alphabetic());
    let mut score = 0;
    for (place, octet) in sample.iter().enumerate().filter(|(_, b)| !b.is_ascii()) {
        let before = place.checked_sub(1).and_then(letter_at);
        let after = letter_at(place + 1);
        let c = upper[usize::from(octet & 0x7f)];
        score += match c {
            'å' | 'ä' | 'ö' | 'æ' | 'ø' | 'é' | 'ü' if before.is_some() || after.is_some() => 4,
            'Å' | 'Ä' | 'Ö' | 'Æ' | 'Ø' | 'É' if !before.is_some_and(u8::is_ascii_lowercase) => 4,
            '’' => 1,
            _ if c.is_control() => -6,
            _ if c.is_uppercase() && before.is_some_and(u8::is_ascii_lowercase) => -3,
            _ if c.is_alphabetic() => 0,
            '“' | '”' | '–' | '—' | '…' | '•' | '€' | '§' | '°' | '\u{a0}' | '«' | '»' | '´' | '½' | '£'
                if before.is_none() || after.is_none() =>
            {
                1
            }
            _ => -3,
        };
    }
    score
}

/// Whole words of letters above ASCII are Cyrillic; which alphabet, the small letters tell.
fn cyrillic(sample: &[u8]) -> Option<Charset> {
    let (mut in_words, mut high, mut lower_half) = (0_usize, 0_usize, 0_usize);
    for run in sample.split(|b| *b < 0xa0) {
        high += run.len();
        if run.len() >= 3 && run.iter().filter(|b| **b >= 0xc0).count() * 10 >= run.len() * 9 {
            in_words += run.len();
            lower_half += run.iter().filter(|b| (0xc0..0xe0).contains(*b)).count();
        }
    }
    (in_words >= 6 && in_words * 5 >= high * 4)
        .then(|| Charset::Web(if lower_half * 2 > in_words { KOI8_R } else { WINDOWS_1251 }))
}
