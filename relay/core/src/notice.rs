//! Mail we write ourselves: which notices exist and what each may say.

mod bond;
mod crisis;
mod passage;
mod samples;
mod silence;
mod staff;
mod week;

pub use bond::{
    AfterEnd, CoordinatorAsked, EndNear, Ending, EraseAsk, OtherPauses, OtherResumed, Pause, Reads, Welcome,
};
pub use crisis::{CrisisLine, WorriedHeard};
pub use passage::{ConfirmAuthor, CopiedOthers, Plain};
pub use samples::Sample;
pub use silence::{Gentle, LetterRests, LetterWaits, SomebodyKnows};
pub use staff::{Count, DeskLetter, Digest, ItemLapsed, ItemRaised};
pub use week::{Change, Corrected, Done, HeldLonger, Overview, OverviewLine, Shown, WeekFull, WeekNear};

use crate::veiled;
use serde::Serialize;

/// Whether a notice answers a letter of its reader, which a header field tells (RFC 3834 §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cause {
    /// The reader wrote, and this is what we say to it.
    Letter,
    /// A day, a limit or somebody else's act.
    Event,
}

/// One row for each notice: its variant with what it may say, the name of its templates, and what causes it.
macro_rules! notices {
    ($($(#[$doc:meta])* $variant:ident $(($facts:ty))? => $name:literal, $cause:ident;)+) => {
        /// A notice with all it may say. Each variant is one template, in every language.
        #[derive(Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Notice {
            $($(#[$doc])* $variant $(($facts))?,)+
        }

        impl Notice {
            /// Every template's name, which is its file name under `templates/mail/<language>/`.
            pub const NAMES: &'static [&'static str] = &[$($name),+];

            /// The template's name.
            pub fn name(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $name),+ }
            }

            fn cause(&self) -> Cause {
                match self { $(Self::$variant { .. } => Cause::$cause),+ }
            }
        }
    };
}

notices! {
    /// To an enrolled author: a letter in your name could not be tied to your mailbox; answer to send it.
    ConfirmAuthor(ConfirmAuthor) => "confirm_author", Letter;
    /// To the writer: the other people on your letter got it directly from your own provider.
    CopiedOthers(CopiedOthers) => "copied_others", Letter;
    /// To the writer: your letter has not arrived yet, we go on trying.
    Delayed(Plain) => "delayed", Letter;
    /// To the writer: your letter could not be delivered.
    NotDelivered(Plain) => "not_delivered", Letter;
    /// To the writer: the held letter is on its way.
    Confirmed(Plain) => "confirmed", Letter;
    /// To the writer: your letter was encrypted, and the house cannot read it on its way.
    Encrypted(Plain) => "encrypted", Letter;

    /// To a volunteer: this week's time is nearly used (S4).
    WeekNear(WeekNear) => "week_near", Event;
    /// To a volunteer: this week's time is used, your letter waits until Monday, and why (S5).
    WeekFull(WeekFull) => "week_full", Letter;
    /// To a volunteer on Sunday: the week's contact time, to be put right by an answer.
    Overview(Overview) => "overview", Event;
    /// To a volunteer: what has been put right.
    Corrected(Corrected) => "corrected", Letter;
    /// To a volunteer: an answer about time was not clear, a coordinator looks at it.
    NotUnderstood => "not_understood", Letter;
    /// To a volunteer: a held letter is on its way.
    Released(Plain) => "released", Event;
    /// To a volunteer: a held letter found no room in the new week either.
    HeldLonger(HeldLonger) => "held_longer", Event;

    /// To a volunteer: a letter waits for an answer (S70).
    LetterWaits(LetterWaits) => "letter_waits", Event;
    /// To a volunteer: a letter still waits for an answer.
    LetterStillWaits(LetterWaits) => "letter_still_waits", Event;
    /// To a seeker whose letter waits: a coordinator knows.
    SomebodyKnows(SomebodyKnows) => "somebody_knows", Event;
    /// To a seeker whose programme holds letters in a full week: it is brought on Monday.
    LetterRests(LetterRests) => "letter_rests", Letter;
    /// To a seeker who has not written for long: a letter that asks for nothing.
    Gentle(Gentle) => "gentle", Event;

    /// To a volunteer: your pause has begun.
    PauseBegun(Pause) => "pause_begun", Letter;
    /// To a volunteer: your pause is over.
    Resumed => "resumed", Letter;
    /// To a volunteer: a coordinator hears that you need relief; no reason is asked for.
    ReliefAsked => "relief_asked", Letter;
    /// To a volunteer who is worried: it has been passed on, and what to do when a life is in danger.
    WorriedHeard(WorriedHeard) => "worried_heard", Letter;
    /// To a volunteer: all your exchanges have stopped.
    StoppedVolunteer => "stopped_volunteer", Letter;

    /// To a seeker: everything has stopped.
    Stopped => "stopped", Letter;
    /// To a seeker: your pause has begun.
    PauseBegunSeeker(Pause) => "pause_begun_seeker", Letter;
    /// To a seeker: your pause is over.
    ResumedSeeker => "resumed_seeker", Letter;
    /// To a seeker: answer to have everything erased.
    EraseAsk(EraseAsk) => "erase_ask", Letter;
    /// To a seeker: everything is erased. The last letter.
    Erased => "erased", Letter;
    /// To a seeker: a coordinator reads what you wrote.
    CoordinatorAsked(CoordinatorAsked) => "coordinator_asked", Letter;

    /// To either side: the other one takes a pause (S71).
    OtherPauses(OtherPauses) => "other_pauses", Event;
    /// To either side: the other one's pause is over.
    OtherResumed(OtherResumed) => "other_resumed", Event;
    /// To a seeker: the first letter, with how it works, who may read and what it is not (S14).
    WelcomeSeeker(Welcome) => "welcome_seeker", Event;
    /// To a volunteer: the first letter of a pairing.
    WelcomeVolunteer(Welcome) => "welcome_volunteer", Event;
    /// To either side: the end comes nearer (S1).
    EndNear(EndNear) => "end_near", Event;
    /// To either side: the exchange is over; letters still get an answer for a while.
    Ending(Ending) => "ending", Event;
    /// To either side: the answer to a letter that came after the end.
    AfterEnd(AfterEnd) => "after_end", Letter;

    /// To a contact of the ladder: an item waits. A number, never content.
    ItemRaised(ItemRaised) => "item_raised", Event;
    /// To the next contact of the ladder: an item has waited too long.
    ItemLapsed(ItemLapsed) => "item_lapsed", Event;
    /// To the first contact of the ladder, once a week: how many items wait.
    Digest(Digest) => "digest", Event;
    /// To the organisation's contact: somebody wrote to the desk, postmaster or abuse; the letter follows.
    DeskLetter(DeskLetter) => "desk_letter", Event;
}

impl Notice {
    /// Whether it answers a letter of the reader (`auto-replied`) or not (`auto-generated`), RFC 3834 §5.
    pub fn answers(&self) -> bool {
        self.cause() == Cause::Letter
    }
}

veiled!(Notice);
