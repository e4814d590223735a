//! Renders our own letters: a typed notice and a language become a subject and a text.

mod dates;
mod embedded;
mod encode;
mod fill;
mod letter;
mod overrides;

pub use dates::{office_in_words, weekday_on, written_on};
pub use letter::compose;

use brevbro_core::notice::Notice;
use brevbro_core::party::Language;
use brevbro_core::veiled;
use embedded::{Embedded, TEMPLATES};
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Why a notice cannot be written. Names files and lines, never what a notice was about.
#[derive(Debug, thiserror::Error)]
pub enum NoticeError {
    /// A folder or file of overrides cannot be read as text.
    #[error("{}: cannot be read ({why}); give a readable folder with UTF-8 files, or leave the setting out", file.display())]
    Unreadable {
        /// The folder or file.
        file: PathBuf,
        /// What the system said.
        why: std::io::ErrorKind,
    },
    /// A file in the folder of overrides replaces nothing: most likely a misspelt name.
    #[error("{}: replaces no template; the names are <sv|nb|da|en>/item_kind.txt and <sv|nb|da|en>/<{}>.<subject|txt>", file.display(), Notice::NAMES.join("|"))]
    Unknown {
        /// The file.
        file: PathBuf,
    },
    /// A template cannot be rendered.
    #[error("{file}, line {line}: {why}")]
    Broken {
        /// The template's file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
}

/// A notice in the reader's words. `Debug` shows nothing of it: it may name a pseudonym.
#[derive(Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line, without control characters.
    pub subject: String,
    /// The text: `\n` line ends, the last line included.
    pub text: String,
    /// Whether it answers a letter of the reader (`auto-replied`) or not (`auto-generated`), RFC 3834 §5.
    pub answers: bool,
}

veiled!(Rendered, Notices);

/// Every template in every language, each checked before the house opens.
pub struct Notices {
    templates: Environment<'static>,
}

impl Notices {
    /// The templates of the binary.
    #[expect(clippy::expect_used, reason = "tests/notices.rs renders every embedded template")]
    pub fn embedded() -> Self {
        let mut templates = engine();
        for Embedded { file, source } in TEMPLATES.into_iter().flatten() {
            templates.add_template(file, source).expect("embedded templates are well formed");
        }
        Self { templates }
    }

    /// The templates of the binary, with those replaced that the folder has under the same name
    /// (`<language>/<notice>.subject` or `.txt`). Files beginning with a dot are passed over.
    ///
    /// Every template must render every sample and name only what its notice offers: a broken override
    /// stops the start, because a notice that fails later leaves a frightened person without an answer.
    pub fn with_overrides(folder: &Path) -> Result<Self, NoticeError> {
        let mut notices = Self::embedded();
        for (file, source) in overrides::read(folder)? {
            let added = notices.templates.add_template_owned(file.clone(), source);
            added.map_err(|error| overrides::broken(&file, &error))?;
        }
        for language in Language::ALL {
            for sample in Notice::samples() {
                overrides::check(&notices, &sample.notice, language)?;
            }
        }
        Ok(notices)
    }

    /// Renders one notice.
    pub fn render(&self, notice: &Notice, language: Language) -> Result<Rendered, NoticeError> {
        let facts = facts_of(notice);
        let subject = self.render_file(&file_name(notice, language, "subject"), &facts)?;
        let text = self.render_file(&file_name(notice, language, "txt"), &facts)?;
        Ok(Rendered { subject: one_line(&subject), text: plain_text(&text), answers: notice.answers() })
    }

    fn render_file(&self, file: &str, facts: &Value) -> Result<String, NoticeError> {
        let rendered = self.templates.get_template(file).and_then(|t| t.render(Serde(facts)));
        // The kind alone: an engine's details may quote a value, and a value may name somebody.
        rendered.map_err(|error| NoticeError::Broken {
            file: file.to_owned(),
            line: error.line().unwrap_or(1),
            why: error.kind().to_string(),
        })
    }
}

fn engine() -> Environment<'static> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_auto_escape_callback(|_| AutoEscape::None);
    engine.add_filter("quoted", quoted);
    engine.add_filter("fill", fill::fill);
    engine
}

fn file_name(notice: &Notice, language: Language, part: &str) -> String {
    format!("{}/{}.{part}", language.tag(), notice.name())
}

/// What a template may name. Every value but a letter's text is made one line, so that nothing a stranger
/// gave can pose as a line of ours.
fn facts_of(notice: &Notice) -> Value {
    let mut facts = match serde_json::to_value(notice).unwrap_or_default() {
        Value::Null => Value::Object(serde_json::Map::new()),
        facts => facts,
    };
    for (name, value) in facts.as_object_mut().into_iter().flatten() {
        match value {
            Value::String(text) if name == "text" => *text = plain_text(text),
            value => flatten(value),
        }
    }
    facts
}

/// Makes every text one line, however deep it lies.
fn flatten(value: &mut Value) {
    match value {
        Value::String(text) => *text = one_line(text),
        Value::Array(values) => values.iter_mut().for_each(flatten),
        Value::Object(values) => values.values_mut().for_each(flatten),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Marks every line of somebody else's text, as mail clients do.
fn quoted(text: &str) -> String {
    let marked = |line: &str| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    text.lines().map(marked).collect::<Vec<_>>().join("\n")
}

/// One line: every run of white space, control and direction characters becomes one space.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || encode::is_unwanted(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// `\n` line ends, exactly one at the end, no control characters, no spaces at line ends.
fn plain_text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = text.chars().filter(|c| matches!(c, '\n' | '\t') || !encode::is_unwanted(*c)).collect();
    let lines: Vec<&str> = kept.trim_matches('\n').lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strangers_values_stay_on_their_line() {
        assert_eq!(one_line(" a\r\nBcc: x\u{2028}y\u{202e}z\0 "), "a Bcc: x y z");
        assert_eq!(quoted("one\n\ntwo\n"), "> one\n>\n> two");
    }

    #[test]
    fn texts_have_one_kind_of_line_end() {
        assert_eq!(plain_text("\r\na \r\rb\0\tc\u{202e}\n\n\n"), "a\n\nb\tc\n");
        assert_eq!(plain_text(""), "\n");
    }
}
