//! Duties that recur: Monday's release, once, whichever node does it.

use crate::house::House;
use crate::post::CannotWrite;
use brevbro_core::notice::{Notice, Plain};
use brevbro_core::party::Side;
use brevbro_core::time::{Moment, Week};
use brevbro_store::{HeldLetter, NewNotice, Sent, StoreError, Timer};
use chrono::{DateTime, Utc};
use cron::Schedule;
use jiff::tz::TimeZone;
use std::str::FromStr as _;

/// When letters that waited for the week are sent (`sec min hour day month weekday`, in the organisation's zone).
const RELEASE: Duty = Duty { name: "release", when: "0 0 0 * * MON" };

pub(super) struct Duty {
    pub(super) name: &'static str,
    pub(super) when: &'static str,
}

/// A duty whose time has come.
pub(super) struct Due {
    pub(super) timer: Timer,
    /// The first time after now: several that were missed are made up for by one.
    pub(super) next: Moment,
}

pub(super) async fn take(house: &House) -> Result<(), StoreError> {
    if let Some(due) = due(house, &RELEASE).await? {
        release(house).await?;
        house.store.timer_done(due.timer, due.next).await?;
    }
    Ok(())
}

pub(super) async fn due(house: &House, duty: &Duty) -> Result<Option<Due>, StoreError> {
    let now = house.clock.now();
    let next = next(duty.when, now, &house.zone).ok_or(NEVER)?;
    let due_at = house.store.timer(duty.name, next).await?;
    Ok((due_at <= now).then(|| Due { timer: Timer { kind: duty.name.to_owned(), due_at }, next }))
}

/// An expression that is never due is a mistake of ours.
const NEVER: StoreError = StoreError::Unavailable("a duty that is never due");

/// The first time after a moment at which an expression is due. It is read in local time and put into the zone
/// afterwards: a time that daylight saving leaves out becomes the moment after the gap.
fn next(expression: &str, after: Moment, zone: &TimeZone) -> Option<Moment> {
    let local = after.to_jiff().to_zoned(zone.clone()).datetime();
    let as_if_utc = local.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second();
    let schedule = Schedule::from_str(expression).ok()?;
    let due = schedule.after(&DateTime::<Utc>::from_timestamp(as_if_utc, 0)?).next()?;
    let local = jiff::Timestamp::from_second(due.timestamp()).ok()?.to_zoned(TimeZone::UTC).datetime();
    Some(Moment::from_millis(local.to_zoned(zone.clone()).ok()?.timestamp().as_millisecond()))
}

/// Letters that waited for the week: each pairing's in the order they were written, while the new week has room.
async fn release(house: &House) -> Result<(), StoreError> {
    let week = house.clock.now().week_in(&house.zone);
    let mut after = None;
    loop {
        let pairings = house.store.pairings_held(week, after).await?;
        let Some(last) = pairings.last().copied() else { return Ok(()) };
        for pairing in pairings {
            let mut letters = house.store.held_for_week(pairing, week).await?;
            // Seekers' letters take no room before they are answered, and wait for nobody's.
            letters.sort_by_key(|letter| letter.author);
            for letter in letters {
                if send(house, letter, week).await? == Sent::NoRoom {
                    break;
                }
            }
        }
        after = Some(last);
    }
}

async fn send(house: &House, letter: HeldLetter, week: Week) -> Result<Sent, StoreError> {
    let rules = &house.programmes.of(&letter.programme).programme.week;
    let now = house.clock.now();
    // A letter leaves even where nothing can be said about it: one broken record must not keep everybody's letters.
    let told = told(house, &letter).await.ok().into_iter().collect();
    house.store.send_in_week(letter, (week, rules.clone()), told, now).await
}

/// A volunteer hears that a letter is on its way; a seeker was told the day when it was held.
async fn told(house: &House, letter: &HeldLetter) -> Result<NewNotice, CannotWrite> {
    if letter.author == Side::Seeker {
        return Err(CannotWrite);
    }
    let people = house.people.pairing(&house.store, letter.pairing).await.map_err(|_| CannotWrite)?;
    let written_on = house.date(letter.created_at, people.side(Side::Volunteer).language);
    let other = people.side(Side::Seeker).record.known_as.clone();
    let notice = Notice::Released(Plain { other, written_on });
    house.notice_to_party(&notice, (&people, Side::Volunteer, letter.pairing), (None, None))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    #[test]
    fn monday_begins_in_the_zone() {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        let monday = |after| next(RELEASE.when, at(after), &zone).unwrap();
        assert_eq!(monday("2026-11-21T12:00:00Z"), at("2026-11-22T23:00:00Z"));
        assert_eq!(monday("2026-11-22T23:00:00Z"), at("2026-11-29T23:00:00Z"));
        // The weeks in which the clocks change.
        assert_eq!(monday("2026-03-25T12:00:00Z"), at("2026-03-29T22:00:00Z"));
        assert_eq!(monday("2026-10-21T12:00:00Z"), at("2026-10-25T23:00:00Z"));
        assert_eq!(monday("2026-12-31T12:00:00Z"), at("2027-01-03T23:00:00Z"));
    }

    #[test]
    fn a_time_that_is_left_out_comes_after_the_gap() {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        assert_eq!(next("0 30 2 * * *", at("2026-03-28T12:00:00Z"), &zone), Some(at("2026-03-29T01:30:00Z")));
        assert_eq!(next("nonsense", at("2026-03-28T12:00:00Z"), &zone), None);
    }
}
