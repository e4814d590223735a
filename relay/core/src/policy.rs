//! Desk 5: what happens to a clean letter. Quarantine outranks hold, and hold outranks relay.

use crate::ledger::{Minutes, estimate_letter};
use crate::party::Side;
use crate::resolve::Addressed;
use crate::spool::{HoldReason, QuarantineReason, SpoolState};
use crate::time::Week;
use crate::verify::Authenticity;

/// A letter rebuilt by the sanitise room. Only that room may implement this (a house-rules test looks).
pub trait CleanLetter {
    /// The finished letter, as it may leave.
    fn bytes(&self) -> &[u8];
    /// Characters of new text, for the estimate.
    fn new_characters(&self) -> u64;
    /// Whether the guard found something: such a letter may be kept, never sent by rule.
    fn suspect(&self) -> bool;
}

/// What is decided about a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub enum Verdict {
    /// Send it.
    Relay,
    /// Keep it by rule.
    Hold(HoldReason),
    /// Keep it until a person decides.
    Quarantine(QuarantineReason),
}

impl Verdict {
    /// The letter's first state in the spool.
    pub fn first_state(self) -> SpoolState {
        match self {
            Self::Relay => SpoolState::Queued,
            Self::Hold(_) => SpoolState::Held,
            Self::Quarantine(_) => SpoolState::Quarantined,
        }
    }
}

/// The contact time a letter will take, to be reserved in the commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charge {
    /// The week it is booked in.
    pub week: Week,
    /// How much.
    pub minutes: Minutes,
    /// Whose letter it is: only a volunteer's letter can find the week full (P4).
    pub author: Side,
}

/// Desk 5's product: an addressed, clean letter with its verdict and its charge.
#[derive(Debug)]
pub struct Weighed<C> {
    addressed: Addressed,
    clean: C,
    verdict: Verdict,
    charge: Charge,
}

impl<C> Weighed<C> {
    /// Who it is from and for.
    pub fn addressed(&self) -> &Addressed {
        &self.addressed
    }
    /// The rebuilt letter.
    pub fn clean(&self) -> &C {
        &self.clean
    }
    /// The decision.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }
    /// The contact time to reserve.
    pub fn charge(&self) -> Charge {
        self.charge
    }
    /// Gives the rebuilt letter away.
    pub(crate) fn into_clean(self) -> C {
        self.clean
    }
}

/// Weighs a letter: guard first, then the author's authenticity. The week is guarded in the commit itself,
/// because only the store can see all letters that are being weighed at this moment.
pub fn weigh<C: CleanLetter>(addressed: Addressed, clean: C, week: Week) -> Weighed<C> {
    let verdict = match (clean.suspect(), addressed.verified().authenticity()) {
        (true, _) => Verdict::Quarantine(QuarantineReason::Guard),
        (false, Authenticity::Unaligned) => Verdict::Hold(HoldReason::Unverified),
        (false, Authenticity::Aligned) => Verdict::Relay,
    };
    let author = addressed.facts().author_side;
    let minutes = estimate_letter(author, clean.new_characters()).minutes;
    Weighed { addressed, clean, verdict, charge: Charge { week, minutes, author } }
}
