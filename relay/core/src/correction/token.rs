//! A line of an answer cut into numbers, words and marks.

/// One piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A number in hundredths.
    Number(u32),
    /// A word in lower case.
    Word(String),
    /// A mark between words.
    Mark(char),
    /// Something that can be read in two ways, such as `12:45`.
    Odd,
}

/// Digits of a whole number: more say nothing about minutes.
const DIGITS: usize = 6;

/// Cuts a line.
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = line.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, left) = if first.is_ascii_digit() || first == '½' {
            number(rest)
        } else if first.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            let (word, left) = rest.split_at(end);
            (Token::Word(word.to_lowercase()), left)
        } else {
            mark(rest, first)
        };
        tokens.push(token);
        rest = left.trim_start();
    }
    tokens
}

/// A mark; a dash that clings to a number is a sign, and nobody works a negative time.
fn mark(rest: &str, first: char) -> (Token, &str) {
    let left = rest.get(first.len_utf8()..).unwrap_or_default();
    let is_dash = matches!(first, '-' | '–' | '—' | '−' | '+');
    let clings = is_dash && left.starts_with(|c: char| c.is_ascii_digit());
    (if clings { Token::Odd } else { Token::Mark(first) }, left)
}

/// A number: `45`, `1,5`, `1.25`, `½`, `1½`. One that clings to another by a colon, a dash or a stroke is odd.
fn number(rest: &str) -> (Token, &str) {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, left) = rest.split_at(end);
    if let Some(left) = left.strip_prefix('½') {
        return (whole(digits).map_or(Token::Odd, |n| Token::Number(n + 50)), left);
    }
    let fraction = left.strip_prefix([',', '.']).filter(|f| f.starts_with(|c: char| c.is_ascii_digit()));
    if let Some(fraction) = fraction {
        let end = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
        let (decimals, left) = fraction.split_at(end);
        let token = match (whole(digits), hundredths(decimals)) {
            (Some(whole), Some(part)) if !clings(left) => Token::Number(whole + part),
            _ => Token::Odd,
        };
        return (token, left);
    }
    let token = match whole(digits) {
        Some(number) if !clings(left) => Token::Number(number),
        _ => Token::Odd,
    };
    (token, left)
}

/// Whether a number goes on behind a mark without a space: a time of day, a date, a range.
fn clings(left: &str) -> bool {
    let mut next = left.chars();
    let is_joint = next.next().is_some_and(|c| matches!(c, ':' | '-' | '–' | '/' | '.' | ',' | '\'' | '’'));
    is_joint && next.next().is_some_and(|c| c.is_ascii_digit())
}

fn whole(digits: &str) -> Option<u32> {
    if digits.is_empty() {
        return Some(0);
    }
    (digits.len() <= DIGITS).then(|| digits.parse::<u32>().ok()).flatten()?.checked_mul(100)
}

fn hundredths(decimals: &str) -> Option<u32> {
    match decimals.len() {
        1 => decimals.parse::<u32>().ok().map(|n| n * 10),
        2 => decimals.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, tokens};

    fn word(text: &str) -> Token {
        Token::Word(text.into())
    }

    #[test]
    fn numbers_words_and_marks() {
        let cases: [(&str, Vec<Token>); 8] = [
            (
                "12: 45 min.",
                vec![Token::Number(1200), Token::Mark(':'), Token::Number(4500), word("min"), Token::Mark('.')],
            ),
            ("1h10", vec![Token::Number(100), word("h"), Token::Number(1000)]),
            ("1,5 Timmar", vec![Token::Number(150), word("timmar")]),
            ("1½ h", vec![Token::Number(150), word("h")]),
            ("½", vec![Token::Number(50)]),
            ("12:45", vec![Token::Odd, Token::Mark(':'), Token::Number(4500)]),
            ("-45", vec![Token::Odd, Token::Number(4500)]),
            ("2026-11-22", vec![Token::Odd, Token::Odd, Token::Odd, Token::Odd, Token::Number(2200)]),
        ];
        for (line, expected) in cases {
            assert_eq!(tokens(line), expected, "{line}");
        }
        assert_eq!(tokens("1234567")[0], Token::Odd);
        assert_eq!(tokens("1,234")[0], Token::Odd);
    }
}
