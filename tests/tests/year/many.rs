//! A hundred thousand pairings, of which three have something due: only those are touched.

use crate::people::write;
use crate::rules::Rules;
use crate::town::Town;
use brevbro_core::time::{Moment, Span};
use brevbro_tests::Engine;
use brevbro_tests::binary::say;
use brevbro_tests::engine::sql;
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Pairings that wait for nothing, beside those with something due.
const PAIRINGS: usize = 100_000;
const DUE: usize = 3;

/// Rows that fill the house, in the subset both engines understand; `{octets}` makes octets of `i`.
const FILL: [&str; 9] = [
    "insert into person (id, side, state, language, version, created_at, changed_at) values (0, 'volunteer', 'active', 'en', 1, 0, 0)",
    "insert into alias (id, digest, kind, person_id, sealed, state, created_at) select 0, {octets}, 'volunteer', 0, {octets}, 'active', 0
        from n where i = 1",
    "insert into person (id, side, state, language, version, created_at, changed_at)
        select i, 'seeker', 'active', 'en', 1, 0, 0 from n",
    "insert into alias (id, digest, kind, person_id, pairing_id, sealed, state, created_at)
        select i, {octets}, 'seeker', i, i, {octets}, 'active', 0 from n where i > 1",
    "insert into pairing (id, programme, state, volunteer_id, seeker_id, volunteer_alias_id, seeker_alias_id, began_at, created_at,
        changed_at) select i, 'letters', 'active', 0, i, 0, i, 0, 0, 0 from n where i > 1",
    "insert into silence (pairing_id, waiting, since, steps, due_at) select i, 'volunteer', 0, 0, {later} + i from n where i > 1",
    "insert into unread (letter_id, pairing_id, tenths, due_at) select i, i, 25, {later} + i from n where i > 1",
    "insert into item (id, kind, severity, state, pairing_id, raised_at, due_at, lapses_at)
        select i, 'urgent', 'today', 'raised', i, 0, 0, {later} + i from n where i > 1",
    "insert into spool (id, kind, state, reason, due_at, created_at, give_up_at, attempts, delay_told, size, pairing_id, author_side,
        author_id, recipient_id, week, tenths, booked) select i, 'letter', 'held', 'week_full', {later} + i, 0, {later}, 0, false, 0, i,
        'volunteer', 0, i, 202637, 100, false from n where i > 1 and i % 20 = 0",
];

/// Tables a look may change.
const TABLES: [&str; 8] = ["silence", "unread", "item", "ledger_entry", "spool", "pairing", "person", "alias"];

/// Looks once at a full house; gives how long that took, and fails when it touched what was not due.
pub(crate) async fn only_what_is_due_is_touched(engine: Engine, now: Moment) -> Duration {
    let pairings: Vec<_> = (0..DUE).map(|_| (Rc::new(Rules::letters()), None)).collect();
    let mut town = Town::opens(engine, now, &pairings).await;
    let database = town.database();
    town.ticks().await;
    for at in 0..DUE {
        let person = &town.people[at];
        let raw = write(&person.seekers_mailbox, &person.to_volunteer, at, 1_200);
        town.takes(at, &person.seekers_mailbox, &person.to_volunteer, raw).await;
    }
    town.is_quiet().await;
    // Five days later: three readings and three first reminders are due, and nothing else within the hour.
    let then = now + Span::days(5);
    fill(&database, then + Span::hours(1));
    for table in TABLES {
        run(&database, &format!("create table was_{table} as select * from {table}"));
    }
    town.goes_on(then);
    let began = Instant::now();
    brevbro::tick::once(&town.onlooker).await;
    let took = began.elapsed();
    let began = Instant::now();
    brevbro::tick::once(&town.onlooker).await;
    let again = began.elapsed();
    let changed: Vec<_> = TABLES.iter().map(|table| (*table, changes(&database, table))).collect();
    say(&format!("{PAIRINGS} pairings, {DUE} due: {took:?}, the next look {again:?}; rows gone and come: {changed:?}"));
    let due = i64::try_from(DUE).unwrap();
    let expected = TABLES.map(|table| match table {
        "silence" => (table, (due, due)),
        "unread" => (table, (due, 0)),
        "ledger_entry" | "spool" => (table, (0, due)),
        _ => (table, (0, 0)),
    });
    assert_eq!(changed, expected);
    took
}

fn fill(database: &str, later: Moment) {
    let is_postgres = database.starts_with("postgres");
    let octets = if is_postgres { "convert_to('octets ' || i, 'UTF8')" } else { "cast('octets ' || i as blob)" };
    for statement in FILL {
        let later = later.as_millis().to_string();
        let statement = statement.replace("{octets}", octets).replace("{later}", &later);
        let n = format!("with recursive n (i) as (select 1 union all select i + 1 from n where i <= {PAIRINGS})");
        run(database, &if statement.contains("from n") { format!("{n} {statement}") } else { statement });
    }
    if is_postgres {
        // As its own housekeeping would have done by then.
        run(database, "analyze");
    }
}

/// Rows that are not there any more as they were, and rows that were not there.
fn changes(database: &str, table: &str) -> (i64, i64) {
    let count = |of: &str, other: &str| {
        let text = format!("select count(*) from (select * from {of} except select * from {other}) changed");
        run(database, &text).trim().parse().unwrap()
    };
    let was = format!("was_{table}");
    (count(&was, table), count(table, &was))
}

/// Runs one statement on either engine, past the house.
fn run(database: &str, statement: &str) -> String {
    if database.starts_with("postgres") {
        return sql(database, statement);
    }
    let conn = rusqlite::Connection::open(database).unwrap();
    conn.busy_timeout(Duration::from_secs(20)).unwrap();
    let mut statement = conn.prepare(statement).unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut said = String::new();
    while let Some(row) = rows.next().unwrap() {
        let number: Option<i64> = row.get(0).ok();
        said.push_str(&number.map(|n| n.to_string()).unwrap_or_default());
    }
    said
}
