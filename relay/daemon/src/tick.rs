//! Role *tick*: what falls due by itself.

use crate::house::House;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How often old rows are looked for.
const PURGE_EVERY: Duration = Duration::from_mins(10);

/// Removes what has had its time, and truncates the write-ahead log so that erased text leaves the disk.
pub async fn run(house: Arc<House>, mut closing: watch::Receiver<bool>) {
    let mut rest = tokio::time::interval(PURGE_EVERY);
    rest.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = told(&mut closing) => return,
            _ = rest.tick() => once(&house).await,
        }
    }
}

async fn told(closing: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone, which is the end as well.
    let _ = closing.wait_for(|closed| *closed).await;
}

/// One round.
pub async fn once(house: &House) {
    if house.store.purge(house.clock.now()).await.is_err() {
        tracing::warn!("what is out of date could not be removed; trying again later");
    }
    if house.store.checkpoint().await.is_err() {
        tracing::warn!("the write-ahead log could not be truncated; trying again later");
    }
}
