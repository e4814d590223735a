//! Every statement is prepared and run on both engines, and no statement can be forgotten.

use crate::house::House;
use brevbro_store::{Engine, statements};
use rusqlite::params_from_iter;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::collections::HashSet;
use std::path::Path;

/// Class 23 of SQLSTATE: a constraint said no to the empty row, so the statement itself ran.
fn is_constraint(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code).unwrap_or_default();
    code.starts_with("23")
}

/// The same in SQLite's words.
fn is_constraint_here(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
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
    let mut conn = house.sqlite_connection();
    for (name, sql, highest) in for_engine(Engine::Sqlite) {
        let transaction = conn.transaction().unwrap();
        let mut statement = transaction.prepare(sql).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(statement.parameter_count(), highest, "{name}: a parameter has no argument, or the other way round");
        // SQLite minds the types of no parameter but a limit's.
        let mut rows = statement.query(params_from_iter(vec![1_i64; highest])).unwrap();
        let error = loop {
            match rows.next() {
                Ok(Some(_)) => {}
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        assert!(error.as_ref().is_none_or(is_constraint_here), "{name}: {error:?}");
    }
}

/// Statements that are meant to look at a whole table: counts, lists for people, and the import's look around.
const WALK: [&str; 7] =
    ["ADDRESSES", "STABLE_ALIASES", "COUNT_STATES", "COUNT_PAIRINGS", "LIST", "LIST_STATE", "NEWEST_MIGRATION"];

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_of_a_letter_walks_over_a_table() {
    let house = House::sqlite().await;
    let conn = house.sqlite_connection();
    for (name, sql, highest) in for_engine(Engine::Sqlite).filter(|(name, ..)| !WALK.contains(name)) {
        let mut statement = conn.prepare(&format!("explain query plan {sql}")).unwrap();
        let plan = statement.query_map(params_from_iter(vec![1_i64; highest]), |row| row.get(3)).unwrap();
        let steps: Vec<String> = plan.map(Result::unwrap).collect();
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
            "flag",
            "question",
            "sentence",
            "pause",
            "tombstone",
            "audit",
            "overview",
            "factor",
        ];
        for table in tables {
            let walk = format!("SCAN {table}");
            assert!(
                !steps.iter().any(|step| **step == walk || step.starts_with(&format!("{walk} "))),
                "{name}: {steps:#?}"
            );
        }
        // What is asked every few seconds looks at what is due, and at nothing that is not.
        let words = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.starts_with("select") && words.contains("_at <= $1 order by") {
            assert!(steps[0].contains("_at<?)"), "{name} looks at more than is due: {steps:#?}");
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
