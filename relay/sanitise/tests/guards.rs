//! The traps of the parser we build on, one test a row, so that a change of parser is provable.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod support;

use brevbro_core::reply::Refusal;
use brevbro_sanitise::{Identity, Outcome, rebuild};
use std::fmt::Write as _;
use std::sync::OnceLock;
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

/// What this thread alone has worked: other work on the machine does not count.
fn worked() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let on_core = told.and_then(|told| told.split(' ').next()?.parse().ok()).map(Duration::from_nanos);
    on_core.unwrap_or_else(|| START.get_or_init(Instant::now).elapsed())
}

/// The least of two tries.
fn cost(work: impl Fn()) -> Duration {
    let once = || {
        let start = worked();
        work();
        worked().saturating_sub(start)
    };
    once().min(once())
}

/// Four times as much of a hostile shape costs four times as much, not sixteen times: both are measured in the same
/// run, so that no machine is too slow, and none too busy.
fn is_linear(shape: impl Fn(usize) -> String) {
    let cost_of = |quarters: usize| {
        let raw = shape(quarters);
        cost(|| drop(outcome(&raw, &Identity::default())))
    };
    let (small, large) = (cost_of(1), cost_of(4));
    let head = || shape(1).chars().take(200).collect::<String>();
    assert!(large <= 9 * small + Duration::from_millis(40), "{small:?} {large:?} {}", head());
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
    let sections = |count: usize| {
        let mut raw = String::from("From: a@example.org\r\nContent-Type: text/plain");
        (0..count).for_each(|n| write!(raw, ";\r\n name*{n}=x").unwrap());
        raw + "\r\n\r\nhej"
    };
    assert_eq!(refusal(&sections(8_000)), Some(Refusal::TooComplex));
    assert!(matches!(outcome(&sections(3_000), &Identity::default()), Outcome::Clean(_)));
    is_linear(|quarters| sections(750 * quarters));
}

#[test]
fn hundreds_of_thousands_of_parts_are_refused_at_once() {
    let parts = |count: usize| {
        let head = "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n";
        format!("{head}{}--b--", "--b\n\n\n".repeat(count))
    };
    assert_eq!(refusal(&parts(200_000)), Some(Refusal::TooComplex));
    is_linear(|quarters| parts(50_000 * quarters));
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
fn hostile_shapes_cost_in_proportion() {
    for number in 0..shapes(1).len() {
        is_linear(|quarters| shapes(quarters).swap_remove(number));
    }
}

/// Hostile letters, each of so many quarters of its full size.
fn shapes(quarters: usize) -> Vec<String> {
    let head = "From: a@example.org\n";
    let html = format!("{head}Content-Type: text/html\n\n");
    let nested = format!(
        "{head}Content-Type: multipart/mixed; boundary=b\n\n{}",
        "--b\nContent-Type: multipart/mixed; boundary=c\n\nx\n".repeat(quarters * 100)
    );
    vec![
        format!("{html}<a {}>x", "a=1 ".repeat(quarters * 50_000)),
        format!("{html}{}", "<!--\n".repeat(quarters * 50_000)),
        format!("{html}{}x", "<!-- -->".repeat(quarters * 25_000)),
        format!("{html}{}x", "<div>".repeat(quarters * 50_000)),
        format!("{html}{}x", "</p><p>".repeat(quarters * 25_000)),
        format!(
            "{html}<style>{}</style><p class='{}'>x",
            ".a{display:none}".repeat(quarters * 5_000),
            "b ".repeat(quarters * 12_500)
        ),
        format!("{html}{}", "&amp".repeat(quarters * 50_000)),
        format!("{html}{}", "<a href='https://x.example.org/?q=1'>y".repeat(quarters * 5_000)),
        format!("{head}\n{}", "Från: a\nTill: b\nÄmne: c\n".repeat(quarters * 7_500)),
        format!("{head}\n{}", "Den 3 nov. 2026 kl. 14:05 skrev A <a@b.example.org>:\n".repeat(quarters * 2_500)),
        format!("{head}\n{}", "-- \n".repeat(quarters * 50_000)),
        format!("{head}\n{}", "> ".repeat(quarters * 100_000)),
        format!("{head}\n{}", "@".repeat(quarters * 100_000)),
        format!("{head}\n{}", "a@b.example.org ".repeat(quarters * 5_000)),
        format!("{head}\n{}", "1 ".repeat(quarters * 100_000)),
        format!("{head}\n{}", "%25".repeat(quarters * 50_000)),
        format!("{head}\n{}", "https://x.example.org/?a=b ".repeat(quarters * 5_000)),
        format!("{head}\n{}", "-----BEGIN PGP MESSAGE-----\n".repeat(quarters * 5_000)),
        format!("{head}\n{}", "[image:".repeat(quarters * 25_000)),
        format!("{head}Subject: {}\n\nx", "=?utf-8?Q?".repeat(quarters * 1_250)),
        format!("{head}References: {}\n\nx", "<".repeat(quarters * 15_000)),
        nested,
    ]
}
