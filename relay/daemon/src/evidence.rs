//! Gathering evidence about a letter's author: our own look-ups, or a trusted front MTA's word.

mod fields;
mod front;
mod lookups;
mod results;

pub use lookups::Lookups;

use crate::dns::Dns;
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::envelope::Received;
use brevbro_core::verify::Evidence;
use std::time::Duration;

/// How far a front MTA in `smtp.trusted_networks` is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Front {
    /// It has verified the author and says so in Authentication-Results (RFC 8601). It must take out such
    /// fields that come from outside. With a name only its own are read; without one the topmost is taken for
    /// its own, which is safe only while it never hands over a letter without adding one.
    Reports {
        /// The authserv-id it writes under.
        authserv_id: Option<String>,
    },
    /// It refuses forgeries itself, so whatever it hands over is authentic.
    Refuses,
}

/// How to gather.
#[derive(Debug, Clone)]
pub struct EvidenceOptions {
    /// Our host name; appears in SPF macros that a domain's owner may log.
    pub hostname: Domain,
    /// For all look-ups about one letter together.
    pub budget: Duration,
    /// What a trusted front MTA's word is worth.
    pub front: Front,
}

impl EvidenceOptions {
    /// Eight seconds for the look-ups; a trusted front MTA reports.
    pub fn new(hostname: Domain) -> Self {
        Self { hostname, budget: Duration::from_secs(8), front: Front::Reports { authserv_id: None } }
    }
}

/// Gathers evidence for desk 2.
pub struct Gatherer {
    lookups: Lookups,
    options: EvidenceOptions,
}

impl Gatherer {
    /// Sets it up; nothing is asked yet.
    pub fn new(dns: &Dns, options: EvidenceOptions) -> Self {
        Self { lookups: Lookups::new(dns, options.hostname.clone()), options }
    }

    /// Everything to be known about whether `author` wrote this letter, within the budget. Fields that a peer
    /// outside the trusted networks wrote about itself are never read.
    pub async fn gather(&self, received: &Received, author: &EmailAddr) -> Evidence {
        if received.peer.trusted {
            return match &self.options.front {
                Front::Refuses => Evidence { vouched: true, ..Evidence::default() },
                Front::Reports { authserv_id } => front::read(received.raw.bytes(), author, authserv_id.as_deref()),
            };
        }
        let looking = self.lookups.look(received, author);
        let found = tokio::time::timeout(self.options.budget, looking).await;
        found.unwrap_or_else(|_| Evidence::out_of_time(author))
    }
}
