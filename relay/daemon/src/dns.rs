//! The one DNS resolver: name servers, time-outs, and the answers mail routing needs.

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolverConfig, ResolverOpts};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;
use hickory_resolver::system_conf::read_system_conf;
use mail_auth::MessageAuthenticator;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// Which name servers to ask, and how patiently.
#[derive(Debug, Clone)]
pub struct DnsOptions {
    /// The name servers; none means those of the system (`/etc/resolv.conf`).
    pub name_servers: Vec<SocketAddr>,
    /// How long one question to one name server may take.
    pub timeout: Duration,
    /// How often a question is repeated when no answer comes.
    pub attempts: usize,
}

impl Default for DnsOptions {
    fn default() -> Self {
        Self { name_servers: Vec::new(), timeout: Duration::from_secs(3), attempts: 2 }
    }
}

/// Why there is no answer. Carries no name: it may be a person's domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DnsFault {
    /// The system's resolver settings cannot be read, or the settings given are no settings.
    #[error("the name servers could not be set up; check /etc/resolv.conf")]
    Setup,
    /// No name server answered, or one answered that it could not say.
    #[error("no name server gave an answer")]
    Trouble,
}

/// A mail exchanger (RFC 5321 §5.1).
#[derive(Clone, PartialEq, Eq)]
pub struct Exchange {
    /// Lower comes first.
    pub preference: u16,
    /// The host's name, lower case, without a final dot.
    pub host: String,
}

/// Where a domain takes its mail.
#[derive(Clone, PartialEq, Eq)]
pub enum Route {
    /// Its exchangers, sorted by preference; never empty.
    Exchanges(Vec<Exchange>),
    /// It publishes none: the domain itself is tried (RFC 5321 §5.1, implicit MX).
    Implicit,
    /// It takes no mail at all (RFC 7505).
    NullMx,
    /// There is no such domain.
    NoDomain,
}

/// The resolver. Cheap to clone; answers are cached for their time to live, bounded in number.
#[derive(Clone)]
pub struct Dns(TokioResolver);

impl Dns {
    /// Sets the resolver up; nothing is asked yet.
    pub fn new(options: &DnsOptions) -> Result<Self, DnsFault> {
        let (config, mut opts) = if options.name_servers.is_empty() {
            read_system_conf().map_err(|_| DnsFault::Setup)?
        } else {
            let servers = options.name_servers.iter().map(name_server).collect();
            (ResolverConfig::from_parts(None, Vec::new(), servers), ResolverOpts::default())
        };
        opts.timeout = options.timeout;
        opts.attempts = options.attempts;
        // A domain that has just been set up must not stay unknown to us for long.
        opts.negative_max_ttl = Some(Duration::from_mins(5));
        let builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
        builder.with_options(opts).build().map(Self).map_err(|_| DnsFault::Setup)
    }

    /// Where `domain` takes its mail.
    pub async fn route(&self, domain: &str) -> Result<Route, DnsFault> {
        let lookup = match self.0.mx_lookup(absolute(domain)).await {
            Ok(lookup) => lookup,
            Err(fault) if fault.is_nx_domain() => return Ok(Route::NoDomain),
            Err(fault) if fault.is_no_records_found() => return Ok(Route::Implicit),
            Err(_) => return Err(DnsFault::Trouble),
        };
        let records = lookup.answers().iter().filter_map(|record| match &record.data {
            RData::MX(mx) => Some(Exchange { preference: mx.preference, host: plain(&mx.exchange.to_ascii()) }),
            _ => None,
        });
        Ok(route_of(records.collect()))
    }

    /// The network addresses of a host; empty when it has none.
    pub async fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, DnsFault> {
        match self.0.lookup_ip(absolute(host)).await {
            Ok(lookup) => Ok(lookup.iter().collect()),
            Err(fault) => empty_or_trouble(&fault),
        }
    }

    /// The TXT records of a name, their strings joined; empty when it has none.
    pub async fn texts(&self, name: &str) -> Result<Vec<String>, DnsFault> {
        let lookup = match self.0.txt_lookup(absolute(name)).await {
            Ok(lookup) => lookup,
            Err(fault) => return empty_or_trouble(&fault),
        };
        let texts = lookup.answers().iter().filter_map(|record| match &record.data {
            RData::TXT(txt) => Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned()),
            _ => None,
        });
        Ok(texts.collect())
    }

    /// The same resolver, and the same cache, for SPF, DKIM, DMARC and ARC.
    pub fn authenticator(&self) -> MessageAuthenticator {
        MessageAuthenticator(self.0.clone())
    }
}

fn name_server(address: &SocketAddr) -> NameServerConfig {
    let at_port = |mut connection: ConnectionConfig| {
        connection.port = address.port();
        connection
    };
    let connections = vec![at_port(ConnectionConfig::udp()), at_port(ConnectionConfig::tcp())];
    NameServerConfig::new(address.ip(), true, connections)
}

fn empty_or_trouble<T>(fault: &NetError) -> Result<Vec<T>, DnsFault> {
    if fault.is_no_records_found() { Ok(Vec::new()) } else { Err(DnsFault::Trouble) }
}

/// A final dot keeps the system's search domains out of it.
fn absolute(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

fn plain(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

fn route_of(mut exchanges: Vec<Exchange>) -> Route {
    let has_null = exchanges.iter().any(|exchange| exchange.host.is_empty());
    exchanges.retain(|exchange| !exchange.host.is_empty());
    if exchanges.is_empty() {
        return if has_null { Route::NullMx } else { Route::Implicit };
    }
    exchanges.sort_by_key(|exchange| exchange.preference);
    Route::Exchanges(exchanges)
}
