//! SQLite's reading connections: a few that are kept, each lent to one reading at a time.
//!
//! The driver's own pool asks a connection for a sign of life each time it comes back, which on SQLite means waking its
//! thread and waiting for it; a file next door does not hang up, so here nothing is asked.

use crate::error::StoreError;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long a reading waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(5);
/// How long one is kept: should its thread ever die, its place heals by itself.
const LIFE: Duration = Duration::from_mins(10);

/// All reading connections. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Readers(Arc<Shelf>);

struct Shelf {
    options: SqliteConnectOptions,
    places: Arc<Semaphore>,
    idle: Mutex<Vec<Kept>>,
}

struct Kept {
    conn: SqliteConnection,
    opened: Instant,
}

/// A connection on loan; it goes back when this is dropped.
pub(crate) struct Loan {
    shelf: Arc<Shelf>,
    kept: Option<Kept>,
    _place: OwnedSemaphorePermit,
}

impl Readers {
    /// At most `most` connections; none is opened before it is needed.
    pub(crate) fn new(options: SqliteConnectOptions, most: u32) -> Self {
        let places = Arc::new(Semaphore::new(usize::try_from(most.max(1)).unwrap_or(1)));
        Self(Arc::new(Shelf { options, places, idle: Mutex::default() }))
    }

    /// Lends a connection.
    pub(crate) async fn lend(&self) -> Result<Loan, StoreError> {
        let place = tokio::time::timeout(ACQUIRE, Arc::clone(&self.0.places).acquire_owned())
            .await
            .map_err(|_| StoreError::Unavailable("every reading connection is busy"))?
            .map_err(|_| StoreError::Unavailable("the store is closed"))?;
        let idle = self.0.idle().pop();
        let kept = match idle {
            Some(kept) if kept.opened.elapsed() < LIFE => kept,
            _ => Kept { conn: self.0.options.connect().await?, opened: Instant::now() },
        };
        Ok(Loan { shelf: Arc::clone(&self.0), kept: Some(kept), _place: place })
    }

    /// Closes every connection; those on loan when they come back.
    pub(crate) async fn close(&self) {
        self.0.places.close();
        let idle = std::mem::take(&mut *self.0.idle());
        for kept in idle {
            // What was only read cannot be lost by a connection that closes badly.
            let _ = kept.conn.close().await;
        }
    }
}

impl Shelf {
    fn idle(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Loan {
    #[expect(clippy::expect_used, reason = "it is taken by `drop` alone, after which nobody can call this")]
    pub(crate) fn conn(&mut self) -> &mut SqliteConnection {
        &mut self.kept.as_mut().expect("a loan that was not given back").conn
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        if let Some(kept) = self.kept.take()
            && !self.shelf.places.is_closed()
        {
            self.shelf.idle().push(kept);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn answer(loan: &mut Loan) -> i64 {
        sqlx::query_scalar("select cast(7 as bigint)").fetch_one(loan.conn()).await.unwrap()
    }

    #[tokio::test]
    async fn connections_are_lent_given_back_and_closed() {
        let readers = Readers::new(SqliteConnectOptions::new().in_memory(true), 2);
        let (mut one, mut two) = (readers.lend().await.unwrap(), readers.lend().await.unwrap());
        assert_eq!((answer(&mut one).await, answer(&mut two).await), (7, 7));
        assert!(readers.0.places.available_permits() == 0 && readers.0.idle().is_empty());
        drop((one, two));
        assert_eq!(readers.0.idle().len(), 2);
        let mut again = readers.lend().await.unwrap();
        assert_eq!((answer(&mut again).await, readers.0.idle().len()), (7, 1));
        readers.close().await;
        drop(again);
        assert!(readers.0.idle().is_empty());
        assert!(readers.lend().await.is_err());
    }

    #[tokio::test]
    async fn a_reading_that_was_given_up_leaves_its_connection_sound() {
        let readers = Readers::new(SqliteConnectOptions::new().in_memory(true), 1);
        for _ in 0..20 {
            let mut loan = readers.lend().await.unwrap();
            let slow =
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 300000) select sum(i) from n";
            let look = sqlx::query_scalar::<_, i64>(slow).fetch_one(loan.conn());
            assert!(tokio::time::timeout(Duration::from_micros(50), look).await.is_err());
            drop(loan);
            assert_eq!(answer(&mut readers.lend().await.unwrap()).await, 7);
        }
    }
}
