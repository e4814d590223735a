//! The way out: claim, open, sign, send with no transaction open, settle.

mod errand;
mod flights;
mod handover;
mod outcome;

pub use errand::Errand;
pub use flights::{Flight, Flights};
pub use handover::{Handover, Incoming, Permit, handover};

use crate::dkim::Signer;
use crate::house::House;
use crate::keys::OpeningKey;
use crate::outbound::{Attempt, Outbound, Parcel};
use crate::tokens::reverse_path;
use brevbro_core::envelope::ReversePath;
use brevbro_core::spool::RENEW_EVERY;
use brevbro_store::{Claimed, Outcome, Settlement};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// How often the spool is asked when nobody calls: other nodes' letters and attempts that fall due.
const ASK_EVERY: Duration = Duration::from_secs(1);
/// How long letters in flight may take when the house closes.
const DRAIN: Duration = Duration::from_mins(1);
/// Kibibytes of opened letters at once; even the largest letter fits when it is alone.
const ROOM_KIB: u32 = 6 * 1024;
/// How many letters one claim takes.
const BATCH: u32 = 32;
/// How long a settled outcome is tried to be written before the lease is left to lapse.
const SETTLE_TRIES: u32 = 6;

/// Role *deliver*.
pub struct Courier<O> {
    house: Arc<House>,
    opening: OpeningKey,
    signer: Option<Signer>,
    outbound: O,
    slots: Arc<Semaphore>,
    width: u32,
    /// Kibibytes of opened letters at once.
    room: Semaphore,
}

impl<O: Outbound + 'static> Courier<O> {
    /// A courier that sends at most `width` letters at once.
    pub fn new(house: Arc<House>, opening: OpeningKey, signer: Option<Signer>, outbound: O, width: usize) -> Self {
        let width = u32::try_from(width.max(1)).unwrap_or(1);
        Self {
            house,
            opening,
            signer,
            outbound,
            slots: Arc::new(Semaphore::new(width as usize)),
            width,
            room: Semaphore::new(ROOM_KIB as usize),
        }
    }

    /// Delivers until told to close; then lets the letters in flight finish.
    pub async fn run(self: Arc<Self>, incoming: Incoming, mut closing: watch::Receiver<bool>) {
        let Incoming { mut receiver, call, flights } = incoming;
        let renewing = tokio::spawn(renew(Arc::clone(&self.house), flights.clone()));
        let mut rest = tokio::time::interval(ASK_EVERY);
        rest.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let slot = tokio::select! {
                slot = Arc::clone(&self.slots).acquire_owned() => slot,
                () = told(&mut closing) => break,
            };
            let Ok(slot) = slot else { break };
            // No order among these: new letters must not keep those in the spool from their turn.
            tokio::select! {
                () = told(&mut closing) => break,
                Some(errand) = receiver.recv() => self.spawn(errand, slot),
                () = call.notified() => self.claim_some(slot, &flights).await,
                _ = rest.tick() => self.claim_some(slot, &flights).await,
            }
        }
        // Letters that were handed over and not begun are given back, for another node or for the next start.
        // Leases of sends in flight are renewed until those have ended.
        receiver.close();
        while let Some(errand) = receiver.recv().await {
            self.write(self.given_back(errand.id)).await;
        }
        let _ = tokio::time::timeout(DRAIN, self.slots.acquire_many(self.width)).await;
        renewing.abort();
    }

    fn spawn(self: &Arc<Self>, errand: Errand, slot: OwnedSemaphorePermit) {
        let courier = Arc::clone(self);
        tokio::spawn(async move {
            courier.deliver(errand).await;
            drop(slot);
        });
    }

    /// Claims as many letters as there are free places, and more batches while there are letters.
    async fn claim_some(self: &Arc<Self>, first: OwnedSemaphorePermit, flights: &Flights) {
        let mut slots = vec![first];
        loop {
            // While the next hop is away every attempt would be wasted: the letters stay queued.
            if !self.outbound.available() {
                return;
            }
            while slots.len() < BATCH as usize {
                let Ok(slot) = Arc::clone(&self.slots).try_acquire_owned() else { break };
                slots.push(slot);
            }
            let wanted = u32::try_from(slots.len()).unwrap_or(BATCH);
            let Ok(claimed) = self.house.store.claim(self.house.node, self.house.clock.now(), wanted).await else {
                tracing::warn!("the spool cannot be read; trying again");
                return;
            };
            let full = claimed.len() == slots.len();
            for letter in claimed {
                let Some(slot) = slots.pop() else { return };
                let (courier, flight) = (Arc::clone(self), flights.enter(letter.id));
                tokio::spawn(async move {
                    courier.deliver_claimed(letter, flight).await;
                    drop(slot);
                });
            }
            if !full {
                return;
            }
            // Sealed letters wait in memory as well: no more of them before there is room for one.
            drop(self.room.acquire_many(1024).await);
            match Arc::clone(&self.slots).acquire_owned().await {
                Ok(slot) => slots.push(slot),
                Err(_) => return,
            }
        }
    }

    async fn deliver_claimed(&self, letter: Claimed, flight: Flight) {
        let kib = u32::try_from(letter.body.octets().len() / 1024 + 1).unwrap_or(ROOM_KIB).min(ROOM_KIB);
        // Opened, signed and made ready for the wire, a letter stands in memory three times over.
        let Ok(_room) = self.room.acquire_many(kib).await else { return };
        match self.open(&letter, flight).await {
            Ok(errand) => self.deliver(errand).await,
            Err(outcome) => {
                let settlement = self.settle_unopened(&letter, outcome);
                self.write(settlement).await;
            }
        }
    }

    async fn deliver(&self, mut errand: Errand) {
        // The last place at which a letter can be kept from an hour that is not safe: every attempt passes here.
        let now = self.house.clock.now();
        let settlement = match errand.hours.map(|hours| hours.due(now, &self.house.zone)) {
            Some(due_at) if due_at > now => self.put_off(errand.id, due_at),
            _ => {
                let attempt = self.attempt(&mut errand).await;
                self.settlement(&errand, attempt).await
            }
        };
        self.write(settlement).await;
    }

    /// Sends the letter away; its text goes with it, and comes from the store again for another attempt.
    async fn attempt(&self, errand: &mut Errand) -> Option<Attempt> {
        let path = reverse_path(self.house.index.tokens(), errand.id, &self.house.domain)?;
        let message = match &self.signer {
            Some(signer) => signer.sign(&std::mem::take(&mut errand.message)),
            None => std::mem::take(&mut errand.message),
        };
        let parcel =
            Parcel { reverse_path: ReversePath::Addr(path), forward_path: errand.to.clone(), message, utf8: false };
        Some(self.outbound.send(parcel).await)
    }

    /// Writes the outcome down. A letter that left and cannot be settled is sent again after its lease,
    /// with the same Message-ID; so a little patience here spares the reader a second copy.
    async fn write(&self, settlement: Settlement) {
        let mut pause = Duration::from_millis(200);
        for _ in 0..SETTLE_TRIES {
            match self.house.store.settle(settlement.clone()).await {
                Ok(()) => return,
                Err(error) if error.retryable() => tokio::time::sleep(pause).await,
                Err(_) => {
                    tracing::warn!(letter = %settlement.letter, "the letter is no longer ours to settle");
                    return;
                }
            }
            pause *= 3;
        }
        tracing::warn!(letter = %settlement.letter, "the outcome could not be written; the lease will lapse");
    }
}

/// Keeps the leases of a living node.
async fn renew(house: Arc<House>, flights: Flights) {
    let every = Duration::from_millis(u64::try_from(RENEW_EVERY.as_millis()).unwrap_or(10_000));
    loop {
        tokio::time::sleep(every).await;
        let letters = flights.now();
        if !letters.is_empty() && house.store.renew(house.node, letters, house.clock.now()).await.is_err() {
            tracing::warn!("leases could not be renewed");
        }
    }
}

async fn told(closing: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone, which is the end as well.
    let _ = closing.wait_for(|closed| *closed).await;
}
