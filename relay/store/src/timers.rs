//! Recurring duties: when each is due next, so that it is done once, whoever does it.

use crate::act::{Act, Conn};
use crate::error::StoreError;
use crate::store::Store;
use brevbro_core::time::Moment;

/// A duty and the moment it is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timer {
    /// What is to be done.
    pub kind: String,
    /// When.
    pub due_at: Moment,
}

impl Store {
    /// When a duty is due; it is set to `first` when nobody has set it.
    pub async fn timer(&self, kind: &str, first: Moment) -> Result<Moment, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(i64,)> = rows!(&mut reader.conn(), DUE, kind)?;
        drop(reader);
        match rows.first() {
            Some(row) => Ok(Moment::from_millis(row.0)),
            None => self.act(SetFirst { kind: kind.to_owned(), first }).await,
        }
    }

    /// Moves a duty on once it is done; `false` when another node did.
    pub async fn timer_done(&self, seen: Timer, next: Moment) -> Result<bool, StoreError> {
        self.act(Done { seen, next }).await
    }
}

struct SetFirst {
    kind: String,
    first: Moment,
}

impl Act for SetFirst {
    type Output = Moment;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<Moment, StoreError> {
        run!(conn, SET_FIRST, self.kind.as_str(), self.first.as_millis())?;
        let rows: Vec<(i64,)> = rows!(conn, DUE, self.kind.as_str())?;
        Ok(rows.first().map_or(self.first, |row| Moment::from_millis(row.0)))
    }
}

struct Done {
    seen: Timer,
    next: Moment,
}

impl Act for Done {
    type Output = bool;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<bool, StoreError> {
        move_on(conn, &self.seen, self.next).await
    }
}

/// Moves a duty on; `false` when it is not as it was seen.
pub(crate) async fn move_on(conn: &mut Conn<'_>, seen: &Timer, next: Moment) -> Result<bool, StoreError> {
    Ok(run!(conn, MOVE, seen.kind.as_str(), seen.due_at.as_millis(), next.as_millis())? == 1)
}

statements! {
    DUE = "select due_at from timer where kind = $1 and subject = 0";
    SET_FIRST = "insert into timer (kind, subject, due_at) values ($1, 0, $2) on conflict (kind, subject) do nothing";
    MOVE = "update timer set due_at = $3 where kind = $1 and subject = 0 and due_at = $2";
}
