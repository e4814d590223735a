//! Wishes put into words and acts: whoever stops, rests, comes back or wants to be forgotten, and what the others hear.

use crate::house::House;
use crate::post::{CannotWrite, Reader};
use crate::record::PersonRecord;
use brevbro_core::address::EmailAddr;
use brevbro_core::escalation::ItemKind;
use brevbro_core::id::PairingId;
use brevbro_core::notice::{CrisisLine, Ending, Notice, OtherPauses, OtherResumed, Pause};
use brevbro_core::pairing::PairingState;
use brevbro_core::party::{Language, Side};
use brevbro_core::time::{Moment, Span};
use brevbro_store::{
    Actor, Answer, Erasure, LetterToStaff, Living, NewNotice, NoticeTo, PairingEnds, PersonRow, StoreError, Wisher,
};

/// Whoever wishes, and where the answer goes.
pub struct Writer {
    /// Who, and on which side.
    pub wisher: Wisher,
    /// The language of the answer.
    pub language: Language,
    /// The only name the other side knows.
    pub known_as: String,
    /// Where the answer goes.
    pub mailbox: EmailAddr,
    /// Whether a letter of ours must look like anybody's.
    pub discreet: bool,
}

/// A notice that cannot be written is the house's own fault: the peer keeps the letter.
const UNWRITTEN: StoreError = StoreError::Unavailable("a notice could not be written");
/// How often a wish is prepared anew because a pairing has changed meanwhile.
const TRIES: usize = 3;

impl From<CannotWrite> for StoreError {
    fn from(CannotWrite: CannotWrite) -> Self {
        UNWRITTEN
    }
}

impl House {
    /// An enrolled person as one who wishes; answered at the mailbox that was written from, or at the first.
    pub fn writer(&self, row: &PersonRow, mailbox: Option<&EmailAddr>) -> Result<Writer, StoreError> {
        let sealed = row.routing.as_ref().ok_or(StoreError::Unknown("person"))?;
        let record = PersonRecord::open(&self.people.key().records, row.id, sealed.octets()).map_err(|_| UNWRITTEN)?;
        let mailbox = mailbox.cloned().or_else(|| record.primary()).ok_or(UNWRITTEN)?;
        let wisher = Wisher { person: row.id, side: row.side };
        let (known_as, discreet) = (record.known_as, record.wishes.discreet);
        Ok(Writer { wisher, language: row.language, known_as, mailbox, discreet })
    }

    /// A notice to whoever wished.
    pub fn to_writer(
        &self,
        notice: &Notice,
        writer: &Writer,
        reply_to: Option<&EmailAddr>,
    ) -> Result<NewNotice, CannotWrite> {
        let to = NoticeTo::Person { id: writer.wisher.person, address: Some(self.index.mailbox(&writer.mailbox)) };
        let reader = Reader { to, mailbox: &writer.mailbox, language: writer.language, pairing: None };
        self.notice_in_disguise(notice, &reader, reply_to, writer.discreet.then_some(""))
    }

    /// Ends all pairings of one side at once.
    pub async fn wish_to_stop(&self, writer: &Writer, letter: Option<LetterToStaff>) -> Result<(), StoreError> {
        let confirmed = match writer.wisher.side {
            Side::Seeker => Notice::Stopped,
            Side::Volunteer => Notice::StoppedVolunteer,
        };
        for _ in 0..TRIES {
            let (now, living) = (self.clock.now(), self.living(writer).await?);
            let mut answer = Answer { letter: letter.clone(), ..Answer::default() };
            answer.notices.push(self.to_writer(&confirmed, writer, None)?);
            self.raise(&mut answer, ItemKind::Asked, &living)?;
            let ends = self.ends(writer, &living, now).await;
            match self.store.stop(writer.wisher, ends, answer, now).await {
                Err(StoreError::Conflict) => {}
                outcome => return outcome.map(drop),
            }
        }
        Err(StoreError::Unavailable("the pairings keep changing"))
    }

    /// Begins a pause in all pairings of one side; `false` when there is none to rest from. A volunteer's pause is
    /// told to a coordinator, because somebody is left waiting (S71).
    pub async fn wish_to_pause(
        &self,
        writer: &Writer,
        due_at: Option<Moment>,
        letter: Option<LetterToStaff>,
    ) -> Result<bool, StoreError> {
        let (now, living) = (self.clock.now(), self.living(writer).await?);
        let until = |language| due_at.map(|due| self.date(due, language));
        let pause = Pause { until: until(writer.language) };
        let mut answer = Answer { letter, ..Answer::default() };
        let confirmed = match writer.wisher.side {
            Side::Seeker => Notice::PauseBegunSeeker(pause),
            Side::Volunteer => Notice::PauseBegun(pause),
        };
        answer.notices.push(self.to_writer(&confirmed, writer, None)?);
        if writer.wisher.side == Side::Volunteer {
            self.raise(&mut answer, ItemKind::Asked, &living)?;
        }
        let mut others = Vec::new();
        for found in &living {
            let other =
                |language| Notice::OtherPauses(OtherPauses { other: writer.known_as.clone(), until: until(language) });
            others.extend(self.to_other(writer, found.pairing, other).await.map(|notice| (found.pairing, notice)));
        }
        Ok(self.store.pause(writer.wisher, (now, due_at), others, answer).await? > 0)
    }

    /// Ends a side's pause, or what of it is due by a moment; `false` when there is none.
    pub async fn wish_to_resume(
        &self,
        writer: &Writer,
        due_by: Option<Moment>,
        letter: Option<LetterToStaff>,
    ) -> Result<bool, StoreError> {
        if !self.store.pauses(writer.wisher).await? {
            return Ok(false);
        }
        let (now, living) = (self.clock.now(), self.living(writer).await?);
        let confirmed = match writer.wisher.side {
            Side::Seeker => Notice::ResumedSeeker,
            Side::Volunteer => Notice::Resumed,
        };
        let notices = vec![self.to_writer(&confirmed, writer, None)?];
        let mut others = Vec::new();
        for found in &living {
            let other = |_| Notice::OtherResumed(OtherResumed { other: writer.known_as.clone() });
            others.extend(self.to_other(writer, found.pairing, other).await.map(|notice| (found.pairing, notice)));
        }
        let answer = Answer { notices, letter, ..Answer::default() };
        Ok(self.store.resume(writer.wisher, (now, due_by), others, answer).await? > 0)
    }

    /// Forgets a person. The last letter carries its own way to the reader inside its seal, because the record that
    /// says where she reads is gone before it leaves. `false` when it has been done before.
    pub async fn wish_to_be_forgotten(
        &self,
        row: &PersonRow,
        mailbox: Option<&EmailAddr>,
        by: Actor,
    ) -> Result<bool, StoreError> {
        let writer = self.writer(row, mailbox)?;
        for _ in 0..TRIES {
            let (now, living) = (self.clock.now(), self.living(&writer).await?);
            let to = NoticeTo::Person { id: row.id, address: None };
            let reader = Reader { to, mailbox: &writer.mailbox, language: row.language, pairing: None };
            let mut answer =
                Answer { notices: vec![self.notice(&Notice::Erased, &reader, None)?], ..Answer::default() };
            self.raise(&mut answer, ItemKind::Asked, &living)?;
            let ends = self.ends(&writer, &living, now).await;
            let tombstone = self.index.tombstone(row.id);
            let erasure = Erasure { wisher: writer.wisher, ends, answer, tombstone, now, by };
            let all = self.store.pairings_of(row.id).await?;
            match self.store.erase(erasure).await {
                Err(StoreError::Conflict) => {}
                outcome => {
                    for pairing in all {
                        self.people.forget(pairing);
                    }
                    return outcome;
                }
            }
        }
        Err(StoreError::Unavailable("the pairings keep changing"))
    }

    /// Raises an item about somebody's wish: about the pairing where there is one, else up the ladder of a programme.
    pub fn raise(&self, answer: &mut Answer, kind: ItemKind, living: &[Living]) -> Result<(), CannotWrite> {
        let pairing = only(living);
        let (item, told) = self.item(kind, pairing, None)?;
        let ladders = |found: &&Living| !self.programmes.of(&found.programme).programme.ladder.is_empty();
        let found = living.iter().find(ladders).or(living.first());
        answer.programme = found.map(|found| found.programme.clone());
        answer.items.push(item);
        answer.notices.extend(told);
        Ok(())
    }

    /// Crisis contacts of all programmes a person is in.
    pub fn crisis_of(&self, living: &[Living]) -> Vec<CrisisLine> {
        let today = self.clock.now().date_in(&self.zone);
        let mut lines: Vec<CrisisLine> = Vec::new();
        for found in living {
            for line in CrisisLine::all(&self.programmes.of(&found.programme).programme.crisis, today) {
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        lines
    }

    /// The pairings in which letters go, or may begin to.
    pub async fn living(&self, writer: &Writer) -> Result<Vec<Living>, StoreError> {
        let living = self.store.living_pairings(writer.wisher.person).await?;
        Ok(living.into_iter().filter(|found| found.state != PairingState::Closing).collect())
    }

    async fn ends(&self, writer: &Writer, living: &[Living], now: Moment) -> Vec<PairingEnds> {
        let mut ends = Vec::new();
        for found in living {
            let days = i64::from(self.programmes.of(&found.programme).programme.life.grace_days);
            let grace_over = now + Span::days(days);
            let ending = |language| {
                Notice::Ending(Ending { other: writer.known_as.clone(), day: self.date(grace_over, language) })
            };
            // What never began has no end to be told.
            let told = match found.state {
                PairingState::Proposed => None,
                _ => self.to_other(writer, found.pairing, ending).await,
            };
            ends.push(PairingEnds { pairing: found.pairing, grace_over, told });
        }
        ends
    }

    /// A notice to the other side; none where its record cannot be opened, which must keep nobody from a wish.
    async fn to_other(
        &self,
        writer: &Writer,
        pairing: PairingId,
        notice: impl FnOnce(Language) -> Notice,
    ) -> Option<NewNotice> {
        let people = self.people.pairing(&self.store, pairing).await.ok()?;
        let side = writer.wisher.side.other();
        let notice = notice(people.side(side).language);
        self.notice_to_party(&notice, (&people, side, pairing), (None, None)).ok()
    }
}

/// The pairing, when there is exactly one.
fn only(living: &[Living]) -> Option<PairingId> {
    match living {
        [one] => Some(one.pairing),
        _ => None,
    }
}
