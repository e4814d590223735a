//! Pauses that are over: both sides hear that letters go on, once, and not at night.

use super::BATCH;
use crate::house::House;
use brevbro_core::time::{Moment, Span};
use brevbro_store::{DuePause, StoreError};

/// A pause that cannot be ended just now is looked at again after this long.
const LATER: Span = Span::minutes(10);

pub(super) async fn take(house: &House) -> Result<(), StoreError> {
    let now = house.clock.now();
    loop {
        let due = house.store.pauses_due(now, BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        for pause in due {
            let awake = house.programmes.of(&pause.programme).calendar.after_quiet(now);
            if awake > now {
                house.store.pause_lasts(pause.wisher, now, awake).await?;
            } else if end(house, &pause, now).await.is_err() {
                house.store.pause_lasts(pause.wisher, now, now + LATER).await?;
            }
        }
    }
}

async fn end(house: &House, pause: &DuePause, now: Moment) -> Result<(), StoreError> {
    let row = house.store.person(pause.wisher.person).await?.ok_or(StoreError::Unknown("person"))?;
    let writer = house.writer(&row, None)?;
    house.wish_to_resume(&writer, Some(now), None).await.map(drop)
}
