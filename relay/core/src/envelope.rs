//! The SMTP envelope and the letter as it was heard at the door.

use crate::address::EmailAddr;
use crate::veiled;
use std::net::IpAddr;
use std::sync::Arc;

/// `MAIL FROM` (RFC 5321 §4.1.1.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReversePath {
    /// `<>`: a report, never to be answered (RFC 5321 §4.5.5).
    Null,
    /// A mailbox.
    Addr(EmailAddr),
}

/// `RCPT TO` (RFC 5321 §4.1.1.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ForwardPath {
    /// `<Postmaster>` without a domain (RFC 5321 §4.5.1).
    Postmaster,
    /// A mailbox.
    Addr(EmailAddr),
}

/// How the peer connected; facts for the verify desk.
#[derive(Clone, PartialEq, Eq)]
pub struct Peer {
    /// The peer's network address.
    pub ip: IpAddr,
    /// The name the peer gave with EHLO or HELO, unverified; for SPF alone.
    pub helo: String,
    /// Whether the letter came over TLS.
    pub tls: bool,
    /// Whether the address lies in `smtp.trusted_networks`.
    pub trusted: bool,
}

veiled!(Peer);

/// Desk 1's product: one letter for one recipient, as heard, not yet believed.
#[derive(Debug, Clone)]
pub struct Received {
    /// Where from, over what.
    pub peer: Peer,
    /// Where bounces are asked to go.
    pub reverse_path: ReversePath,
    /// The one recipient (DESIGN: one recipient per transaction).
    pub forward_path: ForwardPath,
    /// The letter's octets, dot-unstuffed, CRLF line ends. Content: never logged.
    pub raw: Raw,
}

/// A letter's octets; its `Debug` shows the length only.
#[derive(Clone, PartialEq, Eq)]
pub struct Raw(Arc<Vec<u8>>);

impl Raw {
    /// Takes ownership of a letter's octets.
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Arc::new(bytes))
    }

    /// The octets.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Raw {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Raw({} octets)", self.0.len())
    }
}
