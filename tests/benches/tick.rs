//! One look at what is due in a house of a hundred thousand pairings, on SQLite and (when there is one) Postgres.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a bench stops at what goes wrong")]
#![allow(dead_code, reason = "the town of the tests has more rooms than a bench needs")]

#[path = "../tests/year/many.rs"]
mod many;
#[path = "../tests/year/people.rs"]
mod people;
#[path = "../tests/year/rules.rs"]
mod rules;
#[path = "../tests/year/town.rs"]
mod town;
#[path = "../tests/year/wire.rs"]
mod wire;

use brevbro_core::time::Moment;
use brevbro_tests::Engine;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let monday = "2026-09-07T10:00:00Z".parse::<jiff::Timestamp>().unwrap();
    let monday = Moment::from_millis(monday.as_millisecond());
    for engine in [Some(Engine::Sqlite), Engine::postgres()].into_iter().flatten() {
        // It prints what it measured, and stops when more was touched than was due.
        runtime.block_on(many::only_what_is_due_is_touched(engine, monday));
    }
}
