//! Desk 9: what became of an attempt, with the ledger, the body's end and the notices in one transaction.

use crate::act::{Act, Conn};
use crate::claim::Node;
use crate::error::StoreError;
use crate::items::NewItem;
use crate::ledger::Booking;
use crate::notices::{NewNotice, insert_all, octets_of};
use crate::store::Store;
use brevbro_core::id::{EntryId, LetterId};
use brevbro_core::spool::{QuarantineReason, SpoolEvent, SpoolState};
use brevbro_core::time::Moment;

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The next hop took it.
    Delivered,
    /// Not now.
    Deferred {
        /// When to try again.
        due_at: Moment,
        /// Whether this was a real attempt: a drained node gives letters back untried.
        count_attempt: bool,
    },
    /// For good, or the last day is over.
    Failed,
    /// The body cannot be opened.
    Corrupt,
}

/// An attempt's end.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// The letter.
    pub letter: LetterId,
    /// The node that claimed it.
    pub node: Node,
    /// When.
    pub now: Moment,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether the author is told now that it takes longer.
    pub told_delay: bool,
    /// Notices that go with it.
    pub notices: Vec<NewNotice>,
    /// Items that go with it.
    pub items: Vec<NewItem>,
    /// The key of the ledger's entry.
    pub settled_entry: EntryId,
}

impl Store {
    /// Settles an attempt. [`StoreError::Conflict`] when this node no longer holds the claim: nothing is written
    /// then, and whoever holds it settles.
    pub async fn settle(&self, settlement: Settlement) -> Result<(), StoreError> {
        self.act(settlement).await
    }
}

impl Outcome {
    fn event(self) -> SpoolEvent {
        match self {
            Self::Delivered => SpoolEvent::Succeeded,
            Self::Deferred { .. } => SpoolEvent::Deferred,
            Self::Failed => SpoolEvent::GaveUp,
            Self::Corrupt => SpoolEvent::FoundCorrupt,
        }
    }
}

impl Act for Settlement {
    type Output = ();

    fn weight(&self) -> usize {
        octets_of(&self.notices)
    }

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let state = SpoolState::Claimed.after(self.outcome.event())?;
        let booking = self.move_on(conn, state).await?;
        if !state.keeps_body() {
            run!(conn, DELETE_BODY, self.letter.stored())?;
        }
        match (self.outcome, booking) {
            (Outcome::Delivered, Some(booking)) => booking.settle(conn, self.settled_entry, self.now).await?,
            (Outcome::Failed, Some(booking)) => booking.release(conn, self.settled_entry, self.now).await?,
            _ => {}
        }
        insert_all(conn, &self.notices, &self.items, self.now).await
    }
}

impl Settlement {
    /// The guarded move; gives the letter's booking, if it has one.
    async fn move_on(&self, conn: &mut Conn<'_>, state: SpoolState) -> Result<Option<Booking>, StoreError> {
        let (due_at, uncounted) = match self.outcome {
            Outcome::Deferred { due_at, count_attempt } => (Some(due_at.as_millis()), i64::from(!count_attempt)),
            _ => (None, 0),
        };
        let settled_at = (!state.keeps_body()).then_some(self.now.as_millis());
        let reason = (self.outcome == Outcome::Corrupt).then_some(QuarantineReason::Corrupt.word());
        let rows: Vec<Moved> = rows!(
            conn,
            SETTLE,
            self.letter.stored(),
            self.node.stored(),
            state.word(),
            due_at,
            uncounted,
            settled_at,
            reason,
            self.told_delay,
            self.outcome == Outcome::Failed,
        )?;
        let (booked, pairing, author, week, tenths) = rows.into_iter().next().ok_or(StoreError::Conflict)?;
        if booked { Booking::read(self.letter, pairing, author.as_deref(), week, tenths) } else { Ok(None) }
    }
}

/// Whether it is booked; pairing, author's side, week and tenths.
type Moved = (bool, Option<i64>, Option<String>, Option<i64>, Option<i64>);

statements! {
    /// A letter that did not arrive gives up its replay digest: the same letter may be sent again.
    SETTLE = "update spool set state = $3, due_at = $4, attempts = attempts - $5, settled_at = $6, reason = $7,
        delay_told = (delay_told or $8), replay = case when $9 then null else replay end, lease_node = null
        where id = $1 and state = 'claimed' and lease_node = $2
        returning booked, pairing_id, author_side, week, tenths";
    DELETE_BODY = "delete from spool_body where spool_id = $1";
}
