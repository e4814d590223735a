//! Telephone numbers as they are written for use from abroad: with `+`, with `00`, or with a country's code.

use crate::known::contact::calendar;
use crate::known::contact::cue::Cue;
use crate::known::contact::group::{Join, Run};
use crate::known::contact::token::Page;
use crate::known::digits;

/// The token of a `+`, or of the word for it, before a number.
pub(in crate::known::contact) fn plus(page: &Page<'_>, place: usize) -> Option<usize> {
    let one = place.checked_sub(1)?;
    let two = place.checked_sub(2).filter(|two| matches!(page.mark(one), b'(' | b' ') && page.mark(*two) == b'+');
    let is_plus = page.mark(one) == b'+';
    is_plus.then_some(one).or(two)
}

/// `plus fyrtiosex …`
pub(super) fn is_said_plus(page: &Page<'_>, place: usize) -> bool {
    place.checked_sub(1).is_some_and(|before| page.word(before).eq_ignore_ascii_case("plus"))
}

/// `(45) 28 39 40 52`: the bracket before a country code without a `+`.
pub(in crate::known::contact) fn bracketed_code(page: &Page<'_>, place: usize) -> Option<usize> {
    let open = place.checked_sub(3)?;
    let is_code =
        matches!(page.word(open + 1), "45" | "46" | "47" | "44" | "49" | "358" | "1" | "0045" | "0046" | "0047");
    (is_code && page.mark(open) == b'(' && page.mark(open + 2) == b')').then_some(open)
}

/// `0046 …`, and `46 70 …` without a sign.
pub(super) fn abroad(page: &Page<'_>, run: &Run, cue: Cue) -> Option<usize> {
    let digits = run.digits(3);
    if digits.starts_with(b"00") && (run.get(0)?.len() != 1 || run.get(0)?.is_spoken) {
        let digits = run.digits(4);
        let has_known = [b"45".as_slice(), b"46", b"47", b"44", b"49", b"358", b"354", b"298", b"299", b"33", b"1"];
        return has_known.iter().any(|code| digits[2..].starts_with(code)).then(|| international(page, run, 2))?;
    }
    let mobile = digits.starts_with(b"467") && matches!(run.get(0)?.len(), 2 | 11);
    if cue == Cue::Phone && digits.len() >= 8 || mobile {
        let count = international(page, run, 0)?;
        let total = run.total(count);
        let fits = (digits.starts_with(b"467") && total == 11)
            || (digits.starts_with(b"45") || digits.starts_with(b"47")) && total == 10
            || digits.starts_with(b"3584") && (11..=12).contains(&total)
            || digits.starts_with(b"447") && total == 12;
        return fits.then_some(count);
    }
    None
}

/// How many digits a country's numbers have behind its code.
fn lengths(code: &[u8]) -> (usize, usize) {
    match code {
        b"45" | b"47" | b"371" | b"370" => (8, 8),
        b"358" => (6, 10),
        b"44" => (9, 10),
        b"1" | b"7" => (10, 10),
        b"33" | b"31" | b"34" | b"41" | b"48" | b"380" => (9, 9),
        b"46" | b"354" => (7, 9),
        b"298" | b"299" => (6, 6),
        b"49" | b"43" => (6, 12),
        _ => (7, 12),
    }
}

/// The groups of a number in international form, its code after so many leading digits.
pub(super) fn international(page: &Page<'_>, run: &Run, skip: usize) -> Option<usize> {
    let all = run.digits(run.groups.len());
    let number = all.get(skip..)?;
    let code = number.get(..digits::country_code(number))?;
    if code.is_empty() {
        return None;
    }
    let (least, most) = lengths(code);
    let rest = &number[code.len()..];
    // `+46 (0)70`: the zero is for those at home.
    let trunk = usize::from(rest.first() == Some(&b'0') && code != b"39");
    let mut best = None;
    for count in 1..=run.groups.len() {
        let (Some(total), Some(group)) = (run.total(count).checked_sub(skip + code.len() + trunk), run.get(count - 1))
        else {
            continue;
        };
        let is_list = count > 2 && matches!(group.join, Join::Comma | Join::Colon) && !group.is_spoken;
        let before = count.checked_sub(2).and_then(|place| run.get(place));
        let is_stray = best.is_some()
            && before.is_some_and(|before| {
                group.is_spoken && !before.is_spoken || !group.is_spoken && group.len() == 1 && before.len() > 1
            });
        if total > most || is_list || is_stray || best.is_some() && calendar::length(page, run, count - 1) > 0 {
            break;
        }
        if total >= least {
            best = Some(count);
        }
    }
    let is_amount = run.digits(best?).ends_with(b"00000");
    best.filter(|_| !is_amount)
}
