//! A year of two programmes with the clock moved by hand: forty pairings, two nodes, pauses, holidays, both changes of
//! the clocks and a week 53. A model of its own says what must come of it, and nothing else may.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that fails should panic")]

mod crowd;
mod ends;
mod many;
mod model;
mod people;
mod plan;
mod rules;
mod story;
mod town;
mod wire;

use brevbro_core::time::Moment;
use brevbro_tests::Engine;
use brevbro_tests::chance::Chance;
use story::Story;

fn at(text: &str) -> Moment {
    Moment::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

/// From New Year to the second week of the next, so that week 53 is over and its letters have left.
#[tokio::test]
async fn a_year_on_sqlite() {
    let year = (at("2025-12-31T23:00:00Z"), at("2027-01-13T11:00:00Z"));
    Story::begins(Engine::Sqlite, Chance::for_test("year"), 40, year).await.runs().await;
}

/// The quarter with the end of summer time, Christmas and week 53.
#[tokio::test]
async fn a_quarter_on_postgres() {
    let Some(engine) = Engine::postgres() else { return };
    let quarter = (at("2026-10-01T10:00:00Z"), at("2027-01-13T11:00:00Z"));
    Story::begins(engine, Chance::for_test("quarter"), 40, quarter).await.runs().await;
}

#[tokio::test]
async fn sixty_four_letters_meet_a_nearly_full_week_on_sqlite() {
    crowd::meets_a_nearly_full_week(Engine::Sqlite, at("2026-03-25T12:00:00Z")).await;
}

#[tokio::test]
async fn sixty_four_letters_meet_a_nearly_full_week_on_postgres() {
    let Some(engine) = Engine::postgres() else { return };
    crowd::meets_a_nearly_full_week(engine, at("2026-03-25T12:00:00Z")).await;
}

#[tokio::test]
async fn of_many_pairings_only_what_is_due_is_touched_on_sqlite() {
    many::only_what_is_due_is_touched(Engine::Sqlite, at("2026-09-07T10:00:00Z")).await;
}

#[tokio::test]
async fn of_many_pairings_only_what_is_due_is_touched_on_postgres() {
    let Some(engine) = Engine::postgres() else { return };
    many::only_what_is_due_is_touched(engine, at("2026-09-07T10:00:00Z")).await;
}
