//! Evidence about authors, gathered over a name server on loopback.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod dkim;
#[path = "../outbound/dns_stub.rs"]
mod dns_stub;
mod lookups;

use brevbro::dns::{Dns, DnsOptions};
use brevbro::evidence::{EvidenceOptions, Front, Gatherer};
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::envelope::{ForwardPath, Peer, Raw, Received, ReversePath};
use brevbro_core::reply::Trouble;
use brevbro_core::verify::{Authenticity, judge};
use dns_stub::NameServer;
use std::time::Duration;

type Verdict = Result<Authenticity, Trouble>;
const ALIGNED: Verdict = Ok(Authenticity::Aligned);
const UNALIGNED: Verdict = Ok(Authenticity::Unaligned);
const WAIT: Verdict = Err(Trouble::Lookup);

/// Where the letters of these tests come from.
const PEER: [u8; 4] = [192, 0, 2, 7];

fn domain(name: &str) -> Domain {
    Domain::parse(name).unwrap()
}

fn dns(names: &NameServer) -> Dns {
    let timeout = Duration::from_millis(500);
    Dns::new(&DnsOptions { name_servers: vec![names.address], timeout, attempts: 1 }).unwrap()
}

fn gatherer(names: &NameServer, front: Front) -> Gatherer {
    let options = EvidenceOptions { front, ..EvidenceOptions::new(domain("mx.relay.test")) };
    Gatherer::new(&dns(names), options)
}

fn author() -> EmailAddr {
    EmailAddr::parse("anna@example.org").unwrap()
}

/// `<>` or a reverse-path, and the letter as it came.
fn received(reverse_path: &str, raw: &[u8]) -> Received {
    let addr = |text| ReversePath::Addr(EmailAddr::parse(text).unwrap());
    Received {
        peer: Peer { ip: PEER.into(), helo: "mx.example.org".to_owned(), tls: true, trusted: false },
        reverse_path: if reverse_path == "<>" { ReversePath::Null } else { addr(reverse_path) },
        forward_path: ForwardPath::Postmaster,
        raw: Raw::new(raw.to_vec()),
    }
}

async fn verdict(names: &NameServer, received: &Received) -> Verdict {
    let evidence = gatherer(names, Front::Reports { authserv_id: None }).gather(received, &author()).await;
    judge(&author(), &evidence)
}

const LETTER: &[u8] = b"From: Anna <anna@example.org>\r\nTo: f@relay.test\r\nSubject: x\r\n\r\ntext\r\n";
