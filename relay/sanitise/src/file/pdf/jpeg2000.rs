//! JPEG 2000 within a PDF: the boxes and markers that decoding needs (ISO 15444-1, annexes A and I).

/// The picture without comments and foreign boxes; `None` if it is no JPEG 2000.
pub(super) fn clean(octets: &[u8], traces: &mut usize) -> Option<Vec<u8>> {
    if octets.starts_with(&[0xff, 0x4f]) {
        return Some(codestream(octets, traces));
    }
    let mut new = Vec::with_capacity(octets.len());
    boxes(octets, &mut new, traces, &[b"jP  ", b"ftyp", b"jp2h", b"jp2c"]);
    memchr::memmem::find(&new, b"jp2c").map(|_| new)
}

fn boxes(octets: &[u8], new: &mut Vec<u8>, traces: &mut usize, kept: &[&[u8; 4]]) {
    let mut rest = octets;
    while let Some((kind, body, after)) = next_box(rest) {
        rest = after;
        if !kept.iter().any(|name| **name == kind) {
            *traces += 1;
            continue;
        }
        let body = match &kind {
            b"jp2h" => {
                let mut inner = Vec::with_capacity(body.len());
                boxes(body, &mut inner, traces, &[b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef"]);
                inner
            }
            b"jp2c" => codestream(body, traces),
            b"colr" => colours(body),
            _ => body.to_vec(),
        };
        // A length of nought means «to the end», and is right for a stream too long for four octets.
        let length = u32::try_from(body.len() + 8).unwrap_or(0);
        new.extend_from_slice(&length.to_be_bytes());
        new.extend_from_slice(&kind);
        new.extend_from_slice(&body);
    }
}

/// A profile within is reduced like any other.
fn colours(body: &[u8]) -> Vec<u8> {
    match body.split_at_checked(3) {
        Some((head @ [2, ..], profile)) => {
            super::colour::profile(profile).map_or_else(|| body.to_vec(), |profile| [head, &profile].concat())
        }
        _ => body.to_vec(),
    }
}

fn next_box(octets: &[u8]) -> Option<([u8; 4], &[u8], &[u8])> {
    let number = |range: std::ops::Range<usize>| {
        octets.get(range).map(|octets| octets.iter().fold(0_u64, |number, octet| number << 8 | u64::from(*octet)))
    };
    let kind: [u8; 4] = octets.get(4..8)?.try_into().ok()?;
    let (start, end) = match number(0..4)? {
        0 => (8, octets.len()),
        1 => (16, usize::try_from(number(8..16)?).ok()?),
        length => (8, usize::try_from(length).ok()?),
    };
    let end = end.min(octets.len());
    Some((kind, octets.get(start..end)?, octets.get(end..)?))
}

/// The main header without comments; the tiles as they are.
fn codestream(octets: &[u8], traces: &mut usize) -> Vec<u8> {
    let mut new = Vec::with_capacity(octets.len());
    let (head, mut rest) = octets.split_at(octets.len().min(2));
    new.extend_from_slice(head);
    while let [0xff, marker, high, low, ..] = rest {
        let length = (usize::from(*high) << 8 | usize::from(*low)) + 2;
        if *marker == 0x90 || length > rest.len() {
            break;
        }
        let (segment, after) = rest.split_at(length);
        if *marker == 0x64 {
            *traces += 1;
        } else {
            new.extend_from_slice(segment);
        }
        rest = after;
    }
    // What follows the end of the codestream is no part of it.
    let end = memchr::memmem::rfind(rest, &[0xff, 0xd9]).map_or(rest.len(), |at| at + 2);
    new.extend_from_slice(rest.get(..end).unwrap_or_default());
    new
}
