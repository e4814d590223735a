//! The guard (P2): the finished octets read again as an adversary would, by other means than they were made.
//!
//! mail-parser takes the letter apart here, where our own splitter did before; words are compared in a
//! normal form of their own, attachments are unpacked by readers of their own. A known identifier found in any
//! layer, or a leak that shows by its shape, keeps the letter from being sent.

mod files;
mod flat;
mod leak;
mod markup;
mod open;
mod shape;
mod sought;
mod told;

use crate::identity::Identity;
use crate::mime::decode;
use crate::report::{Hit, HitKind, Layer};
use flat::Flat;
use mail_parser::decoders::html::html_to_text;
use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use sought::Sought;
pub(crate) use told::Told;

/// Shortest run of base 64 or of hexadecimal digits that is decoded.
const ENCODED_MIN: usize = 16;
/// The host of a relay without a sound domain.
const NOWHERE: &str = "relay.invalid";
/// Most parts of a finished letter: far more than the rebuilder lets through.
const PARTS_MAX: usize = 200;

/// Everything that must not be in the finished letter.
pub(crate) struct Guard {
    sought: Sought,
    /// The relay's own host and those of both aliases: no mailbox and no identifier of a finished letter is elsewhere.
    homes: Vec<String>,
}

impl Guard {
    pub(crate) fn new(identity: &Identity, told: &Told<'_>) -> Self {
        let aliases = [&identity.sender.alias, &identity.recipient.alias].into_iter().flatten();
        let hosts = aliases.filter_map(|alias| alias.on_wire().rsplit_once('@').map(|(_, host)| host.to_owned()));
        let own = [told.own_host.to_owned(), NOWHERE.to_owned()];
        let homes = hosts.chain(own).map(|host| host.to_lowercase()).collect();
        Self { sought: Sought::of(identity, told), homes }
    }

    /// Everything found in a finished letter; empty when it may be sent.
    pub(crate) fn check(&self, letter: &[u8]) -> Vec<Hit> {
        let mut look = Look { sought: &self.sought, homes: &self.homes, hits: Vec::new() };
        if shape::check(letter) {
            look.hit(HitKind::Shape, Layer::Header);
        }
        let split = shape::split(letter);
        let header = String::from_utf8_lossy(&split.header);
        look.words(&header, Layer::Raw);
        look.literals(&header, Layer::Raw);
        look.readers_words(&String::from_utf8_lossy(&split.threads));
        match MessageParser::default().parse(letter) {
            Some(message) => look.message(&message, letter, &split.header),
            None => look.hit(HitKind::Shape, Layer::Raw),
        }
        look.hits
    }
}

/// One look at one letter.
struct Look<'s> {
    sought: &'s Sought,
    homes: &'s [String],
    hits: Vec<Hit>,
}

impl Look<'_> {
    fn hit(&mut self, kind: HitKind, layer: Layer) {
        let hit = Hit { kind, layer };
        if !self.hits.contains(&hit) {
            self.hits.push(hit);
        }
    }

    fn message(&mut self, message: &Message<'_>, letter: &[u8], header: &[u8]) {
        let subject = message.subject().unwrap_or_default();
        self.text(subject, Layer::Subject);
        for address in [message.from(), message.to()].into_iter().flatten().flat_map(|list| list.iter()) {
            self.words(address.name().unwrap_or_default(), Layer::Addresses);
            let address = address.address().unwrap_or_default();
            self.words(address, Layer::Addresses);
            self.at_home(address, Layer::Addresses);
        }
        self.at_home(message.message_id().unwrap_or_default(), Layer::Header);
        if message.parts.len() > PARTS_MAX {
            return self.hit(HitKind::Shape, Layer::Raw);
        }
        for (number, part) in message.parts.iter().enumerate() {
            let raw = |from: u32, to: u32| letter.get(from as usize..to as usize).unwrap_or_default();
            let own = raw(part.offset_header, part.offset_body);
            if number > 0 && !shape::is_part_header(own.strip_suffix(b"\r\n").unwrap_or(own)) {
                self.hit(HitKind::Shape, Layer::Header);
            }
            let header = if number == 0 { header } else { own };
            self.part(part, number > 0, header, raw(part.offset_body, part.offset_end));
        }
        self.words(&between(message, letter), Layer::Raw);
    }

    /// A mailbox or an identifier elsewhere is one that was copied.
    fn at_home(&mut self, address: &str, layer: Layer) {
        let host = address.rsplit_once('@').map_or("", |(_, host)| host).to_lowercase();
        if !self.homes.contains(&host) {
            self.hit(HitKind::Shape, layer);
        }
    }

    fn part(&mut self, part: &MessagePart<'_>, is_inner: bool, header: &[u8], body: &[u8]) {
        if is_inner {
            self.words(&String::from_utf8_lossy(header), Layer::Raw);
        }
        if let Some(name) = part.attachment_name() {
            self.text(name, Layer::File);
            if !shape::is_neutral_name(name) {
                self.hit(HitKind::Shape, Layer::File);
            }
        }
        if part
            .content_type()
            .is_some_and(|kind| !shape::is_known_type(kind.ctype(), kind.subtype().unwrap_or_default()))
        {
            self.hit(HitKind::Shape, Layer::File);
        }
        if part.is_encoding_problem {
            self.hit(HitKind::Shape, Layer::Raw);
        }
        let is_file = part.content_disposition().is_some_and(mail_parser::ContentType::is_attachment);
        match &part.body {
            PartType::Text(text) => {
                // A lone part ends with the letter, one among others before the line end of its boundary.
                let alike = [body, body.strip_suffix(b"\r\n").unwrap_or(body)];
                if !alike.iter().any(|body| shape::reads_alike(header, body, text)) {
                    self.words(&String::from_utf8_lossy(body), Layer::Raw);
                }
                self.text(text, if is_file { Layer::File } else { Layer::Text });
                if !is_file && leak::follows(text) {
                    self.hit(HitKind::Shape, Layer::Text);
                }
                self.encoded(text);
            }
            PartType::Html(html) => self.html(html),
            PartType::Binary(octets) | PartType::InlineBinary(octets) => self.file(octets),
            PartType::Message(_) => self.hit(HitKind::Shape, Layer::File),
            PartType::Multipart(_) => {}
        }
    }

    fn html(&mut self, html: &str) {
        let seen = markup::see(html);
        if seen.is_odd {
            self.hit(HitKind::Shape, Layer::Html);
        }
        for text in [&seen.joined, &seen.parted, &html_to_text(html)] {
            self.text(text, Layer::Html);
        }
        self.words(&seen.inside, Layer::Html);
        self.encoded(&seen.joined);
    }

    fn file(&mut self, octets: &[u8]) {
        let is_odd = files::open(octets, &mut |text| {
            self.words(text, Layer::File);
            self.literals(text, Layer::File);
        });
        if is_odd {
            self.hit(HitKind::Shape, Layer::File);
        }
    }

    /// A text in every view of it.
    fn text(&mut self, text: &str, layer: Layer) {
        let sought = self.sought;
        let text = &*sought.open.without_own(text);
        self.words(text, layer);
        self.literals(text, layer);
        leak::find(text, &sought.open, |kind| self.hit(kind, layer));
    }

    /// Words in the guard's normal form, as written and with percent-encoding and references undone.
    fn words(&mut self, text: &str, layer: Layer) {
        self.flat(text, layer, true);
        if let Some(decoded) = flat::undone(text) {
            self.flat(&decoded, layer, true);
        }
    }

    /// The reader's own message identifiers: they may name the reader.
    fn readers_words(&mut self, text: &str) {
        self.flat(text, Layer::Raw, false);
    }

    fn flat(&mut self, text: &str, layer: Layer, includes_readers: bool) {
        let sought = self.sought;
        let flat = Flat::of(text, sought.wants_digits());
        sought.find(&flat, includes_readers, |kind| self.hit(kind, layer));
    }

    fn literals(&mut self, text: &str, layer: Layer) {
        let sought = self.sought;
        sought.find_literals(text, |kind| self.hit(kind, layer));
    }

    /// What somebody has encoded once more by hand.
    fn encoded(&mut self, text: &str) {
        let is_digit = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
        let bytes = text.as_bytes();
        let mut place = 0;
        // A run that is long enough covers one octet of every so many.
        while let Some(window) = bytes.get(place..place + ENCODED_MIN) {
            if let Some(other) = window.iter().rposition(|b| !is_digit(b)) {
                place += other + 1;
                continue;
            }
            let length = bytes[place..].iter().take_while(|b| is_digit(b)).count();
            self.encoded_run(&bytes[place..place + length]);
            place += length;
        }
    }

    fn encoded_run(&mut self, run: &[u8]) {
        let hex = run.iter().all(u8::is_ascii_hexdigit).then(|| files::from_hex(run));
        for decoded in [Some(decode::base64(run)), hex].into_iter().flatten() {
            if decoded.iter().all(|b| *b >= b' ' || b.is_ascii_whitespace())
                && let Ok(inner) = std::str::from_utf8(&decoded)
            {
                self.words(inner, Layer::Encoded);
            }
        }
    }
}

/// What stands around the parts: boundaries, and whatever else somebody put there.
fn between(message: &Message<'_>, letter: &[u8]) -> String {
    let mut from = message.parts.first().map_or(0, |root| root.offset_body as usize);
    let mut around = Vec::new();
    let mut leaves: Vec<(usize, usize)> = message
        .parts
        .iter()
        .filter(|part| !matches!(part.body, PartType::Multipart(_)))
        .map(|part| (part.offset_header as usize, part.offset_end as usize))
        .collect();
    leaves.sort_unstable();
    for (begin, end) in leaves {
        around.extend_from_slice(letter.get(from..begin).unwrap_or_default());
        around.push(b'\n');
        from = from.max(end);
    }
    around.extend_from_slice(letter.get(from..).unwrap_or_default());
    String::from_utf8_lossy(&around).into_owned()
}

#[cfg(test)]
mod tests;
