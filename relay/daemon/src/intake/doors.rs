//! The doors that are no aliases: postmaster and abuse, reports that come back, confirmations.

use super::desks::{Head, Heard};
use super::{Relay, Taken, unknown};
use crate::chance;
use crate::post::{CannotWrite, Reader};
use crate::record::PersonRecord;
use crate::tokens;
use brevbro_core::envelope::{ForwardPath, Received};
use brevbro_core::escalation::ItemKind;
use brevbro_core::id::LetterId;
use brevbro_core::notice::{DeskLetter, Notice, Plain};
use brevbro_core::party::Side;
use brevbro_core::reply::{Stop, Trouble};
use brevbro_core::spool::QuarantineReason;
use brevbro_sanitise::identity::{Party, Relay as Face};
use brevbro_sanitise::{Action, Identity, Kind, Outcome, Rules, Scope, rebuild};
use brevbro_store::{NoticeTo, PersonRow, Post};

/// The longest text of a desk letter that is carried to the contact, in characters.
const DESK_TEXT: usize = 20_000;

pub(super) fn later<E>(_: E) -> Stop {
    Stop::Later(Trouble::Storage)
}

impl Relay {
    /// `postmaster` and `abuse`: open to everybody, verified or not (RFC 5321 §4.5.1, RFC 2142 §2).
    pub(super) async fn to_public_door(&self, received: Received) -> Result<Taken, Stop> {
        let Heard::Letter(head) = self.hear(&received).await? else { return Ok(Taken::Absorbed) };
        let known = self.enrolled(&head).await?;
        if known.is_none() && !self.strangers.once_more((), self.house.clock.now()) {
            return Err(Stop::Later(Trouble::Busy));
        }
        let door = match &received.forward_path {
            ForwardPath::Addr(address) if address.local().eq_ignore_ascii_case("abuse") => "abuse",
            _ => "postmaster",
        };
        self.bring_to_contact(&received, &head, known, door).await
    }

    pub(super) async fn enrolled(&self, head: &Head) -> Result<Option<PersonRow>, Stop> {
        let digest = self.house.index.mailbox(&head.author);
        let people = self.house.store.person_by_address(&digest).await.map_err(later)?;
        Ok(people.into_iter().next())
    }

    /// Carries a letter to the human behind the contact. An enrolled person stays behind the pseudonym,
    /// because whoever reads this mailbox may not see addresses (P8); a stranger's address is needed to answer.
    pub(super) async fn bring_to_contact(
        &self,
        received: &Received,
        head: &Head,
        known: Option<PersonRow>,
        door: &'static str,
    ) -> Result<Taken, Stop> {
        let post = self.letter_to_contact(received, head, known.as_ref(), door)?;
        let _receipt = self.house.store.post(post).await.map_err(later)?;
        self.wake_delivery();
        Ok(Taken::Done)
    }

    /// The letter to the human behind the contact, with its item.
    pub(super) fn letter_to_contact(
        &self,
        received: &Received,
        head: &Head,
        known: Option<&PersonRow>,
        door: &'static str,
    ) -> Result<Post, Stop> {
        let text = self.readable_text(received, known)?;
        let from = match known {
            Some(person) => {
                let record = self.record(person)?;
                format!("{} ({} {})", record.known_as, person.side.word(), person.id)
            }
            None => head.author.on_wire(),
        };
        let danger = known.and_then(|person| self.danger_said(&text, person.side));
        let notice = Notice::DeskLetter(DeskLetter { door, from, text });
        // Without a contact the letter is quarantined, sealed, until somebody configures one and releases it.
        let desk = self.house.desk().map_err(later)?;
        let mailbox = self.house.contact.as_ref().unwrap_or(&desk);
        let reader = Reader { to: NoticeTo::Contact, mailbox, language: self.house.language, pairing: None };
        let reply_to = known.is_none().then_some(&head.author);
        let written = self.house.notice(&notice, &reader, reply_to).map_err(later)?;
        let (item, _) = self.house.item(ItemKind::Desk, None, Some(written.id)).map_err(later)?;
        let mut items = vec![item];
        // The letter itself is read in its time; somebody in danger is not left to wait for that (P5).
        if let Some(severity) = danger {
            items.push(self.house.item_of(ItemKind::Flag, severity, (None, Some(written.id))).map_err(later)?.0);
        }
        let quarantine = self.house.contact.is_none().then_some(QuarantineReason::NoContact);
        Ok(Post { notice: written, quarantine, replay: None, items })
    }

    /// The letter's text, sanitised: for an enrolled person by what is known of her, for a stranger by what the
    /// letter itself says. The stranger's address stands above it.
    pub(super) fn readable_text(&self, received: &Received, known: Option<&PersonRow>) -> Result<String, Stop> {
        let sender = match known {
            None => Party::default(),
            Some(person) => {
                let record = self.record(person)?;
                Party {
                    names: record.names,
                    addresses: record.addresses,
                    phones: record.phones,
                    other: record.other,
                    pseudonym: Some(record.known_as),
                    ..Party::default()
                }
            }
        };
        let (domain, language) = (self.house.domain.ascii().to_owned(), self.house.language);
        let face = Face { domain, language, spared: self.house.spared.clone() };
        let identity = Identity { sender, recipient: Party::default(), relay: face };
        let rules = Rules {
            limits: self.limits,
            now: self.house.clock.now(),
            seed: chance::octets(),
            threads: &self.house.people.key().threads,
            scope: Scope { pairing: 0, author: Side::Seeker },
        };
        match rebuild(received.raw.bytes(), &identity, &rules) {
            Outcome::Clean(clean) | Outcome::Quarantine(clean) => Ok(clean.text().chars().take(DESK_TEXT).collect()),
            Outcome::Refused(refusal) => Err(Stop::Refuse(refusal)),
        }
    }

    pub(super) fn record(&self, person: &PersonRow) -> Result<PersonRecord, Stop> {
        let sealed = person.routing.as_ref().ok_or_else(unknown)?;
        PersonRecord::open(&self.house.people.key().records, person.id, sealed.octets()).map_err(later)
    }

    /// Something came back to the reverse-path of a letter of ours.
    pub(super) async fn report(&self, received: Received, token: &str) -> Result<Taken, Stop> {
        let letter = tokens::open_reverse_path(self.house.index.tokens(), token).ok_or_else(unknown)?;
        match self.hear(&received).await? {
            Heard::Automatic(Kind::Dsn(report)) if report.action == Action::Failed => self.bounced(letter).await,
            Heard::Automatic(_) => Ok(Taken::Absorbed),
            // A person's letter must not vanish here: refused, its own server tells the writer.
            Heard::Letter(_) => Err(unknown()),
        }
    }

    /// A letter did not arrive: its writer is told, kindly and without a word about the other side; a
    /// coordinator is told that it happened. A notice that did not arrive is only reported, never answered.
    async fn bounced(&self, letter: LetterId) -> Result<Taken, Stop> {
        let Some(row) = self.house.store.letter(letter).await.map_err(later)? else { return Ok(Taken::Absorbed) };
        self.house.counters.reports_received.add(1);
        let mut notices = Vec::new();
        if let (Some(pairing), Some(side)) = (row.pairing, row.author_side) {
            let people = self.house.people.pairing(&self.house.store, pairing).await.map_err(later)?;
            let written_on = self.house.date(row.created_at, people.side(side).language);
            let other = people.side(side.other()).record.known_as.clone();
            let notice = Notice::NotDelivered(Plain { other, written_on });
            let about = (&*people, side, pairing);
            notices.push(self.house.notice_to_party(&notice, about, (None, None)).map_err(later)?);
        }
        let item = self.house.item(ItemKind::Undeliverable, row.pairing, Some(letter));
        let (item, told) = item.map_err(|CannotWrite| later(()))?;
        // A contact that cannot be reached is not told so by mail: that letter would fail as well, for ever.
        notices.extend(told.filter(|_| !matches!(row.recipient, NoticeTo::Contact | NoticeTo::Staff(_))));
        let now = self.house.clock.now();
        self.house.store.bounced(letter, now, notices, Some(item)).await.map_err(later)?;
        self.wake_delivery();
        Ok(Taken::Absorbed)
    }

    /// An enrolled author answers: yes, that letter was mine. Holding the token shows that the answer comes
    /// from the mailbox we asked; an automatic answer says nothing.
    pub(super) async fn confirmation(&self, received: Received, token: &str) -> Result<Taken, Stop> {
        let what = tokens::open_confirm(self.house.index.tokens(), token).ok_or_else(unknown)?;
        let Heard::Letter(head) = self.hear(&received).await? else { return Ok(Taken::Absorbed) };
        let now = self.house.clock.now();
        let by_the_asked = self.enrolled_as(&head, what.person).await?;
        if !by_the_asked || now > what.until {
            return Err(unknown());
        }
        // Redeemed once: a second answer finds nothing held, and is taken without effect.
        let told = self.danger_confirmed(what.letter).await?;
        self.house.store.confirm_and_tell(what.letter, what.person, now, told).await.map_err(later)?;
        self.wake_delivery();
        Ok(Taken::Done)
    }

    pub(super) async fn enrolled_as(&self, head: &Head, person: brevbro_core::id::PersonId) -> Result<bool, Stop> {
        let digest = self.house.index.mailbox(&head.author);
        let people = self.house.store.person_by_address(&digest).await.map_err(later)?;
        Ok(people.iter().any(|p| p.id == person))
    }

    pub(super) fn wake_delivery(&self) {
        if let Some(handover) = &self.handover {
            handover.wake();
        }
    }
}
