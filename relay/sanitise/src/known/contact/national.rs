//! National identity numbers: by their dates and check digits, and by what announces them.

mod document;

use super::checksum;
use super::cue::Cue;
use super::group::{Join, Run};
use super::token::{Kind, Page};
pub(super) use document::{document, last_digits};

/// Longest number in groups: `85 01 01 - 1234`.
const GROUPS_MAX: usize = 5;

/// The token after an identity number that begins with a run's first group, and the one it begins at.
pub(super) fn find(page: &Page<'_>, run: &Run, cue: Cue) -> Option<(usize, usize)> {
    let place = run.get(0)?.first;
    if super::phone::plus(page, place).is_some() {
        return None;
    }
    if page.is_glued(place) && matches!(page.mark(place - 1), b'-' | b'.' | b'_' | b'/') && page.is_glued(place - 1) {
        return None;
    }
    let spans = (1..=run.groups.len().min(GROUPS_MAX)).rev();
    spans.into_iter().find(|count| is_identity(run, *count, cue)).map(|count| (place, run.last(count) + 1))
}

/// `850101+1234`: of somebody over a hundred.
pub(super) fn with_plus(page: &Page<'_>, place: usize) -> Option<(usize, usize)> {
    let fits = matches!(page.digits(place), 6 | 8) && page.mark(place + 1) == b'+' && page.digits(place + 2) == 4;
    let is_glued = page.is_glued(place + 1) && page.is_glued(place + 2);
    let digits: Vec<u8> =
        [place, place + 2].into_iter().flat_map(|at| super::token::digits_of(page.word(at))).collect();
    let last = digits.get(digits.len().saturating_sub(10)..)?;
    (fits && is_glued && checksum::is_year_first(last) && checksum::luhn(last)).then_some((place, place + 3))
}

/// `943 476 5919`, where the National Health Service is spoken of: ten digits, the last of which checks the others.
pub(super) fn health(page: &Page<'_>, run: &Run) -> Option<(usize, usize)> {
    let place = run.get(0)?.first;
    let count = (1..=3).find(|count| matches!(run.lengths(*count).as_slice(), [10] | [3, 3, 4]))?;
    let last = run.last(count);
    let near = place.saturating_sub(10)..(last + 12).min(page.len());
    let is_near = near.into_iter().any(|at| page.word(at).eq_ignore_ascii_case("nhs"));
    (is_near && checksum::health(&run.digits(count))).then_some((place, last + 1))
}

fn is_identity(run: &Run, count: usize, cue: Cue) -> bool {
    let total = run.total(count);
    if !(9..=12).contains(&total) {
        return false;
    }
    let groups = run.groups.get(..count).unwrap_or_default();
    let are_joined = groups.iter().skip(1).all(|group| {
        matches!(group.join, Join::Blank | Join::Dash | Join::Glued | Join::Dot | Join::Slash)
            || group.is_spoken && group.join == Join::Comma
    });
    let is_grouped = matches!(
        run.lengths(count).as_slice(),
        [6 | 8, 4] | [6, 5] | [2, 2, 2, 4 | 5] | [4, 2, 2, 4] | [2, 6, 4] | [6, 3, 2] | [3, 2, 4]
    );
    let digits = run.digits(count);
    let is_spoken = groups.iter().any(|group| group.is_spoken);
    let is_shaped = count == 1 || is_grouped && !is_spoken;
    if !are_joined || !is_shaped && cue != Cue::Identity {
        return false;
    }
    let is_dashed = groups.iter().any(|group| group.join == Join::Dash) || count == 1 || count > 2;
    let is_cut = match (run.lengths(count).as_slice(), groups.get(1).map(|group| group.join)) {
        ([6, 4], Some(Join::Dash)) | ([6, 5], Some(Join::Blank)) => true,
        ([8, 4], Some(Join::Dash)) => digits.as_slice() < b"2020".as_slice(),
        _ => false,
    };
    let shape = Shape { is_whole: count == 1, is_dashed, is_cut, cue };
    match total {
        12 => {
            let is_century = digits.starts_with(b"19") || digits.starts_with(b"20");
            is_century && shape.swedish(digits.get(2..).unwrap_or_default(), false)
        }
        11 => shape.norwegian(&digits),
        10 => shape.swedish(&digits, count == 1) || shape.danish(&digits),
        _ => shape.american(run, count),
    }
}

/// How the digits are written, and what announced them.
struct Shape {
    /// Without any gap.
    is_whole: bool,
    is_dashed: bool,
    /// With one gap, where such numbers have it: six and four digits with a dash, six and five with a blank.
    is_cut: bool,
    cue: Cue,
}

impl Shape {
    /// Not announced as something else, and not as a telephone number would be written.
    fn may_be(&self, is_like_phone: bool) -> bool {
        let is_phone = is_like_phone || self.is_whole && self.cue == Cue::Phone;
        self.cue == Cue::Identity || self.cue != Cue::Reference && !is_phone
    }

    /// Ten digits after the century.
    fn swedish(&self, digits: &[u8], is_whole: bool) -> bool {
        // People get a digit wrong: `860508-2381` is nothing else either.
        let is_certain = (checksum::luhn(digits) || self.is_cut && self.cue == Cue::None)
            && self.may_be(is_whole && digits.starts_with(b"0"));
        checksum::is_year_first(digits) && (is_certain || self.cue == Cue::Identity)
    }

    fn danish(&self, digits: &[u8]) -> bool {
        let is_certain = checksum::danish(digits) || self.is_dashed && !self.is_whole;
        checksum::is_day_first(digits)
            && self.may_be(self.is_whole && digits.starts_with(b"0"))
            && (is_certain || self.cue == Cue::Identity)
    }

    fn norwegian(&self, digits: &[u8]) -> bool {
        let is_certain = (checksum::norwegian(digits) || self.is_cut && self.cue == Cue::None) && self.may_be(false);
        checksum::is_norwegian_date(digits) && (is_certain || self.cue == Cue::Identity)
    }

    fn american(&self, run: &Run, count: usize) -> bool {
        let dashes = run.groups.iter().take(count).filter(|group| group.join == Join::Dash).count();
        run.lengths(count).as_slice() == [3, 2, 4]
            && (dashes == 2 || self.cue == Cue::Identity)
            && self.cue != Cue::Reference
    }
}

/// A Finnish code: `131052-308T`, `100808A959W`, `131049-9059`.
pub(super) fn finnish(page: &Page<'_>, place: usize, cue: Cue) -> Option<(usize, usize)> {
    if page.digits(place) != 6 || page.is_glued(place) && !page.is(place - 1, Kind::Mark) {
        return None;
    }
    let sign = page.word(place + 1);
    let is_sign = matches!(page.mark(place + 1), b'-' | b'+') || is_century(sign) && page.is_glued(place + 1);
    let number = place + 2;
    let length = page.digits(number);
    if !is_sign || !matches!(length, 3 | 4) {
        return None;
    }
    let digits: Vec<u8> = [place, number].into_iter().flat_map(|at| super::token::digits_of(page.word(at))).collect();
    let check = checksum::finnish(digits.get(..9)?)?;
    let (is_right, end) = if length == 4 {
        (digits.get(9) == Some(&check), number + 1)
    } else {
        let last = page.word(number + 1);
        let is_letter = page.is_glued(number + 1) && last.len() == 1 && page.is(number + 1, Kind::Word);
        (last.eq_ignore_ascii_case(std::str::from_utf8(&[check]).ok()?) && is_letter, number + 2)
    };
    let is_announced = cue == Cue::Identity && (length == 4 || page.is_glued(number + 1));
    (checksum::is_day_first(&digits) && (is_right || is_announced)).then_some((place, end))
}

fn is_century(sign: &str) -> bool {
    matches!(sign.as_bytes(), [b'A'..=b'F' | b'U'..=b'Y' | b'a'..=b'f' | b'u'..=b'y'])
}

/// A British National Insurance number: `QQ 12 34 56 C`.
pub(super) fn british(page: &Page<'_>, place: usize, cue: Cue) -> Option<(usize, usize)> {
    let prefix = place.checked_sub(1)?;
    let is_prefix = page.word(prefix).len() == 2 && page.word(prefix).bytes().all(|b| b.is_ascii_uppercase());
    if !is_prefix || page.is_glued(prefix) || cue == Cue::Reference {
        return None;
    }
    // The suffix may be glued to the last digits, which then are no group of their own.
    let mut next = place;
    let mut digits = 0;
    while digits < 6 && page.is(next, Kind::Number) && page.digits(next).is_multiple_of(2) {
        digits += page.digits(next);
        next += 1;
    }
    let suffix = page.word(next);
    (digits == 6 && matches!(suffix, "A" | "B" | "C" | "D")).then_some((prefix, next + 1))
}
