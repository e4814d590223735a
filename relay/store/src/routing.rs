//! Desk 3's facts, and where letters really go: who an author is, which pairing an alias names, sealed records.

use crate::error::StoreError;
use crate::people::{PersonRow, PersonState};
use crate::store::Store;
use crate::stored::{count, word};
use brevbro_core::id::{AliasId, PairingId, PersonId};
use brevbro_core::ledger::Factor;
use brevbro_core::pairing::{PairingFacts, PairingState};
use brevbro_core::party::{Language, Side};
use brevbro_core::seal::Digest;

/// A person's sealed record, as the delivery role opens it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Routing {
    /// Whose it is; the seal is bound to this key.
    pub person: PersonId,
    /// Names, addresses and telephones, sealed.
    pub sealed: Vec<u8>,
    /// Which side the person is on.
    pub side: Side,
    /// Where the person stands.
    pub state: PersonState,
    /// The language of notices.
    pub language: Language,
    /// Grows with every change, so that an opened copy in memory can be told to be old.
    pub version: u64,
}

/// An alias's sealed text with the key it is bound to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedAlias {
    /// The alias.
    pub id: AliasId,
    /// Its text, sealed.
    pub sealed: Vec<u8>,
}

/// Everything desk 3 needs to know of a letter: the pairing that it belongs to, and both sides' sealed records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The pairing and the direction.
    pub facts: PairingFacts,
    /// Who the two are.
    pub routing: PairingRouting,
    /// The volunteer's own pace.
    pub pace: Factor,
}

/// A pairing with both sides' sealed records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairingRouting {
    /// The pairing.
    pub pairing: PairingId,
    /// Where it stands.
    pub state: PairingState,
    /// The programme's key in the configuration.
    pub programme: String,
    /// The volunteer's record.
    pub volunteer: Routing,
    /// The seeker's record.
    pub seeker: Routing,
    /// The alias the seeker writes to.
    pub volunteer_alias: SealedAlias,
    /// The alias the volunteer writes to.
    pub seeker_alias: SealedAlias,
}

impl PairingRouting {
    /// One side's record.
    pub fn of(&self, side: Side) -> &Routing {
        match side {
            Side::Volunteer => &self.volunteer,
            Side::Seeker => &self.seeker,
        }
    }
}

impl Store {
    /// The pairing that author and alias name together, or nothing: one statement, whatever is found.
    pub async fn pairing_for(&self, author: &Digest, alias: &Digest) -> Result<Option<PairingFacts>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(i64, String, String, String, i64, i64, String)> =
            rows!(&mut reader.conn(), PAIRING_FOR, author.0.as_slice(), alias.0.as_slice())?;
        rows.into_iter()
            .next()
            .map(|(pairing, programme, state, side, author, recipient, language)| {
                Ok(PairingFacts {
                    pairing: PairingId::from_stored(pairing),
                    programme,
                    state: word(&state, "pairing.state")?,
                    author_side: word(&side, "person_address.side")?,
                    author: PersonId::from_stored(author),
                    recipient: PersonId::from_stored(recipient),
                    language: word(&language, "person.language")?,
                })
            })
            .transpose()
    }

    /// The pairing that author and alias name together, with both sealed records and both aliases, or nothing: one
    /// statement, whatever is found (P9).
    pub async fn way(&self, author: &Digest, alias: &Digest) -> Result<Option<Way>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<WayRow> = rows!(&mut reader.conn(), WAY, author.0.as_slice(), alias.0.as_slice())?;
        let Some((pairing, author_side)) = rows.first().map(|row| (row.10, row.11.clone())) else { return Ok(None) };
        let pace = rows.iter().find_map(|row| row.12).map(Factor::of_percent).unwrap_or_default();
        let sides = rows.into_iter().map(|(a, b, c, d, e, f, g, h, i, j, ..)| (a, b, c, d, e, f, g, h, i, j)).collect();
        let Some(routing) = both(PairingId::from_stored(pairing), sides)? else { return Ok(None) };
        let author_side: Side = word(&author_side, "person_address.side")?;
        let recipient = routing.of(author_side.other());
        let facts = PairingFacts {
            pairing: routing.pairing,
            programme: routing.programme.clone(),
            state: routing.state,
            author_side,
            author: routing.of(author_side).person,
            recipient: recipient.person,
            language: recipient.language,
        };
        Ok(Some(Way { facts, routing, pace }))
    }

    /// Whoever is enrolled with an address: nobody, one person, or a seeker and a volunteer.
    pub async fn person_by_address(&self, address: &Digest) -> Result<Vec<PersonRow>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<crate::people::Stored> = rows!(&mut reader.conn(), BY_ADDRESS, address.0.as_slice())?;
        rows.into_iter().map(crate::people::read).collect()
    }

    /// A person's sealed record; nothing when the person is unknown or erased.
    pub async fn routing(&self, person: PersonId) -> Result<Option<Routing>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<Record> = rows!(&mut reader.conn(), ROUTING, person.stored())?;
        rows.into_iter().next().map(record).transpose()
    }

    /// A pairing with both sealed records and both aliases; nothing when it is unknown or a side is erased.
    pub async fn pairing_routing(&self, pairing: PairingId) -> Result<Option<PairingRouting>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<Side2> = rows!(&mut reader.conn(), PAIRING_ROUTING, pairing.stored())?;
        both(pairing, rows)
    }
}

/// Reads the seeker's row and the volunteer's; one alone is no pairing (any more).
fn both(pairing: PairingId, mut rows: Vec<Side2>) -> Result<Option<PairingRouting>, StoreError> {
    let (Some(second), Some(first)) = (rows.pop(), rows.pop()) else { return Ok(None) };
    let (state, programme) = (word(&first.0, "pairing.state")?, first.1.clone());
    let (seeker, seeker_alias) = side(first)?;
    let (volunteer, volunteer_alias) = side(second)?;
    Ok(Some(PairingRouting { pairing, state, programme, volunteer, seeker, volunteer_alias, seeker_alias }))
}

type Record = (i64, Vec<u8>, String, String, String, i64);

fn record(row: Record) -> Result<Routing, StoreError> {
    let (person, sealed, side, state, language, version) = row;
    Ok(Routing {
        person: PersonId::from_stored(person),
        sealed,
        side: word(&side, "person.side")?,
        state: word(&state, "person.state")?,
        language: word(&language, "person.language")?,
        version: count(version, "person.version")?,
    })
}

type Side2 = (String, String, i64, Vec<u8>, i64, Vec<u8>, String, String, String, i64);

/// One side, then the pairing's key, the author's side and the volunteer's pace.
type WayRow = (String, String, i64, Vec<u8>, i64, Vec<u8>, String, String, String, i64, i64, String, Option<i64>);

fn side(row: Side2) -> Result<(Routing, SealedAlias), StoreError> {
    let (_, _, alias, alias_sealed, person, sealed, side, state, language, version) = row;
    let alias = SealedAlias { id: AliasId::from_stored(alias), sealed: alias_sealed };
    Ok((record((person, sealed, side, state, language, version))?, alias))
}

/// The pairing that author ($1) and alias ($2) name together. The seeker writes to the volunteer's alias, the
/// volunteer to the seeker's. Of several pairings of the same two, the living one counts.
macro_rules! named {
    ($before:literal, $after:literal) => {
        concat!(
            $before,
            "(select * from (
            select p.id, p.programme, p.state, w.side, w.person_id as author_id, r.id as recipient_id, r.language,
                p.seeker_alias_id, p.volunteer_alias_id, p.created_at
            from alias a
            join person_address w on w.digest = $1 and w.side = 'seeker'
            join pairing p on p.volunteer_id = a.person_id and p.seeker_id = w.person_id
            join person r on r.id = p.volunteer_id
            where a.digest = $2 and a.kind = 'volunteer' and a.state = 'active'
            union all
            select p.id, p.programme, p.state, w.side, w.person_id, r.id, r.language,
                p.seeker_alias_id, p.volunteer_alias_id, p.created_at
            from alias a
            join person_address w on w.digest = $1 and w.side = 'volunteer'
            join pairing p on p.id = a.pairing_id and p.volunteer_id = w.person_id
            join person r on r.id = p.seeker_id
            where a.digest = $2 and a.kind = 'seeker' and a.state = 'active'
        ) found
        order by case when state in ('active', 'paused') then 0 else 1 end, created_at desc limit 1)",
            $after
        )
    };
}

statements! {
    PAIRING_FOR = named!("select id, programme, state, side, author_id, recipient_id, language from ", " named");
    /// Two rows: the seeker's side, then the volunteer's.
    WAY = named!(
        "select n.state, n.programme, a.id, a.sealed, r.id, r.routing, r.side, r.state, r.language, r.version, n.id, n.side, r.factor
        from ",
        " n
        join person r on r.id in (n.author_id, n.recipient_id) and r.routing is not null
        join alias a on a.id = case when r.side = 'seeker' then n.seeker_alias_id else n.volunteer_alias_id end
        order by r.side"
    );
    BY_ADDRESS = "select p.id, p.side, p.state, p.language, p.routing, p.version, p.created_at, p.changed_at
        from person_address w join person p on p.id = w.person_id where w.digest = $1 order by p.side";
    ROUTING = "select id, routing, side, state, language, version from person where id = $1 and routing is not null";
    /// Two rows: the seeker's side, then the volunteer's.
    PAIRING_ROUTING = "select p.state, p.programme, a.id, a.sealed, r.id, r.routing, r.side, r.state, r.language, r.version
        from pairing p
        join person r on r.id in (p.volunteer_id, p.seeker_id) and r.routing is not null
        join alias a on a.id = case when r.side = 'seeker' then p.seeker_alias_id else p.volunteer_alias_id end
        where p.id = $1 order by r.side";
}
