//! Reads an organisation's own wording from a folder, and says exactly what is wrong with it.

use super::{Embedded, NoticeError, Notices, TEMPLATES, facts_of, file_name, one_line};
use brevbro_core::notice::Notice;
use brevbro_core::party::Language;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The folder's templates by name, such as `sv/delayed.txt`, in the order of their names.
pub(super) fn read(folder: &Path) -> Result<BTreeMap<String, String>, NoticeError> {
    let mut found = BTreeMap::new();
    for language in names_in(folder)? {
        let inner = folder.join(&language);
        if !Language::ALL.iter().any(|known| known.tag() == language) {
            return Err(NoticeError::Unknown { file: inner });
        }
        for name in names_in(&inner)? {
            let path = inner.join(&name);
            let file = format!("{language}/{name}");
            if !is_known(&file) {
                return Err(NoticeError::Unknown { file: path });
            }
            let source = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
            found.insert(file, source);
        }
    }
    Ok(found)
}

fn names_in(folder: &Path) -> Result<Vec<String>, NoticeError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
        let name = entry.map_err(|error| unreadable(folder, &error))?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn is_known(file: &str) -> bool {
    TEMPLATES.into_iter().flatten().any(|Embedded { file: known, .. }| *known == file)
}

fn unreadable(path: &Path, error: &std::io::Error) -> NoticeError {
    NoticeError::Unreadable { file: path.to_owned(), why: error.kind() }
}

/// A template's fault with all the engine knows. For samples only: with real facts it could quote a person.
pub(super) fn broken(file: &str, error: &minijinja::Error) -> NoticeError {
    let error = innermost(error);
    let kind = error.kind().to_string();
    let why = error.detail().map_or(kind.clone(), |detail| format!("{kind}: {detail}"));
    NoticeError::Broken { file: error.name().unwrap_or(file).to_owned(), line: error.line().unwrap_or(1), why }
}

/// The fault itself: a template that takes in a broken part is not the one to mend.
fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let mut fault = error;
    while let Some(inner) = std::error::Error::source(fault).and_then(|source| source.downcast_ref()) {
        fault = inner;
    }
    fault
}

/// Checks both templates of one notice: known names in every branch, and a sample that comes out right.
pub(super) fn check(notices: &Notices, sample: &Notice, language: Language) -> Result<(), NoticeError> {
    for part in ["subject", "txt"] {
        let file = file_name(sample, language, part);
        let rendered = check_names(notices, sample, &file)?;
        if one_line(&rendered).is_empty() {
            return Err(NoticeError::Broken {
                file,
                line: 1,
                why: "it says nothing; write at least one word".to_owned(),
            });
        }
    }
    Ok(())
}

fn check_names(notices: &Notices, sample: &Notice, file: &str) -> Result<String, NoticeError> {
    let facts = facts_of(sample);
    let offered: Vec<&str> = facts.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
    let template = notices.templates.get_template(file).map_err(|error| broken(file, &error))?;
    let is_global = |name: &str| notices.templates.globals().any(|(global, _)| global == name);
    let mut named: Vec<String> = template.undeclared_variables(false).into_iter().collect();
    named.sort();
    if let Some(name) = named.iter().find(|name| !offered.contains(&name.as_str()) && !is_global(name)) {
        let line = template.source().lines().position(|line| has_word(line, name)).map_or(1, |at| at + 1);
        let why = format!("unknown name `{name}`; this notice offers {}", offered.join(", "));
        return Err(NoticeError::Broken { file: file.to_owned(), line, why });
    }
    template.render(minijinja::value::Serde(&facts)).map_err(|error| broken(file, &error))
}

/// Whether a line of a template has the word inside `{…}`.
fn has_word(line: &str, word: &str) -> bool {
    let code = line.find('{').map_or("", |start| &line[start..]);
    code.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part == word)
}
