//! Dates, times and amounts: digits that are no contact details.

use super::checksum::is_date;
use super::cue;
use super::group::{Group, Join, Run};
use super::token::Page;

/// How many groups from a place on make up a date, a time or an amount; 0 if they do not begin one.
pub(super) fn length(page: &Page<'_>, run: &Run, from: usize) -> usize {
    let rest = run.groups.get(from..).unwrap_or_default();
    if rest.first().is_none_or(|group| group.is_spoken) {
        return 0;
    }
    let length = date(rest).max(range(rest)).max(time(rest));
    if length > 0 { length } else { amount(page, rest) }
}

fn is_year(group: &Group) -> bool {
    group.len() == 4 && (1850..2100).contains(&group.value())
}

fn is_short(group: &Group) -> bool {
    (1..=2).contains(&group.len())
}

/// Dates in three groups, in any order that is used, and in eight digits with the year in front.
fn date(groups: &[Group]) -> usize {
    if let [one, ..] = groups
        && one.len() == 8
        && is_compact(one)
    {
        return 1;
    }
    let [a, b, c, rest @ ..] = groups else { return 0 };
    let is_mark = |join: Join| matches!(join, Join::Dash | Join::Dot | Join::Slash);
    let are_joined = is_mark(b.join) && is_mark(c.join);
    let is_spaced = b.join == Join::Blank && c.join == Join::Blank && [a, b, c].iter().all(|g| g.len() != 1);
    if !are_joined && !is_spaced {
        return 0;
    }
    let year_first = is_year(a) && is_short(b) && is_short(c) && is_date(c.value(), b.value());
    let is_ordered = is_date(a.value(), b.value()) || is_date(b.value(), a.value());
    let day_first = is_short(a) && is_short(b) && is_ordered && is_year(c);
    // Two digits each: only where no fourth pair follows in the same way, as in a telephone number.
    let goes_on = rest.first().is_some_and(|next| next.join == c.join && next.len() == 2);
    let short = are_joined && is_short(a) && is_short(b) && c.len() == 2 && is_ordered && !goes_on;
    if year_first || day_first || short { 3 } else { 0 }
}

/// `20261121`, for years people write about.
fn is_compact(group: &Group) -> bool {
    let value = group.value();
    let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
    (1900..2060).contains(&year) && is_date(day, month)
}

/// `21112026`: a date as well as a Danish number.
pub(super) fn is_day_first(group: &Group) -> bool {
    let value = group.value();
    let (day, month, year) = (value / 1_000_000, value / 10_000 % 100, value % 10_000);
    group.len() == 8 && (1900..2060).contains(&year) && is_date(day, month)
}

/// `1998-2004`, `0800-1630`.
fn range(groups: &[Group]) -> usize {
    let [a, b, ..] = groups else { return 0 };
    let are_years = is_year(a) && is_year(b);
    let is_hour =
        |g: &Group| g.len() == 4 && g.value() / 100 <= 24 && g.value() % 100 < 60 && g.value().is_multiple_of(5);
    if matches!(b.join, Join::Dash | Join::Slash) && (are_years || is_hour(a) && is_hour(b)) { 2 } else { 0 }
}

/// `12:30`, `8.15`, `12:30:45`.
fn time(groups: &[Group]) -> usize {
    let [a, b, rest @ ..] = groups else { return 0 };
    let is_minute = |g: &Group| g.len() == 2 && g.value() < 60;
    if !(is_short(a) && a.value() <= 24 && is_minute(b) && matches!(b.join, Join::Dot | Join::Colon)) {
        return 0;
    }
    match rest {
        [c, ..] if c.join == Join::Colon && b.join == Join::Colon && is_minute(c) => 3,
        // `08.12.34.56` is no time.
        [c, ..] if c.join == Join::Dot && b.join == Join::Dot => 0,
        _ => 2,
    }
}

/// `1 250 000 kr`, `12.500,00`, `0,5 mg`: groups of three, decimals, and whatever is counted in money or units.
fn amount(page: &Page<'_>, groups: &[Group]) -> usize {
    let Some(first) = groups.first().filter(|group| !group.is_spoken) else { return 0 };
    let is_zero_led = first.digits().first() == Some(&b'0') && first.len() > 1;
    let thousands = 1 + groups.iter().skip(1).take_while(|g| g.len() == 3 && is_parting(g.join)).count();
    let decimals = groups.get(thousands).is_some_and(|g| matches!(g.join, Join::Decimal | Join::Dot) && g.len() <= 2);
    let whole = thousands + usize::from(decimals);
    if is_zero_led {
        return 0;
    }
    let last = groups.get(whole - 1).map_or(0, |group| group.last);
    let is_money = cue::is_counted(page, last) || cue::is_priced(page, first.first);
    // `1,073,741,824`, `1 073 741 824`
    let is_parted = thousands >= 3 && first.len() <= 3 && groups.get(1).is_some_and(|g| g.join == Join::Decimal)
        || thousands >= 4 && first.len() == 1;
    let ends_in_zeros = whole >= 2 && groups.get(whole - 1).is_some_and(|g| g.digits() == b"000");
    if is_parted || is_money && first.len() <= 8 || ends_in_zeros && first.len() <= 3 || decimals && whole >= 3 {
        whole
    } else {
        0
    }
}

fn is_parting(join: Join) -> bool {
    matches!(join, Join::Blank | Join::Dot | Join::Decimal)
}
