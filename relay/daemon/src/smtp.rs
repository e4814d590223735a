//! The SMTP door: sockets and time around the pure session of `brevbro_core::smtp`.
//!
//! It knows neither the store nor the keys. A whole letter goes through the [`Intake`] port, and the answer of the
//! intake is the answer to the peer.

use brevbro_core::envelope::Received;
use brevbro_core::reply::Reply;
use brevbro_core::smtp::Terms;
use std::sync::Arc;

mod conn;
mod counters;
mod doubt;
mod listener;
mod network;
mod pace;
mod places;
#[cfg(test)]
mod tests;
mod tls;

pub use counters::SmtpCounters;
pub use doubt::Doubt;
pub use listener::{CannotListen, Listener, serve};
pub use network::{Network, NotANetwork};
pub use pace::{Crowd, Pace};
pub use tls::{Tls, TlsFiles, TlsTrouble};

/// Where letters go: the relay's desks, or the demo's mailboxes.
pub trait Intake: Send + Sync + 'static {
    /// Works on one letter and gives the answer for the peer. A positive one is a promise: the letter is durable.
    /// The future is dropped when the house closes before it is done; nothing was promised then.
    fn take(&self, letter: Received) -> impl Future<Output = Reply> + Send;

    /// The same for an intake that cares whether its answer was heard.
    fn take_in_doubt(&self, letter: Received) -> impl Future<Output = (Reply, Option<Doubt>)> + Send {
        async { (self.take(letter).await, None) }
    }
}

/// What all sessions of one listener share.
#[derive(Debug)]
pub struct Door<I> {
    intake: I,
    terms: Arc<Terms>,
    tls: Option<Arc<Tls>>,
    pace: Pace,
    crowd: Crowd,
    trusted: Vec<Network>,
    counters: Arc<SmtpCounters>,
}

impl<I: Intake> Door<I> {
    /// A door with ordinary pace and crowd, no TLS, nobody trusted.
    pub fn new(intake: I, terms: Terms) -> Self {
        Self {
            intake,
            terms: Arc::new(Terms { tls: false, ..terms }),
            tls: None,
            pace: Pace::default(),
            crowd: Crowd::default(),
            trusted: Vec::new(),
            counters: Arc::default(),
        }
    }

    /// Offers STARTTLS.
    #[must_use]
    pub fn with_tls(self, tls: Arc<Tls>) -> Self {
        let terms = Terms { tls: true, ..Terms::clone(&self.terms) };
        Self { tls: Some(tls), terms: Arc::new(terms), ..self }
    }

    /// Sets the time limits.
    #[must_use]
    pub fn with_pace(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// Sets how many sessions there may be at once.
    #[must_use]
    pub fn with_crowd(self, crowd: Crowd) -> Self {
        Self { crowd, ..self }
    }

    /// Names the networks of front MTAs.
    #[must_use]
    pub fn with_trusted(self, trusted: Vec<Network>) -> Self {
        Self { trusted, ..self }
    }

    /// The counters, for the metrics page.
    pub fn counters(&self) -> Arc<SmtpCounters> {
        Arc::clone(&self.counters)
    }
}
