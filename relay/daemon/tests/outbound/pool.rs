//! Many letters: connections are used again, few are opened, none are hammered.

use crate::peer::{HANG_UP, Habits, Peer};
use crate::{LETTER, deferred, options, parcel, place, smarthost};
use brevbro::outbound::{Attempt, Class, Limits, Outbound, Phase, Smarthost};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Sends so many letters, twenty at a time, and counts what became of them: delivered, deferred.
async fn send_many(out: &Arc<Smarthost>, letters: usize, message: &'static [u8]) -> (usize, usize) {
    let next = Arc::new(AtomicUsize::new(0));
    let tasks = (0..20).map(|_| {
        let (out, next) = (Arc::clone(out), Arc::clone(&next));
        tokio::spawn(async move {
            let mut counts = (0, 0);
            while next.fetch_add(1, Ordering::Relaxed) < letters {
                match out.send(parcel(message)).await {
                    Attempt::Delivered => counts.0 += 1,
                    Attempt::Deferred(_) => counts.1 += 1,
                    Attempt::Failed(fault) => panic!("{fault}"),
                }
            }
            counts
        })
    });
    let mut sum = (0, 0);
    for task in tasks.collect::<Vec<_>>() {
        let (delivered, deferred) = task.await.unwrap();
        sum = (sum.0 + delivered, sum.1 + deferred);
    }
    sum
}

#[tokio::test]
async fn one_connection_carries_letters_up_to_its_limit() {
    let peer = Peer::start(Habits::usual()).await;
    let mut options = options(&peer);
    options.limits = Limits { connections: 1, letters: 3, idle: Duration::from_secs(30) };
    let out = Smarthost::new(options).unwrap();
    for _ in 0..7 {
        assert_eq!(out.send(parcel(LETTER)).await, Attempt::Delivered);
    }
    assert_eq!(peer.seen(|seen| (seen.connections, seen.texts.len())), (3, 7));
}

#[tokio::test]
async fn an_idle_connection_is_ended_politely() {
    let peer = Peer::start(Habits::usual()).await;
    let mut options = options(&peer);
    options.limits.idle = Duration::from_millis(100);
    let out = Smarthost::new(options).unwrap();
    for round in 1..=2 {
        assert_eq!(out.send(parcel(LETTER)).await, Attempt::Delivered);
        tokio::time::sleep(Duration::from_millis(500)).await;
        let quits = peer.seen(|seen| seen.commands.iter().filter(|c| *c == "QUIT").count());
        assert_eq!((quits, peer.seen(|seen| seen.connections)), (round, round));
    }
    assert_eq!(out.send(parcel(LETTER)).await, Attempt::Delivered);
    out.close().await;
    assert_eq!(peer.seen(|seen| seen.commands.iter().filter(|c| *c == "QUIT").count()), 3);
}

/// The peer had hung up in the meantime, or says 421 at MAIL: the letter goes out over a new connection.
#[tokio::test]
async fn a_stale_connection_costs_the_letter_nothing() {
    for last_words in [HANG_UP, "421 4.4.2 too slow"] {
        let peer = Peer::start(Habits::usual()).await;
        let out = smarthost(&peer);
        assert_eq!(out.send(parcel(LETTER)).await, Attempt::Delivered);
        *peer.habits.lock().unwrap() = Habits::usual().saying("MAIL", last_words);
        assert_eq!(out.send(parcel(LETTER)).await, Attempt::Delivered, "{last_words}");
        assert_eq!(peer.seen(|seen| (seen.connections, seen.texts.len())), (2, 2));

        // Once only: a fresh connection that does the same is a fault.
        *peer.habits.lock().unwrap() = Habits::usual().saying("MAIL", last_words).saying("MAIL", last_words);
        assert_eq!(deferred(out.send(parcel(LETTER)).await).phase, Phase::MailFrom);
        assert_eq!(peer.seen(|seen| (seen.connections, seen.texts.len())), (3, 2));
    }
}

#[tokio::test]
async fn ten_thousand_letters_do_not_hammer_a_dead_next_hop() {
    let peer = Peer::start(Habits { is_dead: true, ..Habits::default() }).await;
    let out = Arc::new(smarthost(&peer));
    assert!(out.available());
    let started = Instant::now();
    assert_eq!(send_many(&out, 10_000, LETTER).await, (0, 10_000));
    let connections = peer.seen(|seen| seen.connections);
    assert!((1..50).contains(&connections), "{connections} connections");
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    assert!(!out.available());
    assert_eq!(place(deferred(out.send(parcel(LETTER)).await)), (Phase::Connect, Class::Connect));

    // It comes back: after the pause one letter finds out, and the rest follow.
    peer.habits.lock().unwrap().is_dead = false;
    while let Some(at) = out.retry_at() {
        tokio::time::sleep_until(at).await;
    }
    assert_eq!(out.send(parcel(LETTER)).await, Attempt::Delivered);
    assert_eq!(send_many(&out, 100, LETTER).await, (100, 0));
}

#[tokio::test]
async fn a_closed_port_is_no_connection() {
    let peer = Peer::start(Habits::usual()).await;
    let mut options = options(&peer);
    // Bound and let go: nobody listens there.
    options.port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let fault = deferred(Smarthost::new(options).unwrap().send(parcel(LETTER)).await);
    assert_eq!(place(fault), (Phase::Connect, Class::Connect));
}

/// A next hop that takes fewer connections than we would open: the letters share those it takes.
#[tokio::test]
async fn letters_wait_for_the_connections_there_are() {
    let busy = "421 4.7.0 too many connections";
    let habits = Habits::usual().saying("GREETING", "220 one").saying("GREETING", "220 two");
    let habits = (0..18).fold(habits, |habits, _| habits.saying("GREETING", busy));
    let peer = Peer::start(habits).await;
    let out = Arc::new(smarthost(&peer));
    assert_eq!(out.send(parcel(LETTER)).await, Attempt::Delivered);
    assert_eq!(send_many(&out, 500, LETTER).await, (500, 0));
}

#[tokio::test]
async fn a_cancelled_letter_frees_its_place() {
    let peer = Peer::start(Habits::usual().saying("TEXT", crate::peer::STALL)).await;
    let mut options = options(&peer);
    options.limits.connections = 1;
    let out = Smarthost::new(options).unwrap();
    let cancelled = tokio::time::timeout(Duration::from_millis(300), out.send(parcel(LETTER))).await;
    assert!(cancelled.is_err());
    assert_eq!(out.send(parcel(LETTER)).await, Attempt::Delivered);
    assert_eq!(peer.seen(|seen| seen.connections), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_letters_go_out_over_few_connections() {
    let peer = Peer::start(Habits::usual()).await;
    let out = Arc::new(smarthost(&peer));
    assert_eq!(send_many(&out, 6_000, LETTER).await, (6_000, 0));
    assert!(peer.seen(|seen| seen.connections) <= 80);
}
