//! Role *tick*: what falls due by itself.
//!
//! Everything that falls due is a row with its time. A round takes what is due in small transactions, each guarded by
//! the row as it was seen: two nodes never do the same thing, and what a dead node left undone the next round finds.

mod digest;
mod freed;
mod ladder;
mod life;
mod overview;
mod pauses;
mod readings;
mod recurring;
mod silences;

use crate::house::House;
use brevbro_core::time::{Moment, Span};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often one looks for what is due.
const ROUND_EVERY: Duration = Duration::from_secs(5);
/// How often old rows are looked for.
const PURGE_EVERY: Span = Span::minutes(10);
/// Rows taken at once.
const BATCH: u32 = 200;

/// Looks for what is due until the house closes.
pub async fn run(house: Arc<House>, mut closing: watch::Receiver<bool>) {
    let mut rest = tokio::time::interval(ROUND_EVERY);
    rest.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut purged: Option<Moment> = None;
    loop {
        tokio::select! {
            () = told(&mut closing) => return,
            _ = rest.tick() => {}
        }
        once(&house).await;
        let now = house.clock.now();
        // A clock that was set back must not stop the forgetting.
        if purged.is_none_or(|last| now - last >= PURGE_EVERY || now < last) {
            forget(&house).await;
            purged = Some(now);
        }
    }
}

async fn told(closing: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone, which is the end as well.
    let _ = closing.wait_for(|closed| *closed).await;
}

/// One round over everything that may be due.
pub async fn once(house: &House) {
    report("recurring duties", recurring::take(house).await.is_ok());
    report("pauses", pauses::take(house).await.is_ok());
    report("overviews", overview::take(house).await.is_ok());
    report("silences", silences::take(house).await.is_ok());
    report("readings", readings::take(house).await.is_ok());
    report("letters that must not wait", freed::take(house).await.is_ok());
    report("lives", life::take(house).await.is_ok());
    report("the review", digest::take(house).await.is_ok());
    // Last: nobody is told of an item that this very round has answered.
    report("items", ladder::take(house).await.is_ok());
}

/// Removes what has had its time, and truncates the write-ahead log so that erased text leaves the disk.
pub async fn forget(house: &House) {
    let now = house.clock.now();
    let (purged, erased) = (house.store.purge(now).await, house.store.erase_kept(now).await);
    if purged.is_err() || erased.is_err() {
        tracing::warn!("what is out of date could not be removed; trying again later");
    }
    if house.store.checkpoint().await.is_err() {
        tracing::warn!("the write-ahead log could not be truncated; trying again later");
    }
}

fn report(what: &'static str, is_done: bool) {
    if !is_done {
        tracing::warn!(what, "could not be looked after; trying again in the next round");
    }
}

#[cfg(test)]
#[path = "tick/tests.rs"]
mod tests;
