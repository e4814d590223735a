//! The one configuration file: read, checked, and refused with advice when it is wrong.

pub mod reference;

use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::party::Language;
use jiff::tz::TimeZone;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::net::SocketAddr;
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
#[derive(Debug, Clone, Deserialize)]
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
    /// The programmes' rules, by name.
    #[serde(default)]
    pub programme: BTreeMap<String, Programme>,
    /// The folder relative paths start from: where the file lies.
    #[serde(skip)]
    pub base: PathBuf,
}

/// Who runs the relay.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Shown to staff only.
    #[serde(default)]
    pub name: String,
    /// The domain of every alias.
    pub domain: String,
    /// For notices when a person has named no language.
    #[serde(default = "swedish")]
    pub language: String,
    /// Where the week begins on Monday 00:00.
    #[serde(default = "stockholm")]
    pub time_zone: String,
    /// A mailbox that a human reads.
    #[serde(default)]
    pub contact: Option<String>,
    /// A folder of notices that replace the embedded ones.
    #[serde(default)]
    pub templates: Option<PathBuf>,
}

/// Where things are kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StoreSection {
    /// `sqlite:FILE` or `postgres://…`.
    pub url: String,
    /// A file that holds the URL instead, when it carries a password.
    pub url_file: Option<PathBuf>,
    /// Connections to Postgres.
    pub connections: u32,
}

/// Mail in.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SmtpSection {
    /// Where to listen.
    #[serde(deserialize_with = "one_or_many")]
    pub listen: Vec<SocketAddr>,
    /// The name in the banner; defaults to the domain.
    pub hostname: Option<String>,
    /// Certificate chain for STARTTLS.
    pub tls_cert: Option<PathBuf>,
    /// Its private key.
    pub tls_key: Option<PathBuf>,
    /// Networks of front MTAs.
    #[serde(deserialize_with = "one_or_many")]
    pub trusted_networks: Vec<String>,
    /// Whether everything from there counts as authenticated.
    pub trusted_authenticates: bool,
    /// The front MTA's name in Authentication-Results.
    pub authserv_id: Option<String>,
    /// The largest letter taken, in octets.
    pub max_message_bytes: usize,
    /// Sessions at once.
    pub max_sessions: usize,
    /// Sessions at once from one network.
    pub max_sessions_per_network: usize,
    /// The longest session, in minutes.
    pub session_minutes: u64,
    /// Name servers; empty means the machine's own.
    #[serde(deserialize_with = "one_or_many")]
    pub name_servers: Vec<SocketAddr>,
    /// What to do with an enrolled author's letter that is not aligned.
    pub unverified: Unverified,
}

/// What happens to a letter whose author cannot be verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unverified {
    /// An enrolled author is asked by mail; everybody else is refused.
    Hold,
    /// Everybody is refused.
    Refuse,
}

/// How letters leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Everything goes through one host.
    Smarthost,
    /// Each letter goes to its domain's own mail exchanger.
    Direct,
}

/// How the way to the smarthost is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// STARTTLS is required and the certificate is checked.
    Starttls,
    /// TLS from the first octet, and the certificate is checked.
    Implicit,
    /// No TLS: for a smarthost on this machine.
    None,
}

/// Mail out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DeliverySection {
    /// Smarthost or direct.
    pub mode: Mode,
    /// `host:port`.
    pub smarthost: String,
    /// Protection of the way there.
    pub tls: Tls,
    /// A CA file that replaces the system's roots.
    pub ca_file: Option<PathBuf>,
    /// Log-in name.
    pub username: Option<String>,
    /// A file that holds the password.
    pub password_file: Option<PathBuf>,
    /// Our name in EHLO; defaults to `smtp.hostname`.
    pub helo: Option<String>,
    /// Connections at once.
    pub connections: usize,
    /// Whether letters are DKIM-signed.
    pub sign: bool,
}

/// Where the keys lie.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeysSection {
    /// A folder; the service manager's credentials folder wins when it is set.
    pub directory: PathBuf,
}

/// The coordinators' and admins' door.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdminSection {
    /// Where to listen.
    pub listen: SocketAddr,
    /// How people reach it.
    pub public_url: Option<String>,
    /// Whether `/metrics` answers others than this machine.
    pub metrics_public: bool,
}

/// A programme's rules (P11). More keys come with the rules that read them.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programme {
    /// What staff call it.
    #[serde(default)]
    pub name: String,
}

/// A list of one need not be written as a list.
fn one_or_many<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Vec<T>, D::Error> {
    let many = match toml::Value::deserialize(from)? {
        toml::Value::Array(many) => many,
        one => vec![one],
    };
    many.into_iter().map(|value| value.try_into().map_err(serde::de::Error::custom)).collect()
}

fn swedish() -> String {
    "sv".into()
}

fn stockholm() -> String {
    "Europe/Stockholm".into()
}

impl Default for StoreSection {
    fn default() -> Self {
        Self { url: "sqlite:brevbro.db".into(), url_file: None, connections: 16 }
    }
}

impl Default for SmtpSection {
    fn default() -> Self {
        Self {
            listen: vec![SocketAddr::from(([127, 0, 0, 1], 2525))],
            hostname: None,
            tls_cert: None,
            tls_key: None,
            trusted_networks: Vec::new(),
            trusted_authenticates: false,
            authserv_id: None,
            max_message_bytes: 26_214_400,
            max_sessions: 500,
            max_sessions_per_network: 20,
            session_minutes: 30,
            name_servers: Vec::new(),
            unverified: Unverified::Hold,
        }
    }
}

impl Default for DeliverySection {
    fn default() -> Self {
        Self {
            mode: Mode::Smarthost,
            smarthost: "127.0.0.1:25".into(),
            tls: Tls::Starttls,
            ca_file: None,
            username: None,
            password_file: None,
            helo: None,
            connections: 20,
            sign: true,
        }
    }
}

impl Default for KeysSection {
    fn default() -> Self {
        Self { directory: "keys".into() }
    }
}

impl Default for AdminSection {
    fn default() -> Self {
        Self { listen: SocketAddr::from(([127, 0, 0, 1], 8080)), public_url: None, metrics_public: false }
    }
}

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
        let table: toml::Table = toml::from_str(text).map_err(|e| ConfigError::Malformed(e.to_string()))?;
        reference::check_keys(&table)?;
        let mut config: Self = toml::from_str(text).map_err(|e| ConfigError::Malformed(e.to_string()))?;
        config.base = base;
        config.check()?;
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
