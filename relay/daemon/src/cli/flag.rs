//! `brevbro flag`: what the rules see in a text, and the rules' own tests. No configuration, database or network.

use super::{Exit, Failure, output};
use brevbro_core::party::{Language, Side};
use brevbro_flags::{Checked, Flag as Seen, Letter, Refusal, Rules, Scan, explain, scan};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;

/// A text, or something about the rules.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Flag {
    #[command(subcommand)]
    about: Option<About>,
    #[command(flatten)]
    text: Text,
}

/// What can be asked about the rules.
#[derive(Subcommand)]
enum About {
    /// Run the tests that rule files carry, against all files: those built in, or those of a folder.
    Test {
        /// A folder with rule files.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Say why a rule did or did not speak about a text read from standard input. Shows the text.
    Explain(Text),
}

/// Who wrote the text, and in which language.
#[derive(Args)]
struct Text {
    /// Who wrote it.
    #[arg(long, value_name = "seeker|volunteer")]
    direction: Option<Side>,
    /// The language it is in; auto counts its words.
    #[arg(long, value_name = "auto|sv|da|nb|nn|en", default_value = "auto")]
    lang: Hint,
}

/// A language, or none.
#[derive(Clone, Copy)]
struct Hint(Option<Language>);

impl FromStr for Hint {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self(None)),
            tag => {
                tag.parse().map(|language| Self(Some(language))).map_err(|_| "auto, sv, da, nb, nn or en".to_owned())
            }
        }
    }
}

/// What is printed about a text.
#[derive(Serialize)]
struct Answer {
    flags: Vec<Seen>,
    /// Why silence says nothing here.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_scanned: Option<&'static str>,
}

impl Flag {
    /// Looks at standard input, or at the rules.
    pub fn run(&self, json: bool) -> Result<ExitCode, Failure> {
        match &self.about {
            None => self.text.flags(),
            Some(About::Explain(text)) => text.explained(json),
            Some(About::Test { folder }) => test(folder.as_deref(), json),
        }
    }
}

impl Text {
    fn letter<'t>(&self, text: &'t str, writer: Side) -> Letter<'t> {
        Letter { text, writer, language_hint: self.lang.0, reader: None, thread: None }
    }

    fn flags(&self) -> Result<ExitCode, Failure> {
        let writer = self.direction.ok_or_else(|| {
            let advice = "Say --direction seeker or --direction volunteer: some rules are for one of them alone.";
            Failure::new(Exit::Usage, "who wrote the text is not said", advice)
        })?;
        let text = read()?;
        let letter = self.letter(&text, writer);
        let rules = Rules::embedded_for(&letter).map_err(|refusal| broken(&refusal))?;
        let (answer, code) = match scan(&rules, &letter) {
            Scan::Done(findings) => {
                let not_scanned = findings.is_foreign.then_some("unknown-language");
                (Answer { flags: findings.flags, not_scanned }, ExitCode::SUCCESS)
            }
            Scan::NotScanned(why) => (Answer { flags: Vec::new(), not_scanned: Some(why.word()) }, Exit::Data.into()),
        };
        output::json(&answer)?;
        Ok(code)
    }

    fn explained(&self, json: bool) -> Result<ExitCode, Failure> {
        let text = read()?;
        let letter = self.letter(&text, self.direction.unwrap_or(Side::Seeker));
        let rules = Rules::embedded().map_err(|refusal| broken(&refusal))?;
        let explanation = explain(&rules, &letter).ok_or_else(|| {
            Failure::data(
                "the text is longer than any letter, or made to stall",
                "Give a part of it; a human should see it.",
            )
        })?;
        if json {
            output::json(&explanation)?;
        } else {
            output::text(&explanation.to_string())?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Standard input, as it is: spans count its octets.
fn read() -> Result<String, Failure> {
    let mut raw = Vec::new();
    io::stdin().lock().read_to_end(&mut raw)?;
    String::from_utf8(raw)
        .map_err(|_| Failure::data("the text is not UTF-8", "Convert it first: spans are counted in octets of UTF-8."))
}

fn broken(refusal: &Refusal) -> Failure {
    Failure::new(Exit::Internal, format!("the built-in rules cannot be read: {refusal}"), "Report this.")
}

fn test(folder: Option<&Path>, json: bool) -> Result<ExitCode, Failure> {
    let rules = match folder {
        None => Rules::embedded_with_tests().map_err(|refusal| broken(&refusal))?,
        Some(folder) => from(folder)?,
    };
    let checked = rules.check();
    if json {
        output::json(&report(&checked))?;
    } else {
        output::text(&page(&checked))?;
    }
    Ok(if checked.failures.is_empty() { ExitCode::SUCCESS } else { Exit::Data.into() })
}

/// The rule files of a folder, in the order of their names.
fn from(folder: &Path) -> Result<Rules, Failure> {
    let advice = "Give a folder with rule files that end with .toml.";
    let unreadable =
        |path: &Path, error: io::Error| Failure::data(format!("{} cannot be read: {error}", path.display()), advice);
    let listed = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    let mut paths: Vec<PathBuf> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    if paths.is_empty() {
        return Err(Failure::data(format!("{} has no rule files", folder.display()), advice));
    }
    let mut files = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
        files.push((path.display().to_string(), text));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let advice = "Correct the line; docs beside the built-in rules (FORMAT.md) explain every key.";
    Rules::read(&files).map_err(|refusal| Failure::data(refusal.to_string(), advice))
}

fn report(checked: &Checked) -> serde_json::Value {
    let lines = |all: &[Refusal]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    let sisters = checked.sisters_missing.iter();
    serde_json::json!({
        "tests": checked.tests,
        "failures": lines(&checked.failures),
        "collisions": lines(&checked.collisions),
        "never_hit": checked.never_hit,
        "sisters_missing": sisters
            .map(|(id, languages)| (id.clone(), languages.iter().map(|l| l.tag()).collect::<Vec<_>>()))
            .collect::<std::collections::BTreeMap<_, _>>(),
    })
}

fn page(checked: &Checked) -> String {
    let mut page = String::new();
    let mut line = |what: &str, said: &str| {
        let _infallible = writeln!(page, "{what:<10} {said}");
    };
    for failure in &checked.failures {
        line("failed", &failure.to_string());
    }
    for collision in &checked.collisions {
        line("collision", &collision.to_string());
    }
    for id in &checked.never_hit {
        line("never hit", id);
    }
    for (id, languages) in &checked.sisters_missing {
        line("no sister", &format!("{id} in {}", languages.iter().map(|l| l.tag()).collect::<Vec<_>>().join(", ")));
    }
    let (tests, failed, collisions) = (checked.tests, checked.failures.len(), checked.collisions.len());
    page + &format!("{tests} tests, {failed} failed, {collisions} collisions\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_read() {
        assert!(matches!("auto".parse(), Ok(Hint(None))));
        assert!(matches!("nn".parse(), Ok(Hint(Some(Language::Bokmal)))));
        assert!("xx".parse::<Hint>().is_err());
    }

    #[test]
    fn a_folder_is_read_whole_or_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(from(folder.path()).is_err());
        let head = "format = 1\nlanguage = \"en\"\n";
        std::fs::write(folder.path().join("en.toml"), head).unwrap();
        std::fs::write(folder.path().join("notes.txt"), "= = =").unwrap();
        assert_eq!(from(folder.path()).unwrap().check().tests, 0);
        std::fs::write(folder.path().join("sv.toml"), "colour = 1\n").unwrap();
        let refused = from(folder.path()).err().unwrap();
        assert!(refused.happened().contains("sv.toml:1"), "{}", refused.happened());
    }
}
