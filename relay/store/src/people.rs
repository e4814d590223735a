//! People and their aliases: enrolling, looking up, pausing, retiring.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::routing::SealedAlias;
use crate::store::Store;
use crate::stored::{count, word};
use brevbro_core::id::{AliasId, PairingId, PersonId};
use brevbro_core::party::{Language, Side};
use brevbro_core::seal::{Digest, Sealed};
use brevbro_core::time::Moment;
use brevbro_core::words;

/// Where a person stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonState {
    /// Takes part.
    Active,
    /// Away for a while.
    Paused,
    /// Takes no part any more; the alias is nobody else's.
    Retired,
    /// Nothing that identifies is left.
    Erased,
}

/// Whether an alias still answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AliasState {
    /// It does.
    Active,
    /// It does not, and is never given to anybody else.
    Retired,
}

words!(
    PersonState, "active, paused, retired or erased",
    Active => "active", Paused => "paused", Retired => "retired", Erased => "erased",
);
words!(AliasState, "active or retired", Active => "active", Retired => "retired");

/// A person to be enrolled.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// The person's key, to which the seal is bound.
    pub id: PersonId,
    /// The language of notices.
    pub language: Language,
    /// Names, addresses and telephones, sealed.
    pub routing: Sealed,
    /// The keyed digests of the enrolled addresses, the main one first.
    pub addresses: Vec<Digest>,
}

/// An alias to be given.
#[derive(Debug, Clone)]
pub struct NewAlias {
    /// Its key, to which the seal is bound.
    pub id: AliasId,
    /// The keyed digest by which it is found.
    pub digest: Digest,
    /// Its text, sealed.
    pub sealed: Sealed,
}

/// A person as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// The key.
    pub id: PersonId,
    /// Which side.
    pub side: Side,
    /// Where the person stands.
    pub state: PersonState,
    /// The language of notices.
    pub language: Language,
    /// The sealed record; `None` once erased.
    pub routing: Option<Sealed>,
    /// Grows with every change.
    pub version: u64,
    /// When enrolled.
    pub created_at: Moment,
    /// When last changed.
    pub changed_at: Moment,
}

/// An alias as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliasRow {
    /// Its key and sealed text.
    pub alias: SealedAlias,
    /// Whose side it stands for.
    pub side: Side,
    /// Whom it stands for.
    pub person: PersonId,
    /// The pairing it belongs to; `None` for a volunteer's.
    pub pairing: Option<PairingId>,
    /// Whether it still answers.
    pub state: AliasState,
}

impl Store {
    /// Enrols a volunteer with the alias that stays.
    pub async fn volunteer_add(
        &self,
        person: NewPerson,
        alias: NewAlias,
        now: Moment,
        by: Actor,
    ) -> Result<(), StoreError> {
        self.act(AddVolunteer { person, alias, now, by }).await
    }

    /// Everybody on one side, in order of enrolment.
    pub async fn persons(&self, side: Side) -> Result<Vec<PersonRow>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<Stored> = rows!(&mut reader.conn(), PERSONS, side.word())?;
        rows.into_iter().map(read).collect()
    }

    /// One person.
    pub async fn person(&self, id: PersonId) -> Result<Option<PersonRow>, StoreError> {
        find(&mut self.reader().await?.conn(), id).await
    }

    /// Pauses, resumes or retires a person. Retiring retires the alias too, and needs every pairing to be over.
    pub async fn person_state(&self, id: PersonId, to: PersonState, now: Moment, by: Actor) -> Result<(), StoreError> {
        self.act(MovePerson { id, to, now, by }).await
    }

    /// An alias by its digest, retired ones too.
    pub async fn alias_by_digest(&self, digest: &Digest) -> Result<Option<AliasRow>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<StoredAlias> = rows!(&mut reader.conn(), ALIAS_BY_DIGEST, digest.0.as_slice())?;
        rows.into_iter().next().map(read_alias).transpose()
    }

    /// A person's aliases, retired ones too, oldest first.
    pub async fn aliases(&self, person: PersonId) -> Result<Vec<AliasRow>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<StoredAlias> = rows!(&mut reader.conn(), ALIASES, person.stored())?;
        rows.into_iter().map(read_alias).collect()
    }
}

struct AddVolunteer {
    person: NewPerson,
    alias: NewAlias,
    now: Moment,
    by: Actor,
}

impl Act for AddVolunteer {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        if !self.person.insert(conn, Side::Volunteer, self.now).await? {
            return Err(StoreError::AddressTaken);
        }
        if !self.alias.insert(conn, self.person.id, None, self.now).await? {
            return Err(StoreError::AliasTaken);
        }
        let subject = ("person", self.person.id.stored());
        Trace { at: self.now, act: "volunteer add", subject, by: self.by }.write(conn).await
    }
}

struct MovePerson {
    id: PersonId,
    to: PersonState,
    now: Moment,
    by: Actor,
}

impl Act for MovePerson {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        use PersonState::{Active, Paused, Retired};
        let row = find(conn, self.id).await?.ok_or(StoreError::Unknown("person"))?;
        let act = match (row.state, self.to) {
            (Active, Paused) => "person pause",
            (Paused, Active) => "person resume",
            (Active | Paused, Retired) => "person retire",
            _ => return Err(StoreError::Conflict),
        };
        let (id, now) = (self.id.stored(), self.now.as_millis());
        if run!(conn, MOVE, id, row.state.word(), self.to.word(), now)? != 1 {
            return Err(StoreError::Conflict);
        }
        if self.to == Retired {
            let open: Vec<(i64,)> = rows!(conn, OPEN_PAIRINGS, id)?;
            if open.first().is_some_and(|row| row.0 > 0) {
                return Err(StoreError::StillPaired);
            }
            run!(conn, RETIRE_ALIASES, id)?;
        }
        Trace { at: self.now, act, subject: ("person", id), by: self.by }.write(conn).await
    }
}

impl NewPerson {
    /// Enrols the person; `false` when an address is enrolled on that side already.
    pub(crate) async fn insert(&self, conn: &mut Conn<'_>, side: Side, now: Moment) -> Result<bool, StoreError> {
        let (id, millis) = (self.id.stored(), now.as_millis());
        run!(conn, INSERT_PERSON, id, side.word(), self.language.tag(), self.routing.octets(), millis)?;
        for (position, digest) in (0_i64..).zip(&self.addresses) {
            if run!(conn, INSERT_ADDRESS, digest.0.as_slice(), side.word(), id, position)? == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl NewAlias {
    /// Gives the alias: to a volunteer for good, or to a seeker for one pairing. `false` when it is taken.
    pub(crate) async fn insert(
        &self,
        conn: &mut Conn<'_>,
        person: PersonId,
        pairing: Option<PairingId>,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let side = if pairing.is_some() { Side::Seeker } else { Side::Volunteer };
        let inserted = run!(
            conn,
            INSERT_ALIAS,
            self.id.stored(),
            self.digest.0.as_slice(),
            side.word(),
            person.stored(),
            pairing.map(PairingId::stored),
            self.sealed.octets(),
            now.as_millis(),
        )?;
        Ok(inserted == 1)
    }
}

pub(crate) async fn find(conn: &mut Conn<'_>, id: PersonId) -> Result<Option<PersonRow>, StoreError> {
    let rows: Vec<Stored> = rows!(conn, PERSON, id.stored())?;
    rows.into_iter().next().map(read).transpose()
}

pub(crate) type Stored = (i64, String, String, String, Option<Vec<u8>>, i64, i64, i64);

pub(crate) fn read(row: Stored) -> Result<PersonRow, StoreError> {
    let (id, side, state, language, routing, version, created, changed) = row;
    Ok(PersonRow {
        id: PersonId::from_stored(id),
        side: word(&side, "person.side")?,
        state: word(&state, "person.state")?,
        language: word(&language, "person.language")?,
        routing: routing.map(Sealed::from_sealed_octets),
        version: count(version, "person.version")?,
        created_at: Moment::from_millis(created),
        changed_at: Moment::from_millis(changed),
    })
}

type StoredAlias = (i64, Vec<u8>, String, i64, Option<i64>, String);

fn read_alias(row: StoredAlias) -> Result<AliasRow, StoreError> {
    let (id, sealed, side, person, pairing, state) = row;
    Ok(AliasRow {
        alias: SealedAlias { id: AliasId::from_stored(id), sealed },
        side: word(&side, "alias.kind")?,
        person: PersonId::from_stored(person),
        pairing: pairing.map(PairingId::from_stored),
        state: word(&state, "alias.state")?,
    })
}

statements! {
    INSERT_PERSON = "insert into person (id, side, state, language, routing, version, created_at, changed_at)
        values ($1, $2, 'active', $3, $4, 1, $5, $5)";
    INSERT_ADDRESS = "insert into person_address (digest, side, person_id, position) values ($1, $2, $3, $4)
        on conflict (digest, side) do nothing";
    /// Retired aliases are in the way too: no alias is ever given to somebody else.
    INSERT_ALIAS = "insert into alias (id, digest, kind, person_id, pairing_id, sealed, state, created_at)
        values ($1, $2, $3, $4, $5, $6, 'active', $7) on conflict (digest) do nothing";
    PERSONS = "select id, side, state, language, routing, version, created_at, changed_at from person
        where side = $1 order by created_at, id";
    PERSON = "select id, side, state, language, routing, version, created_at, changed_at from person where id = $1";
    MOVE = "update person set state = $3, changed_at = $4, version = version + 1 where id = $1 and state = $2";
    OPEN_PAIRINGS = "select count(*) from pairing where (volunteer_id = $1 or seeker_id = $1)
        and state in ('proposed', 'active', 'paused', 'closing')";
    RETIRE_ALIASES = "update alias set state = 'retired' where person_id = $1 and state = 'active'";
    ALIAS_BY_DIGEST = "select id, sealed, kind, person_id, pairing_id, state from alias where digest = $1";
    ALIASES = "select id, sealed, kind, person_id, pairing_id, state from alias where person_id = $1 order by created_at, id";
}
