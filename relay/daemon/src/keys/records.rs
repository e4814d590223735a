//! Routing records are sealed to their place: a record copied to another row cannot be opened there.

use super::KeyTrouble;
use crate::chance;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

/// Table, column and row a record belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Table and column, as `person.routing`.
    pub column: &'static str,
    /// The row's key.
    pub row: i64,
}

/// Seals and opens routing records (XChaCha20-Poly1305, random nonce).
#[derive(Clone)]
pub struct RecordKey(XChaCha20Poly1305);

/// The first octet of a sealed record: which form follows. Another form (sealed to a public key, for a
/// role that may write and never read) can join it without touching what is stored.
const FORM: u8 = 1;
const NONCE: usize = 24;

impl RecordKey {
    /// From 32 octets.
    pub fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    /// Seals a record to its place.
    pub fn seal(&self, place: Place, plain: &[u8]) -> Result<Vec<u8>, KeyTrouble> {
        let nonce: [u8; NONCE] = chance::octets();
        let aad = place.bound();
        let payload = Payload { msg: plain, aad: &aad };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).map_err(|_| KeyTrouble::CannotSeal)?;
        Ok([&[FORM][..], &nonce, &sealed].concat())
    }

    /// Opens a record at its place.
    pub fn open(&self, place: Place, sealed: &[u8]) -> Result<Vec<u8>, KeyTrouble> {
        let (form, rest) = sealed.split_first().ok_or(KeyTrouble::CannotOpen)?;
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(KeyTrouble::CannotOpen)?;
        if *form != FORM {
            return Err(KeyTrouble::CannotOpen);
        }
        let aad = place.bound();
        let payload = Payload { msg: sealed, aad: &aad };
        self.0.decrypt(&XNonce::from(*nonce), payload).map_err(|_| KeyTrouble::CannotOpen)
    }
}

impl Place {
    fn bound(self) -> Vec<u8> {
        [b"brevbro record v1\0", self.column.as_bytes(), b"\0", &self.row.to_be_bytes()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_opens_at_its_place_only() {
        let key = RecordKey::new(&[3; 32]);
        let here = Place { column: "person.routing", row: 7 };
        let sealed = key.seal(here, b"anna").unwrap();
        assert_eq!(key.open(here, &sealed).unwrap(), b"anna");
        assert!(key.open(Place { row: 8, ..here }, &sealed).is_err());
        assert!(key.open(Place { column: "alias.sealed", ..here }, &sealed).is_err());
        assert!(RecordKey::new(&[4; 32]).open(here, &sealed).is_err());
        for cut in 0..sealed.len() {
            assert!(key.open(here, &sealed[..cut]).is_err());
        }
    }
}
