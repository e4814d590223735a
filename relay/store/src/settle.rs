//! Desk 9: what became of an attempt, with the ledger, the body's end and the notices in one transaction.

use crate::act::{Act, Conn};
use crate::audit::Actor;
use crate::claim::Node;
use crate::error::StoreError;
use crate::items::NewItem;
use crate::ledger::give_back;
use crate::notices::{NewNotice, insert_all, octets_of};
use crate::reading;
use crate::store::Store;
use brevbro_core::id::{EntryId, LetterId};
use brevbro_core::ledger::EntryKind;
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

    /// The letter has left, or waits; only its row is behind.
    fn is_patient(&self) -> bool {
        true
    }

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let state = SpoolState::Claimed.after(self.outcome.event())?;
        let moved = match self.outcome {
            Outcome::Delivered | Outcome::Failed => self.end(conn, state).await?,
            Outcome::Deferred { .. } | Outcome::Corrupt => self.put_back(conn, state).await?,
        };
        if !moved {
            return Err(StoreError::Conflict);
        }
        if self.outcome == Outcome::Failed {
            reading::forget(conn, self.letter).await?;
        }
        insert_all(conn, &self.notices, &self.items, self.now).await
    }
}

impl Settlement {
    /// The letter's end: on record when it arrived, its booking given back when it did not, its body gone.
    /// Each statement asks for the claim itself; `false` when it is not there any more, and the caller must then
    /// undo: on Postgres it can go between two statements.
    async fn end(&self, conn: &mut Conn<'_>, state: SpoolState) -> Result<bool, StoreError> {
        let (id, node, now) = (self.letter.stored(), self.node.stored(), self.now.as_millis());
        let has_failed = self.outcome == Outcome::Failed;
        if has_failed {
            give_back(conn, self.letter, self.now).await?;
        } else {
            let (entry, kind) = (self.settled_entry.stored(), EntryKind::Settled.word());
            run!(conn, FOLLOW, id, node, entry, kind, now, Actor::Relay.word())?;
        }
        run!(conn, DELETE_BODY, id, node)?;
        // The row moves last: the others look for the claim that it takes away.
        Ok(run!(conn, END, id, node, state.word(), now, has_failed, self.told_delay)? == 1)
    }

    /// The letter waits: for its next attempt, or for a person.
    async fn put_back(&self, conn: &mut Conn<'_>, state: SpoolState) -> Result<bool, StoreError> {
        let (due_at, uncounted) = match self.outcome {
            Outcome::Deferred { due_at, count_attempt } => (Some(due_at.as_millis()), i64::from(!count_attempt)),
            _ => (None, 0),
        };
        let reason = (self.outcome == Outcome::Corrupt).then_some(QuarantineReason::Corrupt.word());
        let moved = run!(
            conn,
            PUT_BACK,
            self.letter.stored(),
            self.node.stored(),
            state.word(),
            due_at,
            uncounted,
            reason,
            self.told_delay,
        )?;
        Ok(moved == 1)
    }
}

statements! {
    /// An entry without a change, so that the letter's arrival is on record; notices have none.
    FOLLOW = "insert into ledger_entry (id, pairing_id, week, kind, tenths, letter_id, author_side, made_at, made_by)
        select cast($3 as bigint), pairing_id, week, $4, 0, id, author_side, cast($5 as bigint), $6
        from spool where id = $1 and state = 'claimed' and lease_node = $2 and booked";
    DELETE_BODY = "delete from spool_body where spool_id = $1
        and exists (select 1 from spool where id = $1 and state = 'claimed' and lease_node = $2)";
    /// A letter that did not arrive gives up its replay digest: the same letter may be sent again.
    END = "update spool set state = $3, due_at = null, settled_at = $4, reason = null, lease_node = null,
        replay = case when $5 then null else replay end, delay_told = (delay_told or $6)
        where id = $1 and state = 'claimed' and lease_node = $2";
    PUT_BACK = "update spool set state = $3, due_at = $4, attempts = attempts - $5, reason = $6, lease_node = null,
        delay_told = (delay_told or $7)
        where id = $1 and state = 'claimed' and lease_node = $2";
}
