//! Letters are sealed with age to the delivery key: port 25 holds only the public half.

use super::KeyTrouble;
use age::x25519::{Identity, Recipient};
use brevbro_core::seal::{Sealed, Sealer};
use std::io::{Read, Write};
use std::str::FromStr;
use zeroize::Zeroizing;

/// The public half of the delivery key.
#[derive(Clone)]
pub struct SealingKey(Recipient);

/// The secret half: role *deliver* only.
#[derive(Clone)]
pub struct OpeningKey(Identity);

impl SealingKey {
    /// Reads an age recipient.
    pub fn parse(text: &str) -> Result<Self, KeyTrouble> {
        Recipient::from_str(text.trim()).map(Self).map_err(|_| KeyTrouble::Malformed("delivery.pub"))
    }
}

impl Sealer for SealingKey {
    type Trouble = KeyTrouble;

    fn seal(&self, plain: &[u8]) -> Result<Sealed, KeyTrouble> {
        let recipient: &dyn age::Recipient = &self.0;
        seal_to(std::iter::once(recipient), plain)
    }
}

/// Seals to all who are to open it.
pub(super) fn seal_to<'r>(
    recipients: impl Iterator<Item = &'r dyn age::Recipient>,
    plain: &[u8],
) -> Result<Sealed, KeyTrouble> {
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(|_| KeyTrouble::CannotSeal)?;
    let mut out = Vec::with_capacity(plain.len() + 512);
    let mut writer = encryptor.wrap_output(&mut out).map_err(|_| KeyTrouble::CannotSeal)?;
    writer.write_all(plain).map_err(|_| KeyTrouble::CannotSeal)?;
    // Without finish the file would be truncated, and could never be opened.
    writer.finish().map_err(|_| KeyTrouble::CannotSeal)?;
    Ok(Sealed::from_sealed_octets(out))
}

/// Opens with one identity.
pub(super) fn open_with(identity: &dyn age::Identity, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyTrouble> {
    let decryptor = age::Decryptor::new(sealed).map_err(|_| KeyTrouble::CannotOpen)?;
    let mut reader = decryptor.decrypt(std::iter::once(identity)).map_err(|_| KeyTrouble::CannotOpen)?;
    let mut out = Zeroizing::new(Vec::with_capacity(sealed.len()));
    reader.read_to_end(&mut out).map_err(|_| KeyTrouble::CannotOpen)?;
    Ok(out)
}

impl OpeningKey {
    /// Makes a new key; returned with its text form for the key file.
    pub fn generate() -> (Self, String) {
        use age::secrecy::ExposeSecret as _;
        let identity = Identity::generate();
        let text = identity.to_string().expose_secret().to_owned();
        (Self(identity), text)
    }

    /// Reads an age identity.
    pub fn parse(text: &str) -> Result<Self, KeyTrouble> {
        let line = text.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with('#')).unwrap_or_default();
        Identity::from_str(line).map(Self).map_err(|_| KeyTrouble::Malformed("delivery.key"))
    }

    /// The public half in its text form.
    pub fn public_text(&self) -> String {
        self.0.to_public().to_string()
    }

    /// The public half.
    pub fn sealing(&self) -> SealingKey {
        SealingKey(self.0.to_public())
    }

    /// Opens a letter.
    pub fn open(&self, sealed: &Sealed) -> Result<Vec<u8>, KeyTrouble> {
        open_with(&self.0, sealed.octets()).map(|mut plain| std::mem::take(&mut *plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_key_opens_a_letter() {
        let (key, text) = OpeningKey::generate();
        let sealed = key.sealing().seal(b"a letter").unwrap();
        assert!(!sealed.octets().windows(8).any(|w| w == b"a letter"));
        assert_eq!(OpeningKey::parse(&text).unwrap().open(&sealed).unwrap(), b"a letter");
        let (other, _) = OpeningKey::generate();
        assert!(other.open(&sealed).is_err());
        let mut broken = sealed.clone().into_octets();
        *broken.last_mut().unwrap() ^= 1;
        assert!(key.open(&Sealed::from_sealed_octets(broken)).is_err());
    }
}
