//! Why a letter did not go out: where in the dialogue, of what kind, with which codes. Never whose words.

use super::attempt::Attempt;
use brevbro_core::reply::Enhanced;
use std::fmt;

/// How far the dialogue had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Before anything was sent: our own look at the letter.
    Letter,
    /// Asking DNS where to go.
    Route,
    /// The TCP connection.
    Connect,
    /// The TLS handshake.
    Tls,
    /// The 220 greeting.
    Greeting,
    /// EHLO or HELO.
    Hello,
    /// STARTTLS.
    StartTls,
    /// AUTH.
    Auth,
    /// MAIL FROM.
    MailFrom,
    /// RCPT TO.
    RcptTo,
    /// DATA, up to the 354.
    Data,
    /// The text and the final dot.
    Text,
}

impl Phase {
    /// Whether no letter had been mentioned yet, so the fault says nothing about the letter.
    pub fn is_opening(self) -> bool {
        (Self::Route..=Self::Auth).contains(&self)
    }

    fn word(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Route => "route",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Greeting => "greeting",
            Self::Hello => "hello",
            Self::StartTls => "starttls",
            Self::Auth => "auth",
            Self::MailFrom => "mail",
            Self::RcptTo => "rcpt",
            Self::Data => "data",
            Self::Text => "text",
        }
    }
}

/// What kind of fault it is. The kind decides whether the letter is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// No connection to the next hop.
    Connect,
    /// The next hop said nothing within the time allowed.
    Timeout,
    /// The connection broke off.
    Lost,
    /// The next hop does not speak SMTP as RFC 5321 has it.
    Protocol,
    /// No TLS with the peer, or not with the peer it should be.
    Tls,
    /// DNS gave no answer.
    Lookup,
    /// The next hop said 4xx.
    Busy,
    /// Our own settings are at fault (credentials, relaying not allowed): a person must act, no letter fails.
    Ours,
    /// The next hop said 5xx.
    Refused,
    /// The domain does not exist or takes no mail.
    NoRoute,
    /// The way leads back to ourselves.
    Loop,
    /// The next hop cannot take a letter of this kind (size, 8-bit, UTF-8 addresses).
    Unsupported,
    /// The letter breaks RFC 5322 line ends and would be read differently by different hosts.
    Malformed,
}

impl Class {
    /// Whether trying again can help.
    fn is_lasting(self) -> bool {
        match self {
            Self::Connect
            | Self::Timeout
            | Self::Lost
            | Self::Protocol
            | Self::Tls
            | Self::Lookup
            | Self::Busy
            | Self::Ours => false,
            Self::Refused | Self::NoRoute | Self::Loop | Self::Unsupported | Self::Malformed => true,
        }
    }

    /// One word for logs and metrics.
    pub fn word(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Lost => "lost",
            Self::Protocol => "protocol",
            Self::Tls => "tls",
            Self::Lookup => "lookup",
            Self::Busy => "busy",
            Self::Ours => "ours",
            Self::Refused => "refused",
            Self::NoRoute => "no-route",
            Self::Loop => "loop",
            Self::Unsupported => "unsupported",
            Self::Malformed => "malformed",
        }
    }
}

/// Why a letter did not go out. Safe to log: it holds neither the peer's text nor an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Where in the dialogue.
    pub phase: Phase,
    /// Of what kind.
    pub class: Class,
    /// The peer's reply code, if it gave one.
    pub code: Option<u16>,
    /// The enhanced status code (RFC 3463): the peer's, or ours where the fault is our own finding.
    pub enhanced: Option<Enhanced>,
}

impl Fault {
    /// A fault found without a reply.
    pub(crate) fn new(phase: Phase, class: Class) -> Self {
        Self { phase, class, code: None, enhanced: None }
    }

    /// A fault of our own making, found before anything was sent: the letter waits.
    pub fn ours() -> Self {
        Self::new(Phase::Letter, Class::Ours).with(4, 3, 5)
    }

    /// The same fault with a status code of our own.
    pub(super) fn with(self, class: u8, subject: u16, detail: u16) -> Self {
        Self { enhanced: Some(Enhanced(class, subject, detail)), ..self }
    }

    /// The same fault, laid at our own door: the letter waits until somebody has mended the settings.
    pub(super) fn as_ours(self) -> Self {
        Self { class: Class::Ours, ..self }
    }

    /// Whether trying again can help.
    pub fn is_lasting(&self) -> bool {
        self.class.is_lasting()
    }

    /// What the fault means for the letter.
    pub(super) fn into_attempt(self) -> Attempt {
        if self.is_lasting() { Attempt::Failed(self) } else { Attempt::Deferred(self) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.class.word(), self.phase.word())?;
        if let Some(code) = self.code {
            write!(f, " {code}")?;
        }
        match self.enhanced {
            Some(enhanced) => write!(f, " {enhanced}"),
            None => Ok(()),
        }
    }
}
