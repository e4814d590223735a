//! The quote cutter: any text, as an answer and as a fresh letter; what is left is no longer than what came.
#![no_main]

use brevbro_core::party::Side;
use brevbro_core::time::Moment;
use brevbro_sanitise::{Identity, Limits, Outcome, Rules, Scope, ThreadKey, rebuild};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let threads = ThreadKey::new([7; 64]);
    let scope = Scope { pairing: 1, author: Side::Volunteer };
    let now = Moment::from_millis(1_795_262_400_000);
    let rules = Rules { limits: Limits::default(), now, seed: [1; 16], threads: &threads, scope };
    for head in ["Subject: Hej\r\n", "Subject: Re: Hej\r\nIn-Reply-To: <a@example.org>\r\n", "Subject: Fwd: Hej\r\n"] {
        let letter = format!("From: eva@example.com\r\n{head}Content-Type: text/plain; charset=utf-8\r\n\r\n{text}");
        if let Outcome::Clean(clean) = rebuild(letter.as_bytes(), &Identity::default(), &rules) {
            // Placeholders may be longer than what they stand for, by a little for each.
            assert!(clean.text().len() <= text.len() * 8 + 64);
        }
    }
});
