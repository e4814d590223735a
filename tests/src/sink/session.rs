//! One connection at the next hop.

use super::{Answer, Shared, lock};
use crate::letter::{Letter, address};
use std::io::{self, BufRead, BufReader, Write as _};
use std::net::TcpStream;
use std::sync::atomic::Ordering;
use std::time::Duration;

const EHLO: &str = "250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 52428800\r\n";

/// Serves one connection to its end.
pub(super) fn serve(shared: &Shared, stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(Duration::from_mins(2)))?;
    let mut lines = BufReader::new(stream);
    let say = |text: &str| {
        let mut stream = stream;
        stream.write_all(text.as_bytes())
    };
    say("220 sink.example ESMTP\r\n")?;
    let (mut from, mut to) = (String::new(), None);
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" | "HELO" => say(EHLO)?,
            "MAIL" => {
                from = address(&line);
                say("250 2.1.0 Ok\r\n")?;
            }
            "RCPT" if answer(shared, &address(&line)) == Answer::RefuseRecipient => {
                shared.turned_away.fetch_add(1, Ordering::SeqCst);
                say("550 5.1.1 No such mailbox\r\n")?;
            }
            "RCPT" => {
                to = Some(address(&line));
                say("250 2.1.5 Ok\r\n")?;
            }
            "DATA" => match to.take() {
                None => say("503 5.5.1 RCPT first\r\n")?,
                Some(to) => {
                    say("354 Go ahead\r\n")?;
                    let raw = read_letter(&mut lines)?;
                    let letter = Letter { from: from.clone(), to, raw };
                    match settle(shared, letter) {
                        Some(reply) => say(reply)?,
                        None => return Ok(()),
                    }
                }
            },
            "RSET" | "NOOP" => {
                to = None;
                say("250 2.0.0 Ok\r\n")?;
            }
            "QUIT" => return say("221 2.0.0 Bye\r\n"),
            _ => say("502 5.5.1 Not here\r\n")?,
        }
    }
}

fn answer(shared: &Shared, to: &str) -> Answer {
    lock(&shared.answers).get(to).copied().unwrap_or(*lock(&shared.answer))
}

/// Keeps the letter or not, and gives the reply; `None` hangs up.
fn settle(shared: &Shared, letter: Letter) -> Option<&'static str> {
    let answer = answer(shared, &letter.to);
    if let Answer::AcceptAfter(pause) = answer {
        std::thread::sleep(pause);
    }
    match answer {
        Answer::Accept | Answer::AcceptAfter(_) => {
            lock(&shared.letters).push(letter);
            Some("250 2.0.0 Taken\r\n")
        }
        Answer::KeepAndHangUp => {
            lock(&shared.letters).push(letter);
            None
        }
        Answer::Defer => {
            shared.turned_away.fetch_add(1, Ordering::SeqCst);
            Some("451 4.3.0 Later\r\n")
        }
        Answer::Refuse | Answer::RefuseRecipient => {
            shared.turned_away.fetch_add(1, Ordering::SeqCst);
            Some("550 5.7.1 No\r\n")
        }
    }
}

/// Reads up to the lone dot and undoes the doubled ones (RFC 5321 §4.5.2).
fn read_letter(lines: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut letter = Vec::new();
    loop {
        let mut line = Vec::new();
        if lines.read_until(b'\n', &mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(letter);
        }
        letter.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
