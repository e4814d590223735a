//! Letters whose words need a step of removal.

use super::{Case, Wanted, held, letter, plain};
use crate::report::HitKind::{Address, Detail, Name, Phone, Shape};
use crate::report::Layer::{Encoded, Html, Subject, Text};
use crate::step::Step;
use data_encoding::BASE64;

const OLENA: &str = "From: Olena Petrenko <olenap77@example.com>";

pub(super) fn cases() -> Vec<Case> {
    [known(), learnt(), carried(), contact(), structure()].into_iter().flatten().collect()
}

/// What the identity says.
fn known() -> Vec<Case> {
    vec![
        held(&[Step::Names, Step::Addresses], plain("Jag heter Anna Karlsson."), "Karlsson", Name, Text),
        held(&[Step::Names], plain("Säg Ankan till mig."), "Ankan", Name, Text),
        held(
            &[Step::Names, Step::Addresses],
            letter("From: x7@example.com", "text/html", "<p>Jag är <b>An</b>na <i>Karl</i>sson.</p>"),
            "Karlsson",
            Name,
            Html,
        ),
        held(&[Step::Names], plain("Tack, Frida Larsson!"), "Larsson", Name, Text),
        held(&[Step::Addresses], plain("Där heter jag sommar77."), "sommar77", Address, Text),
        held(&[Step::Addresses, Step::Contact], plain("Skriv till sommar77@example.org."), "sommar77", Address, Text),
        held(&[Step::Phones, Step::Contact], plain("Ring 070-174 06 05 i kväll."), "174 06 05", Phone, Text),
        held(&[Step::Others], plain("Jag jobbar på Exempelbolaget AB nu."), "Exempelbolaget", Detail, Text),
        held(&[Step::Others, Step::Contact], plain("Vi bor på Storgatan 12 nu."), "Storgatan", Detail, Text),
    ]
}

/// What the letter tells of itself.
fn learnt() -> Vec<Case> {
    let told = |field: &str, text: &str| letter(&format!("From: x7@example.com\n{field}"), "text/plain", text);
    vec![
        held(&[Step::Learning], letter(OLENA, "text/plain", "Här är Olena Petrenko."), "Petrenko", Name, Text),
        held(&[Step::Learning], letter(OLENA, "text/plain", "Jag kallas olenap77."), "olenap77", Address, Text),
        held(&[Step::LearntNames], letter(OLENA, "text/plain", "Hälsar Petrenko igen."), "Petrenko", Name, Text),
        held(
            &[Step::LearntNames],
            letter("From: Kliniken Norra Hamnen AB <x7@example.com>", "text/plain", "Vi på Kliniken Norra Hamnen AB."),
            "Norra Hamnen",
            Detail,
            Text,
        ),
        held(&[Step::LearntAddresses], letter(OLENA, "text/plain", "Jag kallas olenap77."), "olenap77", Address, Text),
        held(
            &[Step::LearntHosts, Step::Contact],
            told("Message-ID: <1@olenas-laptop>", "Min olenas-laptop krånglar."),
            "olenas-laptop",
            Detail,
            Text,
        ),
        held(
            &[Step::LearntHosts],
            told("Received: from desktop-vp7k2m1 (dsl.example.org [192.0.2.7]) by x", "Datorn desktop-vp7k2m1 dog."),
            "vp7k2m1",
            Detail,
            Text,
        ),
        held(
            &[Step::LearntDetails],
            told("X-Mailer: Brevduvan 7.31.2", "Skickat med Brevduvan 7.31.2 som vanligt."),
            "Brevduvan",
            Detail,
            Text,
        ),
        held(
            &[Step::LearntDetails],
            told("Organization: Norra Hamnens Fiskeri", "Jag är på Norra Hamnens Fiskeri till fem."),
            "Fiskeri",
            Detail,
            Text,
        ),
    ]
}

/// What comes with the words: nested letters, keys, invitations, marks.
fn carried() -> Vec<Case> {
    let mixed = |parts: &str| {
        format!("From: x7@example.com\nSubject: Hej\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n")
            .into_bytes()
    };
    let nested = "--b\nContent-Type: text/plain\n\nPetra Lindblad skrev detta.\n--b\nContent-Type: message/rfc822\n\n\
                  From: Petra Lindblad <pl77x@example.org>\nSubject: x\n\nHej!\n";
    let packet = [b"\xb4\x24".as_slice(), b"Petra Lindblad <lindblad@example.org>".get(..36).unwrap()].concat();
    let key = format!(
        "--b\nContent-Type: text/plain\n\nPetra Lindblad skrev detta.\n--b\nContent-Type: application/pgp-keys\n\n\
         -----BEGIN PGP PUBLIC KEY BLOCK-----\n\n{}\n-----END PGP PUBLIC KEY BLOCK-----\n",
        BASE64.encode(&packet)
    );
    let invitation = "--b\nContent-Type: text/plain\n\nHej!\n--b\nContent-Type: text/calendar; charset=utf-8\n\n\
                      BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261203T140000Z\nSUMMARY:Fika med Anna Karlsson\n\
                      END:VEVENT\nEND:VCALENDAR\n";
    let encoded = BASE64.encode(b"anna.karlsson@example.net");
    vec![
        held(&[Step::Owners], mixed(nested), "Lindblad", Name, Text),
        held(&[Step::Owners], mixed(&key), "Lindblad", Name, Text),
        held(&[Step::Titles], mixed(invitation), "Karlsson", Name, Text),
        held(&[Step::Encoded], plain(&format!("Koden: {encoded}")), "YW5uYS5r", Address, Encoded),
        held(
            &[Step::Subject],
            b"From: x7@example.com\nSubject: Hej, Anna Karlsson\n\nHej!".to_vec(),
            "Karlsson",
            Name,
            Subject,
        ),
        held(
            &[Step::Armour],
            plain("Hej!\n\n-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIU\n-----END CERTIFICATE-----\n"),
            "-----BEGIN",
            Shape,
            Text,
        ),
        held(
            &[Step::PictureMarks, Step::Names, Step::Addresses],
            plain("Se [image: Anna Karlsson.png] här."),
            "Karlsson",
            Name,
            Text,
        ),
    ]
}

/// Details of people nobody has told the relay of.
fn contact() -> Vec<Case> {
    const NOBODYS: &str = "figures and words of a form that innocent ones have too: only the words around them tell";
    let mut cases = vec![
        held(&[Step::Contact], plain("Skriv till nisse@klubben.example.net."), "nisse@", Address, Text),
        held(&[Step::Contact], plain("Servern har 203.0.113.77 nu."), "203.0.113.77", Detail, Text),
    ];
    for (text, token) in [
        ("Ring min mamma på 070-174 06 99.", "174 06 99"),
        ("Mitt personnummer är 19811218-9876.", "9876"),
        ("Min syster bor på Lillgatan 14, 123 45 Småstad.", "Lillgatan"),
        ("Jag heter @vinterfin på Instagram.", "vinterfin"),
        ("Mitt IBAN är GB82 WEST 1234 5698 7654 32.", "5698"),
        ("Min bil har registreringsnummer ABC 123.", "ABC 123"),
    ] {
        cases.push(Case { steps: &[Step::Contact], letter: plain(text), token, wanted: Wanted::Unseen(NOBODYS) });
    }
    cases
}

/// What is cut because of where it stands.
fn structure() -> Vec<Case> {
    let reply =
        "Tack!\n\nDen 3 nov. 2026 kl. 14:05 skrev Frida Larsson <frida@relay.example.org>:\n> Hej Ankan, hur är det?\n";
    let signature = "Vi ses på torsdag.\n\n-- \nAnna Karlsson\nExempelbolaget AB\n";
    let hidden = "<p>Hej!</p><div style='display:none'>Anna Karlsson</div><p>Vi ses.</p>";
    let html = |text: &str| letter("From: x7@example.com", "text/html", text);
    let why = "the words of a letter, and washed like all of them: nothing tells them from the writer's own";
    let unseen = |steps, letter, token| Case { steps, letter, token, wanted: Wanted::Unseen(why) };
    vec![
        held(&[Step::Quotes, Step::Names], plain(reply), "Larsson", Name, Text),
        held(&[Step::Endings, Step::Names, Step::Addresses], plain(signature), "Karlsson", Name, Text),
        held(&[Step::Hidden, Step::Names, Step::Addresses], html(hidden), "Karlsson", Name, Text),
        unseen(&[Step::Quotes], plain(reply), "hur är det"),
        unseen(&[Step::Endings], plain("Vi ses på torsdag.\n\n-- \nKolla min butik för garn!\n"), "garn"),
        unseen(&[Step::Hidden], html("<p>Hej!</p><p style='display:none'>läsmärke 4711</p>"), "4711"),
        held(
            &[Step::Links],
            plain("Läs https://example.org/sida?id=7&utm_source=brev&fbclid=IwAR0x om du vill."),
            "fbclid",
            Shape,
            Text,
        ),
        held(&[Step::FileNames], with_name("Läs Bostad Nord ansökan.txt först."), "Bostad Nord", Detail, Text),
    ]
}

fn with_name(text: &str) -> Vec<u8> {
    super::with_file(text, "text/plain", "Bostad Nord ansökan.txt", b"Hej")
}
