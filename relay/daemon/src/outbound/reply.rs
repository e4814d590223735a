//! The next hop's replies, read strictly and with bounds (RFC 5321 §4.2).

use super::fault::{Class, Fault, Phase};
use brevbro_core::reply::Enhanced;
use tokio::io::{AsyncBufRead, AsyncBufReadExt};

/// Longest reply line taken, CRLF included. RFC 5321 §4.5.3.1.5 says 512; real hosts say more.
const LINE_MAX: usize = 2048;
/// Most lines in one reply.
const LINES_MAX: usize = 100;

/// One reply; its text is thrown away, since it may name people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) code: u16,
    pub(super) enhanced: Option<Enhanced>,
}

impl Answer {
    /// Accepts a reply of the class asked for (2 or 3); anything else becomes a fault.
    pub(super) fn expect(self, class: u16, phase: Phase) -> Result<Self, Fault> {
        if self.code / 100 == class { Ok(self) } else { Err(self.fault(phase)) }
    }

    /// The fault that this reply is.
    pub(super) fn fault(self, phase: Phase) -> Fault {
        let class = match self.code / 100 {
            4 => Class::Busy,
            5 => Class::Refused,
            _ => Class::Protocol,
        };
        Fault { phase, class, code: Some(self.code), enhanced: self.enhanced }
    }
}

/// Reads one reply; `each` sees the text of every line.
pub(super) async fn read_answer<R>(input: &mut R, phase: Phase, mut each: impl FnMut(&[u8])) -> Result<Answer, Fault>
where
    R: AsyncBufRead + Unpin,
{
    let mut line = Vec::with_capacity(128);
    let mut first: Option<Answer> = None;
    for _ in 0..LINES_MAX {
        read_line(input, phase, &mut line).await?;
        let (code, is_last, text) = split(&line).ok_or(Fault::new(phase, Class::Protocol))?;
        let answer = *first.get_or_insert_with(|| Answer { code, enhanced: enhanced_in(text, code) });
        if answer.code != code {
            break;
        }
        each(text);
        if is_last {
            return Ok(answer);
        }
    }
    Err(Fault::new(phase, Class::Protocol))
}

/// Reads up to CRLF, at most `LINE_MAX` octets; the CRLF is taken off.
async fn read_line<R: AsyncBufRead + Unpin>(input: &mut R, phase: Phase, line: &mut Vec<u8>) -> Result<(), Fault> {
    line.clear();
    loop {
        let chunk = input.fill_buf().await.map_err(|_| Fault::new(phase, Class::Lost))?;
        if chunk.is_empty() {
            return Err(Fault::new(phase, Class::Lost).with(4, 4, 2));
        }
        let end = memchr::memchr(b'\n', chunk).map(|place| place + 1);
        let taken = end.unwrap_or(chunk.len());
        if line.len() + taken > LINE_MAX {
            return Err(Fault::new(phase, Class::Protocol));
        }
        line.extend_from_slice(&chunk[..taken]);
        input.consume(taken);
        if end.is_some() {
            let whole = line.strip_suffix(b"\r\n").ok_or(Fault::new(phase, Class::Protocol))?.len();
            line.truncate(whole);
            return Ok(());
        }
    }
}

/// Code, whether it is the last line, and the text behind it.
fn split(line: &[u8]) -> Option<(u16, bool, &[u8])> {
    let [a @ b'2'..=b'5', b @ b'0'..=b'9', c @ b'0'..=b'9', rest @ ..] = line else { return None };
    let digit = |octet: &u8| u16::from(octet - b'0');
    let code = digit(a) * 100 + digit(b) * 10 + digit(c);
    match rest {
        [] => Some((code, true, rest)),
        [b' ', text @ ..] => Some((code, true, text)),
        [b'-', text @ ..] => Some((code, false, text)),
        _ => None,
    }
}

/// The enhanced code at the start of a text, if its class agrees with the reply code (RFC 2034 §4).
fn enhanced_in(text: &[u8], code: u16) -> Option<Enhanced> {
    let word = text.split(|octet| *octet == b' ').next().unwrap_or_default();
    let mut numbers = word.split(|octet| *octet == b'.').map(number);
    let (class, subject, detail) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let agrees = numbers.next().is_none() && class == code / 100;
    agrees.then_some(Enhanced(u8::try_from(class).ok()?, subject, detail))
}

/// One to three digits.
fn number(text: &[u8]) -> Option<u16> {
    let is_number = (1..=3).contains(&text.len()) && text.iter().all(u8::is_ascii_digit);
    is_number.then(|| text.iter().fold(0, |sum, digit| sum * 10 + u16::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(text: &[u8]) -> Result<(Answer, usize), Class> {
        let mut input = text;
        let mut lines = 0;
        let answer = read_answer(&mut input, Phase::Hello, |_| lines += 1).await;
        answer.map(|a| (a, lines)).map_err(|fault| fault.class)
    }

    #[tokio::test]
    async fn replies_are_read_whole() {
        let plain = |code| Answer { code, enhanced: None };
        let full = |code, e| Answer { code, enhanced: Some(e) };
        assert_eq!(read(b"250 ok\r\n").await, Ok((plain(250), 1)));
        assert_eq!(read(b"250\r\n").await, Ok((plain(250), 1)));
        assert_eq!(read(b"250-a\r\n250-b\r\n250 c\r\n").await, Ok((plain(250), 3)));
        assert_eq!(read(b"550 5.1.1 nobody\r\n").await, Ok((full(550, Enhanced(5, 1, 1)), 1)));
        assert_eq!(read(b"450-4.7.1 a\r\n450 4.7.1 b\r\n").await, Ok((full(450, Enhanced(4, 7, 1)), 2)));
        // A class that contradicts the code is no status code.
        assert_eq!(read(b"550 2.1.1 odd\r\n").await, Ok((plain(550), 1)));
        assert_eq!(read(b"550 5.1.1.1 odd\r\n").await, Ok((plain(550), 1)));
        assert_eq!(read(b"550 5.1234.1 odd\r\n").await, Ok((plain(550), 1)));
    }

    #[tokio::test]
    async fn nonsense_is_no_reply() {
        let long = [b"250 ".as_slice(), &vec![b'x'; LINE_MAX], b"\r\n"].concat();
        let many = b"250-x\r\n".repeat(LINES_MAX + 1);
        let cases: [&[u8]; 8] =
            [b"250 ok\n", b"25 ok\r\n", b"abc\r\n", b"250+x\r\n", b"250-a\r\n550 b\r\n", b"199 x\r\n", &long, &many];
        for case in cases {
            assert_eq!(
                read(case).await,
                Err(Class::Protocol),
                "{:?}",
                String::from_utf8_lossy(&case[..9.min(case.len())])
            );
        }
        assert_eq!(read(b"250-a\r\n").await, Err(Class::Lost));
        assert_eq!(read(b"").await, Err(Class::Lost));
    }
}
