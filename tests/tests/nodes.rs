//! Two nodes on one Postgres: they share the work, and a dead one's letters come back by themselves.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::engine::sql;
use brevbro_tests::house::{SEEKER, VOLUNTEER};
use brevbro_tests::load::{Load, Outcome};
use brevbro_tests::node::Node;
use brevbro_tests::{Answer, Engine, House, http, wait};
use std::time::Duration;

const LEASE_AND_MARGIN: Duration = Duration::from_secs(150);

/// Letters handed to the next hop, by the node's own account.
fn delivered(node: &Node) -> f64 {
    let (status, page) = http::page(node.admin, "/metrics");
    assert_eq!(status, 200, "{page}");
    let line = page.lines().find(|line| line.starts_with("brevbro_deliveries_succeeded_total"));
    line.and_then(|l| l.rsplit(' ').next()?.parse::<f64>().ok()).unwrap_or_default()
}

#[test]
fn two_nodes_share_the_work_and_each_letter_goes_out_once() {
    let Some(engine) = Engine::postgres() else { return };
    let mut house = House::open(engine);
    let first = house.take_node();
    let second_door = house.start().smtp;
    let pairing = house.pair();
    house.sink.set_answer(Answer::AcceptAfter(Duration::from_millis(20)));
    let loads: Vec<Load> = [first.smtp, second_door]
        .into_iter()
        .map(|door| {
            let pairing = pairing.clone();
            Load::start(door, 3, move || pairing.from_seeker())
        })
        .collect();
    let taken = || loads.iter().map(Load::taken).sum::<usize>();
    wait::until_true("200 letters", Duration::from_mins(1), || taken() >= 200);
    let outcome = loads.into_iter().map(Load::finish).fold(Outcome::default(), Outcome::with);
    assert!(outcome.refused.is_empty() && outcome.unsure.is_empty() && outcome.later.is_empty(), "{outcome:?}");
    wait::until_true("all have arrived", Duration::from_mins(1), || house.sink.count() >= outcome.accepted.len());
    wait::stays_true("each once", Duration::from_secs(2), || house.sink.count() == outcome.accepted.len());
    let shares = [delivered(&first), delivered(house.node())];
    assert!(shares.iter().all(|share| *share > 0.0), "one node did all the work: {shares:?}");
}

#[test]
fn a_dead_nodes_letters_come_back() {
    let Some(engine) = Engine::postgres() else { return };
    let mut house = House::open(engine);
    let pairing = house.pair();
    // The first node hangs in the middle of its deliveries, and dies there.
    house.sink.set_answer_for(VOLUNTEER, Answer::AcceptAfter(Duration::from_mins(10)));
    let drafts: Vec<_> = (0..6).map(|_| pairing.from_seeker()).collect();
    house.accept_all(&drafts);
    wait::until_true("letters are claimed", wait::SOON, || house.queued_in("claimed") > 0);
    let first = house.take_node();
    house.start();
    first.kill();
    house.sink.set_answer_for(VOLUNTEER, Answer::Accept);
    for draft in &drafts {
        house.sink.await_token_within(&draft.token, LEASE_AND_MARGIN);
    }
    wait::stays_true("each once", Duration::from_secs(2), || house.sink.count() == drafts.len());
}

/// The answer of a committed claim can be lost: then the node holds a lease that it knows nothing of.
#[test]
fn a_lease_nobody_works_on_lapses_while_its_node_lives() {
    let Some(engine) = Engine::postgres() else { return };
    let house = House::open(engine);
    let pairing = house.pair();
    let url = house.settings.store.clone();
    house.sink.set_answer_for(VOLUNTEER, Answer::AcceptAfter(Duration::from_secs(8)));
    house.sink.set_answer_for(SEEKER, Answer::Defer);
    house.accept(&pairing.from_seeker());
    let node = wait::until("a lease", wait::SOON, || {
        Some(sql(&url, "select lease_node from spool where state = 'claimed'")).filter(|node| !node.trim().is_empty())
    });
    let draft = pairing.from_volunteer();
    house.accept(&draft);
    wait::until_true("it is put off", wait::SOON, || house.sink.turned_away() == 1 && house.queued_in("queued") == 1);
    house.sink.set_answer_for(SEEKER, Answer::Accept);
    let lease = format!("lease_node = {}, due_at = (extract(epoch from now()) * 1000)::bigint + 45000", node.trim());
    sql(&url, &format!("update spool set state = 'claimed', {lease} where state = 'queued'"));
    house.sink.await_token_within(&draft.token, LEASE_AND_MARGIN);
}
