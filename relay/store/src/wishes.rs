//! What people ask for by mail: each wish is one act with all that is said about it.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::items::NewItem;
use crate::notices::{NewNotice, Post, insert_all};
use crate::pairings::Move;
use crate::recall;
use crate::store::Store;
use crate::stored::word;
use brevbro_core::id::{PairingId, PersonId};
use brevbro_core::pairing::{PairingEvent, PairingState};
use brevbro_core::party::Side;
use brevbro_core::time::Moment;
use std::collections::HashSet;

/// A pairing that is not over, as a wish finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Living {
    /// The pairing.
    pub pairing: PairingId,
    /// Its programme.
    pub programme: String,
    /// Where it stands.
    pub state: PairingState,
}

/// Who wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wisher {
    /// The person.
    pub person: PersonId,
    /// On which side.
    pub side: Side,
}

/// What is said about a wish.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// To whoever wished, and to staff.
    pub notices: Vec<NewNotice>,
    /// What a human must answer.
    pub items: Vec<NewItem>,
    /// What was written beside the wish, on its way to a human.
    pub letter: Option<LetterToStaff>,
    /// The programme whose ladder the items go up, where they name no pairing.
    pub programme: Option<String>,
}

/// A letter that goes along with a wish, as [`Store::post`] takes one.
pub type LetterToStaff = std::sync::Arc<Post>;

/// What a stop means for one pairing.
#[derive(Debug, Clone)]
pub struct PairingEnds {
    /// The pairing.
    pub pairing: PairingId,
    /// The last moment of its grace.
    pub grace_over: Moment,
    /// To the other side; a record that cannot be opened must not keep anybody from stopping.
    pub told: Option<NewNotice>,
}

impl Store {
    /// A person's pairings that are not over, the grace of an ended one included.
    pub async fn living_pairings(&self, person: PersonId) -> Result<Vec<Living>, StoreError> {
        living(&mut self.reader().await?.conn(), person).await
    }

    /// Says something about a wish that changes nothing in the store; all of it or nothing.
    pub async fn answer(&self, wisher: Wisher, answer: Answer, now: Moment) -> Result<(), StoreError> {
        self.act(Answering { wisher, answer, now }).await
    }

    /// Ends every pairing of one side. Gives how many ended; with none, only the notices are written: whoever
    /// stopped before hears it again, and nobody else does. [`StoreError::Conflict`] when a pairing is not among
    /// those that were prepared.
    pub async fn stop(
        &self,
        wisher: Wisher,
        ends: Vec<PairingEnds>,
        answer: Answer,
        now: Moment,
    ) -> Result<usize, StoreError> {
        self.act(Stop { wisher, ends, answer, now }).await
    }
}

pub(crate) async fn living(conn: &mut Conn<'_>, person: PersonId) -> Result<Vec<Living>, StoreError> {
    let rows: Vec<(i64, String, String)> = rows!(conn, LIVING, person.stored())?;
    let read = |(id, programme, state): (i64, String, String)| {
        Ok(Living { pairing: PairingId::from_stored(id), programme, state: word(&state, "pairing.state")? })
    };
    rows.into_iter().map(read).collect()
}

impl Answer {
    /// Writes everything that is said.
    pub(crate) async fn write(&self, conn: &mut Conn<'_>, wisher: Wisher, now: Moment) -> Result<(), StoreError> {
        if let Some(letter) = &self.letter {
            let _receipt = letter.write(conn).await?;
        }
        insert_all(conn, &self.notices, &self.items, now).await?;
        for item in &self.items {
            run!(conn, ABOUT, item.id.stored(), wisher.person.stored(), self.programme.as_deref())?;
        }
        Ok(())
    }
}

struct Answering {
    wisher: Wisher,
    answer: Answer,
    now: Moment,
}

impl Act for Answering {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        self.answer.write(conn, self.wisher, self.now).await
    }
}

struct Stop {
    wisher: Wisher,
    ends: Vec<PairingEnds>,
    answer: Answer,
    now: Moment,
}

impl Act for Stop {
    type Output = usize;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<usize, StoreError> {
        let ended = end_all(conn, (self.wisher.person, Actor::Party), &self.ends, self.now).await?;
        if ended == 0 {
            let again = Answer {
                items: Vec::new(),
                notices: self.answer.notices.iter().take(1).cloned().collect(),
                ..self.answer.clone()
            };
            again.write(conn, self.wisher, self.now).await?;
            return Ok(0);
        }
        recall::at_stop(conn, (self.wisher.person, self.wisher.side), self.now).await?;
        for ends in &self.ends {
            insert_all(conn, ends.told.as_slice(), &[], self.now).await?;
        }
        self.answer.write(conn, self.wisher, self.now).await?;
        let subject = ("person", self.wisher.person.stored());
        Trace { at: self.now, act: "person stop", subject, by: Actor::Party }.write(conn).await?;
        Ok(ended)
    }
}

/// Ends every pairing of a person that is not over yet; those whose grace has begun are left in it.
pub(crate) async fn end_all(
    conn: &mut Conn<'_>,
    (person, by): (PersonId, Actor),
    ends: &[PairingEnds],
    now: Moment,
) -> Result<usize, StoreError> {
    let prepared: HashSet<PairingId> = ends.iter().map(|ends| ends.pairing).collect();
    let mut ended = 0;
    for found in living(conn, person).await? {
        let event = match found.state {
            PairingState::Proposed => PairingEvent::Withdraw,
            PairingState::Active | PairingState::Paused => PairingEvent::Close,
            _ => continue,
        };
        let Some(ends) = ends.iter().find(|ends| ends.pairing == found.pairing) else {
            return Err(StoreError::Conflict);
        };
        Move { id: found.pairing, event, now, by }.run(conn).await?;
        if event == PairingEvent::Close {
            run!(conn, GRACE_ENDS, found.pairing.stored(), ends.grace_over.as_millis())?;
        }
        ended += 1;
    }
    // Ended between the look and the act: what was prepared to be said about it would be said twice.
    if ended > 0 && ended < prepared.len() { Err(StoreError::Conflict) } else { Ok(ended) }
}

statements! {
    LIVING = "select id, programme, state from pairing
        where volunteer_id = $1 and state in ('proposed', 'active', 'paused', 'closing')
        union all
        select id, programme, state from pairing
        where seeker_id = $1 and state in ('proposed', 'active', 'paused', 'closing')";
    /// The next step of an ended pairing: its grace is over.
    GRACE_ENDS = "insert into timer (kind, subject, due_at) values ('life', $1, $2)
        on conflict (kind, subject) do update set due_at = excluded.due_at";
    ABOUT = "update item set person_id = $2, programme = $3 where id = $1";
}
