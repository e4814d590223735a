//! How long pairings last: notices before an end, questions to a coordinator, the end, and the end of grace.

use super::BATCH;
use crate::greetings::grace_over;
use crate::house::House;
use crate::post::CannotWrite;
use crate::programmes::Rules;
use brevbro_core::escalation::{ItemKind, Severity};
use brevbro_core::life::{LifeDue, LifeStep};
use brevbro_core::pairing::{PairingEvent, PairingState};
use brevbro_core::time::{Moment, Span};
use brevbro_store::{DueLife, LifeMove, StepCauses, StoreError};

/// A step that cannot be taken just now is looked at again after this long.
const LATER: Span = Span::minutes(10);

/// One batch in a round: pairings that were imported together come to their days together, and what is urgent must not
/// wait for all of their letters.
pub(super) async fn take(house: &House) -> Result<(), StoreError> {
    let now = house.clock.now();
    for seen in house.store.lives_due(now, BATCH).await? {
        let step = decide(house, &seen, now).await;
        // What has moved on meanwhile is looked at in the next round.
        house.store.life_step(seen, step, now).await?;
    }
    Ok(())
}

async fn decide(house: &House, seen: &DueLife, now: Moment) -> LifeMove {
    let rules = house.programmes.of(&seen.programme);
    match seen.state {
        PairingState::Active | PairingState::Paused => goes_on(house, seen, rules, now).await,
        PairingState::Closing => {
            let over = grace_over(rules, seen.changed_at);
            let is_over = over <= now;
            LifeMove {
                next: (!is_over).then_some(over),
                taken_until: seen.taken_until,
                event: is_over.then_some(PairingEvent::GraceOver),
                causes: StepCauses::default(),
            }
        }
        // Nothing comes of the others by itself: what begins or closes them sets the time anew.
        _ => LifeMove { taken_until: seen.taken_until, ..LifeMove::default() },
    }
}

async fn goes_on(house: &House, seen: &DueLife, rules: &Rules, now: Moment) -> LifeMove {
    let life = &rules.programme.life;
    let due = seen.ends.due(life, &rules.calendar, (seen.taken_until, now));
    let next = |after| seen.ends.next(life, &rules.calendar, after).map(|(at, _)| at);
    let stays = |next| LifeMove { next, taken_until: seen.taken_until, ..LifeMove::default() };
    if due == LifeDue::default() {
        return stays(next(now.max(seen.taken_until)));
    }
    // Nobody is written to at night.
    let awake = rules.calendar.after_quiet(now);
    if awake > now {
        return stays(Some(awake));
    }
    match causes(house, seen, rules, due, now).await {
        // Its time of grace has its own look at the calendar.
        Ok(causes) if due.is_over => {
            LifeMove { next: Some(now), taken_until: now, causes, event: Some(PairingEvent::Close) }
        }
        Ok(causes) => LifeMove { next: next(now), taken_until: now, causes, event: None },
        Err(CannotWrite) => stays(Some(now + LATER)),
    }
}

async fn causes(
    house: &House,
    seen: &DueLife,
    rules: &Rules,
    due: LifeDue,
    now: Moment,
) -> Result<StepCauses, CannotWrite> {
    let people = house.people.pairing(&house.store, seen.pairing).await.map_err(|_| CannotWrite)?;
    let about = (&*people, seen.pairing);
    let mut causes = StepCauses::default();
    if let Some(end) = due.near {
        causes.notices.extend(house.end_near(about, (end.at, end.is_hard))?);
    }
    if due.is_over {
        causes.notices.extend(house.ending(rules, about, now)?);
    }
    let item = match due.item {
        _ if due.is_over => Some((ItemKind::Ended, ItemKind::Ended.severity())),
        Some(LifeStep::Undecided) => Some((ItemKind::CheckIn, Severity::Today)),
        Some(_) => Some((ItemKind::CheckIn, ItemKind::CheckIn.severity())),
        None => None,
    };
    if let Some((kind, severity)) = item {
        let (item, told) = house.item_of(kind, severity, (Some(seen.pairing), None))?;
        causes.items.push(item);
        causes.notices.extend(told);
    }
    Ok(causes)
}
