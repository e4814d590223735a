//! Handing letters in: a small SMTP peer that shows every octet of the reply.

use crate::draft::Draft;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// One reply, all its lines as they came over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The three digits.
    pub code: u16,
    /// Everything, line ends included.
    pub text: String,
}

impl Reply {
    /// Whether it is a 4xx.
    pub fn is_later(&self) -> bool {
        self.code / 100 == 4
    }
}

/// One connection to the house.
#[derive(Debug)]
pub struct Session {
    stream: BufReader<TcpStream>,
}

impl Session {
    /// Connects, reads the banner and says EHLO.
    pub fn open(house: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&house, Duration::from_secs(5))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_mins(1)))?;
        stream.set_write_timeout(Some(Duration::from_mins(1)))?;
        let mut session = Self { stream: BufReader::new(stream) };
        let banner = session.reply()?;
        if banner.code != 220 {
            return Err(io::Error::other(banner.text));
        }
        session.command("EHLO mail.example.net")?;
        Ok(session)
    }

    /// Sends one command and reads its reply.
    pub fn command(&mut self, line: &str) -> io::Result<Reply> {
        self.write(format!("{line}\r\n").as_bytes())?;
        self.reply()
    }

    /// Sends octets as they are.
    pub fn write(&mut self, octets: &[u8]) -> io::Result<()> {
        self.stream.get_mut().write_all(octets)
    }

    /// Reads one reply, however many lines it has.
    pub fn reply(&mut self) -> io::Result<Reply> {
        let mut text = String::new();
        loop {
            let begun = text.len();
            if self.stream.read_line(&mut text)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let line = &text[begun..];
            if line.as_bytes().get(3) != Some(&b'-') {
                let code =
                    line.get(..3).and_then(|c| c.parse().ok()).ok_or_else(|| io::Error::other(line.to_owned()))?;
                return Ok(Reply { code, text });
            }
        }
    }

    /// Hands one letter in and gives the reply that settled it: the first "no", or the one after the letter.
    pub fn send(&mut self, draft: &Draft) -> io::Result<Reply> {
        let stuffed = stuffed(&draft.bytes());
        self.begin(draft)?.map_or_else(
            || {
                self.write(&stuffed)?;
                self.reply()
            },
            Ok,
        )
    }

    /// Goes as far as the 354; a "no" on the way is given back.
    pub fn begin(&mut self, draft: &Draft) -> io::Result<Option<Reply>> {
        let utf8 = if draft.reverse_path.is_ascii() && draft.to.is_ascii() { "" } else { " SMTPUTF8" };
        let commands = [
            (format!("MAIL FROM:<{}>{utf8}", draft.reverse_path), 250),
            (format!("RCPT TO:<{}>", draft.to), 250),
            ("DATA".to_owned(), 354),
        ];
        for (line, wanted) in commands {
            let reply = self.command(&line)?;
            if reply.code != wanted {
                self.command("RSET")?;
                return Ok(Some(reply));
            }
        }
        Ok(None)
    }

    /// Says goodbye.
    pub fn quit(mut self) {
        let _ = self.command("QUIT");
    }
}

/// Hands one letter in over a connection of its own; the connection must hold.
pub fn post(house: SocketAddr, draft: &Draft) -> Reply {
    let mut session = Session::open(house).expect("the house can be reached");
    let reply = session.send(draft).expect("the house answers");
    session.quit();
    reply
}

/// The letter with its dots doubled and its end (RFC 5321 §4.5.2).
pub fn stuffed(letter: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(letter.len() + 8);
    for line in letter.split_inclusive(|b| *b == b'\n') {
        if line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    if !out.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}
