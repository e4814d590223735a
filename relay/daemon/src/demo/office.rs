//! What stands behind the page: the players' mailboxes on one side, the relay's books on the other.

use super::cast::{Cast, Pair, Player};
use super::mailbox::{Kept, PostBoxes};
use super::page::{
    ItemView, LedgerView, LetterView, Mailbox, PairingView, PostOffice, RemovedView, SendForm, SpoolView, State,
};
use crate::chance;
use crate::cli::{Failure, output};
use crate::clock::{Clock, WallClock};
use crate::house::House;
use crate::intake::identity_of;
use crate::outbound::{Attempt, Outbound, Parcel, Smarthost, SmarthostOptions, TlsMode};
use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::envelope::ReversePath;
use brevbro_core::id::PairingId;
use brevbro_core::ledger::EntryKind;
use brevbro_core::party::Side;
use brevbro_core::time::Moment;
use brevbro_sanitise::report::Seen;
use brevbro_sanitise::{Limits, Outcome, Rules, Scope, rebuild};
use mail_parser::MessageParser;
use std::net::SocketAddr;
use std::sync::Arc;

/// The post office.
pub(super) struct Office {
    house: Arc<House>,
    cast: Cast,
    boxes: Arc<PostBoxes>,
    relay: SocketAddr,
}

/// Longest text the page may send; a demonstration needs no more.
const MOST_TEXT: usize = 100_000;

impl Office {
    pub(super) fn new(house: Arc<House>, cast: Cast, boxes: Arc<PostBoxes>, relay: SocketAddr) -> Self {
        Self { house, cast, boxes, relay }
    }

    /// A letter as a mail program of the writer would make it: with all the traces such programs leave.
    fn write(&self, pair: &Pair, form: &SendForm, to: &EmailAddr) -> Vec<u8> {
        let writer = pair.side(form.side);
        let domain = writer.mailbox.domain().map(Domain::ascii).unwrap_or_default();
        let name = writer.form.name.as_deref().unwrap_or_default();
        let thread = form.in_reply_to.iter().map(|id| one_line(id));
        let thread =
            thread.map(|id| format!("In-Reply-To: <{id}>\r\nReferences: <{id}>\r\n")).next().unwrap_or_default();
        let date = WallClock.now().to_jiff().to_zoned(self.house.zone.clone());
        let date = date.strftime("%a, %d %b %Y %H:%M:%S %z").to_string();
        let body = form.text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
        format!(
            "Received: from [198.51.100.7] (helo=home-laptop) by mail.{domain} with ESMTPSA\r\n\
             From: \"{name}\" <{}>\r\nTo: <{}>\r\nSubject: {}\r\nDate: {date}\r\nMessage-ID: <{:016x}@{domain}>\r\n{thread}\
             User-Agent: Mozilla Thunderbird\r\nX-Originating-IP: [198.51.100.7]\r\nMIME-Version: 1.0\r\n\
             Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{body}\r\n\r\n-- \r\n{name}\r\n{}\r\n",
            writer.mailbox.on_wire(),
            to.on_wire(),
            one_line(&form.subject),
            chance::bits(),
            writer.form.phones.join(", "),
        )
        .into_bytes()
    }

    /// Where an answer goes: to the letter's Reply-To where it has one, as a confirmation does.
    fn answer_to(&self, writer: &Player, form: &SendForm) -> EmailAddr {
        let answered = form.in_reply_to.as_ref().and_then(|id| {
            let kept = self.boxes.of(&writer.mailbox);
            kept.iter().find_map(|kept| {
                let parsed = MessageParser::default().parse(&kept.raw)?;
                let reply_to = parsed.reply_to().and_then(|a| a.first()).and_then(|a| a.address())?;
                EmailAddr::parse(reply_to).ok().filter(|_| parsed.message_id() == Some(id.as_str()))
            })
        });
        answered.unwrap_or_else(|| writer.writes_to.clone())
    }

    /// A letter in a player's name that no mail provider vouches for.
    pub(super) async fn forge(&self, pairing: usize, side: Side, subject: &str, text: &str) -> Result<(), String> {
        let pair = self.cast.0.get(pairing).ok_or("There is no such pairing.")?;
        let form = SendForm { pairing, side, subject: subject.to_owned(), text: text.to_owned(), in_reply_to: None };
        let writer = pair.side(side);
        self.hand_in(writer, &writer.writes_to, self.write(pair, &form, &writer.writes_to)).await
    }

    async fn hand_in(&self, writer: &Player, to: &EmailAddr, message: Vec<u8>) -> Result<(), String> {
        let helo = Domain::parse("laptop.example.net").map_err(|e| e.to_string())?;
        let mut options = SmarthostOptions::new(self.relay.ip().to_string(), self.relay.port(), helo);
        options.tls = TlsMode::None;
        let provider = Smarthost::new(options).map_err(|e| e.to_string())?;
        let reverse_path = ReversePath::Addr(writer.mailbox.clone());
        let parcel = Parcel { reverse_path, forward_path: to.clone(), message, utf8: false };
        match provider.send(parcel).await {
            Attempt::Delivered => Ok(()),
            Attempt::Deferred(fault) | Attempt::Failed(fault) => {
                Err(format!("The relay did not take the letter: {fault}."))
            }
        }
    }

    /// What the sanitise desk reports about a letter; the relay itself keeps no such report.
    async fn removed(&self, pair: &Pair, side: Side, raw: &[u8]) -> Vec<(String, usize)> {
        let Ok(people) = self.house.people.pairing(&self.house.store, pair.id).await else { return Vec::new() };
        let rules = Rules {
            limits: Limits::default(),
            now: self.house.clock.now(),
            seed: chance::octets(),
            threads: &self.house.people.key().threads,
            scope: Scope { pairing: pair.id.stored().unsigned_abs(), author: side },
        };
        match rebuild(raw, &identity_of(&people, side, &self.house.domain, &self.house.spared), &rules) {
            Outcome::Clean(clean) | Outcome::Quarantine(clean) => {
                let seen = Seen::ALL.iter().map(|seen| (seen.word().to_owned(), clean.report().count(*seen)));
                seen.filter(|(_, n)| *n > 0).map(|(word, n)| (word, usize::try_from(n).unwrap_or(0))).collect()
            }
            Outcome::Refused(_) => Vec::new(),
        }
    }

    fn mailbox(&self, pair: &Pair, side: Side) -> Mailbox {
        let player = pair.side(side);
        let other = self.boxes.of(&pair.side(side.other()).mailbox);
        let letters = self.boxes.of(&player.mailbox).iter().map(|kept| self.letter(kept, &other)).collect();
        Mailbox {
            person: player.form.name.clone().unwrap_or_default(),
            address: player.mailbox.on_wire(),
            known_as: player.form.known_as.clone(),
            writes_to: player.writes_to.on_wire(),
            language: player.form.language.tag().to_owned(),
            letters,
        }
    }

    fn letter(&self, kept: &Kept, others: &[Kept]) -> LetterView {
        let parsed = MessageParser::default().parse(&kept.raw);
        let parsed = parsed.as_ref();
        let person = |address: Option<&mail_parser::Address<'_>>| {
            let first = address.and_then(|a| a.first());
            let name = first.and_then(|a| a.name()).map(|n| format!("{n} ")).unwrap_or_default();
            format!("{name}<{}>", first.and_then(|a| a.address()).unwrap_or_default())
        };
        let subject = parsed.and_then(|p| p.subject()).unwrap_or_default().to_owned();
        // The report belongs to the letter as it was sent; the other side's copy has the same subject and a
        // time just before.
        let original = others.iter().find(|o| o.sent && !kept.sent && o.at <= kept.at && !o.removed.is_empty());
        let removed = original.map(|o| o.removed.clone()).unwrap_or_default();
        LetterView {
            id: parsed.and_then(|p| p.message_id()).unwrap_or_default().to_owned(),
            sent: kept.sent,
            from: person(parsed.and_then(|p| p.from())),
            to: person(parsed.and_then(|p| p.to())),
            subject,
            text: parsed.and_then(|p| p.body_text(0)).map(std::borrow::Cow::into_owned).unwrap_or_default(),
            at: self.time(kept.at),
            raw: String::from_utf8_lossy(&kept.raw).into_owned(),
            removed: removed.into_iter().map(|(kind, count)| RemovedView { kind, count }).collect(),
        }
    }

    fn time(&self, at: Moment) -> String {
        at.to_jiff().to_zoned(self.house.zone.clone()).strftime("%H:%M:%S").to_string()
    }

    async fn ledger(&self, pairing: PairingId) -> LedgerView {
        let week = self.house.clock.now().week_in(&self.house.zone);
        let entries = self.house.store.ledger_entries(pairing, Some(week)).await.unwrap_or_default();
        let tenths: i64 = entries.iter().map(|e| e.delta.as_tenths()).sum();
        let letters = entries.iter().filter(|e| matches!(e.kind, EntryKind::Reserved | EntryKind::Unread)).count();
        let tenths = i32::try_from(tenths).unwrap_or(i32::MAX);
        LedgerView { minutes: f64::from(tenths) / 10.0, cap: 60, letters: u32::try_from(letters).unwrap_or(u32::MAX) }
    }

    async fn spool(&self) -> Vec<SpoolView> {
        let rows = self.house.store.queue_list(None, 50).await.unwrap_or_default();
        let place = |id: Option<PairingId>| self.cast.0.iter().position(|p| Some(p.id) == id);
        let view = |row: &brevbro_store::SpoolRow| SpoolView {
            letter: row.id.to_string(),
            state: row.state.word(),
            pairing: place(row.pairing),
            author: row.author_side.map_or("relay", Side::word),
            why: row.reason.as_deref().map(known_reason),
            attempts: row.attempts,
        };
        rows.iter().map(view).collect()
    }

    async fn items(&self) -> Vec<ItemView> {
        let rows = self.house.store.items(false).await.unwrap_or_default();
        let view = |row: &brevbro_store::ItemRow| ItemView {
            item: row.id.to_string(),
            kind: row.kind.word(),
            severity: row.severity.word(),
            state: row.state.word(),
            raised: self.time(row.raised_at),
        };
        rows.iter().map(view).collect()
    }

    /// What happened, for the one who looks at the terminal.
    pub(super) async fn summary(&self) -> Result<(), Failure> {
        use std::fmt::Write as _;
        let mut page = String::from("\nWhat happened:\n");
        for pair in &self.cast.0 {
            let (seeker, volunteer) = (self.mailbox(pair, Side::Seeker), self.mailbox(pair, Side::Volunteer));
            let ledger = self.ledger(pair.id).await;
            let _ = write!(page, "\n{} — {} and {}\n", pair.programme, seeker.known_as, volunteer.known_as);
            for (mailbox, who) in [(&seeker, "seeker"), (&volunteer, "volunteer")] {
                let came: Vec<_> = mailbox.letters.iter().filter(|l| !l.sent).collect();
                let _ = writeln!(page, "  the {who}'s mailbox got {} letters", came.len());
                for letter in came.iter().rev() {
                    let _ = writeln!(page, "    from {}  “{}”", letter.from, letter.subject);
                }
            }
            let _ = writeln!(
                page,
                "  contact time this week: about {:.0} minutes in {} letters",
                ledger.minutes, ledger.letters
            );
        }
        let items = self.items().await;
        let _ = write!(page, "\nitems for the coordinator: {}\n", items.len());
        output::text(&page)
    }
}

impl PostOffice for Office {
    async fn state(&self) -> State {
        let mut pairings = Vec::new();
        for pair in &self.cast.0 {
            pairings.push(PairingView {
                programme: pair.programme.to_owned(),
                seeker: self.mailbox(pair, Side::Seeker),
                volunteer: self.mailbox(pair, Side::Volunteer),
                ledger: self.ledger(pair.id).await,
            });
        }
        let week = self.house.clock.now().week_in(&self.house.zone).to_string();
        State { week, pairings, spool: self.spool().await, items: self.items().await }
    }

    async fn send(&self, form: SendForm) -> Result<(), String> {
        let pair = self.cast.0.get(form.pairing).ok_or("There is no such pairing.")?;
        if form.text.trim().is_empty() || form.text.len() > MOST_TEXT {
            return Err("Write a few lines first; at most a hundred thousand letters.".to_owned());
        }
        let writer = pair.side(form.side);
        let to = self.answer_to(writer, &form);
        let message = self.write(pair, &form, &to);
        let removed = self.removed(pair, form.side, &message).await;
        let kept =
            Kept { owner: writer.mailbox.clone(), sent: true, raw: message.clone(), at: WallClock.now(), removed };
        self.boxes.keep(kept);
        // The writer's own provider vouches for the letter, and the front MTA says so (RFC 8601).
        let domain = writer.mailbox.domain().map(Domain::ascii).unwrap_or_default();
        let vouched = format!("Authentication-Results: front.example.org; dmarc=pass header.from={domain}\r\n");
        self.hand_in(writer, &to, [vouched.as_bytes(), &message].concat()).await
    }
}

fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(200).collect()
}

fn known_reason(word: &str) -> &'static str {
    ["unverified", "week_full", "guard", "corrupt", "no_contact"].into_iter().find(|w| *w == word).unwrap_or("other")
}
