//! What may stand in any letter, read from the configuration by the guard's own means.

use crate::identity::Identity;
use crate::known::digits;
use std::borrow::Cow;

/// Mailboxes, hosts and numbers that anybody may be told, in lower case, and the two aliases.
pub(super) struct Open {
    mailboxes: Vec<String>,
    /// Hosts, pages, and whatever else the list names.
    others: Vec<String>,
    numbers: Vec<Vec<u8>>,
    aliases: Vec<String>,
}

impl Open {
    pub(super) fn of(identity: &Identity) -> Self {
        let aliases = [&identity.sender.alias, &identity.recipient.alias];
        let aliases = aliases.into_iter().flatten().map(|alias| alias.on_wire().to_lowercase()).collect();
        let mut open = Self { mailboxes: Vec::new(), others: Vec::new(), numbers: Vec::new(), aliases };
        for entry in &identity.relay.spared {
            let lower = entry.trim().to_lowercase();
            let bare = lower.trim_start_matches("mailto:").trim_start_matches("https://").trim_start_matches("http://");
            let bare = bare.trim_start_matches("www.").trim_end_matches('/');
            match bare.split_once('@') {
                Some(("", host)) if host.contains('.') => open.others.push(host.to_owned()),
                Some((_, host)) if host.contains('.') => open.mailboxes.push(bare.to_owned()),
                _ if bare.contains(char::is_alphabetic) => open.others.push(bare.to_owned()),
                _ => open.numbers.push(digits::significant_of(entry.trim())),
            }
        }
        open
    }

    /// Whether a mailbox of a text may stand there.
    pub(super) fn has_mailbox(&self, local: &str, host: &str) -> bool {
        let (written, host) = (format!("{local}@{host}").to_lowercase(), host.to_lowercase());
        let is_below = |known: &String| host.strip_suffix(known.as_str()).is_some_and(|before| before.ends_with('.'));
        self.mailboxes.contains(&written)
            || self.aliases.contains(&written)
            || self.others.iter().any(|known| *known == host || is_below(known))
    }

    /// Whether a host, a detail or a mailbox is on the list as it is.
    pub(super) fn has(&self, written: &str) -> bool {
        let lower = written.trim().to_lowercase();
        self.mailboxes.contains(&lower) || self.others.contains(&lower)
    }

    /// Whether significant digits are a number of the list.
    pub(super) fn has_number(&self, significant: &[u8]) -> bool {
        self.numbers.iter().any(|known| known == significant)
    }

    /// A text without the organisation's own mailboxes and pages: whoever else is at their host is not named by them.
    pub(super) fn without_own<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let pages = self.others.iter().filter(|other| other.contains('/'));
        let own: Vec<&String> = self.mailboxes.iter().chain(pages).filter(|one| one.is_ascii()).collect();
        if own.is_empty() || memchr::memchr2(b'@', b'/', text.as_bytes()).is_none() {
            return Cow::Borrowed(text);
        }
        let lower = text.to_ascii_lowercase();
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+' | '%');
        let mut octets = text.as_bytes().to_vec();
        for one in own {
            for begin in memchr::memmem::find_iter(lower.as_bytes(), one.as_bytes()) {
                let (before, after) = (&lower[..begin], &lower[begin + one.len()..]);
                let before = before.strip_suffix("www.").unwrap_or(before);
                let goes_on = after.strip_prefix('.').unwrap_or(after).starts_with(is_part);
                if !before.ends_with(is_part) && !before.ends_with('.') && !goes_on {
                    octets[begin..begin + one.len()].fill(b' ');
                }
            }
        }
        String::from_utf8(octets).map_or(Cow::Borrowed(text), Cow::Owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open() -> Open {
        let mut identity = Identity::default();
        identity.relay.spared = ["Kontakt@example.org", "https://www.example.net/", "+46 8 123 45 67", "@example.com"]
            .map(str::to_owned)
            .to_vec();
        Open::of(&identity)
    }

    #[test]
    fn entries_are_known_however_written() {
        let open = open();
        for (local, host) in [("kontakt", "Example.org"), ("x", "example.net"), ("x", "post.example.com")] {
            assert!(open.has_mailbox(local, host), "{local}@{host}");
        }
        for (local, host) in [("anna", "example.org"), ("kontakt", "notexample.org"), ("x", "notexample.net")] {
            assert!(!open.has_mailbox(local, host), "{local}@{host}");
        }
        assert!(open.has("EXAMPLE.net") && open.has("kontakt@example.org") && !open.has("example.org"));
        assert!(open.has_number(b"81234567") && !open.has_number(b"701740605"));
    }

    #[test]
    fn only_whole_mailboxes_and_pages_are_blanked() {
        let open = open();
        let blank = " ".repeat("kontakt@example.org".len());
        assert_eq!(open.without_own("<KONTAKT@example.org>."), format!("<{blank}>."));
        for text in ["minkontakt@example.org", "kontakt@example.organ", "kontakt@example.org.example.com", "å@"] {
            assert_eq!(open.without_own(text), text);
        }
    }
}
