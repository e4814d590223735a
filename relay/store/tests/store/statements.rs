//! Every statement is prepared and run on both engines, and no statement can be forgotten.

use crate::house::House;
use brevbro_store::{Engine, statements};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, SqlSafeStr, SqliteConnection};
use std::collections::HashSet;
use std::path::Path;

/// Class 23 of SQLSTATE, and SQLite's 19: a constraint said no to the empty row, so the statement itself ran.
fn is_constraint(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap_or_default();
    code.starts_with("23") || code.parse::<i32>().is_ok_and(|number| number & 0xff == 19)
}

/// The statements for one engine, each with its highest parameter.
fn for_engine(engine: Engine) -> impl Iterator<Item = (&'static str, &'static str, usize)> {
    let mine = statements().into_iter().filter(move |(_, _, only)| only.is_none_or(|only| only == engine));
    mine.map(|(name, sql, _)| {
        let highest = (1..=40).rev().find(|number| sql.contains(&format!("${number}"))).unwrap_or(0);
        (name, sql, highest)
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_runs_on_sqlite() {
    let house = House::sqlite().await;
    let mut conn = SqliteConnection::connect(&house.url).await.unwrap();
    for (name, sql, highest) in for_engine(Engine::Sqlite) {
        conn.prepare(sql.into_sql_str()).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut transaction = conn.begin().await.unwrap();
        // SQLite minds the types of no parameter but a limit's.
        let query = (0..highest).fold(sqlx::query(sql), |query, _| query.bind(1_i64));
        let result = query.fetch_all(&mut *transaction).await;
        assert!(result.as_ref().err().is_none_or(is_constraint), "{name}: {:?}", result.err());
        transaction.rollback().await.unwrap();
    }
}

/// Statements that are meant to look at a whole table: counts, lists for people, and the import's look around.
const WALK: [&str; 7] =
    ["ADDRESSES", "STABLE_ALIASES", "COUNT_STATES", "COUNT_PAIRINGS", "LIST", "LIST_STATE", "NEWEST_MIGRATION"];

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_of_a_letter_walks_over_a_table() {
    let house = House::sqlite().await;
    let mut conn = SqliteConnection::connect(&house.url).await.unwrap();
    // Of a bundle, `explain` would tell of the first statement and run the others; each is in the list by itself too.
    let alone = for_engine(Engine::Sqlite).filter(|(_, sql, _)| !sql.contains(';'));
    for (name, sql, highest) in alone.filter(|(name, ..)| !WALK.contains(name)) {
        let query = sqlx::query_as(AssertSqlSafe(format!("explain query plan {sql}")));
        let query = (0..highest).fold(query, |query, _| query.bind(1_i64));
        let plan: Vec<(i64, i64, i64, String)> = query.fetch_all(&mut conn).await.unwrap();
        let steps: Vec<&str> = plan.iter().map(|step| step.3.as_str()).collect();
        let tables = [
            "spool",
            "spool_body",
            "person",
            "person_address",
            "alias",
            "pairing",
            "ledger_entry",
            "item",
            "unread",
            "mark",
            "silence",
            "timer",
            "item_event",
            "retained",
            "correction",
        ];
        for table in tables {
            let walk = format!("SCAN {table}");
            assert!(
                !steps.iter().any(|step| *step == walk || step.starts_with(&format!("{walk} "))),
                "{name}: {steps:#?}"
            );
        }
        if ["LAPSE", "CLAIM", "REMOVE_OLD"].contains(&name) {
            assert!(steps[0].contains("autoindex_spool_1"), "{name} looks at more rows than it takes: {steps:#?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_runs_on_postgres() {
    let Some(house) = House::postgres().await else { return };
    let mut conn = PgConnection::connect(&house.url).await.unwrap();
    for (name, sql, highest) in for_engine(Engine::Postgres) {
        conn.execute(AssertSqlSafe(format!("prepare one as {sql}")))
            .await
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        conn.execute("begin").await.unwrap();
        let nulls = vec!["null"; highest].join(", ");
        let arguments = if highest == 0 { String::new() } else { format!("({nulls})") };
        let result = conn.fetch_all(AssertSqlSafe(format!("execute one{arguments}"))).await;
        assert!(result.as_ref().err().is_none_or(is_constraint), "{name}: {:?}", result.err());
        conn.execute("rollback").await.unwrap();
        conn.execute("deallocate one").await.unwrap();
    }
    house.remove().await;
}

#[test]
fn every_statement_that_is_run_is_in_the_list() {
    let listed: HashSet<&str> = statements().into_iter().map(|(name, ..)| name).collect();
    // The writer's own words (begin, savepoint, commit) are run without a name.
    let mut named = 0;
    for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for (at, call) in text.match_indices("Bundle::of([") {
            for statement in text[at + call.len()..].split(']').next().unwrap().split(", ") {
                assert!(listed.contains(statement), "{}: {statement}", path.display());
                named += 1;
            }
        }
        if !path.ends_with("act.rs") {
            named += text.matches("_bundle!(").count();
        }
        for call in ["run!(", "rows!("] {
            for (at, _) in text.match_indices(call) {
                let inside = &text[at + call.len()..];
                if inside.trim_start().starts_with('$') {
                    continue;
                }
                let is_edge = |c: char| !c.is_alphanumeric() && c != '_';
                let after_conn = inside.split_once(',').unwrap_or_default().1.trim_start();
                let statement = after_conn.split(is_edge).next().unwrap_or_default();
                let is_chosen = ["lapse", "claim"].contains(&statement);
                assert!(is_chosen || listed.contains(statement), "{}: {statement}", path.display());
                named += 1;
            }
        }
    }
    assert!(named >= listed.len(), "{named} calls for {} statements", listed.len());
}
