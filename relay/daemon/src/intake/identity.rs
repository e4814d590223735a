//! What the sanitise desk must take out and may show, for one pairing and one direction.

use crate::people::{Party, People};
use brevbro_core::address::Domain;
use brevbro_core::party::Side;
use brevbro_sanitise::Identity;
use brevbro_sanitise::identity::{Party as KnownParty, Relay};

/// The identity record of a letter that `author` writes.
pub fn identity_of(people: &People, author: Side, domain: &Domain, spared: &[String]) -> Identity {
    let (sender, recipient) = (people.side(author), people.side(author.other()));
    Identity {
        sender: known(sender),
        recipient: known(recipient),
        relay: Relay { domain: domain.ascii().to_owned(), language: recipient.language, spared: spared.to_vec() },
    }
}

fn known(party: &Party) -> KnownParty {
    let record = &party.record;
    KnownParty {
        names: record.names.clone(),
        addresses: record.addresses.clone(),
        address: None,
        phones: record.phones.clone(),
        other: record.other.clone(),
        pseudonym: Some(record.known_as.clone()),
        alias: Some(party.alias.clone()),
    }
}
