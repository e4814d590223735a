//! How long each step of the dialogue may take.

use super::fault::{Class, Fault, Phase};
use std::future::Future;
use std::time::Duration;

/// The time allowed for each step; the defaults are those of RFC 5321 §4.5.3.2, apart from `total`.
#[derive(Debug, Clone)]
pub struct Timeouts {
    /// To reach the host, and again for the TLS handshake (no RFC figure: 30 s).
    pub connect: Duration,
    /// For the greeting (5 min).
    pub greeting: Duration,
    /// For EHLO, AUTH, MAIL and RCPT each (5 min).
    pub command: Duration,
    /// For the 354 (2 min).
    pub data: Duration,
    /// To get each block of the text away (3 min).
    pub block: Duration,
    /// For the reply to the final dot (10 min).
    pub done: Duration,
    /// For the whole attempt (20 min). So long the lease on the letter must last or be renewed, or it goes out twice.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            greeting: Duration::from_mins(5),
            command: Duration::from_mins(5),
            data: Duration::from_mins(2),
            block: Duration::from_mins(3),
            done: Duration::from_mins(10),
            total: Duration::from_mins(20),
        }
    }
}

/// Waits for a step of the dialogue, no longer than allowed.
pub(super) async fn within<T>(limit: Duration, phase: Phase, step: impl Future<Output = T>) -> Result<T, Fault> {
    tokio::time::timeout(limit, step).await.map_err(|_| Fault::new(phase, Class::Timeout).with(4, 4, 1))
}
