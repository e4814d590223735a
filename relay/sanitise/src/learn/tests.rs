//! What a header tells of its writer, and what it tells of nobody.

use super::*;
use crate::limits::Limits;

fn learnt(raw: &str) -> Learnt {
    read(&crate::letter::read(raw.as_bytes(), &Limits::default()).unwrap(), "relay.example.org")
}

#[test]
fn the_header_tells_of_its_writer() {
    let learnt = learnt(
        "Received: from olenas-laptop (p5.example.net [192.0.2.1]) by mx for <olena.two@example.com>; x\n\
         Received: from [192.0.2.77] (port=1 helo=DESKTOP-VP7K2M1) by mx\n\
         Autocrypt: addr=olena.three@example.com; keydata=x\n\
         From: Olena K <olena@example.net>\nReply-To: <privat@example.com>, vinter@relay.example.org\n\
         X-Mailer: Exempelpost (2.3654)\nUser-Agent: Mail\nOrganization: Exempelbolaget AB\n\
         Message-ID: <x@thinkpad.home.example.net>\n\nx",
    );
    assert_eq!(learnt.names, ["Olena K"]);
    assert_eq!(
        learnt.addresses,
        ["olena.two@example.com", "olena.three@example.com", "olena@example.net", "privat@example.com"]
    );
    assert_eq!(
        learnt.hosts,
        ["olenas-laptop", "DESKTOP-VP7K2M1", "thinkpad.home.example.net", "example.com", "example.net"]
    );
    assert_eq!(learnt.details, ["Exempelpost (2.3654)", "Exempelbolaget AB"]);
    assert!(!is_telling("mail.gmail.com") && !is_telling("example.net") && !is_telling("192.0.2.77.1"));
}

#[test]
fn offices_are_told_from_persons() {
    let of = |name: &str| {
        let mut learnt = Learnt::default();
        learnt.show(name);
        (learnt.names, learnt.offices)
    };
    for person in ["Anna Karlsson", "Anna", "Lund, Anna", "Bo Ek", "Anna Stockholm"] {
        assert_eq!(of(person), (vec![person.to_owned()], vec![]), "{person}");
    }
    assert_eq!(of("Anna Karlsson (Exempelbolaget)").0, ["Anna Karlsson"]);
    assert_eq!(of("Anna via Kliniken").0, ["Anna"]);
    for office in ["Kliniken Stockholm", "Ungdomsmottagningen Göteborg", "Blom & Son", "Exempelbolaget AB", "Jour 24"]
    {
        assert_eq!(of(office), (vec![], vec![office.to_owned()]), "{office}");
    }
    for nobody in ["Info", "Stockholm", "Support", ""] {
        assert_eq!(of(nobody), (vec![], vec![]), "{nobody}");
    }
}

#[test]
fn the_relays_own_house_is_not_learnt() {
    let learnt = learnt("From: Frida <frida@example.org>\nSender: x@mail.relay.example.org\n\nx");
    assert!(learnt.addresses.is_empty() && learnt.hosts.is_empty(), "{:?} {:?}", learnt.addresses, learnt.hosts);
}

#[test]
fn owners_of_keys_are_learnt() {
    let mut learnt = Learnt::default();
    learnt.add_owners(["Olena K <olena@example.net>", "CN=Anna Karlsson, O=Exempelbolaget"].into_iter());
    assert_eq!(learnt.names, ["Olena K", "Anna Karlsson"]);
    assert_eq!(learnt.addresses, ["olena@example.net"]);
}
