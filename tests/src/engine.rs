//! The two engines a house can stand on, and the macro that runs every story on both.

use crate::binary::{program, run_command, say};
use crate::chance::unique;
use std::process::Command;

/// Where a house keeps its letters. A Postgres database is the test's own and is dropped with it.
#[derive(Debug)]
pub enum Engine {
    /// A file in the house's folder.
    Sqlite,
    /// A database of a server.
    Postgres(Database),
}

impl Engine {
    /// The URL for `brevbro init --store`.
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite => "sqlite:brevbro.db".into(),
            Self::Postgres(database) => database.url.clone(),
        }
    }

    /// A fresh database on the server of `BREVBRO_TEST_POSTGRES`; `None`, said loudly, when there is none.
    pub fn postgres() -> Option<Self> {
        let Ok(server) = std::env::var("BREVBRO_TEST_POSTGRES") else {
            say("SKIPPED on Postgres: BREVBRO_TEST_POSTGRES is not set. Run this under tests/with-postgres");
            return None;
        };
        Some(Self::Postgres(Database::fresh(&server)))
    }
}

/// One database, dropped at the end.
#[derive(Debug)]
pub struct Database {
    /// Of the server, for creating and dropping.
    server: String,
    /// Of the database.
    url: String,
    name: String,
}

impl Database {
    /// Creates a database on a server; `server` is the URL of any database there.
    pub fn fresh(server: &str) -> Self {
        let name = format!("brevbro_e2e_{}", unique());
        sql(server, &format!("create database {name}"));
        let (path, parameters) = server.split_once('?').map_or((server, None), |(p, q)| (p, Some(q)));
        let scheme = path.find("://").expect("a URL") + 3;
        let host_end = path[scheme..].find('/').map_or(path.len(), |n| scheme + n);
        let parameters = parameters.map(|q| format!("?{q}")).unwrap_or_default();
        Self { server: server.to_owned(), url: format!("{}/{name}{parameters}", &path[..host_end]), name }
    }

    /// The database's URL.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // The server may be gone by now: a test may have stopped it on purpose.
        let _ = try_sql(&self.server, &format!("drop database if exists {} with (force)", self.name));
    }
}

/// Runs one statement and gives its rows, unaligned.
pub fn sql(url: &str, statement: &str) -> String {
    try_sql(url, statement).unwrap_or_else(|said| panic!("{statement}: {said}"))
}

fn try_sql(url: &str, statement: &str) -> Result<String, String> {
    let psql = program("psql").expect("psql is needed for Postgres: apt install postgresql-client");
    let arguments = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement];
    let said = run_command(Command::new(psql).args(arguments).env("PGCONNECT_TIMEOUT", "10"), b"");
    if said.code == 0 { Ok(said.out) } else { Err(said.err) }
}

/// Makes one test for each engine of every story named: `both_engines!(threads_hold)`.
#[macro_export]
macro_rules! both_engines {
    ($($story:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[test] fn $story() { super::$story($crate::Engine::Sqlite); })+
        }
        mod on_postgres {
            $(#[test] fn $story() {
                if let Some(engine) = $crate::Engine::postgres() { super::$story(engine); }
            })+
        }
    };
}
