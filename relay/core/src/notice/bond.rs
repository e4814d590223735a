//! What both sides hear of their exchange as a whole: its first letter, pauses, wishes and its end.

use super::CrisisLine;
use crate::programme::{ContentRules, Keep};
use crate::veiled;
use serde::Serialize;

/// See [`Notice::WelcomeSeeker`](super::Notice::WelcomeSeeker) and
/// [`Notice::WelcomeVolunteer`](super::Notice::WelcomeVolunteer).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Welcome {
    /// The other side's pseudonym.
    pub other: String,
    /// The address this reader writes to.
    pub alias: String,
    /// Whether the week is an hour long, so that what fits into it can be said in words.
    pub weekly_words: bool,
    /// Who may read the letters.
    pub reads: Reads,
    /// When staff are at work, in words of the reader's language; none is not told.
    pub office: Option<String>,
    /// Whom to ring when it cannot wait.
    pub crisis: Vec<CrisisLine>,
}

/// Who may read letters beside the two; said in the first letter to both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "who", rename_all = "lowercase")]
pub enum Reads {
    /// Nobody: a letter is gone when it is delivered.
    Nobody,
    /// A coordinator, when a letter sounds as if somebody were in danger.
    Flagged,
    /// A coordinator, for so many days.
    Window {
        /// Days until a letter is erased.
        days: u32,
    },
}

impl Reads {
    /// Who may read under a programme's rules.
    pub fn of(rules: &ContentRules) -> Self {
        match rules.keep {
            Keep::Transit => Self::Nobody,
            Keep::Flagged => Self::Flagged,
            Keep::Review => Self::Window { days: rules.review_days },
        }
    }
}

/// See [`Notice::PauseBegun`](super::Notice::PauseBegun) and
/// [`Notice::PauseBegunSeeker`](super::Notice::PauseBegunSeeker).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Pause {
    /// The day in words on which it ends, where that is known.
    pub until: Option<String>,
}

/// See [`Notice::OtherPauses`](super::Notice::OtherPauses).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct OtherPauses {
    /// The pseudonym of the one who takes a pause.
    pub other: String,
    /// The day in words on which it ends, where that is known.
    pub until: Option<String>,
}

/// See [`Notice::OtherResumed`](super::Notice::OtherResumed).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct OtherResumed {
    /// The pseudonym of the one who is back.
    pub other: String,
}

/// See [`Notice::EraseAsk`](super::Notice::EraseAsk).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct EraseAsk {
    /// Days in which an answer counts.
    pub days: u32,
}

/// See [`Notice::CoordinatorAsked`](super::Notice::CoordinatorAsked).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CoordinatorAsked {
    /// When staff are at work, in words of the reader's language; none is not told.
    pub office: Option<String>,
    /// Whom to ring when it cannot wait.
    pub crisis: Vec<CrisisLine>,
}

/// See [`Notice::EndNear`](super::Notice::EndNear).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct EndNear {
    /// The other side's pseudonym.
    pub other: String,
    /// The day of the end in words.
    pub day: String,
    /// Whether it cannot be put off; else it is talked about first.
    pub hard: bool,
}

/// See [`Notice::Ending`](super::Notice::Ending).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Ending {
    /// The other side's pseudonym.
    pub other: String,
    /// The last day in words on which a letter still gets an answer from us.
    pub day: String,
}

/// See [`Notice::AfterEnd`](super::Notice::AfterEnd).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AfterEnd {
    /// Whom else to turn to.
    pub crisis: Vec<CrisisLine>,
}

veiled!(Welcome, Pause, OtherPauses, OtherResumed, EraseAsk, CoordinatorAsked, EndNear, Ending, AfterEnd);
