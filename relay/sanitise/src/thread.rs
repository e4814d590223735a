//! Message identifiers mapped so that threads hold in both mailboxes and neither side sees the other's host.
//!
//! The identifier the other side sees *is* the original, sealed for this pairing and author. Nothing is
//! stored, so nothing expires: an answer after a year still opens to the identifier its reader knows.

use crate::token::TokenKey;
use brevbro_core::party::Side;
use brevbro_core::veiled;

/// Identifiers are padded to one of these sizes, so that a token's length tells little of the original's.
const SIZES: [usize; 2] = [96, 224];
/// Identifiers kept of a long `References`: the first, which names the thread, and the newest.
const NEWEST: usize = 20;

const PURPOSE: &[u8] = b"message-id";
/// Too long to be sealed whole: bound to the original, but not to be opened.
const PURPOSE_ONE_WAY: &[u8] = b"message-id-one-way";

/// The key message identifiers are sealed with.
#[derive(Clone)]
pub struct ThreadKey(TokenKey);

/// What identifiers are bound to: a token of one pairing or side is nothing in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The pairing.
    pub pairing: u64,
    /// The side that wrote the letter at hand.
    pub author: Side,
}

/// The identifiers of a finished letter, without brackets.
#[derive(Clone, PartialEq, Eq, Default)]
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Mapped {
    pub(crate) message_id: String,
    pub(crate) in_reply_to: Option<String>,
    pub(crate) references: Vec<String>,
    /// Identifiers at our own domain that do not open.
    pub(crate) dropped: usize,
}

impl ThreadKey {
    /// A key from 64 random octets.
    pub fn new(octets: [u8; 64]) -> Self {
        Self(TokenKey::new(octets))
    }

    /// The same key for other tokens; every use has its own purpose.
    pub fn tokens(&self) -> &TokenKey {
        &self.0
    }

    /// The identifier the other side sees for an original one.
    pub fn seal(&self, scope: Scope, original: &str) -> String {
        let size = SIZES.into_iter().find(|size| original.len() < *size);
        match size {
            Some(size) => self.0.seal(PURPOSE, &scope.octets(), &padded(original, size)),
            None => self.0.seal(PURPOSE_ONE_WAY, &[&scope.octets(), original.as_bytes()].concat(), &[0; SIZES[0]]),
        }
    }

    /// The original of a token, if it was sealed for this scope.
    pub fn open(&self, scope: Scope, token: &str) -> Option<String> {
        let mut plain = self.0.open(PURPOSE, &scope.octets(), token)?;
        let end = plain.iter().rposition(|octet| *octet == 0x80)?;
        plain.truncate(end);
        String::from_utf8(plain).ok()
    }
}

veiled!(ThreadKey);

impl Scope {
    fn octets(self) -> [u8; 9] {
        let mut octets = [0; 9];
        octets[..8].copy_from_slice(&self.pairing.to_be_bytes());
        octets[8] = match self.author {
            Side::Seeker => 1,
            Side::Volunteer => 2,
        };
        octets
    }

    fn of_the_other_side(self) -> Self {
        Self { author: self.author.other(), ..self }
    }
}

/// A mark octet, then zeros (ISO/IEC 9797-1, method 2): the last mark is always the padding's own.
fn padded(original: &str, size: usize) -> Vec<u8> {
    let mut plain = Vec::with_capacity(size);
    plain.extend_from_slice(original.as_bytes());
    plain.push(0x80);
    plain.resize(size, 0);
    plain
}

/// One letter's view on identifiers.
pub(crate) struct Mapper<'k> {
    pub(crate) key: &'k ThreadKey,
    pub(crate) scope: Scope,
    /// The relay's domain, in lower case.
    pub(crate) domain: String,
}

impl Mapper<'_> {
    /// Maps a letter's own identifier and those it answers. `seed` makes an identifier for a letter without.
    pub(crate) fn map(&self, own: Option<&str>, in_reply_to: &[&str], references: &[&str], seed: &[u8; 16]) -> Mapped {
        let message_id = match own.filter(|id| !self.is_ours(id)) {
            Some(own) => self.outward(own),
            None => self.outward(&format!("{:032x}", u128::from_be_bytes(*seed))),
        };
        let mut mapped = Mapped { message_id, ..Mapped::default() };
        let answered: Vec<String> =
            in_reply_to.iter().take(NEWEST).filter_map(|id| self.cross(id, &mut mapped.dropped)).collect();
        for id in capped(references) {
            if let Some(id) = self.cross(id, &mut mapped.dropped)
                && !mapped.references.contains(&id)
            {
                mapped.references.push(id);
            }
        }
        // RFC 5322 §3.6.4: without References, a reader threads by In-Reply-To.
        if mapped.references.is_empty() {
            mapped.references.extend(answered.first().cloned());
        }
        mapped.in_reply_to = answered.into_iter().next().or_else(|| mapped.references.last().cloned());
        mapped
    }

    /// What the reader shall see for an identifier the writer's client named.
    fn cross(&self, id: &str, dropped: &mut usize) -> Option<String> {
        if !self.is_ours(id) {
            return Some(self.outward(id));
        }
        let token = id.split('@').next().unwrap_or_default();
        // The reader's own letter: back to the identifier in the reader's mailbox.
        let original = self.key.open(self.scope.of_the_other_side(), token).filter(|id| is_plain_id(id));
        if original.is_none() {
            *dropped += 1;
        }
        original
    }

    fn outward(&self, id: &str) -> String {
        format!("{}@{}", self.key.seal(self.scope, id), self.domain)
    }

    fn is_ours(&self, id: &str) -> bool {
        id.rsplit_once('@').is_some_and(|(_, host)| host.eq_ignore_ascii_case(&self.domain))
    }
}

/// Only what fits on a header line may be written back.
fn is_plain_id(id: &str) -> bool {
    id.len() < SIZES[1] && id.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>'))
}

fn capped<'a>(references: &[&'a str]) -> Vec<&'a str> {
    let newest = references.len().saturating_sub(NEWEST).max(1).min(references.len());
    references.first().copied().into_iter().chain(references[newest..].iter().copied()).collect()
}

#[cfg(test)]
#[path = "thread/tests.rs"]
mod tests;
