//! The letter while it is read: bounded, and judged at its end.

use super::terms::Limits;
use memchr::{memchr_iter, memchr2, memmem};

/// Why a letter that was read is not kept. Told at its end, so that the rest is never taken for commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// Larger than [`Limits::message`].
    TooBig,
    /// The header block is larger than [`Limits::header`].
    HeaderTooBig,
    /// A line is longer than [`Limits::text_line`].
    LineTooLong,
    /// The house has no room for it just now.
    NoRoom,
}

/// More than this is reserved only once it has been sent, whatever `SIZE` promised.
const FIRST_RESERVE: usize = 64 * 1024;
/// Octets in one piece of a large letter.
const PIECE: usize = 64 * 1024;

/// The octets of one letter. After a fault nothing is stored any more.
pub(super) struct Body {
    /// Pieces that are full. A letter that grew in one piece would be copied again and again, and every copy
    /// would leave a hole in memory; fifty large letters at once would take many times their size.
    full: Vec<Vec<u8>>,
    /// Octets in the full pieces.
    stored: usize,
    /// The piece that is being filled; the whole header block is in the first.
    octets: Vec<u8>,
    limits: Limits,
    /// Octets since the last LF.
    column: usize,
    /// The empty line behind the header block was seen.
    header_read: bool,
    fault: Option<Fault>,
}

impl Body {
    /// An empty letter; `promised` is what the peer said it would send.
    pub(super) fn new(limits: Limits, promised: usize) -> Self {
        let octets = Vec::with_capacity(promised.min(limits.message).min(FIRST_RESERVE));
        Self { full: Vec::new(), stored: 0, octets, limits, column: 0, header_read: false, fault: None }
    }

    /// Adds a run of text.
    pub(super) fn push(&mut self, run: &[u8]) {
        if self.fault.is_some() || run.is_empty() {
            return;
        }
        if self.stored + self.octets.len() + run.len() > self.limits.message {
            return self.spoil(Fault::TooBig);
        }
        if self.measure(run) > self.limits.text_line {
            return self.spoil(Fault::LineTooLong);
        }
        if self.header_read && self.octets.len() + run.len() > PIECE {
            let full = std::mem::replace(&mut self.octets, Vec::with_capacity(PIECE.max(run.len())));
            self.stored += full.len();
            self.full.push(full);
        }
        let before = self.octets.len();
        self.octets.extend_from_slice(run);
        if !self.header_read {
            self.look_for_header_end(before);
        }
    }

    /// The letter, ended by CRLF, or why it is not kept.
    pub(super) fn finish(mut self) -> Result<Vec<u8>, Fault> {
        if self.column > 0 {
            self.push(b"\r\n");
        }
        match self.fault {
            Some(fault) => Err(fault),
            None if self.full.is_empty() => Ok(self.octets),
            None => {
                let mut whole = Vec::with_capacity(self.stored + self.octets.len());
                // Each piece is given back as soon as it is copied.
                for piece in self.full.into_iter().chain([self.octets]) {
                    whole.extend_from_slice(&piece);
                }
                Ok(whole)
            }
        }
    }

    /// The memory this letter takes, in octets.
    pub(super) fn held(&self) -> usize {
        self.stored + self.octets.capacity()
    }

    /// Gives the letter up; it is still read to its end.
    pub(super) fn spoil(&mut self, fault: Fault) {
        self.fault = Some(fault);
        self.full = Vec::new();
        self.octets = Vec::new();
    }

    /// The longest line that this run ends or continues, CRLF included.
    fn measure(&mut self, run: &[u8]) -> usize {
        let mut longest = 0;
        let mut line_start = 0;
        for place in memchr_iter(b'\n', run) {
            longest = longest.max(self.column + (place + 1 - line_start));
            self.column = 0;
            line_start = place + 1;
        }
        self.column += run.len() - line_start;
        longest.max(self.column)
    }

    fn look_for_header_end(&mut self, before: usize) {
        let from = before.saturating_sub(3);
        let end = if self.octets.starts_with(b"\r\n") {
            Some(0)
        } else {
            memmem::find(&self.octets[from..], b"\r\n\r\n").map(|place| from + place + 2)
        };
        self.header_read = end.is_some();
        // Until the empty line is whole, its two octets do not count.
        if end.unwrap_or(self.octets.len().saturating_sub(2)) > self.limits.header {
            self.spoil(Fault::HeaderTooBig);
        }
    }
}

/// Checks that chunks (RFC 3030) hold no lone CR or LF. Their length is told, so they could not smuggle; but the
/// letter would mean something else to the next reader.
#[derive(Debug, Default)]
pub(super) struct LineEnds {
    after_cr: bool,
}

impl LineEnds {
    /// Whether all line ends up to here are CRLF; a final CR is still open.
    pub(super) fn are_sound_in(&mut self, run: &[u8]) -> bool {
        let mut rest = run;
        while !rest.is_empty() {
            if std::mem::take(&mut self.after_cr) {
                let Some(behind) = rest.strip_prefix(b"\n") else { return false };
                rest = behind;
                continue;
            }
            let Some(place) = memchr2(b'\r', b'\n', rest) else { return true };
            if rest[place] == b'\n' {
                return false;
            }
            self.after_cr = true;
            rest = &rest[place + 1..];
        }
        true
    }

    /// Whether the letter does not end with a lone CR.
    pub(super) fn are_closed(&self) -> bool {
        !self.after_cr
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: Limits =
        Limits { command_line: 2048, message: 60, header: 20, text_line: 12, errors: 1, idle_commands: 1 };

    /// The verdict must not depend on how the letter was cut.
    fn verdict(letter: &[u8]) -> Result<Vec<u8>, Fault> {
        let mut whole = Body::new(LIMITS, 0);
        whole.push(letter);
        let mut single = Body::new(LIMITS, usize::MAX);
        letter.chunks(1).for_each(|octet| single.push(octet));
        let verdict = whole.finish();
        assert_eq!(verdict.is_ok(), single.finish().is_ok());
        verdict
    }

    #[test]
    fn a_letter_at_the_limits_is_kept() {
        let letter = *b"A: 123456\r\nB: 1234\r\n\r\n0123456789";
        let kept = verdict(&letter).unwrap_or_default();
        assert_eq!(kept, [&letter[..], b"\r\n"].concat());
        assert_eq!(verdict(b""), Ok(Vec::new()));
        assert_eq!(
            verdict(b"\r\n01234\r\n01234\r\n01234\r\n01234\r\n"),
            Ok(b"\r\n01234\r\n01234\r\n01234\r\n01234\r\n".to_vec())
        );
    }

    #[test]
    fn each_limit_has_its_word() {
        assert_eq!(verdict(&b"\r\n01234\r\n".repeat(7)), Err(Fault::TooBig));
        assert_eq!(verdict(b"A: 12345\r\nB: 12345\r\nC: 1\r\n\r\n"), Err(Fault::HeaderTooBig));
        assert_eq!(verdict(b"A: 12345\r\nB: 12345\r\nCCC"), Err(Fault::HeaderTooBig));
        assert_eq!(verdict(b"\r\n0123456789a\r\n"), Err(Fault::LineTooLong));
        assert_eq!(verdict(b"\r\n0123456789abc"), Err(Fault::LineTooLong));
    }

    #[test]
    fn a_spoilt_letter_holds_no_memory() {
        let mut body = Body::new(LIMITS, 0);
        (0..100).for_each(|_| body.push(b"01234\r\n"));
        assert_eq!((body.octets.capacity(), body.fault), (0, Some(Fault::HeaderTooBig)));
    }

    #[test]
    fn lone_line_ends_are_found_at_every_split() {
        for (text, sound) in [("a\r\nb\r\n", true), ("a\nb", false), ("a\rb", false), ("\n", false), ("a\r\r\n", false)]
        {
            for split in 0..=text.len() {
                let mut ends = LineEnds::default();
                let (head, tail) = text.as_bytes().split_at(split);
                assert_eq!(ends.are_sound_in(head) && ends.are_sound_in(tail), sound, "{text:?} at {split}");
            }
        }
        let mut open = LineEnds::default();
        assert!(open.are_sound_in(b"a\r") && !open.are_closed());
    }
}
