//! What each command does to a session, once the law of order has let it through.

use super::{Desk, Envelope, Next, Owed, Phase, Sender, Session, Skip, answers, say};
use crate::envelope::{ForwardPath, ReversePath};
use crate::smtp::body::{Body, LineEnds};
use crate::smtp::command::{Command, Misuse};
use crate::smtp::dots::Dots;
use crate::smtp::phase::{self, Disorder};

impl Session {
    /// Obeys or refuses a command; `behind` is what the peer sent after it without waiting.
    pub(super) fn obey(&mut self, command: Command, behind: &[u8], out: &mut Vec<u8>) -> Option<Next> {
        match phase::judge(self.stage(), command.verb()) {
            phase::Step::Obey => self.allowed(command, behind, out),
            phase::Step::Full => self.refuse_address(&command, out),
            phase::Step::Refuse(disorder) => self.disordered(&command, disorder, out),
            phase::Step::Unread => None,
        }
    }

    /// A line that is no command. After a malformed BDAT nobody knows where the commands go on.
    pub(super) fn misused(&mut self, misuse: Misuse, out: &mut Vec<u8>) -> Option<Next> {
        if misuse == Misuse::Chunk {
            self.errors += 1;
            self.hang_up(misuse.answer(), out);
            return None;
        }
        self.refuse(misuse.answer(), out)
    }

    fn allowed(&mut self, command: Command, behind: &[u8], out: &mut Vec<u8>) -> Option<Next> {
        match command {
            Command::Ehlo(helo) => {
                answers::write_ehlo(&self.terms, self.caller.tls, out);
                self.phase = Phase::Named { helo, desk: Desk::Helloed };
            }
            Command::Helo(helo) => {
                answers::write_helo(&self.terms, out);
                self.phase = Phase::Named { helo, desk: Desk::Helloed };
            }
            Command::Mail { path, size, utf8, needs_utf8 } => {
                return self.mail(path, size.unwrap_or(0), utf8, needs_utf8, out);
            }
            Command::Rcpt { path, needs_utf8 } => return self.rcpt(path, needs_utf8, out),
            Command::Data => self.data(),
            Command::Bdat { octets, last } => return self.chunk(octets, last, out),
            Command::Rset => {
                self.leave_letter();
                say(out, answers::RESET);
            }
            Command::Noop => say(out, answers::RESET),
            Command::Vrfy => say(out, answers::VRFY),
            Command::Help => say(out, answers::HELP),
            Command::Quit => self.hang_up(answers::BYE, out),
            Command::StartTls => return self.start_tls(behind, out),
        }
        None
    }

    fn mail(&mut self, path: ReversePath, size: u64, utf8: bool, needs_utf8: bool, out: &mut Vec<u8>) -> Option<Next> {
        let promised = usize::try_from(size).unwrap_or(usize::MAX);
        if promised > self.terms.limits.message {
            return self.refuse(answers::TOO_BIG, out);
        }
        if needs_utf8 && !utf8 {
            return self.refuse(answers::UTF8_NEEDED, out);
        }
        self.move_to(|_| Desk::Sender(Sender { path, promised, utf8 }));
        say(out, answers::SENDER);
        None
    }

    /// One voice: every local part at our domains is a good recipient here, whether it exists or not.
    fn rcpt(&mut self, path: ForwardPath, needs_utf8: bool, out: &mut Vec<u8>) -> Option<Next> {
        let Phase::Named { desk: Desk::Sender(sender), .. } = &self.phase else { return None };
        if needs_utf8 && !sender.utf8 {
            return self.refuse(answers::UTF8_NEEDED, out);
        }
        if !self.is_ours(&path) {
            return self.refuse(answers::NOT_OURS, out);
        }
        self.move_to(|desk| match desk {
            Desk::Sender(sender) => Desk::Recipients(Envelope { sender, forward_path: path }),
            other => other,
        });
        say(out, answers::RECIPIENT);
        None
    }

    /// A second recipient: not ours, or not in this letter. No error is counted, the peer did what SMTP allows.
    fn refuse_address(&mut self, command: &Command, out: &mut Vec<u8>) -> Option<Next> {
        match command {
            Command::Rcpt { path, .. } if !self.is_ours(path) => self.refuse(answers::NOT_OURS, out),
            _ => {
                say(out, answers::FULL);
                None
            }
        }
    }

    fn is_ours(&self, path: &ForwardPath) -> bool {
        match path {
            ForwardPath::Postmaster => true,
            ForwardPath::Addr(address) => self.terms.accept.covers(address),
        }
    }

    fn data(&mut self) {
        let limits = self.terms.limits;
        self.owed = Owed::GoAhead;
        self.move_to(|desk| match desk {
            Desk::Recipients(envelope) => {
                let body = Body::new(limits, envelope.sender.promised);
                Desk::Data(envelope, Dots::new(), body)
            }
            other => other,
        });
    }

    fn chunk(&mut self, octets: u64, last: bool, out: &mut Vec<u8>) -> Option<Next> {
        let limits = self.terms.limits;
        self.move_to(|desk| match desk {
            Desk::Recipients(envelope) => {
                let body = Body::new(limits, envelope.sender.promised);
                Desk::Chunks { envelope, body, ends: LineEnds::default(), left: octets, last }
            }
            Desk::Chunks { envelope, body, ends, .. } => Desk::Chunks { envelope, body, ends, left: octets, last },
            other => other,
        });
        match (octets, last) {
            (0, true) => self.letter_heard(0, out).next,
            (0, false) => {
                say(out, answers::CHUNK);
                None
            }
            _ => None,
        }
    }

    /// RFC 3207 §4.2 and CVE-2011-0411: octets behind STARTTLS were sent in the clear, by whomever.
    fn start_tls(&mut self, behind: &[u8], out: &mut Vec<u8>) -> Option<Next> {
        if self.caller.tls {
            return self.refuse(answers::TLS_ALREADY, out);
        }
        if !self.terms.tls {
            return self.refuse(answers::TLS_NOT_OFFERED, out);
        }
        if !behind.is_empty() {
            self.errors += 1;
            self.hang_up(answers::EARLY_TLS, out);
            return None;
        }
        self.hang_up(answers::TLS_READY, out);
        Some(Next::StartTls)
    }

    /// A refused chunk is still a chunk: its octets are read before the answer.
    fn disordered(&mut self, command: &Command, disorder: Disorder, out: &mut Vec<u8>) -> Option<Next> {
        match command {
            Command::Bdat { octets: left @ 1.., .. } => {
                self.skip = Some(Skip { left: *left, answer: disorder.answer() });
                None
            }
            _ => self.refuse(disorder.answer(), out),
        }
    }

    fn move_to(&mut self, change: impl FnOnce(Desk) -> Desk) {
        if let Phase::Named { desk, .. } = &mut self.phase {
            *desk = change(std::mem::replace(desk, Desk::Helloed));
        }
    }
}
