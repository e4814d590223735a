//! Identifiers learnt from the letter itself: who its header says wrote it, and on which machines.

use crate::body::Body;
use crate::known::fold;
use crate::known::needle::Needles;
use crate::known::ordinary;
use crate::letter::Letter;
use crate::mime::field::Field;
use crate::mime::value;
use crate::sealed::pgp;
use crate::step::{Step, Steps};

/// What a letter's header, and what else came with it, tell of its writer.
#[derive(Default)]
pub(crate) struct Learnt {
    /// Names of persons.
    pub(crate) names: Vec<String>,
    /// Names of offices: their words are everybody's, all of them together are not.
    pub(crate) offices: Vec<String>,
    pub(crate) addresses: Vec<String>,
    pub(crate) hosts: Vec<String>,
    /// Clients with their versions, organisations.
    pub(crate) details: Vec<String>,
}

/// Most of each kind that is learnt.
const EACH_MAX: usize = 40;
/// Longest name somebody shows.
const NAME_MAX: usize = 120;

/// Fields that name the writer.
const WRITERS: [&str; 13] = [
    "From",
    "Sender",
    "Reply-To",
    "Return-Path",
    "Disposition-Notification-To",
    "Return-Receipt-To",
    "X-Confirm-Reading-To",
    "X-Original-From",
    "X-Sender",
    "X-Authenticated-Sender",
    "Errors-To",
    "Resent-From",
    "Resent-Sender",
];
/// Fields with addresses and hosts after `=` or in angle brackets.
const TRACES: [&str; 5] = [
    "Authentication-Results",
    "ARC-Authentication-Results",
    "Received-SPF",
    "DKIM-Signature",
    "X-Google-Original-From",
];
const CLIENTS: [&str; 4] = ["User-Agent", "X-Mailer", "X-MimeOLE", "X-Newsreader"];
const ORGANISATIONS: [&str; 3] = ["Organization", "Organisation", "X-Organization"];

/// Domains of providers millions use: they tell nothing of one person, and people write about them.
const COMMON: [&str; 64] = [
    "aol.com",
    "apple.com",
    "bredband.net",
    "broadpark.no",
    "btinternet.com",
    "comhem.se",
    "elisanet.fi",
    "fastmail.com",
    "frisurf.no",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "google.com",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.dk",
    "hotmail.fi",
    "hotmail.no",
    "hotmail.se",
    "icloud.com",
    "jubii.dk",
    "kolumbus.fi",
    "live.co.uk",
    "live.com",
    "live.dk",
    "live.fi",
    "live.no",
    "live.se",
    "localdomain",
    "localhost",
    "luukku.com",
    "mac.com",
    "mail.com",
    "mail.dk",
    "mail.ru",
    "me.com",
    "msn.com",
    "online.no",
    "outlook.com",
    "outlook.dk",
    "outlook.fi",
    "outlook.no",
    "outlook.se",
    "passagen.se",
    "pm.me",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "saunalahti.fi",
    "sky.com",
    "spray.se",
    "stofanet.dk",
    "suomi24.fi",
    "telia.com",
    "tele2.se",
    "tuta.com",
    "tutanota.com",
    "virginmedia.com",
    "web.de",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.se",
];

/// Reads the header of a letter. Nothing of the relay's own domain is learnt.
pub(crate) fn read(letter: &Letter<'_>, own_domain: &str) -> Learnt {
    let own = own_domain.to_ascii_lowercase();
    let mut learnt = Learnt::default();
    for field in &letter.fields {
        learnt.read_field(field);
    }
    learnt.hosts.extend(letter.message_id().and_then(|id| id.rsplit_once('@')).map(|(_, host)| host.to_owned()));
    learnt.hosts.retain(|host| is_telling(host) && !is_own(host, &own));
    learnt.addresses.retain(|address| {
        address.len() <= 254
            && address.rsplit_once('@').is_some_and(|(local, host)| !local.is_empty() && !is_own(host, &own))
    });
    learnt.learn_sites(&own);
    learnt.bound();
    learnt
}

impl Learnt {
    fn read_field(&mut self, field: &Field<'_>) {
        let is_any = |names: &[&str]| names.iter().any(|name| field.is(name));
        if is_any(&WRITERS) {
            for mailbox in value::mailboxes(field) {
                self.addresses.extend(mailbox.address.filter(|address| address.contains('@')));
                if let Some(name) = mailbox.name {
                    self.show(&name);
                }
            }
        } else if field.is("Received") {
            let value = field.unfolded();
            self.hosts.extend(named_by_received(&value));
            self.addresses.extend(addresses_in(&value));
        } else if field.is("Autocrypt") {
            self.add_owners(pgp::autocrypt(&field.unfolded()).iter().map(String::as_str));
        } else if is_any(&TRACES) {
            self.addresses.extend(addresses_in(&field.unfolded()));
        } else if is_any(&CLIENTS) {
            let client = field.unfolded().trim().to_owned();
            // `Mail` is a word; `Mail (2.3654.120)` is one machine's state.
            let is_telling =
                client.len() >= 8 && client.len() <= NAME_MAX && client.bytes().any(|b| b.is_ascii_digit());
            self.details.extend(is_telling.then_some(client));
        } else if is_any(&ORGANISATIONS) {
            let organisation = value::words(field);
            let words = fold::words(&organisation).1.len() + 1;
            if words > 1 && organisation.len() <= NAME_MAX {
                self.details.push(organisation);
            }
        }
    }

    /// A name somebody shows: of a person, or of an office whose words are everybody's.
    fn show(&mut self, name: &str) {
        if let Some(address) = name.split(['<', '>', ' ', '(', ')', '"', '\'']).find(|word| word.contains('@')) {
            self.addresses.push(address.to_owned());
            return;
        }
        let name = name.split(['(', '|', '[', '<', '/']).next().unwrap_or_default();
        let cuts = [" - ", " – ", " via ", " c/o ", " hos ", " @ "];
        let name = cuts.iter().fold(name, |all, cut| all.split(cut).next().unwrap_or_default()).trim();
        let folded: Vec<Vec<u8>> =
            name.split([' ', '\u{a0}', ',']).map(|word| fold::words(word).0).filter(|w| !w.is_empty()).collect();
        let is_someone = |word: &Vec<u8>| !ordinary::is_place(word) && !ordinary::is_never_name(word);
        let is_office = folded.len() > 5
            || name.contains('&')
            || name.bytes().any(|b| b.is_ascii_digit())
            || folded.iter().any(|word| ordinary::is_office(word))
            || folded.len() > 2 && !folded.iter().all(is_someone)
            || !folded.iter().any(is_someone);
        match (is_office, folded.len()) {
            _ if name.len() > NAME_MAX || folded.is_empty() => {}
            (true, 1) => {}
            (true, _) => self.offices.push(name.to_owned()),
            (false, _) => self.names.push(name.to_owned()),
        }
    }

    /// Adds what the parts tell: names and addresses of nested letters, keys and certificates.
    pub(crate) fn take_from(&mut self, body: &Body) {
        self.add_owners(body.learnt.iter().map(String::as_str));
    }

    /// What is said of an owner: `Anna Karlsson <anna@example.net>`, `CN=Anna Karlsson, O=…`.
    fn add_owners<'o>(&mut self, owners: impl Iterator<Item = &'o str>) {
        for owner in owners {
            for piece in owner.split([',', ';', '<', '>', '\n']) {
                let (key, said) = piece.split_once('=').map_or(("", piece), |(key, said)| (key.trim(), said));
                let is_name = matches!(key, "" | "CN" | "cn" | "GN" | "SN" | "G" | "name" | "emailAddress" | "E");
                if is_name && !said.trim().is_empty() {
                    self.show(said.trim());
                }
            }
        }
        self.bound();
    }

    /// The hosts of the writer's addresses, unless millions have the same.
    fn learn_sites(&mut self, own: &str) {
        for address in &self.addresses {
            let host = address.rsplit_once('@').map_or("", |(_, host)| host);
            if host.contains('.') && !is_common(host) && !is_own(host, own) {
                self.hosts.push(host.to_owned());
            }
        }
    }

    fn bound(&mut self) {
        for list in [&mut self.names, &mut self.offices, &mut self.addresses, &mut self.hosts, &mut self.details] {
            let mut seen: Vec<String> = Vec::new();
            list.retain(|one| {
                let lower = one.to_lowercase();
                let is_new = seen.len() < EACH_MAX && !seen.contains(&lower);
                seen.extend(is_new.then_some(lower));
                is_new
            });
        }
    }

    pub(crate) fn add_to(&self, needles: &mut Needles, steps: Steps) {
        if steps.takes(Step::LearntNames) {
            self.names.iter().for_each(|name| needles.add_name(name));
            self.offices.iter().for_each(|office| needles.add_detail(office));
        }
        if steps.takes(Step::LearntAddresses) {
            self.addresses.iter().for_each(|address| needles.add_address(address));
        }
        if steps.takes(Step::LearntHosts) {
            self.hosts.iter().for_each(|host| needles.add_host(host));
        }
        if steps.takes(Step::LearntDetails) {
            self.details.iter().for_each(|detail| needles.add_detail(detail));
        }
    }
}

/// Whether a host is the relay's, or the organisation's above it.
fn is_own(host: &str, own: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let is_below =
        |host: &str, above: &str| host == above || host.strip_suffix(above).is_some_and(|rest| rest.ends_with('.'));
    is_below(&host, own) || host.contains('.') && is_below(own, &host)
}

/// Addresses in angle brackets or after an equals sign.
fn addresses_in(value: &str) -> Vec<String> {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | ';' | ',' | '(' | ')' | '=' | '"' | '\'' | ':');
    let is_address = |word: &&str| {
        word.split_once('@').is_some_and(|(local, host)| !local.is_empty() && host.contains('.') && !host.contains('@'))
    };
    value.split(is_end).filter(is_address).take(EACH_MAX).map(str::to_owned).collect()
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

fn is_common(host: &str) -> bool {
    let lower = host.to_ascii_lowercase();
    COMMON.iter().any(|known| lower.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// A name of one machine: `annas-laptop`, `DESKTOP-VP7K2M1`, `host.lan.example.net`.
fn is_telling(host: &str) -> bool {
    let is_name = (6..=253).contains(&host.len())
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
    let is_number = host.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let is_device = !host.contains('.') && host.contains(['-', '_']);
    is_name && !is_common(host) && !is_number && (is_device || host.matches('.').count() >= 2)
}

#[cfg(test)]
#[path = "learn/tests.rs"]
mod tests;
