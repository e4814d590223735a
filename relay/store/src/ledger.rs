//! The ledger: append-only contact time per pairing and week, and what of a letter's booking follows its fate.

use crate::act::{Act, Conn};
use crate::audit::Actor;
use crate::dialect::has_neighbours;
use crate::error::StoreError;
use crate::reading;
use crate::store::Store;
use crate::stored::{fresh, maybe_word, word};
use brevbro_core::id::{EntryId, LetterId, PairingId};
use brevbro_core::ledger::{EntryKind, Minutes, READ_AFTER};
use brevbro_core::party::Side;
use brevbro_core::seal::Sealed;
use brevbro_core::time::{Moment, Week};

/// How an entry says its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amount {
    /// So much more, or less.
    Delta(Minutes),
    /// So much for the whole week: the entry takes the difference to what stands there.
    WeekTotal(Minutes),
}

/// An entry to be appended.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Its key.
    pub id: EntryId,
    /// Whose contact time.
    pub pairing: PairingId,
    /// In which week.
    pub week: Week,
    /// What kind.
    pub kind: EntryKind,
    /// How much.
    pub amount: Amount,
    /// The letter it follows from.
    pub letter: Option<LetterId>,
    /// Who wrote that letter.
    pub author_side: Option<Side>,
    /// When.
    pub made_at: Moment,
    /// In which role.
    pub made_by: Actor,
    /// A sealed note.
    pub note: Option<Sealed>,
}

/// An entry as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Its key.
    pub id: EntryId,
    /// In which week.
    pub week: Week,
    /// What kind.
    pub kind: EntryKind,
    /// The change, signed.
    pub delta: Minutes,
    /// What was estimated, where the change says something else.
    pub estimate: Option<Minutes>,
    /// What was declared, when something was.
    pub declared: Option<Minutes>,
    /// The letter it follows from.
    pub letter: Option<LetterId>,
    /// Who wrote that letter.
    pub author_side: Option<Side>,
    /// When.
    pub made_at: Moment,
    /// The word of the role.
    pub made_by: String,
    /// The sealed note.
    pub note: Option<Sealed>,
}

impl Store {
    /// The entries of a pairing, oldest first; of one week or of all.
    pub async fn ledger_entries(&self, pairing: PairingId, week: Option<Week>) -> Result<Vec<EntryRow>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<Stored> = rows!(&mut reader.conn(), ENTRIES, pairing.stored(), week.map(Week::stored))?;
        rows.into_iter().map(read).collect()
    }

    /// The contact time that stands for a week.
    pub async fn week_minutes(&self, pairing: PairingId, week: Week) -> Result<Minutes, StoreError> {
        week_sum(&mut self.reader().await?.conn(), pairing, week).await
    }

    /// Appends an entry and tells what stands for the week afterwards.
    pub async fn ledger_append(&self, entry: NewEntry) -> Result<Minutes, StoreError> {
        self.act(Append(entry)).await
    }
}

struct Append(NewEntry);

impl Act for Append {
    type Output = Minutes;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<Minutes, StoreError> {
        lock(conn, self.0.pairing).await?;
        self.0.insert(conn).await?;
        week_sum(conn, self.0.pairing, self.0.week).await
    }
}

/// Keeps the sum of a pairing's week still until this transaction ends, where acts run side by side.
pub(crate) async fn lock(conn: &mut Conn<'_>, pairing: PairingId) -> Result<(), StoreError> {
    if has_neighbours(conn) {
        run!(conn, LOCK_PAIRING, pairing.stored())?;
    }
    Ok(())
}

/// The same for a letter: `false` when its pairing carries letters no more. Whoever was resolved a moment before
/// somebody wrote "stop" must not slip through.
pub(crate) async fn lock_living(conn: &mut Conn<'_>, pairing: PairingId) -> Result<bool, StoreError> {
    if has_neighbours(conn) {
        return Ok(run!(conn, LOCK_LIVING, pairing.stored())? == 1);
    }
    let rows: Vec<(i64,)> = rows!(conn, IS_LIVING, pairing.stored())?;
    Ok(!rows.is_empty())
}

async fn week_sum(conn: &mut Conn<'_>, pairing: PairingId, week: Week) -> Result<Minutes, StoreError> {
    let rows: Vec<(i64,)> = rows!(conn, WEEK_SUM, pairing.stored(), week.stored())?;
    Ok(Minutes::tenths(rows.first().map_or(0, |row| row.0)))
}

impl NewEntry {
    /// Appends it whatever the week says.
    pub(crate) async fn insert(&self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let tenths = match self.amount {
            _ if !self.kind.counts_to_week() => 0,
            Amount::Delta(minutes) => minutes.as_tenths(),
            Amount::WeekTotal(total) => total.as_tenths() - week_sum(conn, self.pairing, self.week).await?.as_tenths(),
        };
        let is_said = self.kind == EntryKind::Declared || self.kind.is_by_hand();
        let declared = is_said.then_some(match self.amount {
            Amount::Delta(minutes) | Amount::WeekTotal(minutes) => minutes.as_tenths(),
        });
        run!(
            conn,
            INSERT,
            self.id.stored(),
            self.pairing.stored(),
            self.week.stored(),
            self.kind.word(),
            tenths,
            declared,
            self.letter.map(LetterId::stored),
            self.author_side.map(Side::word),
            self.made_at.as_millis(),
            self.made_by.word(),
            self.note.as_ref().map(Sealed::octets),
        )
        .map(drop)
    }
}

/// What a spool row says of its letter's contact time.
pub(crate) struct Booking {
    pub(crate) letter: LetterId,
    pub(crate) pairing: PairingId,
    pub(crate) author: Side,
    pub(crate) week: Week,
    pub(crate) minutes: Minutes,
}

impl Booking {
    /// Reads it from a row's columns; notices have none.
    pub(crate) fn read(
        letter: LetterId,
        pairing: Option<i64>,
        author: Option<&str>,
        week: Option<i64>,
        tenths: Option<i64>,
    ) -> Result<Option<Self>, StoreError> {
        let (Some(pairing), Some(author), Some(week), Some(tenths)) = (pairing, author, week, tenths) else {
            return Ok(None);
        };
        Ok(Some(Self {
            letter,
            pairing: PairingId::from_stored(pairing),
            author: word(author, "spool.author_side")?,
            week: Week::from_stored(week).map_err(|_| StoreError::Corrupt("spool.week"))?,
            minutes: Minutes::tenths(tenths),
        }))
    }

    /// The reservation of a letter that was not booked when it was committed; of a seeker's letter the reading waits.
    pub(crate) async fn reserve(&self, conn: &mut Conn<'_>, now: Moment) -> Result<(), StoreError> {
        if self.author == Side::Seeker {
            let stamp = (self.pairing, self.week);
            return reading::set_aside(conn, self.letter, stamp, self.minutes, (now, now + READ_AFTER)).await;
        }
        self.entry(EntryKind::Reserved, self.minutes, fresh_entry(), now).insert(conn).await
    }

    fn entry(&self, kind: EntryKind, delta: Minutes, id: EntryId, now: Moment) -> NewEntry {
        NewEntry {
            id,
            pairing: self.pairing,
            week: self.week,
            kind,
            amount: Amount::Delta(delta),
            letter: Some(self.letter),
            author_side: Some(self.author),
            made_at: now,
            made_by: Actor::Relay,
            note: None,
        }
    }
}

/// A letter did not arrive: what stands for it is given back, in each week where it stands. That is what was booked, with
/// what was declared about it since; for a letter that was not read yet, nothing.
pub(crate) async fn give_back(conn: &mut Conn<'_>, letter: LetterId, now: Moment) -> Result<(), StoreError> {
    let standing: Vec<(i64, i64, i64, Option<String>)> = rows!(conn, OF_LETTER, letter.stored())?;
    for (pairing, week, tenths, author) in standing {
        let entry = NewEntry {
            id: fresh_entry(),
            pairing: PairingId::from_stored(pairing),
            week: Week::from_stored(week).map_err(|_| StoreError::Corrupt("ledger_entry.week"))?,
            kind: EntryKind::Released,
            amount: Amount::Delta(Minutes::tenths(-tenths)),
            letter: Some(letter),
            author_side: maybe_word(author.as_deref(), "ledger_entry.author_side")?,
            made_at: now,
            made_by: Actor::Relay,
            note: None,
        };
        entry.insert(conn).await?;
    }
    Ok(())
}

/// The key of an entry that follows from a decision.
pub(crate) fn fresh_entry() -> EntryId {
    EntryId::from_random(fresh())
}

type Stored =
    (i64, i64, String, i64, Option<i64>, Option<i64>, Option<i64>, Option<String>, i64, String, Option<Vec<u8>>);

fn read(row: Stored) -> Result<EntryRow, StoreError> {
    let (id, week, kind, tenths, estimate, declared, letter, author, made_at, made_by, note) = row;
    Ok(EntryRow {
        id: EntryId::from_stored(id),
        week: Week::from_stored(week).map_err(|_| StoreError::Corrupt("ledger_entry.week"))?,
        kind: word(&kind, "ledger_entry.kind")?,
        delta: Minutes::tenths(tenths),
        estimate: estimate.map(Minutes::tenths),
        declared: declared.map(Minutes::tenths),
        letter: letter.map(LetterId::from_stored),
        author_side: maybe_word(author.as_deref(), "ledger_entry.author_side")?,
        made_at: Moment::from_millis(made_at),
        made_by,
        note: note.map(Sealed::from_sealed_octets),
    })
}

statements! {
    /// Taken before a guarded sum where acts run side by side: the sum is then exact.
    LOCK_PAIRING = "update pairing set changed_at = changed_at where id = $1";
    LOCK_LIVING = "update pairing set changed_at = changed_at where id = $1 and state in ('active', 'paused')";
    IS_LIVING = "select id from pairing where id = $1 and state in ('active', 'paused')";
    WEEK_SUM = "select cast(coalesce(sum(tenths), 0) as bigint) from ledger_entry where pairing_id = $1 and week = $2";
    OF_LETTER = "select pairing_id, week, cast(sum(tenths) as bigint), max(author_side) from ledger_entry
        where letter_id = $1 group by pairing_id, week having sum(tenths) <> 0 order by week";
    INSERT = "insert into ledger_entry
        (id, pairing_id, week, kind, tenths, declared, letter_id, author_side, made_at, made_by, note)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    ENTRIES = "select id, week, kind, tenths, estimate, declared, letter_id, author_side, made_at, made_by, note
        from ledger_entry where pairing_id = $1 and (cast($2 as bigint) is null or week = $2)
        order by made_at, id";
}
