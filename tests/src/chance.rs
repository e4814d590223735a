//! Chance with a seed, so that a failing run can be run again; and tokens no two letters share.

use std::sync::atomic::{AtomicU64, Ordering};

/// `SplitMix64` (Steele, Lea, Flood 2014): small, and the same on every machine.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// The seed of `BREVBRO_TEST_SEED`, or a fixed one; it is printed, so that it shows when a test fails.
    pub fn for_test(name: &str) -> Self {
        let seed = std::env::var("BREVBRO_TEST_SEED").ok().and_then(|s| s.parse().ok()).unwrap_or(20_261_121);
        crate::binary::say(&format!("{name}: BREVBRO_TEST_SEED={seed}"));
        Self(seed ^ name.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)))
    }

    /// From a plain seed.
    pub fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn next_number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number of `low..high`.
    pub fn within(&mut self, low: u64, high: u64) -> u64 {
        low + self.next_number() % (high - low)
    }

    /// Letters and digits that occur nowhere else; begins with a letter.
    pub fn token(&mut self) -> String {
        const SIGNS: &[u8; 32] = b"abcdefghijkmnopqrstuvwxyz2345678";
        let mut number = self.next_number();
        let mut token = String::from("q");
        for _ in 0..12 {
            token.push(char::from(SIGNS[usize::try_from(number % 32).unwrap()]));
            number /= 32;
        }
        token
    }
}

static SERIAL: AtomicU64 = AtomicU64::new(0);

/// A token that differs from all others of this run and, all but surely, of every other run.
pub fn unique() -> String {
    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    Chance::seeded(u64::from(std::process::id()) << 32 | serial).token()
}
