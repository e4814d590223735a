//! What the relay knows of a thread: facts and digests, never a word of it.

use crate::Category;
use brevbro_core::escalation::Severity;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A keyed digest of one sentence.
pub type Digest = [u8; 16];

/// What came before this letter.
pub struct Thread<'a> {
    /// The protective questions of the volunteer's last letter, and what a yes to each raises.
    pub asked: BTreeMap<Category, Severity>,
    /// How many routine flags each category had in the last fourteen days.
    pub routine: BTreeMap<Category, u32>,
    /// Digests of sentences that have been scanned before.
    pub seen: BTreeSet<Digest>,
    /// Makes a digest; the key is the caller's.
    pub digest: &'a dyn Fn(&str) -> Digest,
}

impl fmt::Debug for Thread<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Thread({} sentences seen)", self.seen.len())
    }
}
