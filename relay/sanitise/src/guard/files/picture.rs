//! Pictures read block by block: a rebuilt one has pixels, colours and nothing else.

use super::show_octets;

/// JPEG: no application data but JFIF, Adobe's and a colour profile, no comments, nothing behind the end.
pub(super) fn jpeg(octets: &[u8], show: &mut dyn FnMut(&str)) -> bool {
    let mut place = 2;
    loop {
        match octets.get(place..place + 4) {
            Some([0xff, 0xff, ..]) => place += 1,
            // The scans: entropy-coded up to the end.
            Some([0xff, 0xda, ..]) => return !ends_at_once(&octets[place..]),
            Some([0xff, marker, high, low]) => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                let Some(block) = octets.get(place + 4..place + 2 + length.max(2)) else { return true };
                let is_known = match marker {
                    0xe0 => block.starts_with(b"JFIF") && block.len() <= 14,
                    0xee => block.starts_with(b"Adobe") && block.len() <= 12,
                    0xe2 => block.starts_with(b"ICC_PROFILE"),
                    0xc0..=0xcf | 0xdb | 0xdd => true,
                    _ => false,
                };
                if !matches!(marker, 0xc0..=0xcf | 0xdb | 0xdd) {
                    show_octets(block, show);
                }
                if !is_known {
                    return true;
                }
                place += 2 + length.max(2);
            }
            _ => return true,
        }
    }
}

/// Whether the first end of a picture is the end of the file, and no application data stands between scans.
fn ends_at_once(scans: &[u8]) -> bool {
    let mut places = memchr::memchr_iter(0xff, scans);
    places.find_map(|place| match scans.get(place + 1) {
        Some(0xd9) => Some(place + 2 == scans.len()),
        Some(0xe0..=0xef | 0xfe) | None => Some(false),
        _ => None,
    }) == Some(true)
}

/// PNG: only the chunks that say something of pixels.
pub(super) fn png(octets: &[u8], show: &mut dyn FnMut(&str)) -> bool {
    const KNOWN: [&[u8; 4]; 16] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"acTL",
        b"fcTL", b"fdAT", b"iCCP", b"cICP",
    ];
    let mut place = 8;
    while let Some([a, b, c, d, kind @ ..]) = octets.get(place..place + 8) {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let Some(block) = octets.get(place + 8..place.saturating_add(length).saturating_add(8)) else { return true };
        if !KNOWN.iter().any(|known| kind == known.as_slice()) {
            show_octets(block, show);
            return true;
        }
        place += length + 12;
        if kind == b"IEND" {
            show_octets(octets.get(place..).unwrap_or_default(), show);
            return place != octets.len() || length > 0;
        }
    }
    true
}

/// GIF: pictures and how they move, no comments and no other application's data.
pub(super) fn gif(octets: &[u8], show: &mut dyn FnMut(&str)) -> bool {
    let colours = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut place = 13 + octets.get(10).map_or(0, |flags| colours(*flags));
    loop {
        match octets.get(place..).unwrap_or_default() {
            [0x3b] => return false,
            [0x2c, rest @ ..] if rest.len() > 9 => place += 11 + colours(rest[8]),
            [0x21, 0xf9, ..] => place += 2,
            [0x21, 0xff, 11, name @ ..] if name.starts_with(b"NETSCAPE2.0") || name.starts_with(b"ANIMEXTS1.0") => {
                place += 14;
            }
            rest => {
                show_octets(&rest[..rest.len().min(65_536)], show);
                return true;
            }
        }
        // The blocks of data that follow, each with its length.
        while let Some(length) = octets.get(place).filter(|length| **length > 0) {
            place += usize::from(*length) + 1;
        }
        place += 1;
    }
}

/// WebP: only the chunks that say something of pixels.
pub(super) fn webp(octets: &[u8], show: &mut dyn FnMut(&str)) -> bool {
    let mut place = 12;
    while let Some([a, b, c, d, e, f, g, h]) = octets.get(place..place + 8).and_then(|head| head.as_array::<8>()) {
        let length = u32::from_le_bytes([*e, *f, *g, *h]) as usize;
        if !matches!(&[*a, *b, *c, *d], b"VP8 " | b"VP8L" | b"VP8X" | b"ALPH" | b"ANIM" | b"ANMF" | b"ICCP") {
            let block = octets.get(place + 8..).unwrap_or_default();
            show_octets(&block[..block.len().min(length)], show);
            return true;
        }
        place = place.saturating_add(8 + length + length % 2);
    }
    place != octets.len()
}
