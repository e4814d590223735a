//! Who waits for whom in a pairing, and when something is done about it.

use crate::act::{Act, Conn};
use crate::error::StoreError;
use crate::items::NewItem;
use crate::lifecycle;
use crate::notices::{NewNotice, insert_all};
use crate::store::Store;
use crate::stored::{count, moment, word};
use brevbro_core::id::{LetterId, PairingId};
use brevbro_core::missed::{Silence, Waiting};
use brevbro_core::pairing::PairingEvent;
use brevbro_core::time::Moment;

/// What a letter changes: whoever wrote waits from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewSilence {
    /// Who is waited for.
    pub waiting: Waiting,
    /// Since when.
    pub since: Moment,
    /// When the first step is due; `None` while the clock stands.
    pub due_at: Option<Moment>,
}

/// Sets the clock. A seeker's further letter does not: the oldest one without an answer counts.
pub(crate) async fn set(conn: &mut Conn<'_>, pairing: PairingId, new: NewSilence) -> Result<(), StoreError> {
    let (since, due_at) = (new.since.as_millis(), new.due_at.map(Moment::as_millis));
    run!(conn, SET, pairing.stored(), new.waiting.word(), since, due_at).map(drop)
}

/// A clock that ran out, as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueSilence {
    /// The pairing.
    pub pairing: PairingId,
    /// Its programme.
    pub programme: String,
    /// The clock.
    pub silence: Silence,
    /// When it ran out; whoever takes the step must still find this.
    pub due_at: Moment,
    /// A pause that is over and has not been taken off the waiting yet.
    pub stood: Option<(Moment, Moment)>,
}

/// What a step of a silence causes.
#[derive(Debug, Clone, Default)]
pub struct StepCauses {
    /// Letters of ours.
    pub notices: Vec<NewNotice>,
    /// What a human must answer.
    pub items: Vec<NewItem>,
}

impl Store {
    /// Clocks that have run out, the oldest first.
    pub async fn silences_due(&self, now: Moment, limit: u32) -> Result<Vec<DueSilence>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<Stored> = rows!(&mut reader.conn(), DUE, now.as_millis(), i64::from(limit))?;
        rows.into_iter().map(read).collect()
    }

    /// Takes one step, or only sets the clock when it was early: all that the step causes, and when the next one is
    /// due. `false` when the clock is no longer as it was seen: somebody wrote, or another node took the step.
    pub async fn silence_step(
        &self,
        seen: DueSilence,
        (steps, next): (u32, Option<Moment>),
        causes: StepCauses,
        now: Moment,
    ) -> Result<bool, StoreError> {
        self.act(TakeStep { seen, steps, next, causes, now }).await
    }

    /// Takes a pause off the waiting: since when it counts now, and when the next step is due. `false` when the clock
    /// is no longer as it was seen.
    pub async fn silence_goes_on(
        &self,
        seen: DueSilence,
        since: Moment,
        next: Option<Moment>,
    ) -> Result<bool, StoreError> {
        self.act(GoOn { seen, since, next }).await
    }
}

struct GoOn {
    seen: DueSilence,
    since: Moment,
    next: Option<Moment>,
}

impl Act for GoOn {
    type Output = bool;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<bool, StoreError> {
        let (pairing, due_at) = (self.seen.pairing.stored(), self.seen.due_at.as_millis());
        let next = self.next.map(Moment::as_millis);
        Ok(run!(conn, GO_ON_SINCE, pairing, due_at, self.since.as_millis(), next)? == 1)
    }
}

struct TakeStep {
    seen: DueSilence,
    steps: u32,
    next: Option<Moment>,
    causes: StepCauses,
    now: Moment,
}

impl Act for TakeStep {
    type Output = bool;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<bool, StoreError> {
        let (pairing, due_at) = (self.seen.pairing.stored(), self.seen.due_at.as_millis());
        let next = self.next.map(Moment::as_millis);
        if run!(conn, STEP, pairing, due_at, i64::from(self.steps), next)? != 1 {
            return Ok(false);
        }
        insert_all(conn, &self.causes.notices, &self.causes.items, self.now).await?;
        Ok(true)
    }
}

/// A letter that waited is on its way: from now on its reader is waited for. A letter without an answer that is older
/// goes on counting, and so does one that was written after this one.
pub(crate) async fn sent_at_last(conn: &mut Conn<'_>, letter: LetterId, now: Moment) -> Result<(), StoreError> {
    run!(conn, SENT_AT_LAST, letter.stored(), now.as_millis()).map(drop)
}

/// What a move of the pairing means for its clocks: a pause stops the one of silence, its end lets it go on, and nothing
/// is waited for when letters have ended. After a pause the clock counts as run out: whoever looks sets it anew by the
/// calendar.
pub(crate) async fn follow(
    conn: &mut Conn<'_>,
    pairing: PairingId,
    event: PairingEvent,
    now: Moment,
) -> Result<(), StoreError> {
    lifecycle::follow(conn, pairing, event, now).await?;
    let (id, now) = (pairing.stored(), now.as_millis());
    match event {
        PairingEvent::Pause => {
            run!(conn, PAUSED_AT, id, now)?;
            run!(conn, STOP, id).map(drop)
        }
        PairingEvent::Resume => {
            run!(conn, STOOD, id, now)?;
            run!(conn, PAUSED_AT, id, None::<i64>).map(drop)
        }
        PairingEvent::Close => run!(conn, END, id).map(drop),
        PairingEvent::Begin | PairingEvent::GraceOver | PairingEvent::Withdraw | PairingEvent::Erase => Ok(()),
    }
}

type Stored = (i64, String, String, i64, i64, i64, Option<i64>, Option<i64>);

fn read((pairing, programme, waiting, since, steps, due_at, from, until): Stored) -> Result<DueSilence, StoreError> {
    let silence = Silence {
        waiting: word(&waiting, "silence.waiting")?,
        since: Moment::from_millis(since),
        steps: count(steps, "silence.steps")?,
    };
    let (pairing, due_at) = (PairingId::from_stored(pairing), Moment::from_millis(due_at));
    Ok(DueSilence { pairing, programme, silence, due_at, stood: moment(from).zip(moment(until)) })
}

statements! {
    DUE = "select s.pairing_id, p.programme, s.waiting, s.since, s.steps, s.due_at, s.stood_from, s.stood_until
        from silence s join pairing p on p.id = s.pairing_id
        where s.due_at <= $1 order by s.due_at limit $2";
    STEP = "update silence set steps = $3, due_at = $4 where pairing_id = $1 and due_at = $2";
    PAUSED_AT = "update pairing set paused_at = $2 where id = $1";
    STOP = "update silence set due_at = null where pairing_id = $1";
    /// A pause that ends before the last one has been taken off makes one with it.
    STOOD = "update silence set due_at = $2, stood_until = $2, stood_from = coalesce(stood_from,
            (select p.paused_at from pairing p where p.id = $1), $2) where pairing_id = $1";
    GO_ON_SINCE = "update silence set since = $3, due_at = $4, stood_from = null, stood_until = null
        where pairing_id = $1 and due_at = $2";
    END = "delete from silence where pairing_id = $1";
    SET = "insert into silence (pairing_id, waiting, since, steps, due_at) values ($1, $2, $3, 0, $4)
        on conflict (pairing_id) do update set
            since = case when silence.waiting = 'volunteer' and excluded.waiting = 'volunteer'
                then silence.since else excluded.since end,
            steps = case when silence.waiting = 'volunteer' and excluded.waiting = 'volunteer'
                then silence.steps else 0 end,
            due_at = case when silence.waiting = 'volunteer' and excluded.waiting = 'volunteer'
                then silence.due_at else excluded.due_at end,
            stood_from = case when silence.waiting = 'volunteer' and excluded.waiting = 'volunteer'
                then silence.stood_from end,
            waiting = excluded.waiting";
    SENT_AT_LAST = "insert into silence (pairing_id, waiting, since, steps, due_at)
        select p.id, case when s.author_side = 'seeker' then 'volunteer' else 'seeker' end, cast($2 as bigint), 0,
            case when p.state = 'active' then cast($2 as bigint) end
        from spool s join pairing p on p.id = s.pairing_id
        where s.id = $1 and s.kind = 'letter' and p.state in ('active', 'paused')
        on conflict (pairing_id) do update set waiting = excluded.waiting, since = excluded.since, steps = 0,
            due_at = excluded.due_at, stood_from = null, stood_until = null
        where not (silence.waiting = 'volunteer' and (excluded.waiting = 'volunteer'
            or silence.since > (select w.created_at from spool w where w.id = $1)))";
}
