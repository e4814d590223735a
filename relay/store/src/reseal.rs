//! A person's sealed record written anew, for instance with other wishes about letters.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::store::Store;
use brevbro_core::id::PersonId;
use brevbro_core::seal::Sealed;
use brevbro_core::time::Moment;

impl Store {
    /// Puts another sealed record in the place of one version; [`StoreError::Conflict`] when it has changed since.
    pub async fn person_reseal(
        &self,
        id: PersonId,
        version: u64,
        sealed: Sealed,
        (now, by): (Moment, Actor),
    ) -> Result<(), StoreError> {
        self.act(Reseal { id, version, sealed, now, by }).await
    }
}

struct Reseal {
    id: PersonId,
    version: u64,
    sealed: Sealed,
    now: Moment,
    by: Actor,
}

impl Act for Reseal {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let (id, version) = (self.id.stored(), i64::try_from(self.version).unwrap_or(i64::MAX));
        if run!(conn, RESEAL, id, version, self.sealed.octets(), self.now.as_millis())? != 1 {
            return Err(StoreError::Conflict);
        }
        Trace { at: self.now, act: "person wishes", subject: ("person", id), by: self.by }.write(conn).await
    }
}

statements! {
    RESEAL = "update person set routing = $3, version = version + 1, changed_at = $4
        where id = $1 and version = $2 and routing is not null";
}
