//! What the house counts about itself: numbers without a person in them.

use std::sync::atomic::{AtomicU64, Ordering};

/// One number. It only grows, but for what is open now.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// So many more.
    pub(crate) fn add(&self, n: u64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }
    /// One less.
    pub(crate) fn drop_one(&self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
    /// The number now.
    pub fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident => $help:literal),+ $(,)?) => {
        /// Everything that is counted.
        #[derive(Debug, Default)]
        pub struct Counters {
            $($(#[$doc])* pub $name: Counter),+
        }
        impl Counters {
            /// Name, help and value of every counter.
            pub fn all(&self) -> Vec<(&'static str, &'static str, u64)> {
                vec![$((concat!("brevbro_", stringify!($name), "_total"), $help, self.$name.now())),+]
            }
        }
    };
}

counters! {
    /// Letters committed to be sent.
    letters_relayed => "Letters accepted and committed to be sent.",
    /// Letters committed and held.
    letters_held => "Letters accepted and held by rule.",
    /// Letters committed and quarantined.
    letters_quarantined => "Letters accepted and kept until a person decides.",
    /// Letters that came twice and were kept once.
    letters_repeated => "Letters sent again by a peer that had missed our answer.",
    /// Reports, receipts and automatic answers that go no further.
    letters_absorbed => "Reports, receipts and automatic answers that were absorbed.",
    /// Letters that speak of danger.
    letters_flagged => "Letters in which the rules saw danger.",
    /// Letters that nobody could look at.
    letters_not_scanned => "Letters the rules could not read to the end, or in no language they know.",
    /// Letters refused after the end of data.
    letters_refused => "Letters refused after the end of data (5xx).",
    /// Letters the peer keeps for later.
    letters_deferred => "Letters put off after the end of data (4xx).",
    /// Deliveries that succeeded.
    deliveries_succeeded => "Deliveries the next hop accepted.",
    /// Attempts to be repeated.
    deliveries_deferred => "Delivery attempts that will be repeated.",
    /// Deliveries given up.
    deliveries_failed => "Deliveries given up and reported.",
    /// Reports about letters sent earlier.
    reports_received => "Delivery reports that named one of our letters.",
    /// Notices written.
    notices_written => "Notices written by the relay itself.",
    /// Items raised.
    items_raised => "Items raised for the coordinators.",
}
