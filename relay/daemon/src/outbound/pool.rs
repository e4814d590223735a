//! Connections to one next hop: how many, how long they are kept, and when no new ones are tried.

use super::attempt::{Attempt, Parcel};
use super::circuit::{Circuit, Leave};
use super::fault::{Class, Fault, Phase};
use super::letter::Broken;
use super::link::Link;
use std::future::Future;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::{Notify, Semaphore};
use tokio::time::{Instant, timeout_at};

/// How many connections, and for how long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most connections to one next hop at a time.
    pub connections: usize,
    /// Most letters over one connection.
    pub letters: u32,
    /// How long a connection without work is kept.
    pub idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 20, letters: 100, idle: Duration::from_secs(30) }
    }
}

/// Opens connections for a pool.
pub(super) trait Opener: Sync {
    fn open(&self) -> impl Future<Output = Result<Link, Fault>> + Send;
}

/// The connections to one next hop.
pub(super) struct Pool {
    limits: Limits,
    seats: Semaphore,
    idle: Mutex<Vec<Idle>>,
    /// Connections that stand, at work or idle.
    standing: AtomicUsize,
    /// Rings when a connection comes back or falls.
    changed: Notify,
    circuit: Circuit,
    is_sweeping: AtomicBool,
}

struct Idle {
    link: Link,
    since: Instant,
}

/// A connection with a letter on it. Dropped midway (a broken dialogue, a cancelled attempt) it is closed.
struct AtWork<'a> {
    pool: &'a Arc<Pool>,
    link: Option<Link>,
}

impl Pool {
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            seats: Semaphore::new(limits.connections.max(1)),
            limits,
            idle: Mutex::default(),
            standing: AtomicUsize::new(0),
            changed: Notify::new(),
            circuit: Circuit::default(),
            is_sweeping: AtomicBool::new(false),
        })
    }

    /// Sends one letter, over a connection that stands or over a new one.
    pub(super) async fn send(self: &Arc<Self>, parcel: &Parcel, opener: &impl Opener) -> Attempt {
        let Ok(_seat) = self.seats.acquire().await else { return away().into_attempt() };
        let mut may_reuse = true;
        loop {
            let reused = if may_reuse { self.reuse() } else { None };
            let is_reused = reused.is_some();
            let work = match reused {
                Some(work) => Some(work),
                None => match self.connect(opener).await {
                    Ok(work) => work,
                    Err(fault) => return fault.into_attempt(),
                },
            };
            // Nothing new can be had just now, but something came back.
            let Some(mut work) = work else {
                may_reuse = true;
                continue;
            };
            match work.deliver(parcel).await {
                Ok(attempt) => {
                    work.keep();
                    return attempt;
                }
                // The peer had tired of waiting; this letter it never saw.
                Err(broken) if is_reused && broken.is_untouched => may_reuse = false,
                Err(broken) => return broken.fault.into_attempt(),
            }
        }
    }

    /// When a letter has a chance again; `None` is now.
    pub(super) fn retry_at(&self) -> Option<Instant> {
        if self.stands() { None } else { self.circuit.retry_at(Instant::now()) }
    }

    /// Whether any connection stands or is being tried.
    pub(super) fn is_in_use(&self) -> bool {
        self.stands() || self.seats.available_permits() < self.limits.connections.max(1)
    }

    /// Takes leave of the next hop on every connection without work.
    pub(super) async fn close(&self) {
        let links = self.take_idle(|_| true);
        for link in links {
            link.quit().await;
        }
    }

    fn reuse(self: &Arc<Self>) -> Option<AtWork<'_>> {
        let idle = self.idle().pop()?;
        let work = AtWork { pool: self, link: Some(idle.link) };
        // Past its time the peer may be hanging up at this moment; dropping it is cheaper than trying.
        (idle.since.elapsed() < self.limits.idle).then_some(work)
    }

    /// Opens a connection. `None`: none can be had now, but others stand and one of them has changed.
    async fn connect(self: &Arc<Self>, opener: &impl Opener) -> Result<Option<AtWork<'_>>, Fault> {
        let (fault, until) = match self.circuit.ask(Instant::now()) {
            Leave::Later(until) => (away(), until),
            Leave::Granted(ticket) => match opener.open().await {
                Ok(link) => {
                    self.circuit.succeeded();
                    self.standing.fetch_add(1, Ordering::SeqCst);
                    return Ok(Some(AtWork { pool: self, link: Some(link) }));
                }
                Err(fault) if fault.is_lasting() => return Err(fault),
                Err(fault) => {
                    let now = Instant::now();
                    self.circuit.failed(ticket, now);
                    (fault, self.circuit.retry_at(now).unwrap_or(now))
                }
            },
        };
        if !self.stands() {
            return Err(fault);
        }
        // Late or early does not matter: the caller looks again.
        let _woken = timeout_at(until, self.changed.notified()).await;
        Ok(None)
    }

    fn stands(&self) -> bool {
        self.standing.load(Ordering::SeqCst) > 0
    }

    fn fell(&self) {
        self.standing.fetch_sub(1, Ordering::SeqCst);
        self.changed.notify_waiters();
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Idle>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_idle(&self, goes: impl Fn(&Idle) -> bool) -> Vec<Link> {
        let gone: Vec<Idle> = self.idle().extract_if(.., |idle| goes(idle)).collect();
        gone.into_iter()
            .map(|idle| {
                self.fell();
                idle.link
            })
            .collect()
    }
}

impl AtWork<'_> {
    async fn deliver(&mut self, parcel: &Parcel) -> Result<Attempt, Broken> {
        match self.link.as_mut() {
            Some(link) => link.deliver(parcel).await,
            None => Err(away().into()),
        }
    }

    /// Gives the connection back for the next letter, or closes it when it has carried enough.
    fn keep(mut self) {
        let pool = self.pool;
        let Some(link) = self.link.take_if(|link| link.letters < pool.limits.letters) else {
            if let Some(link) = self.link.take() {
                pool.fell();
                tokio::spawn(link.quit());
            }
            return;
        };
        let mut idle = pool.idle();
        idle.push(Idle { link, since: Instant::now() });
        let is_swept = pool.is_sweeping.swap(true, Ordering::SeqCst);
        drop(idle);
        pool.changed.notify_one();
        if !is_swept {
            tokio::spawn(sweep(Arc::downgrade(pool), pool.limits.idle));
        }
    }
}

impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        if self.link.take().is_some() {
            self.pool.fell();
        }
    }
}

/// Closes connections that have been without work for too long; ends when none is left.
async fn sweep(pool: Weak<Pool>, limit: Duration) {
    loop {
        tokio::time::sleep(limit.max(Duration::from_millis(10))).await;
        let Some(pool) = pool.upgrade() else { return };
        for link in pool.take_idle(|idle| idle.since.elapsed() >= limit) {
            tokio::spawn(link.quit());
        }
        let idle = pool.idle();
        if idle.is_empty() {
            // Still under the lock, so whoever comes next starts a new sweep.
            pool.is_sweeping.store(false, Ordering::SeqCst);
            return;
        }
    }
}

/// Nobody answers there, and it is too early to ask again.
fn away() -> Fault {
    Fault::new(Phase::Connect, Class::Connect).with(4, 4, 1)
}
