//! One command line becomes one command: smtp-proto's grammar between our own strict checks.

use super::parameters;
use super::path;
use super::phase::Verb;
use crate::envelope::{ForwardPath, ReversePath};
use crate::veiled;
use smtp_proto::{Error, Request};
use std::borrow::Cow;

/// A command with its arguments, well formed.
#[derive(Clone, PartialEq, Eq)]
pub enum Command {
    /// `EHLO name`.
    Ehlo(String),
    /// `HELO name`.
    Helo(String),
    /// `MAIL FROM:<path>`.
    Mail {
        /// Where bounces are asked to go.
        path: ReversePath,
        /// The size the peer promised, in octets (RFC 1870).
        size: Option<u64>,
        /// `SMTPUTF8` was said (RFC 6531).
        utf8: bool,
        /// The path was written with letters beyond ASCII.
        needs_utf8: bool,
    },
    /// `RCPT TO:<path>`.
    Rcpt {
        /// For whom.
        path: ForwardPath,
        /// The path was written with letters beyond ASCII.
        needs_utf8: bool,
    },
    /// `DATA`.
    Data,
    /// `BDAT octets [LAST]` (RFC 3030).
    Bdat {
        /// How many octets follow the line.
        octets: u64,
        /// The letter ends with them.
        last: bool,
    },
    /// `RSET`.
    Rset,
    /// `NOOP`.
    Noop,
    /// `VRFY name`.
    Vrfy,
    /// `HELP`.
    Help,
    /// `QUIT`.
    Quit,
    /// `STARTTLS` (RFC 3207).
    StartTls,
}

veiled!(Command, Grammar);

/// Why a line is no command of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misuse {
    /// A control character stands in it: a lone CR or LF, a NUL, a tab.
    Control,
    /// It is not UTF-8, or goes beyond ASCII where only addresses may.
    NotUtf8,
    /// No such command.
    Unknown,
    /// A known command that this house does not offer.
    NotOffered,
    /// An argument where none belongs.
    NoArgument,
    /// EHLO or HELO without one host name.
    Hello,
    /// VRFY without a name.
    Vrfy,
    /// BDAT without a length: what follows cannot be told from commands.
    Chunk,
    /// MAIL out of shape.
    Mail,
    /// RCPT out of shape.
    Rcpt,
    /// The reverse-path is no address.
    ReversePath,
    /// The forward-path is no address.
    ForwardPath,
    /// A parameter of an extension that is not offered.
    UnknownParameter,
    /// A parameter with a wrong value, or said twice.
    BadParameter,
}

impl Command {
    /// The command's verb, for the law of order.
    pub(super) fn verb(&self) -> Verb {
        match self {
            Self::Ehlo(_) | Self::Helo(_) => Verb::Hello,
            Self::Mail { .. } => Verb::Mail,
            Self::Rcpt { .. } => Verb::Rcpt,
            Self::Data => Verb::Data,
            Self::Bdat { .. } => Verb::Bdat,
            Self::Rset => Verb::Rset,
            Self::Noop | Self::Vrfy | Self::Help => Verb::Chat,
            Self::Quit => Verb::Quit,
            Self::StartTls => Verb::StartTls,
        }
    }
}

/// The parser; keeps one line's memory for the next.
#[derive(Default)]
pub struct Grammar {
    /// The line as smtp-proto wants it: ended by LF.
    line: Vec<u8>,
}

impl Grammar {
    /// Parses a line without its CRLF.
    pub fn parse(&mut self, line: &[u8]) -> Result<Command, Misuse> {
        if line.iter().any(u8::is_ascii_control) {
            return Err(Misuse::Control);
        }
        let text = str::from_utf8(line).map_err(|_| Misuse::NotUtf8)?;
        // RFC 5321 §4.1.1: trailing white space is to be borne.
        let text = text.trim_end_matches(' ');
        let (verb, argument) = text.split_once(' ').unwrap_or((text, ""));
        if verb.eq_ignore_ascii_case("MAIL") {
            self.mail(argument)
        } else if verb.eq_ignore_ascii_case("RCPT") {
            self.rcpt(argument)
        } else {
            self.other(text, argument)
        }
    }

    fn mail(&mut self, argument: &str) -> Result<Command, Misuse> {
        let (path, rest) = strip_keyword(argument, "FROM:").and_then(path::bracketed).ok_or(Misuse::Mail)?;
        self.start_line(b"MAIL FROM:<>");
        let said = parameters::mail(rest, &mut self.line)?;
        self.check(Misuse::Mail)?;
        let needs_utf8 = !path.is_ascii();
        let path = path::reverse(path).ok_or(Misuse::ReversePath)?;
        Ok(Command::Mail { path, size: said.size, utf8: said.utf8, needs_utf8 })
    }

    fn rcpt(&mut self, argument: &str) -> Result<Command, Misuse> {
        let (path, rest) = strip_keyword(argument, "TO:").and_then(path::bracketed).ok_or(Misuse::Rcpt)?;
        self.start_line(b"RCPT TO:<>");
        parameters::rcpt(rest, &mut self.line)?;
        self.check(Misuse::Rcpt)?;
        let needs_utf8 = !path.is_ascii();
        let path = path::forward(path).ok_or(Misuse::ForwardPath)?;
        Ok(Command::Rcpt { path, needs_utf8 })
    }

    /// Commands without a path go to smtp-proto whole.
    fn other(&mut self, text: &str, argument: &str) -> Result<Command, Misuse> {
        if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Err(Misuse::Unknown);
        }
        self.start_line(text.as_bytes());
        match self.request() {
            Ok(request) => accepted(&request, argument),
            Err(Error::SyntaxError { syntax }) => Err(misused(syntax)),
            Err(_) => Err(Misuse::Unknown),
        }
    }

    fn start_line(&mut self, start: &[u8]) {
        self.line.clear();
        self.line.extend_from_slice(start);
    }

    fn request(&mut self) -> Result<Request<Cow<'_, str>>, Error> {
        self.line.push(b'\n');
        Request::parse(&mut self.line.iter())
    }

    /// Lets smtp-proto judge the parameters, which stand behind an empty path.
    fn check(&mut self, shape: Misuse) -> Result<(), Misuse> {
        match self.request() {
            Ok(_) => Ok(()),
            Err(Error::InvalidParameter { .. }) => Err(Misuse::BadParameter),
            Err(Error::UnsupportedParameter { .. }) => Err(Misuse::UnknownParameter),
            Err(_) => Err(shape),
        }
    }
}

/// The text behind `FROM:` or `TO:`; no space may stand before or behind the colon (RFC 5321 §3.3).
fn strip_keyword<'a>(argument: &'a str, keyword: &str) -> Option<&'a str> {
    let (head, rest) = argument.split_at_checked(keyword.len())?;
    head.eq_ignore_ascii_case(keyword).then_some(rest)
}

/// smtp-proto names the shape it missed; the first word is the verb.
fn misused(syntax: &str) -> Misuse {
    match syntax.get(..4) {
        Some("EHLO" | "HELO") => Misuse::Hello,
        Some("BDAT") => Misuse::Chunk,
        Some("VRFY") => Misuse::Vrfy,
        _ => Misuse::NotOffered,
    }
}

fn accepted(request: &Request<Cow<'_, str>>, argument: &str) -> Result<Command, Misuse> {
    let alone = |command: Command| if argument.is_empty() { Ok(command) } else { Err(Misuse::NoArgument) };
    match request {
        Request::Ehlo { host } => hello(host, argument).map(Command::Ehlo),
        Request::Helo { host } => hello(host, argument).map(Command::Helo),
        Request::Bdat { is_last, .. } => chunk(argument, *is_last),
        Request::Data => alone(Command::Data),
        Request::Rset => alone(Command::Rset),
        Request::Quit => alone(Command::Quit),
        Request::StartTls => alone(Command::StartTls),
        Request::Noop { .. } => Ok(Command::Noop),
        Request::Help { .. } => Ok(Command::Help),
        Request::Vrfy { .. } => Ok(Command::Vrfy),
        _ => Err(Misuse::NotOffered),
    }
}

/// One word of visible ASCII; an internationalised name is told in its ASCII form (RFC 5321 §2.3.5).
fn hello(host: &str, argument: &str) -> Result<String, Misuse> {
    if !argument.is_ascii() {
        Err(Misuse::NotUtf8)
    } else if host == argument {
        Ok(host.to_owned())
    } else {
        Err(Misuse::Hello)
    }
}

/// smtp-proto has found the shape; the number is read again, because there a length beyond 64 bits wraps to a
/// small one, and the rest of the chunk would be taken for commands.
fn chunk(argument: &str, last: bool) -> Result<Command, Misuse> {
    let length = argument.split(' ').next().unwrap_or_default();
    let octets = parameters::octets(length).ok_or(Misuse::Chunk)?;
    Ok(Command::Bdat { octets, last })
}

#[cfg(test)]
mod tests;
