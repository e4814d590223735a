//! Keys of stored things: application-made, 63 random bits, and never a person's name.

use std::fmt;
use std::str::FromStr;

/// Why a text is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier: thirteen letters and digits are expected, as the lists print them")]
pub struct NotAnId;

/// Crockford's base 32 in lower case: no i, l, o or u, so that an identifier can be read over a telephone.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 13;

fn to_text(value: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    use fmt::Write as _;
    for place in (0..LENGTH).rev() {
        let digit = value.unsigned_abs() >> (5 * place) & 31;
        f.write_char(char::from(DIGITS[usize::try_from(digit).unwrap_or(0)]))?;
    }
    Ok(())
}

fn from_text(text: &str) -> Result<i64, NotAnId> {
    if text.len() != LENGTH {
        return Err(NotAnId);
    }
    text.bytes().try_fold(0_i64, |value, byte| {
        let digit = DIGITS.iter().position(|d| *d == byte.to_ascii_lowercase()).ok_or(NotAnId)?;
        let digit = i64::try_from(digit).map_err(|_| NotAnId)?;
        value.checked_mul(32).and_then(|v| v.checked_add(digit)).ok_or(NotAnId)
    })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// Makes an identifier from random bits; the sign bit is dropped.
            pub fn from_random(bits: u64) -> Self {
                Self(i64::try_from(bits >> 1).unwrap_or(0))
            }

            /// Takes an identifier back from the store.
            pub fn from_stored(value: i64) -> Self {
                Self(value)
            }

            /// The value as the store keeps it.
            pub fn stored(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                to_text(self.0, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                from_text(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// One letter or notice in the spool, and what the ledger books it under.
    LetterId,
    /// One seeker or one volunteer.
    PersonId,
    /// One alias.
    AliasId,
    /// The tie between one seeker and one volunteer.
    PairingId,
    /// One entry of the ledger.
    EntryId,
    /// One item of the coordinators' queue.
    ItemId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_is_read_back() {
        for bits in [0, 1, 2, u64::MAX, 0x0123_4567_89ab_cdef] {
            let id = LetterId::from_random(bits);
            assert_eq!(id.to_string().len(), LENGTH);
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(id.to_string().to_uppercase().parse(), Ok(id));
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "0", "00000000000000", "000000000000i", "zzzzzzzzzzzzz", "åååååå0"] {
            assert_eq!(text.parse::<PairingId>(), Err(NotAnId), "{text}");
        }
    }
}
