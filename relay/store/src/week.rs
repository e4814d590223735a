//! The weekly hour inside a commit: what stands for the week, what fits, and what is said about it once (S4, S5).

use crate::act::Conn;
use crate::error::StoreError;
use crate::items::NewItem;
use crate::notices::{NewNotice, insert_all};
use brevbro_core::id::PairingId;
use brevbro_core::ledger::Minutes;
use brevbro_core::programme::WeekRules;
use brevbro_core::time::{Moment, Week};

/// What is said when a week becomes nearly full or full. It is written before the commit, because nothing is
/// rendered inside a transaction, and only the part that is needed is kept.
#[derive(Debug, Clone)]
pub struct WeekTold {
    /// To the volunteer, once a week: most of it is used. A seeker is never told.
    pub near: Option<NewNotice>,
    /// To the writer, for every letter that waits.
    pub full: NewNotice,
    /// To a coordinator, once a week: the second full week in four.
    pub often: Option<(NewItem, Option<NewNotice>)>,
}

/// How a letter meets its week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// There is room, or no limit, or a flag stands open: a flagged exchange is never held (P4).
    Free,
    /// There is room, and most of the week is used with it.
    Near,
    /// There is no room.
    Full,
}

/// The limit and what stands against it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    /// The limit that holds for this letter.
    pub(crate) cap: Option<Minutes>,
    pub(crate) fit: Fit,
    /// Whether nothing stands for the week yet.
    pub(crate) is_fresh: bool,
}

const NEAR: &str = "near";
const FULL: &str = "full";
const OFTEN: &str = "often";

/// Full weeks are looked for in this one and the three before it.
const WEEKS: usize = 4;

/// Looks at the week of a letter that would take so long. The caller holds the pairing's lock.
pub(crate) async fn standing(
    conn: &mut Conn<'_>,
    rules: &WeekRules,
    (pairing, week): (PairingId, Week),
    minutes: Minutes,
) -> Result<Standing, StoreError> {
    let rows: Vec<(i64, Option<i64>, bool, bool)> = rows!(conn, STANDING, pairing.stored(), week.stored())?;
    let (sum, own, is_near_told, is_flagged) = rows.into_iter().next().ok_or(StoreError::Unknown("pairing"))?;
    let Some(cap) = rules.cap(own.map(Minutes::tenths)).filter(|_| !is_flagged) else {
        return Ok(Standing { cap: None, fit: Fit::Free, is_fresh: sum <= 0 });
    };
    let is_fresh = sum <= 0;
    let sum = Minutes::tenths(sum) + minutes;
    let fit = match () {
        () if sum > cap => Fit::Full,
        () if sum >= rules.near(cap) && !is_near_told => Fit::Near,
        () => Fit::Free,
    };
    Ok(Standing { cap: Some(cap), fit, is_fresh })
}

impl WeekTold {
    /// Writes down what the letter's week asks for, each thing once.
    pub(crate) async fn tell(
        &self,
        conn: &mut Conn<'_>,
        fit: Fit,
        (pairing, week): (PairingId, Week),
        now: Moment,
    ) -> Result<(), StoreError> {
        match fit {
            Fit::Near if mark(conn, pairing, week, NEAR, now).await? => {
                insert_all(conn, self.near.as_slice(), &[], now).await
            }
            Fit::Free | Fit::Near => Ok(()),
            Fit::Full => {
                insert_all(conn, std::slice::from_ref(&self.full), &[], now).await?;
                let is_first = mark(conn, pairing, week, FULL, now).await?;
                let Some((item, told)) = &self.often else { return Ok(()) };
                if is_first && is_often(conn, pairing, week).await? && mark(conn, pairing, week, OFTEN, now).await? {
                    insert_all(conn, told.as_slice(), std::slice::from_ref(item), now).await?;
                }
                Ok(())
            }
        }
    }
}

/// Makes a mark; `false` when it was there.
pub(crate) async fn mark(
    conn: &mut Conn<'_>,
    pairing: PairingId,
    week: Week,
    name: &'static str,
    now: Moment,
) -> Result<bool, StoreError> {
    Ok(run!(conn, MARK, pairing.stored(), week.stored(), name, now.as_millis())? == 1)
}

/// Whether the week was full at least twice in four weeks.
async fn is_often(conn: &mut Conn<'_>, pairing: PairingId, week: Week) -> Result<bool, StoreError> {
    let first = std::iter::successors(Some(week), |week| Some(week.before())).take(WEEKS).last().unwrap_or(week);
    let rows: Vec<(i64,)> = rows!(conn, FULL_WEEKS, pairing.stored(), first.stored(), week.stored())?;
    Ok(rows.first().is_some_and(|row| row.0 >= 2))
}

statements! {
    STANDING = "select (select cast(coalesce(sum(e.tenths), 0) as bigint) from ledger_entry e
            where e.pairing_id = p.id and e.week = $2), p.cap_tenths,
        exists (select 1 from mark m where m.pairing_id = p.id and m.week = $2 and m.name = 'near'),
        exists (select 1 from item i where i.pairing_id = p.id and i.kind = 'flag' and i.state in ('raised', 'seen'))
        from pairing p where p.id = $1";
    MARK = "insert into mark (pairing_id, week, name, made_at) values ($1, $2, $3, $4)
        on conflict (pairing_id, week, name) do nothing";
    FULL_WEEKS = "select count(*) from mark where pairing_id = $1 and week between $2 and $3 and name = 'full'";
}
