//! Desk 8's first half: a node claims what is due, under a lease that returns by itself.

use crate::act::{Act, Conn};
use crate::dialect::PerEngine;
use crate::error::StoreError;
use crate::notices::To;
use crate::queue::SpoolKind;
use crate::store::Store;
use crate::stored::{count, digest, maybe_word, moment, word};
use brevbro_core::id::{LetterId, PairingId, PersonId};
use brevbro_core::party::Side;
use brevbro_core::seal::Sealed;
use brevbro_core::spool::LEASE;
use brevbro_core::time::Moment;

/// One run of one process, told apart from its own earlier runs, so that a restart does not renew dead claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Node(i64);

impl Node {
    /// Makes a node from random bits.
    pub fn from_random(bits: u64) -> Self {
        Self(i64::try_from(bits >> 1).unwrap_or(0))
    }

    pub(crate) fn stored(self) -> i64 {
        self.0
    }
}

/// A letter or notice that this node alone may try now.
#[derive(Debug, Clone)]
pub struct Claimed {
    /// Its key.
    pub id: LetterId,
    /// Letter or notice.
    pub kind: SpoolKind,
    /// The pairing it belongs to.
    pub pairing: Option<PairingId>,
    /// The side that wrote; `None` for a notice.
    pub author_side: Option<Side>,
    /// Who wrote; `None` for a notice.
    pub author: Option<PersonId>,
    /// Who is to get it.
    pub recipient: To,
    /// The sealed octets; empty when the body is missing, which no key opens (corrupt is a state, not a panic).
    pub body: Sealed,
    /// Attempts, this one included.
    pub attempts: u32,
    /// When it was taken.
    pub created_at: Moment,
    /// When trying ends.
    pub give_up_at: Moment,
    /// Whether the author has heard that it takes longer.
    pub delay_told: bool,
    /// The notice's template.
    pub notice_name: Option<String>,
}

/// Octets of bodies that one claim takes into memory; a single larger letter is still claimed.
const CLAIM_OCTETS: i64 = 8 << 20;

impl Store {
    /// Claims up to `limit` letters that are due. The attempt is written down before it is made; should this
    /// node die, its lease ends and the letter is due again.
    pub async fn claim(&self, node: Node, now: Moment, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        self.act(Claim { node, now, limit }).await
    }

    /// Lengthens the leases of letters this node works on, and tells how many it still held. A claim that
    /// nobody works on lapses: the answer to a committed claim can be lost, and nobody would know of it.
    pub async fn renew(&self, node: Node, letters: Vec<LetterId>, now: Moment) -> Result<u64, StoreError> {
        self.act(Renew { node, letters, now }).await
    }

    /// Gives back every claim, whoever holds it. Only right when no other node can be alive: at the start of
    /// the single node on SQLite.
    pub async fn release_all_claims(&self, now: Moment) -> Result<u64, StoreError> {
        self.act(ReleaseAll { now }).await
    }

    /// When the next letter is due or the next lease ends.
    pub async fn next_due(&self) -> Result<Option<Moment>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(Option<i64>, Option<i64>)> = rows!(&mut reader.conn(), NEXT_DUE)?;
        Ok(moment(rows.into_iter().flat_map(|(queued, claimed)| [queued, claimed]).flatten().min()))
    }
}

struct Claim {
    node: Node,
    now: Moment,
    limit: u32,
}

impl Act for Claim {
    type Output = Vec<Claimed>;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<Vec<Claimed>, StoreError> {
        let now = self.now.as_millis();
        let (lapse, claim) = (LAPSE.of(conn), CLAIM.of(conn));
        run!(conn, lapse, now)?;
        let lease_until = (self.now + LEASE).as_millis();
        let rows: Vec<Stored> =
            rows!(conn, claim, now, lease_until, self.node.stored(), i64::from(self.limit), CLAIM_OCTETS)?;
        rows.into_iter().map(read).collect()
    }
}

struct Renew {
    node: Node,
    letters: Vec<LetterId>,
    now: Moment,
}

impl Act for Renew {
    type Output = u64;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<u64, StoreError> {
        let until = (self.now + LEASE).as_millis();
        let mut renewed = 0;
        for letter in &self.letters {
            renewed += run!(conn, RENEW, self.node.stored(), until, letter.stored())?;
        }
        Ok(renewed)
    }
}

struct ReleaseAll {
    now: Moment,
}

impl Act for ReleaseAll {
    type Output = u64;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<u64, StoreError> {
        run!(conn, RELEASE_ALL, self.now.as_millis())
    }
}

type Stored = (
    i64,
    String,
    Option<i64>,
    Option<String>,
    Option<i64>,
    Option<i64>,
    Option<Vec<u8>>,
    i64,
    i64,
    i64,
    bool,
    Option<String>,
    Option<Vec<u8>>,
);

fn read(row: Stored) -> Result<Claimed, StoreError> {
    let (id, kind, pairing, side, author, recipient, address, attempts, created, give_up, told, name, body) = row;
    Ok(Claimed {
        id: LetterId::from_stored(id),
        kind: word::<SpoolKind>(&kind, "spool.kind")?,
        pairing: pairing.map(PairingId::from_stored),
        author_side: maybe_word(side.as_deref(), "spool.author_side")?,
        author: author.map(PersonId::from_stored),
        recipient: recipient_of(recipient, address.as_deref())?,
        body: Sealed::from_sealed_octets(body.unwrap_or_default()),
        attempts: count(attempts, "spool.attempts")?,
        created_at: Moment::from_millis(created),
        give_up_at: Moment::from_millis(give_up),
        delay_told: told,
        notice_name: name,
    })
}

/// A row without a person is for staff: for one mailbox, or for the organisation's contact.
pub(crate) fn recipient_of(person: Option<i64>, address: Option<&[u8]>) -> Result<To, StoreError> {
    let address = address.map(digest).transpose()?;
    Ok(match (person, address) {
        (Some(person), address) => To::Person { id: PersonId::from_stored(person), address },
        (None, Some(mailbox)) => To::Staff(mailbox),
        (None, None) => To::Contact,
    })
}

/// Leases that ran out: due again at once, because the lease was the wait.
///
/// The state is asked for where the rows are chosen (and, on Postgres, locked), not a second time outside: there it
/// would lead SQLite to walk over every row in that state.
pub(crate) const LAPSE: PerEngine = claiming!(
    "update spool set state = 'queued', lease_node = null
        where id in (select id from spool where state = 'claimed' and due_at <= $1 order by due_at",
    ")"
);

/// Takes the oldest due letters, no more than $4 of them and $5 octets, but at least one.
pub(crate) const CLAIM: PerEngine = claiming!(
    "update spool set state = 'claimed', attempts = attempts + 1, due_at = $2, lease_node = $3
        where id in (
            select id from (
                select id, sum(size) over (order by due_at, id) as octets, row_number() over (order by due_at, id) as place
                from (select id, size, due_at from spool where state = 'queued' and due_at <= $1
                      order by due_at, id limit $4",
    ") due) counted where place = 1 or octets <= $5)
        returning id, kind, pairing_id, author_side, author_id, recipient_id, address_digest, attempts, created_at,
            give_up_at, delay_told, notice_name, (select sealed from spool_body where spool_id = spool.id)"
);

statements! {
    RENEW = "update spool set due_at = $2 where id = $3 and state = 'claimed' and lease_node = $1";
    RELEASE_ALL = "update spool set state = 'queued', lease_node = null, due_at = $1 where state = 'claimed'";
    NEXT_DUE = "select (select min(due_at) from spool where state = 'queued'),
        (select min(due_at) from spool where state = 'claimed')";
}
