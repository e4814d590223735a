//! A database that is away, full, restarted, too old or too new.

use crate::house::{House, NOW, on_both_engines};
use brevbro_core::party::Side::Seeker;
use brevbro_store::{Engine, OpenOptions, Store, StoreError};
use sqlx::{Connection, Executor, PgConnection};

on_both_engines![a_closed_store_says_so, tables_of_another_version_are_refused, reopening_finds_everything];

async fn a_closed_store_says_so(house: &House) {
    let store = Store::open(&house.url, OpenOptions::default()).await.unwrap();
    let pair = house.pair().await;
    store.ready().await.unwrap();
    let clone = store.clone();
    store.close().await.unwrap();
    assert!(clone.commit(pair.letter(Seeker, 1)).await.unwrap_err().retryable());
    assert!(clone.ready().await.is_err());
}

async fn tables_of_another_version_are_refused(house: &House) {
    let only_look = OpenOptions { migrate: false, ..OpenOptions::default() };
    Store::open(&house.url, only_look).await.unwrap();
    let newer = "update _sqlx_migrations set version = 999 where version = (select max(version) from _sqlx_migrations)";
    match house.store.engine() {
        Engine::Sqlite => drop(house.sqlite_connection().execute(newer, []).unwrap()),
        Engine::Postgres => drop(PgConnection::connect(&house.url).await.unwrap().execute(newer).await.unwrap()),
    }
    let newer = StoreError::Schema("they are newer: update this program");
    assert_eq!(Store::open(&house.url, only_look).await.unwrap_err(), newer);
    assert_eq!(Store::open(&house.url, OpenOptions::default()).await.unwrap_err(), newer);
}

async fn reopening_finds_everything(house: &House) {
    let pair = house.pair().await;
    let id = house.store.commit(pair.letter(Seeker, 1)).await.unwrap().letter;
    let again = Store::open(&house.url, OpenOptions::default()).await.unwrap();
    assert!(again.letter(id).await.unwrap().is_some());
    again.checkpoint().await.unwrap();
    again.close().await.unwrap();
}

#[tokio::test]
async fn a_url_that_is_none_is_refused_without_being_repeated() {
    for url in ["mysql://anna:secret@host/db", "brevbro.db", "sqlite:x?mode=nonsense"] {
        let error = Store::open(url, OpenOptions::default()).await.unwrap_err();
        assert_eq!(error, StoreError::Url);
        assert!(!error.to_string().contains("secret"));
    }
    let missing = OpenOptions { create: false, ..OpenOptions::default() };
    let error = Store::open("sqlite:/nowhere/brevbro.db", missing).await.unwrap_err();
    assert!(error.retryable(), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_postgres_that_drops_its_connections_is_found_again() {
    let Some(house) = House::postgres().await else { return };
    let (store, pair) = (&house.store, house.pair().await);
    let _ = store.commit(pair.letter(Seeker, 1)).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let mut other = PgConnection::connect(&house.url).await.unwrap();
    let kick = "select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()";
    other.execute(kick).await.unwrap();
    let _ = store.commit(pair.letter(Seeker, 1)).await.expect("idle connections are looked at before use");
    assert_eq!(store.claim(brevbro_store::Node::from_random(1), NOW, 9).await.unwrap().len(), 2);
    house.remove().await;
}
