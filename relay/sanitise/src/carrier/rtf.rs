//! RTF read as the text it shows, or as the HTML it wraps (MS-OXRTFEX); and Outlook's packing of it (MS-OXRTFCP).

mod reader;

pub(crate) use reader::{Text, read};

/// Most octets a packed text may unpack to.
const UNPACKED_MAX: usize = 16 << 20;
/// What the window of every packed text begins with.
const BEGINNING: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \
\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
const WINDOW: usize = 4096;

/// Unpacks a text; what comes before a fault is kept. `None` if it is not packed in either of the known ways.
pub(crate) fn unpacked(octets: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(u32::from_le_bytes(*octets.get(4..)?.first_chunk()?)).ok()?.min(UNPACKED_MAX);
    let kind = octets.get(8..12)?;
    let body = octets.get(16..)?;
    match kind {
        b"MELA" => Some(body[..body.len().min(size)].to_vec()),
        b"LZFu" => Some(expanded(body, size)),
        _ => None,
    }
}

/// Runs of eight items: an octet, or a place and a length within the last 4096 octets.
fn expanded(body: &[u8], size: usize) -> Vec<u8> {
    let mut window = [b' '; WINDOW];
    window[..BEGINNING.len()].copy_from_slice(BEGINNING);
    let mut at = BEGINNING.len();
    let mut out = Vec::with_capacity(size.min(body.len().saturating_mul(4)));
    let mut input = body.iter().copied();
    while let Some(flags) = input.next() {
        for bit in 0..8 {
            if out.len() >= size {
                return out;
            }
            let mut put = |octet: u8, at: &mut usize, window: &mut [u8; WINDOW]| {
                window[*at % WINDOW] = octet;
                *at = (*at + 1) % WINDOW;
                out.push(octet);
            };
            let Some(first) = input.next() else { return out };
            if flags >> bit & 1 == 0 {
                put(first, &mut at, &mut window);
                continue;
            }
            let Some(second) = input.next() else { return out };
            let place = usize::from(first) << 4 | usize::from(second >> 4);
            // A reference to the present place ends the text.
            if place == at {
                return out;
            }
            for step in 0..usize::from(second & 15) + 2 {
                let octet = window[(place + step) % WINDOW];
                put(octet, &mut at, &mut window);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(kind: [u8; 4], size: u32, body: &[u8]) -> Vec<u8> {
        [&[0; 4], size.to_le_bytes().as_slice(), &kind, &[0; 4], body].concat()
    }

    #[test]
    fn packed_texts_are_unpacked() {
        assert_eq!(BEGINNING.len(), 207);
        // The example of MS-OXRTFCP §3.1.
        let body = [
            0x03, 0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20, 0x68, 0x65,
            0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
        ];
        assert_eq!(
            unpacked(&packed(*b"LZFu", 43, &body)).unwrap(),
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
        );
        assert_eq!(unpacked(&packed(*b"MELA", 3, b"abcdef")).unwrap(), b"abc");
        assert_eq!(unpacked(&packed(*b"ABCD", 3, b"abcdef")), None);
        for end in 0..body.len() {
            assert!(unpacked(&packed(*b"LZFu", u32::MAX, &body[..end])).unwrap().len() <= 43);
        }
        // References into themselves stay within eight and a half times the input.
        let bomb = [0xff_u8, 0, 15, 0, 15, 0, 15, 0, 15, 0, 15, 0, 15, 0, 15, 0, 15].repeat(1000);
        assert!(unpacked(&packed(*b"LZFu", u32::MAX, &bomb)).unwrap().len() < bomb.len() * 9);
    }
}
