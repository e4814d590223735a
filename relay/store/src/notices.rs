//! Mail we write ourselves: spool rows committed with their cause.

use crate::act::{Act, Conn};
use crate::error::StoreError;
use crate::intake::{Receipt, earlier};
use crate::items::NewItem;
use crate::store::Store;
use crate::stored::{octets, size};
use brevbro_core::id::{LetterId, PairingId, PersonId};
use brevbro_core::seal::{Digest, Sealed};
use brevbro_core::spool::{GIVE_UP_AFTER, QuarantineReason, SpoolState};
use brevbro_core::time::Moment;

/// Who is to get a letter or a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum To {
    /// An enrolled person.
    Person {
        /// Who.
        id: PersonId,
        /// One particular enrolled address; otherwise the first one.
        address: Option<Digest>,
    },
    /// The organisation's contact.
    Contact,
    /// A contact on a programme's ladder, found in the configuration by this digest of the mailbox.
    Staff(Digest),
}

/// Who is to get a notice.
pub type NoticeTo = To;

/// A notice to be queued with the act that causes it.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// Its key.
    pub id: LetterId,
    /// Its template's name.
    pub name: &'static str,
    /// Who is to get it.
    pub to: NoticeTo,
    /// The rendered notice, sealed to the delivery key.
    pub body: Sealed,
    /// The pairing it is about.
    pub pairing: Option<PairingId>,
    /// When it was written; it is due at once.
    pub now: Moment,
}

/// A letter that goes to no other party: somebody wrote to the desk, to postmaster or to abuse.
#[derive(Debug)]
pub struct Post {
    /// The notice that carries the letter.
    pub notice: NewNotice,
    /// Set when there is nobody to bring it to yet: it then waits for a person.
    pub quarantine: Option<QuarantineReason>,
    /// The keyed digest by which a second copy of the same letter is known.
    pub replay: Option<Digest>,
    /// Items that go with it.
    pub items: Vec<NewItem>,
}

impl Store {
    /// Commits a letter to the desk as one notice with its items.
    pub async fn post(&self, post: Post) -> Result<Receipt, StoreError> {
        self.act(post).await
    }
}

impl Act for Post {
    type Output = Receipt;

    fn weight(&self) -> usize {
        self.notice.body.octets().len()
    }

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<Receipt, StoreError> {
        self.write(conn).await
    }
}

impl Post {
    /// Writes the letter with its items, unless it was here before.
    pub(crate) async fn write(&self, conn: &mut Conn<'_>) -> Result<Receipt, StoreError> {
        if !self.notice.write(conn, self.quarantine, self.replay.as_ref()).await? {
            return earlier(conn, self.replay.as_ref()).await;
        }
        insert_all(conn, &[], &self.items, self.notice.now).await?;
        let state = first_state(self.quarantine);
        Ok(Receipt { letter: self.notice.id, state, held: None, duplicate: false })
    }
}

fn first_state(kept: Option<QuarantineReason>) -> SpoolState {
    if kept.is_some() { SpoolState::Quarantined } else { SpoolState::Queued }
}

/// Octets of the notices' bodies.
pub(crate) fn octets_of(notices: &[NewNotice]) -> usize {
    notices.iter().map(|notice| notice.body.octets().len()).sum()
}

/// Writes what an act causes beside itself.
pub(crate) async fn insert_all(
    conn: &mut Conn<'_>,
    notices: &[NewNotice],
    items: &[NewItem],
    now: Moment,
) -> Result<(), StoreError> {
    for notice in notices {
        notice.insert(conn).await?;
    }
    for item in items {
        item.insert(conn, now).await?;
    }
    Ok(())
}

impl NewNotice {
    async fn insert(&self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        self.write(conn, None, None).await.map(drop)
    }

    /// Writes it, unless this very letter was here before.
    pub(crate) async fn write(
        &self,
        conn: &mut Conn<'_>,
        kept: Option<QuarantineReason>,
        replay: Option<&Digest>,
    ) -> Result<bool, StoreError> {
        let (recipient, address) = match &self.to {
            To::Person { id, address } => (Some(id.stored()), address.as_ref()),
            To::Contact => (None, None),
            To::Staff(mailbox) => (None, Some(mailbox)),
        };
        let inserted = run!(
            conn,
            INSERT_NOTICE,
            self.id.stored(),
            first_state(kept).word(),
            kept.map(QuarantineReason::word),
            kept.is_none().then_some(self.now.as_millis()),
            self.now.as_millis(),
            (self.now + GIVE_UP_AFTER).as_millis(),
            size(&self.body),
            self.pairing.map(PairingId::stored),
            recipient,
            octets(address),
            self.name,
            octets(replay),
        )?;
        if inserted == 1 {
            run!(conn, INSERT_BODY, self.id.stored(), self.body.octets())?;
        }
        Ok(inserted == 1)
    }
}

statements! {
    INSERT_NOTICE = "insert into spool (id, kind, state, reason, due_at, created_at, give_up_at, attempts, delay_told,
        size, pairing_id, recipient_id, address_digest, notice_name, booked, replay)
        values ($1, 'notice', $2, $3, $4, $5, $6, 0, false, $7, $8, $9, $10, $11, false, $12)
        on conflict (replay) do nothing";
    INSERT_BODY = "insert into spool_body (spool_id, sealed) values ($1, $2)";
}
