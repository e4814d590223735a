//! Telling a letter that is sent again because our 250 was lost from one that is meant twice.
//!
//! RFC 1047: when a connection breaks between our commit and the peer's hearing of it, the peer sends the same
//! letter again. Such a letter is recognised by its digest in the store, and kept once. A peer that went on
//! talking has heard the 250; what it sends after that it means, however alike the letters are.

use brevbro_core::seal::Digest;
use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

/// Digests of letters whose 250 was heard, or whose conversation goes on. A bounded number of them: for a
/// forgotten one the store's memory counts again.
#[derive(Clone, Default)]
pub(super) struct Echoes(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    digests: HashSet<Digest>,
    order: VecDeque<Digest>,
}

const REMEMBERED: usize = 8_192;

impl Echoes {
    /// The digest to commit a letter with, if an earlier letter of the same digest would be an echo of it.
    pub(super) fn doubt(&self, digest: Digest) -> Option<Digest> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !known.digests.insert(digest) {
            return None;
        }
        known.order.push_back(digest);
        if known.order.len() > REMEMBERED
            && let Some(oldest) = known.order.pop_front()
        {
            known.digests.remove(&oldest);
        }
        Some(digest)
    }

    /// The conversation ended before the peer spoke again, or nothing was committed.
    pub(super) fn forget(&self, digest: &Digest) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.digests.remove(digest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_unheard_letter_can_have_an_echo() {
        let (echoes, letter) = (Echoes::default(), Digest([1; 32]));
        assert_eq!(echoes.doubt(letter), Some(letter), "the first one is remembered by the store");
        assert_eq!(echoes.doubt(letter), None, "meant twice, while the first conversation goes on");
        echoes.forget(&letter);
        assert_eq!(echoes.doubt(letter), Some(letter), "the 250 was lost: this one may be an echo");
    }

    #[test]
    fn the_memory_is_bounded() {
        let echoes = Echoes::default();
        for n in 0..REMEMBERED as u64 * 2 {
            let mut octets = [0; 32];
            octets[..8].copy_from_slice(&n.to_be_bytes());
            assert!(echoes.doubt(Digest(octets)).is_some());
        }
        assert!(echoes.0.lock().unwrap().digests.len() <= REMEMBERED);
    }
}
