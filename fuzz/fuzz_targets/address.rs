//! Any text: an address that is read is written so that it is read again as the same, on one line, unseen by Debug.
#![no_main]

use brevbro_core::address::{Domain, EmailAddr};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(domain) = Domain::parse(text) {
        assert_eq!(Domain::parse(domain.ascii()).as_ref(), Ok(&domain));
    }
    let Ok(address) = EmailAddr::parse(text) else { return };
    let wire = address.on_wire();
    assert_eq!(EmailAddr::parse(&wire).as_ref(), Ok(&address));
    assert!(!wire.contains(|c: char| c.is_control()));
    assert_eq!(address.needs_utf8(), !wire.is_ascii());
    assert_eq!(format!("{address:?}"), "EmailAddr(…)");
    let _spelling = address.canonical();
});
