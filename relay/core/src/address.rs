//! E-mail addresses that cannot be malformed, and that cannot be printed by accident.

use crate::veiled;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Longest local part in octets (RFC 5321 §4.5.3.1.1).
const LOCAL_MAX: usize = 64;
/// Longest path in octets, without its angle brackets (RFC 5321 §4.5.3.1.3).
const PATH_MAX: usize = 254;
/// Longest domain in octets (RFC 5321 §4.5.3.1.2, RFC 1035 §2.3.4 for the written form).
const DOMAIN_MAX: usize = 253;

/// Why a text is not an address or a domain. Never carries the text: it may name a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// No `@` between a local part and a domain.
    #[error("there is no @ between a name and a domain")]
    NoAt,
    /// The part before the `@` breaks RFC 5321 §4.1.2.
    #[error("the part before the @ is not well formed")]
    Local,
    /// The part after the `@` is no domain name or address literal.
    #[error("the part after the @ is not a domain name")]
    Domain,
    /// Longer than RFC 5321 §4.5.3.1 allows.
    #[error("it is longer than an address may be")]
    TooLong,
}

/// A domain name in its ASCII (A-label) form, lower case, without a final dot.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Domain(String);

impl Domain {
    /// Parses a domain name, in Unicode or ASCII form (RFC 5890).
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let ascii = if text.is_ascii() {
            text.to_ascii_lowercase()
        } else {
            idna::domain_to_ascii_cow(text.as_bytes(), idna::AsciiDenyList::STD3)
                .map_err(|_| BadAddress::Domain)?
                .into_owned()
        };
        if ascii.len() > DOMAIN_MAX {
            return Err(BadAddress::TooLong);
        }
        let labels_are_sound = ascii.split('.').all(is_label);
        if labels_are_sound { Ok(Self(ascii)) } else { Err(BadAddress::Domain) }
    }

    /// The ASCII form, for the wire and for DNS.
    pub fn ascii(&self) -> &str {
        &self.0
    }
}

/// Letters, digits and hyphens (RFC 5321 §4.1.2 sub-domain); the underscore is met in real host names.
fn is_label(label: &str) -> bool {
    let bytes = label.as_bytes();
    let inner = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    !bytes.is_empty()
        && bytes.len() <= 63
        && bytes.iter().all(inner)
        && bytes.first() != Some(&b'-')
        && bytes.last() != Some(&b'-')
}

veiled!(Domain, Literal, EmailAddr);

/// What stands after the `@`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Host {
    /// A domain name.
    Name(Domain),
    /// An address literal such as `[192.0.2.1]` (RFC 5321 §4.1.3).
    Literal(Literal),
}

/// An address literal in its written form, brackets included.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Literal(String);

impl Host {
    fn parse(text: &str) -> Result<Self, BadAddress> {
        let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) else {
            return Domain::parse(text).map(Self::Name);
        };
        let known = match inner.get(..5) {
            Some(tag) if tag.eq_ignore_ascii_case("ipv6:") => inner[5..].parse::<Ipv6Addr>().is_ok(),
            _ => inner.parse::<Ipv4Addr>().is_ok(),
        };
        if known { Ok(Self::Literal(Literal(text.to_ascii_lowercase()))) } else { Err(BadAddress::Domain) }
    }

    fn text(&self) -> &str {
        match self {
            Self::Name(domain) => domain.ascii(),
            Self::Literal(literal) => &literal.0,
        }
    }
}

/// A mailbox (RFC 5321 §4.1.2, RFC 6531). Neither `Display` nor `Debug` shows it: call what you mean.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EmailAddr {
    /// The decoded local part: without quotes and backslashes.
    local: String,
    host: Host,
}

impl EmailAddr {
    /// Parses `local@domain`. Quoted local parts are decoded; comments, routes and spaces are refused.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        if text.len() > PATH_MAX {
            return Err(BadAddress::TooLong);
        }
        let (local, rest) = split_local(text)?;
        let host = Host::parse(rest.strip_prefix('@').ok_or(BadAddress::NoAt)?)?;
        if local.len() > LOCAL_MAX {
            return Err(BadAddress::TooLong);
        }
        let address = Self { local, host };
        // A domain grows when it is written in ASCII: what is read here must be short enough to be read again.
        if !text.is_ascii() && address.on_wire().len() > PATH_MAX {
            return Err(BadAddress::TooLong);
        }
        Ok(address)
    }

    /// Joins a local part that is known to be a dot-atom with a domain.
    pub fn at(local: &str, domain: &Domain) -> Result<Self, BadAddress> {
        Self::parse(&format!("{local}@{}", domain.ascii()))
    }

    /// The decoded local part.
    pub fn local(&self) -> &str {
        &self.local
    }

    /// The domain, unless an address literal stands in its place.
    pub fn domain(&self) -> Option<&Domain> {
        match &self.host {
            Host::Name(domain) => Some(domain),
            Host::Literal(_) => None,
        }
    }

    /// The form for SMTP and header fields; quoted where it must be.
    pub fn on_wire(&self) -> String {
        let host = self.host.text();
        if is_dot_atom(&self.local) {
            format!("{}@{host}", self.local)
        } else {
            let escaped = self.local.replace('\\', "\\\\").replace('"', "\\\"");
            format!("\"{escaped}\"@{host}")
        }
    }

    /// Whether the address needs SMTPUTF8 (RFC 6531) on the wire.
    pub fn needs_utf8(&self) -> bool {
        !self.local.is_ascii()
    }

    /// One spelling for all the ways people and clients write the same address: lower case, no plus-tag.
    pub fn canonical(&self) -> String {
        let lower = self.local.to_lowercase();
        let base = lower.split_once('+').map_or(lower.as_str(), |(base, _)| base);
        let base = if base.is_empty() { lower.as_str() } else { base };
        format!("{base}@{}", self.host.text())
    }
}

/// Splits the decoded local part from the rest, which begins with the `@` if there is one.
fn split_local(text: &str) -> Result<(String, &str), BadAddress> {
    if text.starts_with('"') {
        return split_quoted(text);
    }
    let at = text.find('@').ok_or(BadAddress::NoAt)?;
    let (local, rest) = text.split_at(at);
    if is_dot_atom(local) { Ok((local.to_owned(), rest)) } else { Err(BadAddress::Local) }
}

fn split_quoted(text: &str) -> Result<(String, &str), BadAddress> {
    let mut local = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((place, c)) = chars.next() {
        let literal = match c {
            '"' if local.is_empty() => return Err(BadAddress::Local),
            '"' => return Ok((local, &text[place + 1..])),
            '\\' => chars.next().ok_or(BadAddress::Local)?.1,
            other => other,
        };
        if literal.is_control() {
            return Err(BadAddress::Local);
        }
        local.push(literal);
    }
    Err(BadAddress::Local)
}

fn is_dot_atom(text: &str) -> bool {
    !text.is_empty() && text.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom_char))
}

/// `atext` of RFC 5322 §3.2.3, widened by RFC 6532 §3.2.
fn is_atom_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || "!#$%&'*+-/=?^_`{|}~".contains(c)
        || (!c.is_ascii() && !c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_and_odd_addresses_round_trip() {
        let cases = [
            ("anna@example.org", "anna@example.org"),
            ("Anna.K+x@Example.ORG", "Anna.K+x@example.org"),
            ("\"a b@c\"@example.org", "\"a b@c\"@example.org"),
            ("\"simple\"@example.org", "simple@example.org"),
            ("\"a\\\"b\\\\\"@example.org", "\"a\\\"b\\\\\"@example.org"),
            ("åsa@exämple.org", "åsa@xn--exmple-cua.org"),
            ("root@[192.0.2.7]", "root@[192.0.2.7]"),
            ("root@[IPv6:2001:db8::1]", "root@[ipv6:2001:db8::1]"),
        ];
        for (text, wire) in cases {
            let parsed = EmailAddr::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!(parsed.on_wire(), wire);
            assert_eq!(EmailAddr::parse(wire), Ok(parsed));
        }
    }

    #[test]
    fn malformed_addresses_are_refused() {
        let long = format!("{}@example.org", "a".repeat(65));
        let cases = [
            "",
            "@",
            "anna",
            "anna@",
            "@example.org",
            "a..b@example.org",
            ".a@example.org",
            "a b@example.org",
            "a@b@example.org",
            "a@-b.org",
            "a@b..org",
            "a@example.org.",
            "a@[300.1.1.1]",
            "a@[x]",
            "\"\"@example.org",
            "\"a@example.org",
            "\"a\rb\"@example.org",
            "a\0@example.org",
            "a@exa mple.org",
            "<a@example.org>",
            "@x.org:a@example.org",
            "a@ex\u{2028}ample.org",
            "a\u{85}b@example.org",
            long.as_str(),
        ];
        for text in cases {
            assert!(EmailAddr::parse(text).is_err(), "{text:?} was taken");
        }
    }

    #[test]
    fn a_domain_that_grows_in_ascii_is_measured_there() {
        let grown = format!("a@{}", ["é.é.é.é.é.é.é"; 6].join("."));
        assert!(grown.len() <= PATH_MAX);
        assert_eq!(EmailAddr::parse(&grown), Err(BadAddress::TooLong));
    }

    #[test]
    fn one_spelling_for_the_same_mailbox() {
        let canonical = |t: &str| EmailAddr::parse(t).unwrap().canonical();
        assert_eq!(canonical("Anna.Karlsson+shop@Example.org"), "anna.karlsson@example.org");
        assert_eq!(canonical("+tag@example.org"), "+tag@example.org");
        assert_eq!(canonical("ÅSA@example.org"), canonical("åsa@example.org"));
    }

    #[test]
    fn debug_never_shows_a_person() {
        let shown = format!("{:?}", EmailAddr::parse("anna@example.org").unwrap());
        assert!(!shown.contains("anna") && !shown.contains("example"));
    }
}
