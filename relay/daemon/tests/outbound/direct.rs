//! Direct delivery: finding the way by DNS, and whose door it leads to.

use crate::dns_stub::NameServer;
use crate::peer::{Habits, Peer, pki};
use crate::{LETTER, deferred, domain, failed, parcel_to, place, short};
use brevbro::dns::{Dns, DnsFault, DnsOptions};
use brevbro::outbound::{Attempt, Class, DirectMx, DirectOptions, Limits, Outbound, Phase};
use brevbro_core::reply::Enhanced;
use std::sync::Arc;
use std::time::Duration;

fn direct(names: &NameServer, port: u16) -> DirectMx {
    let timeout = Duration::from_millis(500);
    let dns = Dns::new(&DnsOptions { name_servers: vec![names.address], timeout, attempts: 1 }).unwrap();
    let options = DirectOptions {
        helo: domain("out.relay.test"),
        own_hosts: vec![domain("mx.relay.test")],
        port,
        allow_loopback: true,
        timeouts: short(),
        limits: Limits { connections: 2, ..Limits::default() },
        total_connections: 20,
        pick: Arc::new(|n| n - 1),
    };
    DirectMx::new(dns, options).unwrap()
}

async fn send(out: &DirectMx, to: &str) -> Attempt {
    out.send(parcel_to(to, LETTER)).await
}

#[tokio::test]
async fn the_best_exchanger_that_answers_gets_the_letter() {
    let names = NameServer::start().await;
    let peer = Peer::start_at("127.0.0.2:0", Habits::usual()).await;
    names.mx("example.org", 20, "second.test").mx("example.org", 10, "first.test").mx("example.org", 5, "gone.test");
    // Nobody listens at the first one's address, and the very best has none.
    names.a("first.test", [127, 0, 0, 3]).a("second.test", [127, 0, 0, 2]);
    let out = direct(&names, peer.address.port());
    for _ in 0..3 {
        assert_eq!(send(&out, "frida@example.org").await, Attempt::Delivered);
    }
    assert_eq!(peer.seen(|seen| (seen.connections, seen.texts.len())), (1, 3));
}

#[tokio::test]
async fn a_domain_without_exchangers_is_its_own() {
    let names = NameServer::start().await;
    let peer = Peer::start(Habits::usual()).await;
    names.a("example.org", [127, 0, 0, 1]);
    assert_eq!(send(&direct(&names, peer.address.port()), "frida@example.org").await, Attempt::Delivered);
}

#[tokio::test]
async fn there_is_no_way_to_some_domains() {
    let names = NameServer::start().await;
    names.mx("null.test", 0, "").mx("bare.test", 10, "nowhere.test").mx("us.test", 10, "mx.relay.test");
    names.mx("us.test", 20, "other.test").a("other.test", [127, 0, 0, 1]);
    let out = direct(&names, 1);
    let cases = [
        ("a@null.test", Class::NoRoute, Enhanced(5, 1, 10)),
        ("a@unknown.test", Class::NoRoute, Enhanced(5, 1, 2)),
        ("a@bare.test", Class::NoRoute, Enhanced(5, 4, 4)),
        ("a@us.test", Class::Loop, Enhanced(5, 4, 6)),
        ("a@[127.0.0.1]", Class::NoRoute, Enhanced(5, 1, 3)),
    ];
    for (to, class, enhanced) in cases {
        let fault = failed(send(&out, to).await);
        assert_eq!((fault.phase, fault.class, fault.enhanced), (Phase::Route, class, Some(enhanced)), "{to}");
    }
}

#[tokio::test]
async fn trouble_with_dns_defers() {
    let names = NameServer::start().await;
    names.trouble("example.org").mx("half.test", 10, "half-host.test").trouble("half-host.test");
    let out = direct(&names, 1);
    for to in ["a@example.org", "a@half.test"] {
        assert_eq!(place(deferred(send(&out, to).await)), (Phase::Route, Class::Lookup), "{to}");
    }
}

#[tokio::test]
async fn a_strangers_dns_cannot_point_us_at_ourselves() {
    let names = NameServer::start().await;
    let peer = Peer::start(Habits::usual()).await;
    names.mx("example.org", 10, "trap.test").a("trap.test", [127, 0, 0, 1]);
    let dns = Dns::new(&DnsOptions { name_servers: vec![names.address], ..DnsOptions::default() }).unwrap();
    let options = DirectOptions {
        helo: domain("out.relay.test"),
        own_hosts: Vec::new(),
        port: peer.address.port(),
        allow_loopback: false,
        timeouts: short(),
        limits: Limits::default(),
        total_connections: 20,
        pick: Arc::new(|_| 0),
    };
    let out = DirectMx::new(dns, options).unwrap();
    assert_eq!(failed(send(&out, "a@example.org").await).enhanced, Some(Enhanced(5, 4, 4)));
    assert_eq!(peer.seen(|seen| seen.connections), 0);
}

/// Encryption where it is offered, whatever the certificate; in the clear where the handshake fails.
#[tokio::test]
async fn tls_is_taken_where_it_works() {
    let names = NameServer::start().await;
    names.a("example.org", [127, 0, 0, 1]);
    let habits = Habits { tls: Some(pki().acceptor), ..Habits::usual() };
    let peer = Peer::start(habits).await;
    assert_eq!(send(&direct(&names, peer.address.port()), "a@example.org").await, Attempt::Delivered);
    assert_eq!(peer.seen(|seen| (seen.connections, seen.over_tls)), (1, 1));

    // It offers STARTTLS, agrees, and then speaks no TLS.
    let broken = Peer::start(Habits::offering(&["STARTTLS"]).saying("STARTTLS", "454 4.7.0 not now")).await;
    let out = direct(&names, broken.address.port());
    assert_eq!(place(deferred(send(&out, "a@example.org").await)), (Phase::StartTls, Class::Busy));
    let broken = Peer::start(Habits::offering(&["STARTTLS"]).saying("STARTTLS", "220 go")).await;
    assert_eq!(send(&direct(&names, broken.address.port()), "a@example.org").await, Attempt::Delivered);
    assert_eq!(broken.seen(|seen| (seen.connections, seen.over_tls)), (2, 0));
}

#[tokio::test]
async fn what_an_exchanger_refuses_has_failed() {
    let names = NameServer::start().await;
    names.a("example.org", [127, 0, 0, 1]);
    for (verb, reply, phase) in
        [("GREETING", "554 5.7.1 go away", Phase::Greeting), ("RCPT", "550 5.7.1 no", Phase::RcptTo)]
    {
        let peer = Peer::start(Habits::usual().saying(verb, reply)).await;
        let fault = failed(send(&direct(&names, peer.address.port()), "a@example.org").await);
        assert_eq!(place(fault), (phase, Class::Refused));
    }
}

#[tokio::test]
async fn long_texts_are_joined_and_missing_ones_are_none() {
    let names = NameServer::start().await;
    let long = "x".repeat(600);
    names.txt("long.test", &long).trouble("bad.test");
    let dns = Dns::new(&DnsOptions { name_servers: vec![names.address], ..DnsOptions::default() }).unwrap();
    assert_eq!(dns.texts("long.test").await, Ok(vec![long]));
    assert_eq!(dns.texts("none.test").await, Ok(Vec::new()));
    assert_eq!(dns.texts("bad.test").await, Err(DnsFault::Trouble));
}
