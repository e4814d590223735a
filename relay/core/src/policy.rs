//! Desk 5: what happens to a clean letter. Refuse outranks quarantine, quarantine hold, and hold relay.

use crate::ledger::{Minutes, estimate_letter};
use crate::party::Side;
use crate::reply::{Refusal, Stop};
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

/// Weighs a letter: guard first, then the author's authenticity. A letter that is both suspect and not its
/// author's own is refused: whoever releases it from quarantine would pass on a letter nobody has vouched for. The week is guarded in the commit itself,
/// because only the store can see all letters that are being weighed at this moment.
pub fn weigh<C: CleanLetter>(addressed: Addressed, clean: C, week: Week) -> Result<Weighed<C>, Stop> {
    let verdict = match (clean.suspect(), addressed.verified().authenticity()) {
        (true, Authenticity::Unaligned) => return Err(Stop::Refuse(Refusal::Unverified)),
        (true, Authenticity::Aligned) => Verdict::Quarantine(QuarantineReason::Guard),
        (false, Authenticity::Unaligned) => Verdict::Hold(HoldReason::Unverified),
        (false, Authenticity::Aligned) => Verdict::Relay,
    };
    let author = addressed.facts().author_side;
    let minutes = addressed.pace().of(estimate_letter(author, clean.new_characters()).minutes);
    Ok(Weighed { addressed, clean, verdict, charge: Charge { week, minutes, author } })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::{Domain, EmailAddr};
    use crate::envelope::{ForwardPath, Peer, Raw, Received, ReversePath};
    use crate::id::{PairingId, PersonId};
    use crate::pairing::{PairingFacts, PairingState};
    use crate::party::Language;
    use crate::resolve::resolve;
    use crate::verify::{Evidence, Verified};

    struct Letter(bool);

    impl CleanLetter for Letter {
        fn bytes(&self) -> &[u8] {
            b"a letter"
        }
        fn new_characters(&self) -> u64 {
            1_200
        }
        fn suspect(&self) -> bool {
            self.0
        }
    }

    fn addressed(vouched: bool, author_side: Side) -> Addressed {
        let author = EmailAddr::at("anna", &Domain::parse("example.net").unwrap()).unwrap();
        let peer = Peer { ip: [192, 0, 2, 1].into(), helo: "host".into(), tls: false, trusted: true };
        let (reverse_path, forward_path) = (ReversePath::Null, ForwardPath::Postmaster);
        let received = Received { peer, reverse_path, forward_path, raw: Raw::new(Vec::new()) };
        let verified = Verified::from(received, author, &Evidence { vouched, ..Evidence::default() }).unwrap();
        let facts = PairingFacts {
            pairing: PairingId::from_random(1),
            programme: "p".into(),
            state: PairingState::Active,
            author_side,
            author: PersonId::from_random(2),
            recipient: PersonId::from_random(3),
            language: Language::Swedish,
        };
        resolve(verified, Some(facts)).unwrap()
    }

    #[test]
    fn refuse_outranks_quarantine_outranks_hold_outranks_relay() {
        let week = "2026-W47".parse().unwrap();
        let verdict =
            |vouched, suspect| weigh(addressed(vouched, Side::Seeker), Letter(suspect), week).map(|w| w.verdict());
        assert_eq!(verdict(true, false), Ok(Verdict::Relay));
        assert_eq!(verdict(false, false), Ok(Verdict::Hold(HoldReason::Unverified)));
        assert_eq!(verdict(true, true), Ok(Verdict::Quarantine(QuarantineReason::Guard)));
        assert_eq!(verdict(false, true), Err(Stop::Refuse(Refusal::Unverified)));
    }

    #[test]
    fn reading_and_writing_take_their_own_time() {
        let week = "2026-W47".parse().unwrap();
        let minutes = |side| weigh(addressed(true, side), Letter(false), week).unwrap().charge().minutes;
        assert_eq!(minutes(Side::Seeker), Minutes::tenths(25));
        assert_eq!(minutes(Side::Volunteer), Minutes::whole(11));
        let paced = addressed(true, Side::Volunteer).at_pace(crate::ledger::Factor::of_percent(150));
        assert_eq!(weigh(paced, Letter(false), week).unwrap().charge().minutes, Minutes::tenths(165));
    }
}
