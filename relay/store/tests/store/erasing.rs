//! Forgetting one person: no octet that identifies or was written is left in any table or file, and minutes stay.

use crate::house::{Draft, House, NOW, Pair, chance, on_both_engines, settlement, week, whole};
use crate::wishes::{answer, ends, wisher};
use brevbro_core::id::{AliasId, EntryId, LetterId};
use brevbro_core::ledger::EntryKind;
use brevbro_core::pairing::PairingState;
use brevbro_core::party::Side::{self, Seeker, Volunteer};
use brevbro_core::seal::{Digest, Sealed};
use brevbro_store::{
    Actor, Amount, Answer, Erasure, NewAlias, NewEntry, NewNotice, NewPairing, NewPerson, Node, NoticeTo, Outcome,
    PersonState, SeekerOf,
};
use rusqlite::types::ValueRef;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row};

on_both_engines![nothing_of_a_seeker_is_left, nothing_of_a_volunteer_is_left, the_last_letter_alone_is_left_to_send];

/// Octets that occur nowhere else.
const MARK: &[u8] = b"kanariefagel-4b7e90aa";

fn marked(what: &str) -> Sealed {
    Sealed::from_sealed_octets([MARK, what.as_bytes(), MARK].concat())
}

fn mark_digest() -> Digest {
    let mut octets = [0x5a; 32];
    octets[..MARK.len()].copy_from_slice(MARK);
    Digest(octets)
}

/// Two people of whom one, with everything written, is full of marks.
async fn pair_with_marks(house: &House, side: Side) -> Pair {
    let (store, pair) = (&house.store, Pair::new());
    let mark = |person: NewPerson| NewPerson { routing: marked("who"), addresses: vec![mark_digest()], ..person };
    let alias = |which| NewAlias { id: AliasId::from_random(chance()), sealed: marked("alias"), ..pair.alias(which) };
    let (volunteer, seeker) = (pair.person(pair.volunteer, 1), pair.person(pair.seeker, 3));
    let (volunteer, seeker, aliases) = match side {
        Seeker => (volunteer, mark(seeker), (pair.alias(1), alias(3))),
        Volunteer => (mark(volunteer), seeker, (alias(1), pair.alias(3))),
    };
    store.volunteer_add(volunteer, aliases.0, NOW, Actor::Admin).await.unwrap();
    let opening = NewPairing { seeker: SeekerOf::New(seeker), seeker_alias: aliases.1, ..pair.opening() };
    store.pairing_open(opening, NOW, Actor::Admin).await.unwrap();
    write_everything(house, &pair, side).await;
    pair
}

async fn write_everything(house: &House, pair: &Pair, side: Side) {
    let (store, node) = (&house.store, Node::from_random(chance()));
    let body = || Draft { body: MARK.repeat(20), ..Draft::default() };
    let mut delivered = pair.draft(Volunteer, 5, &body());
    delivered.claim_for = Some(node);
    let delivered = store.commit(delivered).await.unwrap().letter;
    store.settle(settlement(delivered, node, Outcome::Delivered)).await.unwrap();
    for draft in [
        pair.draft(Volunteer, 5, &body()),
        pair.draft(Seeker, 5, &body()),
        pair.draft(Seeker, 5, &Draft { believed: false, ..body() }),
        pair.draft(Volunteer, 5, &Draft { suspect: true, ..body() }),
    ] {
        let letter =
            brevbro_store::Commit { replay: Some(mark_replay(draft.id)), notices: vec![notice(pair)], ..draft };
        let _ = store.commit(letter).await.unwrap();
    }
    let call = NewEntry {
        id: EntryId::from_random(chance()),
        pairing: pair.id,
        week: week(),
        kind: EntryKind::Phone,
        amount: Amount::Delta(whole(20)),
        letter: None,
        author_side: None,
        made_at: NOW,
        made_by: Actor::Coordinator,
        note: Some(marked("note")),
    };
    store.ledger_append(call).await.unwrap();
    store.pairing_cap(pair.id, None, marked("reason"), (NOW, Actor::Coordinator)).await.unwrap();
    let person = wisher(pair, side).person.stored();
    let hex = MARK.iter().fold(String::new(), |hex, octet| hex + &format!("{octet:02x}"));
    for statement in [
        format!(
            "insert into retained (letter_id, pairing_id, why, author_side, kept_at, sealed)
            values (7, {}, 'flagged', 'seeker', 1, {{}})",
            pair.id.stored()
        ),
        format!(
            "insert into item (id, kind, severity, state, person_id, raised_at, due_at)
            values (7, 'relief', 'today', 'raised', {person}, 1, 1)"
        ),
        "insert into item_event (id, item_id, at, what, actor, note) values (7, 7, 1, 'seen', 'coordinator', {})"
            .into(),
        format!("insert into correction (id, person_id, estimate, declared, made_at) values (7, {person}, 1, 2, 3)"),
    ] {
        raw(house, &statement, &hex).await;
    }
}

/// Runs a statement past the store, with the mark's octets in the place of `{}`.
async fn raw(house: &House, statement: &str, hex: &str) {
    if house.file().is_some() {
        house.sqlite_connection().execute(&statement.replace("{}", &format!("x'{hex}'")), []).unwrap();
    } else {
        let mut conn = PgConnection::connect(&house.url).await.unwrap();
        conn.execute(AssertSqlSafe(statement.replace("{}", &format!("'\\x{hex}'::bytea")))).await.unwrap();
    }
}

fn mark_replay(letter: LetterId) -> Digest {
    let mut digest = mark_digest();
    digest.0[24..].copy_from_slice(&letter.stored().to_be_bytes());
    digest
}

fn notice(pair: &Pair) -> NewNotice {
    NewNotice {
        body: marked("notice"),
        to: NoticeTo::Person { id: pair.seeker, address: Some(mark_digest()) },
        ..pair.notice()
    }
}

/// Every cell of every table that holds the mark, as table and number of rows.
async fn cells_with_mark(house: &House) -> Vec<(String, usize)> {
    let tables = match house.file() {
        Some(_) => sqlite_tables(house),
        None => postgres_tables(house).await,
    };
    let holds = |cell: &Vec<u8>| cell.windows(MARK.len()).any(|window| window == MARK);
    let found = tables.into_iter().map(|(table, cells)| (table, cells.iter().filter(|cell| holds(cell)).count()));
    found.filter(|(_, count)| *count > 0).collect()
}

type Tables = Vec<(String, Vec<Vec<u8>>)>;

fn sqlite_tables(house: &House) -> Tables {
    let conn = house.sqlite_connection();
    let mut names = conn.prepare("select name from sqlite_master where type = 'table'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let cells = |table: &String| {
        let mut statement = conn.prepare(&format!("select * from {table}")).unwrap();
        let columns = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        let mut cells = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            cells.extend((0..columns).filter_map(|column| match row.get_ref(column).unwrap() {
                ValueRef::Text(octets) | ValueRef::Blob(octets) => Some(octets.to_vec()),
                _ => None,
            }));
        }
        cells
    };
    names.iter().map(|table| (table.clone(), cells(table))).collect()
}

async fn postgres_tables(house: &House) -> Tables {
    let mut conn = PgConnection::connect(&house.url).await.unwrap();
    let columns = "select table_name::text, column_name::text, data_type::text from information_schema.columns
        where table_schema = 'public' and data_type in ('bytea', 'text')";
    let columns: Vec<(String, String, String)> = sqlx::query_as(columns).fetch_all(&mut conn).await.unwrap();
    let mut tables = Vec::new();
    for (table, column, kind) in columns {
        let octets = if kind == "text" { format!("convert_to({column}, 'utf8')") } else { column.clone() };
        let all = format!("select {octets} from {table} where {column} is not null");
        let rows = conn.fetch_all(AssertSqlSafe(all)).await.unwrap();
        tables.push((table, rows.iter().map(|row| row.get::<Vec<u8>, _>(0)).collect()));
    }
    tables
}

async fn forget(house: &House, pair: &Pair, side: Side, answer: Answer) -> bool {
    let erasure = Erasure {
        wisher: wisher(pair, side),
        ends: ends(pair),
        answer,
        tombstone: pair.digest(9),
        now: NOW,
        by: Actor::Party,
    };
    house.store.erase(erasure).await.unwrap()
}

async fn is_left(house: &House, side: Side) {
    let (store, pair) = (&house.store, pair_with_marks(house, side).await);
    let before = store.week_minutes(pair.id, week()).await.unwrap();
    let tables: Vec<_> = cells_with_mark(house).await.into_iter().map(|(table, _)| table).collect();
    let full =
        ["person", "person_address", "alias", "spool", "spool_body", "retained", "ledger_entry", "audit", "item_event"];
    assert!(full.iter().all(|table| tables.iter().any(|found| found == table)), "the search finds them: {tables:?}");
    assert!(forget(house, &pair, side, answer(&pair)).await);
    assert_eq!(cells_with_mark(house).await, []);
    store.purge(NOW).await.unwrap();
    store.checkpoint().await.unwrap();
    if let Some(file) = house.file() {
        for file in [file.clone(), file.with_extension("db-wal")] {
            let octets = std::fs::read(&file).unwrap_or_default();
            assert!(!octets.windows(MARK.len()).any(|window| window == MARK), "{}", file.display());
        }
    }
    // Five of the delivered letter and the call stay; the letter that nobody gets any more is booked back.
    assert_eq!((before, store.week_minutes(pair.id, week()).await.unwrap()), (whole(30), whole(25)));
    let row = store.person(wisher(&pair, side).person).await.unwrap().unwrap();
    assert_eq!((row.state, row.routing), (PersonState::Erased, None));
    assert_eq!(store.pairing(pair.id).await.unwrap().unwrap().state, PairingState::Erased);
    assert_eq!(store.pairing_routing(pair.id).await.unwrap(), None);
    assert!(store.person_by_address(&mark_digest()).await.unwrap().is_empty());
    assert!(store.is_tombstone(&pair.digest(9)).await.unwrap());
    assert!(!store.is_tombstone(&pair.digest(8)).await.unwrap());
    let held = store.held_about(row.id).await.unwrap();
    assert!(held.kept.is_empty() && held.corrections.is_empty(), "{held:?}");
    // Once: whoever answers the same question again does nothing.
    assert!(!forget(house, &pair, side, answer(&pair)).await);
}

async fn nothing_of_a_seeker_is_left(house: &House) {
    is_left(house, Seeker).await;
    // The alias is nobody else's, ever.
    let taken: Vec<_> = house.store.queue_list(None, 100).await.unwrap();
    assert!(taken.iter().all(|row| row.author.is_none()), "no letter is left: {taken:?}");
}

async fn nothing_of_a_volunteer_is_left(house: &House) {
    is_left(house, Volunteer).await;
}

async fn the_last_letter_alone_is_left_to_send(house: &House) {
    let (store, pair, node) = (&house.store, pair_with_marks(house, Seeker).await, Node::from_random(chance()));
    let to = NoticeTo::Person { id: pair.seeker, address: None };
    let last = NewNotice { name: "erased", to, body: marked("last"), pairing: None, ..pair.notice() };
    let id = last.id;
    assert!(forget(house, &pair, Seeker, Answer { notices: vec![last], ..Answer::default() }).await);
    assert_eq!(cells_with_mark(house).await, [("spool_body".to_owned(), 1)], "under its own seal");
    let claimed = store.claim(node, NOW, 100).await.unwrap();
    let mut names: Vec<_> = claimed.iter().filter_map(|c| c.notice_name.as_deref()).collect();
    names.sort_unstable();
    assert_eq!(names, ["ending", "erased"]);
    store.settle(settlement(id, node, Outcome::Delivered)).await.unwrap();
    assert_eq!(cells_with_mark(house).await, []);
}
