//! One opened letter on its way out, and how a claimed row becomes one.

use super::outcome::Unopened;
use super::{Courier, Flight};
use crate::outbound::Outbound;
use crate::people::{People, PeopleTrouble};
use crate::record::PersonRecord;
use brevbro_core::address::EmailAddr;
use brevbro_core::id::{LetterId, PairingId};
use brevbro_core::party::Side;
use brevbro_core::safe_hours::SafeHours;
use brevbro_core::seal::Digest;
use brevbro_core::spool::GIVE_UP_AFTER;
use brevbro_core::time::Moment;
use brevbro_sanitise::Clean;
use brevbro_store::{Claimed, NoticeTo, Receipt};

/// An opened letter.
pub struct Errand {
    /// The letter.
    pub id: LetterId,
    /// Its pairing and who wrote it; a notice has no author to tell.
    pub pairing: Option<PairingId>,
    /// The side that wrote, for a letter between the two.
    pub author: Option<Side>,
    /// Whether it goes to the organisation's contact.
    pub for_contact: bool,
    /// The octets to send.
    pub message: Vec<u8>,
    /// The real mailbox. It exists here and in the SMTP envelope, nowhere else.
    pub to: EmailAddr,
    /// Attempts including this one.
    pub attempts: u32,
    /// When it was accepted.
    pub created_at: Moment,
    /// When it is given up.
    pub give_up_at: Moment,
    /// Whether the writer has heard of the delay.
    pub delay_told: bool,
    /// The hours in which it may be brought, where the reader has chosen some.
    pub hours: Option<SafeHours>,
    /// Its lease is renewed while this lives.
    pub flight: Flight,
}

impl Errand {
    /// A letter straight from its commit.
    pub fn fresh(
        receipt: &Receipt,
        (pairing, author): (PairingId, Side),
        clean: Clean,
        people: &People,
        (flight, now): (Flight, Moment),
    ) -> Option<Self> {
        let reader = &people.side(author.other()).record;
        Some(Self {
            id: receipt.letter,
            pairing: Some(pairing),
            author: Some(author),
            to: reader.primary()?,
            hours: reader.wishes.hours(),
            for_contact: false,
            message: clean.into_bytes(),
            attempts: 1,
            created_at: now,
            give_up_at: now + GIVE_UP_AFTER,
            delay_told: false,
            flight,
        })
    }
}

impl<O: Outbound + 'static> Courier<O> {
    /// Opens a claimed letter and finds the mailbox it goes to, as it is enrolled now: an address that a
    /// person gave up must never get one more letter.
    pub(super) async fn open(&self, letter: &Claimed, flight: Flight) -> Result<Errand, Unopened> {
        let (to, hours) = self.mailbox_of(letter).await?;
        let message = self.opening.open(&letter.body).map_err(|_| Unopened::Corrupt)?;
        Ok(Errand {
            id: letter.id,
            pairing: letter.pairing,
            author: letter.author_side,
            for_contact: matches!(letter.recipient, NoticeTo::Contact | NoticeTo::Staff(_)),
            message,
            to,
            attempts: letter.attempts,
            created_at: letter.created_at,
            give_up_at: letter.give_up_at,
            delay_told: letter.delay_told,
            hours,
            flight,
        })
    }

    async fn mailbox_of(&self, letter: &Claimed) -> Result<(EmailAddr, Option<SafeHours>), Unopened> {
        if let (Some(pairing), Some(author)) = (letter.pairing, letter.author_side) {
            let people = self.house.people.pairing(&self.house.store, pairing).await.map_err(unopened)?;
            let reader = &people.side(author.other()).record;
            return Ok((reader.primary().ok_or(Unopened::Corrupt)?, reader.wishes.hours()));
        }
        let staff = match &letter.recipient {
            NoticeTo::Contact => self.house.contact.clone(),
            // A contact who has left the ladder gets nothing more; what was meant for them goes to the contact.
            NoticeTo::Staff(digest) => {
                let mut ladders = self.house.programmes.iter().flat_map(|(_, rules)| rules.mailboxes());
                let found = ladders.find(|mailbox| self.house.index.mailbox(mailbox) == *digest);
                found.or_else(|| self.house.contact.clone())
            }
            NoticeTo::Person { id, address } => {
                let sealed = self.house.store.routing(*id).await.map_err(|_| Unopened::Later)?.ok_or(Unopened::Gone)?;
                let record = PersonRecord::open(&self.house.people.key().records, *id, &sealed.sealed)
                    .map_err(|_| Unopened::Corrupt)?;
                let to = self.enrolled(&record, *address).ok_or(Unopened::Gone)?;
                return Ok((to, record.wishes.hours()));
            }
        };
        Ok((staff.ok_or(Unopened::NoContact)?, None))
    }

    /// The mailbox a notice was written for, if it is still enrolled; else the first.
    fn enrolled(&self, record: &PersonRecord, address: Option<Digest>) -> Option<EmailAddr> {
        match address {
            Some(digest) => record.mailboxes().find(|m| self.house.index.mailbox(m) == digest),
            None => record.primary(),
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` takes")]
fn unopened(trouble: PeopleTrouble) -> Unopened {
    match trouble {
        PeopleTrouble::Store(_) => Unopened::Later,
        PeopleTrouble::Key(_) => Unopened::Corrupt,
        PeopleTrouble::Gone => Unopened::Gone,
    }
}
