//! The DKIM keys on disk: made by `init`, loaded once by role *deliver*.

use crate::cli::{Exit, Failure};
use crate::dkim::{BadKey, Signer, generate_ed25519, generate_rsa2048};
use crate::keys::{KeyFolder, KeyTrouble};
use brevbro_core::address::Domain;
use std::fs;

/// File name and selector of each key. The selector is public; the number grows when keys are changed.
const KEYS: [(&str, &str); 2] = [("dkim-ed25519.pem", "letter1e"), ("dkim-rsa.pem", "letter1r")];

/// Makes both keys.
pub fn create_keys(folder: &KeyFolder) -> Result<(), Failure> {
    for ((file, _), make) in KEYS.iter().zip([generate_ed25519, generate_rsa2048]) {
        folder.write_new(file, make()?.as_bytes())?;
    }
    Ok(())
}

/// Loads the keys that are there. None at all is an error: unsigned letters are taken for forgeries.
pub fn load(folder: &KeyFolder, domain: &Domain) -> Result<Signer, Failure> {
    let mut signer = Signer::new(domain.clone());
    let mut found = false;
    for (file, selector) in KEYS {
        let path = folder.path(file);
        match fs::read(&path) {
            Ok(pem) => signer = signer.with_key(selector, &pem)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(KeyTrouble::Unreadable(path, error).into()),
        }
        found = true;
    }
    if found {
        return Ok(signer);
    }
    let advice = "Restore them from your backup, or set `delivery.sign = false` when your smarthost signs.";
    Err(Failure::new(Exit::Config, "there is no DKIM key in the keys folder", advice))
}

impl From<BadKey> for Failure {
    fn from(error: BadKey) -> Self {
        Self::new(Exit::Config, error.to_string(), "Restore the DKIM keys from your backup.")
    }
}
