//! Accounts: IBAN, national bank accounts, cards, and wallets of cryptographic money.

use super::calendar;
use super::checksum;
use super::cue::{self, Cue};
use super::group::{Join, Run};
use super::lexicon::Marks;
use super::token::{Gap, Kind, Page};

/// How long a country's IBAN is, and how many letters it may hold after its check digits (ISO 13616 registry).
const IBANS: [(&[u8; 2], usize, usize); 30] = [
    (b"SE", 24, 0),
    (b"NO", 15, 0),
    (b"DK", 18, 0),
    (b"FI", 18, 0),
    (b"DE", 22, 0),
    (b"GB", 22, 4),
    (b"FR", 27, 11),
    (b"NL", 18, 4),
    (b"BE", 16, 0),
    (b"ES", 24, 0),
    (b"IT", 27, 13),
    (b"PL", 28, 0),
    (b"AT", 20, 0),
    (b"CH", 21, 12),
    (b"EE", 20, 0),
    (b"LV", 21, 13),
    (b"LT", 20, 0),
    (b"IS", 26, 0),
    (b"IE", 22, 4),
    (b"PT", 25, 0),
    (b"LU", 20, 13),
    (b"CZ", 24, 0),
    (b"SK", 24, 0),
    (b"HU", 28, 0),
    (b"GR", 27, 16),
    (b"RO", 24, 16),
    (b"BG", 22, 8),
    (b"FO", 18, 0),
    (b"GL", 18, 0),
    (b"TR", 26, 16),
];

/// Fewest figures after the country: words that happen to fit the check digits are no account.
const IBAN_FIGURES_MIN: usize = 10;

/// The end in the text of an IBAN whose country is the word before a number.
pub(super) fn iban(page: &Page<'_>, number: usize) -> Option<(usize, usize)> {
    let country = number.checked_sub(1)?;
    let word = page.word(country);
    if word.len() != 2 || page.gap(number) > Gap::Blank || page.is_glued(country) && !page.is(country - 1, Kind::Mark) {
        return None;
    }
    let (_, length, letters) = *IBANS.iter().find(|(code, ..)| word.as_bytes().eq_ignore_ascii_case(*code))?;
    let begin = page.begin(country);
    let text = page.text.get(begin..)?;
    let (characters, end) = spelt(text, length)?;
    let figures = characters.iter().filter(|c| c.is_ascii_digit()).count();
    let is_whole = !text.get(end..)?.starts_with(char::is_alphanumeric);
    if !is_whole || figures < IBAN_FIGURES_MIN || characters.len() - 2 - figures > letters {
        return None;
    }
    let is_sound = checksum::iban(&characters) || cue::has_before(page, country, Marks::ACCOUNT, 4);
    is_sound.then_some((begin, begin + end))
}

/// The first letters and digits of a text, with no more between them than groups have, and where they end.
fn spelt(text: &str, length: usize) -> Option<(Vec<u8>, usize)> {
    let mut characters = Vec::with_capacity(length);
    let mut gap = 0;
    for (place, c) in text.char_indices() {
        if c.is_ascii_alphanumeric() {
            characters.push(c as u8);
            gap = 0;
        } else {
            gap += 1;
            if gap > 2 || !matches!(c, ' ' | '-' | '\u{a0}' | '.' | '\n' | '\u{202f}') {
                return None;
            }
        }
        if characters.len() == length {
            return Some((characters, place + 1));
        }
    }
    None
}

/// How many groups make a card's number.
pub(super) fn card(run: &Run, cue: Cue) -> Option<usize> {
    let count = (1..=run.groups.len().min(5)).rev().find(|count| (13..=19).contains(&run.total(*count)))?;
    let joined = run.groups.iter().take(count).skip(1);
    let are_joined = joined.into_iter().all(|g| matches!(g.join, Join::Blank | Join::Dash | Join::Dot | Join::Glued));
    let is_grouped = match run.lengths(count).as_slice() {
        [4, 4, 4, 1..=4] | [4, 6, 4 | 5] | [4, 4, 4, 4, 1..=3] | [15 | 16] => true,
        [13..=19] => cue == Cue::Account,
        _ => false,
    };
    let digits = run.digits(count);
    let is_brand = matches!(digits.first(), Some(b'3'..=b'6')) || digits.starts_with(b"22");
    let is_sound = checksum::luhn(&digits) && is_brand && cue != Cue::Reference;
    (are_joined && is_grouped && (is_sound || cue == Cue::Account)).then_some(count)
}

/// `1234.56.78903`: eleven digits with their own grouping or check digit.
pub(super) fn norwegian(run: &Run, cue: Cue) -> Option<usize> {
    let count = (1..=run.groups.len().min(3)).find(|count| run.total(*count) == 11)?;
    let digits = run.digits(count);
    let is_sound = checksum::norwegian_account(&digits);
    let fits = match run.lengths(count).as_slice() {
        // Nothing else is grouped so.
        [4, 2, 5] => is_sound || cue != Cue::Phone,
        [11] | [4, 7] | [6, 5] => is_sound && !matches!(cue, Cue::Reference | Cue::Phone),
        _ => false,
    };
    (fits && cue != Cue::Reference).then_some(count)
}

/// Accounts that their grouping tells: `9180-1, 33 445 566-7`, `1551 0009876543`, `12-34-56 98765432`.
pub(super) fn shaped(run: &Run, cue: Cue) -> Option<usize> {
    let join = |place: usize| run.get(place).map(|group| group.join);
    let lengths = run.lengths(run.groups.len().min(8));
    let count = match lengths.as_slice() {
        [4, 10, ..] => 2,
        [2, 2, 2, 8, ..] if join(1) == Some(Join::Dash) && join(2) == Some(Join::Dash) => 4,
        [4, 1, rest @ ..] if join(1) == Some(Join::Dash) && rest.len() >= 2 => 2 + rest.len(),
        _ => return None,
    };
    let are_joined =
        run.groups.iter().take(count).skip(1).all(|g| !matches!(g.join, Join::Decimal | Join::Colon | Join::Slash));
    let is_long = (11..=15).contains(&run.total(count));
    (are_joined && is_long && !matches!(cue, Cue::Reference | Cue::Phone)).then_some(count)
}

/// Digits after `konto`, `bankgiro`, `sort code`: the groups, and where the match begins.
pub(super) fn announced(page: &Page<'_>, run: &Run, cue: Cue, is_second: bool) -> Option<usize> {
    let first = run.get(0)?;
    // `12 345 678-9 clearing 6112`
    let is_led = |last: usize| {
        (last + 1..last + 4).any(|at| page.word(at).to_ascii_lowercase().starts_with("clearing"))
            && cue != Cue::Reference
    };
    // `sort code 20-11-43` is no date.
    let word = |back: usize| first.first.checked_sub(back).map_or("", |at| page.word(at));
    let is_sort = word(1).eq_ignore_ascii_case("sortcode") || word(1) == "code" && word(2).eq_ignore_ascii_case("sort");
    let called = if page.mark(first.first.wrapping_sub(1)) == b'.' { word(2) } else { word(1) };
    // `kontonr 532 013 000` is no amount.
    let is_numbered =
        || ["nr", "nummer", "numret", "nummeret", "numero"].iter().any(|end| called.len() > 3 && called.ends_with(end));
    let is_grouped = || run.lengths(3).as_slice() == [3, 3, 3] && is_numbered();
    if cue != Cue::Account && !is_led(run.last(run.figures()))
        || calendar::length(page, run, 0) > 0 && !is_sort && !is_grouped()
        || page.is_glued(first.first) && page.is(first.first - 1, Kind::Word)
    {
        return None;
    }
    let mut count = 0;
    for (place, group) in run.groups.iter().enumerate() {
        let is_apart = group.join == Join::Decimal || group.join == Join::Comma && group.len() < 2 || group.is_spoken;
        if run.total(place + 1) > 20
            || place > 0 && (is_apart || !is_sort && !is_grouped() && calendar::length(page, run, place) > 0)
        {
            break;
        }
        count = place + 1;
    }
    let last = run.last(count);
    if cue::is_counted(page, last) {
        return None;
    }
    let is_part =
        is_second || continues(page, last + 1) || cue::has_before(page, first.first, Marks::ACCOUNT, 2) && count > 2;
    let is_giro = run.get(count - 1).is_some_and(|group| group.join == Join::Dash)
        && cue::has_before(page, first.first, Marks::ACCOUNT, 2);
    let fewest = match (is_part, is_giro) {
        (true, _) => 4,
        (_, true) => 5,
        _ => 7,
    };
    (run.total(count) >= fewest).then_some(count)
}

const SHOPS: [&str; 6] =
    ["vippsnummer", "vippsnummeret", "vippsnr", "mobilepaynummer", "mobilepayboks", "mobilepaybox"];
const WALLETS: [&str; 3] = ["mobilepay", "vipps", "pay"];

/// Numbers by which a wallet on the telephone knows a receiver: `Vippsnummer 544 121`, `MobilePay box 4412AB`.
pub(super) fn shop(page: &Page<'_>, number: usize) -> Option<usize> {
    let is_split = page.digits(number) == 3 && page.digits(number + 1) == 3 && page.gap(number + 1) == Gap::Blank;
    if !is_split && !(4..=6).contains(&page.digits(number)) {
        return None;
    }
    let is_one = |back: usize, all: &[&str]| {
        let word = number.checked_sub(back).map_or("", |at| page.word(at));
        all.iter().any(|one| word.eq_ignore_ascii_case(one))
    };
    let is_sign = |back: usize| number.checked_sub(back).is_some_and(|at| page.mark(at) == b'#');
    // `mobilepay nummer 4417`, `Vipps #12345`
    let is_numbered = |back: usize| {
        (is_sign(back) || is_one(back, &["nummer", "nummeret", "nr", "no", "numero"]))
            && (1..=2).any(|n| is_one(back + n, &["mobilepay", "vipps"]))
    };
    let is_box =
        |back: usize| is_one(back, &["box", "boks", "boxen", "boksen"]) && (1..=2).any(|n| is_one(back + n, &WALLETS));
    // `vipps 12345`: a number that a wallet gives to clubs and stalls.
    let is_direct = is_one(1, &["mobilepay", "vipps"]) && page.digits(number) >= 5;
    if !is_direct && !(1..=3).any(|back| is_one(back, &SHOPS) || is_box(back) || is_numbered(back)) {
        return None;
    }
    let last = number + usize::from(is_split);
    let has_letters = page.is_glued(last + 1) && page.is(last + 1, Kind::Word) && page.length(last + 1) <= 3;
    (!cue::is_counted(page, last)).then_some(last + 1 + usize::from(has_letters))
}

/// Most tokens between the two halves of an account.
const BETWEEN_MAX: usize = 4;

/// Whether an account's second half follows: `1234 konto 0012345678`.
fn continues(page: &Page<'_>, place: usize) -> bool {
    let mut has_word = false;
    for next in place..place + BETWEEN_MAX {
        if page.is(next, Kind::Number) {
            return has_word && page.digits(next) >= 3;
        }
        has_word |= page.has(next, Marks::ACCOUNT);
        if page.gap(next) == Gap::Paragraph
            || page.is(next, Kind::Word) && !page.has(next, Marks::ACCOUNT | Marks::NUMBER)
        {
            return false;
        }
    }
    false
}

/// Where a match begins that is announced by words of no other use: `clearing`, `sort code`.
pub(super) fn widened(page: &Page<'_>, place: usize) -> usize {
    let word = |back: usize| place.checked_sub(back).map_or("", |at| page.word(at)).to_lowercase();
    if word(1).starts_with("clearing") || matches!(word(1).as_str(), "sortcode" | "routing" | "registreringsnummer") {
        place - 1
    } else if word(2) == "sort" && word(1) == "code" || word(2) == "reg" && word(1) == "." {
        place - 2
    } else {
        place
    }
}

/// Whether only words of accounts stand between two places: then both are halves of one.
pub(super) fn are_halves(page: &Page<'_>, from: usize, to: usize) -> bool {
    to - from <= BETWEEN_MAX
        && (from..to).all(|at| page.is(at, Kind::Mark) || page.has(at, Marks::ACCOUNT | Marks::NUMBER))
        && (from..to).any(|at| page.has(at, Marks::ACCOUNT))
}

/// Longest address of a wallet.
const WALLET_MAX: usize = 100;

/// The end of a wallet's address that begins with a token; its tokens stand without gaps.
pub(super) fn wallet(page: &Page<'_>, place: usize) -> Option<usize> {
    if page.is_glued(place) && page.is(place - 1, Kind::Word) || !page.is_glued(place + 1) {
        return None;
    }
    let mut next = place + 1;
    while page.is_glued(next) && !page.is(next, Kind::Mark) && page.end(next) - page.begin(place) <= WALLET_MAX {
        next += 1;
    }
    let word = page.text.get(page.begin(place)..page.end(next - 1))?;
    is_wallet(word).then_some(next)
}

fn is_wallet(word: &str) -> bool {
    let is_base58 = |b: u8| b.is_ascii_alphanumeric() && !matches!(b, b'0' | b'O' | b'I' | b'l');
    let is_mixed = word.bytes().any(|b| b.is_ascii_lowercase())
        && word.bytes().any(|b| b.is_ascii_uppercase())
        && word.bytes().any(|b| b.is_ascii_digit());
    match word.as_bytes() {
        [b'0', b'x', rest @ ..] => rest.len() == 40 && rest.iter().all(u8::is_ascii_hexdigit),
        [b'b', b'c', b'1', rest @ ..] => (25..=87).contains(&rest.len()) && rest.iter().all(u8::is_ascii_alphanumeric),
        [b'1' | b'3' | b'L' | b'T' | b'r' | b'D' | b'X', rest @ ..] => {
            (25..=34).contains(&rest.len()) && rest.iter().all(|b| is_base58(*b)) && is_mixed
        }
        [b'4' | b'8', rest @ ..] => rest.len() == 94 && rest.iter().all(|b| is_base58(*b)) && is_mixed,
        _ => false,
    }
}
