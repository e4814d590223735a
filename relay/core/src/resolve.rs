//! Desk 3: whose letter is this, and for whom? Author and alias together name a pairing, or nothing does.

use crate::address::{Domain, EmailAddr};
use crate::envelope::ForwardPath;
use crate::ledger::Factor;
use crate::pairing::PairingFacts;
use crate::reply::{Refusal, Stop};
use crate::verify::Verified;

/// What kind of door a forward-path knocks on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Door {
    /// `postmaster` or `abuse` (RFC 2142 §2, RFC 5321 §4.5.1): always open, to everybody.
    Public,
    /// The coordinators' desk: open to enrolled people.
    Desk,
    /// One of our own tokens: a bounce or a confirmation. The rest of the local part.
    Token(TokenDoor, String),
    /// Perhaps an alias; only the author decides.
    Alias,
}

/// What a token in a local part was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenDoor {
    /// `b-…`: the reverse-path of a letter we sent; reports come here.
    Bounce,
    /// `c-…`: an enrolled author confirms a held letter by answering.
    Confirm,
    /// `u-…`: a volunteer calls a letter urgent that waits for the week.
    Urgent,
    /// `k-…`: a volunteer puts a week's contact time right.
    Correct,
    /// `e-…`: a person confirms that everything about them is to be erased.
    Erase,
}

/// The heads of local parts that are tokens.
const TOKENS: [(&str, TokenDoor); 5] = [
    ("b-", TokenDoor::Bounce),
    ("c-", TokenDoor::Confirm),
    ("u-", TokenDoor::Urgent),
    ("k-", TokenDoor::Correct),
    ("e-", TokenDoor::Erase),
];

/// Local parts that no alias may take.
pub const RESERVED: [&str; 9] =
    ["postmaster", "abuse", "desk", "mailer-daemon", "hostmaster", "security", "noreply", "no-reply", "root"];

/// Sorts a forward-path by its local part. The domain has been checked at the door.
pub fn door(path: &ForwardPath) -> Door {
    let ForwardPath::Addr(address) = path else { return Door::Public };
    let local = address.local().to_lowercase();
    match local.as_str() {
        "postmaster" | "abuse" => Door::Public,
        "desk" => Door::Desk,
        other => TOKENS
            .iter()
            .find_map(|(head, door)| Some(Door::Token(*door, other.strip_prefix(head)?.to_owned())))
            .unwrap_or(Door::Alias),
    }
}

/// Whether a local part may become an alias: a dot-atom of its own, and no door of ours.
pub fn may_be_alias(address: &EmailAddr, domain: &Domain) -> bool {
    let local = address.local();
    let reserved = RESERVED.iter().any(|r| local.eq_ignore_ascii_case(r));
    let ours = TOKENS.iter().any(|(head, _)| local.starts_with(head));
    address.domain() == Some(domain) && !reserved && !ours && !local.contains('+') && local.is_ascii()
}

/// Desk 3's product: a verified letter whose pairing and direction are known.
#[derive(Debug, Clone)]
pub struct Addressed {
    verified: Verified,
    facts: PairingFacts,
    pace: Factor,
}

impl Addressed {
    /// The same with the volunteer's own pace.
    #[must_use]
    pub fn at_pace(self, pace: Factor) -> Self {
        Self { pace, ..self }
    }
    /// The volunteer's own pace, for reading and for writing.
    pub fn pace(&self) -> Factor {
        self.pace
    }
    /// The letter.
    pub fn verified(&self) -> &Verified {
        &self.verified
    }
    /// The pairing and the direction.
    pub fn facts(&self) -> &PairingFacts {
        &self.facts
    }
}

/// Ties a letter to its pairing. Every "no" has the same words (P9): unknown alias, somebody else's
/// alias, a closed pairing and a blocked person cannot be told apart.
pub fn resolve(verified: Verified, facts: Option<PairingFacts>) -> Result<Addressed, Stop> {
    match facts {
        Some(facts) if facts.state.carries_letters() => Ok(Addressed { verified, facts, pace: Factor::default() }),
        _ => Err(Stop::Refuse(Refusal::NoSuchAddress)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> ForwardPath {
        ForwardPath::Addr(EmailAddr::parse(text).unwrap())
    }

    #[test]
    fn doors_are_told_apart_by_the_local_part() {
        assert_eq!(door(&ForwardPath::Postmaster), Door::Public);
        assert_eq!(door(&path("PostMaster@example.org")), Door::Public);
        assert_eq!(door(&path("abuse@example.org")), Door::Public);
        assert_eq!(door(&path("Desk@example.org")), Door::Desk);
        assert_eq!(door(&path("b-0abc@example.org")), Door::Token(TokenDoor::Bounce, "0abc".into()));
        assert_eq!(door(&path("C-XYZ@example.org")), Door::Token(TokenDoor::Confirm, "xyz".into()));
        assert_eq!(door(&path("frida@example.org")), Door::Alias);
    }

    #[test]
    fn reserved_words_and_tokens_are_no_aliases() {
        let domain = Domain::parse("example.org").unwrap();
        let may = |t: &str| may_be_alias(&EmailAddr::parse(t).unwrap(), &domain);
        assert!(may("frida@example.org") && may("vinter-7k@example.org") && may("bo@example.org"));
        for text in [
            "desk@example.org",
            "Abuse@example.org",
            "b-x@example.org",
            "c-x@example.org",
            "a+b@example.org",
            "frida@example.net",
        ] {
            assert!(!may(text), "{text}");
        }
    }
}
