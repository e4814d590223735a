//! The key room: what seals, what opens, what finds again, and which role holds which key.

mod archive;
mod files;
mod identity;
mod letters;
mod records;

pub use archive::{ArchiveKeys, COORDINATORS, RECOVERY, RECOVERY_IDENTITY, Readers};
pub use files::{KeyFolder, KeyTrouble};
pub use identity::ArchiveIdentity;
pub use letters::{OpeningKey, SealingKey};
pub use records::{Place, RecordKey};

use brevbro_core::address::EmailAddr;
use brevbro_core::id::PersonId;
use brevbro_core::seal::Digest;
use brevbro_sanitise::thread::ThreadKey;
use brevbro_sanitise::token::TokenKey;
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Finds addresses and aliases without storing them: a keyed digest (blind index).
#[derive(Clone)]
pub struct IndexKey {
    mac: Hmac<Sha256>,
    tokens: TokenKey,
}

impl IndexKey {
    fn new(secret: &Zeroizing<[u8; 32]>) -> Self {
        #[expect(clippy::expect_used, reason = "HMAC takes keys of every length (RFC 2104 §3)")]
        let mac = Hmac::new_from_slice(&derive::<32>(secret, b"brevbro index v1")).expect("any length will do");
        Self { mac, tokens: TokenKey::new(derive(secret, b"brevbro token v1")) }
    }

    /// The digest of an enrolled mailbox: the same for every spelling of it.
    pub fn mailbox(&self, address: &EmailAddr) -> Digest {
        self.digest(b"mailbox", address.canonical().as_bytes())
    }

    /// The digest of an alias: letter case and plus-tags do not matter.
    pub fn alias(&self, address: &EmailAddr) -> Digest {
        self.digest(b"alias", address.canonical().as_bytes())
    }

    /// The digest that recognises a letter which is sent again because our 250 was lost.
    pub fn replay(&self, letter: &[u8]) -> Digest {
        self.digest(b"replay", letter)
    }

    /// The digest of a sentence that was looked at for danger.
    pub fn sentence(&self, sentence: &str) -> [u8; 16] {
        self.digest(b"sentence", sentence.as_bytes()).0.first_chunk().copied().unwrap_or_default()
    }

    /// The digest by which a backup that is put back knows whom to forget again.
    pub fn tombstone(&self, person: PersonId) -> Digest {
        self.digest(b"tombstone", &person.stored().to_be_bytes())
    }

    /// Makes and opens the tokens in our own addresses and in the hop field.
    pub fn tokens(&self) -> &TokenKey {
        &self.tokens
    }

    fn digest(&self, kind: &[u8], value: &[u8]) -> Digest {
        let mut mac = self.mac.clone();
        mac.update(kind);
        mac.update(&[0]);
        mac.update(value);
        Digest(mac.finalize().into_bytes().into())
    }
}

/// Opens who people are: names to take out, mailboxes to deliver to; and keeps threads together.
#[derive(Clone)]
pub struct RoutingKey {
    /// Seals routing records to their place in the store.
    pub records: RecordKey,
    /// Maps Message-IDs between the two mailboxes.
    pub threads: ThreadKey,
}

impl RoutingKey {
    fn new(secret: &Zeroizing<[u8; 32]>) -> Self {
        Self {
            records: RecordKey::new(&derive(secret, b"brevbro record v1")),
            threads: ThreadKey::new(derive(secret, b"brevbro thread v1")),
        }
    }
}

/// One secret, many uses: each key is derived for its own label (RFC 5869).
fn derive<const N: usize>(secret: &[u8; 32], label: &[u8]) -> [u8; N] {
    let mut out = [0_u8; N];
    #[expect(clippy::expect_used, reason = "N is at most 64, far below HKDF's 255 blocks (RFC 5869 §2.3)")]
    Hkdf::<Sha256>::new(None, secret).expand(label, &mut out).expect("short output");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_ignore_spelling_and_keep_kinds_apart() {
        let key = IndexKey::new(&Zeroizing::new([7; 32]));
        let address = |t: &str| EmailAddr::parse(t).unwrap();
        assert_eq!(key.mailbox(&address("Anna+x@Example.org")), key.mailbox(&address("anna@example.org")));
        assert_ne!(key.mailbox(&address("anna@example.org")), key.alias(&address("anna@example.org")));
        let other = IndexKey::new(&Zeroizing::new([8; 32]));
        assert_ne!(key.mailbox(&address("anna@example.org")), other.mailbox(&address("anna@example.org")));
    }
}
