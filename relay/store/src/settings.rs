//! Facts about this store itself, such as the fingerprint of the keys it was filled with.

use crate::act::{Act, Conn};
use crate::error::StoreError;
use crate::store::Store;

impl Store {
    /// A fact by its name.
    pub async fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(String,)> = rows!(&mut reader.conn(), FIND, name)?;
        Ok(rows.into_iter().next().map(|row| row.0))
    }

    /// Writes a fact that is not there yet, and gives what stands: another node may have been first.
    pub async fn setting_once(&self, name: &'static str, value: String) -> Result<String, StoreError> {
        self.act(Once { name, value }).await
    }

    /// Writes or replaces a fact.
    pub async fn setting_put(&self, name: &'static str, value: String) -> Result<(), StoreError> {
        self.act(Put { name, value }).await
    }
}

struct Once {
    name: &'static str,
    value: String,
}

impl Act for Once {
    type Output = String;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<String, StoreError> {
        run!(conn, ONCE, self.name, &self.value)?;
        let rows: Vec<(String,)> = rows!(conn, FIND, self.name)?;
        rows.into_iter().next().map(|row| row.0).ok_or(StoreError::Conflict)
    }
}

struct Put {
    name: &'static str,
    value: String,
}

impl Act for Put {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        run!(conn, PUT, self.name, &self.value).map(drop)
    }
}

statements! {
    FIND = "select value from setting where name = $1";
    ONCE = "insert into setting (name, value) values ($1, $2) on conflict (name) do nothing";
    PUT = "insert into setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
}
