//! A volunteer answers the Sunday overview: understood answers go into the ledger and are confirmed, all others to a human.

use super::desks::{Head, Heard};
use super::doors::later;
use super::{Relay, Taken, unknown};
use crate::overview::{VolunteersWeek, corrected, our_words};
use crate::post::{CannotWrite, Reader};
use crate::tokens::{self, Correction, correction_address, correction_again};
use brevbro_core::command::{self, Command};
use brevbro_core::correction::{Answer, Asked, Plan, plan, read};
use brevbro_core::envelope::Received;
use brevbro_core::escalation::ItemKind;
use brevbro_core::notice::{DeskLetter, Notice};
use brevbro_core::overview::{ANSWER_WITHIN, Line};
use brevbro_core::reply::{Stop, Trouble};
use brevbro_core::seal::Digest;
use brevbro_core::spool::QuarantineReason;
use brevbro_core::time::Moment;
use brevbro_core::verify::Authenticity;
use brevbro_sanitise::letter;
use brevbro_store::{Correct, NewNotice, NoticeTo, PersonRow, Post, StoreError, Unclear};

/// So often a week may change under an answer before the peer is asked to come again.
const TRIES: usize = 5;

/// An answer with everything that is known of it.
struct Said<'a> {
    what: Correction,
    token: &'a str,
    received: &'a Received,
    head: &'a Head,
    person: PersonRow,
    text: String,
    /// By what it is known if it comes again; a letter without a Message-ID is nobody's copy.
    replay: Option<Digest>,
}

/// What the overview asked, with the week as it stands now.
struct Question {
    week: VolunteersWeek,
    /// The lines that were told, by their number.
    lines: Vec<Option<Line>>,
    told_at: Moment,
}

impl Relay {
    /// Desk of the overview. The token names the volunteer, and only the volunteer's own enrolled mailbox may use it.
    pub(super) async fn correction(&self, received: Received, token: &str) -> Result<Taken, Stop> {
        let what = tokens::open_correction(self.house.index.tokens(), token).ok_or_else(unknown)?;
        // An absence note is no answer: it never gets this far.
        let Heard::Letter(head) = self.hear(&received).await? else { return Ok(Taken::Absorbed) };
        let verified = self.verify(received.clone(), &head).await?;
        let is_own = self.enrolled_as(&head, what.person).await?;
        if !is_own || verified.authenticity() == Authenticity::Unaligned {
            return Err(unknown());
        }
        let person = self.house.store.person(what.person).await.map_err(later)?.ok_or_else(unknown)?;
        let (text, replay) = self.own_words(&received, what).await?;
        // A volunteer who answers "worried" or "stop" means it, wherever it is written.
        if command::read(&text, "").is_some_and(|said| !matches!(said.command, Command::Time(_))) {
            return self.to_desk(received).await;
        }
        self.take_answer(Said { what, token, received: &received, head: &head, person, text, replay }).await
    }

    /// Contact time written to the desk is about the newest overview; `false` when none can be answered any more.
    pub(super) async fn time_at_desk(
        &self,
        received: &Received,
        head: &Head,
        person: &PersonRow,
    ) -> Result<bool, Stop> {
        let newest = self.house.store.newest_overview(person.id).await.map_err(later)?;
        let Some((week, told_at)) = newest else { return Ok(false) };
        let what = Correction { person: person.id, week, until: told_at + ANSWER_WITHIN };
        let address = correction_address(self.house.index.tokens(), what, &self.house.domain);
        let Some(address) = address.filter(|_| self.house.clock.now() <= what.until) else { return Ok(false) };
        let token = address.local().split_once('-').map_or("", |(_, token)| token);
        let (text, replay) = self.own_words(received, what).await?;
        self.take_answer(Said { what, token, received, head, person: person.clone(), text, replay }).await?;
        Ok(true)
    }

    async fn take_answer(&self, said: Said<'_>) -> Result<Taken, Stop> {
        for _ in 0..TRIES {
            match self.answer(&said).await {
                Err(StoreError::Conflict) => {}
                outcome => {
                    self.wake_delivery();
                    return outcome.map_err(later);
                }
            }
        }
        Err(Stop::Later(Trouble::Busy))
    }

    /// Does what an answer says. [`StoreError::Conflict`] when the week has changed meanwhile.
    async fn answer(&self, said: &Said<'_>) -> Result<Taken, StoreError> {
        let Some(question) = self.question(said).await? else { return self.ask_a_human(said, None).await };
        let answer = self.read_answer(said, &question).map_err(|CannotWrite| UNWRITTEN)?;
        let plan = match answer {
            Answer::Agreed => return Ok(Taken::Done),
            Answer::Unclear => None,
            Answer::Corrections(corrections) => plan(&corrections, &question.lines, &question.week.sums),
        };
        match plan {
            Some(plan) => self.correct(said, &question, plan).await,
            None => self.ask_a_human(said, Some(&question)).await,
        }
    }

    /// What was asked; none when it is too late to answer.
    async fn question(&self, said: &Said<'_>) -> Result<Option<Question>, StoreError> {
        let Correction { person, week, until } = said.what;
        if self.house.clock.now() > until {
            return Ok(None);
        }
        let Some((told_at, entries)) = self.house.store.overview_lines(person, week).await? else { return Ok(None) };
        let week = self.house.volunteers_week(person, week).await?;
        let lines = week.lines_of(&entries);
        Ok(Some(Question { week, lines, told_at }))
    }

    fn read_answer(&self, said: &Said<'_>, question: &Question) -> Result<Answer, CannotWrite> {
        let language = said.person.language;
        let overview = question.week.overview(&self.house, language, said.what.until);
        let ours = our_words(&self.house, overview, language)?;
        let record = self.record(&said.person).map_err(|_| CannotWrite)?;
        let names: Vec<String> = record.names.into_iter().chain([record.known_as]).collect();
        let lines = u32::try_from(question.lines.len()).unwrap_or_default();
        Ok(read(&said.text, &Asked { lines, language, ours: &ours, names: &names }))
    }

    async fn correct(&self, said: &Said<'_>, question: &Question, plan: Plan) -> Result<Taken, StoreError> {
        let reply_to = correction_again(said.token, &self.house.domain);
        let notice = self.to_volunteer(said, &Notice::Corrected(corrected(&plan)), reply_to.as_ref());
        let correct = Correct {
            volunteer: said.what.person,
            week: said.what.week,
            seen: question.week.stamp,
            plan,
            told_at: question.told_at,
            notice: notice.map_err(|CannotWrite| UNWRITTEN)?,
            replay: said.replay,
            now: self.house.clock.now(),
        };
        self.house.store.correct(correct).await.map(|_| Taken::Done)
    }

    /// Nothing is guessed: a human reads the answer, and the volunteer hears so. The same for an answer that comes too
    /// late: who answers honestly must not meet a closed door.
    async fn ask_a_human(&self, said: &Said<'_>, question: Option<&Question>) -> Result<Taken, StoreError> {
        // An absence note that hides what it is would be answered for ever.
        if !self.questions.once_more(said.what.person, self.house.clock.now()) {
            return Err(StoreError::Unavailable("one volunteer has been answered often enough today"));
        }
        let told = self.to_volunteer(said, &Notice::NotUnderstood, None).map_err(|CannotWrite| UNWRITTEN)?;
        let letter = self.to_contact(said).map_err(|_| UNWRITTEN)?;
        let pairing = question.and_then(|question| question.week.sums.first()).map(|(pairing, _)| *pairing);
        // The letter itself tells the contact, so that no second one needs to.
        let (item, _) =
            self.house.item(ItemKind::Unclear, pairing, Some(letter.id)).map_err(|CannotWrite| UNWRITTEN)?;
        let quarantine = self.house.contact.is_none().then_some(QuarantineReason::NoContact);
        let letter = Post { notice: letter, quarantine, replay: said.replay, items: vec![item] };
        self.house.store.unclear(Unclear { letter, told }).await.map(|_| Taken::Done)
    }

    /// The answer as the contact reads it: behind the pseudonym, and cleaned as every letter to the desk.
    fn to_contact(&self, said: &Said<'_>) -> Result<NewNotice, Stop> {
        let person = &said.person;
        let text = match self.readable_text(said.received, Some(person)) {
            // Nothing in it can be shown: that it came is still told.
            Err(Stop::Refuse(_)) => String::new(),
            outcome => outcome?,
        };
        let from = format!("{} ({} {})", self.record(person)?.known_as, person.side.word(), person.id);
        let notice = Notice::DeskLetter(DeskLetter { door: "desk", from, text });
        let desk = self.house.desk().map_err(later)?;
        let mailbox = self.house.contact.as_ref().unwrap_or(&desk);
        let reader = Reader { to: NoticeTo::Contact, mailbox, language: self.house.language, pairing: None };
        self.house.notice(&notice, &reader, None).map_err(later)
    }

    /// To the mailbox that has answered.
    fn to_volunteer(
        &self,
        said: &Said<'_>,
        notice: &Notice,
        reply_to: Option<&brevbro_core::address::EmailAddr>,
    ) -> Result<NewNotice, CannotWrite> {
        let mailbox = &said.head.author;
        let to = NoticeTo::Person { id: said.what.person, address: Some(self.house.index.mailbox(mailbox)) };
        let reader = Reader { to, mailbox, language: said.person.language, pairing: None };
        self.house.notice(notice, &reader, reply_to)
    }

    /// The words of an answer with nothing taken out, and its digest. Numbers in a column look like a telephone number.
    async fn own_words(&self, received: &Received, what: Correction) -> Result<(String, Option<Digest>), Stop> {
        let (raw, limits) = (received.raw.clone(), self.limits);
        let read = move || {
            let letter = letter::read(raw.bytes(), &limits).map_err(Stop::Refuse)?;
            let text = letter.own_words(&limits).map_err(Stop::Refuse)?;
            Ok((text, letter.message_id().map(str::to_owned)))
        };
        let (text, id) = self.pool.run(received.raw.bytes().len(), read).await?;
        let digest = |id: String| {
            let (person, week) = (what.person.stored().to_be_bytes(), what.week.stored().to_be_bytes());
            self.house
                .index
                .replay(&[b"overview\0", &person[..], &week, id.as_bytes(), b"\0", text.as_bytes()].concat())
        };
        let replay = id.map(digest);
        Ok((text, replay))
    }
}

/// A notice that cannot be written is the house's own fault: the peer keeps the letter.
const UNWRITTEN: StoreError = StoreError::Unavailable("a notice could not be written");
