//! One scan of a JPEG: the entropy-coded coefficients, sequential or progressive (ITU-T T.81, annexes F and G).

use super::super::super::Unfit;
use super::bits::Bits;
use super::frame::{Block, Frame, LARGEST, Memory, Route};
use super::huffman::Table;

/// What the header of a scan says.
pub(super) struct Scan<'t> {
    /// Its components, by their place in the frame.
    pub(super) components: Vec<usize>,
    /// The tables of each component, for the first coefficient and for the others.
    pub(super) tables: Vec<(Option<&'t Table>, Option<&'t Table>)>,
    /// Units between restarts; zero for none.
    pub(super) restart: usize,
    pub(super) kind: ScanKind,
}

/// What a scan adds to what is known already.
#[derive(Clone, Copy)]
pub(super) enum ScanKind {
    /// Everything about its components.
    Sequential,
    /// The first coefficients without their lowest bits.
    First { low: u32 },
    /// One more bit of the first coefficients.
    FirstBit { low: u32 },
    /// A band of the other coefficients without their lowest bits.
    Band { from: usize, to: usize, low: u32 },
    /// One more bit of a band.
    BandBit { from: usize, to: usize, low: u32 },
}

impl Scan<'_> {
    /// Reads the scan's data, and returns where the next marker stands.
    pub(super) fn read(&self, frame: &mut Frame, octets: &[u8], at: usize) -> usize {
        let mut bits = Bits::new(octets, at);
        let route = Route { components: &self.components, restart: self.restart };
        let needed = |slot: usize| self.tables.get(slot).copied().unwrap_or_default();
        let units = match self.kind {
            ScanKind::Sequential => route.walk(frame, &mut bits, |bits, memory, slot, block, filled| {
                let (Some(first), Some(others)) = needed(slot) else { return Err(Unfit::Broken) };
                sequential(bits, (first, others), memory, slot, (block, filled))
            }),
            ScanKind::First { low } => route.walk(frame, &mut bits, |bits, memory, slot, block, _| {
                let value = first(bits, needed(slot).0.ok_or(Unfit::Broken)?, memory, slot)?;
                block[0] = within(value << low);
                Ok(())
            }),
            ScanKind::FirstBit { low } => route.walk(frame, &mut bits, |bits, _, _, block, _| {
                bits.fill();
                block[0] = within(i32::from(block[0]) | bits.take(1) << low);
                Ok(())
            }),
            ScanKind::Band { from, to, low } => route.walk(frame, &mut bits, |bits, memory, slot, block, filled| {
                let table = needed(slot).1.ok_or(Unfit::Broken)?;
                band(bits, table, memory, (from, to, low), (block, filled))
            }),
            ScanKind::BandBit { from, to, low } => route.walk(frame, &mut bits, |bits, memory, slot, block, filled| {
                let table = needed(slot).1.ok_or(Unfit::Broken)?;
                band_bit(bits, table, memory, (from, to, low), (block, filled))
            }),
        };
        if let ScanKind::Sequential | ScanKind::First { .. } = self.kind {
            self.note_sound(frame, units);
        }
        skip_restarts(octets, bits.marker())
    }

    fn note_sound(&self, frame: &mut Frame, units: usize) {
        for index in &self.components {
            if let Some(component) = frame.components.get_mut(*index) {
                let per_unit = if self.components.len() == 1 { 1 } else { component.sampling.0 * component.sampling.1 };
                component.sound = component.sound.max(units * per_unit);
            }
        }
    }
}

/// The next marker that is no restart: data may go on behind a scan that was given up.
fn skip_restarts(octets: &[u8], mut at: usize) -> usize {
    while octets.get(at + 1).is_some_and(|marker| (0xD0..=0xD7).contains(marker)) {
        at = Bits::new(octets, at + 2).marker();
    }
    at
}

#[inline]
fn within(value: i32) -> i16 {
    value.clamp(-LARGEST, LARGEST) as i16
}

/// The first coefficient of a block, told as a difference to the one before.
#[inline]
fn first(bits: &mut Bits, table: &Table, memory: &mut Memory, slot: usize) -> Result<i32, Unfit> {
    bits.fill();
    let size = u32::from(table.symbol(bits)?);
    if size > 11 {
        return Err(Unfit::Broken);
    }
    let memory = &mut memory.first[slot & 3];
    *memory = (*memory + bits.signed(size)).clamp(-LARGEST, LARGEST);
    Ok(*memory)
}

/// A whole block.
#[inline]
fn sequential(
    bits: &mut Bits,
    (dc, ac): (&Table, &Table),
    memory: &mut Memory,
    slot: usize,
    (block, filled): (&mut Block, &mut u64),
) -> Result<(), Unfit> {
    block[0] = within(first(bits, dc, memory, slot)?);
    let (mut at, mut seen) = (1, 0);
    while at < 64 {
        bits.fill();
        let short = ac.short(bits);
        let value = if short.length == 0 {
            let symbol = ac.symbol(bits)?;
            let size = u32::from(symbol & 15);
            if size == 0 {
                if symbol == 0xF0 {
                    at += 16;
                    continue;
                }
                break;
            }
            if size > 11 {
                return Err(Unfit::Broken);
            }
            at += usize::from(symbol >> 4);
            bits.signed(size) as i16
        } else {
            at += usize::from(short.run);
            bits.skip(u32::from(short.length));
            short.value
        };
        if at > 63 {
            return Err(Unfit::Broken);
        }
        block[at & 63] = value;
        seen |= 1 << at;
        at += 1;
    }
    *filled = seen;
    Ok(())
}

/// A band of a block, for the first time.
fn band(
    bits: &mut Bits,
    table: &Table,
    memory: &mut Memory,
    (from, to, low): (usize, usize, u32),
    (block, filled): (&mut Block, &mut u64),
) -> Result<(), Unfit> {
    if memory.empty > 0 {
        memory.empty -= 1;
        return Ok(());
    }
    let mut at = from;
    while at <= to {
        bits.fill();
        let symbol = table.symbol(bits)?;
        let (run, size) = (symbol >> 4, u32::from(symbol & 15));
        if size == 0 {
            if run == 15 {
                at += 16;
                continue;
            }
            memory.empty = (1 << run) - 1 + bits.take(u32::from(run));
            break;
        }
        at += usize::from(run);
        if at > to || size > 11 {
            return Err(Unfit::Broken);
        }
        block[at & 63] = within(bits.signed(size) << low);
        *filled |= 1 << at;
        at += 1;
    }
    Ok(())
}

/// One more bit of each coefficient of a band that is not zero, and the coefficients that begin with this bit.
fn band_bit(
    bits: &mut Bits,
    table: &Table,
    memory: &mut Memory,
    (from, to, low): (usize, usize, u32),
    (block, filled): (&mut Block, &mut u64),
) -> Result<(), Unfit> {
    let mut at = from;
    while memory.empty == 0 && at <= to {
        bits.fill();
        let symbol = table.symbol(bits)?;
        let (mut zeros, size) = (symbol >> 4, symbol & 15);
        let mut fresh = 0;
        if size != 0 {
            fresh = if bits.take(1) == 1 { 1 << low } else { -(1 << low) };
        } else if zeros < 15 {
            memory.empty = (1 << zeros) + bits.take(u32::from(zeros));
            break;
        }
        while at <= to {
            if *filled >> at & 1 == 1 {
                sharpen(bits, &mut block[at & 63], low);
            } else if zeros == 0 {
                break;
            } else {
                zeros -= 1;
            }
            at += 1;
        }
        if fresh != 0 && at <= to {
            block[at & 63] = within(fresh);
            *filled |= 1 << at;
        }
        at += 1;
    }
    if memory.empty > 0 {
        // Only what is not zero already is visited: a bomb may have any number of empty blocks.
        let mut rest = if at <= to { *filled & u64::MAX << at & u64::MAX >> (63 - to) } else { 0 };
        while rest != 0 {
            sharpen(bits, &mut block[rest.trailing_zeros() as usize & 63], low);
            rest &= rest - 1;
        }
        memory.empty -= 1;
    }
    Ok(())
}

/// Adds one bit to a coefficient, away from zero.
#[inline]
fn sharpen(bits: &mut Bits, coefficient: &mut i16, low: u32) {
    bits.fill();
    let value = i32::from(*coefficient);
    if bits.take(1) == 1 && value & 1 << low == 0 {
        *coefficient = within(value + value.signum() * (1 << low));
    }
}
