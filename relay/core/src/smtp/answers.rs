//! The fixed replies of a session, ready for the wire (RFC 5321 §4.2, RFC 3463).

use super::body::Fault;
use super::command::Misuse;
use super::phase::Disorder;
use super::terms::Terms;

/// One rendered reply line. Fixed text only: nothing a peer sent is ever echoed.
pub(super) type Answer = &'static str;

pub(super) const RESET: Answer = "250 2.0.0 Ok\r\n";
pub(super) const SENDER: Answer = "250 2.1.0 Sender ok\r\n";
pub(super) const RECIPIENT: Answer = "250 2.1.5 Recipient ok\r\n";
pub(super) const CHUNK: Answer = "250 2.0.0 Chunk received\r\n";
pub(super) const VRFY: Answer = "252 2.0.0 Send a letter to find out\r\n";
pub(super) const HELP: Answer = "214 2.0.0 See RFC 5321; a person answers at postmaster\r\n";
pub(super) const BYE: Answer = "221 2.0.0 Bye\r\n";
pub(super) const GO_AHEAD: Answer = "354 End the letter with <CRLF>.<CRLF>\r\n";
pub(super) const TLS_READY: Answer = "220 2.0.0 Ready for TLS\r\n";

pub(super) const LINE_TOO_LONG: Answer = "500 5.5.6 Command line too long\r\n";
pub(super) const TLS_NOT_OFFERED: Answer = "502 5.5.1 TLS is not offered\r\n";
pub(super) const TLS_ALREADY: Answer = "503 5.5.1 TLS is already in use\r\n";
pub(super) const TOO_BIG: Answer = "552 5.3.4 The letter is larger than this house accepts\r\n";
pub(super) const FULL: Answer = "452 4.5.3 One recipient for each letter, please send it again for the next\r\n";
pub(super) const NOT_OURS: Answer = "550 5.7.1 This house does not relay to other domains\r\n";
pub(super) const UTF8_NEEDED: Answer = "553 5.6.7 An address with letters beyond ASCII needs SMTPUTF8\r\n";

pub(super) const EARLY_BANNER: Answer = "554 5.5.0 You spoke before the greeting\r\n";
pub(super) const EARLY_TEXT: Answer = "503 5.5.0 You sent text before the 354\r\n";
pub(super) const EARLY_TLS: Answer = "503 5.5.0 You sent commands behind STARTTLS\r\n";
pub(super) const BARE: Answer = "521 5.5.2 A letter's lines end with CRLF, a lone CR or LF is refused\r\n";
pub(super) const BAD_CHUNK: Answer = "521 5.5.2 Write: BDAT octets [LAST]\r\n";
pub(super) const TOO_MANY_ERRORS: Answer = "421 4.7.0 Too many errors\r\n";
pub(super) const TOO_MANY_COMMANDS: Answer = "421 4.7.0 Too many commands without a letter\r\n";
pub(super) const TIMEOUT: Answer = "421 4.4.2 The time is up\r\n";
pub(super) const CLOSING: Answer = "421 4.3.2 Closing for a moment, please try again later\r\n";

impl Misuse {
    /// The reply to a line that is no command of ours.
    pub(super) fn answer(self) -> Answer {
        match self {
            Self::Control => "501 5.5.2 Control characters are not allowed in a command\r\n",
            Self::NotUtf8 => "501 5.5.2 A command is ASCII, or UTF-8 within an address\r\n",
            Self::Unknown => "500 5.5.1 Unknown command\r\n",
            Self::NotOffered => "502 5.5.1 This command is not offered\r\n",
            Self::NoArgument => "501 5.5.4 This command takes no argument\r\n",
            Self::Hello => "501 5.5.4 Write: EHLO your-host-name\r\n",
            Self::Vrfy => "501 5.5.4 Write: VRFY name\r\n",
            Self::Chunk => BAD_CHUNK,
            Self::Mail => "501 5.5.4 Write: MAIL FROM:<address> [parameters]\r\n",
            Self::Rcpt => "501 5.5.4 Write: RCPT TO:<address> [parameters]\r\n",
            Self::ReversePath => "501 5.1.7 The sender's address is not well formed\r\n",
            Self::ForwardPath => "501 5.1.3 The recipient's address is not well formed\r\n",
            Self::UnknownParameter => "555 5.5.4 Unknown parameter\r\n",
            Self::BadParameter => "501 5.5.4 A parameter is not well formed\r\n",
        }
    }
}

impl Disorder {
    /// The reply to a command at the wrong time.
    pub(super) fn answer(self) -> Answer {
        match self {
            Self::HelloFirst => "503 5.5.1 Say EHLO first\r\n",
            Self::MailFirst => "503 5.5.1 Say MAIL first\r\n",
            Self::RcptFirst => "503 5.5.1 Say RCPT first\r\n",
            Self::MailTwice => "503 5.5.1 One letter at a time: finish it or say RSET\r\n",
            Self::ChunksBegun => "503 5.5.1 The letter has begun: go on with BDAT or say RSET\r\n",
            Self::LetterBegun => "503 5.5.1 Not within a letter\r\n",
        }
    }
}

impl Fault {
    /// The reply at the end of a letter that was read but not kept.
    pub(super) fn answer(self) -> Answer {
        match self {
            Self::TooBig => TOO_BIG,
            Self::HeaderTooBig => "552 5.3.4 The letter's header block is larger than this house accepts\r\n",
            Self::NoRoom => "452 4.3.1 No room for this letter just now, please try again later\r\n",
            Self::LineTooLong => "554 5.6.0 The letter has a line that is longer than this house accepts\r\n",
        }
    }
}

/// The banner (RFC 5321 §4.3.1).
pub(super) fn write_banner(terms: &Terms, out: &mut Vec<u8>) {
    out.extend_from_slice(b"220 ");
    out.extend_from_slice(terms.hostname.ascii().as_bytes());
    out.extend_from_slice(b" ESMTP\r\n");
}

/// The answer to HELO.
pub(super) fn write_helo(terms: &Terms, out: &mut Vec<u8>) {
    out.extend_from_slice(b"250 ");
    out.extend_from_slice(terms.hostname.ascii().as_bytes());
    out.extend_from_slice(b"\r\n");
}

/// The answer to EHLO: the extensions of this house.
pub(super) fn write_ehlo(terms: &Terms, secured: bool, out: &mut Vec<u8>) {
    out.extend_from_slice(b"250-");
    out.extend_from_slice(terms.hostname.ascii().as_bytes());
    out.extend_from_slice(b"\r\n250-PIPELINING\r\n250-SIZE ");
    out.extend_from_slice(terms.limits.message.to_string().as_bytes());
    out.extend_from_slice(
        b"\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250-CHUNKING\r\n250-DSN\r\n",
    );
    if terms.tls && !secured {
        out.extend_from_slice(b"250-STARTTLS\r\n");
    }
    // RFC 9422: one recipient for each letter, so that no letter ties two aliases together.
    out.extend_from_slice(b"250 LIMITS RCPTMAX=1\r\n");
}
