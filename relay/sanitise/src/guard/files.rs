//! Attachments opened by the guard's own small readers: what they say, and what they may not have.

mod pdf;
mod picture;
mod zip;

/// Most octets an attachment may unpack to; more cannot be vouched for.
const UNPACKED_MAX: usize = 256 * 1024 * 1024;

/// Octets that may still be unpacked.
pub(super) struct Allowance(usize);

impl Allowance {
    /// Unpacks a deflated stream, as far as it is sound; `None` when it would take too much.
    fn inflate(&mut self, packed: &[u8], has_header: bool) -> Option<Vec<u8>> {
        let mut state = flate2::Decompress::new(has_header);
        let mut out = Vec::with_capacity((packed.len() * 3).min(1 << 20));
        loop {
            let (read, written) = (state.total_in(), state.total_out());
            if out.len() == out.capacity() {
                out.reserve((out.len()).clamp(1024, 1 << 20));
            }
            let rest = packed.get(usize::try_from(read).ok()?..).unwrap_or_default();
            let status = state.decompress_vec(rest, &mut out, flate2::FlushDecompress::None);
            let is_over = !matches!(status, Ok(flate2::Status::Ok | flate2::Status::BufError));
            if out.len() > self.0 {
                return None;
            }
            let is_stuck = state.total_in() == read && state.total_out() == written && out.len() < out.capacity();
            if is_over || is_stuck {
                self.0 -= out.len();
                return Some(out);
            }
        }
    }
}

/// Shows every text of a file; `true` if it has what no rebuilt file has, or cannot be read to its end.
pub(super) fn open(octets: &[u8], show: &mut dyn FnMut(&str)) -> bool {
    let mut left = Allowance(UNPACKED_MAX);
    match octets {
        [b'P', b'K', 3 | 5, _, ..] => zip::open(octets, &mut left, show),
        [b'%', b'P', b'D', b'F', ..] => pdf::open(octets, &mut left, show),
        [0xff, 0xd8, ..] => picture::jpeg(octets, show),
        [0x89, b'P', b'N', b'G', ..] => picture::png(octets, show),
        [b'G', b'I', b'F', b'8', ..] => picture::gif(octets, show),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => picture::webp(octets, show),
        _ => {
            show(&String::from_utf8_lossy(octets));
            true
        }
    }
}

/// Octets as text, and as the two-octet text they may be.
fn show_octets(octets: &[u8], show: &mut dyn FnMut(&str)) {
    let latin: String = octets.iter().map(|b| char::from(*b)).collect();
    show(&latin);
    if let Ok(text) = std::str::from_utf8(octets)
        && !text.is_ascii()
    {
        show(text);
    }
}

/// Two-octet characters in network order.
fn wide(octets: &[u8]) -> String {
    String::from_utf16_lossy(
        &octets.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect::<Vec<_>>(),
    )
}

pub(super) fn from_hex(digits: &[u8]) -> Vec<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let digits: Vec<u8> = digits.iter().filter_map(|digit| value(*digit)).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect()
}
