//! What the outer tests share: rules with a fixed clock and seed, and letters taken apart again.

use brevbro_core::party::Side;
use brevbro_core::time::Moment;
use brevbro_sanitise::{Limits, Rules, Scope, ThreadKey};

/// 2026-11-21T12:00:00Z.
pub(crate) const NOW: Moment = Moment::from_millis(1_795_262_400_000);

pub(crate) fn key() -> ThreadKey {
    ThreadKey::new(std::array::from_fn(|n| u8::try_from(n).unwrap()))
}

pub(crate) fn rules(threads: &ThreadKey) -> Rules<'_> {
    let scope = Scope { pairing: 7, author: Side::Seeker };
    Rules { limits: Limits::default(), now: NOW, seed: [3; 16], threads, scope }
}

/// Every text an adversary can read out of a finished letter: its octets, and what they decode to.
#[allow(dead_code, reason = "not every test binary reads letters back")]
pub(crate) fn read_back(bytes: &[u8]) -> String {
    let message = mail_parser::MessageParser::default().parse(bytes).unwrap();
    let body = message.body_text(0).unwrap_or_default().into_owned();
    let subject = message.subject().unwrap_or_default().to_owned();
    format!("{}\n{subject}\n{body}", String::from_utf8_lossy(bytes))
}
