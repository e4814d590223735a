//! The dot machine: finds the end of a letter and takes the stuffed dots out (RFC 5321 §4.5.2).
//!
//! Only CR LF `.` CR LF ends a letter. A CR or LF that stands alone ends the session: two servers that read it
//! differently would see two different letters (SMTP smuggling).

use memchr::memchr2;

/// What the octets so far amount to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heard {
    /// The letter goes on.
    More,
    /// The final dot and its CRLF were read.
    End,
    /// A CR or LF stands alone: nothing after it may be believed.
    Bare,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the start of a line.
    Start,
    /// Within a line.
    Middle,
    /// Behind a CR.
    Cr,
    /// Behind a dot that began a line.
    Dot,
    /// Behind a CR that followed such a dot.
    DotCr,
}

/// The machine; begins at the start of a line, so that `.` CR LF at once is an empty letter.
#[derive(Debug)]
pub(super) struct Dots(State);

impl Dots {
    pub(super) fn new() -> Self {
        Self(State::Start)
    }

    /// Reads from the front of `input`, gives the text to `keep`, and says how many octets were taken.
    /// What was kept before a [`Heard::Bare`] is worthless.
    pub(super) fn feed(&mut self, input: &[u8], mut keep: impl FnMut(&[u8])) -> (usize, Heard) {
        let mut at = 0;
        // The text from here on has not been given away yet.
        let mut run = 0;
        while let Some(&octet) = input.get(at) {
            match (self.0, octet) {
                (State::Start, b'.') => {
                    keep(&input[run..at]);
                    run = at + 1;
                    self.0 = State::Dot;
                }
                (State::Dot, b'\r') => {
                    run = at + 1;
                    self.0 = State::DotCr;
                }
                (State::DotCr, b'\n') => return (at + 1, Heard::End),
                (State::Cr, b'\n') => self.0 = State::Start,
                (State::Cr | State::DotCr, _) | (_, b'\n') => return (at + 1, Heard::Bare),
                (State::Start | State::Middle, b'\r') => self.0 = State::Cr,
                (State::Start | State::Middle | State::Dot, _) => {
                    self.0 = State::Middle;
                    at = memchr2(b'\r', b'\n', &input[at..]).map_or(input.len(), |distance| at + distance);
                    continue;
                }
            }
            at += 1;
        }
        keep(&input[run.min(input.len())..]);
        (input.len(), Heard::More)
    }
}

#[cfg(test)]
mod tests;
