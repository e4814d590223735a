//! Our own letters: a notice is written, sealed and made a row of the spool, in the same act as its cause.

use crate::chance;
use crate::discretion::greeting;
use crate::house::House;
use crate::notice::{compose, weekday_on, written_on};
use crate::people::People;
use crate::programmes::Rung;
use brevbro_core::address::EmailAddr;
use brevbro_core::escalation::{ItemKind, Severity};
use brevbro_core::id::{ItemId, LetterId, PairingId, PersonId};
use brevbro_core::notice::{ItemRaised, Notice};
use brevbro_core::party::{Language, Side};
use brevbro_core::seal::{Digest, Sealer};
use brevbro_core::time::Moment;
use brevbro_store::{NewItem, NewNotice, NoticeTo};

/// Whom a notice is for.
pub struct Reader<'a> {
    /// Where it is kept for.
    pub to: NoticeTo,
    /// The mailbox in its header: the reader's own, so nothing is told to anybody.
    pub mailbox: &'a EmailAddr,
    /// The reader's language.
    pub language: Language,
    /// The pairing it concerns.
    pub pairing: Option<PairingId>,
}

/// The notice could not be written: a template or a key failed.
#[derive(Debug, thiserror::Error)]
#[error("a notice could not be written")]
pub struct CannotWrite;

impl House {
    /// The address our own letters come from; answers reach the desk.
    pub fn desk(&self) -> Result<EmailAddr, CannotWrite> {
        EmailAddr::at("desk", &self.domain).map_err(|_| CannotWrite)
    }

    /// Writes and seals one notice.
    pub fn notice(
        &self,
        notice: &Notice,
        reader: &Reader<'_>,
        reply_to: Option<&EmailAddr>,
    ) -> Result<NewNotice, CannotWrite> {
        // The display name stays empty: nobody looking over a shoulder learns who writes (P10).
        self.notice_in_disguise(notice, reader, reply_to, None)
    }

    /// Writes and seals one notice; `disguise` is the name it seems to come from, with a greeting for its subject. The
    /// name may be empty.
    pub(crate) fn notice_in_disguise(
        &self,
        notice: &Notice,
        reader: &Reader<'_>,
        reply_to: Option<&EmailAddr>,
        disguise: Option<&str>,
    ) -> Result<NewNotice, CannotWrite> {
        let now = self.clock.now();
        let id = LetterId::from_random(chance::bits());
        let mut rendered = self.notices.render(notice, reader.language).map_err(|_| CannotWrite)?;
        if disguise.is_some() {
            greeting(reader.language).clone_into(&mut rendered.subject);
        }
        let message_id = format!("n.{id}@{}", self.domain.ascii());
        let from = (disguise.unwrap_or_default(), &self.desk()?);
        let octets = compose(&rendered, from, reader.mailbox, reply_to, &message_id, now);
        let body = self.sealing.seal(&octets).map_err(|_| CannotWrite)?;
        self.counters.notices_written.add(1);
        Ok(NewNotice { id, name: notice.name(), to: reader.to.clone(), body, pairing: reader.pairing, now })
    }

    /// A notice to one party of a pairing, at one of the enrolled mailboxes or at the first.
    pub fn notice_to_party(
        &self,
        notice: &Notice,
        (people, side, pairing): (&People, Side, PairingId),
        (mailbox, reply_to): (Option<&EmailAddr>, Option<&EmailAddr>),
    ) -> Result<NewNotice, CannotWrite> {
        let party = people.side(side);
        let primary = party.record.primary();
        let address = mailbox.or(primary.as_ref()).ok_or(CannotWrite)?;
        let to = to_person(party.id, mailbox.map(|m| self.index.mailbox(m)));
        let reader = Reader { to, mailbox: address, language: party.language, pairing: Some(pairing) };
        let other = &people.side(side.other()).record.known_as;
        let disguise = party.record.wishes.discreet.then_some(other.as_str());
        self.notice_in_disguise(notice, &reader, reply_to, disguise)
    }

    /// Raises an item; the first contact hears of it when it must not wait for somebody to look.
    pub fn item(
        &self,
        kind: ItemKind,
        pairing: Option<PairingId>,
        letter: Option<LetterId>,
    ) -> Result<(NewItem, Option<NewNotice>), CannotWrite> {
        self.item_of(kind, kind.severity(), (pairing, letter))
    }

    /// The same with another severity than its kind has by itself.
    pub(crate) fn item_of(
        &self,
        kind: ItemKind,
        severity: Severity,
        (pairing, letter): (Option<PairingId>, Option<LetterId>),
    ) -> Result<(NewItem, Option<NewNotice>), CannotWrite> {
        let id = ItemId::from_random(chance::bits());
        let due_at = self.clock.now() + severity.time_to_answer();
        self.counters.items_raised.add(1);
        let programme = pairing.and_then(|pairing| self.people.programme(pairing));
        let told = match (self.first_contact(programme.as_deref()), kind) {
            // The writer has been asked, the desk's letter itself is on its way, and a file that stayed behind is seen
            // at the weekly review: no letter for these.
            (None, _) | (_, ItemKind::Unverified | ItemKind::Desk | ItemKind::File) => None,
            (Some((to, mailbox)), _) => {
                let link = self.item_link(id);
                let notice = Notice::ItemRaised(ItemRaised { item: id.to_string(), kind, severity, link });
                let reader = Reader { to, mailbox: &mailbox, language: self.language, pairing: None };
                Some(self.notice(&notice, &reader, None)?)
            }
        };
        Ok((NewItem { id, kind, severity, pairing, letter, due_at }, told))
    }

    /// Who hears first of a matter in a programme: the first mailbox of its ladder, or the organisation's contact where
    /// the ladder has none or begins with a program.
    pub(crate) fn first_contact(&self, programme: Option<&str>) -> Option<(NoticeTo, EmailAddr)> {
        match programme.and_then(|name| self.programmes.of(name).ladder().into_iter().next()) {
            Some(Rung::Mailbox(mailbox)) => Some((NoticeTo::Staff(self.index.mailbox(&mailbox)), mailbox)),
            _ => self.contact.clone().map(|contact| (NoticeTo::Contact, contact)),
        }
    }

    /// Where staff find an item.
    pub fn item_link(&self, item: ItemId) -> Option<String> {
        self.public_url.as_ref().map(|url| format!("{url}/items/{item}"))
    }

    /// A day of the week in the words of a language, in the house's zone.
    pub fn weekday(&self, moment: Moment, language: Language) -> String {
        weekday_on(moment, &self.zone, language)
    }

    /// A date in the words of a language, in the house's zone.
    pub fn date(&self, moment: Moment, language: Language) -> String {
        written_on(moment, &self.zone, language)
    }
}

fn to_person(id: PersonId, address: Option<Digest>) -> NoticeTo {
    NoticeTo::Person { id, address }
}
