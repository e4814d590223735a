//! The list of properties inside an attribute of a `winmail.dat` (MS-OXTNEF §2.1.3.4).

use crate::mime::charset;

/// Most properties, and most values of one, that are read.
const PROPERTIES_MAX: u32 = 2000;
const VALUES_MAX: u32 = 1000;

/// One property and the first of its values.
pub(super) struct Property<'a> {
    pub(super) number: u16,
    pub(super) value: Value<'a>,
}

/// A value of a property.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    Number(u32),
    /// In the letter's own code page.
    Narrow(&'a [u8]),
    /// In UTF-16.
    Wide(&'a [u8]),
    Octets(&'a [u8]),
    Other,
}

impl Value<'_> {
    /// The value as text, if it is one.
    pub(super) fn text(self, page: u32) -> Option<String> {
        let text = match self {
            Self::Narrow(octets) => charset::of_page(octets, page),
            Self::Wide(octets) => {
                let (pairs, _) = octets.as_chunks::<2>();
                let units = pairs.iter().map(|pair| u16::from_le_bytes(*pair));
                char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect()
            }
            Self::Number(_) | Self::Octets(_) | Self::Other => return None,
        };
        Some(text.trim_end_matches('\0').to_owned()).filter(|text| !text.is_empty())
    }
}

/// Reads a list of properties as far as it is sound.
pub(super) fn each<'a>(bytes: &'a [u8], mut act: impl FnMut(&Property<'a>)) {
    let mut reader = Reader { rest: bytes };
    let count = reader.number().unwrap_or(0).min(PROPERTIES_MAX);
    for _ in 0..count {
        let Some(property) = reader.property() else { return };
        act(&property);
    }
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u32> {
        self.take(4)?.first_chunk().map(|octets| u32::from_le_bytes(*octets))
    }

    fn length(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    /// Octets filled up to a multiple of four. The last ones of a list that was cut off are taken as they are.
    fn padded(&mut self, length: usize) -> Option<&'a [u8]> {
        let taken = self.take(length.min(self.rest.len()))?;
        self.take((length.next_multiple_of(4) - length).min(self.rest.len()))?;
        Some(taken)
    }

    fn property(&mut self) -> Option<Property<'a>> {
        let head = self.number()?.to_le_bytes();
        let (kind, number) = (u16::from_le_bytes([head[0], head[1]]), u16::from_le_bytes([head[2], head[3]]));
        if number >= 0x8000 {
            self.name()?;
        }
        let is_list = kind & 0x1000 != 0;
        let kind = kind & 0x0fff;
        let count = if is_list || matches!(kind, 0x0d | 0x1e | 0x1f | 0x102) { self.number()? } else { 1 };
        let mut first = Value::Other;
        for place in 0..count.min(VALUES_MAX) {
            let value = self.value(kind)?;
            if place == 0 {
                first = value;
            }
        }
        Some(Property { number, value: first })
    }

    /// A property outside the fixed numbers says its family and its name.
    fn name(&mut self) -> Option<()> {
        self.take(16)?;
        if self.number()? == 0 {
            self.take(4)?;
        } else {
            let length = self.length()?;
            self.padded(length)?;
        }
        Some(())
    }

    fn value(&mut self, kind: u16) -> Option<Value<'a>> {
        Some(match kind {
            0x01 | 0x02 | 0x03 | 0x04 | 0x0a | 0x0b => Value::Number(self.number()?),
            0x05 | 0x06 | 0x07 | 0x14 | 0x40 => {
                self.take(8)?;
                Value::Other
            }
            0x48 => {
                self.take(16)?;
                Value::Other
            }
            0x0d | 0x1e | 0x1f | 0x102 => {
                let length = self.length()?;
                let octets = self.padded(length)?;
                match kind {
                    0x1e => Value::Narrow(octets),
                    0x1f => Value::Wide(octets),
                    _ => Value::Octets(octets),
                }
            }
            _ => return None,
        })
    }
}
