//! Missed contact: the step that is due for each pairing in which somebody waits (S70).

use super::BATCH;
use crate::house::House;
use crate::people::People;
use crate::post::CannotWrite;
use crate::programmes::Rules;
use brevbro_core::escalation::ItemKind;
use brevbro_core::missed::{Silence, Step};
use brevbro_core::notice::{CrisisLine, Gentle, LetterWaits, Notice, SomebodyKnows};
use brevbro_core::party::Side;
use brevbro_core::time::{Moment, Span};
use brevbro_store::{DueSilence, StepCauses, StoreError};

/// A step that cannot be taken just now is looked at again after this long.
const LATER: Span = Span::minutes(10);

pub(super) async fn take(house: &House) -> Result<(), StoreError> {
    let now = house.clock.now();
    loop {
        let due = house.store.silences_due(now, BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        for seen in due {
            if let Some((from, until)) = seen.stood {
                let (since, next) = goes_on(house, &seen, from, until);
                house.store.silence_goes_on(seen, since, next).await?;
                continue;
            }
            let (steps, next, causes) = decide(house, &seen, now).await;
            house.store.silence_step(seen, (steps, next), causes, now).await?;
        }
    }
}

/// After a pause: since when the waiting counts, and when its next step is due.
fn goes_on(house: &House, seen: &DueSilence, from: Moment, until: Moment) -> (Moment, Option<Moment>) {
    let rules = house.programmes.of(&seen.programme);
    let silence = seen.silence.paused(from, until, &rules.calendar);
    let next = silence.next(&rules.programme.missed, &rules.calendar);
    (silence.since, next.map(|(due_at, _)| due_at))
}

/// What is done about one silence: how many steps have been taken then, when the next is due, and what is caused.
async fn decide(house: &House, seen: &DueSilence, now: Moment) -> (u32, Option<Moment>, StepCauses) {
    let rules = house.programmes.of(&seen.programme);
    let next = |silence: Silence| silence.next(&rules.programme.missed, &rules.calendar);
    let nothing = StepCauses::default();
    let Some((due_at, mut step)) = next(seen.silence) else { return (seen.silence.steps, None, nothing) };
    // The clock was set to look at the calendar: after a pause, or because holidays were added meanwhile.
    if due_at > now {
        return (seen.silence.steps, Some(due_at), nothing);
    }
    // Nobody is written to at night.
    let awake = rules.calendar.after_quiet(now);
    if awake > now {
        return (seen.silence.steps, Some(awake), nothing);
    }
    // After a long standstill only the last step that is due is taken: no flood of reminders.
    let mut silence = Silence { steps: seen.silence.steps + 1, ..seen.silence };
    let mut after = next(silence);
    while let Some((_, further)) = after.filter(|(due_at, _)| *due_at <= now) {
        step = further;
        silence.steps += 1;
        after = next(silence);
    }
    match causes(house, seen, rules, step, now).await {
        Ok(causes) => (silence.steps, after.map(|(due_at, _)| due_at), causes),
        Err(CannotWrite) => (seen.silence.steps, Some(now + LATER), nothing),
    }
}

async fn causes(
    house: &House,
    seen: &DueSilence,
    rules: &Rules,
    step: Step,
    now: Moment,
) -> Result<StepCauses, CannotWrite> {
    let people = house.people.pairing(&house.store, seen.pairing).await.map_err(|_| CannotWrite)?;
    let notice = |notice, side| house.notice_to_party(&notice, (&people, side, seen.pairing), (None, None));
    let raise = |kind| house.item(kind, Some(seen.pairing), None);
    let days = u32::try_from((now - seen.silence.since).as_millis() / Span::days(1).as_millis()).unwrap_or(u32::MAX);
    let waits = || LetterWaits { other: known_as(&people, Side::Seeker), days };
    let (notices, item) = match step {
        Step::NudgeVolunteer => (vec![notice(Notice::LetterWaits(waits()), Side::Volunteer)?], None),
        Step::NudgeAgain => (vec![notice(Notice::LetterStillWaits(waits()), Side::Volunteer)?], None),
        Step::VolunteerSilent => {
            let crisis = CrisisLine::all(&rules.programme.crisis, now.date_in(&house.zone));
            let known = SomebodyKnows { other: known_as(&people, Side::Volunteer), crisis };
            (vec![notice(Notice::SomebodyKnows(known), Side::Seeker)?], Some(raise(ItemKind::VolunteerSilent)?))
        }
        Step::SeekerSilent => (Vec::new(), Some(raise(ItemKind::SeekerSilent)?)),
        Step::WriteGently => {
            let gentle = Gentle { other: known_as(&people, Side::Volunteer) };
            (vec![notice(Notice::Gentle(gentle), Side::Seeker)?], None)
        }
        Step::Decide => (Vec::new(), Some(raise(ItemKind::Decide)?)),
    };
    let mut causes = StepCauses { notices, items: Vec::new() };
    if let Some((item, told)) = item {
        causes.items.push(item);
        causes.notices.extend(told);
    }
    Ok(causes)
}

fn known_as(people: &People, side: Side) -> String {
    people.side(side).record.known_as.clone()
}
