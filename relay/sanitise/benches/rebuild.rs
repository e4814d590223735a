//! How long a letter takes, beside what mail-parser takes for parsing it alone.

#![allow(clippy::print_stdout, reason = "a benchmark's only product is what it prints")]

mod support;

use brevbro_sanitise::identity::{Identity, Party};
use brevbro_sanitise::{Outcome, ThreadKey, rebuild};
use std::hint::black_box;
use support::median;

const PROSE: &str =
    "Hej Frida! I dag var det en lång dag på jobbet, och jag tänkte på det du skrev om att vila ibland.\r\n";

fn plain(size: usize) -> Vec<u8> {
    let head = "From: Anna Karlsson <anna.karlsson@example.net>\r\nTo: frida@relay.example.org\r\nSubject: Hej\r\n\
                Date: Tue, 03 Nov 2026 14:05:07 +0100\r\nMessage-ID: <x@mail.example.net>\r\nMIME-Version: 1.0\r\n\
                Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n";
    let text = PROSE.repeat(size.saturating_sub(head.len()) / PROSE.len());
    format!("{head}{text}\r\nAnna\r\n").into_bytes()
}

fn alternative(size: usize) -> Vec<u8> {
    let text = PROSE.repeat(size / 3 / PROSE.len());
    let html = format!("<div><p style=\"color:#000\"><b>{}</b></p></div>\r\n", PROSE.trim_end())
        .repeat(size * 2 / 3 / (PROSE.len() + 50));
    format!(
        "From: Anna Karlsson <anna.karlsson@example.net>\r\nSubject: Hej\r\nMessage-ID: <x@mail.example.net>\r\n\
         Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n\
         --b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n--b--\r\n"
    )
    .into_bytes()
}

fn identity() -> Identity {
    let sender = Party {
        names: vec!["Anna Karin Karlsson".into()],
        addresses: vec!["anna.karlsson@example.net".into()],
        phones: vec!["+46 70 174 06 05".into()],
        other: vec!["Storgatan 12".into()],
        pseudonym: Some("Vinter".into()),
        ..Party::default()
    };
    let recipient = Party { address: Some("frida.private@example.com".into()), ..Party::default() };
    Identity { sender, recipient, ..Identity::default() }
}

fn main() {
    let threads = ThreadKey::new([7; 64]);
    let rules = support::rules(&threads);
    let identity = identity();
    println!("{:<24} {:>10} {:>12} {:>12} {:>7}", "letter", "octets", "parse only", "rebuild", "ratio");
    for (name, letter) in
        [("2 KB plain", plain(2048)), ("36 KB plain", plain(36 * 1024)), ("36 KB alternative", alternative(36 * 1024))]
    {
        // cargo passes `--bench`; any other argument chooses letters by their name.
        if std::env::args().skip(1).any(|wanted| !wanted.starts_with('-') && !name.contains(&wanted)) {
            continue;
        }
        assert!(matches!(rebuild(&letter, &identity, &rules), Outcome::Clean(_)), "{name} is no clean letter");
        let parsed = median(201, || drop(black_box(mail_parser::MessageParser::default().parse(black_box(&letter)))));
        let rebuilt = median(201, || drop(black_box(rebuild(black_box(&letter), &identity, &rules))));
        let ratio = rebuilt.as_secs_f64() / parsed.as_secs_f64();
        println!("{name:<24} {:>10} {parsed:>12.1?} {rebuilt:>12.1?} {ratio:>7.1}", letter.len());
    }
}
