//! Desk 6: plaintext goes in, only sealed octets come out.

use crate::pairing::PairingFacts;
use crate::policy::{Charge, CleanLetter, Verdict, Weighed};

/// Octets that only a key we may not hold can open.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Marks octets as sealed. To be called by the key room and by the store alone.
    pub fn from_sealed_octets(octets: Vec<u8>) -> Self {
        Self(octets)
    }
    /// The sealed octets.
    pub fn octets(&self) -> &[u8] {
        &self.0
    }
    /// Gives the octets away.
    pub fn into_octets(self) -> Vec<u8> {
        self.0
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sealed({} octets)", self.0.len())
    }
}

/// A keyed digest: finds an address, an alias or a letter again without saying which it is (blind index).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

/// The key room's port: seals to the delivery key. Public keys only, so it can live beside port 25.
pub trait Sealer {
    /// Why sealing failed.
    type Trouble;
    /// Seals one letter's octets.
    fn seal(&self, plain: &[u8]) -> Result<Sealed, Self::Trouble>;
}

/// Desk 6's product: all the store may know of a letter.
#[derive(Debug)]
pub struct SealedLetter {
    facts: PairingFacts,
    verdict: Verdict,
    charge: Charge,
    body: Sealed,
}

impl SealedLetter {
    /// The pairing and the direction.
    pub fn facts(&self) -> &PairingFacts {
        &self.facts
    }
    /// The decision.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }
    /// Whether it is sent without waiting for anybody.
    pub fn is_relayed(&self) -> bool {
        self.verdict == Verdict::Relay
    }
    /// The contact time to reserve.
    pub fn charge(&self) -> Charge {
        self.charge
    }
    /// The sealed letter.
    pub fn body(&self) -> &Sealed {
        &self.body
    }
}

/// Seals a weighed letter; the clean text is given back for the hand-over to a delivery in this process.
pub fn seal<C: CleanLetter, S: Sealer>(weighed: Weighed<C>, sealer: &S) -> Result<(SealedLetter, C), S::Trouble> {
    let body = sealer.seal(weighed.clean().bytes())?;
    let (facts, verdict, charge) = (weighed.addressed().facts().clone(), weighed.verdict(), weighed.charge());
    Ok((SealedLetter { facts, verdict, charge, body }, weighed.into_clean()))
}
