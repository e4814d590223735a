//! The organisation's own contacts pass the rebuilder and the guard; whoever else is at the same hosts does not.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod support;

use brevbro_sanitise::{Identity, Outcome, rebuild};

const IDENTITY: &str = "[sender]\nnames=['Karin Lindblad']\naddresses=['karin.lindblad@example.org']\nphones=['08-123 45 60']\n\
    pseudonym='Vinter'\nalias='vinter-7k@relay.example.com'\n\
    [recipient]\npseudonym='Frida'\nalias='frida-2p@relay.example.com'\naddress='frida.private@example.net'\n\
    [relay]\ndomain='relay.example.com'\nlanguage='sv'\nspared=[SPARED]";

fn outcome_with(spared: &str, head: &str, text: &str) -> Outcome {
    let identity: Identity = toml::from_str(&IDENTITY.replace("SPARED", spared)).unwrap();
    let threads = support::key();
    let raw = format!(
        "{head}\nSubject: Hej\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\
         Content-Transfer-Encoding: 8bit\n\n{text}\n"
    );
    rebuild(raw.as_bytes(), &identity, &support::rules(&threads))
}

/// The finished text of a letter that must pass the guard.
fn passed(spared: &str, head: &str, text: &str) -> String {
    match outcome_with(spared, head, text) {
        Outcome::Clean(clean) => {
            assert!(support::read_back(clean.bytes()).contains(clean.text().trim_end()));
            clean.text().trim_end().to_owned()
        }
        other => panic!("{text}: {other:?}"),
    }
}

const OWN: &str = "'kontakt@example.org', 'Jour@Relay.example.com', '+46 8 123 45 67', 'https://www.example.org/stod', \
                   'Storgatan 5, 123 45 Lillby', '123 900 12 34', 'instagram.com/exempelstodet'";
/// A volunteer who writes from the organisation's own host: the host is learnt, and looked for everywhere.
const COLLEAGUE: &str = "From: Karin Lindblad <karin.lindblad@example.org>\nMessage-ID: <1@mail.example.org>";

#[test]
fn what_is_listed_stays_as_it_is_written() {
    for head in ["From: q7x2@post.invalid", COLLEAGUE, "From: Jouren <kontakt@example.org>"] {
        for text in [
            "Skriv till kontakt@example.org så svarar de.",
            "Mejla Kontakt@Example.ORG, eller <jour@relay.example.com>.",
            "(kontakt@example.org)",
            "mailto:kontakt@example.org?subject=hej",
            "Ring 08-123 45 67 eller +46 (0)8 123 45 67.",
            "Läs på https://www.example.org/stod och https://instagram.com/exempelstodet",
            "Kom till Storgatan 5, 123 45 Lillby på tisdag.",
            "Swisha en slant till 123 900 12 34, tack.",
            "Det är jag, vinter-7k@relay.example.com, och du är frida-2p@relay.example.com.",
        ] {
            assert_eq!(passed(OWN, head, text), text, "{head}");
        }
    }
}

#[test]
fn a_listed_host_frees_its_mailboxes_and_nobody_known() {
    for spared in ["'example.org'", "'@example.org'", "'https://example.org/'"] {
        let text = "Skriv till stod@example.org eller info@post.example.org, se https://example.org/hjalp";
        assert_eq!(passed(spared, "From: q7x2@post.invalid", text), text, "{spared}");
        let known =
            passed(spared, COLLEAGUE, "Min egen är karin.lindblad@example.org, sidan example.org/karin.lindblad");
        assert!(!known.to_lowercase().contains("karin") && !known.contains("lindblad"), "{spared}: {known}");
    }
}

#[test]
fn what_is_not_listed_goes() {
    for (text, left) in [
        ("Skriv till annan@example.org.", "Skriv till [e-postadress]."),
        ("Skriv till kontakt@example.organ.example.net!", "Skriv till [e-postadress]!"),
        ("minkontakt@example.org är min", "[e-postadress] är min"),
        ("nagon-9x@relay.example.com är min systers", "[e-postadress] är min systers"),
        ("postmaster@relay.example.com", "[e-postadress]"),
        ("Ring 08-123 45 60 hem", "Ring [telefonnummer] hem"),
        ("https://instagram.com/exempelstodet2", "[profil]"),
    ] {
        assert_eq!(passed(OWN, "From: q7x2@post.invalid", text), left);
    }
    let none = passed("", "From: q7x2@post.invalid", "Skriv till kontakt@example.org, ring 08-123 45 67.");
    assert_eq!(none, "Skriv till [e-postadress], ring [telefonnummer].");
}

#[test]
fn a_listed_number_that_somebody_writes_from_stays_too() {
    let text = "Ring 08-123 45 60 på dagtid.";
    assert_eq!(passed("'08-123 45 60'", COLLEAGUE, text), text);
}
