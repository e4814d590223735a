//! The only differences between the two engines: opening settings, the begin word and the claim's suffix.

use crate::act::Conn;
use crate::error::StoreError;
use crate::sqlite::Settings;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgPool};
use std::str::FromStr;
use std::time::Duration;

/// Which engine keeps the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// One organisation on one machine.
    Sqlite,
    /// More than one node.
    Postgres,
}

impl Engine {
    /// The word for metrics and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

/// One statement whose text differs between the engines.
pub(crate) struct PerEngine {
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

impl PerEngine {
    pub(crate) fn of(&self, conn: &Conn<'_>) -> &'static str {
        match conn {
            Conn::Sqlite(_) => self.sqlite,
            Conn::Postgres(_) => self.postgres,
        }
    }
}

/// A statement with a place where Postgres is told to pass over rows that another node is claiming. SQLite has
/// one writer and needs no such word.
macro_rules! claiming {
    ($before:literal, $after:literal) => {
        $crate::dialect::PerEngine {
            sqlite: concat!($before, $after),
            postgres: concat!($before, " for update skip locked ", $after),
        }
    };
}

/// Takes SQLite's write lock at once: a deferred transaction that reads first can fail with BUSY when it writes.
pub(crate) const BEGIN: &str = "begin immediate";

/// Whether acts of other nodes run at the same time, so that a sum that guards an insert needs a row lock first.
pub(crate) fn has_neighbours(conn: &Conn<'_>) -> bool {
    matches!(conn, Conn::Postgres(_))
}

const ACQUIRE: Duration = Duration::from_secs(5);
/// After so long without use a Postgres connection is asked whether it lives before an act is given to it.
const STALE: Duration = Duration::from_secs(1);
const STATEMENT_CACHE: usize = 256;

/// The one writing connection: every commit is on the disk before it is told (FULL), and what is deleted is
/// overwritten (`secure_delete`).
pub(crate) fn sqlite_writer(file: Settings) -> Settings {
    // The first two are for a new file alone, in this order; an old one keeps what it has.
    let file = file.pragma("auto_vacuum", "INCREMENTAL").pragma("journal_mode", "WAL").pragma("synchronous", "FULL");
    sqlite_both(file)
        .pragma("secure_delete", "ON")
        .pragma("journal_size_limit", "67108864")
        .pragma("cache_size", "-16000")
        // 16 MB instead of 4: under load fewer commits wait for the log to be folded in. What is deleted leaves the log
        // with the regular truncating checkpoint, as before.
        .pragma("wal_autocheckpoint", "4000")
}

/// A reading connection: cannot write even by mistake.
pub(crate) fn sqlite_reader(file: Settings) -> Settings {
    sqlite_both(file).pragma("query_only", "ON")
}

fn sqlite_both(file: Settings) -> Settings {
    file.pragma("foreign_keys", "ON")
        .pragma("trusted_schema", "OFF")
        // Sorting must not spill rows into a file that nobody erases.
        .pragma("temp_store", "MEMORY")
}

/// The pool of Postgres connections. It opens nothing yet, finds dead connections after a restart of the server
/// and lets no statement wait for ever.
pub(crate) fn postgres_pool(url: &str, connections: u32) -> Result<PgPool, StoreError> {
    let options = PgConnectOptions::from_str(url)
        .map_err(|_| StoreError::Url)?
        .application_name("brevbro")
        .statement_cache_capacity(STATEMENT_CACHE)
        .options([("lock_timeout", "5s"), ("statement_timeout", "60s"), ("idle_in_transaction_session_timeout", "60s")])
        .disable_statement_logging();
    Ok(PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .test_before_acquire(false)
        .before_acquire(|conn, meta| {
            Box::pin(async move { if meta.idle_for > STALE { conn.ping().await.map(|()| true) } else { Ok(true) } })
        })
        .connect_lazy_with(options))
}
