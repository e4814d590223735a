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
mod corrections;
mod decide;
mod digest;
mod erase;
mod error;
mod export;
mod flags;
mod floor;
mod import;
mod intake;
mod items;
mod lapses;
mod ledger;
mod lifecycle;
mod limits;
mod migrate;
mod notices;
mod overviews;
mod pace;
mod pairings;
mod pauses;
mod people;
mod purge;
mod queue;
mod readers;
mod reading;
mod recall;
mod release;
mod reseal;
mod retained;
mod routing;
mod settings;
mod settle;
mod silence;
mod sqlite;
mod store;
mod stored;
mod timers;
mod week;
mod wishes;
mod writer;

pub use audit::Actor;
pub use claim::{Claimed, Node};
pub use corrections::{Correct, Corrected, Unclear};
pub use decide::Confirmed;
pub use dialect::Engine;
pub use digest::Waiting;
pub use erase::Erasure;
pub use error::{RowTrouble, StoreError};
pub use export::{AuditRow, Correction, Held, HeldItem, HeldLetters};
pub use flags::{FlagRow, NewFlag, Scanned, ThreadFacts};
pub use import::{ImportRow, Imported};
pub use intake::{Commit, Reading, Receipt};
pub use items::{ItemRow, NewItem};
pub use lapses::DueItem;
pub use ledger::{Amount, EntryRow, NewEntry};
pub use lifecycle::{DueLife, LifeMove};
pub use notices::{NewNotice, NoticeTo, Post, To};
pub use overviews::{DueOverview, Stamp, Told, VolunteerWeek, WeekPairing};
pub use pace::Pace;
pub use pairings::{NewPairing, Opening, PairingFilter, PairingRow, SeekerOf};
pub use pauses::{DuePause, ToOthers};
pub use people::{AliasRow, AliasState, NewAlias, NewPerson, PersonRow, PersonState};
pub use purge::Purged;
pub use queue::{Counts, SpoolKind, SpoolRow};
pub use reading::DueReading;
pub use release::{HeldLetter, Sent};
pub use retained::{KeptFor, KeptRow, NewRetained};
pub use routing::{PairingRouting, Routing, SealedAlias, Way};
pub use settle::{Outcome, Settlement};
pub use silence::{DueSilence, NewSilence, StepCauses};
pub use store::{OpenOptions, Store};
pub use timers::Timer;
pub use week::WeekTold;
pub use wishes::{Answer, LetterToStaff, Living, PairingEnds, Wisher};

/// Every statement by name, with the engine it is for when it is not for both: for the test that runs them all.
pub fn statements() -> Vec<(&'static str, &'static str, Option<Engine>)> {
    let both = [
        audit::STATEMENTS,
        claim::STATEMENTS,
        corrections::STATEMENTS,
        decide::STATEMENTS,
        flags::STATEMENTS,
        erase::STATEMENTS,
        export::STATEMENTS,
        floor::STATEMENTS,
        digest::STATEMENTS,
        import::STATEMENTS,
        intake::STATEMENTS,
        items::STATEMENTS,
        lapses::STATEMENTS,
        ledger::STATEMENTS,
        lifecycle::STATEMENTS,
        limits::STATEMENTS,
        notices::STATEMENTS,
        overviews::STATEMENTS,
        pace::STATEMENTS,
        pairings::STATEMENTS,
        pauses::STATEMENTS,
        people::STATEMENTS,
        purge::STATEMENTS,
        queue::STATEMENTS,
        reading::STATEMENTS,
        recall::STATEMENTS,
        release::STATEMENTS,
        retained::STATEMENTS,
        reseal::STATEMENTS,
        routing::STATEMENTS,
        settings::STATEMENTS,
        settle::STATEMENTS,
        silence::STATEMENTS,
        store::STATEMENTS,
        timers::STATEMENTS,
        week::STATEMENTS,
        wishes::STATEMENTS,
    ];
    let each = [("LAPSE", &claim::LAPSE), ("CLAIM", &claim::CLAIM)];
    let both = both.into_iter().flatten().map(|(name, sql)| (*name, *sql, None));
    let each = each.into_iter().flat_map(|(name, sql)| {
        [(name, sql.sqlite, Some(Engine::Sqlite)), (name, sql.postgres, Some(Engine::Postgres))]
    });
    both.chain(each).collect()
}
