//! SQLite, asked in the thread that asks: no statement takes as long as waking another thread for it would.

use crate::error::StoreError;
use rusqlite::{Connection, OpenFlags, Row, Statement, ToSql};
use std::path::PathBuf;
use std::time::Duration;

const BUSY: Duration = Duration::from_secs(5);
/// Statements that a connection keeps compiled: all that there are.
const STATEMENT_CACHE: usize = 256;

/// What stands for `$1`, `$2` and so on in a statement.
pub(crate) type Arguments<'a> = &'a [&'a dyn ToSql];

/// A file, and how a connection to it is opened.
#[derive(Clone)]
pub(crate) struct Settings {
    path: PathBuf,
    create: bool,
    /// In this order: some must come before others.
    pragmas: Vec<(&'static str, &'static str)>,
}

impl Settings {
    /// The file behind `sqlite:PATH`.
    pub(crate) fn of(url: &str, create: bool) -> Result<Self, StoreError> {
        let path = url.strip_prefix("sqlite:").ok_or(StoreError::Url)?;
        let path = path.strip_prefix("//").unwrap_or(path);
        // Parameters of other programmes' URLs: whoever wrote them would wait for their effect.
        if path.is_empty() || path.contains('?') {
            return Err(StoreError::Url);
        }
        Ok(Self { path: path.into(), create, pragmas: Vec::new() })
    }

    /// Sets something for every connection that is opened from now on.
    pub(crate) fn pragma(mut self, name: &'static str, value: &'static str) -> Self {
        self.pragmas.push((name, value));
        self
    }

    /// Opens a connection.
    pub(crate) fn open(&self) -> Result<Connection, StoreError> {
        let create = if self.create { OpenFlags::SQLITE_OPEN_CREATE } else { OpenFlags::empty() };
        // A connection is never used by two threads at once, so it needs no lock of its own.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | create;
        let conn = Connection::open_with_flags(&self.path, flags)?;
        conn.busy_timeout(BUSY)?;
        conn.set_prepared_statement_cache_capacity(STATEMENT_CACHE);
        for (name, value) in &self.pragmas {
            conn.pragma_update(None, name, value)?;
        }
        Ok(conn)
    }
}

/// Runs a statement to its end and gives the number of rows it touched.
pub(crate) fn run(conn: &Connection, sql: &str, arguments: Arguments<'_>) -> Result<u64, StoreError> {
    let mut statement = conn.prepare_cached(sql)?;
    bind(&mut statement, arguments)?;
    let mut rows = statement.raw_query();
    // Some words answer with rows that nobody asked for, and `incremental_vacuum` does its work from row to row.
    while rows.next()?.is_some() {}
    Ok(conn.changes())
}

/// Runs a statement to its end and gives its rows.
pub(crate) fn rows<T>(conn: &Connection, sql: &str, arguments: Arguments<'_>) -> Result<Vec<T>, StoreError>
where
    T: for<'r> TryFrom<&'r Row<'r>, Error = rusqlite::Error>,
{
    let mut statement = conn.prepare_cached(sql)?;
    bind(&mut statement, arguments)?;
    let (mut rows, mut found) = (statement.raw_query(), Vec::new());
    while let Some(row) = rows.next()? {
        found.push(T::try_from(row)?);
    }
    Ok(found)
}

/// Binds by number. To SQLite `$7` is a name, and by itself it counts names in the order they appear in.
fn bind(statement: &mut Statement<'_>, arguments: Arguments<'_>) -> Result<(), StoreError> {
    for place in 1..=statement.parameter_count() {
        let number = statement.parameter_name(place).and_then(|name| name.get(1..)?.parse::<usize>().ok());
        let argument = number.and_then(|number| arguments.get(number.checked_sub(1)?));
        let argument = argument.ok_or_else(|| StoreError::Refused("argument".to_owned()))?;
        statement.raw_bind_parameter(place, argument)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_go_by_their_number() {
        let conn = Connection::open_in_memory().unwrap();
        let found: Vec<(String, i64, String, Option<i64>)> =
            rows(&conn, "select $3, $2, $3, $1", &[&None::<i64>, &2_i64, &"three"]).unwrap();
        assert_eq!(found, [("three".to_owned(), 2, "three".to_owned(), None)]);
        let short: Result<Vec<(i64,)>, _> = rows(&conn, "select $2", &[&1_i64]);
        assert_eq!(short, Err(StoreError::Refused("argument".to_owned())));
    }

    #[test]
    fn a_path_is_a_path_and_nothing_else() {
        for url in ["sqlite:", "sqlite://", "sqlite:x?mode=ro", "postgres://x", "x"] {
            assert_eq!(Settings::of(url, false).map(|s| s.path), Err(StoreError::Url), "{url}");
        }
        for (url, path) in [("sqlite:x.db", "x.db"), ("sqlite:///var/x.db", "/var/x.db"), ("sqlite:/a%20b", "/a%20b")] {
            assert_eq!(Settings::of(url, false).unwrap().path, PathBuf::from(path));
        }
    }
}
