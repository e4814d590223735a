//! The hop token: one opaque header field by which a letter that comes back is known (RFC 5321 §6.3).

use crate::token::TokenKey;

/// The field's name.
pub const FIELD: &str = "X-Hop";

const PURPOSE: &[u8] = b"hop";

/// A token for one letter. The seed makes it differ from letter to letter, so that it links none to another.
pub fn stamp(key: &TokenKey, seed: &[u8; 16]) -> String {
    key.seal(PURPOSE, b"", &seed[..8])
}

/// Whether a field's value is a token of ours.
pub fn is_ours(key: &TokenKey, value: &str) -> bool {
    key.open(PURPOSE, b"", value.trim()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_stamp_is_known_again() {
        let key = TokenKey::new([1; 64]);
        let stamped = stamp(&key, &[2; 16]);
        assert!(is_ours(&key, &format!(" {stamped}\r\n")));
        assert!(!is_ours(&TokenKey::new([3; 64]), &stamped));
        assert!(!is_ours(&key, "something else"));
        assert_ne!(stamped, stamp(&key, &[4; 16]));
    }
}
