//! SMTP replies: a code, an enhanced status code and one bland sentence for the peer.

use std::borrow::Cow;
use std::fmt;

/// An enhanced mail system status code (RFC 3463): class, subject, detail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Enhanced(pub u8, pub u16, pub u16);

impl fmt::Display for Enhanced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// One SMTP reply (RFC 5321 §4.2). The text is for a postmaster and names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The three-digit code.
    pub code: u16,
    /// The enhanced code; absent on greetings, EHLO and 354 (RFC 2034 §4).
    pub enhanced: Option<Enhanced>,
    /// One or more lines of ASCII text.
    pub lines: Vec<Cow<'static, str>>,
}

impl Reply {
    /// A one-line reply with an enhanced code.
    pub fn new(code: u16, enhanced: (u8, u16, u16), text: impl Into<Cow<'static, str>>) -> Self {
        let (class, subject, detail) = enhanced;
        Self { code, enhanced: Some(Enhanced(class, subject, detail)), lines: vec![text.into()] }
    }

    /// A one-line reply without an enhanced code.
    pub fn plain(code: u16, text: impl Into<Cow<'static, str>>) -> Self {
        Self { code, enhanced: None, lines: vec![text.into()] }
    }

    /// Whether the reply says yes (2xx or 3xx).
    pub fn is_positive(&self) -> bool {
        self.code < 400
    }

    /// Appends the reply as it goes over the wire.
    pub fn write_to(&self, out: &mut Vec<u8>) {
        let last = self.lines.len().saturating_sub(1);
        for (number, line) in self.lines.iter().enumerate() {
            let mark = if number == last { ' ' } else { '-' };
            out.extend_from_slice(format!("{}{mark}", self.code).as_bytes());
            if let Some(enhanced) = self.enhanced {
                out.extend_from_slice(format!("{enhanced} ").as_bytes());
            }
            out.extend_from_slice(line.as_bytes());
            out.extend_from_slice(b"\r\n");
        }
    }
}

/// Why a letter goes no further: said in the session, nothing is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub enum Stop {
    /// For good: 5xx.
    Refuse(Refusal),
    /// Not now: 4xx, the peer keeps the letter and tries again.
    Later(Trouble),
}

/// The reasons for a 5xx at the end of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// One voice for unknown, foreign, closed and blocked aliases (P9).
    NoSuchAddress,
    /// The author is enrolled for nobody and cannot be verified, and the house refuses such mail.
    Unverified,
    /// The header block breaks RFC 5322 in a way that could hide a second author.
    Malformed,
    /// More parts, deeper nesting or a longer header block than the limits allow.
    TooComplex,
    /// Nothing safe could be rebuilt.
    Unreadable,
    /// The letter carries our own hop token: it came back to us (RFC 5321 §6.3).
    Loop,
    /// End-to-end encrypted: we could not keep our promise about it.
    Encrypted,
}

/// The reasons for a 4xx at the end of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// DNS did not answer, so the author could not be verified.
    Lookup,
    /// The letter could not be made durable.
    Storage,
    /// More letters are being worked on than the machine has room for.
    Busy,
    /// The house is shutting down.
    Closing,
}

impl Stop {
    /// The reply for the peer. Bland on purpose: it must not tell aliases apart (P9).
    pub fn reply(&self) -> Reply {
        match self {
            Self::Refuse(refusal) => refusal.reply(),
            Self::Later(trouble) => trouble.reply(),
        }
    }
}

impl Refusal {
    fn reply(self) -> Reply {
        match self {
            Self::NoSuchAddress => Reply::new(550, (5, 1, 1), "No such address here"),
            Self::Unverified => Reply::new(550, (5, 7, 1), "The author of this letter could not be verified"),
            Self::Malformed => Reply::new(554, (5, 6, 0), "The header of this letter is not well formed"),
            Self::TooComplex => Reply::new(554, (5, 6, 0), "This letter has more parts than can be read safely"),
            Self::Unreadable => Reply::new(554, (5, 6, 0), "Nothing in this letter could be read safely"),
            Self::Loop => Reply::new(554, (5, 4, 6), "This letter has been here before"),
            Self::Encrypted => {
                Reply::new(554, (5, 6, 1), "Encrypted letters cannot be passed on; please write without encryption")
            }
        }
    }
}

impl Trouble {
    fn reply(self) -> Reply {
        match self {
            Self::Lookup => {
                Reply::new(451, (4, 4, 3), "The author could not be checked just now, please try again later")
            }
            Self::Storage => {
                Reply::new(451, (4, 3, 0), "The letter could not be stored just now, please try again later")
            }
            Self::Busy => Reply::new(451, (4, 3, 2), "Too busy just now, please try again later"),
            Self::Closing => Reply::new(421, (4, 3, 2), "Closing for a moment, please try again later"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_lines_share_the_code() {
        let reply = Reply { code: 250, enhanced: None, lines: vec!["one".into(), "two".into()] };
        let mut out = Vec::new();
        reply.write_to(&mut out);
        assert_eq!(out, b"250-one\r\n250 two\r\n");
    }

    #[test]
    fn a_stop_says_its_class() {
        let mut out = Vec::new();
        Stop::Refuse(Refusal::NoSuchAddress).reply().write_to(&mut out);
        assert_eq!(out, b"550 5.1.1 No such address here\r\n");
        assert_eq!(Stop::Later(Trouble::Storage).reply().code, 451);
    }
}
