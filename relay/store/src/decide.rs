//! What people and reports decide about letters: release, discard, retry, confirm, bounced.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::items::{NewItem, resolve_of_letter};
use crate::ledger::{Booking, fresh_entry};
use crate::notices::{NewNotice, insert_all};
use crate::queue::{SpoolRow, find};
use crate::reading;
use crate::silence;
use crate::store::Store;
use crate::stored::word;
use brevbro_core::id::{LetterId, PersonId};
use brevbro_core::seal::Sealed;
use brevbro_core::spool::{GIVE_UP_AFTER, SpoolEvent, SpoolState};
use brevbro_core::time::Moment;

/// What a confirmation did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmed {
    /// The held letter is on its way.
    Released,
    /// There is no letter of this person that waits for a confirmation (any more).
    NotHeld,
}

impl Store {
    /// Sends a held or quarantined letter after all, and books its contact time.
    pub async fn release(&self, letter: LetterId, now: Moment, by: Actor) -> Result<(), StoreError> {
        self.release_because(letter, None, now, by).await
    }

    /// The same with a sealed reason.
    pub async fn release_because(
        &self,
        letter: LetterId,
        note: Option<Sealed>,
        now: Moment,
        by: Actor,
    ) -> Result<(), StoreError> {
        self.act(Decide { letter, event: SpoolEvent::Release, note, now, by }).await
    }

    /// Erases a letter unsent and gives its contact time back.
    pub async fn discard(&self, letter: LetterId, now: Moment, by: Actor) -> Result<(), StoreError> {
        self.discard_because(letter, None, now, by).await
    }

    /// The same with a sealed reason.
    pub async fn discard_because(
        &self,
        letter: LetterId,
        note: Option<Sealed>,
        now: Moment,
        by: Actor,
    ) -> Result<(), StoreError> {
        self.act(Decide { letter, event: SpoolEvent::Discard, note, now, by }).await
    }

    /// Makes a queued letter due at once.
    pub async fn retry(&self, letter: LetterId, now: Moment, by: Actor) -> Result<(), StoreError> {
        self.act(Retry { letter, now, by }).await
    }

    /// The author answered from the enrolled mailbox: the held letter is sent. Once; never somebody else's.
    pub async fn confirm(&self, letter: LetterId, person: PersonId, now: Moment) -> Result<Confirmed, StoreError> {
        self.act(Confirm { letter, person, now }).await
    }

    /// A report came back for a delivered letter. Gives the row the first time, with the notices and the item
    /// committed; `None` when nothing was (a second report, or a letter that is not delivered).
    pub async fn bounced(
        &self,
        letter: LetterId,
        now: Moment,
        outgoing: Vec<NewNotice>,
        item: Option<NewItem>,
    ) -> Result<Option<SpoolRow>, StoreError> {
        self.act(Bounced { letter, now, outgoing, item }).await
    }
}

pub(crate) struct Decide {
    pub(crate) letter: LetterId,
    pub(crate) event: SpoolEvent,
    pub(crate) note: Option<Sealed>,
    pub(crate) now: Moment,
    pub(crate) by: Actor,
}

impl Act for Decide {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let rows: Vec<(String, bool)> = rows!(conn, STATE, self.letter.stored())?;
        let (old, booked) = rows.into_iter().next().ok_or(StoreError::Unknown("letter"))?;
        let old: SpoolState = word(&old, "spool.state")?;
        let new = old.after(self.event)?;
        let now = self.now.as_millis();
        let booking = if new.keeps_body() {
            let give_up = (self.now + GIVE_UP_AFTER).as_millis();
            first_booking(
                self.letter,
                rows!(conn, RELEASE, self.letter.stored(), old.word(), new.word(), now, give_up)?,
            )?
        } else {
            first_booking(self.letter, rows!(conn, END, self.letter.stored(), old.word(), new.word(), now)?)?
        };
        match booking {
            Some(booking) if new.keeps_body() && !booked => booking.reserve(conn, self.now).await?,
            Some(booking) if !new.keeps_body() && booked => booking.release(conn, fresh_entry(), self.now).await?,
            _ => {}
        }
        if new.keeps_body() {
            silence::sent_at_last(conn, self.letter, self.now).await?;
        } else {
            run!(conn, DELETE_BODY, self.letter.stored())?;
            reading::forget(conn, self.letter).await?;
        }
        resolve_of_letter(conn, self.letter, self.now).await?;
        let act = if new.keeps_body() { "letter release" } else { "letter discard" };
        let trace = Trace { at: self.now, act, subject: ("letter", self.letter.stored()), by: self.by };
        trace.write_with(conn, self.note.as_ref()).await
    }
}

struct Retry {
    letter: LetterId,
    now: Moment,
    by: Actor,
}

impl Act for Retry {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        if run!(conn, RETRY, self.letter.stored(), self.now.as_millis())? == 0 {
            let rows: Vec<(String, bool)> = rows!(conn, STATE, self.letter.stored())?;
            let found = rows.into_iter().next().ok_or(StoreError::Unknown("letter"))?;
            return Err(brevbro_core::spool::IllegalMove { from: word(&found.0, "spool.state")? }.into());
        }
        Trace { at: self.now, act: "letter retry", subject: ("letter", self.letter.stored()), by: self.by }
            .write(conn)
            .await
    }
}

struct Confirm {
    letter: LetterId,
    person: PersonId,
    now: Moment,
}

impl Act for Confirm {
    type Output = Confirmed;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<Confirmed, StoreError> {
        let give_up = (self.now + GIVE_UP_AFTER).as_millis();
        let rows: Vec<BookingColumns> =
            rows!(conn, CONFIRM, self.letter.stored(), self.person.stored(), self.now.as_millis(), give_up)?;
        if rows.is_empty() {
            return Ok(Confirmed::NotHeld);
        }
        if let Some(booking) = first_booking(self.letter, rows)? {
            booking.reserve(conn, self.now).await?;
        }
        resolve_of_letter(conn, self.letter, self.now).await?;
        silence::sent_at_last(conn, self.letter, self.now).await?;
        let subject = ("letter", self.letter.stored());
        Trace { at: self.now, act: "letter confirm", subject, by: Actor::Party }.write(conn).await?;
        Ok(Confirmed::Released)
    }
}

struct Bounced {
    letter: LetterId,
    now: Moment,
    outgoing: Vec<NewNotice>,
    item: Option<NewItem>,
}

impl Act for Bounced {
    type Output = Option<SpoolRow>;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<Option<SpoolRow>, StoreError> {
        let Some(row) = find(conn, self.letter).await? else { return Ok(None) };
        let Ok(new) = row.state.after(SpoolEvent::Bounced) else { return Ok(None) };
        let now = self.now.as_millis();
        let rows: Vec<BookingColumns> = rows!(conn, END, self.letter.stored(), row.state.word(), new.word(), now)?;
        if rows.is_empty() {
            return Ok(None);
        }
        if let Some(booking) = first_booking(self.letter, rows)? {
            booking.release(conn, fresh_entry(), self.now).await?;
        }
        reading::forget(conn, self.letter).await?;
        insert_all(conn, &self.outgoing, self.item.as_slice(), self.now).await?;
        Ok(Some(SpoolRow { state: new, ..row }))
    }
}

/// Pairing, author's side, week and tenths, as `returning` gives them after a guarded move.
type BookingColumns = (Option<i64>, Option<String>, Option<i64>, Option<i64>);

/// The booking of the one row that moved; no row is a conflict.
fn first_booking(letter: LetterId, rows: Vec<BookingColumns>) -> Result<Option<Booking>, StoreError> {
    let (pairing, author, week, tenths) = rows.into_iter().next().ok_or(StoreError::Conflict)?;
    Booking::read(letter, pairing, author.as_deref(), week, tenths)
}

statements! {
    STATE = "select state, booked from spool where id = $1";
    /// Trying begins anew, so its last day does too. A volunteer's letter is booked from now on; reading waits.
    RELEASE = "update spool set state = $3, reason = null, due_at = $4, give_up_at = $5, booked = (kind = 'letter' and author_side = 'volunteer')
        where id = $1 and state = $2 returning pairing_id, author_side, week, tenths";
    /// The letter's end without arrival: its replay digest goes, so that the same letter may be sent again.
    END = "update spool set state = $3, due_at = null, settled_at = $4, replay = null
        where id = $1 and state = $2 returning pairing_id, author_side, week, tenths";
    DELETE_BODY = "delete from spool_body where spool_id = $1";
    RETRY = "update spool set due_at = $2 where id = $1 and state = 'queued'";
    CONFIRM = "update spool set state = 'queued', reason = null, due_at = $3, give_up_at = $4,
        booked = (author_side = 'volunteer')
        where id = $1 and author_id = $2 and state = 'held' and reason = 'unverified'
        returning pairing_id, author_side, week, tenths";
}
