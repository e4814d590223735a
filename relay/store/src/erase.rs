//! Forgetting one person: everything that identifies or was written goes, in one transaction; minutes and dates stay.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::notices::insert_all;
use crate::pairings::Move;
use crate::people::{PersonState, find};
use crate::recall;
use crate::store::Store;
use crate::stored::word;
use crate::wishes::{Answer, PairingEnds, Wisher, end_all};
use brevbro_core::id::PairingId;
use brevbro_core::pairing::{PairingEvent, PairingState};
use brevbro_core::seal::Digest;
use brevbro_core::time::Moment;

/// Somebody to be forgotten.
#[derive(Debug, Clone)]
pub struct Erasure {
    /// Who.
    pub wisher: Wisher,
    /// What it means for each pairing that is not over.
    pub ends: Vec<PairingEnds>,
    /// The last letter, and what staff are told.
    pub answer: Answer,
    /// The keyed digest by which a backup that is put back knows whom to forget again.
    pub tombstone: Digest,
    /// When.
    pub now: Moment,
    /// In which role.
    pub by: Actor,
}

impl Store {
    /// Forgets a person; `false` when that has been done before, and nothing is written then. Pairings end and are
    /// erased with all that was written in them; the ledger keeps its minutes.
    pub async fn erase(&self, erasure: Erasure) -> Result<bool, StoreError> {
        self.act(erasure).await
    }

    /// Whether somebody is to stay forgotten.
    pub async fn is_tombstone(&self, digest: &Digest) -> Result<bool, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(i64,)> = rows!(&mut reader.conn(), TOMBSTONE, digest.0.as_slice())?;
        Ok(!rows.is_empty())
    }
}

impl Act for Erasure {
    type Output = bool;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<bool, StoreError> {
        let (person, now) = (self.wisher.person, self.now);
        let row = find(conn, person).await?.ok_or(StoreError::Unknown("person"))?;
        if row.state == PersonState::Erased {
            return Ok(false);
        }
        end_all(conn, (person, self.by), &self.ends, now).await?;
        // Before the pairings: what is taken back is booked back in them.
        recall::at_erasure(conn, person, now).await?;
        self.erase_pairings(conn).await?;
        self.erase_words(conn).await?;
        if self.erase_person(conn, row.state).await? != 1 {
            return Err(StoreError::Conflict);
        }
        for ends in &self.ends {
            insert_all(conn, ends.told.as_slice(), &[], now).await?;
        }
        self.answer.write(conn, self.wisher, now).await?;
        run!(conn, FORGET_ITEMS, person.stored())?;
        Trace { at: now, act: "person erase", subject: ("person", person.stored()), by: self.by }.write(conn).await?;
        Ok(true)
    }
}

impl Erasure {
    /// Takes every pairing through the rest of its life.
    async fn erase_pairings(&self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let pairings: Vec<(i64, String)> = rows!(conn, PAIRINGS, self.wisher.person.stored())?;
        for (id, state) in pairings {
            let state: PairingState = word(&state, "pairing.state")?;
            let id = PairingId::from_stored(id);
            let events: &[PairingEvent] = match state {
                PairingState::Closing => &[PairingEvent::GraceOver, PairingEvent::Erase],
                PairingState::Closed | PairingState::Withdrawn => &[PairingEvent::Erase],
                _ => &[],
            };
            for event in events {
                Move { id, event: *event, now: self.now, by: self.by }.run(conn).await?;
            }
            run!(conn, FORGET_GRACE, id.stored())?;
        }
        Ok(())
    }

    /// Everything that was written, by either of the two and about them; rows of letters that have gone as well.
    async fn erase_words(&self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let id = self.wisher.person.stored();
        // Notes on letters first, while the letters can still be found.
        run!(conn, LETTER_NOTES, id)?;
        run!(conn, PAIRING_NOTES, id)?;
        run!(conn, ITEM_NOTES, id)?;
        run!(conn, LEDGER_NOTES, id)?;
        run!(conn, RETAINED, id)?;
        run!(conn, SENTENCES, id)?;
        run!(conn, QUESTIONS, id)?;
        run!(conn, BODIES, id)?;
        run!(conn, LETTERS, id)?;
        run!(conn, CORRECTIONS, id)?;
        run!(conn, OVERVIEWS, id)?;
        run!(conn, PACE, id)?;
        Ok(())
    }

    async fn erase_person(&self, conn: &mut Conn<'_>, old: PersonState) -> Result<u64, StoreError> {
        let (id, now) = (self.wisher.person.stored(), self.now.as_millis());
        let nothing: &[u8] = &[];
        run!(conn, ADDRESSES, id)?;
        run!(conn, ALIASES, id, nothing)?;
        run!(conn, BURY, self.tombstone.0.as_slice(), now)?;
        run!(conn, PERSON, id, old.word(), now)
    }
}

/// The pairings of a person ($1).
macro_rules! of_person {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            "(select id from pairing where volunteer_id = $1 union all select id from pairing where seeker_id = $1)",
            $after
        )
    };
}

statements! {
    PAIRINGS = "select id, state from pairing where volunteer_id = $1
        union all select id, state from pairing where seeker_id = $1";
    /// Letters that have ended are found by their end: no letter that is delivered pays for an index which only
    /// forgetting needs.
    LETTER_NOTES = of_person!("update audit set note = null where note is not null and subject_kind = 'letter'
        and subject_id in (select id from spool where settled_at >= 0
            and (recipient_id = $1 or author_id = $1 or pairing_id in ", "))");
    PAIRING_NOTES = of_person!("update audit set note = null where note is not null and
        ((subject_kind = 'person' and subject_id = $1) or (subject_kind = 'pairing' and subject_id in ", "))");
    ITEM_NOTES = of_person!("update item_event set note = null where note is not null and item_id in
        (select id from item where person_id = $1 or pairing_id in ", ")");
    LEDGER_NOTES = of_person!("update ledger_entry set note = null where note is not null and pairing_id in ", "");
    RETAINED = of_person!("delete from retained where pairing_id in ", "");
    SENTENCES = of_person!("delete from sentence where pairing_id in ", "");
    QUESTIONS = of_person!("delete from question where pairing_id in ", "");
    BODIES = of_person!("delete from spool_body where spool_id in (select id from spool where settled_at >= 0
        and (recipient_id = $1 or author_id = $1 or pairing_id in ", "))");
    LETTERS = of_person!("delete from spool where settled_at >= 0 and
        (recipient_id = $1 or author_id = $1 or pairing_id in ", ")");
    CORRECTIONS = "delete from correction where person_id = $1";
    OVERVIEWS = "delete from overview where person_id = $1";
    PACE = "delete from factor where person_id = $1";
    FORGET_GRACE = "delete from timer where kind = 'life' and subject = $1";
    FORGET_ITEMS = "update item set person_id = null where person_id = $1";
    ADDRESSES = "delete from person_address where person_id = $1";
    /// The digest stays: nobody else ever gets this alias.
    ALIASES = "update alias set sealed = $2, state = 'retired' where person_id = $1";
    BURY = "insert into tombstone (digest, made_at) values ($1, $2) on conflict (digest) do nothing";
    TOMBSTONE = "select made_at from tombstone where digest = $1";
    PERSON = "update person set routing = null, state = 'erased', changed_at = $3, version = version + 1, factor = null
        where id = $1 and state = $2";
}
