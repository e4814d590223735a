//! A next hop made of memory, for tests: keeps what is sent and answers as it was told to.

use super::attempt::{Attempt, Outbound, Parcel, Sending};
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Keeps every parcel. Says `Delivered` unless other answers were lined up.
#[derive(Default)]
pub struct Captured(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    parcels: Vec<Parcel>,
    answers: VecDeque<Attempt>,
}

impl Captured {
    /// Lines up the answer to the next letter that has none yet.
    pub fn answer(&self, attempt: Attempt) {
        self.kept().answers.push_back(attempt);
    }

    /// Everything sent since the last call, whatever the answer was.
    pub fn take(&self) -> Vec<Parcel> {
        std::mem::take(&mut self.kept().parcels)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outbound for Captured {
    fn send(&self, parcel: Parcel) -> Sending<'_> {
        let mut kept = self.kept();
        kept.parcels.push(parcel);
        let attempt = kept.answers.pop_front().unwrap_or(Attempt::Delivered);
        Box::pin(std::future::ready(attempt))
    }
}
