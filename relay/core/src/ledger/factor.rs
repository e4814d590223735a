//! A volunteer's own pace: how long letters took, against what was estimated (between people it varies most).

use super::Minutes;

/// A factor in per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Factor(u32);

/// Fewer corrections of single letters say nothing about a person.
pub const CORRECTIONS: usize = 5;
const LOWEST: i64 = 50;
const HIGHEST: i64 = 200;

impl Default for Factor {
    fn default() -> Self {
        Self(100)
    }
}

impl Factor {
    /// From per cent, kept between a half and twice.
    pub fn of_percent(percent: i64) -> Self {
        Self(u32::try_from(percent.clamp(LOWEST, HIGHEST)).unwrap_or(100))
    }

    /// The value in per cent.
    pub fn percent(self) -> u32 {
        self.0
    }

    /// An estimate at this pace.
    #[must_use]
    pub fn of(self, estimate: Minutes) -> Minutes {
        Minutes::tenths((estimate.as_tenths().saturating_mul(i64::from(self.0)) + 50).div_euclid(100))
    }

    /// The estimate for everybody, of one that was made at this pace.
    #[must_use]
    pub fn taken_out(self, minutes: Minutes) -> Minutes {
        let factor = i64::from(self.0).max(1);
        Minutes::tenths((minutes.as_tenths().saturating_mul(100) + factor / 2).div_euclid(factor))
    }

    /// The median of declared against estimated, from five corrections on.
    pub fn of_corrections(corrections: &[(Minutes, Minutes)]) -> Option<Self> {
        let percent = |(estimate, declared): &(Minutes, Minutes)| {
            let estimate = estimate.as_tenths();
            (estimate > 0).then(|| declared.as_tenths().max(0).saturating_mul(100) / estimate)
        };
        let mut all: Vec<i64> = corrections.iter().filter_map(percent).collect();
        if all.len() < CORRECTIONS {
            return None;
        }
        all.sort_unstable();
        let (below, above) = (all.get((all.len() - 1) / 2)?, all.get(all.len() / 2)?);
        Some(Self::of_percent(below.saturating_add(*above) / 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(pairs: &[(i64, i64)]) -> Option<u32> {
        let pairs: Vec<_> = pairs.iter().map(|(e, d)| (Minutes::tenths(*e), Minutes::tenths(*d))).collect();
        Factor::of_corrections(&pairs).map(Factor::percent)
    }

    #[test]
    fn the_middle_of_five_counts_and_is_bounded() {
        assert_eq!(factor(&[(100, 150); 4]), None);
        assert_eq!(factor(&[(100, 150), (100, 150), (100, 150), (100, 150), (0, 150)]), None, "nothing was estimated");
        assert_eq!(factor(&[(100, 90), (100, 120), (100, 140), (100, 9_000), (100, 0)]), Some(120));
        assert_eq!(factor(&[(100, 110), (100, 120), (100, 140), (100, 150), (100, 100), (100, 200)]), Some(130));
        assert_eq!(factor(&[(100, 1); 5]), Some(50));
        assert_eq!(factor(&[(1, i64::MAX); 5]), Some(200));
    }

    #[test]
    fn a_pace_goes_in_and_out() {
        for percent in [50, 67, 100, 133, 200] {
            let factor = Factor::of_percent(percent);
            for tenths in [0, 1, 25, 110, 9_999] {
                let back = factor.taken_out(factor.of(Minutes::tenths(tenths)));
                assert!((back.as_tenths() - tenths).abs() <= 1, "{percent} {tenths}");
            }
        }
        assert_eq!(Factor::default().of(Minutes::tenths(25)), Minutes::tenths(25));
    }
}
