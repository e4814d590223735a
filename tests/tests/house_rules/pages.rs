//! The pages: every command they show exists, and the generated ones are fresh.

use crate::tree::{files, none, top};
use std::path::PathBuf;
use std::process::Command;

/// Every command in the fenced `sh` blocks of the pages, with its page.
fn commands() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for file in files(&[".md"]) {
        let mut inside = false;
        for line in file.text.lines() {
            match line.trim() {
                "```sh" => inside = true,
                "```" => inside = false,
                line if inside => found.push((file.path.clone(), line.trim_start_matches("$ ").to_owned())),
                _ => {}
            }
        }
    }
    found
}

/// The words of a command after settings such as `NAME=value`, `sudo -u somebody` and `--config FILE`.
fn words(command: &str) -> Vec<&str> {
    let mut words: Vec<&str> = command.split_whitespace().collect();
    let is_setting = |w: &&str| w.contains('=') && !w.starts_with('-');
    words.drain(..words.iter().take_while(|w| is_setting(w)).count());
    if words.first() == Some(&"sudo") {
        words.drain(..if words.get(1) == Some(&"-u") { 3.min(words.len()) } else { 1 });
    }
    if words.get(1) == Some(&"--config") {
        words.drain(1..3.min(words.len()));
    }
    words
}

#[test]
fn commands_are_read_through_their_wrapping() {
    assert_eq!(words("A=1 make demo"), ["make", "demo"]);
    assert_eq!(words("sudo -u me brevbro --config f.toml pairing list"), ["brevbro", "pairing", "list"]);
    assert_eq!(words("sudo systemctl reload brevbro"), ["systemctl", "reload", "brevbro"]);
}

#[test]
fn every_make_target_that_is_shown_exists() {
    let makefile = std::fs::read_to_string(top().join("Makefile")).unwrap();
    let exists = |target: &str| makefile.lines().any(|l| l.starts_with(&format!("{target}:")));
    let mut missing = Vec::new();
    let mut seen = 0;
    for (page, command) in commands() {
        if let ["make", target, ..] = words(&command)[..] {
            seen += 1;
            if !exists(target) {
                missing.push(format!("{page}: make {target}"));
            }
        }
    }
    none("make targets that do not exist", &missing);
    assert!(seen >= 2, "the README shows neither of its two commands");
}

/// The binary beside this test, once `cargo build` or `cargo test --workspace` has made it.
fn binary() -> Option<PathBuf> {
    let test = std::env::current_exe().ok()?;
    let path = test.parent()?.parent()?.join("brevbro");
    path.exists().then_some(path)
}

fn help(binary: &PathBuf, subcommand: Option<&str>) -> String {
    let output = Command::new(binary).args(subcommand).arg("--help").output().expect("brevbro --help runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Whether a help page lists a word as a command.
fn lists(help: &str, word: &str) -> bool {
    help.lines().any(|l| l.starts_with("  ") && l.split_whitespace().next() == Some(word))
}

#[test]
fn every_brevbro_command_that_is_shown_exists() {
    let Some(binary) = binary() else { return };
    let top_help = help(&binary, None);
    let is_word = |w: &&str| w.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !w.starts_with('-');
    let mut missing = Vec::new();
    for (page, command) in commands() {
        let words = words(&command);
        let ["brevbro", first, ref rest @ ..] = words[..] else { continue };
        if !is_word(&first) {
            continue;
        }
        let inner = help(&binary, Some(first));
        let second = rest.first().filter(|w| is_word(w) && inner.contains("Commands:"));
        if !lists(&top_help, first) || second.is_some_and(|w| !lists(&inner, w)) {
            missing.push(format!("{page}: {command}"));
        }
    }
    none("commands that brevbro does not know", &missing);
}

#[test]
fn the_configuration_page_is_fresh() {
    let page = std::fs::read_to_string(top().join("docs/configuration.md")).unwrap();
    let fresh = brevbro::config::reference::markdown();
    assert!(page == fresh, "docs/configuration.md is stale: run `make docs`");
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut broken = Vec::new();
    for file in files(&[".md"]) {
        let folder = top().join(&file.path).parent().unwrap().to_owned();
        for target in file.text.split("](").skip(1).filter_map(|t| t.split_once(')').map(|(t, _)| t)) {
            let path = target.split('#').next().unwrap_or_default();
            if !path.is_empty() && !path.contains("://") && !folder.join(path).exists() {
                broken.push(format!("{}: {target}", file.path));
            }
        }
    }
    none("broken links", &broken);
}
