//! The one configuration file: read, checked, and refused with advice when it is wrong.

mod programmes;
pub mod reference;
mod sections;

pub use programmes::PROFILES;
pub use sections::{
    AdminSection, DeliverySection, KeysSection, Mode, Organisation, SmtpSection, StoreSection, Tls, Unverified,
};

use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::party::Language;
use brevbro_core::programme::Programme;
use brevbro_core::veiled;
use jiff::tz::TimeZone;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Why a configuration is refused: what happened, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{0} cannot be read ({1}). Run `brevbro init`, or name the file with --config")]
    Unreadable(PathBuf, std::io::Error),
    /// It is not TOML, or a value has the wrong kind.
    #[error("{0}")]
    Malformed(String),
    /// A key nobody knows.
    #[error("unknown key `{key}`{}", nearest.as_ref().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
    UnknownKey {
        /// The key as written.
        key: String,
        /// The nearest known one.
        nearest: Option<String>,
    },
    /// A programme's value that cannot be meant.
    #[error("`{key}`: {advice}")]
    Programme {
        /// The key.
        key: String,
        /// What is wrong and what to write instead.
        advice: String,
    },
    /// A value that cannot be meant.
    #[error("`{key}`: {advice}")]
    Bad {
        /// The key.
        key: &'static str,
        /// What is wrong and what to write instead.
        advice: String,
    },
}

/// The configuration as written; every key has a default except `organisation.domain`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Who runs the relay.
    pub organisation: Organisation,
    /// Where things are kept.
    #[serde(default)]
    pub store: StoreSection,
    /// Mail in.
    #[serde(default)]
    pub smtp: SmtpSection,
    /// Mail out.
    #[serde(default)]
    pub delivery: DeliverySection,
    /// Where the keys lie.
    #[serde(default)]
    pub keys: KeysSection,
    /// The coordinators' and admins' door.
    #[serde(default)]
    pub admin: AdminSection,
    /// The programmes as they are written; [`Config::programme`] is what they mean.
    #[serde(default, rename = "programme")]
    written: toml::Table,
    /// The programmes' rules, by name.
    #[serde(skip)]
    pub programme: BTreeMap<String, Programme>,
    /// The folder relative paths start from: where the file lies.
    #[serde(skip)]
    pub base: PathBuf,
}

/// What is wrong, and in which line. The parser's own report quotes the line and the value, and those can be a
/// mailbox or a password.
fn malformed(text: &str, error: &toml::de::Error) -> ConfigError {
    let start = error.span().map_or(0, |span| span.start);
    let line = text.get(..start).map_or(1, |before| before.matches('\n').count() + 1);
    ConfigError::Malformed(format!("line {line}: {}", without_values(error.message())))
}

/// A parser's message with every quoted value left out.
pub fn without_values(message: &str) -> String {
    let outside = |(n, piece)| if n % 2 == 0 { piece } else { "…" };
    message.split('"').enumerate().map(outside).collect()
}

// It may hold a mailbox, a log-in and a URL with a password.
veiled!(Config);

fn bad(key: &'static str, advice: impl Into<String>) -> ConfigError {
    ConfigError::Bad { key, advice: advice.into() }
}

impl Config {
    /// Reads and checks a file. Relative paths in it start from its own folder.
    pub fn load(file: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(file).map_err(|e| ConfigError::Unreadable(file.to_owned(), e))?;
        let base = file.parent().map(Path::to_owned).unwrap_or_default();
        Self::parse(&text, base)
    }

    /// Parses and checks a text.
    pub fn parse(text: &str, base: PathBuf) -> Result<Self, ConfigError> {
        let table: toml::Table = toml::from_str(text).map_err(|e| malformed(text, &e))?;
        reference::check_keys(&table)?;
        let mut config: Self = toml::from_str(text).map_err(|e| malformed(text, &e))?;
        config.base = base;
        config.check()?;
        config.programme = programmes::read(&config.written, &config.zone()?)?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        self.domain()?;
        self.hostname()?;
        self.language()?;
        self.zone()?;
        self.contact()?;
        if self.smtp.tls_cert.is_some() != self.smtp.tls_key.is_some() {
            return Err(bad("smtp.tls_cert", "certificate and key go together; give both tls_cert and tls_key"));
        }
        if self.delivery.username.is_some() != self.delivery.password_file.is_some() {
            return Err(bad("delivery.username", "give both username and password_file, or neither"));
        }
        if self.delivery.tls == Tls::None && self.delivery.username.is_some() && !self.smarthost_is_local() {
            return Err(bad("delivery.tls", "a password is never sent without TLS; use \"starttls\" or \"implicit\""));
        }
        if self.smtp.max_message_bytes < 65_536 {
            return Err(bad("smtp.max_message_bytes", "must be at least 65536"));
        }
        if self.delivery.connections == 0 || self.smtp.max_sessions == 0 || self.smtp.max_sessions_per_network == 0 {
            return Err(bad("delivery.connections", "connections and sessions must be at least 1"));
        }
        self.smarthost().map(|_| ())
    }

    fn smarthost_is_local(&self) -> bool {
        self.smarthost().is_ok_and(|(host, _)| host == "localhost" || host == "::1" || host.starts_with("127."))
    }

    /// The aliases' domain.
    pub fn domain(&self) -> Result<Domain, ConfigError> {
        Domain::parse(&self.organisation.domain)
            .map_err(|_| bad("organisation.domain", "is not a domain name; write it like relay.example.org"))
    }

    /// The name in the banner and, unless `delivery.helo` says otherwise, in EHLO.
    pub fn hostname(&self) -> Result<Domain, ConfigError> {
        match &self.smtp.hostname {
            None => self.domain(),
            Some(name) => Domain::parse(name).map_err(|_| bad("smtp.hostname", "is not a host name")),
        }
    }

    /// The house language.
    pub fn language(&self) -> Result<Language, ConfigError> {
        self.organisation.language.parse().map_err(|_| bad("organisation.language", "must be sv, nb, da or en"))
    }

    /// The time zone weeks are counted in.
    pub fn zone(&self) -> Result<TimeZone, ConfigError> {
        TimeZone::get(&self.organisation.time_zone)
            .map_err(|_| bad("organisation.time_zone", "is not a known zone; write it like Europe/Stockholm"))
    }

    /// The mailbox a human reads.
    pub fn contact(&self) -> Result<Option<EmailAddr>, ConfigError> {
        let Some(text) = &self.organisation.contact else { return Ok(None) };
        let address =
            EmailAddr::parse(text).map_err(|e| bad("organisation.contact", format!("is not an address: {e}")))?;
        if address.domain() == Some(&self.domain()?) {
            return Err(bad(
                "organisation.contact",
                "must lie outside the aliases' domain, or its mail would come back",
            ));
        }
        Ok(Some(address))
    }

    /// The smarthost's host and port.
    pub fn smarthost(&self) -> Result<(String, u16), ConfigError> {
        let advice = "write it as host:port, like mail.example.org:587 or [::1]:25";
        let (host, port) = self.delivery.smarthost.rsplit_once(':').ok_or_else(|| bad("delivery.smarthost", advice))?;
        let port = port.parse().map_err(|_| bad("delivery.smarthost", advice))?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() { Err(bad("delivery.smarthost", advice)) } else { Ok((host.to_owned(), port)) }
    }

    /// A path of the file, from the file's own folder.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.base.join(path)
    }

    /// The store's URL; a relative SQLite file starts from the configuration's folder.
    pub fn store_url(&self) -> Result<String, ConfigError> {
        let url = match &self.store.url_file {
            None => self.store.url.clone(),
            Some(file) => std::fs::read_to_string(self.path(file))
                .map_err(|e| ConfigError::Unreadable(self.path(file), e))?
                .trim()
                .to_owned(),
        };
        match url.strip_prefix("sqlite:") {
            Some(file) => Ok(format!("sqlite:{}", self.path(Path::new(file.trim_start_matches("//"))).display())),
            None if url.starts_with("postgres://") || url.starts_with("postgresql://") => Ok(url),
            None => Err(bad("store.url", "must begin with sqlite: or postgres://")),
        }
    }
}

#[cfg(test)]
mod tests;
