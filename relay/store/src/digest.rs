//! The weekly review: how many items of each kind wait for it, and that it was told once.

use crate::act::{Act, Conn};
use crate::error::StoreError;
use crate::notices::{NewNotice, insert_all};
use crate::store::Store;
use crate::stored::{count, word};
use crate::timers::{Timer, move_on};
use brevbro_core::escalation::ItemKind;
use brevbro_core::time::Moment;

/// Items of one kind in one programme that wait for the weekly review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// What raised them.
    pub kind: ItemKind,
    /// The programme; none for what belongs to no pairing.
    pub programme: Option<String>,
    /// How many.
    pub number: usize,
}

impl Store {
    /// What waits for the weekly review, by kind and programme.
    pub async fn routine_items(&self) -> Result<Vec<Waiting>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(String, Option<String>, i64)> = rows!(&mut reader.conn(), ROUTINE)?;
        let waiting = |(kind, programme, number): (String, Option<String>, i64)| {
            let kind = word(&kind, "item.kind")?;
            Ok(Waiting { kind, programme, number: count(number, "count")? })
        };
        rows.into_iter().map(waiting).collect()
    }

    /// Moves the duty on with the letters it causes; `false` when another node did.
    pub async fn digest_told(
        &self,
        seen: Timer,
        next: Moment,
        notices: Vec<NewNotice>,
        now: Moment,
    ) -> Result<bool, StoreError> {
        self.act(Tell { seen, next, notices, now }).await
    }
}

struct Tell {
    seen: Timer,
    next: Moment,
    notices: Vec<NewNotice>,
    now: Moment,
}

impl Act for Tell {
    type Output = bool;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<bool, StoreError> {
        if !move_on(conn, &self.seen, self.next).await? {
            return Ok(false);
        }
        insert_all(conn, &self.notices, &[], self.now).await?;
        Ok(true)
    }
}

statements! {
    ROUTINE = "select i.kind, p.programme, count(*) from item i left join pairing p on p.id = i.pairing_id
        where i.state in ('raised', 'seen') and i.severity = 'routine'
        group by i.kind, p.programme order by i.kind, p.programme";
}
