//! What templates say: no word that gives away, leads elsewhere or blames; every branch seen; all languages alike.

use crate::{CRATE, STAFF, each_rendered, may_reach_a_seeker};
use brevbro_core::notice::Notice;
use brevbro_core::party::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Words that tell what the service is, name its machinery or the other side's, lead elsewhere, or blame.
const FORBIDDEN: &[&str] = &[
    "bounce",
    "smtp",
    "dsn",
    "mailer",
    "daemon",
    "server",
    "alias",
    "relay",
    "spam",
    "error",
    "felkod",
    "fejlkode",
    "feilkode",
    "status",
    "5.1.1",
    "550",
    "http",
    "www.",
    "://",
    "mailto",
    "<",
    "@",
    "!",
    "våld",
    "vold",
    "violen",
    "övergrepp",
    "overgreb",
    "overgrep",
    "abuse",
    "kris",
    "crisis",
    "jour",
    "volontär",
    "frivillig",
    "volunteer",
    "misslyck",
    "failed",
    "invalid",
    "ogiltig",
    "ugyldig",
    "blocked",
    "blockera",
    "blokke",
    "studs",
    "full brevlåda",
    "mailbox full",
    "gmail",
    "hotmail",
    "outlook",
    "icloud",
    "klicka",
    "klikk",
    "klik ",
    "click",
    "omedelbart",
    "urgent",
];

/// What is said although it is forbidden: the word a volunteer answers with.
const SAID_NEVERTHELESS: [(&str, &str); 1] = [("en/week_full.txt", "urgent")];

/// What a subject in a seeker's inbox must not say either: whoever looks over her shoulder reads it (P10).
const NOT_IN_A_SUBJECT: &[&str] = &[
    "stöd",
    "støtte",
    "support",
    "hjälp",
    "hjelp",
    "hjælp",
    "help",
    "samordn",
    "koordin",
    "coordin",
    "paus",
    "stop",
    "radera",
    "slett",
    "erase",
    "kontakt",
    "contact",
    "organisation",
    "organisasjon",
    "programme",
];

/// A template's pieces of text and its tags: what it shows, asks and repeats.
fn parts(source: &str) -> (Vec<&str>, BTreeSet<&str>) {
    let (mut pieces, mut tags) = (Vec::new(), BTreeSet::new());
    let mut rest = source;
    while let Some(start) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let end = start + rest[start..].find("}}").into_iter().chain(rest[start..].find("%}")).min().unwrap();
        pieces.push(&rest[..start]);
        tags.insert(rest[start + 2..end].trim_matches(['-', ' ']));
        rest = &rest[end + 2..];
    }
    pieces.push(rest);
    (pieces, tags)
}

fn source(language: Language, file: &str) -> String {
    let path = format!("{CRATE}/../../templates/mail/{language}/{file}");
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Every template of a language.
fn files() -> Vec<String> {
    let parts = |name: &&str| [format!("{name}.subject"), format!("{name}.txt")];
    Notice::NAMES.iter().flat_map(parts).chain(["item_kind.txt".to_owned()]).collect()
}

#[test]
fn no_template_says_what_must_not_be_said() {
    for language in Language::ALL {
        for file in files() {
            let place = format!("{language}/{file}");
            let text = source(language, &file);
            let said = parts(&text).0.join("\n").to_lowercase();
            for word in FORBIDDEN.iter().filter(|word| !SAID_NEVERTHELESS.contains(&(place.as_str(), **word))) {
                assert!(!said.contains(word), "{place} says {word:?}");
            }
            assert!(text.ends_with('\n') && !text.ends_with("\n\n") && !text.contains('\r'), "{place}");
        }
    }
}

#[test]
fn subjects_in_a_seekers_inbox_tell_nothing() {
    each_rendered(|sample, language, rendered| {
        if may_reach_a_seeker(sample.notice.name()) {
            let lower = rendered.subject.to_lowercase();
            for word in NOT_IN_A_SUBJECT.iter().chain(FORBIDDEN) {
                assert!(!lower.contains(word), "{language}/{} says {word:?}", sample.name);
            }
        }
    });
}

/// The address to write to stands in the first letter; nothing else can be followed anywhere.
#[test]
fn nothing_leads_elsewhere_but_staff_to_their_pages() {
    each_rendered(|sample, language, rendered| {
        let name = sample.notice.name();
        if !STAFF.contains(&name) {
            let said = rendered.text.replace("lykta@example.org", "");
            assert!(!said.contains("://") && !said.contains('@'), "{language}/{}", sample.name);
        }
    });
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_branch_of_every_template_is_seen_in_a_sample() {
    let mut seen = BTreeMap::<(Language, String), String>::new();
    each_rendered(|sample, language, rendered| {
        let name = sample.notice.name();
        for (file, text) in [
            (format!("{name}.subject"), &rendered.subject),
            (format!("{name}.txt"), &rendered.text),
            ("item_kind.txt".to_owned(), &rendered.text),
        ] {
            let all = seen.entry((language, file)).or_default();
            all.push_str(&words(text));
            all.push('\n');
        }
    });
    for ((language, file), seen) in seen {
        for piece in parts(&source(language, &file)).0 {
            let piece = words(piece);
            assert!(seen.contains(&piece), "{language}/{file}: no sample shows {piece:?}");
        }
    }
}

#[test]
fn every_language_says_the_same_facts() {
    for file in files() {
        let swedish = source(Language::Swedish, &file);
        for language in Language::ALL {
            let own = source(language, &file).replace(&format!("{language}/item_kind"), "sv/item_kind");
            let (own, swedish) = (parts(&own).1, parts(&swedish).1);
            let differing: Vec<_> = own.symmetric_difference(&swedish).collect();
            assert!(differing.is_empty(), "{language}/{file}: {differing:?}");
        }
    }
}
