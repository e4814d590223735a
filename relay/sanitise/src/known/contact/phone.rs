//! Telephone numbers, at home and abroad, by their shape and by what announces them.

mod abroad;
mod extension;
mod row;

use super::calendar;
use super::cue::{self, Cue};
use super::group::{Group, Join, Run};
use super::helpline;
use super::lexicon::Marks;
use super::token::{Gap, Kind, Page};
use abroad::{abroad, international, is_said_plus};
pub(super) use abroad::{bracketed_code, plus};
pub(super) use extension::extension;
use row::{has_inner_bracket, is_row_of_pairs, is_sequence, is_staircase};

/// What digits turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// Somebody's number: so many groups.
    Personal(usize),
    /// A number everybody may name: so many groups.
    Public(usize),
}

/// Reads the number that begins with a run's first group.
pub(super) fn find(page: &Page<'_>, run: &Run, cue: Cue) -> Option<Found> {
    let first = run.get(0)?;
    // `116 111 en gang`
    let figures = run.figures();
    if (1..run.groups.len()).contains(&figures) && helpline::is_known(&run.digits(figures)) {
        return Some(Found::Public(figures));
    }
    let personal = if may_start(page, first.first) { personal(page, run, cue) } else { None };
    let known = || public(run).filter(|count| !goes_on(page, run, *count)).map(Found::Public);
    personal.or_else(known)
}

fn personal(page: &Page<'_>, run: &Run, cue: Cue) -> Option<Found> {
    let first = run.get(0)?;
    let has_plus = plus(page, first.first).is_some()
        || is_said_plus(page, first.first)
        || run.get(1).is_some_and(|next| next.join == Join::Bracket && bracketed_code(page, next.first).is_some());
    let figures = run.figures();
    let count = if has_plus {
        international(page, run, 0)
    } else if cue == Cue::Reference {
        // What is said in words is hardly an order.
        let limit = if figures == 0 { run.groups.len() } else { 0 };
        (limit > 6).then(|| abroad(page, run, cue).or_else(|| led_by_zero(page, run, limit, cue))).flatten()
    } else {
        // A number in figures is whole without the words after it.
        let all = run.groups.len();
        let is_led = run.digits(1).starts_with(b"0");
        let is_part = run.total(figures) < 10
            && (run.total(figures) != 8 || is_led)
            && (all - figures >= 2 || is_led && (9..=10).contains(&run.total(all)))
            && run.total(all) <= 12;
        let limits = match figures {
            0 => [all, all],
            // `07700 900 one two three`
            _ if is_part => [all, figures],
            _ => [figures, all],
        };
        limits.iter().find_map(|limit| national(page, run, *limit, cue))
    }?;
    let digits = run.digits(count);
    if cue == Cue::Helpline && !has_plus || helpline::is_public(&digits, has_plus) {
        return Some(Found::Public(count));
    }
    Some(Found::Personal(count))
}

/// Whether digits begin here, and do not go on from something else: `X0701`, `4411-0701`, `IMG_2026`.
fn may_start(page: &Page<'_>, place: usize) -> bool {
    if !page.is_glued(place) {
        return true;
    }
    let before = place - 1;
    if page.is(before, Kind::Word) {
        return page.has(before, Marks::PHONE);
    }
    let is_joint = matches!(page.mark(before), b'-' | b'.' | b'_' | b'/' | b'\\' | b'#' | b'=');
    let further = before.checked_sub(1).filter(|_| page.is_glued(before));
    !is_joint
        || page.mark(before) == b'/' && page.word(place).starts_with('0')
        || further.is_none_or(|further| {
            page.is(further, Kind::Mark) && page.mark(further) != b'/'
                || page.has(further, Marks::PHONE | Marks::NUMBER)
        })
}

/// Whether more digits follow as if they belonged to the same number: `114 55 Stockholm` is no call to the police.
fn goes_on(page: &Page<'_>, run: &Run, count: usize) -> bool {
    run.get(count).is_some_and(|next| {
        matches!(next.join, Join::Blank | Join::Dash | Join::Glued)
            && !next.is_spoken
            && !begins_other(page, run, count)
    })
}

/// A helpline or emergency number of few digits, or one written in its own groups.
fn public(run: &Run) -> Option<usize> {
    (1..=run.groups.len().min(6))
        .rev()
        .filter(|count| (3..=11).contains(&run.total(*count)))
        .find(|count| helpline::is_known(&run.digits(*count)))
}

fn national(page: &Page<'_>, run: &Run, limit: usize, cue: Cue) -> Option<usize> {
    abroad(page, run, cue)
        .or_else(|| led_by_zero(page, run, limit, cue))
        .or_else(|| in_words(page, run, limit))
        .or_else(|| american(page, run, limit, cue))
        .or_else(|| eight(page, run, limit, cue))
        .or_else(|| announced(page, run, limit, cue))
}

/// Whether the groups look like one number: no lists, no decimals.
fn is_one_number(run: &Run, count: usize) -> bool {
    let singles = run.groups.iter().take(count).all(|g| g.len() == 1);
    let first = run.get(0).map_or(0, Group::len);
    let starts_with_zero = run.get(0).is_some_and(|g| g.digits().first() == Some(&b'0'));
    let has_spoken = run.groups.iter().take(count).any(|g| g.is_spoken);
    // `070, 174, 06, 66`
    let has_commas = starts_with_zero && run.lengths(4).as_slice() == [3, 3, 2, 2];
    run.groups.iter().take(count).enumerate().skip(1).all(|(place, group)| {
        let joins = match group.join {
            Join::Comma => {
                has_commas || has_spoken || singles || place == 1 && (2..=5).contains(&first) && starts_with_zero
            }
            Join::Decimal => singles || has_spoken || (2..=5).contains(&first) && starts_with_zero,
            Join::Colon => first >= 3 && starts_with_zero && !has_spoken,
            _ => true,
        };
        // `07700 9 00 823`: a single digit in the middle of a number that has an area.
        let is_inner = starts_with_zero && first >= 3 && matches!(group.join, Join::Blank | Join::Dash);
        joins
            && (group.len() >= 2
                || singles
                || group.is_spoken
                || has_spoken
                || place == 1 && first == 1 && starts_with_zero
                || is_inner)
    })
}

/// Whether a group begins something else: a date, a time, what is counted.
fn begins_other(page: &Page<'_>, run: &Run, place: usize) -> bool {
    run.get(place).is_some_and(|group| {
        calendar::length(page, run, place) > 0
            || !group.is_spoken && group.len() <= 4 && cue::is_counted(page, group.last)
    })
}

/// `070-123 45 67`, `08-12 34 56`, `07700 900123`, `040 123 4567`: a zero, then an area.
fn led_by_zero(page: &Page<'_>, run: &Run, limit: usize, cue: Cue) -> Option<usize> {
    let first = run.get(0)?;
    let digits = run.digits(2);
    if digits.first() != Some(&b'0') || digits.get(1).is_none_or(|d| *d == b'0') {
        return None;
    }
    let second = run.get(1).filter(|_| limit > 1);
    // `from 0.5.0 to 0.5.2 to …`: versions.
    let is_dotted = first.len() == 1 && second.is_some_and(|g| matches!(g.join, Join::Dot | Join::Decimal));
    let is_mixed = || run.groups.iter().take(limit).any(|group| group.is_spoken != first.is_spoken);
    if is_dotted && (is_mixed() || !is_single(run, limit)) {
        return None;
    }
    if cue != Cue::Phone && is_row_of_pairs(page, run) {
        return None;
    }
    if calendar::length(page, run, 0) > 0 && !(first.len() == 8 && cue == Cue::Phone) {
        return None;
    }
    // German mobiles have eleven and twelve digits.
    let is_german = matches!(run.digits(4).get(..3), Some([b'0', b'1', b'5'..=b'7']));
    let mut best: Option<usize> = None;
    for count in 1..=limit {
        let total = run.total(count);
        let Some(group) = run.get(count - 1).filter(|_| total <= 12 && is_one_number(run, count)) else { break };
        let is_bracketed = group.join == Join::Bracket && count > 2;
        if best.is_some() {
            let goes_on = group.is_spoken
                || is_single(run, count)
                || run.get(count - 2).is_some_and(|before| {
                    before.join == group.join || count <= 3 || before.join == Join::Bracket && total <= 10
                });
            let is_stray = group.len() == 1 && !is_single(run, count) && !group.is_spoken;
            if !goes_on
                || is_stray
                || is_bracketed
                || total > 11 && count > 3 && !group.is_spoken && !is_german
                || begins_other(page, run, count - 1) && !(is_german && total <= 11)
            {
                break;
            }
        }
        // Eight digits without a gap are a company's number as well.
        if total >= 9 || total == 8 && (count > 1 && !is_hours(run, count) || cue == Cue::Phone) {
            best = Some(count);
        }
    }
    best.filter(|count| !is_sequence(run, *count) || cue == Cue::Phone)
}

fn is_single(run: &Run, count: usize) -> bool {
    run.groups.iter().take(count).all(|group| group.len() == 1)
}

/// `0201256-6` and the like: one long group and one digit.
fn is_hours(run: &Run, count: usize) -> bool {
    count == 2 && run.get(1).is_some_and(|group| group.len() == 1)
}

/// `(202) 555-0143`, `202-555-0178`, `1-202-555-0119`.
fn american(page: &Page<'_>, run: &Run, limit: usize, cue: Cue) -> Option<usize> {
    let skip = usize::from(run.get(0)?.digits() == b"1");
    let [area, office, line] = run.groups.get(skip..(skip + 3).min(limit))? else { return None };
    let fits = [area.len(), office.len(), line.len()] == [3, 3, 4] && area.digits().first().is_some_and(|d| *d >= b'2');
    let is_bracketed = page.mark(area.first.wrapping_sub(1)) == b'(';
    let is_joined = |join: Join| matches!(join, Join::Dash | Join::Dot);
    let is_plain = is_joined(office.join) && is_joined(line.join) || is_bracketed && office.join == Join::Bracket;
    (fits && (is_plain || cue == Cue::Phone)).then_some(skip + 3)
}

/// A number said digit by digit, in whatever country.
fn in_words(page: &Page<'_>, run: &Run, limit: usize) -> Option<usize> {
    let groups = run.groups.get(..limit)?;
    let is_said = groups.len() >= 7 && groups.iter().all(|group| group.is_spoken && group.len() <= 2);
    (is_said
        && !cue::is_counted(page, run.last(limit))
        && (8..=13).contains(&run.total(limit))
        && !is_sequence(run, limit))
    .then_some(limit)
}

/// Danish and Norwegian numbers: eight digits, known by their grouping, or by what announces them.
fn eight(page: &Page<'_>, run: &Run, limit: usize, cue: Cue) -> Option<usize> {
    let count = (1..=limit).find(|count| run.total(*count) >= 8).filter(|count| run.total(*count) == 8)?;
    let groups = run.groups.get(..count)?;
    let last = run.last(count);
    let first = groups.first()?;
    if has_inner_bracket(page, run) {
        return None;
    }
    let begins_right = first.digits().first().is_some_and(|d| *d >= b'2');
    // `… e mobiln min`: to be, in dialect, and no euro.
    let is_counted = cue::is_counted(page, last) && !(first.is_spoken && page.word(last + 1) == "e");
    if !begins_right || !is_one_number(run, count) || is_counted || cue::is_priced(page, first.first) {
        return None;
    }
    let is_mine = || {
        cue::has_after(page, last, Marks::PHONE)
            || cue::has_after(page, last, Marks::NUMBER) && cue::has_after(page, last, Marks::MINE)
    };
    let is_disguised = groups.iter().any(Group::is_disguised) && cue != Cue::Reference;
    let said = groups.iter().filter(|group| group.is_spoken).count();
    let is_announced =
        cue == Cue::Phone || is_disguised || cue == Cue::None && (is_mine() || is_written_to(page, first.first));
    // `nitti en tjuetre førtisju tjueseks`: four pairs in a row are said of nothing else.
    let are_pairs = run.lengths(count).as_slice() == [2, 2, 2, 2]
        && groups.iter().all(|group| group.is_spoken && group.join == Join::Blank)
        && !is_staircase(run);
    let is_spoken = (said >= 5 || are_pairs) && !is_sequence(run, count);
    if calendar::length(page, run, 0) > 0 || count == 1 && calendar::is_day_first(first) && !is_announced {
        return None;
    }
    let join = run.get(1).map(|group| group.join);
    // `123 543 2341 3453`: more of a list than before it is no number.
    let is_number = |back: usize| first.first.checked_sub(back).is_some_and(|at| page.is(at, Kind::Number));
    let is_listed =
        page.gap(first.first) == Gap::Blank && (is_number(1) || page.has(first.first - 1, Marks::AND) && is_number(2));
    let is_even =
        !is_listed && groups.iter().skip(1).all(|group| Some(group.join) == join && group.join != Join::Comma);
    let goes_on = run.get(count).is_some_and(|next| Some(next.join) == join && !begins_other(page, run, count));
    let fits = match run.lengths(count).as_slice() {
        [1, 1, 1, 1, 1, 1, 1, 1] => is_even && !goes_on && !is_sequence(run, count) && join == Some(Join::Blank),
        [2, 2, 2, 2] => is_even && !goes_on && !is_staircase(run),
        [3, 2, 3] => is_even && !goes_on,
        [4, 4] => {
            !is_listed
                && join == Some(Join::Blank)
                && !goes_on
                && !groups.iter().all(|g| (1800..2100).contains(&g.value()))
                && !groups.iter().all(|g| g.value().is_multiple_of(50))
        }
        _ => false,
    };
    // `22 33 fire fem seks sju`
    let mixes = said > 0 && !first.is_spoken && said < 3;
    let is_spoken = is_spoken || said >= 3 && !first.is_spoken && cue != Cue::Reference;
    (is_announced && !mixes || is_spoken || fits && cue != Cue::Account && !mixes).then_some(count)
}

/// `skriv til min datter på 31 323 339`: right behind what one writes to.
fn is_written_to(page: &Page<'_>, place: usize) -> bool {
    let before = place.checked_sub(1).map_or("", |at| page.word(at));
    matches!(before, "på" | "til" | "till" | "to" | "on" | "unter" | "an")
        && cue::has_before(page, place, Marks::MAIL, 7)
}

/// Seven to eleven digits in any grouping, where a telephone is spoken of.
fn announced(page: &Page<'_>, run: &Run, limit: usize, cue: Cue) -> Option<usize> {
    if cue != Cue::Phone || calendar::length(page, run, 0) > 0 {
        return None;
    }
    if has_inner_bracket(page, run) {
        return None;
    }
    // `4 8 15 16 23 42`: a list.
    let first = run.get(0)?;
    let is_inside = page.gap(first.first) == Gap::Blank
        && first.first.checked_sub(1).is_some_and(|at| page.is(at, Kind::Number))
        && page.digits(first.first - 1) <= 2;
    if is_inside || first.len() == 1 && !is_single(run, limit) && !matches!(first.digits(), b"0" | b"1") {
        return None;
    }
    let mut best = None;
    for count in 1..=limit {
        let total = run.total(count);
        if total > 11 || !is_one_number(run, count) || count > 1 && begins_other(page, run, count - 1) {
            break;
        }
        if total >= 7 {
            best = Some(count);
        }
    }
    // `10000-100000`
    let are_round = |count: usize| run.groups.iter().take(count).all(|group| group.digits().ends_with(b"000"));
    best.filter(|count| !cue::is_counted(page, run.last(*count)) && !are_round(*count))
}
