//! Reading that nobody answered: booked after its time, in the week in which the time was over.

use super::BATCH;
use crate::house::House;
use brevbro_store::StoreError;

pub(super) async fn take(house: &House) -> Result<(), StoreError> {
    let now = house.clock.now();
    loop {
        let due = house.store.readings_due(now, BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        let weeks = due.into_iter().map(|reading| (reading, reading.due_at.week_in(&house.zone))).collect();
        house.store.book_readings(weeks, now).await?;
    }
}
