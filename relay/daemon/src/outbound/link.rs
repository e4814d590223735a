//! One connection to a next hop, from the greeting to QUIT.

use super::fault::{Class, Fault, Phase};
use super::login::{Credentials, Mechanisms};
use super::reply::{Answer, read_answer};
use super::stream::{Place, Stream};
use super::timeouts::{Timeouts, within};
use super::tls::TlsMode;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncWriteExt, BufReader};
use zeroize::Zeroizing;

/// How to come to a next hop and through its door.
pub(super) struct Door {
    pub(super) place: Place,
    pub(super) tls: TlsMode,
    pub(super) config: Arc<ClientConfig>,
    pub(super) name: ServerName<'static>,
    pub(super) login: Option<Login>,
}

/// How to log in.
#[derive(Clone)]
pub(super) struct Login {
    pub(super) credentials: Credentials,
    /// Whether the password may go in clear text to this very machine.
    pub(super) clear_on_loopback: bool,
}

/// What we tell every next hop, and how long we wait for it.
#[derive(Clone)]
pub(super) struct Manners {
    /// Our EHLO name. Never the machine's own: that would tell where the relay runs.
    pub(super) helo: Arc<str>,
    pub(super) timeouts: Arc<Timeouts>,
}

/// What the next hop offers (RFC 5321 §4.1.1.1).
#[expect(clippy::struct_excessive_bools, reason = "each is one EHLO keyword, there or not")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Offers {
    pub(super) pipelining: bool,
    pub(super) eight_bit: bool,
    pub(super) utf8: bool,
    pub(super) starttls: bool,
    /// SIZE is offered at all (RFC 1870).
    pub(super) size: bool,
    /// The largest letter taken; `None` is unlimited or unsaid.
    pub(super) largest: Option<usize>,
    pub(super) mechanisms: Mechanisms,
}

/// An open connection, ready for letters.
pub(super) struct Link {
    pub(super) stream: BufReader<Stream>,
    pub(super) offers: Offers,
    pub(super) manners: Manners,
    /// How many letters were sent over it.
    pub(super) letters: u32,
}

/// Replies are short: a small buffer will do.
const READ_BUFFER: usize = 1024;

/// Connects, greets, secures and logs in.
pub(super) async fn open(door: &Door, manners: &Manners) -> Result<Link, Fault> {
    let timeouts = &manners.timeouts;
    let mut stream = Stream::connect(&door.place, timeouts).await?;
    if door.tls == TlsMode::Implicit {
        stream = stream.secure(&door.config, &door.name, timeouts).await?;
    }
    let mut link = Link::over(stream, manners.clone());
    link.answer(Phase::Greeting, manners.timeouts.greeting).await?.expect(2, Phase::Greeting)?;
    link.greet(door.tls != TlsMode::StartTls).await?;
    match door.tls {
        TlsMode::StartTls if !link.offers.starttls => {
            return Err(Fault::new(Phase::StartTls, Class::Tls).with(4, 7, 4));
        }
        TlsMode::StartTls | TlsMode::Opportunistic if link.offers.starttls => link = link.start_tls(door).await?,
        _ => {}
    }
    if let Some(login) = &door.login {
        link.log_in(login).await?;
    }
    Ok(link)
}

impl Link {
    fn over(stream: Stream, manners: Manners) -> Self {
        let stream = BufReader::with_capacity(READ_BUFFER, stream);
        Self { stream, offers: Offers::default(), manners, letters: 0 }
    }

    /// EHLO, or HELO where that is all the peer knows (RFC 5321 §3.2) and TLS is not awaited.
    async fn greet(&mut self, helo_will_do: bool) -> Result<(), Fault> {
        let limit = self.manners.timeouts.command;
        let hello = format!("EHLO {}\r\n", self.manners.helo);
        self.say(Phase::Hello, limit, hello.as_bytes()).await?;
        let mut offers = Offers::default();
        let mut is_first = true;
        let reading = read_answer(&mut self.stream, Phase::Hello, |text| {
            if !std::mem::take(&mut is_first) {
                offers.note(text);
            }
        });
        let answer = within(limit, Phase::Hello, reading).await??;
        if helo_will_do && matches!(answer.code, 500 | 502 | 504) {
            let hello = format!("HELO {}\r\n", self.manners.helo);
            self.command(Phase::Hello, hello.as_bytes()).await?.expect(2, Phase::Hello)?;
            self.offers = Offers::default();
            return Ok(());
        }
        answer.expect(2, Phase::Hello)?;
        self.offers = offers;
        Ok(())
    }

    /// STARTTLS, and EHLO anew: nothing learnt in clear text is kept (RFC 3207 §4.2).
    async fn start_tls(mut self, door: &Door) -> Result<Self, Fault> {
        self.command(Phase::StartTls, b"STARTTLS\r\n").await?.expect(2, Phase::StartTls)?;
        // Octets behind the reply were put there by somebody who hopes we read them as said over TLS.
        if !self.stream.buffer().is_empty() {
            return Err(Fault::new(Phase::StartTls, Class::Protocol));
        }
        let stream = self.stream.into_inner().secure(&door.config, &door.name, &self.manners.timeouts).await?;
        let mut link = Self::over(stream, self.manners);
        link.greet(false).await?;
        Ok(link)
    }

    async fn log_in(&mut self, login: &Login) -> Result<(), Fault> {
        let stream = self.stream.get_ref();
        let ours = Fault::new(Phase::Auth, Class::Ours);
        let is_private = stream.is_tls() || (login.clear_on_loopback && stream.is_loopback());
        if !is_private {
            return Err(ours.with(5, 7, 11));
        }
        let lines: Vec<Zeroizing<String>> =
            login.credentials.lines(self.offers.mechanisms).ok_or(ours.with(5, 7, 4))?;
        let last = lines.len() - 1;
        for (number, line) in lines.iter().enumerate() {
            let answer = self.command(Phase::Auth, line.as_bytes()).await?;
            answer.expect(if number == last { 2 } else { 3 }, Phase::Auth)?;
        }
        Ok(())
    }

    /// Says one line and hears the reply.
    pub(super) async fn command(&mut self, phase: Phase, line: &[u8]) -> Result<Answer, Fault> {
        let limit = self.manners.timeouts.command;
        self.say(phase, limit, line).await?;
        self.answer(phase, limit).await
    }

    /// Writes octets out.
    pub(super) async fn say(&mut self, phase: Phase, limit: Duration, octets: &[u8]) -> Result<(), Fault> {
        let stream = self.stream.get_mut();
        let writing = async {
            stream.write_all(octets).await?;
            stream.flush().await
        };
        within(limit, phase, writing).await?.map_err(|_| Fault::new(phase, Class::Lost).with(4, 4, 2))
    }

    /// Hears one reply.
    pub(super) async fn answer(&mut self, phase: Phase, limit: Duration) -> Result<Answer, Fault> {
        within(limit, phase, read_answer(&mut self.stream, phase, |_| {})).await?
    }

    /// Takes leave, briefly; a peer that does not answer is left without.
    pub(super) async fn quit(mut self) {
        let limit = Duration::from_secs(2);
        if self.say(Phase::Text, limit, b"QUIT\r\n").await.is_ok() {
            // The reply changes nothing; awaiting it keeps the peer from seeing a reset.
            let _farewell = self.answer(Phase::Text, limit).await;
        }
    }
}

impl Offers {
    /// Notes one EHLO keyword.
    fn note(&mut self, text: &[u8]) {
        let text = String::from_utf8_lossy(text).to_ascii_uppercase();
        let mut words = text.split([' ', '=']).filter(|word| !word.is_empty());
        match words.next() {
            Some("PIPELINING") => self.pipelining = true,
            Some("8BITMIME") => self.eight_bit = true,
            Some("SMTPUTF8") => self.utf8 = true,
            Some("STARTTLS") => self.starttls = true,
            Some("SIZE") => {
                self.size = true;
                self.largest = words.next().and_then(|n| n.parse().ok()).filter(|n| *n > 0);
            }
            Some("AUTH") => {
                for word in words {
                    self.mechanisms.plain |= word == "PLAIN";
                    self.mechanisms.login |= word == "LOGIN";
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_noted_whatever_their_case() {
        let mut offers = Offers::default();
        let said =
            ["Pipelining", "8bitmime", "SMTPUTF8", "STARTTLS", "SIZE 1000", "AUTH=LOGIN", "AUTH CRAM-MD5 plain", "X"];
        for line in said {
            offers.note(line.as_bytes());
        }
        let mechanisms = Mechanisms { plain: true, login: true };
        let (size, largest) = (true, Some(1000));
        let all = Offers { pipelining: true, eight_bit: true, utf8: true, starttls: true, size, largest, mechanisms };
        assert_eq!(offers, all);
        offers.note(b"SIZE 0");
        assert_eq!(offers.largest, None);
    }
}
