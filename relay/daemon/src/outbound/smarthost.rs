//! Sending everything through one next hop: the organisation's own mail server.

use super::attempt::{Attempt, Outbound, Parcel, Sending};
use super::fault::{Class, Fault, Phase};
use super::link::{Door, Link, Login, Manners, open};
use super::login::Credentials;
use super::pool::{Limits, Opener, Pool};
use super::stream::Place;
use super::timeouts::Timeouts;
use super::tls::{BadTls, TlsMode, name_of, unverified, verified};
use brevbro_core::address::Domain;
use brevbro_core::reply::Enhanced;
use std::sync::Arc;
use tokio::time::Instant;

/// What is to be known about the smarthost.
#[derive(Debug, Clone)]
pub struct SmarthostOptions {
    /// Its host name or network address.
    pub host: String,
    /// Its port: 25, 587 (submission) or 465 (implicit TLS), as a rule.
    pub port: u16,
    /// When TLS begins.
    pub tls: TlsMode,
    /// The certificate authorities to believe, as PEM; `None` for those of the system.
    pub authorities: Option<Vec<u8>>,
    /// How to log in, if one must.
    pub credentials: Option<Credentials>,
    /// Whether the password may go unencrypted to a smarthost on this very machine.
    pub clear_password_on_loopback: bool,
    /// The name to say in EHLO.
    pub helo: Domain,
    /// How long to wait for it.
    pub timeouts: Timeouts,
    /// How many connections.
    pub limits: Limits,
}

impl SmarthostOptions {
    /// Plain settings for a host: STARTTLS, the system's authorities, no log-in, the usual limits.
    pub fn new(host: impl Into<String>, port: u16, helo: Domain) -> Self {
        Self {
            host: host.into(),
            port,
            tls: TlsMode::StartTls,
            authorities: None,
            credentials: None,
            clear_password_on_loopback: false,
            helo,
            timeouts: Timeouts::default(),
            limits: Limits::default(),
        }
    }
}

/// Sends everything through one next hop.
pub struct Smarthost {
    pool: Arc<Pool>,
    door: Door,
    manners: Manners,
}

impl Smarthost {
    /// Sets the smarthost up; nothing is connected yet.
    pub fn new(options: SmarthostOptions) -> Result<Self, BadTls> {
        let is_verified = matches!(options.tls, TlsMode::StartTls | TlsMode::Implicit);
        if options.credentials.is_some() && !is_verified && !options.clear_password_on_loopback {
            return Err(BadTls::Password);
        }
        let config = if is_verified { verified(options.authorities.as_deref())? } else { unverified()? };
        let clear_on_loopback = options.clear_password_on_loopback;
        let door = Door {
            name: name_of(&options.host)?,
            place: Place::Host(options.host, options.port),
            tls: options.tls,
            config,
            login: options.credentials.map(|credentials| Login { credentials, clear_on_loopback }),
        };
        let manners = Manners { helo: options.helo.ascii().into(), timeouts: Arc::new(options.timeouts) };
        Ok(Self { pool: Pool::new(options.limits), door, manners })
    }

    /// Takes leave on every connection without work; for a graceful end.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    async fn attempt(&self, parcel: Parcel) -> Attempt {
        let total = self.manners.timeouts.total;
        let late = Fault::new(Phase::Connect, Class::Timeout).with(4, 4, 1);
        let attempt = tokio::time::timeout(total, self.pool.send(&parcel, self)).await;
        match attempt.unwrap_or(late.into_attempt()) {
            Attempt::Failed(fault) if is_about_us(&fault) => Attempt::Deferred(fault.as_ours()),
            attempt => attempt,
        }
    }
}

impl Outbound for Smarthost {
    fn send(&self, parcel: Parcel) -> Sending<'_> {
        Box::pin(self.attempt(parcel))
    }

    fn retry_at(&self) -> Option<Instant> {
        self.pool.retry_at()
    }

    fn has_one_hop(&self) -> bool {
        true
    }
}

impl Opener for Smarthost {
    async fn open(&self) -> Result<Link, Fault> {
        let opened = open(&self.door, &self.manners).await;
        opened.map_err(|fault| if is_about_us(&fault) { fault.as_ours() } else { fault })
    }
}

/// Whether the smarthost refuses *us*: before a letter was mentioned, for want of a log-in, or because it
/// does not relay for us or for our reverse-path. No letter may fail over that.
fn is_about_us(fault: &Fault) -> bool {
    if fault.class != Class::Refused {
        return false;
    }
    let wants_login = matches!(fault.code, Some(530 | 534 | 535 | 538));
    let denies_relaying = matches!(
        (fault.phase, fault.enhanced),
        (Phase::MailFrom, Some(Enhanced(5, 7, _) | Enhanced(5, 1, 7 | 8)))
            | (Phase::RcptTo, Some(Enhanced(5, 7, 0 | 1)))
    );
    fault.phase.is_opening() || wants_login || denies_relaying
}
