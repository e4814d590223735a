//! Rows of figures that are no telephone number: lists, steps, counting, sizes.

use crate::known::contact::group::{Group, Join, Run};
use crate::known::contact::token::{Gap, Page};

/// `01 02 05 12 23 31`: lottery numbers, or a row that began before.
pub(super) fn is_row_of_pairs(page: &Page<'_>, run: &Run) -> bool {
    let first = run.get(0).map_or(0, |group| group.first);
    let is_inside = page.gap(first) == Gap::Blank && first.checked_sub(1).is_some_and(|at| page.digits(at) == 2);
    (run.groups.len() > 5 || is_inside) && run.groups.iter().all(|group| group.len() == 2 && !group.is_spoken)
}

/// `20 30 40 50`: steps of a list.
pub(super) fn is_staircase(run: &Run) -> bool {
    let values: Vec<u32> = run.groups.iter().take(4).map(Group::value).collect();
    let mut steps = values.windows(2).map(|pair| pair[1].wrapping_sub(pair[0]));
    let first = steps.next().unwrap_or(0);
    matches!(first, 1 | 2 | 5 | 10 | 20 | 25) && steps.all(|step| step == first)
}

/// Counting: `ett två tre …`, `12345678`.
pub(super) fn is_sequence(run: &Run, count: usize) -> bool {
    let digits = run.digits(count);
    let values: Vec<u32> = run.groups.iter().take(count).map(Group::value).collect();
    if values.len() >= 5 && values.windows(2).all(|pair| pair[1] == pair[0] + 1 || pair[0] == pair[1] + 1) {
        return true;
    }
    digits.windows(2).all(|pair| pair[1] == pair[0] + 1) || digits.windows(2).all(|pair| pair[0] == pair[1] + 1)
}

/// `96 (104) 112`: sizes, and no area in brackets.
pub(super) fn has_inner_bracket(page: &Page<'_>, run: &Run) -> bool {
    run.get(0).zip(run.get(1)).is_some_and(|(first, next)| {
        let is_area = page.mark(first.first.wrapping_sub(1)) == b'(' && first.digits().starts_with(b"0");
        next.join == Join::Bracket && !is_area
    })
}
