//! The spool as people look at it: rows and counts, without content.

use crate::act::Conn;
use crate::claim::recipient_of;
use crate::error::StoreError;
use crate::notices::To;
use crate::store::Store;
use crate::stored::{count, maybe_word, moment, word};
use brevbro_core::id::{LetterId, PairingId, PersonId};
use brevbro_core::pairing::PairingState;
use brevbro_core::party::Side;
use brevbro_core::spool::SpoolState;
use brevbro_core::time::Moment;
use brevbro_core::words;
use std::str::FromStr;

/// What a spool row carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpoolKind {
    /// A letter between two parties.
    Letter,
    /// Mail we wrote ourselves.
    Notice,
}

words!(SpoolKind, "letter or notice", Letter => "letter", Notice => "notice");

/// A row of the spool, without its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpoolRow {
    /// Its key.
    pub id: LetterId,
    /// Letter or notice.
    pub kind: SpoolKind,
    /// Where it stands.
    pub state: SpoolState,
    /// The word of the reason, when it is held or quarantined.
    pub reason: Option<String>,
    /// When something happens to it next.
    pub due_at: Option<Moment>,
    /// When it was taken.
    pub created_at: Moment,
    /// When trying ends.
    pub give_up_at: Moment,
    /// Attempts made.
    pub attempts: u32,
    /// Whether the author has heard that it takes longer.
    pub delay_told: bool,
    /// Octets of the sealed body.
    pub size: u64,
    /// The pairing it belongs to.
    pub pairing: Option<PairingId>,
    /// The side that wrote.
    pub author_side: Option<Side>,
    /// Who wrote.
    pub author: Option<PersonId>,
    /// Who is to get it.
    pub recipient: To,
    /// The notice's template.
    pub notice_name: Option<String>,
}

/// Numbers for metrics and the doctor.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Spool rows by state; states without rows are absent.
    pub by_state: Vec<(SpoolState, u64)>,
    /// When the oldest letter that still waits for delivery was taken.
    pub oldest_queued: Option<Moment>,
    /// Items that wait for an answer.
    pub items_open: u64,
    /// Pairings by state; states without rows are absent.
    pub pairings: Vec<(PairingState, u64)>,
}

impl Store {
    /// One row of the spool.
    pub async fn letter(&self, id: LetterId) -> Result<Option<SpoolRow>, StoreError> {
        find(&mut self.reader().await?.conn(), id).await
    }

    /// The spool, newest first; in one state or in all.
    pub async fn queue_list(&self, state: Option<SpoolState>, limit: u32) -> Result<Vec<SpoolRow>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<Stored> = match state {
            Some(state) => rows!(&mut reader.conn(), LIST_STATE, i64::from(limit), state.word())?,
            None => rows!(&mut reader.conn(), LIST, i64::from(limit))?,
        };
        rows.into_iter().map(read).collect()
    }

    /// Counts for metrics and the doctor.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let mut reader = self.reader().await?;
        let conn = &mut reader.conn();
        let states: Vec<(String, i64)> = rows!(conn, COUNT_STATES)?;
        let oldest: Vec<(Option<i64>,)> = rows!(conn, OLDEST_QUEUED)?;
        let items: Vec<(i64,)> = rows!(conn, COUNT_ITEMS)?;
        let pairings: Vec<(String, i64)> = rows!(conn, COUNT_PAIRINGS)?;
        Ok(Counts {
            by_state: states
                .into_iter()
                .map(|(text, number)| tally(&text, number, "spool.state"))
                .collect::<Result<_, _>>()?,
            oldest_queued: moment(oldest.first().and_then(|row| row.0)),
            items_open: count(items.first().map_or(0, |row| row.0), "count")?,
            pairings: pairings
                .into_iter()
                .map(|(text, number)| tally(&text, number, "pairing.state"))
                .collect::<Result<_, _>>()?,
        })
    }
}

fn tally<T: FromStr>(text: &str, number: i64, column: &'static str) -> Result<(T, u64), StoreError> {
    Ok((word(text, column)?, count(number, "count")?))
}

pub(crate) async fn find(conn: &mut Conn<'_>, id: LetterId) -> Result<Option<SpoolRow>, StoreError> {
    let rows: Vec<Stored> = rows!(conn, BY_ID, id.stored())?;
    rows.into_iter().next().map(read).transpose()
}

type Stored = (
    i64,
    String,
    String,
    Option<String>,
    Option<i64>,
    i64,
    i64,
    i64,
    bool,
    i64,
    Option<i64>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<Vec<u8>>,
    Option<String>,
);

fn read(row: Stored) -> Result<SpoolRow, StoreError> {
    let (
        id,
        kind,
        state,
        reason,
        due,
        created,
        give_up,
        attempts,
        told,
        octets,
        pairing,
        side,
        author,
        to,
        address,
        name,
    ) = row;
    Ok(SpoolRow {
        id: LetterId::from_stored(id),
        kind: word(&kind, "spool.kind")?,
        state: word(&state, "spool.state")?,
        reason,
        due_at: moment(due),
        created_at: Moment::from_millis(created),
        give_up_at: Moment::from_millis(give_up),
        attempts: count(attempts, "spool.attempts")?,
        delay_told: told,
        size: count(octets, "spool.size")?,
        pairing: pairing.map(PairingId::from_stored),
        author_side: maybe_word(side.as_deref(), "spool.author_side")?,
        author: author.map(PersonId::from_stored),
        recipient: recipient_of(to, address.as_deref())?,
        notice_name: name,
    })
}

macro_rules! select_spool {
    ($tail:literal) => {
        concat!(
            "select id, kind, state, reason, due_at, created_at, give_up_at, attempts, delay_told, size, pairing_id,
                author_side, author_id, recipient_id, address_digest, notice_name from spool ",
            $tail
        )
    };
}

statements! {
    BY_ID = select_spool!("where id = $1");
    LIST = select_spool!("order by created_at desc, id limit $1");
    LIST_STATE = select_spool!("where state = $2 order by created_at desc, id limit $1");
    COUNT_STATES = "select state, count(*) from spool group by state";
    OLDEST_QUEUED = "select min(created_at) from spool where state in ('queued', 'claimed')";
    COUNT_ITEMS = "select count(*) from item where state in ('raised', 'seen')";
    COUNT_PAIRINGS = "select state, count(*) from pairing group by state";
}
