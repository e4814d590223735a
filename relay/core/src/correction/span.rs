//! A length of time in words: `45`, `45 min`, `1h 10`, `1,5 h`, "en halvtimme", "halvannen time", "tre kvart".

use super::token::Token;
use super::words;
use crate::ledger::Minutes;
use crate::party::Language;

/// More than a week has.
const MOST: u32 = 10_080;

/// Reads a time that is the whole of these tokens.
pub(super) fn read(tokens: &[Token], language: Language) -> Option<Minutes> {
    let hundredths = Time { language }.whole(tokens)?;
    if hundredths > MOST * 100 {
        return None;
    }
    Some(Minutes::tenths(i64::from(hundredths.div_ceil(10))))
}

struct Time {
    language: Language,
}

const HOUR: u32 = 60;
const QUARTER: u32 = 1_500;

/// A word's text; numbers and marks have none.
fn text(token: &Token) -> Option<&str> {
    match token {
        Token::Word(word) => Some(word),
        Token::Number(_) | Token::Mark(_) | Token::Odd => None,
    }
}

fn is(tokens: &[Token], test: impl Fn(&str) -> bool) -> bool {
    tokens.first().and_then(text).is_some_and(test)
}

/// The rest behind a word that passes the test.
fn after(tokens: &[Token], test: impl Fn(&str) -> bool) -> Option<&[Token]> {
    if is(tokens, test) { tokens.get(1..) } else { None }
}

/// The same, whether or not the word is there.
fn maybe(tokens: &[Token], test: impl Fn(&str) -> bool) -> &[Token] {
    after(tokens, test).unwrap_or(tokens)
}

/// A full stop behind `min.` or `tim.`, a comma between hours and minutes.
fn past_marks(tokens: &[Token]) -> &[Token] {
    let marks = tokens.iter().take_while(|token| matches!(token, Token::Mark('.' | ','))).count();
    tokens.get(marks..).unwrap_or_default()
}

impl Time {
    fn is_hour(&self) -> impl Fn(&str) -> bool {
        let language = self.language;
        move |word| words::is_hour(word, language)
    }

    /// Hundredths of a minute.
    fn whole(&self, tokens: &[Token]) -> Option<u32> {
        if let Some(hundredths) = self.in_words(tokens) {
            return Some(hundredths);
        }
        let (number, rest) = number(tokens)?;
        if past_marks(rest).is_empty() {
            // A word alone is no time: "en" and "ti" say other things too.
            return is_whole(number).filter(|_| tokens.first().and_then(text).is_none());
        }
        if let Some(rest) = after(rest, words::is_minute) {
            return is_whole(number).filter(|_| past_marks(rest).is_empty());
        }
        if let Some(rest) = after(rest, self.is_hour()) {
            return past_hours(number, past_marks(rest));
        }
        if let Some(rest) = after(rest, words::is_quarter) {
            let rest = self.of_an_hour(rest);
            return is_whole(number)?.checked_mul(15).filter(|_| past_marks(rest).is_empty());
        }
        // "två och en halv timme"
        let rest = maybe(after(rest, words::is_and)?, words::is_article);
        let rest = after(after(rest, words::is_half)?, self.is_hour())?;
        past_marks(rest).is_empty().then(|| hours(number)?.checked_add(HOUR * 50)).flatten()
    }

    /// A time without a number: "en halvtimme", "half an hour", "halvannen time", "tre kvart", "en kvart".
    fn in_words(&self, tokens: &[Token]) -> Option<u32> {
        let bare = maybe(tokens, words::is_article);
        let ends = |rest: &[Token]| past_marks(rest).is_empty();
        if let Some(rest) = after(bare, words::is_half_hour) {
            return ends(rest).then_some(HOUR * 50);
        }
        if let Some(rest) = after(bare, words::is_half) {
            let rest = after(maybe(rest, words::is_article), self.is_hour())?;
            return ends(rest).then_some(HOUR * 50);
        }
        if let Some(rest) = after(bare, words::is_one_and_a_half) {
            return ends(after(rest, self.is_hour())?).then_some(HOUR * 150);
        }
        if let Some(rest) = after(bare, words::is_three_quarters) {
            return ends(self.of_an_hour(rest)).then_some(QUARTER * 3);
        }
        let rest = after(bare, words::is_quarter)?;
        ends(self.of_an_hour(rest)).then_some(QUARTER)
    }

    /// "… of an hour", "… timme".
    fn of_an_hour<'t>(&self, tokens: &'t [Token]) -> &'t [Token] {
        let rest = maybe(tokens, |word| matches!(word, "of" | "s"));
        let rest = maybe(rest, words::is_article);
        after(rest, self.is_hour()).unwrap_or(tokens)
    }
}

/// What follows so many hours: nothing, minutes, a half or a quarter.
fn past_hours(number: u32, rest: &[Token]) -> Option<u32> {
    let all = hours(number)?;
    if rest.is_empty() {
        return Some(all);
    }
    let rest = maybe(rest, words::is_and);
    is_whole(number)?;
    let bare = maybe(rest, words::is_article);
    if let Some(rest) = after(bare, words::is_half) {
        return all.checked_add(HOUR * 50).filter(|_| past_marks(rest).is_empty());
    }
    if let Some(rest) = after(bare, words::is_quarter) {
        return all.checked_add(QUARTER).filter(|_| past_marks(rest).is_empty());
    }
    let (minutes, rest) = self::number(rest)?;
    let rest = maybe(rest, words::is_minute);
    let minutes = is_whole(minutes).filter(|minutes| *minutes < HOUR * 100)?;
    all.checked_add(minutes).filter(|_| past_marks(rest).is_empty())
}

/// A number in hundredths, in digits or as a word.
fn number(tokens: &[Token]) -> Option<(u32, &[Token])> {
    let (first, rest) = tokens.split_first()?;
    match first {
        Token::Number(number) => Some((*number, rest)),
        Token::Word(word) => Some((words::number(word)?.checked_mul(100)?, rest)),
        Token::Mark(_) | Token::Odd => None,
    }
}

/// Hundredths of an hour in hundredths of a minute.
fn hours(number: u32) -> Option<u32> {
    number.checked_mul(HOUR)
}

/// Minutes have no fraction.
fn is_whole(number: u32) -> Option<u32> {
    number.is_multiple_of(100).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::super::token::tokens;
    use super::read;
    use crate::ledger::Minutes;
    use crate::party::Language::{self, Bokmal, Danish, English, Swedish};

    fn minutes(text: &str, language: Language) -> Option<i64> {
        read(&tokens(text), language).map(Minutes::rounded)
    }

    #[test]
    fn times_in_five_languages() {
        let cases = [
            ("45", 45),
            ("45 min.", 45),
            ("45 minutter", 45),
            ("0", 0),
            ("10080", 10_080),
            ("1h", 60),
            ("1h 10", 70),
            ("1h10", 70),
            ("1 t 10 min", 70),
            ("1 tim, 10 min", 70),
            ("2 timmar och 5 minuter", 125),
            ("1,5 h", 90),
            ("1.5 timmar", 90),
            ("1½ h", 90),
            ("½ timme", 30),
            ("en halvtimme", 30),
            ("en halvtime", 30),
            ("en halv time", 30),
            ("ein halvtime", 30),
            ("half an hour", 30),
            ("a half hour", 30),
            ("en timme", 60),
            ("två timmar", 120),
            ("to timer", 120),
            ("two hours", 120),
            ("en och en halv timme", 90),
            ("1 og en halv time", 90),
            ("one and a half hours", 90),
            ("an hour and a half", 90),
            ("en timme och en kvart", 75),
            ("halvannen time", 90),
            ("halvanden time", 90),
            ("en kvart", 15),
            ("et kvarter", 15),
            ("a quarter of an hour", 15),
            ("tre kvart", 45),
            ("tre kvarter", 45),
            ("trekvart", 45),
            ("three quarters of an hour", 45),
            ("fyrtiofem minuter", 45),
            ("femogfyrre minutter", 45),
        ];
        for (text, expected) in cases {
            let language = if text.contains("time") { Bokmal } else { Swedish };
            assert_eq!(minutes(text, language), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_could_be_something_else_is_nothing() {
        for text in [
            "",
            "min",
            "h",
            "10081",
            "-5",
            "1:10",
            "12-45",
            "45,5 min",
            "1,5",
            "1 h 60",
            "1,5 h 10",
            "mer än 45",
            "45 kr",
            "45 50",
            "timme",
            "kanske 45",
            "en",
            "halv",
            "1 h och",
            "999999 h",
        ] {
            assert_eq!(minutes(text, Swedish), None, "{text}");
        }
        assert_eq!((minutes("1 time", English), minutes("1 time", Danish)), (None, Some(60)));
    }
}
