//! The circuit breaker: after a failed connection nobody knocks again for a while.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// The first pause after a failure; it doubles with every further one.
const SHORTEST: Duration = Duration::from_secs(1);
/// The longest pause.
const LONGEST: Duration = Duration::from_mins(1);

/// Whether one may connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leave {
    /// Yes; tell how it went, with this ticket.
    Granted(Ticket),
    /// Not before then.
    Later(Instant),
}

/// Ties an outcome to the state in which leave was granted: twenty attempts that were under way together
/// and fail together count as one failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticket(u64);

/// Shared by all connections to one next hop.
#[derive(Default)]
pub(super) struct Circuit(Mutex<State>);

#[derive(Default)]
struct State {
    failures: u32,
    until: Option<Instant>,
    epoch: u64,
}

impl Circuit {
    /// Asks for leave to connect. When a pause is over one caller is let through; the others wait on.
    pub(super) fn ask(&self, now: Instant) -> Leave {
        let mut state = self.state();
        match state.until {
            None => Leave::Granted(Ticket(state.epoch)),
            Some(until) if now < until => Leave::Later(until),
            Some(_) => {
                state.until = Some(now + pause(state.failures));
                Leave::Granted(Ticket(state.epoch))
            }
        }
    }

    /// The connection failed.
    pub(super) fn failed(&self, ticket: Ticket, now: Instant) {
        let mut state = self.state();
        if ticket.0 == state.epoch {
            state.failures = state.failures.saturating_add(1);
            state.epoch += 1;
            state.until = Some(now + pause(state.failures));
        }
    }

    /// The connection stands.
    pub(super) fn succeeded(&self) {
        let mut state = self.state();
        let epoch = state.epoch + u64::from(state.failures > 0);
        *state = State { failures: 0, until: None, epoch };
    }

    /// When one may connect again; `None` is now.
    pub(super) fn retry_at(&self, now: Instant) -> Option<Instant> {
        self.state().until.filter(|until| now < *until)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn pause(failures: u32) -> Duration {
    let doublings = failures.saturating_sub(1).min(16);
    SHORTEST.saturating_mul(1 << doublings).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn granted(circuit: &Circuit, now: Instant) -> Ticket {
        match circuit.ask(now) {
            Leave::Granted(ticket) => ticket,
            Leave::Later(_) => panic!("no leave"),
        }
    }

    #[test]
    fn pauses_grow_to_a_minute_and_one_caller_probes() {
        let circuit = Circuit::default();
        let mut now = Instant::now();
        for seconds in [1, 2, 4, 8, 16, 32, 60, 60] {
            let ticket = granted(&circuit, now);
            circuit.failed(ticket, now);
            let until = now + Duration::from_secs(seconds);
            assert_eq!(circuit.ask(now), Leave::Later(until));
            assert_eq!(circuit.retry_at(now), Some(until));
            now = until;
            assert_eq!(circuit.retry_at(now), None);
        }
        granted(&circuit, now);
        assert!(matches!(circuit.ask(now), Leave::Later(_)), "a second caller must wait for the probe");
    }

    #[test]
    fn an_hour_away_is_asked_after_once_a_minute() {
        let (circuit, begun, mut knocks) = (Circuit::default(), Instant::now(), 0);
        // Whoever asks, and however often: every letter in the house asks each second.
        for second in 0..3_600 {
            let now = begun + Duration::from_secs(second);
            for _letter in 0..100 {
                if let Leave::Granted(ticket) = circuit.ask(now) {
                    circuit.failed(ticket, now);
                    knocks += 1;
                }
            }
        }
        assert!((60..=66).contains(&knocks), "{knocks} knocks in an hour");
    }

    #[test]
    fn failing_together_is_failing_once() {
        let circuit = Circuit::default();
        let now = Instant::now();
        let tickets = [granted(&circuit, now), granted(&circuit, now), granted(&circuit, now)];
        for ticket in tickets {
            circuit.failed(ticket, now);
        }
        assert_eq!(circuit.ask(now), Leave::Later(now + SHORTEST));
    }

    #[test]
    fn a_late_failure_does_not_undo_a_success() {
        let circuit = Circuit::default();
        let now = Instant::now();
        let early = granted(&circuit, now);
        circuit.failed(granted(&circuit, now), now);
        circuit.succeeded();
        circuit.failed(early, now);
        assert_eq!(circuit.retry_at(now), None);
    }
}
