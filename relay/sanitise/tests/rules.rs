//! What holds for every letter: loops stop, threads hold both ways, dates are sound, the guard has the last word.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod support;

use brevbro_core::address::EmailAddr;
use brevbro_core::party::Side;
use brevbro_core::reply::Refusal;
use brevbro_sanitise::report::{HitKind, Layer, Seen};
use brevbro_sanitise::{Clean, Identity, Outcome, Rules, hop, letter, rebuild};

fn identity() -> Identity {
    let text = "[sender]\nnames=['Anna Karlsson']\naddresses=['anna.karlsson@example.net']\nphones=['070-174 06 05']\npseudonym='Vinter'\n\
                alias='vinter-7k@relay.example.org'\n[recipient]\npseudonym='Frida'\nalias='frida@relay.example.org'\n\
                [relay]\ndomain='relay.example.org'";
    toml::from_str(text).unwrap()
}

fn clean(raw: &str, rules: &Rules<'_>) -> Clean {
    match rebuild(raw.as_bytes(), &identity(), rules) {
        Outcome::Clean(clean) => clean,
        other => panic!("{other:?}"),
    }
}

fn field(clean: &Clean, name: &str) -> Option<String> {
    let letter = letter::read(clean.bytes(), &brevbro_sanitise::Limits::default()).unwrap();
    match name {
        "In-Reply-To" => letter.in_reply_to().first().map(|id| (*id).to_owned()),
        _ => letter.references().last().map(|id| (*id).to_owned()),
    }
}

#[test]
fn a_letter_that_comes_back_is_stopped() {
    let threads = support::key();
    let rules = support::rules(&threads);
    let once = clean("From: anna.karlsson@example.net\nSubject: x\n\nHej\n", &rules);
    let again = letter::read(once.bytes(), &rules.limits).unwrap();
    assert!(hop::is_ours(threads.tokens(), &again.hop().unwrap()));
    assert!(matches!(rebuild(once.bytes(), &identity(), &rules), Outcome::Refused(Refusal::Loop)));
    let forged = "From: anna.karlsson@example.net\nX-Hop: abcdefgh\n\nHej\n";
    assert!(!clean(forged, &rules).bytes().windows(8).any(|w| w == b"abcdefgh"), "a foreign token is not passed on");
}

#[test]
fn a_thread_holds_over_a_year_of_answers() {
    let threads = support::key();
    let seeker = support::rules(&threads);
    let mut volunteer = seeker;
    volunteer.scope.author = Side::Volunteer;
    let from = "From: anna.karlsson@example.net\n";
    let mut parent =
        clean(&format!("{from}Message-ID: <s0@home.example.net>\n\nHej\n"), &seeker).message_id().to_owned();
    for turn in 1..40 {
        let (rules, own) = if turn % 2 == 0 { (&seeker, "s") } else { (&volunteer, "v") };
        let raw = format!(
            "{from}Message-ID: <{own}{turn}@home.example.net>\nIn-Reply-To: <{parent}>\nReferences: <{parent}>\n\nHej\n"
        );
        let answer = clean(&raw, rules);
        let other = if own == "s" { "v" } else { "s" };
        let known = format!("{other}{}@home.example.net", turn - 1);
        assert_eq!(field(&answer, "In-Reply-To"), Some(known.clone()));
        assert_eq!(field(&answer, "References"), Some(known));
        answer.message_id().clone_into(&mut parent);
        assert!(parent.ends_with("@relay.example.org") && !parent.contains("home"));
    }
}

#[test]
fn dates_are_the_writers_own_in_utc_or_the_present() {
    let threads = support::key();
    let rules = support::rules(&threads);
    let date = |written: &str| {
        let raw = format!("From: anna.karlsson@example.net\nDate: {written}\n\nHej\n");
        let bytes = clean(&raw, &rules).into_bytes();
        let text = String::from_utf8(bytes).unwrap();
        text.lines().find_map(|line| line.strip_prefix("Date: ").map(str::to_owned)).unwrap()
    };
    assert_eq!(date("Tue, 03 Nov 2026 14:05:07 +0545"), "Tue, 03 Nov 2026 08:20:07 +0000");
    for absurd in ["Tue, 03 Nov 2076 14:05:07 +0100", "Thu, 01 Jan 1970 00:00:00 +0000", "i går", ""] {
        assert_eq!(date(absurd), "Sat, 21 Nov 2026 12:00:00 +0000", "{absurd}");
    }
}

#[test]
fn the_guard_has_the_last_word() {
    let threads = support::key();
    let rules = support::rules(&threads);
    let mut careless = identity();
    careless.sender.alias = Some(EmailAddr::parse("anna.karlsson@relay.example.org").unwrap());
    let outcome = rebuild(b"From: anna.karlsson@example.net\n\nHej\n", &careless, &rules);
    let Outcome::Quarantine(kept) = outcome else { panic!("{outcome:?}") };
    let report = kept.report();
    assert!(report.guard().iter().any(|hit| hit.kind == HitKind::Name && hit.layer == Layer::Addresses));
    let json = serde_json::to_string(report).unwrap();
    assert!(!json.to_lowercase().contains("anna") && !json.contains('@'), "{json}");
}

#[test]
fn new_words_are_counted_without_quotes_and_signatures() {
    let threads = support::key();
    let raw = "From: anna.karlsson@example.net\n\n> Hur mår du?\n\nBra!\n\n-- \nAnna\n\nDen 3 nov. 2026 kl. 14:05 skrev F <f@example.org>:\n> x\n";
    let letter = clean(raw, &support::rules(&threads));
    assert_eq!(letter.text(), "Bra!\n");
    assert_eq!(letter.new_characters(), 5);
    assert!(support::read_back(letter.bytes()).contains("> Hur mår du?"));
    assert_eq!((letter.report().count(Seen::Signature), letter.report().count(Seen::Quoted)), (1, 2));
}

#[test]
fn nothing_of_a_letter_is_shown_by_debug() {
    let threads = support::key();
    let letter = clean("From: anna.karlsson@example.net\nSubject: hemligt\n\nhemligt\n", &support::rules(&threads));
    let shown = format!("{threads:?} {:?} {:?}", identity(), Outcome::Clean(letter));
    assert!(!shown.contains("hemligt") && !shown.contains("vinter"), "{shown}");
}

#[test]
fn an_empty_identity_still_gives_a_letter() {
    let threads = support::key();
    let outcome = rebuild(
        "From: Anna <anna@example.net>\n\nHej Bo, Anna här.\n".as_bytes(),
        &Identity::default(),
        &support::rules(&threads),
    );
    let Outcome::Clean(letter) = outcome else { panic!("{outcome:?}") };
    assert_eq!(letter.text(), "Hej Bo, [namn] här.\n");
    assert!(letter.bytes().starts_with(b"From: author@relay.invalid\r\nTo: reader@relay.invalid\r\n"));
}
