//! A letter meets its programme's rules: the weekly hour with what is said about it, reading, and silence.

use super::desks::Heard;
use super::doors::later;
use super::{Relay, Taken, unknown};
use crate::people::People;
use crate::post::CannotWrite;
use crate::programmes::Rules;
use crate::tokens::{self, Confirmation, urgent_address};
use brevbro_core::envelope::Received;
use brevbro_core::escalation::ItemKind;
use brevbro_core::ledger::{Minutes, READ_AFTER};
use brevbro_core::missed::{Silence, Waiting};
use brevbro_core::notice::{CrisisLine, LetterRests, Notice, Plain, Shown, WeekFull, WeekNear};
use brevbro_core::pairing::{PairingFacts, PairingState};
use brevbro_core::party::Side;
use brevbro_core::reply::Stop;
use brevbro_core::spool::HoldReason;
use brevbro_core::time::Moment;
use brevbro_store::{Commit, NewSilence, Reading, Receipt, StoreError, WeekTold};

/// When the volunteer's reading of a letter is booked.
pub(super) fn reading(rules: &Rules, now: Moment) -> Reading {
    if rules.programme.week.count_reading { Reading::WithAnswer(now + READ_AFTER) } else { Reading::Never }
}

/// Whoever has written waits from now on. In a pause the clock stands.
pub(super) fn silence(rules: &Rules, facts: &PairingFacts, now: Moment) -> NewSilence {
    let waiting = match facts.author_side {
        Side::Seeker => Waiting::ForVolunteer,
        Side::Volunteer => Waiting::ForSeeker,
    };
    let next = Silence { waiting, since: now, steps: 0 }.next(&rules.programme.missed, &rules.calendar);
    let due_at = next.map(|(due, _)| due).filter(|_| facts.state == PairingState::Active);
    NewSilence { waiting, since: now, due_at }
}

impl Relay {
    /// Commits a letter; when the week turns with it, what is said about that is written and the letter offered again.
    pub(super) async fn commit_in_its_week(
        &self,
        mut commit: Commit,
        people: &People,
        rules: &Rules,
    ) -> Result<Receipt, StoreError> {
        match self.house.store.commit(commit.clone()).await {
            Err(StoreError::WeekTurned) => {
                let told = self.week_told(&commit, people, rules).await;
                commit.told = Some(Box::new(told?));
                self.house.store.commit(commit).await
            }
            outcome => outcome,
        }
    }

    async fn week_told(&self, commit: &Commit, people: &People, rules: &Rules) -> Result<WeekTold, StoreError> {
        let pairing = commit.letter.facts().pairing;
        let row = self.house.store.pairing(pairing).await?.ok_or(StoreError::Unknown("pairing"))?;
        let week = &rules.programme.week;
        let cap = week.cap(row.cap).unwrap_or_default();
        let used = self.house.store.week_minutes(pairing, commit.letter.charge().week).await?;
        let used = used + commit.letter.charge().minutes;
        self.write_week_told(commit, people, rules, (cap, used)).map_err(|CannotWrite| UNWRITTEN)
    }

    fn write_week_told(
        &self,
        commit: &Commit,
        people: &People,
        rules: &Rules,
        (cap, used): (Minutes, Minutes),
    ) -> Result<WeekTold, CannotWrite> {
        let (house, facts) = (&self.house, commit.letter.facts());
        if facts.author_side == Side::Seeker {
            return self.write_rest(commit, people, rules);
        }
        let about = (people, Side::Volunteer, facts.pairing);
        let language = people.side(Side::Volunteer).language;
        let other = people.side(Side::Seeker).record.known_as.clone();
        let week = commit.letter.charge().week;
        let monday = week.next().start_in(&house.zone).ok_or(CannotWrite)?;
        let sunday = Moment::from_millis(monday.as_millis() - 1);
        let urgent = rules.programme.week.urgent;
        let what = Confirmation { letter: commit.id, person: facts.author, until: monday };
        let reply_to = urgent_address(house.index.tokens(), what, &house.domain).ok_or(CannotWrite)?;
        let (minutes, shown) = (Shown::about(used), Shown::exactly(cap));
        let near = WeekNear { other: other.clone(), minutes, cap: shown, until: house.weekday(sunday, language) };
        let full = WeekFull { other, cap: shown, until: house.weekday(monday, language), urgent };
        let reply_to = urgent.then_some(&reply_to);
        Ok(WeekTold {
            near: Some(house.notice_to_party(&Notice::WeekNear(near), about, (None, None))?),
            full: house.notice_to_party(&Notice::WeekFull(full), about, (None, reply_to))?,
            often: Some(house.item(ItemKind::FullWeek, Some(facts.pairing), None)?),
        })
    }

    /// What a seeker hears whose programme lets her letter wait: kindly, and never that it was too much.
    fn write_rest(&self, commit: &Commit, people: &People, rules: &Rules) -> Result<WeekTold, CannotWrite> {
        let (house, pairing) = (&self.house, commit.letter.facts().pairing);
        let monday = commit.letter.charge().week.next().start_in(&house.zone).ok_or(CannotWrite)?;
        let rests = LetterRests {
            other: people.side(Side::Volunteer).record.known_as.clone(),
            until: house.weekday(monday, people.side(Side::Seeker).language),
            crisis: CrisisLine::all(&rules.programme.crisis, commit.now.date_in(&house.zone)),
        };
        let about = (people, Side::Seeker, pairing);
        let full = house.notice_to_party(&Notice::LetterRests(rests), about, (None, None))?;
        Ok(WeekTold { near: None, full, often: None })
    }

    /// A volunteer calls a letter urgent that waits for the week: it is sent at once, and a coordinator hears of it.
    /// Holding the token shows that the answer comes from the mailbox we wrote to; it works once.
    pub(super) async fn urgent(&self, received: Received, token: &str) -> Result<Taken, Stop> {
        let what = tokens::open_urgent(self.house.index.tokens(), token).ok_or_else(unknown)?;
        let Heard::Letter(head) = self.hear(&received).await? else { return Ok(Taken::Absorbed) };
        let now = self.house.clock.now();
        if !self.enrolled_as(&head, what.person).await? || now > what.until {
            return Err(unknown());
        }
        let known = self.enrolled(&head).await?;
        // Only the word itself sends the letter; whatever else a volunteer answers is for a human to read.
        if !says_urgent(&self.readable_text(&received, known.as_ref())?) {
            return self.bring_to_contact(&received, &head, known, "desk").await;
        }
        let Some(row) = self.house.store.letter(what.letter).await.map_err(later)? else { return Ok(Taken::Done) };
        let Some(pairing) = row.pairing.filter(|_| row.reason.as_deref() == Some(HoldReason::WeekFull.word())) else {
            return Ok(Taken::Done);
        };
        let people = self.house.people.pairing(&self.house.store, pairing).await.map_err(later)?;
        let (item, told) = self.house.item(ItemKind::Urgent, Some(pairing), Some(what.letter)).map_err(later)?;
        let written_on = self.house.date(row.created_at, people.side(Side::Volunteer).language);
        let other = people.side(Side::Seeker).record.known_as.clone();
        let released = Notice::Released(Plain { other, written_on });
        let about = (&*people, Side::Volunteer, pairing);
        let mut notices = vec![self.house.notice_to_party(&released, about, (None, None)).map_err(later)?];
        notices.extend(told);
        let week = now.week_in(&self.house.zone);
        self.house.store.send_urgent((what.letter, what.person), (now, week), notices, item).await.map_err(later)?;
        self.wake_delivery();
        Ok(Taken::Done)
    }
}

/// The word the notice asks for, in any of its languages, alone on the first line.
fn says_urgent(text: &str) -> bool {
    const WORDS: [&str; 8] =
        ["urgent", "brådskande", "bradskande", "haster", "viktigt", "viktig", "vigtigt", "det haster"];
    let is_own = |line: &&str| !line.is_empty() && !line.starts_with('>');
    let first = text.lines().map(str::trim).find(is_own).unwrap_or_default().to_lowercase();
    let word = first.trim_matches(|c: char| !c.is_alphanumeric());
    WORDS.contains(&word)
}

/// A notice that cannot be written is the house's own fault: the peer keeps the letter.
const UNWRITTEN: StoreError = StoreError::Unavailable("a notice could not be written");

#[cfg(test)]
mod tests {
    use super::says_urgent;

    #[test]
    fn only_the_word_itself_is_urgent() {
        for text in ["urgent\n", "\n Urgent!\n> quoted", "\"Brådskande\".", "HASTER", "Det haster!\n\nHilsen"] {
            assert!(says_urgent(text), "{text}");
        }
        for text in ["", "not urgent", "It is not urgent, thank you.", "ok", "> urgent", "Hej, urgent"] {
            assert!(!says_urgent(text), "{text}");
        }
    }
}
