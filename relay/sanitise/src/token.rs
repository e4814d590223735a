//! Opaque tokens: small facts sealed so that only this relay can read them, and nobody can make one up.
//!
//! AES-SIV (RFC 5297) is deterministic: the same fact under the same key gives the same token, so that
//! nothing needs to be remembered and nothing expires. It reveals no more than that two tokens are equal.

use aes_siv::KeyInit;
use aes_siv::siv::Aes256Siv;
use brevbro_core::veiled;
use data_encoding::BASE32_NOPAD;
use zeroize::Zeroize;

/// Octets the seal adds to a plain text (RFC 5297 §2.6).
pub const SEAL_OCTETS: usize = 16;

/// The key tokens are sealed with. `Debug` shows nothing of it; it is wiped when dropped.
#[derive(Clone)]
pub struct TokenKey([u8; 64]);

impl TokenKey {
    /// A key from 64 random octets.
    pub fn new(octets: [u8; 64]) -> Self {
        Self(octets)
    }

    /// Seals a plain text: lower-case base 32 of 16 octets more than `plain` has. `purpose` keeps tokens of
    /// one use from being taken for another, `aad` binds them to their owner; both are needed again to open.
    /// 24 octets of plain text give 64 characters, the most a local part may have (RFC 5321 §4.5.3.1.1).
    pub fn seal(&self, purpose: &[u8], aad: &[u8], plain: &[u8]) -> String {
        let sealed = Aes256Siv::new(&self.0.into()).encrypt([purpose, aad], plain);
        // Sealing fails for more than 126 associated texts only; an empty token opens to nothing.
        let mut text = BASE32_NOPAD.encode(&sealed.unwrap_or_default());
        text.make_ascii_lowercase();
        text
    }

    /// Opens a token in any letter case; `None` for whatever this key did not seal for this purpose and owner.
    pub fn open(&self, purpose: &[u8], aad: &[u8], token: &str) -> Option<Vec<u8>> {
        let sealed = BASE32_NOPAD.decode(token.to_ascii_uppercase().as_bytes()).ok()?;
        Aes256Siv::new(&self.0.into()).decrypt([purpose, aad], &sealed).ok()
    }
}

impl Drop for TokenKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

veiled!(TokenKey);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sealed_tokens_open_for_their_purpose_and_owner_alone() {
        let key = TokenKey::new([7; 64]);
        let token = key.seal(b"verp", b"42", b"twenty-four octets, full");
        assert_eq!(token.len(), 64);
        assert!(token.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        assert_eq!(key.open(b"verp", b"42", &token.to_uppercase()).as_deref(), Some(&b"twenty-four octets, full"[..]));
        assert_eq!(token, key.seal(b"verp", b"42", b"twenty-four octets, full"));
        assert_eq!(key.open(b"verp", b"43", &token), None);
        assert_eq!(key.open(b"confirm", b"42", &token), None);
        assert_eq!(TokenKey::new([8; 64]).open(b"verp", b"42", &token), None);
        for broken in ["", "a", "!", &token[1..], &token.replace(&token[..1], "7")] {
            assert_eq!(key.open(b"verp", b"42", broken), None);
        }
    }

    #[test]
    fn every_flipped_character_is_noticed() {
        let key = TokenKey::new([7; 64]);
        let token = key.seal(b"verp", b"", b"12345678");
        // The last character carries padding bits only in part; base 32 refuses a broken padding itself.
        for place in 0..token.len() {
            let mut other = token.clone().into_bytes();
            other[place] = if other[place] == b'a' { b'b' } else { b'a' };
            assert_eq!(key.open(b"verp", b"", std::str::from_utf8(&other).unwrap()), None, "{place}");
        }
    }
}
