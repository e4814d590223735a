//! The one list of migrations, built in, for both engines.

use crate::error::StoreError;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{PgPool, SqlSafeStr, SqliteConnection};

/// Each entry is for good: a released migration is never edited, only followed by another.
const LIST: [(i64, &str, &str); 2] = [
    (1, "house", include_str!("../../../migrations/0001_house.sql")),
    (2, "programme", include_str!("../../../migrations/0002_programme.sql")),
];

fn migrator() -> Migrator {
    let migration = |(version, name, sql): &(i64, &'static str, &'static str)| {
        Migration::new(*version, (*name).into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(LIST.iter().map(migration).collect())
}

pub(crate) async fn migrate_sqlite(conn: &mut SqliteConnection) -> Result<(), StoreError> {
    migrator().run(conn).await.map_err(explain)
}

pub(crate) async fn migrate_postgres(pool: &PgPool) -> Result<(), StoreError> {
    migrator().run(pool).await.map_err(explain)
}

/// Compares the newest migration in the database with ours.
pub(crate) fn compare(newest: Option<i64>) -> Result<(), StoreError> {
    let ours = LIST.last().map(|(version, ..)| *version);
    match newest.cmp(&ours) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(StoreError::Schema("they are older: migrate first")),
        std::cmp::Ordering::Greater => Err(StoreError::Schema("they are newer: update this program")),
    }
}

fn explain(error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        MigrateError::VersionMissing(_) => StoreError::Schema("they are newer: update this program"),
        MigrateError::VersionMismatch(_) => StoreError::Schema("an old migration has been edited"),
        _ => StoreError::Schema("a migration was interrupted"),
    }
}
