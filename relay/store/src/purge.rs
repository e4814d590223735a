//! Forgetting on schedule: unconfirmed letters end, and rows of letters long gone are removed.

use crate::act::{Act, Conn};
use crate::audit::Actor;
use crate::decide::Decide;
use crate::error::StoreError;
use crate::store::Store;
use brevbro_core::id::LetterId;
use brevbro_core::spool::SpoolEvent;
use brevbro_core::time::{Moment, Span};

/// What a purge did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Purged {
    /// Held letters whose author never confirmed: discarded, bodies erased.
    pub discarded: u64,
    /// Content-free rows of settled letters, removed after their term together with their replay digests.
    pub rows: u64,
}

/// How long the content-free row of a settled letter stays, for reports that come late and for replays.
const TERM: Span = Span::days(30);
/// Rows in one transaction: a purge must not keep letters waiting.
const BATCH: i64 = 200;

impl Store {
    /// Discards what nobody confirmed in time and removes old rows, in small transactions.
    pub async fn purge(&self, now: Moment) -> Result<Purged, StoreError> {
        let mut purged = Purged::default();
        loop {
            let discarded = self.act(DiscardUnconfirmed { now }).await?;
            let rows = self.act(RemoveOld { before: Moment::from_millis(now.as_millis() - TERM.as_millis()) }).await?;
            purged.discarded += discarded;
            purged.rows += rows;
            if discarded + rows == 0 {
                return Ok(purged);
            }
        }
    }
}

struct DiscardUnconfirmed {
    now: Moment,
}

impl Act for DiscardUnconfirmed {
    type Output = u64;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<u64, StoreError> {
        let overdue: Vec<(i64,)> = rows!(conn, OVERDUE, self.now.as_millis(), BATCH)?;
        let mut discarded = 0;
        for (letter,) in overdue {
            let letter = LetterId::from_stored(letter);
            let by = Actor::Relay;
            let decide = Decide { letter, event: SpoolEvent::Discard, note: None, now: self.now, by }.run(conn).await;
            match decide {
                Ok(()) => discarded += 1,
                // Confirmed on another node this very moment.
                Err(StoreError::Conflict | StoreError::SpoolMove(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(discarded)
    }
}

struct RemoveOld {
    before: Moment,
}

impl Act for RemoveOld {
    type Output = u64;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<u64, StoreError> {
        run!(conn, REMOVE_OLD, self.before.as_millis(), BATCH)
    }
}

statements! {
    OVERDUE = "select id from spool where state = 'held' and reason = 'unverified' and due_at <= $1
        order by due_at limit $2";
    REMOVE_OLD = "delete from spool where id in (select id from spool where settled_at < $1
        order by settled_at limit $2)";
}
