//! Everything that is held about one person, and nothing of anybody else.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::store::Store;
use crate::stored::moment;
use brevbro_core::id::{ItemId, PairingId, PersonId};
use brevbro_core::ledger::Minutes;
use brevbro_core::time::Moment;

/// What is held beside the record, the aliases, the pairings and their ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Matters a human was asked to answer.
    pub items: Vec<HeldItem>,
    /// What was done, and in which role.
    pub audit: Vec<AuditRow>,
    /// Letters and notices that have a row, by what they are and where they stand.
    pub letters: Vec<HeldLetters>,
    /// Letters kept for coordinators: when, by which side, and until when. Sealed; the house cannot open them.
    pub kept: Vec<(Moment, String, Option<Moment>)>,
    /// What was put right of contact time.
    pub corrections: Vec<Correction>,
}

/// A matter about somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldItem {
    /// Its number.
    pub item: ItemId,
    /// The word of its kind.
    pub kind: String,
    /// The word of its severity.
    pub severity: String,
    /// The word of its state.
    pub state: String,
    /// The pairing it is about.
    pub pairing: Option<PairingId>,
    /// When it was raised.
    pub raised_at: Moment,
    /// When it was answered.
    pub resolved_at: Option<Moment>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// When.
    pub at: Moment,
    /// What.
    pub act: String,
    /// With what: person or pairing.
    pub subject: String,
    /// The word of the role.
    pub by: String,
}

/// So many letters or notices of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldLetters {
    /// Letter or notice.
    pub kind: String,
    /// Where they stand.
    pub state: String,
    /// How many.
    pub count: i64,
    /// The oldest.
    pub oldest: Moment,
}

/// A correction of contact time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// What was estimated.
    pub estimate: Minutes,
    /// What was said.
    pub declared: Minutes,
    /// When.
    pub made_at: Moment,
}

impl Store {
    /// Everything that is held about a person beside the record, the aliases, the pairings and their ledger.
    pub async fn held_about(&self, person: PersonId) -> Result<Held, StoreError> {
        let mut reader = self.reader().await?;
        let (conn, id) = (&mut reader.conn(), person.stored());
        let items: Vec<StoredItem> = rows!(conn, ITEMS, id)?;
        let audit: Vec<(i64, String, String, String)> = rows!(conn, AUDIT, id)?;
        let letters: Vec<(String, String, i64, i64)> = rows!(conn, HELD_LETTERS, id)?;
        let kept: Vec<(i64, String, Option<i64>)> = rows!(conn, KEPT, id)?;
        let corrections: Vec<(i64, i64, i64)> = rows!(conn, CORRECTED, id)?;
        Ok(Held {
            items: items.into_iter().map(item).collect(),
            audit: audit
                .into_iter()
                .map(|(at, act, subject, by)| AuditRow { at: Moment::from_millis(at), act, subject, by })
                .collect(),
            letters: letters
                .into_iter()
                .map(|(kind, state, count, at)| HeldLetters { kind, state, count, oldest: Moment::from_millis(at) })
                .collect(),
            kept: kept.into_iter().map(|(at, side, until)| (Moment::from_millis(at), side, moment(until))).collect(),
            corrections: corrections
                .into_iter()
                .map(|(estimate, declared, at)| Correction {
                    estimate: Minutes::tenths(estimate),
                    declared: Minutes::tenths(declared),
                    made_at: Moment::from_millis(at),
                })
                .collect(),
        })
    }

    /// Writes down that somebody has looked at everything held about a person (P8).
    pub async fn person_shown(&self, person: PersonId, now: Moment, by: Actor) -> Result<(), StoreError> {
        self.act(Shown { person, now, by }).await
    }

    /// Every pairing of a person, also those that are over.
    pub async fn pairings_of(&self, person: PersonId) -> Result<Vec<PairingId>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(i64,)> = rows!(&mut reader.conn(), PAIRINGS_OF, person.stored())?;
        Ok(rows.into_iter().map(|(id,)| PairingId::from_stored(id)).collect())
    }
}

struct Shown {
    person: PersonId,
    now: Moment,
    by: Actor,
}

impl Act for Shown {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let subject = ("person", self.person.stored());
        Trace { at: self.now, act: "person export", subject, by: self.by }.write(conn).await
    }
}

type StoredItem = (i64, String, String, String, Option<i64>, i64, Option<i64>);

fn item(row: StoredItem) -> HeldItem {
    let (id, kind, severity, state, pairing, raised, resolved) = row;
    HeldItem {
        item: ItemId::from_stored(id),
        kind,
        severity,
        state,
        pairing: pairing.map(PairingId::from_stored),
        raised_at: Moment::from_millis(raised),
        resolved_at: moment(resolved),
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
    PAIRINGS_OF = of_person!("select id from pairing where id in ", " order by created_at, id");
    ITEMS = of_person!("select id, kind, severity, state, pairing_id, raised_at, resolved_at from item
        where person_id = $1 or pairing_id in ", " order by raised_at, id");
    AUDIT = of_person!("select at, act, subject_kind, actor from audit
        where (subject_kind = 'person' and subject_id = $1) or (subject_kind = 'pairing' and subject_id in ",
        ") order by at, id");
    /// By the states and by their end, for want of an index that every letter would pay for.
    HELD_LETTERS = "select kind, state, count(*), min(created_at) from spool
        where state in ('queued', 'claimed', 'held', 'quarantined', 'delivered', 'failed', 'discarded', 'erased')
        and (author_id = $1 or recipient_id = $1) group by kind, state order by kind, state";
    KEPT = of_person!("select kept_at, author_side, expires_at from retained where pairing_id in ", " order by kept_at");
    CORRECTED = "select estimate, declared, made_at from correction where person_id = $1 order by made_at";
}
