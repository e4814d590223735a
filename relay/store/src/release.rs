//! Letters that wait for the week: sent on Monday while they fit, or at once because their author calls them urgent.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::items::{NewItem, resolve_of_letter};
use crate::ledger::{Booking, lock};
use crate::notices::{NewNotice, insert_all};
use crate::silence;
use crate::store::Store;
use crate::stored::word;
use crate::week::{Fit, standing};
use brevbro_core::id::{LetterId, PairingId, PersonId};
use brevbro_core::ledger::Minutes;
use brevbro_core::party::Side;
use brevbro_core::programme::WeekRules;
use brevbro_core::spool::GIVE_UP_AFTER;
use brevbro_core::time::{Moment, Week};

/// A letter that waits for the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLetter {
    /// The letter.
    pub id: LetterId,
    /// Its pairing.
    pub pairing: PairingId,
    /// The pairing's programme.
    pub programme: String,
    /// When it was written.
    pub created_at: Moment,
    /// The contact time it takes.
    pub minutes: Minutes,
    /// Who wrote it.
    pub author: Side,
}

/// What became of a letter that waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// It is on its way.
    Sent,
    /// The week has no room for it.
    NoRoom,
    /// It does not wait any more.
    Gone,
}

type Held = (i64, String, i64, i64, String);

/// Pairings at a time.
const BATCH: i64 = 200;

impl Store {
    /// Pairings with letters that wait for a week whose time has come, by their keys.
    pub async fn pairings_held(&self, before: Week, after: Option<PairingId>) -> Result<Vec<PairingId>, StoreError> {
        let mut reader = self.reader().await?;
        let after = after.map_or(i64::MIN, PairingId::stored);
        let rows: Vec<(i64,)> = rows!(&mut reader.conn(), HELD_PAIRINGS, before.stored(), after, BATCH)?;
        Ok(rows.into_iter().map(|(id,)| PairingId::from_stored(id)).collect())
    }

    /// The letters of a pairing that wait for a week whose time has come, in the order they were written.
    pub async fn held_for_week(&self, pairing: PairingId, before: Week) -> Result<Vec<HeldLetter>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<Held> = rows!(&mut reader.conn(), HELD, before.stored(), pairing.stored())?;
        let letter = |(id, programme, created_at, tenths, author): Held| {
            Ok(HeldLetter {
                id: LetterId::from_stored(id),
                pairing,
                programme,
                created_at: Moment::from_millis(created_at),
                minutes: Minutes::tenths(tenths),
                author: word(&author, "spool.author_side")?,
            })
        };
        rows.into_iter().map(letter).collect()
    }

    /// Sends a letter that waits, if the week has room for it; one that is longer than a whole week goes alone. A seeker's
    /// letter goes in any case: it has waited once (P4).
    pub async fn send_in_week(
        &self,
        letter: HeldLetter,
        (week, rules): (Week, WeekRules),
        notices: Vec<NewNotice>,
        now: Moment,
    ) -> Result<Sent, StoreError> {
        self.act(InWeek { letter, week, rules, notices, now }).await
    }

    /// Sends a letter that waits for the week because its author calls it urgent. Once; never somebody else's.
    pub async fn send_urgent(
        &self,
        (letter, author): (LetterId, PersonId),
        (now, week): (Moment, Week),
        notices: Vec<NewNotice>,
        item: NewItem,
    ) -> Result<Sent, StoreError> {
        self.act(Urgent { letter, author, now, week, notices, item }).await
    }
}

struct InWeek {
    letter: HeldLetter,
    week: Week,
    rules: WeekRules,
    notices: Vec<NewNotice>,
    now: Moment,
}

impl Act for InWeek {
    type Output = Sent;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<Sent, StoreError> {
        let HeldLetter { id, pairing, minutes, author, .. } = self.letter;
        lock(conn, pairing).await?;
        let standing = standing(conn, &self.rules, (pairing, self.week), minutes).await?;
        if author == Side::Volunteer && standing.fit == Fit::Full && !standing.is_fresh {
            let waiting: Vec<(i64,)> = rows!(conn, WAITS, id.stored())?;
            return Ok(if waiting.is_empty() { Sent::Gone } else { Sent::NoRoom });
        }
        if !send(conn, (id, None), self.week, self.now).await? {
            return Ok(Sent::Gone);
        }
        insert_all(conn, &self.notices, &[], self.now).await?;
        Ok(Sent::Sent)
    }
}

struct Urgent {
    letter: LetterId,
    author: PersonId,
    now: Moment,
    week: Week,
    notices: Vec<NewNotice>,
    item: NewItem,
}

impl Act for Urgent {
    type Output = Sent;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<Sent, StoreError> {
        if !send(conn, (self.letter, Some(self.author)), self.week, self.now).await? {
            return Ok(Sent::Gone);
        }
        insert_all(conn, &self.notices, std::slice::from_ref(&self.item), self.now).await?;
        let subject = ("letter", self.letter.stored());
        Trace { at: self.now, act: "letter urgent", subject, by: Actor::Party }.write(conn).await?;
        Ok(Sent::Sent)
    }
}

/// Pairing, author's side, week and tenths.
type BookingColumns = (Option<i64>, Option<String>, Option<i64>, Option<i64>);

/// Queues a letter that waits for the week and books it; `false` when it waits no more.
async fn send(
    conn: &mut Conn<'_>,
    (letter, author): (LetterId, Option<PersonId>),
    week: Week,
    now: Moment,
) -> Result<bool, StoreError> {
    let give_up = (now + GIVE_UP_AFTER).as_millis();
    let author = author.map(PersonId::stored);
    let rows: Vec<BookingColumns> =
        rows!(conn, SEND, letter.stored(), now.as_millis(), give_up, week.stored(), author)?;
    let Some((pairing, author, week, tenths)) = rows.into_iter().next() else { return Ok(false) };
    if let Some(booking) = Booking::read(letter, pairing, author.as_deref(), week, tenths)? {
        booking.reserve(conn, now).await?;
    }
    resolve_of_letter(conn, letter, now).await?;
    silence::sent_at_last(conn, letter, now).await?;
    Ok(true)
}

statements! {
    HELD_PAIRINGS = "select distinct pairing_id from spool
        where state = 'held' and reason = 'week_full' and week < $1 and pairing_id > $2 order by pairing_id limit $3";
    HELD = "select s.id, p.programme, s.created_at, s.tenths, s.author_side
        from spool s join pairing p on p.id = s.pairing_id
        where s.state = 'held' and s.reason = 'week_full' and s.week < $1 and s.pairing_id = $2
        order by s.created_at, s.id";
    WAITS = "select id from spool where id = $1 and state = 'held' and reason = 'week_full'";
    SEND = "update spool set state = 'queued', reason = null, due_at = $2, give_up_at = $3, booked = (author_side = 'volunteer'), week = $4
        where id = $1 and state = 'held' and reason = 'week_full' and (cast($5 as bigint) is null or author_id = $5)
        returning pairing_id, author_side, week, tenths";
}
