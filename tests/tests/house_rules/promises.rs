//! What identifies a person cannot be printed, and what the sources cite can be looked up.

use crate::tree::{files, none, rust, top};

#[test]
fn an_address_has_no_printed_form() {
    let mut found = Vec::new();
    for file in rust() {
        let code = file.code();
        for made in ["Display for EmailAddr", "Serialize for EmailAddr", "ToString for EmailAddr"] {
            if code.contains(made) {
                found.push(format!("{}: {made}", file.path));
            }
        }
        for (at, _) in code.match_indices("struct EmailAddr") {
            let derived = code[..at].rfind("#[derive(").map_or("", |d| &code[d..at]);
            if ["Serialize", "Debug", "Display"].iter().any(|d| derived.contains(d)) {
                found.push(format!("{}: a derive prints EmailAddr", file.path));
            }
        }
    }
    none("an address could be printed by accident", &found);
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let places = [concat!("/wo", "rk/"), concat!("sha", "red/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
    let mut found = Vec::new();
    for file in files(&[]) {
        if file.path.ends_with("Cargo.lock") {
            continue;
        }
        for (number, line) in file.text.lines().enumerate() {
            found.extend(
                places.iter().filter(|p| line.contains(**p)).map(|p| format!("{}:{} has {p}", file.path, number + 1)),
            );
        }
    }
    none("paths of one machine", &found);
}

/// A promise is cited as P4, a programme's rule as S25, always in round brackets.
fn cited(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for group in text.split('(').skip(1).filter_map(|g| g.split_once(')').map(|(inner, _)| inner)) {
        for word in group.split(|c: char| !c.is_alphanumeric()) {
            let is_number = word.len() > 1 && word.is_ascii() && word[1..].bytes().all(|b| b.is_ascii_digit());
            if is_number && matches!(word.as_bytes()[0], b'P' | b'S') {
                found.push(word.to_owned());
            }
        }
    }
    found
}

#[test]
fn every_rule_that_is_cited_can_be_looked_up() {
    let page = std::fs::read_to_string(top().join("docs/promises.md")).unwrap();
    let mut missing = Vec::new();
    for file in rust() {
        let comments = file.text.lines().filter(|l| l.trim_start().starts_with("//"));
        let unknown = comments.flat_map(cited).filter(|rule| !page.contains(&format!("| {rule} |")));
        missing.extend(unknown.map(|rule| format!("{} cites {rule}", file.path)));
    }
    none("rules that docs/promises.md does not explain", &missing);
    assert_eq!(cited("fn x() kept (P4, S25) and (see P9; RFC 1035 S) (Ps)"), ["P4", "S25", "P9"]);
}
