//! Whole letters: nothing panics, and whatever comes out has only the allowed header fields.
#![no_main]

use brevbro_core::party::Side;
use brevbro_core::time::Moment;
use brevbro_sanitise::write::FIELDS;
use brevbro_sanitise::{Identity, Limits, Outcome, Rules, Scope, ThreadKey, rebuild};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let threads = ThreadKey::new([7; 64]);
    let scope = Scope { pairing: 1, author: Side::Seeker };
    let rules = Rules { limits: Limits::default(), now: Moment::from_millis(1_795_262_400_000), seed: [1; 16], threads: &threads, scope };
    let mut identity = Identity::default();
    identity.sender.names.push("Anna Karlsson".to_owned());
    identity.sender.addresses.push("anna.karlsson@example.net".to_owned());
    if let Outcome::Clean(letter) = rebuild(data, &identity, &rules) {
        let text = std::str::from_utf8(letter.bytes()).expect("a finished letter is ASCII");
        let (head, _) = text.split_once("\r\n\r\n").expect("a finished letter has a header");
        for line in head.split("\r\n").filter(|line| !line.starts_with(' ')) {
            assert!(line.split_once(": ").is_some_and(|(name, _)| FIELDS.contains(&name)));
        }
    }
});
