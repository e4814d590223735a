//! Matters a human must answer: what raised them, how urgent they are, and where they stand.

use crate::calendar::Calendar;
use crate::time::{Moment, Span};
use crate::words;

/// How soon a human must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// At the weekly review.
    Routine,
    /// Before going home.
    Today,
    /// At once.
    Now,
}

/// What raised an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemKind {
    /// A letter could not be delivered.
    Undeliverable,
    /// A letter waits for its author's confirmation.
    Unverified,
    /// The guard stopped a finished letter.
    Guard,
    /// A stored letter cannot be opened.
    Corrupt,
    /// Somebody wrote to the desk, to postmaster or to abuse.
    Desk,
    /// A file was taken out of a letter: it could not be built anew.
    File,
    /// A letter speaks of danger.
    Flag,
    /// A letter could not be looked through for danger: silence must not look like safety.
    NotScanned,
    /// A volunteer is worried about a seeker.
    Worried,
    /// A volunteer's letter was sent at once although the week was full.
    Urgent,
    /// The week was full twice in four weeks: a talk about boundaries may help.
    FullWeek,
    /// A volunteer has left a letter unanswered for long.
    VolunteerSilent,
    /// A seeker has not written for long.
    SeekerSilent,
    /// A seeker has been silent for so long that a human must decide how to go on.
    Decide,
    /// A correction of contact time could not be understood.
    Unclear,
    /// A volunteer asks for relief, without giving reasons.
    Relief,
    /// Somebody asked to stop, to pause, or to have everything erased.
    Asked,
    /// A pairing comes to its planned end: the three decide together (S9).
    CheckIn,
    /// A pairing has reached its hard end.
    Ended,
}

/// Where an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemState {
    /// Nobody has looked yet.
    Raised,
    /// Somebody is on it.
    Seen,
    /// Answered.
    Resolved,
}

/// What can happen to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ItemEvent {
    /// Somebody takes it.
    See,
    /// Its time ran out unanswered: the next contact on the ladder is told.
    Lapse,
    /// It is answered.
    Resolve,
}

impl ItemState {
    /// The state after an event; nothing moves a resolved item.
    pub fn after(self, event: ItemEvent) -> Option<Self> {
        match (self, event) {
            (Self::Raised, ItemEvent::See) => Some(Self::Seen),
            (Self::Raised | Self::Seen, ItemEvent::Lapse) => Some(Self::Raised),
            (Self::Raised | Self::Seen, ItemEvent::Resolve) => Some(Self::Resolved),
            (Self::Seen, ItemEvent::See) | (Self::Resolved, _) => None,
        }
    }
}

impl ItemKind {
    /// How urgent items of this kind are.
    pub fn severity(self) -> Severity {
        match self {
            Self::Worried => Severity::Now,
            Self::Undeliverable
            | Self::Unverified
            | Self::Guard
            | Self::Corrupt
            | Self::Flag
            | Self::Urgent
            | Self::VolunteerSilent
            | Self::Relief
            | Self::Asked => Severity::Today,
            Self::Desk
            | Self::File
            | Self::NotScanned
            | Self::FullWeek
            | Self::SeekerSilent
            | Self::Decide
            | Self::Unclear
            | Self::CheckIn
            | Self::Ended => Severity::Routine,
        }
    }
}

impl Severity {
    /// Until when a human should have answered.
    pub fn time_to_answer(self) -> Span {
        match self {
            Self::Now => Span::minutes(10),
            Self::Today => Span::hours(12),
            Self::Routine => Span::days(7),
        }
    }

    /// When an item nobody has answered goes to the next contact on the ladder: ten minutes at any hour, four hours at
    /// work, or never, because it waits for the weekly review.
    pub fn lapses_at(self, told: Moment, calendar: &Calendar) -> Option<Moment> {
        match self {
            Self::Now => Some(told + Span::minutes(10)),
            Self::Today => Some(calendar.office_time_after(told, Span::hours(4))),
            Self::Routine => None,
        }
    }
}

words!(Severity, "now, today or routine", Routine => "routine", Today => "today", Now => "now");
words!(
    ItemKind, "a kind of item",
    Undeliverable => "undeliverable", Unverified => "unverified", Guard => "guard", Corrupt => "corrupt", Desk => "desk",
    File => "file", Flag => "flag", NotScanned => "not_scanned", Worried => "worried", Urgent => "urgent",
    FullWeek => "full_week", VolunteerSilent => "volunteer_silent", SeekerSilent => "seeker_silent", Decide => "decide",
    Unclear => "unclear", Relief => "relief", Asked => "asked", CheckIn => "check_in", Ended => "ended",
);
words!(ItemState, "raised, seen or resolved", Raised => "raised", Seen => "seen", Resolved => "resolved");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_meets_every_event() {
        use ItemEvent::{Lapse, Resolve, See};
        use ItemState::{Raised, Resolved, Seen};
        let table = [
            (Raised, [Some(Seen), Some(Raised), Some(Resolved)]),
            (Seen, [None, Some(Raised), Some(Resolved)]),
            (Resolved, [None, None, None]),
        ];
        for (state, row) in table {
            for (event, expected) in [See, Lapse, Resolve].into_iter().zip(row) {
                assert_eq!(state.after(event), expected, "{state:?} × {event:?}");
            }
        }
    }
}
