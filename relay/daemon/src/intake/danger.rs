//! Desk 5's second look: whether a letter speaks of danger. It never blocks, delays, answers or labels one: a human is
//! told, and what the programme keeps is sealed to people, not to the house (P5, P7).

use super::Relay;
use super::doors::later;
use crate::chance;
use crate::house::House;
use crate::post::{CannotWrite, Reader};
use crate::programmes::Rung;
use brevbro_core::escalation::{ItemKind, Severity};
use brevbro_core::id::{ItemId, LetterId, PairingId};
use brevbro_core::notice::{ItemRaised, Notice};
use brevbro_core::party::Side;
use brevbro_core::policy::{Verdict, Weighed};
use brevbro_core::programme::Keep;
use brevbro_core::reply::Stop;
use brevbro_core::seal::SealedLetter;
use brevbro_core::spool::{GIVE_UP_AFTER, HoldReason};
use brevbro_core::time::{Moment, Span};
use brevbro_flags::{Category, Findings, Letter, Scan, Thread, scan};
use brevbro_sanitise::{Clean, Limits, letter};
use brevbro_store::{KeptFor, NewFlag, NewItem, NewNotice, NewRetained, NoticeTo, Scanned, ThreadFacts};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What was seen in a letter. No word of it is in here, but for the sealed ones.
#[derive(Default)]
pub(super) struct Look {
    flags: Vec<NewFlag>,
    /// The rules could not read it: silence must not look like safety.
    is_unread: bool,
    asked: BTreeMap<Category, Severity>,
    /// Whether the volunteer's last letter asked something that does not count any more.
    had_asked: bool,
    sentences: Vec<[u8; 16]>,
    kept: Option<NewRetained>,
}

/// Routine flags are counted so far back.
const LATELY: Span = Span::days(14);
/// Sentences of one letter that are known again.
const SENTENCES: usize = 200;

impl Relay {
    /// Looks at a letter, and seals it for the coordinators where the programme keeps it.
    pub(super) async fn look(&self, weighed: &Weighed<Clean>) -> Look {
        let facts = weighed.addressed().facts();
        let (pairing, writer) = (facts.pairing, facts.author_side);
        let text = Arc::new(Text::of(weighed.clean(), &self.limits));
        let since = Moment::from_millis(self.house.clock.now().as_millis() - LATELY.as_millis());
        // What came before sharpens the look; without it the letter is still looked at for itself.
        let before = self.house.store.thread_facts(pairing, since).await.unwrap_or_default();
        let (house, seen) = (Arc::clone(&self.house), Arc::clone(&text));
        let looking = self.pool.run(text.all.len(), move || Ok(look_at(&house, &seen, writer, &before)));
        // A fault of the rules must not cost anybody a letter.
        let mut look = looking.await.unwrap_or_else(|_| Look { is_unread: true, ..Look::default() });
        look.kept = self.keep(weighed, !look.flags.is_empty(), text).await;
        look
    }

    /// What is kept of a letter, and for how long.
    async fn keep(&self, weighed: &Weighed<Clean>, is_flagged: bool, text: Arc<Text>) -> Option<NewRetained> {
        let content = &self.house.programmes.of(&weighed.addressed().facts().programme).programme.content;
        let now = self.house.clock.now();
        let window = now + Span::days(i64::from(content.review_days));
        let (why, expires_at) = match (content.keep, weighed.verdict()) {
            (Keep::Transit, _) => return None,
            // Who wrote it is in doubt: it goes with the letter, unless the author comes forward.
            (_, Verdict::Hold(_)) if is_flagged => (KeptFor::Flagged, Some(now + GIVE_UP_AFTER)),
            (_, _) if is_flagged => (KeptFor::Flagged, None),
            // It may name somebody: nobody reads it unless there is danger in it.
            (Keep::Flagged, _) | (Keep::Review, Verdict::Quarantine(_)) => return None,
            (Keep::Review, _) if content.review_days == 0 => return None,
            (Keep::Review, _) => (KeptFor::Review, Some(window)),
        };
        // "Flagged ones longer": never shorter than the window.
        let at_least = if content.keep == Keep::Review { content.review_days } else { 0 };
        let house = Arc::clone(&self.house);
        let sealing = self.pool.run(text.all.len(), move || house.archive.seal(text.all.as_bytes()).map_err(later));
        let Ok(sealed) = sealing.await else {
            tracing::warn!("a letter could not be sealed for the coordinators, and is not kept");
            return None;
        };
        Some(NewRetained { why, sealed: sealed?, expires_at, after_days: content.flagged_days.max(at_least) })
    }

    /// One item for all that was seen in a letter, to be committed with it. A letter that may not be its author's
    /// calls nobody; when it turns out to be, [`Self::danger_confirmed`] does.
    pub(super) fn raise_danger(
        &self,
        look: Look,
        letter: &SealedLetter,
        id: LetterId,
        (notices, items): (&mut Vec<NewNotice>, &mut Vec<NewItem>),
    ) -> Result<Scanned, CannotWrite> {
        let facts = letter.facts();
        let doubted = letter.verdict() == Verdict::Hold(HoldReason::Unverified);
        let mut raise = |kind, severity: Severity| {
            let item = ItemId::from_random(chance::bits());
            let due_at = self.house.clock.now() + severity.time_to_answer();
            self.house.counters.items_raised.add(1);
            notices.extend(self.house.danger_told(item, (kind, severity), &facts.programme)?);
            items.push(NewItem { id: item, kind, severity, pairing: Some(facts.pairing), letter: Some(id), due_at });
            Ok::<_, CannotWrite>(item)
        };
        if look.is_unread {
            self.house.counters.letters_not_scanned.add(1);
            raise(ItemKind::NotScanned, Severity::Routine)?;
        }
        let item = match look.flags.iter().map(|flag| flag.severity).max() {
            None => None,
            Some(highest) => {
                self.house.counters.letters_flagged.add(1);
                Some(raise(ItemKind::Flag, if doubted { Severity::Routine } else { highest })?)
            }
        };
        // Only what the other side gets is part of the thread.
        let is_heard = letter.is_relayed();
        let asks = facts.author_side == Side::Volunteer && is_heard && (look.had_asked || !look.asked.is_empty());
        let asked = asks.then(|| look.asked.iter().map(|(category, yes)| (category.word(), *yes)).collect());
        let sentences = if is_heard { look.sentences } else { Vec::new() };
        Ok(Scanned { item, flags: look.flags, asked, sentences, kept: look.kept })
    }

    /// How soon a human must look at words said to the desk, when they speak of danger.
    pub(super) fn danger_said(&self, text: &str, writer: Side) -> Option<Severity> {
        let letter = Letter { text, writer, language_hint: None, reader: None, thread: None };
        match scan(&self.house.rules, &letter) {
            Scan::Done(found) => {
                found.flags.iter().map(|flag| flag.severity).max().filter(|highest| *highest > Severity::Routine)
            }
            // A human reads the letter in any case.
            Scan::NotScanned(_) => None,
        }
    }

    /// The first contact's notice for a letter that was in doubt and is its author's own, if it speaks of danger.
    pub(super) async fn danger_confirmed(&self, letter: LetterId) -> Result<Vec<NewNotice>, Stop> {
        let store = &self.house.store;
        let Some((item, severity)) = store.doubted_flag(letter).await.map_err(later)? else { return Ok(Vec::new()) };
        let pairing: Option<PairingId> = store.letter(letter).await.map_err(later)?.and_then(|row| row.pairing);
        let Some(pairing) = pairing else { return Ok(Vec::new()) };
        let programme = store.pairing(pairing).await.map_err(later)?.map(|row| row.programme).unwrap_or_default();
        let told = self.house.danger_told(item, (ItemKind::Flag, severity), &programme).map_err(later)?;
        Ok(told.into_iter().collect())
    }
}

impl House {
    /// What the programme's first contact hears of an item about danger: a number. What can wait for the weekly review
    /// calls nobody.
    fn danger_told(
        &self,
        item: ItemId,
        (kind, severity): (ItemKind, Severity),
        programme: &str,
    ) -> Result<Option<NewNotice>, CannotWrite> {
        if severity == Severity::Routine {
            return Ok(None);
        }
        let first = self.programmes.of(programme).ladder().into_iter().next();
        let (to, mailbox) = match (first, &self.contact) {
            (Some(Rung::Mailbox(mailbox)), _) => (NoticeTo::Staff(self.index.mailbox(&mailbox)), mailbox),
            // A program at the foot of the ladder is run by the next round; the contact hears of it as well.
            (_, Some(contact)) => (NoticeTo::Contact, contact.clone()),
            (_, None) => return Ok(None),
        };
        let link = self.item_link(item);
        let notice = Notice::ItemRaised(ItemRaised { item: item.to_string(), kind, severity, link });
        let reader = Reader { to, mailbox: &mailbox, language: self.language, pairing: None };
        self.notice(&notice, &reader, None).map(Some)
    }
}

/// All the words of a letter as the other side gets them: subject, new text and what its files say, a line apart.
struct Text {
    all: String,
    parts: Vec<Range<usize>>,
}

impl Text {
    fn of(clean: &Clean, limits: &Limits) -> Self {
        let subject = subject(clean.bytes(), limits);
        let mut text = Self { all: String::new(), parts: Vec::new() };
        for part in [subject.as_str(), clean.text(), clean.file_words()] {
            if part.trim().is_empty() {
                continue;
            }
            if !text.all.is_empty() {
                text.all.push_str("\n\n");
            }
            let start = text.all.len();
            text.all.push_str(part);
            text.parts.push(start..text.all.len());
        }
        text
    }
}

/// The subject as it is sent; that of an answer was looked at when it was new.
fn subject(octets: &[u8], limits: &Limits) -> String {
    let end = memchr::memmem::find(octets, b"\r\n\r\n").map_or(octets.len(), |end| end + 4);
    let head = octets.get(..end).unwrap_or_default();
    let subject = letter::read(head, limits).map(|letter| letter.subject()).unwrap_or_default();
    if is_answer(&subject) { String::new() } else { subject }
}

fn is_answer(subject: &str) -> bool {
    const PREFIXES: [&str; 9] = ["re", "sv", "vs", "aw", "ang", "fwd", "fw", "vb", "vid"];
    subject.split_once(':').is_some_and(|(first, _)| PREFIXES.contains(&first.trim().to_lowercase().as_str()))
}

fn look_at(house: &House, text: &Text, writer: Side, before: &ThreadFacts) -> Look {
    let digest = |sentence: &str| house.index.sentence(sentence);
    let thread = thread(before, &digest);
    let mut look = Look { had_asked: !before.asked.is_empty(), ..Look::default() };
    for part in &text.parts {
        let words = text.all.get(part.clone()).unwrap_or_default();
        let letter = Letter { text: words, writer, language_hint: None, reader: None, thread: Some(&thread) };
        match scan(&house.rules, &letter) {
            Scan::Done(found) => look.add(found, part.start, before),
            Scan::NotScanned(_) => look.is_unread = true,
        }
    }
    if look.flags.is_empty() {
        look.sentences.clear();
    }
    look.sentences.truncate(SENTENCES);
    look
}

fn thread<'d>(before: &ThreadFacts, digest: &'d dyn Fn(&str) -> [u8; 16]) -> Thread<'d> {
    // A category that this version does not know any more is left out.
    let asked = before.asked.iter().filter_map(|(category, yes)| Some((category.parse().ok()?, *yes)));
    let routine = before.routine.iter().filter_map(|(category, number)| Some((category.parse().ok()?, *number)));
    Thread { asked: asked.collect(), routine: routine.collect(), seen: before.seen.iter().copied().collect(), digest }
}

impl Look {
    /// Adds what was found in one part: one flag for each category, the most urgent.
    fn add(&mut self, found: Findings, start: usize, before: &ThreadFacts) {
        // That this exchange is in a language without rules is one matter, not one for each letter.
        self.is_unread |= found.is_foreign && !before.is_known_unread;
        self.sentences.extend(found.sentences);
        self.asked.extend(found.asked);
        self.flags.extend(found.flags.into_iter().map(|flag| {
            let octets = flag.place.octets();
            let place = start + octets.start..start + octets.end;
            NewFlag { category: flag.category.word(), severity: flag.severity, rule: flag.rule, place }
        }));
        self.flags.sort_by_key(|flag| (Reverse(flag.severity), flag.place.start));
        let mut told = Vec::new();
        self.flags.retain(|flag| {
            let is_new = !told.contains(&flag.category);
            told.push(flag.category);
            is_new
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_have_old_subjects() {
        for old in ["Re: Hello", "SV: Hej", "sv : hej", "Fwd: x"] {
            assert!(is_answer(old), "{old}");
        }
        for new in ["Hello", "Tonight: the end", "", "Rest: none"] {
            assert!(!is_answer(new), "{new}");
        }
    }

    #[test]
    fn the_subject_of_a_finished_letter_is_read() {
        let letter = b"From: <a@example.org>\r\nSubject: =?utf-8?q?Farv=C3=A4l?=\r\n\r\nHello.\r\n";
        assert_eq!(subject(letter, &Limits::default()), "Farväl");
        assert_eq!(subject(b"Subject: Re: x\r\n\r\n", &Limits::default()), "");
        assert_eq!(subject(b"", &Limits::default()), "");
    }
}
