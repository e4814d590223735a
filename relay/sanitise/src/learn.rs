//! Identifiers learnt from the letter itself: who its header says wrote it, and on which machines.

use crate::known::needle::Needles;
use crate::letter::Letter;
use crate::mime::value;

/// What a letter's header tells of its writer.
#[derive(Default)]
pub(crate) struct Learnt {
    pub(crate) names: Vec<String>,
    pub(crate) addresses: Vec<String>,
    pub(crate) hosts: Vec<String>,
}

/// Most of each kind that is learnt.
const EACH_MAX: usize = 20;

/// Fields that name the writer.
const WRITERS: [&str; 9] = [
    "From",
    "Sender",
    "Reply-To",
    "Return-Path",
    "Disposition-Notification-To",
    "Return-Receipt-To",
    "X-Original-From",
    "Resent-From",
    "Resent-Sender",
];

/// Domains of providers millions use: they tell nothing of one person, and people write about them.
const COMMON: [&str; 24] = [
    "gmail.com",
    "googlemail.com",
    "google.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "live.se",
    "msn.com",
    "icloud.com",
    "me.com",
    "yahoo.com",
    "yahoo.se",
    "protonmail.com",
    "proton.me",
    "telia.com",
    "comhem.se",
    "bredband.net",
    "online.no",
    "mail.com",
    "gmx.net",
    "gmx.de",
    "web.de",
    "localhost",
    "localdomain",
];

/// Reads the header of a letter. Nothing of the relay's own domain is learnt.
pub(crate) fn read(letter: &Letter<'_>, own_domain: &str) -> Learnt {
    let mut learnt = Learnt::default();
    for field in letter.fields.iter().filter(|field| WRITERS.iter().any(|name| field.is(name))) {
        for mailbox in value::mailboxes(field) {
            learnt.names.extend(mailbox.name.filter(|name| !name.contains('@')));
            learnt.addresses.extend(mailbox.address.filter(|a| a.contains('@') && !is_at(a, own_domain)));
        }
    }
    learnt.hosts.extend(letter.message_id().and_then(|id| id.rsplit_once('@')).map(|(_, host)| host.to_owned()));
    for field in letter.fields.iter().filter(|field| field.is("Received")) {
        learnt.hosts.extend(named_by_received(&field.unfolded()));
    }
    let own = own_domain.to_ascii_lowercase();
    learnt.hosts.retain(|host| is_telling(host) && !host.to_ascii_lowercase().ends_with(&own));
    learnt.names.truncate(EACH_MAX);
    learnt.addresses.truncate(EACH_MAX);
    learnt.hosts.truncate(EACH_MAX);
    learnt
}

fn is_at(address: &str, domain: &str) -> bool {
    address.rsplit_once('@').is_some_and(|(_, host)| host.eq_ignore_ascii_case(domain))
}

/// The host a machine gave for itself: `from olenas-laptop (…)`, and what it logged in as.
fn named_by_received(value: &str) -> Vec<String> {
    let mut words = value.split([' ', '\t', '(', ')', '[', ']', ';', '=']).filter(|word| !word.is_empty());
    let mut found = Vec::new();
    if words.next().is_some_and(|word| word.eq_ignore_ascii_case("from")) {
        found.extend(words.next().map(str::to_owned));
    }
    while let Some(word) = words.next() {
        if word.eq_ignore_ascii_case("helo") || word.eq_ignore_ascii_case("ehlo") {
            found.extend(words.next().map(str::to_owned));
        }
    }
    found
}

/// A name of one machine: `annas-laptop`, `DESKTOP-VP7K2M1`, `host.lan.example.net`.
fn is_telling(host: &str) -> bool {
    let lower = host.to_ascii_lowercase();
    let is_common = COMMON.iter().any(|known| lower == *known || lower.ends_with(&format!(".{known}")));
    let is_name = host.len() >= 6 && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    let is_number = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let is_device = !host.contains('.') && host.contains(['-', '_']);
    is_name && !is_common && !is_number && (is_device || host.matches('.').count() >= 2)
}

impl Learnt {
    pub(crate) fn add_to(&self, needles: &mut Needles) {
        self.names.iter().for_each(|name| needles.add_name(name));
        self.addresses.iter().for_each(|address| needles.add_address(address));
        self.hosts.iter().for_each(|host| needles.add_detail(host));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;

    #[test]
    fn the_header_tells_of_its_writer() {
        let raw = "Received: from olenas-laptop (p5.example.net [192.0.2.1]) by mx\n\
                   Received: from [192.0.2.77] (port=1 helo=DESKTOP-VP7K2M1) by mx\n\
                   From: Olena K <olena@example.net>\nReply-To: <privat@example.com>, vinter@relay.example.org\n\
                   Message-ID: <x@thinkpad.home.example.net>\n\nx";
        let letter = crate::letter::read(raw.as_bytes(), &Limits::default()).unwrap();
        let learnt = read(&letter, "relay.example.org");
        assert_eq!(learnt.names, ["Olena K"]);
        assert_eq!(learnt.addresses, ["olena@example.net", "privat@example.com"]);
        assert_eq!(learnt.hosts, ["thinkpad.home.example.net", "olenas-laptop", "DESKTOP-VP7K2M1"]);
        assert!(!is_telling("mail.gmail.com") && !is_telling("example.net") && !is_telling("192.0.2.77.1"));
    }
}
