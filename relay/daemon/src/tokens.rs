//! The tokens in our own addresses: opaque outside, bound to one purpose and one letter inside.

mod correction;

pub use correction::{Correction, correction_address, correction_again, open_correction};

use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::id::{LetterId, PersonId};
use brevbro_core::time::Moment;
use brevbro_sanitise::token::TokenKey;

/// The purposes; a token made for one opens for no other.
const BOUNCE: &[u8] = b"bounce";
const CONFIRM: &[u8] = b"confirm";
const URGENT: &[u8] = b"urgent";
const ERASE: &[u8] = b"erase";

/// What a confirmation token, or one that calls a letter urgent, says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confirmation {
    /// The held letter.
    pub letter: LetterId,
    /// The one enrolled person who may release it.
    pub person: PersonId,
    /// Useless from then on.
    pub until: Moment,
}

/// The reverse-path of a letter we send (VERP): a report that comes back names its letter, and nothing else.
pub fn reverse_path(key: &TokenKey, letter: LetterId, domain: &Domain) -> Option<EmailAddr> {
    let token = key.seal(BOUNCE, b"", &letter.stored().to_be_bytes());
    EmailAddr::at(&format!("b-{token}"), domain).ok()
}

/// Opens the local part of a reverse-path that came back.
pub fn open_reverse_path(key: &TokenKey, token: &str) -> Option<LetterId> {
    let plain = key.open(BOUNCE, b"", token)?;
    Some(LetterId::from_stored(i64::from_be_bytes(plain.try_into().ok()?)))
}

/// Letter, person, and the last moment in whole seconds: 21 octets, so that the token with its tag and its
/// mark stays within the 64 octets of a local part (RFC 5321 §4.5.3.1.1).
const CONFIRM_OCTETS: usize = 21;

/// The address whose owner releases a held letter by writing to it.
pub fn confirm_address(key: &TokenKey, what: Confirmation, domain: &Domain) -> Option<EmailAddr> {
    EmailAddr::at(&format!("c-{}", seal(key, CONFIRM, what)), domain).ok()
}

/// Opens the local part of a confirmation.
pub fn open_confirm(key: &TokenKey, token: &str) -> Option<Confirmation> {
    open(key, CONFIRM, token)
}

/// The address at which a volunteer calls a letter urgent that waits for the week.
pub fn urgent_address(key: &TokenKey, what: Confirmation, domain: &Domain) -> Option<EmailAddr> {
    EmailAddr::at(&format!("u-{}", seal(key, URGENT, what)), domain).ok()
}

/// Opens the local part that calls a letter urgent.
pub fn open_urgent(key: &TokenKey, token: &str) -> Option<Confirmation> {
    open(key, URGENT, token)
}

/// What the token says that lets a person be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Forgetting {
    /// Who.
    pub person: PersonId,
    /// Useless from then on.
    pub until: Moment,
}

/// The address at which a person confirms that everything is to be erased.
pub fn erase_address(key: &TokenKey, what: Forgetting, domain: &Domain) -> Option<EmailAddr> {
    let plain = [what.person.stored().to_be_bytes(), what.until.as_seconds().to_be_bytes()].concat();
    EmailAddr::at(&format!("e-{}", key.seal(ERASE, b"", &plain)), domain).ok()
}

/// Opens the local part that confirms it.
pub fn open_erase(key: &TokenKey, token: &str) -> Option<Forgetting> {
    let plain = key.open(ERASE, b"", token)?;
    let (person, until) = plain.split_first_chunk::<8>()?;
    let seconds = i64::from_be_bytes(until.try_into().ok()?);
    Some(Forgetting {
        person: PersonId::from_stored(i64::from_be_bytes(*person)),
        until: Moment::from_millis(seconds.saturating_mul(1_000)),
    })
}

fn seal(key: &TokenKey, purpose: &[u8], what: Confirmation) -> String {
    let until = what.until.as_seconds().to_be_bytes();
    let plain = [&what.letter.stored().to_be_bytes()[..], &what.person.stored().to_be_bytes(), &until[3..]].concat();
    key.seal(purpose, b"", &plain)
}

fn open(key: &TokenKey, purpose: &[u8], token: &str) -> Option<Confirmation> {
    let plain: [u8; CONFIRM_OCTETS] = key.open(purpose, b"", token)?.try_into().ok()?;
    let (letter, rest) = plain.split_first_chunk::<8>()?;
    let (person, until) = rest.split_first_chunk::<8>()?;
    let seconds = until.iter().fold(0_i64, |n, octet| n << 8 | i64::from(*octet));
    Some(Confirmation {
        letter: LetterId::from_stored(i64::from_be_bytes(*letter)),
        person: PersonId::from_stored(i64::from_be_bytes(*person)),
        until: Moment::from_millis(seconds.saturating_mul(1_000)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> TokenKey {
        TokenKey::new([9; 64])
    }

    #[test]
    fn tokens_open_for_their_own_purpose_only() {
        let domain = Domain::parse("example.org").unwrap();
        let letter = LetterId::from_random(u64::MAX);
        let path = reverse_path(&key(), letter, &domain).unwrap();
        let token = path.local().strip_prefix("b-").unwrap();
        assert_eq!(open_reverse_path(&key(), &token.to_uppercase()), Some(letter));
        assert_eq!(open_confirm(&key(), token), None);
        assert_eq!(open_reverse_path(&TokenKey::new([8; 64]), token), None);
    }

    #[test]
    fn a_confirmation_keeps_letter_person_and_time() {
        let domain = Domain::parse("example.org").unwrap();
        let what = Confirmation {
            letter: LetterId::from_random(u64::MAX),
            person: PersonId::from_random(12_345),
            until: Moment::from_millis(1_795_000_000_000),
        };
        let address = confirm_address(&key(), what, &domain).unwrap();
        let token = address.local().strip_prefix("c-").unwrap();
        assert_eq!((open_confirm(&key(), token), open_urgent(&key(), token)), (Some(what), None));
        let address = urgent_address(&key(), what, &domain).unwrap();
        let token = address.local().strip_prefix("u-").unwrap();
        assert_eq!((open_confirm(&key(), token), open_urgent(&key(), token)), (None, Some(what)));
        let what = Forgetting { person: what.person, until: what.until };
        let address = erase_address(&key(), what, &domain).unwrap();
        let token = address.local().strip_prefix("e-").unwrap();
        assert_eq!((open_erase(&key(), token), open_confirm(&key(), token)), (Some(what), None));
    }
}
