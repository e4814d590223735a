//! A reader's own key for kept letters: made for a coordinator and locked with a passphrase, or for recovery.

use super::KeyTrouble;
use super::letters::{open_with, seal_to};
use age::secrecy::{ExposeSecret as _, SecretString};
use age::x25519::Identity;
use brevbro_core::seal::Sealed;
use std::str::FromStr;
use zeroize::Zeroizing;

/// The secret half. It never lies on the house's machine, but while somebody reads there.
pub struct ArchiveIdentity(Identity);

/// Every age file begins so; an identity that is one is locked with a passphrase.
const LOCKED: &[u8] = b"age-encryption.org/v1";
/// The most work a locked identity may ask for: a hostile file must not stop the machine for an hour.
const MOST_WORK: u8 = 22;

impl ArchiveIdentity {
    /// Makes a new one.
    pub fn generate() -> Self {
        Self(Identity::generate())
    }

    /// The public half in its text form.
    pub fn public_text(&self) -> String {
        self.0.to_public().to_string()
    }

    /// The file of a key that is not locked.
    pub fn file(&self) -> Zeroizing<String> {
        let secret = self.0.to_string();
        Zeroizing::new(format!("# public key: {}\n{}\n", self.public_text(), secret.expose_secret()))
    }

    /// The file of a key that is locked with a passphrase, as the age program writes and reads it.
    pub fn locked_file(&self, passphrase: &str) -> Result<Vec<u8>, KeyTrouble> {
        let lock = age::scrypt::Recipient::new(SecretString::from(passphrase.to_owned()));
        let lock: &dyn age::Recipient = &lock;
        seal_to(std::iter::once(lock), self.file().as_bytes()).map(Sealed::into_octets)
    }

    /// Whether a file is locked.
    pub fn is_locked(file: &[u8]) -> bool {
        file.starts_with(LOCKED)
    }

    /// Reads a file that is not locked.
    pub fn parse(file: &[u8]) -> Result<Self, KeyTrouble> {
        let text = std::str::from_utf8(file).map_err(|_| MALFORMED)?;
        let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
        Identity::from_str(line.unwrap_or_default()).map(Self).map_err(|_| MALFORMED)
    }

    /// Reads a locked file; a wrong passphrase cannot open it.
    pub fn unlock(file: &[u8], passphrase: &str) -> Result<Self, KeyTrouble> {
        let mut lock = age::scrypt::Identity::new(SecretString::from(passphrase.to_owned()));
        lock.set_max_work_factor(MOST_WORK);
        let text = open_with(&lock, file)?;
        Self::parse(&text)
    }

    /// Opens a kept letter.
    pub fn open(&self, sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, KeyTrouble> {
        open_with(&self.0, sealed.octets())
    }
}

const MALFORMED: KeyTrouble = KeyTrouble::Malformed("of the identity");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_key_opens_with_its_passphrase_alone() {
        let identity = ArchiveIdentity::generate();
        let file = identity.locked_file("seven brown horses").unwrap();
        assert!(ArchiveIdentity::is_locked(&file) && !ArchiveIdentity::is_locked(identity.file().as_bytes()));
        assert!(!String::from_utf8_lossy(&file).contains("AGE-SECRET-KEY"));
        let unlocked = ArchiveIdentity::unlock(&file, "seven brown horses").unwrap();
        assert_eq!(unlocked.public_text(), identity.public_text());
        assert!(matches!(ArchiveIdentity::unlock(&file, "seven brown cows"), Err(KeyTrouble::CannotOpen)));
        let plain = ArchiveIdentity::parse(identity.file().as_bytes()).unwrap();
        assert_eq!(plain.public_text(), identity.public_text());
        assert!(ArchiveIdentity::parse(b"nothing").is_err() && ArchiveIdentity::parse(&[0xff, 0xfe]).is_err());
    }
}
