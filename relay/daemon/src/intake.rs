//! The way in, read aloud: hear, verify, resolve, sanitise, weigh, seal, commit, and only then the 250.

mod budget;
mod corrections;
mod danger;
mod desk;
mod desks;
mod doors;
mod echoes;
mod ended;
mod identity;
mod often;
mod pool;
mod week;

pub use budget::Budget;
pub use identity::identity_of;

use crate::delivery::Handover;
use crate::evidence::Gatherer;
use crate::house::House;
use crate::smtp::{Doubt, Intake};
use brevbro_core::envelope::Received;
use brevbro_core::id::PersonId;
use brevbro_core::reply::{Refusal, Reply, Stop};
use brevbro_core::resolve::{Door, TokenDoor, door};
use brevbro_core::spool::SpoolState;
use brevbro_core::time::Span;
use brevbro_sanitise::Limits;
use desks::Heard;
use echoes::Echoes;
use often::Often;
use pool::Pool;
use std::sync::Arc;

/// Role *relay*: takes letters in.
pub struct Relay {
    house: Arc<House>,
    evidence: Gatherer,
    budget: Budget,
    pool: Pool,
    /// Questions to one enrolled person: whoever forges her letters must not fill her mailbox.
    questions: Often<PersonId>,
    /// Letters that strangers may bring to the contact.
    strangers: Often<()>,
    /// Answers to letters that come after the end.
    farewells: Often<PersonId>,
    handover: Option<Handover>,
    limits: Limits,
    echoes: Echoes,
    /// Whether everybody who is not aligned is refused.
    refuse_unaligned: bool,
}

/// What became of a letter that was not stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// Committed in this state.
    Committed(SpoolState),
    /// Committed earlier: our 250 had been lost.
    Repeated,
    /// A report, receipt or automatic answer: it has done its work, and goes no further.
    Absorbed,
    /// A token was redeemed, or the desk's letter is on its way to a human.
    Done,
}

impl Relay {
    /// Opens the way in. `handover` is there when a delivery runs in the same process.
    pub fn new(house: Arc<House>, evidence: Gatherer, handover: Option<Handover>, refuse_unaligned: bool) -> Self {
        Self {
            house,
            evidence,
            budget: Budget::new(),
            pool: Pool::new(),
            questions: Often::new(10, Span::days(1)),
            strangers: Often::new(100, Span::hours(1)),
            farewells: Often::new(3, Span::days(1)),
            handover,
            limits: Limits::default(),
            echoes: Echoes::default(),
            refuse_unaligned,
        }
    }

    async fn admit(&self, received: Received, doubt: &mut Option<Doubt>) -> Result<Taken, Stop> {
        let _room = self.budget.room_for(received.raw.bytes().len()).await?;
        match door(&received.forward_path) {
            Door::Public => self.to_public_door(received).await,
            Door::Desk => self.to_desk(received).await,
            Door::Token(TokenDoor::Bounce, token) => self.report(received, &token).await,
            Door::Token(TokenDoor::Confirm, token) => self.confirmation(received, &token).await,
            Door::Token(TokenDoor::Urgent, token) => self.urgent(received, &token).await,
            Door::Token(TokenDoor::Erase, token) => self.forgetting(received, &token).await,
            Door::Token(TokenDoor::Correct, token) => self.correction(received, &token).await,
            Door::Alias => self.letter(received, doubt).await,
        }
    }

    /// One letter, desk by desk.
    async fn letter(&self, received: Received, doubt: &mut Option<Doubt>) -> Result<Taken, Stop> {
        let Heard::Letter(head) = self.hear(&received).await? else { return Ok(Taken::Absorbed) };
        let verified = self.verify(received, &head).await?;
        let (addressed, people) = self.resolve(verified).await?;
        let clean = match self.sanitise(&addressed, &people).await {
            Err(Stop::Refuse(Refusal::Encrypted)) => return self.answer_encrypted(&addressed, &people).await,
            outcome => outcome?,
        };
        let weighed = self.weigh(addressed, clean)?;
        self.may_ask(&weighed)?;
        let look = self.look(&weighed).await;
        let permit = self.reserve_handover(&weighed, &people);
        let (sealed, clean) = self.seal(weighed).await?;
        let about = (sealed.facts().pairing, sealed.facts().author_side);
        let receipt = self.commit((&head, sealed, &clean), look, &people, permit.is_some(), doubt).await?;
        if receipt.duplicate {
            return Ok(Taken::Repeated);
        }
        self.hand_over(&receipt, about, clean, &people, permit);
        Ok(Taken::Committed(receipt.state))
    }

    fn count(&self, outcome: &Result<Taken, Stop>) {
        let counters = &self.house.counters;
        match outcome {
            Ok(Taken::Committed(SpoolState::Held)) => counters.letters_held.add(1),
            Ok(Taken::Committed(SpoolState::Quarantined)) => counters.letters_quarantined.add(1),
            Ok(Taken::Committed(_) | Taken::Done) => counters.letters_relayed.add(1),
            Ok(Taken::Repeated) => counters.letters_repeated.add(1),
            Ok(Taken::Absorbed) => counters.letters_absorbed.add(1),
            Err(Stop::Refuse(_)) => counters.letters_refused.add(1),
            Err(Stop::Later(_)) => counters.letters_deferred.add(1),
        }
    }
}

impl Intake for Relay {
    async fn take(&self, letter: Received) -> Reply {
        self.take_in_doubt(letter).await.0
    }

    async fn take_in_doubt(&self, letter: Received) -> (Reply, Option<Doubt>) {
        let mut doubt = None;
        let outcome = self.admit(letter, &mut doubt).await;
        self.count(&outcome);
        let reply = match outcome {
            // RFC 5321 §4.2.5: from here on the letter is ours. Everything has been committed.
            Ok(_) => Reply::new(250, (2, 0, 0), "Accepted"),
            Err(stop) => stop.reply(),
        };
        (reply, doubt)
    }
}

/// The one voice (P9).
fn unknown() -> Stop {
    Stop::Refuse(Refusal::NoSuchAddress)
}
