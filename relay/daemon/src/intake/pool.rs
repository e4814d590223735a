//! The CPU pool: long work runs away from the sessions' threads, and never more of it at once than there are cores.

use brevbro_core::reply::{Refusal, Stop, Trouble};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Octets up to which a letter is worked on where it is: moving it would cost more.
const SMALL: usize = 64 * 1024;
/// Octets from which a letter has the pool to itself: it takes some twenty times its size while it is read.
const LARGE: usize = 512 * 1024;

/// The pool. Reading and rebuilding a large letter takes many times its size in memory, so that a queue here
/// is what keeps fifty large letters from being fifty times as much.
pub(super) struct Pool(Arc<Semaphore>, u32);

impl Pool {
    /// One place for each core.
    pub(super) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let cores = u32::try_from(cores).unwrap_or(2);
        Self(Arc::new(Semaphore::new(cores as usize)), cores)
    }

    /// Runs work on a letter of so many octets. A parser's panic ends this letter alone, with a refusal.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        octets: usize,
        work: impl FnOnce() -> Result<T, Stop> + Send + 'static,
    ) -> Result<T, Stop> {
        let unreadable = || Stop::Refuse(Refusal::Unreadable);
        if octets <= SMALL {
            let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
            return caught.unwrap_or_else(|_| Err(unreadable()));
        }
        let places = if octets > LARGE { self.1 } else { 1 };
        let place = Arc::clone(&self.0).acquire_many_owned(places).await.map_err(|_| Stop::Later(Trouble::Busy))?;
        let working = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(place);
            done
        });
        working.await.unwrap_or_else(|_| Err(unreadable()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_ends_one_letter_alone() {
        let pool = Pool::new();
        for octets in [1, SMALL + 1] {
            let outcome = pool.run(octets, || -> Result<(), Stop> { panic!("a parser's fault") }).await;
            assert_eq!(outcome, Err(Stop::Refuse(Refusal::Unreadable)));
            assert_eq!(pool.run(octets, || Ok(7)).await, Ok(7));
        }
    }
}
