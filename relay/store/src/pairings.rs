//! Pairings: opening, moving through their life, extending, listing.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::lifecycle;
use crate::notices::{NewNotice, NoticeTo, insert_all};
use crate::people::{NewAlias, NewPerson, PersonState, find as find_person};
use crate::silence;
use crate::store::Store;
use crate::stored::{millis, moment, word};
use brevbro_core::id::{AliasId, PairingId, PersonId};
use brevbro_core::ledger::Minutes;
use brevbro_core::pairing::{PairingEvent, PairingState};
use brevbro_core::party::Side;
use brevbro_core::time::Moment;

/// The seeker of a new pairing.
#[derive(Debug, Clone)]
pub enum SeekerOf {
    /// Enrolled with it.
    New(NewPerson),
    /// Enrolled before.
    Existing(PersonId),
}

/// A pairing to be opened.
#[derive(Debug, Clone)]
pub struct NewPairing {
    /// Its key.
    pub id: PairingId,
    /// The programme's key in the configuration.
    pub programme: String,
    /// The volunteer, who has an alias already.
    pub volunteer: PersonId,
    /// The seeker.
    pub seeker: SeekerOf,
    /// The seeker's alias in this pairing.
    pub seeker_alias: NewAlias,
    /// Whether letters go at once (`Active`), or both sides are asked first (`Proposed`).
    pub begins: bool,
    /// When it is planned to end.
    pub planned_end: Option<Moment>,
    /// When it ends at the latest.
    pub hard_end: Option<Moment>,
}

/// What goes with the opening of a pairing.
#[derive(Debug, Clone, Default)]
pub struct Opening {
    /// The first letter to the seeker; should she be known by another key already, it goes to that one.
    pub seeker: Option<NewNotice>,
    /// The first letter to the volunteer, likewise.
    pub volunteer: Option<NewNotice>,
    /// When the pairing's life is looked at first; when left out, at once where it has an end.
    pub look_at: Option<Moment>,
}

/// A pairing as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairingRow {
    /// Its key.
    pub id: PairingId,
    /// The programme's key in the configuration.
    pub programme: String,
    /// Where it stands.
    pub state: PairingState,
    /// The volunteer.
    pub volunteer: PersonId,
    /// The seeker.
    pub seeker: PersonId,
    /// The alias the seeker writes to.
    pub volunteer_alias: AliasId,
    /// The alias the volunteer writes to.
    pub seeker_alias: AliasId,
    /// When letters began.
    pub began_at: Option<Moment>,
    /// When it is planned to end.
    pub planned_end: Option<Moment>,
    /// When it ends at the latest.
    pub hard_end: Option<Moment>,
    /// When it was made.
    pub created_at: Moment,
    /// When it last moved.
    pub changed_at: Moment,
    /// Its own weekly limit, when a coordinator has set one; nothing a week has no limit.
    pub cap: Option<Minutes>,
}

/// Which pairings to list.
#[derive(Debug, Clone, Default)]
pub struct PairingFilter {
    /// In this state.
    pub state: Option<PairingState>,
    /// In this programme.
    pub programme: Option<String>,
    /// Of this person, on either side.
    pub person: Option<PersonId>,
}

impl Store {
    /// Opens a pairing, with its seeker where she is new.
    pub async fn pairing_open(&self, pairing: NewPairing, now: Moment, by: Actor) -> Result<(), StoreError> {
        self.pairing_open_with(pairing, Opening::default(), now, by).await
    }

    /// The same with what both are told.
    pub async fn pairing_open_with(
        &self,
        pairing: NewPairing,
        opening: Opening,
        now: Moment,
        by: Actor,
    ) -> Result<(), StoreError> {
        self.act(Open { pairing, opening, now, by }).await
    }

    /// One pairing.
    pub async fn pairing(&self, id: PairingId) -> Result<Option<PairingRow>, StoreError> {
        find(&mut self.reader().await?.conn(), id).await
    }

    /// Pairings, newest first.
    pub async fn pairings(&self, filter: PairingFilter, limit: u32) -> Result<Vec<PairingRow>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<Stored> = rows!(
            &mut reader.conn(),
            LIST,
            filter.state.map(PairingState::word),
            filter.programme.as_deref(),
            filter.person.map(PersonId::stored),
            i64::from(limit),
        )?;
        rows.into_iter().map(read).collect()
    }

    /// Moves a pairing by the law of its life; gives the new state. When it is over, the seeker's alias retires.
    pub async fn pairing_move(
        &self,
        id: PairingId,
        event: PairingEvent,
        now: Moment,
        by: Actor,
    ) -> Result<PairingState, StoreError> {
        self.act(Move { id, event, now, by }).await
    }

    /// Plans another end for a pairing that is not over, never later than its last day.
    pub async fn pairing_extend(
        &self,
        id: PairingId,
        planned_end: Moment,
        now: Moment,
        by: Actor,
    ) -> Result<(), StoreError> {
        self.act(Extend { id, planned_end, now, by }).await
    }
}

struct Open {
    pairing: NewPairing,
    opening: Opening,
    now: Moment,
    by: Actor,
}

impl Act for Open {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let new = &self.pairing;
        let aliases: Vec<(i64,)> = rows!(conn, STABLE_ALIAS, new.volunteer.stored())?;
        let alias = aliases.first().map(|row| AliasId::from_stored(row.0)).ok_or(StoreError::Unknown("volunteer"))?;
        let seeker = self.seeker(conn).await?;
        if !new.seeker_alias.insert(conn, seeker, Some(new.id), self.now).await? {
            return Err(StoreError::AliasTaken);
        }
        if !insert(conn, new, alias, seeker, self.now).await? {
            return Err(StoreError::AlreadyPaired);
        }
        self.opening.follow(conn, new, (new.volunteer, seeker), self.now).await?;
        let subject = ("pairing", new.id.stored());
        Trace { at: self.now, act: "pairing open", subject, by: self.by }.write(conn).await
    }
}

impl Open {
    async fn seeker(&self, conn: &mut Conn<'_>) -> Result<PersonId, StoreError> {
        match &self.pairing.seeker {
            SeekerOf::New(person) if person.insert(conn, Side::Seeker, self.now).await? => Ok(person.id),
            SeekerOf::New(_) => Err(StoreError::AddressTaken),
            SeekerOf::Existing(id) => {
                let row = find_person(conn, *id).await?.ok_or(StoreError::Unknown("seeker"))?;
                let fits = row.side == Side::Seeker && matches!(row.state, PersonState::Active | PersonState::Paused);
                if fits { Ok(*id) } else { Err(StoreError::Unknown("seeker")) }
            }
        }
    }
}

impl Opening {
    /// Writes what goes with a pairing that was just written, for the two people it turned out to be.
    pub(crate) async fn follow(
        &self,
        conn: &mut Conn<'_>,
        new: &NewPairing,
        (volunteer, seeker): (PersonId, PersonId),
        now: Moment,
    ) -> Result<(), StoreError> {
        let has_end = new.planned_end.or(new.hard_end).is_some();
        if let Some(at) = self.look_at.or((new.begins && has_end).then_some(now)) {
            lifecycle::look(conn, new.id, at).await?;
        }
        for (notice, person) in [(&self.seeker, seeker), (&self.volunteer, volunteer)] {
            let Some(mut notice) = notice.clone() else { continue };
            if let NoticeTo::Person { id, .. } = &mut notice.to {
                *id = person;
            }
            insert_all(conn, std::slice::from_ref(&notice), &[], now).await?;
        }
        Ok(())
    }
}

/// Writes the row; `false` when the two have a pairing that is not over.
pub(crate) async fn insert(
    conn: &mut Conn<'_>,
    new: &NewPairing,
    volunteer_alias: AliasId,
    seeker: PersonId,
    now: Moment,
) -> Result<bool, StoreError> {
    let state = if new.begins { PairingState::Active } else { PairingState::Proposed };
    let inserted = run!(
        conn,
        INSERT,
        new.id.stored(),
        new.programme.as_str(),
        state.word(),
        new.volunteer.stored(),
        seeker.stored(),
        volunteer_alias.stored(),
        new.seeker_alias.id.stored(),
        new.begins.then_some(now.as_millis()),
        millis(new.planned_end),
        millis(new.hard_end),
        now.as_millis(),
    )?;
    Ok(inserted == 1)
}

pub(crate) struct Move {
    pub(crate) id: PairingId,
    pub(crate) event: PairingEvent,
    pub(crate) now: Moment,
    pub(crate) by: Actor,
}

impl Act for Move {
    type Output = PairingState;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<PairingState, StoreError> {
        let row = find(conn, self.id).await?.ok_or(StoreError::Unknown("pairing"))?;
        let new = row.state.after(self.event)?;
        let (id, now) = (self.id.stored(), self.now.as_millis());
        let began_at = (self.event == PairingEvent::Begin).then_some(now);
        if run!(conn, MOVE, id, row.state.word(), new.word(), began_at, now)? != 1 {
            return Err(StoreError::Conflict);
        }
        if matches!(new, PairingState::Closed | PairingState::Withdrawn) {
            run!(conn, RETIRE_ALIAS, row.seeker_alias.stored())?;
        }
        silence::follow(conn, self.id, self.event, self.now).await?;
        Trace { at: self.now, act: name(self.event), subject: ("pairing", id), by: self.by }.write(conn).await?;
        Ok(new)
    }
}

fn name(event: PairingEvent) -> &'static str {
    match event {
        PairingEvent::Begin => "pairing begin",
        PairingEvent::Pause => "pairing pause",
        PairingEvent::Resume => "pairing resume",
        PairingEvent::Close => "pairing close",
        PairingEvent::GraceOver => "pairing grace over",
        PairingEvent::Withdraw => "pairing withdraw",
        PairingEvent::Erase => "pairing erase",
    }
}

struct Extend {
    id: PairingId,
    planned_end: Moment,
    now: Moment,
    by: Actor,
}

impl Act for Extend {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        let (id, now) = (self.id.stored(), self.now.as_millis());
        if run!(conn, EXTEND, id, self.planned_end.as_millis(), now)? != 1 {
            let row = find(conn, self.id).await?.ok_or(StoreError::Unknown("pairing"))?;
            let is_late = row.hard_end.is_some_and(|end| end < self.planned_end);
            let illegal = brevbro_core::pairing::IllegalMove { from: row.state };
            return Err(if is_late && row.state.may_go_on() { StoreError::TooLate } else { illegal.into() });
        }
        lifecycle::settle_check_ins(conn, self.id, self.now).await?;
        lifecycle::look(conn, self.id, self.now).await?;
        Trace { at: self.now, act: "pairing extend", subject: ("pairing", id), by: self.by }.write(conn).await
    }
}

async fn find(conn: &mut Conn<'_>, id: PairingId) -> Result<Option<PairingRow>, StoreError> {
    let rows: Vec<Stored> = rows!(conn, BY_ID, id.stored())?;
    rows.into_iter().next().map(read).transpose()
}

type Stored = (i64, String, String, i64, i64, i64, i64, Option<i64>, Option<i64>, Option<i64>, i64, i64, Option<i64>);

fn read(row: Stored) -> Result<PairingRow, StoreError> {
    let (
        id,
        programme,
        state,
        volunteer,
        seeker,
        volunteer_alias,
        seeker_alias,
        began,
        planned,
        hard,
        created,
        changed,
        cap,
    ) = row;
    Ok(PairingRow {
        id: PairingId::from_stored(id),
        programme,
        state: word(&state, "pairing.state")?,
        volunteer: PersonId::from_stored(volunteer),
        seeker: PersonId::from_stored(seeker),
        volunteer_alias: AliasId::from_stored(volunteer_alias),
        seeker_alias: AliasId::from_stored(seeker_alias),
        began_at: moment(began),
        planned_end: moment(planned),
        hard_end: moment(hard),
        created_at: Moment::from_millis(created),
        changed_at: Moment::from_millis(changed),
        cap: cap.map(Minutes::tenths),
    })
}

macro_rules! select_pairing {
    ($tail:literal) => {
        concat!(
            "select id, programme, state, volunteer_id, seeker_id, volunteer_alias_id, seeker_alias_id, began_at,
                planned_end, hard_end, created_at, changed_at, cap_tenths from pairing ",
            $tail
        )
    };
}

statements! {
    STABLE_ALIAS = "select a.id from alias a join person p on p.id = a.person_id
        where p.id = $1 and p.side = 'volunteer' and p.state in ('active', 'paused')
        and a.kind = 'volunteer' and a.state = 'active'";
    /// The conflict is the one over `pairing_once`: two people, one living pairing.
    INSERT = "insert into pairing (id, programme, state, volunteer_id, seeker_id, volunteer_alias_id, seeker_alias_id,
        began_at, planned_end, hard_end, created_at, changed_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
        on conflict (volunteer_id, seeker_id) where state in ('proposed', 'active', 'paused', 'closing') do nothing";
    BY_ID = select_pairing!("where id = $1");
    LIST = select_pairing!(
        "where (cast($1 as text) is null or state = $1) and (cast($2 as text) is null or programme = $2)
        and (cast($3 as bigint) is null or volunteer_id = $3 or seeker_id = $3)
        order by created_at desc, id limit $4"
    );
    MOVE = "update pairing set state = $3, began_at = coalesce($4, began_at), changed_at = $5
        where id = $1 and state = $2";
    RETIRE_ALIAS = "update alias set state = 'retired' where id = $1";
    EXTEND = "update pairing set planned_end = $2, changed_at = $3
        where id = $1 and state in ('proposed', 'active', 'paused') and (hard_end is null or hard_end >= $2)";
}
