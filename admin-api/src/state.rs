//! What the routes may ask of the house: small ports, no keys and no store.

use crate::exposition::Family;
use crate::health::Check;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// An answer that may take a moment.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Asks the parts of the house whether they work. Should answer within a second or two by itself.
pub trait Probe: Send + Sync {
    /// One check for each part, always all of them, in a fixed order.
    fn ready(&self) -> Answer<'_, Vec<Check>>;
}

/// Tells what the house counts.
pub trait Metrics: Send + Sync {
    /// Every family, in a fixed order.
    fn families(&self) -> Answer<'_, Vec<Family>>;
}

/// Whether the house takes work: no until it has opened, and no again when it drains.
#[derive(Debug, Clone, Default)]
pub struct Readiness(Arc<AtomicBool>);

impl Readiness {
    /// A closed house.
    pub fn closed() -> Self {
        Self::default()
    }
    /// The house takes work from now on.
    pub fn open(&self) {
        self.0.store(true, Ordering::Release);
    }
    /// The house drains: whoever spreads work should send it elsewhere.
    pub fn close(&self) {
        self.0.store(false, Ordering::Release);
    }
    /// Whether it takes work now.
    pub fn is_open(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// What every route shares.
#[derive(Clone)]
pub struct AppState {
    pub(crate) readiness: Readiness,
    pub(crate) probe: Arc<dyn Probe>,
    pub(crate) metrics: Arc<dyn Metrics>,
    pub(crate) metrics_for_all: bool,
}

impl AppState {
    /// Ties the routes to the house; `/metrics` answers loopback only.
    pub fn new(readiness: Readiness, probe: Arc<dyn Probe>, metrics: Arc<dyn Metrics>) -> Self {
        Self { readiness, probe, metrics, metrics_for_all: false }
    }

    /// Lets every peer that can connect read `/metrics`.
    #[must_use]
    pub fn with_metrics_for_all(mut self, is_open: bool) -> Self {
        self.metrics_for_all = is_open;
        self
    }
}

impl fmt::Debug for AppState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppState").field("readiness", &self.readiness).finish_non_exhaustive()
    }
}
