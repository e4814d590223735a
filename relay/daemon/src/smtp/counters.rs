//! What the door counts for the metrics page: numbers only, nothing about anyone.

use crate::counters::Counter;

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
    /// Octets of letters handed to the intake.
    pub letter_octets: Counter,
    /// Errors that peers made in the protocol.
    pub errors: Counter,
    /// Sessions ended by a time limit.
    pub timeouts: Counter,
    /// Sessions that ended with the connection instead of a farewell.
    pub broken_off: Counter,
}
