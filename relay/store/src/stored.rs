//! Reads stored words and numbers back into the types of core, and makes numbers for rows nobody names.

use crate::error::StoreError;
use brevbro_core::seal::{Digest, Sealed};
use brevbro_core::time::Moment;
use std::hash::{BuildHasher, RandomState};
use std::str::FromStr;

/// A stored word; an unknown one is reported by its column, never by its content.
pub(crate) fn word<T: FromStr>(text: &str, column: &'static str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Corrupt(column))
}

/// A stored word that may be absent.
pub(crate) fn maybe_word<T: FromStr>(text: Option<&str>, column: &'static str) -> Result<Option<T>, StoreError> {
    text.map(|text| word(text, column)).transpose()
}

/// A stored count; the columns behind it never go below zero.
pub(crate) fn count<T: TryFrom<i64>>(value: i64, column: &'static str) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::Corrupt(column))
}

pub(crate) fn digest(octets: &[u8]) -> Result<Digest, StoreError> {
    octets.try_into().map(Digest).map_err(|_| StoreError::Corrupt("digest"))
}

pub(crate) fn moment(value: Option<i64>) -> Option<Moment> {
    value.map(Moment::from_millis)
}

pub(crate) fn millis(moment: Option<Moment>) -> Option<i64> {
    moment.map(Moment::as_millis)
}

pub(crate) fn octets(digest: Option<&Digest>) -> Option<&[u8]> {
    digest.map(|digest| digest.0.as_slice())
}

/// A length as the store keeps it.
pub(crate) fn size(sealed: &Sealed) -> i64 {
    i64::try_from(sealed.octets().len()).unwrap_or(i64::MAX)
}

/// Random bits for the key of a row that no caller names (audit rows, entries that follow from a decision). The
/// standard library's hash keys come from the system's random source; nothing here needs to be a secret.
pub(crate) fn fresh() -> u64 {
    RandomState::new().hash_one(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn fresh_numbers_differ() {
        let all: HashSet<u64> = (0..10_000).map(|_| fresh() >> 1).collect();
        assert_eq!(all.len(), 10_000);
    }

    #[test]
    fn a_short_digest_is_corrupt_not_padded() {
        assert_eq!(digest(&[7; 31]), Err(StoreError::Corrupt("digest")));
        assert_eq!(digest(&[7; 32]), Ok(Digest([7; 32])));
    }
}
