//! The life of a pairing as it falls due: notices before an end, questions to a coordinator, the end, the end of grace.

use crate::act::{Act, Conn};
use crate::audit::Actor;
use crate::error::StoreError;
use crate::notices::insert_all;
use crate::pairings;
use crate::silence::StepCauses;
use crate::store::Store;
use crate::stored::{millis, moment, word};
use brevbro_core::id::PairingId;
use brevbro_core::life::Ends;
use brevbro_core::pairing::{PairingEvent, PairingState};
use brevbro_core::time::Moment;

/// A pairing whose life is to be looked at, as it was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueLife {
    /// The pairing.
    pub pairing: PairingId,
    /// Its programme.
    pub programme: String,
    /// Where it stands.
    pub state: PairingState,
    /// Its ends.
    pub ends: Ends,
    /// Until when its steps have been taken: its beginning at first.
    pub taken_until: Moment,
    /// When it last moved; of a pairing in its time of grace, when it ended.
    pub changed_at: Moment,
    /// When it was to be looked at; whoever takes the step must still find this.
    pub due_at: Moment,
}

/// What a look at a pairing's life comes to.
#[derive(Debug, Clone, Default)]
pub struct LifeMove {
    /// When to look again; never when nothing comes any more.
    pub next: Option<Moment>,
    /// Until when its steps are taken now.
    pub taken_until: Moment,
    /// What is said, and what a human must answer.
    pub causes: StepCauses,
    /// The move it makes.
    pub event: Option<PairingEvent>,
}

impl Store {
    /// Pairings whose life is to be looked at, the longest due first.
    pub async fn lives_due(&self, now: Moment, limit: u32) -> Result<Vec<DueLife>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<Stored> = rows!(&mut reader.conn(), LIVES_DUE, now.as_millis(), i64::from(limit))?;
        rows.into_iter().map(read).collect()
    }

    /// Takes a step; `false` when the pairing is no longer as it was seen, or another node was faster.
    pub async fn life_step(&self, seen: DueLife, step: LifeMove, now: Moment) -> Result<bool, StoreError> {
        match self.act(Take { seen, step, now }).await {
            Err(StoreError::Conflict) => Ok(false),
            outcome => outcome.map(|()| true),
        }
    }

    /// Ends a pairing, with what both sides hear of it.
    pub async fn pairing_close(
        &self,
        id: PairingId,
        causes: StepCauses,
        now: Moment,
        by: Actor,
    ) -> Result<PairingState, StoreError> {
        self.act(Close { id, causes, now, by }).await
    }
}

struct Take {
    seen: DueLife,
    step: LifeMove,
    now: Moment,
}

impl Act for Take {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let DueLife { pairing, state, ends, due_at, .. } = &self.seen;
        let (id, due_at) = (pairing.stored(), due_at.as_millis());
        let moved = match self.step.next {
            Some(next) => run!(conn, LOOK_AGAIN, id, due_at, next.as_millis())?,
            None => run!(conn, LOOK_NO_MORE, id, due_at)?,
        };
        // Whoever has moved an end or the pairing meanwhile is heard first.
        let until = self.step.taken_until.as_millis();
        let ends = (millis(ends.planned), millis(ends.hard));
        if moved != 1 || run!(conn, TAKEN, id, until, state.word(), ends.0, ends.1)? != 1 {
            return Err(StoreError::Conflict);
        }
        if self.step.causes.items.iter().any(|item| item.kind == brevbro_core::escalation::ItemKind::CheckIn) {
            settle_check_ins(conn, *pairing, self.now).await?;
        }
        if let Some(event) = self.step.event {
            let mut advance = pairings::Move { id: *pairing, event, now: self.now, by: Actor::Relay };
            advance.run(conn).await?;
        }
        insert_all(conn, &self.step.causes.notices, &self.step.causes.items, self.now).await
    }
}

struct Close {
    id: PairingId,
    causes: StepCauses,
    now: Moment,
    by: Actor,
}

impl Act for Close {
    type Output = PairingState;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<PairingState, StoreError> {
        let mut close = pairings::Move { id: self.id, event: PairingEvent::Close, now: self.now, by: self.by };
        let state = close.run(conn).await?;
        insert_all(conn, &self.causes.notices, &self.causes.items, self.now).await?;
        Ok(state)
    }
}

/// What a move of the pairing means for its life. Whoever looks next sets the time by the calendar.
pub(crate) async fn follow(
    conn: &mut Conn<'_>,
    pairing: PairingId,
    event: PairingEvent,
    now: Moment,
) -> Result<(), StoreError> {
    match event {
        PairingEvent::Begin => look(conn, pairing, now).await,
        PairingEvent::Close => {
            settle_check_ins(conn, pairing, now).await?;
            look(conn, pairing, now).await
        }
        PairingEvent::GraceOver | PairingEvent::Withdraw | PairingEvent::Erase => {
            run!(conn, FORGET_LIFE, pairing.stored()).map(drop)
        }
        // Ends are days in the calendar: a pause does not move them.
        PairingEvent::Pause | PairingEvent::Resume => Ok(()),
    }
}

/// The pairing's life is to be looked at by then.
pub(crate) async fn look(conn: &mut Conn<'_>, pairing: PairingId, by: Moment) -> Result<(), StoreError> {
    run!(conn, LOOK, pairing.stored(), by.as_millis()).map(drop)
}

/// Somebody has decided, or is asked anew: the open questions about the pairing's end are answered.
pub(crate) async fn settle_check_ins(conn: &mut Conn<'_>, pairing: PairingId, now: Moment) -> Result<(), StoreError> {
    run!(conn, SETTLE_CHECK_INS, pairing.stored(), now.as_millis()).map(drop)
}

type Stored = (i64, i64, String, String, Option<i64>, Option<i64>, i64, i64);

fn read((pairing, due_at, programme, state, planned, hard, taken, changed): Stored) -> Result<DueLife, StoreError> {
    Ok(DueLife {
        pairing: PairingId::from_stored(pairing),
        programme,
        state: word(&state, "pairing.state")?,
        ends: Ends { planned: moment(planned), hard: moment(hard) },
        taken_until: Moment::from_millis(taken),
        changed_at: Moment::from_millis(changed),
        due_at: Moment::from_millis(due_at),
    })
}

statements! {
    LIVES_DUE = "select t.subject, t.due_at, p.programme, p.state, p.planned_end, p.hard_end,
        coalesce(p.life_at, p.began_at, p.created_at), p.changed_at
        from timer t join pairing p on p.id = t.subject
        where t.kind = 'life' and t.due_at <= $1 order by t.due_at limit $2";
    LOOK = "insert into timer (kind, subject, due_at) values ('life', $1, $2)
        on conflict (kind, subject) do update set
            due_at = case when timer.due_at < excluded.due_at then timer.due_at else excluded.due_at end";
    LOOK_AGAIN = "update timer set due_at = $3 where kind = 'life' and subject = $1 and due_at = $2";
    LOOK_NO_MORE = "delete from timer where kind = 'life' and subject = $1 and due_at = $2";
    FORGET_LIFE = "delete from timer where kind = 'life' and subject = $1";
    TAKEN = "update pairing set life_at = $2 where id = $1 and state = $3
        and planned_end is not distinct from cast($4 as bigint) and hard_end is not distinct from cast($5 as bigint)";
    SETTLE_CHECK_INS = "update item set state = 'resolved', resolved_at = $2, lapses_at = null
        where state in ('raised', 'seen') and pairing_id = $1 and kind = 'check_in'";
}
