//! What the door counts for the metrics page: numbers only, nothing about anyone.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters of one door since it opened; `open` goes down again.
#[derive(Debug, Default)]
pub struct SmtpCounters {
    /// Connections that got a session.
    pub connections: Counter,
    /// Sessions open now.
    pub open: Counter,
    /// Connections turned away because there were too many.
    pub turned_away: Counter,
    /// Sessions that went over to TLS.
    pub secured: Counter,
    /// TLS handshakes that failed.
    pub tls_failures: Counter,
    /// Letters answered with 2xx.
    pub letters_taken: Counter,
    /// Letters answered with 4xx.
    pub letters_deferred: Counter,
    /// Letters answered with 5xx by the intake.
    pub letters_refused: Counter,
    /// Octets of letters handed to the intake.
    pub letter_octets: Counter,
    /// Errors that peers made in the protocol.
    pub errors: Counter,
    /// Sessions ended by a time limit.
    pub timeouts: Counter,
    /// Sessions that ended with the connection instead of a farewell.
    pub broken_off: Counter,
}

/// A number that only the door changes.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// The number now.
    pub fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn add(&self, n: u64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }

    pub(super) fn drop_one(&self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl SmtpCounters {
    /// Counts the answer to a letter.
    pub(super) fn answered(&self, code: u16) {
        match code {
            ..400 => self.letters_taken.add(1),
            400..500 => self.letters_deferred.add(1),
            500.. => self.letters_refused.add(1),
        }
    }
}
