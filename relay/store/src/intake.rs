//! Desk 7: one letter and everything it causes, committed as one.

use crate::act::{Act, Conn};
use crate::audit::Actor;
use crate::claim::Node;
use crate::error::StoreError;
use crate::items::NewItem;
use crate::ledger::lock;
use crate::notices::{NewNotice, insert_all, octets_of};
use crate::reading;
use crate::silence::{self, NewSilence};
use crate::store::Store;
use crate::stored::{octets, size, word};
use crate::week::{Fit, Standing, WeekTold, standing};
use brevbro_core::id::{EntryId, LetterId, PairingId};
use brevbro_core::ledger::{EntryKind, Minutes};
use brevbro_core::party::Side;
use brevbro_core::policy::Verdict;
use brevbro_core::programme::{WeekRules, WhenFull};
use brevbro_core::seal::{Digest, SealedLetter};
use brevbro_core::spool::{GIVE_UP_AFTER, HoldReason, LEASE, SpoolState};
use brevbro_core::time::Moment;
use std::sync::Arc;

/// All that one accepted letter causes. Cheap to copy, so that it can be offered again with [`Commit::told`].
#[derive(Debug, Clone)]
pub struct Commit {
    /// The letter's key, also in its Message-ID token.
    pub id: LetterId,
    /// The letter: pairing, verdict, charge and sealed body.
    pub letter: Arc<SealedLetter>,
    /// The key of its reservation in the ledger.
    pub entry: EntryId,
    /// The keyed digest by which a second copy of the same letter is known.
    pub replay: Option<Digest>,
    /// When it was taken.
    pub now: Moment,
    /// The node that goes on delivering it at once: a letter to be relayed is then stored claimed already.
    pub claim_for: Option<Node>,
    /// The programme's weekly hour. A seeker's letter meets it only where the programme has chosen so (P4); `None`
    /// looks at no limit at all.
    pub week: Option<WeekRules>,
    /// What is said when the week is nearly full or full; without it such a letter is [`StoreError::WeekTurned`].
    pub told: Option<Box<WeekTold>>,
    /// When the reading of a seeker's letter is booked.
    pub reading: Reading,
    /// Who waits for whom from now on; `None` when this is no contact.
    pub silence: Option<NewSilence>,
    /// Notices that go with it.
    pub notices: Vec<NewNotice>,
    /// Items that go with it.
    pub items: Vec<NewItem>,
    /// Until when a held letter waits: for its week, or for its author's answer; five days from now unless said.
    pub expires: Option<Moment>,
}

/// When the volunteer's reading of a seeker's letter is booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// With the volunteer's answer, and at this moment at the latest.
    WithAnswer(Moment),
    /// The programme does not count reading.
    Never,
}

/// What was made durable. Only this earns a 250.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub struct Receipt {
    /// The letter; of a duplicate, the letter that came first.
    pub letter: LetterId,
    /// Where it stands.
    pub state: SpoolState,
    /// Why it is held, if it is.
    pub held: Option<HoldReason>,
    /// The same letter was here before; nothing was written now.
    pub duplicate: bool,
}

impl Store {
    /// Commits one letter with its notices, items and reservation.
    pub async fn commit(&self, intake: Commit) -> Result<Receipt, StoreError> {
        self.act(intake).await
    }
}

/// Where the letter goes, before the week is looked at.
struct First {
    state: SpoolState,
    reason: Option<&'static str>,
    held: Option<HoldReason>,
    claimed_by: Option<Node>,
    due_at: Option<Moment>,
}

impl Act for Commit {
    type Output = Receipt;

    fn weight(&self) -> usize {
        self.letter.body().octets().len() + octets_of(&self.notices)
    }

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<Receipt, StoreError> {
        let first = self.first();
        let standing = self.standing(conn).await?;
        if standing.fit != Fit::Free && self.told.is_none() {
            return Err(StoreError::WeekTurned);
        }
        let held = match (self.write(conn, &first, standing.cap).await?, self.waits_for_the_week(standing.fit)) {
            (0, _) => return earlier(conn, self.replay.as_ref()).await,
            (LETTER_AND_BODY, true) => {
                run!(conn, HOLD_FOR_THE_WEEK, self.id.stored(), self.expires().as_millis())?;
                Some(HoldReason::WeekFull)
            }
            _ => first.held,
        };
        self.follow(conn, standing.fit, held).await?;
        let state = if held == first.held { first.state } else { SpoolState::Held };
        Ok(Receipt { letter: self.id, state, held, duplicate: false })
    }
}

impl Commit {
    fn pairing(&self) -> PairingId {
        self.letter.facts().pairing
    }

    /// The limits this letter can meet, whoever wrote it.
    fn rules(&self) -> Option<&WeekRules> {
        self.week.as_ref()
    }

    /// How the letter meets its week. A volunteer who writes has read: what waited to be read is booked first.
    async fn standing(&self, conn: &mut Conn<'_>) -> Result<Standing, StoreError> {
        let charge = self.letter.charge();
        let free = Standing { cap: None, fit: Fit::Free, is_fresh: false };
        if !self.is_relayed() {
            return Ok(free);
        }
        if charge.author == Side::Seeker {
            return self.seekers_standing(conn).await.map(|fit| Standing { fit, ..free });
        }
        lock(conn, self.pairing()).await?;
        reading::book_all(conn, self.pairing(), charge.week, self.now).await?;
        match self.rules() {
            Some(rules) => standing(conn, rules, (self.pairing(), charge.week), charge.minutes).await,
            None => Ok(free),
        }
    }

    /// A seeker's letter waits only where her programme has chosen so, and never for a week in which nothing stands.
    async fn seekers_standing(&self, conn: &mut Conn<'_>) -> Result<Fit, StoreError> {
        let charge = self.letter.charge();
        let Some(rules) = self.rules().filter(|rules| rules.seeker_mail_when_full == WhenFull::Hold) else {
            return Ok(Fit::Free);
        };
        lock(conn, self.pairing()).await?;
        let counts = if self.reading == Reading::Never { Minutes::default() } else { charge.minutes };
        let standing = standing(conn, rules, (self.pairing(), charge.week), counts).await?;
        Ok(if standing.fit == Fit::Full && !standing.is_fresh { Fit::Full } else { Fit::Free })
    }

    /// What follows from a letter that was not here before.
    async fn follow(&self, conn: &mut Conn<'_>, fit: Fit, held: Option<HoldReason>) -> Result<(), StoreError> {
        let charge = self.letter.charge();
        let where_booked = (self.pairing(), charge.week);
        match &self.told {
            Some(told) if charge.author == Side::Volunteer => told.tell(conn, fit, where_booked, self.now).await?,
            Some(told) if held.is_some() => {
                insert_all(conn, std::slice::from_ref(&told.full), &[], self.now).await?;
            }
            _ => {}
        }
        // A seeker's letter that waits is no letter the volunteer could read or answer yet.
        if charge.author == Side::Volunteer || held.is_none() {
            if let Some(due_at) = self.reading_waits() {
                reading::set_aside(conn, self.id, where_booked, charge.minutes, (self.now, due_at)).await?;
            }
            if let Some(new) = self.silence {
                silence::set(conn, self.pairing(), new).await?;
            }
        }
        insert_all(conn, &self.notices, &self.items, self.now).await
    }

    /// Until when the reading of this letter waits to be booked.
    fn reading_waits(&self) -> Option<Moment> {
        match self.reading {
            Reading::WithAnswer(latest) if self.letter.charge().author == Side::Seeker && self.is_relayed() => {
                Some(latest)
            }
            _ => None,
        }
    }

    /// Whether a letter without a reservation waits for its week: a volunteer's always has one.
    fn waits_for_the_week(&self, fit: Fit) -> bool {
        self.books_at_once() || self.letter.charge().author == Side::Seeker && fit == Fit::Full
    }

    /// Writing is booked with the letter, reading is not.
    fn books_at_once(&self) -> bool {
        self.is_relayed() && self.letter.charge().author == Side::Volunteer
    }

    /// Only letters that are sent take contact time. One that is held or quarantined is booked when it is
    /// released, so that nobody can fill a week with letters in somebody else's name.
    fn is_relayed(&self) -> bool {
        self.letter.verdict() == Verdict::Relay
    }

    fn expires(&self) -> Moment {
        self.expires.unwrap_or(self.now + GIVE_UP_AFTER)
    }

    fn first(&self) -> First {
        let (state, held, due_at) = match (self.letter.verdict(), self.claim_for) {
            (Verdict::Relay, Some(_)) => (SpoolState::Claimed, None, Some(self.now + LEASE)),
            (Verdict::Relay, None) => (SpoolState::Queued, None, Some(self.now)),
            (Verdict::Hold(reason), _) => (SpoolState::Held, Some(reason), Some(self.expires())),
            (Verdict::Quarantine(_), _) => (SpoolState::Quarantined, None, None),
        };
        let reason = match self.letter.verdict() {
            Verdict::Relay => None,
            Verdict::Hold(reason) => Some(reason.word()),
            Verdict::Quarantine(reason) => Some(reason.word()),
        };
        First { state, reason, held, claimed_by: self.claim_for.filter(|_| self.is_relayed()), due_at }
    }

    /// Writes the letter, its body and its reservation; gives the rows written: none when this very letter was here
    /// before, [`LETTER_AND_BODY`] when it takes no contact time or the week has no room for it.
    async fn write(&self, conn: &mut Conn<'_>, first: &First, cap: Option<Minutes>) -> Result<u64, StoreError> {
        let (id, body) = (self.id.stored(), self.letter.body());
        let (facts, charge) = (self.letter.facts(), self.letter.charge());
        let cap = cap.map(Minutes::as_tenths);
        let letter = run!(
            conn,
            INSERT_LETTER,
            id,
            first.state.word(),
            first.reason,
            first.due_at.map(Moment::as_millis),
            self.now.as_millis(),
            (self.now + GIVE_UP_AFTER).as_millis(),
            first.claimed_by.map(Node::stored),
            i64::from(first.claimed_by.is_some()),
            size(body),
            facts.pairing.stored(),
            facts.author_side.word(),
            facts.author.stored(),
            facts.recipient.stored(),
            charge.week.stored(),
            charge.minutes.as_tenths(),
            self.books_at_once(),
            octets(self.replay.as_ref()),
        )?;
        if letter == 0 {
            return Ok(0);
        }
        let body = run!(conn, INSERT_BODY, id, body.octets())?;
        let (entry, kind) = (self.entry.stored(), EntryKind::Reserved.word());
        let booked = run!(conn, RESERVE, entry, kind, Actor::Relay.word(), id, cap)?;
        Ok(letter + body + booked)
    }
}

/// The letter that came first.
pub(crate) async fn earlier(conn: &mut Conn<'_>, replay: Option<&Digest>) -> Result<Receipt, StoreError> {
    let rows: Vec<(i64, String)> = rows!(conn, BY_REPLAY, octets(replay))?;
    let (id, state) = rows.into_iter().next().ok_or(StoreError::Conflict)?;
    let (letter, state) = (LetterId::from_stored(id), word(&state, "spool.state")?);
    Ok(Receipt { letter, state, held: None, duplicate: true })
}

/// Rows of a letter without a reservation.
const LETTER_AND_BODY: u64 = 2;

statements! {
    /// Names the conflict: a clash of keys must stay an error, or a letter would be lost in silence.
    INSERT_LETTER = "insert into spool (id, kind, state, reason, due_at, created_at, give_up_at, lease_node, attempts,
        delay_told, size, pairing_id, author_side, author_id, recipient_id, week, tenths, booked, replay)
        values ($1, 'letter', $2, $3, $4, $5, $6, $7, $8, false, $9, $10, $11, $12, $13, $14, $15, $16, $17)
        on conflict (replay) do nothing";
    INSERT_BODY = "insert into spool_body (spool_id, sealed) values ($1, $2)";
    /// The reservation of a booked letter. The guard and the entry are one statement; without a cap ($5 is null)
    /// the sum is not looked at.
    RESERVE = "insert into ledger_entry (id, pairing_id, week, kind, tenths, letter_id, author_side, made_at, made_by)
        select cast($1 as bigint), s.pairing_id, s.week, $2, s.tenths, s.id, s.author_side, s.created_at, $3
        from spool s where s.id = $4 and s.booked and (cast($5 as bigint) is null or s.tenths +
            (select cast(coalesce(sum(e.tenths), 0) as bigint) from ledger_entry e
             where e.pairing_id = s.pairing_id and e.week = s.week) <= cast($5 as bigint))";
    BY_REPLAY = "select id, state from spool where replay = $1";
    HOLD_FOR_THE_WEEK = "update spool set state = 'held', reason = 'week_full', due_at = $2, lease_node = null,
        attempts = 0, booked = false where id = $1";
}
