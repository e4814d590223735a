//! Letters that wait for their week between two people whose exchange has been flagged since: never held (P4).

use super::recurring::send;
use crate::house::House;
use brevbro_store::StoreError;

pub(super) async fn take(house: &House) -> Result<(), StoreError> {
    let week = house.clock.now().week_in(&house.zone);
    for pairing in house.store.pairings_freed().await? {
        for letter in house.store.held_for_week(pairing, week.next()).await? {
            send(house, letter, week).await?;
        }
    }
    Ok(())
}
