//! What both sides hear when a letter waits.

use super::CrisisLine;
use crate::veiled;
use serde::Serialize;

/// See [`Notice::LetterWaits`](super::Notice::LetterWaits).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct LetterWaits {
    /// The seeker's pseudonym.
    pub other: String,
    /// Days the oldest letter has waited.
    pub days: u32,
}

/// See [`Notice::SomebodyKnows`](super::Notice::SomebodyKnows).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct SomebodyKnows {
    /// The volunteer's pseudonym.
    pub other: String,
    /// Whom to ring meanwhile.
    pub crisis: Vec<CrisisLine>,
}

/// See [`Notice::LetterRests`](super::Notice::LetterRests).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct LetterRests {
    /// The volunteer's pseudonym.
    pub other: String,
    /// The day in words on which the letter is brought.
    pub until: String,
    /// Whom to ring meanwhile.
    pub crisis: Vec<CrisisLine>,
}

/// See [`Notice::Gentle`](super::Notice::Gentle).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Gentle {
    /// The volunteer's pseudonym.
    pub other: String,
}

veiled!(LetterWaits, SomebodyKnows, LetterRests, Gentle);
