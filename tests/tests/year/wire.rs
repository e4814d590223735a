//! The next hop, made of memory: writes down what reaches it and when, and can fall silent in the middle of a letter.

use brevbro::clock::{Clock, HandClock};
use brevbro::outbound::{Attempt, Outbound, Parcel, Sending};
use brevbro_core::time::Moment;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What all nodes send into.
pub(crate) struct Post {
    clock: Arc<HandClock>,
    arrived: Mutex<Vec<(Moment, Parcel)>>,
}

impl Post {
    pub(crate) fn new(clock: Arc<HandClock>) -> Arc<Self> {
        Arc::new(Self { clock, arrived: Mutex::default() })
    }

    /// Everything that arrived since the last call.
    pub(crate) fn take(&self) -> Vec<(Moment, Parcel)> {
        std::mem::take(&mut self.arrived.lock().unwrap())
    }
}

/// One node's line to it.
pub(crate) struct Wire {
    post: Arc<Post>,
    /// 0 answers; otherwise no answer ever comes, and with 2 the letter has arrived all the same.
    silence: AtomicUsize,
    swallowed: AtomicUsize,
}

impl Wire {
    pub(crate) fn new(post: Arc<Post>) -> Arc<Self> {
        Arc::new(Self { post, silence: AtomicUsize::new(0), swallowed: AtomicUsize::new(0) })
    }

    /// From now on no answer comes.
    pub(crate) fn falls_silent(&self, after_arrival: bool) {
        self.silence.store(1 + usize::from(after_arrival), Ordering::SeqCst);
    }

    /// Letters that got no answer.
    pub(crate) fn swallowed(&self) -> usize {
        self.swallowed.load(Ordering::SeqCst)
    }
}

impl Outbound for Wire {
    fn send(&self, parcel: Parcel) -> Sending<'_> {
        let silence = self.silence.load(Ordering::SeqCst);
        if silence != 1 {
            self.post.arrived.lock().unwrap().push((self.post.clock.now(), parcel));
        }
        if silence == 0 {
            return Box::pin(std::future::ready(Attempt::Delivered));
        }
        self.swallowed.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::pending())
    }
}
