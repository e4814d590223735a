//! Items that nobody has answered in time: each goes on to the next contact on the ladder.

use crate::act::{Act, Conn};
use crate::audit::Actor;
use crate::error::StoreError;
use crate::items::record;
use crate::notices::{NewNotice, insert_all};
use crate::store::Store;
use crate::stored::{count, word};
use brevbro_core::escalation::{ItemKind, Severity};
use brevbro_core::id::ItemId;
use brevbro_core::time::Moment;

/// An item whose time has run out, as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueItem {
    /// The item.
    pub id: ItemId,
    /// What raised it.
    pub kind: ItemKind,
    /// How soon a human must look.
    pub severity: Severity,
    /// The programme of its pairing, or of whoever raised it.
    pub programme: Option<String>,
    /// When it was raised.
    pub raised_at: Moment,
    /// How often it has gone on.
    pub rung: u32,
    /// When its time ran out.
    pub lapses_at: Moment,
}

impl Store {
    /// Items whose time has run out, the oldest first.
    pub async fn items_lapsed(&self, now: Moment, limit: u32) -> Result<Vec<DueItem>, StoreError> {
        let mut reader = self.reader().await?;
        // The time alone says that an item is open: an answered one has none. A state asked for beside it would lead
        // SQLite to walk over every open item.
        let rows: Vec<Stored> = rows!(&mut reader.conn(), DUE, now.as_millis(), i64::from(limit))?;
        rows.into_iter().map(read).collect()
    }

    /// Sets an item's time, and sends it on with what is said; `false` when somebody was faster.
    pub async fn item_goes_on(
        &self,
        seen: DueItem,
        (rung, lapses_at): (u32, Option<Moment>),
        notices: Vec<NewNotice>,
        now: Moment,
    ) -> Result<bool, StoreError> {
        self.act(GoOn { seen, rung, lapses_at, notices, now }).await
    }
}

struct GoOn {
    seen: DueItem,
    rung: u32,
    lapses_at: Option<Moment>,
    notices: Vec<NewNotice>,
    now: Moment,
}

impl Act for GoOn {
    type Output = bool;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<bool, StoreError> {
        let (id, seen) = (self.seen.id.stored(), self.seen.lapses_at.as_millis());
        let next = self.lapses_at.map(Moment::as_millis);
        if run!(conn, GO_ON, id, seen, i64::from(self.rung), next)? != 1 {
            return Ok(false);
        }
        if self.rung > self.seen.rung {
            record(conn, self.seen.id, "item lapse", Actor::Relay, self.now).await?;
        }
        insert_all(conn, &self.notices, &[], self.now).await?;
        Ok(true)
    }
}

type Stored = (i64, String, String, Option<String>, i64, i64, i64);

fn read((id, kind, severity, programme, raised_at, rung, lapses_at): Stored) -> Result<DueItem, StoreError> {
    Ok(DueItem {
        id: ItemId::from_stored(id),
        kind: word(&kind, "item.kind")?,
        severity: word(&severity, "item.severity")?,
        programme,
        raised_at: Moment::from_millis(raised_at),
        rung: count(rung, "item.rung")?,
        lapses_at: Moment::from_millis(lapses_at),
    })
}

statements! {
    DUE = "select i.id, i.kind, i.severity, coalesce(p.programme, i.programme), i.raised_at, i.rung, i.lapses_at
        from item i left join pairing p on p.id = i.pairing_id
        where i.lapses_at <= $1 order by i.lapses_at limit $2";
    GO_ON = "update item set rung = $3, lapses_at = $4, state = 'raised'
        where id = $1 and lapses_at = $2 and state in ('raised', 'seen')";
}
