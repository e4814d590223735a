//! The sections of the file as they are written, with their defaults.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Who runs the relay.
#[derive(Clone, Deserialize)]
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
    /// What anybody may be told: numbers, mailboxes and hosts of the organisation and of helplines.
    #[serde(default)]
    pub spared: Vec<String>,
}

/// Where things are kept.
#[derive(Clone, Deserialize)]
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
#[derive(Clone, Deserialize)]
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
#[derive(Clone, Deserialize)]
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
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeysSection {
    /// A folder; the service manager's credentials folder wins when it is set.
    pub directory: PathBuf,
}

/// The coordinators' and admins' door.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdminSection {
    /// Where to listen.
    pub listen: SocketAddr,
    /// How people reach it.
    pub public_url: Option<String>,
    /// Whether `/metrics` answers others than this machine.
    pub metrics_public: bool,
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
