//! The bits of a JPEG's entropy-coded data, with the stuffing taken out.

/// Reads bits. At a marker or at the end it goes on with zeros, and knows that it does.
pub(super) struct Bits<'a> {
    octets: &'a [u8],
    at: usize,
    /// The next bits, the first of them uppermost.
    held: u64,
    /// How many of `held` may be used. Those below are the same octets that will be loaded next, or zeros.
    count: u32,
    /// How many zeros stand in for bits that do not exist.
    invented: u32,
}

impl<'a> Bits<'a> {
    /// The bits from `at` on.
    pub(super) fn new(octets: &'a [u8], at: usize) -> Self {
        Self { octets, at, held: 0, count: 0, invented: 0 }
    }

    /// Makes at least 32 bits available.
    #[inline]
    pub(super) fn fill(&mut self) {
        if self.count < 32 {
            self.load();
        }
    }

    /// The next `length` bits (1 to 16) without taking them.
    #[inline]
    pub(super) fn peek(&self, length: u32) -> usize {
        usize::try_from(self.held >> (64 - length)).unwrap_or(0)
    }

    /// Takes bits that were filled before.
    #[inline]
    pub(super) fn skip(&mut self, length: u32) {
        self.held <<= length;
        self.count = self.count.saturating_sub(length);
    }

    /// Takes `length` bits (0 to 16) as a number.
    #[inline]
    pub(super) fn take(&mut self, length: u32) -> i32 {
        let bits = (self.held >> 1) >> (63 - length);
        self.skip(length);
        i32::try_from(bits).unwrap_or(0)
    }

    /// Takes `length` bits (0 to 16) as a number with a sign (ITU-T T.81, F.2.2.1).
    #[inline]
    pub(super) fn signed(&mut self, length: u32) -> i32 {
        let bits = self.take(length);
        let limit = 1 << length;
        if 2 * bits < limit { bits - limit + 1 } else { bits }
    }

    /// Whether more bits were taken than there are.
    pub(super) fn overdrawn(&self) -> bool {
        self.invented > self.count
    }

    /// Goes to just behind the restart marker that stands next; `false` when another marker or the end does.
    pub(super) fn restart(&mut self) -> bool {
        let at = self.marker();
        let is_restart = self.octets.get(at + 1).is_some_and(|marker| (0xD0..=0xD7).contains(marker));
        *self = Self::new(self.octets, if is_restart { at + 2 } else { at });
        is_restart
    }

    /// Where the next marker stands, or the end.
    pub(super) fn marker(&self) -> usize {
        let mut at = self.at;
        while let Some(ahead) = memchr::memchr(0xFF, self.octets.get(at..).unwrap_or_default()) {
            at += ahead;
            match self.octets.get(at + 1) {
                Some(0) => at += 2,
                Some(0xFF) => at += 1,
                _ => return at,
            }
        }
        self.octets.len()
    }

    fn load(&mut self) {
        if let Some(eight) = self.octets.get(self.at..).and_then(<[u8]>::first_chunk) {
            let word = u64::from_be_bytes(*eight);
            if !has_ff(word) {
                // The bits below `count` are loaded again next time, from the same octets: no harm in the OR.
                self.held |= word >> self.count;
                let whole = (63 - self.count) / 8;
                self.at += whole as usize;
                self.count += whole * 8;
                return;
            }
        }
        self.load_singly();
    }

    fn load_singly(&mut self) {
        while self.count <= 56 {
            let octet = match (self.octets.get(self.at), self.octets.get(self.at + 1)) {
                (Some(0xFF), Some(0)) => {
                    self.at += 2;
                    0xFF
                }
                (Some(0xFF) | None, _) => {
                    self.invented = self.invented.saturating_add(8);
                    0
                }
                (Some(&octet), _) => {
                    self.at += 1;
                    octet
                }
            };
            self.held |= u64::from(octet) << (56 - self.count);
            self.count += 8;
        }
    }
}

/// Whether one of eight octets is 0xFF.
pub(super) fn has_ff(word: u64) -> bool {
    (!word).wrapping_sub(0x0101_0101_0101_0101) & word & 0x8080_8080_8080_8080 != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stuffing_is_taken_out_wherever_it_stands() {
        for place in 0..20 {
            let mut plain: Vec<u8> = (1..=20).collect();
            plain[place] = 0xFF;
            let mut stuffed = plain.clone();
            stuffed.insert(place + 1, 0);
            let mut bits = Bits::new(&stuffed, 0);
            let read: Vec<u8> = plain
                .iter()
                .map(|_| {
                    bits.fill();
                    u8::try_from(bits.take(3) << 5 | bits.take(5)).unwrap()
                })
                .collect();
            assert_eq!(read, plain, "at {place}");
            assert!(!bits.overdrawn());
            bits.fill();
            bits.skip(1);
            assert!(bits.overdrawn());
        }
    }

    #[test]
    fn signs_follow_the_standard() {
        let mut bits = Bits::new(&[0b0001_0110, 0b1100_0000], 0);
        bits.fill();
        assert_eq!(
            [bits.signed(2), bits.signed(2), bits.signed(2), bits.signed(2), bits.signed(0)],
            [-3, -2, -2, 2, 0]
        );
    }

    #[test]
    fn a_restart_is_found_behind_what_was_loaded() {
        let octets = [1, 2, 3, 0xFF, 0xD3, 9, 9, 0xFF, 0xD9];
        let mut bits = Bits::new(&octets, 0);
        bits.fill();
        assert!(bits.restart());
        bits.fill();
        assert_eq!(bits.take(8), 9);
        assert!(!bits.restart());
        assert_eq!(bits.marker(), 7);
    }
}
