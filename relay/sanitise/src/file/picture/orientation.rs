//! Which way up a picture was meant to be seen, and the turn that makes it so.

/// A turn of a picture: first its rows become columns, then it is mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Turn {
    /// Rows become columns.
    pub(super) transpose: bool,
    /// Left and right are exchanged, after `transpose`.
    pub(super) mirror_x: bool,
    /// Top and bottom are exchanged, after `transpose`.
    pub(super) mirror_y: bool,
}

impl Turn {
    /// The turn for an orientation of EXIF, 1 to 8; anything else asks for none.
    pub(super) fn of_exif(orientation: u32) -> Self {
        let (transpose, mirror_x, mirror_y) = match orientation {
            2 => (false, true, false),
            3 => (false, true, true),
            4 => (false, false, true),
            5 => (true, false, false),
            6 => (true, true, false),
            7 => (true, true, true),
            8 => (true, false, true),
            _ => (false, false, false),
        };
        Self { transpose, mirror_x, mirror_y }
    }

    /// Whether nothing has to be turned.
    pub(super) fn is_none(self) -> bool {
        self == Self::default()
    }

    /// Without the mirroring.
    pub(super) fn transposition(self) -> Self {
        Self { transpose: self.transpose, ..Self::default() }
    }

    /// Width and height afterwards.
    pub(super) fn size<T>(self, width: T, height: T) -> (T, T) {
        if self.transpose { (height, width) } else { (width, height) }
    }

    /// Where the point that will be seen at (`x`, `y`) of a picture `width` by `height` (sizes after the turn) is now.
    pub(super) fn origin(self, x: usize, y: usize, width: usize, height: usize) -> (usize, usize) {
        let x = if self.mirror_x { width.saturating_sub(1).saturating_sub(x) } else { x };
        let y = if self.mirror_y { height.saturating_sub(1).saturating_sub(y) } else { y };
        if self.transpose { (y, x) } else { (x, y) }
    }

    /// The elements of a picture in the order in which they will be seen.
    pub(super) fn apply<T: Copy>(self, elements: Vec<T>, width: usize, height: usize) -> Vec<T> {
        if self.is_none() || elements.len() != width * height {
            return elements;
        }
        let (new_width, new_height) = self.size(width, height);
        let mut turned = Vec::with_capacity(elements.len());
        for y in 0..new_height {
            turned.extend((0..new_width).filter_map(|x| {
                let (old_x, old_y) = self.origin(x, y, new_width, new_height);
                elements.get(old_y * width + old_x).copied()
            }));
        }
        turned
    }
}

/// The turn that the first directory of EXIF data asks for. `exif` begins with its byte order mark.
pub(super) fn turn_of(exif: &[u8]) -> Option<Turn> {
    let order = match exif.first_chunk()? {
        b"II" => Order::Little,
        b"MM" => Order::Big,
        _ => return None,
    };
    let directory = usize::try_from(order.long(exif, 4)?).ok()?;
    let entries = usize::from(order.short(exif, directory)?);
    (0..entries)
        .map_while(|entry| directory.checked_add(2 + 12 * entry))
        .map_while(|at| Some((at, order.short(exif, at)?)))
        .find(|(_, tag)| *tag == ORIENTATION)
        .and_then(|(at, _)| order.short(exif, at + 8))
        .map(|value| Turn::of_exif(u32::from(value)))
}

const ORIENTATION: u16 = 0x0112;

#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn short(self, octets: &[u8], at: usize) -> Option<u16> {
        let two = *octets.get(at..)?.first_chunk()?;
        Some(match self {
            Self::Little => u16::from_le_bytes(two),
            Self::Big => u16::from_be_bytes(two),
        })
    }

    fn long(self, octets: &[u8], at: usize) -> Option<u32> {
        let four = *octets.get(at..)?.first_chunk()?;
        Some(match self {
            Self::Little => u32::from_le_bytes(four),
            Self::Big => u32::from_be_bytes(four),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eight_orientations_turn_a_letter_f_upright() {
        // The letter as a camera stores it for each orientation; upright it reads as in the first row.
        let stored: [(u32, usize, &[u8]); 8] = [
            (1, 2, b"abcdef"),
            (2, 2, b"badcfe"),
            (3, 2, b"fedcba"),
            (4, 2, b"efcdab"),
            (5, 3, b"acebdf"),
            (6, 3, b"bdface"),
            (7, 3, b"fdbeca"),
            (8, 3, b"ecafdb"),
        ];
        for (orientation, width, elements) in stored {
            let turned = Turn::of_exif(orientation).apply(elements.to_vec(), width, 6 / width);
            assert_eq!(turned, b"abcdef", "orientation {orientation}");
        }
    }

    #[test]
    fn both_byte_orders_are_read_and_broken_data_asks_for_nothing() {
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x08\0\0";
        assert_eq!(turn_of(little), Some(Turn::of_exif(6)));
        assert_eq!(turn_of(big), Some(Turn::of_exif(8)));
        for end in 0..little.len() {
            assert!(end >= 20 || turn_of(&little[..end]).is_none(), "cut at {end}");
        }
        assert_eq!(turn_of(b"II*\0\xff\xff\xff\xff\x01\0"), None);
    }
}
