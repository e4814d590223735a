//! One act is one transaction, with one body for both engines.

use crate::error::StoreError;
use sqlx::{PgConnection, SqliteConnection};
use std::future::Future;

/// The connection an act or a reading runs on, inside whatever transaction its caller opened.
pub(crate) enum Conn<'c> {
    Sqlite(&'c mut SqliteConnection),
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

/// One expression, type-checked for both drivers.
macro_rules! on {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::act::Conn::Sqlite(conn) => {
                let $c = &mut **conn;
                $body
            }
            $crate::act::Conn::Postgres(conn) => {
                let $c = &mut **conn;
                $body
            }
        }
    };
}

/// Runs a statement and gives the number of rows it touched.
macro_rules! run {
    ($conn:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        on!($conn, c => sqlx::query($sql)$(.bind($bind))*.execute(c).await.map(|done| done.rows_affected()))
            .map_err($crate::error::StoreError::from)
    };
}

/// Runs a statement and gives its rows as tuples. Also for `returning`: it reads to the end, so that the
/// statement has finished its checks before the next one runs.
macro_rules! rows {
    ($conn:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        on!($conn, c => sqlx::query_as($sql)$(.bind($bind))*.fetch_all(c).await).map_err($crate::error::StoreError::from)
    };
}

/// Runs a bundle with one list of arguments for each of its statements, and gives the rows they touched together.
macro_rules! run_bundle {
    ($conn:expr, $bundle:expr, $([$($bind:expr),* $(,)?]),+ $(,)?) => {
        match $conn {
            $crate::act::Conn::Sqlite(conn) => sqlx::query($bundle.joined())$($(.bind($bind))*)+
                .execute(&mut **conn)
                .await
                .map(|done| done.rows_affected())
                .map_err($crate::error::StoreError::from),
            $crate::act::Conn::Postgres(conn) => async {
                const LISTS: usize = [$(stringify!($($bind),*)),+].len();
                let parts: [&'static str; LISTS] = $bundle.parts;
                let mut parts = parts.into_iter();
                let mut touched = 0;
                $(touched += sqlx::query(parts.next().unwrap_or_default())$(.bind($bind))*
                    .execute(&mut **conn)
                    .await?
                    .rows_affected();)+
                Ok::<u64, $crate::error::StoreError>(touched)
            }
            .await,
        }
    };
}

/// The same, and gives the rows of the last statement, whose arguments come after the semicolon.
macro_rules! rows_bundle {
    ($conn:expr, $bundle:expr, $([$($bind:expr),* $(,)?]),+; [$($last:expr),* $(,)?] $(,)?) => {
        match $conn {
            $crate::act::Conn::Sqlite(conn) => sqlx::query_as($bundle.joined())$($(.bind($bind))*)+$(.bind($last))*
                .fetch_all(&mut **conn)
                .await
                .map_err($crate::error::StoreError::from),
            $crate::act::Conn::Postgres(conn) => async {
                const LISTS: usize = [$(stringify!($($bind),*)),+].len() + 1;
                let parts: [&'static str; LISTS] = $bundle.parts;
                let mut parts = parts.into_iter();
                $(sqlx::query(parts.next().unwrap_or_default())$(.bind($bind))*.execute(&mut **conn).await?;)+
                sqlx::query_as(parts.next().unwrap_or_default())$(.bind($last))*
                    .fetch_all(&mut **conn)
                    .await
                    .map_err($crate::error::StoreError::from)
            }
            .await,
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
