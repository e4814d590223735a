//! The one list of migrations, built in, for both engines.

use crate::error::StoreError;
use crate::sqlite;
use rusqlite::{Connection, TransactionBehavior};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{PgPool, SqlSafeStr};

/// Each entry is for good: a released migration is never edited, only followed by another.
const LIST: [(i64, &str, &str); 4] = [
    (1, "house", include_str!("../../../migrations/0001_house.sql")),
    (2, "programme", include_str!("../../../migrations/0002_programme.sql")),
    (6, "life", include_str!("../../../migrations/0006_life.sql")),
    (7, "held", include_str!("../../../migrations/0007_held.sql")),
];

fn migrator() -> Migrator {
    let migration = |(version, name, sql): &(i64, &'static str, &'static str)| {
        Migration::new(*version, (*name).into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(LIST.iter().map(migration).collect())
}

/// Keeps the same table as the driver of Postgres does: in both, a store tells its version in the same words.
pub(crate) fn migrate_sqlite(conn: &mut Connection) -> Result<(), StoreError> {
    // A look first: a file that is up to date is not locked, whoever is writing to it.
    match missing(conn) {
        Ok(missing) if missing.is_empty() => return Ok(()),
        // No such table: a new file.
        Ok(_) | Err(StoreError::Refused(_)) => {}
        Err(error) => return Err(error),
    }
    // One transaction for all: another process that starts at this moment waits, and finds everything done.
    let work = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    sqlite::run(&work, TABLE, &[])?;
    for migration in missing(&work)? {
        work.execute_batch(migration.sql.as_str())?;
        sqlite::run(&work, APPLY, &[&migration.version, &migration.description, &&*migration.checksum])?;
    }
    Ok(work.commit()?)
}

/// Our migrations that have not been applied. Those that have must be ours, to the letter.
fn missing(conn: &Connection) -> Result<Vec<Migration>, StoreError> {
    let done: Vec<(i64, Vec<u8>)> = sqlite::rows(conn, APPLIED, &[])?;
    let migrator = migrator();
    if let Some((version, _)) = done.iter().find(|(version, _)| !migrator.version_exists(*version)) {
        return Err(explain(MigrateError::VersionMissing(*version)));
    }
    let mut missing = Vec::new();
    for migration in migrator.iter() {
        match done.iter().find(|(version, _)| *version == migration.version) {
            Some((_, checksum)) if **checksum == *migration.checksum => {}
            Some(_) => return Err(explain(MigrateError::VersionMismatch(migration.version))),
            None => missing.push(migration.clone()),
        }
    }
    Ok(missing)
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

/// The driver's own tables on Postgres, in SQLite's words.
const TABLE: &str = "create table if not exists _sqlx_migrations (
    version        bigint    primary key,
    description    text      not null,
    installed_on   timestamp not null default current_timestamp,
    success        boolean   not null,
    checksum       blob      not null,
    execution_time bigint    not null
)";
const APPLIED: &str = "select version, checksum from _sqlx_migrations order by version";
const APPLY: &str = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
    values ($1, $2, true, $3, -1)";

#[cfg(test)]
mod tests {
    use super::*;

    /// What sqlx wrote into the files of earlier versions, by its own words.
    const OF_SQLX: &str = "CREATE TABLE IF NOT EXISTS _sqlx_migrations (version BIGINT PRIMARY KEY,
        description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL,
        checksum BLOB NOT NULL, execution_time BIGINT NOT NULL)";

    #[test]
    fn a_file_that_sqlx_made_goes_on() {
        let mut conn = Connection::open_in_memory().unwrap();
        conn.execute_batch(OF_SQLX).unwrap();
        let first = migrator().iter().next().unwrap().clone();
        conn.execute_batch(first.sql.as_str()).unwrap();
        sqlite::run(&conn, APPLY, &[&first.version, &first.description, &&*first.checksum]).unwrap();
        migrate_sqlite(&mut conn).unwrap();
        migrate_sqlite(&mut conn).unwrap();
        let applied: Vec<(i64, Vec<u8>)> = sqlite::rows(&conn, APPLIED, &[]).unwrap();
        assert_eq!(applied.len(), LIST.len());
    }

    #[test]
    fn an_edited_migration_and_a_newer_one_are_refused() {
        for (change, why) in [
            ("update _sqlx_migrations set checksum = x'00'", "an old migration has been edited"),
            ("update _sqlx_migrations set version = 999 where version = 1", "they are newer: update this program"),
        ] {
            let mut conn = Connection::open_in_memory().unwrap();
            migrate_sqlite(&mut conn).unwrap();
            conn.execute_batch(change).unwrap();
            assert_eq!(migrate_sqlite(&mut conn), Err(StoreError::Schema(why)));
        }
    }
}
