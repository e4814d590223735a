//! Letters as clients write them, each a folder: `in.eml`, `identity.toml`, and what comes of it.
//!
//! `UPDATE_GOLDEN=1` writes `out.eml` and `report.json` anew; read the difference before it is committed.
//! A letter that may not be sent has `outcome` instead of `out.eml`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

mod support;

use brevbro_sanitise::{Identity, Outcome, rebuild};
use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail");
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

fn identity(case: &Path) -> Identity {
    let own = case.join("identity.toml");
    toml::from_str(&fs::read_to_string(own).unwrap()).unwrap()
}

/// The files a case should have, with their contents.
fn produced(case: &Path) -> Vec<(&'static str, Vec<u8>)> {
    let threads = support::key();
    let raw = fs::read(case.join("in.eml")).unwrap();
    let json = |report: &brevbro_sanitise::Report| (serde_json::to_string_pretty(report).unwrap() + "\n").into_bytes();
    match rebuild(&raw, &identity(case), &support::rules(&threads)) {
        Outcome::Clean(clean) => vec![("report.json", json(clean.report())), ("out.eml", clean.into_bytes())],
        Outcome::Refused(refusal) => vec![("outcome", format!("refused: {refusal:?}\n").into_bytes())],
        Outcome::Quarantine(clean) => {
            vec![("report.json", json(clean.report())), ("outcome", b"quarantined\n".to_vec())]
        }
    }
}

#[test]
fn every_case_comes_out_as_it_was_read_and_approved() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    for case in cases() {
        for name in ["out.eml", "report.json", "outcome"] {
            let wanted = produced(&case).into_iter().find(|(file, _)| *file == name).map(|(_, content)| content);
            let path = case.join(name);
            let there = fs::read(&path).ok();
            if there == wanted {
                continue;
            }
            match wanted {
                Some(content) if update => fs::write(&path, content).unwrap(),
                None if update => fs::remove_file(&path).unwrap(),
                _ => wrong.push(path),
            }
        }
    }
    assert!(wrong.is_empty(), "not as approved: {wrong:#?}");
}

#[test]
fn there_are_enough_cases() {
    assert!(cases().len() >= 40, "{}", cases().len());
}

#[test]
fn a_clean_letter_comes_out_the_same_text() {
    let threads = support::key();
    for case in cases() {
        let raw = fs::read(case.join("in.eml")).unwrap();
        let Outcome::Clean(once) = rebuild(&raw, &identity(&case), &support::rules(&threads)) else { continue };
        // The hop token would stop the letter; a second relay has another key.
        let again = String::from_utf8(once.bytes().to_vec()).unwrap().replace("X-Hop: ", "X-Other: ");
        let Outcome::Clean(twice) = rebuild(again.as_bytes(), &identity(&case), &support::rules(&threads)) else {
            assert!(again.contains("Auto-Submitted"), "{}", case.display());
            continue;
        };
        assert_eq!(body(once.bytes()), body(twice.bytes()), "{}", case.display());
    }
}

fn body(letter: &[u8]) -> String {
    let text = support::read_back(letter);
    text.rsplit("X-Hop").next().unwrap().to_owned().split_once("\n\n").map(|(_, t)| t.to_owned()).unwrap_or_default()
}
