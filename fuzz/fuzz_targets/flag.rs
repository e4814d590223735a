//! Any text as a letter by either writer: it is read to the end, and what is flagged lies in it.
#![no_main]

use brevbro_core::party::Side;
use brevbro_flags::{Letter, Rules, Scan, scan};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::embedded().expect("our rules are in order"));

fuzz_target!(|text: &str| {
    for writer in [Side::Seeker, Side::Volunteer] {
        let letter = Letter { text, writer, language_hint: None, reader: None, thread: None };
        let Scan::Done(findings) = scan(&RULES, &letter) else { panic!("a short letter was not read") };
        let places = findings.flags.iter().map(|f| &f.place).chain(findings.dropped.iter().map(|d| &d.place));
        for place in places {
            assert!(text.get(place.octets()).is_some_and(|seen| !seen.is_empty()));
        }
    }
});
