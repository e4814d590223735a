//! SQLite's reading connections: a few that are kept, each lent to one reading at a time.

use crate::error::StoreError;
use crate::sqlite::Settings;
use rusqlite::Connection;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long a reading waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(5);
/// How long one is kept: should the file ever be put in the place of another, the readings follow.
const LIFE: Duration = Duration::from_mins(10);

/// All reading connections. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Readers(Arc<Shelf>);

struct Shelf {
    settings: Settings,
    places: Arc<Semaphore>,
    idle: Mutex<Vec<Kept>>,
}

struct Kept {
    conn: Connection,
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
    pub(crate) fn new(settings: Settings, most: u32) -> Self {
        let places = Arc::new(Semaphore::new(usize::try_from(most.max(1)).unwrap_or(1)));
        Self(Arc::new(Shelf { settings, places, idle: Mutex::default() }))
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
            _ => Kept { conn: self.0.settings.open()?, opened: Instant::now() },
        };
        Ok(Loan { shelf: Arc::clone(&self.0), kept: Some(kept), _place: place })
    }

    /// Closes every connection; those on loan when they come back.
    pub(crate) fn close(&self) {
        self.0.places.close();
        let idle = std::mem::take(&mut *self.0.idle());
        // What was only read cannot be lost by a connection that closes badly.
        drop(idle);
    }
}

impl Shelf {
    fn idle(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Loan {
    #[expect(clippy::expect_used, reason = "it is taken by `drop` alone, after which nobody can call this")]
    pub(crate) fn conn(&mut self) -> &mut Connection {
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

    fn readers() -> (Readers, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("x.db").display());
        (Readers::new(Settings::of(&url, true).unwrap(), 2), folder)
    }

    fn answer(loan: &mut Loan) -> i64 {
        loan.conn().query_row("select 7", [], |row| row.get(0)).unwrap()
    }

    #[tokio::test]
    async fn connections_are_lent_given_back_and_closed() {
        let (readers, _folder) = readers();
        let (mut one, mut two) = (readers.lend().await.unwrap(), readers.lend().await.unwrap());
        assert_eq!((answer(&mut one), answer(&mut two)), (7, 7));
        assert!(readers.0.places.available_permits() == 0 && readers.0.idle().is_empty());
        drop((one, two));
        assert_eq!(readers.0.idle().len(), 2);
        let mut again = readers.lend().await.unwrap();
        assert_eq!((answer(&mut again), readers.0.idle().len()), (7, 1));
        readers.close();
        drop(again);
        assert!(readers.0.idle().is_empty());
        assert!(readers.lend().await.is_err());
    }
}
