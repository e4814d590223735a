//! Why a rule file was refused: the file, the line, the rule and the key, for whoever edits it.

use std::fmt;

/// A rule file that was refused whole. It names words of the file, never of a letter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Refusal {
    /// The name the file was handed in with.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The rule, sign, finder or question, where it has said its id.
    pub rule: Option<String>,
    /// The key.
    pub key: Option<String>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        for part in [&self.rule, &self.key].into_iter().flatten() {
            write!(f, ": {part}")?;
        }
        write!(f, ": {}", self.what)
    }
}
