//! How a word is spelled, and in which other ways people type it.

use unicode_normalization::UnicodeNormalization;

/// Characters that are not seen: they hide a word from a machine, and from nobody else.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// An apostrophe, as keyboards and telephones write it.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '＇')
}

/// A hyphen within a word.
pub(crate) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

/// The word in lower case, with the letters å, ä and ö of its own and no other diacritics: æ is ä, ø is ö, é is e.
pub(crate) fn written(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase().replace('`', "'");
    }
    if let Some(written) = latin(word) {
        return written;
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars().filter(|&c| !is_unseen(c)).nfkc().flat_map(char::to_lowercase) {
        match c {
            'å' | 'ä' | 'ö' => out.push(c),
            'æ' => out.push('ä'),
            'ø' => out.push('ö'),
            c if is_apostrophe(c) => out.push('\''),
            c if is_hyphen(c) => out.push('-'),
            c if c.is_ascii() => out.push(c),
            c => out.extend(c.nfd().filter(|&part| !is_mark(part))),
        }
    }
    out
}

/// The written form of a word in the letters of western Europe; none when it has others, or signs that belong together.
fn latin(word: &str) -> Option<String> {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        out.push(match c {
            '`' | '’' | '‘' => '\'',
            c if c.is_ascii() => c.to_ascii_lowercase(),
            'å' | 'Å' => 'å',
            'ä' | 'Ä' | 'æ' | 'Æ' => 'ä',
            'ö' | 'Ö' | 'ø' | 'Ø' => 'ö',
            'à'..='ã' | 'À'..='Ã' => 'a',
            'è'..='ë' | 'È'..='Ë' => 'e',
            'ì'..='ï' | 'Ì'..='Ï' => 'i',
            'ò'..='õ' | 'Ò'..='Õ' => 'o',
            'ù'..='ü' | 'Ù'..='Ü' => 'u',
            'ç' | 'Ç' => 'c',
            'ñ' | 'Ñ' => 'n',
            _ => return None,
        });
    }
    Some(out)
}

/// A combining mark.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The written form without what joins its parts, and without stars that hide a letter.
pub(crate) fn plain(written: &str) -> String {
    written.chars().filter(|c| !matches!(c, '\'' | '-' | '*')).collect()
}

/// The word with figures read as the letters they look like, or none when it is no such mixture.
pub(crate) fn without_figures(plain: &str) -> Option<String> {
    let has = |is: fn(char) -> bool| plain.chars().any(is);
    if !has(|c| c.is_ascii_digit()) || !has(char::is_alphabetic) {
        return None;
    }
    let letter = |c| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        other => other,
    };
    Some(plain.chars().map(letter).collect())
}

/// The forms a pattern's word is looked up by: itself, and without diacritics in both manners.
pub(crate) fn folded(plain: &str) -> Vec<String> {
    let mut all = vec![plain.to_owned()];
    if !plain.is_ascii() {
        let single = plain.replace(['å', 'ä'], "a").replace('ö', "o");
        let double = plain.replace('å', "aa").replace('ä', "ae").replace('ö', "oe");
        all.extend([single, double]);
        all.dedup();
    }
    all
}

/// The forms of a word in which a letter is drawn out ("neeeej"), or none: cut to two, and to one.
pub(crate) fn shortened(plain: &str) -> Vec<String> {
    let mut longest = 0;
    let mut run = 0;
    let mut last = None;
    for c in plain.chars() {
        run = if last == Some(c) { run + 1 } else { 1 };
        last = Some(c);
        longest = longest.max(run);
    }
    if longest < 3 {
        return Vec::new();
    }
    [2, 1].into_iter().map(|most| cut(plain, most)).collect()
}

/// The word with runs of three or more letters cut.
fn cut(word: &str, most: usize) -> String {
    let letters: Vec<char> = word.chars().collect();
    let runs = letters.chunk_by(|a, b| a == b);
    runs.flat_map(|run| run.iter().take(if run.len() > 2 { most } else { 2 })).collect()
}

/// A word and all words with one letter less: two words that share one of these are one edit apart, or two.
pub(crate) fn losses(word: &str) -> Vec<String> {
    let mut all = vec![word.to_owned()];
    for (at, c) in word.char_indices() {
        let mut shorter = String::with_capacity(word.len());
        shorter.push_str(word.get(..at).unwrap_or_default());
        shorter.push_str(word.get(at + c.len_utf8()..).unwrap_or_default());
        all.push(shorter);
    }
    all
}

/// Whether two words are at most one edit apart: a letter wrong, missing, too many, or two neighbours swapped.
pub(crate) fn one_edit(typed: &[char], known: &[char]) -> bool {
    let same_start = typed.iter().zip(known).take_while(|(one, other)| one == other).count();
    let behind = |word| <[char]>::get(word, same_start..).unwrap_or_default();
    match (behind(typed), behind(known)) {
        ([], []) => true,
        ([a, b, rest @ ..], [c, d, other @ ..]) if a == d && b == c && rest == other => true,
        ([_, rest @ ..], [_, other @ ..]) if rest == other => true,
        ([_, rest @ ..], other) if rest == other => true,
        (rest, [_, other @ ..]) => rest == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_one_way() {
        for (typed, expected) in [
            ("DÖR", "dör"),
            ("dør", "dör"),
            ("dø\u{200b}r", "dör"),
            ("o\u{308}ver", "över"),
            ("idé", "ide"),
            ("don’t", "don't"),
            ("e‑post", "e-post"),
            ("ＲＡＩＮ", "rain"),
            ("\u{200b}", ""),
        ] {
            assert_eq!(written(typed), expected, "{typed:?}");
        }
        assert_eq!(plain("e-post'n"), "epostn");
    }

    #[test]
    fn the_short_way_writes_what_the_long_way_writes() {
        for c in '\u{80}'..='\u{2ff}' {
            let typed = format!("a{c}b");
            // A sign from elsewhere makes the word take the long way.
            let long = written(&format!("{typed}ж"));
            assert_eq!(written(&typed), long.trim_end_matches('ж'), "{c:?}");
        }
    }

    #[test]
    fn diacritics_are_folded_in_both_manners() {
        assert_eq!(folded("får"), ["får", "far", "faar"]);
        assert_eq!(folded("hälsö"), ["hälsö", "halso", "haelsoe"]);
        assert_eq!(folded("rain"), ["rain"]);
    }

    #[test]
    fn drawn_out_letters_are_cut() {
        assert_eq!(shortened("neeeej"), ["neej", "nej"]);
        assert_eq!(shortened("soooool"), ["sool", "sol"]);
        assert_eq!(shortened("hallååå"), ["hallåå", "hallå"]);
        assert!(shortened("summer").is_empty());
    }

    #[test]
    fn one_edit_is_one_edit() {
        let near = |a: &str, b: &str| {
            one_edit(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>())
                && a.chars().count().abs_diff(b.chars().count()) <= 1
        };
        for (a, b) in [("umbrella", "umbrella"), ("umbrela", "umbrella"), ("umbrellla", "umbrella")] {
            assert!(near(a, b) && near(b, a), "{a} {b}");
        }
        for (a, b) in [("umbrelal", "umbrella"), ("umbrallx", "umbrella"), ("mbrell", "umbrella"), ("", "ab")] {
            assert_eq!(near(a, b), a == "umbrelal", "{a} {b}");
        }
        assert!(near("umxrella", "umbrella") && near("ubmrella", "umbrella") && near("", "a"));
    }
}
