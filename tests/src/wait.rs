//! Waiting for something that is bound to happen, and failing with its name when it does not.

use std::time::{Duration, Instant};

/// How often one looks.
const PAUSE: Duration = Duration::from_millis(20);

/// Long enough for anything that should happen at once, even on a busy machine.
pub const SOON: Duration = Duration::from_mins(1);

/// Looks until there is something to see; panics with `what` when the time is up.
pub fn until<T>(what: &str, limit: Duration, mut look: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(seen) = look() {
            return seen;
        }
        assert!(begun.elapsed() < limit, "waited {} s in vain: {what}", limit.as_secs());
        std::thread::sleep(PAUSE);
    }
}

/// Waits until `holds` is true.
pub fn until_true(what: &str, limit: Duration, mut holds: impl FnMut() -> bool) {
    until(what, limit, || holds().then_some(()));
}

/// Checks that something stays true for a while; for what must *not* happen.
pub fn stays_true(what: &str, length: Duration, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while begun.elapsed() < length {
        assert!(holds(), "did not stay true: {what}");
        std::thread::sleep(PAUSE);
    }
}
