//! Identifiers, known and slipped in: found however they are written, and replaced where all can see it.

pub(crate) mod contact;
pub(crate) mod digits;
pub(crate) mod fold;
pub(crate) mod link;
pub(crate) mod lookalike;
pub(crate) mod needle;
pub(crate) mod ordinary;
pub(crate) mod redact;
