//! Which letters this process works on: only their leases are renewed, so that a claim nobody works on lapses.
//!
//! A row can be claimed without anybody knowing: when the answer to a committed claim, or to a commit with a
//! hand-over, was lost on its way from the database. Renewed with the rest, such a letter would wait for ever.

use brevbro_core::id::LetterId;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The letters in flight.
#[derive(Clone, Default)]
pub struct Flights(Arc<Mutex<HashSet<LetterId>>>);

/// One letter in flight; it has landed when this is dropped.
pub struct Flight {
    flights: Flights,
    letter: LetterId,
}

impl Flights {
    /// Work on a letter begins.
    pub fn enter(&self, letter: LetterId) -> Flight {
        self.with(|letters| letters.insert(letter));
        Flight { flights: self.clone(), letter }
    }

    /// The letters in flight now.
    pub fn now(&self) -> Vec<LetterId> {
        self.with(|letters| letters.iter().copied().collect())
    }

    fn with<T>(&self, work: impl FnOnce(&mut HashSet<LetterId>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        self.flights.with(|letters| letters.remove(&self.letter));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_in_flight_until_its_work_ends() {
        let (flights, letter) = (Flights::default(), LetterId::from_random(42));
        let flight = flights.enter(letter);
        assert_eq!(flights.now(), [letter]);
        drop(flight);
        assert!(flights.now().is_empty());
    }
}
