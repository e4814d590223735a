//! The words and laws of Brevbro: pure types and decisions, no clock, no chance, no input or output.
//!
//! *Words* are types that cannot be wrong once they exist. *Laws* take facts and give a decision as a
//! value. Everything that acts (sockets, database, keys, time) lives in other rooms and hands its facts in.

// Macros first: the words below use them.
pub mod veil;
pub mod word;

pub mod address;
pub mod calendar;
pub mod envelope;
pub mod escalation;
pub mod id;
pub mod ledger;
pub mod life;
pub mod missed;
pub mod notice;
pub mod pairing;
pub mod party;
pub mod policy;
pub mod programme;
pub mod reply;
pub mod resolve;
pub mod safe_hours;
pub mod seal;
pub mod smtp;
pub mod spool;
pub mod time;
pub mod verify;
