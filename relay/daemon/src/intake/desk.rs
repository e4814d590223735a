//! The desk: a letter of one word acts and is answered; every other letter is for a human.

use super::desks::{Head, Heard};
use super::doors::later;
use super::{Relay, Taken, unknown};
use crate::tokens::{self, Forgetting, erase_address};
use crate::wishes::Writer;
use brevbro_core::command::{self, Command, End, Said};
use brevbro_core::envelope::Received;
use brevbro_core::escalation::{ItemKind, Severity};
use brevbro_core::notice::{CoordinatorAsked, EraseAsk, Notice, WorriedHeard};
use brevbro_core::party::Side;
use brevbro_core::reply::{Refusal, Stop};
use brevbro_core::time::{Moment, Span};
use brevbro_core::verify::Authenticity;
use brevbro_sanitise::letter;
use brevbro_store::{Actor, Answer, LetterToStaff, PersonRow, PersonState};
use jiff::civil::time;
use std::sync::Arc;

/// Days in which an answer to "shall everything be erased?" counts.
const ERASE_DAYS: u32 = 7;
/// The hour at which a pause ends on its day.
const MORNING: i8 = 8;

/// A letter to the desk with what is known of it.
struct DeskLetter<'a> {
    received: &'a Received,
    head: &'a Head,
    person: PersonRow,
    is_more: bool,
}

impl Relay {
    /// `desk`: open to enrolled people whose letters are their own; one voice for everybody else.
    pub(super) async fn to_desk(&self, received: Received) -> Result<Taken, Stop> {
        let Heard::Letter(head) = self.hear(&received).await? else { return Ok(Taken::Absorbed) };
        let verified = self.verify(received.clone(), &head).await?;
        let people = self.everybody_at(&head).await?;
        if people.is_empty() || verified.authenticity() == Authenticity::Unaligned {
            return Err(unknown());
        }
        let said = command::read(&self.readable_text(&received, people.first())?, &self.subject(&received));
        let meant = match &said {
            Some(said) => self.who_means(&people, &said.command).await?,
            None => None,
        };
        let (Some(Said { command, is_more }), Some(person)) = (said, meant) else {
            return self.bring_to_contact(&received, &head, people.into_iter().next(), "desk").await;
        };
        let is_only_enrolment = people.len() == 1;
        let letter = DeskLetter { received: &received, head: &head, person, is_more };
        if self.fulfil(&letter, command, is_only_enrolment).await? {
            self.wake_delivery();
            return Ok(Taken::Done);
        }
        self.bring_to_contact(&received, &head, Some(letter.person), "desk").await
    }

    async fn everybody_at(&self, head: &Head) -> Result<Vec<PersonRow>, Stop> {
        let digest = self.house.index.mailbox(&head.author);
        self.house.store.person_by_address(&digest).await.map_err(later)
    }

    fn subject(&self, received: &Received) -> String {
        letter::read(received.raw.bytes(), &self.limits).map(|letter| letter.subject()).unwrap_or_default()
    }

    /// Who of the people behind one mailbox gives this command. Nobody, when more than one may have meant it: then a
    /// human reads the letter.
    async fn who_means(&self, people: &[PersonRow], command: &Command) -> Result<Option<PersonRow>, Stop> {
        let takes_part = |row: &&PersonRow| matches!(row.state, PersonState::Active | PersonState::Paused);
        // A seeker who is worried writes to a coordinator, as she may with every word.
        let side = |row: &&PersonRow| command.is_for(row.side) || *command == Command::Worried && people.len() == 1;
        let mut meant: Vec<&PersonRow> = people.iter().filter(takes_part).filter(side).collect();
        if meant.len() > 1 {
            let mut acting = Vec::new();
            for row in meant {
                if self.has_something_to_do(row, command).await? {
                    acting.push(row);
                }
            }
            meant = acting;
        }
        Ok(match meant.as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        })
    }

    async fn has_something_to_do(&self, row: &PersonRow, command: &Command) -> Result<bool, Stop> {
        let writer = self.house.writer(row, None).map_err(later)?;
        match command {
            Command::Resume => self.house.store.pauses(writer.wisher).await.map_err(later),
            _ => Ok(!self.house.living(&writer).await.map_err(later)?.is_empty()),
        }
    }

    /// Does what is asked; `false` when it cannot be done by rule, and a human must read the letter.
    async fn fulfil(&self, letter: &DeskLetter<'_>, command: Command, is_only: bool) -> Result<bool, Stop> {
        let house = &self.house;
        let writer = house.writer(&letter.person, Some(&letter.head.author)).map_err(later)?;
        // Where an item names no pairing because there are several, the letter says who asks.
        let is_unnamed = house.living(&writer).await.map_err(later)?.len() > 1;
        match command {
            Command::Stop => {
                let along = self.along(letter, letter.is_more || is_unnamed, ItemKind::Asked.severity())?;
                house.wish_to_stop(&writer, along).await.map(|()| true).map_err(later)
            }
            Command::Pause(end) => {
                let due_at = match end.map(|end| self.morning_of(end)) {
                    None => None,
                    Some(Some(due_at)) => Some(due_at),
                    Some(None) => return Ok(false),
                };
                let is_along = letter.is_more || writer.wisher.side == Side::Volunteer && is_unnamed;
                let along = self.along(letter, is_along, ItemKind::Asked.severity())?;
                house.wish_to_pause(&writer, due_at, along).await.map_err(later)
            }
            Command::Resume => house
                .wish_to_resume(&writer, None, self.along(letter, letter.is_more, Severity::Routine)?)
                .await
                .map_err(later),
            // One of two enrolments would stay, and the last letter would not be true.
            Command::Erase if !is_only => Ok(false),
            Command::Erase => self.ask_to_erase(letter, &writer).await.map(|()| true),
            Command::Worried if writer.wisher.side == Side::Volunteer => {
                self.raise(letter, &writer, ItemKind::Worried).await.map(|()| true)
            }
            Command::Coordinator | Command::Worried => self.pass_to_coordinator(letter, &writer).await.map(|()| true),
            Command::Relief => self.raise(letter, &writer, ItemKind::Relief).await.map(|()| true),
            Command::Time(_) => self.time_at_desk(letter.received, letter.head, &letter.person).await,
        }
    }

    /// The letter itself on its way to a human, without an item of its own.
    fn along(&self, letter: &DeskLetter<'_>, wanted: bool, own: Severity) -> Result<Option<LetterToStaff>, Stop> {
        if !wanted {
            return Ok(None);
        }
        let mut post = self.letter_to_contact(letter.received, letter.head, Some(&letter.person), "desk")?;
        // The wish's own item calls for a human, and danger only where it must be seen sooner; a letter that waits for
        // a contact keeps its own as well.
        if self.house.contact.is_some() {
            post.items.retain(|item| item.kind == ItemKind::Flag && item.severity > own);
        }
        Ok(Some(Arc::new(post)))
    }

    /// The morning of the day on which a pause ends, when that is a day to come.
    fn morning_of(&self, end: End) -> Option<Moment> {
        let day = end.day(self.house.clock.now().date_in(&self.house.zone))?;
        let local = day.to_datetime(time(MORNING, 0, 0, 0)).to_zoned(self.house.zone.clone()).ok()?;
        Some(Moment::from_millis(local.timestamp().as_millisecond()))
    }

    async fn ask_to_erase(&self, letter: &DeskLetter<'_>, writer: &Writer) -> Result<(), Stop> {
        let now = self.house.clock.now();
        let what = Forgetting { person: writer.wisher.person, until: now + Span::days(i64::from(ERASE_DAYS)) };
        let reply_to = erase_address(self.house.index.tokens(), what, &self.house.domain).ok_or_else(|| later(()))?;
        let asked = Notice::EraseAsk(EraseAsk { days: ERASE_DAYS });
        let notice = self.house.to_writer(&asked, writer, Some(&reply_to)).map_err(later)?;
        let answer = Answer {
            notices: vec![notice],
            letter: self.along(letter, letter.is_more, Severity::Routine)?,
            ..Answer::default()
        };
        self.house.store.answer(writer.wisher, answer, now).await.map_err(later)
    }

    async fn pass_to_coordinator(&self, letter: &DeskLetter<'_>, writer: &Writer) -> Result<(), Stop> {
        let house = &self.house;
        let living = house.living(writer).await.map_err(later)?;
        let office = living.first().and_then(|found| {
            let rules = house.programmes.of(&found.programme);
            crate::notice::office_in_words(&rules.programme.hours.office, writer.language)
        });
        let asked = Notice::CoordinatorAsked(CoordinatorAsked { office, crisis: house.crisis_of(&living) });
        let notices = vec![house.to_writer(&asked, writer, None).map_err(later)?];
        let post = self.letter_to_contact(letter.received, letter.head, Some(&letter.person), "desk")?;
        let answer = Answer { notices, letter: Some(Arc::new(post)), ..Answer::default() };
        house.store.answer(writer.wisher, answer, house.clock.now()).await.map_err(later)
    }

    /// A volunteer is worried, or needs relief: a human hears of it with the letter, and the volunteer that it was heard.
    async fn raise(&self, letter: &DeskLetter<'_>, writer: &Writer, kind: ItemKind) -> Result<(), Stop> {
        let house = &self.house;
        let living = house.living(writer).await.map_err(later)?;
        let heard = match kind {
            ItemKind::Worried => Notice::WorriedHeard(WorriedHeard { crisis: house.crisis_of(&living) }),
            _ => Notice::ReliefAsked,
        };
        let notices = vec![house.to_writer(&heard, writer, None).map_err(later)?];
        let mut answer = Answer { notices, letter: self.along(letter, true, kind.severity())?, ..Answer::default() };
        house.raise(&mut answer, kind, &living).map_err(later)?;
        house.store.answer(writer.wisher, answer, house.clock.now()).await.map_err(later)
    }

    /// The answer to "shall everything be erased?". Holding the token shows that it comes from the mailbox that was
    /// asked; an automatic answer says nothing, and whatever is more than a yes is for a human.
    pub(super) async fn forgetting(&self, received: Received, token: &str) -> Result<Taken, Stop> {
        let what = tokens::open_erase(self.house.index.tokens(), token).ok_or_else(unknown)?;
        let Heard::Letter(head) = self.hear(&received).await? else { return Ok(Taken::Absorbed) };
        let people = self.everybody_at(&head).await?;
        let row = people.into_iter().find(|row| row.id == what.person).ok_or_else(unknown)?;
        if self.house.clock.now() > what.until {
            return Err(unknown());
        }
        // Nobody answered who only says that nobody is there, with whatever reverse-path.
        if self.sounds_automatic(&received) {
            return Ok(Taken::Absorbed);
        }
        let is_yes = match self.readable_text(&received, Some(&row)) {
            Ok(text) => command::confirms(&text),
            // Neither words nor subject: as empty as an answer can be.
            Err(Stop::Refuse(Refusal::Unreadable)) if is_blank(&received) => true,
            Err(stop) => return Err(stop),
        };
        if !is_yes {
            return self.bring_to_contact(&received, &head, Some(row), "desk").await;
        }
        self.house.wish_to_be_forgotten(&row, Some(&head.author), Actor::Party).await.map_err(later)?;
        self.wake_delivery();
        Ok(Taken::Done)
    }

    /// Whether a letter would be taken for an automatic one on the null reverse-path: by its subject, that is.
    fn sounds_automatic(&self, received: &Received) -> bool {
        let letter = letter::read(received.raw.bytes(), &self.limits);
        letter.is_ok_and(|letter| letter.kind_on(true) != brevbro_sanitise::Kind::Letter)
    }
}

/// Whether nothing at all follows the header.
fn is_blank(received: &Received) -> bool {
    let raw = received.raw.bytes();
    let body = raw.windows(4).position(|four| four == b"\r\n\r\n").and_then(|at| raw.get(at..));
    body.is_some_and(|body| body.iter().all(u8::is_ascii_whitespace))
}
