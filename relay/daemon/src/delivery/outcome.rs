//! Desk 9: what an attempt means for the letter, its writer and the coordinators.

use super::{Courier, Errand, Outcome, Settlement};
use crate::chance;
use crate::outbound::{Attempt, Fault, Outbound};
use crate::post::CannotWrite;
use brevbro_core::escalation::ItemKind;
use brevbro_core::id::{EntryId, LetterId, PairingId};
use brevbro_core::notice::{Notice, Plain};
use brevbro_core::party::Side;
use brevbro_core::spool::{TELL_DELAY_AFTER, next_attempt};
use brevbro_core::time::{Moment, Span};
use brevbro_store::{Claimed, NewItem, NewNotice};

/// Why a claimed letter cannot be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unopened {
    /// The store did not answer just now.
    Later,
    /// It cannot be opened: quarantined, and a human is told.
    Corrupt,
    /// Whom it was for is no longer there.
    Gone,
    /// No contact is configured yet: it waits without end.
    NoContact,
}

/// What is said about a failed letter.
type Told = (Vec<NewNotice>, Vec<NewItem>);

impl<O: Outbound + 'static> Courier<O> {
    /// The settlement of one attempt.
    pub(super) async fn settlement(&self, errand: &Errand, attempt: Option<Attempt>) -> Settlement {
        let now = self.house.clock.now();
        let Some(attempt) = attempt else {
            return self.plain(
                errand.id,
                now,
                Outcome::Deferred { due_at: now + Span::minutes(10), count_attempt: false },
            );
        };
        match attempt {
            Attempt::Delivered => {
                self.house.counters.deliveries_succeeded.add(1);
                self.plain(errand.id, now, Outcome::Delivered)
            }
            Attempt::Deferred(fault) if now < errand.give_up_at => self.deferred(errand, fault, now).await,
            Attempt::Deferred(_) | Attempt::Failed(_) => self.failed(errand, now).await,
        }
    }

    async fn deferred(&self, errand: &Errand, fault: Fault, now: Moment) -> Settlement {
        self.house.counters.deliveries_deferred.add(1);
        // A next hop that is away altogether says nothing about this letter: it leaves soon after the hop is
        // back, and meanwhile nothing is claimed. Everything else goes by the ladder. Whether the hop can be
        // tried again by now is not the question: letters would take to the ladder by the accident of a late look.
        let away = fault.phase.is_opening() && self.outbound.has_one_hop();
        let counts = !away;
        let chance = u32::try_from(chance::bits() >> 32).unwrap_or(0);
        let due_at = if counts { next_attempt(now, errand.attempts, chance) } else { soon(now, chance) };
        let due_at = errand.hours.map_or(due_at, |hours| hours.due(due_at, &self.house.zone));
        let mut settlement = self.plain(errand.id, now, Outcome::Deferred { due_at, count_attempt: counts });
        let is_late = now - errand.created_at >= TELL_DELAY_AFTER;
        if let (true, false, Some(pairing), Some(author)) = (is_late, errand.delay_told, errand.pairing, errand.author)
            && let Ok(notice) = self.to_writer(Notice::Delayed, (pairing, author), errand.created_at).await
        {
            settlement.notices.push(notice);
            settlement.told_delay = true;
        }
        settlement
    }

    async fn failed(&self, errand: &Errand, now: Moment) -> Settlement {
        self.house.counters.deliveries_failed.add(1);
        let about = errand.pairing.zip(errand.author);
        let told = self.tell_of_failure(errand.id, about, errand.for_contact, errand.created_at).await;
        match told {
            Ok((notices, items)) => Settlement { notices, items, ..self.plain(errand.id, now, Outcome::Failed) },
            // A failure that nobody hears of would be a lost letter: it stays queued until it can be told.
            Err(CannotWrite) => {
                self.plain(errand.id, now, Outcome::Deferred { due_at: now + Span::minutes(10), count_attempt: false })
            }
        }
    }

    async fn tell_of_failure(
        &self,
        letter: LetterId,
        about: Option<(PairingId, Side)>,
        for_contact: bool,
        written: Moment,
    ) -> Result<Told, CannotWrite> {
        let (item, told) = self.house.item(ItemKind::Undeliverable, about.map(|(p, _)| p), Some(letter))?;
        // A contact that cannot be reached is not told so by mail: that letter would fail as well, for ever.
        let mut notices: Vec<NewNotice> = told.into_iter().filter(|_| !for_contact).collect();
        if let Some(about) = about {
            notices.push(self.to_writer(Notice::NotDelivered, about, written).await?);
        }
        Ok((notices, vec![item]))
    }

    async fn to_writer(
        &self,
        notice: fn(Plain) -> Notice,
        (pairing, author): (PairingId, Side),
        written: Moment,
    ) -> Result<NewNotice, CannotWrite> {
        let people = self.house.people.pairing(&self.house.store, pairing).await.map_err(|_| CannotWrite)?;
        let written_on = self.house.date(written, people.side(author).language);
        let other = people.side(author.other()).record.known_as.clone();
        self.house.notice_to_party(&notice(Plain { other, written_on }), (&people, author, pairing), (None, None))
    }

    /// The settlement of a letter that could not even be tried.
    pub(super) fn settle_unopened(&self, letter: &Claimed, why: Unopened) -> Settlement {
        let now = self.house.clock.now();
        let wait = |span| Outcome::Deferred { due_at: now + span, count_attempt: false };
        let outcome = match why {
            Unopened::Later => wait(Span::minutes(1)),
            Unopened::NoContact => wait(Span::hours(1)),
            Unopened::Corrupt => Outcome::Corrupt,
            Unopened::Gone => Outcome::Failed,
        };
        let mut settlement = self.plain(letter.id, now, outcome);
        let kind = match why {
            Unopened::Corrupt => Some(ItemKind::Corrupt),
            Unopened::Gone => Some(ItemKind::Undeliverable),
            Unopened::Later | Unopened::NoContact => None,
        };
        if let Some(Ok((item, told))) = kind.map(|k| self.house.item(k, letter.pairing, Some(letter.id))) {
            settlement.items.push(item);
            settlement.notices.extend(told);
        }
        settlement
    }

    /// The settlement of a letter that is given back untried.
    pub(super) fn given_back(&self, letter: LetterId) -> Settlement {
        self.put_off(letter, self.house.clock.now())
    }

    /// The settlement of a letter that is to be tried later, and was not tried now.
    pub(super) fn put_off(&self, letter: LetterId, due_at: Moment) -> Settlement {
        self.plain(letter, self.house.clock.now(), Outcome::Deferred { due_at, count_attempt: false })
    }

    fn plain(&self, letter: LetterId, now: Moment, outcome: Outcome) -> Settlement {
        Settlement {
            letter,
            node: self.house.node,
            now,
            outcome,
            told_delay: false,
            notices: Vec::new(),
            items: Vec::new(),
            settled_entry: EntryId::from_random(chance::bits()),
        }
    }
}

/// A short wait, spread, while the next hop is away.
fn soon(now: Moment, chance: u32) -> Moment {
    now + Span::millis(2_000 + i64::from(chance % 3_000))
}
