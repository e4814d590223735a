//! The import of many pairings at once: all rows or none.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::{RowTrouble, StoreError};
use crate::pairings::{self, NewPairing, Opening, SeekerOf};
use crate::people::{NewAlias, NewPerson};
use crate::store::Store;
use crate::stored::digest;
use brevbro_core::id::{AliasId, PairingId, PersonId};
use brevbro_core::party::Side;
use brevbro_core::seal::Digest;
use brevbro_core::time::Moment;
use std::collections::HashMap;

/// One row: a pairing with both people. Who is enrolled with one of the addresses already, in the store or by an
/// earlier row, is that person; the row's record of them is then not used.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// The pairing's key.
    pub pairing: PairingId,
    /// The programme's key in the configuration.
    pub programme: String,
    /// The volunteer.
    pub volunteer: NewPerson,
    /// The volunteer's alias.
    pub volunteer_alias: NewAlias,
    /// Whether the row itself names that alias; otherwise a known volunteer keeps the present one.
    pub volunteer_alias_is_given: bool,
    /// The seeker.
    pub seeker: NewPerson,
    /// The seeker's alias in this pairing.
    pub seeker_alias: NewAlias,
    /// When it is planned to end.
    pub planned_end: Option<Moment>,
    /// When it ends at the latest.
    pub hard_end: Option<Moment>,
}

/// What an import made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    /// Pairings opened.
    pub pairings: u64,
    /// Volunteers enrolled.
    pub volunteers: u64,
    /// Seekers enrolled.
    pub seekers: u64,
}

impl Store {
    /// Imports pairings in one transaction. [`StoreError::Rows`] names every row that stands in the way, and
    /// then nothing is kept.
    pub async fn pairing_import(&self, rows: Vec<ImportRow>, now: Moment, by: Actor) -> Result<Imported, StoreError> {
        self.pairing_import_with(rows.into_iter().map(|row| (row, Opening::default())).collect(), now, by).await
    }

    /// The same with what goes with each opening.
    pub async fn pairing_import_with(
        &self,
        rows: Vec<(ImportRow, Opening)>,
        now: Moment,
        by: Actor,
    ) -> Result<Imported, StoreError> {
        self.act(Import { rows, now, by }).await
    }
}

struct Import {
    rows: Vec<(ImportRow, Opening)>,
    now: Moment,
    by: Actor,
}

/// Who is known, so that a row costs no look-up: addresses by side, and each volunteer's alias.
#[derive(Default)]
struct Known {
    people: HashMap<(Side, Digest), PersonId>,
    aliases: HashMap<PersonId, (AliasId, Digest)>,
    imported: Imported,
}

impl Act for Import {
    type Output = Imported;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<Imported, StoreError> {
        let mut known = Known::load(conn).await?;
        let mut troubles = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            if let Err(trouble) = known.take(conn, row, self.now).await? {
                troubles.push((index, trouble));
            }
        }
        if !troubles.is_empty() {
            return Err(StoreError::Rows(troubles));
        }
        if let Some((first, _)) = self.rows.first() {
            let subject = ("pairing", first.pairing.stored());
            Trace { at: self.now, act: "pairing import", subject, by: self.by }.write(conn).await?;
        }
        Ok(known.imported)
    }
}

impl Known {
    async fn load(conn: &mut Conn<'_>) -> Result<Self, StoreError> {
        let mut known = Self::default();
        let people: Vec<(Vec<u8>, String, i64)> = rows!(conn, ADDRESSES)?;
        for (octets, side, person) in people {
            let side = crate::stored::word(&side, "person_address.side")?;
            known.people.insert((side, digest(&octets)?), PersonId::from_stored(person));
        }
        let aliases: Vec<(i64, i64, Vec<u8>)> = rows!(conn, STABLE_ALIASES)?;
        for (person, alias, octets) in aliases {
            known.aliases.insert(PersonId::from_stored(person), (AliasId::from_stored(alias), digest(&octets)?));
        }
        Ok(known)
    }

    /// Takes one row. The inner error is the row's own trouble; the outer one ends the import.
    async fn take(
        &mut self,
        conn: &mut Conn<'_>,
        (row, opening): &(ImportRow, Opening),
        now: Moment,
    ) -> Result<Result<(), RowTrouble>, StoreError> {
        let (volunteer, alias) = match self.volunteer(conn, row, now).await? {
            Ok(found) => found,
            Err(trouble) => return Ok(Err(trouble)),
        };
        let seeker = match self.find(Side::Seeker, &row.seeker) {
            Some(seeker) => seeker,
            None => self.enrol(conn, Side::Seeker, &row.seeker, now).await?,
        };
        if !row.seeker_alias.insert(conn, seeker, Some(row.pairing), now).await? {
            return Ok(Err(RowTrouble::AliasTaken));
        }
        let new = NewPairing {
            id: row.pairing,
            programme: row.programme.clone(),
            volunteer,
            seeker: SeekerOf::Existing(seeker),
            seeker_alias: row.seeker_alias.clone(),
            begins: true,
            planned_end: row.planned_end,
            hard_end: row.hard_end,
        };
        if !pairings::insert(conn, &new, alias, seeker, now).await? {
            return Ok(Err(RowTrouble::AlreadyPaired));
        }
        opening.follow(conn, &new, (volunteer, seeker), now).await?;
        self.imported.pairings += 1;
        Ok(Ok(()))
    }

    async fn volunteer(
        &mut self,
        conn: &mut Conn<'_>,
        row: &ImportRow,
        now: Moment,
    ) -> Result<Result<(PersonId, AliasId), RowTrouble>, StoreError> {
        if let Some(person) = self.find(Side::Volunteer, &row.volunteer) {
            return Ok(match self.aliases.get(&person) {
                None => Err(RowTrouble::Retired),
                Some((_, digest)) if row.volunteer_alias_is_given && *digest != row.volunteer_alias.digest => {
                    Err(RowTrouble::OtherAlias)
                }
                Some((alias, _)) => Ok((person, *alias)),
            });
        }
        let person = self.enrol(conn, Side::Volunteer, &row.volunteer, now).await?;
        if !row.volunteer_alias.insert(conn, person, None, now).await? {
            return Ok(Err(RowTrouble::AliasTaken));
        }
        self.aliases.insert(person, (row.volunteer_alias.id, row.volunteer_alias.digest));
        Ok(Ok((person, row.volunteer_alias.id)))
    }

    fn find(&self, side: Side, person: &NewPerson) -> Option<PersonId> {
        person.addresses.iter().find_map(|digest| self.people.get(&(side, *digest)).copied())
    }

    async fn enrol(
        &mut self,
        conn: &mut Conn<'_>,
        side: Side,
        person: &NewPerson,
        now: Moment,
    ) -> Result<PersonId, StoreError> {
        if !person.insert(conn, side, now).await? {
            // Enrolled by another node since the addresses were read.
            return Err(StoreError::Conflict);
        }
        self.people.extend(person.addresses.iter().map(|digest| ((side, *digest), person.id)));
        match side {
            Side::Volunteer => self.imported.volunteers += 1,
            Side::Seeker => self.imported.seekers += 1,
        }
        Ok(person.id)
    }
}

statements! {
    ADDRESSES = "select digest, side, person_id from person_address";
    STABLE_ALIASES = "select person_id, id, digest from alias where kind = 'volunteer' and state = 'active'";
}
