//! The life of a pairing: its states and every legal move between them.

use crate::id::{PairingId, PersonId};
use crate::party::{Language, Side};
use crate::words;

/// Where a pairing stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PairingState {
    /// Suggested to both sides, not begun.
    Proposed,
    /// Letters go both ways.
    Active,
    /// Stopped for a while; clocks stand still (S25).
    Paused,
    /// Ended, with a time of grace in which a letter gets a gentle answer.
    Closing,
    /// Over. The aliases answer as if they had never been (P9).
    Closed,
    /// Nothing that identifies is left; counters stay.
    Erased,
    /// Proposed, and then not begun.
    Withdrawn,
}

/// What can happen to a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairingEvent {
    /// Both said yes.
    Begin,
    /// A pause begins.
    Pause,
    /// A pause ends.
    Resume,
    /// The end has come; grace begins.
    Close,
    /// Grace is over.
    GraceOver,
    /// One side said no before it began.
    Withdraw,
    /// What identifies is erased.
    Erase,
}

/// A move that the law does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this pairing is {}: that cannot be done now", from.word())]
pub struct IllegalMove {
    /// The state it was asked of.
    pub from: PairingState,
}

impl PairingState {
    /// The state after an event.
    pub fn after(self, event: PairingEvent) -> Result<Self, IllegalMove> {
        use PairingEvent as E;
        match (self, event) {
            (Self::Proposed, E::Begin) | (Self::Paused, E::Resume) => Ok(Self::Active),
            (Self::Proposed, E::Withdraw) => Ok(Self::Withdrawn),
            (Self::Active, E::Pause) => Ok(Self::Paused),
            (Self::Active | Self::Paused, E::Close) => Ok(Self::Closing),
            (Self::Closing, E::GraceOver) => Ok(Self::Closed),
            (Self::Closed | Self::Withdrawn, E::Erase) => Ok(Self::Erased),
            (from, _) => Err(IllegalMove { from }),
        }
    }

    /// Whether its end still lies ahead, so that another one can be planned.
    pub fn may_go_on(self) -> bool {
        matches!(self, Self::Proposed | Self::Active | Self::Paused)
    }

    /// Whether letters of this pairing are relayed. A paused pairing keeps accepting (REQUIREMENTS: a
    /// volunteer's pause must not turn a seeker away).
    pub fn carries_letters(self) -> bool {
        matches!(self, Self::Active | Self::Paused)
    }
}

words!(
    PairingState, "a state of a pairing",
    Proposed => "proposed", Active => "active", Paused => "paused", Closing => "closing", Closed => "closed",
    Erased => "erased", Withdrawn => "withdrawn",
);

/// What the resolve desk is told about a pairing, when author and alias belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairingFacts {
    /// The pairing.
    pub pairing: PairingId,
    /// The programme's key in the configuration.
    pub programme: String,
    /// Where it stands.
    pub state: PairingState,
    /// The side that wrote.
    pub author_side: Side,
    /// Who wrote.
    pub author: PersonId,
    /// Who is to receive.
    pub recipient: PersonId,
    /// The language of the recipient's notices and placeholders.
    pub language: Language,
}

#[cfg(test)]
mod tests {
    use super::*;
    use PairingEvent::{Begin, Close, Erase, GraceOver, Pause, Resume, Withdraw};

    /// The golden table: rows are states, columns `Begin` to `Erase`.
    const TABLE: [(PairingState, [Option<PairingState>; 7]); 7] = {
        use PairingState::{Active, Closed, Closing, Erased, Paused, Proposed, Withdrawn};
        [
            (Proposed, [Some(Active), None, None, None, None, Some(Withdrawn), None]),
            (Active, [None, Some(Paused), None, Some(Closing), None, None, None]),
            (Paused, [None, None, Some(Active), Some(Closing), None, None, None]),
            (Closing, [None, None, None, None, Some(Closed), None, None]),
            (Closed, [None, None, None, None, None, None, Some(Erased)]),
            (Erased, [None; 7]),
            (Withdrawn, [None, None, None, None, None, None, Some(Erased)]),
        ]
    };

    #[test]
    fn every_state_meets_every_event() {
        let events = [Begin, Pause, Resume, Close, GraceOver, Withdraw, Erase];
        for (state, row) in TABLE {
            for (event, expected) in events.into_iter().zip(row) {
                assert_eq!(state.after(event).ok(), expected, "{state:?} × {event:?}");
            }
            assert_eq!(state.word().parse(), Ok(state));
        }
    }
}
