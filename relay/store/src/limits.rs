//! A pairing's own weekly limit, with a coordinator's reason (S69).

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::store::Store;
use brevbro_core::id::PairingId;
use brevbro_core::ledger::Minutes;
use brevbro_core::seal::Sealed;
use brevbro_core::time::Moment;

impl Store {
    /// Gives a pairing a weekly limit of its own, or the programme's again.
    pub async fn pairing_cap(
        &self,
        id: PairingId,
        cap: Option<Minutes>,
        reason: Sealed,
        (now, by): (Moment, Actor),
    ) -> Result<(), StoreError> {
        self.act(Limit { id, cap, reason, now, by }).await
    }
}

struct Limit {
    id: PairingId,
    cap: Option<Minutes>,
    reason: Sealed,
    now: Moment,
    by: Actor,
}

impl Act for Limit {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let id = self.id.stored();
        if run!(conn, CAP, id, self.cap.map(Minutes::as_tenths))? != 1 {
            return Err(StoreError::Unknown("pairing"));
        }
        let trace = Trace { at: self.now, act: "pairing cap", subject: ("pairing", id), by: self.by };
        trace.write_with(conn, Some(&self.reason)).await
    }
}

statements! {
    CAP = "update pairing set cap_tenths = $2 where id = $1 and state in ('proposed', 'active', 'paused')";
}
