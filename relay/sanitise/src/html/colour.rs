//! Colours of letters and of what lies behind them: letters in the colour of their ground are hidden.

/// A colour of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    Rgb([u8; 3]),
    Transparent,
    /// A name we need not know: it is seen.
    Other,
}

/// What lies behind letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    Rgb([u8; 3]),
    /// A picture, or a name we do not know.
    Other,
}

/// Letters that differ from their ground by no more than this cannot be seen.
const DIFFERENCE: u8 = 10;

/// Whether letters can be told from their ground.
pub(crate) fn is_seen(letters: Colour, ground: Ground) -> bool {
    match (letters, ground) {
        (Colour::Transparent, _) => false,
        (Colour::Rgb(letters), Ground::Rgb(ground)) => {
            letters.iter().zip(ground).any(|(a, b)| a.abs_diff(b) > DIFFERENCE)
        }
        _ => true,
    }
}

/// Reads a colour of letters.
pub(crate) fn read(value: &str) -> Colour {
    let value = value.trim();
    if let Some(digits) = value.strip_prefix('#') {
        return hexadecimal(digits);
    }
    if value.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("rgb")) {
        return functional(value);
    }
    for (name, rgb) in [
        ("black", [0, 0, 0]),
        ("white", [255, 255, 255]),
        ("snow", [255, 250, 250]),
        ("ivory", [255, 255, 240]),
        ("whitesmoke", [245, 245, 245]),
        ("ghostwhite", [248, 248, 255]),
        ("windowtext", [0, 0, 0]),
        ("window", [255, 255, 255]),
    ] {
        if value.eq_ignore_ascii_case(name) {
            return Colour::Rgb(rgb);
        }
    }
    if value.eq_ignore_ascii_case("transparent") {
        return Colour::Transparent;
    }
    // Attributes of old write colours without their mark.
    if value.len() == 6 && value.bytes().all(|b| b.is_ascii_hexdigit()) { hexadecimal(value) } else { Colour::Other }
}

/// Reads a background: the first word that is a colour. `None` if it is that of what lies behind.
pub(crate) fn ground(value: &str) -> Option<Ground> {
    let value = value.trim();
    if value.contains("url(") || value.contains("gradient") {
        return Some(Ground::Other);
    }
    let start = if value.get(..3).is_some_and(|s| s.eq_ignore_ascii_case("rgb")) {
        value.split_inclusive(')').next()
    } else {
        value.split_ascii_whitespace().next()
    }?;
    if ["none", "inherit", "initial", "unset"].iter().any(|word| start.eq_ignore_ascii_case(word)) {
        return None;
    }
    match read(start) {
        Colour::Rgb(rgb) => Some(Ground::Rgb(rgb)),
        Colour::Transparent => None,
        Colour::Other => Some(Ground::Other),
    }
}

fn hexadecimal(digits: &str) -> Colour {
    let digit = |place: usize| digits.as_bytes().get(place).map_or(0, |b| crate::mime::decode::nibble(*b));
    match digits.len() {
        3 | 4 if digits.ends_with('0') && digits.len() == 4 => Colour::Transparent,
        3 | 4 => Colour::Rgb([0, 1, 2].map(|place| digit(place) * 17)),
        8 if digits.ends_with("00") => Colour::Transparent,
        6 | 8 => Colour::Rgb([0, 2, 4].map(|place| digit(place) * 16 + digit(place + 1))),
        _ => Colour::Other,
    }
}

/// `rgb(255, 255, 255)`, `rgba(0 0 0 / 0)`, and percentages.
fn functional(value: &str) -> Colour {
    let Some((_, inner)) = value.split_once('(') else { return Colour::Other };
    let mut numbers = [0.0_f32; 4];
    numbers[3] = 1.0;
    let words = inner.trim_end_matches(')').split([',', ' ', '/']).filter(|word| !word.is_empty());
    let mut count = 0;
    for (slot, word) in numbers.iter_mut().zip(words) {
        let scale = if word.ends_with('%') && count < 3 { 2.55 } else { 1.0 };
        let Ok(number) = word.trim_end_matches('%').parse::<f32>() else { return Colour::Other };
        *slot = number * scale;
        count += 1;
    }
    if count < 3 {
        return Colour::Other;
    }
    if numbers[3] < 0.05 {
        return Colour::Transparent;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded right before")]
    Colour::Rgb([0, 1, 2].map(|place: usize| numbers[place].clamp(0.0, 255.0) as u8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_told_from_their_ground() {
        let seen = |letters: &str, back: &str| is_seen(read(letters), ground(back).unwrap_or(Ground::Rgb([255; 3])));
        for (letters, back) in [
            ("white", ""),
            ("#FFF", "#ffffff"),
            ("rgb(255, 255, 255)", "none"),
            ("rgba(0,0,0,0)", "red"),
            ("#fefefe", "white"),
            ("transparent", "#000"),
            ("#f4f4f4", "#f0f0f0 none"),
            ("#000", "black"),
            ("rgb(100% 100% 100%)", "transparent"),
            ("ffffff", "rgb(250, 250, 250) none"),
        ] {
            assert!(!seen(letters, back), "{letters} on {back}");
        }
        for (letters, back) in [
            ("white", "#000"),
            ("white", "url(x.png) white"),
            ("white", "navy"),
            ("gray", ""),
            ("#eee", ""),
            ("rgb(1,2)", ""),
            ("#1234567", ""),
            ("", ""),
        ] {
            assert!(seen(letters, back), "{letters} on {back}");
        }
    }
}
