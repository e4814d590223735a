//! Pauses that people begin and end for themselves. A pairing rests while either side does.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::notices::{NewNotice, insert_all};
use crate::pairings::Move;
use crate::store::Store;
use crate::stored::{millis, word};
use crate::wishes::{Answer, Wisher, living};
use brevbro_core::id::{PairingId, PersonId};
use brevbro_core::pairing::{PairingEvent, PairingState};
use brevbro_core::time::Moment;

/// What the other side of each pairing is told.
pub type ToOthers = Vec<(PairingId, NewNotice)>;

/// Somebody whose pause is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DuePause {
    /// Who.
    pub wisher: Wisher,
    /// The programme of one of the pairings.
    pub programme: String,
}

impl Store {
    /// Begins a pause in every pairing of one side, or gives one that has begun another end. Gives how many pairings
    /// rest by it; with none nothing is written. Pairings that staff have paused are left to staff.
    pub async fn pause(
        &self,
        wisher: Wisher,
        (now, due_at): (Moment, Option<Moment>),
        others: ToOthers,
        answer: Answer,
    ) -> Result<usize, StoreError> {
        self.act(Pause { wisher, now, due_at, others, answer }).await
    }

    /// Ends a side's pause, or only what of it is due by a moment. Gives how many pairings it ended in; with none
    /// nothing is written: another node was faster, or it was over.
    pub async fn resume(
        &self,
        wisher: Wisher,
        (now, due_by): (Moment, Option<Moment>),
        others: ToOthers,
        answer: Answer,
    ) -> Result<usize, StoreError> {
        self.act(Resume { wisher, now, due_by, others, answer }).await
    }

    /// Whether a person rests by an own pause.
    pub async fn pauses(&self, wisher: Wisher) -> Result<bool, StoreError> {
        let mut reader = self.reader().await?;
        let conn = &mut reader.conn();
        let rows: Vec<(i64, Option<i64>)> = rows!(conn, OWN, wisher.person.stored(), wisher.side.word())?;
        Ok(!rows.is_empty())
    }

    /// People whose pause is over, the longest over first.
    pub async fn pauses_due(&self, now: Moment, limit: u32) -> Result<Vec<DuePause>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(i64, String, String, i64)> = rows!(&mut reader.conn(), DUE, now.as_millis(), i64::from(limit))?;
        let due = |(person, side, programme, _): (i64, String, String, i64)| {
            let wisher = Wisher { person: PersonId::from_stored(person), side: word(&side, "pause.side")? };
            Ok(DuePause { wisher, programme })
        };
        rows.into_iter().map(due).collect()
    }

    /// Lets a pause that is over last a little longer: nobody is written to at night.
    pub async fn pause_lasts(&self, wisher: Wisher, now: Moment, until: Moment) -> Result<u64, StoreError> {
        self.act(Lasts { wisher, now, until }).await
    }
}

/// What a move of the pairing means for its pauses: once it goes on or has ended, nobody rests any more.
pub(crate) async fn follow(conn: &mut Conn<'_>, pairing: PairingId, event: PairingEvent) -> Result<(), StoreError> {
    match event {
        PairingEvent::Resume | PairingEvent::Close => run!(conn, END, pairing.stored()).map(drop),
        _ => Ok(()),
    }
}

struct Pause {
    wisher: Wisher,
    now: Moment,
    due_at: Option<Moment>,
    others: ToOthers,
    answer: Answer,
}

impl Act for Pause {
    type Output = usize;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<usize, StoreError> {
        let (side, now) = (self.wisher.side.word(), self.now.as_millis());
        let mut rest = 0;
        for found in living(conn, self.wisher.person).await? {
            let id = found.pairing.stored();
            let pauses: Vec<(String, Option<i64>)> = rows!(conn, OF_PAIRING, id)?;
            match found.state {
                PairingState::Active => {
                    Move { id: found.pairing, event: PairingEvent::Pause, now: self.now, by: Actor::Party }
                        .run(conn)
                        .await?;
                }
                PairingState::Paused if !pauses.is_empty() => {}
                _ => continue,
            }
            rest += 1;
            let is_known = pauses.iter().any(|(of, due)| of == side && *due == millis(self.due_at));
            run!(conn, BEGIN, id, side, now, millis(self.due_at))?;
            if !is_known {
                tell(conn, &self.others, found.pairing, self.now).await?;
            }
        }
        if rest > 0 {
            self.answer.write(conn, self.wisher, self.now).await?;
            let subject = ("person", self.wisher.person.stored());
            Trace { at: self.now, act: "person pause", subject, by: Actor::Party }.write(conn).await?;
        }
        Ok(rest)
    }
}

struct Resume {
    wisher: Wisher,
    now: Moment,
    due_by: Option<Moment>,
    others: ToOthers,
    answer: Answer,
}

impl Act for Resume {
    type Output = usize;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<usize, StoreError> {
        let (person, side) = (self.wisher.person.stored(), self.wisher.side.word());
        let mut over = 0;
        let own: Vec<(i64, Option<i64>)> = rows!(conn, OWN, person, side)?;
        for (pairing, _) in own {
            // Taken with its time: another node, or a newer pause, leaves nothing to take.
            if run!(conn, TAKE, pairing, side, millis(self.due_by))? == 0 {
                continue;
            }
            over += 1;
            let left: Vec<(String, Option<i64>)> = rows!(conn, OF_PAIRING, pairing)?;
            let state: Vec<(String,)> = rows!(conn, STATE, pairing)?;
            let is_paused = state.first().is_some_and(|row| row.0 == PairingState::Paused.word());
            if left.is_empty() && is_paused {
                let id = PairingId::from_stored(pairing);
                Move { id, event: PairingEvent::Resume, now: self.now, by: Actor::Party }.run(conn).await?;
                tell(conn, &self.others, id, self.now).await?;
            }
        }
        if over > 0 {
            self.answer.write(conn, self.wisher, self.now).await?;
            let subject = ("person", person);
            Trace { at: self.now, act: "person resume", subject, by: Actor::Party }.write(conn).await?;
        }
        Ok(over)
    }
}

async fn tell(conn: &mut Conn<'_>, others: &ToOthers, pairing: PairingId, now: Moment) -> Result<(), StoreError> {
    let told = others.iter().filter(|(of, _)| *of == pairing).map(|(_, notice)| notice);
    for notice in told {
        insert_all(conn, std::slice::from_ref(notice), &[], now).await?;
    }
    Ok(())
}

struct Lasts {
    wisher: Wisher,
    now: Moment,
    until: Moment,
}

impl Act for Lasts {
    type Output = u64;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<u64, StoreError> {
        let (person, side) = (self.wisher.person.stored(), self.wisher.side.word());
        let own: Vec<(i64, Option<i64>)> = rows!(conn, OWN, person, side)?;
        let mut longer = 0;
        for (pairing, _) in own {
            longer += run!(conn, LASTS, pairing, side, self.now.as_millis(), self.until.as_millis())?;
        }
        Ok(longer)
    }
}

/// The pairings of one side of a person ($1, $2).
macro_rules! of_side {
    ($head:literal) => {
        concat!(
            $head,
            " join pairing p on p.id = w.pairing_id
            where w.side = $2 and w.pairing_id in
                (select id from pairing where volunteer_id = $1 and $2 = 'volunteer'
                 union all select id from pairing where seeker_id = $1 and $2 = 'seeker')"
        )
    };
}

statements! {
    BEGIN = "insert into pause (pairing_id, side, begun_at, due_at) values ($1, $2, $3, $4)
        on conflict (pairing_id, side) do update set due_at = excluded.due_at";
    END = "delete from pause where pairing_id = $1";
    OWN = of_side!("select w.pairing_id, w.due_at from pause w");
    OF_PAIRING = "select side, due_at from pause where pairing_id = $1";
    STATE = "select state from pairing where id = $1";
    TAKE = "delete from pause where pairing_id = $1 and side = $2 and (cast($3 as bigint) is null or due_at <= $3)";
    LASTS = "update pause set due_at = $4 where pairing_id = $1 and side = $2 and due_at <= $3";
    /// One row for each person: whoever has rested from several people hears once that it is over.
    DUE = "select case when w.side = 'seeker' then p.seeker_id else p.volunteer_id end as person, w.side,
            min(p.programme), min(w.due_at) as since
        from pause w join pairing p on p.id = w.pairing_id where w.due_at <= $1
        group by case when w.side = 'seeker' then p.seeker_id else p.volunteer_id end, w.side
        order by since limit $2";
}
