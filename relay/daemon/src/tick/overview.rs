//! The Sunday overview: laid out for every volunteer whose week has entries, and sent outside quiet hours and holidays.
//!
//! Laying out only notes when each is due, so that a hundred thousand volunteers are a hundred thousand small rows; what is
//! due then leaves in pieces, round by round, and each is guarded by its row.

use super::recurring::{Duty, due, next};
use crate::house::House;
use crate::overview::VolunteersWeek;
use crate::post::{CannotWrite, Reader};
use crate::tokens::{Correction, correction_address};
use brevbro_core::calendar::Calendar;
use brevbro_core::id::PersonId;
use brevbro_core::notice::Notice;
use brevbro_core::overview::{ANSWER_WITHIN, LATE};
use brevbro_core::party::Side;
use brevbro_core::time::{Moment, Span, Week};
use brevbro_store::{DueOverview, NoticeTo, StoreError, Told};

/// When the week is told (`sec min hour day month weekday`, in the organisation's zone).
const OVERVIEW: Duty = Duty { name: "overview", when: "0 0 18 * * SUN" };
/// Volunteers looked at together while laying out, and how often in one round.
const BATCH: u32 = 500;
const BATCHES: usize = 10;
/// Overviews that leave in one round.
const PER_ROUND: u32 = 250;
/// Weeks whose overviews are kept: answers come for two.
const KEPT_WEEKS: usize = 6;

pub(super) async fn take(house: &House) -> Result<(), StoreError> {
    if let Some(due) = due(house, &OVERVIEW).await? {
        let now = house.clock.now();
        let at = latest(due.timer.due_at, now, house);
        // Of several that were missed one is made up for, and only while people remember the week.
        if now - at <= LATE && !lay_out(house, at).await? {
            return Ok(());
        }
        house.store.timer_done(due.timer, due.next).await?;
        forget(house, at.week_in(&house.zone)).await?;
    }
    send(house).await
}

/// The last Sunday that has come.
fn latest(due_at: Moment, now: Moment, house: &House) -> Moment {
    let mut at = due_at.max(now + Span::days(-8));
    if at != due_at {
        at = next(OVERVIEW.when, at, &house.zone).unwrap_or(now);
    }
    while let Some(later) = next(OVERVIEW.when, at, &house.zone).filter(|later| *later <= now && *later > at) {
        at = later;
    }
    at
}

/// Notes for each volunteer with entries when the overview is due; `false` when the next round goes on.
async fn lay_out(house: &House, at: Moment) -> Result<bool, StoreError> {
    let week = at.week_in(&house.zone);
    let mut after = house.store.overviews_last(week).await?;
    for _ in 0..BATCHES {
        let found = house.store.volunteers_of_week(week, after, BATCH).await?;
        let Some((last, _)) = found.last() else { return Ok(true) };
        after = Some(*last);
        let rows = found.iter().map(|(volunteer, programmes)| (*volunteer, when(house, programmes, at))).collect();
        house.store.overviews_set(week, rows).await?;
    }
    Ok(false)
}

/// When a volunteer may be written to: when none of the programmes rests. None when no programme sends overviews.
fn when(house: &House, programmes: &[String], at: Moment) -> Option<Moment> {
    let told = programmes.iter().map(|name| house.programmes.of(name)).filter(|rules| rules.programme.week.overview);
    told.map(|rules| after_rest(&rules.calendar, at)).max()
}

/// The same moment, or the end of quiet hours and holidays.
fn after_rest(calendar: &Calendar, moment: Moment) -> Moment {
    let mut at = calendar.after_quiet(moment);
    // A holiday may end in quiet hours, and these in the next holiday.
    for _ in 0..3 {
        if !calendar.is_holiday_at(at) {
            break;
        }
        at = calendar.after_quiet(calendar.days_after(at, 1));
    }
    at
}

async fn forget(house: &House, week: Week) -> Result<(), StoreError> {
    let oldest = std::iter::successors(Some(week), |week| Some(week.before())).nth(KEPT_WEEKS).unwrap_or(week);
    while house.store.overviews_forget(oldest).await? > 0 {}
    Ok(())
}

async fn send(house: &House) -> Result<(), StoreError> {
    let now = house.clock.now();
    for due in house.store.overviews_due(now, PER_ROUND).await? {
        let told = if now - due.due_at > LATE { Told::Nothing } else { told(house, due, now).await? };
        house.store.overview_told(due, told, now).await?;
    }
    Ok(())
}

async fn told(house: &House, due: DueOverview, now: Moment) -> Result<Told, StoreError> {
    let week = house.volunteers_week(due.volunteer, due.week).await?;
    // The house may have stood still until the night.
    match week.programmes().map(|name| after_rest(&house.programmes.of(name).calendar, now)).max() {
        None => return Ok(Told::Nothing),
        Some(awake) if awake > now => return Ok(Told::Later(awake)),
        Some(_) => {}
    }
    // One broken record must not keep everybody's overviews.
    let Ok(notice) = write(house, &week, due, now) else {
        tracing::warn!("an overview could not be written");
        return Ok(Told::Nothing);
    };
    let lines = week.lines.iter().map(|line| line.entry).collect();
    Ok(notice.map_or(Told::Nothing, |notice| Told::Lines(notice, lines)))
}

fn write(
    house: &House,
    week: &VolunteersWeek,
    due: DueOverview,
    now: Moment,
) -> Result<Option<brevbro_store::NewNotice>, CannotWrite> {
    let volunteer = week.people().ok_or(CannotWrite)?.side(Side::Volunteer);
    let until = now + ANSWER_WITHIN;
    let Some(overview) = week.overview(house, volunteer.language, until) else { return Ok(None) };
    let mailbox = volunteer.record.primary().ok_or(CannotWrite)?;
    let what = Correction { person: due.volunteer, week: due.week, until };
    let reply_to = correction_address(house.index.tokens(), what, &house.domain).ok_or(CannotWrite)?;
    let reader = Reader {
        to: to(due.volunteer),
        mailbox: &mailbox,
        language: volunteer.language,
        // Of one pairing or of several: a notice about all of them is about none.
        pairing: None,
    };
    house.notice(&Notice::Overview(overview), &reader, Some(&reply_to)).map(Some)
}

fn to(id: PersonId) -> NoticeTo {
    NoticeTo::Person { id, address: None }
}

#[cfg(test)]
#[path = "overview/tests.rs"]
mod tests;
