//! Leaks that show by their shape alone, whoever they name: addresses, machines, header fields, keys.

use super::open::Open;
use crate::report::HitKind;

/// Longest local part and host looked at.
const LOCAL_MAX: usize = 64;
const HOST_MAX: usize = 253;
/// An octet of a machine's address that no number of a section reaches.
const OCTET_MIN: u8 = 32;

/// Header fields no letter's text has, with the beginning of their values; the beginnings of cards and invitations.
const FIELDS: [&str; 16] = [
    "received: from ",
    "received: by ",
    "x-originating-ip:",
    "x-mailer: ",
    "x-received: ",
    "x-google-",
    "dkim-signature: ",
    "arc-seal: ",
    "arc-message-signature: ",
    "authentication-results: ",
    "return-path: <",
    "message-id: <",
    "user-agent: mozilla",
    "autocrypt: addr=",
    "begin:vcard",
    "begin:vcalendar",
];

/// Calls `hit` for every kind of leak a text shows.
pub(super) fn find(text: &str, open: &Open, mut hit: impl FnMut(HitKind)) {
    if addresses(text).any(|(local, host)| !open.has_mailbox(local, host)) {
        hit(HitKind::Address);
    }
    if machines(text) {
        hit(HitKind::Detail);
    }
    let is_armour = |place: usize| text.as_bytes()[place + 11..].iter().take(2).all(u8::is_ascii_uppercase);
    if memchr::memmem::find_iter(text.as_bytes(), b"-----BEGIN ").any(is_armour) || fields(text) {
        hit(HitKind::Shape);
    }
}

/// What of a link's query follows its reader around, with the beginning of its names.
const FOLLOWERS: [&str; 6] = ["utm_", "fbclid=", "gclid=", "msclkid=", "mc_eid=", "mc_cid="];

/// Whether a link of a text has what follows its reader around.
pub(super) fn follows(text: &str) -> bool {
    let mut rest = text;
    while let Some(place) = memchr::memmem::find(rest.as_bytes(), b"://") {
        let link = &rest[place + 3..];
        let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | '}');
        let length = link.find(is_end).unwrap_or(link.len());
        let is_web = rest[..place].ends_with("http") || rest[..place].ends_with("https");
        let query = link[..length].split('#').next().unwrap_or_default().split_once('?').map_or("", |(_, query)| query);
        if is_web && query.split('&').any(|pair| FOLLOWERS.iter().any(|known| pair.starts_with(known))) {
            return true;
        }
        rest = &link[length..];
    }
    false
}

/// The plain addresses of a text.
fn addresses(text: &str) -> impl Iterator<Item = (&str, &str)> {
    memchr::memchr_iter(b'@', text.as_bytes()).filter_map(|at| {
        let is_mail = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+' | '-');
        let left = &text[text.ceil_char_boundary(at.saturating_sub(LOCAL_MAX))..at];
        let local = left.rsplit(|c| !is_mail(c)).next().unwrap_or_default();
        let right = &text[at + 1..text.floor_char_boundary((at + 1 + HOST_MAX).min(text.len()))];
        let host = right.split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-')).next().unwrap_or_default();
        let host = host.trim_end_matches(['.', '-']);
        let top = host.rsplit_once('.').map_or("", |(_, top)| top);
        let is_host = top.len() >= 2 && top.chars().all(char::is_alphabetic) && !host.contains("..");
        (!local.is_empty() && is_host).then_some((local, host))
    })
}

/// Four numbers with dots that are a machine's, no version and no section of a law.
fn machines(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_run = |b: &u8| b.is_ascii_digit() || *b == b'.';
    let mut done = 0;
    memchr::memchr_iter(b'.', bytes).any(|dot| {
        let follows = |place: Option<usize>| place.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        if dot < done || !follows(dot.checked_sub(1)) || !follows(Some(dot + 1)) {
            return false;
        }
        let begin = dot - bytes[done..dot].iter().rev().take_while(|b| is_run(b)).count();
        done = dot + bytes[dot..].iter().take_while(|b| is_run(b)).count();
        is_machine(&text[begin..done])
    })
}

fn is_machine(run: &str) -> bool {
    let mut numbers = run.trim_matches('.').split('.').map(|number| number.parse::<u8>().ok());
    let four = [numbers.next(), numbers.next(), numbers.next(), numbers.next()];
    let octets: Vec<u8> = four.into_iter().flatten().flatten().collect();
    octets.len() == 4 && numbers.next().is_none() && octets[0] > 0 && octets.iter().any(|octet| *octet >= OCTET_MIN)
}

/// Longest name of a field, and most of its value, that is looked at.
const NAME_MAX: usize = 40;
const VALUE_MAX: usize = 16;

fn fields(text: &str) -> bool {
    memchr::memchr_iter(b':', text.as_bytes()).any(|colon| {
        let from = text.ceil_char_boundary(colon.saturating_sub(NAME_MAX));
        let begin = match text[from..colon].rfind('\n') {
            Some(end) => from + end + 1,
            None if from == 0 => 0,
            None => return false,
        };
        let to = text.floor_char_boundary((colon + VALUE_MAX).min(text.len()));
        let line = text[begin..to].trim_start_matches(['>', ' ']).to_ascii_lowercase();
        FIELDS.iter().any(|field| line.starts_with(field))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Identity;
    use brevbro_core::address::EmailAddr;

    fn found(text: &str) -> Vec<HitKind> {
        let mut hits = Vec::new();
        let mut identity = Identity::default();
        identity.relay.spared = vec!["hjalp@example.com".to_owned()];
        identity.sender.alias = Some(EmailAddr::parse("vinter-7k@relay.example.org").unwrap());
        find(text, &Open::of(&identity), |kind| hits.push(kind));
        hits
    }

    #[test]
    fn leaks_are_known_by_their_shape() {
        assert_eq!(found("skriv till nisse@example.net."), [HitKind::Address]);
        assert_eq!(found("<vinter-7k@relay.example.org> eller hjalp@example.com"), []);
        assert_eq!(found("skriv till nagon-9x@relay.example.org"), [HitKind::Address]);
        assert_eq!(found("från 203.0.113.7 i går"), [HitKind::Detail]);
        assert_eq!(found("a\n> Received: from x by y"), [HitKind::Shape]);
        assert_eq!(found("-----BEGIN CERTIFICATE-----"), [HitKind::Shape]);
    }

    #[test]
    fn ordinary_letters_show_none() {
        for text in [
            "Läs https://www.example.org/@x/sida och ring 116 123 kl. 12.30 den 3.11.2026.",
            "kapitel 1.2.3.4, version 10.0.19.4, 250.000.000 kr, 12.11.2026.",
            "hej@du, @vinter, a@b, X-ray: inget, mottagit: från er",
            "Received a letter: from him",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
