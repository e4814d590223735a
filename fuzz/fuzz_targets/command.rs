//! Any line: the grammar never breaks, and an address it lets through is one address for every reader.
#![no_main]

use brevbro_core::address::EmailAddr;
use brevbro_core::envelope::{ForwardPath, ReversePath};
use brevbro_core::smtp::{Command, Grammar};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|line: &[u8]| {
    let Ok(command) = Grammar::default().parse(line) else { return };
    assert!(!line.iter().any(u8::is_ascii_control));
    let address = match &command {
        Command::Mail { path: ReversePath::Addr(address), .. } => address,
        Command::Rcpt { path: ForwardPath::Addr(address), .. } => address,
        Command::Ehlo(name) | Command::Helo(name) => {
            assert!(name.is_ascii() && !name.is_empty() && name.len() <= 255 && !name.contains(' '));
            return;
        }
        _ => return,
    };
    assert_eq!(EmailAddr::parse(&address.on_wire()).as_ref(), Ok(address));
});
