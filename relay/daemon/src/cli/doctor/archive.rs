//! Whether what is kept for the coordinators can be opened by them, and by nobody who gets hold of this machine.

use super::Finding;
use crate::cli::world::archive_keys;
use crate::config::Config;
use crate::keys::RECOVERY_IDENTITY;
use brevbro_core::programme::Keep;
use std::path::Path;

/// Looks at the keys of the archive. A house without coordinators' keys relays letters as it should and keeps none: that is
/// worth a look, and no fault. A key that is there and cannot be read is one.
pub(super) fn check(config: &Config) -> Vec<Finding> {
    let mut findings = Vec::new();
    let places =
        [config.path(Path::new(RECOVERY_IDENTITY)), config.path(&config.keys.directory).join(RECOVERY_IDENTITY)];
    for place in places.iter().filter(|place| place.exists()) {
        let words = format!("{} is still here; move it off this machine, into a safe", place.display());
        findings.push(Finding::doubtful("recovery key", words));
    }
    let readers = archive_keys(config).readers();
    for file in &readers.unreadable {
        findings.push(Finding::bad("kept letters", format!("{} holds no public key of age", file.display())));
    }
    if config.programme.values().all(|programme| programme.content.keep == Keep::Transit) {
        return findings;
    }
    let names: Vec<&str> = readers.keys.iter().map(|(name, _)| name.as_str()).collect();
    findings.push(match names.as_slice() {
        [] => Finding::doubtful(
            "kept letters",
            "no key could open them, so none is kept; see `brevbro archive key new` and docs/archive.md",
        ),
        [only] => Finding::doubtful(
            "kept letters",
            format!("only {only} can open them; add a key, or they are lost with that one"),
        ),
        several => Finding::good("kept letters", format!("can be opened by {}", several.join(", "))),
    });
    findings
}
