//! Sending to each recipient's own mail exchangers (RFC 5321 §5).

use super::attempt::{Attempt, Outbound, Parcel, Sending};
use super::fault::{Class, Fault, Phase};
use super::link::{Door, Link, Manners, open};
use super::pool::{Limits, Opener, Pool};
use super::stream::Place;
use super::timeouts::Timeouts;
use super::tls::{BadTls, TlsMode, name_of, unverified};
use crate::dns::{Dns, Exchange, Route};
use brevbro_core::address::Domain;
use rustls::ClientConfig;
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// Picks a number below its argument: chance, passed in so that a test can do without.
pub type Pick = Arc<dyn Fn(usize) -> usize + Send + Sync>;

/// Most exchangers tried for one letter, and most addresses of each.
const EXCHANGES_MAX: usize = 5;
const ADDRESSES_MAX: usize = 2;
/// Above this many domains those without connections are forgotten.
const LANES_MAX: usize = 1000;

/// How to send to the world.
#[derive(Clone)]
pub struct DirectOptions {
    /// The name to say in EHLO; also taken for one of our own hosts.
    pub helo: Domain,
    /// Other names our own exchangers go by; a way that leads to one of them is a loop.
    pub own_hosts: Vec<Domain>,
    /// 25, but for tests.
    pub port: u16,
    /// Whether an exchanger may be this very machine. A stranger's DNS could point there.
    pub allow_loopback: bool,
    /// How long to wait for an exchanger.
    pub timeouts: Timeouts,
    /// For each domain.
    pub limits: Limits,
    /// Most letters under way at a time, all domains together.
    pub total_connections: usize,
    /// Chance, to spread the load over exchangers of equal preference.
    pub pick: Pick,
}

/// Sends to each domain's own exchangers.
pub struct DirectMx {
    dns: Dns,
    options: DirectOptions,
    manners: Manners,
    config: Arc<ClientConfig>,
    lanes: Mutex<HashMap<Domain, Arc<Pool>>>,
    seats: Semaphore,
}

impl DirectMx {
    /// Sets it up; nothing is asked or connected yet.
    pub fn new(dns: Dns, options: DirectOptions) -> Result<Self, BadTls> {
        let manners = Manners { helo: options.helo.ascii().into(), timeouts: Arc::new(options.timeouts.clone()) };
        let seats = Semaphore::new(options.total_connections.max(1));
        Ok(Self { dns, manners, config: unverified()?, lanes: Mutex::default(), seats, options })
    }

    async fn attempt(&self, parcel: Parcel) -> Attempt {
        // Mail to a bare network address is not sent: it says nothing about who answers there.
        let Some(domain) = parcel.forward_path.domain() else {
            return no_route(5, 1, 3).into_attempt();
        };
        let sending = async {
            let _seat = self.seats.acquire().await;
            let lane = Lane { to: domain, mx: self };
            self.lane(domain).send(&parcel, &lane).await
        };
        let late = Fault::new(Phase::Connect, Class::Timeout).with(4, 4, 1);
        let total = self.manners.timeouts.total;
        tokio::time::timeout(total, sending).await.unwrap_or(late.into_attempt())
    }

    fn lane(&self, domain: &Domain) -> Arc<Pool> {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        if lanes.len() > LANES_MAX {
            lanes.retain(|_, pool| pool.is_in_use() || pool.retry_at().is_some());
        }
        Arc::clone(lanes.entry(domain.clone()).or_insert_with(|| Pool::new(self.options.limits)))
    }

    /// The exchangers to try, in order.
    async fn exchanges(&self, domain: &Domain) -> Result<Vec<String>, Fault> {
        let trouble = Fault::new(Phase::Route, Class::Lookup).with(4, 4, 3);
        match self.dns.route(domain.ascii()).await.map_err(|_| trouble)? {
            Route::NullMx => Err(no_route(5, 1, 10)),
            Route::NoDomain => Err(no_route(5, 1, 2)),
            Route::Implicit => Ok(vec![domain.ascii().to_owned()]),
            Route::Exchanges(exchanges) => {
                let is_own = |host: &str| self.is_own(host);
                in_order(exchanges, is_own, &*self.options.pick)
                    .ok_or(Fault::new(Phase::Route, Class::Loop).with(5, 4, 6))
            }
        }
    }

    fn is_own(&self, host: &str) -> bool {
        self.options.own_hosts.iter().chain([&self.options.helo]).any(|own| own.ascii() == host)
    }

    /// Tries one exchanger, first with TLS where offered, then, if TLS came to nothing, without.
    async fn open_at(&self, host: &str, address: SocketAddr) -> Result<Link, Fault> {
        let name = name_of(host).map_err(|_| no_route(5, 4, 4))?;
        let config = Arc::clone(&self.config);
        let mut door = Door { place: Place::Address(address), tls: TlsMode::Opportunistic, config, name, login: None };
        match open(&door, &self.manners).await {
            Err(fault) if fault.class == Class::Tls => {
                door.tls = TlsMode::None;
                open(&door, &self.manners).await
            }
            opened => opened,
        }
    }
}

impl Outbound for DirectMx {
    fn send(&self, parcel: Parcel) -> Sending<'_> {
        Box::pin(self.attempt(parcel))
    }
}

/// The way to one domain.
struct Lane<'a> {
    to: &'a Domain,
    mx: &'a DirectMx,
}

impl Opener for Lane<'_> {
    async fn open(&self) -> Result<Link, Fault> {
        let mut found: Option<Fault> = None;
        for host in self.mx.exchanges(self.to).await?.into_iter().take(EXCHANGES_MAX) {
            let Ok(addresses) = self.mx.dns.addresses(&host).await else {
                found = Some(kinder(found, Fault::new(Phase::Route, Class::Lookup).with(4, 4, 3)));
                continue;
            };
            let usable = addresses.into_iter().filter(|ip| self.mx.options.allow_loopback || is_elsewhere(*ip));
            for ip in usable.take(ADDRESSES_MAX) {
                match self.mx.open_at(&host, SocketAddr::new(ip, self.mx.options.port)).await {
                    Ok(link) => return Ok(link),
                    Err(fault) => found = Some(kinder(found, fault)),
                }
            }
        }
        Err(found.unwrap_or(no_route(5, 4, 4)))
    }
}

/// Of two faults the one that leaves hope: a letter fails only when every exchanger says never.
fn kinder(so_far: Option<Fault>, fault: Fault) -> Fault {
    match so_far {
        Some(other) if !other.is_lasting() => other,
        _ => fault,
    }
}

fn no_route(class: u8, subject: u16, detail: u16) -> Fault {
    Fault::new(Phase::Route, Class::NoRoute).with(class, subject, detail)
}

/// Whether an address can be another machine's.
fn is_elsewhere(ip: IpAddr) -> bool {
    let ip = ip.to_canonical();
    !(ip.is_loopback() || ip.is_unspecified() || ip.is_multicast() || ip == IpAddr::from([255, 255, 255, 255]))
}

/// Exchangers in the order to try them: by preference, by chance within one. Those no better than ourselves
/// are left out (RFC 5321 §5.1); `None` if that leaves nobody.
fn in_order(
    mut exchanges: Vec<Exchange>,
    is_own: impl Fn(&str) -> bool,
    pick: &dyn Fn(usize) -> usize,
) -> Option<Vec<String>> {
    let ours = exchanges.iter().filter(|exchange| is_own(&exchange.host)).map(|exchange| exchange.preference).min();
    exchanges.retain(|exchange| ours.is_none_or(|ours| exchange.preference < ours));
    for group in exchanges.chunk_by_mut(|one, other| one.preference == other.preference) {
        for last in (1..group.len()).rev() {
            group.swap(last, pick(last + 1).min(last));
        }
    }
    (!exchanges.is_empty()).then(|| exchanges.into_iter().map(|exchange| exchange.host).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchanges(list: &[(u16, &str)]) -> Vec<Exchange> {
        list.iter().map(|(preference, host)| Exchange { preference: *preference, host: (*host).to_owned() }).collect()
    }

    #[test]
    fn order_is_by_preference_and_then_by_chance() {
        let list = [(10, "a"), (10, "b"), (10, "c"), (20, "d")];
        let ordered = |pick: &dyn Fn(usize) -> usize| in_order(exchanges(&list), |_| false, pick).unwrap().concat();
        assert_eq!(ordered(&|n| n - 1), "abcd");
        assert_eq!(ordered(&|_| 0), "bcad");
        assert_eq!(ordered(&|_| usize::MAX), "abcd", "a pick out of range must not panic");
    }

    #[test]
    fn we_never_send_to_ourselves_or_behind_us() {
        let list = [(10, "a"), (20, "us"), (20, "b"), (30, "c")];
        let is_own = |host: &str| host == "us";
        assert_eq!(in_order(exchanges(&list), is_own, &|_| 0), Some(vec!["a".to_owned()]));
        assert_eq!(in_order(exchanges(&[(5, "us"), (10, "a")]), is_own, &|_| 0), None);
    }

    #[test]
    fn a_letter_fails_only_when_every_exchanger_says_never() {
        let never = Fault::new(Phase::Greeting, Class::Refused);
        let later = Fault::new(Phase::Connect, Class::Connect);
        assert_eq!(kinder(Some(later), never), later);
        assert_eq!(kinder(Some(never), later), later);
        assert_eq!(kinder(None, never), never);
    }

    #[test]
    fn this_machine_is_not_elsewhere() {
        for ip in ["127.0.0.1", "::1", "0.0.0.0", "::ffff:127.0.0.1", "224.0.0.1"] {
            assert!(!is_elsewhere(ip.parse().unwrap()), "{ip}");
        }
        assert!(is_elsewhere("192.0.2.1".parse().unwrap()));
    }
}
