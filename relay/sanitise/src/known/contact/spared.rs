//! What anybody may be told: the organisation's own numbers, addresses and pages, named in the configuration.

use crate::known::digits;
use crate::report::Seen;
use std::ops::Range;

/// A list of contact details that stay as they are written. `Debug` shows how many.
#[derive(Clone, Default)]
pub(crate) struct Spared {
    /// Significant digits.
    numbers: Vec<Vec<u8>>,
    /// Mailboxes, and hosts with everything at them, in lower case.
    names: Vec<String>,
}

impl Spared {
    /// A list as people write it: `+46 8 123 45 67`, `info@example.org`, `example.org`, `instagram.com/example`.
    pub(crate) fn of<'a>(written: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = Self::default();
        for entry in written {
            if entry.chars().any(char::is_alphabetic) || entry.contains('@') {
                all.names.push(plain(entry));
            } else {
                all.numbers.push(digits::significant_of(entry));
            }
        }
        all.names.retain(|name| name.chars().count() >= 3);
        all.numbers.retain(|number| number.len() >= 3);
        all
    }

    /// Whether digits as they stand in a text are a number of the list.
    pub(crate) fn has_number(&self, digits: &[u8]) -> bool {
        self.numbers.iter().any(|known| {
            digits.strip_suffix(known.as_slice()).is_some_and(|before| before.len() <= 5 && is_prefix(before))
        })
    }

    /// Whether something is an entry of the list, however it is written.
    pub(crate) fn has(&self, written: &str) -> bool {
        !self.names.is_empty() && self.names.contains(&plain(written))
    }

    /// The part of a detail that is the organisation's own; `None` if the detail may not be told. Of a mailbox or a page
    /// at a host of the list that is the host alone: the rest may still hold somebody's name.
    pub(crate) fn free_part(&self, seen: Seen, written: &str) -> Option<Range<usize>> {
        match seen {
            Seen::Address | Seen::Handle | Seen::Street => self.free_name(written),
            Seen::Account | Seen::Phone => {
                let digits: Vec<u8> = written.bytes().filter(u8::is_ascii_digit).collect();
                self.has_number(&digits).then_some(0..written.len())
            }
            _ => None,
        }
    }

    fn free_name(&self, written: &str) -> Option<Range<usize>> {
        if self.names.is_empty() {
            return None;
        }
        let plain = plain(written);
        if self.names.contains(&plain) {
            return Some(0..written.len());
        }
        let host = plain.split_once('@').map(|(_, host)| host);
        let known = self.names.iter().find(|known| {
            let page = plain.strip_prefix(known.as_str());
            page.is_some_and(|rest| rest.starts_with(['/', '?', '#'])) || host.is_some_and(|host| is_at(host, known))
        })?;
        let from = written.to_ascii_lowercase().rfind(known.as_str()).unwrap_or(0);
        Some(from..(from + known.len()).min(written.len()))
    }
}

/// An address, a page or a name without what may be written around it: scheme, `www.`, blanks, the slash at its end.
fn plain(written: &str) -> String {
    let lower = written.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let bare = lower.strip_prefix("mailto:").unwrap_or(&lower);
    let bare = bare.split_once("://").map_or(bare, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    // `@example.org`: everything at a host.
    let bare = bare.strip_prefix('@').filter(|host| host.contains('.')).unwrap_or(bare);
    bare.trim_end_matches('/').to_owned()
}

fn is_at(host: &str, known: &str) -> bool {
    host.strip_suffix(known).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// What may stand before the significant digits: zeros and a country code.
fn is_prefix(digits: &[u8]) -> bool {
    let code = digits.strip_suffix(b"0").unwrap_or(digits);
    let code = code.strip_prefix(b"00").unwrap_or(code);
    matches!(
        code,
        b"" | b"0" | b"45" | b"46" | b"47" | b"44" | b"49" | b"33" | b"358" | b"354" | b"298" | b"299" | b"1"
    )
}

impl std::fmt::Debug for Spared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Spared({} numbers, {} names)", self.numbers.len(), self.names.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_names_are_known_however_written() {
        let spared =
            Spared::of(["+46 8 123 45 67", "Info@Example.org", "https://www.example.net/", "instagram.com/jouren"]);
        for digits in ["081234567", "4681234567", "004681234567"] {
            assert!(spared.has_number(digits.as_bytes()), "{digits}");
        }
        assert!(!spared.has_number(b"0701234567") && !spared.has_number(b"99981234567"));
        let free = |name: &'static str| spared.free_part(Seen::Address, name).map(|part| &name[part]);
        for (name, part) in [
            ("info@example.org", "info@example.org"),
            ("mailto:Info@example.org", "mailto:Info@example.org"),
            ("Instagram.com/jouren", "Instagram.com/jouren"),
            ("https://example.net/x", "example.net"),
            ("anna@example.net", "example.net"),
            ("anna@mail.Example.net", "Example.net"),
        ] {
            assert_eq!(free(name), Some(part));
        }
        for name in ["anna@example.org", "instagram.com/jouren2", "notexample.net", "anna@notexample.net"] {
            assert_eq!(free(name), None, "{name}");
        }
        assert_eq!(format!("{spared:?}"), "Spared(1 numbers, 3 names)");
    }
}
