//! From the configuration to a house and to the way out.

use crate::chance;
use crate::cli::world::{archive_keys, key_folder, open_options};
use crate::cli::{Exit, Failure};
use crate::clock::Clock;
use crate::config::{Config, ConfigError, Mode, Tls};
use crate::counters::Counters;
use crate::dns::{Dns, DnsOptions};
use crate::house::House;
use crate::notice::Notices;
use crate::outbound::{
    BadTls, Credentials, DirectMx, DirectOptions, Limits, Smarthost, SmarthostOptions, Timeouts, TlsMode,
};
use crate::people::Opener;
use crate::programmes::Programmes;
use brevbro_core::address::Domain;
use brevbro_flags::Rules;
use brevbro_store::{Node, Store};
use std::path::Path;
use std::sync::Arc;
use zeroize::Zeroizing;

/// The way out, one of two.
pub enum Outgoing {
    /// Through one host.
    Smarthost(Box<Smarthost>),
    /// To each domain's own exchanger.
    Direct(Box<DirectMx>),
}

/// Opens store, keys and templates.
pub async fn open_house(config: &Config, clock: Arc<dyn Clock>) -> Result<House, Failure> {
    let store = Store::open(&config.store_url()?, open_options(config)).await?;
    house_on(config, store, clock)
}

/// The house on a store that is open.
pub fn house_on(config: &Config, store: Store, clock: Arc<dyn Clock>) -> Result<House, Failure> {
    let keys = key_folder(config);
    let notices = match &config.organisation.templates {
        None => Notices::embedded(),
        Some(folder) => Notices::with_overrides(&config.path(folder)).map_err(|e| {
            Failure::new(Exit::Config, e.to_string(), "Correct the template, or remove it to use the embedded one.")
        })?,
    };
    Ok(House {
        domain: config.domain()?,
        contact: config.contact()?,
        language: config.language()?,
        spared: spared(config),
        zone: config.zone()?,
        programmes: Programmes::of_config(config)?,
        public_url: config.admin.public_url.as_ref().map(|url| url.trim_end_matches('/').to_owned()),
        index: keys.index()?,
        people: Opener::new(keys.routing()?),
        sealing: keys.sealing()?,
        archive: archive_keys(config),
        rules: Rules::embedded().map_err(|refusal| {
            Failure::new(Exit::Internal, format!("the built-in rules cannot be read: {refusal}"), "Report this.")
        })?,
        notices,
        clock,
        counters: Counters::default(),
        node: Node::from_random(chance::bits()),
        store,
    })
}

/// What stays in letters: what is listed, and what the organisation is reached by itself.
fn spared(config: &Config) -> Vec<String> {
    let organisation = &config.organisation;
    let desk = format!("desk@{}", organisation.domain);
    let crisis =
        config.programme.values().flat_map(|programme| &programme.crisis).map(|contact| contact.number.clone());
    organisation.spared.iter().cloned().chain(organisation.contact.clone()).chain([desk]).chain(crisis).collect()
}

/// Sets the way out up; nothing is connected yet.
pub fn outgoing(config: &Config) -> Result<Outgoing, Failure> {
    let helo = match &config.delivery.helo {
        None => config.hostname()?,
        Some(name) => Domain::parse(name).map_err(|_| {
            Failure::new(Exit::Config, "`delivery.helo` is not a host name", "Write it like mx.example.org.")
        })?,
    };
    match config.delivery.mode {
        Mode::Smarthost => Ok(Outgoing::Smarthost(Box::new(smarthost(config, helo)?))),
        Mode::Direct => Ok(Outgoing::Direct(Box::new(direct(config, helo)?))),
    }
}

fn smarthost(config: &Config, helo: Domain) -> Result<Smarthost, Failure> {
    let (host, port) = config.smarthost()?;
    let mut options = SmarthostOptions::new(host, port, helo);
    options.tls = match config.delivery.tls {
        Tls::Starttls => TlsMode::StartTls,
        Tls::Implicit => TlsMode::Implicit,
        Tls::None => TlsMode::None,
    };
    options.clear_password_on_loopback = config.delivery.tls == Tls::None;
    options.limits = Limits { connections: config.delivery.connections, ..Limits::default() };
    if let Some(file) = &config.delivery.ca_file {
        options.authorities = Some(read(&config.path(file))?);
    }
    if let (Some(username), Some(file)) = (&config.delivery.username, &config.delivery.password_file) {
        let password = String::from_utf8(read(&config.path(file))?).map_err(|_| {
            Failure::new(Exit::Config, "the password file is not text", "Write the password into it, on one line.")
        })?;
        options.credentials =
            Some(Credentials { username: username.clone(), password: Zeroizing::new(password.trim_end().to_owned()) });
    }
    Smarthost::new(options).map_err(Failure::from)
}

fn direct(config: &Config, helo: Domain) -> Result<DirectMx, Failure> {
    let dns = Dns::new(&DnsOptions { name_servers: config.smtp.name_servers.clone(), ..DnsOptions::default() })
        .map_err(|e| Failure::new(Exit::Config, e.to_string(), "Set `smtp.name_servers`."))?;
    let options = DirectOptions {
        helo,
        own_hosts: vec![config.hostname()?],
        port: 25,
        allow_loopback: false,
        timeouts: Timeouts::default(),
        limits: Limits { connections: 4, ..Limits::default() },
        total_connections: config.delivery.connections,
        pick: Arc::new(|n| usize::try_from(chance::bits() >> 1).unwrap_or(0) % n.max(1)),
    };
    DirectMx::new(dns, options).map_err(Failure::from)
}

fn read(path: &Path) -> Result<Vec<u8>, ConfigError> {
    std::fs::read(path).map_err(|e| ConfigError::Unreadable(path.to_owned(), e))
}

impl From<BadTls> for Failure {
    fn from(error: BadTls) -> Self {
        Self::new(Exit::Config, error.to_string(), "Check `delivery.tls` and `delivery.ca_file`.")
    }
}
