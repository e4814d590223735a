//! Encryption with an empty user password (7.6): locked in name only, so opened and written open.

use super::key::{self, Standard};
use super::object::{Dict, Object};
use crate::file::Unfit;
use aes::cipher::{Array, BlockCipherDecrypt, KeyInit};
use md5::{Digest, Md5};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Method {
    Plain,
    Rc4,
    Aes128,
    Aes256,
}

/// Undoes the encryption of one file.
pub(super) struct Cipher {
    key: Vec<u8>,
    strings: Method,
    streams: Method,
    /// The encryption dictionary's own number: its strings are not encrypted.
    pub(super) own: Option<u32>,
}

impl Cipher {
    /// From an encryption dictionary without references, and the first part of the file's identifier.
    pub(super) fn open(encrypt: &Dict, id: &[u8], own: Option<u32>) -> Result<Self, Unfit> {
        if !encrypt.is("Filter", "Standard") {
            return Err(Unfit::Locked);
        }
        let version = encrypt.get("V").and_then(Object::as_int).unwrap_or(0);
        let (strings, streams) = match version {
            1..=3 => (Method::Rc4, Method::Rc4),
            4 | 5 => (method(encrypt, "StrF"), method(encrypt, "StmF")),
            _ => return Err(Unfit::Unsupported),
        };
        if (strings, streams) == (Method::Plain, Method::Plain) {
            // Only what is attached is locked, and that goes anyway.
            return Ok(Self { key: Vec::new(), strings, streams, own });
        }
        let key = Standard::of(encrypt, id).and_then(|standard| standard.key()).ok_or(Unfit::Locked)?;
        Ok(Self { key, strings, streams, own })
    }

    pub(super) fn string(&self, octets: &[u8], owner: (u32, u32)) -> Vec<u8> {
        self.undo(self.strings, octets, owner)
    }

    pub(super) fn stream(&self, octets: &[u8], owner: (u32, u32)) -> Vec<u8> {
        self.undo(self.streams, octets, owner)
    }

    fn undo(&self, method: Method, octets: &[u8], owner: (u32, u32)) -> Vec<u8> {
        match method {
            Method::Plain => octets.to_vec(),
            Method::Rc4 => key::rc4(&self.object_key(owner, b""), octets),
            Method::Aes128 => aes128(&self.object_key(owner, b"sAlT"), octets),
            Method::Aes256 => key::array::<32>(&self.key).map_or_else(Vec::new, |key| {
                let cipher = aes::Aes256::new(&Array::from(key));
                unchain(octets, |block| cipher.decrypt_block(block))
            }),
        }
    }

    /// Algorithm 1: the file's key, mixed with the object's number.
    fn object_key(&self, (number, generation): (u32, u32), salt: &[u8]) -> Vec<u8> {
        let mut hash = Md5::new();
        hash.update(&self.key);
        hash.update(number.to_le_bytes().get(..3).unwrap_or_default());
        hash.update(generation.to_le_bytes().get(..2).unwrap_or_default());
        hash.update(salt);
        let mut mixed = hash.finalize().to_vec();
        mixed.truncate((self.key.len() + 5).min(16));
        mixed
    }
}

fn method(encrypt: &Dict, use_of: &str) -> Method {
    let chosen = encrypt.get(use_of).and_then(Object::as_name).unwrap_or(b"Identity");
    let filters = encrypt.get("CF").and_then(Object::as_dict);
    let filter = filters.and_then(|filters| filters.find(chosen)).and_then(Object::as_dict);
    match filter.and_then(|filter| filter.get("CFM")).and_then(Object::as_name) {
        Some(b"V2") => Method::Rc4,
        Some(b"AESV2") => Method::Aes128,
        Some(b"AESV3") => Method::Aes256,
        _ => Method::Plain,
    }
}

fn aes128(key: &[u8], octets: &[u8]) -> Vec<u8> {
    key::array::<16>(key).map_or_else(Vec::new, |key| {
        let cipher = aes::Aes128::new(&Array::from(key));
        unchain(octets, |block| cipher.decrypt_block(block))
    })
}

type Block = Array<u8, aes::cipher::consts::U16>;

/// Cipher block chaining with the start vector in front and padding at the end.
fn unchain(octets: &[u8], decrypt: impl Fn(&mut Block)) -> Vec<u8> {
    let mut plain = Vec::with_capacity(octets.len());
    let mut blocks = octets.chunks_exact(16);
    let Some(mut before) = blocks.next() else { return plain };
    for packed in blocks {
        let mut block = Block::default();
        block.copy_from_slice(packed);
        decrypt(&mut block);
        plain.extend(block.iter().zip(before).map(|(octet, chained)| octet ^ chained));
        before = packed;
    }
    let padding = plain.last().copied().map_or(0, usize::from);
    if (1..=16).contains(&padding) {
        plain.truncate(plain.len().saturating_sub(padding));
    }
    plain
}
