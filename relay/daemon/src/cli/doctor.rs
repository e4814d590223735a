//! `brevbro doctor`: what a person would check before trusting the house with letters.

mod dns;
mod programmes;

use super::world::{key_folder, open_options};
use super::{Exit, Failure, output};
use crate::config::{Config, Mode};
use crate::keys::KeyFolder;
use crate::notice::Notices;
use crate::smtp::{Tls, TlsFiles};
use brevbro_core::spool::SpoolState;
use brevbro_core::time::Span;
use brevbro_store::Store;
use clap::Args;
use serde_json::json;
use std::path::Path;
use std::process::ExitCode;

/// What to check.
#[derive(Args)]
pub struct Doctor {
    /// Print the DNS records to publish.
    #[arg(long)]
    dns: bool,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Good,
    Doubtful,
    Bad,
}

/// One line of the examination.
struct Finding {
    what: &'static str,
    mark: Mark,
    words: String,
}

impl Finding {
    fn good(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, mark: Mark::Good, words: words.into() }
    }
    fn doubtful(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, mark: Mark::Doubtful, words: words.into() }
    }
    fn bad(what: &'static str, words: impl Into<String>) -> Self {
        Self { what, mark: Mark::Bad, words: words.into() }
    }
}

impl Doctor {
    /// Examines everything; 0 when nothing is bad, 78 otherwise.
    pub async fn run(&self, file: &Path, as_json: bool) -> Result<ExitCode, Failure> {
        let config = Config::load(file)?;
        let keys = key_folder(&config);
        if self.dns {
            dns::print(&config, &keys, as_json)?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut findings = vec![Finding::good("configuration", "understood")];
        findings.extend(check_keys(&config, &keys));
        findings.extend(check_store(&config).await);
        findings.push(check_templates(&config));
        findings.extend(check_tls(&config));
        findings.extend(check_contact(&config));
        findings.extend(programmes::check(&config));
        findings.push(check_clock());
        findings.extend(dns::check(&config).await);
        report(&findings, as_json)?;
        let bad = findings.iter().any(|f| f.mark == Mark::Bad);
        Ok(if bad { Exit::Config.into() } else { ExitCode::SUCCESS })
    }
}

fn report(findings: &[Finding], as_json: bool) -> Result<(), Failure> {
    let word = |mark| match mark {
        Mark::Good => "good",
        Mark::Doubtful => "look",
        Mark::Bad => "BAD",
    };
    if as_json {
        let rows: Vec<_> = findings
            .iter()
            .map(|f| json!({"check": f.what, "result": word(f.mark).to_lowercase(), "words": f.words}))
            .collect();
        return output::json(&json!({"checks": rows}));
    }
    let cells: Vec<_> =
        findings.iter().map(|f| vec![word(f.mark).to_owned(), f.what.to_owned(), f.words.clone()]).collect();
    output::table(&["", "check", ""], &cells)
}

fn check_keys(config: &Config, keys: &KeyFolder) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |what, trouble: Option<String>| {
        findings.push(trouble.map_or_else(|| Finding::good(what, "there, and private"), |t| Finding::bad(what, t)));
    };
    add("key: index", keys.index().err().map(|e| e.to_string()));
    add("key: routing", keys.routing().err().map(|e| e.to_string()));
    add("key: sealing letters", keys.sealing().err().map(|e| e.to_string()));
    add("key: opening letters", keys.opening().err().map(|e| e.to_string()));
    if config.delivery.sign {
        let signer = config.domain().map_err(Failure::from).and_then(|domain| crate::signing::load(keys, &domain));
        add("key: DKIM", signer.err().map(|f| f.happened().to_owned()));
    }
    findings
}

async fn check_store(config: &Config) -> Vec<Finding> {
    let url = match config.store_url() {
        Ok(url) => url,
        Err(error) => return vec![Finding::bad("store", error.to_string())],
    };
    let store = match Store::open(&url, open_options(config)).await {
        Ok(store) => store,
        Err(error) => return vec![Finding::bad("store", error.to_string())],
    };
    let mut findings = vec![Finding::good("store", "answers, and its tables are up to date")];
    if let Ok(counts) = store.counts().await {
        let of = |state| counts.by_state.iter().find(|(s, _)| *s == state).map_or(0, |(_, n)| *n);
        let waits = counts.oldest_queued.map(|at| now() - at);
        let words = format!(
            "{} queued, {} held, {} quarantined",
            of(SpoolState::Queued),
            of(SpoolState::Held),
            of(SpoolState::Quarantined)
        );
        findings.push(match waits {
            Some(span) if span > Span::hours(4) => {
                Finding::doubtful("spool", format!("{words}; the oldest waits for hours"))
            }
            _ => Finding::good("spool", words),
        });
        let words = format!("{} open", counts.items_open);
        findings.push(if counts.items_open == 0 {
            Finding::good("items", words)
        } else {
            Finding::doubtful("items", words)
        });
    }
    let _ = store.close().await;
    findings
}

fn check_templates(config: &Config) -> Finding {
    match &config.organisation.templates {
        None => Finding::good("templates", "the embedded ones"),
        Some(folder) => match Notices::with_overrides(&config.path(folder)) {
            Ok(_) => Finding::good("templates", "the embedded ones, and yours render"),
            Err(error) => Finding::bad("templates", error.to_string()),
        },
    }
}

fn check_tls(config: &Config) -> Vec<Finding> {
    let is_public = config.smtp.listen.iter().any(|a| !a.ip().is_loopback());
    match (&config.smtp.tls_cert, &config.smtp.tls_key) {
        (Some(certificate), Some(key)) => {
            let files = TlsFiles { certificate: config.path(certificate), key: config.path(key) };
            vec![match Tls::load(files) {
                Ok(_) => Finding::good("TLS in", "certificate and key belong together"),
                Err(error) => Finding::bad("TLS in", error.to_string()),
            }]
        }
        _ if is_public => vec![Finding::doubtful(
            "TLS in",
            "no certificate: letters come in unencrypted; set smtp.tls_cert and smtp.tls_key",
        )],
        _ => Vec::new(),
    }
}

fn check_contact(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    if config.organisation.contact.is_none() {
        let words = "nobody reads postmaster, abuse, desk and items; set organisation.contact";
        findings.push(Finding::doubtful("contact", words));
    }
    if config.delivery.mode == Mode::Direct && config.smtp.hostname.is_none() {
        findings
            .push(Finding::doubtful("delivery", "set smtp.hostname to this machine's own name: receivers check it"));
    }
    findings
}

/// A clock that stands before the programme was written spoils every week and every due date.
fn check_clock() -> Finding {
    const WRITTEN: i64 = 1_790_000_000;
    if now().as_seconds() < WRITTEN {
        Finding::bad("clock", "this machine's clock is years behind; set it, and keep it by NTP")
    } else {
        Finding::good("clock", "plausible")
    }
}

fn now() -> brevbro_core::time::Moment {
    crate::clock::Clock::now(&crate::clock::WallClock)
}
