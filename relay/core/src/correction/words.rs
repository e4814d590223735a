//! The words of five languages in which people say how long something took.

use crate::party::Language;

/// Minutes.
const MINUTE: &str = " m min mins minut minuta minuter minuters minutt minutta minuttar minutter minute minutes ";
/// Hours. `time` is an hour in Norwegian and Danish, and no word for one in English.
const HOUR: &str = " h hr hrs t tim timma timme timmen timmar timer timar hour hours ";
/// Half an hour in one word.
const HALF_HOUR: &str = " halvtimme halvtimma halvtime halvtimes ";
/// Half of what follows.
const HALF: &str = " halv halvt half ";
/// One and a half.
const ONE_AND_A_HALF: &str = " halvannen halvanden halvannan ";
/// A quarter of an hour.
const QUARTER: &str = " kvart kvarter kvarten kvarteret quarter quarters ";
/// Three quarters in one word.
const THREE_QUARTERS: &str = " trekvart trekvarter ";
const AND: &str = " och og and ";
const ARTICLE: &str = " en ett et ei ein eit a an one én ";
/// A line of the overview.
const LINE: &str = " rad raden rader linje linjen linja lina line nr no nummer number punkt punktet point ";
/// The whole week.
const TOTAL: &str = " total totalt totalen totala ialt iallt sammanlagt sammenlagt sammanlagd summa sum samlet samla \
    tillsammans tilsammen tilsamen together altogether veckan uken ugen veka ";
/// The same in several words.
const TOTALS: [&str; 19] = [
    "i alt",
    "i allt",
    "all in all",
    "allt som allt",
    "alt i alt",
    "til sammen",
    "til saman",
    "till sammans",
    "in all",
    "in total",
    "hela veckan",
    "hele uken",
    "hele uka",
    "hele ugen",
    "heile veka",
    "the whole week",
    "whole week",
    "the week",
    "this week",
];
/// "Time", without saying of what.
const TIME: &str = " tid tiden tida tidsåtgång tidsbruk tidsforbrug ";
/// What may stand between a line and its time.
const TOOK: &str = " tog tok took tar takes tek var was is är er blev ble blei vart blir bliver ska skal skall should be \
    vara være vera brukte brugte brukade använde used spent jag jeg eg i skrev läste læste \
    leste wrote read ";
/// What took so long, when it is not said: our own lines say it of the whole week, so it stands before no other time.
const IT: &str = " det den detta dette it that this ";
/// About: an estimate is one, and so is what people remember.
const ABOUT: &str = " ca cirka circa omkring omtrent ungefär omtrentlig omlag about approx approximately roughly runt \
    rundt kring sirka ";
const THANKS: &str = " tack takk tak thanks thank you please ";
const HELLO: &str = " hej hei hi hello hallå halla hallo hejsan heisann god kväll kveld aften dag morgon ";

/// Number words: each with its value.
const NUMBERS: [(&str, u32); 13] = [
    (ARTICLE, 1),
    (" två tva to two ", 2),
    (" tre three ", 3),
    (" fyra fire four ", 4),
    (" fem five ", 5),
    (" sex seks six ", 6),
    (" sju syv seven ", 7),
    (" åtta åtte otte eight ", 8),
    (" nio ni nine ", 9),
    (" tio ti ten ", 10),
    (" femton femten fifteen ", 15),
    (" tjugo tjue tyve twenty ", 20),
    (" trettio tretti tredive thirty ", 30),
];
const TENS: [(&str, u32); 9] = [
    (" fyrtio førti fyrre forty ", 40),
    (" femtio femti halvtreds fifty ", 50),
    (" sextio seksti tres sixty ", 60),
    (" nittio nitti halvfems ninety ", 90),
    (" tjugofem tjuefem femogtyve ", 25),
    (" trettiofem trettifem femogtredive ", 35),
    (" fyrtiofem førtifem femogfyrre ", 45),
    (" femtiofem femtifem femoghalvtreds ", 55),
    (" sjuttiofem syttifem femoghalvfjerds ", 75),
];

fn has(list: &str, word: &str) -> bool {
    // Words hold letters alone, so that a word never spans two of the list.
    list.split_ascii_whitespace().any(|known| known == word)
}

pub(super) fn is_minute(word: &str) -> bool {
    has(MINUTE, word)
}

pub(super) fn is_hour(word: &str, language: Language) -> bool {
    has(HOUR, word) || word == "time" && language != Language::English
}

pub(super) fn is_half_hour(word: &str) -> bool {
    has(HALF_HOUR, word)
}

pub(super) fn is_half(word: &str) -> bool {
    has(HALF, word)
}

pub(super) fn is_one_and_a_half(word: &str) -> bool {
    has(ONE_AND_A_HALF, word)
}

pub(super) fn is_quarter(word: &str) -> bool {
    has(QUARTER, word)
}

pub(super) fn is_three_quarters(word: &str) -> bool {
    has(THREE_QUARTERS, word)
}

pub(super) fn is_and(word: &str) -> bool {
    has(AND, word)
}

pub(super) fn is_article(word: &str) -> bool {
    has(ARTICLE, word)
}

pub(super) fn is_line(word: &str) -> bool {
    has(LINE, word)
}

pub(super) fn is_time(word: &str, language: Language) -> bool {
    has(TIME, word) || word == "time" && language == Language::English
}

/// What may stand before a time without changing it.
pub(super) fn is_filler(word: &str) -> bool {
    has(TOOK, word) || has(ABOUT, word)
}

pub(super) fn is_it(word: &str) -> bool {
    has(IT, word)
}

pub(super) fn is_thanks(word: &str) -> bool {
    has(THANKS, word)
}

pub(super) fn is_hello(word: &str) -> bool {
    has(HELLO, word)
}

pub(super) fn number(word: &str) -> Option<u32> {
    NUMBERS.iter().chain(&TENS).find(|(words, _)| has(words, word)).map(|(_, value)| *value)
}

/// How many words at the beginning name the whole week.
pub(super) fn total(words: &[&str]) -> Option<usize> {
    let begins = |phrase: &&&str| {
        let mut rest = words.iter();
        phrase.split(' ').all(|word| rest.next() == Some(&word))
    };
    let longest = TOTALS.iter().filter(begins).map(|phrase| phrase.split(' ').count()).max();
    longest.or_else(|| words.first().filter(|word| has(TOTAL, word)).map(|_| 1))
}
