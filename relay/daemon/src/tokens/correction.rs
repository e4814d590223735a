//! The token of an overview: whose week it is, and until when an answer puts it right.

use brevbro_core::address::{Domain, EmailAddr};
use brevbro_core::id::PersonId;
use brevbro_core::time::{Moment, Week};
use brevbro_sanitise::token::TokenKey;

const CORRECT: &[u8] = b"correct";

/// What the token of an overview says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction {
    /// The volunteer.
    pub person: PersonId,
    /// The week.
    pub week: Week,
    /// The last moment at which an answer puts it right.
    pub until: Moment,
}

/// Person, week, and the last moment in whole seconds.
const OCTETS: usize = 17;

/// The address at which a volunteer puts a week right.
pub fn correction_address(key: &TokenKey, what: Correction, domain: &Domain) -> Option<EmailAddr> {
    let week = u32::try_from(what.week.stored()).ok()?.to_be_bytes();
    let until = what.until.as_seconds().to_be_bytes();
    let plain = [&what.person.stored().to_be_bytes()[..], &week, &until[3..]].concat();
    correction_again(&key.seal(CORRECT, b"", &plain), domain)
}

/// The same address once more, from the token it was written to.
pub fn correction_again(token: &str, domain: &Domain) -> Option<EmailAddr> {
    EmailAddr::at(&format!("k-{token}"), domain).ok()
}

/// Opens the local part of an answer to an overview.
pub fn open_correction(key: &TokenKey, token: &str) -> Option<Correction> {
    let plain: [u8; OCTETS] = key.open(CORRECT, b"", token)?.try_into().ok()?;
    let (person, rest) = plain.split_first_chunk::<8>()?;
    let (week, until) = rest.split_first_chunk::<4>()?;
    let seconds = until.iter().fold(0_i64, |n, octet| n << 8 | i64::from(*octet));
    Some(Correction {
        person: PersonId::from_stored(i64::from_be_bytes(*person)),
        week: Week::from_stored(i64::from(u32::from_be_bytes(*week))).ok()?,
        until: Moment::from_millis(seconds.saturating_mul(1_000)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens::{open_confirm, open_urgent};

    #[test]
    fn an_overviews_token_keeps_person_week_and_time() {
        let (key, domain) = (TokenKey::new([9; 64]), Domain::parse("example.org").unwrap());
        for week in ["2026-W47", "2026-W53", "2027-W01"] {
            let what = Correction {
                person: PersonId::from_random(u64::MAX),
                week: week.parse().unwrap(),
                until: Moment::from_millis(1_795_000_000_000),
            };
            let address = correction_address(&key, what, &domain).unwrap();
            let token = address.local().strip_prefix("k-").unwrap();
            assert_eq!(open_correction(&key, token), Some(what));
            assert_eq!(correction_again(token, &domain), Some(address.clone()));
            assert_eq!((open_confirm(&key, token), open_urgent(&key, token)), (None, None));
            assert_eq!(open_correction(&TokenKey::new([8; 64]), token), None);
            for end in 0..token.len() {
                assert_eq!(open_correction(&key, &token[..end]), None);
            }
        }
    }
}
