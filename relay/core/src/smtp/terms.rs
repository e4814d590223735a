//! On which terms a house hears letters: its name, its domains, its limits.

use crate::address::{Domain, EmailAddr};

/// For whom letters are accepted.
#[derive(Debug, Clone)]
pub enum Accept {
    /// For everyone: the demo's post office, never a relay on a network.
    Any,
    /// For every local part at these domains. Which of them exist is decided after the letter, so that `RCPT`
    /// tells nothing apart.
    Ours(Vec<Domain>),
}

impl Accept {
    /// Whether the address lies with us; an address literal never does.
    pub fn covers(&self, address: &EmailAddr) -> bool {
        match self {
            Self::Any => true,
            Self::Ours(domains) => address.domain().is_some_and(|domain| domains.contains(domain)),
        }
    }
}

/// How much one session may ask for. Sizes are in octets.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest command line, CRLF included (RFC 5321 §4.5.3.1.4 asks for at least 512).
    pub command_line: usize,
    /// Largest letter; offered as `SIZE` (RFC 1870).
    pub message: usize,
    /// Largest header block.
    pub header: usize,
    /// Longest line of a letter, CRLF included. RFC 5321 §4.5.3.1.6 says 1000; real programs write longer ones, which are
    /// wrapped when the letter is built anew.
    pub text_line: usize,
    /// Errors until we hang up.
    pub errors: u32,
    /// Commands without a letter in between until we hang up.
    pub idle_commands: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            command_line: 2048,
            message: 25 * 1024 * 1024,
            header: 64 * 1024,
            text_line: 64 * 1024,
            errors: 10,
            idle_commands: 100,
        }
    }
}

/// What every session of one listener has in common.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The name in the banner and in the answer to EHLO.
    pub hostname: Domain,
    /// For whom letters are accepted.
    pub accept: Accept,
    /// Whether STARTTLS can be offered (RFC 3207).
    pub tls: bool,
    /// How much a session may ask for.
    pub limits: Limits,
}
