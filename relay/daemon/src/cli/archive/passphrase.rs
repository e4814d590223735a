//! Where a passphrase comes from: a file, or a person at the terminal whose keys are not shown.

use crate::cli::{Exit, Failure};
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use zeroize::Zeroizing;

/// Fewer characters are guessed by a machine.
const SHORTEST: usize = 12;

/// The passphrase of a key that exists.
pub(super) fn known(file: Option<&Path>) -> Result<Zeroizing<String>, Failure> {
    match file {
        Some(file) => of_file(file),
        None => asked("Passphrase: "),
    }
}

/// A passphrase for a new key.
pub(super) fn new(file: Option<&Path>) -> Result<Zeroizing<String>, Failure> {
    let passphrase = file.map_or_else(asked_twice, of_file)?;
    if passphrase.chars().count() < SHORTEST {
        let advice = "Take at least twelve characters; four words nobody would put together are good.";
        return Err(Failure::data("the passphrase is too short", advice));
    }
    Ok(passphrase)
}

fn of_file(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = std::fs::read_to_string(file).map(Zeroizing::new).map_err(|error| {
        Failure::data(
            format!("{} cannot be read: {error}", file.display()),
            "Write the passphrase into it, on one line.",
        )
    })?;
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}

/// Nobody sees what is typed, so a slip of the finger would lock the key for ever.
fn asked_twice() -> Result<Zeroizing<String>, Failure> {
    let first = asked("New passphrase: ")?;
    if *first == *asked("Once more: ")? {
        Ok(first)
    } else {
        Err(Failure::data("the two are not the same", "Nothing was written; try again."))
    }
}

fn asked(question: &str) -> Result<Zeroizing<String>, Failure> {
    if !io::stdin().is_terminal() {
        let advice = "Give --passphrase-file, or run this at a terminal.";
        return Err(Failure::new(Exit::Usage, "there is nobody to ask for the passphrase", advice));
    }
    let mut screen = io::stderr().lock();
    screen.write_all(question.as_bytes())?;
    screen.flush()?;
    let unseen = Unseen::begin();
    let mut line = Zeroizing::new(String::new());
    let read = io::stdin().lock().read_line(&mut line);
    drop(unseen);
    screen.write_all(b"\n")?;
    read?;
    Ok(Zeroizing::new(line.trim_end_matches(['\r', '\n']).to_owned()))
}

/// While this lives the terminal does not show what is typed.
struct Unseen;

impl Unseen {
    fn begin() -> Self {
        echo("-echo");
        Self
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        echo("echo");
    }
}

/// `stty` is on every system with terminals (POSIX); where it fails the keys are seen, which is better than no way in.
fn echo(how: &str) {
    let _ = Command::new("stty").arg(how).stdin(Stdio::inherit()).stdout(Stdio::null()).stderr(Stdio::null()).status();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_the_first_line_and_long_enough() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("passphrase");
        std::fs::write(&file, "seven brown horses\r\nand a remark\n").unwrap();
        assert_eq!(new(Some(&file)).unwrap().as_str(), "seven brown horses");
        assert_eq!(known(Some(&file)).unwrap().as_str(), "seven brown horses");
        std::fs::write(&file, "short\n").unwrap();
        assert!(new(Some(&file)).is_err());
        assert!(new(Some(&folder.path().join("nothing"))).is_err());
    }
}
