//! What every role of the house shares: the store, the public facts, the clock and the counters.

use crate::clock::Clock;
use crate::counters::Counters;
use crate::keys::{ArchiveKeys, IndexKey, SealingKey};
use crate::notice::Notices;
use crate::people::Opener;
use crate::programmes::Programmes;
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::party::Language;
use brevbro_flags::Rules;
use brevbro_store::{Node, Store};
use jiff::tz::TimeZone;
use std::sync::Arc;

/// The house. No socket and no secret of the letters is in here.
pub struct House {
    /// The aliases' domain.
    pub domain: Domain,
    /// The mailbox a human reads.
    pub contact: Option<EmailAddr>,
    /// The language of notices to the contact.
    pub language: Language,
    /// Numbers, mailboxes and hosts that stay in letters; nobody's own.
    pub spared: Vec<String>,
    /// Where weeks begin.
    pub zone: TimeZone,
    /// The programmes' rules.
    pub programmes: Programmes,
    /// How people reach the pages, without a slash at its end.
    pub public_url: Option<String>,
    /// Everything that is kept.
    pub store: Store,
    /// Finds addresses, aliases and tokens.
    pub index: IndexKey,
    /// Opens who people are.
    pub people: Opener,
    /// Seals letters and notices.
    pub sealing: SealingKey,
    /// Seals what is kept for the coordinators.
    pub archive: ArchiveKeys,
    /// Sees danger in letters.
    pub rules: Rules,
    /// Writes notices.
    pub notices: Notices,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Counts.
    pub counters: Counters,
    /// This running process, as leases know it.
    pub node: Node,
}
