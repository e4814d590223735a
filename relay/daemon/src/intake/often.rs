//! How often something may happen: a bound on what a stranger can make the house write to somebody.

use brevbro_core::time::{Moment, Span};
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// At most so many in a span of time, for each key.
pub(super) struct Often<K> {
    most: usize,
    within: Span,
    seen: Mutex<HashMap<K, Vec<Moment>>>,
}

/// Keys remembered at once; those that have been quiet are forgotten first.
const KEYS: usize = 10_000;

impl<K: Eq + Hash> Often<K> {
    /// At most `most` within a span.
    pub(super) fn new(most: usize, within: Span) -> Self {
        Self { most, within, seen: Mutex::new(HashMap::new()) }
    }

    /// Whether it may happen once more now; if so, it counts.
    pub(super) fn once_more(&self, key: K, now: Moment) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() >= KEYS {
            seen.retain(|_, moments| moments.last().is_some_and(|at| now - *at < self.within));
        }
        let moments = seen.entry(key).or_default();
        moments.retain(|at| now - *at < self.within);
        let may = moments.len() < self.most;
        if may {
            moments.push(now);
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fourth_waits_until_the_first_is_over() {
        let often = Often::new(3, Span::hours(1));
        let at = |minutes| Moment::from_millis(0) + Span::minutes(minutes);
        for minute in 0..3 {
            assert!(often.once_more("anna", at(minute)));
        }
        assert!(!often.once_more("anna", at(59)));
        assert!(often.once_more("bo", at(59)), "each for itself");
        assert!(often.once_more("anna", at(60)));
        assert!(!often.once_more("anna", at(60)));
    }
}
