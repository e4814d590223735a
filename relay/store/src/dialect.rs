//! The only differences between the two engines: opening settings, the begin word, the claim's suffix and bundles.

use crate::act::Conn;
use crate::error::StoreError;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, PgPool};
use std::str::FromStr;
use std::sync::OnceLock;
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

/// Statements of one act that need nothing of each other's answers. On SQLite every answer comes from the
/// connection's own thread and costs its waking, so there they are one text and one call; Postgres' extended
/// protocol takes them one after the other. In both they run in order, and stop at the first error.
pub(crate) struct Bundle<const N: usize> {
    pub(crate) parts: [&'static str; N],
    joined: OnceLock<String>,
}

impl<const N: usize> Bundle<N> {
    pub(crate) const fn of(parts: [&'static str; N]) -> Self {
        Self { parts, joined: OnceLock::new() }
    }

    /// The one text for SQLite: where each statement counts its parameters from one, the text goes on counting, as
    /// all the arguments are one list there.
    pub(crate) fn joined(&self) -> &str {
        self.joined.get_or_init(|| join(&self.parts))
    }
}

fn join(parts: &[&str]) -> String {
    let (mut text, mut taken) = (String::new(), 0);
    for part in parts {
        if !text.is_empty() {
            text.push_str(";\n");
        }
        taken += renumber(part, taken, &mut text);
    }
    text
}

/// Appends a statement with every `$N` raised by `taken`; gives the highest N it had.
fn renumber(part: &str, taken: usize, text: &mut String) -> usize {
    let mut pieces = part.split('$');
    text.push_str(pieces.next().unwrap_or_default());
    let mut highest = 0;
    for piece in pieces {
        let (number, rest) = piece.split_at(piece.find(|c: char| !c.is_ascii_digit()).unwrap_or(piece.len()));
        let number: usize = number.parse().unwrap_or(0);
        highest = highest.max(number);
        text.push('$');
        text.push_str(&(number + taken).to_string());
        text.push_str(rest);
    }
    highest
}

/// Takes SQLite's write lock at once: a deferred transaction that reads first can fail with BUSY when it writes.
pub(crate) const BEGIN: &str = "begin immediate";

/// Whether acts of other nodes run at the same time, so that a sum that guards an insert needs a row lock first.
pub(crate) fn has_neighbours(conn: &Conn<'_>) -> bool {
    matches!(conn, Conn::Postgres(_))
}

const BUSY: Duration = Duration::from_secs(5);
const ACQUIRE: Duration = Duration::from_secs(5);
/// After so long without use a Postgres connection is asked whether it lives before an act is given to it.
const STALE: Duration = Duration::from_secs(1);
const STATEMENT_CACHE: usize = 256;

/// The path behind `sqlite:`, as the settings of a connection.
pub(crate) fn sqlite_options(url: &str, create: bool) -> Result<SqliteConnectOptions, StoreError> {
    Ok(SqliteConnectOptions::from_str(url)
        .map_err(|_| StoreError::Url)?
        .create_if_missing(create)
        .busy_timeout(BUSY)
        .statement_cache_capacity(STATEMENT_CACHE)
        .foreign_keys(true)
        .pragma("trusted_schema", "OFF")
        // Sorting must not spill rows into a file that nobody erases.
        .pragma("temp_store", "MEMORY")
        .disable_statement_logging())
}

/// The one writing connection: every commit is on the disk before it is told (FULL), and what is deleted is
/// overwritten (`secure_delete`).
pub(crate) fn sqlite_writer(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options
        .auto_vacuum(SqliteAutoVacuum::Incremental)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("secure_delete", "ON")
        .pragma("journal_size_limit", "67108864")
        .pragma("cache_size", "-16000")
        // 16 MB instead of 4: under load fewer commits wait for the log to be folded in. What is deleted leaves the log
        // with the regular truncating checkpoint, as before.
        .pragma("wal_autocheckpoint", "4000")
}

/// A reading connection: cannot write even by mistake.
pub(crate) fn sqlite_reader(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options.pragma("query_only", "ON")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_counts_its_parameters_on() {
        let parts = ["a $2, $1, $12 where $12", "b", "c $1", "d ($1,$2)"];
        assert_eq!(Bundle::of(parts).joined(), "a $2, $1, $12 where $12;\nb;\nc $13;\nd ($14,$15)");
    }
}
