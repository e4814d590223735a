//! `serve`: puts the roles of one process together, says `ready`, and closes in order.

mod admin;
mod assemble;
mod roles;

pub use assemble::{Outgoing, house_on, open_house, outgoing};
pub use roles::Roles;

use crate::cli::{Exit, Failure, world::key_folder};
use crate::clock::WallClock;
use crate::config::{Config, Unverified};
use crate::delivery::{Courier, Handover, Incoming, handover};
use crate::dns::{Dns, DnsOptions};
use crate::evidence::{EvidenceOptions, Front, Gatherer};
use crate::house::House;
use crate::intake::Relay;
use crate::smtp::{self, Crowd, Door, Listener, Network, Pace, Tls, TlsFiles};
use brevbro_core::smtp::{Accept, Limits, Terms};
use std::fs::File;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Runs the roles until SIGTERM or SIGINT, then drains.
pub async fn run(file: &Path, roles: Roles) -> Result<(), Failure> {
    log_to_stderr();
    let config = Config::load(file)?;
    let (close, closing) = watch::channel(false);
    let running = start(&config, roles, closing).await?;
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        relay = roles.relay,
        deliver = roles.deliver,
        tick = roles.tick,
        admin = roles.admin,
        engine = ?running.house.store.engine(),
        "open"
    );
    say_ready(&running)?;
    wait_for_signal().await;
    tracing::info!("closing: letters in flight may finish");
    let _ = close.send(true);
    running.end().await;
    Ok(())
}

/// The roles at work.
pub struct Running {
    house: Arc<House>,
    tasks: JoinSet<()>,
    /// Where mail is taken in.
    pub smtp: Vec<SocketAddr>,
    /// Where pages, health and metrics are.
    pub admin: Option<SocketAddr>,
}

impl Running {
    /// The shared house.
    pub fn house(&self) -> &Arc<House> {
        &self.house
    }

    /// Waits until every role has ended, and lets the store go.
    pub async fn end(mut self) {
        while self.tasks.join_next().await.is_some() {}
        let store = self.house.store.clone();
        drop(self.house);
        let _ = store.close().await;
    }
}

/// Starts the roles.
pub async fn start(config: &Config, roles: Roles, closing: watch::Receiver<bool>) -> Result<Running, Failure> {
    let house = Arc::new(open_house(config, Arc::new(WallClock)).await?);
    let mut tasks = JoinSet::new();
    let (give, take) = handover();
    let give = roles.deliver.then_some(give);
    // The door closes first, the courier after it: what the door still takes in must find its courier.
    let (door_closed, no_more_letters) = watch::channel(false);
    if roles.deliver {
        deliver(config, &house, take, &mut tasks, &no_more_letters).await?;
    }
    let mut addresses = Vec::new();
    let mut counters = None;
    if roles.relay {
        let (listener, door) = relay(config, &house, give).await?;
        addresses = listener.addresses();
        counters = Some(door.counters());
        let closing = closing.clone();
        tasks.spawn(async move {
            smtp::serve(listener, door, closing).await;
            let _ = door_closed.send(true);
        });
    } else {
        let mut closing = closing.clone();
        tasks.spawn(async move {
            let _ = closing.wait_for(|closed| *closed).await;
            let _ = door_closed.send(true);
        });
    }
    if roles.tick {
        tasks.spawn(crate::tick::run(Arc::clone(&house), closing.clone()));
    }
    let admin =
        if roles.admin { Some(admin::start(config, &house, counters, &mut tasks, &closing).await?) } else { None };
    Ok(Running { house, tasks, smtp: addresses, admin })
}

async fn deliver(
    config: &Config,
    house: &Arc<House>,
    take: Incoming,
    tasks: &mut JoinSet<()>,
    closing: &watch::Receiver<bool>,
) -> Result<(), Failure> {
    let keys = key_folder(config);
    let opening = keys.opening()?;
    let signer = if config.delivery.sign { Some(crate::signing::load(&keys, &house.domain)?) } else { None };
    let lock = sole_deliverer(config)?;
    if lock.is_some() {
        // The only deliverer takes back at once what its predecessor had claimed when it died.
        house.store.release_all_claims(house.clock.now()).await?;
    }
    let (house, width, closing) = (Arc::clone(house), config.delivery.connections, closing.clone());
    match outgoing(config)? {
        Outgoing::Smarthost(out) => {
            let courier = Arc::new(Courier::new(house, opening, signer, *out, width));
            tasks.spawn(async move { (courier.run(take, closing).await, lock).0 });
        }
        Outgoing::Direct(out) => {
            let courier = Arc::new(Courier::new(house, opening, signer, *out, width));
            tasks.spawn(async move { (courier.run(take, closing).await, lock).0 });
        }
    }
    Ok(())
}

/// On SQLite a lock beside the database tells whether this process is the only one that delivers. It goes
/// with the process, however that ends. On Postgres leases alone decide.
fn sole_deliverer(config: &Config) -> Result<Option<File>, Failure> {
    let url = config.store_url()?;
    let Some(path) = url.strip_prefix("sqlite:") else { return Ok(None) };
    let lock = File::create(format!("{path}.deliver-lock"))?;
    Ok(lock.try_lock().is_ok().then_some(lock))
}

async fn relay(
    config: &Config,
    house: &Arc<House>,
    give: Option<Handover>,
) -> Result<(Listener, Arc<Door<Relay>>), Failure> {
    let hostname = config.hostname()?;
    let dns = Dns::new(&DnsOptions { name_servers: config.smtp.name_servers.clone(), ..DnsOptions::default() })
        .map_err(|e| Failure::new(Exit::Config, e.to_string(), "Set `smtp.name_servers`."))?;
    let front = if config.smtp.trusted_authenticates {
        Front::Refuses
    } else {
        Front::Reports { authserv_id: config.smtp.authserv_id.clone() }
    };
    let evidence = Gatherer::new(&dns, EvidenceOptions { front, ..EvidenceOptions::new(hostname.clone()) });
    let refuse_unaligned = config.smtp.unverified == Unverified::Refuse;
    let intake = Relay::new(Arc::clone(house), evidence, give, refuse_unaligned);
    let limits = Limits { message: config.smtp.max_message_bytes, ..Limits::default() };
    let terms = Terms { hostname, accept: Accept::Ours(vec![house.domain.clone()]), tls: false, limits };
    let (total, per_network) = (config.smtp.max_sessions, config.smtp.max_sessions_per_network);
    let crowd = Crowd { total, per_network, ..Crowd::default() };
    let session = Duration::from_secs(config.smtp.session_minutes.saturating_mul(60));
    let mut door = Door::new(intake, terms)
        .with_crowd(crowd)
        .with_pace(Pace { session, ..Pace::default() })
        .with_trusted(trusted(config)?);
    if let (Some(certificate), Some(key)) = (&config.smtp.tls_cert, &config.smtp.tls_key) {
        let files = TlsFiles { certificate: config.path(certificate), key: config.path(key) };
        let tls = Tls::load(files)
            .map_err(|e| Failure::new(Exit::Config, e.to_string(), "Check `smtp.tls_cert` and `smtp.tls_key`."))?;
        let tls = Arc::new(tls);
        reload_on_hangup(Arc::clone(&tls));
        door = door.with_tls(tls);
    }
    let listener = Listener::bind(&config.smtp.listen)
        .await
        .map_err(|e| Failure::new(Exit::Unavailable, e.to_string(), "Free the port, or change `smtp.listen`."))?;
    Ok((listener, Arc::new(door)))
}

fn trusted(config: &Config) -> Result<Vec<Network>, Failure> {
    let parse = |text: &String| {
        let advice = "Write `smtp.trusted_networks` like [\"192.0.2.0/24\", \"::1\"].";
        text.parse::<Network>().map_err(|e| Failure::new(Exit::Config, format!("{text}: {e}"), advice))
    };
    config.smtp.trusted_networks.iter().map(parse).collect()
}

/// One line for whoever waits for us: a service manager, a test, the demonstration.
fn say_ready(running: &Running) -> Result<(), Failure> {
    use std::fmt::Write as _;
    let mut line = "ready".to_owned();
    for address in &running.smtp {
        let _ = write!(line, " smtp={address}");
    }
    if let Some(address) = running.admin {
        let _ = write!(line, " admin={address}");
    }
    line.push('\n');
    let mut out = std::io::stdout().lock();
    std::io::Write::write_all(&mut out, line.as_bytes())?;
    Ok(std::io::Write::flush(&mut out)?)
}

/// A renewed certificate is taken up without closing the house.
#[cfg(unix)]
fn reload_on_hangup(tls: Arc<Tls>) {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut hangup) = signal(SignalKind::hangup()) else { return };
    tokio::spawn(async move {
        while hangup.recv().await.is_some() {
            if let Ok(()) = tls.reload() {
                tracing::info!("the certificate was read anew");
            } else {
                tracing::warn!("the certificate could not be read; the old one stays in use");
            }
        }
    });
}

#[cfg(not(unix))]
fn reload_on_hangup(_tls: Arc<Tls>) {}

/// Returns on SIGTERM or SIGINT.
#[cfg(unix)]
pub async fn wait_for_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return std::future::pending().await };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

/// Returns on Ctrl-C.
#[cfg(not(unix))]
pub async fn wait_for_signal() {
    let _ = tokio::signal::ctrl_c().await;
}

/// Codes, counts and numbers go to standard error; `BREVBRO_LOG` chooses how much. Other crates stay silent:
/// nobody has checked what they would print.
fn log_to_stderr() {
    use tracing_subscriber::EnvFilter;
    let wanted = std::env::var("BREVBRO_LOG").unwrap_or_else(|_| "info".to_owned());
    let level = match wanted.as_str() {
        "error" | "warn" | "info" | "debug" => wanted,
        _ => "info".to_owned(),
    };
    let filter = EnvFilter::new(format!("off,brevbro={level},brevbro_admin_api={level},brevbro_store={level}"));
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}
