//! A volunteer's own pace: what corrections say of it, and that people may see it, begin anew, or switch it off.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::store::Store;
use brevbro_core::id::{LetterId, PersonId};
use brevbro_core::ledger::{Factor, Minutes};
use brevbro_core::time::Moment;

/// A volunteer's pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// The factor estimates are made with.
    pub factor: Factor,
    /// How many letters have been put right.
    pub corrections: i64,
    /// Whether it is switched off by request.
    pub is_off: bool,
}

/// So many corrections count, the newest ones: people grow quicker.
const NEWEST: i64 = 30;

impl Store {
    /// A volunteer's pace.
    pub async fn pace(&self, volunteer: PersonId) -> Result<Pace, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(Option<i64>, bool, i64)> = rows!(&mut reader.conn(), PACE, volunteer.stored())?;
        let (factor, is_off, corrections) = rows.into_iter().next().ok_or(StoreError::Unknown("person"))?;
        Ok(Pace { factor: factor.map(Factor::of_percent).unwrap_or_default(), corrections, is_off })
    }

    /// Forgets what corrections have said so far.
    pub async fn pace_reset(&self, volunteer: PersonId, now: Moment, by: Actor) -> Result<(), StoreError> {
        self.act(Change { volunteer, what: What::Reset, now, by }).await
    }

    /// Switches a volunteer's own pace on or off.
    pub async fn pace_use(&self, volunteer: PersonId, on: bool, now: Moment, by: Actor) -> Result<(), StoreError> {
        let what = if on { What::On } else { What::Off };
        self.act(Change { volunteer, what, now, by }).await
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Reset,
    On,
    Off,
}

struct Change {
    volunteer: PersonId,
    what: What,
    now: Moment,
    by: Actor,
}

impl Act for Change {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let id = self.volunteer.stored();
        let act = match self.what {
            What::Reset => {
                run!(conn, RESET, id)?;
                "pace reset"
            }
            What::On => {
                run!(conn, SWITCH, id, false)?;
                "pace on"
            }
            What::Off => {
                run!(conn, SWITCH, id, true)?;
                "pace off"
            }
        };
        learn(conn, self.volunteer, self.now).await?;
        Trace { at: self.now, act, subject: ("person", id), by: self.by }.write(conn).await
    }
}

/// A letter took so long, against what was booked for it.
pub(crate) async fn note(
    conn: &mut Conn<'_>,
    (volunteer, letter): (PersonId, LetterId),
    (booked, booked_at): (Minutes, Moment),
    declared: Minutes,
    now: Moment,
) -> Result<(), StoreError> {
    let (person, letter) = (volunteer.stored(), letter.stored());
    // A letter that waited was estimated when it came, not when it was booked.
    let used: Vec<(i64,)> = rows!(conn, USED, person, letter, booked_at.as_millis())?;
    let factor = used.first().map(|row| Factor::of_percent(row.0)).unwrap_or_default();
    let estimate = factor.taken_out(booked).as_tenths();
    // Its letter is its key: letters are as random as any key made for this.
    run!(conn, NOTE, letter, person, estimate, declared.as_tenths(), now.as_millis()).map(drop)
}

/// Takes the pace from the corrections there are.
pub(crate) async fn learn(conn: &mut Conn<'_>, volunteer: PersonId, now: Moment) -> Result<(), StoreError> {
    let person = volunteer.stored();
    let corrections: Vec<(i64, i64)> = rows!(conn, CORRECTIONS, person, NEWEST)?;
    let pair = |(estimate, declared)| (Minutes::tenths(estimate), Minutes::tenths(declared));
    let corrections: Vec<_> = corrections.into_iter().map(pair).collect();
    let factor = Factor::of_corrections(&corrections).map(|factor| i64::from(factor.percent()));
    let known: Vec<(Option<i64>, bool)> = rows!(conn, KNOWN, person)?;
    let Some((known, is_off)) = known.into_iter().next() else { return Ok(()) };
    let factor = factor.filter(|_| !is_off);
    if factor != known {
        run!(conn, SET, person, factor)?;
        run!(conn, SINCE, person, now.as_millis(), factor.unwrap_or(100))?;
    }
    Ok(())
}

statements! {
    PACE = "select p.factor, p.factor_off, (select count(*) from correction c where c.person_id = p.id)
        from person p where p.id = $1";
    RESET = "delete from correction where person_id = $1";
    SWITCH = "update person set factor_off = $2 where id = $1";
    USED = "select percent from factor where person_id = $1
        and since <= coalesce((select created_at from spool where id = $2), $3) order by since desc limit 1";
    NOTE = "insert into correction (id, person_id, estimate, declared, made_at, letter_id) values ($1, $2, $3, $4, $5, $1)
        on conflict (letter_id) do update set declared = excluded.declared, made_at = excluded.made_at";
    CORRECTIONS = "select estimate, declared from correction where person_id = $1 order by made_at desc limit $2";
    KNOWN = "select factor, factor_off from person where id = $1";
    SET = "update person set factor = $2 where id = $1";
    SINCE = "insert into factor (person_id, since, percent) values ($1, $2, $3)
        on conflict (person_id, since) do update set percent = excluded.percent";
}
