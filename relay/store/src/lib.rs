//! One store for everything the relay remembers, on SQLite or Postgres, with one SQL text for both.
//!
//! Every change is an *act*: one transaction with a name. Statements are constants beside the act that runs them,
//! in the subset both engines understand; `dialect` holds the few differences.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic"))]

#[macro_use]
mod act;
#[macro_use]
mod dialect;

mod audit;
mod claim;
mod decide;
mod digest;
mod error;
mod import;
mod intake;
mod items;
mod lapses;
mod ledger;
mod lifecycle;
mod limits;
mod migrate;
mod notices;
mod pairings;
mod people;
mod purge;
mod queue;
mod readers;
mod reading;
mod release;
mod reseal;
mod routing;
mod settings;
mod settle;
mod silence;
mod sqlite;
mod store;
mod stored;
mod timers;
mod week;
mod writer;

pub use audit::Actor;
pub use claim::{Claimed, Node};
pub use decide::Confirmed;
pub use dialect::Engine;
pub use digest::Waiting;
pub use error::{RowTrouble, StoreError};
pub use import::{ImportRow, Imported};
pub use intake::{Commit, Reading, Receipt};
pub use items::{ItemRow, NewItem};
pub use lapses::DueItem;
pub use ledger::{Amount, EntryRow, NewEntry};
pub use lifecycle::{DueLife, LifeMove};
pub use notices::{NewNotice, NoticeTo, Post, To};
pub use pairings::{NewPairing, Opening, PairingFilter, PairingRow, SeekerOf};
pub use people::{AliasRow, AliasState, NewAlias, NewPerson, PersonRow, PersonState};
pub use purge::Purged;
pub use queue::{Counts, SpoolKind, SpoolRow};
pub use reading::DueReading;
pub use release::{HeldLetter, Sent};
pub use routing::{PairingRouting, Routing, SealedAlias, Way};
pub use settle::{Outcome, Settlement};
pub use silence::{DueSilence, NewSilence, StepCauses};
pub use store::{OpenOptions, Store};
pub use timers::Timer;
pub use week::WeekTold;

/// Every statement by name, with the engine it is for when it is not for both: for the test that runs them all.
pub fn statements() -> Vec<(&'static str, &'static str, Option<Engine>)> {
    let both = [
        audit::STATEMENTS,
        claim::STATEMENTS,
        decide::STATEMENTS,
        digest::STATEMENTS,
        import::STATEMENTS,
        intake::STATEMENTS,
        items::STATEMENTS,
        lapses::STATEMENTS,
        ledger::STATEMENTS,
        lifecycle::STATEMENTS,
        limits::STATEMENTS,
        notices::STATEMENTS,
        pairings::STATEMENTS,
        people::STATEMENTS,
        purge::STATEMENTS,
        queue::STATEMENTS,
        reading::STATEMENTS,
        release::STATEMENTS,
        reseal::STATEMENTS,
        routing::STATEMENTS,
        settings::STATEMENTS,
        settle::STATEMENTS,
        silence::STATEMENTS,
        store::STATEMENTS,
        timers::STATEMENTS,
        week::STATEMENTS,
    ];
    let each = [("LAPSE", &claim::LAPSE), ("CLAIM", &claim::CLAIM)];
    let both = both.into_iter().flatten().map(|(name, sql)| (*name, *sql, None));
    let each = each.into_iter().flat_map(|(name, sql)| {
        [(name, sql.sqlite, Some(Engine::Sqlite)), (name, sql.postgres, Some(Engine::Postgres))]
    });
    both.chain(each).collect()
}
