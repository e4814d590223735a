//! The Sunday overview: who gets one, when it is due, what it was about, and that each goes out once.

use crate::act::{Act, Conn};
use crate::error::StoreError;
use crate::notices::{NewNotice, insert_all};
use crate::store::Store;
use crate::stored::{moment, word};
use brevbro_core::id::{EntryId, LetterId, PairingId, PersonId};
use brevbro_core::ledger::Minutes;
use brevbro_core::overview::Counted;
use brevbro_core::time::{Moment, Week};

/// An overview whose time has come, as it was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueOverview {
    /// The week it is about.
    pub week: Week,
    /// Whom it is for.
    pub volunteer: PersonId,
    /// When it was due; whoever sends it must still find this.
    pub due_at: Moment,
}

/// What is done about an overview that is due.
#[derive(Debug, Clone)]
pub enum Told {
    /// It waits until then: nobody is written to now.
    Later(Moment),
    /// It goes out, with these lines in their order.
    Lines(NewNotice, Vec<EntryId>),
    /// There is nothing to tell, or it is too late.
    Nothing,
}

/// A pairing in a volunteer's week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WeekPairing {
    /// Its key.
    pub id: PairingId,
    /// Its programme.
    pub programme: String,
    /// Its own weekly limit.
    pub cap: Option<Minutes>,
}

/// What tells one state of a volunteer's week from every other: entries are only ever added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    entries: i64,
    tenths: i64,
}

/// A volunteer's week over all pairings, the oldest entry first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VolunteerWeek {
    /// The entries.
    pub entries: Vec<Counted>,
    /// The pairings they belong to.
    pub pairings: Vec<WeekPairing>,
    /// The state this was read in.
    pub stamp: Stamp,
}

impl Store {
    /// Volunteers with entries in a week, by their keys, with the programme of each pairing that has some.
    pub async fn volunteers_of_week(
        &self,
        week: Week,
        after: Option<PersonId>,
        limit: u32,
    ) -> Result<Vec<(PersonId, Vec<String>)>, StoreError> {
        let mut reader = self.reader().await?;
        let after = after.map_or(i64::MIN, PersonId::stored);
        let rows: Vec<(i64, String)> = rows!(&mut reader.conn(), WITH_ENTRIES, after, week.stored(), i64::from(limit))?;
        let is_full = rows.len() == usize::try_from(limit).unwrap_or(usize::MAX);
        let mut all: Vec<(PersonId, Vec<String>)> = Vec::new();
        for (volunteer, programme) in rows {
            let volunteer = PersonId::from_stored(volunteer);
            match all.last_mut() {
                Some((last, programmes)) if *last == volunteer => programmes.push(programme),
                _ => all.push((volunteer, vec![programme])),
            }
        }
        // The last one's pairings may go on beyond the limit.
        if is_full && all.len() > 1 {
            all.pop();
        }
        Ok(all)
    }

    /// The last volunteer for whom a week's overview has been laid out: they are laid out by their keys.
    pub async fn overviews_last(&self, week: Week) -> Result<Option<PersonId>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(Option<i64>,)> = rows!(&mut reader.conn(), LAST, week.stored())?;
        Ok(rows.first().and_then(|row| row.0).map(PersonId::from_stored))
    }

    /// Lays out overviews: for each volunteer when it is due, if at all. One that is laid out already stays as it is.
    pub async fn overviews_set(&self, week: Week, due: Vec<(PersonId, Option<Moment>)>) -> Result<(), StoreError> {
        self.act(LayOut { week, due }).await
    }

    /// Overviews whose time has come, the oldest first.
    pub async fn overviews_due(&self, now: Moment, limit: u32) -> Result<Vec<DueOverview>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(i64, i64, i64)> = rows!(&mut reader.conn(), DUE, now.as_millis(), i64::from(limit))?;
        let due = |(week, person, due_at)| {
            let week = Week::from_stored(week).map_err(|_| StoreError::Corrupt("overview.week"))?;
            Ok(DueOverview { week, volunteer: PersonId::from_stored(person), due_at: Moment::from_millis(due_at) })
        };
        rows.into_iter().map(due).collect()
    }

    /// What a volunteer's week holds.
    pub async fn volunteer_week(&self, volunteer: PersonId, week: Week) -> Result<VolunteerWeek, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<Stored> = rows!(&mut reader.conn(), WEEK, volunteer.stored(), week.stored())?;
        read(rows)
    }

    /// Does what is to be done about an overview; `false` when another node did.
    pub async fn overview_told(&self, seen: DueOverview, told: Told, now: Moment) -> Result<bool, StoreError> {
        self.act(Tell { seen, told, now }).await
    }

    /// When an overview went out, and the entries its lines begin with.
    pub async fn overview_lines(
        &self,
        volunteer: PersonId,
        week: Week,
    ) -> Result<Option<(Moment, Vec<EntryId>)>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(Option<i64>, Option<Vec<u8>>)> =
            rows!(&mut reader.conn(), LINES, week.stored(), volunteer.stored())?;
        let Some((Some(told_at), Some(lines))) = rows.into_iter().next().map(|(at, lines)| (moment(at), lines)) else {
            return Ok(None);
        };
        let (keys, _) = lines.as_chunks::<8>();
        Ok(Some((told_at, keys.iter().map(|key| EntryId::from_stored(i64::from_be_bytes(*key))).collect())))
    }

    /// The newest overview a volunteer has been sent: its week, and when.
    pub async fn newest_overview(&self, volunteer: PersonId) -> Result<Option<(Week, Moment)>, StoreError> {
        let mut reader = self.reader().await?;
        let rows: Vec<(i64, i64)> = rows!(&mut reader.conn(), NEWEST, volunteer.stored())?;
        let Some((week, told_at)) = rows.into_iter().next() else { return Ok(None) };
        let week = Week::from_stored(week).map_err(|_| StoreError::Corrupt("overview.week"))?;
        Ok(Some((week, Moment::from_millis(told_at))))
    }

    /// Removes overviews of weeks before one, a batch at a time; gives how many.
    pub async fn overviews_forget(&self, before: Week) -> Result<u64, StoreError> {
        self.act(Forget(before)).await
    }
}

struct LayOut {
    week: Week,
    due: Vec<(PersonId, Option<Moment>)>,
}

impl Act for LayOut {
    type Output = ();

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<(), StoreError> {
        for (person, due_at) in &self.due {
            run!(conn, LAY_OUT, self.week.stored(), person.stored(), due_at.map(Moment::as_millis))?;
        }
        Ok(())
    }

    fn is_patient(&self) -> bool {
        true
    }
}

struct Tell {
    seen: DueOverview,
    told: Told,
    now: Moment,
}

impl Act for Tell {
    type Output = bool;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<bool, StoreError> {
        let DueOverview { week, volunteer, due_at } = self.seen;
        let (later, lines) = match &self.told {
            Told::Later(later) => (Some(later.as_millis()), None),
            Told::Lines(_, lines) => (None, Some(lines.iter().flat_map(|id| id.stored().to_be_bytes()).collect())),
            Told::Nothing => (None, None),
        };
        let (told_at, lines): (_, Option<Vec<u8>>) = (lines.is_some().then_some(self.now.as_millis()), lines);
        let seen = (week.stored(), volunteer.stored(), due_at.as_millis());
        if run!(conn, TELL, seen.0, seen.1, seen.2, later, told_at, lines)? != 1 {
            return Ok(false);
        }
        if let Told::Lines(notice, _) = &self.told {
            insert_all(conn, std::slice::from_ref(notice), &[], self.now).await?;
        }
        Ok(true)
    }

    fn is_patient(&self) -> bool {
        true
    }
}

struct Forget(Week);

impl Act for Forget {
    type Output = u64;

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<u64, StoreError> {
        run!(conn, FORGET, self.0.stored(), FORGET_BATCH)
    }

    fn is_patient(&self) -> bool {
        true
    }
}

const FORGET_BATCH: i64 = 1_000;

type Stored = (i64, i64, String, Option<i64>, String, i64, Option<i64>, Option<i64>, String, i64);

fn read(rows: Vec<Stored>) -> Result<VolunteerWeek, StoreError> {
    let (mut entries, mut pairings) = (Vec::with_capacity(rows.len()), Vec::<WeekPairing>::new());
    let tenths = rows.iter().fold(0_i64, |sum, row| sum.saturating_add(row.5));
    for (id, pairing, programme, cap, kind, tenths, letter, about, made_by, made_at) in rows {
        let pairing = PairingId::from_stored(pairing);
        if pairings.iter().all(|known| known.id != pairing) {
            pairings.push(WeekPairing { id: pairing, programme, cap: cap.map(Minutes::tenths) });
        }
        entries.push(Counted {
            id: EntryId::from_stored(id),
            pairing,
            kind: word(&kind, "ledger_entry.kind")?,
            delta: Minutes::tenths(tenths),
            letter: letter.map(LetterId::from_stored),
            about: about.map(EntryId::from_stored),
            made_at: Moment::from_millis(made_at),
            is_own: made_by == crate::audit::Actor::Party.word(),
        });
    }
    let count = i64::try_from(entries.len()).unwrap_or(i64::MAX);
    Ok(VolunteerWeek { entries, pairings, stamp: Stamp { entries: count, tenths } })
}

/// The state a volunteer's week is in now.
pub(crate) async fn stamp(conn: &mut Conn<'_>, volunteer: PersonId, week: Week) -> Result<Stamp, StoreError> {
    let rows: Vec<(i64, i64)> = rows!(conn, STAMP, volunteer.stored(), week.stored())?;
    let (entries, tenths) = rows.into_iter().next().unwrap_or_default();
    Ok(Stamp { entries, tenths })
}

statements! {
    /// One row for each pairing, in the order of its index: anything else would sort everybody for each piece.
    WITH_ENTRIES = "select p.volunteer_id, p.programme from pairing p
        where p.volunteer_id > $1
            and exists (select 1 from ledger_entry e where e.pairing_id = p.id and e.week = $2)
        order by p.volunteer_id limit $3";
    LAST = "select max(person_id) from overview where week = $1";
    LAY_OUT = "insert into overview (week, person_id, due_at) values ($1, $2, $3)
        on conflict (week, person_id) do nothing";
    DUE = "select week, person_id, due_at from overview where due_at <= $1 order by due_at limit $2";
    WEEK = "select e.id, e.pairing_id, p.programme, p.cap_tenths, e.kind, e.tenths, e.letter_id, e.about, e.made_by,
            e.made_at
        from pairing p join ledger_entry e on e.pairing_id = p.id and e.week = $2
        where p.volunteer_id = $1 order by e.made_at, e.id";
    STAMP = "select count(*), cast(coalesce(sum(e.tenths), 0) as bigint)
        from pairing p join ledger_entry e on e.pairing_id = p.id and e.week = $2
        where p.volunteer_id = $1";
    TELL = "update overview set due_at = $4, told_at = $5, lines = $6
        where week = $1 and person_id = $2 and due_at = $3";
    NEWEST = "select week, told_at from overview where person_id = $1 and told_at is not null order by week desc limit 1";
    LINES = "select told_at, lines from overview where week = $1 and person_id = $2";
    FORGET = "delete from overview where (week, person_id) in
        (select week, person_id from overview where week < $1 order by week limit $2)";
}
