//! Who the two people of a pairing are: opened routing records, kept only while they are unchanged.

use crate::keys::{KeyTrouble, RoutingKey};
use crate::record::{PersonRecord, open_alias};
use brevbro_core::address::EmailAddr;
use brevbro_core::id::{PairingId, PersonId};
use brevbro_core::party::{Language, Side};
use brevbro_store::{PairingRouting, Store, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// One side of a pairing.
pub struct Party {
    /// The person's key.
    pub id: PersonId,
    /// Who it is.
    pub record: PersonRecord,
    /// The address under which the other side knows this person.
    pub alias: EmailAddr,
    /// The language of this person's notices.
    pub language: Language,
}

/// Both sides of a pairing.
pub struct People {
    programme: String,
    seeker: Party,
    volunteer: Party,
}

impl People {
    /// Two people who are about to be paired in a programme.
    pub fn new(programme: String, seeker: Party, volunteer: Party) -> Self {
        Self { programme, seeker, volunteer }
    }

    /// One side.
    pub fn side(&self, side: Side) -> &Party {
        match side {
            Side::Seeker => &self.seeker,
            Side::Volunteer => &self.volunteer,
        }
    }
}

/// Why the people cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum PeopleTrouble {
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A record cannot be opened.
    #[error(transparent)]
    Key(#[from] KeyTrouble),
    /// The pairing is not there (any more).
    #[error("there is no such pairing")]
    Gone,
}

/// Opens people, and remembers a bounded number of them.
pub struct Opener {
    key: RoutingKey,
    known: Mutex<HashMap<PairingId, Known>>,
}

/// Opened people, and the mark of the sealing they were opened from.
type Known = (Vec<u8>, Arc<People>);

/// More than a busy hour needs; at about two kilobytes each this stays small.
const REMEMBERED: usize = 2_000;

impl Opener {
    /// Opens with a key.
    pub fn new(key: RoutingKey) -> Self {
        Self { key, known: Mutex::new(HashMap::new()) }
    }

    /// The routing key.
    pub fn key(&self) -> &RoutingKey {
        &self.key
    }

    /// The programme of a pairing whose people have been opened lately.
    pub fn programme(&self, pairing: PairingId) -> Option<String> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&pairing).map(|(_, people)| people.programme.clone())
    }

    /// The people of a pairing, as the store has them now.
    pub async fn pairing(&self, store: &Store, pairing: PairingId) -> Result<Arc<People>, PeopleTrouble> {
        let sealed = store.pairing_routing(pairing).await?.ok_or(PeopleTrouble::Gone)?;
        Ok(self.of(&sealed)?)
    }

    /// The people of records that were just read; those opened before are remembered while they are unchanged.
    pub fn of(&self, sealed: &PairingRouting) -> Result<Arc<People>, KeyTrouble> {
        let mark = mark_of(sealed);
        if let Some(people) = self.remembered(sealed.pairing, &mark) {
            return Ok(people);
        }
        let people = Arc::new(self.open(sealed)?);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(sealed.pairing, (mark, Arc::clone(&people)));
        Ok(people)
    }

    fn remembered(&self, pairing: PairingId, mark: &[u8]) -> Option<Arc<People>> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (kept, people) = known.get(&pairing)?;
        (kept == mark).then(|| Arc::clone(people))
    }

    fn open(&self, sealed: &PairingRouting) -> Result<People, KeyTrouble> {
        let records = &self.key.records;
        let seeker = Party {
            id: sealed.seeker.person,
            record: PersonRecord::open(records, sealed.seeker.person, &sealed.seeker.sealed)?,
            alias: open_alias(records, sealed.seeker_alias.id, &sealed.seeker_alias.sealed)?,
            language: sealed.seeker.language,
        };
        let volunteer = Party {
            id: sealed.volunteer.person,
            record: PersonRecord::open(records, sealed.volunteer.person, &sealed.volunteer.sealed)?,
            alias: open_alias(records, sealed.volunteer_alias.id, &sealed.volunteer_alias.sealed)?,
            language: sealed.volunteer.language,
        };
        Ok(People { programme: sealed.programme.clone(), seeker, volunteer })
    }
}

/// What tells one sealing from every other: the fresh nonces at the head of each record.
fn mark_of(sealed: &PairingRouting) -> Vec<u8> {
    const NONCE_END: usize = 25;
    let head = |octets: &[u8]| octets.get(..NONCE_END).unwrap_or(octets).to_vec();
    [&sealed.seeker.sealed, &sealed.volunteer.sealed, &sealed.seeker_alias.sealed, &sealed.volunteer_alias.sealed]
        .into_iter()
        .flat_map(|octets| head(octets))
        .collect()
}
