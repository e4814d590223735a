//! Networks as the configuration writes them: `192.0.2.0/24`, `2001:db8::/32`, or one address.

use std::net::IpAddr;
use std::str::FromStr;

/// A network: addresses that share their first bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    base: u128,
    bits: u32,
    width: u32,
}

/// Why a text is not a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a network: write an address, or its first address and a length, as in 192.0.2.0/24 or 2001:db8::/32")]
pub struct NotANetwork;

impl Network {
    /// Whether an address lies in the network. IPv4 addresses mapped into IPv6 count as IPv4.
    pub fn contains(&self, ip: IpAddr) -> bool {
        let (value, width) = spread(ip);
        width == self.width && first_bits(value, self.bits, width) == self.base
    }
}

impl FromStr for Network {
    type Err = NotANetwork;
    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (text, None),
        };
        let (value, width) = spread(address.parse().map_err(|_| NotANetwork)?);
        let bits = length.map_or(Ok(width), str::parse).map_err(|_| NotANetwork)?;
        let base = first_bits(value, bits, width);
        // Bits behind the length are a slip of the pen: which of the two was meant?
        if bits <= width && base == value { Ok(Self { base, bits, width }) } else { Err(NotANetwork) }
    }
}

/// What connections are counted under: one IPv4 address, or one IPv6 /64, the least a customer gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Neighbourhood(u128, u32);

impl Neighbourhood {
    pub(super) fn of(ip: IpAddr) -> Self {
        let (value, width) = spread(ip);
        Self(first_bits(value, 64, width), width)
    }
}

fn spread(ip: IpAddr) -> (u128, u32) {
    match ip.to_canonical() {
        IpAddr::V4(v4) => (u128::from(v4.to_bits()), 32),
        IpAddr::V6(v6) => (v6.to_bits(), 128),
    }
}

fn first_bits(value: u128, bits: u32, width: u32) -> u128 {
    let behind = width.saturating_sub(bits);
    let mask = u128::MAX.checked_shl(behind).unwrap_or(0);
    value & mask
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lie_in_their_networks() {
        let cases = [
            ("192.0.2.0/24", "192.0.2.255", true),
            ("192.0.2.0/24", "192.0.3.0", false),
            ("192.0.2.0/24", "::ffff:192.0.2.1", true),
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("::/0", "192.0.2.1", false),
            ("::1", "::1", true),
        ];
        for (network, ip, inside) in cases {
            let network: Network = network.parse().unwrap();
            assert_eq!(network.contains(ip.parse().unwrap()), inside, "{network:?} {ip}");
        }
    }

    #[test]
    fn slips_are_refused() {
        for text in ["", "192.0.2.1/24", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/-1", "2001:db8::1/64", "host", "/8"] {
            assert_eq!(text.parse::<Network>(), Err(NotANetwork), "{text}");
        }
    }

    #[test]
    fn neighbours_share_a_count() {
        let of = |ip: &str| Neighbourhood::of(ip.parse().unwrap());
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:ffff:ffff:ffff"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("192.0.2.1"), of("::ffff:192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
    }
}
