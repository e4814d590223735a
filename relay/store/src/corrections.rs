//! A volunteer's answer to an overview, as one act: what was declared, what it says of the pace, and the confirmation.

use crate::act::{Act, Conn};
use crate::audit::{Actor, Trace};
use crate::error::StoreError;
use crate::intake::Receipt;
use crate::ledger::{fresh_entry, lock};
use crate::notices::{NewNotice, Post, insert_all};
use crate::overviews::{Stamp, stamp};
use crate::pace;
use crate::store::Store;
use brevbro_core::correction::{Declared, Plan, Share};
use brevbro_core::id::{EntryId, LetterId, PairingId, PersonId};
use brevbro_core::ledger::{EntryKind, Minutes};
use brevbro_core::notice::Done;
use brevbro_core::party::Side;
use brevbro_core::seal::Digest;
use brevbro_core::time::{Moment, Week};

/// An answer that was understood.
#[derive(Debug, Clone)]
pub struct Correct {
    /// Who answered.
    pub volunteer: PersonId,
    /// The week it is about.
    pub week: Week,
    /// The state the plan was made for: when the week has changed since, [`StoreError::Conflict`].
    pub seen: Stamp,
    /// What changes.
    pub plan: Plan,
    /// When the overview went out: letters that came before are read by now.
    pub told_at: Moment,
    /// The confirmation.
    pub notice: NewNotice,
    /// By what the same letter is known if it comes again.
    pub replay: Option<Digest>,
    /// When.
    pub now: Moment,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corrected {
    /// It is in the ledger, and the confirmation is on its way.
    Now,
    /// This very letter was here before.
    Before,
}

/// An answer that a human must read: the letter to the contact with its item, and what the volunteer hears.
#[derive(Debug)]
pub struct Unclear {
    /// The answer on its way to the contact.
    pub letter: Post,
    /// To the volunteer.
    pub told: NewNotice,
}

impl Store {
    /// Puts a week right.
    pub async fn correct(&self, correction: Correct) -> Result<Corrected, StoreError> {
        self.act(correction).await
    }

    /// Brings an answer to a human, and tells the volunteer so.
    pub async fn unclear(&self, unclear: Unclear) -> Result<Receipt, StoreError> {
        self.act(unclear).await
    }
}

impl Act for Unclear {
    type Output = Receipt;

    fn weight(&self) -> usize {
        self.letter.weight() + self.told.body.octets().len()
    }

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<Receipt, StoreError> {
        let receipt = self.letter.run(conn).await?;
        if !receipt.duplicate {
            insert_all(conn, std::slice::from_ref(&self.told), &[], self.told.now).await?;
        }
        Ok(receipt)
    }
}

impl Act for Correct {
    type Output = Corrected;

    fn weight(&self) -> usize {
        self.notice.body.octets().len()
    }

    async fn run(&mut self, conn: &mut Conn<'_>) -> Result<Corrected, StoreError> {
        if !self.notice.write(conn, None, self.replay.as_ref()).await? {
            return Ok(Corrected::Before);
        }
        // In one order, so that two answers never wait for each other.
        let lines = self.plan.lines.iter().map(|declared| declared.line.pairing);
        let mut pairings: Vec<_> = lines.chain(self.plan.shares.iter().map(|share| share.pairing)).collect();
        pairings.sort_unstable();
        pairings.dedup();
        for pairing in pairings {
            lock(conn, pairing).await?;
        }
        if stamp(conn, self.volunteer, self.week).await? != self.seen {
            return Err(StoreError::Conflict);
        }
        for declared in &self.plan.lines {
            self.declare(conn, declared).await?;
        }
        for share in &self.plan.shares {
            self.share(conn, share).await?;
        }
        if !self.plan.lines.is_empty() {
            pace::learn(conn, self.volunteer, self.now).await?;
        }
        let subject = ("person", self.volunteer.stored());
        Trace { at: self.now, act: "time declared", subject, by: Actor::Party }
            .write(conn)
            .await
            .map(|()| Corrected::Now)
    }
}

/// What a declared value is about.
#[derive(Clone, Copy, Default)]
struct About {
    entry: Option<EntryId>,
    letter: Option<LetterId>,
    author: Option<Side>,
}

impl Correct {
    async fn declare(&self, conn: &mut Conn<'_>, declared: &Declared) -> Result<(), StoreError> {
        let line = declared.line;
        let author = match line.done {
            Done::Wrote => Some(Side::Volunteer),
            Done::Read => Some(Side::Seeker),
            _ => None,
        };
        let about = About { entry: Some(line.entry), letter: line.letter, author };
        self.insert(conn, line.pairing, (line.minutes, line.estimate, declared.minutes), about).await?;
        // Only single letters say something of a person's pace.
        match (line.letter, author) {
            (Some(letter), Some(_)) => {
                let booked = (line.estimate, line.made_at);
                pace::note(conn, (self.volunteer, letter), booked, declared.minutes, self.now).await
            }
            _ => Ok(()),
        }
    }

    /// The sum of a week holds the reading of every letter that had come when the overview went out.
    async fn share(&self, conn: &mut Conn<'_>, share: &Share) -> Result<(), StoreError> {
        let told_at = self.told_at.as_millis();
        let (pairing, week) = (share.pairing.stored(), self.week.stored());
        let unread: Vec<(i64, i64)> = rows!(conn, TAKE_UNREAD, pairing, week, told_at)?;
        for (letter, estimate) in unread {
            let (entry, kind, now) = (fresh_entry().stored(), EntryKind::Read.word(), self.now.as_millis());
            let (author, by) = (Side::Seeker.word(), Actor::Party.word());
            run!(conn, READ_WITHIN, entry, pairing, week, kind, estimate, letter, author, now, by)?;
        }
        self.insert(conn, share.pairing, (share.old, share.old, share.new), About::default()).await
    }

    /// Appends what makes `stands` become `declared`.
    async fn insert(
        &self,
        conn: &mut Conn<'_>,
        pairing: PairingId,
        (stands, estimate, declared): (Minutes, Minutes, Minutes),
        about: About,
    ) -> Result<(), StoreError> {
        run!(
            conn,
            DECLARE,
            fresh_entry().stored(),
            pairing.stored(),
            self.week.stored(),
            EntryKind::Declared.word(),
            declared.as_tenths() - stands.as_tenths(),
            estimate.as_tenths(),
            declared.as_tenths(),
            about.letter.map(LetterId::stored),
            about.author.map(Side::word),
            self.now.as_millis(),
            Actor::Party.word(),
            about.entry.map(EntryId::stored),
        )
        .map(drop)
    }
}

statements! {
    DECLARE = "insert into ledger_entry (id, pairing_id, week, kind, tenths, estimate, declared, letter_id, author_side,
        made_at, made_by, about) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    TAKE_UNREAD = "delete from unread where pairing_id = $1 and letter_id in
        (select e.letter_id from ledger_entry e
            where e.pairing_id = $1 and e.week = $2 and e.kind = 'unread' and e.made_at <= $3)
        returning letter_id, tenths";
    /// Read, and counted with the sum: the entry shows its estimate and adds nothing.
    READ_WITHIN = "insert into ledger_entry
        (id, pairing_id, week, kind, tenths, estimate, letter_id, author_side, made_at, made_by)
        values ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9)";
}
