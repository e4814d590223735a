//! Sending mail, against real peers on loopback.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod dialogue;
mod direct;
mod dns_stub;
mod peer;
mod pool;
mod privacy;

use brevbro::outbound::{Attempt, Class, Fault, Limits, Parcel, Phase, Smarthost, SmarthostOptions, Timeouts, TlsMode};
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::envelope::ReversePath;
use peer::Peer;
use std::time::Duration;

fn domain(name: &str) -> Domain {
    Domain::parse(name).unwrap()
}

fn parcel(message: &[u8]) -> Parcel {
    parcel_to("frida@example.org", message)
}

fn parcel_to(to: &str, message: &[u8]) -> Parcel {
    Parcel {
        reverse_path: ReversePath::Addr(EmailAddr::parse("b-token@relay.test").unwrap()),
        forward_path: EmailAddr::parse(to).unwrap(),
        message: message.to_vec(),
        utf8: false,
    }
}

const LETTER: &[u8] = b"From: a@relay.test\r\n\r\ntext\r\n";

/// Long enough for a busy machine, short enough for a test of silence.
fn short() -> Timeouts {
    let soon = Duration::from_millis(400);
    Timeouts {
        connect: soon,
        greeting: soon,
        command: soon,
        data: soon,
        block: soon,
        done: soon,
        total: Duration::from_mins(1),
    }
}

fn options(peer: &Peer) -> SmarthostOptions {
    let mut options = SmarthostOptions::new("127.0.0.1", peer.address.port(), domain("out.relay.test"));
    options.tls = TlsMode::None;
    options.limits = Limits { connections: 20, ..Limits::default() };
    options
}

fn smarthost(peer: &Peer) -> Smarthost {
    Smarthost::new(options(peer)).unwrap()
}

fn deferred(attempt: Attempt) -> Fault {
    match attempt {
        Attempt::Deferred(fault) => fault,
        other => panic!("{other:?}"),
    }
}

fn failed(attempt: Attempt) -> Fault {
    match attempt {
        Attempt::Failed(fault) => fault,
        other => panic!("{other:?}"),
    }
}

fn place(fault: Fault) -> (Phase, Class) {
    (fault.phase, fault.class)
}
