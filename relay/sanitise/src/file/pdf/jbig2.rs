//! JBIG2 within a PDF: its segments without the comments (ITU-T T.88, 7.2).

/// Comments and other extensions.
const EXTENSION: u8 = 62;

/// The segments that draw. What cannot be read as segments is no picture.
pub(super) fn clean(octets: &[u8], traces: &mut usize) -> Option<Vec<u8>> {
    let mut new = Vec::with_capacity(octets.len());
    let mut rest = octets;
    while let Some((kind, length)) = segment(rest) {
        let (taken, after) = rest.split_at(length.min(rest.len()));
        if kind == EXTENSION {
            *traces += 1;
        } else {
            new.extend_from_slice(taken);
        }
        rest = after;
    }
    (!new.is_empty()).then_some(new)
}

/// A segment's kind and its length, header included.
fn segment(octets: &[u8]) -> Option<(u8, usize)> {
    let number = |at: usize| Some(u32::from_be_bytes(octets.get(at..at.checked_add(4)?)?.try_into().ok()?));
    let own = number(0)?;
    let flags = *octets.get(4)?;
    let count = *octets.get(5)? >> 5;
    let (referred, mut at) = if count == 7 {
        let count = usize::try_from(number(5)? & 0x1fff_ffff).ok()?;
        (count, 9_usize.checked_add(count.checked_add(8)? / 8)?)
    } else {
        (usize::from(count), 6)
    };
    let width = match own {
        0..=256 => 1,
        257..=65536 => 2,
        _ => 4,
    };
    at = at.checked_add(referred.checked_mul(width)?)?;
    at = at.checked_add(if flags & 0x40 == 0 { 1 } else { 4 })?;
    let length = match number(at)? {
        // Unknown: the last segment, up to the end.
        u32::MAX => octets.len(),
        length => usize::try_from(length).ok()?,
    };
    Some((flags & 0x3f, at.checked_add(4)?.checked_add(length)?))
}
