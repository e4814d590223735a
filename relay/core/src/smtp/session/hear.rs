//! How a session reads: as commands, as text, as a chunk, or as something the peer should not have said yet.

use super::{Desk, Envelope, Next, Owed, Phase, Session, answers, say};
use crate::envelope::{Peer, Raw, Received};
use crate::smtp::body::Fault;
use crate::smtp::dots::Heard;
use crate::smtp::line::Line;

impl Session {
    /// One move: either as much input as belongs together, or nothing and what the shell is to do.
    pub(super) fn step(&mut self, input: &[u8], out: &mut Vec<u8>) -> Step {
        if matches!(self.phase, Phase::Closed) {
            return Step::then(input.len(), Next::Close);
        }
        if self.owed != Owed::Nothing {
            return self.listen(input, out);
        }
        if input.is_empty() {
            return Step::then(0, Next::Read);
        }
        if self.skip.is_some() {
            return self.skip_chunk(input, out);
        }
        match &mut self.phase {
            Phase::Named { desk: Desk::Data(..), .. } => self.hear_text(input, out),
            Phase::Named { desk: Desk::Chunks { left: 1.., .. }, .. } => self.hear_chunk(input, out),
            // The shell feeds too early: the answer is owed first, and commands may follow it.
            Phase::Named { desk: Desk::Answered, .. } => Step::then(0, Next::Read),
            _ => self.hear_line(input, out),
        }
    }

    fn listen(&mut self, input: &[u8], out: &mut Vec<u8>) -> Step {
        if input.is_empty() {
            return Step::then(0, Next::Listen);
        }
        let early = if self.owed == Owed::Banner { answers::EARLY_BANNER } else { answers::EARLY_TEXT };
        self.errors += 1;
        self.hang_up(early, out);
        Step::go_on(0)
    }

    fn skip_chunk(&mut self, input: &[u8], out: &mut Vec<u8>) -> Step {
        let Some(skip) = &mut self.skip else { return Step::go_on(0) };
        let taken = within(skip.left, input.len());
        skip.left -= taken as u64;
        if skip.left == 0 {
            let answer = skip.answer;
            self.skip = None;
            self.refuse(answer, out);
        }
        Step::go_on(taken)
    }

    fn hear_text(&mut self, input: &[u8], out: &mut Vec<u8>) -> Step {
        let Phase::Named { desk: Desk::Data(_, dots, body), .. } = &mut self.phase else { return Step::go_on(0) };
        let (taken, heard) = dots.feed(input, |run| body.push(run));
        match heard {
            Heard::More => Step::go_on(taken),
            Heard::End => self.letter_heard(taken, out),
            Heard::Bare => self.spoilt(taken, out),
        }
    }

    fn hear_chunk(&mut self, input: &[u8], out: &mut Vec<u8>) -> Step {
        let Phase::Named { desk: Desk::Chunks { body, ends, left, last, .. }, .. } = &mut self.phase else {
            return Step::go_on(0);
        };
        let taken = within(*left, input.len());
        let run = &input[..taken];
        *left -= taken as u64;
        if !ends.are_sound_in(run) {
            return self.spoilt(taken, out);
        }
        body.push(run);
        if *left == 0 {
            // A large letter may come in many chunks: they are not idle.
            self.idle_commands = self.idle_commands.saturating_sub(1);
        }
        match (*left, *last) {
            (0, true) => self.letter_heard(taken, out),
            (0, false) => {
                say(out, answers::CHUNK);
                Step::go_on(taken)
            }
            _ => Step::go_on(taken),
        }
    }

    /// A lone CR or LF in a letter: nothing behind it may be read, as it may hide a second letter.
    fn spoilt(&mut self, taken: usize, out: &mut Vec<u8>) -> Step {
        self.errors += 1;
        self.hang_up(answers::BARE, out);
        Step::go_on(taken)
    }

    /// The letter is whole: judged by its limits, then handed over.
    pub(super) fn letter_heard(&mut self, taken: usize, out: &mut Vec<u8>) -> Step {
        let (helo, envelope, body) = match std::mem::replace(&mut self.phase, Phase::Closed) {
            Phase::Named { desk: Desk::Chunks { ends, .. }, .. } if !ends.are_closed() => {
                return self.spoilt(taken, out);
            }
            Phase::Named { helo, desk: Desk::Data(envelope, _, body) | Desk::Chunks { envelope, body, .. } } => {
                (helo, envelope, body)
            }
            other => {
                self.phase = other;
                return Step::go_on(taken);
            }
        };
        let peer = Peer { ip: self.caller.ip, helo: helo.clone(), tls: self.caller.tls, trusted: self.caller.trusted };
        self.phase = Phase::Named { helo, desk: Desk::Answered };
        match body.finish() {
            Ok(octets) => Step::then(taken, Next::Take(Box::new(envelope.with(peer, octets)))),
            Err(fault) => {
                self.leave_letter();
                if fault == Fault::NoRoom {
                    say(out, fault.answer());
                } else {
                    self.refuse(fault.answer(), out);
                }
                Step::go_on(taken)
            }
        }
    }

    fn hear_line(&mut self, input: &[u8], out: &mut Vec<u8>) -> Step {
        let (taken, line) = self.lines.next(input);
        let parsed = match line {
            Line::More => return Step::go_on(taken),
            Line::TooLong => None,
            Line::Whole(line) => Some(self.grammar.parse(line)),
        };
        self.idle_commands += 1;
        if self.idle_commands > self.terms.limits.idle_commands {
            self.hang_up(answers::TOO_MANY_COMMANDS, out);
            return Step::go_on(taken);
        }
        let behind = &input[taken..];
        let next = match parsed {
            None => self.refuse(answers::LINE_TOO_LONG, out),
            Some(Err(misuse)) => self.misused(misuse, out),
            Some(Ok(command)) => self.obey(command, behind, out),
        };
        Step { taken, next }
    }
}

impl Envelope {
    fn with(self, peer: Peer, octets: Vec<u8>) -> Received {
        let Self { sender, forward_path } = self;
        Received { peer, reverse_path: sender.path, forward_path, raw: Raw::new(octets) }
    }
}

/// One move of [`Session::feed`]; without `next` it goes on at once.
pub(super) struct Step {
    pub(super) taken: usize,
    pub(super) next: Option<Next>,
}

impl Step {
    fn go_on(taken: usize) -> Self {
        Self { taken, next: None }
    }

    fn then(taken: usize, next: Next) -> Self {
        Self { taken, next: Some(next) }
    }
}

/// As many of `left` octets as there are.
fn within(left: u64, there: usize) -> usize {
    usize::try_from(left).map_or(there, |left| left.min(there))
}
