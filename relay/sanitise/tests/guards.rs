//! The traps of the parser we build on, one test a row, so that a change of parser is provable.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod support;

use brevbro_core::reply::Refusal;
use brevbro_sanitise::{Identity, Outcome, rebuild};
use std::fmt::Write as _;
use std::time::{Duration, Instant};

fn outcome(raw: &str, identity: &Identity) -> Outcome {
    let threads = support::key();
    rebuild(raw.as_bytes(), identity, &support::rules(&threads))
}

fn refusal(raw: &str) -> Option<Refusal> {
    match outcome(raw, &Identity::default()) {
        Outcome::Refused(refusal) => Some(refusal),
        _ => None,
    }
}

fn clean_text(raw: &str) -> String {
    match outcome(raw, &Identity::default()) {
        Outcome::Clean(clean) => clean.text().to_owned(),
        other => panic!("{other:?}"),
    }
}

/// Generous bounds for an unoptimised build on a busy machine; the quadratic behaviour they catch is far off.
fn within(limit: Duration, work: impl FnOnce()) {
    let start = Instant::now();
    work();
    assert!(start.elapsed() < limit, "{:?}", start.elapsed());
}

#[test]
fn a_name_with_a_blank_is_not_a_second_from() {
    let raw = "From: a@b.example.org\r\nFr om: c@d.example.org\r\n\r\nx";
    assert_eq!(refusal(raw), Some(Refusal::Malformed));
}

#[test]
fn a_boundary_in_the_middle_of_a_line_divides_nothing() {
    let raw = "From: a@example.org\r\nContent-Type: multipart/mixed; boundary=b5\r\n\r\n--b5\r\n\r\nbefore --b5 after WORDS\r\n\
               --b5 after MORE\r\n--b5--\r\n";
    assert_eq!(clean_text(raw), "before --b5 after WORDS\n--b5 after MORE\n");
}

#[test]
fn thousands_of_parameter_sections_cost_little() {
    let mut value = String::from("text/plain");
    for n in 0..32_000 {
        let _ = write!(value, ";\r\n name*{n}=x");
    }
    let raw = format!("From: a@example.org\r\nContent-Type: {value}\r\n\r\nhej");
    within(Duration::from_millis(500), || assert_eq!(refusal(&raw), Some(Refusal::TooComplex)));
    let short = format!("From: a@example.org\r\nContent-Type: {}\r\n\r\nhej", &value[..60_000]);
    within(Duration::from_millis(500), || assert!(matches!(outcome(&short, &Identity::default()), Outcome::Clean(_))));
}

#[test]
fn hundreds_of_thousands_of_parts_are_refused_at_once() {
    let raw = format!(
        "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n{}--b--",
        "--b\n\n\n".repeat(200_000)
    );
    within(Duration::from_millis(500), || assert_eq!(refusal(&raw), Some(Refusal::TooComplex)));
}

#[test]
fn no_blank_lines_at_the_end_so_that_signers_agree() {
    let raw = "From: a@example.org\r\n\r\nhej  \r\n \r\n\t\r\n\r\n";
    let Outcome::Clean(clean) = outcome(raw, &Identity::default()) else { panic!() };
    assert!(clean.bytes().ends_with(b"\r\n\r\nhej\r\n"));
}

#[test]
fn line_ends_in_a_pseudonym_start_no_field() {
    let mut identity = Identity::default();
    identity.sender.pseudonym = Some("Vinter\r\nX-Inj: 1\r\n\r\nbody".into());
    identity.recipient.pseudonym = Some("Frida\nBcc: x@example.org".into());
    let Outcome::Clean(clean) = outcome("From: a@example.com\r\nSubject: x\r\n y\r\n\r\nhej", &identity) else {
        panic!()
    };
    let text = String::from_utf8(clean.into_bytes()).unwrap();
    assert!(!text.contains("\nX-Inj") && !text.contains("\nBcc"), "{text}");
}

#[test]
fn hostile_shapes_cost_linear_time() {
    let head = "From: a@example.org\n";
    let html = format!("{head}Content-Type: text/html\n\n");
    let nested = format!(
        "{head}Content-Type: multipart/mixed; boundary=b\n\n{}",
        "--b\nContent-Type: multipart/mixed; boundary=c\n\nx\n".repeat(400)
    );
    let letters = [
        format!("{html}<a {}>x", "a=1 ".repeat(200_000)),
        format!("{html}{}", "<!--\n".repeat(200_000)),
        format!("{html}{}x", "<!-- -->".repeat(100_000)),
        format!("{html}{}x", "<div>".repeat(200_000)),
        format!("{html}{}x", "</p><p>".repeat(100_000)),
        format!("{html}<style>{}</style><p class='{}'>x", ".a{display:none}".repeat(20_000), "b ".repeat(50_000)),
        format!("{html}{}", "&amp".repeat(200_000)),
        format!("{html}{}", "<a href='https://x.example.org/?q=1'>y".repeat(20_000)),
        format!("{head}\n{}", "Från: a\nTill: b\nÄmne: c\n".repeat(30_000)),
        format!("{head}\n{}", "Den 3 nov. 2026 kl. 14:05 skrev A <a@b.example.org>:\n".repeat(10_000)),
        format!("{head}\n{}", "-- \n".repeat(200_000)),
        format!("{head}\n{}", "> ".repeat(400_000)),
        format!("{head}\n{}", "@".repeat(400_000)),
        format!("{head}\n{}", "a@b.example.org ".repeat(20_000)),
        format!("{head}\n{}", "1 ".repeat(400_000)),
        format!("{head}\n{}", "%25".repeat(200_000)),
        format!("{head}\n{}", "https://x.example.org/?a=b ".repeat(20_000)),
        format!("{head}\n{}", "-----BEGIN PGP MESSAGE-----\n".repeat(20_000)),
        format!("{head}\n{}", "[image:".repeat(100_000)),
        format!("{head}Subject: {}\n\nx", "=?utf-8?Q?".repeat(5_000)),
        format!("{head}References: {}\n\nx", "<".repeat(60_000)),
        nested,
    ];
    for letter in letters {
        within(Duration::from_secs(8), || {
            let _ = outcome(&letter, &Identity::default());
        });
    }
}
