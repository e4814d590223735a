//! How long a pause lasts, as people say it.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

/// The end of a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// After so many days.
    Days(u16),
    /// After so many months.
    Months(u16),
    /// The next such day of the week.
    Weekday(Weekday),
    /// A day of a month; of this year or the next where none is said.
    Day {
        /// The year.
        year: Option<i16>,
        /// The month.
        month: i8,
        /// The day.
        day: i8,
    },
}

/// A pause may last a year, and no longer by itself (S25: two terms).
const LONGEST_DAYS: i32 = 366;

const MONTHS: [&[&str]; 12] = [
    &["jan", "januari", "januar", "january"],
    &["feb", "februari", "februar", "february"],
    &["mar", "mars", "marts", "march"],
    &["apr", "april"],
    &["maj", "mai", "may"],
    &["jun", "juni", "june"],
    &["jul", "juli", "july"],
    &["aug", "augusti", "august"],
    &["sep", "sept", "september"],
    &["okt", "oct", "oktober", "october"],
    &["nov", "november"],
    &["dec", "des", "december", "desember"],
];

const WEEKDAYS: [(&[&str], Weekday); 7] = [
    (&["mandag", "monday"], Weekday::Monday),
    (&["tisdag", "tirsdag", "tysdag", "tuesday"], Weekday::Tuesday),
    (&["onsdag", "wednesday"], Weekday::Wednesday),
    (&["torsdag", "thursday"], Weekday::Thursday),
    (&["fredag", "friday"], Weekday::Friday),
    (&["lordag", "laurdag", "saturday"], Weekday::Saturday),
    (&["sondag", "sundag", "sunday"], Weekday::Sunday),
];

const NUMBERS: [&[&str]; 12] = [
    &["en", "ett", "et", "ei", "ein", "eit", "a", "one"],
    &["tva", "to", "two"],
    &["tre", "three"],
    &["fyra", "fire", "four"],
    &["fem", "five"],
    &["sex", "seks", "six"],
    &["sju", "syv", "seven"],
    &["atta", "atte", "otte", "eight"],
    &["nio", "ni", "nine"],
    &["tio", "ti", "ten"],
    &["elva", "elleve", "eleven"],
    &["tolv", "twelve"],
];

const DAYS: [&str; 8] = ["dag", "dagar", "dager", "dage", "dagars", "dagers", "day", "days"];
const WEEKS: [&str; 10] = ["vecka", "veckor", "veckors", "uke", "uker", "veke", "veker", "uge", "uger", "week"];
const MANY_MONTHS: [&str; 8] = ["manad", "manader", "maned", "maneder", "manadar", "month", "months", "manaders"];
/// Before a length. `om två veckor` and `in two weeks` say when a pause begins: a human reads those.
const FOR: [&str; 3] = ["i", "for", "pa"];
const UNTIL: [&[&str]; 13] = [
    &["till", "och", "med"],
    &["til", "og", "med"],
    &["fram", "till"],
    &["fram", "til"],
    &["frem", "til"],
    &["t", "o", "m"],
    &["tom"],
    &["tom", "den"],
    &["till"],
    &["til"],
    &["indtil"],
    &["inntil"],
    &["until"],
];

impl End {
    /// Reads `2 weeks`, `till 5 januari`, `until Monday`; nothing else is an end.
    pub(super) fn of_words(words: &[&str]) -> Option<Self> {
        if let Some(rest) = UNTIL.iter().filter_map(|phrase| words.strip_prefix(*phrase)).min_by_key(|rest| rest.len())
        {
            return date(rest);
        }
        match words.first() {
            Some(word) if FOR.contains(word) => length(words.get(1..)?),
            _ => length(words).or_else(|| date(words)),
        }
    }

    /// The first day after the pause: after today, and within a year.
    pub fn day(self, today: Date) -> Option<Date> {
        let day = match self {
            Self::Days(days) => today.checked_add(i64::from(days).days()).ok()?,
            Self::Months(months) => today.checked_add(i64::from(months).months()).ok()?,
            Self::Weekday(weekday) => today.nth_weekday(1, weekday).ok()?,
            Self::Day { year: Some(year), month, day } => Date::new(year, month, day).ok()?,
            Self::Day { year: None, month, day } => {
                let of = |year| Date::new(year, month, day).ok().filter(|date| *date > today);
                of(today.year()).or_else(|| of(today.year().checked_add(1)?))?
            }
        };
        let days = today.until(day).ok()?.get_days();
        (1..=LONGEST_DAYS).contains(&days).then_some(day)
    }
}

fn length(words: &[&str]) -> Option<End> {
    let (count, unit) = match words {
        [one] => {
            let digits = one.find(|c: char| !c.is_ascii_digit())?;
            (one.get(..digits)?, one.get(digits..)?)
        }
        [count, unit] => (*count, *unit),
        _ => return None,
    };
    let count = number(count)?;
    match unit {
        unit if DAYS.contains(&unit) => Some(End::Days(count)),
        unit if WEEKS.contains(&unit) || unit == "weeks" => Some(End::Days(count * 7)),
        unit if MANY_MONTHS.contains(&unit) => Some(End::Months(count)),
        _ => None,
    }
}

fn number(word: &str) -> Option<u16> {
    let named = NUMBERS.iter().position(|names| names.contains(&word)).and_then(|at| u16::try_from(at + 1).ok());
    named.or_else(|| word.parse().ok()).filter(|count| (1..=366).contains(count))
}

fn date(words: &[&str]) -> Option<End> {
    let words: Vec<&str> = words.iter().copied().filter(|word| !["den", "the", "of", "d"].contains(word)).collect();
    match words.as_slice() {
        [one] => {
            let weekday = WEEKDAYS.iter().find(|(names, _)| names.contains(one));
            weekday.map(|(_, day)| End::Weekday(*day)).or_else(|| numeric(one))
        }
        [a, b] => day_and_month(a, b, None),
        [a, b, year] => day_and_month(a, b, Some(year.parse().ok().filter(|year| (2000..=2999).contains(year))?)),
        _ => None,
    }
}

fn day_and_month(a: &str, b: &str, year: Option<i16>) -> Option<End> {
    let month = |word: &str| {
        let at = MONTHS.iter().position(|names| names.contains(&word))?;
        i8::try_from(at + 1).ok()
    };
    let day = |word: &str| {
        let digits = ["st", "nd", "rd", "th", "e", "a"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        digits.parse::<i8>().ok().filter(|day| (1..=31).contains(day))
    };
    let (day, month) = match (month(a), month(b)) {
        (None, Some(month)) => (day(a)?, month),
        (Some(month), None) => (day(b)?, month),
        _ => return None,
    };
    Some(End::Day { year, month, day })
}

/// `2027-01-05`, `5/1`, `5.1.2027`: the day before the month, as it is written where these letters are.
fn numeric(word: &str) -> Option<End> {
    if let Ok(date) = word.parse::<Date>() {
        return Some(End::Day { year: Some(date.year()), month: date.month(), day: date.day() });
    }
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    let (day, month, year) = match parts.as_slice() {
        [day, month] if !word.contains('-') => (day, month, None),
        [day, month, year] => (day, month, Some(year.parse().ok().filter(|year| (2000..=2999).contains(year))?)),
        _ => return None,
    };
    let (day, month) = (day.parse().ok()?, month.parse().ok()?);
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(End::Day { year, month, day })
}
