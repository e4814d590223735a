//! Whether a peer has heard our 250 is in doubt until it speaks again (RFC 1047).

use brevbro_core::veiled;

/// Kept by the conversation after a letter was taken. Dropped without having been settled, it tells the
/// intake that the peer may never have heard the answer, and may send the same letter once more.
pub struct Doubt(Option<Box<dyn FnOnce() + Send>>);

impl Doubt {
    /// `unheard` runs when the conversation ends before the peer has said another word.
    pub fn new(unheard: impl FnOnce() + Send + 'static) -> Self {
        Self(Some(Box::new(unheard)))
    }

    /// The peer has spoken again: it heard the answer.
    pub(super) fn settle(mut self) {
        self.0 = None;
    }
}

impl Drop for Doubt {
    fn drop(&mut self) {
        if let Some(unheard) = self.0.take() {
            unheard();
        }
    }
}

veiled!(Doubt);
