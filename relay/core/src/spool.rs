//! The life of one spooled letter: its states, every legal move, and when the next attempt is due.

use crate::time::{Moment, Span};
use crate::words;

/// Why a letter is kept by rule until a time or an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HoldReason {
    /// The author is enrolled, but the letter could not be tied to the author's own mailbox.
    Unverified,
    /// The pairing's weekly hour is used up (S4); volunteers' letters only.
    WeekFull,
}

/// Why a letter is kept until a person decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuarantineReason {
    /// The guard found something identifying in the finished letter (P2).
    Guard,
    /// The stored row could not be opened: corrupt is a state, not a panic.
    Corrupt,
    /// There is nobody to bring it to yet: no contact is configured for the desk.
    NoContact,
}

words!(HoldReason, "a reason to hold", Unverified => "unverified", WeekFull => "week_full");
words!(QuarantineReason, "a reason to quarantine", Guard => "guard", Corrupt => "corrupt", NoContact => "no_contact");

/// Where a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpoolState {
    /// Waiting for its next attempt.
    Queued,
    /// A node is trying now, under a lease.
    Claimed,
    /// Kept by rule.
    Held,
    /// Kept until a person decides.
    Quarantined,
    /// The next hop took it.
    Delivered,
    /// It could not be delivered; the writer is told.
    Failed,
    /// A person decided that it is not to be sent.
    Discarded,
    /// The body is gone; a content-free row stays for its term.
    Erased,
}

words!(
    SpoolState, "queued, claimed, held, quarantined, delivered, failed, discarded or erased",
    Queued => "queued", Claimed => "claimed", Held => "held", Quarantined => "quarantined",
    Delivered => "delivered", Failed => "failed", Discarded => "discarded", Erased => "erased",
);

/// What can happen to a spooled letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpoolEvent {
    /// A node takes it for an attempt.
    Claim,
    /// The lease ran out: the node died or hangs.
    LeaseLapsed,
    /// The next hop took it.
    Succeeded,
    /// Not now: another attempt is due.
    Deferred,
    /// For good, or the last day is over.
    GaveUp,
    /// The hold's reason is gone, or a person released it.
    Release,
    /// The row cannot be opened.
    FoundCorrupt,
    /// A person decided against it.
    Discard,
    /// Its reader wants no further letter, or somebody in it is forgotten: it is taken back, even from the node that
    /// is trying it.
    Recall,
    /// The next hop took it, and a report came back later: it did not arrive (RFC 3464).
    Bounced,
    /// The body is removed.
    Erase,
}

impl SpoolEvent {
    /// Every event, for tables and tests.
    pub const ALL: [Self; 11] = [
        Self::Claim,
        Self::LeaseLapsed,
        Self::Succeeded,
        Self::Deferred,
        Self::GaveUp,
        Self::Release,
        Self::FoundCorrupt,
        Self::Discard,
        Self::Bounced,
        Self::Erase,
        Self::Recall,
    ];
}

/// A move that the law does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this letter is {}: that cannot be done now", from.word())]
pub struct IllegalMove {
    /// The state it was asked of.
    pub from: SpoolState,
}

impl SpoolState {
    /// The state after an event.
    pub fn after(self, event: SpoolEvent) -> Result<Self, IllegalMove> {
        use SpoolEvent as E;
        match (self, event) {
            (Self::Queued, E::Claim) => Ok(Self::Claimed),
            (Self::Claimed, E::LeaseLapsed | E::Deferred) | (Self::Held | Self::Quarantined, E::Release) => {
                Ok(Self::Queued)
            }
            (Self::Claimed, E::Succeeded) => Ok(Self::Delivered),
            (Self::Claimed, E::GaveUp) | (Self::Delivered, E::Bounced) => Ok(Self::Failed),
            (Self::Claimed, E::FoundCorrupt) => Ok(Self::Quarantined),
            (Self::Held | Self::Quarantined | Self::Queued, E::Discard)
            | (Self::Held | Self::Quarantined | Self::Queued | Self::Claimed, E::Recall) => Ok(Self::Discarded),
            (Self::Delivered | Self::Failed | Self::Discarded, E::Erase) => Ok(Self::Erased),
            (from, _) => Err(IllegalMove { from }),
        }
    }

    /// Whether the body may still be needed.
    pub fn keeps_body(self) -> bool {
        matches!(self, Self::Queued | Self::Claimed | Self::Held | Self::Quarantined)
    }
}

/// How long a letter is tried before it is reported as undeliverable (RFC 5321 §4.5.4.1: 4–5 days).
pub const GIVE_UP_AFTER: Span = Span::days(5);
/// After this long without success the writer hears that we are still trying.
pub const TELL_DELAY_AFTER: Span = Span::hours(24);
/// How long a claim lasts unless its node renews it; so long do a dead node's letters wait.
pub const LEASE: Span = Span::seconds(45);
/// How often a living node renews its claims.
pub const RENEW_EVERY: Span = Span::seconds(10);

/// Minutes to wait after the first, second, … failed attempt; the last one repeats.
const LADDER: [i64; 8] = [1, 3, 10, 20, 40, 80, 160, 240];

/// When the next attempt is due. `chance` spreads letters by ±20 % so that a returning next hop meets no wave.
pub fn next_attempt(now: Moment, failed_attempts: u32, chance: u32) -> Moment {
    let rung = usize::try_from(failed_attempts.saturating_sub(1)).unwrap_or(usize::MAX).min(LADDER.len() - 1);
    let base = Span::minutes(LADDER[rung]).as_millis();
    let spread = base * 2 / 5;
    let offset = i64::from(chance) * spread / i64::from(u32::MAX);
    now + Span::millis(base - spread / 2 + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_meets_every_event() {
        use SpoolState::{
            Claimed as C, Delivered as D, Discarded as X, Erased as E, Failed as F, Held as H, Quarantined as Q,
            Queued as W,
        };
        // Columns as in SpoolEvent::ALL: claim, lapsed, succeeded, deferred, gave up, release, corrupt, discard,
        // bounced, erase, recall.
        let table: [(SpoolState, [Option<SpoolState>; 11]); 8] = [
            (W, [Some(C), None, None, None, None, None, None, Some(X), None, None, Some(X)]),
            (C, [None, Some(W), Some(D), Some(W), Some(F), None, Some(Q), None, None, None, Some(X)]),
            (H, [None, None, None, None, None, Some(W), None, Some(X), None, None, Some(X)]),
            (Q, [None, None, None, None, None, Some(W), None, Some(X), None, None, Some(X)]),
            (D, [None, None, None, None, None, None, None, None, Some(F), Some(E), None]),
            (F, [None, None, None, None, None, None, None, None, None, Some(E), None]),
            (X, [None, None, None, None, None, None, None, None, None, Some(E), None]),
            (E, [None; 11]),
        ];
        for (state, row) in table {
            for (event, expected) in SpoolEvent::ALL.into_iter().zip(row) {
                assert_eq!(state.after(event).ok(), expected, "{state:?} × {event:?}");
            }
            assert_eq!(state.word().parse(), Ok(state));
        }
    }

    #[test]
    fn attempts_grow_apart_and_stay_within_five_days() {
        let start = Moment::from_millis(0);
        let mut now = start;
        let mut attempts = 0;
        while now - start < GIVE_UP_AFTER {
            attempts += 1;
            let next = next_attempt(now, attempts, u32::MAX / 2);
            assert!(next > now);
            now = next;
        }
        assert!((25..45).contains(&attempts), "{attempts} attempts in five days");
    }

    #[test]
    fn chance_spreads_by_a_fifth_either_way() {
        let at = |chance| next_attempt(Moment::from_millis(0), 3, chance).as_millis();
        assert_eq!((at(0), at(u32::MAX)), (480_000, 720_000));
    }
}
