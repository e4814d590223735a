//! S/MIME in one block (RFC 5652, RFC 8551): the words of a signed letter, the fact that one is encrypted.

use super::certificate;
use super::der::{Element, Elements, INTEGER, OBJECT, SEQUENCE, SET};
use crate::mime::decode;

/// What a block holds.
#[derive(PartialEq, Eq)]
#[cfg_attr(test, derive(Debug))]
pub(crate) enum Cms {
    Signed {
        /// The signed octets: a MIME entity with its header. `None` for a signature that stands beside its words.
        content: Option<Vec<u8>>,
        /// Whom the signer's certificate names: names and addresses, to be known as identifiers.
        learnt: Vec<String>,
    },
    Encrypted,
    /// Broken, compressed, or nothing of the kind.
    Unreadable,
}

/// `1.2.840.113549.1.7` and `1.2.840.113549.1.9.16.1`, which the kinds of content are numbered under.
const PKCS7: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07];
const SMIME: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01];

/// Reads a block, in binary or as armoured text. What was cut off on its way is read as far as it goes.
pub(crate) fn read(octets: &[u8]) -> Cms {
    let binary = if octets.first() == Some(&SEQUENCE) { None } else { unarmoured(octets) };
    block(binary.as_deref().unwrap_or(octets)).unwrap_or(Cms::Unreadable)
}

/// `-----BEGIN PKCS7-----`, or base64 that nobody declared.
fn unarmoured(octets: &[u8]) -> Option<Vec<u8>> {
    let text = octets.trim_ascii();
    let body = if text.starts_with(b"-----BEGIN") {
        let start = memchr::memchr(b'\n', text)?;
        let end = memchr::memmem::find(text, b"-----END").filter(|end| *end > start).unwrap_or(text.len());
        &text[start..end]
    } else {
        text
    };
    Some(decode::base64(body)).filter(|binary| binary.first() == Some(&SEQUENCE))
}

fn block(octets: &[u8]) -> Option<Cms> {
    let mut outer = Elements::of(octets).next().filter(|e| e.is(SEQUENCE))?.elements();
    let kind = outer.next_if(OBJECT)?.content;
    let inner = || outer.clone_next();
    Some(match (kind.strip_prefix(PKCS7), kind.strip_prefix(SMIME)) {
        (Some([2]), _) => signed(&inner()?),
        // Enveloped, signed and enveloped, encrypted; and enveloped with authentication.
        (Some([3 | 4 | 6]), _) | (_, Some([23])) => Cms::Encrypted,
        _ => Cms::Unreadable,
    })
}

impl<'a> Elements<'a> {
    /// The next element without taking it.
    fn clone_next(&self) -> Option<Element<'a>> {
        self.clone().next()
    }
}

/// `SignedData` inside its explicit tag: version, algorithms, content, certificates.
fn signed(explicit: &Element<'_>) -> Cms {
    let mut fields = explicit.elements().next().map_or(Elements::of(&[]), |e| e.elements());
    fields.next_if(INTEGER);
    fields.next_if(SET);
    let content = fields.next_if(SEQUENCE).and_then(|inner| {
        let mut inner = inner.elements();
        inner.next_if(OBJECT)?;
        let mut octets = Vec::new();
        inner.next_if(0xa0)?.elements().next()?.octets(&mut octets);
        Some(octets)
    });
    let learnt = fields.next_if(0xa0).map(|set| certificate::learnt(set.elements())).unwrap_or_default();
    Cms::Signed { content: content.filter(|octets| !octets.is_empty()), learnt }
}

#[cfg(test)]
#[path = "cms/tests.rs"]
mod tests;
