//! What can go wrong in the store, told without a single stored value.

use brevbro_core::{pairing, spool};

/// Why an act did not happen. Never holds a bound value, a URL or a driver's message: those can carry addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The database is away, busy or full. Nothing was kept; the same act may succeed later.
    #[error("the database cannot be used just now ({0}); nothing was written: check that it runs and has room")]
    Unavailable(&'static str),
    /// The row is no longer in the state that the act needs, or another node holds it.
    #[error("somebody else was faster: the row has changed; look at it again")]
    Conflict,
    /// The week is nearly full or full with this letter, and nothing was prepared to be said about it.
    #[error("the week has turned: the letter is to be offered again with what is said about it")]
    WeekTurned,
    /// There is no such row.
    #[error("there is no such {0}")]
    Unknown(&'static str),
    /// The address is enrolled on this side already.
    #[error("this address is already enrolled on that side")]
    AddressTaken,
    /// The alias is, or once was, somebody's.
    #[error("this alias is taken, or was somebody's once: choose another")]
    AliasTaken,
    /// These two already have a pairing that is not over.
    #[error("these two already have a pairing")]
    AlreadyPaired,
    /// A pairing cannot go on after its last day.
    #[error("that is after the last day this pairing can have; `pairing show` names it")]
    TooLate,
    /// A person with a pairing that is not over cannot retire.
    #[error("this person still has a pairing: close it first")]
    StillPaired,
    /// The state machine of pairings forbids it.
    #[error(transparent)]
    PairingMove(#[from] pairing::IllegalMove),
    /// The state machine of the spool forbids it.
    #[error(transparent)]
    SpoolMove(#[from] spool::IllegalMove),
    /// An item that is answered cannot move any more.
    #[error("this item is answered already")]
    ItemMove,
    /// Some rows of an import cannot be taken, so none was: (index of the row, why).
    #[error("{} rows cannot be imported, so none was", .0.len())]
    Rows(Vec<(usize, RowTrouble)>),
    /// A stored word or number that this version does not know.
    #[error("the column {0} holds something this version does not know: was the database made by a newer one?")]
    Corrupt(&'static str),
    /// The tables are not those of this version.
    #[error("the database's tables are not those of this version ({0})")]
    Schema(&'static str),
    /// The store's URL is none.
    #[error("not a store's URL: write sqlite:PATH or postgres://…")]
    Url,
    /// The database refused a statement for a reason that waiting will not change; the SQLSTATE or SQLite code.
    #[error("the database refused a statement (code {0})")]
    Refused(String),
}

/// Why one row of an import cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RowTrouble {
    /// The volunteer's or the seeker's alias is taken.
    #[error("an alias is taken, or was somebody's once")]
    AliasTaken,
    /// The same two are paired already, in the store or by an earlier row.
    #[error("these two already have a pairing")]
    AlreadyPaired,
    /// The volunteer is known by this address, and has another alias than the one the row asks for.
    #[error("this volunteer already has another alias")]
    OtherAlias,
    /// The address belongs to a person who has retired.
    #[error("this address belongs to somebody who has retired")]
    Retired,
}

impl StoreError {
    /// Whether the same act may succeed later: the answer to the peer is then 4xx, not 5xx.
    pub fn retryable(&self) -> bool {
        matches!(self, Self::Unavailable(_))
    }

    /// Whether Postgres undid a transaction only because of its neighbours, so that running it again is right.
    pub(crate) fn lost_a_race(&self) -> bool {
        *self == RACE
    }
}

const RACE: StoreError = StoreError::Unavailable("too many writers at once");

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(refusal) => from_sqlstate(refusal.code().as_deref().unwrap_or("none")),
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => Self::Unavailable("connection lost"),
            sqlx::Error::PoolTimedOut => Self::Unavailable("no connection within the time"),
            sqlx::Error::PoolClosed => Self::Unavailable("closed"),
            sqlx::Error::Configuration(_) => Self::Url,
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Corrupt("read"),
            sqlx::Error::RowNotFound => Self::Unknown("row"),
            _ => Self::Refused("driver".to_owned()),
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error;
        match error {
            Error::SqliteFailure(code, _) | Error::SqlInputError { error: code, .. } => from_sqlite(code.extended_code),
            Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
            | Error::Utf8Error(..) => Self::Corrupt("read"),
            Error::InvalidPath(_) | Error::NulError(_) => Self::Url,
            _ => Self::Refused("driver".to_owned()),
        }
    }
}

/// SQLite's extended result codes hold the plain ones in their last octet.
fn from_sqlite(code: i32) -> StoreError {
    match code & 0xff {
        5 | 6 => StoreError::Unavailable("busy"),
        7 => StoreError::Unavailable("out of memory"),
        8 => StoreError::Unavailable("read-only"),
        10 => StoreError::Unavailable("disk trouble"),
        13 => StoreError::Unavailable("disk full"),
        14 => StoreError::Unavailable("the file cannot be opened"),
        15 => StoreError::Unavailable("locking trouble"),
        _ => StoreError::Refused(code.to_string()),
    }
}

fn from_sqlstate(code: &str) -> StoreError {
    match code {
        "40001" | "40P01" => RACE,
        "25006" => StoreError::Unavailable("read-only"),
        "55P03" | "57014" => StoreError::Unavailable("busy"),
        "53100" => StoreError::Unavailable("disk full"),
        _ => match code.get(..2) {
            Some("08" | "57") => StoreError::Unavailable("connection lost"),
            Some("53") => StoreError::Unavailable("out of resources"),
            Some("58") => StoreError::Unavailable("disk trouble"),
            _ => StoreError::Refused(code.to_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_that_passes_is_told_from_trouble_that_stays() {
        for code in [5, 517, 10, 778, 13, 14] {
            assert!(from_sqlite(code).retryable(), "{code}");
        }
        for code in ["40001", "40P01", "08006", "57P01", "53300", "53100", "58030", "25006"] {
            assert!(from_sqlstate(code).retryable(), "{code}");
        }
        for code in [1, 19, 1555, 2067, 11] {
            assert!(!from_sqlite(code).retryable(), "{code}");
        }
        for code in ["23505", "42601", "22P02"] {
            assert!(!from_sqlstate(code).retryable(), "{code}");
        }
        assert!(from_sqlstate("40001").lost_a_race() && !from_sqlite(5).lost_a_race());
    }
}
