//! One mail transaction: MAIL, RCPT, DATA and the text (RFC 5321 §3.3).

use super::attempt::{Attempt, Parcel};
use super::fault::{Class, Fault, Phase};
use super::link::{Link, Offers};
use super::reply::Answer;
use super::stuffing::{has_clean_line_ends, pieces};
use brevbro_core::envelope::ReversePath;
use std::time::Duration;

/// Most octets written at once. A common letter goes out in one write, a large one never doubles in memory.
const WRITE_BUFFER: usize = 32 * 1024;
/// How long to listen for an explanation when the peer stopped taking the text.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// A dialogue that broke off; its connection is of no more use.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) fault: Fault,
    /// The next hop took nothing in: it hung up or said 421 before it had accepted MAIL.
    pub(super) is_untouched: bool,
}

impl From<Fault> for Broken {
    fn from(fault: Fault) -> Self {
        Self { fault, is_untouched: false }
    }
}

impl Link {
    /// Sends one letter. `Ok` leaves the connection ready for the next.
    pub(super) async fn deliver(&mut self, parcel: &Parcel) -> Result<Attempt, Broken> {
        if let Err(fault) = admit(parcel, self.offers) {
            return Ok(fault.into_attempt());
        }
        self.letters += 1;
        let refused = match self.transact(parcel).await? {
            Ok(()) => return Ok(Attempt::Delivered),
            Err(refused) => refused,
        };
        let limit = self.manners.timeouts.done.min(Duration::from_secs(30));
        let reset = async {
            self.say(Phase::MailFrom, limit, b"RSET\r\n").await?;
            self.answer(Phase::MailFrom, limit).await?.expect(2, Phase::MailFrom)
        };
        // Whatever RSET says, the letter's own fate is what counts.
        if reset.await.is_err() { Err(refused.into()) } else { Ok(refused.into_attempt()) }
    }

    /// The inner `Err` is a refusal that leaves the connection standing.
    async fn transact(&mut self, parcel: &Parcel) -> Result<Result<(), Fault>, Broken> {
        let opened =
            if self.offers.pipelining { self.open_at_once(parcel).await? } else { self.open_stepwise(parcel).await? };
        if let Err(refused) = opened {
            return Ok(Err(refused));
        }
        self.write_text(&parcel.message).await?;
        let answer = self.answer(Phase::Text, self.manners.timeouts.done).await?;
        standing(answer, Phase::Text, 2)
    }

    /// MAIL, RCPT and DATA in one write (RFC 2920).
    async fn open_at_once(&mut self, parcel: &Parcel) -> Result<Result<(), Fault>, Broken> {
        let [mail, rcpt] = commands(parcel, self.offers);
        let group = format!("{mail}{rcpt}DATA\r\n");
        let limit = self.manners.timeouts.command;
        let said = self.say(Phase::MailFrom, limit, group.as_bytes()).await;
        said.map_err(untouched)?;
        let mail = self.first_answer().await?;
        let rcpt = self.answer(Phase::RcptTo, limit).await?;
        let data = self.answer(Phase::Data, self.manners.timeouts.data).await?;
        let refused = standing(mail, Phase::MailFrom, 2)?.err().or(standing(rcpt, Phase::RcptTo, 2)?.err());
        match refused {
            // It awaits a text for a letter it refused: only hanging up is sure to end that.
            Some(refused) if data.code / 100 == 3 => Err(refused.into()),
            Some(refused) => Ok(Err(refused)),
            None => standing(data, Phase::Data, 3),
        }
    }

    async fn open_stepwise(&mut self, parcel: &Parcel) -> Result<Result<(), Fault>, Broken> {
        let [mail, rcpt] = commands(parcel, self.offers);
        let limit = self.manners.timeouts.command;
        self.say(Phase::MailFrom, limit, mail.as_bytes()).await.map_err(untouched)?;
        let answer = self.first_answer().await?;
        if let Err(refused) = standing(answer, Phase::MailFrom, 2)? {
            return Ok(Err(refused));
        }
        let answer = self.command(Phase::RcptTo, rcpt.as_bytes()).await?;
        if let Err(refused) = standing(answer, Phase::RcptTo, 2)? {
            return Ok(Err(refused));
        }
        self.say(Phase::Data, limit, b"DATA\r\n").await?;
        let answer = self.answer(Phase::Data, self.manners.timeouts.data).await?;
        standing(answer, Phase::Data, 3)
    }

    /// The reply to MAIL. A connection kept for reuse that ends here ended before this letter.
    async fn first_answer(&mut self) -> Result<Answer, Broken> {
        let limit = self.manners.timeouts.command;
        let answer = self.answer(Phase::MailFrom, limit).await.map_err(untouched)?;
        if answer.code == 421 { Err(untouched(answer.fault(Phase::MailFrom))) } else { Ok(answer) }
    }

    async fn write_text(&mut self, message: &[u8]) -> Result<(), Fault> {
        let mut out = Vec::with_capacity((message.len() + 64).min(WRITE_BUFFER));
        for mut piece in pieces(message) {
            while out.len() + piece.len() > WRITE_BUFFER {
                let (head, tail) = piece.split_at(WRITE_BUFFER - out.len());
                out.extend_from_slice(head);
                piece = tail;
                self.write_block(&out).await?;
                out.clear();
            }
            out.extend_from_slice(piece);
        }
        self.write_block(&out).await
    }

    /// Writes a block; if the peer takes no more it may have said why (a size limit, say).
    async fn write_block(&mut self, block: &[u8]) -> Result<(), Fault> {
        let Err(fault) = self.say(Phase::Text, self.manners.timeouts.block, block).await else { return Ok(()) };
        match self.answer(Phase::Text, LAST_WORDS).await {
            Ok(answer) if answer.code >= 400 => Err(answer.fault(Phase::Text)),
            _ => Err(fault),
        }
    }
}

fn untouched(fault: Fault) -> Broken {
    let is_untouched = fault.class != Class::Timeout;
    Broken { fault, is_untouched }
}

/// Sorts a reply: as hoped for, a refusal that leaves the connection standing, or the end of it (421).
fn standing(answer: Answer, phase: Phase, class: u16) -> Result<Result<(), Fault>, Broken> {
    match answer.expect(class, phase) {
        Ok(_) => Ok(Ok(())),
        Err(fault) if answer.code == 421 || fault.class == Class::Protocol => Err(fault.into()),
        Err(fault) => Ok(Err(fault)),
    }
}

/// Whether this next hop can take this letter at all.
fn admit(parcel: &Parcel, offers: Offers) -> Result<(), Fault> {
    let message = &parcel.message;
    let unsupported = Fault::new(Phase::Letter, Class::Unsupported);
    if !has_clean_line_ends(message) {
        return Err(Fault::new(Phase::Letter, Class::Malformed).with(5, 6, 0));
    }
    if parcel.needs_utf8() && !offers.utf8 {
        return Err(unsupported.with(5, 6, 7));
    }
    if !message.is_ascii() && !offers.eight_bit {
        return Err(unsupported.with(5, 6, 3));
    }
    if offers.largest.is_some_and(|largest| message.len() > largest) {
        return Err(unsupported.with(5, 3, 4));
    }
    Ok(())
}

/// MAIL and RCPT, with the parameters that are offered and needed.
fn commands(parcel: &Parcel, offers: Offers) -> [String; 2] {
    let reverse = match &parcel.reverse_path {
        ReversePath::Null => String::new(),
        ReversePath::Addr(addr) => addr.on_wire(),
    };
    let size = if offers.size { format!(" SIZE={}", parcel.message.len()) } else { String::new() };
    let body = if parcel.message.is_ascii() { "" } else { " BODY=8BITMIME" };
    let utf8 = if parcel.needs_utf8() { " SMTPUTF8" } else { "" };
    let mail = format!("MAIL FROM:<{reverse}>{size}{body}{utf8}\r\n");
    [mail, format!("RCPT TO:<{}>\r\n", parcel.forward_path.on_wire())]
}
