//! One act is one transaction, with one body for both engines.

use crate::error::StoreError;
use rusqlite::Connection;
use sqlx::PgConnection;
use std::future::Future;

/// The connection an act or a reading runs on, inside whatever transaction its caller opened.
pub(crate) enum Conn<'c> {
    Sqlite(&'c mut Connection),
    Postgres(&'c mut PgConnection),
}

/// A change to the store: all of it happens, or nothing.
///
/// `run` can be called more than once for the same act (after a neighbour in its group failed, or when Postgres
/// undid it), so it must leave `self` as it was. It returns at the first error of the engine and swallows none:
/// SQLite may have undone the whole transaction by then, and a further statement would commit alone.
pub(crate) trait Act: Send + 'static {
    /// What the caller is told once the act is durable.
    type Output: Send + 'static;

    /// Does the work.
    fn run(&mut self, conn: &mut Conn<'_>) -> impl Future<Output = Result<Self::Output, StoreError>> + Send;

    /// Octets of bodies it carries, so that a group does not grow past its measure.
    fn weight(&self) -> usize {
        0
    }

    /// Whether nobody outside waits for it: SQLite's writer then lets it wait a moment for others to commit with.
    fn is_patient(&self) -> bool {
        false
    }
}

/// Runs a statement and gives the number of rows it touched.
macro_rules! run {
    ($conn:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $conn {
            $crate::act::Conn::Sqlite(conn) => $crate::sqlite::run(conn, $sql, &[$(&$bind),*]),
            $crate::act::Conn::Postgres(conn) => sqlx::query($sql)$(.bind($bind))*
                .execute(&mut **conn)
                .await
                .map(|done| done.rows_affected())
                .map_err($crate::error::StoreError::from),
        }
    };
}

/// Runs a statement and gives its rows as tuples. Also for `returning`: it reads to the end, so that the
/// statement has finished its checks before the next one runs.
macro_rules! rows {
    ($conn:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $conn {
            $crate::act::Conn::Sqlite(conn) => $crate::sqlite::rows(conn, $sql, &[$(&$bind),*]),
            $crate::act::Conn::Postgres(conn) => sqlx::query_as($sql)$(.bind($bind))*
                .fetch_all(&mut **conn)
                .await
                .map_err($crate::error::StoreError::from),
        }
    };
}

/// The statements of a file, each a constant, and the list of them for the test that runs every one.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)+) => {
        $($(#[$doc])* const $name: &str = $sql;)+
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name)),+];
    };
}
