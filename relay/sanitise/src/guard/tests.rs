//! The guard finds what a broken sanitiser would have let through.

mod leaks;

use super::*;
use crate::body::Body;
use crate::learn::Learnt;
use crate::letter;
use crate::limits::Limits;

const HEAD: &str = "From: Vinter <vinter-7k@relay.example.org>\r\nTo: frida@relay.example.org\r\nSubject: Hej\r\n\
    Date: Mon, 05 Oct 2026 09:03:07 +0000\r\nMessage-ID: <abc@relay.example.org>\r\nMIME-Version: 1.0\r\n\
    Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\nX-Hop: abc\r\n";

fn guard() -> Guard {
    let mut identity = Identity::default();
    identity.sender.names = vec!["Anna Karin Karlsson".into(), "Ankan".into()];
    identity.sender.addresses = vec!["anna.karlsson@example.net".into()];
    identity.sender.phones = vec!["+46 70 174 06 05".into()];
    identity.sender.other = vec!["Storgatan 12".into()];
    identity.sender.pseudonym = Some("Vinter".into());
    identity.relay.domain = "relay.example.org".into();
    identity.recipient.address = Some("frida.private@example.com".into());
    let letter = letter::read(b"From: a@relay.example.org\r\n\r\nHej", &Limits::default()).unwrap();
    let (learnt, body) = (Learnt::default(), Body::default());
    Guard::new(&identity, &Told { own_host: "relay.example.org", letter: &letter, learnt: &learnt, body: &body })
}

fn hits(head: &str, body: &str) -> Vec<(HitKind, Layer)> {
    guard().check(format!("{head}\r\n{body}\r\n").as_bytes()).iter().map(|hit| (hit.kind, hit.layer)).collect()
}

#[test]
fn a_clean_letter_passes() {
    assert_eq!(hits(HEAD, "Hej Frida! [namn] bor i Karlstad. Ring 112.\r\n\r\nVinter"), []);
}

#[test]
fn identifiers_are_found_in_any_dress() {
    for (text, kind) in [
        ("Anna Karlsson", HitKind::Name),
        ("karlsson, ANNA", HitKind::Name),
        ("hej ankan!", HitKind::Name),
        ("Anna.Karlsson@Example.NET", HitKind::Address),
        ("anna.karlsson%40example.net", HitKind::Address),
        ("anna&#46;karlsson&commat;example.net", HitKind::Address),
        ("handtag: annakarinkarlsson99", HitKind::Name),
        ("070-174 06 05", HitKind::Phone),
        ("+46.70.174.06.05", HitKind::Phone),
        ("storgatan=2012", HitKind::Detail),
        ("frida.private@example.com", HitKind::Address),
        ("YW5uYS5rYXJsc3NvbkBleGFtcGxlLm5ldA==", HitKind::Address),
    ] {
        let text = text.replace("=2012", " 12");
        assert!(hits(HEAD, &text).iter().any(|(found, _)| *found == kind), "{text}");
    }
}

#[test]
fn layers_below_an_encoding_are_opened() {
    let quoted = HEAD.replace("8bit", "quoted-printable");
    assert!(hits(&quoted, "anna=2Ekar=\r\nlsson=40example.net").contains(&(HitKind::Address, Layer::Text)));
    let subject = HEAD.replace("Subject: Hej", "Subject: =?utf-8?B?QW5uYSBLYXJsc3Nvbg==?=");
    assert_eq!(hits(&subject, "x"), [(HitKind::Name, Layer::Subject)]);
    let from = HEAD.replace("From: Vinter", "From: =?utf-8?B?QW5uYSBLYXJsc3Nvbg==?=");
    assert_eq!(hits(&from, "x"), [(HitKind::Name, Layer::Addresses)]);
}

#[test]
fn a_header_is_exactly_what_it_may_be() {
    let shape = (HitKind::Shape, Layer::Header);
    for head in [
        format!("{HEAD}X-Mailer: x\r\n"),
        format!("{HEAD}Subject: twice\r\n"),
        HEAD.replace("X-Hop: abc\r\n", ""),
        HEAD.replace("Hej", "Hej\nBcc: x@example.org"),
        HEAD.replace("Hej", "åäö"),
        HEAD.replace("Hej", &"x".repeat(1000)),
    ] {
        assert!(hits(&head, "x").contains(&shape), "{head}");
    }
}

#[test]
fn the_readers_own_identifiers_may_name_the_reader_alone() {
    let threaded = |id: &str| format!("{HEAD}In-Reply-To: <{id}>\r\nReferences: <{id}>\r\n");
    assert_eq!(hits(&threaded("frida.private.1@example.com"), "x"), []);
    assert!(hits(&threaded("1.anna.karlsson@example.net"), "x").contains(&(HitKind::Address, Layer::Raw)));
}

#[test]
fn octets_are_searched_unless_both_readers_agree_about_them() {
    let raw = |head: &str, body: &str| hits(head, body).contains(&(HitKind::Name, Layer::Raw));
    let seven = HEAD.replace("8bit", "7bit");
    assert!(!raw(&seven, "Anna Karlsson") && hits(&seven, "Anna Karlsson").contains(&(HitKind::Name, Layer::Text)));
    let quoted = HEAD.replace("8bit", "quoted-printable");
    assert!(!raw(&quoted, "hej =C3=A5, Anna Karl=\r\nsson"), "both readers undo this alike");
    assert!(hits(&quoted, "hej =C3=A5, Anna Karl=\r\nsson").contains(&(HitKind::Name, Layer::Text)));
    assert!(raw(HEAD, "Anna Karlsson"), "an encoding we never write");
}
