//! Routing records: who a person is, as it is sealed in the store, and the identity the sanitise desk needs.

use crate::discretion::Wishes;
use crate::keys::{KeyTrouble, Place, RecordKey};
use brevbro_core::address::EmailAddr;
use brevbro_core::id::{AliasId, PersonId};
use serde::{Deserialize, Serialize};

/// All that identifies one person. Sealed as one record, opened only where it is needed; no `Debug`.
#[derive(Clone, Default, Serialize, Deserialize, PartialEq, Eq)]
pub struct PersonRecord {
    /// Real names, the fullest first; may be empty for an anonymous seeker (S39).
    #[serde(default)]
    pub names: Vec<String>,
    /// The only name the other side sees (S38).
    pub known_as: String,
    /// Enrolled mailboxes; letters go to the first.
    pub addresses: Vec<String>,
    /// Telephone numbers.
    #[serde(default)]
    pub phones: Vec<String>,
    /// Anything else that identifies.
    #[serde(default)]
    pub other: Vec<String>,
    /// How the person wants to be written to.
    #[serde(default, skip_serializing_if = "Wishes::is_empty")]
    pub wishes: Wishes,
}

impl PersonRecord {
    /// The mailbox letters go to.
    pub fn primary(&self) -> Option<EmailAddr> {
        self.mailboxes().next()
    }

    /// Every enrolled mailbox.
    pub fn mailboxes(&self) -> impl Iterator<Item = EmailAddr> + '_ {
        self.addresses.iter().filter_map(|a| EmailAddr::parse(a).ok())
    }

    /// Seals the record to its row.
    pub fn seal(&self, key: &RecordKey, person: PersonId) -> Result<Vec<u8>, KeyTrouble> {
        let plain = serde_json::to_vec(self).map_err(|_| KeyTrouble::CannotSeal)?;
        key.seal(person_place(person), &plain)
    }

    /// Opens a record from its row.
    pub fn open(key: &RecordKey, person: PersonId, sealed: &[u8]) -> Result<Self, KeyTrouble> {
        let plain = key.open(person_place(person), sealed)?;
        serde_json::from_slice(&plain).map_err(|_| KeyTrouble::CannotOpen)
    }
}

/// Seals an alias to its row.
pub fn seal_alias(key: &RecordKey, alias: AliasId, address: &EmailAddr) -> Result<Vec<u8>, KeyTrouble> {
    key.seal(alias_place(alias), address.on_wire().as_bytes())
}

/// Opens an alias from its row.
pub fn open_alias(key: &RecordKey, alias: AliasId, sealed: &[u8]) -> Result<EmailAddr, KeyTrouble> {
    let plain = key.open(alias_place(alias), sealed)?;
    let text = std::str::from_utf8(&plain).map_err(|_| KeyTrouble::CannotOpen)?;
    EmailAddr::parse(text).map_err(|_| KeyTrouble::CannotOpen)
}

fn person_place(person: PersonId) -> Place {
    Place { column: "person.routing", row: person.stored() }
}

fn alias_place(alias: AliasId) -> Place {
    Place { column: "alias.sealed", row: alias.stored() }
}
