//! What anybody may be told: the organisation's own numbers, addresses and pages, named in the configuration.

use crate::known::digits;

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
            let entry = entry.trim();
            if entry.chars().any(char::is_alphabetic) || entry.contains('@') {
                let plain = entry.to_lowercase();
                let plain =
                    plain.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
                all.names.push(plain.trim_end_matches('/').to_owned());
            } else {
                all.numbers.push(digits::significant_of(entry));
            }
        }
        all.names.retain(|name| name.len() >= 3);
        all.numbers.retain(|number| number.len() >= 3);
        all
    }

    /// Whether digits as they stand in a text are a number of the list.
    pub(crate) fn has_number(&self, digits: &[u8]) -> bool {
        self.numbers.iter().any(|known| {
            digits.strip_suffix(known.as_slice()).is_some_and(|before| before.len() <= 5 && is_prefix(before))
        })
    }

    /// Whether an address, a page or a handle is of the list, or at a host of it.
    pub(crate) fn has_name(&self, written: &str) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let plain = written.to_lowercase();
        let plain = plain.split_once("://").map_or(plain.as_str(), |(_, rest)| rest).trim_start_matches("www.");
        self.names.iter().any(|known| {
            let Some(rest) = plain.strip_prefix(known.as_str()) else {
                return plain.split_once('@').is_some_and(|(_, host)| host == known || is_below(host, known));
            };
            rest.is_empty() || rest.starts_with(['/', '?', '#'])
        })
    }
}

fn is_below(host: &str, known: &str) -> bool {
    host.strip_suffix(known).is_some_and(|before| before.ends_with('.'))
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
        for name in [
            "info@example.org",
            "https://example.net/x",
            "anna@example.net",
            "anna@mail.example.net",
            "Instagram.com/jouren",
        ] {
            assert!(spared.has_name(name), "{name}");
        }
        for name in ["anna@example.org", "instagram.com/jouren2", "notexample.net", "anna@notexample.net"] {
            assert!(!spared.has_name(name), "{name}");
        }
        assert_eq!(format!("{spared:?}"), "Spared(1 numbers, 3 names)");
    }
}
