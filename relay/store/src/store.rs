//! The store's front door: opens either engine, runs acts and readings, closes.

use crate::act::{Act, Conn};
use crate::dialect::{self, Engine};
use crate::error::StoreError;
use crate::migrate;
use crate::readers::{Loan, Readers};
use crate::sqlite::Settings;
use crate::writer::Writer;
use sqlx::pool::PoolConnection;
use sqlx::{PgPool, Postgres};
use std::time::Duration;

/// Everything the relay remembers. Cheap to clone; all clones share one writer or one pool.
#[derive(Clone)]
pub struct Store {
    db: Db,
}

#[derive(Clone)]
enum Db {
    Sqlite { writer: Writer, readers: Readers },
    Postgres(PgPool),
}

/// How to open a store.
#[derive(Debug, Clone, Copy)]
pub struct OpenOptions {
    /// Bring the tables up to date; otherwise older or newer tables are an error.
    pub migrate: bool,
    /// Make the SQLite file when it does not exist.
    pub create: bool,
    /// Connections: all of them on Postgres, the reading ones on SQLite.
    pub connections: u32,
}

impl Default for OpenOptions {
    fn default() -> Self {
        Self { migrate: true, create: true, connections: 16 }
    }
}

/// A connection for reading, outside the writer's queue.
pub(crate) enum Reader {
    Sqlite(Loan),
    Postgres(PoolConnection<Postgres>),
}

impl Reader {
    pub(crate) fn conn(&mut self) -> Conn<'_> {
        match self {
            Self::Sqlite(loan) => Conn::Sqlite(loan.conn()),
            Self::Postgres(conn) => Conn::Postgres(conn),
        }
    }
}

const READY_WITHIN: Duration = Duration::from_secs(2);

impl Store {
    /// Opens `sqlite:PATH` or `postgres://…`.
    pub async fn open(url: &str, options: OpenOptions) -> Result<Self, StoreError> {
        let db = if url.starts_with("sqlite:") {
            open_sqlite(url, options)?
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            open_postgres(url, options).await?
        } else {
            return Err(StoreError::Url);
        };
        let store = Self { db };
        if !options.migrate {
            let mut reader = store.reader().await?;
            migrate::compare(newest_migration(&mut reader.conn()).await?)?;
        }
        Ok(store)
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self.db {
            Db::Sqlite { .. } => Engine::Sqlite,
            Db::Postgres(_) => Engine::Postgres,
        }
    }

    /// Whether letters can be taken: the database answers, and on SQLite the writer is not stuck. Writes nothing.
    pub async fn ready(&self) -> Result<(), StoreError> {
        let look = async {
            let mut reader = self.reader().await?;
            rows!(&mut reader.conn(), PROBE).map(|_: Vec<(i64,)>| ())?;
            match &self.db {
                Db::Sqlite { writer, .. } => writer.probe().await,
                Db::Postgres(_) => Ok(()),
            }
        };
        tokio::time::timeout(READY_WITHIN, look)
            .await
            .unwrap_or(Err(StoreError::Unavailable("no answer within the time")))
    }

    /// Empties SQLite's write-ahead log, so that what was deleted is gone from it too. Nothing to do on Postgres.
    pub async fn checkpoint(&self) -> Result<(), StoreError> {
        match &self.db {
            Db::Sqlite { writer, .. } => writer.checkpoint().await,
            Db::Postgres(_) => Ok(()),
        }
    }

    /// Writes what is queued, checkpoints and closes. Other clones find the store closed.
    pub async fn close(self) -> Result<(), StoreError> {
        match self.db {
            Db::Sqlite { writer, readers } => {
                // Readers first: the checkpoint of the last connection can then empty the log.
                readers.close();
                writer.close().await
            }
            Db::Postgres(pool) => {
                pool.close().await;
                Ok(())
            }
        }
    }

    /// Runs one act as one transaction.
    pub(crate) async fn act<A: Act>(&self, act: A) -> Result<A::Output, StoreError> {
        match &self.db {
            Db::Sqlite { writer, .. } => writer.write(act).await,
            Db::Postgres(pool) => write_postgres(pool, act).await,
        }
    }

    /// A connection for reading.
    pub(crate) async fn reader(&self) -> Result<Reader, StoreError> {
        Ok(match &self.db {
            Db::Sqlite { readers, .. } => Reader::Sqlite(readers.lend().await?),
            Db::Postgres(pool) => Reader::Postgres(pool.acquire().await?),
        })
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.engine().word())
    }
}

fn open_sqlite(url: &str, options: OpenOptions) -> Result<Db, StoreError> {
    let file = Settings::of(url, options.create)?;
    let settings = dialect::sqlite_writer(file.clone());
    let mut conn = settings.open()?;
    if options.migrate {
        migrate::migrate_sqlite(&mut conn)?;
    }
    let readers = Readers::new(dialect::sqlite_reader(file), options.connections);
    Ok(Db::Sqlite { writer: Writer::start(settings, conn)?, readers })
}

async fn open_postgres(url: &str, options: OpenOptions) -> Result<Db, StoreError> {
    let pool = dialect::postgres_pool(url, options.connections)?;
    if options.migrate {
        migrate::migrate_postgres(&pool).await?;
    }
    Ok(Db::Postgres(pool))
}

async fn newest_migration(conn: &mut Conn<'_>) -> Result<Option<i64>, StoreError> {
    let found: Result<Vec<(Option<i64>,)>, _> = rows!(conn, NEWEST_MIGRATION);
    match found {
        Ok(rows) => Ok(rows.first().and_then(|row| row.0)),
        // No such table: an empty database, which is older than every version.
        Err(StoreError::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// One transaction on Postgres; once more when it was undone only because of its neighbours.
async fn write_postgres<A: Act>(pool: &PgPool, mut act: A) -> Result<A::Output, StoreError> {
    match try_postgres(pool, &mut act).await {
        Err(error) if error.lost_a_race() => try_postgres(pool, &mut act).await,
        outcome => outcome,
    }
}

async fn try_postgres<A: Act>(pool: &PgPool, act: &mut A) -> Result<A::Output, StoreError> {
    // Dropped on an error before the commit, which rolls back.
    let mut transaction = pool.begin().await?;
    let output = act.run(&mut Conn::Postgres(&mut transaction)).await?;
    transaction.commit().await?;
    Ok(output)
}

statements! {
    PROBE = "select cast(1 as bigint)";
    NEWEST_MIGRATION = "select max(version) from _sqlx_migrations where success";
}
