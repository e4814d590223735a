//! Letters kept for the coordinators, sealed to keys the house does not have, and erased when their time is over.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::store::Store;
use crate::stored::{millis, moment, word};
use brevbro_core::id::{ItemId, LetterId, PairingId};
use brevbro_core::party::Side;
use brevbro_core::seal::Sealed;
use brevbro_core::time::Moment;
use brevbro_core::words;

/// Why a letter is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeptFor {
    /// The programme's window for reading.
    Review,
    /// It speaks of danger.
    Flagged,
}

words!(KeptFor, "review or flagged", Review => "review", Flagged => "flagged");

/// A letter to be kept.
#[derive(Debug, Clone)]
pub struct NewRetained {
    /// Why.
    pub why: KeptFor,
    /// Its text, sealed to the coordinators and to the recovery key.
    pub sealed: Sealed,
    /// When it is erased; a flagged one waits for the answer to its item.
    pub expires_at: Option<Moment>,
    /// Days it stays after that answer.
    pub after_days: u32,
}

/// A kept letter, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRow {
    /// The letter's number.
    pub letter: LetterId,
    /// Its pairing.
    pub pairing: PairingId,
    /// Who wrote.
    pub side: Side,
    /// Why it is kept.
    pub why: KeptFor,
    /// When it was written.
    pub kept_at: Moment,
    /// When it is erased; none while its item waits for an answer.
    pub expires_at: Option<Moment>,
}

/// Letters erased in one transaction: they must not keep others waiting.
const BATCH: i64 = 200;

impl Store {
    /// Kept letters whose time is not over, the newest first; of one pairing or of all.
    pub async fn kept_letters(&self, pairing: Option<PairingId>, now: Moment) -> Result<Vec<KeptRow>, StoreError> {
        let mut reader = self.reader().await?;
        let conn = &mut reader.conn();
        let rows: Vec<Stored> = match pairing.map(PairingId::stored) {
            None => rows!(conn, LIST, now.as_millis())?,
            Some(pairing) => rows!(conn, OF_PAIRING, now.as_millis(), pairing)?,
        };
        rows.into_iter().map(read).collect()
    }

    /// A kept letter's sealed text, while its time is not over.
    pub async fn kept_letter(&self, letter: LetterId, now: Moment) -> Result<Option<Sealed>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(Vec<u8>,)> = rows!(&mut reader.conn(), FIND, now.as_millis(), letter.stored())?;
        Ok(rows.into_iter().next().map(|row| Sealed::from_sealed_octets(row.0)))
    }

    /// Writes down that somebody reads a kept letter; before it is shown, so that no reading goes unseen (P8).
    pub async fn kept_letter_read(&self, letter: LetterId, now: Moment, by: Actor) -> Result<(), StoreError> {
        self.act(Read { letter, now, by }).await
    }

    /// Erases kept letters whose time is over, in small transactions.
    pub async fn erase_kept(&self, now: Moment) -> Result<u64, StoreError> {
        let mut erased = 0;
        loop {
            match self.act(Erase { now }).await? {
                0 => return Ok(erased),
                some => erased += some,
            }
        }
    }
}

impl NewRetained {
    pub(crate) async fn insert(
        &self,
        conn: &mut Conn<'_>,
        letter: LetterId,
        (pairing, side): (PairingId, Side),
        now: Moment,
    ) -> Result<(), StoreError> {
        let (letter, pairing, now) = (letter.stored(), pairing.stored(), now.as_millis());
        let (why, expires, after) = (self.why.word(), millis(self.expires_at), i64::from(self.after_days));
        run!(conn, INSERT, letter, pairing, why, side.word(), now, expires, self.sealed.octets(), after).map(drop)
    }
}

/// The answer to a letter's item begins its last days.
pub(crate) async fn answered(conn: &mut Conn<'_>, item: ItemId, now: Moment) -> Result<(), StoreError> {
    run!(conn, ANSWERED, item.stored(), now.as_millis()).map(drop)
}

/// A flagged letter whose author was in doubt is theirs: it now waits for the answer to its item.
pub(crate) async fn stands(conn: &mut Conn<'_>, letter: LetterId) -> Result<(), StoreError> {
    run!(conn, STANDS, letter.stored()).map(drop)
}

/// A letter that is not to be sent is not kept either, unless it is its author's own and speaks of danger.
pub(crate) async fn discarded(conn: &mut Conn<'_>, letter: LetterId) -> Result<(), StoreError> {
    run!(conn, DISCARDED, letter.stored()).map(drop)
}

struct Read {
    letter: LetterId,
    now: Moment,
    by: Actor,
}

impl Act for Read {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let subject = ("letter", self.letter.stored());
        Trace { at: self.now, act: "archive open", subject, by: self.by }.write(conn).await
    }
}

struct Erase {
    now: Moment,
}

impl Act for Erase {
    type Output = u64;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<u64, StoreError> {
        run!(conn, ERASE, self.now.as_millis(), BATCH)
    }
}

type Stored = (i64, i64, String, String, i64, Option<i64>);

fn read((letter, pairing, why, side, kept_at, expires_at): Stored) -> Result<KeptRow, StoreError> {
    Ok(KeptRow {
        letter: LetterId::from_stored(letter),
        pairing: PairingId::from_stored(pairing),
        side: word(&side, "retained.author_side")?,
        why: word(&why, "retained.why")?,
        kept_at: Moment::from_millis(kept_at),
        expires_at: moment(expires_at),
    })
}

macro_rules! select_kept {
    ($tail:literal) => {
        concat!(
            "select letter_id, pairing_id, why, author_side, kept_at, expires_at from retained
                where (expires_at is null or expires_at > $1) ",
            $tail
        )
    };
}

statements! {
    INSERT = "insert into retained (letter_id, pairing_id, why, author_side, kept_at, expires_at, sealed, after_days)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    LIST = select_kept!("order by kept_at desc, letter_id");
    OF_PAIRING = select_kept!("and pairing_id = $2 order by kept_at desc, letter_id");
    FIND = "select sealed from retained where letter_id = $2 and (expires_at is null or expires_at > $1)";
    ANSWERED = "update retained set expires_at = cast($2 as bigint) + after_days * 86400000 where why = 'flagged'
        and letter_id in (select letter_id from item where id = $1 and kind = 'flag')";
    STANDS = "update retained set expires_at = null where letter_id = $1 and why = 'flagged'";
    DISCARDED = "delete from retained where letter_id = $1 and (why = 'review' or expires_at is not null)";
    ERASE = "delete from retained where letter_id in
        (select letter_id from retained where expires_at <= $1 order by expires_at limit $2)";
}
