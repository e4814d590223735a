//! Reading time: kept aside when a seeker's letter comes, booked when the volunteer answers, or later by itself.

use crate::act::{Act, Conn};
use crate::audit::Actor;
use crate::error::StoreError;
use crate::ledger::fresh_entry;
use crate::store::Store;
use brevbro_core::id::{LetterId, PairingId};
use brevbro_core::ledger::{EntryKind, Minutes};
use brevbro_core::party::Side;
use brevbro_core::time::{Moment, Week};

/// Keeps a letter's reading aside, and writes down that it waits: an entry that shows the estimate and counts nothing.
pub(crate) async fn set_aside(
    conn: &mut Conn<'_>,
    letter: LetterId,
    (pairing, week): (PairingId, Week),
    minutes: Minutes,
    (now, due_at): (Moment, Moment),
) -> Result<(), StoreError> {
    run!(conn, SET_ASIDE, letter.stored(), pairing.stored(), minutes.as_tenths(), due_at.as_millis())?;
    let (entry, kind) = (fresh_entry().stored(), EntryKind::Unread.word());
    let (author, by) = (Side::Seeker.word(), Actor::Relay.word());
    let tenths = minutes.as_tenths();
    let stamp = (pairing.stored(), week.stored());
    run!(conn, UNREAD, entry, stamp.0, stamp.1, kind, tenths, letter.stored(), author, now.as_millis(), by).map(drop)
}

/// Books all reading of a pairing that waits: the volunteer has answered.
pub(crate) async fn book_all(
    conn: &mut Conn<'_>,
    pairing: PairingId,
    week: Week,
    now: Moment,
) -> Result<(), StoreError> {
    let waiting: Vec<(i64, i64)> = rows!(conn, TAKE_ALL, pairing.stored())?;
    for (letter, tenths) in waiting {
        book(conn, LetterId::from_stored(letter), (pairing, week), Minutes::tenths(tenths), now).await?;
    }
    Ok(())
}

/// Books one letter's reading in a week.
pub(crate) async fn book(
    conn: &mut Conn<'_>,
    letter: LetterId,
    (pairing, week): (PairingId, Week),
    minutes: Minutes,
    now: Moment,
) -> Result<(), StoreError> {
    let (entry, kind) = (fresh_entry().stored(), EntryKind::Read.word());
    let (author, by) = (Side::Seeker.word(), Actor::Relay.word());
    let tenths = minutes.as_tenths();
    let stamp = (pairing.stored(), week.stored());
    run!(conn, READ, entry, stamp.0, stamp.1, kind, tenths, letter.stored(), author, now.as_millis(), by).map(drop)
}

/// A letter that will not arrive is not read.
pub(crate) async fn forget(conn: &mut Conn<'_>, letter: LetterId) -> Result<(), StoreError> {
    run!(conn, FORGET, letter.stored()).map(drop)
}

/// Reading whose time is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueReading {
    /// The letter.
    pub letter: LetterId,
    /// Its pairing.
    pub pairing: PairingId,
    /// The contact time.
    pub minutes: Minutes,
    /// When it was to be booked at the latest.
    pub due_at: Moment,
}

impl Store {
    /// Reading that nobody has answered in time, the oldest first.
    pub async fn readings_due(&self, now: Moment, limit: u32) -> Result<Vec<DueReading>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(i64, i64, i64, i64)> = rows!(&mut reader.conn(), DUE, now.as_millis(), i64::from(limit))?;
        let reading = |(letter, pairing, tenths, due_at)| DueReading {
            letter: LetterId::from_stored(letter),
            pairing: PairingId::from_stored(pairing),
            minutes: Minutes::tenths(tenths),
            due_at: Moment::from_millis(due_at),
        };
        Ok(rows.into_iter().map(reading).collect())
    }

    /// Books reading in the weeks given with each; what has been booked meanwhile is left alone.
    pub async fn book_readings(&self, readings: Vec<(DueReading, Week)>, now: Moment) -> Result<u64, StoreError> {
        self.act(BookDue { readings, now }).await
    }
}

struct BookDue {
    readings: Vec<(DueReading, Week)>,
    now: Moment,
}

impl Act for BookDue {
    type Output = u64;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<u64, StoreError> {
        let mut booked = 0;
        for (due, week) in &self.readings {
            if run!(conn, FORGET, due.letter.stored())? == 1 {
                book(conn, due.letter, (due.pairing, *week), due.minutes, self.now).await?;
                booked += 1;
            }
        }
        Ok(booked)
    }
}

statements! {
    DUE = "select letter_id, pairing_id, tenths, due_at from unread where due_at <= $1 order by due_at limit $2";
    SET_ASIDE = "insert into unread (letter_id, pairing_id, tenths, due_at) values ($1, $2, $3, $4)";
    UNREAD = "insert into ledger_entry
        (id, pairing_id, week, kind, tenths, estimate, letter_id, author_side, made_at, made_by)
        values ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9)";
    TAKE_ALL = "delete from unread where pairing_id = $1 returning letter_id, tenths";
    READ = "insert into ledger_entry
        (id, pairing_id, week, kind, tenths, estimate, letter_id, author_side, made_at, made_by)
        values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9)";
    FORGET = "delete from unread where letter_id = $1";
}
