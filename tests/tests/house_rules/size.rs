//! Small files, small functions, a first sentence for each file, and nothing left lying about.

use crate::scan::functions;
use crate::tree::{files, none, rust};

const FILE_HARD: usize = 500;
const FILE_P90: usize = 350;
const FUNCTION_HARD: usize = 80;
const FUNCTION_P90: usize = 40;

fn p90(mut all: Vec<usize>) -> usize {
    all.sort_unstable();
    all[(all.len() - 1) * 9 / 10]
}

#[test]
fn files_are_small() {
    let lengths: Vec<(usize, String)> = rust().into_iter().map(|f| (f.text.lines().count(), f.path)).collect();
    let long = lengths.iter().filter(|(n, _)| *n > FILE_HARD).map(|(n, path)| format!("{path}: {n} lines"));
    none(&format!("files over {FILE_HARD} lines"), &long.collect::<Vec<_>>());
    let p90 = p90(lengths.into_iter().map(|(n, _)| n).collect());
    assert!(p90 <= FILE_P90, "nine files in ten should have at most {FILE_P90} lines, and they have {p90}");
}

#[test]
fn functions_are_short() {
    let mut lengths = Vec::new();
    for file in rust() {
        lengths.extend(
            functions(&file.code()).into_iter().map(|(name, n)| (n, format!("{}: {name}, {n} lines", file.path))),
        );
    }
    let long = lengths.iter().filter(|(n, _)| *n > FUNCTION_HARD).map(|(_, said)| said.clone());
    none(&format!("functions over {FUNCTION_HARD} lines"), &long.collect::<Vec<_>>());
    let p90 = p90(lengths.into_iter().map(|(n, _)| n).collect());
    assert!(p90 <= FUNCTION_P90, "nine functions in ten should have at most {FUNCTION_P90} lines, and they have {p90}");
}

#[test]
fn every_file_begins_with_its_subject() {
    let bare = rust().into_iter().filter(|f| !f.text.starts_with("//! ")).map(|f| f.path);
    none("files whose first line is no `//!` sentence", &bare.collect::<Vec<_>>());
}

#[test]
fn nothing_is_left_over() {
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("X", "XX")];
    let calls = [concat!("to", "do!("), concat!("unimple", "mented!("), concat!("db", "g!("), concat!("#[ign", "ore]")];
    let mut found = Vec::new();
    for file in
        files(&[".rs", ".toml", ".md", ".html", ".sql", ".sh", ".py", ".txt", "Makefile", ".ci/run", "tests/install"])
    {
        for (number, line) in file.text.lines().enumerate() {
            let is_mark = |m: &str| line.split(|c: char| !c.is_alphanumeric()).any(|word| word == m);
            let is_call = |c: &str| file.is_rust() && line.contains(c);
            if marks.into_iter().any(is_mark) || calls.into_iter().any(is_call) {
                found.push(format!("{}:{}", file.path, number + 1));
            }
        }
    }
    none("left-over marks", &found);
}

#[test]
fn exceptions_to_lints_say_why() {
    let mut silent = Vec::new();
    for file in rust() {
        let code = file.code();
        for word in ["allow(", "expect("] {
            let attributes = code.match_indices(word).filter(|(at, _)| is_in_attribute(&code[..*at]));
            for (at, _) in attributes {
                let end = code[at..].find(']').map_or(code.len(), |e| at + e);
                if !code[at..end].contains("reason =") {
                    silent.push(format!("{}:{}", file.path, code[..at].lines().count()));
                }
            }
        }
    }
    none("lints allowed without a reason", &silent);
}

/// Whether the text so far ends inside `#[…` or `#![…`.
fn is_in_attribute(before: &str) -> bool {
    let open = before.rfind("#[").max(before.rfind("#!["));
    open.is_some_and(|o| !before[o..].contains(']'))
}

#[test]
fn names_say_what_a_thing_is() {
    const EMPTY: [&str; 8] = ["util", "utils", "helper", "helpers", "manager", "common", "misc", "stuff"];
    const VERBS: [&str; 3] = ["get_", "handle_", "process_"];
    let mut found = Vec::new();
    for file in rust() {
        let mut names = file.path.trim_end_matches(".rs").split('/');
        if names.any(|n| EMPTY.contains(&n)) {
            found.push(file.path.clone());
        }
        let empty = functions(&file.code()).into_iter().filter(|(name, _)| VERBS.iter().any(|v| name.starts_with(v)));
        found.extend(empty.map(|(name, _)| format!("{}: fn {name}", file.path)));
    }
    none("names that say nothing", &found);
}
