//! The desks of one letter, each taking one type and giving the next.

use super::week::{reading, silence};
use super::{Relay, Taken, identity_of, unknown};
use crate::chance;
use crate::delivery::{Errand, Permit};
use crate::people::People;
use crate::post::CannotWrite;
use crate::smtp::Doubt;
use crate::tokens::{Confirmation, confirm_address};
use brevbro_core::address::EmailAddr;
use brevbro_core::envelope::{ForwardPath, Received, ReversePath};
use brevbro_core::escalation::ItemKind;
use brevbro_core::id::{EntryId, LetterId, PairingId};
use brevbro_core::notice::{ConfirmAuthor, CopiedOthers, Notice, Plain};
use brevbro_core::party::Side;
use brevbro_core::policy::{Verdict, Weighed, weigh};
use brevbro_core::reply::{Refusal, Stop, Trouble};
use brevbro_core::resolve::{Addressed, resolve};
use brevbro_core::seal::{Digest, SealedLetter, seal};
use brevbro_core::spool::{GIVE_UP_AFTER, HoldReason, QuarantineReason, SpoolState};
use brevbro_core::time::Moment;
use brevbro_core::verify::{Authenticity, Verified};
use brevbro_sanitise::{Clean, Kind, Outcome, Rules, Scope, hop, letter, rebuild};
use brevbro_store::{Commit, NewItem, NewNotice, Post, Receipt};
use std::sync::Arc;

/// What the first look at a letter tells.
pub(super) enum Heard {
    /// A report, receipt or automatic answer (RFC 3464, 8098, 3834): never relayed, never answered. It may
    /// have no author at all.
    Automatic(Kind),
    /// A person's letter.
    Letter(Head),
}

/// What is known of a person's letter before anybody believes it.
pub(super) struct Head {
    pub(super) author: EmailAddr,
    /// Further recipients named in its header.
    pub(super) others: usize,
    pub(super) has_message_id: bool,
}

/// Larger letters are queued in the store alone, so that the hand-over stays small.
const HAND_OVER: usize = 128 * 1024;

impl Relay {
    /// Desk 1, second half: what came in at all.
    pub(super) async fn hear(&self, received: &Received) -> Result<Heard, Stop> {
        let limits = self.limits;
        let own = self.house.domain.clone();
        let tokens = self.house.people.key().threads.tokens().clone();
        let null = received.reverse_path == ReversePath::Null;
        let raw = received.raw.clone();
        self.pool
            .run(raw.bytes().len(), move || {
                let letter = letter::read(raw.bytes(), &limits).map_err(Stop::Refuse)?;
                // RFC 5321 §6.3: our own token can only have come back to us in a circle.
                if letter.hop().is_some_and(|value| hop::is_ours(&tokens, &value)) {
                    return Err(Stop::Refuse(Refusal::Loop));
                }
                let kind = letter.kind_on(null);
                if matches!(kind, Kind::Dsn(_) | Kind::Mdn | Kind::AutoReply) {
                    return Ok(Heard::Automatic(kind));
                }
                let author = letter.author().cloned().ok_or(Stop::Refuse(Refusal::Malformed))?;
                Ok(Heard::Letter(Head {
                    author,
                    others: letter.other_recipients(std::slice::from_ref(&own)),
                    has_message_id: letter.message_id().is_some(),
                }))
            })
            .await
    }

    /// Desk 2: is the author who the header says?
    pub(super) async fn verify(&self, received: Received, head: &Head) -> Result<Verified, Stop> {
        let evidence = self.evidence.gather(&received, &head.author).await;
        let verified = Verified::from(received, head.author.clone(), &evidence)?;
        match verified.authenticity() {
            Authenticity::Unaligned if self.refuse_unaligned => Err(Stop::Refuse(Refusal::Unverified)),
            _ => Ok(verified),
        }
    }

    /// Desk 3: which pairing, and who are the two? The same look-up whether or not anything is found.
    pub(super) async fn resolve(&self, verified: Verified) -> Result<(Addressed, Arc<People>), Stop> {
        let ForwardPath::Addr(alias) = &verified.received().forward_path else { return Err(unknown()) };
        let index = &self.house.index;
        let found = self.house.store.way(&index.mailbox(verified.author()), &index.alias(alias)).await;
        let way = found.map_err(|_| Stop::Later(Trouble::Storage))?;
        if let Some(way) = &way {
            self.answer_after_end(&verified, &way.facts, &way.routing).await?;
        }
        let (facts, routing) = way.map(|way| (way.facts, way.routing)).unzip();
        let addressed = resolve(verified, facts)?;
        let people = self.house.people.of(&routing.ok_or_else(unknown)?);
        Ok((addressed, people.map_err(|_| Stop::Later(Trouble::Storage))?))
    }

    /// Desk 4: the letter is built anew, and the guard reads the result as an adversary would.
    pub(super) async fn sanitise(&self, addressed: &Addressed, people: &People) -> Result<Clean, Stop> {
        let facts = addressed.facts();
        let identity = identity_of(people, facts.author_side, &self.house.domain, &self.house.spared);
        let scope = Scope { pairing: facts.pairing.stored().unsigned_abs(), author: facts.author_side };
        let (limits, now, seed) = (self.limits, self.house.clock.now(), chance::octets());
        let threads = self.house.people.key().threads.clone();
        let raw = addressed.verified().received().raw.clone();
        let work = move || Ok(rebuild(raw.bytes(), &identity, &Rules { limits, now, seed, threads: &threads, scope }));
        let outcome = self.pool.run(addressed.verified().received().raw.bytes().len(), work).await?;
        match outcome {
            Outcome::Clean(clean) | Outcome::Quarantine(clean) => Ok(clean),
            Outcome::Refused(refusal) => Err(Stop::Refuse(refusal)),
        }
    }

    /// A letter that is encrypted end to end cannot be rebuilt. Its author is told kindly; an author who may be
    /// somebody else is refused, so that nobody gets a letter about what they never wrote.
    pub(super) async fn answer_encrypted(&self, addressed: &Addressed, people: &People) -> Result<Taken, Stop> {
        let (verified, facts) = (addressed.verified(), addressed.facts());
        if verified.authenticity() == Authenticity::Unaligned {
            return Err(Stop::Refuse(Refusal::Encrypted));
        }
        let written_on = self.house.date(self.house.clock.now(), people.side(facts.author_side).language);
        let other = people.side(facts.author_side.other()).record.known_as.clone();
        let about = (people, facts.author_side, facts.pairing);
        let notice = Notice::Encrypted(Plain { other, written_on });
        let written = self.house.notice_to_party(&notice, about, (Some(verified.author()), None));
        let notice = written.map_err(|CannotWrite| Stop::Later(Trouble::Storage))?;
        let post = Post { notice, quarantine: None, replay: None, items: Vec::new() };
        let _receipt = self.house.store.post(post).await.map_err(|_| Stop::Later(Trouble::Storage))?;
        self.wake_delivery();
        Ok(Taken::Done)
    }

    /// Desk 5: what happens to it.
    pub(super) fn weigh(&self, addressed: Addressed, clean: Clean) -> Result<Weighed<Clean>, Stop> {
        let week = self.house.clock.now().week_in(&self.house.zone);
        weigh(addressed, clean, week)
    }

    /// A letter that must be asked about is put off when its author has been asked often enough today: its
    /// own server keeps it, and a forger's mailbox flood ends here.
    pub(super) fn may_ask(&self, weighed: &Weighed<Clean>) -> Result<(), Stop> {
        let asks = weighed.verdict() == Verdict::Hold(HoldReason::Unverified);
        let author = weighed.addressed().facts().author;
        if asks && !self.questions.once_more(author, self.house.clock.now()) {
            return Err(Stop::Later(Trouble::Busy));
        }
        Ok(())
    }

    /// Desk 6: sealed before the store sees it.
    pub(super) async fn seal(&self, weighed: Weighed<Clean>) -> Result<(SealedLetter, Clean), Stop> {
        let key = self.house.sealing.clone();
        let size = weighed.clean().bytes().len();
        self.pool.run(size, move || seal(weighed, &key).map_err(|_| Stop::Later(Trouble::Storage))).await
    }

    /// Desk 7: everything the letter causes, in one transaction.
    pub(super) async fn commit(
        &self,
        (head, letter, clean): (&Head, SealedLetter, &Clean),
        people: &People,
        claim: bool,
        doubt: &mut Option<Doubt>,
    ) -> Result<Receipt, Stop> {
        let id = LetterId::from_random(chance::bits());
        let now = self.house.clock.now();
        let (notices, items) = self
            .consequences(head, &letter, clean, people, (id, now))
            .map_err(|CannotWrite| Stop::Later(Trouble::Storage))?;
        let replay = self.replay(head, &letter, clean);
        // From here on this letter is in doubt: until the peer speaks again, or for good when nothing is kept.
        *doubt = replay.map(|digest| {
            let echoes = self.echoes.clone();
            Doubt::new(move || echoes.forget(&digest))
        });
        let (facts, letter_is_sent, week) = (letter.facts().clone(), letter.is_relayed(), letter.charge().week);
        let rules = self.house.programmes.of(&facts.programme);
        let commit = Commit {
            id,
            letter: Arc::new(letter),
            entry: EntryId::from_random(chance::bits()),
            replay,
            now,
            claim_for: claim.then_some(self.house.node),
            week: Some(rules.programme.week.clone()),
            told: None,
            reading: reading(rules, now),
            silence: letter_is_sent.then(|| silence(rules, &facts, now)),
            notices,
            items,
            expires: letter_is_sent.then(|| week.next().start_in(&self.house.zone)).flatten(),
        };
        self.commit_in_its_week(commit, people, rules).await.map_err(|_| {
            *doubt = None;
            Stop::Later(Trouble::Storage)
        })
    }

    /// By what this letter would be known if it came again. Without a Message-ID no two letters are the same.
    fn replay(&self, head: &Head, letter: &SealedLetter, clean: &Clean) -> Option<Digest> {
        if !head.has_message_id {
            return None;
        }
        let pairing = letter.facts().pairing.stored().to_be_bytes();
        let parts = [&pairing[..], clean.message_id().as_bytes(), b"\0", clean.text().as_bytes()];
        self.echoes.doubt(self.house.index.replay(&parts.concat()))
    }

    /// What a letter causes beside itself.
    fn consequences(
        &self,
        head: &Head,
        letter: &SealedLetter,
        clean: &Clean,
        people: &People,
        (id, now): (LetterId, Moment),
    ) -> Result<(Vec<NewNotice>, Vec<NewItem>), CannotWrite> {
        let (facts, mut notices, mut items) = (letter.facts(), Vec::new(), Vec::new());
        let about = (people, facts.author_side, facts.pairing);
        let other = people.side(facts.author_side.other()).record.known_as.clone();
        let mut raise = |kind, notices: &mut Vec<NewNotice>| {
            let (item, told) = self.house.item(kind, Some(facts.pairing), Some(id))?;
            items.push(item);
            notices.extend(told);
            Ok::<(), CannotWrite>(())
        };
        match letter.verdict() {
            Verdict::Hold(HoldReason::Unverified) => {
                let until = now + GIVE_UP_AFTER;
                let what = Confirmation { letter: id, person: facts.author, until };
                let reply_to =
                    confirm_address(self.house.index.tokens(), what, &self.house.domain).ok_or(CannotWrite)?;
                let written_on = self.house.date(now, people.side(facts.author_side).language);
                let notice = Notice::ConfirmAuthor(ConfirmAuthor { other, written_on, days: 5 });
                notices.push(self.house.notice_to_party(&notice, about, (Some(&head.author), Some(&reply_to)))?);
                raise(ItemKind::Unverified, &mut notices)?;
                return Ok((notices, items));
            }
            Verdict::Quarantine(QuarantineReason::Guard) => raise(ItemKind::Guard, &mut notices)?,
            Verdict::Hold(_) | Verdict::Quarantine(_) | Verdict::Relay => {}
        }
        if clean.report().files_taken_out() > 0 {
            raise(ItemKind::File, &mut notices)?;
        }
        if head.others > 0 {
            let notice = Notice::CopiedOthers(CopiedOthers { other, others: head.others });
            notices.push(self.house.notice_to_party(&notice, about, (Some(&head.author), None))?);
        }
        Ok((notices, items))
    }

    /// A place in the delivery of this process, if it has one free and the letter may leave at once.
    pub(super) fn reserve_handover(&self, weighed: &Weighed<Clean>, people: &People) -> Option<Permit> {
        let small = weighed.clean().bytes().len() <= HAND_OVER;
        let relayed = weighed.verdict() == Verdict::Relay;
        let reader = people.side(weighed.addressed().facts().author_side.other());
        let now = self.house.clock.now();
        let is_safe = reader.record.wishes.hours().is_none_or(|hours| hours.due(now, &self.house.zone) <= now);
        self.handover.as_ref().filter(|_| small && relayed && is_safe)?.reserve()
    }

    /// Gives the letter to the delivery of this process, which already holds its lease.
    pub(super) fn hand_over(
        &self,
        receipt: &Receipt,
        about: (PairingId, Side),
        clean: Clean,
        people: &People,
        permit: Option<Permit>,
    ) {
        let Some(permit) = permit.filter(|_| receipt.state == SpoolState::Claimed) else {
            if let Some(handover) = &self.handover {
                handover.wake();
            }
            return;
        };
        let flight = permit.enter(receipt.letter);
        let now = self.house.clock.now();
        let Some(errand) = Errand::fresh(receipt, about, clean, people, (flight, now)) else { return };
        permit.give(errand);
    }
}
