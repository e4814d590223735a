//! The players' own mailboxes, in memory, filled over SMTP by the relay's deliveries.

use crate::clock::{Clock, WallClock};
use crate::smtp::Intake;
use brevbro_core::address::EmailAddr;
use brevbro_core::envelope::{ForwardPath, Received};
use brevbro_core::reply::Reply;
use brevbro_core::time::Moment;
use std::sync::{Arc, Mutex, PoisonError};

/// A letter in a mailbox.
#[derive(Clone)]
pub(super) struct Kept {
    /// Whose mailbox.
    pub(super) owner: EmailAddr,
    /// Whether the owner wrote it.
    pub(super) sent: bool,
    /// The octets.
    pub(super) raw: Vec<u8>,
    /// When it was sent or came.
    pub(super) at: Moment,
    /// What was taken out on the way: kinds and counts.
    pub(super) removed: Vec<(String, usize)>,
}

/// All mailboxes.
#[derive(Default)]
pub(super) struct PostBoxes(Mutex<Vec<Kept>>);

/// More letters than a demonstration needs; the oldest go first.
const MOST: usize = 500;

impl PostBoxes {
    /// Puts a letter into a mailbox.
    pub(super) fn keep(&self, kept: Kept) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.remove(0);
        }
        all.push(kept);
    }

    /// A person's letters, newest first.
    pub(super) fn of(&self, owner: &EmailAddr) -> Vec<Kept> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().rev().filter(|k| k.owner.canonical() == owner.canonical()).cloned().collect()
    }
}

/// The counter where the relay hands letters in.
pub(super) struct Counter(pub(super) Arc<PostBoxes>);

impl Intake for Counter {
    async fn take(&self, letter: Received) -> Reply {
        if let ForwardPath::Addr(owner) = letter.forward_path {
            let raw = letter.raw.bytes().to_vec();
            self.0.keep(Kept { owner, sent: false, raw, at: WallClock.now(), removed: Vec::new() });
        }
        Reply::new(250, (2, 0, 0), "Delivered")
    }
}
