//! What a volunteer gave in a month, against the floor a programme may have: letters, and everything entered by hand.

use crate::error::StoreError;
use crate::store::Store;
use brevbro_core::id::{PairingId, PersonId};
use brevbro_core::ledger::Minutes;
use brevbro_core::month::Month;

impl Store {
    /// What stands for a pairing in a month.
    pub async fn month_of_pairing(&self, pairing: PairingId, month: Month) -> Result<Minutes, StoreError> {
        let mut reader = self.reader().await?;
        let (first, last) = month.weeks();
        let rows: Vec<(i64,)> = rows!(&mut reader.conn(), OF_PAIRING, pairing.stored(), first.stored(), last.stored())?;
        Ok(Minutes::tenths(rows.first().map_or(0, |row| row.0)))
    }

    /// What stands for a volunteer in a month, for each programme.
    pub async fn month_of_volunteer(
        &self,
        volunteer: PersonId,
        month: Month,
    ) -> Result<Vec<(String, Minutes)>, StoreError> {
        let mut reader = self.reader().await?;
        let (first, last) = month.weeks();
        let rows: Vec<(String, i64)> =
            rows!(&mut reader.conn(), OF_VOLUNTEER, volunteer.stored(), first.stored(), last.stored())?;
        Ok(rows.into_iter().map(|(programme, tenths)| (programme, Minutes::tenths(tenths))).collect())
    }
}

statements! {
    /// Supervision and training count nothing in their week; what was declared of them counts here.
    OF_PAIRING = "select cast(coalesce(sum(tenths
            + case when kind in ('supervision', 'training') then coalesce(declared, 0) else 0 end), 0) as bigint)
        from ledger_entry where pairing_id = $1 and week between $2 and $3";
    OF_VOLUNTEER = "select p.programme, cast(coalesce(sum(e.tenths
            + case when e.kind in ('supervision', 'training') then coalesce(e.declared, 0) else 0 end), 0) as bigint)
        from pairing p left join ledger_entry e on e.pairing_id = p.id and e.week between $2 and $3
        where p.volunteer_id = $1 group by p.programme order by p.programme";
}
