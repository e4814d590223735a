//! Odd but honest letters arrive whole, and what arrives is a proper letter (RFC 5322) whatever came in.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::house::Pairing;
use brevbro_tests::post::Session;
use brevbro_tests::{Draft, Engine, House, Letter, both_engines};

both_engines!(odd_letters_arrive_as_proper_ones, people_with_addresses_beyond_ascii_get_their_letters);

fn odd(pairing: &Pairing) -> Vec<(&'static str, Draft)> {
    let write = || pairing.from_seeker();
    let words = |draft: &Draft| format!("Hello, this is letter {}.\r\n", draft.token);
    let plain = |draft: Draft, more: &[u8]| {
        let text = [words(&draft).as_bytes(), more].concat();
        draft.body("text/plain; charset=utf-8", text)
    };
    let latin = |draft: Draft| {
        let text = [words(&draft).as_bytes(), b"Sn\xf6 och \xe5ska\r\n"].concat();
        draft.body("text/plain; charset=iso-8859-1", text)
    };
    vec![
        ("eight-bit text", plain(write(), "Snö och åska, Žluťoučký kůň 🐎\r\n".as_bytes())),
        ("Latin-1", latin(write())),
        ("a false character set", plain(write(), b"\xff\xfe\xfa\xc3\x28\r\n")),
        ("a line of 5000 signs", plain(write(), format!("{}\r\n", "word ".repeat(1000)).as_bytes())),
        ("a word of 5000 signs", plain(write(), format!("{}\r\n", "w".repeat(5000)).as_bytes())),
        ("lines of dots", plain(write(), b".\r\n..\r\n...\r\n.x\r\n")),
        ("lines that look like From", plain(write(), b"From here on\r\n>From there\r\n")),
        ("trailing white space", plain(write(), b"one  \t\r\n\r\n\r\n \r\n")),
        ("an eight-bit subject", write().field("Subject", "Snö i morgon")),
        ("a long subject", write().field("Subject", &"very ".repeat(300))),
        ("no subject", write().field("Subject", "")),
        ("a folded author", write().field("From", "\"Anna\r\n Karin\"\r\n\t<anna.karlsson@example.net>")),
        ("a date of the last century", write().field("Date", "Thu, 1 Jan 70 00:00:00 EST")),
        ("an empty date", write().field("Date", "")),
        ("a strange identifier", write().field("Message-ID", "not an identifier at all")),
        ("an empty identifier", write().field("Message-ID", "")),
        ("many references", write().field("References", &"<abc@mail.example>\r\n ".repeat(200))),
        ("half a megabyte", write().octets(500_000)),
    ]
}

/// What every receiver may rely on.
fn is_proper(what: &str, got: &Letter) {
    let text = String::from_utf8_lossy(&got.raw);
    assert!(text.ends_with("\r\n"), "{what}: no line end at the end");
    assert!(!text.replace("\r\n", "").contains(['\r', '\n', '\0']), "{what}: a lone CR, LF or NUL");
    let longest = text.split("\r\n").map(str::len).max().unwrap();
    assert!(longest <= 998, "{what}: a line of {longest} octets");
    let header = text.split("\r\n\r\n").next().unwrap();
    assert!(header.is_ascii(), "{what}: {header}");
    for name in ["From", "To", "Date", "Message-ID", "MIME-Version", "Content-Type"] {
        let count = got.fields().iter().filter(|(known, _)| known == name).count();
        assert_eq!(count, 1, "{what}: {name} {count} times");
    }
    let id = got.must("Message-ID");
    assert!(id.starts_with('<') && id.ends_with("@relay.example.org>") && !id.contains(' '), "{what}: {id}");
}

fn odd_letters_arrive_as_proper_ones(engine: Engine) {
    let house = House::open(engine);
    let pairing = house.pair();
    let mut session = Session::open(house.smtp()).unwrap();
    let letters = odd(&pairing);
    for (what, draft) in &letters {
        let reply = session.send(draft).unwrap();
        assert_eq!(reply.code, 250, "{what}: {}", reply.text);
    }
    for (what, draft) in &letters {
        let got = house.sink.await_token(&draft.token);
        is_proper(what, &got);
        let text = got.text();
        match *what {
            "eight-bit text" => assert!(text.contains("Snö och åska, Žluťoučký kůň 🐎"), "{text}"),
            "Latin-1" => assert!(text.contains("Snö och åska"), "{text}"),
            "lines of dots" => {
                assert!(text.contains("\n.\n..\n...\n.x") || text.contains("\n.\r\n..\r\n...\r\n.x"), "{text:?}");
            }
            "a line of 5000 signs" => assert_eq!(text.matches("word").count(), 1000, "{text}"),
            "a word of 5000 signs" => assert!(text.contains(&"w".repeat(5000)), "{} signs", text.len()),
            "lines that look like From" => assert!(text.contains("From here on"), "{text}"),
            "an eight-bit subject" => assert_eq!(got.subject(), "Snö i morgon"),
            "half a megabyte" => assert!(text.len() > 450_000, "{}", text.len()),
            _ => {}
        }
    }
}

fn people_with_addresses_beyond_ascii_get_their_letters(engine: Engine) {
    let house = House::open(engine);
    let volunteer = "fridå@example.com";
    let alias = house.enrol_volunteer("Fridå", volunteer, "frida");
    let pairing = house.open_pairing(&alias, volunteer, "Vinter", "anna@bücher.example");
    let draft =
        pairing.from_seeker().field("From", "<anna@xn--bcher-kva.example>").sent_from("anna@xn--bcher-kva.example");
    house.accept(&draft);
    let got = house.sink.await_token(&draft.token);
    assert_eq!(got.to, volunteer);
    is_proper("to an address beyond ASCII", &got);
    let answer = pairing.from_volunteer();
    house.accept(&answer);
    let got = house.sink.await_token(&answer.token);
    assert_eq!(got.from_name(), "Fridå");
    assert_eq!(got.to, "anna@xn--bcher-kva.example");
}
