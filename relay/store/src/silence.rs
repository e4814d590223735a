//! Who waits for whom in a pairing, and when something is done about it.

use crate::act::Conn;
use crate::error::StoreError;
use brevbro_core::id::PairingId;
use brevbro_core::missed::Waiting;
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

statements! {
    SET = "insert into silence (pairing_id, waiting, since, steps, due_at) values ($1, $2, $3, 0, $4)
        on conflict (pairing_id) do update set
            since = case when silence.waiting = 'volunteer' and excluded.waiting = 'volunteer'
                then silence.since else excluded.since end,
            steps = case when silence.waiting = 'volunteer' and excluded.waiting = 'volunteer'
                then silence.steps else 0 end,
            due_at = case when silence.waiting = 'volunteer' and excluded.waiting = 'volunteer'
                then silence.due_at else excluded.due_at end,
            waiting = excluded.waiting";
}
