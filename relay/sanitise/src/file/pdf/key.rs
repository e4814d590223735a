//! The key that an empty user password opens (7.6.4 and ISO 32000-2, 7.6.4.3).

use super::object::{Dict, Object};
use aes::cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use md5::Md5;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// What an empty password is filled up with.
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
    0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

/// The standard security handler's parameters.
pub(super) struct Standard<'a> {
    version: i64,
    revision: i64,
    lengths: [usize; 3],
    owner: &'a [u8],
    user: &'a [u8],
    user_key: &'a [u8],
    permissions: u32,
    has_clear_metadata: bool,
    id: &'a [u8],
}

impl<'a> Standard<'a> {
    pub(super) fn of(encrypt: &'a Dict, id: &'a [u8]) -> Option<Self> {
        let int = |key| encrypt.get(key).and_then(Object::as_int);
        let text = |key| encrypt.get(key).and_then(Object::as_str);
        let version = int("V")?;
        let bits = int("Length").unwrap_or(40);
        // Some write octets where bits are meant.
        let length = usize::try_from(if bits < 40 { bits } else { bits / 8 }).ok()?.clamp(5, 16);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "32 flags, written as signed or not"
        )]
        let permissions = int("P")? as u32;
        Some(Self {
            version,
            revision: int("R")?,
            // What is told is often wrong, but can be proved.
            lengths: if version == 1 { [5, 5, 5] } else { [length, 16, 5] },
            owner: text("O")?,
            user: text("U")?,
            user_key: text("UE").unwrap_or_default(),
            permissions,
            has_clear_metadata: encrypt.get("EncryptMetadata") == Some(&Object::Bool(false)),
            id,
        })
    }

    /// The file's key; `None` where the password is not empty.
    pub(super) fn key(&self) -> Option<Vec<u8>> {
        if self.version >= 5 {
            return self.new_key();
        }
        self.lengths.iter().find_map(|length| self.old_key(*length))
    }

    /// Algorithm 2, and 6 to see that it is right.
    fn old_key(&self, length: usize) -> Option<Vec<u8>> {
        let mut hash = Md5::new();
        hash.update(PADDING);
        hash.update(self.owner.get(..32)?);
        hash.update(self.permissions.to_le_bytes());
        hash.update(self.id);
        if self.revision >= 4 && self.has_clear_metadata {
            hash.update([0xff; 4]);
        }
        let mut key = hash.finalize().to_vec();
        key.truncate(length);
        if self.revision >= 3 {
            for _ in 0..50 {
                key = Md5::digest(&key).to_vec();
                key.truncate(length);
            }
        }
        let (proof, given) = if self.revision >= 3 {
            (self.proof(&key), self.user.get(..16)?)
        } else {
            (rc4(&key, &PADDING), self.user.get(..32)?)
        };
        (proof == given).then_some(key)
    }

    /// Algorithm 5.
    fn proof(&self, key: &[u8]) -> Vec<u8> {
        let mut hash = Md5::new();
        hash.update(PADDING);
        hash.update(self.id);
        (0..20_u8).fold(hash.finalize().to_vec(), |proof, round| {
            let turned: Vec<u8> = key.iter().map(|octet| octet ^ round).collect();
            rc4(&turned, &proof)
        })
    }

    /// Algorithm 2.A.
    fn new_key(&self) -> Option<Vec<u8>> {
        let (proof, check, salt) = (self.user.get(..32)?, self.user.get(32..40)?, self.user.get(40..48)?);
        if self.digest(check)? != proof {
            return None;
        }
        let cipher = aes::Aes256::new(&Array::from(array::<32>(&self.digest(salt)?)?));
        let mut key = Vec::with_capacity(32);
        let mut before = [0_u8; 16];
        for packed in self.user_key.get(..32)?.chunks_exact(16) {
            let packed = array::<16>(packed)?;
            let mut block = Array::from(packed);
            cipher.decrypt_block(&mut block);
            key.extend(block.iter().zip(before).map(|(octet, chained)| octet ^ chained));
            before = packed;
        }
        Some(key)
    }

    fn digest(&self, salt: &[u8]) -> Option<Vec<u8>> {
        let first = Sha256::digest(salt).to_vec();
        if self.revision < 6 { Some(first) } else { hardened(first) }
    }
}

/// Algorithm 2.B for an empty password.
fn hardened(first: Vec<u8>) -> Option<Vec<u8>> {
    let mut state = first;
    let mut round = 0_usize;
    loop {
        let mut block: Vec<u8> = state.repeat(64);
        let cipher = aes::Aes128::new(&Array::from(array::<16>(state.get(..16)?)?));
        let mut chained = array::<16>(state.get(16..32)?)?;
        for chunk in block.chunks_exact_mut(16) {
            let mixed: [u8; 16] =
                std::array::from_fn(|at| chunk.get(at).zip(chained.get(at)).map_or(0, |(a, b)| a ^ b));
            let mut mixed = Array::from(mixed);
            cipher.encrypt_block(&mut mixed);
            chained = mixed.into();
            chunk.copy_from_slice(&chained);
        }
        let remainder = block.get(..16)?.iter().map(|octet| u32::from(*octet)).sum::<u32>() % 3;
        state = match remainder {
            0 => Sha256::digest(&block).to_vec(),
            1 => Sha384::digest(&block).to_vec(),
            _ => Sha512::digest(&block).to_vec(),
        };
        round += 1;
        if round >= 64 && usize::from(*block.last()?) + 32 <= round {
            state.truncate(32);
            return Some(state);
        }
    }
}

/// The first `N` octets, if there are as many.
pub(super) fn array<const N: usize>(octets: &[u8]) -> Option<[u8; N]> {
    octets.get(..N)?.try_into().ok()
}

/// RC4. Nothing is protected by it here; it is undone.
pub(super) fn rc4(key: &[u8], octets: &[u8]) -> Vec<u8> {
    let mut state: [u8; 256] = std::array::from_fn(|at| u8::try_from(at).unwrap_or_default());
    let at = |state: &[u8; 256], index: u8| state.get(usize::from(index)).copied().unwrap_or_default();
    let mut other = 0_u8;
    for index in 0..=255_u8 {
        let keyed = key.get(usize::from(index) % key.len().max(1)).copied().unwrap_or_default();
        other = other.wrapping_add(at(&state, index)).wrapping_add(keyed);
        state.swap(usize::from(index), usize::from(other));
    }
    let (mut index, mut other) = (0_u8, 0_u8);
    let mut turn = |octet: &u8| {
        index = index.wrapping_add(1);
        other = other.wrapping_add(at(&state, index));
        state.swap(usize::from(index), usize::from(other));
        octet ^ at(&state, at(&state, index).wrapping_add(at(&state, other)))
    };
    octets.iter().map(&mut turn).collect()
}
