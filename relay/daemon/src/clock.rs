//! The clock port: the one place that may ask what time it is.

use brevbro_core::time::Moment;
use std::sync::atomic::{AtomicI64, Ordering};

/// Tells the time. Real in the house, moved by hand in tests.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Moment;
}

/// The machine's wall clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct WallClock;

impl Clock for WallClock {
    #[expect(clippy::disallowed_methods, reason = "this port owns the wall clock")]
    fn now(&self) -> Moment {
        Moment::from_millis(jiff::Timestamp::now().as_millisecond())
    }
}

/// A clock that stands until it is moved.
#[derive(Debug, Default)]
pub struct HandClock(AtomicI64);

impl HandClock {
    /// A clock that shows a moment.
    pub fn at(now: Moment) -> Self {
        Self(AtomicI64::new(now.as_millis()))
    }
    /// Moves the clock.
    pub fn set(&self, now: Moment) {
        self.0.store(now.as_millis(), Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Moment {
        Moment::from_millis(self.0.load(Ordering::SeqCst))
    }
}
