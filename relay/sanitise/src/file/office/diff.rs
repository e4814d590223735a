//! What changed between words before and after a wash, as few short spans: the rest keeps its formatting.

/// A span of the old words and what stands there now.
#[derive(Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Change<'n> {
    pub(crate) begin: usize,
    pub(crate) end: usize,
    pub(crate) new: &'n str,
}

/// Words looked at on either side before two spans become one: bounds the work on words that are all different.
const REACH: usize = 48;
/// Words that must agree again after a change.
const AGREE: usize = 3;

/// Octets of words that are compared span by span. Nobody writes a longer paragraph: such a one is changed as a whole.
const LENGTH: usize = 1 << 20;

/// The spans that changed, in order.
pub(crate) fn changes<'n>(old: &str, new: &'n str) -> Vec<Change<'n>> {
    if old.len() + new.len() > LENGTH {
        return if old == new { Vec::new() } else { vec![Change { begin: 0, end: old.len(), new }] };
    }
    let (before, after) = (pieces(old), pieces(new));
    let tail = before.iter().rev().zip(after.iter().rev()).take_while(|(b, a)| b.1 == a.1).count();
    let mut changes = Vec::new();
    let (mut b, mut a) = (0, 0);
    while b < before.len() || a < after.len() {
        if word(&before, b).is_some() && word(&before, b) == word(&after, a) {
            (b, a) = (b + 1, a + 1);
            continue;
        }
        let (next_b, next_a) = meeting(&before, &after, b, a).unwrap_or_else(|| {
            // The common end, unless one of the two is already in it.
            let common = tail.min(before.len() - b).min(after.len() - a);
            (before.len() - common, after.len() - common)
        });
        let place = |words: &[(usize, &str)], index: usize, length| words.get(index).map_or(length, |word| word.0);
        changes.push(Change {
            begin: place(&before, b, old.len()),
            end: place(&before, next_b, old.len()),
            new: &new[place(&after, a, new.len())..place(&after, next_a, new.len())],
        });
        (b, a) = (next_b, next_a);
    }
    changes
}

fn word<'w>(words: &[(usize, &'w str)], index: usize) -> Option<&'w str> {
    words.get(index).map(|word| word.1)
}

/// The nearest place where both go on with the same words.
fn meeting(before: &[(usize, &str)], after: &[(usize, &str)], b: usize, a: usize) -> Option<(usize, usize)> {
    let agrees = |i: usize, j: usize| {
        (0..AGREE).all(|n| word(before, b + i + n) == word(after, a + j + n))
            && (b + i < before.len() || a + j == after.len())
    };
    for sum in 1..2 * REACH {
        for i in sum.saturating_sub(REACH)..=sum.min(REACH) {
            let j = sum - i;
            if b + i <= before.len() && a + j <= after.len() && agrees(i, j) {
                return Some((b + i, a + j));
            }
        }
    }
    None
}

/// Words, and single characters between them, with their places.
fn pieces(text: &str) -> Vec<(usize, &str)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() {
            rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        pieces.push((text.len() - rest.len(), &rest[..length]));
        rest = &rest[length..];
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_found_one_by_one() {
        type Spans = &'static [(usize, usize, &'static str)];
        let cases: [(&str, &str, Spans); 7] = [
            ("Hej Anna, ring mig nu!", "Hej [namn], ring mig nu!", &[(4, 8, "[namn]")]),
            (
                "Anna bor i den stora staden och Bo bor här.",
                "[namn] bor i den stora staden och [namn] bor här.",
                &[(0, 4, "[namn]"), (32, 34, "[namn]")],
            ),
            ("Mvh Anna", "Mvh [namn]", &[(4, 8, "[namn]")]),
            ("Anna", "[namn]", &[(0, 4, "[namn]")]),
            ("Anna", "", &[(0, 4, "")]),
            ("lika", "lika", &[]),
            ("", "ny", &[(0, 0, "ny")]),
        ];
        for (old, new, expected) in cases {
            let found: Vec<_> = changes(old, new).iter().map(|c| (c.begin, c.end, c.new)).collect();
            assert_eq!(found, expected, "{old} -> {new}");
        }
    }

    #[test]
    fn the_changes_always_make_the_new_words() {
        let mut state = 7_u32;
        let mut chance = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let words = ["a", "bo", " ", "å", ",", "\n", "ord", "[namn]"];
        for _ in 0..3000 {
            let mut text = || (0..chance(30)).map(|_| words[usize::try_from(chance(8)).unwrap()]).collect::<String>();
            let (old, new) = (text(), text());
            let mut made = String::new();
            let mut done = 0;
            for change in changes(&old, &new) {
                made.push_str(&old[done..change.begin]);
                made.push_str(change.new);
                done = change.end;
            }
            made.push_str(&old[done..]);
            assert_eq!(made, new, "{old:?}");
        }
    }
}
