//! What an answer changes in the ledger: which line from what to what, and how a week's sum is shared out.

use super::{Correction, Target};
use crate::id::PairingId;
use crate::ledger::Minutes;
use crate::overview::Line;

/// A line whose value is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Declared {
    /// Its number in the overview.
    pub number: u32,
    /// The line as it stood.
    pub line: Line,
    /// What it is from now on.
    pub minutes: Minutes,
}

/// What a pairing's week comes to when the sum of all is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The pairing.
    pub pairing: PairingId,
    /// What stood there.
    pub old: Minutes,
    /// What stands there from now on.
    pub new: Minutes,
}

/// All that an answer changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plan {
    /// Lines, before the sum.
    pub lines: Vec<Declared>,
    /// The week's sum, shared out; empty when only lines were put right.
    pub shares: Vec<Share>,
    /// What stood for the week before.
    pub old: Minutes,
    /// What stands for it afterwards.
    pub new: Minutes,
}

/// Lays out what an answer changes. `lines` are those of the overview by their number, `None` where one is gone: a letter
/// that never arrived. `sums` is what stands for each pairing now. `None` when a line is meant that is gone.
pub fn plan(corrections: &[Correction], lines: &[Option<Line>], sums: &[(PairingId, Minutes)]) -> Option<Plan> {
    let old: Minutes = sums.iter().map(|(_, sum)| *sum).sum();
    let mut plan = Plan { old, new: old, ..Plan::default() };
    let mut sums = sums.to_vec();
    for correction in corrections {
        let Target::Line(number) = correction.target else { continue };
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        let line = lines.get(place).copied().flatten()?;
        let sum = sums.iter_mut().find(|(pairing, _)| *pairing == line.pairing)?;
        sum.1 = less(sum.1 + correction.minutes, line.minutes);
        plan.lines.push(Declared { number, line, minutes: correction.minutes });
    }
    plan.new = sums.iter().map(|(_, sum)| *sum).sum();
    if let Some(total) = corrections.iter().find(|correction| correction.target == Target::Week) {
        plan.shares = share(total.minutes, &sums);
        plan.new = total.minutes;
    }
    Some(plan)
}

fn less(from: Minutes, what: Minutes) -> Minutes {
    Minutes::tenths(from.as_tenths().saturating_sub(what.as_tenths()))
}

/// Shares a sum out between the pairings as the estimates stand to each other, to the tenth; evenly where nothing stands.
fn share(total: Minutes, sums: &[(PairingId, Minutes)]) -> Vec<Share> {
    let weights: Vec<i128> = sums.iter().map(|(_, sum)| i128::from(sum.as_tenths().max(0))).collect();
    let all: i128 = weights.iter().sum();
    let weights = if all > 0 { weights } else { vec![1; sums.len()] };
    let all = weights.iter().sum::<i128>().max(1);
    let (mut passed, mut given) = (0, 0);
    let mut shares = Vec::with_capacity(sums.len());
    for ((pairing, old), weight) in sums.iter().zip(weights) {
        // Each share is the difference of two rounded running sums, so that together they are the total.
        passed += weight;
        let until = (i128::from(total.as_tenths()) * passed * 2 + all) / (all * 2);
        let new = Minutes::tenths(i64::try_from(until - given).unwrap_or_default());
        given = until;
        shares.push(Share { pairing: *pairing, old: *old, new });
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::EntryId;
    use crate::notice::Done;
    use crate::time::Moment;

    fn pairing(n: u64) -> PairingId {
        PairingId::from_random(n * 2)
    }

    fn line(n: u64, minutes: i64) -> Line {
        Line {
            entry: EntryId::from_random(n * 2),
            pairing: pairing(n),
            letter: None,
            done: Done::Wrote,
            estimate: Minutes::whole(minutes),
            minutes: Minutes::whole(minutes),
            is_declared: false,
            made_at: Moment::default(),
        }
    }

    fn line_takes(number: u32, minutes: i64) -> Correction {
        Correction { target: Target::Line(number), minutes: Minutes::whole(minutes) }
    }

    fn week_takes(minutes: i64) -> Correction {
        Correction { target: Target::Week, minutes: Minutes::whole(minutes) }
    }

    #[test]
    fn lines_change_first_and_the_sum_rules() {
        let sums = [(pairing(1), Minutes::whole(30)), (pairing(2), Minutes::whole(10))];
        let lines = [Some(line(1, 30)), None, Some(line(2, 10))];
        let made = plan(&[line_takes(1, 45), line_takes(3, 5)], &lines, &sums).unwrap();
        assert_eq!((made.old, made.new, made.shares.len()), (Minutes::whole(40), Minutes::whole(50), 0));
        let made = plan(&[week_takes(60), line_takes(1, 50)], &lines, &sums).unwrap();
        let shares: Vec<_> = made.shares.iter().map(|share| (share.old.rounded(), share.new.rounded())).collect();
        assert_eq!((made.new, shares), (Minutes::whole(60), vec![(50, 50), (10, 10)]));
        for gone in [0, 2, 4] {
            assert_eq!(plan(&[line_takes(gone, 5)], &lines, &sums), None, "{gone}");
        }
    }

    #[test]
    fn shares_are_the_total_to_the_tenth() {
        let sums = |all: &[i64]| (1..).zip(all).map(|(n, m)| (pairing(n), Minutes::tenths(*m))).collect::<Vec<_>>();
        for (all, total, expected) in [
            (vec![100], 40, vec![400]),
            (vec![0], 40, vec![400]),
            (vec![0, 0, 0], 40, vec![133, 134, 133]),
            (vec![100, 200], 0, vec![0, 0]),
            (vec![10, 20, 30], 1, vec![2, 3, 5]),
            (vec![-5, 10], 10, vec![0, 100]),
        ] {
            let shares = share(Minutes::whole(total), &sums(&all));
            let got: Vec<i64> = shares.iter().map(|share| share.new.as_tenths()).collect();
            assert_eq!((got.iter().sum::<i64>(), got.clone()), (total * 10, expected), "{all:?}");
        }
    }
}
