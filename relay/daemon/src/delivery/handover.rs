//! From the commit to the courier of the same process: a bounded queue, so that a letter need not be read
//! back and opened again. The store already holds the lease; nothing here is needed to survive a crash.

use super::{Errand, Flight, Flights};
use std::sync::Arc;
use tokio::sync::{Notify, mpsc};

/// Letters that may wait between the two desks. At 128 KiB each this bounds the memory.
const PLACES: usize = 128;

/// The intake's end.
#[derive(Clone)]
pub struct Handover {
    sender: mpsc::Sender<Errand>,
    call: Arc<Notify>,
    flights: Flights,
}

/// A reserved place.
pub struct Permit(mpsc::OwnedPermit<Errand>, Flights);

/// The courier's end.
pub struct Incoming {
    /// Letters handed over; ends when nobody is left to give one.
    pub(super) receiver: mpsc::Receiver<Errand>,
    /// Rung when something in the spool is due.
    pub(super) call: Arc<Notify>,
    /// What this process works on.
    pub(super) flights: Flights,
}

/// Both ends.
pub fn handover() -> (Handover, Incoming) {
    let (sender, receiver) = mpsc::channel(PLACES);
    let call = Arc::new(Notify::new());
    let flights = Flights::default();
    let give = Handover { sender, call: Arc::clone(&call), flights: flights.clone() };
    (give, Incoming { receiver, call, flights })
}

impl Handover {
    /// A place, if one is free now. Never waits: a letter without a place is simply queued in the store.
    pub fn reserve(&self) -> Option<Permit> {
        self.sender.clone().try_reserve_owned().ok().map(|place| Permit(place, self.flights.clone()))
    }

    /// Tells the courier that something in the spool is due.
    pub fn wake(&self) {
        self.call.notify_one();
    }
}

impl Permit {
    /// The letter is in flight from now on.
    pub fn enter(&self, letter: brevbro_core::id::LetterId) -> Flight {
        self.1.enter(letter)
    }

    /// Gives a letter to the courier.
    pub fn give(self, errand: Errand) {
        self.0.send(errand);
    }
}
