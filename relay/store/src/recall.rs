//! Letters that are taken back before they arrive, because their reader has asked for none, or is to be forgotten.

use crate::act::Conn;
use crate::error::StoreError;
use crate::items::resolve_of_letter;
use crate::ledger::give_back;
use crate::reading;
use crate::stored::word;
use brevbro_core::id::{LetterId, PersonId};
use brevbro_core::party::Side;
use brevbro_core::spool::{SpoolEvent, SpoolState};
use brevbro_core::time::Moment;

/// What a stop takes back. Nothing more reaches a seeker, not even what a node is trying to deliver at this moment; what
/// she has sent herself goes on. A volunteer still gets the letters a seeker has sent (P4). Whatever waits for a later
/// day has no later day any more, on either side.
pub(crate) async fn at_stop(
    conn: &mut Conn<'_>,
    (person, side): (PersonId, Side),
    now: Moment,
) -> Result<(), StoreError> {
    let id = person.stored();
    let letters: Vec<(i64, String)> = match side {
        Side::Seeker => rows!(conn, OF_SEEKER, id)?,
        Side::Volunteer => rows!(conn, OF_VOLUNTEER, id)?,
    };
    all(conn, letters, now).await
}

/// Takes back whatever is on its way in a person's pairings, in either direction.
pub(crate) async fn at_erasure(conn: &mut Conn<'_>, person: PersonId, now: Moment) -> Result<(), StoreError> {
    let letters: Vec<(i64, String)> = rows!(conn, OF_PAIRINGS, person.stored())?;
    all(conn, letters, now).await
}

async fn all(conn: &mut Conn<'_>, letters: Vec<(i64, String)>, now: Moment) -> Result<(), StoreError> {
    for (id, state) in letters {
        take(conn, LetterId::from_stored(id), word(&state, "spool.state")?, now).await?;
    }
    Ok(())
}

/// Takes one back; one that has arrived meanwhile stays where it is.
async fn take(conn: &mut Conn<'_>, letter: LetterId, old: SpoolState, now: Moment) -> Result<(), StoreError> {
    let (id, new) = (letter.stored(), old.after(SpoolEvent::Recall)?);
    let taken: Vec<(i64,)> = rows!(conn, TAKE, id, old.word(), new.word(), now.as_millis())?;
    if taken.is_empty() {
        return Ok(());
    }
    give_back(conn, letter, now).await?;
    run!(conn, DELETE_BODY, id)?;
    reading::forget(conn, letter).await?;
    resolve_of_letter(conn, letter, now).await
}

statements! {
    OF_SEEKER = "select id, state from spool where state in ('queued', 'claimed', 'held', 'quarantined')
        and pairing_id is not null and (recipient_id = $1 or (author_id = $1 and state = 'held'))";
    OF_VOLUNTEER = "select id, state from spool where state = 'held'
        and pairing_id is not null and (recipient_id = $1 or author_id = $1)";
    OF_PAIRINGS = "select id, state from spool where state in ('queued', 'claimed', 'held', 'quarantined')
        and (recipient_id = $1 or author_id = $1 or pairing_id in
            (select id from pairing where volunteer_id = $1 union all select id from pairing where seeker_id = $1))";
    TAKE = "update spool set state = $3, due_at = null, reason = null, lease_node = null, settled_at = $4, replay = null
        where id = $1 and state = $2 returning id";
    DELETE_BODY = "delete from spool_body where spool_id = $1";
}
