//! How long a peer may take and how many peers there may be.

use std::time::Duration;

/// Time limits of a session.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// For the next command (RFC 5321 §4.5.3.2.7: at least five minutes).
    pub command: Duration,
    /// For the next part of a letter (RFC 5321 §4.5.3.2.5: three minutes).
    pub text: Duration,
    /// For taking in our replies.
    pub write: Duration,
    /// For the TLS handshake.
    pub handshake: Duration,
    /// For the whole session, letter included: a peer that sends one octet a minute ends here.
    pub session: Duration,
    /// How long a stranger must be silent before the banner. A trusted peer does not wait.
    pub hush: Duration,
    /// The delay of a stranger's fourth error; doubled with each further one, up to five seconds.
    pub tarpit: Duration,
    /// How long letters on their way may take when the house closes.
    pub drain: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            command: Duration::from_mins(5),
            text: Duration::from_mins(3),
            write: Duration::from_mins(1),
            handshake: Duration::from_secs(30),
            session: Duration::from_mins(30),
            hush: Duration::from_millis(2),
            tarpit: Duration::from_millis(250),
            drain: Duration::from_secs(20),
        }
    }
}

/// No delay is longer.
const LONGEST_DELAY: Duration = Duration::from_secs(5);
/// Errors that cost nothing: anyone mistypes.
const FREE_ERRORS: u32 = 3;

impl Pace {
    /// The delay before the reply to a stranger's error.
    pub(super) fn delay(&self, errors: u32) -> Duration {
        match errors.checked_sub(FREE_ERRORS + 1) {
            None => Duration::ZERO,
            Some(doublings) => self.tarpit.saturating_mul(1 << doublings.min(16)).min(LONGEST_DELAY),
        }
    }
}

/// How many sessions there may be at once.
#[derive(Debug, Clone, Copy)]
pub struct Crowd {
    /// Altogether.
    pub total: usize,
    /// From one address (IPv4) or one /64 (IPv6). Trusted networks are exempt.
    pub per_network: usize,
    /// Octets of memory for all letters on their way together.
    pub letter_octets: usize,
}

impl Crowd {
    /// What one letter may always take, so that large letters cannot keep small ones out.
    pub(super) fn fair_share(&self) -> usize {
        self.letter_octets / self.total.max(1)
    }
}

impl Default for Crowd {
    fn default() -> Self {
        Self { total: 500, per_network: 20, letter_octets: 512 * 1024 * 1024 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_and_stop_growing() {
        let pace = Pace { tarpit: Duration::from_secs(1), ..Pace::default() };
        let delays: Vec<u64> = [0, 3, 4, 5, 6, 7, 100, u32::MAX].map(|n| pace.delay(n).as_secs()).to_vec();
        assert_eq!(delays, [0, 0, 1, 2, 4, 5, 5, 5]);
    }
}
