//! How a command fails: what happened, what to do, and the exit code a script can rely on.

use crate::config::ConfigError;
use crate::keys::KeyTrouble;
use brevbro_store::StoreError;
use std::process::ExitCode;

/// Exit codes of sysexits.h.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The command line is wrong.
    Usage = 64,
    /// The input is wrong.
    Data = 65,
    /// A service is not there.
    Unavailable = 69,
    /// Our own fault.
    Internal = 70,
    /// May work later.
    Temporary = 75,
    /// Not permitted, or quarantined.
    Forbidden = 77,
    /// The configuration is wrong.
    Config = 78,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Two sentences and a code.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    happened: String,
    advice: String,
}

impl Failure {
    /// What happened, and what to do.
    pub fn new(exit: Exit, happened: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { exit, happened: happened.into(), advice: advice.into() }
    }

    /// Wrong input.
    pub fn data(happened: impl Into<String>, advice: impl Into<String>) -> Self {
        Self::new(Exit::Data, happened, advice)
    }

    /// What happened, in one sentence.
    pub fn happened(&self) -> &str {
        &self.happened
    }

    /// Says it on standard error and gives the code.
    #[expect(clippy::print_stderr, reason = "this is where a command speaks to whoever called it")]
    pub fn report(&self, json: bool) -> ExitCode {
        if json {
            let body = serde_json::json!({"error": {"happened": self.happened, "advice": self.advice, "code": self.exit as u8}});
            eprintln!("{body}");
        } else {
            eprintln!("brevbro: {}\n{}", self.happened, self.advice);
        }
        self.exit.into()
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::new(
            Exit::Config,
            error.to_string(),
            "Correct the configuration; `brevbro config-reference` lists every key.",
        )
    }
}

impl From<KeyTrouble> for Failure {
    fn from(error: KeyTrouble) -> Self {
        Self::new(Exit::Config, error.to_string(), "Check `keys.directory`, or restore the keys from your backup.")
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        if error.retryable() {
            Self::new(
                Exit::Unavailable,
                format!("the database does not answer: {error}"),
                "Check that it runs and try again; nothing was changed.",
            )
        } else {
            Self::new(Exit::Data, error.to_string(), "Nothing was changed.")
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(
            Exit::Unavailable,
            format!("reading or writing failed: {error}"),
            "Check the disk and the rights, and try again.",
        )
    }
}
