//! What the benchmarks share: rules with a fixed clock and seed, and the median of a number of runs.

use brevbro_core::party::Side;
use brevbro_core::time::Moment;
use brevbro_sanitise::{Limits, Rules, Scope, ThreadKey};
use std::time::{Duration, Instant};

pub(crate) fn rules(threads: &ThreadKey) -> Rules<'_> {
    let scope = Scope { pairing: 1, author: Side::Seeker };
    Rules { limits: Limits::default(), now: Moment::from_millis(1_795_262_400_000), seed: [1; 16], threads, scope }
}

/// The median of so many runs, after a tenth as many to warm up.
pub(crate) fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    for _ in 0..runs / 10 {
        work();
    }
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[times.len() / 2]
}
