//! Pictures that are words: emoji sent as images, and the signs Word draws with letters of Wingdings.

/// An image's text, if it is an emoji: nothing else of a picture is somebody's own word.
pub(super) fn is_emoji(alt: &str) -> bool {
    let mut has_sign = false;
    let is_part = |c: char| match c {
        // Keycaps: a digit, a mark of variation, a frame.
        '0'..='9' | '#' | '*' => alt.contains('\u{20e3}'),
        '\u{fe0f}' | '\u{fe0e}' | '\u{200d}' | '\u{20e3}' => true,
        '\u{1f1e6}'..='\u{1faff}'
        | '\u{2190}'..='\u{2bff}'
        | '\u{3030}'
        | '\u{303d}'
        | '\u{3297}'
        | '\u{3299}'
        | '©'
        | '®'
        | '‼'
        | '⁉'
        | '™' => {
            has_sign = true;
            true
        }
        _ => false,
    };
    alt.chars().take(24).all(is_part) && alt.chars().count() <= 12 && (has_sign || alt.contains('\u{20e3}'))
}

/// What a letter of Wingdings or Symbol is drawn as.
pub(super) fn sign(letter: char) -> char {
    // Word also writes them in a private corner of Unicode.
    let letter = match u32::from(letter) {
        private @ 0xf000..=0xf0ff => char::from_u32(private - 0xf000).unwrap_or(letter),
        _ => letter,
    };
    match letter {
        'J' => '🙂',
        'K' => '😐',
        'L' => '🙁',
        'C' => '👍',
        'D' => '👎',
        'Y' | '©' | 'ª' => '♥',
        'ü' => '✓',
        'û' => '✗',
        'à' | 'è' | '®' => '→',
        'ß' | 'ç' | '¬' => '←',
        'Û' | 'Ü' => '⇔',
        '§' | '·' | 'l' | 'n' | 'o' | 'q' | 'v' | 'w' | 'Ø' => '•',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_told_from_words() {
        for alt in ["😊", "❤️", "👨‍👩‍👧", "👍🏽", "1️⃣", "🇸🇪", "☺", "→", "⭐⭐⭐"]
        {
            assert!(is_emoji(alt), "{alt}");
        }
        for alt in ["", "bild", "å", "logo.png", "1", "Anna 😊", "привет", "—", &"😊".repeat(30)] {
            assert!(!is_emoji(alt), "{alt}");
        }
        assert_eq!(['J', 'à', '\u{f04c}', 'x'].map(sign), ['🙂', '→', '🙁', 'x']);
    }
}
