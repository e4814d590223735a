//! Files: whatever a file holds, it is built anew within bounds or taken out.
#![no_main]

use brevbro_core::party::Side;
use brevbro_core::time::Moment;
use brevbro_sanitise::{Identity, Limits, Outcome, Rules, Scope, ThreadKey, rebuild};
use libfuzzer_sys::fuzz_target;

const HEAD: &[u8] = b"From: Anna Karlsson <anna.karlsson@example.net>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
    --b\r\nContent-Type: text/plain\r\n\r\nHej\r\n--b\r\nContent-Type: application/octet-stream; name=\"file.bin\"\r\n\
    Content-Disposition: attachment\r\nContent-Transfer-Encoding: binary\r\n\r\n";

fuzz_target!(|data: &[u8]| {
    let threads = ThreadKey::new([7; 64]);
    let scope = Scope { pairing: 1, author: Side::Seeker };
    let now = Moment::from_millis(1_795_262_400_000);
    let rules = Rules { limits: Limits::default(), now, seed: [1; 16], threads: &threads, scope };
    let letter = [HEAD, data, b"\r\n--b--\r\n"].concat();
    if let Outcome::Clean(clean) = rebuild(&letter, &Identity::default(), &rules) {
        assert!(clean.bytes().is_ascii());
    }
});
