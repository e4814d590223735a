//! JPEG within a PDF: the segments that decoding needs, and no other (ITU-T T.81, annex B).

/// What readers take for granted where a JFIF segment stands: version 1.1, square pixels, no thumbnail.
const JFIF: [u8; 18] = [0xff, 0xe0, 0, 16, b'J', b'F', b'I', b'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0];

/// The picture without metadata; `None` if it is no JPEG. The samples are not touched, and the two segments that
/// decide about colours stay in their plainest form.
pub(super) fn clean(octets: &[u8], traces: &mut usize) -> Option<Vec<u8>> {
    let start = memchr::memmem::find(octets.get(..octets.len().min(64))?, &[0xff, 0xd8])?;
    let mut rest = octets.get(start + 2..)?;
    let mut new = Vec::with_capacity(octets.len());
    new.extend_from_slice(&[0xff, 0xd8]);
    let mut has_frame = false;
    while let Some(at) = memchr::memchr(0xff, rest) {
        rest = rest.get(at + 1..)?;
        let Some(&marker) = rest.first() else { break };
        match marker {
            // A filler, or a marker without a segment.
            0xff | 0x00 | 0x01 | 0xd0..=0xd8 => continue,
            0xd9 => break,
            _ => {}
        }
        let Some(length) = rest.get(1..3).map(|pair| {
            usize::from(pair.first().copied().unwrap_or(0)) << 8 | usize::from(pair.get(1).copied().unwrap_or(0))
        }) else {
            break;
        };
        let Some(segment) = rest.get(..length + 1).filter(|_| length >= 2) else { break };
        rest = rest.get(length + 1..)?;
        let body = segment.get(3..).unwrap_or_default();
        match marker {
            0xc0..=0xcf | 0xda..=0xdf => {
                new.push(0xff);
                new.extend_from_slice(segment);
                has_frame |= !matches!(marker, 0xc4 | 0xc8 | 0xcc | 0xda..);
            }
            0xe0 if body.starts_with(b"JFIF\0") => new.extend_from_slice(&JFIF),
            0xee if body.starts_with(b"Adobe") && body.len() >= 12 => {
                new.extend_from_slice(&[0xff, 0xee, 0, 14]);
                new.extend_from_slice(body.get(..12)?);
            }
            _ => *traces += 1,
        }
        if marker == 0xda {
            let scan = scan_length(rest);
            new.extend_from_slice(rest.get(..scan)?);
            rest = rest.get(scan..)?;
        }
    }
    new.extend_from_slice(&[0xff, 0xd9]);
    has_frame.then_some(new)
}

/// Up to the next marker that is neither a stuffed octet nor a restart.
fn scan_length(octets: &[u8]) -> usize {
    memchr::memchr_iter(0xff, octets)
        .find(|at| !matches!(octets.get(at + 1), Some(0x00 | 0xd0..=0xd7 | 0xff) | None))
        .unwrap_or(octets.len())
}
