//! Cuts command lines out of a stream: a line ends at CRLF and nowhere else.

use memchr::memchr_iter;

/// What stands at the front of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'a> {
    /// Not yet a whole line; all input was taken.
    More,
    /// A line without its CRLF. A lone CR or LF may still be inside: the grammar refuses it.
    Whole(&'a [u8]),
    /// A line over the limit was read to its end and thrown away.
    TooLong,
}

/// The framer. Holds at most `limit` octets.
#[derive(Debug)]
pub(super) struct Lines {
    limit: usize,
    held: Vec<u8>,
    /// The held line was handed out and is to be forgotten.
    spent: bool,
    /// The line is over the limit already: its octets are not kept.
    discarding: bool,
    /// The last octet of the unfinished line was a CR.
    after_cr: bool,
}

impl Lines {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, held: Vec::new(), spent: false, discarding: false, after_cr: false }
    }

    /// Takes octets from the front of `input` up to the end of a line; says how many were taken.
    pub(super) fn next<'a>(&'a mut self, input: &'a [u8]) -> (usize, Line<'a>) {
        if std::mem::take(&mut self.spent) {
            self.held.clear();
        }
        let Some(end) = self.end_of_line(input) else {
            self.hold(input);
            return (input.len(), Line::More);
        };
        self.after_cr = false;
        let too_long = std::mem::take(&mut self.discarding) || self.held.len() + end > self.limit;
        if too_long {
            self.held.clear();
            return (end, Line::TooLong);
        }
        if self.held.is_empty() {
            return (end, Line::Whole(&input[..end - 2]));
        }
        self.held.extend_from_slice(&input[..end]);
        self.spent = true;
        (end, Line::Whole(&self.held[..self.held.len() - 2]))
    }

    /// The place behind the first LF that follows a CR.
    fn end_of_line(&self, input: &[u8]) -> Option<usize> {
        let after_cr = |place: usize| place.checked_sub(1).map_or(self.after_cr, |before| input[before] == b'\r');
        memchr_iter(b'\n', input).find(|place| after_cr(*place)).map(|place| place + 1)
    }

    fn hold(&mut self, input: &[u8]) {
        let Some(last) = input.last() else { return };
        self.after_cr = *last == b'\r';
        if self.discarding || self.held.len() + input.len() > self.limit {
            self.discarding = true;
            self.held.clear();
        } else {
            self.held.extend_from_slice(input);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All lines of a stream that arrives in two parts; `None` stands for a line that was too long.
    fn lines(limit: usize, parts: [&[u8]; 2]) -> Vec<Option<Vec<u8>>> {
        let mut framer = Lines::new(limit);
        let mut found = Vec::new();
        for part in parts {
            let mut rest = part;
            while !rest.is_empty() {
                let (taken, line) = framer.next(rest);
                match line {
                    Line::More => {}
                    Line::Whole(line) => found.push(Some(line.to_vec())),
                    Line::TooLong => found.push(None),
                }
                rest = &rest[taken..];
                assert!(framer.held.len() <= limit);
            }
        }
        found
    }

    #[test]
    fn every_split_gives_the_same_lines() {
        let stream = b"NOOP\r\n\r\nA\nB\rC\r\r\nlonger than ten\r\n1234567\r\n12345678\r\n123456789\r\nlast";
        let expected: [Option<&[u8]>; 7] =
            [Some(b"NOOP"), Some(b""), Some(b"A\nB\rC\r"), None, Some(b"1234567"), Some(b"12345678"), None];
        for split in 0..=stream.len() {
            let (head, tail) = stream.split_at(split);
            let found = lines(10, [head, tail]);
            assert_eq!(found.iter().map(Option::as_deref).collect::<Vec<_>>(), expected, "split at {split}");
        }
    }

    #[test]
    fn a_line_without_end_costs_no_memory() {
        let mut framer = Lines::new(2048);
        for _ in 0..1024 {
            assert_eq!(framer.next(&[b'a'; 4096]), (4096, Line::More));
        }
        assert!(framer.held.capacity() <= 8192);
        assert_eq!(framer.next(b"\r\nNOOP\r\n"), (2, Line::TooLong));
        assert_eq!(framer.next(b"NOOP\r\n"), (6, Line::Whole(b"NOOP")));
    }
}
