//! What the writer of a letter hears about that letter's way.

use crate::veiled;
use serde::Serialize;

/// Nothing but when the letter was written.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Plain {
    /// The name by which the reader knows the other side: a pseudonym.
    pub other: String,
    /// When the letter reached us, in words of the reader's language, such as "21 november 2026".
    pub written_on: String,
}

/// See [`Notice::ConfirmAuthor`](super::Notice::ConfirmAuthor).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct ConfirmAuthor {
    /// The pseudonym of the one the letter is for.
    pub other: String,
    /// When the letter reached us.
    pub written_on: String,
    /// Days until the held letter is erased unsent.
    pub days: u32,
}

/// See [`Notice::CopiedOthers`](super::Notice::CopiedOthers).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CopiedOthers {
    /// The pseudonym of the one the letter is for.
    pub other: String,
    /// How many further recipients the letter named.
    pub others: usize,
}

veiled!(Plain, ConfirmAuthor, CopiedOthers);
