//! The session: reads octets as commands or as a letter, and says what the shell is to do next.

use super::answers::{self, Answer};
use super::body::{Body, Fault, LineEnds};
use super::command::Grammar;
use super::dots::Dots;
use super::line::Lines;
use super::phase::Stage;
use super::terms::Terms;
use crate::envelope::{ForwardPath, Received, ReversePath};
use crate::reply::Reply;
use crate::veiled;
use std::net::IpAddr;
use std::sync::Arc;

mod hear;
mod obey;
#[cfg(test)]
mod tests;

/// Who called, as far as the socket knows.
#[derive(Clone, Copy)]
pub struct Caller {
    /// The network address.
    pub ip: IpAddr,
    /// Whether it lies in `smtp.trusted_networks`.
    pub trusted: bool,
    /// Whether the connection is under TLS.
    pub tls: bool,
}

/// How far the session came with its input.
#[derive(Debug)]
#[must_use]
pub struct Fed {
    /// Octets taken from the front of the input. The rest is to be fed again after `next` was done.
    pub taken: usize,
    /// What the shell is to do.
    pub next: Next,
}

/// What the shell is to do next. Only before it waits must it write the replies that have collected.
#[derive(Debug)]
pub enum Next {
    /// Write the replies, then read and feed more.
    Read,
    /// The peer must be silent now. Look without waiting: feed what is there (the session will hang up), or else
    /// call [`Session::speak`].
    Listen,
    /// Work on the letter and give the answer to [`Session::answered`].
    Take(Box<Received>),
    /// Write the replies, then begin the TLS handshake on the bare socket and a new [`Session::secured`].
    /// Neither this session nor any buffered octet may survive.
    StartTls,
    /// Write the replies and hang up.
    Close,
}

/// The state machine of DESIGN: what a phase knows exists in that phase only.
#[expect(clippy::large_enum_variant, reason = "one for each session and never moved out of it")]
enum Phase {
    /// Connected; the peer has not said its name.
    Greeted,
    /// The peer has said its name.
    Named { helo: String, desk: Desk },
    /// Nothing is read or written any more.
    Closed,
}

/// How far the letter of a named peer has come.
enum Desk {
    Helloed,
    Sender(Sender),
    Recipients(Envelope),
    Data(Envelope, Dots, Body),
    /// `left` octets of the running chunk are still to be read.
    Chunks {
        envelope: Envelope,
        body: Body,
        ends: LineEnds,
        left: u64,
        last: bool,
    },
    Answered,
}

struct Sender {
    path: ReversePath,
    promised: usize,
    utf8: bool,
}

struct Envelope {
    sender: Sender,
    forward_path: ForwardPath,
}

/// What we are about to say while the peer must be silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owed {
    Nothing,
    Banner,
    GoAhead,
}

/// A refused chunk is read to its end before it is answered (RFC 3030 §2): it is never taken for commands.
#[derive(Debug)]
struct Skip {
    left: u64,
    answer: Answer,
}

/// One SMTP session, from the banner to the end or to STARTTLS.
pub struct Session {
    terms: Arc<Terms>,
    caller: Caller,
    phase: Phase,
    owed: Owed,
    skip: Option<Skip>,
    lines: Lines,
    grammar: Grammar,
    errors: u32,
    idle_commands: u32,
}

veiled!(Caller, Session);

impl Session {
    /// A session with a new connection. Feed it nothing first: it asks the shell to listen before the banner.
    pub fn new(terms: Arc<Terms>, caller: Caller) -> Self {
        let lines = Lines::new(terms.limits.command_line);
        Self {
            terms,
            caller,
            phase: Phase::Greeted,
            owed: Owed::Banner,
            skip: None,
            lines,
            grammar: Grammar::default(),
            errors: 0,
            idle_commands: 0,
        }
    }

    /// The session after STARTTLS: nothing is known and no banner is sent (RFC 3207 §4.2).
    pub fn secured(terms: Arc<Terms>, caller: Caller) -> Self {
        Self { owed: Owed::Nothing, ..Self::new(terms, Caller { tls: true, ..caller }) }
    }

    /// Reads as far as it can; appends replies to `out`.
    pub fn feed(&mut self, input: &[u8], out: &mut Vec<u8>) -> Fed {
        let mut taken = 0;
        loop {
            let fed = self.step(&input[taken..], out);
            taken += fed.taken;
            if let Some(next) = fed.next {
                return Fed { taken, next };
            }
        }
    }

    /// Says what [`Next::Listen`] was waiting for: the peer was silent.
    pub fn speak(&mut self, out: &mut Vec<u8>) {
        match std::mem::replace(&mut self.owed, Owed::Nothing) {
            Owed::Banner => answers::write_banner(&self.terms, out),
            Owed::GoAhead => say(out, answers::GO_AHEAD),
            Owed::Nothing => {}
        }
    }

    /// The answer to the letter of [`Next::Take`]. A refusal counts as an error of a stranger, or aliases could be
    /// guessed at leisure; a trusted front has checked its peers itself.
    pub fn answered(&mut self, reply: &Reply, out: &mut Vec<u8>) {
        reply.write_to(out);
        self.idle_commands = 0;
        self.leave_letter();
        if reply.code == 421 {
            self.phase = Phase::Closed;
        } else if reply.code >= 500 && !self.caller.trusted {
            self.count_error(out);
        }
    }

    /// Ends the session because a time is up.
    pub fn expire(&mut self, out: &mut Vec<u8>) {
        self.hang_up(answers::TIMEOUT, out);
    }

    /// Ends the session because the house closes.
    pub fn dismiss(&mut self, out: &mut Vec<u8>) {
        self.hang_up(answers::CLOSING, out);
    }

    /// Whether a letter is on its way: time limits are longer and closing the house waits for it.
    pub fn is_within_letter(&self) -> bool {
        matches!(self.stage(), Stage::Data | Stage::Chunks | Stage::Answered) || self.skip.is_some()
    }

    /// Errors so far; the shell slows down a peer that makes many.
    pub fn errors(&self) -> u32 {
        self.errors
    }

    /// The memory that the letter on its way takes, in octets.
    pub fn held(&self) -> usize {
        match &self.phase {
            Phase::Named { desk: Desk::Data(_, _, body) | Desk::Chunks { body, .. }, .. } => body.held(),
            _ => 0,
        }
    }

    /// Gives up the letter on its way because all letters together take too much memory. It is read to its end
    /// without being stored, and deferred.
    pub fn make_room(&mut self) {
        if let Phase::Named { desk: Desk::Data(_, _, body) | Desk::Chunks { body, .. }, .. } = &mut self.phase {
            body.spoil(Fault::NoRoom);
        }
    }

    fn stage(&self) -> Stage {
        match &self.phase {
            Phase::Greeted if self.caller.tls => Stage::Secured,
            Phase::Greeted => Stage::Greeted,
            Phase::Named { desk: Desk::Helloed, .. } => Stage::Helloed,
            Phase::Named { desk: Desk::Sender(_), .. } => Stage::Sender,
            Phase::Named { desk: Desk::Recipients(_), .. } => Stage::Recipients,
            Phase::Named { desk: Desk::Data(..), .. } => Stage::Data,
            Phase::Named { desk: Desk::Chunks { .. }, .. } => Stage::Chunks,
            Phase::Named { desk: Desk::Answered, .. } => Stage::Answered,
            Phase::Closed => Stage::Closed,
        }
    }

    /// Back to a named peer without a letter; before the name, nothing changes.
    fn leave_letter(&mut self) {
        if let Phase::Named { desk, .. } = &mut self.phase {
            *desk = Desk::Helloed;
        }
    }

    /// Says no. The session goes on unless there were too many errors.
    fn refuse(&mut self, answer: Answer, out: &mut Vec<u8>) -> Option<Next> {
        say(out, answer);
        self.count_error(out);
        None
    }

    fn count_error(&mut self, out: &mut Vec<u8>) {
        self.errors += 1;
        if self.errors >= self.terms.limits.errors {
            self.hang_up(answers::TOO_MANY_ERRORS, out);
        }
    }

    fn hang_up(&mut self, answer: Answer, out: &mut Vec<u8>) {
        say(out, answer);
        self.phase = Phase::Closed;
    }
}

fn say(out: &mut Vec<u8>, answer: Answer) {
    out.extend_from_slice(answer.as_bytes());
}
