//! Huffman tables of a JPEG that is read.

use super::super::super::Unfit;
use super::bits::Bits;

/// Codes up to this length are looked up at once.
const LOOK: u32 = 10;
const LOOKS: usize = 1 << LOOK;

/// A code together with the coefficient behind it, where both are short.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Short {
    /// The coefficient; zero where nothing short stands here.
    pub(super) value: i16,
    /// How many zeros stand before it.
    pub(super) run: u8,
    /// The length of both.
    pub(super) length: u8,
}

/// How codes become symbols.
pub(super) struct Table {
    shorts: Box<[Short; LOOKS]>,
    /// Length (upper octet) and symbol of each short code.
    codes: Box<[u16; LOOKS]>,
    /// The first 16-bit code beyond each length, and where its symbols begin.
    longer: [(u32, u32); 17],
    symbols: Box<[u8; 256]>,
}

impl Table {
    /// A table from the number of codes of each length and their symbols in order.
    pub(super) fn new(counts: &[u8; 16], listed: &[u8]) -> Result<Self, Unfit> {
        let mut symbols = Box::new([0; 256]);
        for (slot, symbol) in symbols.iter_mut().zip(listed) {
            *slot = *symbol;
        }
        let mut table = Self {
            shorts: Box::new([Short::default(); LOOKS]),
            codes: Box::new([0; LOOKS]),
            longer: [(0, 0); 17],
            symbols,
        };
        let mut listed = listed.iter();
        let (mut code, mut index) = (0_u32, 0_u32);
        for (length, count) in (1_u32..).zip(counts) {
            code <<= 1;
            let shift = 16 - length;
            // Modulo 2^32 on purpose: adding it to a code leads to the symbol's index.
            let base = index.wrapping_sub(code);
            for symbol in listed.by_ref().take(usize::from(*count)) {
                table.note(code, length, *symbol);
                code += 1;
                index += 1;
            }
            if code > 1 << length {
                return Err(Unfit::Broken);
            }
            if let Some(slot) = table.longer.get_mut(length as usize) {
                *slot = (code << shift, base);
            }
        }
        Ok(table)
    }

    /// Enters a code into the tables of the short ones.
    fn note(&mut self, code: u32, length: u32, symbol: u8) {
        let Some(spare) = LOOK.checked_sub(length) else { return };
        let first = (code << spare) as usize;
        let size = u32::from(symbol & 15);
        for (offset, slot) in (0_u32..).zip(self.codes.iter_mut().skip(first).take(1 << spare)) {
            *slot = (length as u16) << 8 | u16::from(symbol);
            if size == 0 || size > spare {
                continue;
            }
            let bits = i32::try_from(offset >> (spare - size)).unwrap_or(0);
            let value = if 2 * bits < 1 << size { bits - (1 << size) + 1 } else { bits };
            if let Some(short) = self.shorts.get_mut(first + offset as usize) {
                let value = i16::try_from(value).unwrap_or(0);
                *short = Short { value, run: symbol >> 4, length: (length + size) as u8 };
            }
        }
    }

    /// A code with its coefficient, if both are short. Bits must be filled.
    #[inline]
    pub(super) fn short(&self, bits: &Bits) -> Short {
        self.shorts[bits.peek(LOOK) % LOOKS]
    }

    /// The next symbol. Bits must be filled.
    #[inline]
    pub(super) fn symbol(&self, bits: &mut Bits) -> Result<u8, Unfit> {
        let known = self.codes[bits.peek(LOOK) % LOOKS];
        if known != 0 {
            bits.skip(u32::from(known >> 8));
            return Ok(known as u8);
        }
        self.long_symbol(bits)
    }

    #[cold]
    fn long_symbol(&self, bits: &mut Bits) -> Result<u8, Unfit> {
        let code = u32::try_from(bits.peek(16)).unwrap_or(0);
        let (length, (_, base)) =
            (0_u32..).zip(self.longer).skip(1).find(|(_, (beyond, _))| code < *beyond).ok_or(Unfit::Broken)?;
        bits.skip(length);
        let index = (code >> (16 - length)).wrapping_add(base) as usize;
        self.symbols.get(index).copied().ok_or(Unfit::Broken)
    }
}
