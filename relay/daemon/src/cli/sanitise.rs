//! `brevbro sanitise`: what the other side would get of a letter. No configuration, database or network.

use super::{Exit, Failure};
use crate::chance;
use crate::clock::{Clock, WallClock};
use crate::config::without_values;
use brevbro_core::party::Side;
use brevbro_sanitise::{Identity, Limits, Outcome, Rules, Scope, ThreadKey, rebuild};
use clap::Args;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// The identity and the report.
#[derive(Args)]
pub struct Sanitise {
    /// Who must not be recognised (identity.toml).
    #[arg(long, value_name = "FILE")]
    identity: PathBuf,
    /// Where to write what was taken out: kinds and counts, never the words.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

impl Sanitise {
    /// Reads a letter from standard input and writes the rebuilt one.
    pub fn run(&self) -> Result<ExitCode, Failure> {
        let identity = self.read_identity()?;
        let mut raw = Vec::new();
        io::stdin().lock().read_to_end(&mut raw)?;
        let threads = ThreadKey::new(chance::octets());
        let outcome = rebuild(&with_crlf(&raw), &identity, &rules(&threads));
        let (clean, code) = match outcome {
            Outcome::Clean(clean) => (clean, ExitCode::SUCCESS),
            Outcome::Quarantine(clean) => (clean, Exit::Forbidden.into()),
            Outcome::Refused(refusal) => {
                let advice = "Nothing was written. The relay would refuse this letter and its writer would be told.";
                return Err(Failure::data(format!("the letter cannot be rebuilt safely: {refusal:?}"), advice));
            }
        };
        if let Some(path) = &self.report {
            let report = serde_json::to_string_pretty(clean.report()).unwrap_or_default();
            std::fs::write(path, report + "\n")?;
        }
        if code == ExitCode::SUCCESS {
            io::stdout().lock().write_all(clean.bytes())?;
            return Ok(code);
        }
        let advice = "Nothing was written. The report names what was seen, by kind; a coordinator would decide.";
        Err(Failure::new(Exit::Forbidden, "the guard found something identifying in the finished letter", advice))
    }

    fn read_identity(&self) -> Result<Identity, Failure> {
        let advice = "Write it as described under `identity.toml` in docs/identity.md.";
        let text = std::fs::read_to_string(&self.identity)
            .map_err(|e| Failure::data(format!("{} cannot be read: {e}", self.identity.display()), advice))?;
        toml::from_str(&text)
            .map_err(|e| Failure::data(format!("{}: {}", self.identity.display(), without_values(e.message())), advice))
    }
}

/// Rules with a key for this one run: tokens that no relay will ever open.
fn rules(threads: &ThreadKey) -> Rules<'_> {
    Rules {
        limits: Limits::default(),
        now: WallClock.now(),
        seed: chance::octets(),
        threads,
        scope: Scope { pairing: 0, author: Side::Seeker },
    }
}

/// Files are often kept with bare LF; on the wire there is only CRLF.
fn with_crlf(raw: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len() + raw.len() / 40);
    let mut last = 0;
    for &octet in raw {
        if octet == b'\n' && last != b'\r' {
            out.push(b'\r');
        }
        out.push(octet);
        last = octet;
    }
    out
}
