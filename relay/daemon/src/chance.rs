//! Randomness: the one place that may roll dice.

use rand::RngCore;

/// 64 random bits, for identifiers.
#[expect(clippy::disallowed_methods, reason = "this port owns chance")]
pub fn bits() -> u64 {
    rand::rng().next_u64()
}

/// Random octets from the operating system's generator, reseeded, for keys and nonces.
#[expect(clippy::disallowed_methods, reason = "this port owns chance")]
pub fn octets<const N: usize>() -> [u8; N] {
    let mut out = [0_u8; N];
    rand::rng().fill_bytes(&mut out);
    out
}
