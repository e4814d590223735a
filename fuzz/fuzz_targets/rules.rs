//! Any text as a rule file: it is taken or refused, and taken rules can be run.
#![no_main]

use brevbro_core::party::Side;
use brevbro_flags::{Letter, Rules, scan};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let head = "format = 1\nlanguage = \"en\"\n";
    let whole = format!("{head}{text}");
    if let Ok(rules) = Rules::read(&[("any.toml", &whole)]) {
        let letter = Letter { text, writer: Side::Seeker, language_hint: None, reader: None, thread: None };
        let _findings = scan(&rules, &letter);
    }
});
