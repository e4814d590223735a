//! `brevbro estimate`: the contact time of an exchange, with its honest range.

use super::{Failure, output};
use brevbro_core::ledger::{Exchange, Minutes, estimate};
use clap::Args;

/// Characters read and written.
#[derive(Args)]
pub struct Estimate {
    /// Characters of new text the volunteer received.
    #[arg(long, default_value_t = 0, value_name = "CHARS")]
    received: u64,
    /// Characters of new text the volunteer wrote.
    #[arg(long, default_value_t = 0, value_name = "CHARS")]
    written: u64,
    /// Letters handled.
    #[arg(long, default_value_t = 1, value_name = "N")]
    letters: u64,
}

impl Estimate {
    /// Prints the estimate.
    pub fn run(&self, _json: bool) -> Result<(), Failure> {
        let all = estimate(Exchange { received: self.received, written: self.written, letters: self.letters });
        output::json(&serde_json::json!({
            "minutes": minutes(all.minutes), "low": minutes(all.low), "high": minutes(all.high),
        }))
    }
}

/// Tenths of a minute as a JSON number.
pub(super) fn minutes(value: Minutes) -> serde_json::Value {
    let tenths = value.as_tenths();
    if tenths % 10 == 0 { (tenths / 10).into() } else { serde_json::from_str(&value.to_string()).unwrap_or_default() }
}
