//! One suite for the store, run on SQLite and on Postgres: every story below is told twice.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails should panic")]

mod corrections;
mod delivery;
mod due;
mod erasing;
mod flags;
mod forgetting;
mod house;
mod import;
mod intake;
mod ledger;
mod life;
mod outage;
mod people;
mod statements;
mod week;
mod wishes;
mod writer;
