//! What one side wrote, rebuilt so that the other side can read it and cannot tell who wrote it.
//!
//! ```text
//! octets ─ letter::read ─▶ Letter ─ Letter::rebuild ─▶ Clean | Refused | Quarantine
//! ```
//!
//! Nothing is copied because nobody forbade it: a finished letter is written from a small typed model with
//! exactly the header fields of [`write::FIELDS`] and one text. The guard then reads its octets again as an
//! adversary would. Pure: no clock, no chance, no input or output, no logging.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic"))]

mod body;
mod carrier;
mod compose;
mod day;
pub mod delivery;
mod encode;
mod file;
mod guard;
pub mod hop;
mod html;
pub mod identity;
pub mod kind;
mod known;
mod learn;
pub mod letter;
pub mod limits;
mod mime;
mod own_words;
pub mod rebuild;
pub mod report;
mod sealed;
mod step;
mod text;
pub mod thread;
pub mod token;
mod words;
pub mod write;

pub use delivery::{Action, DeliveryReport};
pub use identity::Identity;
pub use kind::Kind;
pub use letter::{Letter, read};
pub use limits::Limits;
pub use rebuild::{Clean, Outcome, Rules, rebuild};
pub use report::Report;
pub use thread::{Scope, ThreadKey};
pub use token::TokenKey;
